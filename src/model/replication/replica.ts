import { aclOfVersion, aclRulesOf, effectiveAcl, storedAcl } from '../access/acl';
import { type Acl, isSameAccount } from '../access/grants';
import type { Bucket } from '../bucket';
import { encryptionRule } from '../configurations/encryption';
import { serviceOf } from '../configurations/services';
import { managedKey } from '../kms-keys';
import { describeLock, type Lock, lockAtCreation, mayChangeRetention } from '../object-lock';
import { etagOf, hidesDigest } from '../versions/content';
import { blocksCustomerKeys, isKms, ownKey, withKmsKey } from '../versions/encryption';
import { type Encryption, isObject, type ObjectContent, type Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { type CopyPlace, keyOfReplica } from './replication-keys';
import type { ReplicationFailure } from './replication-reasons';
import { copiesAcls, schemaOf } from './replication-rules';
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

/** Annotations are encrypted as their version is (F844). */
function annotationsOfReplica(
  { annotations, content }: Version,
  encryption: Encryption | undefined,
  { store }: CopyPlace,
): Version['annotations'] {
  if (annotations === undefined || content === undefined || encryption === undefined) return annotations;
  if (hidesDigest(content.encryption) === hidesDigest(encryption)) return annotations;
  return annotations.map((one) => ({ ...one, etag: etagOf(store.ids, one.body, encryption) }));
}

function contentOfReplica(content: ObjectContent, place: CopyPlace): ObjectContent | ReplicationFailure {
  const encryption = encryptionOfReplica(content.encryption, place);
  if ('reason' in encryption) return encryption;
  const storageClass = place.rule.Destination.StorageClass ?? content.storageClass;
  return { ...content, encryption, storageClass, etag: etagOfReplica(content, encryption, place) };
}

/**
 * Gives the replica of a version a part of its source as that is by now: its tags, its annotations, its ACL, its retention or its legal hold
 * (F857). Returns why it could not.
 */
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
  const changed = withPartOf(there, version, task, place);
  if ('reason' in changed) return changed;
  destination.versions.replace(changed);
  return undefined;
}

function withPartOf(
  replica: Version,
  source: Version,
  { part, at }: ReplicationTask,
  place: CopyPlace,
): Version | ReplicationFailure {
  const { retention, legalHold } = source.lock ?? {};
  switch (part) {
    case 'tags':
      return { ...replica, tags: source.tags };
    case 'annotations':
      return { ...replica, annotations: annotationsOfReplica(source, replica.content?.encryption, place) };
    case 'acl':
      return followsAcl(replica, source, place) ? { ...replica, acl: aclOfReplica(source, place) } : replica;
    case 'retention':
      // Nobody may shorten the retention of a version in COMPLIANCE mode (F101), and S3 does not either (F883).
      if (!mayChangeRetention(replica, retention, at, true))
        return { reason: 'DstPutRetentionNotPermitted', why: `the replica is ${describeLock(replica.lock)}` };
      return { ...replica, lock: lockOf({ retention, legalHold: replica.lock?.legalHold }) };
    case 'legal hold':
      return { ...replica, lock: lockOf({ retention: replica.lock?.retention, legalHold }) };
    default:
      return replica;
  }
}

function lockOf({ retention, legalHold }: Lock): Lock | undefined {
  return retention || legalHold ? { retention, legalHold } : undefined;
}

/**
 * The owner and the ACL of a replica: those of its source, unless the owner of the destination owns all that is copied there (F882). A
 * delete marker has an owner alone.
 */
function aclOfReplica(version: Version, place: CopyPlace): Acl | undefined {
  const { source, destination } = place;
  if (!copiesAcls(place.rule, destination)) return undefined;
  const acl = ownAcl(version, source);
  if (isObject(version)) return storedAcl(acl, destination.owner);
  return isSameAccount(acl.owner, destination.owner) ? undefined : { owner: acl.owner, grants: [] };
}

/** Whether a later ACL of the source is put on its replica: not if the replica has another owner, or would have one by now (F882). */
function followsAcl(replica: Version, version: Version, place: CopyPlace): boolean {
  const { owner } = aclOfVersion(place.destination, replica);
  return copiesAcls(place.rule, place.destination) && isSameAccount(owner, ownAcl(version, place.source).owner);
}

/** The ACL that counts at the source, with its public grants: each bucket ignores them, or not, by a switch of its own. */
function ownAcl(version: Version, source: Bucket): Acl {
  const rules = { ...aclRulesOf(source, serviceOf(source)), ignoresPublicAcls: false };
  return effectiveAcl(aclOfVersion(source, version), source, rules);
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
