import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { Agent, Client, Pool, fetch as undiciFetch, request as undiciRequest } from 'undici';
import { ask, event, startScene, unusedNetwork } from './scene';

const origin = 'https://vault.s3.amazonaws.com';

unusedNetwork();

type Call = (method: string, body?: string) => Promise<{ status: number; text: string }>;

const url = `${origin}/k`;
const init = (method: string, body?: string) => ({ method, ...(body && { body }) });

const clients: readonly (readonly [string, Call])[] = [
  ['node:https', async (...sent) => read(await ask(url, init(...sent)))],
  ['node:http', async (...sent) => read(await ask(url.replace('https', 'http'), init(...sent)))],
  ['node:https without an agent', async (...sent) => read(await ask(url, { agent: false, ...init(...sent) }))],
  ['fetch', async (...sent) => readFetch(await fetch(url, init(...sent)))],
  ['undici fetch', async (...sent) => readFetch(await undiciFetch(url, init(...sent)))],
  [
    'undici fetch with an Agent of its own',
    async (...sent) => readFetch(await undiciFetch(url, { dispatcher: new Agent(), ...init(...sent) })),
  ],
  ['undici request', async (...sent) => readUndici(await undiciRequest(origin, dispatch(...sent)))],
  ['undici Client that allows HTTP/2', (...sent) => callUndici(new Client(origin, { allowH2: true }), sent)],
  ['undici Pool', (...sent) => callUndici(new Pool(origin, { connections: 2 }), sent)],
  ['axios on node:http', (...sent) => callAxios('http', ...sent)],
  ['axios on fetch', (...sent) => callAxios('fetch', ...sent)],
];

describe.each(clients)('%s', (_, call) => {
  it('gets, puts and heads', async () => {
    const scene = startScene({ guard: true });
    expect(await call('GET')).toEqual({ status: 200, text: 'GET /k 0' });
    expect(await call('PUT', 'content')).toEqual({ status: 200, text: 'PUT /k 7' });
    expect(await call('HEAD')).toEqual({ status: 200, text: '' });
    expect(scene.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'HEAD']);
  });

  it('receives a refusal', async () => {
    startScene({ reply: () => ({ status: 404, headers: [], body: '<Error/>' }) });
    expect(await call('GET')).toEqual({ status: 404, text: '<Error/>' });
  });

  it('sends and receives a megabyte', async () => {
    const size = 1024 * 1024;
    startScene({
      reply: ({ body }) => ({ status: 200, headers: [], body: body.length > 0 ? `${body.length}` : 'x'.repeat(size) }),
    });
    expect((await call('PUT', 'y'.repeat(size))).text).toBe(String(size));
    expect((await call('GET')).text.length).toBe(size);
  });
});

async function callAxios(adapter: 'http' | 'fetch', method: string, body?: string) {
  const options = {
    adapter,
    method,
    url: `${origin}/k`,
    data: body,
    responseType: 'text',
    validateStatus: null,
  } as const;
  const { status, data } = await axios.request({ ...options, proxy: false });
  return { status, text: String(data ?? '') };
}

async function callUndici(client: Client | Pool, sent: Parameters<Call>) {
  const result = await readUndici(await client.request(dispatch(...sent)));
  await client.close();
  return result;
}

function dispatch(method: string, body?: string) {
  return { path: '/k', method: method as 'GET', ...(body && { body }) };
}

function read({ status, text }: { status: number | undefined; text: string }) {
  return { status: status ?? 0, text };
}

async function readFetch(response: { status: number; text(): Promise<string> }) {
  return { status: response.status, text: await response.text() };
}

async function readUndici({ statusCode, body }: { statusCode: number; body: { text(): Promise<string> } }) {
  return { status: statusCode, text: await body.text() };
}

it('fetch sends a stream', async () => {
  startScene();
  const body = new ReadableStream({
    start(controller) {
      for (let part = 0; part < 10; part += 1) controller.enqueue(new Uint8Array(10_000));
      controller.close();
    },
  });
  const response = await fetch(`${origin}/k`, { method: 'PUT', body, duplex: 'half' } as RequestInit);
  expect(await response.text()).toBe('PUT /k 100000');
});

it('fetch obeys an AbortSignal in mid-download', async () => {
  startScene({ reply: () => ({ status: 200, headers: [], body: Buffer.alloc(16 * 1024 * 1024) }) });
  const controller = new AbortController();
  const response = await fetch(`${origin}/k`, { signal: controller.signal });
  controller.abort();
  await expect(response.arrayBuffer()).rejects.toMatchObject({ name: 'AbortError' });
});

it('R1 undici closes its clients', async () => {
  startScene();
  const agent = new Agent();
  await readUndici(await undiciRequest(`${origin}/k`, { dispatcher: agent }));
  await agent.close();
  const client = new Client(origin);
  await readUndici(await client.request({ path: '/k', method: 'GET' }));
  await client.destroy();
  expect({ closed: agent.closed, destroyed: client.destroyed }).toEqual({ closed: true, destroyed: true });
});

it('HTTP written by hand over raw TLS is answered', async () => {
  startScene();
  const socket = tls.connect({ host: 'vault.s3.amazonaws.com', port: 443, servername: 'vault.s3.amazonaws.com' });
  await event(socket, 'secureConnect');
  socket.write('GET /one HTTP/1.1\r\nHost: vault.s3.amazonaws.com\r\n\r\n');
  expect(String((await event(socket, 'data'))[0])).toContain('GET /one 0');
  socket.end('GET /two HTTP/1.1\r\nHost: vault.s3.amazonaws.com\r\nConnection: close\r\n\r\n');
  expect(String((await event(socket, 'data'))[0])).toContain('GET /two 0');
  await event(socket, 'close');
});

it.each([
  ['http', http.Agent],
  ['https', https.Agent],
] as const)('a subclass of the agent of %s that overrides createConnection is served', async (protocol, Base) => {
  startScene();
  const calls: unknown[] = [];
  class Own extends Base {
    createConnection(options: object, done: (error: Error | null, socket?: unknown) => void): unknown {
      calls.push(options);
      const parent: { createConnection(options: object, done: unknown): unknown } = Base.prototype as never;
      return parent.createConnection.call(this, options, done);
    }
  }
  const agent = new Own({ keepAlive: true }) as http.Agent;
  for (let call = 0; call < 3; call += 1) await ask(`${protocol}://vault.s3.amazonaws.com/`, { agent });
  expect(calls).toHaveLength(1);
});
