import { describe, expect, it } from '@jest/globals';
import { aws } from '../../../src/dialects/aws';
import { ibmCos } from '../../../src/dialects/ibm-cos';
import type { RestoreTier } from '../../../src/model/archives/archive-state';
import {
  chooseDefaultTier,
  expiryAtMidnight,
  findClosedArchive,
  restoreVersion,
  whyClosed,
  writeRestoresUnderWay,
} from '../../../src/model/archives/restore';
import type { ObjectVersion } from '../../../src/model/versions/version';
import { makeScene, momentOf } from '../../support/lifecycle-scene';

function makeArchive(storageClass: string, parts: Partial<ObjectVersion> = {}) {
  const scene = makeScene('Enabled');
  scene.put('old', { storageClass });
  const { store, bucket } = scene;
  const current = () => bucket.versions.current('a') as ObjectVersion; // the scene wrote it
  bucket.versions.replace({ ...current(), ...parts });
  return {
    ...scene,
    current,
    ask: (days: number | undefined, tier?: RestoreTier) =>
      restoreVersion(store, bucket, current(), { days, tier }, aws.restores),
    isClosed: () => findClosedArchive(current()) !== undefined,
  };
}

// F801
describe('a restore is ready', () => {
  it.each<[storageClass: string, tier: RestoreTier | undefined, before: string, ready: string]>([
    ['GLACIER', 'Expedited', '15 10:34', '15 10:35'],
    ['GLACIER', 'Standard', '15 15:29', '15 15:30'],
    ['GLACIER', undefined, '15 15:29', '15 15:30'],
    ['GLACIER', 'Bulk', '15 22:29', '15 22:30'],
    ['DEEP_ARCHIVE', undefined, '15 22:29', '15 22:30'],
    ['DEEP_ARCHIVE', 'Bulk', '17 10:29', '17 10:30'],
  ])('from %s by %s after %s, at %s', (storageClass, tier, before, ready) => {
    const { ask, at, current, isClosed } = makeArchive(storageClass);
    expect(ask(3, tier)).toBe(true);
    expect(String(whyClosed(current()))).toContain('is ready at 2026-01-');
    at(before);
    expect(isClosed()).toBe(true);
    at(ready);
    expect(isClosed()).toBe(false);
  });
});

describe('restores of one bucket', () => {
  it('are ready at their own times, in whatever order they were requested', () => {
    const { ask, at, store, bucket, put, current, isClosed, actions } = makeArchive('DEEP_ARCHIVE');
    put('other', { storageClass: 'GLACIER' }, 'b');
    ask(3, 'Bulk');
    at('16 12:00');
    const other = () => bucket.versions.current('b') as ObjectVersion; // put wrote it
    restoreVersion(store, bucket, other(), { days: 1, tier: 'Expedited' }, aws.restores);
    const told = () => writeRestoresUnderWay(bucket, store.clock).map(String);
    expect(told()).toHaveLength(2);
    at('16 12:05');
    expect(told()).toEqual([
      expect.stringContaining("the restore of object vault/a waits for the mock's clock: it is ready"),
    ]);
    expect({ a: isClosed(), b: findClosedArchive(other()) }).toEqual({ a: true, b: undefined });
    at('17 10:30');
    expect(isClosed()).toBe(false);
    const facts = { action: 'restore', operation: 'S3.RESTORE.OBJECT', bucket: 'vault', rule: undefined };
    expect(actions).toEqual([
      { ...facts, key: 'b', versionId: store.versionIds.writeId(other().sequence), at: new Date(momentOf('16 12:05')) },
      {
        ...facts,
        key: 'a',
        versionId: store.versionIds.writeId(current().sequence),
        at: new Date(momentOf('17 10:30')),
      },
    ]);
  });

  it('are ready at their own times for versions of one key', () => {
    const { ask, at, put, current, isClosed, bucket } = makeArchive('GLACIER');
    ask(3, 'Bulk');
    const below = current();
    put('new', { storageClass: 'GLACIER' });
    ask(3, 'Expedited');
    at('15 10:35');
    const isOngoing = () => bucket.versions.at('a', below.sequence)?.restore?.isOngoing;
    expect({ above: isClosed(), below: isOngoing() }).toEqual({ above: false, below: true });
    at('15 22:30');
    expect(isOngoing()).toBe(false);
  });
});

// F801
it.each([
  ['aws', 'GLACIER', 'Standard'],
  ['aws', 'DEEP_ARCHIVE', 'Standard'],
  ['ibm-cos', 'GLACIER', 'Bulk'],
  ['ibm-cos', 'ACCELERATED', 'Accelerated'],
])('a restore without a tier on %s from %s is by %s', (service, storageClass, tier) => {
  const { times } = (service === 'aws' ? aws : ibmCos).restores;
  expect(chooseDefaultTier(times[storageClass] ?? {})).toBe(tier);
});

// F803
describe('a restored copy', () => {
  it.each([
    [1, '15 12:00', '17'],
    [3, '15 12:00', '19'],
    [1, '18 10:30', '20'],
    [1, '18', '19'],
  ])('for %i days, which was there at %s, is removed at midnight of %s', (days, ready, expected) => {
    expect(expiryAtMidnight(momentOf('15 10:30'), days, momentOf(ready))).toBe(momentOf(expected));
  });

  it('is named by the reason for which the object cannot be read afterwards', () => {
    const { ask, at, current } = makeArchive('GLACIER');
    expect(String(whyClosed(current()))).toBe(
      'the object is in GLACIER, and has no restored copy: RestoreObject creates a copy',
    );
    ask(3, 'Expedited');
    at('19');
    expect(String(whyClosed(current()))).toBe(
      "the restored copy was removed at 2026-01-19T00:00:00.000Z by the mock's clock, since its days were over: RestoreObject creates another copy",
    );
  });

  it('is removed when its days are over', () => {
    const { ask, at, isClosed, actions } = makeArchive('GLACIER');
    ask(3, 'Expedited');
    at('18 23:59');
    expect(isClosed()).toBe(false);
    at('19');
    expect(isClosed()).toBe(true);
    expect(actions.map(({ action }) => action)).toEqual(['restore', 'discard']);
  });

  it('gets other days, which count from the request that changes them', () => {
    const { ask, at, current } = makeArchive('GLACIER');
    ask(3, 'Expedited');
    at('16 11:00');
    expect(ask(10, 'Bulk')).toBe(false);
    expect(current().restore).toEqual({
      tier: 'Expedited',
      days: 10,
      requested: momentOf('16 11:00'),
      ready: momentOf('15 10:35'),
      expires: momentOf('27'),
      isOngoing: false,
    });
  });
});

// F804
describe('a restore that is under way', () => {
  it('becomes faster by a faster tier and the same days, and is never ready later for it', () => {
    const { ask, at, current } = makeArchive('GLACIER');
    ask(3, 'Bulk');
    at('15 11:30');
    ask(3, 'Standard');
    expect(current().restore?.ready).toBe(momentOf('15 16:30'));
    const late = makeArchive('GLACIER');
    late.ask(3, 'Bulk');
    late.at('15 21:30');
    late.ask(3, 'Standard');
    expect(late.current().restore?.ready).toBe(momentOf('15 22:30'));
  });

  it.each<[days: number, tier: RestoreTier, why: string]>([
    [3, 'Bulk', 'Bulk is not faster'],
    [4, 'Bulk', 'Bulk is not faster'],
    [4, 'Standard', 'a change to a faster tier must keep Days 3, and the request has 4'],
  ])('refuses another for %i days by %s', (days, tier, why) => {
    const { ask } = makeArchive('GLACIER');
    ask(3, 'Bulk');
    expect(() => ask(days, tier)).toThrow(
      `RestoreOngoing: a restore by Bulk is ready at 2026-01-15T22:30:00.000Z; ${why}`,
    );
  });
});

// F802
describe('S3 refuses a restore', () => {
  it('of an object that is read at once', () => {
    const why =
      'the object is in STANDARD, which is read without a restore; a restore is from GLACIER, DEEP_ARCHIVE, ARCHIVE_ACCESS, DEEP_ARCHIVE_ACCESS';
    for (const days of [3, undefined])
      expect(() => makeArchive('STANDARD').ask(days)).toThrow(`RestoreOfReadable: ${why}`);
  });

  it('of an object of INTELLIGENT_TIERING in no archive tier', () => {
    expect(() => makeArchive('INTELLIGENT_TIERING').ask(undefined)).toThrow(
      'RestoreOfReadable: the object is in no archive tier',
    );
  });

  it('by a tier of IBM COS', () => {
    expect(() => makeArchive('GLACIER').ask(3, 'Accelerated')).toThrow('RestoreTierNotOffered');
  });

  it('with days for an object in an archive tier', () => {
    const { ask } = makeArchive('INTELLIGENT_TIERING', { accessTier: 'ARCHIVE_ACCESS' });
    expect(() => ask(3)).toThrow('RestoreDaysNotExpected');
  });
});

// F811, F812
describe('an object of INTELLIGENT_TIERING in an archive tier', () => {
  it('is back in a tier that is read at once, for good', () => {
    const { ask, at, current, isClosed } = makeArchive('INTELLIGENT_TIERING', { accessTier: 'ARCHIVE_ACCESS' });
    expect(String(whyClosed(current()))).toBe(
      'the object is in the archive tier ARCHIVE_ACCESS, until RestoreObject moves it back',
    );
    ask(undefined, 'Standard');
    expect(String(whyClosed(current()))).toContain('a restore by Standard is ready at 2026-01-15T15:30:00.000Z');
    at('15 15:29');
    expect(isClosed()).toBe(true);
    at('15 15:30');
    expect(current()).toMatchObject({ restore: undefined, accessTier: undefined, accessed: momentOf('15 10:30') });
  });
});
