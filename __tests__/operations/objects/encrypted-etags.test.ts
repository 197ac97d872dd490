import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { testKey } from '../../support/customer-keys';
import { begin, etagIn, type Headers, sendPart } from '../../support/uploads';
import { send, type WireAnswer } from '../../support/wire-client';

mockS3({ sseC: 'allowed', buckets: { vault: { objects: { old: 'data' } } } });

const prefix = 'x-amz-server-side-encryption';
const plainETag = '8d777f385d3dfec8815d20f7496026dc';
const crc32 = 'rfPzYw==';
/** Sends a request with a signature that KMS accepts (F631). */
const put = (path: string, headers: Headers = {}) => send({ method: 'PUT', path, body: 'data', headers });

// localstack, test_s3_bucket_encryption_sse_kms; dyus/meeseeks-s3 for a customer's key. F55
describe('the same bytes, written twice', () => {
  const kms = { [prefix]: 'aws:kms' };
  const dsse = { [prefix]: 'aws:kms:dsse' };
  const customers = testKey('k').headers;
  const etags = /^"[0-9a-f]{32}"$/;

  const writes = {
    PutObject: (headers: Headers) => put('/vault/k', headers),
    CopyObject: (headers: Headers) =>
      send({ method: 'PUT', path: '/vault/k', headers: { 'x-amz-copy-source': '/vault/old', ...headers } }),
    UploadPart: async (headers: Headers) => {
      const isOfKms = prefix in headers;
      const id = await begin('/vault/big', { ...headers });
      return sendPart('/vault/big', id, 1, 'data', { ...(isOfKms ? {} : headers) });
    },
  };
  const etagOf = async (write: (headers: Headers) => Promise<WireAnswer>, headers: Headers) => {
    const answer = await write(headers);
    return answer.header('etag') ?? `"${etagIn(answer)}"`;
  };

  it.each(
    Object.entries(writes).flatMap(([operation, write]) =>
      [
        { kind: 'SSE-KMS', headers: kms },
        { kind: 'DSSE-KMS', headers: dsse },
        { kind: 'SSE-C', headers: customers },
      ].map((row) => ({ operation, write, ...row })),
    ),
  )('have two ETags by $operation with $kind, and neither is their MD5', async ({ write, headers }) => {
    const [first, second] = [await etagOf(write, headers), await etagOf(write, headers)];
    expect({ first: etags.test(first), second: etags.test(second) }).toEqual({ first: true, second: true });
    expect(new Set([first, second, `"${plainETag}"`]).size).toBe(3);
  });

  it.each(Object.values(writes))("have one ETag under S3's own key, their MD5", async (write) => {
    expect({ etag: await etagOf(write, {}), etagOfAnother: await etagOf(write, {}) }).toEqual({
      etag: `"${plainETag}"`,
      etagOfAnother: `"${plainETag}"`,
    });
  });

  it.each<readonly [kind: string, write: Headers, read: Headers]>([
    ['SSE-S3', {}, {}],
    ['SSE-KMS', kms, {}],
    ['DSSE-KMS', dsse, {}],
    ['SSE-C', customers, customers],
  ])('have the checksum of the plain bytes with %s', async (_kind, headers, read) => {
    const written = await put('/vault/k', {
      ...headers,
      'x-amz-checksum-algorithm': 'CRC32',
      'x-amz-checksum-crc32': crc32,
    });
    expect({ status: written.status, checksumCrc32: written.header('x-amz-checksum-crc32') }).toEqual({
      status: 200,
      checksumCrc32: crc32,
    });
    const mode = { 'x-amz-checksum-mode': 'ENABLED' };
    const { header } = await send({ method: 'HEAD', path: '/vault/k', headers: { ...read, ...mode } });
    expect({ checksumCrc32: header('x-amz-checksum-crc32'), contentLength: header('content-length') }).toEqual({
      checksumCrc32: crc32,
      contentLength: '4',
    });
    expect((await put('/vault/k', headers)).header('x-amz-checksum-crc64nvme')).toBe('7a5hQ478J4A=');
  });
});
