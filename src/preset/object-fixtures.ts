import { dialects } from '../dialects';
import { isCosLocation } from '../formats/regions';
import type { Bucket } from '../model/bucket';
import type { Account } from '../model/identity/account';
import { problemOfKey } from '../model/object-keys';
import { lockAtCreation } from '../model/object-lock';
import { protectionAtCreation } from '../model/protection';
import { expectDue } from '../model/schedule/next-due';
import type { Store } from '../model/store';
import type { VersioningStatus } from '../model/versioning';
import { sortKeyOf } from '../model/versions/sort-key';
import type { Version } from '../model/versions/version';
import { findVersion } from '../model/versions/version-lookup';
import { invalidValue } from '../text/invalid-value';
import { itemsOf } from '../text/lists';
import { isRecord } from '../text/value-kinds';
import { writeKey } from '../text/values';
import { bucketEncryption, defaultEncryption } from './encryption';
import { checkAgainstObjectLock } from './object-lock';
import { checkAgainstPolicy } from './protection';
import { checkAgainstReplication } from './replication';
import {
  type ReadVersion,
  readVersion,
  type VersionContext,
  type VersionDetails,
  type VersionFixture,
} from './version-fixture';

/**
 * The objects of a bucket: under each key its versions, oldest first, or its one version.
 *
 * @example
 * const objects: ObjectFixtures = {
 *   'report.pdf': ['first', 'second', deleteMarker],
 *   'notes.txt': { body: 'old', versionId: 'null', lastModified: '2024-01-31', metadata: { author: 'ann' } },
 * };
 */
export type ObjectFixtures = Readonly<Record<string, VersionFixture | readonly VersionFixture[]>>;

/** The settings of a bucket on which its objects depend. */
interface BucketTraits {
  readonly name: string;
  readonly owner: Account;
  readonly status: VersioningStatus | undefined;
  readonly location: string | undefined;
  readonly region: string | undefined;
  readonly objectLock: boolean;
  /** Its retention policy of IBM COS, if it has one. */
  readonly policy: unknown;
}

/** A key and its checked versions, oldest first. */
interface ReadKey {
  readonly key: string;
  readonly versions: readonly ReadVersion[];
}

/** Reads the objects of a literal. Objects that S3 cannot store are a TypeError that says what to write instead. */
export function readObjects(store: Store, traits: BucketTraits, objects: ObjectFixtures): readonly ReadKey[] {
  const bucket = `bucket '${traits.name}'`;
  if (!isRecord(objects)) {
    throw invalidValue(
      bucket,
      'objects',
      objects,
      "an object with the versions of each key, such as { 'report.pdf': ['first', 'second'] }",
    );
  }
  return Object.entries(objects).map(([key, fixture]) => {
    checkKey(traits.name, key);
    const at = labelOfKey(traits.name, key);
    const fixtures: readonly VersionFixture[] = Array.isArray(fixture) ? itemsOf(fixture) : [fixture];
    const versions = fixtures.map((one, index) => {
      const place = fixtures.length === 1 ? at : `${at}, version ${index + 1} of ${fixtures.length}`;
      const version = readVersion(one, versionContext(store, traits, place));
      checkAgainstBucket(place, traits, version);
      return version;
    });
    checkStack(at, traits.status, versions);
    return { key, versions };
  });
}

/** The label of a key in messages: `bucket 'vault', key 'a'`. */
export function labelOfKey(bucket: string, key: string): string {
  return `bucket '${bucket}', key ${writeKey(key)}`;
}

/** Throws a TypeError for a key that S3 does not allow. */
export function checkKey(bucket: string, key: string): void {
  checkKeyIsText(bucket, key);
  const problem = problemOfKey(key);
  if (problem !== undefined) throw new TypeError(`bucket '${bucket}': invalid key ${writeKey(key)}: ${problem}`);
}

/** Throws a TypeError for a key that is not a text: no object has it. */
export function checkKeyIsText(bucket: string, key: unknown): void {
  if (typeof key !== 'string') throw invalidValue(`bucket '${bucket}'`, 'key', key, 'a string');
}

/** The context in which a version of a bucket is read. */
export function versionContext(
  store: Store,
  { location, region, owner }: Pick<BucketTraits, 'location' | 'region' | 'owner'>,
  at: string,
): VersionContext {
  const isOfCos = isCosLocation(location ?? '');
  const { restores } = dialects[isOfCos ? 'ibm-cos' : 'aws'];
  const encryption = defaultEncryption(isOfCos);
  return { at, store, bucketOwner: owner, region, now: store.clock.now(), encryption, restores };
}

/** The context in which an object is written to a bucket that may say how it is encrypted. */
export function writeContext(store: Store, bucket: Bucket, at: string, { encryption }: VersionDetails): VersionContext {
  const context = versionContext(store, bucket, at);
  if (encryption !== undefined || isCosLocation(bucket.location ?? '')) return context;
  return { ...context, encryption: bucketEncryption(at, bucket, store) };
}

/** Throws a TypeError if a version has what no version of its bucket has. */
export function checkAgainstBucket(
  at: string,
  { status, objectLock, policy }: Pick<BucketTraits, 'status' | 'objectLock' | 'policy'>,
  version: ReadVersion,
): void {
  checkAgainstVersioning(at, status, version);
  checkAgainstObjectLock(at, objectLock, version.lock);
  checkAgainstPolicy(at, policy, version.protection);
  checkAgainstReplication(at, status, version.replication);
}

/** Throws a TypeError if versioning was never set and a version needs it. */
function checkAgainstVersioning(at: string, status: VersioningStatus | undefined, version: ReadVersion): void {
  if (status !== undefined) return;
  const remedy = "or give versioning 'Enabled' or 'Suspended' beside objects.";
  if (version.content === undefined)
    throw new TypeError(
      `${at}: it is a delete marker, but versioning was never set, and S3 then deletes permanently. Leave it out, ${remedy}`,
    );
  if (version.id !== undefined && version.id !== 'null')
    throw new TypeError(
      `${at}: its version id is '${version.id}', but versioning was never set, and S3 then has the null version only. Leave it out, ${remedy}`,
    );
}

function checkStack(at: string, status: VersioningStatus | undefined, versions: readonly ReadVersion[]): void {
  if (status === undefined && versions.length > 1)
    throw new TypeError(
      `${at}: it has ${versions.length} versions, but versioning was never set, and S3 then keeps the last one only. Give that one, or give versioning 'Enabled' or 'Suspended' beside objects.`,
    );
  const nulls = versions.filter(({ id }) => id === 'null').length;
  if (nulls > 1)
    throw new TypeError(
      `${at}: it has ${nulls} null versions, and a key has one at most. Give the others ids of their own, or none.`,
    );
  const ids = versions.flatMap(({ id }) => (id === undefined || id === 'null' ? [] : [id]));
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined)
    throw new TypeError(
      `${at}: the version id '${twice}' is given twice. Give each version an id of its own, or none.`,
    );
  checkWriteNumbers(at, versions);
}

function checkWriteNumbers(at: string, versions: readonly ReadVersion[]): void {
  const numbers = versions.flatMap(({ writeNumber }) => writeNumber ?? []);
  if (numbers.length === 0) return;
  if (numbers.length < versions.length)
    throw new TypeError(`${at}: only some of its versions have a writeNumber. Give one to all of them, or to none.`);
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0)))
    throw invalidValue(at, 'writeNumbers', numbers, 'greater ones for later versions');
}

/** Writes the versions, oldest first. A version without an id gets one, unless versioning was never set. */
export function addObjects(store: Store, bucket: Bucket, keys: readonly ReadKey[]): void {
  const known = keys.flatMap(({ versions }) => versions.map(({ id }) => id));
  passIds(store, known);
  const byDefault = bucket.versioning.Status === undefined ? 'null' : undefined;
  for (const { key, versions } of keys) {
    for (const version of versions) writeVersion(store, bucket, key, { ...version, id: version.id ?? byDefault });
  }
}

/** Writes an object as the bucket's versioning, default retention and retention policy require. Throws a TypeError if a version of the key has its id. */
export function writeObject(
  store: Store,
  bucket: Bucket,
  { at, key }: { readonly at: string; readonly key: string },
  read: ReadVersion,
): Version {
  const { id = bucket.versioning.Status === 'Enabled' ? undefined : 'null' } = read;
  if (id !== undefined && id !== 'null' && findVersion(store, bucket, key, id))
    throw new TypeError(`${at}: there is already a version '${id}' of it. Give another id, or none.`);
  const lock = lockAtCreation(bucket, read.lock, read.created);
  const protection = read.protection ?? protectionAtCreation(bucket.settings.protection, undefined);
  return store.transaction(() => writeVersion(store, bucket, key, { ...read, id, lock, protection }));
}

/** Writes a version on top of its key's stack. */
function writeVersion(store: Store, bucket: Bucket, key: string, given: ReadVersion): Version {
  const { id: explicitId, writeNumber, ...read } = given;
  passIds(store, [explicitId]);
  store.passSequence(writeNumber);
  const sequence = writeNumber ?? store.nextSequence();
  const written = { key, sortKey: sortKeyOf(key), sequence, explicitId, ...read };
  const { content, restore } = written;
  bucket.versions.add(written);
  expectDue(store, restore?.isOngoing ? restore.ready : restore?.expires);
  bucket.noteChange(key, content === undefined ? 'delete' : 'put');
  return written;
}

/** Excludes ids from those that are generated: toJSON may have written ids of the same seed. */
function passIds(store: Store, ids: readonly (string | undefined)[]): void {
  for (const id of ids) store.passSequence(id === undefined ? undefined : store.versionIds.sequenceOf(id));
}
