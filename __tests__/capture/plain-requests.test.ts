import { maxHeaderSize } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { HeaderLines, HeaderNames, readPlainRequest, writePlainReply } from '../../src/capture/direct-connection';
import type { WireDelay, WireReply } from '../../src/wire';

const read = (text: string, lines = new HeaderLines()) => readPlainRequest(Buffer.from(text, 'latin1'), lines);
const readLine = (lines: HeaderLines, text: string) => lines.read(text, Buffer.from(text), 0);
const request = (...lines: readonly string[]) => `PUT /vault/a?x HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;

describe('a plain request', () => {
  it('is read with its headers as they came, and by lower-case name', () => {
    const text = `${request('Host: vault.s3.amazonaws.com', 'X-Amz-Meta-A: one, two', 'Content-Length: 5')}hello`;
    expect(read(text)).toEqual({
      method: 'PUT',
      url: '/vault/a?x',
      rawHeaders: ['Host', 'vault.s3.amazonaws.com', 'X-Amz-Meta-A', 'one, two', 'Content-Length', '5'],
      headers: new Map([
        ['host', 'vault.s3.amazonaws.com'],
        ['x-amz-meta-a', 'one, two'],
        ['content-length', '5'],
      ]),
      body: Buffer.from('hello'),
    });
  });

  it('may have no header and no body', () => {
    expect(read('GET / HTTP/1.1\r\n\r\n')).toMatchObject({ url: '/', rawHeaders: [], body: Buffer.alloc(0) });
  });

  it('keeps its body when its client writes other bytes into the same buffer', () => {
    const bytes = Buffer.from(`${request('Content-Length: 5')}hello`);
    const plain = readPlainRequest(bytes, new HeaderLines());
    bytes.fill('x');
    expect(String(plain?.body)).toBe('hello');
    expect(plain?.body.buffer.byteLength).toBe(5);
  });

  it('has the text of a header once in memory, however many requests repeat it', () => {
    const lines = new HeaderLines();
    const seen = () => lines.known.get('Host: vault.s3.amazonaws.com');
    read(request('Host: vault.s3.amazonaws.com'), lines);
    const first = seen();
    for (let count = 0; count < 100; count += 1)
      read(request('Host: vault.s3.amazonaws.com', `x-amz-date: ${count}`), lines);
    expect(first).toEqual({ name: 'Host', lowerName: 'host', value: 'vault.s3.amazonaws.com' });
    expect(seen()).toBe(first);
  });
});

it('lines of heads are forgotten before they are many, and long ones are not kept', () => {
  const lines = new HeaderLines();
  const all = Array.from({ length: 2000 }, (_, count) => `x-amz-meta-${count}: a`);
  for (const line of all) readLine(lines, line);
  expect(all.filter((line) => lines.known.get(line)).length).toBeLessThanOrEqual(500);
  expect(lines.known.get('x-amz-meta-1999: a')).toBeDefined();
  const long = `authorization: ${'a'.repeat(300)}`;
  expect(readLine(lines, long)).toMatchObject({ name: 'authorization' });
  expect(lines.known.get(long)).toBe(undefined);
});

it('the lines of a header that has another value each time are no longer kept, and push none out', () => {
  const lines = new HeaderLines();
  readLine(lines, 'Host: vault.s3.amazonaws.com');
  for (let count = 0; count < 2000; count += 1)
    expect(readLine(lines, `amz-sdk-invocation-id: ${count}`)).toMatchObject({ value: String(count) });
  expect(lines.known.get('amz-sdk-invocation-id: 1999')).toBe(undefined);
  expect(lines.known.get('Host: vault.s3.amazonaws.com')).toBeDefined();
});

describe('a request is left to the HTTP server of Node', () => {
  it.each([
    ['whose head is not whole', 'GET / HTTP/1.1\r\nHost: a\r\n'],
    ['whose body is not whole', `${request('Content-Length: 6')}hello`],
    ['after which more comes', `${request('Content-Length: 4')}hello`],
    ['whose body has no announced length', `${request('Host: a')}hello`],
    ['of another method', 'OPTIONS / HTTP/1.1\r\n\r\n'],
    ['whose method is in lower case', 'get / HTTP/1.1\r\n\r\n'],
    ['of another version', 'GET / HTTP/1.0\r\n\r\n'],
    ['with an absolute url', 'GET http://s3.amazonaws.com/ HTTP/1.1\r\n\r\n'],
    ['whose url has a blank', 'GET /a b HTTP/1.1\r\n\r\n'],
    ['whose url has a fragment', 'GET /a#b HTTP/1.1\r\n\r\n'],
    ['whose url is not ASCII', 'GET /caf\xe9 HTTP/1.1\r\n\r\n'],
    ['whose lines end with a line feed alone', 'GET / HTTP/1.1\nHost: a\n\r\n\r\n'],
    ['after an empty line', '\r\nGET / HTTP/1.1\r\n\r\n'],
    ['whose head is as long as Node allows', request(`x-a: ${'a'.repeat(maxHeaderSize)}`)],
    ['with many headers', request(...Array.from({ length: 501 }, (_, index) => `x${index}: a`))],
  ])('%s', (_, text) => {
    expect(read(text)).toBe(undefined);
  });

  it.each([
    'Connection: close',
    'connection: keep-alive, x-a',
    'Connection: upgrade',
    'Upgrade: h2c',
    'Expect: 100-continue',
    'Transfer-Encoding: chunked',
    'TE: trailers',
    'Trailer: x-a',
    'Proxy-Connection: keep-alive',
    'Content-Length: +0',
    'Content-Length: 0, 0',
    'x-a:one',
    'x-a: ',
    'x-a:  one',
    'x-a: one ',
    'x-a: a\tb',
    'x-a: caf\xe9',
    'x-a: a\rb',
    ' folded',
    'a b: c',
    'no colon',
    ': no name',
  ])('with the header %j', (line) => {
    expect(read(request('Host: a', line))).toBe(undefined);
    expect(read(request(line, 'Host: a'))).toBe(undefined);
  });

  it('with a header that is repeated, in whatever spelling', () => {
    expect(read(request('x-a: one', 'X-A: one'))).toBe(undefined);
  });
});

const plain: WireReply = { status: 200, headers: [['x-amz-id-2', 'a=']], body: 'né' };
const write = (changes: Partial<WireReply>, method = 'GET') =>
  writePlainReply({ ...plain, ...changes }, method, new HeaderNames())?.toString();

describe('a plain reply', () => {
  it.each<{ method: string; changes: Partial<WireReply>; bytes: string }>`
    method    | changes                                            | bytes
    ${'GET'}  | ${{}}                                              | ${'200 OK\r\nx-amz-id-2: a=\r\nContent-Length: 3\r\n\r\nné'}
    ${'GET'}  | ${{ headers: [] }}                                 | ${'200 OK\r\nContent-Length: 3\r\n\r\nné'}
    ${'GET'}  | ${{ headers: [['content-length', '9']] }}          | ${'200 OK\r\ncontent-length: 9\r\n\r\nné'}
    ${'GET'}  | ${{ headers: [['Transfer-Encoding', 'chunked']] }} | ${'200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nné\r\n0\r\n\r\n'}
    ${'GET'}  | ${{ headers: [], body: Buffer.from('bytes') }}     | ${'200 OK\r\nContent-Length: 5\r\n\r\nbytes'}
    ${'GET'}  | ${{ headers: [], body: '' }}                       | ${'200 OK\r\nContent-Length: 0\r\n\r\n'}
    ${'HEAD'} | ${{}}                                              | ${'200 OK\r\nx-amz-id-2: a=\r\n\r\n'}
    ${'GET'}  | ${{ status: 204 }}                                 | ${'204 No Content\r\nx-amz-id-2: a=\r\n\r\n'}
    ${'GET'}  | ${{ status: 304, headers: [['ETag', '"e"']] }}     | ${'304 Not Modified\r\nETag: "e"\r\n\r\n'}
    ${'GET'} | ${{ status: 412, headers: [['a', ''], ['a', 'b']] }} | ${'412 Precondition Failed\r\na: \r\na: b\r\nContent-Length: 3\r\n\r\nné'}
  `('to $method with $changes is written as the HTTP server of Node does', ({ method, changes, bytes }) => {
    expect(write(changes, method)).toBe(`HTTP/1.1 ${bytes}`);
  });
});

describe('a reply is left to the HTTP server of Node', () => {
  it.each<readonly [string, Partial<WireReply>]>([
    ['that breaks off', { disconnect: 'during' }],
    ['that is long', { body: Buffer.alloc(65_537) }],
    ['whose status is not a final one', { status: 100 }],
    ['whose status has no name', { status: 299 }],
    ['that ends the connection', { headers: [['connection', 'close']] }],
    ['that has trailers', { headers: [['Trailer', 'x-a']] }],
    ['that upgrades', { headers: [['Upgrade', 'h2c']] }],
    ['that keeps alive', { headers: [['Keep-Alive', 'timeout=5']] }],
    ['with a name that HTTP does not allow', { headers: [['a b', 'c']] }],
    ['without a name', { headers: [['', 'c']] }],
    ['with two lines in one value', { headers: [['a', 'b\r\nc: d']] }],
    ['with a value that is not ASCII', { headers: [['a', 'é']] }],
    ['with another encoding', { headers: [['Transfer-Encoding', 'gzip, chunked']] }],
    ['with bytes in chunks', { headers: [['Transfer-Encoding', 'chunked']], body: Buffer.from('a') }],
    ['in chunks that its status forbids', { headers: [['Transfer-Encoding', 'chunked']], status: 304 }],
    [
      'with two framings',
      {
        headers: [
          ['Content-Length', '3'],
          ['Transfer-Encoding', 'chunked'],
        ],
      },
    ],
  ])('%s', (_, changes) => {
    expect(write(changes)).toBe(undefined);
  });

  it('that stalls', () => {
    const stall = { after: 1, onOvertaken: () => () => {} };
    expect(writePlainReply({ ...plain, stall }, 'GET', new HeaderNames())).toBe(undefined);
  });

  it('that is delayed', () => {
    const delay: WireDelay = { until: 1, reply: () => plain, onOvertaken: () => {} };
    expect(writePlainReply(delay, 'GET', new HeaderNames())).toBe(undefined);
  });
});
