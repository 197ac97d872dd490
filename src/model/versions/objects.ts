import { S3Error } from '../../refusals/s3-error';
import type { Bucket } from '../bucket';
import { type Lock, lockAtCreation } from '../object-lock';
import { knowsOfVersioning } from '../propagation';
import type { Store } from '../store';
import type { Tag } from '../tagging';
import { keyOrder } from './key-order';
import { type Content, isObject, type ObjectVersion, type Version } from './version';

/** What a delete did: the version that it left or took, and whether that is a delete marker. */
export interface Deletion {
  /** Undefined where versioning was never set and no version was named. */
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

/** What a new version is made of. */
export interface NewVersion {
  readonly key: string;
  readonly content: Content;
  readonly tags: readonly Tag[];
  /** What the write asks for; what it leaves open is the bucket's default (F106). */
  readonly lock?: Lock | undefined;
}

/** What of a store a write goes by. */
export type WriteOrder = Pick<Store, 'clock' | 'versionIds' | 'nextSequence'>;

/** The id of a version, as answers tell it. */
export function versionIdOf(store: Pick<Store, 'versionIds'>, { givenId, sequence }: Version): string {
  return givenId ?? store.versionIds.idOf(sequence);
}

/**
 * Writes a version on top of its key's stack. While versioning is not Enabled, or S3 does not know yet that it is, that is the null
 * version, and a key has one at most, so that it takes the place of an older one (F51).
 */
export function putVersion(
  store: Store,
  bucket: Bucket,
  { content, ...version }: NewVersion,
  created = store.clock.now(),
): ObjectVersion {
  const lock = lockAtCreation(bucket, version.lock, created);
  const givenId = knowsOfVersioning(store, bucket) ? idWithoutVersioning(bucket) : 'null';
  return { ...addVersion(store, bucket, { ...version, content, lock, givenId }, created), content };
}

function addVersion(
  store: WriteOrder,
  bucket: Bucket,
  { key, content, tags, lock, givenId }: Pick<Version, 'key' | 'content' | 'tags' | 'lock' | 'givenId'>,
  created = store.clock.now(),
): Version {
  if (givenId === 'null') removeNullVersion(bucket, key);
  const version: Version = {
    key,
    order: keyOrder(key),
    sequence: store.nextSequence(),
    created,
    givenId,
    content,
    tags,
    lock,
  };
  bucket.versions.add(version);
  bucket.noteChange(key, content === undefined ? 'delete' : 'put');
  return version;
}

function idWithoutVersioning({ versioning }: Bucket): 'null' | undefined {
  return versioning.Status === 'Enabled' ? undefined : 'null';
}

function removeNullVersion({ versions }: Bucket, key: string): void {
  const old = versions.nullVersion(key);
  if (old) versions.remove(old);
}

/** Deletes a key as the bucket's versioning has it: for good where that was never set, and with a delete marker on top otherwise. */
export function deleteKey(store: WriteOrder, bucket: Bucket, key: string, at = store.clock.now()): Deletion {
  if (bucket.versioning.Status === undefined) {
    removeNullVersion(bucket, key);
    bucket.noteChange(key, 'delete');
    return { versionId: undefined, deleteMarker: false };
  }
  const marker = addVersion(
    store,
    bucket,
    { key, content: undefined, tags: [], lock: undefined, givenId: idWithoutVersioning(bucket) },
    at,
  );
  return { versionId: versionIdOf(store, marker), deleteMarker: true };
}

/** Takes one version away for good. One that is gone already, or is another key's, is deleted all the same (F54). */
export function deleteVersion(store: Store, bucket: Bucket, key: string, versionId: string): Deletion {
  const version = findVersion(store, bucket, key, versionId);
  if (!version) return { versionId, deleteMarker: false };
  removeVersion(bucket, version);
  return { versionId, deleteMarker: !isObject(version) };
}

/** Takes a version that is there away for good. */
export function removeVersion(bucket: Bucket, version: Version): void {
  const wasCurrent = bucket.versions.current(version.key)?.sequence === version.sequence;
  bucket.versions.remove(version);
  if (wasCurrent) bucket.noteChange(version.key, 'delete');
}

/** The version of a key with an id, or undefined. */
export function findVersion(store: Store, { versions }: Bucket, key: string, versionId: string): Version | undefined {
  if (versionId === 'null') return versions.nullVersion(key);
  const sequence = sequenceOfId(store, versions, key, versionId);
  const version = sequence === undefined ? undefined : versions.at(key, sequence);
  return version && versionIdOf(store, version) === versionId ? version : undefined;
}

/** The place in write order that a key's version id stands for, be its version there or gone; undefined for one that names none. */
export function sequenceOfId(
  store: Store,
  versions: Bucket['versions'],
  key: string,
  versionId: string,
): number | undefined {
  return versions.sequenceOfGivenId(key, versionId) ?? store.versionIds.sequenceOf(versionId);
}

/** Throws what S3 says to text that is no version id of its own (F50). */
export function checkVersionId(
  store: Store,
  bucket: Bucket,
  versionId: string | undefined,
  ArgumentName = 'versionId',
): void {
  if (versionId === undefined) return;
  if (versionId === '') throw new S3Error('VersionIdEmpty', { ArgumentName });
  if (!isIssued(store, bucket, versionId))
    throw new S3Error('VersionIdInvalid', { ArgumentName, ArgumentValue: versionId });
}

/** Whether S3 ever gave out such an id. */
export function isIssued(store: Store, { versions }: Bucket, versionId: string): boolean {
  if (versionId === 'null' || versions.isGivenId(versionId)) return true;
  const sequence = store.versionIds.sequenceOf(versionId);
  return sequence !== undefined && sequence < store.sequence;
}
