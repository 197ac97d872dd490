import { isCosLocation } from '../../formats/regions';
import type { Acl } from '../access/grants';
import type { Bucket } from '../bucket';
import { type AskedProtection, checkUnprotected, protectionAtCreation } from '../protection';
import type { Store } from '../store';
import { makeSortKey } from './sort-key';
import { freezeVersion, isObject, type ObjectContent, type ObjectVersion, type Version } from './version';
import type { VersionIdForm } from './version-id';
import { findVersion, knowsOfVersioning, versionIdOf } from './version-lookup';

interface Deletion {
  /** Is undefined if versioning was never set and the request named no version. */
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

type NewParts = Pick<Version, 'key' | 'content' | 'tags' | 'lock' | 'acl' | 'protection' | 'annotations'>;

interface NewVersion extends Omit<NewParts, 'protection'> {
  readonly content: ObjectContent;
  readonly created?: number | undefined;
  readonly protection?: AskedProtection | undefined;
  /** The form in which the service of the request writes ids. */
  readonly idForm?: VersionIdForm | undefined;
}

export type WriteOrder = Pick<Store, 'clock' | 'versionIds' | 'nextSequence' | 'versionIdForm'>;

/** A write that began earlier. Its version gets the place that was taken then (F84). */
interface BegunWrite extends Pick<Version, 'sequence' | 'created'> {
  readonly isNullDeleted: boolean;
}

/**
 * A key has at most one null version, so that a new one replaces an older one (F51); if a later one was written or deleted since the write
 * began, the version is not stored (F84).
 */
export function putVersion(
  store: Store,
  bucket: Bucket,
  { protection: wanted, created: now = store.clock.now(), ...parts }: NewVersion,
  begun?: BegunWrite,
): ObjectVersion {
  const created = begun?.created ?? now;
  const { protection: policy } = bucket.settings;
  if (policy) checkUnprotected(bucket.versions.nullVersion(parts.key), store.clock.now());
  const protection = protectionAtCreation(policy, wanted);
  const explicitId = knowsOfVersioning(store, bucket) ? idWithoutVersioning(bucket) : 'null';
  return addVersion(store, bucket, { ...parts, protection, explicitId }, { created, begun });
}

function addVersion<Content extends ObjectContent | undefined>(
  store: WriteOrder,
  bucket: Bucket,
  parts: NewParts & Pick<Version, 'explicitId'> & Pick<NewVersion, 'idForm'> & { readonly content: Content },
  { created, begun }: { readonly created: number; readonly begun?: BegunWrite | undefined },
): Version & { readonly content: Content } {
  const { key, content, tags, lock, acl, protection, annotations, idForm } = parts;
  const sequence = begun?.sequence ?? store.nextSequence();
  const explicitId = parts.explicitId ?? makeExplicitId(store, bucket, { sequence, created }, idForm);
  const usual = { key, sortKey: makeSortKey(key), sequence, created, explicitId, content, tags, lock, acl };
  const written = { ...usual, ...(protection && { protection }), ...(annotations && { annotations }) };
  if (begun && isOvertaken(bucket, written, begun)) {
    freezeVersion(written);
    bucket.noteOvertaken(written);
    return written;
  }
  bucket.versions.add(written);
  return written;
}

function isOvertaken({ versions }: Bucket, { key, explicitId, sequence }: Version, begun: BegunWrite): boolean {
  if (explicitId !== 'null') return false;
  const present = versions.nullVersion(key);
  return begun.isNullDeleted || (present !== undefined && present.sequence > sequence);
}

function idWithoutVersioning({ versioning }: Bucket): 'null' | undefined {
  return versioning.Status === 'Enabled' ? undefined : 'null';
}

/** Returns the id of a version of IBM COS, which is stored with it; undefined for AWS, whose ids follow from the number of the write. */
export function makeExplicitId(
  { versionIds, versionIdForm }: Pick<Store, 'versionIds' | 'versionIdForm'>,
  { region, location }: Pick<Bucket, 'region' | 'location'>,
  { sequence, created }: Pick<Version, 'sequence' | 'created'>,
  idForm: VersionIdForm = 'opaque',
): string | undefined {
  const ofEither = location === undefined && region === undefined;
  const isUuid = idForm === 'uuid' || isCosLocation(location ?? '') || (ofEither && versionIdForm === 'uuid');
  return isUuid ? versionIds.writeUuid(sequence, created) : undefined;
}

interface DeletionDetails {
  readonly at?: number | undefined;
  /** The owner of a delete marker, if that is not the owner of the bucket. */
  readonly acl?: Acl | undefined;
  readonly idForm?: VersionIdForm | undefined;
}

/** Deletes a key: permanently if versioning was never set, otherwise with a delete marker on top. */
export function deleteKey(
  store: WriteOrder,
  bucket: Bucket,
  key: string,
  { at = store.clock.now(), acl, idForm }: DeletionDetails = {},
): Deletion {
  if (bucket.versioning.Status === undefined) {
    const version = bucket.versions.nullVersion(key);
    if (version) bucket.versions.remove(version);
    else bucket.noteDeletionOfNothing(key);
    bucket.noteNullDeletion(key);
    return { versionId: undefined, deleteMarker: false };
  }
  const marker = addVersion(
    store,
    bucket,
    { key, content: undefined, tags: [], lock: undefined, acl, explicitId: idWithoutVersioning(bucket), idForm },
    { created: at },
  );
  return { versionId: versionIdOf(store, marker), deleteMarker: true };
}

/** S3 answers the same for a version that does not exist or belongs to another key (F54). */
export function deleteVersion(store: Store, bucket: Bucket, key: string, versionId: string): Deletion {
  const version = findVersion(store, bucket, key, versionId);
  if (!version) return { versionId, deleteMarker: false };
  removeVersion(bucket, version);
  return { versionId, deleteMarker: !isObject(version) };
}

export function removeVersion(bucket: Bucket, version: Version): void {
  bucket.versions.remove(version);
  if (version.explicitId === 'null') bucket.noteNullDeletion(version.key);
}
