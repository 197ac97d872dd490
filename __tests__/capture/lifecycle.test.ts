import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { Worker } from 'node:worker_threads';
import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { Agent as UndiciAgent, request as undiciRequest } from 'undici';
import { sharedRegistry } from '../../src/capture/registry';
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

/** Repeats what code of another file of the process has disturbed, which ended in the meantime and took its patches along. */
async function undisturbed<Result>(act: () => Promise<Result>): Promise<Result> {
  const patches = [...sharedRegistry().patches];
  const result = await act();
  const now = sharedRegistry().patches;
  const isSame = patches.length === now.length && patches.every((patch, index) => patch === now[index]);
  return isSame ? result : undisturbed(act);
}

describe('start and stop', () => {
  it('restore every function of Node', async () => {
    const { before, during, after } = await undisturbed(async () => {
      const before = descriptors();
      const scene = startScene();
      const during = descriptors();
      await ask(vault);
      scene.stop();
      scene.stop();
      return { before, during, after: descriptors() };
    });
    expect(during).not.toEqual(before);
    expect(after).toEqual(before);
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
