import { describe, expect, it } from '@jest/globals';
import { writePlainRequest, writeRequest } from '../../src/facts/wire-form';
import { CaseCosts } from './prices';

const vault = { Bucket: 'vault' };
const key = { ...vault, Key: 'k' };
const small = 0.000_01;

/** The dollars of the last of some requests, without those of the bytes of small answers. */
function priceOf(...requests: readonly (readonly [operation: string, input?: object])[]): number {
  const costs = new CaseCosts();
  const dollars = requests.map(([operation, input = vault]) =>
    costs.add(operation.includes(' ') ? writePlainRequest(operation, input) : writeRequest(operation, { ...input })),
  );
  return dollars.at(-1) ?? 0;
}

const restored = (Tier?: string) =>
  priceOf(['RestoreObject', { ...key, RestoreRequest: { Days: 1, ...(Tier && { GlacierJobParameters: { Tier } }) } }]);
const written = (StorageClass: string, Body = 'x') => priceOf(['PutObject', { ...key, StorageClass, Body }]);

describe('a request costs what AWS lists, or more', () => {
  it.each<{ operation: string; input: object; thousand: number }>`
    operation               | input                                                      | thousand
    ${'DeleteObject'}       | ${key}                                                     | ${0}
    ${'HeadObject'}         | ${key}                                                     | ${0.0004}
    ${'GetObject'}          | ${key}                                                     | ${0.0004}
    ${'PutObject'}          | ${key}                                                     | ${0.005}
    ${'ListObjectVersions'} | ${vault}                                                   | ${0.005}
    ${'ListObjectsV2'}      | ${vault}                                                   | ${0.005}
    ${'PutObject'}          | ${{ ...key, StorageClass: 'STANDARD_IA' }}                 | ${0.01}
    ${'PutObject'}          | ${{ ...key, StorageClass: 'GLACIER_IR' }}                  | ${0.02}
    ${'PutObject'}          | ${{ ...key, StorageClass: 'GLACIER' }}                     | ${0.03}
    ${'PutObject'}          | ${{ ...key, StorageClass: 'DEEP_ARCHIVE' }}                | ${0.05}
    ${'PutObject'}          | ${{ ...key, StorageClass: 'NEW_CLASS' }}                   | ${0.05}
    ${'CopyObject'}         | ${{ ...key, CopySource: 'vault/k', StorageClass: 'SNOW' }} | ${0.05}
  `('$operation $input: $thousand dollars for 1,000', ({ operation, input, thousand }) => {
    const dollars = priceOf([operation, input]);
    expect(dollars).toBeGreaterThanOrEqual(thousand / 1000);
    expect(dollars).toBeLessThan(thousand / 1000 + small);
  });

  it('of an unknown operation counts as the dearest', () => {
    expect(priceOf(['POST /vault/k?wings', {}])).toBeGreaterThanOrEqual(0.01);
  });

  it.each([
    ['Expedited', 0.01],
    ['Standard', 0.0001],
    ['Bulk', 0.000_025],
    [undefined, 0.0001],
    ['Sudden', 0.01],
  ])('that restores goes by the tier: %s', (tier, dollars) => {
    expect(restored(tier)).toBeGreaterThanOrEqual(dollars);
    expect(restored(tier)).toBeLessThan(dollars + 0.000_05);
  });

  it('has the bytes for as long as their class charges at least, and those of a small object', () => {
    const gigabyte = 1024 ** 3;
    const bytes = 1024 ** 2;
    const kept = (storageClass: string) =>
      ((written(storageClass, 'x'.repeat(bytes)) - written(storageClass, '')) * gigabyte) / bytes;
    expect(kept('STANDARD')).toBeCloseTo(0.023, 3);
    expect(kept('GLACIER')).toBeCloseTo(Math.max(0.0036 * 3, 0.023), 3);
    expect(written('STANDARD_IA', 'x') - 0.01 / 1000).toBeGreaterThanOrEqual((0.0125 * 128 * 1024) / gigabyte);
  });

  it('has the bytes that leave AWS: an object is at most what the case wrote', () => {
    const Body = 'x'.repeat(1024 ** 2);
    const read = priceOf(['PutObject', { ...key, Body }], ['GetObject', key]) - priceOf(['GetObject', key]);
    expect(read).toBeCloseTo(0.09 / 1024, 9);
  });

  it('is dearer after a dear class', () => {
    const put = ['PutObject', { ...key, StorageClass: 'GLACIER_IR' }] as const;
    expect(priceOf(put, ['HeadObject', key])).toBeGreaterThanOrEqual(0.01 / 1000);
  });

  it('has the transition of a rule, and the requests to KMS', () => {
    const Transitions = [{ Days: 1, StorageClass: 'GLACIER' }];
    const rule = { Status: 'Enabled', Filter: { Prefix: '' }, Transitions };
    const put = priceOf(['PutBucketLifecycleConfiguration', { ...vault, LifecycleConfiguration: { Rules: [rule] } }]);
    expect(put).toBeGreaterThanOrEqual(0.05 / 1000);
    const encrypted = { ...key, ServerSideEncryption: 'aws:kms' };
    expect(priceOf(['PutObject', encrypted]) - priceOf(['PutObject', key])).toBeCloseTo(0.000_003, 8);
  });
});
