import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-schema';
import type { Store } from '../store';
import type { Version } from '../versions/version';
import { findVersion } from '../versions/version-lookup';
import { failureOfRole } from './permission';
import { addReplica, changeReplica } from './replica';
import type { ReplicationFailure } from './replication-reasons';
import { destinationOf, enabledRule, schemaOf } from './replication-rules';
import type { ReplicationTask } from './replication-task';

/** The part of a store that copies read and change. */
export type ReplicationStore = Pick<
  Store,
  | 'buckets'
  | 'accounts'
  | 'kms'
  | 'sseC'
  | 'ids'
  | 'versionIds'
  | 'clock'
  | 'transaction'
  | 'nextDue'
  | 'failureOfReplication'
>;

/** All that a task is about, as it is when the task is due. */
interface Found {
  readonly source: Bucket;
  readonly destination: Bucket;
  readonly rule: ReplicationRule;
  readonly version: Version;
}

/** Copies what a task asks for. Returns why it did not; undefined if it did. */
export function attempt(
  store: ReplicationStore,
  source: Bucket,
  task: ReplicationTask,
): ReplicationFailure | undefined {
  const asked = store.failureOfReplication(source, task);
  if (asked !== undefined) return asked;
  const found = find(store, source, task);
  if ('reason' in found) return found;
  const failure =
    failureOfRole(task, { store, ...found, role: source.settings.replication?.Role }) ??
    failureOfDestination(found) ??
    failureOfKeys(store, found);
  return failure ?? copy(store, task, found);
}

function find(
  { buckets, versionIds }: ReplicationStore,
  source: Bucket,
  task: ReplicationTask,
): Found | ReplicationFailure {
  const { destination: name, key, versionId } = task;
  const rule = enabledRule(source, task.rule);
  if (rule === undefined || destinationOf(rule) !== name)
    return {
      reason: 'SrcBucketReplicationConfigMissing',
      why: `bucket '${source.name}' has no enabled rule '${task.rule}' to '${name}' any more`,
    };
  const version = findVersion({ versionIds }, source, key, versionId);
  if (version === undefined)
    return { reason: 'SrcVersionNotFound', why: `version ${versionId} of '${key}' was deleted before it was copied` };
  const destination = buckets.get(name);
  if (destination === undefined) return { reason: 'DstBucketNotFound', why: `there is no bucket '${name}'` };
  return { source, destination, rule, version };
}

function failureOfDestination({ source, destination, rule, version }: Found): ReplicationFailure | undefined {
  const { name, versioning } = destination;
  if (versioning.Status !== 'Enabled')
    return {
      reason: 'DstBucketUnversioned',
      why: `versioning of bucket '${name}' is ${versioning.Status ?? 'not set'}`,
    };
  const isEach = schemaOf(rule).lockNeeds === 'lock of the destination';
  if (source.objectLock && !destination.objectLock && (isEach || version.lock !== undefined))
    return {
      reason: 'DstBucketObjectLockConfigMissing',
      why: `bucket '${source.name}' has object lock, and bucket '${name}' does not`,
    };
  return undefined;
}

/** Both keys have to work: the one that the version is encrypted with, and the one that the replica will be. */
function failureOfKeys({ kms }: ReplicationStore, { rule, version }: Found): ReplicationFailure | undefined {
  const own = version.content?.encryption.SSEKMSKeyId;
  const replicas = own === undefined ? undefined : rule.Destination.EncryptionConfiguration?.ReplicaKmsKeyID;
  return failureOfKey(kms, own, 'Src') ?? failureOfKey(kms, replicas, 'Dst');
}

function failureOfKey(kms: Store['kms'], arn: string | undefined, side: 'Src' | 'Dst'): ReplicationFailure | undefined {
  const { name, state } = (arn === undefined ? undefined : kms.stateOf(arn)) ?? {};
  if (state === undefined || state === 'enabled') return undefined;
  const reason = state === 'missing' ? (`${side}KmsKeyNotFound` as const) : (`${side}KmsKeyInvalidState` as const);
  return { reason, why: `kmsKeys has '${name}' as '${state}'` };
}

function copy(store: ReplicationStore, task: ReplicationTask, found: Found): ReplicationFailure | undefined {
  const place = { store, ...found };
  if (task.part === 'object' || task.part === 'delete marker') return addReplica(found.version, place);
  return changeReplica(found.version, task, place);
}
