import '../../support/in-place';
import { describe, expect, it, jest } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { refusalIn, textOf } from '../../support/documents';
import { put } from '../../support/objects';
import { begin } from '../../support/uploads';
import { send } from '../../support/wire-client';

jest.mock('hash-wasm', () => {
  throw Object.assign(new Error("Cannot find module 'hash-wasm'"), { code: 'MODULE_NOT_FOUND' });
});

mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

describe.each(['XXHASH64', 'XXHASH3', 'XXHASH128'])(
  'the checksum %s without the package hash-wasm (F232)',
  (algorithm) => {
    const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
    const message = `s3-versioning-mock computes ${algorithm} with the package hash-wasm, which is not installed. Install it with npm install --save-dev hash-wasm, or use CRC32, CRC32C, CRC64NVME, SHA1, SHA256, SHA512 or MD5 in tests.`;

    it.each<[string, Readonly<Record<string, string>>]>([
      ['in a header', { [name]: 'AAAAAAAAAAA=' }],
      ['in a trailer', { 'x-amz-trailer': name }],
      ['in a trailer after another', { 'x-amz-trailer': `x-amz-checksum-crc32, ${name}` }],
      ['in the words of the SDK', { 'x-amz-sdk-checksum-algorithm': algorithm }],
      ['in the words of the SDK in lower case', { 'x-amz-sdk-checksum-algorithm': algorithm.toLowerCase() }],
    ])('is refused by the mock %s', async (_place, headers) => {
      expect(refusalIn(await put('/vault/a', 'data', headers))).toMatchObject({
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
        await send({ method: 'PUT', path: '/vault/b', headers: { 'x-amz-copy-source': '/vault/a', ...headers } }),
      ];
      for (const answer of answers) expect(textOf('Message', answer)).toBe(message);
    });

    // F83: such a completion is refused whatever the checksum is, so that none is computed.
    it('is refused as at S3 for a completion', async () => {
      const id = await begin('/vault/big', {});
      const path = `/vault/big?uploadId=${id}`;
      const answer = await send({ method: 'POST', path, headers: { [name]: 'bad' } });
      expect(textOf('Message', answer)).toBe(`Value for ${name} header is invalid.`);
    });

    it('is refused as at S3 for a part of a completion', async () => {
      const id = await begin('/vault/big', { 'x-amz-checksum-algorithm': 'CRC32' });
      const value = Buffer.alloc(algorithm === 'XXHASH128' ? 16 : 8).toString('base64');
      const part = `<Part><PartNumber>1</PartNumber><ETag>x</ETag><Checksum${algorithm}>${value}</Checksum${algorithm}></Part>`;
      const body = `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`;
      expect(refusalIn(await send({ method: 'POST', path: `/vault/big?uploadId=${id}`, body }))).toMatchObject({
        status: 400,
        message: `The ${algorithm.toLowerCase()} you specified for part 1 did not match what we received.`,
      });
    });

    it('is unknown to COS', async () => {
      const answer = await send({
        method: 'PUT',
        path: '/vault/a',
        host: cosHost,
        headers: { [name]: 'AAAAAAAAAAA=' },
        body: 'data',
      });
      expect(textOf('Code', answer)).toBe('InvalidRequest');
    });
  },
);
