import type { Bucket } from '../model/bucket';
import { predicatesOf } from '../model/configurations/filters';
import type { ReplicationRule } from '../model/configurations/replication-rules';
import { sourcesOf } from '../model/replication/arrivals';
import { type Obstacle, obstaclesOf } from '../model/replication/obstacles';
import { destinationOf } from '../model/replication/replication-rules';
import type { ReplicatedPart } from '../model/replication/replication-state';
import { isReplica } from '../model/replication/replication-state';
import type { Store } from '../model/store';
import { isObject, type Version } from '../model/versions/version';
import { findVersion, versionIdOf } from '../model/versions/version-lookup';
import { quotedList } from '../text/lists';
import { writeKey } from '../text/values';

/** The replication of a bucket and of one of its versions, as a matcher reads it. Times are milliseconds since 1970. */
export interface ReplicationReport {
  readonly buckets: readonly string[];
  /** The destinations that rules of the bucket name, and those to which the version was to be copied. */
  readonly destinations: readonly string[];
  readonly hasRules: boolean;
  /** The buckets whose rules copy to this one. */
  readonly sources: readonly string[];
  readonly now: number;
  /** Undefined if the key has no such version. */
  readonly version: ReportedVersion | undefined;
}

interface ReportedVersion {
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** Of a replica, the bucket that it was copied from, if that is known. */
  readonly replicaOf: string | undefined;
  readonly isReplica: boolean;
  readonly copyTo: (destination: string) => ReportedCopy;
}

export interface ReportedCopy {
  /** Undefined if no rule asked for it. */
  readonly status: 'PENDING' | 'COMPLETED' | 'FAILED' | undefined;
  /** Whether a fixture gave the status, so that nothing was copied. */
  readonly isGiven: boolean;
  /** Whether the destination has the version. */
  readonly isThere: boolean;
  readonly hasDestination: boolean;
  /** The copies to there that S3 has still to make, soonest first. */
  readonly due: readonly DueCopy[];
  /** The rules of the bucket to there, each with what kept it from copying the version, as both are now; the nearest first. */
  readonly rules: () => readonly ReportedRule[];
}

/** A replication rule, and what kept it from copying a version, in words; nothing if it would copy it now. */
interface ReportedRule {
  readonly id: string;
  readonly obstacles: readonly string[];
}

interface DueCopy {
  readonly part: ReplicatedPart;
  readonly at: number;
  /** The reason for which the last attempt failed; undefined before the first one. */
  readonly failed: string | undefined;
}

export function replicationReport(
  store: Store,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): ReplicationReport {
  const version = versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId);
  const rules = bucket.settings.replication?.Rules ?? [];
  const copies = version?.replication?.copies ?? [];
  return {
    buckets: [...store.buckets.keys()],
    destinations: [...new Set([...rules.map(destinationOf), ...copies.map(({ destination }) => destination)])],
    hasRules: rules.length > 0,
    sources: sourcesOf(store, bucket),
    now: store.clock.now(),
    version: version && {
      versionId: versionIdOf(store, version),
      isDeleteMarker: !isObject(version),
      isReplica: isReplica(version),
      replicaOf: version.replication?.source,
      copyTo: (destination) => reportCopy(store, bucket, version, destination),
    },
  };
}

function reportCopy(store: Store, bucket: Bucket, version: Version, destination: string): ReportedCopy {
  const { status: given, copies = [] } = version.replication ?? {};
  const isGiven = given !== undefined && given !== 'REPLICA' && copies.length === 0;
  const status = isGiven ? given : copies.find((one) => one.destination === destination)?.status;
  const versionId = versionIdOf(store, version);
  const there = store.buckets.get(destination);
  const due = [...bucket.replications.values()]
    .filter((one) => one.key === version.key && one.versionId === versionId && one.destination === destination)
    .map(({ part, at, failed }) => ({ part, at, failed: failed?.reason }))
    .sort((a, b) => a.at - b.at);
  return {
    status,
    isGiven,
    isThere: there !== undefined && findVersion(store, there, version.key, versionId) !== undefined,
    hasDestination: there !== undefined,
    due,
    rules: () => nearestRules(store, bucket, version, destination),
  };
}

function nearestRules(store: Store, bucket: Bucket, version: Version, destination: string): readonly ReportedRule[] {
  return (bucket.settings.replication?.Rules ?? [])
    .filter((rule) => destinationOf(rule) === destination)
    .map((rule) => ({
      id: rule.ID ?? '',
      obstacles: obstaclesOf(rule, version, bucket, store.buckets).map((one) => inWords(one, rule, version)),
    }))
    .sort((a, b) => a.obstacles.length - b.obstacles.length);
}

function inWords(obstacle: Obstacle, rule: ReplicationRule, version: Version): string {
  switch (obstacle) {
    case 'disabled':
      return 'it is Disabled';
    case 'prefix':
      return `its prefix is ${writeKey(predicatesOf(rule).prefix ?? '')}`;
    case 'tags':
      return `it selects objects with ${tagsInWords(predicatesOf(rule).tags)}, and the version has ${tagsInWords(version.tags)}`;
    case 'delete marker':
      return 'it does not copy delete markers';
    case 'storage class':
      return `S3 does not copy objects in ${version.content?.storageClass}`;
    case 'encryption':
      return version.content?.encryption.SSEKMSKeyId === undefined
        ? "the service does not copy objects that a customer's key encrypts"
        : 'its SourceSelectionCriteria do not select objects that a KMS key encrypts';
    case 'owner':
      return "another account owns the object, and the bucket's owner may not read it";
    case 'null version':
      return 'S3 does not copy null versions';
    case 'another rule':
      return 'another rule, with a higher priority, applies';
    case 'unknown':
      return 'it does not select the version';
  }
}

function tagsInWords(tags: Version['tags']): string {
  if (tags.length === 0) return 'no tags';
  return `the tag${tags.length === 1 ? '' : 's'} ${quotedList(tags.map(({ Key, Value }) => `${Key}=${Value}`))}`;
}
