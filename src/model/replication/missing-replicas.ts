import { writeDue } from '../../text/durations';
import { quotedList } from '../../text/lists';
import { writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import { predicatesOf } from '../configurations/filters';
import type { ReplicationRule } from '../configurations/replication-rules';
import type { Store } from '../store';
import { isObject, type Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { type Obstacle, obstaclesOf } from './obstacles';
import { destinationOf } from './replication-rules';
import { isReplica, type ReplicatedPart } from './replication-state';
import type { ReplicationTask } from './replication-task';

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

/** A replication rule, and what kept it from copying a version, also in words; nothing if it would copy it now. */
interface ReportedRule {
  readonly id: string;
  readonly kinds: readonly Obstacle[];
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
    sources: namesOfSources(store, bucket),
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
    .map((rule) => {
      const kinds = obstaclesOf(rule, version, bucket, store.buckets);
      return { id: rule.ID ?? '', kinds, obstacles: kinds.map((one) => inWords(one, rule, version)) };
    })
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

/** The names of the buckets whose rules copy to a bucket. */
function namesOfSources({ buckets }: Pick<Store, 'buckets'>, { name }: Pick<Bucket, 'name'>): readonly string[] {
  return [...buckets.values()]
    .filter(({ settings }) => settings.replication?.Rules.some((rule) => destinationOf(rule) === name))
    .map((source) => source.name);
}

/** Which of the copies that wait: all of them, or those from a bucket, to a bucket, of a key. */
interface WaitingCopies {
  readonly from?: string;
  readonly to?: string;
  readonly key?: string | undefined;
}

/** What S3 has still to copy: a sentence without a point each, which says when it does and how a test gets there. */
export function writeWaitingCopies(
  { buckets, clock }: Store,
  { from, to, key }: WaitingCopies = {},
): readonly string[] {
  return [...buckets.values()]
    .filter(({ name }) => from === undefined || name === from)
    .flatMap(({ name, replications }) =>
      [...replications.values()]
        .filter((task) => (to === undefined || task.destination === to) && (key === undefined || task.key === key))
        .map((task) => writeWaitingCopy(name, task, clock.now())),
    );
}

export function writeWaitingCopy(source: string, task: ReplicationTask, now: number): string {
  const { key, part, destination, at, failed, isGivenUp } = task;
  const what = `the copy of ${subjects[part]} ${source}/${key} to '${destination}'`;
  const before = failed === undefined ? '' : `, whose last attempt failed with ${failed.reason}`;
  if (isGivenUp) return `${what}${before}, is given up`;
  return `${what}${before}${before === '' ? '' : ','} waits for the mock's clock: S3 makes it ${writeDue(at, now)}`;
}

const subjects: Readonly<Record<ReplicatedPart, string>> = {
  object: 'object',
  'delete marker': 'the delete marker on',
  tags: 'the tags of',
  annotations: 'the annotations of',
  acl: 'the ACL of',
  retention: 'the retention of',
  'legal hold': 'the legal hold of',
};

/** Why a bucket does not have what is in the buckets that are copied to it, for a key: sentences without a point, which name source and cure. */
export function whyNotArrived(store: Store, { name: to }: Bucket, key: string): readonly string[] {
  return [...store.buckets.values()]
    .filter((source) => source.name !== to)
    .flatMap((source) => {
      const waits = writeWaitingCopies(store, { from: source.name, to, key });
      return waits.length > 0 ? waits : whyNotCopied(store, source, to, key);
    });
}

/** Why the current version of a source did not come, though nothing waits. */
function whyNotCopied(store: Store, source: Bucket, to: string, key: string): readonly string[] {
  const version = source.versions.current(key);
  if (version === undefined || isReplica(version)) return [];
  const { status: known, isGiven, isThere, rules: findRules } = reportCopy(store, source, version, to);
  const status = isGiven ? undefined : known;
  if (isThere || status === 'COMPLETED') return [];
  const rules = findRules();
  if (rules.length === 0) return [];
  const withAdvice = (happened: string) => [
    `${happened}; expect(s3.bucket('${source.name}')).toHaveReplicated(${writeKey(key)}, { to: '${to}' }) says why`,
  ];
  if (status === 'FAILED') return withAdvice(`the copy of object ${source.name}/${key} to '${to}' FAILED`);
  if (status !== undefined || isObject(version))
    return withAdvice(`bucket '${source.name}' has it, and no rule copied it to '${to}'`);
  const on = `the delete marker on ${source.name}/${key}`;
  const without = rules.filter(({ kinds }) => kinds.includes('delete marker')).map(({ id }) => id);
  if (without.length === 0) return withAdvice(`${on} was not copied`);
  return [
    `${on} is not copied: rule ${quotedList(without)} copies no delete markers, and would with DeleteMarkerReplication: { Status: 'Enabled' }`,
  ];
}
