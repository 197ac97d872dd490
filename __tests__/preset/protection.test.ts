import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, type MockS3Options, mockS3 } from '../../src';
import { policy } from '../support/protection';
import { messageOfTypeError } from '../support/thrown';

const now = '2026-03-01T12:00:00Z';
const day = 86_400;

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({
    now,
    buckets: {
      vault: {
        region: 'us-south-smart',
        protection: policy,
        objects: {
          kept: { body: 'text', lastModified: '2026-02-20T12:00:00Z', protection: { RetentionPeriod: 10 * day } },
          held: {
            body: 'text',
            protection: {
              RetentionExpirationDate: '2026-03-31T12:00:00Z',
              LegalHolds: ['case-7', { ID: 'case-8', Date: '2026-03-01T13:00:00Z' }],
            },
          },
          endless: { body: 'text', protection: { RetentionPeriod: -1, RetentionPeriodSource: 'Bucket' } },
          free: 'text',
        },
      },
      forever: {
        protection: { ...policy, EnablePermanentRetention: true },
        objects: { record: { body: 'text', protection: { RetentionPeriod: -2 } } },
      },
      plain: {},
      versioned: { versioning: 'Enabled' },
    },
  });
});
afterEach(() => s3.stop());

const create = (fixture: unknown) => () =>
  s3.createBucket('fresh', fixture as NonNullable<MockS3Options['buckets']>[string]);

describe('the protection of a bucket', () => {
  it('is set by a fixture and by a handle, and replaced', () => {
    const plain = s3.bucket('plain');
    plain.protection = policy;
    expect(plain.protection).toEqual(policy);
    plain.protection = { ...policy, MaximumRetention: { Days: 200 } };
    expect(plain.protection.MaximumRetention).toEqual({ Days: 200 });
  });

  it('cannot be unset, as on COS', () => {
    const unset = () => {
      s3.bucket('vault').protection = undefined;
    };
    expect(messageOfTypeError(unset)).toContain("bucket 'vault': protection cannot be unset");
  });

  it.each<{ readonly case: string; readonly fixture: object; readonly words: string }>([
    {
      case: 'days out of order',
      fixture: { protection: { ...policy, MinimumRetention: { Days: 11 } } },
      words: '0 to 36135 days',
    },
    {
      case: 'versioning',
      fixture: { versioning: 'Enabled', protection: policy },
      words: "versioning of bucket 'fresh' is Enabled",
    },
    {
      case: 'object lock',
      fixture: { objectLock: true, protection: policy },
      words: "versioning of bucket 'fresh' is Enabled",
    },
    { case: 'an unknown member', fixture: { protection: { ...policy, Days: 1 } }, words: 'Days' },
    { case: 'a missing member', fixture: { protection: { Status: 'Retention' } }, words: 'MinimumRetention' },
  ])('is refused with $case, in the words of the reason', ({ fixture, words }) => {
    expect(messageOfTypeError(create(fixture))).toContain(words);
  });

  it('keeps a handle from setting versioning', () => {
    const enable = () => {
      s3.bucket('vault').versioning = 'Enabled';
    };
    expect(messageOfTypeError(enable)).toBe(
      "bucket 'vault': versioning is 'Enabled', but it has a retention policy, and IBM COS does not allow both. Create another bucket.",
    );
  });

  it('may be set on a bucket with objects, which stay without a retention', () => {
    s3.bucket('plain').put('old', 'text');
    s3.bucket('plain').protection = policy;
    expect(s3.bucket('plain').object('old').protection).toBeUndefined();
  });
});

describe('the protection of an object', () => {
  it('is read with its end and the times of its holds', () => {
    expect(s3.bucket('vault').object('held').protection).toEqual({
      RetentionPeriod: 30 * day,
      RetentionExpirationDate: new Date('2026-03-31T12:00:00Z'),
      RetentionPeriodSource: 'Object',
      LegalHolds: [
        { ID: 'case-7', Date: new Date(now) },
        { ID: 'case-8', Date: new Date('2026-03-01T13:00:00Z') },
      ],
    });
  });

  it('counts from the write of the object, and has no end if it is endless', () => {
    expect(s3.bucket('vault').object('kept').protection?.RetentionExpirationDate).toEqual(
      new Date('2026-03-02T12:00:00Z'),
    );
    expect(s3.bucket('vault').object('endless').protection).toEqual({
      RetentionPeriod: -1,
      RetentionExpirationDate: undefined,
      RetentionPeriodSource: 'Bucket',
      LegalHolds: [],
    });
    expect(s3.bucket('vault').object('free').protection).toBeUndefined();
  });

  it('is the default of the bucket if put names none', () => {
    expect(s3.bucket('vault').put('new', 'text').protection).toMatchObject({
      RetentionPeriod: 10 * day,
      RetentionPeriodSource: 'Bucket',
    });
    const named = s3.bucket('vault').put('new', 'text', { protection: { RetentionPeriod: 5 } });
    expect(named.protection?.RetentionPeriod).toBe(5);
  });

  it('comes back through JSON', async () => {
    const copy = mockS3({ ...(JSON.parse(JSON.stringify(s3)) as MockS3Options), hosts: { only: [] } });
    const all = (mock: MockS3) =>
      ['vault', 'forever'].map((name) =>
        mock
          .bucket(name)
          .versions()
          .map(({ key, protection }) => ({ key, protection })),
      );
    expect(all(copy)).toEqual(all(s3));
    expect(copy.bucket('vault').protection).toEqual(policy);
    await copy.stop();
  });

  it('comes back with a snapshot', () => {
    const before = s3.snapshot();
    s3.bucket('vault').put('kept', 'other', { protection: { RetentionPeriod: 5 } });
    s3.restore(before);
    expect(s3.bucket('vault').object('kept').protection?.RetentionPeriod).toBe(10 * day);
  });

  it('is without the times of its holds in the JSON of a bucket, which is the same in each run', () => {
    const { protection } = s3.bucket('vault').objects['held']?.[0] ?? {};
    expect(protection).toEqual({ RetentionPeriod: 30 * day, LegalHolds: ['case-7', 'case-8'] });
  });

  it('is drawn beside the object', () => {
    expect(String(s3.bucket('vault'))).toBe(
      [
        'vault  versioning never set, protection (10 days by default), us-south-smart',
        '├─ endless',
        '│  └─ (null)  4 bytes  2026-03-01 12:00:00Z  current  retained indefinitely',
        '├─ free',
        '│  └─ (null)  4 bytes  2026-03-01 12:00:00Z  current',
        '├─ held',
        '│  └─ (null)  4 bytes  2026-03-01 12:00:00Z  current  retained until 2026-03-31 12:00:00Z  2 legal holds',
        '└─ kept',
        '   └─ (null)  4 bytes  2026-02-20 12:00:00Z  current  retained until 2026-03-02 12:00:00Z',
      ].join('\n'),
    );
    expect(String(s3.bucket('forever'))).toContain('retained permanently');
  });

  const at = "bucket 'vault', key 'new'";
  it.each<{ readonly protection: object; readonly message: string }>([
    {
      protection: 3600 as never, // as JavaScript may
      message: `${at}: invalid protection 3600; expected an object such as { RetentionPeriod: 86_400 }`,
    },
    {
      protection: {},
      message: `${at}, protection: it has either RetentionPeriod or RetentionExpirationDate. Give one, such as RetentionPeriod: 86_400.`,
    },
    {
      protection: { RetentionPeriod: 1, RetentionExpirationDate: '2026-04-01' },
      message: `${at}, protection: it has either RetentionPeriod or RetentionExpirationDate. Give one, such as RetentionPeriod: 86_400.`,
    },
    {
      protection: { RetentionPeriod: -3 },
      message: `${at}, protection: invalid RetentionPeriod -3; expected whole seconds, -1 to keep it indefinitely, or -2 permanently`,
    },
    {
      protection: { RetentionPeriod: 1.5 },
      message: `${at}, protection: invalid RetentionPeriod 1.5; expected whole seconds, -1 to keep it indefinitely, or -2 permanently`,
    },
    {
      protection: { RetentionPeriod: -2 },
      message: `${at}: it is retained permanently, but the policy of the bucket does not allow that. Give another RetentionPeriod, or give the policy EnablePermanentRetention: true.`,
    },
    {
      protection: { RetentionExpirationDate: '2026-01-01' },
      message: `${at}, protection: invalid RetentionExpirationDate 2026-01-01T00:00:00.000Z; expected a moment after the write of the object`,
    },
    {
      protection: { RetentionPeriod: 1, RetentionPeriodSource: 'bucket' },
      message: `${at}, protection: invalid RetentionPeriodSource 'bucket'; expected 'Bucket' or 'Object', or undefined. Did you mean Bucket?`,
    },
    {
      protection: { RetentionPeriod: 1, LegalHolds: ['case 7'] },
      message: `${at}, protection, LegalHolds 1: invalid ID 'case 7'; expected 1 to 64 letters, digits or any of ! _ . * ( ) ' -`,
    },
    {
      protection: { RetentionPeriod: 1, LegalHolds: 'case-7' },
      message: `${at}, protection: invalid LegalHolds 'case-7'; expected a list of at most 100, such as ['case-7']`,
    },
    {
      protection: { RetentionPeriod: 1, LegalHolds: ['a', 'b', 'a'] },
      message: `${at}, protection: the legal hold 'a' is given twice. Give it once.`,
    },
  ])('is refused: $protection', ({ protection, message }) => {
    expect(messageOfTypeError(() => s3.bucket('vault').put('new', 'text', { protection }))).toBe(message);
  });

  it('names the nearest member of a misspelt one', () => {
    const put = () => s3.bucket('vault').put('new', 'text', { protection: { RetentionPerod: 1 } as object });
    expect(messageOfTypeError(put)).toContain('RetentionPeriod');
  });

  it('needs a bucket with a retention policy', () => {
    const protection = { RetentionPeriod: 60 };
    const message =
      "it has protection, but the bucket has no retention policy. Leave it out, or give the bucket protection: { Status: 'Retention', ... } beside objects.";
    expect(messageOfTypeError(() => s3.bucket('plain').put('a', 'text', { protection }))).toBe(
      `bucket 'plain', key 'a': ${message}`,
    );
    expect(messageOfTypeError(create({ objects: { a: { body: 'text', protection } } }))).toBe(
      `bucket 'fresh', key 'a': ${message}`,
    );
  });
});
