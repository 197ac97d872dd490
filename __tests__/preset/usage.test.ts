import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3, mockS3 } from '../../src';
import { matchers } from '../../src/testing/matchers';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

const none = { count: 0, bytes: 0 };
const noMinimums = { belowMinimumSize: none, belowMinimumDays: none, archiveMetadata: { ...none, standardBytes: 0 } };
const infrequent = {
  belowMinimumSize: { count: 1, bytes: 128 * 1024 - 7 },
  belowMinimumDays: { count: 1, bytes: 7 },
  archiveMetadata: noMinimums.archiveMetadata,
};

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: {
      vault: {
        versioning: 'Enabled',
        lifecycle: {
          Rules: [
            {
              ID: 'old',
              Status: 'Enabled',
              Filter: {},
              NoncurrentVersionExpiration: { NoncurrentDays: 10 },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 5 },
            },
          ],
        },
        objects: {
          'report.pdf': ['one', 'three', { body: 'longest', storageClass: 'STANDARD_IA' }],
          'images/ä': ['gone!', deleteMarker],
        },
      },
      plain: {},
    },
  });
});
afterEach(() => s3.stop());

describe('the usage of a bucket', () => {
  it('has current and noncurrent versions, delete markers with the bytes of their keys, and storage classes', () => {
    expect(s3.bucket('vault').usage()).toEqual({
      at: new Date('2026-03-01T12:00:00Z'),
      bytes: 20,
      versions: { count: 4, bytes: 20 },
      current: { count: 1, bytes: 7 },
      noncurrent: { count: 3, bytes: 13 },
      deleteMarkers: { count: 1, bytes: 9 },
      restoredCopies: none,
      ...infrequent,
      uploads: { ...none, parts: 0 },
      storageClasses: {
        STANDARD: {
          ...noMinimums,
          versions: { count: 3, bytes: 13 },
          current: none,
          noncurrent: { count: 3, bytes: 13 },
        },
        STANDARD_IA: {
          versions: { count: 1, bytes: 7 },
          current: { count: 1, bytes: 7 },
          noncurrent: none,
          ...infrequent,
        },
      },
    });
  });

  it('has nothing of an empty bucket', () => {
    expect(s3.bucket('plain').usage()).toMatchObject({ bytes: 0, versions: none, storageClasses: {} });
  });

  it('counts the parts of uploads that are not complete, until they are completed or aborted', async () => {
    const begin = async () => {
      const { body } = await send({ method: 'POST', path: '/vault/big?uploads' });
      return /<UploadId>(.*)<\/UploadId>/.exec(body)?.[1] ?? '';
    };
    const [first, second] = [await begin(), await begin()];
    const upload = (id: string, body: string) =>
      send({ method: 'PUT', path: `/vault/big?uploadId=${id}&partNumber=1`, body });
    await upload(first, 'part');
    await upload(second, 'other');
    await upload(second, 'replaced');
    const both = s3.bucket('vault').usage();
    await send({ method: 'DELETE', path: `/vault/big?uploadId=${first}` });
    const { bytes, uploads } = s3.bucket('vault').usage();
    expect({ both: { bytes: both.bytes, uploads: both.uploads }, bytes, uploads }).toEqual({
      both: { bytes: 32, uploads: { count: 2, bytes: 12, parts: 2 } },
      bytes: 28,
      uploads: { count: 1, bytes: 8, parts: 1 },
    });
  });

  it('counts only the keys with a prefix, and by prefix up to a delimiter', () => {
    const vault = s3.bucket('vault');
    const { prefixes } = vault.usage({ delimiter: '/' });
    expect({
      below: vault.usage({ prefix: 'images/' }).bytes,
      byPrefix: Object.fromEntries(Object.entries(prefixes ?? {}).map(([name, { bytes }]) => [name, bytes])),
      within: Object.keys(vault.usage({ prefix: 'images/', delimiter: '/' }).prefixes ?? {}),
    }).toEqual({ below: 5, byPrefix: { '': 15, 'images/': 5 }, within: ['images/'] });
  });

  it('is that after the lifecycle rules have run, with the present one beside it, and nothing is changed', () => {
    const vault = s3.bucket('vault');
    const usage = vault.usage({ at: '2026-03-20' });
    expect(vault.usage({ at: { days: 18, hours: 12 } })).toEqual(usage);
    expect(usage).toMatchObject({
      at: new Date('2026-03-20T00:00:00Z'),
      versions: { count: 1, bytes: 7 },
      noncurrent: none,
      deleteMarkers: { count: 1 },
      before: { versions: { count: 4, bytes: 20 } },
    });
    expect(vault.usage().versions.count).toBe(4);
    s3.clock.set('2026-03-20');
    const { before, ...after } = usage;
    expect(vault.usage()).toEqual(after);
  });

  it('has the copies of restored archives until they are removed', () => {
    const vault = s3.bucket('vault');
    vault.put('old', 'archived', { storageClass: 'GLACIER', restore: { Days: 3, ongoing: false } });
    const { restoredCopies, before } = vault.usage({ at: '2026-03-20' });
    expect({ restoredCopies, before: before?.restoredCopies, bytes: before?.bytes }).toEqual({
      restoredCopies: none,
      before: { count: 1, bytes: 8 },
      bytes: 28,
    });
    expect(String(vault.usage())).toMatch(/restored copies +1 {2}8 bytes\n/);
  });

  it('has STANDARD first, and one byte as one', () => {
    const plain = s3.bucket('plain');
    plain.put('cold', 'x', { storageClass: 'GLACIER' });
    plain.put('usual', 'x');
    const usage = plain.usage();
    expect(Object.keys(usage.storageClasses)).toEqual(['STANDARD', 'GLACIER']);
    expect(String(usage)).toMatch(/STANDARD +1 {2}1 byte\n/);
  });

  // F952
  it.each<[storageClass: string, missing: number, days: number, metadata: number]>([
    ['STANDARD', 0, 0, 0],
    ['INTELLIGENT_TIERING', 0, 0, 0],
    ['STANDARD_IA', 131_072 - 3, 30, 0],
    ['ONEZONE_IA', 131_072 - 3, 30, 0],
    ['GLACIER_IR', 131_072 - 3, 90, 0],
    ['GLACIER', 0, 90, 1],
    ['DEEP_ARCHIVE', 0, 180, 1],
  ])('has what Amazon S3 bills beyond the bytes of %s', (storageClass, missing, days, metadata) => {
    const plain = s3.bucket('plain');
    plain.put('small', 'old', { storageClass });
    const { belowMinimumSize, archiveMetadata } = plain.usage();
    const daysAfter = (count: number) => s3.clock.now().getTime() + count * 86_400_000;
    const belowAfter = (count: number) => plain.usage({ at: daysAfter(count) }).storageClasses[storageClass];
    expect({ belowMinimumSize, archiveMetadata }).toEqual({
      belowMinimumSize: { count: missing === 0 ? 0 : 1, bytes: missing },
      archiveMetadata: { count: metadata, bytes: metadata * 32_768, standardBytes: metadata * 8192 },
    });
    expect(belowAfter(Math.max(days - 1, 0))?.belowMinimumDays).toEqual(days === 0 ? none : { count: 1, bytes: 3 });
    expect(belowAfter(days)?.belowMinimumDays).toEqual(none);
  });

  it('has the metadata of the archive tiers, and of no size that S3 bills in full', () => {
    const plain = s3.bucket('plain');
    plain.put('tiered', 'old', { storageClass: 'INTELLIGENT_TIERING', accessTier: 'ARCHIVE_ACCESS' });
    plain.put('large', Buffer.alloc(131_072), { storageClass: 'STANDARD_IA' });
    expect(plain.usage()).toMatchObject({ belowMinimumSize: none, archiveMetadata: { count: 1, bytes: 32_768 } });
  });

  it('counts the least days from the move of a rule on', () => {
    const plain = s3.bucket('plain');
    plain.lifecycle = {
      Rules: [{ ID: 'cold', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }] }],
    };
    plain.put('large', Buffer.alloc(131_072));
    const moved = plain.usage({ at: '2026-04-30T23:59:59Z' });
    const stored = plain.usage({ at: '2026-05-01T00:00:00Z' });
    expect([moved, stored].map(({ belowMinimumDays }) => belowMinimumDays.count)).toEqual([1, 0]);
  });

  it('has none of that in a bucket of IBM COS', async () => {
    const cos = mockS3({
      hosts: { only: ['cos.test'] },
      buckets: { cos: { region: 'us-south-standard', objects: { old: { body: 'old', storageClass: 'GLACIER' } } } },
    });
    const usage = cos.bucket('cos').usage();
    await cos.stop();
    expect(usage).toMatchObject(noMinimums);
  });

  it('is a table when it is printed', () => {
    const vault = s3.bucket('vault');
    vault.put('images/b', Buffer.alloc(1_500_000));
    vault.put('images/b', '');
    expect(String(vault.usage({ at: '2026-03-20', delimiter: '/' }))).toBe(
      [
        "bucket 'vault' on 2026-03-20 00:00: 2 of 6 versions, 0 of 1.5 MB",
        '  current             2 of 2  7 of 7 bytes',
        '  noncurrent          0 of 4  0 of 1.5 MB',
        '  delete markers      1 of 1  9 of 9 bytes',
        '  uploads             0 of 0  0 of 0 bytes',
        '  below minimum size  1 of 1  131.1 of 131.1 KB',
        '  below minimum days  1 of 1  7 of 7 bytes',
        '  STANDARD            1 of 5  0 of 1.5 MB',
        '  STANDARD_IA         1 of 1  7 of 7 bytes',
        "  ''                  1 of 3  7 of 15 bytes",
        '  images/             1 of 3  0 of 1.5 MB',
      ].join('\n'),
    );
  });

  it('cannot be changed', () => {
    const usage = s3.bucket('vault').usage();
    expect([usage, usage.current, usage.storageClasses, usage.uploads].map((one) => Object.isFrozen(one))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it.each([
    [{ prefix: 1 }, "bucket 'vault': usage: invalid prefix 1; expected text, such as 'images/', or undefined"],
    [{ delimiter: '' }, "bucket 'vault': usage: invalid delimiter ''; expected text, such as '/', or undefined"],
    [{ until: '2026' }, /until/],
    [{ at: '2026-02-28' }, /a moment from 2026-03-01T12:00:00\.000Z on, the present one of the mock/],
    [{ at: 'soon' }, /usage: at/],
  ])('refuses the options %j', (options, message) => {
    expect(thrownBy(() => s3.bucket('vault').usage(options as never))).toEqual(
      expect.objectContaining({
        name: 'TypeError',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });
});

describe('toHaveUsage', () => {
  it('compares the members that are expected, now and later', () => {
    const vault = s3.bucket('vault');
    expect(matchers.toHaveUsage(vault, { noncurrent: { count: 3 } }).pass).toBe(true);
    expect(matchers.toHaveUsage(vault, { noncurrent: { count: 0 } }, { at: '2026-03-20' }).pass).toBe(true);
    expect(matchers.toHaveUsage(vault, { at: '2026-03-20', noncurrent: { count: 0 } }).pass).toBe(true);
    expect(matchers.toHaveUsage(vault, { at: { days: 30 }, noncurrent: { count: 0 } }, { prefix: 'report' }).pass).toBe(
      true,
    );
    expect(matchers.toHaveUsage(vault, { at: { days: 1 }, noncurrent: { count: 0 } }).pass).toBe(false);
    expect(() => matchers.toHaveUsage(vault, { at: { days: 1 } }, { at: { days: 2 } })).toThrow(
      /toHaveUsage: invalid at/,
    );
    expect(matchers.toHaveUsage(vault, { storageClasses: { STANDARD: { current: none } } }).pass).toBe(true);
    expect(matchers.toHaveUsage(vault, { belowMinimumSize: { count: 1 } }).pass).toBe(true);
    expect(matchers.toHaveUsage(vault, { storageClasses: { STANDARD: noMinimums } }).pass).toBe(true);
  });

  it('shows the differences and the table', () => {
    const { pass, message } = matchers.toHaveUsage(s3.bucket('vault'), { noncurrent: { count: 0 } });
    expect({ pass, message: message() }).toEqual({
      pass: false,
      message: [
        "Expected bucket 'vault' to have the usage { noncurrent: { count: 0 } }, but it differs.",
        '',
        'noncurrent.count: expected 0, received 3',
        '',
        'This is its usage now. To compare what its lifecycle rules will leave, say when: toHaveUsage({ at: { days: 30 }, ... }).',
        '',
        "bucket 'vault' on 2026-03-01 12:00: 4 versions, 20 bytes",
        '  current             1  7 bytes',
        '  noncurrent          3  13 bytes',
        '  delete markers      1  9 bytes',
        '  uploads             0  0 bytes',
        '  below minimum size  1  131.1 KB',
        '  below minimum days  1  7 bytes',
        '  STANDARD            3  13 bytes',
        '  STANDARD_IA         1  7 bytes',
      ].join('\n'),
    });
  });

  it('asks when, of a bucket with lifecycle rules and of an expectation that does not say it', () => {
    const later = { at: { days: 1 }, noncurrent: { count: 0 } } as const;
    expect(matchers.toHaveUsage(s3.bucket('vault'), later).message()).not.toContain('say when');
    expect(matchers.toHaveUsage(s3.createBucket('no-rules'), { bytes: 1 }).message()).not.toContain('say when');
  });

  it.each([
    [{ noncurent: none }, /toHaveUsage.*noncurent.*noncurrent/],
    [{ noncurrent: { size: 1 } }, /toHaveUsage: noncurrent.*size/],
    [3, /toHaveUsage takes members of what usage\(\) returns/],
  ])('refuses %j', (expected, message) => {
    expect(thrownBy(() => matchers.toHaveUsage(s3.bucket('vault'), expected))).toMatchObject({
      message: expect.stringMatching(message),
    });
  });
});
