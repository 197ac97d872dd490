import { describe, expect, it } from '@jest/globals';
import { HeaderNames, writePlainReply } from '../../src/capture/plain-reply';
import type { WireDelay, WireReply } from '../../src/wire';

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
