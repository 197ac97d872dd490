import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { HandleRead } from '../journal/handle-reads';
import type { Bucket } from '../model/bucket';
import { listCurrentKeys } from '../model/versions/listings';
import { listVersions } from '../preset/version-copies';
import { grouped } from '../text/counts';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { countsCalls, isAssertion } from './errors';
import type { LastHandleRead } from './handle-read';
import type { Question } from './hint';
import { type AssertedObject, countExpectedVersions, findOtherVersions, hasMoreVersions } from './library-assertions';

interface HistoryQuestion extends Question {
  readonly ofHandle: LastHandleRead | undefined;
  /** The bucket whose usage the test has read last. */
  readonly ofUsage: Pick<HandleRead, 'bucket'> | undefined;
}

/** Says that a bucket keeps its versions while versioning is suspended, if a test expects that they are gone. */
export function writeKeptHistory(question: HistoryQuestion): string | undefined {
  const { store, entries, errors } = question;
  const at = entries.findLastIndex(
    ({ operation, error }) => operation === 'PutBucketVersioning' && error === undefined,
  );
  const entry = entries[at];
  const bucket = store.buckets.get(entry?.bucket ?? '');
  if (entry === undefined || bucket === undefined || !isSuspended(entry)) return undefined;
  // Who has deleted something since, or has a rule, expects the end of the versions from that.
  const isDeleted = entries.slice(at + 1).some((one) => one.operation?.startsWith('DeleteObject') === true);
  const old = listNoncurrent(bucket);
  if (isDeleted || bucket.lifecycle !== undefined || old === 0) return undefined;
  if (!errors.some((error) => isMissed(question, bucket, error))) return undefined;
  return `${writeCall(entry)} with Status: 'Suspended' keeps all versions that are there, of which ${grouped(old)} ${old === 1 ? 'is' : 'are'} noncurrent: delete them by their VersionId, or give the bucket a lifecycle rule with NoncurrentVersionExpiration.`;
}

function isSuspended({ input }: RequestEntry): boolean {
  return memberOf(memberOf(input, 'VersioningConfiguration'), 'Status') === 'Suspended';
}

function listNoncurrent(bucket: Bucket): number {
  return [...listVersions(bucket)].filter(([, isLatest]) => !isLatest).length;
}

/** Whether a test expects the current version alone of a key that has others. Who expects older ones as well misses no deletion. */
function expectsOneOf(bucket: Bucket, other: AssertedObject): boolean {
  return countExpectedVersions(other) <= 1 && [...listVersions(bucket, other.key)].length > 1;
}

/** Whether a test counted the versions, and expected no more than the current ones. */
function isMissed({ entries, ofHandle, ofUsage }: HistoryQuestion, bucket: Bucket, error: FailedError): boolean {
  const other = findOtherVersions([error]);
  if (other !== undefined) return other.bucket === bucket.name && hasMoreVersions(other) && expectsOneOf(bucket, other);
  const [expected, received] = readCompared(error).numbers;
  if (!isAssertion(error) || countsCalls(error.message) || expected === undefined || received === undefined)
    return false;
  // The usage has other numbers as well, and a number does not say which one the test has compared.
  if (ofUsage?.bucket === bucket.name)
    return expected === 0 && received === listNoncurrent(bucket) && received !== listCurrentKeys(bucket).length;
  const listing = entries.findLast(({ method }) => method === 'GET');
  const read = ofHandle ?? (listing?.operation === 'ListObjectVersions' ? listing : undefined);
  const isOfVersions = ofHandle === undefined || ofHandle.isOfVersions;
  if (read?.bucket !== bucket.name || !isOfVersions) return false;
  const versions = [...listVersions(bucket, read.key)];
  return received === versions.length && expected === versions.filter(([, isLatest]) => isLatest).length;
}
