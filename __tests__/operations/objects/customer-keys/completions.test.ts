import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../../../support/documents';
import { documentHead } from '../../../support/heads';
import { answered } from '../../../support/objects';
import { headersOf, recordedDigest, recordedHeaders } from '../../../support/recorded-customer-keys';
import { addPart, begin, complete, type Headers, partElement, undeclared } from '../../../support/uploads';
import { send } from '../../../support/wire-client';

mockS3({ sseC: 'allowed', buckets: { vault: { versioning: 'Enabled' } } });

const prefix = 'x-amz-server-side-encryption';
const path = '/vault/big';
const keyNeeded =
  'The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.';

async function uploaded(headers: Headers = recordedHeaders, key = headers) {
  const id = await begin(path, headers);
  return { id, part: await addPart(path, id, 1, 'data', key) };
}

// Recorded: dyus/meeseeks-s3, tests/complete_multipart_upload_sse_c/golden. F610, F612
describe('CompleteMultipartUpload of an upload with a key of the customer', () => {
  it.each<readonly [what: string, number: number, etag: string, headers: Headers, code: string, value: string]>([
    ['an unknown algorithm before an unknown ETag', 1, 'a', {}, 'InvalidEncryptionAlgorithmError', 'AES128-INVALID'],
    ['part 0 before an unknown algorithm', 0, 'fake-etag', {}, 'InvalidArgument', '0'],
    ['part -1 before an unknown algorithm', -1, 'fake-etag', {}, 'InvalidArgument', '-1'],
    [
      'part -1 before a key of ten bytes',
      -1,
      'fake-etag',
      headersOf({ algorithm: 'AES256', key: 'MTIzNDU2Nzg5MA==', digest: '6Afx/PgtEy+bsBjKZzihnw==' }),
      'InvalidArgument',
      '-1',
    ],
    [
      'part -1, and ignores an algorithm alone',
      -1,
      'fake-etag',
      headersOf({ algorithm: 'AES256', key: undefined, digest: undefined }),
      'InvalidArgument',
      '-1',
    ],
  ])('refuses %s', async (_what, number, etag, headers, code, value) => {
    const { id } = await uploaded();
    const sent = { ...recordedHeaders, [`${prefix}-customer-algorithm`]: 'AES128-INVALID', ...headers };
    const { body } = await complete(path, id, partElement(number, `"${etag}"`), sent);
    expect(/<Code>(\w+)/.exec(body)?.[1]).toBe(code);
    expect(/<ArgumentValue>(.*)<\/ArgumentValue>/.exec(body)?.[1]).toBe(value);
  });

  it('is refused a key if the upload has none', async () => {
    const { id, part } = await uploaded({});
    expect(await answered(complete(path, id, part, recordedHeaders))).toEqual({
      status: 400,
      text: undeclared('InvalidRequest', keyNeeded),
    });
  });
});

// Recorded: localstack, test_multipart_upload_sse_c. F612
describe('an object whose completion', () => {
  const checksumOf = async () =>
    (await send({ method: 'HEAD', path, headers: { ...recordedHeaders, 'x-amz-checksum-mode': 'ENABLED' } })).header(
      'x-amz-checksum-crc64nvme',
    );
  const attributes = async () =>
    (
      await send({
        path: `${path}?attributes`,
        headers: { ...recordedHeaders, 'x-amz-object-attributes': 'Checksum,ObjectSize' },
      })
    ).text;

  it('had the key has a checksum', async () => {
    const { id, part } = await uploaded();
    const answer = await complete(path, id, part, recordedHeaders);
    expect(answer.head).toEqual(
      documentHead(
        `x-amz-version-id: ${answer.header('x-amz-version-id')}`,
        `${prefix}-customer-algorithm: AES256`,
        `${prefix}-customer-key-MD5: ${recordedDigest}`,
      ),
    );
    expect(textOf('ChecksumCRC64NVME', answer)).toBe('7a5hQ478J4A=');
    expect(textOf('ChecksumType', answer)).toBe('FULL_OBJECT');
    expect(await checksumOf()).toBe('7a5hQ478J4A=');
    expect(await attributes()).toContain('<ChecksumCRC64NVME>7a5hQ478J4A=</ChecksumCRC64NVME>');
  });

  it('lacked the key has one as well, which no answer to its completion has', async () => {
    const { id, part } = await uploaded();
    expect((await complete(path, id, part)).body).not.toContain('<Checksum');
    expect(await attributes()).toContain('<ChecksumCRC64NVME>7a5hQ478J4A=</ChecksumCRC64NVME>');
    // F86: the answer is repeated.
    expect(textOf('ChecksumCRC64NVME', await complete(path, id, part, recordedHeaders))).toBeUndefined();
  });

  it('had the key is answered without its checksum if the completion is repeated without it (F86)', async () => {
    const { id, part } = await uploaded();
    await complete(path, id, part, recordedHeaders);
    const again = await complete(path, id, part);
    expect({ status: again.status, checksumCRC64NVME: textOf('ChecksumCRC64NVME', again) }).toEqual({
      status: 200,
      checksumCRC64NVME: undefined,
    });
    expect(again.header(`${prefix}-customer-key-MD5`)).toBeUndefined();
  });
});
