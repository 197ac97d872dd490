import { inspect } from 'node:util';
import type { Bucket } from '../model/bucket';
import { lockAtCreation } from '../model/object-lock';
import type { Store } from '../model/store';
import type { MfaDeleteStatus, VersioningStatus } from '../model/versioning';
import { listCurrentObjects } from '../model/versions/listing';
import { findVersion } from '../model/versions/version-lookup';
import { deleteKey } from '../model/versions/writes';
import { S3MockError } from '../s3-mock-error';
import { checkMembers, quotedKey } from '../text/members';
import { checkVersioning } from './bucket-fixture';
import {
  checkLifecycleWithMfaDelete,
  type LifecycleFixture,
  type LifecycleState,
  lifecycleState,
  readLifecycle,
} from './lifecycle';
import { checkAgainstVersioning, placeOf, surroundings, writeVersion } from './object-fixtures';
import { checkAgainstObjectLock, type ObjectLockFixture, objectLockOf, readObjectLock } from './object-lock';
import {
  type ObjectHandle,
  objectHandle,
  type StoredDeleteMarker,
  type StoredObject,
  type StoredVersion,
  storedObject,
  storedVersions,
} from './version-copies';
import { type BodyFixture, detailMembers, readObject, type VersionDetails } from './version-fixture';
import { drawBucket } from './version-picture';

/**
 * A bucket as a test looks at it and sets it up, past the wire and its rules. It finds its bucket by name, so it lives on when the
 * bucket is made anew.
 */
export class BucketHandle {
  /** The bucket's name. */
  readonly name: string;
  readonly #store: Store;
  readonly #find: () => Bucket;
  readonly #requests: Iterable<unknown>;

  /** @internal */
  constructor(name: string, store: Store, find: () => Bucket, requests: Iterable<unknown>) {
    this.name = name;
    this.#store = store;
    this.#find = find;
    this.#requests = requests;
  }

  /**
   * All requests that came to the mock; a failing matcher shows those that made the bucket what it is.
   * @internal
   */
  get requests(): Iterable<unknown> {
    return this.#requests;
  }

  /** `undefined` where versioning was never set. */
  get versioning(): VersioningStatus | undefined {
    return this.#find().versioning.Status;
  }

  set versioning(status: VersioningStatus | undefined) {
    const bucket = this.#find();
    if (status === undefined && bucket.versioning.Status !== undefined) {
      throw new TypeError(`bucket '${this.name}': versioning cannot be unset, on S3 neither. Make another bucket.`);
    }
    checkVersioning(this.name, {
      versioning: status,
      mfaDelete: bucket.versioning.MFADelete,
      objectLock: bucket.objectLock,
    });
    bucket.change({ versioning: { ...bucket.versioning, Status: status } });
  }

  /** `undefined` until MFA Delete is set for the first time. */
  get mfaDelete(): MfaDeleteStatus | undefined {
    return this.#find().versioning.MFADelete;
  }

  set mfaDelete(status: MfaDeleteStatus | undefined) {
    const bucket = this.#find();
    if (status === undefined && bucket.versioning.MFADelete !== undefined) {
      throw new TypeError(`bucket '${this.name}': mfaDelete cannot be unset, on S3 neither. Give 'Disabled'.`);
    }
    checkVersioning(this.name, {
      versioning: bucket.versioning.Status,
      mfaDelete: status,
      objectLock: bucket.objectLock,
    });
    checkLifecycleWithMfaDelete(this.name, bucket.lifecycle !== undefined, status);
    bucket.change({ versioning: { ...bucket.versioning, MFADelete: status } });
  }

  /**
   * Its lifecycle rules; `undefined` where it has none. What is due already is done at the next midnight UTC that the mock's clock passes.
   *
   * @example
   * s3.bucket('vault').lifecycle = {
   *   rules: [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
   * };
   */
  get lifecycle(): LifecycleState | undefined {
    const { lifecycle } = this.#find();
    return lifecycle && lifecycleState(lifecycle);
  }

  set lifecycle(fixture: LifecycleFixture | undefined) {
    const bucket = this.#find();
    const { name, location, versioning } = bucket;
    const around = { name, location, mfaDelete: versioning.MFADelete, ids: this.#store.ids };
    bucket.change({ lifecycle: fixture && readLifecycle(fixture, around) });
  }

  /** The region, undefined where the bucket answers at every host. */
  get region(): string | undefined {
    return this.#find().location ?? this.#find().region;
  }

  /** The id of the account that owns it. */
  get owner(): string {
    return this.#find().owner.id;
  }

  /**
   * Whether it has object lock, and what versions are given by default: `false`, `true`, or
   * `{ defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }`. Once on it stays on; versions that are there stay as they are.
   */
  get objectLock(): ObjectLockFixture {
    return objectLockOf(this.#find());
  }

  set objectLock(fixture: ObjectLockFixture) {
    const bucket = this.#find();
    const { objectLock, defaultRetention } = readObjectLock(`bucket '${this.name}'`, fixture);
    if (!objectLock && bucket.objectLock)
      throw new TypeError(
        `bucket '${this.name}': object lock cannot be taken off, on S3 neither. Make another bucket.`,
      );
    const { Status: versioning, MFADelete: mfaDelete } = bucket.versioning;
    checkVersioning(this.name, { versioning, mfaDelete, objectLock });
    bucket.change({ defaultRetention, ...(objectLock && { objectLock }) });
  }

  /**
   * The moment by the mock's clock, by which a matcher tells whether a lock still holds.
   * @internal
   */
  get now(): number {
    return this.#store.clock.now();
  }

  /**
   * Writes an object as the bucket's versioning has it: while that is Enabled a version on top, with a new id or the one given; else
   * the null version, unless an id is given. Where no retention is given it gets the bucket's default. TypeError for what S3 could not
   * hold.
   *
   * @example
   * s3.bucket('vault').put('report.pdf', 'first', { versionId: 'v1', lastModified: '2026-01-31T10:00:00Z' });
   */
  put(key: string, body: BodyFixture, details: VersionDetails = {}): StoredObject {
    const bucket = this.#find();
    const { name, location, versioning } = bucket;
    const at = placeOf(name, key);
    checkMembers(at, details, detailMembers);
    const read = readObject({ ...details, body }, surroundings(this.#store, { location }, at));
    checkAgainstVersioning(at, versioning.Status, read);
    checkAgainstObjectLock(at, bucket.objectLock, read.lock);
    const { id = versioning.Status === 'Enabled' ? undefined : 'null' } = read;
    if (id !== undefined && id !== 'null' && findVersion(this.#store, bucket, key, id))
      throw new TypeError(`${at}: there is a version '${id}' of it already. Give another id, or none.`);
    const version = writeVersion(this.#store, bucket, key, {
      ...read,
      id,
      lock: lockAtCreation(bucket, read.lock, read.created),
    });
    bucket.noteChange(key, 'put');
    return storedObject(this.#store, { ...version, content: read.content }, true);
  }

  /**
   * Deletes a key as the bucket's versioning has it: with a delete marker on top, which is returned, or, where versioning was never
   * set, for good.
   */
  delete(key: string): StoredDeleteMarker | undefined {
    const bucket = this.#find();
    placeOf(bucket.name, key);
    deleteKey(this.#store, bucket, key);
    const [current] = storedVersions(this.#store, bucket, key);
    return current?.deleteMarker ? current : undefined;
  }

  /** All versions and delete markers, or those of one key, in S3's order: by key, newest first. Frozen copies. */
  versions(key?: string): readonly StoredVersion[] {
    return Object.freeze([...storedVersions(this.#store, this.#find(), key)]);
  }

  /** The current version of a key; undefined where it has none or that is a delete marker. A frozen copy. */
  current(key: string): StoredObject | undefined {
    const version = this.#find().versions.currentObject(key);
    return version && storedObject(this.#store, version, true);
  }

  /** The current object of a key, which must be there; S3MockError with the keys of those that are, where it is not. */
  object(key: string): ObjectHandle {
    const bucket = this.#find();
    const version = bucket.versions.currentObject(key);
    if (version) return objectHandle(this.#store, version);
    const why = bucket.versions.current(key) ? ': its current version is a delete marker' : '';
    throw new S3MockError(
      'NO_SUCH_OBJECT',
      `there is no object ${quotedKey(key)} in bucket '${bucket.name}'${why}. There are: ${knownKeys(bucket)}.`,
    );
  }

  /** The bucket as text: its name and what is set on it, then its keys with their versions, newest first. */
  toString(): string {
    return drawBucket(this.#store, this.#find());
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

function knownKeys(bucket: Bucket): string {
  const page = { prefix: '', delimiter: '', after: '', limit: 20 };
  const { items, isTruncated } = listCurrentObjects(bucket, page);
  const keys = items.flatMap((item) => ('version' in item ? [quotedKey(item.version.key)] : []));
  return keys.length === 0 ? 'none' : `${keys.join(', ')}${isTruncated ? ', and more' : ''}`;
}

/** The handle of a bucket that must be there; S3MockError with the names of those that are, where it is not. */
export function bucketHandle(
  store: Store,
  name: string,
  settle: () => void,
  wasReset: () => boolean,
  requests: Iterable<unknown> = [],
): BucketHandle {
  const find = () => {
    settle();
    const bucket = store.buckets.get(name);
    if (bucket) return bucket;
    const known = [...store.buckets.keys()].map((one) => `'${one}'`).join(', ') || 'none';
    const reset = wasReset() ? ' The mock was reset since it began, which takes away what a test made.' : '';
    throw new S3MockError('NO_SUCH_BUCKET', `there is no bucket '${name}'. There are: ${known}.${reset}`);
  };
  find();
  return new BucketHandle(name, store, find, requests);
}
