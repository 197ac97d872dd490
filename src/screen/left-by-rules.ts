import type { RequestEntry } from '../journal/entry';
import type { Bucket } from '../model/bucket';
import { whyNotArrived } from '../model/replication/missing-replicas';
import { destinationOf } from '../model/replication/replication-rules';
import type { Store } from '../model/store';
import { storageClasses } from '../model/versions/content';
import { listCurrentKeys } from '../model/versions/listings';
import { isObject } from '../model/versions/version';
import { whyKept, whyUnmoved } from '../preset/kept-versions';
import { planEnds, planLifecycle } from '../preset/plans';
import { firstLines } from '../text/counts';
import { readOnce } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { findsTrue, isAssertion, isMissingRejection } from './errors';
import { hasMoreThanExpected, type LastHandleRead, listKeysOf } from './handle-read';
import { findUnwantedObject } from './library-assertions';

/** The number of keys of a bucket, and of buckets, that are examined. */
const KEYS = 20;
const LISTED = 5;
/** The most keys whose reasons are written: what concerns one key of a listing concerns most of them. */
const EXPLAINED = 2;

/** What a failed test asks about the rules of its buckets. */
interface RuleQuestion {
  readonly store: Store;
  readonly entries: readonly RequestEntry[];
  /** The errors, if no assertion of the library failed, which says by itself what the rules did. */
  readonly errors: readonly FailedError[];
  /** Whether the test asks by itself and gives no error, so that nobody knows what it expected. */
  readonly isOpen: boolean;
  /** What the test has read by a handle since the last read by a request. */
  readonly ofHandle?: LastHandleRead | undefined;
}

/** Explains why objects do not have the storage class that an assertion of the runner expected. */
export function writeUnmoved({ store, entries, errors }: RuleQuestion): string | undefined {
  const compared = errors.map(readCompared);
  const classes = storageClasses.filter((name) =>
    compared.some(({ expected, received }) => expected.has(name) && !received.has(name)),
  );
  if (classes.length === 0) return undefined;
  const asked = new Set(entries.flatMap(({ bucket, key }) => (key === undefined ? [] : `${bucket}/${key}`)));
  const plan = readOnce(() => planLifecycle(store));
  const lines = [...store.buckets.values()].flatMap((bucket) => {
    if (bucket.lifecycle === undefined) return [];
    const keys = listCurrentKeys(bucket).slice(0, KEYS);
    const named = keys.filter((key) => asked.has(`${bucket.name}/${key}`));
    return (named.length > 0 ? named : keys).flatMap((key) =>
      classes.flatMap((name) => whyUnmoved(store, bucket, key, name, () => plan(''))),
    );
  });
  return lines.length === 0 ? undefined : firstLines(lines, LISTED).join('\n');
}

/** What a test expected of the last answer: less than S3 returned, or more. */
function readExpectation({ errors, isOpen }: RuleQuestion): { readonly isLess: boolean; readonly isMore: boolean } {
  const compared = errors.filter(isAssertion).map(readCompared);
  const differs = (sign: 1 | -1) =>
    compared.some(
      ({ numbers: [expected, received] }) =>
        expected !== undefined && received !== undefined && Math.sign(expected - received) === sign,
    );
  const isUndefined = compared.some((one) => one.isUndefined);
  const isRefusalExpected = errors.some(({ message }) => isMissingRejection(message));
  return { isLess: isOpen || isRefusalExpected || differs(-1), isMore: isOpen || isUndefined || differs(1) };
}

const ofObjects = /^(?:List(?:Objects|ObjectsV2|ObjectVersions)|(?:Get|Head)Object)$/;

/** All that is said of a key that no rule is about. */
const isOfOtherKey = /^No lifecycle rule[^\n]*(?:\n- rule \d+ does not match: its prefix is '[^'\n]*')+$/;

/** The last answer with what a bucket has: an assertion compares what the code has just read. */
function findLastRead(entries: readonly RequestEntry[]): RequestEntry | undefined {
  return entries.findLast(
    ({ operation = '', error, failure }) => ofObjects.test(operation) && error === undefined && failure === undefined,
  );
}

/** The keys of an answer, or the key of its request. */
function readKeys({ key, output }: RequestEntry): readonly string[] {
  if (key !== undefined) return [key];
  const lists = ['Contents', 'Entries'].flatMap((name) => memberOf(output, name) ?? []);
  const keys = lists.flatMap(
    (one: unknown) => memberOf(one, 'Key') ?? memberOf(memberOf(one, 'Versions'), 'Key') ?? [],
  );
  return [...new Set(keys.map(String))].slice(0, KEYS);
}

/** The keys that a listing has, and a test no longer expected. */
function listUnexpected({ errors }: RuleQuestion, keys: readonly string[]): readonly string[] {
  const compared = errors.filter(isAssertion).map(readCompared);
  return keys.filter((key) => compared.some(({ expected, received }) => received.has(key) && !expected.has(key)));
}

/** Whether a test expected less than a read returned. */
function isLeft(question: RuleQuestion): boolean {
  const { ofHandle, errors, store, isOpen } = question;
  if (ofHandle === undefined || isOpen) return readExpectation(question).isLess;
  return errors.filter(isAssertion).some((error) => hasMoreThanExpected(readCompared(error), ofHandle, store));
}

/** Explains why lifecycle rules have left what an assertion of the runner no longer expected. */
export function writeKept(question: RuleQuestion): string | undefined {
  const { store, entries, ofHandle } = question;
  const read = ofHandle ?? findLastRead(entries);
  const bucket = store.buckets.get(read?.bucket ?? '');
  if (read === undefined || bucket?.lifecycle === undefined) return undefined;
  const keys = 'before' in read ? listKeysOf(read, store) : readKeys(read);
  const unexpected = listUnexpected(question, keys);
  if (unexpected.length === 0 && !isLeft(question)) return undefined;
  // A test means the rules if it has put them, or has waited for them.
  const isPut = entries.some(({ operation, error }) => operation === 'PutBucketLifecycleConfiguration' && !error);
  if (!isPut && store.clock.moved === 0) return undefined;
  const ends = readOnce(() => planEnds(store, bucket));
  const asked = unexpected.length > 0 ? unexpected : keys;
  const options = { plan: () => ends(''), isOneOfSeveral: asked.length > 1 };
  const lines = [...new Set(asked.flatMap((key) => whyKept(store, bucket, key, options)))];
  // What a rule nearly selects is likelier meant than what no rule is about.
  const near = lines.filter((text) => text.startsWith('By lifecycle') || !isOfOtherKey.test(text));
  const chosen = near.length > 0 ? near : lines;
  return chosen.length === 0 ? undefined : chosen.slice(0, EXPLAINED).join('\n');
}

/** Explains why a destination of replication lacks what an assertion of the runner expected, or has what it no longer expected. */
export function writeUncopied(question: RuleQuestion): string | undefined {
  const { store, errors } = question;
  const buckets = [...store.buckets.values()];
  const sources = buckets.filter(({ settings }) => settings.replication);
  // Each bucket is compared with each: a test of replication has few.
  if (sources.length === 0 || buckets.length > KEYS) return undefined;
  const keys = errors
    .filter(isAssertion)
    .flatMap((error) => {
      const { expected, received } = readCompared(error);
      return [...expected].filter((text) => !received.has(text));
    })
    .slice(0, KEYS);
  const lines = buckets.flatMap((bucket) => {
    const missing = keys.filter((key) => bucket.versions.current(key) === undefined);
    return [...new Set([...missing, ...listUncopied(question, bucket, sources)])].flatMap((key) =>
      whyNotArrived(store, bucket, key).map((why) => `${bucket.name}/${key}: ${String(why)}.`),
    );
  });
  return lines.length === 0 ? undefined : firstLines([...new Set(lines)], LISTED).join('\n');
}

/** The keys of the last read of a destination which differ from those of its sources in the way that the test did not expect. */
function listUncopied(question: RuleQuestion, bucket: Bucket, sources: readonly Bucket[]): readonly string[] {
  const read = question.ofHandle ?? findLastRead(question.entries);
  if (read?.bucket !== bucket.name) return [];
  const { isLess, isMore } = readExpectation(question);
  const ofBucket = sources.filter((source) =>
    source.settings.replication?.Rules.some((rule) => destinationOf(rule) === bucket.name),
  );
  const isOf = (key: string) => {
    if (read.key !== undefined) return key === read.key;
    return 'before' in read || startsWithPrefix(read, key);
  };
  return ofBucket
    .flatMap((source) =>
      [...source.versions.newestOfEachKey()].flatMap((there) => {
        const here = bucket.versions.current(there.key);
        if (!isOf(there.key)) return [];
        if (isObject(there)) return isMore && here === undefined ? there.key : [];
        const isLeft = here !== undefined && isObject(here);
        return isLeft && (isLess || listUnexpected(question, [there.key]).length > 0) ? there.key : [];
      }),
    )
    .slice(0, KEYS);
}

function startsWithPrefix({ input }: RequestEntry, key: string): boolean {
  const prefix = memberOf(input, 'Prefix');
  return typeof prefix !== 'string' || key.startsWith(prefix);
}

/** The object that should be gone: the matcher names it, or the code has read it last. */
function findKept(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): Pick<RequestEntry, 'bucket' | 'key'> | undefined {
  const unwanted = findUnwantedObject(errors);
  const last = entries.at(-1);
  const isRead = /^(?:Get|Head)Object$/.test(last?.operation ?? '') && last?.error === undefined;
  const isJudged = errors.some((error) => findsTrue(error) || isMissingRejection(error.message));
  return unwanted ?? (isRead && isJudged ? last : undefined);
}

/** An object should be gone after the time in its header Expires, which S3 only stores. */
export function writeExpired(
  store: Store,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const { bucket: name = '', key = '' } = findKept(entries, errors) ?? {};
  const bucket = store.buckets.get(name);
  const current = bucket?.versions.current(key);
  // Why a rule of lifecycle has left an object is another question.
  if (bucket?.lifecycle !== undefined || current === undefined || !isObject(current)) return undefined;
  const { expires = '' } = current.content.headers;
  const at = Date.parse(expires);
  if (!(current.created < at && at <= store.clock.now())) return undefined;
  return `${writeKey(key)} has Expires: ${writeValue(expires)}, a header for caches, by which S3 deletes nothing: give bucket ${writeKey(name)} a lifecycle rule with Expiration.`;
}
