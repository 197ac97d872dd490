import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import type { Store } from '../store';
import type { Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { copiesAcls, destinationOf, enabledRule, isInFilter, rulesFor, rulesForReplicas } from './replication-rules';
import { type CopyState, isReplica } from './replication-state';
import { type ReplicatedPart, taskId } from './replication-task';

/** The part of a store that the choice of rules reads. */
type RulesStore = Pick<Store, 'buckets' | 'versionIds'>;

/**
 * The rules by which a later change of a version is copied: to where the version was copied, if a rule still asks for it (F857). If only
 * the version itself is on its way, there is nothing to do: it is copied as it is by then.
 */
export function rulesForPart(
  store: RulesStore,
  version: Version,
  bucket: Bucket,
  part: ReplicatedPart,
): readonly ReplicationRule[] {
  const { replication } = version;
  if (replication === undefined) return [];
  const rules = isReplica(version) ? rulesBack(store, version, bucket) : rulesOn(store, version, bucket);
  return part === 'acl' ? rules.filter((rule) => copiesAcls(rule, store.buckets.get(destinationOf(rule)))) : rules;
}

/** The rule that a copy is made by, if that still selects the version; else the one that would copy the version there if it was made now. */
export function sameOrNewRule(
  store: RulesStore,
  version: Version,
  bucket: Bucket,
  { destination, rule: id }: Pick<CopyState, 'destination' | 'rule'>,
): ReplicationRule | undefined {
  const same = enabledRule(bucket, id);
  if (same !== undefined && destinationOf(same) === destination && isInFilter(same, version)) return same;
  const rules = isReplica(version) ? rulesBack(store, version, bucket) : rulesFor(version, bucket, store.buckets);
  return rules.find((rule) => destinationOf(rule) === destination);
}

function rulesOn(store: RulesStore, version: Version, bucket: Bucket): readonly ReplicationRule[] {
  const { copies = [], status } = version.replication ?? {};
  // A fixture said so.
  if (copies.length === 0 && status === 'COMPLETED') return rulesFor(version, bucket, store.buckets);
  return copies.flatMap((copy) =>
    hasCopy(store, version, bucket, copy) ? (sameOrNewRule(store, version, bucket, copy) ?? []) : [],
  );
}

/** Whether the version itself was copied: what failed then may be a later change. */
function hasCopy(store: RulesStore, version: Version, bucket: Bucket, copy: CopyState): boolean {
  const { key } = version;
  const { destination, status } = copy;
  if (status === 'COMPLETED') return true;
  const versionId = versionIdOf(store, version);
  if (status === 'PENDING') return !bucket.replications.has(taskId({ key, versionId, part: 'object', destination }));
  const there = store.buckets.get(destination);
  return there !== undefined && findVersion(store, there, key, versionId) !== undefined;
}

/** The rules by which a change of a replica is copied: those whose two buckets both ask for replica modification sync (F858). */
function rulesBack(store: RulesStore, version: Version, bucket: Bucket): readonly ReplicationRule[] {
  return rulesForReplicas(version, bucket).filter((rule) => {
    const other = store.buckets.get(destinationOf(rule));
    if (other === undefined || !isOfSource(store, version, other)) return false;
    return rulesForReplicas(version, other).some((back) => destinationOf(back) === bucket.name);
  });
}

/** Whether a bucket is the source of a replica, or has a replica of the same source. */
function isOfSource(store: RulesStore, version: Version, other: Bucket): boolean {
  if (version.replication?.source === other.name) return true;
  return findVersion(store, other, version.key, versionIdOf(store, version)) !== undefined;
}
