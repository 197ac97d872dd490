import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { Readable } from 'node:stream';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { Client as MinioClient } from 'minio';
import {
  Agent,
  Client,
  type Dispatcher,
  Pool,
  ProxyAgent,
  fetch as undiciFetch,
  request as undiciRequest,
} from 'undici';
import { makeSelfSigned } from '../support/self-signed';
import { ask, event, openPort, rest, settle, startScene, unusedNetwork } from './scene';
import { createClient } from './sdk-client';

interface RealServer {
  readonly port: number;
  readonly origin: string;
  readonly seen: string[];
  /** Answers the requests whose answers are held back, those for /slow. */
  release(): void;
  close(): Promise<unknown>;
}

const certificate = makeSelfSigned('localhost', '*.s3.amazonaws.com');
const { cert: ca } = certificate;

async function startReal(secure: boolean): Promise<RealServer> {
  const seen: string[] = [];
  const held: (() => void)[] = [];
  const sockets = new Set<net.Socket>();
  const receive = (request: http.IncomingMessage, response: http.ServerResponse) => {
    seen.push(`${request.method} ${request.url}`);
    const answer = () => response.end('real');
    if (request.url === '/slow') held.push(answer);
    else request.resume().on('end', answer);
  };
  const server = secure ? https.createServer(certificate, receive) : http.createServer(receive);
  server.keepAliveTimeout = 0;
  server.on(secure ? 'secureConnection' : 'connection', (socket: net.Socket) =>
    sockets.add(socket.on('error', () => {})),
  );
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nreal'));
  });
  server.on('upgrade', (_, socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.on('data', (chunk: Buffer) => seen.push(chunk.toString('latin1')));
  });
  const port = await openPort(server);
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  const release = () => {
    for (const answer of held.splice(0)) answer();
  };
  return { port, origin: `${secure ? 'https' : 'http'}://localhost:${port}`, seen, release, close };
}

unusedNetwork();
let real: RealServer;
let realTls: RealServer;
const closings: (() => unknown)[] = [];
beforeEach(async () => {
  real = await startReal(false);
  realTls = await startReal(true);
});
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
  await Promise.all([real.close(), realTls.close()]);
});

const closeLater = <Pooled extends { destroy(): unknown }>(pool: Pooled): Pooled => {
  closings.push(() => pool.destroy());
  return pool;
};

const bodyOf = async (response: Promise<Dispatcher.ResponseData>) => (await response).body.text();
const textOf = async (response: Promise<{ text(): Promise<string> }>) => (await response).text();
const toThisMachine = ((_: string, options: { all?: boolean }, done: (...values: unknown[]) => void) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as net.LookupFunction;

type Call = () => Promise<unknown>;

function sdkCall(endpoint: string, requestHandler = {}): Call {
  const client = closeLater(createClient({ endpoint, forcePathStyle: true, maxAttempts: 1, requestHandler }));
  return () => client.send(new HeadObjectCommand({ Bucket: 'vault', Key: 'a' }));
}

function minioCall(port: number): Call {
  const keys = { accessKey: 'a', secretKey: 'b' };
  const transportAgent = closeLater(new http.Agent({ keepAlive: true }));
  const client = new MinioClient({
    endPoint: 'localhost',
    port,
    useSSL: false,
    region: 'us-east-1',
    ...keys,
    transportAgent,
  });
  return () => client.bucketExists('vault');
}

function agentCall(origin: string, options: http.AgentOptions | https.AgentOptions = {}): Call {
  const { Agent: NodeAgent } = origin.startsWith('https:') ? https : http;
  const agent = closeLater(new NodeAgent({ keepAlive: true, ...options }));
  return async () => (await ask(`${origin}/a`, { agent })).text;
}

const plainClients: readonly (readonly [string, () => Call])[] = [
  ['the global agent', () => async () => (await ask(`${real.origin}/a`, { agent: http.globalAgent })).text],
  ['an agent that keeps connections', () => agentCall(real.origin)],
  ['built-in fetch', () => () => textOf(fetch(`${real.origin}/a`))],
  ['fetch with a body', () => () => textOf(fetch(`${real.origin}/a`, { method: 'PUT', body: 'text' }))],
  [
    'undici Pool',
    () => {
      const pool = closeLater(new Pool(real.origin));
      return () => bodyOf(pool.request({ path: '/a', method: 'GET' }));
    },
  ],
  [
    'undici Client',
    () => {
      const client = closeLater(new Client(real.origin));
      return () => bodyOf(client.request({ path: '/a', method: 'PUT', body: Readable.from(['a', 'b']) }));
    },
  ],
  [
    'undici Agent',
    () => {
      const dispatcher = closeLater(new Agent());
      return () => bodyOf(undiciRequest(`${real.origin}/a`, { dispatcher }));
    },
  ],
  ['axios', () => async () => (await axios.get(`${real.origin}/a`, { adapter: 'http' })).data],
  ['an SDK client', () => sdkCall(real.origin)],
  ['minio', () => minioCall(real.port)],
];

const tlsClients: readonly (readonly [string, () => Call])[] = [
  ['an https agent', () => agentCall(realTls.origin, { ca })],
  [
    'undici Agent',
    () => {
      const dispatcher = closeLater(new Agent({ connect: { ca } }));
      return () => textOf(undiciFetch(`${realTls.origin}/a`, { dispatcher }));
    },
  ],
  ['an SDK client', () => sdkCall(realTls.origin, { httpsAgent: new https.Agent({ keepAlive: true, ca }) })],
];

describe.each<[string, () => RealServer, readonly (readonly [string, () => Call])[]]>([
  ['plain', () => real, plainClients],
  ['TLS', () => realTls, tlsClients],
])('a connection that was open before the start (%s)', (_, server, clients) => {
  it.each(clients)('of %s carries no request to the real server until the stop', async (_name, make) => {
    const { origin, seen } = server();
    const call = make();
    await call();
    await settle();
    const scene = startScene({ hosts: { only: [origin] } });
    for (let count = 0; count < 3; count += 1) await call();
    expect({ real: seen.length, mock: scene.requests.length }).toEqual({ real: 1, mock: 3 });
    scene.stop();
    await settle();
    await call();
    expect({ real: seen.length, mock: scene.requests.length }).toEqual({ real: 2, mock: 3 });
    const next = startScene({ hosts: { only: [origin] } });
    await call();
    expect({ real: seen.length, mock: next.requests.length }).toEqual({ real: 2, mock: 1 });
  });
});

describe('a request on a connection that was open before the start', () => {
  it('is for S3 by the name that was looked up', async () => {
    const call = agentCall(`http://vault.s3.amazonaws.com:${real.port}`, {
      lookup: toThisMachine,
    } as http.AgentOptions);
    expect(await call()).toBe('real');
    const scene = startScene();
    expect(await call()).toBe('GET /a 0');
    expect(scene.requests[0]).toMatchObject({ host: 'vault.s3.amazonaws.com', endpoint: { base: 's3.amazonaws.com' } });
    expect(real.seen).toEqual(['GET /a']);
  });

  it('is for S3 by the name that TLS gives', async () => {
    const servername = 'vault.s3.amazonaws.com';
    const agent = closeLater(new https.Agent({ keepAlive: true, ca }));
    const call = async () =>
      (await ask(`https://127.0.0.1:${realTls.port}/a`, { agent, servername, headers: { Host: servername } })).text;
    expect(await call()).toBe('real');
    startScene();
    expect(await call()).toBe('GET /a 0');
    expect(realTls.seen).toEqual(['GET /a']);
  });

  it('is for S3 behind a proxy', async () => {
    const dispatcher = closeLater(new ProxyAgent({ uri: real.origin, proxyTunnel: false }));
    const call = (host: string) => bodyOf(undiciRequest(`http://${host}/a`, { dispatcher }));
    expect(await call('vault.s3.amazonaws.com')).toBe('real');
    startScene();
    expect(await call('vault.s3.amazonaws.com')).toBe('GET /a 0');
    expect(await call('other.test')).toBe('real');
    expect(real.seen).toEqual(['GET http://vault.s3.amazonaws.com/a', 'GET http://other.test/a']);
  });

  it('that waited for the connection is answered', async () => {
    const agent = closeLater(new http.Agent({ keepAlive: true, maxSockets: 1 }));
    const first = ask(`${real.origin}/slow`, { agent });
    const waiting = ask(`${real.origin}/a`, { agent });
    while (real.seen.length === 0) await settle(1);
    const scene = startScene({ hosts: { only: [real.origin] } });
    real.release();
    expect([(await first).text, (await waiting).text]).toEqual(['real', 'GET /a 0']);
    expect({ real: real.seen, mock: scene.requests.length }).toEqual({ real: ['GET /slow'], mock: 1 });
  });

  it('is answered if the connection, or its handshake, was under way at the start', async () => {
    const agent = closeLater(new https.Agent({ keepAlive: true, ca }));
    const plain = ask(`${real.origin}/a`, { agent: false });
    const secure = ask(`${realTls.origin}/a`, { agent });
    const scene = startScene({ hosts: { only: [real.origin, realTls.origin] } });
    expect([(await plain).text, (await secure).text]).toEqual(['GET /a 0', 'GET /a 0']);
    const { socket } = (await secure).request;
    expect(socket).toMatchObject({ authorized: true, secureConnecting: false });
    expect({ real: [...real.seen, ...realTls.seen], mock: scene.requests.length }).toEqual({ real: [], mock: 2 });
  });

  it('that began before the start is refused, with the reason', async () => {
    const request = http.request(`${real.origin}/a`, { method: 'PUT', headers: { 'Content-Length': 90 } });
    const failed = event(request, 'error');
    request.write('x');
    while (real.seen.length === 0) await settle(1);
    startScene({ hosts: { only: [real.origin] } });
    request.write(`PUT /a HTTP/1.1\r\nHost: localhost:${real.port}\r\n\r\n`);
    const [error] = await failed;
    expect(error).toMatchObject({
      code: 'ERR_S3_MOCK_REFUSED',
      message: expect.stringMatching(
        /began before mockS3\(\) was called.*\. Call mockS3\(\) before the code sends its first request, or await that request first\.$/,
      ),
    });
  });

  it('whose body began before the start is refused on a connection of undici', async () => {
    const body = new Readable({ read() {} });
    const dispatcher = closeLater(new Client(real.origin));
    const headers = { 'Content-Length': '4' };
    const failed = dispatcher.request({ path: '/a', method: 'PUT', body, headers }).catch((error) => error);
    body.push('ab');
    while (real.seen.length === 0) await settle(1);
    startScene({ hosts: { only: [real.origin] } });
    body.push('cd');
    expect(await failed).toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
  });

  it('whose body began before the start is refused on any connection to S3', async () => {
    const host = 'vault.s3.amazonaws.com';
    const socket = net.connect({ host, port: real.port, lookup: toThisMachine });
    socket.write(`PUT /a HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\n\r\nab`);
    while (real.seen.length === 0) await settle(1);
    startScene();
    const failed = event(socket, 'error');
    socket.write('cd');
    expect(await failed).toEqual([expect.objectContaining({ code: 'ERR_S3_MOCK_REFUSED', address: host })]);
  });

  it('behind a pipelined one that waits for its answer is refused', async () => {
    const client = closeLater(new Client(real.origin, { pipelining: 2 }));
    const slow = client.request({ path: '/slow', method: 'GET', blocking: false }).catch((error) => error);
    while (real.seen.length === 0) await settle(1);
    startScene({ hosts: { only: [real.origin] } });
    const next = client.request({ path: '/a', method: 'GET' }).catch((error) => error);
    expect(await slow).toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
    await next;
    expect(real.seen).toEqual(['GET /slow']);
  });
});

describe('left alone on a connection that was open before the start', () => {
  it.each<[string, () => Call]>([
    ['a host that nobody answers', () => agentCall(real.origin)],
    ['a host that nobody answers, by TLS', () => agentCall(realTls.origin, { ca })],
    [
      'a socket in a file',
      () => {
        const agent = closeLater(new http.Agent({ keepAlive: true }));
        const file = `\0s3-versioning-mock-${process.pid}-${real.port}`;
        const server = http.createServer((_, response) => response.end('real'));
        closings.push(() => server.close());
        const ready = new Promise<void>((resolve) => server.listen(file, resolve));
        return async () => {
          await ready;
          return (await ask('http://vault.s3.amazonaws.com/a', { agent, socketPath: file })).text;
        };
      },
    ],
  ])('%s', async (_, make) => {
    const call = make();
    expect(await call()).toBe('real');
    const scene = startScene();
    expect(await call()).toBe('real');
    expect(await call()).toBe('real');
    expect(scene.requests).toEqual([]);
  });

  it('a body that looks like a request', async () => {
    const request = http.request(`${real.origin}/a`, { method: 'PUT', headers: { 'Transfer-Encoding': 'chunked' } });
    const response = event(request, 'response');
    request.write('x');
    while (real.seen.length === 0) await settle(1);
    const scene = startScene({ guard: true });
    const looksLikeOne = 'GET http://vault.s3.amazonaws.com/ HTTP/1.1\r\nHost: a\r\n\r\n';
    request.write(looksLikeOne);
    await settle();
    request.end(looksLikeOne);
    await response;
    expect({ mock: scene.requests, real: real.seen }).toEqual({ mock: [], real: ['PUT /a'] });
  });

  it('a streamed body of undici that looks like a request', async () => {
    const dispatcher = closeLater(new Client(real.origin));
    await bodyOf(dispatcher.request({ path: '/a', method: 'GET' }));
    const scene = startScene();
    const looksLikeOne = 'GET http://vault.s3.amazonaws.com/ HTTP/1.1\r\nHost: a\r\n\r\n';
    const body = Readable.from([Buffer.from(looksLikeOne), Buffer.from(looksLikeOne)]);
    const headers = { 'Content-Length': String(2 * looksLikeOne.length) };
    expect(await bodyOf(dispatcher.request({ path: '/b', method: 'PUT', body, headers }))).toBe('real');
    expect({ mock: scene.requests, real: real.seen }).toEqual({ mock: [], real: ['GET /a', 'PUT /b'] });
  });

  it('the answers of a server of this process', async () => {
    const call = agentCall(real.origin);
    await call();
    const sockets: net.Socket[] = [];
    const server = net.createServer((socket) => sockets.push(socket));
    const port = await openPort(server);
    closings.push(() => server.close());
    const client = net.connect(port, '127.0.0.1');
    const text = rest(client);
    await event(server, 'connection');
    const scene = startScene({ hosts: { only: [/./] } });
    sockets[0]?.end('GET / HTTP/1.1\r\nHost: vault.s3.amazonaws.com\r\n\r\n');
    expect(await text).toContain('GET / HTTP/1.1');
    expect(scene.requests).toEqual([]);
  });

  it('a WebSocket', async () => {
    const request = http.get(`${real.origin}/ws`, { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } });
    const [, socket] = (await event(request, 'upgrade')) as [http.IncomingMessage, net.Socket];
    const scene = startScene({ hosts: { only: [real.origin] }, guard: true });
    socket.write('a frame');
    while (real.seen.length === 0) await settle(1);
    expect({ mock: scene.requests, real: real.seen }).toEqual({ mock: [], real: ['a frame'] });
    socket.destroy();
  });
});

describe('the guard', () => {
  it('refuses the next request on a connection that was open before the start', async () => {
    const host = `other.test:${real.port}`;
    const call = agentCall(`http://${host}`, { lookup: toThisMachine } as http.AgentOptions);
    expect(await call()).toBe('real');
    startScene({ guard: true });
    await expect(call()).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED', address: 'other.test' });
    expect(real.seen).toEqual(['GET /a']);
  });

  it('lets requests to this machine pass', async () => {
    const call = agentCall(real.origin);
    await call();
    startScene({ guard: true });
    expect(await call()).toBe('real');
  });
});
