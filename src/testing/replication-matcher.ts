import type { ReplicationReport } from '../preset/replication-report';
import { drawStack } from '../preset/version-picture';
import { invalidValue } from '../text/invalid-value';
import { quotedList } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { visible, writeKey, writeValue } from '../text/values';
import { type MatcherResult, type StackedBucket, stackedBucketOf } from './bucket-like';
import { whyKeyIsSo } from './key-requests';
import { whyNotReplicated } from './replication-evidence';

/** A bucket that knows what replication did with its versions. */
interface ReplicatedBucket extends StackedBucket {
  replicationOf(key: string, versionId: string | undefined): ReplicationReport;
}

const matcher = 'toHaveReplicated';

/** Whether replication copied a version, the current one of a key or the one with an id, to a bucket that still has it. */
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
    return [`${headline}, but ${why}.`, ...evidence, picture, ...whyKeyIsSo(bucket, key)].join('\n\n');
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
  { buckets, destinations }: ReplicationReport,
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
  const nearest = names.includes(ofAddress) ? `the name of the bucket: '${ofAddress}'` : undefined;
  throw invalidValue(matcher, 'to', given, nearest ?? `another bucket than '${source}': ${quotedList(names)}`, names);
}
