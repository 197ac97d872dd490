import http from 'node:http';
import https from 'node:https';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type nockTypes from 'nock';
import type nock13Types from 'nock-13';
import { areAllRuns } from '../../support/runs';
import { download, large, wholeDownload } from '../download';
import { ask, closeNetwork, startScene, stopScenes } from '../scene';
import { createClient } from '../sdk-client';

const vault = 'https://vault.s3.amazonaws.com/report.pdf';

// nock 15 replaces net.Socket.prototype.connect, under our net.connect and tls.connect, and has the same interface;
// it needs Node 22, so it is not among these. `npm test` tries the newer one.
describe.each(areAllRuns ? ['nock-13', 'nock'] : ['nock'])('with %s', (version) => {
  let nock: typeof nockTypes | typeof nock13Types; // either must be a Nock for this to compile
  let lookups: string[];
  const original = { request: http.request, get: https.get, fetch: globalThis.fetch };

  beforeAll(() => {
    nock = require(version); // activates itself
    if (!nock.isActive()) nock.activate();
  });
  beforeEach(() => {
    lookups = closeNetwork();
    nock.enableNetConnect();
  });
  afterEach(() => {
    stopScenes();
    nock.cleanAll();
    nock.enableNetConnect();
  });
  afterAll(() => {
    nock.restore();
    expect({ request: http.request, get: https.get, fetch: globalThis.fetch }).toEqual(original);
  });

  const disallowed = { code: 'ENETUNREACH', message: expect.stringContaining('Disallowed net connect for "') };
  const start = () => startScene({ nock });

  async function expectOrder(): Promise<void> {
    nock('https://api.example.test').get('/').reply(200, 'from nock');
    expect((await ask(vault)).text).toBe('GET /report.pdf 0');
    expect((await ask('http://vault.s3.amazonaws.com/plain')).text).toBe('GET /plain 0');
    expect(await fetch(vault).then((response) => response.text())).toBe('GET /report.pdf 0');
    expect((await ask('https://api.example.test/')).text).toBe('from nock');
    await expect(ask('https://other.test/')).rejects.toMatchObject(disallowed);
    expect(nock.isDone()).toBe(true);
    expect(lookups).toEqual([]);
  }

  it.each(['http', 'https'] as const)('a download of 3 MB by %s adds no listeners to its socket', async (scheme) => {
    startScene({ nock, ...large });
    for (const keepAlive of [false, true]) expect(await download(scheme, keepAlive)).toEqual(wholeDownload);
  });

  it('S3 passes a guard that was on before the start', async () => {
    nock.disableNetConnect();
    start();
    await expectOrder();
  });

  it('S3 passes a guard that a test turns on', async () => {
    start();
    nock.disableNetConnect();
    await expectOrder();
    nock.disableNetConnect();
    await expectOrder();
  });

  it('S3 passes after the test admits another host', async () => {
    start();
    nock.disableNetConnect();
    nock.enableNetConnect('127.0.0.1');
    await expectOrder();
    await expect(ask('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    ['text', '127.0.0.1'],
    ['expression', /127\.0\.0\.1/],
    ['function', (host: string) => host.startsWith('127.')],
  ])('a host that was admitted before the start stays admitted, during and after it: %s', async (_, matcher) => {
    nock.disableNetConnect();
    nock.enableNetConnect(matcher as string);
    const scene = start();
    await expectOrder();
    await expect(ask('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    scene.stop();
    await expect(ask('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(ask('https://other.test/')).rejects.toMatchObject(disallowed);
    await expect(ask(vault)).rejects.toMatchObject(disallowed);
  });

  it('S3 passes after cleanAll, and after restore and activate', async () => {
    nock.disableNetConnect();
    start();
    nock.cleanAll();
    await expectOrder();
    nock.restore();
    nock.activate();
    await expectOrder();
  });

  it('nock neither lists nor expects our scopes', async () => {
    start();
    nock('https://api.example.test').get('/').reply(200);
    expect(nock.activeMocks()).toEqual(['GET https://api.example.test:443/']);
    expect(nock.pendingMocks()).toEqual(['GET https://api.example.test:443/']);
    await ask('https://api.example.test/');
    expect(nock.isDone()).toBe(true);
  });

  it('a scope that the test declares for S3 wins', async () => {
    start();
    nock('https://vault.s3.amazonaws.com').get('/report.pdf').reply(503, 'from nock');
    expect((await ask(vault)).status).toBe(503);
    expect((await ask(vault)).status).toBe(200);
  });

  it('STS passes the guard of nock, and a scope that the test declares for it wins', async () => {
    const sts = 'https://sts.eu-west-1.amazonaws.com/';
    nock.disableNetConnect();
    start();
    nock('https://sts.eu-west-1.amazonaws.com').get('/').reply(503, 'from nock');
    expect((await ask(sts)).text).toBe('from nock');
    expect((await ask(sts)).text).toBe('GET / 0');
    await expect(ask('https://sqs.eu-west-1.amazonaws.com/')).rejects.toMatchObject(disallowed);
  });

  it('is restored by the stop', async () => {
    const { cleanAll, enableNetConnect, disableNetConnect } = nock;
    nock.disableNetConnect();
    start().stop();
    expect({ ...nock }).toMatchObject({ cleanAll, enableNetConnect, disableNetConnect });
    expect(nock.activeMocks()).toEqual([]);
    await expect(ask(vault)).rejects.toMatchObject(disallowed);
    nock.enableNetConnect();
    await expect(ask(vault)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('may start repeatedly with the same nock', async () => {
    nock.disableNetConnect();
    for (let round = 0; round < 3; round += 1) {
      const scene = start();
      await expectOrder();
      if (round === 1) nock.cleanAll();
      scene.stop();
      await expect(ask(vault)).rejects.toMatchObject(disallowed);
    }
  });

  it('admits the hosts of two captures until the last has stopped', async () => {
    nock.disableNetConnect();
    const [first] = ['a.test', 'b.test'].map((host) => startScene({ nock, hosts: { only: [host] } }));
    first?.stop();
    await expect(ask('https://a.test/')).rejects.toMatchObject(disallowed);
    expect((await ask('https://b.test/')).status).toBe(200);
    nock.cleanAll();
    expect((await ask('https://b.test/')).status).toBe(200);
  });

  it('an upload of 3 MB that expects 100 Continue is not stalled', async () => {
    nock.disableNetConnect();
    const scene = start();
    const command = new PutObjectCommand({ Bucket: 'vault', Key: 'k', Body: Buffer.alloc(3_000_000) });
    await createClient().send(command);
    expect(scene.requests[0]?.headers.get('expect')).toBe('100-continue');
    expect(scene.requests[0]?.body.length).toBe(3_000_000);
  }, 4000);

  it('may be given as a module, as import * as nock gives it', async () => {
    nock.disableNetConnect();
    const scene = startScene({ nock: { default: nock } });
    await expectOrder();
    scene.stop();
    await expect(ask(vault)).rejects.toMatchObject(disallowed);
  });

  it('without its nock the guard refuses S3', async () => {
    nock.disableNetConnect();
    startScene();
    await expect(ask(vault)).rejects.toMatchObject(disallowed);
  });
});
