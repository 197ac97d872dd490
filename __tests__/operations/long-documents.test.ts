import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../src/dialects';
import { operations } from '../../src/operations/table';
import { bind } from '../../src/protocol/document/binding';
import type { Members } from '../../src/shapes/shape';

interface Reader {
  readonly input: Members;
}

const readers = new Map(Object.entries(operations as unknown as Readonly<Record<string, Reader>>)); // without the types of their inputs
const read = (name: string, document: string | Buffer) => {
  const none = new Map<string, string>();
  const body = typeof document === 'string' ? Buffer.from(document) : document;
  const query = new Map([['id', 'a']]);
  const source = {
    dialect: dialects.aws,
    headers: none,
    trailers: none,
    query,
    bucket: undefined,
    key: undefined,
    body,
  };
  return bind(readers.get(name)?.input ?? {}, source);
};
const many = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => of(at)).join('');

// Measured: justincormack/argmin. F271
describe('the longest lists that S3 has', () => {
  it('1000 keys of 1024 bytes with their version ids are deleted', () => {
    const objects = many(
      1000,
      () => `<Object><Key>${'k'.repeat(1024)}</Key><VersionId>${'v'.repeat(32)}</VersionId></Object>`,
    );
    const { input, refusals } = read('DeleteObjects', `<Delete>${objects}</Delete>`);
    expect({ refusals, input: Object.keys(input) }).toEqual({ refusals: {}, input: ['Delete'] });
  });

  it('10,000 parts with the longest checksum are completed', () => {
    const checksum = `<ChecksumSHA512>${'c'.repeat(88)}</ChecksumSHA512>`;
    const parts = many(
      10_000,
      (at) => `<Part><ETag>&quot;${'e'.repeat(32)}&quot;</ETag><PartNumber>${at + 1}</PartNumber>${checksum}</Part>`,
    );
    const { input, refusals } = read(
      'CompleteMultipartUpload',
      `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`,
    );
    expect({ refusals, input: Object.keys(input) }).toEqual({ refusals: {}, input: ['MultipartUpload'] });
  });

  it('1000 rules of lifecycle with long ids and prefixes are put', () => {
    const filter = `<Filter><Prefix>${'p'.repeat(1024)}</Prefix></Filter>`;
    const rules = many(
      1000,
      (at) => `<Rule><ID>${String(at).padStart(255, 'i')}</ID><Status>Enabled</Status>${filter}</Rule>`,
    );
    const document = `<LifecycleConfiguration>${rules}</LifecycleConfiguration>`;
    const { input, refusals } = read('PutBucketLifecycleConfiguration', document);
    expect({ refusals, input: Object.keys(input) }).toEqual({ refusals: {}, input: ['LifecycleConfiguration'] });
  });
});

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
  const sizeOf = (bytes: number) => read(name, '<a>'.padEnd(bytes, 'x')).refusals.size;

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
    const { input, refusals } = read(name, document);
    expect({
      input: { ...input, Id: undefined },
      refusals: Object.entries(refusals).map(([stage, { refusal }]) => [stage, refusal]),
    }).toEqual({ input: {}, refusals: [['size', 'MessageTooLong']] });
  });
});
