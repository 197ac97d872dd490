import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument } from '../../../support/documents';
import { answerHead } from '../../../support/heads';
import { headersOf, recordedDigest, recordedHeaders } from '../../../support/recorded-customer-keys';
import { addPart, begin, complete, type Headers } from '../../../support/uploads';
import { send, type WireCall } from '../../../support/wire-client';

const s3 = mockS3({
  sseC: 'allowed',
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { versioning: 'Enabled', objects: { plain: 'data' } } },
});

const prefix = 'x-amz-server-side-encryption';
const stored =
  'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.';

interface Read {
  readonly operation: string;
  readonly call: (key: string) => WireCall;
}

const reads: readonly Read[] = [
  { operation: 'GetObject', call: (key) => ({ path: `/vault/${key}` }) },
  { operation: 'HeadObject', call: (key) => ({ method: 'HEAD', path: `/vault/${key}` }) },
  {
    operation: 'GetObjectAttributes',
    call: (key) => ({ path: `/vault/${key}?attributes`, headers: { 'x-amz-object-attributes': 'ETag' } }),
  },
];

async function upload(path: string, ...bodies: readonly Uint8Array[]): Promise<void> {
  const id = await begin(path, recordedHeaders);
  const parts: string[] = [];
  for (const body of bodies) parts.push(await addPart(path, id, parts.length + 1, body, recordedHeaders));
  await complete(path, id, parts.join(''), recordedHeaders);
}

beforeEach(async () => {
  await send({ method: 'PUT', path: '/vault/k', body: 'data', headers: recordedHeaders });
});

const read = ({ headers, ...call }: WireCall, more: Headers = {}, secure = true) =>
  send({ ...call, secure, headers: { ...headers, ...more } });
const textFor = ({ method }: WireCall, text: string) => (method === 'HEAD' ? '' : text);

// Recorded: dyus/meeseeks-s3, tests/{get_object,head_object,get_multipart_upload}_sse_c/golden. F610, F611
describe.each(reads)('$operation with a key of the customer', ({ call }) => {
  it('is refused without it', async () => {
    const answer = await read(call('k'));
    expect(answer).toMatchObject({ status: 400, text: textFor(call('k'), errorDocument('InvalidRequest', stored)) });
    expect(answer.header('connection')).toBe('close');
    expect(s3.requests.last()?.why).toBe(
      `the object is encrypted with a customer key, whose MD5 is '${recordedDigest}': send the key in x-amz-server-side-encryption-customer-algorithm, -key and -key-MD5 (SSECustomerAlgorithm, SSECustomerKey in the SDKs)`,
    );
  });
});

describe.each(reads)('$operation', ({ call }) => {
  it('of an object without a key is refused with one', async () => {
    const answer = await read(call('plain'), recordedHeaders);
    const words = 'The encryption parameters are not applicable to this object.';
    expect(answer).toMatchObject({ status: 400, text: textFor(call('k'), errorDocument('InvalidRequest', words)) });
    expect(s3.requests.last()?.why).toContain(`its MD5 is '${recordedDigest}'`);
  });

  it.each(['k', 'none'])('of %s over plain HTTP is refused with a key, before S3 looks for the object', async (key) => {
    const answer = await read(call(key), recordedHeaders, false);
    const words =
      'Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.';
    expect({ status: answer.status, isRefusedForThat: answer.text.includes(words) || answer.text === '' }).toEqual({
      status: 400,
      isRefusedForThat: true,
    });
  });

  // F63: S3 looks for the key of the object before it reads the customer's.
  it('of a missing object is 404, whatever the key is', async () => {
    expect((await read(call('none'), headersOf({ algorithm: 'X', key: '', digest: '' }))).status).toBe(404);
  });
});

describe('a read with the key', () => {
  beforeEach(() => upload('/vault/big', Buffer.alloc(5 * 1024 * 1024, 'A'), Buffer.alloc(1024, 'B')));

  it.each<readonly [what: string, path: string, body: string]>([
    ['an object', '/vault/k', 'data'],
    ['an object of parts', '/vault/big?partNumber=2', 'B'.repeat(1024)],
  ])('returns the bytes of %s', async (_what, path, body) => {
    expect((await send({ path, headers: recordedHeaders })).body).toBe(body);
  });

  // Recorded: dyus/meeseeks-s3, get_multipart_upload_sse_c, TestSSECMultipartRangeRequests and TestSSECMultipartEmptyParts.
  it.each<readonly [range: string, contentRange: string, body: string]>([
    ['bytes=1000-1999', 'bytes 1000-1999/5243904', 'A'.repeat(1000)],
    ['bytes=5242800-5243903', 'bytes 5242800-5243903/5243904', `${'A'.repeat(80)}${'B'.repeat(1024)}`],
    ['bytes=5242880-5243903', 'bytes 5242880-5243903/5243904', 'B'.repeat(1024)],
    ['bytes=-100', 'bytes 5243804-5243903/5243904', 'B'.repeat(100)],
  ])('returns the range %s', async (Range, contentRange, body) => {
    const answer = await send({ path: '/vault/big', headers: { ...recordedHeaders, Range } });
    expect({ status: answer.status, contentRange: answer.header('content-range'), body: answer.body }).toEqual({
      status: 206,
      contentRange,
      body,
    });
    expect(answer.head).toEqual(
      answerHead(
        'Last-Modified: Tue, 31 Mar 2026 07:35:05 GMT',
        `ETag: ${answer.header('etag')}`,
        `${prefix}-customer-algorithm: AES256`,
        `${prefix}-customer-key-MD5: ${recordedDigest}`,
        `x-amz-version-id: ${answer.header('x-amz-version-id')}`,
        'Accept-Ranges: bytes',
        `Content-Range: ${contentRange}`,
        'Content-Type: binary/octet-stream',
        `Content-Length: ${body.length}`,
      ),
    );
  });

  it('returns an object of one empty part', async () => {
    await upload('/vault/empty', Buffer.alloc(0));
    const { status, header, body } = await send({ path: '/vault/empty', headers: recordedHeaders });
    expect({ status, contentLength: header('content-length'), body }).toEqual({
      status: 200,
      contentLength: '0',
      body: '',
    });
  });

  // Measured: justincormack/argmin, crates/s3-tests/tests/sse_c.rs, for the range, the condition and the checksum.
  it.each<readonly [what: string, call: WireCall, status: number]>([
    ['beyond the end', { path: '/vault/k', headers: { Range: 'bytes=100-200' } }, 416],
    ['with a part that it lacks', { path: '/vault/k?partNumber=2' }, 416],
    ['with a part and a range', { path: '/vault/big?partNumber=2', headers: { Range: 'bytes=0-1' } }, 400],
    ['with an ETag that it does not have', { path: '/vault/k', headers: { 'If-Match': '"no"' } }, 412],
  ])('%s is refused as any other', async (_what, call, status) => {
    expect((await read(call, recordedHeaders)).status).toBe(status);
  });

  it('is refused because of the key before its condition and its range are looked at', async () => {
    const headers = { 'If-Match': '"no"', Range: 'bytes=100-200' };
    expect((await read({ path: '/vault/k', headers })).text).toBe(errorDocument('InvalidRequest', stored));
  });

  it('returns the checksum of the plain bytes', async () => {
    const { header } = await send({
      method: 'HEAD',
      path: '/vault/k',
      headers: { ...recordedHeaders, 'x-amz-checksum-mode': 'ENABLED' },
    });
    expect(header('x-amz-checksum-crc64nvme')).toBe('7a5hQ478J4A=');
  });
});
