import { encryptionRule } from '../configurations/encryption';
import { managedKey } from '../kms-keys';
import { lockAtCreation } from '../object-lock';
import { etagOf, hidesDigest } from '../versions/content';
import { blocksCustomerKeys, isKms, ownKey, withKmsKey } from '../versions/encryption';
import { type Encryption, isObject, type ObjectContent, type Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { aclOfReplica, annotationsOfReplica, findFollowing } from './following-parts';
import { type CopyPlace, keyOfReplica } from './replication-keys';
import type { ReplicationFailure } from './replication-reasons';
import { schemaOf } from './replication-rules';
import type { ReplicationTask } from './replication-task';

/** Copies a version to the destination, unless it is there already. Returns why it could not; undefined if it is there now. */
export function addReplica(version: Version, place: CopyPlace): ReplicationFailure | undefined {
  const { destination, store } = place;
  // A version that a test gave the same id is left alone.
  if (findVersion(store, destination, version.key, versionIdOf(store, version)) !== undefined) return undefined;
  const replica = replicaOf(version, place);
  if ('reason' in replica) return replica;
  destination.versions.add(replica);
  // A replica that comes late does not change the object that a read by key finds.
  if (destination.versions.current(version.key)?.sequence === version.sequence)
    destination.noteChange(version.key, isObject(version) ? 'put' : 'delete');
  return undefined;
}

/**
 * The replica of a version, or why there cannot be one. It keeps the number of the write that made the version, and with it the id, the time
 * and the place among the versions of the destination (F854). Restores, access tiers and archives are of the source alone.
 */
function replicaOf(version: Version, place: CopyPlace): Version | ReplicationFailure {
  const { key, sortKey, sequence, created, explicitId, tags } = version;
  const replica: Version = {
    key,
    sortKey,
    sequence,
    created,
    explicitId,
    content: undefined,
    tags,
    lock: undefined,
    acl: aclOfReplica(version, place),
    replication: { status: 'REPLICA', source: place.source.name, copies: [] },
  };
  if (!isObject(version)) return replica;
  const content = contentOfReplica(version.content, place);
  if ('reason' in content) return content;
  const annotations = annotationsOfReplica(version, content.encryption, place);
  // The default of the destination is for versions without any lock, and counts from the creation, which is that of the source (F883).
  const lock = version.lock ?? lockAtCreation(place.destination, undefined, created);
  return { ...replica, content, lock, ...(annotations && { annotations }) };
}

function contentOfReplica(content: ObjectContent, place: CopyPlace): ObjectContent | ReplicationFailure {
  const encryption = encryptionOfReplica(content.encryption, place);
  if ('reason' in encryption) return encryption;
  const storageClass = place.rule.Destination.StorageClass ?? content.storageClass;
  return { ...content, encryption, storageClass, etag: etagOfReplica(content, encryption, place) };
}

/** Gives the replica of a version a part of its source as that is by now (F857). Returns why it could not. */
export function changeReplica(
  version: Version,
  task: ReplicationTask,
  place: CopyPlace,
): ReplicationFailure | undefined {
  const { destination, store } = place;
  const there = findVersion(store, destination, version.key, task.versionId);
  if (there === undefined)
    return {
      reason: 'DstVersionNotFound',
      why: `bucket '${destination.name}' does not have version ${task.versionId} of '${task.key}'`,
    };
  const changed = findFollowing(task.part)?.follow(there, version, place, task.at) ?? there;
  if ('reason' in changed) return changed;
  destination.versions.replace(changed);
  return undefined;
}

/** The encryption of the replica of an object: of the kind that its source has, if its source has one (F880). Or why S3 cannot write it. */
function encryptionOfReplica(own: Encryption, place: CopyPlace): Encryption | ReplicationFailure {
  const { destination, rule, store } = place;
  // IBM COS says nothing of its own keys, and does not copy objects with a customer's key.
  if (!schemaOf(rule).copiesCustomerKeys) return own;
  if (own.SSECustomerAlgorithm !== undefined) {
    const why = `bucket '${destination.name}' refuses writes with a customer's key`;
    return blocksCustomerKeys(destination, store) ? { reason: 'DstPutObjectNotPermitted', why } : own;
  }
  const { ServerSideEncryption } = own;
  if (ServerSideEncryption === undefined) return encryptionByDefault(place);
  if (ServerSideEncryption === 'AES256') return own;
  const key = rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
  // The rule was put anew since the version was made.
  if (key === undefined) return { reason: 'SrcObjectNotEligible', why: `rule '${rule.ID}' names no key for replicas` };
  return withKey(ServerSideEncryption, { key, hasBucketKey: own.BucketKeyEnabled === true }, place);
}

/** The encryption of a replica whose source has none, as an object has that was written at a host of IBM COS. */
function encryptionByDefault(place: CopyPlace): Encryption | ReplicationFailure {
  const { ApplyServerSideEncryptionByDefault, BucketKeyEnabled } = encryptionRule(place.destination, place.store);
  const { SSEAlgorithm, KMSMasterKeyID: key = managedKey } = ApplyServerSideEncryptionByDefault;
  return isKms(SSEAlgorithm) ? withKey(SSEAlgorithm, { key, hasBucketKey: BucketKeyEnabled === true }, place) : ownKey;
}

interface NamedKey {
  readonly key: string;
  readonly hasBucketKey: boolean;
}

function withKey(
  algorithm: 'aws:kms' | 'aws:kms:dsse',
  { key, hasBucketKey }: NamedKey,
  place: CopyPlace,
): Encryption | ReplicationFailure {
  const found = keyOfReplica(key, place);
  return typeof found === 'string' ? withKmsKey(algorithm, found, hasBucketKey) : found;
}

/** The ETag of a replica: its source's, unless the encryption of the replica hides the MD5 of its bytes and that of the source does not (F881). */
function etagOfReplica(
  { etag, body, encryption: own }: ObjectContent,
  encryption: Encryption,
  { store }: CopyPlace,
): string {
  if (hidesDigest(own) === hidesDigest(encryption)) return etag;
  const [ofParts = ''] = /-\d+$/.exec(etag) ?? [];
  return etagOf(store.ids, body, encryption) + ofParts;
}
