import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { Worker } from 'node:worker_threads';
import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { Agent as UndiciAgent, request as undiciRequest } from 'undici';
import { begin, compiledCapture } from './compiled';
import { ask, closedNetwork, event, settle, startScene } from './scene';
import { createClient } from './sdk-client';

const vault = 'https://vault.s3.amazonaws.com/report.pdf';
const places = [
  [net.Socket.prototype, 'connect'],
  [net, 'connect'],
  [net, 'createConnection'],
  [tls, 'connect'],
  [http.Agent.prototype, 'createConnection'],
  [https.Agent.prototype, 'createConnection'],
] as const;
const descriptors = () => places.map(([holder, name]) => Object.getOwnPropertyDescriptor(holder, name));

const compiled = compiledCapture();
const lookups = closedNetwork();

describe('start and stop', () => {
  it('restore every function of Node', async () => {
    const before = descriptors();
    const scene = startScene();
    expect(descriptors()).not.toEqual(before);
    await ask(vault);
    scene.stop();
    scene.stop();
    expect(descriptors()).toEqual(before);
  });

  it('change nothing if the start throws', () => {
    const before = descriptors();
    expect(() => startScene({ hosts: ['no host'] })).toThrow(TypeError);
    expect(() => startScene({ nock: (() => undefined) as never })).toThrow(
      "is not the module nock. Write const nock = require('nock')",
    );
    expect(descriptors()).toEqual(before);
    expect(() => startScene()).not.toThrow();
  });

  it('keep the names of the functions they replace', () => {
    startScene();
    expect(net.connect.name).toBe('connect');
    expect(tls.connect.name).toBe('connect');
  });

  it('affect named imports of ES modules', async () => {
    startScene();
    syncBuiltinESMExports();
    const script = `
      import { createRequire } from 'node:module';
      import { request, get } from 'node:https';
      import { connect } from 'node:tls';
      const require = createRequire(import.meta.url);
      const before = connect;
      const { startCapture } = require('./capture/index.js');
      const capture = startCapture({
        dialect: 'aws', guard: true, testFile: { global: globalThis, process }, findCallSite: () => ({ file: 'a.mjs', place: 'a.mjs:1:1' }),
        accept: () => ({ url }) => ({ status: 200, headers: [], body: url }),
        refuse: ({ kind }) => ({ status: 400, headers: [], body: kind }),
      });
      const text = (url) => new Promise((resolve, reject) => {
        request(url, (response) => response.setEncoding('utf8').on('data', resolve)).on('error', reject).end();
      });
      console.log(await text('https://vault.s3.amazonaws.com/a'));
      console.log(connect !== before, await (await fetch('https://vault.s3.amazonaws.com/b')).text());
      capture.stop();
      console.log(connect === before);
    `;
    const { stdout, code } = await compiled.run('imports.mjs', script);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '/a\ntrue /b\ntrue\n' });
  });
});

describe('stop with idle connections', () => {
  /** Calls once with a client that keeps its connection open, stops, and calls again with the same client. */
  const clients: Record<string, () => () => Promise<unknown>> = {
    'https.Agent': () => {
      const agent = new https.Agent({ keepAlive: true });
      return () => ask(vault, { agent });
    },
    'AWS SDK': () => {
      const client = createClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
      return () => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
    },
    fetch: () => () => fetch(vault).then((response) => response.text()),
    undici: () => {
      const dispatcher = new UndiciAgent();
      return () => undiciRequest(vault, { dispatcher }).then(({ body }) => body.text());
    },
  };

  it.each(Object.keys(clients))('%s goes to the network, never to the old capture', async (name) => {
    const call = clients[name]?.();
    const scene = startScene({ reply: emptyDocument });
    await call?.();
    scene.stop();
    await expect(call?.()).rejects.toBeDefined();
    expect(scene.requests).toHaveLength(1);
    expect(scene.refusals).toEqual([]);
    expect(lookups.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(clients))('%s is answered by the next capture, started in the same tick', async (name) => {
    const call = clients[name]?.();
    const first = startScene({ reply: emptyDocument });
    await call?.();
    first.stop();
    const second = startScene({ reply: emptyDocument });
    await Promise.all([call?.(), call?.(), call?.()]);
    expect({ first: first.requests.length, second: second.requests.length }).toEqual({ first: 1, second: 3 });
    expect(lookups).toEqual([]);
  });

  it('destroys the client sockets at once', async () => {
    const agent = new https.Agent({ keepAlive: true });
    const scene = startScene();
    const { request } = await ask(vault, { agent });
    await settle();
    scene.stop();
    expect(request.socket?.destroyed).toBe(true);
    await settle();
    expect(Object.keys(agent.freeSockets)).toEqual([]);
  });
});

const emptyDocument = () => ({ status: 200, headers: [], body: '<VersioningConfiguration/>' });

describe('R19 a worker thread', () => {
  it('has its own core modules and is not captured', async () => {
    startScene();
    const source = `
      const net = require('node:net');
      const { parentPort } = require('node:worker_threads');
      parentPort.postMessage(net.Socket[Symbol.for('s3-versioning-mock.captures.v1')] === undefined);
    `;
    const worker = new Worker(source, { eval: true });
    const [isUntouched] = await event(worker, 'message');
    await worker.terminate();
    expect(isUntouched).toBe(true);
  });

  it('is captured by a start inside it', async () => {
    const source = `
      ${begin.replace("'./capture/index.js'", JSON.stringify(compiled.entry())).replaceAll('__filename', "'worker'")}
      const { parentPort } = require('node:worker_threads');
      const capture = start();
      fetch('https://vault.s3.amazonaws.com/w').then((response) => response.text()).then((text) => {
        capture.stop();
        parentPort.postMessage(text);
      });
    `;
    const worker = new Worker(source, { eval: true });
    const [text] = await event(worker, 'message');
    await worker.terminate();
    expect(text).toBe('GET /w 0');
  });
});

describe('R20 a capture that nobody stopped', () => {
  it('lets the process end, with idle connections of every kind', async () => {
    const script = `${begin}
      const https = require('node:https');
      const { Agent, request } = require('undici');
      start();
      const agent = new https.Agent({ keepAlive: true });
      const url = 'https://vault.s3.amazonaws.com/';
      https.get(url, { agent }, (response) => response.resume().on('end', async () => {
        await (await fetch(url)).text();
        await (await request(url, { dispatcher: new Agent() })).body.text();
        console.log('done');
      }));
    `;
    const { code, stdout } = await compiled.run('unstopped.cjs', script);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'done\n' });
  });

  it('lets the process end with a call that is never answered', async () => {
    const script = `${begin}
      const https = require('node:https');
      start();
      https.request('https://vault.s3.amazonaws.com/', { method: 'PUT' }).write('and no end');
    `;
    expect((await compiled.run('unended.cjs', script)).code).toBe(0);
  });
});

it('a capture retains neither memory nor connections of finished calls', async () => {
  const script = `${begin}
    const https = require('node:https');
    const capture = start();
    const pool = new https.Agent({ keepAlive: true });
    const ask = (agent) => new Promise((resolve, reject) => {
      https.get('https://vault.s3.amazonaws.com/', { agent }, (response) => response.resume().on('end', resolve)).on('error', reject);
    });
    const round = async (calls) => {
      for (let call = 0; call < calls; call += 1) await ask(call % 2 ? pool : false);
      await new Promise((resolve) => setTimeout(resolve, 5));
      gc();
      return process.memoryUsage().heapUsed;
    };
    (async () => {
      await round(1000);
      const before = await round(500);
      const after = await round(4000);
      capture.stop();
      console.log(JSON.stringify({ grown: after - before, handles: process.getActiveResourcesInfo().filter((name) => /socket|server|tcp/i.test(name)) }));
    })();
  `;
  const { stdout } = await compiled.run('leak.cjs', script, ['--expose-gc']);
  const { grown, handles } = JSON.parse(stdout);
  expect(handles).toEqual([]);
  expect(grown).toBeLessThan(1_500_000);
});

it('a thousand starts and stops leave no patch and no memory behind', async () => {
  const script = `${begin}
    const net = require('node:net');
    const original = net.connect;
    const rounds = (count) => {
      for (let round = 0; round < count; round += 1) start().stop();
      gc();
      return process.memoryUsage().heapUsed;
    };
    rounds(300);
    const before = rounds(10);
    const grown = rounds(1000) - before;
    console.log(JSON.stringify({ grown, restored: net.connect === original }));
  `;
  const { stdout } = await compiled.run('rounds.cjs', script, ['--expose-gc']);
  const { grown, restored } = JSON.parse(stdout);
  expect(restored).toBe(true);
  expect(grown).toBeLessThan(1_000_000);
});
