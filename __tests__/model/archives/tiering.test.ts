import { describe, expect, it } from '@jest/globals';
import { noteAccess } from '../../../src/model/archives/tiering';
import type { ObjectVersion } from '../../../src/model/versions/version';
import { big, makeScene } from '../../support/lifecycle-scene';

function makeTiered(size: number = big.size, Filter = {}) {
  const scene = makeScene('Enabled');
  const Tierings = [
    { AccessTier: 'ARCHIVE_ACCESS', Days: 90 },
    { AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 },
  ] as const;
  scene.put('old', { size, storageClass: 'INTELLIGENT_TIERING' });
  scene.bucket.change({ intelligentTiering: [{ Id: 'cold', Status: 'Enabled', Filter, Tierings }] });
  const current = () => scene.bucket.versions.current('a') as ObjectVersion; // the scene wrote it
  return { ...scene, current, tier: () => current().accessTier };
}

// F812
describe('S3 Intelligent-Tiering', () => {
  it('moves an object that nobody read at the midnight after its days, once into each tier', () => {
    const { at, tier, actions } = makeTiered();
    at('105 23:59');
    expect(tier()).toBeUndefined();
    at('106');
    expect(tier()).toBe('ARCHIVE_ACCESS');
    at('400');
    expect(tier()).toBe('DEEP_ARCHIVE_ACCESS');
    expect(actions.map(({ action, rule }) => [action, rule])).toEqual([
      ['archive', 'cold'],
      ['archive', 'cold'],
    ]);
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

  it('moves what its filter selects', () => {
    const { at, tier } = makeTiered(big.size, { Prefix: 'b' });
    at('400');
    expect(tier()).toBeUndefined();
  });
});
