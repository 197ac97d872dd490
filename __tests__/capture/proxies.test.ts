import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { EnvHttpProxyAgent, ProxyAgent, fetch as undiciFetch, request as undiciRequest } from 'undici';
import { readProxies } from '../../src/capture/passed-on';
import { ask, event, openPort, rest, startScene, unusedNetwork } from './scene';

const vault = 'https://vault.s3.amazonaws.com/report.pdf';
const variables = [
  'HTTP_PROXY',
  'http_proxy',
  'HTTPS_PROXY',
  'https_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
];

interface RealProxy {
  readonly url: string;
  readonly seen: string[];
  close(): Promise<unknown>;
}

async function startRealProxy(): Promise<RealProxy> {
  const sockets = new Set<net.Socket>();
  const seen: string[] = [];
  const answer: http.RequestListener = (request, response) => {
    request.resume().on('end', () => response.end(`real ${request.method} ${request.url}`));
  };
  const server = http.createServer(answer);
  const proxy = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  proxy.on('connect', (request, socket, head) => {
    seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  for (const each of [server, proxy]) each.on('connection', (socket) => sockets.add(socket));
  const port = await openPort(server);
  return {
    url: `http://127.0.0.1:${await openPort(proxy)}`,
    seen,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return Promise.all([server, proxy].map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
}

unusedNetwork();
let proxy: RealProxy;
beforeEach(async () => {
  for (const variable of variables) delete process.env[variable];
  proxy = await startRealProxy();
});
afterEach(async () => {
  for (const variable of variables) delete process.env[variable];
  await proxy.close();
});

function useProxy(): void {
  process.env['HTTP_PROXY'] = process.env['HTTPS_PROXY'] = proxy.url;
}

async function tunnel(authority: string): Promise<string> {
  const { hostname, port } = new URL(proxy.url);
  const socket = net.connect(Number(port), hostname);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Authorization: Basic me\r\n\r\n`);
  const [reply] = await event(socket, 'data');
  const [host] = authority.split(':');
  socket.write(`GET /inside HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return String(reply) + (await rest(socket));
}

describe('a call to S3 through a proxy of the environment', () => {
  it.each<[string, () => Promise<string>]>([
    ['undici EnvHttpProxyAgent', () => readUndici(new EnvHttpProxyAgent())],
    ['undici ProxyAgent', () => readUndici(new ProxyAgent(proxy.url))],
    [
      'undici ProxyAgent and fetch',
      async () => (await undiciFetch(vault, { dispatcher: new ProxyAgent(proxy.url) })).text(),
    ],
    ['https-proxy-agent', async () => (await ask(vault, { agent: new HttpsProxyAgent(proxy.url) })).text],
    ['axios, https', async () => (await axios.get(vault, { adapter: 'http' })).data],
    [
      'axios with an agent',
      async () =>
        (await axios.get(vault, { adapter: 'http', proxy: false, httpsAgent: new HttpsProxyAgent(proxy.url) })).data,
    ],
    [
      'axios, http',
      async () => (await axios.get('http://vault.s3.amazonaws.com/report.pdf', { adapter: 'http' })).data,
    ],
    [
      'the absolute form of plain HTTP',
      async () => (await ask(proxy.url, { path: 'http://vault.s3.amazonaws.com/report.pdf' })).text,
    ],
  ])('%s never reaches the proxy', async (_, call) => {
    useProxy();
    const scene = startScene({ guard: true });
    expect(await call()).toBe('GET /report.pdf 0');
    expect(scene.requests[0]).toMatchObject({ url: '/report.pdf', host: 'vault.s3.amazonaws.com' });
    expect(proxy.seen).toEqual([]);
  });

  it('through a proxy that expects TLS', async () => {
    process.env['HTTPS_PROXY'] = 'https://proxy.test:8443';
    const scene = startScene({ guard: true });
    expect(await readUndici(new EnvHttpProxyAgent())).toBe('GET /report.pdf 0');
    expect((await ask(vault, { agent: new HttpsProxyAgent('https://proxy.test:8443') })).text).toBe(
      'GET /report.pdf 0',
    );
    expect(scene.requests.map(({ secure }) => secure)).toEqual([true, true]);
  });

  it('with a CONNECT to an address, which TLS gives its name', async () => {
    useProxy();
    const scene = startScene();
    const agent = new HttpsProxyAgent(proxy.url);
    const options = { agent, servername: 'vault.s3.amazonaws.com' };
    expect((await ask('https://203.0.113.9/report.pdf', options)).text).toBe('GET /report.pdf 0');
    expect(scene.requests[0]).toMatchObject({ endpoint: { base: 's3.amazonaws.com' }, secure: true });
    expect(proxy.seen).toEqual(['CONNECT 203.0.113.9:443']);
  });

  it('undici, plain HTTP through CONNECT', async () => {
    useProxy();
    const scene = startScene();
    const dispatcher = new ProxyAgent({ uri: proxy.url, proxyTunnel: true });
    const { body } = await undiciRequest('http://vault.s3.amazonaws.com/a', { dispatcher });
    expect(await body.text()).toBe('GET /a 0');
    expect(scene.requests[0]).toMatchObject({ host: 'vault.s3.amazonaws.com', secure: false });
    expect(proxy.seen).toEqual([]);
  });

  it('many calls over one pool', async () => {
    useProxy();
    const scene = startScene();
    const dispatcher = new EnvHttpProxyAgent();
    const bodies = Array.from({ length: 20 }, () => readUndici(dispatcher));
    expect(new Set(await Promise.all(bodies))).toEqual(new Set(['GET /report.pdf 0']));
    scene.stop();
    expect(proxy.seen).toEqual([]);
  });

  it('reaches whichever capture answers the host', async () => {
    useProxy();
    const first = startScene({ hosts: { only: ['a.test'] } });
    const second = startScene({ hosts: { only: ['b.test'] }, guard: true });
    for (const host of ['a.test', 'b.test']) {
      await ask(`https://${host}/tls`, { agent: new HttpsProxyAgent(proxy.url) });
      expect(await tunnel(`${host}:80`)).toContain('GET /inside 0');
      await ask(proxy.url, { path: `http://${host}/plain` });
    }
    const urls = (scene: typeof first) => scene.requests.map(({ host, url }) => `${host}${url}`);
    expect(urls(first)).toEqual(['a.test/tls', 'a.test/inside', 'a.test/plain']);
    expect(urls(second)).toEqual(['b.test/tls', 'b.test/inside', 'b.test/plain']);
    expect(proxy.seen).toEqual([]);
  });
});

describe('a call to another host through a proxy of the environment', () => {
  it('goes through CONNECT as the client wrote it', async () => {
    useProxy();
    const scene = startScene();
    const text = await tunnel('other.test:80');
    expect(text).toContain('HTTP/1.1 200 OK\r\n\r\n');
    expect(text).toContain('real GET /inside');
    expect(proxy.seen).toEqual(['CONNECT other.test:80 Basic me']);
    expect(scene.requests).toEqual([]);
  });

  it('is forwarded in plain HTTP with its method, headers and body', async () => {
    useProxy();
    const scene = startScene();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const options = { agent, path: 'http://other.test/up', method: 'PUT', body: 'x'.repeat(200_000) };
    expect((await ask(proxy.url, options)).text).toBe('real PUT http://other.test/up');
    // The next call on the same connection goes to S3 and must not reach the proxy.
    const mine = await ask(proxy.url, { agent, path: 'http://vault.s3.amazonaws.com/' });
    expect(mine.text).toBe('GET / 0');
    expect(mine.request.reusedSocket).toBe(true);
    expect(proxy.seen).toEqual(['PUT http://other.test/up']);
    expect(scene.requests).toHaveLength(1);
  });

  it('runs its own TLS through the tunnel', async () => {
    useProxy();
    startScene();
    // The server behind the proxy speaks plain HTTP: its error at a ClientHello proves that real TLS arrived.
    const call = ask('https://other.test/', { agent: new HttpsProxyAgent(proxy.url) });
    await expect(call).rejects.toMatchObject({ message: expect.stringContaining('wrong version number') });
    expect(proxy.seen).toEqual(['CONNECT other.test:443']);
  });

  it('fails as without a capture if the proxy does not run', async () => {
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
    startScene();
    const agent = new HttpsProxyAgent('http://127.0.0.1:1');
    await expect(ask('https://other.test/', { agent })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const plain = ask('http://127.0.0.1:1', { path: 'http://other.test/' });
    await expect(plain).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('fails by the guard, whose error names the host and not the proxy', async () => {
    useProxy();
    startScene({ guard: true });
    const refusal = { code: 'ERR_S3_MOCK_REFUSED', address: 'other.test' };
    const agent = new HttpsProxyAgent(proxy.url);
    await expect(ask('https://other.test/', { agent })).rejects.toMatchObject(refusal);
    await expect(ask(proxy.url, { path: 'http://other.test/' })).rejects.toMatchObject(refusal);
    expect(proxy.seen).toEqual([]);
  });
});

describe('data sent right after a CONNECT, before its reply', () => {
  it.each([
    ['to S3', 's3.amazonaws.com', 'GET /inside 0'],
    ['to another host', 'other.test', 'real GET /inside'],
  ])('%s is not lost', async (_, host, expected) => {
    useProxy();
    startScene();
    const { hostname, port } = new URL(proxy.url);
    const socket = net.connect(Number(port), hostname);
    const inside = `GET /inside HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    socket.write(`CONNECT ${host}:80 HTTP/1.1\r\nHost: ${host}\r\n\r\n${inside}`);
    expect(await rest(socket)).toContain(expected);
  });
});

async function readUndici(dispatcher: ProxyAgent | EnvHttpProxyAgent): Promise<string> {
  const { body } = await undiciRequest(vault, { dispatcher });
  return body.text();
}

describe('the proxies of the environment', () => {
  it.each<{ variable: string; value: string; host: string; port: number; isOne: boolean }>`
    variable         | value                        | host            | port    | isOne
    ${'HTTP_PROXY'}  | ${'http://proxy.test:3128'}  | ${'proxy.test'} | ${3128} | ${true}
    ${'https_proxy'} | ${'http://me:pw@Proxy.test'} | ${'proxy.test'} | ${80}   | ${true}
    ${'HTTPS_PROXY'} | ${'https://proxy.test/'}     | ${'proxy.test'} | ${443}  | ${true}
    ${'ALL_PROXY'}   | ${'proxy.test:8080'}         | ${'proxy.test'} | ${8080} | ${true}
    ${'http_proxy'}  | ${'http://[::1]:3128'}       | ${'::1'}        | ${3128} | ${true}
    ${'HTTP_PROXY'}  | ${'http://proxy.test:3128'}  | ${'proxy.test'} | ${3129} | ${false}
    ${'HTTP_PROXY'}  | ${'::::'}                    | ${'proxy.test'} | ${80}   | ${false}
    ${'HTTP_PROXY'}  | ${''}                        | ${''}           | ${80}   | ${false}
    ${'NO_PROXY'}    | ${'proxy.test'}              | ${'proxy.test'} | ${80}   | ${false}
  `('$variable=$value names $host:$port: $isOne', ({ variable, value, host, port, isOne }) => {
    expect(readProxies({ [variable]: value }).has({ host, port, secure: false })).toBe(isOne);
  });
});
