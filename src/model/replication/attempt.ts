import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import type { Store } from '../store';
import { isObject, type Version } from '../versions/version';
import { findVersion } from '../versions/version-lookup';
import { findFollowing } from './following-parts';
import { failureOfConfiguration, failureOfReading, failureOfTags, failureOfWriting } from './permission';
import { addReplica, changeReplica } from './replica';
import { failureOfSourceKey } from './replication-keys';
import type { ReplicationFailure } from './replication-reasons';
import { schemaOf, whyNotEligible } from './replication-rules';
import type { ReplicationTask } from './replication-task';
import { failureOfTrust } from './role';
import { RoleAccess } from './role-access';
import { termsOf } from './terms';

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

interface Ruled {
  readonly rule: ReplicationRule;
  /** Undefined without a role, as on IBM COS. */
  readonly access: RoleAccess | undefined;
}

/** The version of a task, as it is when the task is due. */
interface Sourced extends Ruled {
  readonly task: ReplicationTask;
  readonly source: Bucket;
  readonly version: Version;
}

/** All that a task is about. */
interface Found extends Sourced {
  readonly destination: Bucket;
}

/**
 * Copies what a task asks for, and returns why it failed; undefined if all was copied. If several reasons keep S3 from it, the first counts:
 * what the test asks for, the configuration, the role, the source and then the destination, each of both by its existence, by permission and
 * by its state (F853).
 */
export function attempt(
  store: ReplicationStore,
  source: Bucket,
  task: ReplicationTask,
  at: number,
): ReplicationFailure | undefined {
  const asked = store.failureOfReplication(source, task, { destination: store.buckets.get(task.destination), at });
  if (asked !== undefined) return asked;
  const ruled = findRule(store, source, task);
  if ('reason' in ruled) return ruled;
  const sourced = findSource(store, source, task, ruled);
  if ('reason' in sourced) return sourced;
  const found = findDestination(store, sourced);
  if ('reason' in found) return found;
  const withoutTags = failureOfTags(found);
  if (withoutTags === undefined) return copy(store, found);
  return copy(store, { ...found, version: { ...found.version, tags: [] } }) ?? withoutTags;
}

function findRule(store: ReplicationStore, source: Bucket, task: ReplicationTask): Ruled | ReplicationFailure {
  const terms = termsOf(source, task);
  if (terms === undefined)
    return {
      reason: 'SrcBucketReplicationConfigMissing',
      why: `bucket '${source.name}' has no enabled rule '${task.rule}' to '${task.destination}' any more`,
    };
  const { rule } = terms;
  const role = schemaOf(rule).requiresRole ? terms.role : undefined;
  if (role === undefined) return { rule, access: undefined };
  const access = new RoleAccess(store, source, role);
  return failureOfTrust(store, source, role) ?? failureOfConfiguration(access, source) ?? { rule, access };
}

function findSource(
  store: ReplicationStore,
  source: Bucket,
  task: ReplicationTask,
  { rule, access }: Ruled,
): Sourced | ReplicationFailure {
  const { key, versionId, part } = task;
  const version = findVersion(store, source, key, versionId);
  if (version === undefined)
    return { reason: 'SrcVersionNotFound', why: `version ${versionId} of '${key}' was deleted before it was copied` };
  const isWhole = part === 'object';
  const why = isWhole && isObject(version) ? whyNotEligible(rule, version) : undefined;
  if (why !== undefined)
    return { reason: 'SrcObjectNotEligible', why: `rule '${task.rule}' does not select it any more: ${why}` };
  const sourced = { task, rule, access, source, version };
  return failureOfReading(sourced) ?? (isWhole ? failureOfSourceKey(store.kms, version) : undefined) ?? sourced;
}

function findDestination({ buckets }: ReplicationStore, sourced: Sourced): Found | ReplicationFailure {
  const { destination: name } = sourced.task;
  const destination = buckets.get(name);
  if (destination === undefined) return { reason: 'DstBucketNotFound', why: `there is no bucket '${name}'` };
  const found = { ...sourced, destination };
  return failureOfWriting(found) ?? failureOfState(found) ?? found;
}

function failureOfState({ task, destination, version }: Found): ReplicationFailure | undefined {
  const { name, versioning } = destination;
  if (versioning.Status !== 'Enabled')
    return {
      reason: 'DstBucketUnversioned',
      why: `versioning of bucket '${name}' is ${versioning.Status ?? 'not set'}`,
    };
  if (
    version.lock !== undefined &&
    (task.part === 'object' || findFollowing(task.part)?.needsObjectLock) &&
    !destination.objectLock
  )
    return {
      reason: 'DstBucketObjectLockConfigMissing',
      why: `version ${task.versionId} has a retention or a legal hold, and bucket '${name}' has no object lock`,
    };
  return undefined;
}

function copy(
  store: ReplicationStore,
  { task, source, destination, rule, version }: Found,
): ReplicationFailure | undefined {
  const place = { store, source, destination, rule };
  return findFollowing(task.part) ? changeReplica(version, task, place) : addReplica(version, place);
}
