import { writeGiven } from '../../text/values';
import type { Archivable } from '../archives/archive-state';
import { makeEncryptionRule } from '../configurations/encryption';
import { findKmsKeyArn, type Kms, managedKey } from '../kms';
import { lockAtCreation } from '../object-lock';
import { hidesDigest, makeEtag } from '../versions/content';
import { blocksCustomerKeys, isKms, ownKey, withKmsKey } from '../versions/encryption';
import { type Encryption, isObject, type ObjectContent, type Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { type CopyContext, findFollowing, makeReplicaAcl, makeReplicaAnnotations } from './following-parts';
import type { ReplicationFailure } from './replication-reasons';
import { chooseSchema, copiesAcls, nameReplicaKey } from './replication-rules';
import type { ReplicationTask } from './replication-task';

export function addReplica(version: Version, place: CopyContext): ReplicationFailure | undefined {
  const { destination, store } = place;
  // A version that a test gave the same id is left alone.
  if (findVersion(store, destination, version.key, versionIdOf(store, version)) !== undefined) return undefined;
  const replica = makeReplica(version, place);
  if ('reason' in replica) return replica;
  destination.versions.add(replica);
  return undefined;
}

/** S3 copies no archive, and no bucket of IBM COS has both a retention policy and replication. */
type PartsOfSource = keyof Archivable | 'protection';

/**
 * Makes the replica of a version. It keeps the number of the write, from which its id, its time and its place among the versions follow
 * (F854).
 */
function makeReplica(version: Version, place: CopyContext): Version | ReplicationFailure {
  const { key, sortKey, sequence, created, explicitId, tags } = version;
  const replica: Required<Omit<Version, PartsOfSource | 'annotations'>> = {
    key,
    sortKey,
    sequence,
    created,
    explicitId,
    content: undefined,
    tags,
    lock: undefined,
    acl: makeReplicaAcl(version, place),
    replication: {
      status: 'REPLICA',
      source: place.source.name,
      ...(!copiesAcls(place.rule, place.destination) && { isOverridden: true }),
      copies: [],
    },
  };
  if (!isObject(version)) return replica;
  const content = makeReplicaContent(version.content, place);
  if ('reason' in content) return content;
  const annotations = makeReplicaAnnotations(version, content.encryption, place);
  // The default of the destination is for versions without any lock, and counts from the creation, which is that of the source (F883).
  const lock = version.lock ?? lockAtCreation(place.destination, undefined, created);
  return { ...replica, content, lock, ...(annotations && { annotations }) };
}

function makeReplicaContent(content: ObjectContent, place: CopyContext): ObjectContent | ReplicationFailure {
  const encryption = makeReplicaEncryption(content.encryption, place);
  if ('reason' in encryption) return encryption;
  const storageClass = place.rule.Destination.StorageClass ?? content.storageClass;
  return { ...content, encryption, storageClass, etag: makeReplicaEtag(content, encryption, place) };
}

/** Applies the part as it is now (F857). Returns undefined if the replica already has it. */
export function changeReplica(
  version: Version,
  task: ReplicationTask,
  place: CopyContext,
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

/** Returns the key of KMS that would encrypt the replica; undefined if none does, or if it cannot be used. */
export function findKeyOfReplica({ content }: Version, place: CopyContext): string | undefined {
  if (content === undefined) return undefined;
  const encryption = makeReplicaEncryption(content.encryption, place);
  return 'reason' in encryption ? undefined : encryption.SSEKMSKeyId;
}

function makeReplicaEncryption(own: Encryption, place: CopyContext): Encryption | ReplicationFailure {
  const { destination, rule, store } = place;
  // IBM COS says nothing of its own keys, and does not copy objects with a customer's key.
  if (!chooseSchema(rule).copiesCustomerKeys) return own;
  if (own.SSECustomerAlgorithm !== undefined) {
    const why = `bucket '${destination.name}' refuses writes with a customer's key`;
    return blocksCustomerKeys(destination, store) ? { reason: 'DstPutObjectNotPermitted', why } : own;
  }
  const { ServerSideEncryption } = own;
  if (ServerSideEncryption === undefined) return encryptionByDefault(place);
  if (ServerSideEncryption === 'AES256') return own;
  const key = nameReplicaKey(rule, own, destination);
  // The rule was put anew since the version was made.
  if (key === undefined) return { reason: 'SrcObjectNotEligible', why: `rule '${rule.ID}' names no key for replicas` };
  return withKey(ServerSideEncryption, { key, hasBucketKey: own.BucketKeyEnabled === true }, place);
}

/** An object that was written at a host of IBM COS has no encryption. */
function encryptionByDefault(place: CopyContext): Encryption | ReplicationFailure {
  const { ApplyServerSideEncryptionByDefault, BucketKeyEnabled } = makeEncryptionRule(place.destination, place.store);
  const { SSEAlgorithm, KMSMasterKeyID: key = managedKey } = ApplyServerSideEncryptionByDefault;
  return isKms(SSEAlgorithm) ? withKey(SSEAlgorithm, { key, hasBucketKey: BucketKeyEnabled === true }, place) : ownKey;
}

function withKey(
  algorithm: 'aws:kms' | 'aws:kms:dsse',
  { key, hasBucketKey }: { readonly key: string; readonly hasBucketKey: boolean },
  place: CopyContext,
): Encryption | ReplicationFailure {
  const found = findReplicaKey(key, place);
  return typeof found === 'string' ? withKmsKey(algorithm, found, hasBucketKey) : found;
}

/**
 * Returns the ETag of the source, unless the encryption of the replica hides the MD5 of the bytes and the encryption of the source does not
 * (F881).
 */
function makeReplicaEtag(
  { etag, body, encryption: own }: ObjectContent,
  encryption: Encryption,
  { store }: CopyContext,
): string {
  if (hidesDigest(own) === hidesDigest(encryption)) return etag;
  const [ofParts = ''] = /-\d+$/.exec(etag) ?? [];
  return makeEtag(store.ids, body, encryption) + ofParts;
}

export function failureOfSourceKey(kms: Kms, { content }: Version): ReplicationFailure | undefined {
  const arn = content?.encryption.SSEKMSKeyId;
  return arn === undefined ? undefined : failureOfKey(kms, arn, 'Src');
}

/**
 * S3 does not look for the key when the rule is put (F889). A name without account and region is the name of a key in the region of the
 * destination. The key belongs to the account of the source, since S3 writes in its name.
 */
function findReplicaKey(
  key: string,
  { source, destination: { region }, store }: CopyContext,
): string | ReplicationFailure {
  const arn = findKmsKeyArn(key, { account: source.owner.id, region });
  if (arn !== undefined) return failureOfKey(store.kms, arn, 'Dst') ?? arn;
  const where = region === undefined ? '' : ` in region ${region}`;
  return { reason: 'DstKmsKeyNotFound', why: `${writeGiven(key)} names no key${where}` };
}

function failureOfKey(kms: Kms, arn: string, side: 'Src' | 'Dst'): ReplicationFailure | undefined {
  const { name, state } = kms.findState(arn) ?? {};
  if (state === undefined || state === 'enabled') return undefined;
  const reason = state === 'missing' ? (`${side}KmsKeyNotFound` as const) : (`${side}KmsKeyInvalidState` as const);
  return { reason, why: `kmsKeys has '${name}' as '${state}'` };
}
