import type { Bucket } from '../bucket';
import type { Change, VersionChange } from '../changes';
import type { ReplicationRule } from '../configurations/replication-rules';
import { expectDue } from '../schedule/due-times';
import type { Store } from '../store';
import { followingParts, isObject, type Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { lateAfter } from './replication';
import {
  chooseRules,
  chooseRulesForReplicas,
  copiesAcls,
  destinationOf,
  findEnabledRule,
  followsAcls,
  isInFilter,
  makeTerms,
} from './replication-rules';
import { type CopyState, isReplica, type ReplicatedPart, type ReplicationState, withCopies } from './replication-state';
import { makeTaskId, type ReplicationTask } from './replication-task';

type QueueingStore = Pick<Store, 'buckets' | 'versionIds' | 'nextDue' | 'replicationDelay'>;

/**
 * Queues the changes that requests make. S3 does not copy what it did by itself, by lifecycle or replication, nor what a test did past the
 * wire (F850).
 */
export function startReplication(store: Store): void {
  store.follow((changes) => queueChanges(store, changes));
}

function queueChanges(store: QueueingStore, changes: readonly Change[]): void {
  for (const change of changes) {
    const bucket = store.buckets.get(change.bucket);
    if (!bucket?.settings.replication) continue;
    if (change.kind === 'settings put') {
      if (change.names.includes('replication')) followNewRules(store, bucket);
    } else if (change.cause.by === 'request' && 'version' in change) {
      queueChange(store, bucket, change, change.cause.operation);
    }
  }
}

/** A rule that is put without an id gets another id. Waiting tasks that have no terms of their own then follow it (F857). */
function followNewRules(store: QueueingStore, bucket: Bucket): void {
  for (const task of bucket.replications.values()) {
    if (task.terms !== undefined) continue;
    const version = bucket.versions.at(task.key, task.sequence);
    const rule = version && sameOrNewRule(store, version, bucket, task);
    if (version?.replication === undefined || rule?.ID === undefined || rule.ID === task.rule) continue;
    const { ID } = rule;
    bucket.replications.set(task.id, { ...task, rule: ID });
    const copies = version.replication.copies.map((copy) =>
      copy.destination === task.destination ? { ...copy, rule: ID } : copy,
    );
    bucket.versions.replace({ ...version, replication: { ...version.replication, copies } });
  }
}

function queueChange(store: QueueingStore, bucket: Bucket, change: VersionChange, operation: string): void {
  // The version is read as it is now, since a transaction can change it more than once.
  const version = bucket.versions.at(change.key, change.version.sequence);
  if (version === undefined) return;
  if (change.kind === 'version written' || change.kind === 'delete marker made') {
    const part = isObject(version) ? 'object' : 'delete marker';
    queue(store, bucket, { version, part, rules: chooseRules(version, bucket, store.buckets), change, operation });
    return;
  }
  const part = followingParts.find((one) => one === change.kind);
  if (part === undefined) return;
  queue(store, bucket, { version, part, rules: rulesForPart(store, version, bucket, part), change, operation });
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
  const asked = rules.map((rule) => ({
    destination: destinationOf(rule),
    id: rule.ID ?? '',
    terms: makeTerms(bucket, rule),
  }));
  const pending = asked.map(({ destination, id }) => ({ destination, rule: id, status: 'PENDING' }) as const);
  bucket.versions.replace({ ...version, replication: makePendingState(version, pending) });
  const at = change.time + store.replicationDelay;
  // A late copy is reported before it is made.
  expectDue(store, Math.min(at, change.time + lateAfter));
  const { key, sequence } = version;
  const versionId = versionIdOf(store, version);
  for (const { destination, id, terms } of asked) {
    const task: ReplicationTask = {
      id: makeTaskId({ key, versionId, part, destination }),
      key,
      sequence,
      versionId,
      part,
      rule: id,
      ...(terms && { terms }),
      destination,
      operation,
      sender: change.cause.by === 'request' ? change.cause.sender : undefined,
      begun: change.time,
      at,
      size: version.content?.body.byteLength,
      etag: version.content?.etag,
    };
    // A replica keeps the number of the write, so its place is decided now, however late the copy is made.
    store.buckets.get(destination)?.report({ key: version.sortKey }, true);
    const waiting = bucket.replications.get(task.id);
    // A waiting task copies the version as it will be then, so it stays, unless IBM COS has put it off or given it up.
    if (waiting === undefined || waiting.failed?.isDaily) bucket.replications.set(task.id, task);
  }
}

export function makePendingState(version: Version, pending: readonly CopyState[]): ReplicationState {
  const { replication: before } = version;
  if (before === undefined) return withCopies({ status: 'PENDING', copies: [] }, pending);
  const copies = new Map([...before.copies, ...pending].map((copy) => [copy.destination, copy]));
  // A replica that a fixture made is of the bucket that its changes go to: it stays one.
  const source = isReplica(version) ? (before.source ?? pending[0]?.destination) : undefined;
  return withCopies({ ...before, ...(source !== undefined && { source }) }, [...copies.values()]);
}

type RulesStore = Pick<Store, 'buckets' | 'versionIds'>;

/** A later change is copied to where the version was, if a rule still asks for it (F857). A version that is on its way is copied as it is by then. */
function rulesForPart(
  store: RulesStore,
  version: Version,
  bucket: Bucket,
  part: ReplicatedPart,
): readonly ReplicationRule[] {
  const { replication } = version;
  if (replication === undefined) return [];
  const rules = isReplica(version) ? rulesBack(store, version, bucket) : rulesOn(store, version, bucket);
  return part === 'acl' ? rules.filter((rule) => mayFollowAcl(store, version, rule)) : rules;
}

function mayFollowAcl(store: RulesStore, version: Version, rule: ReplicationRule): boolean {
  const destination = store.buckets.get(destinationOf(rule));
  const replica = destination && findVersion(store, destination, version.key, versionIdOf(store, version));
  return destination === undefined || replica === undefined
    ? copiesAcls(rule, destination)
    : followsAcls(replica, rule, destination);
}

function sameOrNewRule(
  store: RulesStore,
  version: Version,
  bucket: Bucket,
  { destination, rule: id }: Pick<CopyState, 'destination' | 'rule'>,
): ReplicationRule | undefined {
  const same = findEnabledRule(bucket, id);
  if (same !== undefined && destinationOf(same) === destination && isInFilter(same, version)) return same;
  const rules = isReplica(version) ? rulesBack(store, version, bucket) : chooseRules(version, bucket, store.buckets);
  return rules.find((rule) => destinationOf(rule) === destination);
}

function rulesOn(store: RulesStore, version: Version, bucket: Bucket): readonly ReplicationRule[] {
  const { copies = [], status } = version.replication ?? {};
  // A fixture said so.
  if (copies.length === 0 && status === 'COMPLETED') return chooseRules(version, bucket, store.buckets);
  return copies.flatMap((copy) =>
    hasCopy(store, version, bucket, copy) ? (sameOrNewRule(store, version, bucket, copy) ?? []) : [],
  );
}

/** If the version was copied before, a later change may be what failed. */
function hasCopy(store: RulesStore, version: Version, bucket: Bucket, copy: CopyState): boolean {
  const { key } = version;
  const { destination, status } = copy;
  if (status === 'COMPLETED') return true;
  const versionId = versionIdOf(store, version);
  if (status === 'PENDING')
    return !bucket.replications.has(makeTaskId({ key, versionId, part: 'object', destination }));
  const there = store.buckets.get(destination);
  return there !== undefined && findVersion(store, there, key, versionId) !== undefined;
}

/** A change of a replica is copied if its two buckets both ask for replica modification sync (F858). */
function rulesBack(store: RulesStore, version: Version, bucket: Bucket): readonly ReplicationRule[] {
  return chooseRulesForReplicas(version, bucket).filter((rule) => {
    const other = store.buckets.get(destinationOf(rule));
    if (other === undefined || !isOfSource(store, version, other)) return false;
    return chooseRulesForReplicas(version, other).some((back) => destinationOf(back) === bucket.name);
  });
}

function isOfSource(store: RulesStore, version: Version, other: Bucket): boolean {
  if (version.replication?.source === other.name) return true;
  return findVersion(store, other, version.key, versionIdOf(store, version)) !== undefined;
}
