import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { textOf } from '../../support/documents';
import { get, head, put } from '../../support/objects';
import { begin, complete, type Headers, partElement, sendPart } from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

const copy = (path: string, source: string, headers: Headers) =>
  send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source, ...headers } });
const putToCos = (headers: Headers) => send({ method: 'PUT', path: '/vault/a', host: cosHost, headers, body: 'data' });
const digestOf = (algorithm: string, ...bodies: readonly Uint8Array[]) =>
  createHash(algorithm.toLowerCase()).update(Buffer.concat(bodies)).digest();
const checksumOf = (algorithm: string, text: string) => digestOf(algorithm, Buffer.from(text)).toString('base64');

describe.each(['SHA512', 'MD5'])('the checksum %s (F232)', (algorithm) => {
  const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
  const element = `Checksum${algorithm}`;
  const value = checksumOf(algorithm, 'data');

  it('is verified, stored and returned', async () => {
    const answer = await put('/vault/a', 'data', { [name]: value, 'x-amz-sdk-checksum-algorithm': algorithm });
    expect({
      status: answer.status,
      checksum: answer.header(name),
      checksumType: answer.header('x-amz-checksum-type'),
    }).toEqual({
      status: 200,
      checksum: value,
      checksumType: 'FULL_OBJECT',
    });
    expect((await head('/vault/a', { 'x-amz-checksum-mode': 'ENABLED' })).header(name)).toBe(value);
    const attributes = await get('/vault/a?attributes', { 'x-amz-object-attributes': 'Checksum' });
    expect(textOf(element, attributes)).toBe(value);
    expect(textOf('ChecksumAlgorithm', await get('/vault?versions'))).toBe(algorithm);
    expect(s3).toHaveReceived('PutObject', { [element]: value });
  });

  it('is refused if it is wrong or malformed', async () => {
    const wrong = await put('/vault/a', 'other', { [name]: value });
    expect({ status: wrong.status, code: textOf('Code', wrong), message: textOf('Message', wrong) }).toEqual({
      status: 400,
      code: 'BadDigest',
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
    const malformed = await put('/vault/a', 'data', { [name]: 'AAAA' });
    expect({ code: textOf('Code', malformed), message: textOf('Message', malformed) }).toEqual({
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

  it('of a copy is computed if the copy asks for it', async () => {
    await put('/vault/a');
    const answer = await copy('/vault/b', '/vault/a', { 'x-amz-checksum-algorithm': algorithm });
    expect(textOf(element, answer)).toBe(value);
  });

  it('of an upload is made of those of its parts', async () => {
    const id = await begin('/vault/big', { 'x-amz-checksum-algorithm': algorithm });
    const part = await sendPart('/vault/big', id, 1, Buffer.from('data'), { [name]: value });
    const listed = partElement(1, part.header('etag') ?? '', `<${element}>${value}</${element}>`);
    const answer = await complete('/vault/big', id, listed);
    const composite = digestOf(algorithm, Buffer.from(value, 'base64')).toString('base64');
    expect({ checksum: textOf(element, answer), checksumType: textOf('ChecksumType', answer) }).toEqual({
      checksum: `${composite}-1`,
      checksumType: 'COMPOSITE',
    });
  });

  it('is unknown to COS', async () => {
    const answer = await putToCos({ [name]: value });
    expect({ status: answer.status, message: textOf('Message', answer) }).toEqual({
      status: 400,
      message: 'The algorithm type you specified in x-amz-checksum- header is invalid.',
    });
    const headers = { 'x-amz-checksum-algorithm': algorithm };
    const begun = await send({ method: 'POST', path: '/vault/a?uploads', host: cosHost, headers });
    expect({ status: begun.status, message: textOf('Message', begun) }).toEqual({
      status: 400,
      message:
        'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    });
  });
});

describe.each(['XXHASH64', 'XXHASH3', 'XXHASH128'])(
  'the checksum %s, which the mock cannot compute (F232)',
  (algorithm) => {
    const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
    const message = `s3-versioning-mock cannot compute ${algorithm}. Use CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512 or MD5 in tests.`;

    it.each<[string, Readonly<Record<string, string>>]>([
      ['in a header', { [name]: 'AAAAAAAAAAA=' }],
      ['in a trailer', { 'x-amz-trailer': name }],
      ['in a trailer after another', { 'x-amz-trailer': `x-amz-checksum-crc32, ${name}` }],
      ['in the words of the SDK', { 'x-amz-sdk-checksum-algorithm': algorithm }],
      ['in the words of the SDK in lower case', { 'x-amz-sdk-checksum-algorithm': algorithm.toLowerCase() }],
    ])('is refused by the mock %s', async (_place, headers) => {
      const answer = await put('/vault/a', 'data', headers);
      expect({ status: answer.status, code: textOf('Code', answer), message: textOf('Message', answer) }).toEqual({
        status: 400,
        code: 'S3MockChecksumNotImplemented',
        message,
      });
    });

    it('is refused by the mock for an upload and a copy', async () => {
      await put('/vault/a');
      const headers = { 'x-amz-checksum-algorithm': algorithm.toLowerCase() };
      const answers = [
        await send({ method: 'POST', path: '/vault/b?uploads', headers }),
        await copy('/vault/b', '/vault/a', headers),
      ];
      for (const answer of answers) expect(textOf('Message', answer)).toBe(message);
    });

    it('is refused by the mock for a completion', async () => {
      const id = await begin('/vault/big', {});
      const path = `/vault/big?uploadId=${id}`;
      const answer = await send({ method: 'POST', path, headers: { [name]: 'AAAAAAAAAAA=' }, body: '<a/>' });
      expect(textOf('Code', answer)).toBe('S3MockChecksumNotImplemented');
    });

    it('is refused by the mock for a part of a completion', async () => {
      const id = await begin('/vault/big', {});
      const part = `<Part><PartNumber>1</PartNumber><ETag>x</ETag><Checksum${algorithm}>AAAAAAAAAAA=</Checksum${algorithm}></Part>`;
      const body = `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`;
      const answer = await send({ method: 'POST', path: `/vault/big?uploadId=${id}`, body });
      expect({ status: answer.status, message: textOf('Message', answer) }).toEqual({ status: 400, message });
    });

    it('is unknown to COS', async () => {
      const answer = await putToCos({ [name]: 'AAAAAAAAAAA=' });
      expect(textOf('Code', answer)).toBe('InvalidRequest');
    });
  },
);
