import { AsyncLocalStorage } from 'node:async_hooks';
import type http from 'node:http';
import https from 'node:https';
import { describe, expect, it } from '@jest/globals';
import type { CaptureRefusal } from '../../src/wire';
import { ask, closedNetwork, event, raw, settle, startScene } from './scene';

closedNetwork();

const vault = 'https://vault.s3.eu-west-1.amazonaws.com';

describe('R13 the server', () => {
  it('answers 100 Continue at once', async () => {
    startScene();
    const request = https.request(vault, { method: 'PUT', headers: { Expect: '100-continue', 'Content-Length': 3 } });
    request.flushHeaders();
    await event(request, 'continue');
    request.end('abc');
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    expect(response.statusCode).toBe(200);
    response.resume();
  });

  it('answers the final status in place of 100 Continue if the head is refused, and ends the connection (F180)', async () => {
    const scene = startScene({ refusesHead: ({ headers }) => headers.has('x-bad') });
    const text = await raw(
      'PUT /a HTTP/1.1\r\nHost: vault.s3.amazonaws.com\r\nX-Bad: 1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n',
    );
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toContain('Connection: close');
    expect(text).toContain('PUT /a 0');
    expect(scene.requests).toHaveLength(1);
  });

  it('reads host and path of an absolute url, and does not normalize the path', async () => {
    const scene = startScene();
    await raw('GET http://vault.s3.amazonaws.com/a/../b?c HTTP/1.1\r\nHost: other.test\r\nConnection: close\r\n\r\n');
    await raw('GET http://vault.s3.amazonaws.com?list HTTP/1.1\r\nHost: other.test\r\nConnection: close\r\n\r\n');
    expect(scene.requests.map(({ url, host }) => [host, url])).toEqual([
      ['vault.s3.amazonaws.com', '/a/../b?c'],
      ['vault.s3.amazonaws.com', '/?list'],
    ]);
  });

  it('waits for a slow request without a timeout', async () => {
    startScene();
    const request = https.request(vault, { method: 'PUT' });
    request.write('a');
    await new Promise((resolve) => setTimeout(resolve, 30));
    request.end('b');
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    expect(response.statusCode).toBe(200);
    response.resume();
  });

  it('answers pipelined requests in their order', async () => {
    startScene();
    const head = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: s3.amazonaws.com\r\n${more}\r\n`;
    const text = await raw(head('/1') + head('/2') + head('/3', 'Connection: close\r\n'));
    expect(text.match(/GET \/\d 0/g)).toEqual(['GET /1 0', 'GET /2 0', 'GET /3 0']);
  });
});

describe('Expect', () => {
  it.each(['', '200', 'a miracle'])('%j is ignored', async (expected) => {
    startScene();
    expect(await ask(vault, { method: 'PUT', body: 'abc', headers: { Expect: expected } })).toMatchObject({
      status: 200,
      text: 'PUT / 3',
    });
  });
});

describe('R14 a handler that throws', () => {
  const boom = new Error('boom');
  const fail = () => {
    throw boom;
  };

  it.each([
    ['when the head arrived', fail],
    ['when the body is complete', () => fail],
  ])('%s is answered, and the connection stays usable', async (_, accept) => {
    const refusals: CaptureRefusal[] = [];
    const refuse = (refusal: CaptureRefusal) => {
      refusals.push(refusal);
      return { status: 400, headers: [], body: refusal.kind };
    };
    startScene({ accept, refuse });
    const agent = new https.Agent({ keepAlive: true });
    expect(await ask(vault, { agent, method: 'PUT', body: 'x' })).toMatchObject({ status: 400, text: 'broken' });
    const second = await ask(vault, { agent, method: 'PUT', body: 'x' });
    expect(second.request.reusedSocket).toBe(true);
    expect(refusals).toEqual([
      { kind: 'broken', error: boom },
      { kind: 'broken', error: boom },
    ]);
  });
});

describe('an unparsable request', () => {
  it.each`
    bytes                                                                    | reason
    ${'nonsense\r\n\r\n'}                                                    | ${'HPE_INVALID_METHOD'}
    ${'BREW /pot HTTP/1.1\r\nHost: s3.amazonaws.com\r\n\r\n'}                | ${'HPE_INVALID_METHOD'}
    ${'PUT / HTTP/1.1\r\nTransfer-Encoding: identity, gzip\r\nX: y\r\n\r\n'} | ${'HPE_INVALID_TRANSFER_ENCODING'}
    ${'PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'}          | ${'HPE_INVALID_CHUNK_SIZE'}
    ${'GET / HTTP/1.1\r\nBad(Header: x\r\n\r\n'}                             | ${'HPE_INVALID_HEADER_TOKEN'}
    ${`GET / HTTP/1.1\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`}                  | ${'HPE_HEADER_OVERFLOW'}
  `('is refused with $reason', async ({ bytes = '', reason }) => {
    const scene = startScene();
    const text = await raw(bytes);
    expect(text).toBe(
      'HTTP/1.1 400 Bad Request\r\nX-Refusal: unparsable\r\nConnection: close\r\nContent-Length: 10\r\n\r\nunparsable',
    );
    expect(scene.refusals).toEqual([{ kind: 'unparsable', reason, head: expect.any(String) }]);
    const [refusal] = scene.refusals;
    if (refusal?.kind === 'unparsable') expect(bytes.startsWith(refusal.head.slice(0, 1000))).toBe(true);
    expect(scene.requests).toEqual([]);
  });

  it.each([
    ['its head', 'HEAD / HTTP/1.1\r\nBad(Header: x\r\n\r\n'],
    ['its body', 'HEAD / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('has no document in its answer if it is a HEAD and %s cannot be read', async (_, bytes) => {
    startScene();
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n(?:[\w-]+: [^\r]*\r\n)+\r\n$/);
  });

  it('has no document in its answer to a HEAD, however its bytes arrive', async () => {
    startScene();
    const bytes = 'HEAD / HTTP/1.1\r\nBad(Header: x\r\n\r\n';
    for (const at of [1, 4, 6, 15, 17, 25])
      expect(await raw(bytes.slice(0, at), bytes.slice(at))).toMatch(/^HTTP\/1\.1 400 [\s\S]*\r\n\r\n$/);
    const before = 'GET / HTTP/1.1\r\nHost: s3.amazonaws.com\r\n\r\n';
    for (const at of [1, 4, 6, 15, 17, 25]) {
      const text = await raw(before + bytes.slice(0, at), bytes.slice(at));
      expect(text).toMatch(/^HTTP\/1\.1 200 [\s\S]*GET \/ 0(?:HTTP\/1\.1 400 [\s\S]*\r\n\r\n)?$/);
    }
  });

  it('is refused by its head, in however many parts it comes', async () => {
    const scene = startScene();
    const bytes = 'PUT / HTTP/1.1\r\nTransfer-Encoding: identity, gzip\r\nX: y\r\n\r\n';
    await raw(bytes.slice(0, 30), bytes.slice(30));
    expect(scene.refusals).toEqual([{ kind: 'unparsable', reason: 'HPE_INVALID_TRANSFER_ENCODING', head: bytes }]);
  });

  it.each<[after: string, bytes: string, answers: readonly string[]]>([
    ['a body longer than is said', 'PUT /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nbar', ['PUT /a 2']],
    ['a body of which nothing is said', 'PUT /a HTTP/1.1\r\n\r\nbar', ['PUT /a 0']],
    [
      'two requests at once',
      'GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nnonsense\r\n\r\n',
      ['GET /1 0', 'GET /2 0'],
    ],
  ])('ends the connection once the requests before it are answered: %s', async (_, bytes, answers) => {
    const scene = startScene();
    const text = await raw(bytes);
    expect(text.match(/(?:GET|PUT) \/\w \d/g)).toEqual(answers);
    expect(text.match(/^Connection: close/gm)).toHaveLength(1);
    expect(scene.refusals).toEqual([]);
  });

  it('names HTTP/2 spoken without TLS', async () => {
    const scene = startScene();
    await raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    expect(scene.refusals).toMatchObject([{ kind: 'unparsable' }]);
  });
});

it("R17 callbacks see the caller's AsyncLocalStorage, on a pooled connection too", async () => {
  startScene();
  const storage = new AsyncLocalStorage<string>();
  const agent = new https.Agent({ keepAlive: true });
  const call = (name: string) =>
    storage.run(name, () => {
      const seen: (string | undefined)[] = [];
      return new Promise<(string | undefined)[]>((resolve) => {
        https.get(vault, { agent }, (response) => {
          seen.push(storage.getStore());
          response.resume().on('end', () => resolve([...seen, storage.getStore()]));
        });
      });
    });
  expect(await call('one')).toEqual(['one', 'one']);
  expect(await call('two')).toEqual(['two', 'two']);
});

it('R17 the mock runs in the context of the call that opened the connection', async () => {
  const storage = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  startScene({
    reply: () => {
      seen.push(storage.getStore());
      return { status: 200, headers: [], body: '' };
    },
  });
  await storage.run('one', () => ask(vault, { agent: false }));
  await storage.run('two', () => ask(vault, { agent: false }));
  expect(seen).toEqual(['one', 'two']);
});

describe('200 calls at once', () => {
  it.each([
    ['each on a connection of its own', { agent: false as const }],
    ['over a pool of 50', { agent: new https.Agent({ keepAlive: true, maxSockets: 50 }) }],
  ])('%s are answered, each of them', async (_, options) => {
    const scene = startScene();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        ask(`${vault}/${index}`, { ...options, method: 'PUT', body: 'x'.repeat(index) }),
      ),
    );
    expect(answers.map(({ text }) => text)).toEqual(answers.map((_, index) => `PUT /${index} ${index}`));
    expect(scene.requests).toHaveLength(200);
  });
});

describe('a client that gives up', () => {
  it('an abort before the connection is established leaves nothing behind', async () => {
    const scene = startScene();
    const request = https.get(vault);
    const failed = event(request, 'error');
    request.destroy();
    expect(await failed).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
    await settle();
    expect(scene.requests).toEqual([]);
  });

  it('an abort during the download stops the sender', async () => {
    startScene({ reply: () => ({ status: 200, headers: [], body: Buffer.alloc(32 * 1024 * 1024) }) });
    const request = https.get(vault);
    const [response] = (await event(request, 'response')) as [http.IncomingMessage];
    await event(response, 'data');
    const { socket } = response;
    request.destroy();
    await settle(50);
    expect(socket.bytesRead).toBeLessThan(4 * 1024 * 1024);
  });

  it('a timeout of the request fires while there is no answer', async () => {
    startScene();
    const request = https.request(vault, { method: 'PUT', timeout: 10, headers: { 'Content-Length': 10 } });
    request.flushHeaders();
    await event(request, 'timeout');
    const failed = event(request, 'error');
    request.destroy(new Error('too slow'));
    expect(await failed).toEqual([new Error('too slow')]);
  });
});
