import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../src/dialects';
import { operations } from '../../src/operations/table';
import { bind } from '../../src/protocol/document/binding';
import type { Members } from '../../src/shapes/shape';

interface Reader {
  readonly input: Members;
}

const readers = new Map(Object.entries(operations as unknown as Readonly<Record<string, Reader>>)); // without the types of their inputs
const read = (name: string, document: string) => {
  const none = new Map<string, string>();
  const body = Buffer.from(document);
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

// Each holds as much as S3 accepts. F271
describe('the longest document', () => {
  it('of DeleteObjects is read: 1000 keys of 1024 bytes that need references, with all other elements', () => {
    const others = `<VersionId>${'v'.repeat(1024)}</VersionId><ETag>&quot;${'e'.repeat(32)}&quot;</ETag>`;
    const objects = many(1000, () => `<Object><Key>${'&quot;'.repeat(1024)}</Key>${others}</Object>`);
    const { input, refusals } = read('DeleteObjects', `<Delete>${objects}</Delete>`);
    expect({ refusals, input: Object.keys(input) }).toEqual({ refusals: {}, input: ['Delete'] });
  });

  it('of CompleteMultipartUpload is read: 10,000 parts with the longest checksum', () => {
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

  it('of PutBucketLifecycleConfiguration is read: 1000 rules with long ids, prefixes and tags', () => {
    const tags = many(10, (at) => `<Tag><Key>${String(at).repeat(128)}</Key><Value>${'v'.repeat(256)}</Value></Tag>`);
    const filter = `<Filter><And><Prefix>${'p'.repeat(1024)}</Prefix>${tags}</And></Filter>`;
    const rules = many(
      1000,
      (at) => `<Rule><ID>${String(at).padStart(255, 'i')}</ID><Status>Enabled</Status>${filter}</Rule>`,
    );
    const document = `<LifecycleConfiguration>${rules}</LifecycleConfiguration>`;
    const { input, refusals } = read('PutBucketLifecycleConfiguration', document);
    expect({ refusals, input: Object.keys(input) }).toEqual({ refusals: {}, input: ['LifecycleConfiguration'] });
  });
});

const withDocument = [...readers].filter(([, { input }]) =>
  Object.values(input ?? {}).some(({ at }) => at === 'payload'),
);

describe('a document that is too long', () => {
  it.each(withDocument.map(([name]) => name))('is not read by %s', (name) => {
    const { input, refusals } = read(name, `<a>${'x'.repeat(8 * 1024 * 1024)}`);
    expect({
      input: { ...input, Id: undefined },
      refusals: Object.entries(refusals).map(([stage, { refusal }]) => [stage, refusal]),
    }).toEqual({ input: {}, refusals: [['size', 'MessageTooLong']] });
  });
});
