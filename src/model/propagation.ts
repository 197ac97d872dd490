import type { Bucket } from './bucket';
import type { Store } from './store';
import type { Version } from './versions/version';

/**
 * At first no part of S3 knows that versioning was enabled; the chance that a request reaches one that does grows evenly with time, until all do
 * (F169).
 */
export function knowsOfVersioning({ clock, ids, propagation }: Store, bucket: Bucket): boolean {
  const { firstEnabled } = bucket.settings;
  // A bucket with object lock has versions from the first moment on.
  if (firstEnabled === undefined || propagation === 0 || bucket.objectLock) return true;
  const passed = clock.now() - firstEnabled.at;
  return passed >= propagation || ids.fraction('propagation') * propagation < passed;
}

/** A version that was written after versioning was enabled may be missing until all of S3 knows of versioning. */
export function isVisible(store: Store, bucket: Bucket, { sequence }: Version): boolean {
  const { firstEnabled } = bucket.settings;
  return firstEnabled === undefined || sequence < firstEnabled.sequence || knowsOfVersioning(store, bucket);
}
