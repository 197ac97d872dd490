import dns from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { Agent, interceptors, ProxyAgent, request as undiciRequest } from 'undici';
import { textOf } from '../house/files';
import { ask, closedNetwork, event, openPort, rest, startScene } from './scene';

const host = 's3.amazonaws.com';
const address = '203.0.113.9';
const secure = `https://${host}/a`;
const plain = `http://${host}/a`;
const { connect: netConnect } = net;
const { connect: tlsConnect } = tls;
const { connect: socketConnect } = net.Socket.prototype;

closedNetwork();
let proxy: http.Server;
let port: number;
let url: string;
beforeEach(async () => {
  proxy = http.createServer((_, response) => response.end('missed'));
  port = await openPort(proxy);
  url = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

/** Sends pieces over a socket once it is connected, each in a turn of its own, and returns the end of the answer. */
async function over(socket: net.Socket, pieces = [`GET /a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`]) {
  const text = rest(socket);
  await event(socket, socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect');
  for (const piece of pieces) await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
  return text;
}

async function undici(dispatcher: ProxyAgent | Agent | ReturnType<Agent['compose']>): Promise<string> {
  const { body } = await undiciRequest(secure, { dispatcher });
  return body.text();
}

const text = async (url: string, options: object = {}) => (await ask(url, options)).text;

const ofPool = '`http.request` over a connection of a pool from before the start';
const pool = new http.Agent({ keepAlive: true });
afterEach(() => pool.destroy());
const toThisMachine = ((_: string, options: { all?: boolean }, done: (...values: unknown[]) => void) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) as net.LookupFunction;

/** Each way by the words of its row in docs/connections.md; it returns what the server at the other end has answered. */
const ways: Readonly<Record<string, () => Promise<string>>> = {
  '`net.connect(port, host)`': () => over(net.connect(80, host)),
  '`net.connect({ host, port })`': () => over(net.connect({ host, port: 80 })),
  '`net.createConnection`': () => over(net.createConnection(80, host)),
  '`net.connect({ onread })`': async () => {
    let read = '';
    const callback = (size: number, buffer: Uint8Array) => {
      read += Buffer.from(buffer.subarray(0, size)).toString();
      return true;
    };
    await over(net.connect({ host, port: 80, onread: { buffer: Buffer.alloc(16), callback } }));
    return read;
  },
  '`net.connect`, taken before the start': () => over(netConnect(80, host)),
  '`new net.Socket().connect`': () => over(new net.Socket().connect(80, host)),
  '`net.Socket.prototype.connect`, taken before the start': () =>
    over(Reflect.apply(socketConnect, new net.Socket(), [80, host])),
  '`net.connect({ path })`': async () => {
    const file = path.join(os.tmpdir(), `s3-mock-ways-${process.pid}.sock`);
    const server = http.createServer((_, response) => response.end('missed'));
    await new Promise<void>((resolve) => server.listen(file, resolve));
    const options: object = { path: file, host, port: 80 };
    const answer = await over(net.connect(options as net.IpcNetConnectOpts));
    await new Promise((resolve) => server.close(resolve));
    return answer;
  },
  '`tls.connect`': () => over(tls.connect(443, host)),
  '`tls.connect`, taken before the start': () => over(tlsConnect(443, host)),
  '`tls.connect` to an address, with `servername`': () => over(tls.connect(443, address, { servername: host })),
  '`tls.connect` over a socket of the caller': () =>
    over(tls.connect({ socket: net.connect(port, '127.0.0.1'), servername: host })),
  '`http.request`': () => text(plain),
  '`http.request` to an address, with a Host header': () => text(`http://${address}/a`, { headers: { Host: host } }),
  '`http.request` with an absolute path, to a proxy': () => text('http://proxy.test:3128', { path: plain }),
  '`https.request`': () => text(secure),
  '`https.request` without a pool': () => text(secure, { agent: false }),
  '`https.request` to an address, with `servername`': () => text(`https://${address}/a`, { servername: host }),
  'built-in `fetch`': async () => (await fetch(secure)).text(),
  '`undici`': () => undici(new Agent()),
  '`undici` with `interceptors.dns()`': () => undici(new Agent().compose(interceptors.dns())),
  '`undici` with `interceptors.dns()` and a `lookup` of the caller': () => {
    const records = [{ address, ttl: 1000, family: 4 }] as const;
    return undici(new Agent().compose(interceptors.dns({ lookup: (_, __, done) => done(null, [...records]) })));
  },
  '`http.request` to an address that `dns.lookup` has found': async () => {
    const found = await dns.promises.lookup(host);
    return text(`http://${found.address}/a`, { headers: { Host: host } });
  },
  '`undici` with a `ProxyAgent` that code alone names': () => undici(new ProxyAgent(url)),
  '`https-proxy-agent` that code alone names': () => text(secure, { agent: new HttpsProxyAgent(url) }),
  'a raw request to a proxy, in one write': () =>
    over(net.connect(port, '127.0.0.1'), [`GET ${plain} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`]),
  'a raw request to a proxy, in several writes': () =>
    over(net.connect(port, '127.0.0.1'), ['GET ', `${plain} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`]),
  [ofPool]: () => text(`http://${host}:${port}/a`, { agent: pool, lookup: toThisMachine }),
  '`http2.connect`': async () => {
    const [error] = (await event(http2.connect(secure), 'error')) as [NodeJS.ErrnoException];
    return `refused ${error.code}`;
  },
};

const rows = textOf('docs/connections.md')
  .split('\n')
  .filter((line) => /^\| (?!Way|---)/.test(line))
  .map((line) => {
    const [, way = '', mock = ''] = /^\| (.+?) \| (captured|refused|missed) \| .*\|$/.exec(line) ?? [];
    return { line, way, mock };
  });

describe('docs/connections.md', () => {
  it('has a row for each way, and no other', () => {
    expect(rows.filter(({ way }) => way === '').map(({ line }) => line)).toEqual([]);
    expect(rows.map(({ way }) => way)).toEqual(Object.keys(ways));
  });

  it.each(rows)('$way is $mock', async ({ way, mock }) => {
    if (way === ofPool) expect(await ways[way]?.()).toBe('missed');
    const scene = startScene();
    const seen: string[] = [];
    proxy.on('request', ({ url: asked = '' }: IncomingMessage) => seen.push(asked));
    proxy.on('connect', ({ url: asked = '' }: IncomingMessage) => seen.push(asked));
    const answer = await ways[way]?.();
    expect(answer).toContain(mock === 'captured' ? 'GET /a 0' : mock);
    expect(scene.requests).toHaveLength(mock === 'captured' ? 1 : 0);
    if (mock === 'captured') expect(seen).toEqual([]);
  });
});
