import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import { request } from 'undici';
import { ask, closedNetwork, event, raw, settle, startScene } from './scene';

closedNetwork();

const vault = 'https://vault.s3.eu-west-1.amazonaws.com';

describe('a request', () => {
  it('arrives as it was sent', async () => {
    const scene = startScene();
    await ask(`${vault}/a%20b/../c?versioning&x=%2f`, {
      method: 'PUT',
      headers: { 'X-Amz-Meta-A': 'one', 'x-multi': ['1', '2'], 'Content-MD5': 'abc' },
      body: 'hello',
    });
    const [request] = scene.requests;
    expect(request).toMatchObject({
      method: 'PUT',
      url: '/c?versioning&x=%2f', // new URL() in node:https has resolved the dots before us
      host: 'vault.s3.eu-west-1.amazonaws.com',
      secure: true,
      endpoint: { service: 's3', base: 's3.eu-west-1.amazonaws.com', dialect: 'aws', region: 'eu-west-1' },
    });
    expect(Buffer.from(request?.body ?? []).toString()).toBe('hello');
    expect(request?.headers.get('x-amz-meta-a')).toBe('one');
    expect(request?.headers.get('x-multi')).toBe('1, 2');
    expect(request?.rawHeaders).toEqual(expect.arrayContaining(['X-Amz-Meta-A', 'one', 'Content-MD5', 'abc']));
  });

  it('keeps dots, double slashes and escapes of its path', async () => {
    const scene = startScene();
    await ask(vault, { path: '/a/../b//c%2F%20+?x=/../y' });
    expect(scene.requests[0]?.url).toBe('/a/../b//c%2F%20+?x=/../y');
  });

  it('has trailers', async () => {
    const scene = startScene();
    const request = https.request(vault, { method: 'PUT', headers: { Trailer: 'X-Amz-Checksum-Crc32' } });
    request.write('part');
    request.addTrailers({ 'X-Amz-Checksum-Crc32': 'AAAAAA==' });
    request.end();
    await event(request, 'response');
    expect(scene.requests[0]?.trailers).toEqual(new Map([['x-amz-checksum-crc32', 'AAAAAA==']]));
  });

  it.each`
    header                          | url                           | host                            | base
    ${'Vault.S3.amazonaws.com:443'} | ${'https://s3.amazonaws.com'} | ${'vault.s3.amazonaws.com'}     | ${'s3.amazonaws.com'}
    ${'s3.eu-west-1.amazonaws.com'} | ${'http://s3.amazonaws.com'}  | ${'s3.eu-west-1.amazonaws.com'} | ${'s3.eu-west-1.amazonaws.com'}
    ${'assets.example.com'}         | ${'http://s3.amazonaws.com'}  | ${'assets.example.com'}         | ${'s3.amazonaws.com'}
    ${'vault.minio.test:9000'}      | ${'http://minio.test:9000'}   | ${'vault.minio.test'}           | ${'minio.test'}
    ${'vault.minio.test'}           | ${'http://minio.test:9000'}   | ${'vault.minio.test'}           | ${'minio.test'}
  `('with the Host $header over $url has the base $base', async ({ header, url = '', host, base }) => {
    const scene = startScene({ hosts: ['http://minio.test:9000'] });
    await ask(url, { headers: { Host: header } });
    expect(scene.requests[0]).toMatchObject({ host, endpoint: { base } });
  });

  it('without a Host header has the host of its connection', async () => {
    const scene = startScene();
    await raw('GET / HTTP/1.0\r\n\r\n');
    expect(scene.requests[0]).toMatchObject({ host: 's3.amazonaws.com', endpoint: { base: 's3.amazonaws.com' } });
  });

  it('to a host that this library does not answer is refused with the reason', async () => {
    const scene = startScene();
    const { status, text } = await ask('https://s3tables.eu-west-1.amazonaws.com/index.html', {
      method: 'PUT',
      body: 'some',
    });
    expect({ status, text }).toEqual({ status: 400, text: 'unknown-host' });
    expect(scene.requests).toEqual([]);
    expect(scene.refusals).toEqual([
      {
        kind: 'unknown-host',
        host: 's3tables.eu-west-1.amazonaws.com',
        why: 's3-versioning-mock does not answer S3 Tables endpoints',
        request: expect.objectContaining({
          method: 'PUT',
          url: '/index.html',
          host: 's3tables.eu-west-1.amazonaws.com',
          endpoint: expect.objectContaining({ service: 'refused' }),
          body: Buffer.from('some'),
        }),
      },
    ]);
  });

  it('is accepted when its head has arrived and answered when its body is complete', async () => {
    const order: string[] = [];
    startScene({
      accept: () => {
        order.push('head');
        return ({ body }) => {
          order.push(`body of ${body.length}`);
          return { status: 200, headers: [], body: '' };
        };
      },
    });
    const request = https.request(vault, { method: 'PUT', headers: { 'Content-Length': 4 } });
    request.write('ab');
    await settle();
    expect(order).toEqual(['head']);
    request.end('cd');
    await event(request, 'response');
    expect(order).toEqual(['head', 'body of 4']);
  });

  it('that the client aborts during the upload is never answered', async () => {
    const answer = jest.fn(() => ({ status: 200, headers: [], body: '' }));
    startScene({ accept: () => answer });
    const request = https.request(vault, { method: 'PUT', headers: { 'Content-Length': 1000 } });
    request.on('error', () => undefined);
    request.write('part of it');
    await settle();
    request.destroy();
    await settle(20);
    expect(answer).not.toHaveBeenCalled();
  });
});

describe('a reply', () => {
  it('is sent unchanged: order and spelling of its headers, and none added', async () => {
    const headers = [
      ['x-amz-id-2', 'a='],
      ['x-amz-request-id', 'R'],
      ['Date', 'Thu, 01 Jan 1970 00:00:00 GMT'],
      ['ETag', '"e"'],
      ['Set-Cookie', 'a'],
      ['Set-Cookie', 'b'],
      ['Content-Length', '5'],
      ['Server', 'AmazonS3'],
    ] as const;
    startScene({ reply: () => ({ status: 200, headers, body: 'hello' }) });
    const { rawHeaders, text } = await ask(vault);
    expect(rawHeaders).toEqual(headers.flat());
    expect(text).toBe('hello');
  });

  it('without a length gets one', async () => {
    startScene({ reply: () => ({ status: 200, headers: [], body: 'né' }) });
    expect((await ask(vault)).rawHeaders).toEqual(['Content-Length', '3']);
  });

  it('may be chunked', async () => {
    const reply = () => ({ status: 200, headers: [['Transfer-Encoding', 'chunked']] as const, body: '<Slow/>' });
    startScene({ reply });
    const { rawHeaders, text } = await ask(vault);
    expect(rawHeaders).toEqual(['Transfer-Encoding', 'chunked']);
    expect(text).toBe('<Slow/>');
    const bytes = await raw('GET / HTTP/1.1\r\nHost: s3.amazonaws.com\r\nConnection: close\r\n\r\n');
    expect(bytes).toContain('\r\n\r\n7\r\n<Slow/>\r\n0\r\n\r\n');
  });

  it('may close the connection', async () => {
    startScene({ reply: () => ({ status: 200, headers: [['Connection', 'close']], body: '' }) });
    const agent = new https.Agent({ keepAlive: true });
    const first = await ask(vault, { agent });
    const second = await ask(vault, { agent });
    expect(first.headers.connection).toBe('close');
    expect({ first: first.request.reusedSocket, second: second.request.reusedSocket }).toEqual({
      first: false,
      second: false,
    });
  });

  it.each<{ method: string; status: number }>`
    method    | status
    ${'HEAD'} | ${200}
    ${'HEAD'} | ${404}
    ${'GET'}  | ${304}
    ${'GET'}  | ${204}
  `('to $method with $status has no body and leaves the connection usable', async ({ method, status }) => {
    const headers = status === 204 ? [] : [['Content-Length', '11'] as const];
    startScene({ reply: () => ({ status, headers, body: 'not for you' }) });
    const agent = new https.Agent({ keepAlive: true });
    const first = await ask(vault, { agent, method });
    const second = await ask(vault, { agent, method });
    expect({ status: first.status, text: first.text, rawHeaders: first.rawHeaders }).toEqual({
      status,
      text: '',
      rawHeaders: headers.flat(),
    });
    expect(second.request.reusedSocket).toBe(true);
  });

  it('that cannot be sent is replaced by a refusal', async () => {
    const scene = startScene({ reply: () => ({ status: 200, headers: [['x-amz-meta-a', 'line\nfeed']], body: '' }) });
    expect(await ask(vault)).toMatchObject({ status: 400, text: 'broken' });
    expect(scene.refusals).toEqual([{ kind: 'broken', error: expect.objectContaining({ code: 'ERR_INVALID_CHAR' }) }]);
  });
});

describe('the bytes of a reply', () => {
  type Read = (url: string, take: (chunk: Uint8Array) => void) => Promise<void>;
  const byUndici: Read = async (url, take) => {
    const { body } = await request(url);
    for await (const chunk of body) take(chunk);
  };
  const byHttp: Read = async (url, take) => {
    const [response] = (await once(https.get(url), 'response')) as [IncomingMessage];
    for await (const chunk of response) take(chunk);
  };
  const bySocket: Read = async (url, take) => {
    const socket = net.connect({ host: new URL(url).host, port: 80 });
    socket.write(`GET / HTTP/1.1\r\nHost: ${new URL(url).host}\r\nConnection: close\r\n\r\n`);
    for await (const chunk of socket) take(chunk);
  };

  it.each([
    ['undici', byUndici],
    ['node:https', byHttp],
    ['node:net', bySocket],
  ])('belong to the client, %s for one, which may change them', async (_, read) => {
    for (const size of [100, 64 * 1024, 200_000]) {
      const body = Buffer.alloc(size, 'a');
      const scene = startScene({ reply: () => ({ status: 200, headers: [], body }) });
      await read(vault, (chunk) => chunk.fill(0));
      expect({ size, first: body.indexOf(0) }).toEqual({ size, first: -1 });
      scene.stop();
    }
  });
});
