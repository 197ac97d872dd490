import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { ask, closedNetwork, event, openPort, startScene } from '../scene';
import { sayRuntime } from './runtime';

sayRuntime('bun');
const lookups = closedNetwork();

/** A proxy that keeps what it gets, and answers that it is unavailable. */
const received: string[] = [];
let server: net.Server;
let proxy: URL;
beforeEach(async () => {
  received.length = 0;
  server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received.push(bytes.toString().split('\r\n', 1)[0] ?? '');
      socket.end('HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n');
    });
  });
  proxy = new URL(`http://127.0.0.1:${await openPort(server)}`);
});
afterEach(() => {
  server.close();
});

const plain = 'http://s3.amazonaws.com/vault/a.txt';
const secure = 'https://s3.amazonaws.com/vault/a.txt';
const ownAddress = () => ({ hostname: proxy.hostname, port: proxy.port });

describe('a request for S3 by a proxy', () => {
  it.each([
    ['in a tunnel', secure, () => ({ agent: new HttpsProxyAgent(proxy) })],
    ['in a tunnel without TLS', plain, () => ({ agent: new HttpsProxyAgent(proxy) })],
    ['with its whole address', plain, () => ({ ...ownAddress(), path: plain })],
    ['with its whole address, as axios sends it', plain, () => ({ ...ownAddress(), path: secure })],
    [
      'of an agent that keeps connections',
      plain,
      () => ({ ...ownAddress(), path: plain, agent: new http.Agent({ keepAlive: true }) }),
    ],
  ])('%s is answered, and the proxy gets no byte', async (_, url, options) => {
    const { requests } = startScene();
    const { status } = await ask(url, options());
    expect({ status, received, lookups }).toEqual({ status: 200, received: [], lookups: [] });
    expect(requests).toMatchObject([{ host: 's3.amazonaws.com', url: '/vault/a.txt' }]);
  });

  it('of an agent that opens the connection itself is answered', async () => {
    const { requests } = startScene();
    // Node's agents with a proxy of the environment replace the host below this method.
    for (const [agent, port] of [
      [new http.Agent(), 80],
      [new https.Agent(), 443],
    ] as const) {
      const socket = agent.createConnection({ host: 's3.amazonaws.com', port } as never) as net.Socket;
      socket.write('GET /vault HTTP/1.1\r\nHost: s3.amazonaws.com\r\nConnection: close\r\n\r\n');
      await event(socket, 'data');
      socket.destroy();
    }
    expect(requests.map(({ secure: isSecure }) => isSecure)).toEqual([false, true]);
  });

  it('in bytes that a client writes at once is answered', async () => {
    startScene();
    const socket = net.connect(Number(proxy.port), proxy.hostname);
    socket.cork();
    socket.write(`GET ${plain} HTTP/1.1\r\n`);
    socket.write('Host: s3.amazonaws.com\r\nConnection: close\r\n\r\n');
    socket.uncork();
    const [bytes] = await event(socket, 'data');
    expect(String(bytes)).toMatch(/^HTTP\/1\.1 200 /);
    expect(received).toEqual([]);
    socket.destroy();
  });
});

describe('a request for another host by a proxy', () => {
  it.each([
    ['CONNECT example.test:443 HTTP/1.1', 'https://example.test/', () => ({ agent: new HttpsProxyAgent(proxy) })],
    [
      'GET http://example.test/ HTTP/1.1',
      'http://example.test/',
      () => ({ ...ownAddress(), path: 'http://example.test/', agent: false }),
    ],
  ])('%s reaches the proxy', async (line, url, options) => {
    startScene();
    await ask(url, options()).catch(() => undefined);
    expect(received).toEqual([line]);
  });

  it('is refused with the guard, before the proxy gets a byte', async () => {
    startScene({ guard: true });
    const asked = ask('https://example.test/', { agent: new HttpsProxyAgent(proxy) });
    await expect(asked).rejects.toMatchObject({ code: 'ERR_S3_MOCK_REFUSED' });
    expect(received).toEqual([]);
  });
});

describe('a client that offers HTTP/2 alone', () => {
  it('is refused', async () => {
    startScene();
    const [error] = await event(tls.connect({ host: 's3.amazonaws.com', port: 443, ALPNProtocols: ['h2'] }), 'error');
    expect(error).toMatchObject({ code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL' });
  });
});

describe('a request that nobody led to the port', () => {
  it('is refused, and enters no journal', async () => {
    const { requests } = startScene();
    const { request } = await ask(plain, { agent: false });
    const port = request.socket?.remotePort ?? 0;
    const headers = { Host: 's3.amazonaws.com', 'X-S3-Versioning-Mock-Sent-To': 'https://s3.amazonaws.com' };
    const { status } = await ask(`http://127.0.0.1:${port}/vault/a.txt`, { agent: false, headers });
    expect({ status, urls: requests.map(({ url }) => url) }).toEqual({ status: 421, urls: ['/vault/a.txt'] });
  });

  it('is closed if it is no HTTP', async () => {
    const { requests, refusals } = startScene();
    const { request } = await ask(plain, { agent: false });
    const socket = net.connect(request.socket?.remotePort ?? 0, '127.0.0.1');
    const closed = event(socket, 'close');
    socket.resume().write('NONSENSE\r\n\r\n');
    await closed;
    expect({ requests: requests.length, refusals }).toEqual({ requests: 1, refusals: [] });
  });
});
