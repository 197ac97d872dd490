import { describe, expect, it } from '@jest/globals';
import { readDocument } from '../read-document';

const many = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => of(at)).join('');

// Measured: justincormack/argmin. F271
describe('the longest lists that S3 has', () => {
  it('1000 keys of 1024 bytes with their version ids are deleted', () => {
    const objects = many(
      1000,
      () => `<Object><Key>${'k'.repeat(1024)}</Key><VersionId>${'v'.repeat(32)}</VersionId></Object>`,
    );
    const { input, refusals } = readDocument('DeleteObjects', `<Delete>${objects}</Delete>`);
    expect({ refusals, input: Object.keys(input) }).toEqual({ refusals: {}, input: ['Delete'] });
  });

  it('10,000 parts with the longest checksum are completed', () => {
    const checksum = `<ChecksumSHA512>${'c'.repeat(88)}</ChecksumSHA512>`;
    const parts = many(
      10_000,
      (at) => `<Part><ETag>&quot;${'e'.repeat(32)}&quot;</ETag><PartNumber>${at + 1}</PartNumber>${checksum}</Part>`,
    );
    const { input, refusals } = readDocument(
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
    const { input, refusals } = readDocument('PutBucketLifecycleConfiguration', document);
    expect({ refusals, input: Object.keys(input) }).toEqual({ refusals: {}, input: ['LifecycleConfiguration'] });
  });
});
