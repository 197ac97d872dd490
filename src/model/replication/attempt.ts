import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import type { Store } from '../store';
import { isObject, type Version } from '../versions/version';
import { findVersion } from '../versions/version-lookup';
import { findFollowing } from './following-parts';
import { addReplica, changeReplica, failureOfSourceKey, findKeyOfReplica } from './replica';
import type { ReplicationFailure } from './replication-reasons';
import { chooseSchema, findTerms, whyNotEligible } from './replication-rules';
import type { ReplicationTask } from './replication-task';
import {
  type FindObjection,
  failureOfConfiguration,
  failureOfKeyRight,
  failureOfReading,
  failureOfTags,
  failureOfTrust,
  failureOfWriting,
  makeFindObjection,
} from './role';

export type ReplicationStore = Pick<
  Store,
  | 'buckets'
  | 'accounts'
  | 'kms'
  | 'sseC'
  | 'ids'
  | 'versionIds'
  | 'clock'
  | 'commit'
  | 'nextDue'
  | 'failureOfReplication'
>;

interface Order {
  readonly task: ReplicationTask;
  readonly source: Bucket;
  readonly rule: ReplicationRule;
  /** Is undefined if the service asks for no role. */
  readonly role: string | undefined;
  readonly findObjection: FindObjection | undefined;
}

interface OrderOfVersion extends Order {
  /** The version at the time when the task is due. */
  readonly version: Version;
}

/**
 * If several reasons keep S3 from it, the first counts. The order is: what the test injects, the configuration, the role, the source, then
 * the destination. For the source and the destination, it is existence, permission and state (F853).
 */
export function attempt(
  store: ReplicationStore,
  source: Bucket,
  task: ReplicationTask,
  at: number,
): ReplicationFailure | undefined {
  const asked = store.failureOfReplication(source, task, { destination: store.buckets.get(task.destination), at });
  if (asked !== undefined) return asked;
  const terms = findTerms(source, task);
  if (terms === undefined)
    return {
      reason: 'SrcBucketReplicationConfigMissing',
      why: `bucket '${source.name}' has no enabled rule '${task.rule}' to '${task.destination}' any more`,
    };
  const { rule } = terms;
  const role = chooseSchema(rule).requiresRole ? terms.role : undefined;
  if (role === undefined) return copyFromSource(store, { task, source, rule, role, findObjection: undefined });
  const findObjection = makeFindObjection(store, source, role);
  return (
    failureOfTrust(store, source, role) ??
    failureOfConfiguration(findObjection, source) ??
    copyFromSource(store, { task, source, rule, role, findObjection })
  );
}

function copyFromSource(store: ReplicationStore, order: Order): ReplicationFailure | undefined {
  const { source, rule, task } = order;
  const { key, versionId, part } = task;
  const version = findVersion(store, source, key, versionId);
  if (version === undefined)
    return { reason: 'SrcVersionNotFound', why: `version ${versionId} of '${key}' was deleted before it was copied` };
  const isOfObject = part === 'object';
  const why = isOfObject && isObject(version) ? whyNotEligible(rule, version) : undefined;
  if (why !== undefined)
    return { reason: 'SrcObjectNotEligible', why: `rule '${task.rule}' does not select it any more: ${why}` };
  const found = { ...order, version };
  return (
    failureOfReading(found) ??
    (isOfObject ? failureOfSourceKey(store.kms, version) : undefined) ??
    (isOfObject ? failureOfDecryption(store, found) : undefined) ??
    copyToDestination(store, found)
  );
}

function copyToDestination(store: ReplicationStore, order: OrderOfVersion): ReplicationFailure | undefined {
  const { destination: name } = order.task;
  const destination = store.buckets.get(name);
  if (destination === undefined) return { reason: 'DstBucketNotFound', why: `there is no bucket '${name}'` };
  const to = { ...order, destination };
  const failure =
    failureOfWriting(to) ?? failureOfState(order, destination) ?? failureOfEncryption(store, order, destination);
  if (failure !== undefined) return failure;
  const withoutTags = failureOfTags(to);
  if (withoutTags === undefined) return copy(store, order, destination);
  return copy(store, { ...order, version: { ...order.version, tags: [] } }, destination) ?? withoutTags;
}

function failureOfDecryption(
  store: ReplicationStore,
  { role, source, version }: OrderOfVersion,
): ReplicationFailure | undefined {
  const key = version.content?.encryption.SSEKMSKeyId;
  if (role === undefined || key === undefined) return undefined;
  return failureOfKeyRight(store, { source, role, action: 'kms:Decrypt', key, bucket: source, version });
}

/** A replica that cannot be made for want of its key fails with another reason, when it is made. */
function failureOfEncryption(
  store: ReplicationStore,
  { task, role, source, rule, version }: OrderOfVersion,
  destination: Bucket,
): ReplicationFailure | undefined {
  if (role === undefined || task.part !== 'object') return undefined;
  const key = findKeyOfReplica(version, { store, source, destination, rule });
  if (key === undefined) return undefined;
  return failureOfKeyRight(store, { source, role, action: 'kms:Encrypt', key, bucket: destination, version });
}

function failureOfState({ task, version }: OrderOfVersion, destination: Bucket): ReplicationFailure | undefined {
  const { name, versioning } = destination;
  if (versioning.Status !== 'Enabled')
    return {
      reason: 'DstBucketUnversioned',
      why: `versioning of bucket '${name}' is ${versioning.Status ?? 'not set'}`,
    };
  const copiesLock = task.part === 'object' || findFollowing(task.part)?.needsObjectLock === true;
  if (version.lock === undefined || !copiesLock || destination.objectLock) return undefined;
  return {
    reason: 'DstBucketObjectLockConfigMissing',
    why: `version ${task.versionId} has a retention or a legal hold, and bucket '${name}' has no object lock`,
  };
}

function copy(
  store: ReplicationStore,
  { task, source, rule, version }: OrderOfVersion,
  destination: Bucket,
): ReplicationFailure | undefined {
  const place = { store, source, destination, rule };
  return findFollowing(task.part) ? changeReplica(version, task, place) : addReplica(version, place);
}
