import type { Bucket } from '../model/bucket';
import type { LegalHoldStatus } from '../model/object-lock';
import type { Store } from '../model/store';
import {
  type Encryption,
  isObject,
  type ObjectContent,
  type ObjectVersion,
  type Version,
} from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { newest } from '../model/versions/version-stacks';
import { closedObject } from '../text/closed-members';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { writeKey } from '../text/values';
import { type ObjectAclFixture, objectAclLiteral } from './acl';
import { annotationsLiteral } from './annotations';
import { type StoredRestore, storedArchive } from './archives';
import { type StoredRetention, storedLock } from './object-lock';
import { type StoredProtection, storedProtection } from './protection';
import { storedReplication } from './replication';
import { tagsLiteral } from './tagging';

/** The members that a version and a delete marker have in common. */
interface StoredFacts {
  /** The key of the object. */
  readonly key: string;
  /** Its id; `'null'` for the null version. */
  readonly versionId: string;
  /** Whether it is the current version of its key. */
  readonly isLatest: boolean;
  /** When it was written, by the mock's clock. */
  readonly lastModified: Date;
}

/** The members of an object beside its bytes. */
interface ObjectFacts extends StoredFacts {
  /** An object is not a delete marker. */
  readonly deleteMarker: false;
  /** Its size in bytes. */
  readonly size: number;
  /** Its ETag in quotes, as SDKs return it. */
  readonly etag: string;
  /** Its user metadata, names in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Its tags: key and value. */
  readonly tags: Readonly<Record<string, string>>;
  /** Its annotations: name and text. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Its media type; `binary/octet-stream` if a client sent none. */
  readonly contentType: string | undefined;
  /** Its encryption, under the names of AWS's SDKs. */
  readonly encryption: Encryption;
  /** Its storage class; `STANDARD` if a client sent none. */
  readonly storageClass: string;
  /** Its restore from the archive that its storage class is; undefined if nobody asked for one, and once it is over. */
  readonly restore: StoredRestore | undefined;
  /** The archive tier of an object in INTELLIGENT_TIERING; undefined in the tiers that are read at once. */
  readonly accessTier: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS' | undefined;
  /** Its ACL: the name of a canned one, or its grants, with `Owner` if that is not the bucket's owner; undefined if it is private. */
  readonly acl: ObjectAclFixture | undefined;
  /** Its retention, over or not; undefined if it was never set or was removed. */
  readonly retention: StoredRetention | undefined;
  /** Its legal hold; undefined if it was never set. */
  readonly legalHold: LegalHoldStatus | undefined;
  /** Its retention and legal holds of IBM COS; undefined if it was written to a bucket without a retention policy. */
  readonly protection: StoredProtection | undefined;
  /** The state of its replication; undefined if no rule copies it. Reads at AWS answer it as `x-amz-replication-status`, those at IBM COS do not. */
  readonly replicationStatus: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
}

/** A version that is an object, as it was at the time of the call: a frozen copy. */
export interface StoredObject extends ObjectFacts {
  /** Its bytes; `toString()` returns them as text. */
  readonly body: Buffer;
}

/** A delete marker, as it was at the time of the call: a frozen copy. */
export interface StoredDeleteMarker extends StoredFacts {
  readonly deleteMarker: true;
  /** The state of its replication; undefined if no rule copies it. No read answers it. */
  readonly replicationStatus?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
  readonly size?: undefined;
  readonly etag?: undefined;
  readonly body?: undefined;
  readonly metadata?: undefined;
  readonly tags?: undefined;
  readonly annotations?: undefined;
  readonly contentType?: undefined;
  readonly encryption?: undefined;
  readonly storageClass?: undefined;
  readonly restore?: undefined;
  readonly accessTier?: undefined;
  readonly acl?: undefined;
  readonly retention?: undefined;
  readonly legalHold?: undefined;
  readonly protection?: undefined;
}

/** A version or a delete marker; `deleteMarker` says which. */
export type StoredVersion = StoredObject | StoredDeleteMarker;

/**
 * The current object of a key, as it was at the time of the call.
 *
 * @example
 * expect(s3.bucket('vault').object('report.pdf').text()).toBe('second');
 */
export interface ObjectHandle extends StoredObject {
  /** Its bytes as text. */
  text(): string;
}

/** The names of the members of a version or delete marker. */
export const storedVersionNames: readonly string[] = [
  'key',
  'versionId',
  'isLatest',
  'deleteMarker',
  'lastModified',
  'size',
  'etag',
  'body',
  'metadata',
  'tags',
  'annotations',
  'contentType',
  'encryption',
  'storageClass',
  'restore',
  'accessTier',
  'acl',
  'retention',
  'legalHold',
  'protection',
  'replicationStatus',
] satisfies readonly (keyof StoredObject)[];

/** The versions of a bucket or of one of its keys in S3's order: by key, newest first. */
export function* storedVersions(store: Store, bucket: Bucket, key?: string): Generator<StoredVersion> {
  for (const [version, isLatest] of versionsInOrder(bucket, key)) yield storedVersion(store, bucket, version, isLatest);
}

/** The versions of the model in S3's order, and whether each is the current one. */
export function* versionsInOrder(
  { versions }: Bucket,
  key?: string,
): Generator<readonly [version: Version, isLatest: boolean]> {
  let last: string | undefined;
  for (const version of key === undefined ? versions.from({ sortKey: '', sequence: newest }) : versions.of(key)) {
    yield [version, version.sortKey !== last];
    last = version.sortKey;
  }
}

function storedVersion(store: Store, bucket: Bucket, version: Version, isLatest: boolean): StoredVersion {
  return isObject(version) ? storedObject(store, bucket, version, isLatest) : storedMarker(store, version, isLatest);
}

function storedMarker(store: Store, version: Version, isLatest: boolean): StoredDeleteMarker {
  const replicated = version.replication && storedReplication(version);
  return Object.freeze({ ...storedFacts(store, version, isLatest), deleteMarker: true, ...replicated });
}

/** An object with a copy of its bytes. */
export function storedObject(store: Store, bucket: Bucket, version: ObjectVersion, isLatest: boolean): StoredObject {
  return Object.freeze({ ...objectFacts(store, bucket, version, isLatest), body: Buffer.from(version.content.body) });
}

/** A current object whose bytes are copied only when they are read. */
export function objectHandle(store: Store, bucket: Bucket, version: ObjectVersion): ObjectHandle {
  let copy: Buffer | undefined;
  const members = {
    ...objectFacts(store, bucket, version, true),
    get body() {
      copy ??= Buffer.from(version.content.body);
      return copy;
    },
    text: () => Buffer.from(version.content.body).toString(),
  };
  const label = `object ${writeKey(version.key)}`;
  const handle = closedObject<ObjectHandle>(label, members);
  refuseFurtherArguments(handle, () => label, {
    text: [0, ([encoding]) => `no argument: it reads UTF-8. body.toString(${encoding}) reads the bytes otherwise`],
  });
  return Object.freeze(handle);
}

function objectFacts(store: Store, bucket: Bucket, version: ObjectVersion, isLatest: boolean): ObjectFacts {
  const { content, tags, annotations, lock } = version;
  return {
    ...storedFacts(store, version, isLatest),
    deleteMarker: false,
    ...sizesOf(content),
    metadata: Object.freeze({ ...content.metadata }),
    tags: tagsLiteral(tags),
    annotations: annotationsLiteral(annotations),
    contentType: content.headers['content-type'],
    encryption: Object.freeze({ ...content.encryption }),
    storageClass: content.storageClass,
    ...storedArchive(version),
    acl: objectAclLiteral(bucket, version.acl),
    ...storedLock(lock, store.clock.now()),
    protection: storedProtection(version.created, version.protection),
    ...storedReplication(version),
  };
}

function sizesOf({ body, etag }: ObjectContent): Pick<ObjectFacts, 'size' | 'etag'> {
  return { size: body.byteLength, etag: `"${etag}"` };
}

function storedFacts(store: Store, version: Version, isLatest: boolean): StoredFacts {
  const { key, created } = version;
  return { key, versionId: versionIdOf(store, version), isLatest, lastModified: new Date(created) };
}
