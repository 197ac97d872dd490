import { describe, expect, it } from '@jest/globals';
import { aws } from '../../../src/dialects/aws';
import { restoreVersion } from '../../../src/model/archives/restore';
import { noteAccess } from '../../../src/model/archives/tiering';
import type { ObjectVersion } from '../../../src/model/versions/version';
import { big, makeScene, momentOf } from '../../support/lifecycle-scene';

function makeTiered(size: number = big.size, Filter = {}, Status: 'Enabled' | 'Disabled' = 'Enabled') {
  const scene = makeScene('Enabled');
  const Tierings = [
    { AccessTier: 'ARCHIVE_ACCESS', Days: 90 },
    { AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 },
  ] as const;
  scene.put('old', { size, storageClass: 'INTELLIGENT_TIERING' });
  scene.bucket.change({ intelligentTiering: [{ Id: 'cold', Status, Filter, Tierings }] });
  const current = () => scene.bucket.versions.current('a') as ObjectVersion; // the scene wrote it
  return { ...scene, current, tier: () => current().accessTier };
}

// F812
describe('S3 Intelligent-Tiering', () => {
  it('moves an object that nobody read at the midnight after its days, once into each tier', () => {
    const { at, tier, actions, store, current } = makeTiered();
    at('105 23:59');
    expect(tier()).toBeUndefined();
    at('106');
    expect(tier()).toBe('ARCHIVE_ACCESS');
    at('400');
    expect(tier()).toBe('DEEP_ARCHIVE_ACCESS');
    const versionId = store.versionIds.writeId(current().sequence);
    const facts = { action: 'archive', operation: 'S3.TRANSITION_ARCHIVE_TIER.OBJECT', bucket: 'vault', key: 'a' };
    expect(actions).toEqual([
      { ...facts, versionId, accessTier: 'ARCHIVE_ACCESS', rule: 'cold', at: new Date(momentOf('106')) },
      { ...facts, versionId, accessTier: 'DEEP_ARCHIVE_ACCESS', rule: 'cold', at: new Date(momentOf('196')) },
    ]);
  });

  it('moves each version of a key, and each key, after its own days', () => {
    const { at, put, bucket, delete: remove } = makeTiered();
    at('20 12:00');
    put('new', { size: big.size, storageClass: 'INTELLIGENT_TIERING' });
    put('other', { size: big.size, storageClass: 'INTELLIGENT_TIERING' }, 'b');
    remove();
    const tiers = (key: string) => [...bucket.versions.of(key)].map(({ accessTier }) => accessTier);
    at('110');
    expect({ a: tiers('a'), b: tiers('b') }).toEqual({ a: [undefined, undefined, 'ARCHIVE_ACCESS'], b: [undefined] });
    at('111');
    expect({ a: tiers('a'), b: tiers('b') }).toEqual({
      a: [undefined, 'ARCHIVE_ACCESS', 'ARCHIVE_ACCESS'],
      b: ['ARCHIVE_ACCESS'],
    });
  });

  it('moves an object at once into the deepest tier whose days are over', () => {
    const { at, tier, bucket, actions } = makeTiered(big.size, {}, 'Disabled');
    at('400');
    const [cold] = bucket.settings.intelligentTiering ?? [];
    if (cold) bucket.change({ intelligentTiering: [{ ...cold, Status: 'Enabled' }] });
    at('401');
    expect({ tier: tier(), moves: actions.length }).toEqual({ tier: 'DEEP_ARCHIVE_ACCESS', moves: 1 });
  });

  it('counts the days from the last read', () => {
    const { store, bucket, at, current, tier } = makeTiered();
    at('60 12:00');
    noteAccess(bucket, current(), store.clock.now());
    at('120');
    expect(tier()).toBeUndefined();
    at('151');
    expect(tier()).toBe('ARCHIVE_ACCESS');
  });

  it('monitors no objects of less than 128 KB', () => {
    const { at, tier } = makeTiered(big.size - 1);
    at('400');
    expect(tier()).toBeUndefined();
  });

  it('moves nothing by a configuration that is disabled', () => {
    const { at, tier } = makeTiered(big.size, {}, 'Disabled');
    at('400');
    expect(tier()).toBeUndefined();
  });

  it('moves no object of another storage class', () => {
    const { at, put, tier } = makeTiered();
    put('standard', big);
    at('400');
    expect(tier()).toBeUndefined();
  });

  it('moves no object that is being restored', () => {
    const { at, tier, bucket, store, current } = makeTiered();
    at('106');
    restoreVersion(store, bucket, current(), { days: undefined, tier: 'Standard' }, aws.restores);
    const { restore } = current();
    // A restore that takes longer than the days of the next tier.
    if (restore) bucket.versions.replace({ ...current(), restore: { ...restore, ready: momentOf('500') } });
    at('400');
    expect(tier()).toBe('ARCHIVE_ACCESS');
  });

  it('moves what its filter selects', () => {
    const { at, tier } = makeTiered(big.size, { Prefix: 'b' });
    at('400');
    expect(tier()).toBeUndefined();
  });
});
