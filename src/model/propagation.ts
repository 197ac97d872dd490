import type { Bucket } from './bucket';
import type { Store } from './store';
import type { Version } from './versions/version';

/** When versioning was enabled for the first time: the moment, and the number of the write that came next. */
export interface Enabling {
  readonly at: number;
  readonly sequence: number;
}

/** Changes a bucket's versioning, and remembers when that was enabled for the first time. */
export function enabling({ clock, sequence }: Store, bucket: Bucket, change: () => void): void {
  const isFirst = bucket.versioning.Status === undefined;
  change();
  if (isFirst && bucket.versioning.Status === 'Enabled') bucket.enabling = { at: clock.now(), sequence };
}

/**
 * Whether the part of S3 that a request meets knows that versioning was enabled. At first none does; as time goes on the chance grows
 * evenly, until all do (F169).
 */
export function knowsOfVersioning(
  { clock, ids, propagation }: Store,
  { enabling: begun, objectLock }: Bucket,
): boolean {
  // What is locked has versions from the first moment on.
  if (begun === undefined || propagation === 0 || objectLock) return true;
  const passed = clock.now() - begun.at;
  return passed >= propagation || ids.fraction('propagation') * propagation < passed;
}

/** Whether a read by key finds what was written: what was, after versioning was enabled, may be missing until all of S3 knows of that. */
export function findsVersion(store: Store, bucket: Bucket, { sequence }: Version): boolean {
  const { enabling: begun } = bucket;
  return begun === undefined || sequence < begun.sequence || knowsOfVersioning(store, bucket);
}
