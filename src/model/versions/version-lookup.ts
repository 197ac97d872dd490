import { S3Error } from '../../refusals/s3-error';
import type { Bucket } from '../bucket';
import type { Store } from '../store';
import type { Version } from './version';

/** The id of a version in S3's answers. */
export function versionIdOf(store: Pick<Store, 'versionIds'>, { explicitId, sequence }: Version): string {
  return explicitId ?? store.versionIds.idOf(sequence);
}

/** The version of a key with an id; undefined if the key has no such version. */
export function findVersion(store: Store, { versions }: Bucket, key: string, versionId: string): Version | undefined {
  if (versionId === 'null') return versions.nullVersion(key);
  const sequence = sequenceOfId(store, versions, key, versionId);
  const version = sequence === undefined ? undefined : versions.at(key, sequence);
  return version && versionIdOf(store, version) === versionId ? version : undefined;
}

/** The number of the write that a version id of a key was made for, even if the version is removed; undefined for any other text. */
export function sequenceOfId(
  store: Store,
  versions: Bucket['versions'],
  key: string,
  versionId: string,
): number | undefined {
  return versions.sequenceOfExplicitId(key, versionId) ?? store.versionIds.sequenceOf(versionId);
}

/** Throws if a text is not a version id that S3 issued (F50). */
export function checkVersionId(
  store: Store,
  bucket: Bucket,
  versionId: string | undefined,
  ArgumentName = 'versionId',
): void {
  if (versionId === undefined) return;
  if (versionId === '') throw new S3Error('VersionIdEmpty', { ArgumentName });
  if (!isIssuedVersionId(store, bucket, versionId))
    throw new S3Error('VersionIdInvalid', { ArgumentName, ArgumentValue: versionId });
}

/** Whether S3 issued a version id. */
export function isIssuedVersionId(store: Store, { versions }: Bucket, versionId: string): boolean {
  if (versionId === 'null' || versions.isExplicitId(versionId)) return true;
  const sequence = store.versionIds.sequenceOf(versionId);
  return sequence !== undefined && sequence < store.sequence;
}
