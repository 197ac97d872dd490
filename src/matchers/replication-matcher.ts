import type { RecordedRequests } from '../journal/assertions';
import type { RequestEntry } from '../journal/entry';
import { requestsOnKey } from '../journal/key-requests';
import type { ReplicationReport, ReportedCopy } from '../model/replication/missing-replicas';
import { drawStack } from '../preset/version-picture';
import { firstLines } from '../text/counts';
import { writeDue } from '../text/durations';
import { invalidValue } from '../text/invalid-value';
import { quotedList } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { visible, writeKey, writeValue } from '../text/values';
import {
  type BucketLike,
  isRecorded,
  type MatcherResult,
  type StackedBucket,
  stackedBucketOf,
  whyKeyIsSo,
} from './subjects';

interface ReplicatedBucket extends StackedBucket {
  replicationOf(key: string, versionId: string | undefined): ReplicationReport;
}

const matcher = 'toHaveReplicated';

export function toHaveReplicated(handle: unknown, key: unknown, options: unknown = {}): MatcherResult {
  const bucket = stackedBucketOf(handle, matcher) as ReplicatedBucket; // handles of this library have the report
  if (typeof key !== 'string')
    throw new TypeError(
      `${matcher} takes a key: expect(s3.bucket('vault')).${matcher}('report.pdf', { to: 'replica' }). It was given ${writeValue(key)}.`,
    );
  const { to: given, versionId } = readOptions(options);
  const report = bucket.replicationOf(key, versionId);
  const to = destinationOf(bucket.name, given, report);
  const copy = to === undefined ? undefined : report.version?.copyTo(to);
  const pass = copy?.status === 'COMPLETED' && copy.isThere;
  const message = () => {
    const subject = `${versionId === undefined ? '' : `version ${writeKey(versionId)} of `}${bucket.name}/${visible(key)}`;
    const goal = to === undefined ? '' : ` to ${writeKey(to)}`;
    const headline = `Expected ${subject} ${pass ? 'not ' : ''}to be replicated${goal}`;
    if (pass) return `${headline}, but version ${writeKey(report.version?.versionId ?? '')} is there.`;
    const stack = bucket.versions(key);
    const { why, evidence } = whyNotReplicated({ bucket, key, to, report, copy, isKey: stack.length > 0 });
    const picture = stack.length > 0 ? drawStack(stack) : String(bucket);
    return [
      `${headline}, but ${why}.`,
      ...evidence,
      ...adviceOnSource(bucket.name, key, report),
      picture,
      ...whyKeyIsSo(bucket, key),
    ].join('\n\n');
  };
  return { pass, message };
}

function readOptions(given: unknown) {
  const options = Object(given) as { readonly to?: unknown; readonly versionId?: unknown }; // read by names that are checked
  checkOptionNames(matcher, given as object, ['to', 'versionId']); // which refuses what is not an object
  const { to, versionId } = options;
  if (to !== undefined && typeof to !== 'string')
    throw invalidValue(matcher, 'to', to, "the name of a bucket, such as 'replica'");
  if (versionId !== undefined && typeof versionId !== 'string')
    throw invalidValue(matcher, 'versionId', versionId, 'the id of a version, or undefined for the current one');
  return { to, versionId };
}

/** The bucket that a copy is asked for; undefined if the test names none and no rule does. */
function destinationOf(
  source: string,
  given: string | undefined,
  { buckets, destinations, sources }: ReplicationReport,
): string | undefined {
  if (given === undefined) {
    if (destinations.length < 2) return destinations[0];
    throw invalidValue(
      matcher,
      'to',
      given,
      `one of the buckets that '${source}' is replicated to: ${quotedList(destinations)}`,
    );
  }
  const others = buckets.filter((name) => name !== source);
  // A destination may have been deleted.
  const names = [...new Set([...others, ...destinations])];
  if (names.includes(given)) return given;
  const ofAddress = given.slice(given.lastIndexOf(':') + 1);
  const ofSource = sources.map((one) => `expect(s3.bucket('${one}')), the source of the copy`)[0];
  const nearest = names.includes(ofAddress)
    ? `the name of the bucket: '${ofAddress}'`
    : given === source
      ? ofSource
      : undefined;
  throw invalidValue(matcher, 'to', given, nearest ?? `another bucket than '${source}': ${quotedList(names)}`, names);
}

/** What to ask if the bucket is not the source of the copy but its destination. */
function adviceOnSource(
  name: string,
  key: string,
  { sources, hasRules, version }: ReplicationReport,
): readonly string[] {
  const [source] = sources;
  if (source === undefined || (hasRules && version !== undefined && !version.isReplica)) return [];
  return [
    `Bucket '${name}' is a destination: ${matcher} asks the source, expect(s3.bucket('${source}')).${matcher}(${writeKey(key)}, { to: '${name}' }).`,
  ];
}

interface ExpectedCopy {
  readonly bucket: BucketLike;
  readonly key: string;
  /** Undefined if neither the test nor a rule names a destination. */
  readonly to: string | undefined;
  readonly report: ReplicationReport;
  /** Undefined if there is no such version, or no destination. */
  readonly copy: ReportedCopy | undefined;
  readonly isKey: boolean;
}

/** Why a version is not replicated: the end of a sentence, and the paragraphs below it. */
interface Explanation {
  readonly why: string;
  readonly evidence: readonly string[];
}

/** The same, of a version and a destination that there are. */
interface FoundCopy extends ExpectedCopy {
  readonly to: string;
  readonly version: NonNullable<ReplicationReport['version']>;
  readonly copy: ReportedCopy;
}

function whyNotReplicated(expected: ExpectedCopy): Explanation {
  const { bucket, to, report, copy, isKey } = expected;
  const { version } = report;
  if (version === undefined) return because(isKey ? 'the key has no such version' : 'there is no such key');
  if (to === undefined || copy === undefined) return because(`bucket '${bucket.name}' has no replication rules`);
  const found = { ...expected, to, version, copy };
  if (copy.status === undefined) return whyNotAsked(found);
  if (copy.isGiven) return whyGiven(found);
  switch (copy.status) {
    case 'PENDING':
      return because(whyPending(found));
    case 'FAILED':
      return because(whyFailed(found));
    case 'COMPLETED':
      return whyGone(found);
  }
}

function because(why: string, ...evidence: readonly string[]): Explanation {
  return { why, evidence };
}

const mostRules = 5;

/** Why no rule asked for the copy, as far as the version and the rules say it as they are now. */
function whyNotAsked({ bucket, key, to, report, version, copy }: FoundCopy): Explanation {
  const { isReplica, replicaOf, versionId, isDeleteMarker } = version;
  if (isReplica) {
    const origin = replicaOf === undefined ? '' : ` of bucket '${replicaOf}'`;
    return because(`it is itself a replica${origin}, and S3 does not copy replicas on`);
  }
  const rules = copy.rules();
  if (rules.length === 0) return because(whyNoRule(bucket.name, to, report));
  const lines = rules.map(({ id, obstacles }) =>
    obstacles.length > 0
      ? `rule '${id}': ${obstacles.join('; ')}`
      : `rule '${id}' would copy it if a request made it now; ${whyNotThen(bucket, key, versionId)}`,
  );
  return because(
    `no rule to '${to}' selected it when it was made${isDeleteMarker ? ': it is a delete marker' : ''}`,
    `The rules to '${to}', as they and the version are now:\n${firstLines(lines, mostRules, 'rule')
      .map((line) => `  ${line}`)
      .join('\n')}`,
  );
}

function whyNoRule(name: string, to: string, { hasRules, destinations }: ReplicationReport): string {
  if (!hasRules) return `bucket '${name}' has no replication rules`;
  return `no rule of bucket '${name}' copies to '${to}', only to ${quotedList(destinations)}`;
}

function whyNotThen({ name, requests }: BucketLike, key: string, versionId: string): string {
  const changed = 'it was made before the rule, or its tags or its storage class were others';
  if (!isRecorded(requests)) return changed;
  const made = requestsOnKey(requests, name, key, requests.dropped).find(({ entry }) => hasMade(entry, versionId));
  if (made === undefined) return 's3.requests has no request that made it, and S3 copies only what requests make';
  const rules = lastRules(requests, name);
  return rules !== undefined && rules > made.number ? 'it was made before PutBucketReplication came' : changed;
}

/** Whether a request made a version: an object, or a delete marker, of which a batch may make several. */
function hasMade(entry: RequestEntry, versionId: string): boolean {
  const output: unknown = entry.output;
  if (!isRecord(output)) return false;
  const deleted: unknown = output['Deleted'];
  const markers = Array.isArray(deleted) ? deleted.map((one) => isRecord(one) && one['DeleteMarkerVersionId']) : [];
  const isWrite = entry.operation !== undefined && writes.has(entry.operation);
  return (isWrite && output['VersionId'] === versionId) || markers.includes(versionId);
}

/** The requests that answer the id of the version that they made. Those that change its tags, its ACL or its annotations answer it as well. */
const writes = new Set<string>(['PutObject', 'PostObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject']);

function lastRules(requests: RecordedRequests, bucket: string): number | undefined {
  const index = requests
    .slice()
    .findLastIndex((one) => one.operation === 'PutBucketReplication' && one.bucket === bucket && one.status === 200);
  return index === -1 ? undefined : requests.dropped + index + 1;
}

function whyGiven({ to, copy: { status, hasDestination } }: FoundCopy): Explanation {
  const given = `a fixture gave it the status ${status}`;
  if (status !== 'COMPLETED') return because(`${given}, and S3 copies nothing because of that`);
  return because(`${given}, and ${hasDestination ? `bucket '${to}' does not have it` : `there is no bucket '${to}'`}`);
}

function whyPending({ report: { now }, copy: { due } }: FoundCopy): string {
  const [first] = due;
  if (first === undefined) return 'it is PENDING';
  const { part, at, failed } = first;
  const isWhole = part === 'object' || part === 'delete marker';
  const what = isWhole ? 'it is PENDING' : `it is PENDING again, because its ${part === 'acl' ? 'ACL' : part} changed`;
  const attempt = failed === undefined ? 'S3 copies it' : `an attempt failed with ${failed}, and S3 tries again`;
  return `${what}: ${attempt} ${writeDue(at, now)}`;
}

function whyFailed({ bucket: { name, requests }, key, to, version: { versionId } }: FoundCopy): string {
  const actions = isRecorded(requests) ? requests.serviceActions : [];
  const failed = actions.findLast(
    (one) =>
      one.result === 'FAILED' &&
      one.bucket === name &&
      one.key === key &&
      one.versionId === versionId &&
      one.destination === to,
  );
  if (failed === undefined) return 'it FAILED, for a reason that s3.requests does not have any more';
  const { part = 'object', reason, why } = failed;
  const isWhole = part === 'object' || part === 'delete marker';
  return `${isWhole ? 'it' : `the copy of its ${part === 'acl' ? 'ACL' : part}`} FAILED with ${reason}: ${why}`;
}

/** Why a version that was copied is not there. */
function whyGone({ bucket, key, to, copy: { hasDestination } }: FoundCopy): Explanation {
  if (!hasDestination) return because(`it was copied, and bucket '${to}' was deleted since`);
  const there = { ...readable(bucket), name: to };
  const evidence = whyKeyIsSo(there, key).map((one) => `In bucket '${to}': ${one}`);
  return { why: `it was copied, and deleted in bucket '${to}' since`, evidence };
}

/** A bucket without the accessors of its class, which a copy does not have. */
function readable({ versioning, mfaDelete, requests }: BucketLike): Omit<BucketLike, 'name'> {
  return { versioning, mfaDelete, ...(requests !== undefined && { requests }) };
}
