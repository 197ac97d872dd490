import { describe, expect, it } from '@jest/globals';
import type { MockS3Options, ObjectFixtures, VersionFixture } from 's3-versioning-mock/jest';
import 's3-versioning-mock/jest';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const now = '2026-03-01T12:00:00Z';
const started = startedMocks();
const mockWith = (objects: Readonly<Record<string, VersionFixture>>, options: MockS3Options = { now }) =>
  started({ ...options, buckets: { vault: { objects: withBodies(objects) } } });
const withBodies = (objects: Readonly<Record<string, VersionFixture>>): ObjectFixtures =>
  Object.fromEntries(
    Object.entries(objects).map(([key, version]) => [
      key,
      typeof version === 'object' && !('deleteMarker' in version) ? { body: '', ...version } : version,
    ]),
  );
const storageClass = 'GLACIER';
const at = (moment: string) => new Date(moment);

describe('a restore in a fixture', () => {
  it.each<[description: VersionFixture, stored: object]>([
    [
      { storageClass, restore: { Days: 3 } },
      { ongoing: true, Tier: 'Standard', requested: at(now), ready: at('2026-03-01T17:00:00Z') },
    ],
    [
      { storageClass, restore: { Days: 3, Tier: 'Bulk' } },
      { ongoing: true, ready: at('2026-03-02T00:00:00Z') },
    ],
    [
      { storageClass, restore: { Days: 3, ongoing: false } },
      { ongoing: false, Days: 3, ready: at(now), expires: at('2026-03-05T00:00:00Z') },
    ],
    [
      { storageClass: 'DEEP_ARCHIVE', restore: { Days: 3, requested: '2026-02-28T12:00:00Z' } },
      { ongoing: false, expires: at('2026-03-04T00:00:00Z') },
    ],
    [
      { storageClass, restore: { Days: 1, requested: '2026-03-01T11:00:00Z', ready: '2026-03-01T12:30:00Z' } },
      { ongoing: true, ready: at('2026-03-01T12:30:00Z') },
    ],
    [
      { storageClass: 'ACCELERATED', restore: { Days: 1 } },
      { Tier: 'Accelerated', ready: at('2026-03-01T14:00:00Z') },
    ],
    [
      { storageClass: 'INTELLIGENT_TIERING', accessTier: 'ARCHIVE_ACCESS', restore: {} },
      { ongoing: true, Days: undefined, expires: undefined },
    ],
  ])('%j is %j', (description, stored) => {
    const mock = mockWith({ k: description });
    expect(mock.bucket('vault').object('k').restore).toMatchObject(stored);
  });

  it('goes on by the clock', () => {
    const mock = mockWith({ k: { storageClass, restore: { Days: 3 } } });
    const handle = mock.bucket('vault');
    mock.clock.advance({ hours: 5 });
    const ongoing = handle.object('k').restore?.ongoing;
    mock.clock.advance({ days: 5 });
    expect({ ongoing, over: handle.object('k').restore }).toEqual({ ongoing: false, over: undefined });
  });

  it('of a bucket of IBM COS has the tier of its class', () => {
    const s3 = started({ now, buckets: { cos: { region: 'us-south-standard' } } });
    s3.bucket('cos').put('k', 'old', { storageClass, restore: { Days: 1 } });
    expect(s3.bucket('cos').object('k').restore).toMatchObject({ Tier: 'Bulk', ready: at('2026-03-02T00:00:00Z') });
  });

  it.each<[description: object, message: string]>([
    [
      { restore: { Days: 1 } },
      "bucket 'vault', key 'k': only a version in an archive has a restore, and the storage class is 'STANDARD'. Leave it out, or give storageClass 'GLACIER' beside it.",
    ],
    [{ storageClass, restore: true }, ': invalid restore true; expected an object such as { Days: 3 }'],
    [{ storageClass, restore: {} }, 'restore: invalid Days undefined; expected a whole number from 1 on'],
    [{ storageClass, restore: { Days: 0.5 } }, 'invalid Days 0.5; expected a whole number from 1 on'],
    [
      { storageClass, restore: { Days: 1, Tier: 'Fast' } },
      "invalid Tier 'Fast'; expected 'Expedited' or 'Standard' or 'Bulk' for GLACIER",
    ],
    [{ storageClass, restore: { days: 1 } }, "there is no option 'days'"],
    [
      { storageClass, restore: { Days: 1, ongoing: true, ready: now } },
      "ongoing is true, but the copy is there at 2026-03-01T12:00:00.000Z, and the mock's clock says 2026-03-01T12:00:00.000Z. Leave ongoing out, or give another ready.",
    ],
    [
      { storageClass, restore: { Days: 1, requested: '2026-02-01' } },
      "the copy was removed at 2026-02-03T00:00:00.000Z, and the mock's clock says 2026-03-01T12:00:00.000Z. Leave restore out, or give more Days or a later requested.",
    ],
    [
      { storageClass, restore: { Days: 1, requested: '2027-01-01' } },
      "requested '2027-01-01' is in the future: the mock's clock says 2026-03-01T12:00:00.000Z. Give an earlier moment, or begin at a later one: mockS3({ now: … }).",
    ],
    [
      { storageClass: 'INTELLIGENT_TIERING', accessTier: 'ARCHIVE_ACCESS', restore: { Days: 1 } },
      'invalid Days 1; expected undefined: an object of INTELLIGENT_TIERING leaves its archive for good',
    ],
    [
      { storageClass: 'INTELLIGENT_TIERING', accessTier: 'ARCHIVE_ACCESS', restore: { ongoing: false } },
      'an object of INTELLIGENT_TIERING that is restored is in no archive tier any more. Leave out restore and accessTier.',
    ],
    [
      { storageClass, accessTier: 'ARCHIVE_ACCESS' },
      "only storageClass 'INTELLIGENT_TIERING' has accessTier, and this one is 'GLACIER'. Leave it out, or give that class beside it.",
    ],
    [{ lastAccessed: now }, "only storageClass 'INTELLIGENT_TIERING' has lastAccessed, and this one is 'STANDARD'."],
    [
      { transitioned: now },
      "nothing is moved into the storage class 'STANDARD'. Leave transitioned out, or give a storageClass such as 'GLACIER' beside it.",
    ],
    [{ storageClass, transitioned: '2027-01-01' }, "transitioned '2027-01-01' is in the future"],
    [{ storageClass, transitioned: 'soon' }, "transitioned: invalid moment 'soon'"],
    [
      { storageClass: 'INTELLIGENT_TIERING', accessTier: 'COLD' },
      "invalid accessTier 'COLD'; expected 'ARCHIVE_ACCESS' or 'DEEP_ARCHIVE_ACCESS', or undefined",
    ],
    [{ deleteMarker: true, restore: { Days: 1 } }, 'a delete marker has no restore'],
  ])('%j is refused: %s', (description, message) => {
    expect(() => mockWith({ k: description as VersionFixture })).toThrow(message);
  });
});

describe('the last read of a version in a fixture', () => {
  it('begins the days of its archive tiers', () => {
    const mock = started({
      now,
      buckets: {
        vault: {
          objects: {
            k: {
              body: Buffer.alloc(128 * 1024),
              storageClass: 'INTELLIGENT_TIERING',
              lastModified: '2025-01-01',
              lastAccessed: '2026-02-01T00:00:00Z',
            },
          },
          intelligentTiering: [
            { Id: 'cold', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] },
          ],
        },
      },
    });
    mock.clock.set('2026-05-01T23:59:59Z');
    const before = mock.bucket('vault').object('k').accessTier;
    mock.clock.set('2026-05-02T00:00:00Z');
    const after = mock.bucket('vault').object('k').accessTier;
    expect({ before, after }).toEqual({ before: undefined, after: 'ARCHIVE_ACCESS' });
  });
});

describe('a version with a restore', () => {
  const restored = {
    ongoing: { body: 'one', storageClass, restore: { Days: 3 } },
    there: { body: 'two', storageClass, restore: { Days: 3, ongoing: false } },
    tiered: { body: 'three', storageClass: 'INTELLIGENT_TIERING', accessTier: 'DEEP_ARCHIVE_ACCESS' },
  } as const;

  it('is drawn with it', () => {
    const mock = mockWith(restored);
    expect(
      String(mock.bucket('vault'))
        .split('\n')
        .filter((line) => line.includes('(null)')),
    ).toEqual([
      '│  └─ (null)  3 bytes  2026-03-01 12:00:00Z  current  GLACIER  restore ready at 2026-03-01 17:00Z',
      '│  └─ (null)  3 bytes  2026-03-01 12:00:00Z  current  GLACIER  restored until 2026-03-05',
      '   └─ (null)  5 bytes  2026-03-01 12:00:00Z  current  INTELLIGENT_TIERING DEEP_ARCHIVE_ACCESS',
    ]);
  });

  it('is the same after a round through JSON', () => {
    const mock = mockWith(restored);
    mock.clock.advance({ minutes: 10 });
    const copy = started({ ...(JSON.parse(JSON.stringify(mock)) as MockS3Options), hosts: { only: ['copy.test'] } });
    expect(copy.bucket('vault').versions()).toEqual(mock.bucket('vault').versions());
    for (const one of [mock, copy]) one.clock.advance({ hours: 5 });
    expect(copy.bucket('vault').versions()).toEqual(mock.bucket('vault').versions());
    expect(copy.bucket('vault').object('ongoing').restore?.ongoing).toBe(false);
  });

  it('keeps when a rule moved it through JSON', async () => {
    const mock = started({
      now,
      buckets: {
        vault: {
          region: 'us-south-standard',
          lifecycle: {
            Rules: [{ ID: 'cold', Status: 'Enabled', Filter: {}, Transitions: [{ Days: 3, StorageClass: 'GLACIER' }] }],
          },
          objects: { k: 'old' },
        },
      },
    });
    mock.clock.advance({ days: 4 });
    const options = JSON.parse(JSON.stringify(mock)) as MockS3Options;
    const outline = mock.bucket('vault').toJSON()?.objects;
    await mock.stop();
    started(options);
    const { header } = await send({
      method: 'HEAD',
      path: '/vault/k',
      host: 's3.us-south.cloud-object-storage.appdomain.cloud',
    });
    expect(header('x-ibm-transition')).toContain('date="Thu, 05 Mar 2026 00:00:00 GMT"');
    expect(outline).not.toHaveProperty('k.0.transitioned');
  });

  it('is in the outline of its bucket without its times', () => {
    const mock = mockWith(restored, {});
    expect(mock.bucket('vault').toJSON()?.objects).toMatchObject({
      ongoing: [{ storageClass, restore: { Days: 3, Tier: 'Standard', ongoing: true } }],
      there: [{ storageClass, restore: { Days: 3, Tier: 'Standard', ongoing: false } }],
      tiered: [{ storageClass: 'INTELLIGENT_TIERING', accessTier: 'DEEP_ARCHIVE_ACCESS' }],
    });
  });

  it('is compared by matchers', () => {
    const s3 = mockWith({ k: { body: 'old', storageClass, restore: { Days: 3 } } });
    expect(s3.bucket('vault')).toHaveObject('k', { storageClass, restore: { ongoing: true, Days: 3 } });
    s3.clock.advance({ hours: 5 });
    expect(s3.bucket('vault')).not.toHaveObject('k', { restore: { ongoing: true } });
    expect(() => expect(s3.bucket('vault')).toHaveObject('k', { restore: { onging: true } } as never)).toThrow(
      'onging',
    );
  });
});

it('a reset takes restores back', () => {
  const mock = mockWith({ k: { storageClass, restore: { Days: 3 } } });
  mock.clock.advance({ hours: 6 });
  const before = mock.bucket('vault').object('k').restore?.ongoing;
  mock.reset();
  const after = mock.bucket('vault').object('k').restore?.ongoing;
  mock.clock.advance({ hours: 6 });
  const later = mock.bucket('vault').object('k').restore?.ongoing;
  expect({ before, after, later }).toEqual({ before: false, after: true, later: false });
});
