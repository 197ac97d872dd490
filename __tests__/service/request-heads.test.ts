import { connect, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { fetch as undiciFetch } from 'undici';
import { cosHost } from '../support/clients/story-client';
import { elements, refusal } from '../support/objects';
import { send, sendAsIs } from '../support/wire-client';

const s3 = mockS3({ buckets: { plain: { objects: { k: 'data' } } } });

const tooLarge = refusal(
  400,
  'RequestHeaderSectionTooLarge',
  'Your request header section exceeds the maximum allowed size.',
  elements({ MaxSizeAllowed: 8192 }),
);

/** A GET whose header section has that many bytes, as it is on the wire without the empty line. */
function getWith(size: number, path = '/plain/k', method = 'GET'): string {
  const fixed = 'Host: s3.us-east-1.amazonaws.com\r\nAuthorization: AWS KEY:sig\r\nConnection: close\r\nx-a: \r\n';
  const lines = fixed.replace('x-a: ', `x-a: ${'a'.repeat(size - fixed.length)}`);
  return `${method} ${path} HTTP/1.1\r\n${lines}\r\n`;
}

interface Answer {
  readonly status: number;
  readonly lines: readonly string[];
  readonly body: string;
}

/** The body is that of HTTP, with its chunks if it has some. */
function exchange(bytes: string, socket: Socket): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('latin1').on('data', (data) => (text += data));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s);
      const [line = '', ...lines] = head.split('\r\n');
      resolve({ status: Number(line.split(' ')[1]), lines, body });
    });
    socket.write(bytes);
  });
}

const inProcess = (bytes: string) => exchange(bytes, connect({ host: 's3.us-east-1.amazonaws.com', port: 80 }));
async function atPort(bytes: string) {
  const { port } = await s3.listen();
  return exchange(bytes, connect({ host: '127.0.0.1', port }));
}
const ways = [
  ['in process', inProcess],
  ['at a port', atPort],
] as const;
const isTooLarge = { status: 400, body: expect.stringContaining(tooLarge.text.replace(/<RequestId>.*/s, '')) };

// Recorded: versity/versitygw#2180. F1692
describe.each(ways)('the header section of a request %s', (_way, ask) => {
  it('may have 8,192 bytes, however long the url is', async () => {
    expect((await ask(getWith(8192))).status).toBe(200);
    expect((await ask(getWith(8192, `/plain/k?x-id=${'a'.repeat(20_000)}`))).status).toBe(200);
  });

  it.each([8193, 9000, 16_385, 20_000, 64_000, 100_000])('is refused with %d bytes', async (size) => {
    expect(await ask(getWith(size))).toMatchObject(isTooLarge);
  });

  it('is refused in a HEAD without a document', async () => {
    expect(await ask(getWith(8193, '/plain/k', 'HEAD'))).toMatchObject({ status: 400, body: '' });
  });
});

describe('a header section that is too long', () => {
  const long = { 'x-amz-meta-a': 'a'.repeat(8192) };

  it.each([
    ['a key', 'PUT', '/plain/k'],
    ['a bucket that is not there', 'GET', '/nowhere'],
    ['the service', 'GET', '/'],
    ['a form', 'POST', '/plain'],
  ])('is refused before all else: %s', async (_what, method, path) => {
    expect(await send({ method, path, headers: long })).toMatchObject(tooLarge);
    expect(await send({ method, path, headers: { ...long, Authorization: undefined } })).toMatchObject(tooLarge);
    expect(s3.bucket('plain').object('k').body.toString()).toBe('data');
  });

  it('is refused by COS too', async () => {
    expect((await send({ path: '/plain/k', host: cosHost, headers: long })).status).toBe(400);
  });

  it.each([
    ['fetch', fetch],
    ["undici's fetch", undiciFetch as unknown as typeof fetch],
  ])('is refused to %s', async (_what, call) => {
    const answer = await call('https://s3.us-east-1.amazonaws.com/plain/k', { headers: long });
    expect({ status: answer.status, text: await answer.text() }).toMatchObject({
      status: 400,
      text: expect.stringContaining('<Code>RequestHeaderSectionTooLarge</Code>'),
    });
  });
});

// Recorded: versity/versitygw#1530. F1695
describe('a request without Host at a port', () => {
  it.each([
    ['GET /', 'GET / HTTP/1.1'],
    ['HEAD', 'HEAD /plain/k HTTP/1.1'],
    ['PUT', 'PUT /plain/k HTTP/1.1\r\nContent-Length: 0'],
    ['a preflight', 'OPTIONS /plain/k HTTP/1.1\r\nOrigin: http://a.test\r\nAccess-Control-Request-Method: GET'],
    ['an empty Host', 'GET /plain/k HTTP/1.1\r\nHost:'],
    ['a signed request', 'GET /plain/k HTTP/1.1\r\nAuthorization: AWS KEY:sig'],
  ])('is 400 without a document or ids, and ends the connection: %s', async (_what, head) => {
    const { status, lines, body } = await atPort(`${head}\r\n\r\n`);
    expect({ status, text: body.replace(/^0\r\n\r\n$/, '') }).toEqual({ status: 400, text: '' });
    expect(lines.filter((line) => !/^(?:Date|Server|Content-Security-Policy):/.test(line))).toEqual([
      'Transfer-Encoding: chunked',
      'Connection: close',
    ]);
    expect(s3.bucket('plain').object('k').body.toString()).toBe('data');
  });

  it.each([
    ['HTTP/1.0', 'GET /plain/k HTTP/1.0\r\nAuthorization: AWS KEY:sig'],
    ['an absolute url', 'GET http://localhost/plain/k HTTP/1.1\r\nAuthorization: AWS KEY:sig\r\nConnection: close'],
  ])('is answered if it is of %s', async (_what, head) => {
    expect((await atPort(`${head}\r\n\r\n`)).status).toBe(200);
  });
});

it('a request in process has the host of its connection if it has no Host', async () => {
  const answer = await sendAsIs({ path: '/plain/k', headers: { Host: undefined, Connection: 'close' } });
  expect(answer.status).toBe(200);
});
