import { describe, expect, it } from '@jest/globals';
import { readDocument, readers } from './read-document';

describe.each([
  ['PutBucketAcl', 204_800],
  ['PutObjectAcl', 204_800],
  ['PutBucketTagging', 163_840],
  ['PutObjectTagging', 1_048_576],
  ['PutBucketOwnershipControls', 2048],
  ['PutBucketVersioning', 1024],
  ['PutBucketCors', 65_536],
  ['PutBucketEncryption', 2_097_152],
  ['PutPublicAccessBlock', 2_097_152],
  ['PutObjectLockConfiguration', 2_097_152],
  ['PutBucketLifecycleConfiguration', 2_097_152],
  ['DeleteObjects', 2_048_000],
  ['CompleteMultipartUpload', 2_621_440],
])('a document of %s', (name, MaxMessageLengthBytes) => {
  const sizeOf = (bytes: number) => readDocument(name, '<a>'.padEnd(bytes, 'x')).refusals.size;

  it(`has ${MaxMessageLengthBytes} bytes at most`, () => {
    expect(sizeOf(MaxMessageLengthBytes)).toBeUndefined();
    expect(sizeOf(MaxMessageLengthBytes + 1)).toMatchObject({
      refusal: 'MessageTooLong',
      details: { MaxMessageLengthBytes },
    });
  });
});

const withDocument = [...readers].filter(([, { input }]) =>
  Object.values(input ?? {}).some(({ at }) => at === 'payload'),
);

describe('a document that is too long', () => {
  const document = Buffer.from(`<a>${'x'.repeat(8 * 1024 * 1024)}`);

  it.each(withDocument.map(([name]) => name))('is not read by %s', (name) => {
    const { input, refusals } = readDocument(name, document);
    expect({
      input: { ...input, Id: undefined },
      refusals: Object.entries(refusals).map(([stage, { refusal }]) => [stage, refusal]),
    }).toEqual({ input: {}, refusals: [['size', 'MessageTooLong']] });
  });
});
