import { describe, expect, it } from '@jest/globals';
import { enabling, findsVersion, knowsOfVersioning } from '../../src/model/propagation';
import { Store } from '../../src/model/store';
import type { Version } from '../../src/model/versions/version';

const start = Date.parse('2026-03-31T07:35:05Z');

function scene({ propagation = 900_000, seed = 'seed', objectLock = false } = {}) {
  const store = new Store({ accountId: '000000000000', seed, realNow: () => start, start, propagation });
  const owner = store.defaultAccount;
  const place = { region: undefined, location: undefined };
  const bucket = store.addBucket({ name: 'vault', owner, ...place, created: start, objectLock, versioning: {} });
  const enable = () =>
    enabling(store, bucket, () => {
      bucket.versioning = { Status: 'Enabled' };
    });
  const known = (times = 100) => Array.from({ length: times }, () => knowsOfVersioning(store, bucket));
  return { store, bucket, enable, known };
}

const share = (found: readonly boolean[]) => found.filter((one) => one).length / found.length;

describe('what S3 knows of versioning that was enabled for the first time (F169)', () => {
  it.each<{ minutes: number; least: number; most: number }>`
    minutes  | least  | most
    ${0}     | ${0}   | ${0}
    ${3}     | ${0.1} | ${0.3}
    ${7.5}   | ${0.4} | ${0.6}
    ${12}    | ${0.7} | ${0.9}
    ${15}    | ${1}   | ${1}
    ${20000} | ${1}   | ${1}
  `('after $minutes minutes: from $least to $most of all', ({ minutes, least, most }) => {
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

  it('is all there is to know at once by default', () => {
    const { enable, known } = scene({ propagation: 0 });
    enable();
    expect(share(known())).toBe(1);
  });

  it('is all there is to know of a bucket that no request enabled, and of one with object lock', () => {
    expect(share(scene().known())).toBe(1);
    const locked = scene({ objectLock: true });
    locked.enable();
    expect(share(locked.known())).toBe(1);
  });

  it('counts from the first time only', () => {
    const { store, bucket, enable, known } = scene();
    enable();
    store.clock.advance({ minutes: 15 });
    bucket.versioning = { Status: 'Suspended' };
    enable();
    expect(share(known())).toBe(1);
  });

  it('does not count from a change that was refused', () => {
    const { store, bucket, known } = scene();
    const refuse = () => {
      throw new Error('refused');
    };
    expect(() => enabling(store, bucket, refuse)).toThrow('refused');
    expect([bucket.enabling, share(known())]).toEqual([undefined, 1]);
  });

  it('hides from reads what was written since, and nothing from before', () => {
    const { store, bucket, enable } = scene();
    const before = { sequence: store.nextSequence() } as Version;
    enable();
    const after = { sequence: store.nextSequence() } as Version;
    expect([findsVersion(store, bucket, before), findsVersion(store, bucket, after)]).toEqual([true, false]);
    store.clock.advance({ minutes: 15 });
    expect(findsVersion(store, bucket, after)).toBe(true);
  });

  it('goes with a snapshot', () => {
    const { store, bucket, enable, known } = scene();
    enable();
    const snapshot = store.snapshot();
    store.restore(snapshot);
    expect(store.buckets.get('vault')?.enabling).toEqual(bucket.enabling);
    expect(share(known())).toBe(0);
  });
});
