import { digestOfBody } from '../formats/body-digests';
import { isCosLocation, isRegion } from '../formats/regions';
import type { Bucket } from '../model/bucket';
import type { Store } from '../model/store';
import { defaultHeaders, hidesDigest, standard } from '../model/versions/content';
import type { Encryption, ObjectContent, Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import type { RequestConditions } from './access-conditions';
import { type AccountFixture, accountLiterals, callerLiterals, type UserFixtures } from './account-fixture';
import { bucketAclLiterals, objectAclLiteral } from './acl';
import { idOfHolder } from './acl-document';
import { annotationsLiteral } from './annotations';
import { archiveLiteral } from './archives';
import type { BucketFixture } from './bucket-fixture';
import { configurationLiterals } from './configurations';
import { defaultEncryption, encryptionLiteral } from './encryption';
import { type KmsKeyFixtures, kmsKeysLiteral } from './kms-keys-handle';
import { lifecycleLiteral } from './lifecycle';
import { lockLiteral, objectLockOf } from './object-lock';
import { protectionLiteral } from './protection';
import { replicationLiteral } from './replication';
import { keysToCopy, queueLiteral } from './replication-queue';
import type { RoleFixtures } from './role-fixture';
import { conditionsLiteral } from './set-conditions';
import { tagsLiteral } from './tagging';
import { versionsInOrder } from './version-copies';
import type { BodyFixture, VersionDescription } from './version-fixture';

/** The state of a store as options of `mockS3` that restore it. */
export interface StoreLiteral {
  readonly organizationId?: string;
  readonly conditions?: RequestConditions;
  readonly users?: UserFixtures;
  readonly roles?: RoleFixtures;
  readonly caller?: string;
  readonly accounts?: readonly (string | AccountFixture)[];
  readonly kmsKeys?: KmsKeyFixtures;
  readonly now?: string;
  readonly buckets: Readonly<Record<string, BucketFixture>>;
}

/**
 * The state of a store in a form that JSON can store. It leaves out uploads in progress, checksums and parts of objects, times and checksums
 * of annotations, sessions and MFA devices.
 */
export function storeLiteral(store: Store): StoreLiteral {
  const { buckets, clock, defaultAccount } = store;
  // All accounts in their order, since the ids and keys of each depend on the accounts before it.
  const accounts = accountLiterals(store);
  const now = clock.now();
  const last = [...buckets.values()].reduce((latest, bucket) => Math.max(latest, lastWrite(bucket)), 0);
  // If the clock was moved, the times of versions may be in the future for a mock without `now`.
  const moved = 'at' in clock.state || clock.state.offset !== 0 || last > now;
  const { account, user, session } = store.acting;
  const kmsKeys = kmsKeysLiteral(store);
  const isOption = account === defaultAccount && user !== undefined && session === undefined;
  const { organizationId } = defaultAccount;
  const copied = keysToCopy(store);
  return {
    ...(organizationId !== undefined && { organizationId }),
    ...(store.conditions.size > 0 && { conditions: conditionsLiteral(store.conditions) }),
    ...(accounts.length > 0 && { accounts }),
    ...callerLiterals(defaultAccount),
    ...(isOption && { caller: user }),
    ...(kmsKeys && { kmsKeys }),
    ...(moved && { now: new Date(Math.max(now, last)).toISOString() }),
    buckets: Object.fromEntries([...buckets].map(([name, bucket]) => [name, bucketLiteral(store, bucket, copied)])),
  };
}

function lastWrite(bucket: Bucket): number {
  let last = 0;
  for (const [{ created }] of versionsInOrder(bucket)) last = Math.max(last, created);
  return last;
}

function bucketLiteral(store: Store, bucket: Bucket, copied: ReadonlySet<string>): BucketFixture {
  const objects = objectLiterals(bucket, (version) => ({
    ...versionLiteral(store, bucket, version),
    ...(copied.has(version.key) && { writeNumber: version.sequence }),
  }));
  return {
    ...settingsLiteral(store, bucket),
    ...(Object.keys(objects).length > 0 && { objects }),
    ...queueLiteral(store, bucket),
  };
}

/** The versions of each key, oldest first, each as a function writes it. */
export function objectLiterals<Literal>(
  bucket: Bucket,
  literal: (version: Version) => Literal,
): Readonly<Record<string, readonly Literal[]>> {
  const objects = new Map<string, Literal[]>();
  for (const [version] of versionsInOrder(bucket)) {
    const stack = objects.get(version.key) ?? [];
    objects.set(version.key, stack);
    stack.push(literal(version));
  }
  return Object.fromEntries([...objects].map(([key, stack]) => [key, stack.toReversed()]));
}

/** A bucket as a fixture, without its objects. */
export function settingsLiteral(store: Store, bucket: Bucket): Omit<BucketFixture, 'objects'> {
  const { Status, MFADelete } = bucket.versioning;
  const region = regionLiteral(bucket);
  return {
    ...(Status !== undefined && { versioning: Status }),
    ...(MFADelete !== undefined && { mfaDelete: MFADelete }),
    ...(region !== undefined && { region }),
    ...(bucket.owner !== store.defaultAccount && { owner: bucket.owner.name }),
    ...(bucket.objectLock && { objectLock: objectLockOf(bucket) }),
    ...(bucket.lifecycle && { lifecycle: lifecycleLiteral(bucket.lifecycle) }),
    ...(bucket.tags.length > 0 && { tags: tagsLiteral(bucket.tags) }),
    ...configurationLiterals(bucket),
    ...bucketAclLiterals(bucket, store),
  };
}

/** The old location `EU` is not a region, so the region that it means is written. */
function regionLiteral({ location, region }: Bucket): string | undefined {
  return location !== undefined && (isRegion(location) || isCosLocation(location)) ? location : region;
}

/** A version as a fixture. */
export function versionLiteral(store: Store, bucket: Bucket, version: Version): VersionDescription {
  const { content, created, tags, annotations, lock, acl } = version;
  const protection = protectionLiteral(created, version.protection);
  const facts = { versionId: versionIdOf(store, version), lastModified: new Date(created).toISOString() };
  if (content === undefined)
    return {
      deleteMarker: true,
      ...facts,
      ...(acl && { owner: idOfHolder(acl.owner, store) }),
      ...replicationLiteral(version),
    };
  return {
    body: bodyLiteral(content.body),
    ...facts,
    ...contentLiteral(content, defaultEncryption(isCosLocation(bucket.location ?? ''))),
    ...archiveLiteral(version),
    ...(tags.length > 0 && { tags: tagsLiteral(tags) }),
    ...(annotations && { annotations: annotationsLiteral(annotations) }),
    ...lockLiteral(lock),
    ...(protection && { protection }),
    ...(acl && { acl: objectAclLiteral(bucket, acl, store) }),
    ...replicationLiteral(version),
  };
}

function contentLiteral(
  { body, etag, metadata, headers, encryption, storageClass }: ObjectContent,
  byDefault: Encryption,
): VersionDescription {
  const { 'content-type': contentType, ...others } = headers;
  const encrypted = encryptionLiteral(encryption, byDefault);
  return {
    // An object that was encrypted anew keeps its ETag, which another one with its encryption would not have (F633).
    ...((hidesDigest(encryption) || etag !== digestOfBody('MD5', body).hex) && { etag }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(contentType !== undefined && contentType !== defaultHeaders['content-type'] && { contentType }),
    ...(Object.keys(others).length > 0 && { headers: others }),
    ...(encrypted !== undefined && { encryption: encrypted }),
    ...(storageClass !== standard && { storageClass }),
  };
}

function bodyLiteral(body: Uint8Array): BodyFixture {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : { base64: bytes.toString('base64') };
}
