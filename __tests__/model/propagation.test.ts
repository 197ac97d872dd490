import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../src/model/identity/account';
import { Store } from '../../src/model/store';
import type { VersioningConfiguration } from '../../src/model/versioning';
import { changeVersioning } from '../../src/model/versioning-change';
import type { Version } from '../../src/model/versions/version';
import { isVisible, knowsOfVersioning } from '../../src/model/versions/version-lookup';

const start = Date.parse('2026-03-31T07:35:05Z');

function scene({ propagation = 900_000, seed = 'seed', objectLock = false } = {}) {
  const store = new Store({ accountId: '000000000000', seed, realNow: () => start, start, propagation });
  const owner = store.defaultAccount;
  const place = { region: undefined, location: undefined };
  const bucket = store.addBucket({ name: 'vault', owner, ...place, created: start }, objectLock ? { objectLock } : {});
  const caller: Caller = { account: owner, user: undefined, accessKeyId: undefined };
  const change = (versioning: VersioningConfiguration) =>
    changeVersioning(store, bucket, { ...versioning, caller, mfa: undefined, temporary: false });
  const enable = () => change({ Status: 'Enabled' });
  const known = (times = 100) => Array.from({ length: times }, () => knowsOfVersioning(store, bucket));
  return { store, bucket, change, enable, known };
}

const share = (found: readonly boolean[]) => found.filter((one) => one).length / found.length;

describe("the share of S3's servers that know of the first enabling of versioning (F169)", () => {
  it.each<{ minutes: number; least: number; most: number }>`
    minutes  | least  | most
    ${0}     | ${0}   | ${0}
    ${3}     | ${0.1} | ${0.3}
    ${7.5}   | ${0.4} | ${0.6}
    ${12}    | ${0.7} | ${0.9}
    ${15}    | ${1}   | ${1}
    ${20000} | ${1}   | ${1}
  `('is from $least to $most after $minutes minutes', ({ minutes, least, most }) => {
    const { store, enable, known } = scene();
    enable();
    store.clock.advance({ minutes });
    expect(share(known(1000))).toBeGreaterThanOrEqual(least);
    expect(share(known(1000))).toBeLessThanOrEqual(most);
  });

  it('is drawn from the seed', () => {
    const drawn = (seed: string) => {
      const { store, enable, known } = scene({ seed });
      enable();
      store.clock.advance({ minutes: 7.5 });
      return known();
    };
    expect(drawn('one')).toEqual(drawn('one'));
    expect(drawn('one')).not.toEqual(drawn('two'));
  });

  it('is whole at once by default, even if the clock goes back', () => {
    const { store, enable, known } = scene({ propagation: 0 });
    enable();
    expect(share(known())).toBe(1);
    store.clock.set(start - 1);
    expect(share(known())).toBe(1);
  });

  it('is whole for a bucket whose versioning no request enabled, and for one with object lock', () => {
    expect(share(scene().known())).toBe(1);
    const locked = scene({ objectLock: true });
    locked.enable();
    expect(share(locked.known())).toBe(1);
  });

  it('is whole for a bucket that was made with versioning Enabled', () => {
    const { store } = scene();
    const identity = {
      name: 'archive',
      owner: store.defaultAccount,
      region: undefined,
      location: undefined,
      created: start,
    };
    const archive = store.addBucket(identity, { versioning: { Status: 'Enabled' } });
    expect(knowsOfVersioning(store, archive)).toBe(true);
  });

  it('grows from the first enabling only', () => {
    const { store, change, enable, known } = scene();
    enable();
    store.clock.advance({ minutes: 15 });
    change({ Status: 'Suspended' });
    enable();
    expect(share(known())).toBe(1);
  });

  it('does not change while versioning is suspended and was never enabled', () => {
    const { store, change, enable, known } = scene();
    change({ Status: 'Suspended' });
    expect(share(known())).toBe(1);
    store.clock.advance({ minutes: 15 });
    enable();
    expect(share(known())).toBe(0);
    store.clock.advance({ minutes: 15 });
    change({ Status: 'Suspended' });
    enable();
    expect(share(known())).toBe(1);
  });

  it('does not change if the request is refused', () => {
    const { bucket, change, known } = scene();
    expect(() => change({ Status: 'Enabled', MFADelete: 'Enabled' })).toThrow('MfaRequired');
    expect({ settings: bucket.settings, share: share(known()) }).toEqual({ settings: {}, share: 1 });
  });

  it('hides versions from reads that were written since, and none from before', () => {
    const { store, bucket, enable } = scene();
    const before = { sequence: store.nextSequence() } as Version;
    enable();
    const after = { sequence: store.nextSequence() } as Version;
    expect({ before: isVisible(store, bucket, before), after: isVisible(store, bucket, after) }).toEqual({
      before: true,
      after: false,
    });
    store.clock.advance({ minutes: 15 });
    expect(isVisible(store, bucket, after)).toBe(true);
  });

  it('is restored with a snapshot', () => {
    const { store, enable, known } = scene();
    enable();
    const snapshot = store.snapshot();
    store.restore(snapshot);
    expect(store.buckets.get('vault')?.settings.firstEnabled).toEqual({ at: start, sequence: 1 });
    expect(share(known())).toBe(0);
  });
});
