import type { ObjectVersion } from '../versions/version';
import { intelligentTiering } from './restore';

/**
 * A version after lifecycle moved it into a storage class. Restores go on, and their copies stay (F807); the archive tiers belong to
 * INTELLIGENT_TIERING, and so does a restore without days.
 */
export function movedTo(version: ObjectVersion, storageClass: string, at: number): ObjectVersion {
  const { accessTier: _tier, accessed: _accessed, restore, ...others } = version;
  return {
    ...others,
    content: { ...version.content, storageClass },
    ...(restore?.days !== undefined && { restore }),
    ...(storageClass === intelligentTiering && { accessed: at }),
    moved: at,
  };
}
