import type { Bucket } from '../bucket';
import type { Change, VersionChange } from '../changes';
import type { ReplicationRule } from '../configurations/replication-schema';
import { expectDue } from '../schedule/next-due';
import type { Store } from '../store';
import { isObject, type Version } from '../versions/version';
import { versionIdOf } from '../versions/version-lookup';
import { threshold } from './replication';
import { destinationOf, enabledRule, rulesFor } from './replication-rules';
import { isReplica, withCopies } from './replication-state';
import { type ReplicatedPart, type ReplicationTask, taskId } from './replication-task';

/** The part of a store that the making of tasks reads and changes. */
type QueueingStore = Pick<Store, 'buckets' | 'versionIds' | 'nextDue' | 'replicationDelay'>;

/**
 * Makes a store queue what requests change in buckets with replication rules, and mark the versions as PENDING. What S3 does by itself, by
 * lifecycle or by replication, is not copied, and neither is what a test does past the wire (F850).
 */
export function startReplication(store: Store): void {
  store.onChanges(
    (changes) => queueChanges(store, changes),
    (name) => Boolean(store.buckets.get(name)?.settings.replication),
  );
}

function queueChanges(store: QueueingStore, changes: readonly Change[]): void {
  for (const change of changes) {
    const bucket = store.buckets.get(change.bucket);
    if (bucket === undefined || change.cause.by !== 'request' || !('version' in change)) continue;
    queueChange(store, bucket, change, change.cause.operation);
  }
}

function queueChange(store: QueueingStore, bucket: Bucket, change: VersionChange, operation: string): void {
  // As it is by now: a transaction may change it more than once.
  const version = bucket.versions.at(change.key, change.version.sequence);
  if (version === undefined) return;
  switch (change.kind) {
    case 'version written':
    case 'delete marker made': {
      const part = isObject(version) ? 'object' : 'delete marker';
      queue(store, bucket, { version, part, rules: rulesFor(version, bucket, store.buckets), change, operation });
      return;
    }
    case 'tags':
    case 'acl':
    case 'retention':
    case 'legal hold': {
      const part = change.kind;
      queue(store, bucket, { version, part, rules: rulesForPart(store, version, bucket), change, operation });
      return;
    }
    default:
  }
}

/**
 * The rules by which a later change of a version is copied: those that copied the version and are still in force (F857). Before the version
 * itself is there nothing is to be done: it will be copied as it is by then.
 */
function rulesForPart(store: QueueingStore, version: Version, bucket: Bucket): readonly ReplicationRule[] {
  const { replication } = version;
  if (replication === undefined) return [];
  if (isReplica(version)) return rulesBack(version, bucket, store.buckets);
  return replication.copies.flatMap(({ destination, rule: id, status }) => {
    const rule = enabledRule(bucket, id);
    const isThere = status === 'COMPLETED' || (status === 'PENDING' && !isAwaited(store, bucket, version, destination));
    return rule !== undefined && destinationOf(rule) === destination && isThere ? [rule] : [];
  });
}

function isAwaited(store: QueueingStore, { replications }: Bucket, version: Version, destination: string): boolean {
  const versionId = versionIdOf(store, version);
  return replications.has(taskId({ key: version.key, versionId, part: 'object', destination }));
}

/** The rules by which a change of a replica goes back to its source: both buckets ask for replica modification sync (F858). */
function rulesBack(version: Version, bucket: Bucket, buckets: ReadonlyMap<string, Bucket>): readonly ReplicationRule[] {
  const source = version.replication?.source;
  const origin = source === undefined ? undefined : buckets.get(source);
  if (origin === undefined) return [];
  const back = syncingRule(bucket, version, origin.name);
  return back !== undefined && syncingRule(origin, version, bucket.name) !== undefined ? [back] : [];
}

/** The rule of a bucket that copies the changes of its replicas of a key to another bucket. */
function syncingRule(_bucket: Bucket, _version: Version, _destination: string): ReplicationRule | undefined {
  return undefined;
}

interface Queued {
  readonly version: Version;
  readonly part: ReplicatedPart;
  readonly rules: readonly ReplicationRule[];
  readonly change: VersionChange;
  readonly operation: string;
}

function queue(store: QueueingStore, bucket: Bucket, { version, part, rules, change, operation }: Queued): void {
  if (rules.length === 0) return;
  const before = version.replication ?? { status: 'PENDING', copies: [] };
  const pending = rules.map(
    (rule) => ({ destination: destinationOf(rule), rule: rule.ID ?? '', status: 'PENDING' }) as const,
  );
  const others = before.copies.filter(({ destination }) => !pending.some((one) => one.destination === destination));
  bucket.versions.replace({ ...version, replication: withCopies(before, [...others, ...pending]) });
  const at = change.time + store.replicationDelay;
  // S3 reports then what is late, before it is copied.
  expectDue(store, Math.min(at, change.time + threshold));
  const { key, sequence } = version;
  const versionId = versionIdOf(store, version);
  for (const { destination, rule } of pending) {
    const task: ReplicationTask = {
      id: taskId({ key, versionId, part, destination }),
      key,
      sequence,
      versionId,
      part,
      rule,
      destination,
      operation,
      requestId: change.cause.by === 'request' ? change.cause.requestId : undefined,
      begun: change.time,
      at,
      size: version.content?.body.byteLength,
      etag: version.content?.etag,
    };
    if (!bucket.replications.has(task.id)) bucket.replications.set(task.id, task);
  }
}
