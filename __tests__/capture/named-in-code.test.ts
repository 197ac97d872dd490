import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { ProxyAgent, fetch as undiciFetch, request as undiciRequest } from 'undici';
import { ask, event, openPort, rest, startScene, unusedNetwork } from './scene';

const host = 'vault.s3.amazonaws.com';
const plain = `http://${host}/report.pdf`;
const vault = `https://${host}/report.pdf`;

interface RealServer {
  readonly port: number;
  readonly url: string;
  readonly seen: string[];
  close(): Promise<unknown>;
}

async function startReal(): Promise<RealServer> {
  const seen: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => response.end('real'));
  });
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nreal'));
  });
  server.on('connection', (socket) => sockets.add(socket));
  const port = await openPort(server);
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port, url: `http://127.0.0.1:${port}`, seen, close };
}

unusedNetwork();
let real: RealServer;
beforeEach(async () => {
  real = await startReal();
});
afterEach(() => real.close());

async function write(...texts: readonly string[]): Promise<string> {
  const socket = net.connect(real.port, '127.0.0.1');
  await event(socket, 'connect');
  const text = rest(socket);
  socket.cork();
  for (const each of texts) socket.write(each);
  socket.uncork();
  return text;
}

const close = 'Connection: close\r\n\r\n';

describe('R26 a request for S3 through a proxy that code alone names', () => {
  const text = async (url: string, options: http.RequestOptions) => (await ask(url, options)).text;
  const raw = async (...texts: readonly string[]) => (await write(...texts)).slice(-17);
  const undici = async (url: string, options: object = {}) =>
    (await undiciRequest(url, { dispatcher: new ProxyAgent({ uri: real.url, ...options }) })).body.text();

  it.each<[string, () => Promise<string>]>([
    ['http.request with an absolute path', () => text(real.url, { path: plain })],
    ['http.request without a pool', () => text(real.url, { path: plain, agent: false })],
    [
      'http.request without an agent',
      () => text(real.url, { path: plain, createConnection: () => net.connect(real.port, '127.0.0.1') }),
    ],
    ['undici ProxyAgent', () => undici(plain)],
    ['undici ProxyAgent with a tunnel', () => undici(plain, { proxyTunnel: true })],
    ['undici ProxyAgent, https', () => undici(vault)],
    [
      'undici ProxyAgent and fetch',
      async () => (await undiciFetch(plain, { dispatcher: new ProxyAgent(real.url) })).text(),
    ],
    ['https-proxy-agent, https', () => text(vault, { agent: new HttpsProxyAgent(real.url) })],
    ['https-proxy-agent, http', () => text(plain, { agent: new HttpsProxyAgent(real.url) })],
    [
      'axios with proxy',
      async () => (await axios.get(plain, { adapter: 'http', proxy: { host: '127.0.0.1', port: real.port } })).data,
    ],
    ['a raw socket', () => raw(`GET ${plain} HTTP/1.1\r\nHost: ${host}\r\n${close}`)],
    ['a raw socket in pieces at once', () => raw(`GET ${plain} `, `HTTP/1.1\r\nHost: ${host}\r\n`, close)],
    ['a raw socket with a TLS url', () => raw(`GET ${vault} HTTP/1.1\r\nHost: ${host}\r\n${close}`)],
  ])('%s never leaves the process', async (_, call) => {
    const scene = startScene();
    expect(await call()).toBe('GET /report.pdf 0');
    expect(scene.requests[0]).toMatchObject({ url: '/report.pdf', host, endpoint: { base: 's3.amazonaws.com' } });
    expect(real.seen).toEqual([]);
  });

  it('CONNECT by http.request, then plain HTTP', async () => {
    const scene = startScene();
    const request = http.request({ host: '127.0.0.1', port: real.port, method: 'CONNECT', path: `${host}:80` }).end();
    const [, socket] = (await event(request, 'connect')) as [http.IncomingMessage, net.Socket];
    socket.write(`GET /inside HTTP/1.1\r\nHost: ${host}\r\n${close}`);
    const [chunk] = await event(socket, 'data');
    expect(String(chunk)).toContain('GET /inside 0');
    expect({ requests: scene.requests.length, seen: real.seen }).toEqual({ requests: 1, seen: [] });
  });

  it('with a body, and the next request over the same connection', async () => {
    const scene = startScene();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const body = 'x'.repeat(300_000);
    expect((await ask(real.url, { agent, path: plain, method: 'PUT', body })).text).toBe('PUT /report.pdf 300000');
    expect((await ask(real.url, { agent, path: 'http://other.test/' })).text).toBe('real');
    expect((await ask(real.url, { agent, path: plain })).text).toBe('GET /report.pdf 0');
    expect({ requests: scene.requests.length, seen: real.seen }).toEqual({
      requests: 2,
      seen: ['GET http://other.test/'],
    });
    agent.destroy();
  });

  it('after requests for another host over the same connection', async () => {
    const scene = startScene();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    expect((await ask(real.url, { agent, path: 'http://other.test/' })).text).toBe('real');
    const mine = await ask(real.url, { agent, path: plain });
    expect({ text: mine.text, reusedSocket: mine.request.reusedSocket }).toEqual({
      text: 'GET /report.pdf 0',
      reusedSocket: true,
    });
    expect((await ask(real.url, { agent, path: 'http://other.test/again' })).text).toBe('real');
    expect(scene.requests).toHaveLength(1);
    expect(real.seen).toEqual(['GET http://other.test/', 'GET http://other.test/again']);
    agent.destroy();
  });

  it('through a proxy that cannot be reached, by http.request', async () => {
    startScene({ guard: true });
    expect((await ask('http://proxy.test:3128', { path: plain })).text).toBe('GET /report.pdf 0');
  });

  it('reaches whichever capture answers the host', async () => {
    const first = startScene({ hosts: { only: ['a.test'] } });
    const second = startScene({ hosts: { only: ['b.test'] } });
    for (const name of ['a.test', 'b.test']) {
      await ask(real.url, { path: `http://${name}/` });
      await write(`GET http://${name}/raw HTTP/1.1\r\nHost: ${name}\r\n${close}`);
    }
    expect({ firstRequests: first.requests.length, secondRequests: second.requests.length, seen: real.seen }).toEqual({
      firstRequests: 2,
      secondRequests: 2,
      seen: [],
    });
  });

  it('is not answered by a capture that was stopped', async () => {
    startScene().stop();
    expect((await ask(real.url, { path: plain, agent: false })).text).toBe('real');
    expect(real.seen).toEqual([`GET ${plain}`]);
  });
});

describe('R27 plain HTTP to another address with the Host header of S3', () => {
  const lookup = ((_: string, options: { all?: boolean }, done: (...values: unknown[]) => void) =>
    options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as net.LookupFunction;

  it('is captured before it is connected, by http.request', async () => {
    const scene = startScene({ guard: true });
    expect((await ask('http://203.0.113.9/report.pdf', { headers: { Host: host } })).text).toBe('GET /report.pdf 0');
    expect(scene.requests[0]).toMatchObject({ host, endpoint: { base: 's3.amazonaws.com' } });
  });

  it('is captured before its first byte, by a raw socket', async () => {
    const scene = startScene();
    const socket = net.connect({ host: 'gateway.test', port: real.port, lookup });
    await event(socket, 'connect');
    socket.write(`GET /raw HTTP/1.1\r\nHost: ${host}\r\n${close}`);
    const [chunk] = await event(socket, 'data');
    expect(String(chunk)).toContain('GET /raw 0');
    expect({ requests: scene.requests.length, seen: real.seen }).toEqual({ requests: 1, seen: [] });
  });

  it('goes to a server of this machine, which its caller has named', async () => {
    const scene = startScene({ guard: true });
    expect((await ask(`${real.url}/mine`, { headers: { Host: host } })).text).toBe('real');
    expect({ requests: scene.requests, seen: real.seen }).toEqual({ requests: [], seen: ['GET /mine'] });
  });
});

describe('every other connection', () => {
  it.each<[string, () => Promise<string>, string]>([
    [
      'a request for another host through a proxy',
      async () => (await ask(real.url, { path: 'http://other.test/' })).text,
      'GET http://other.test/',
    ],
    [
      'a tunnel to another host',
      async () => {
        const socket = net.connect(real.port, '127.0.0.1');
        socket.write('CONNECT other.test:80 HTTP/1.1\r\n\r\n');
        await event(socket, 'data');
        socket.write(`GET ${plain} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
        return (await rest(socket)).slice(-4);
      },
      'CONNECT other.test:80',
    ],
    ['a request', async () => (await ask(`${real.url}/a?${plain}`)).text, `GET /a?${plain}`],
    [
      'a body that looks like a request',
      async () => (await ask(real.url, { method: 'PUT', body: `GET ${plain} HTTP/1.1\r\nHost: ${host}\r\n\r\n` })).text,
      'PUT /',
    ],
  ])('%s goes where it went', async (_, call, seen) => {
    const scene = startScene();
    expect(await call()).toBe('real');
    expect({ requests: scene.requests, seen: real.seen }).toEqual({ requests: [], seen: [seen] });
  });

  it('keeps its prototype and its own properties', async () => {
    const names = async () => {
      const socket = net.connect(real.port, '127.0.0.1');
      await event(socket, 'connect');
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      await event(socket, 'data');
      const found = [Object.getPrototypeOf(socket) === net.Socket.prototype, Reflect.ownKeys(socket)];
      socket.destroy();
      return found;
    };
    const before = await names();
    startScene();
    expect(await names()).toEqual(before);
  });
});

describe('the guard', () => {
  it('names the host of a request through a proxy of this machine that code alone names', async () => {
    startScene({ guard: true });
    const refusal = { code: 'ERR_S3_MOCK_REFUSED', address: 'other.test' };
    await expect(ask('https://other.test/', { agent: new HttpsProxyAgent(real.url) })).rejects.toMatchObject(refusal);
    await expect(ask(real.url, { path: 'http://other.test/', agent: false })).rejects.toMatchObject(refusal);
    expect(real.seen).toEqual([]);
  });

  it('lets a request for this machine pass through it', async () => {
    startScene({ guard: true });
    expect((await ask(real.url, { path: 'http://localhost/' })).text).toBe('real');
  });
});

describe('R28 net.Socket.prototype.connect, taken before the start', () => {
  const { connect } = net.Socket.prototype;

  /** Calls the function that was taken, as a library that stored it does. */
  function connectBefore(socket: net.Socket, options: net.TcpNetConnectOpts): net.Socket {
    return Reflect.apply(connect, socket, [options]);
  }

  it.each([
    [true, 8],
    [false, 1],
  ])('is captured without a look-up in the network (autoSelectFamily %s)', async (autoSelectFamily, addresses) => {
    const scene = startScene({ guard: true });
    const socket = connectBefore(new net.Socket(), { host, port: 80, autoSelectFamily });
    const order: string[] = [];
    for (const name of ['lookup', 'connect', 'ready']) socket.on(name, () => order.push(name));
    socket.write(`GET /before HTTP/1.1\r\nHost: ${host}\r\n${close}`);
    const [chunk] = await event(socket, 'data');
    expect(String(chunk)).toContain('GET /before 0');
    expect(order).toEqual([...Array(addresses).fill('lookup'), 'connect', 'ready']);
    expect(scene.requests).toHaveLength(1);
  });

  it('is captured with TLS too', async () => {
    const scene = startScene({ guard: true });
    const socket = connectBefore(new tls.TLSSocket(undefined as never), { host, port: 443 });
    await event(socket, 'secureConnect');
    socket.write(`GET /before HTTP/1.1\r\nHost: ${host}\r\n${close}`);
    const [chunk] = await event(socket, 'data');
    expect(String(chunk)).toContain('GET /before 0');
    expect(scene.requests[0]?.secure).toBe(true);
  });

  it('goes to other hosts as before', async () => {
    startScene();
    const socket = connectBefore(new net.Socket(), { host: 'localhost', port: real.port });
    socket.write('GET /other HTTP/1.1\r\nHost: a\r\n\r\n');
    await event(socket, 'data');
    expect(real.seen).toEqual(['GET /other']);
    socket.destroy();
  });
});
