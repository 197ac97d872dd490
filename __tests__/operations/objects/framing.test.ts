import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { refusalIn } from '../../support/documents';
import { answered, badArgument, get, head, put, threeStates } from '../../support/objects';
import { begin, complete, partElement, sendPart } from '../../support/uploads';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3(threeStates);

const encoded = { 'Content-Encoding': 'gzip,aws-chunked' };
const unsigned = { ...encoded, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
const hashed = (body: string) => ({
  ...encoded,
  'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
});
const inHeader = `AWS4-HMAC-SHA256 Credential=${s3.account.credentials.accessKeyId}/20260331/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
const encodingOf = async (path: string) => (await head(path)).header('Content-Encoding');

// F576
describe('aws-chunked in the Content-Encoding of a body in one piece', () => {
  const url = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'KEY/20260331/us-east-1/s3/aws4_request',
    'X-Amz-Date': '20260331T073505Z',
    'X-Amz-Expires': '900',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '00',
  });

  it.each<{ what: string; query: string; headers: WireCall['headers'] }>`
    what                     | query        | headers
    ${'a hash'}              | ${''}        | ${hashed('data')}
    ${'a presigned URL'}     | ${`?${url}`} | ${{ ...encoded, Authorization: undefined }}
    ${'Signature Version 2'} | ${''}        | ${{ ...unsigned, Authorization: 'AWS KEY:c2lnbmF0dXJl' }}
  `('is accepted beside $what, and stored', async ({ query, headers }) => {
    expect((await put(`/plain/k${query}`, 'data', headers)).status).toBe(200);
    expect({ body: (await get('/plain/k')).body, encoding: await encodingOf('/plain/k') }).toEqual({
      body: 'data',
      encoding: 'gzip,aws-chunked',
    });
  });

  // Measured: justincormack/argmin, chunked.rs and test_object_content_encoding_aws_chunked.
  it.each([
    ['gzip,aws-chunked', 'gzip'],
    ['gzip, aws-chunked', 'gzip'],
    ['aws-chunked,gzip', 'gzip'],
    ['aws-chunked , gzip', 'gzip'],
    ['aws-chunked', undefined],
    ['AWS-Chunked', undefined],
    ['gzip,aws-chunked,br', 'gzip,br'],
    ['gzip, aws-chunked, br', 'gzip, br'],
    ['aws-chunked,aws-chunked', undefined],
    ['gzip, br', 'gzip, br'],
    ['', undefined],
  ])('of %j is stored as it is, and as %j of a body in framing, on AWS and on COS', async (sent, framed) => {
    const framing = { 'x-amz-decoded-content-length': '4' };
    const unsignedFraming = { ...framing, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    const { 'x-amz-content-sha256': hash } = hashed('data');
    for (const host of [undefined, cosHost]) {
      for (const [body, more, stored] of [
        ['data', { 'x-amz-content-sha256': hash }, sent || undefined],
        ['4\r\ndata\r\n0\r\n\r\n', unsignedFraming, framed],
      ] as const) {
        const headers = { ...more, 'Content-Encoding': sent, Authorization: inHeader };
        const { status } = await send({ method: 'PUT', path: '/plain/k', host, headers, body });
        const input = s3.requests.of('PutObject').at(-1)?.input;
        expect({ status, stored: await encodingOf('/plain/k'), recorded: input?.ContentEncoding }).toEqual({
          status: 200,
          stored,
          recorded: stored,
        });
      }
    }
  });

  it('is stored by a new upload and by a copy', async () => {
    const id = await begin('/plain/k', unsigned);
    const etag = (await sendPart('/plain/k', id, 1, 'data', hashed('data'))).header('ETag') ?? '';
    expect((await complete('/plain/k', id, partElement(1, etag), unsigned)).status).toBe(200);
    const headers = { ...unsigned, 'x-amz-copy-source': 'plain/k', 'x-amz-metadata-directive': 'REPLACE' };
    expect((await send({ method: 'PUT', path: '/plain/copy', headers })).status).toBe(200);
    for (const path of ['/plain/k', '/plain/copy'])
      expect({ body: (await get(path)).body, encoding: await encodingOf(path) }).toEqual({
        body: 'data',
        encoding: 'gzip,aws-chunked',
      });
    expect(s3).toHaveReceived('CreateMultipartUpload', { ContentEncoding: 'gzip,aws-chunked' });
    expect(s3).toHaveReceived('CopyObject', { ContentEncoding: 'gzip,aws-chunked' });
  });

  it.each([
    ['GET', '/plain/k', 200],
    ['HEAD', '/plain/k', 200],
    ['GET', '/plain', 200],
    ['DELETE', '/plain/k', 204],
  ])('is ignored by a %s of %s, also with a length and a trailer', async (method, path, status) => {
    await put('/plain/k');
    const headers = { ...unsigned, 'x-amz-decoded-content-length': '4', 'x-amz-trailer': 'x-amz-checksum-crc32' };
    expect((await send({ method, path, headers })).status).toBe(status);
  });
});

// Recorded: benbjohnson/litestream#889. F576
describe('aws-chunked beside UNSIGNED-PAYLOAD', () => {
  const refused = badArgument(
    'aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied.',
    'Content-Encoding',
    'gzip,aws-chunked',
  );

  it.each<{ what: string; body: string; headers: WireCall['headers'] }>`
    what              | body                        | headers
    ${'in one piece'} | ${'data'}                   | ${{}}
    ${'in framing'}   | ${'4\r\ndata\r\n0\r\n\r\n'} | ${{ 'x-amz-decoded-content-length': '4' }}
  `('is refused, with a body $what', async ({ body, headers }) => {
    expect(await answered(put('/plain/k', body, { ...unsigned, ...headers }))).toEqual(refused);
    expect(s3.bucket('plain').current('k')).toBeUndefined();
    const id = await begin('/plain/k');
    expect(await answered(sendPart('/plain/k', id, 1, body, { ...unsigned, ...headers }))).toEqual(refused);
  });
});

// Measured: versity/versitygw, tests/test_rest_chunked.sh. F96
describe('a body in framing without its decoded length', () => {
  it.each([undefined, 'abc', '12x'])('is refused, with the length %s', async (length) => {
    const headers = {
      'Content-Encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': length,
    };
    expect(refusalIn(await put('/plain/k', '4\r\ndata\r\n0\r\n\r\n', headers))).toMatchObject({
      status: 411,
      code: 'MissingContentLength',
    });
  });
});
