import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { GetBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ask, closedNetwork, event, openPort, startScene } from '../scene';
import { createClient } from '../sdk-client';
import { sayRuntime } from './runtime';

sayRuntime('bun');
const lookups = closedNetwork();

describe('a capture that leads connections to a port of the process', () => {
  it.each([
    ['https://vault.s3.amazonaws.com/a.txt?versions', { host: 'vault.s3.amazonaws.com', secure: true }],
    ['http://s3.eu-west-1.amazonaws.com/vault/a.txt?versions', { host: 's3.eu-west-1.amazonaws.com', secure: false }],
  ])('answers %s, and knows to which host the client connected', async (url, expected) => {
    const { requests } = startScene();
    const { pathname } = new URL(url);
    const { status, text } = await ask(url, { method: 'PUT', body: 'bytes' });
    expect({ status, text }).toEqual({ status: 200, text: `PUT ${pathname}?versions 5` });
    expect(requests).toMatchObject([expected]);
    expect(lookups).toEqual([]);
  });

  it('answers a request of the same turn in which it started', async () => {
    startScene();
    const first = ask('https://s3.amazonaws.com/first');
    const second = ask('https://s3.amazonaws.com/second');
    expect((await first).text).toBe('GET /first 0');
    expect((await second).text).toBe('GET /second 0');
  });

  it('knows the host of each of many connections at once', async () => {
    const { requests } = startScene();
    const hosts = Array.from({ length: 40 }, (_, index) => `bucket-${index}.s3.amazonaws.com`);
    await Promise.all(hosts.map((host) => ask(`https://${host}/`, { headers: { Host: 's3.amazonaws.com' } })));
    expect(requests.map(({ secure }) => secure)).toEqual(hosts.map(() => true));
    expect(lookups).toEqual([]);
  });

  it('answers the SDK, also over a connection that it keeps', async () => {
    const { requests } = startScene();
    const client = createClient();
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: Buffer.alloc(3_000_000) }));
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'b.txt', Body: 'b' }));
    expect(requests.map(({ method, url, secure }) => `${method} ${url} ${secure}`)).toEqual([
      'PUT /a.txt?x-id=PutObject true',
      'PUT /b.txt?x-id=PutObject true',
    ]);
    expect(requests[0]?.body).toHaveLength(3_000_000);
  });

  it('gives a client of TLS a socket that says of itself what TLS says', async () => {
    startScene();
    const socket = tls.connect(443, 's3.amazonaws.com', { servername: 's3.amazonaws.com' });
    await event(socket, 'secureConnect');
    const { encrypted, authorized, alpnProtocol } = socket;
    expect({ encrypted, authorized, alpnProtocol, protocol: socket.getProtocol() }).toEqual({
      encrypted: true,
      authorized: true,
      alpnProtocol: false,
      protocol: 'TLSv1.3',
    });
    expect(socket.getPeerCertificate().subject).toMatchObject({ CN: '*.s3.amazonaws.com' });
    socket.destroy();
  });

  it("fails if the client's own check refuses the certificate", async () => {
    const { requests } = startScene();
    const checkServerIdentity = () => new Error('pinned to another certificate');
    const asked = ask('https://s3.amazonaws.com/', { checkServerIdentity, agent: false });
    await expect(asked).rejects.toThrow('pinned to another certificate');
    expect(requests).toEqual([]);
  });

  it('lets other connections pass, and reports them once', async () => {
    const server = http.createServer((_, response) => response.end('real'));
    const port = await openPort(server);
    const others: string[] = [];
    startScene({ onOtherHost: (host, at, isRefused) => others.push(`${host}:${at} ${isRefused}`) });
    const { text } = await ask(`http://127.0.0.1:${port}/`, { agent: false });
    expect({ text, others }).toEqual({ text: 'real', others: [`127.0.0.1:${port} false`] });
    server.close();
  });

  it('refuses a client that took tls.connect before the start', async () => {
    const { connect } = tls;
    const { requests } = startScene();
    const socket = connect(443, 's3.amazonaws.com');
    const [error] = await event(socket, 'error');
    expect(error).toMatchObject({
      code: 'ERR_S3_MOCK_REFUSED',
      message: expect.stringContaining('the client took tls.connect from its module before the library was loaded'),
    });
    expect({ requests, lookups }).toEqual({ requests: [], lookups: [] });
  });
});

describe('two captures at once', () => {
  it('get the requests of their own hosts', async () => {
    const first = startScene({ hosts: { only: ['first.test'] } });
    const second = startScene({ hosts: { only: ['second.test'] } });
    await ask('https://first.test/one');
    await ask('http://second.test/two');
    expect([first, second].map(({ requests }) => requests.map(({ url }) => url))).toEqual([['/one'], ['/two']]);
  });
});

describe('with the guard', () => {
  beforeEach(() => {
    startScene({ guard: true });
  });

  it.each([['https://example.test/'], ['http://example.test:443/']])('%s is refused', async (url) => {
    await expect(ask(url, { agent: false })).rejects.toMatchObject({
      code: 'ERR_S3_MOCK_REFUSED',
      message: expect.stringMatching(/^connect ENETUNREACH example\.test:443 - refused by the S3 mock: /),
    });
    expect(lookups).toEqual([]);
  });

  it('S3 is answered', async () => {
    expect((await ask('https://s3.amazonaws.com/')).status).toBe(200);
  });
});

describe('stop', () => {
  const functions = () => [net.Socket.prototype.connect, tls.connect, globalThis.fetch];

  it('restores each function', async () => {
    const before = functions();
    const scene = startScene();
    expect(functions().filter((one, index) => one === before[index])).toEqual([]);
    await ask('https://s3.amazonaws.com/');
    scene.stop();
    expect(functions()).toEqual(before);
    await expect(ask('https://s3.amazonaws.com/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it('answers a request that is under way', async () => {
    const scene = startScene();
    const request = https.request('https://s3.amazonaws.com/', { method: 'PUT', agent: false });
    request.flushHeaders();
    const answered = event(request, 'response');
    while (!scene.isAnswering()) await new Promise((resolve) => setImmediate(resolve));
    scene.stop();
    const [response] = (await answered) as [http.IncomingMessage]; // of the event
    expect({ status: response.statusCode, refusal: response.headers['x-refusal'] }).toEqual({
      status: 400,
      refusal: 'stopped',
    });
    request.destroy();
  });

  it('closes the port', async () => {
    const scene = startScene();
    const asked = ask('http://s3.amazonaws.com/', { agent: false });
    const { request } = await asked;
    const port = request.socket?.remotePort ?? 0;
    scene.stop();
    await expect(ask(`http://127.0.0.1:${port}/`, { agent: false })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a capture of the SDK', () => {
  it('is over for a client that was made before it', async () => {
    const client = createClient({ maxAttempts: 1 });
    const scene = startScene();
    await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' })).catch(() => undefined);
    scene.stop();
    await expect(client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });
});
