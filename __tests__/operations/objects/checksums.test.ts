import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { refusalIn, textOf } from '../../support/documents';
import { post } from '../../support/forms';
import { get, head, put } from '../../support/objects';
import { begin, type Headers } from '../../support/uploads';
import { send, sendAsIs } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

const copy = (path: string, source: string, headers: Headers) =>
  send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source, ...headers } });
const putToCos = (headers: Headers) => send({ method: 'PUT', path: '/vault/a', host: cosHost, headers, body: 'data' });

/** The digests of the text `data`. */
const digests = {
  CRC32: 'rfPzYw==',
  CRC32C: 'rth90Q==',
  CRC64NVME: '7a5hQ478J4A=',
  SHA1: 'oXyaqmHoChv3HQ2FCvTluqmAC70=',
  SHA256: 'Om6weQ85rIfJTzhWst0sXREOaBFgImGpqSPTuyOtyLc=',
  SHA512: 'd8fOml2GuzhtRDu5Y5D6oSBjMVhpnIhEwwsTqwv5J2C35EFq6jl9uRtKwOXdVrjvfksGYWKrH9wIgxnObe/Idg==',
  MD5: 'jXd/OF09/siBXSD3SWAm3A==',
  XXHASH64: 'txGbSFUtHaM=',
  XXHASH3: '5LeUP9V9XR4=',
  XXHASH128: 'wES+QHO7cfE0ADaz8jqobQ==',
} as const;

it.each(Object.entries(digests))('the checksum %s is verified, stored and returned', async (algorithm, value) => {
  const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
  const checksums = [`${name}: ${value}`, 'x-amz-checksum-type: FULL_OBJECT'];
  const written = await put('/vault/a', 'data', { [name]: value, 'x-amz-sdk-checksum-algorithm': algorithm });
  for (const read of [written, ...(await readBoth('/vault/a', { 'x-amz-checksum-mode': 'ENABLED' }))]) {
    expect(read.status).toBe(200);
    expect(read.head.filter((line) => line.startsWith('x-amz-checksum-'))).toEqual(checksums);
  }
  const attributes = await get('/vault/a?attributes', { 'x-amz-object-attributes': 'Checksum' });
  expect(textOf(`Checksum${algorithm}`, attributes)).toBe(value);
  expect(textOf('ChecksumAlgorithm', await get('/vault?versions'))).toBe(algorithm);
  expect(s3).toHaveReceived('PutObject', { [`Checksum${algorithm}`]: value });
});

const readBoth = async (path: string, headers: Headers) => [await get(path, headers), await head(path, headers)];

describe.each(['SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'] as const)('the checksum %s (F232)', (algorithm) => {
  const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
  const element = `Checksum${algorithm}`;
  const value = digests[algorithm];

  it('is refused if it is wrong or malformed', async () => {
    expect(refusalIn(await put('/vault/a', 'other', { [name]: value }))).toMatchObject({
      status: 400,
      code: 'BadDigest',
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
    expect(refusalIn(await put('/vault/a', 'data', { [name]: 'AAAA' }))).toMatchObject({
      code: 'InvalidRequest',
      message: `Value for ${name} header is invalid.`,
    });
  });

  it('may come in a trailer', async () => {
    const { status } = await put('/vault/a', `4\r\ndata\r\n0\r\n${name}:${value}\r\n\r\n`, {
      'Content-Encoding': 'aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '4',
      'x-amz-trailer': name,
    });
    expect(status).toBe(200);
    expect((await get('/vault/a')).body).toBe('data');
  });

  it('may come in a field of a form', async () => {
    const answer = await post({ fields: [[name, value]], file: { content: 'data' } });
    expect({ status: answer.status, checksum: answer.header(name) }).toEqual({ status: 204, checksum: value });
  });

  it('of a copy is computed if the copy asks for it', async () => {
    await put('/vault/a');
    const answer = await copy('/vault/b', '/vault/a', { 'x-amz-checksum-algorithm': algorithm });
    expect(textOf(element, answer)).toBe(value);
  });

  it('is unknown to COS', async () => {
    expect(refusalIn(await putToCos({ [name]: value }))).toMatchObject({
      status: 400,
      message: 'The algorithm type you specified in x-amz-checksum- header is invalid.',
    });
    const headers = { 'x-amz-checksum-algorithm': algorithm };
    expect(refusalIn(await send({ method: 'POST', path: '/vault/a?uploads', host: cosHost, headers }))).toMatchObject({
      status: 400,
      message:
        'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    });
  });
});

// Measured: justincormack/argmin, test_put_object_duplicate_checksum_header and its neighbours. F1608
describe('a checksum header in two lines', () => {
  it.each<[string, string, string]>([
    ['PutObject', 'PUT', '/vault/a'],
    ['UploadPart', 'PUT', '/vault/a?partNumber=1&uploadId='],
    ['CompleteMultipartUpload', 'POST', '/vault/a?uploadId='],
  ])('is refused: %s', async (_name, method, path) => {
    const id = path.endsWith('=') ? await begin('/vault/a') : '';
    for (const second of ['rfPzYw==', 'AAAAAA==']) {
      const headers = { 'x-amz-checksum-crc32': `rfPzYw==\r\nx-amz-checksum-crc32: ${second}`, Connection: 'close' };
      const answer = await sendAsIs({
        method,
        path: `${path}${id}`,
        headers: { ...headers, 'Content-Length': '4' },
        body: 'data',
      });
      expect(answer.text).toContain(
        `<Error><Code>InvalidArgument</Code><Message>Only one value may be specified.</Message><ArgumentName>x-amz-checksum-crc32</ArgumentName><ArgumentValue>${second}</ArgumentValue>`,
      );
    }
  });

  it('is refused with its second value, also of three', async () => {
    const twice = 'rfPzYw==\r\nx-amz-checksum-crc32: AAAAAA==\r\nx-amz-checksum-crc32: AAAAAQ==';
    const headers = { 'x-amz-checksum-crc32': twice, 'Content-Length': '4', Connection: 'close' };
    const { status, text } = await sendAsIs({ method: 'PUT', path: '/vault/a', headers, body: 'data' });
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining('<Code>InvalidArgument</Code>') });
    expect(text).toContain('<ArgumentValue>AAAAAA==</ArgumentValue>');
  });

  it('is not one line with a comma', async () => {
    const answer = await put('/vault/a', 'data', { 'x-amz-checksum-crc32': 'rfPzYw==, rfPzYw==' });
    expect(textOf('Message', answer)).toBe('Value for x-amz-checksum-crc32 header is invalid.');
  });
});
