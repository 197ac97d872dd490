import { Code } from '../../text/calls';
import { writeDue } from '../../text/durations';
import { writeQuotedList } from '../../text/lists';
import { clause, type Said, say } from '../../text/reason';
import { writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import { type ConditionName, isConditionName, readSelection } from '../configurations/filters';
import type { ReplicationRule } from '../configurations/replication-rules';
import type { Store } from '../store';
import { isObject, type Version } from '../versions/version';
import { findVersion, versionIdOf } from '../versions/version-lookup';
import { findObstacles, type Obstacle } from './obstacles';
import { destinationOf } from './replication-rules';
import { isReplica, type ReplicatedPart } from './replication-state';
import type { ReplicationTask } from './replication-task';

export interface ReplicationReport {
  readonly buckets: readonly string[];
  readonly destinations: readonly string[];
  readonly hasRules: boolean;
  readonly sources: readonly string[];
  readonly version: { readonly versionId: string; readonly isReplica: boolean } | undefined;
  readonly isReplicatedTo: (destination: string) => boolean;
  readonly whyMissing: (destination: string | undefined) => MissingReplica;
}

export interface MissingReplica {
  readonly why: Said;
  /**
   * The question that only the log of requests answers: why the copy failed, who deleted it, or why a rule that would copy it now did not.
   */
  readonly asks?: 'failure' | 'deletion' | 'rules';
  /** The present rules, the nearest first. */
  readonly rules: readonly ReportedRule[];
}

interface ReportedRule {
  readonly id: string;
  readonly kinds: readonly Obstacle[];
  readonly obstacles: readonly string[];
}

interface Copy {
  readonly status: 'PENDING' | 'COMPLETED' | 'FAILED' | undefined;
  /** A fixture gave the status, so that nothing was copied. */
  readonly isOfFixture: boolean;
  readonly isThere: boolean;
  readonly hasDestination: boolean;
}

export function replicationReport(
  store: Store,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): ReplicationReport {
  const version = versionId === undefined ? bucket.versions.current(key) : findVersion(store, bucket, key, versionId);
  const destinations = destinationsOf(bucket, version);
  return {
    buckets: [...store.buckets.keys()],
    destinations,
    hasRules: rulesOf(bucket).length > 0,
    sources: namesOfSources(store, bucket),
    version: version && { versionId: versionIdOf(store, version), isReplica: isReplica(version) },
    isReplicatedTo(to) {
      const { status, isThere } = version ? findCopy(store, version, to) : {};
      return status === 'COMPLETED' && isThere === true;
    },
    whyMissing: (to) =>
      version
        ? whyMissing(store, bucket, version, to)
        : because(bucket.versions.current(key) ? 'the key has no such version' : 'there is no such key'),
  };
}

function destinationsOf(bucket: Bucket, version: Version | undefined): readonly string[] {
  const copies = version?.replication?.copies ?? [];
  return [...new Set([...rulesOf(bucket).map(destinationOf), ...copies.map(({ destination }) => destination)])];
}

function rulesOf({ settings }: Bucket): readonly ReplicationRule[] {
  return settings.replication?.Rules ?? [];
}

function findCopy(store: Store, version: Version, destination: string): Copy {
  const { status: ownStatus, copies = [] } = version.replication ?? {};
  const isOfFixture = ownStatus !== undefined && ownStatus !== 'REPLICA' && copies.length === 0;
  const status = isOfFixture ? ownStatus : copies.find((one) => one.destination === destination)?.status;
  const there = store.buckets.get(destination);
  const isThere =
    there !== undefined && findVersion(store, there, version.key, versionIdOf(store, version)) !== undefined;
  return { status, isOfFixture, isThere, hasDestination: there !== undefined };
}

function because(why: Said, asks?: MissingReplica['asks'], rules: readonly ReportedRule[] = []): MissingReplica {
  return { why, ...(asks && { asks }), rules };
}

function whyMissing(store: Store, bucket: Bucket, version: Version, to: string | undefined): MissingReplica {
  if (to === undefined) return because(`bucket '${bucket.name}' has no replication rules`);
  const { status, isOfFixture, hasDestination } = findCopy(store, version, to);
  if (status === undefined) return whyNotAsked(store, bucket, version, to);
  if (isOfFixture) return because(whyOfFixture(status, to, hasDestination));
  if (status === 'PENDING') return because(whyPending(store, bucket, version, to));
  if (status === 'FAILED') return because('it FAILED', 'failure');
  return hasDestination
    ? because(`it was copied, and later deleted in bucket '${to}'`, 'deletion')
    : because(`it was copied, and bucket '${to}' was deleted later`);
}

function whyNotAsked(store: Store, bucket: Bucket, version: Version, to: string): MissingReplica {
  if (isReplica(version)) {
    const source = version.replication?.source;
    const origin = source === undefined ? '' : ` of bucket '${source}'`;
    return because(`it is itself a replica${origin}, and S3 does not copy replicas again`);
  }
  if (rulesOf(bucket).length === 0) return because(`bucket '${bucket.name}' has no replication rules`);
  const rules = nearestRules(store, bucket, version, to);
  if (rules.length === 0)
    return because(
      `no rule of bucket '${bucket.name}' copies to '${to}', only to ${writeQuotedList(destinationsOf(bucket, version))}`,
    );
  const kind = isObject(version) ? '' : ': it is a delete marker';
  return because(`no rule to '${to}' selected it when it was made${kind}`, 'rules', rules);
}

function whyOfFixture(status: string, to: string, hasDestination: boolean): string {
  const origin = `a fixture gave it the status ${status}`;
  if (status !== 'COMPLETED') return `${origin}, and S3 copies nothing because of that`;
  return `${origin}, and ${hasDestination ? `bucket '${to}' does not have it` : `there is no bucket '${to}'`}`;
}

function whyPending(store: Store, bucket: Bucket, version: Version, to: string): Said {
  const versionId = versionIdOf(store, version);
  const [next] = [...bucket.replications.values()]
    .filter((one) => one.key === version.key && one.versionId === versionId && one.destination === to)
    .sort((a, b) => a.at - b.at);
  if (next === undefined) return 'it is PENDING';
  const { part, at, failed } = next;
  const isOfVersion = part === 'object' || part === 'delete marker';
  const what = isOfVersion
    ? 'it is PENDING'
    : `it is PENDING again, because its ${part === 'acl' ? 'ACL' : part} changed`;
  const attempt = failed === undefined ? 'S3 copies it' : `an attempt failed with ${failed.reason}, and S3 tries again`;
  return say`${what}: ${attempt} ${writeDue(at, store.clock.now())}`;
}

function nearestRules(store: Store, bucket: Bucket, version: Version, destination: string): readonly ReportedRule[] {
  return rulesOf(bucket)
    .filter((rule) => destinationOf(rule) === destination)
    .map((rule) => {
      const kinds = findObstacles(rule, version, bucket, store.buckets);
      return { id: rule.ID ?? '', kinds, obstacles: kinds.map((one) => writeObstacle(one, rule, version)) };
    })
    .sort((a, b) => a.obstacles.length - b.obstacles.length);
}

/** Says that the configuration before the present one had a rule that would copy the version. */
function whyReplaced(store: Store, source: Bucket, version: Version, to: string): readonly string[] {
  const found = source.replaced.replication?.Rules.find(
    // The present rules are the others.
    (rule) =>
      destinationOf(rule) === to &&
      findObstacles(rule, version, source, store.buckets).every((one) => one === 'another rule'),
  );
  return found === undefined
    ? []
    : [
        `bucket '${source.name}' has it, and no rule copies it to '${to}': the configuration before had the rule '${found.ID}' for it, and PutBucketReplication replaces all rules: put the rules of both`,
      ];
}

function writeObstacle(obstacle: Obstacle, rule: ReplicationRule, version: Version): string {
  if (!isConditionName(obstacle)) return inWords[obstacle](version, rule);
  return readSelection(rule).narrowing.get(obstacle)?.why(version) ?? '';
}

const inWords: Readonly<Record<Exclude<Obstacle, ConditionName>, (version: Version, rule: ReplicationRule) => string>> =
  {
    disabled: () => 'it is Disabled',
    'delete marker': () => 'it does not copy delete markers',
    'storage class': ({ content }) => `S3 does not copy objects in ${content?.storageClass}`,
    encryption: ({ content }, { SourceSelectionCriteria: criteria }) =>
      content?.encryption.SSEKMSKeyId === undefined
        ? "the service does not copy objects that a customer's key encrypts"
        : `a KMS key encrypts the object, and the rule ${criteria?.SseKmsEncryptedObjects === undefined ? 'has no SseKmsEncryptedObjects' : 'has SseKmsEncryptedObjects Disabled'}: give the rule SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } }, and its Destination an EncryptionConfiguration with a ReplicaKmsKeyID`,
    owner: () => "another account owns the object, and the bucket's owner cannot read it",
    'null version': () => 'S3 does not copy null versions',
    'another rule': () => 'another rule, with a higher priority, applies',
    unknown: () => 'it does not select the version',
  };

function namesOfSources({ buckets }: Pick<Store, 'buckets'>, { name }: Pick<Bucket, 'name'>): readonly string[] {
  return [...buckets.values()]
    .filter(({ settings }) => settings.replication?.Rules.some((rule) => destinationOf(rule) === name))
    .map((source) => source.name);
}

/** Names the nearest rule. What a rule would copy now was written before it, or by no request. */
function whyNoRule(source: Bucket, { key }: Version, [nearest]: readonly ReportedRule[]): string {
  const { id = '', kinds = [], obstacles = [] } = nearest ?? {};
  const again = "such as by CopyObject onto its own key with MetadataDirective: 'REPLACE'";
  // A bucket with rules has versioning, so its null versions are older than the rules, and a write makes a version with an id.
  if (kinds.length === 1 && kinds[0] === 'null version' && source.versioningHistory.present === 'Enabled')
    return `S3 copies only what requests write after rule '${id}' was made, and never null versions: ${writeKey(key)} was written before versioning was Enabled. Write it again after the rule, ${again}`;
  if (obstacles.length > 0) return `rule '${id}': ${obstacles.join('; ')}`;
  const rule = `S3 copies only what requests write after rule '${id}' was made`;
  return source.wasPut('replication')
    ? `${rule}, and ${writeKey(key)} was written before that, or by no request. To copy it too, write it again after the rule, ${again}`
    : `${rule}, and neither fixtures nor handles send requests. If ${writeKey(key)} is of a fixture, write it by a request`;
}

interface WaitingCopies {
  readonly to?: string;
  readonly key?: string | undefined;
}

export function writeWaitingCopies({ buckets, clock }: Store, copies: WaitingCopies = {}): readonly Said[] {
  return [...buckets.values()].flatMap((source) => writeCopiesFrom(source, clock.now(), copies));
}

function writeCopiesFrom({ name, replications }: Bucket, now: number, { to, key }: WaitingCopies): readonly Said[] {
  return [...replications.values()]
    .filter((task) => (to === undefined || task.destination === to) && (key === undefined || task.key === key))
    .map((task) => writeWaitingCopy(name, task, now));
}

export function writeWaitingCopy(source: string, task: ReplicationTask, now: number): Said {
  const { key, part, destination, at, failed, isGivenUp } = task;
  const what = `the copy of ${subjects[part]} ${source}/${key} to '${destination}'`;
  const before = failed === undefined ? '' : `, whose last attempt failed with ${failed.reason}`;
  if (isGivenUp) return `${what}${before}, is given up`;
  return say`${what}${before}${before === '' ? '' : ','} waits for the mock's clock: S3 makes it ${writeDue(at, now)}`;
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

export function whyNotArrived(store: Store, { name: to }: Bucket, key: string): readonly Said[] {
  return [...store.buckets.values()].flatMap((source) => {
    const waits = writeCopiesFrom(source, store.clock.now(), { to, key });
    return waits.length > 0 ? waits : whyNotCopied(store, source, to, key);
  });
}

function whyNotCopied(store: Store, source: Bucket, to: string, key: string): readonly Said[] {
  const version = source.versions.current(key);
  if (version === undefined || isReplica(version)) return [];
  const { status: known, isOfFixture, isThere } = findCopy(store, version, to);
  const status = isOfFixture ? undefined : known;
  if (isThere || status === 'COMPLETED') return [];
  const rules = nearestRules(store, source, version, to);
  const isForPresent = rules.some(({ kinds }) => kinds.length === 0);
  const replaced = isForPresent ? [] : whyReplaced(store, source, version, to);
  if (rules.length === 0 || replaced.length > 0) return replaced;
  const matcher = new Code(`expect(s3.bucket('${source.name}')).toHaveReplicated(${writeKey(key)}, { to: '${to}' })`);
  const withAdvice = (happened: string) => [say`${happened}${clause`; ${matcher} says why`}`];
  if (status === 'FAILED') return withAdvice(`the copy of object ${source.name}/${key} to '${to}' FAILED`);
  if (isObject(version))
    return [`bucket '${source.name}' has it, and no rule copied it to '${to}': ${whyNoRule(source, version, rules)}`];
  const on = `the delete marker on ${source.name}/${key}`;
  const without = rules.filter(({ kinds }) => kinds.includes('delete marker')).map(({ id }) => id);
  if (without.length === 0) return withAdvice(`${on} was not copied`);
  return [
    `${on} is not copied: rule ${writeQuotedList(without)} copies no delete markers, and would with DeleteMarkerReplication: { Status: 'Enabled' }`,
  ];
}
