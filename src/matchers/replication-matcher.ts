import type { RecordedRequests } from '../journal/assertions';
import type { RequestEntry } from '../journal/entry';
import { findRequestsOnKey } from '../journal/key-requests';
import { numbered } from '../journal/lines';
import type { MissingReplica, ReplicationReport } from '../model/replication/missing-replicas';
import { firstLines } from '../text/counts';
import { invalidValue } from '../text/invalid-value';
import { writeQuotedList } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { isRecord } from '../text/value-kinds';
import { visible, writeKey, writeValue } from '../text/values';
import {
  type BucketLike,
  drawKey,
  isRecorded,
  type MatcherResult,
  makeNoVersion,
  readStackedBucket,
  type StackedBucket,
  whyKeyIsSo,
} from './subjects';

interface ReplicatedBucket extends StackedBucket {
  replicationOf(key: string, versionId: string | undefined): ReplicationReport;
}

const matcher = 'toHaveReplicated';

export function toHaveReplicated(handle: unknown, key: unknown, options: unknown = {}): MatcherResult {
  const bucket = readStackedBucket(handle, matcher) as ReplicatedBucket; // handles of this library have the report
  if (typeof key !== 'string')
    throw makeMistake(
      `${matcher} takes a key: expect(s3.bucket('vault')).${matcher}('report.pdf', { to: 'replica' }). It was given ${writeValue(key)}.`,
    );
  const { to: named, versionId } = readOptions(options);
  const report = bucket.replicationOf(key, versionId);
  const to = findDestination(bucket.name, named, report);
  const pass = to !== undefined && report.isReplicatedTo(to);
  const message = () => {
    const subject = `${versionId === undefined ? '' : `version ${writeKey(versionId)} of `}${bucket.name}/${visible(key)}`;
    const goal = to === undefined ? '' : ` to ${writeKey(to)}`;
    const headline = `Expected ${subject} ${pass ? 'not ' : ''}to be replicated${goal}`;
    const present = report.version?.versionId ?? '';
    if (pass) return `${headline}, but version ${writeKey(present)} is there.`;
    const { why, evidence } = explain(report.whyMissing(to), bucket, { key, to: to ?? '', versionId: present });
    return [
      `${headline}, but ${why}.`,
      ...evidence,
      ...adviceOnSource(bucket.name, key, report),
      drawKey(bucket, bucket.versions(key)),
      ...whyKeyIsSo(bucket, key),
    ].join('\n\n');
  };
  if (report.version !== undefined) return { pass, message };
  return {
    pass,
    message,
    mistakeIfNegated: () => makeNoVersion(matcher, bucket, { key, versionId, state: 'not replicated' }),
  };
}

function readOptions(value: unknown) {
  const options = Object(value) as { readonly to?: unknown; readonly versionId?: unknown }; // read by names that are checked
  checkOptionNames(matcher, value as object, ['to', 'versionId']); // which refuses what is not an object
  const { to, versionId } = options;
  if (to !== undefined && typeof to !== 'string')
    throw invalidValue(matcher, 'to', to, "the name of a bucket, such as 'replica'");
  if (versionId !== undefined && typeof versionId !== 'string')
    throw invalidValue(matcher, 'versionId', versionId, 'the id of a version, or undefined for the current one');
  return { to, versionId };
}

function findDestination(
  source: string,
  destination: string | undefined,
  { buckets, destinations, sources }: ReplicationReport,
): string | undefined {
  if (destination === undefined) {
    if (destinations.length < 2) return destinations[0];
    throw invalidValue(
      matcher,
      'to',
      destination,
      `one of the buckets that '${source}' is replicated to: ${writeQuotedList(destinations)}`,
    );
  }
  const others = buckets.filter((name) => name !== source);
  // A destination may have been deleted.
  const names = [...new Set([...others, ...destinations])];
  if (names.includes(destination)) return destination;
  const ofAddress = destination.slice(destination.lastIndexOf(':') + 1);
  const ofSource = sources.map((one) => `expect(s3.bucket('${one}')), the source of the copy`)[0];
  const nearest = names.includes(ofAddress)
    ? `the name of the bucket: '${ofAddress}'`
    : destination === source
      ? ofSource
      : undefined;
  throw invalidValue(
    matcher,
    'to',
    destination,
    nearest ?? `a bucket other than '${source}': ${writeQuotedList(names)}`,
    names,
  );
}

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
  readonly key: string;
  readonly to: string;
  readonly versionId: string;
}

interface Explanation {
  readonly why: string;
  readonly evidence: readonly string[];
}

function explain({ why: said, asks, rules }: MissingReplica, bucket: BucketLike, copy: ExpectedCopy): Explanation {
  const why = String(said);
  const { key, to, versionId } = copy;
  if (asks === undefined) return { why, evidence: [] };
  if (asks === 'failure') return { why: writeFailure(why, bucket, copy), evidence: [] };
  if (asks === 'deletion') {
    const there = { ...readable(bucket), name: to };
    return { why, evidence: whyKeyIsSo(there, key).map((one) => `In bucket '${to}': ${one}`) };
  }
  const lines = rules.map(({ id, obstacles }) =>
    obstacles.length > 0
      ? `rule '${id}': ${obstacles.join('; ')}`
      : `rule '${id}' would copy it if a request wrote it now; ${whyNotThen(bucket, key, versionId)}`,
  );
  const listed = firstLines(lines, mostRules, 'rule').map((line) => `  ${line}`);
  return {
    why,
    evidence: [[`The rules that copy to '${to}', compared with the version as it is now:`, ...listed].join('\n')],
  };
}

const mostRules = 5;

function whyNotThen({ name, requests }: BucketLike, key: string, versionId: string): string {
  const changed = 'it was written before the rule was put, or with other tags or another storage class';
  if (!isRecorded(requests)) return changed;
  const made = findRequestsOnKey(requests, name, key).find(({ entry }) => hasMade(entry, versionId));
  if (made === undefined)
    return 's3.requests contains no request that wrote it, and S3 copies only what requests write';
  const rules = lastRules(requests, name);
  return rules !== undefined && rules > made.number
    ? 'it was written before the PutBucketReplication request'
    : changed;
}

/** Whether a request made a version. The answer to a batch names several delete markers. */
function hasMade(entry: RequestEntry, versionId: string): boolean {
  const output: unknown = entry.output;
  if (!isRecord(output)) return false;
  const deleted: unknown = output['Deleted'];
  const markers = Array.isArray(deleted) ? deleted.map((one) => isRecord(one) && one['DeleteMarkerVersionId']) : [];
  const isWrite = entry.operation !== undefined && writes.has(entry.operation);
  return (isWrite && output['VersionId'] === versionId) || markers.includes(versionId);
}

/** Requests that change a version's tags, ACL or annotations answer its id as well. */
const writes = new Set<string>(['PutObject', 'PostObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject']);

function lastRules(requests: RecordedRequests, bucket: string): number | undefined {
  return numbered(requests).findLast(
    ({ entry: { operation, bucket: name, status } }) =>
      operation === 'PutBucketReplication' && name === bucket && status === 200,
  )?.number;
}

function writeFailure(clause: string, { name, requests }: BucketLike, { key, to, versionId }: ExpectedCopy): string {
  const actions = isRecorded(requests) ? requests.serviceActions : [];
  const failed = actions.findLast(
    (one) =>
      one.result === 'FAILED' &&
      one.bucket === name &&
      one.key === key &&
      one.versionId === versionId &&
      one.destination === to,
  );
  if (failed === undefined) return `${clause}, for a reason that s3.requests no longer contains`;
  const { part = 'object', reason } = failed;
  const isOfVersion = part === 'object' || part === 'delete marker';
  return `${isOfVersion ? 'it' : `the copy of its ${part === 'acl' ? 'ACL' : part}`} FAILED with ${reason}: ${failed.why}`;
}

/** Returns the bucket without the accessors of its class, which a copy does not have. */
function readable({ versioning, mfaDelete, requests }: BucketLike): Omit<BucketLike, 'name'> {
  return { versioning, mfaDelete, ...(requests !== undefined && { requests }) };
}
