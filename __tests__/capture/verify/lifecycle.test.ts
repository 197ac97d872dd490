import { syncBuiltinESMExports } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { begin, compiledCapture } from '../compiled';
import { closedNetwork, startScene } from '../scene';

const compiled = compiledCapture();
closedNetwork();

describe('start and stop', () => {
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
