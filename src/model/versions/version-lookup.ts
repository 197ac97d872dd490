import { S3Error } from '../../refusals/s3-error';
import { writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import type { Store } from '../store';
import type { Version } from './version';
import { newest } from './version-stacks';

export function versionIdOf(
  store: Pick<Store, 'versionIds'>,
  { explicitId, sequence }: Pick<Version, 'explicitId' | 'sequence'>,
): string {
  return explicitId ?? store.versionIds.writeId(sequence);
}

export function findVersion(
  store: Pick<Store, 'versionIds'>,
  { versions }: Bucket,
  key: string,
  versionId: string,
): Version | undefined {
  if (versionId === 'null') return versions.nullVersion(key);
  const sequence = findSequence(store, versions, key, versionId);
  const version = sequence === undefined ? undefined : versions.at(key, sequence);
  return version && versionIdOf(store, version) === versionId ? version : undefined;
}

/** Finds the sequence, also of a version that was removed. */
export function findSequence(
  store: Pick<Store, 'versionIds'>,
  versions: Bucket['versions'],
  key: string,
  versionId: string,
): number | undefined {
  return versions.sequenceOfExplicitId(key, versionId) ?? store.versionIds.readSequence(versionId);
}

export const emptyId = 'the version id is empty; leave it out to name the current version';

/** What JavaScript writes for a value that the code has not set. */
const writtenUnset = /^(?:undefined|NaN|\[object \w+\])$/;

export function checkVersionId(
  store: Store,
  bucket: Bucket,
  versionId: string | undefined,
  ArgumentName = 'versionId',
): void {
  if (versionId === undefined) return;
  if (versionId === '') throw new S3Error('VersionIdEmpty', { ArgumentName }, emptyId);
  if (isIssuedVersionId(store, bucket, versionId)) return;
  const cure =
    explainUnset(bucket, versionId) ?? 'take the id from the answer to a write or from a listing of versions';
  const why = `${ArgumentName} ${writeKey(versionId)} is not an id that S3 issued; ${cure}`;
  throw new S3Error('VersionIdInvalid', { ArgumentName, ArgumentValue: versionId }, why);
}

/** Says why a version id that the code read is not set. Without versioning, no answer to a write has one. */
export function explainUnset({ name, versioning }: Bucket, versionId: string): string | undefined {
  if (!writtenUnset.test(versionId)) return undefined;
  const unset = 'the code wrote a value that is not set into the request';
  return versioning.Status === undefined
    ? `${unset}: bucket '${name}' has no versioning, so no answer to a write has a VersionId; leave the version id out, or enable versioning first`
    : `${unset}; leave the version id out to name the current version`;
}

export function isIssuedVersionId(store: Store, { versions }: Bucket, versionId: string): boolean {
  if (versionId === 'null' || versions.isExplicitId(versionId)) return true;
  const sequence = store.versionIds.readSequence(versionId);
  return sequence !== undefined && sequence < store.sequence;
}

export const gone = 'was issued, but is gone';

/** The most versions that are searched, since each entry of a batch can need a search. */
const searched = 1000;

export function whereIsVersion(store: Store, bucket: Bucket, versionId: string): string {
  return store.unobserved(() => findPlaceOfVersion(store, bucket, versionId));
}

function findPlaceOfVersion(store: Store, bucket: Bucket, versionId: string): string {
  if (!isIssuedVersionId(store, bucket, versionId)) return 'was never issued';
  const others = [...store.buckets.values()].filter((one) => one !== bucket);
  if ([bucket, ...others].reduce((sum, { versions }) => sum + versions.size, 0) > searched)
    return 'was issued, but is gone or belongs to another key';
  const sequence = store.versionIds.readSequence(versionId);
  const key = findKey(bucket, (one) => (one.explicitId ?? (one.sequence === sequence && versionId)) === versionId);
  if (key !== undefined) return `belongs to ${writeKey(key)}`;
  for (const other of others) {
    // An id that a test gave may be given in each bucket.
    const found = findKey(other, (one) => one.sequence === sequence && (one.explicitId ?? versionId) === versionId);
    if (found !== undefined) return `belongs to ${writeKey(found)} of bucket '${other.name}'`;
  }
  return gone;
}

function findKey({ versions }: Bucket, matches: (version: Version) => boolean): string | undefined {
  for (const version of versions.from({ sortKey: '', sequence: newest })) if (matches(version)) return version.key;
  return undefined;
}

/**
 * Whether a request reaches a part of S3 that knows of the versioning. At first no part does. The chance grows evenly, until all parts know
 * it (F169).
 */
export function knowsOfVersioning({ clock, ids, propagation }: Store, bucket: Bucket): boolean {
  const { firstEnabled } = bucket.settings;
  // A bucket with object lock has versions from the first moment on.
  if (firstEnabled === undefined || propagation === 0 || bucket.objectLock) return true;
  const passed = clock.now() - firstEnabled.at;
  if (passed >= propagation) return true;
  // Each request takes the next number, so their order decides which of them reaches such a part.
  bucket.report('chance', true);
  return ids.fraction('propagation') * propagation < passed;
}

export function isVisible(store: Store, bucket: Bucket, { sequence }: Version): boolean {
  const { firstEnabled } = bucket.settings;
  return firstEnabled === undefined || sequence < firstEnabled.sequence || knowsOfVersioning(store, bucket);
}
