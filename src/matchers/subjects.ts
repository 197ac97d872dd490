import { type RecordedRequests, whyNothingChanged } from '../journal/assertions';
import { findRequestsOnKey, writeKeyRequests } from '../journal/key-requests';
import { isActionOn, writeLastActions } from '../journal/service-actions';
import type { VersioningHistory } from '../model/bucket';
import type { BucketHandle } from '../preset/bucket-handle';
import type { StoredVersion } from '../preset/version-copies';
import { drawStack } from '../preset/version-picture';
import { writeQuotedList } from '../text/lists';
import { makeMistake } from '../text/mistakes';
import { writeSentence } from '../text/sentences';
import { hintFor } from '../text/spelling';
import { writeKey, writeSubject } from '../text/values';

/** The result that a matcher returns to a test runner. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
  /** The mistake of a matcher whose negation holds whatever happens: it names something that does not exist. */
  readonly mistakeIfNegated?: (() => Error | undefined) | undefined;
}

/** A handle of a bucket, or another object with its members: a process can load a module twice, and only these are asked for. */
export type BucketLike = Pick<BucketHandle, 'name' | 'versioning' | 'mfaDelete'> & Partial<BucketHandle>;

/** A bucket with its versions by key, newest first. */
export interface StackedBucket extends BucketLike {
  versions(key?: string): readonly StoredVersion[];
  versioningHistory?(): VersioningHistory;
}

export function readBucket(given: unknown, matcher: string): BucketLike {
  if (isBucket(given)) return given;
  throw bucketExpected(given, matcher);
}

export function readStackedBucket(given: unknown, matcher: string): StackedBucket {
  if (isBucket(given) && 'versions' in given && typeof given.versions === 'function') return given as StackedBucket; // its members say so
  throw bucketExpected(given, matcher);
}

/** An object is recognized by its members and not by its class, since a process can load a module twice. */
export function hasMembers<Name extends PropertyKey>(
  value: unknown,
  ...names: readonly Name[]
): value is Readonly<Record<Name, unknown>> {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}

export function isBucket(value: unknown): value is BucketLike {
  return hasMembers(value, 'name', 'versioning', 'mfaDelete');
}

export function isAccount(value: unknown): value is { readonly name: string } {
  return hasMembers(value, 'canonicalId', 'publicAccessBlock');
}

export function isRecorded(value: unknown): value is RecordedRequests {
  return hasMembers<PropertyKey>(value, 'known', 'elsewhere', Symbol.iterator, 'dropped');
}

export function drawKey(bucket: BucketLike, stack: readonly StoredVersion[]): string {
  return stack.length > 0 ? drawStack(stack) : String(bucket);
}

/** Says that no request came at all, which explains why the bucket is unchanged. */
export function whyUnchanged({ requests }: BucketLike, hasReason = false): readonly string[] {
  if (!isRecorded(requests) || requests.length > 0 || requests.dropped > 0) return [];
  return whyNothingChanged(requests, hasReason);
}

export interface AskedVersion {
  readonly key: string;
  readonly versionId: string | undefined;
  /** The state that the negated matcher claims: `not locked`. */
  readonly state: string;
}

/** The mistake of a negation about a version that does not exist, such as a misspelt key: it would hide what it is about. */
export function makeNoVersion(matcher: string, bucket: StackedBucket, { key, versionId, state }: AskedVersion): Error {
  const ids = bucket.versions(key).map((one) => one.versionId);
  const keys = [...new Set(bucket.versions().map((one) => one.key))];
  const [what, known, hint] =
    ids.length === 0 || versionId === undefined
      ? [
          `there is no key ${writeKey(key)} in bucket '${bucket.name}'`,
          listNames('keys', keys),
          hintAtKey(bucket, key, keys),
        ]
      : [
          `key ${writeKey(key)} has no version ${writeKey(versionId)}`,
          listNames('versions', ids),
          hintFor(versionId, ids),
        ];
  return makeMistake(
    `not.${matcher}: ${what}, and what does not exist is ${state} whatever happens. ${known}${hint} If it should not exist, write expect(s3.bucket('${bucket.name}')).not.toHaveObject(${writeKey(key)}).`,
  );
}

function hintAtKey(bucket: StackedBucket, key: string, keys: readonly string[]): string {
  const near = bucket.nearKey?.(key);
  return near === undefined ? hintFor(key, keys) : ` ${writeSentence(near)}`;
}

function listNames(what: string, names: readonly string[]): string {
  const more = names.length > LISTED ? ', and more' : '';
  return names.length === 0
    ? `The bucket has no ${what}.`
    : `The ${what} are: ${writeQuotedList(names.slice(0, LISTED))}${more}.`;
}

function bucketExpected(given: unknown, matcher: string): TypeError {
  return makeMistake(
    `${matcher} takes a bucket: expect(s3.bucket('vault')).${matcher}(...). It was given ${writeSubject(given)}.`,
  );
}

const LISTED = 6;

interface KnownKey {
  /** Whether the matcher has found the cause, so that nobody has to ask why no request came. */
  readonly isExplained?: boolean | undefined;
  /** Whether the matcher says that no handler was called, which is likelier the reason than the client. */
  readonly isUnheard?: boolean | undefined;
  /** Whether the bucket has no version of the key. */
  readonly isMissing?: boolean;
}

export function whyKeyIsSo(
  bucket: BucketLike,
  key: string,
  { isExplained = false, isUnheard = false, isMissing = false }: KnownKey = {},
): readonly string[] {
  const { name, requests } = bucket;
  if (!isRecorded(requests)) return [];
  const { serviceActions } = requests;
  const waits = (bucket.whyNotArrived?.(key) ?? []).map(writeSentence);
  const actions = writeLastActions(serviceActions, name, key, LISTED).map((line) => `\n  ${line}`);
  const isReplicated = serviceActions.some((one) => one.action === 'replicate' && isActionOn(one, name, key));
  const causes = isReplicated ? 'S3 itself' : 'lifecycle';
  const ofS3 = actions.length === 0 ? [] : [`The actions of ${causes} on ${writeKey(key)}:${actions.join('')}`];
  const isUnwritten = isMissing && !isExplained && waits.length + ofS3.length === 0;
  const isAsked = !isUnwritten || findRequestsOnKey(requests, name, key).length > 0;
  const remembered = isAsked ? undefined : requests.writeRemembered?.({ bucket: name, key });
  const ofCode = remembered === undefined ? [] : [remembered];
  const unchanged = whyUnchanged(bucket, isUnheard || remembered !== undefined);
  if (unchanged.length > 0) return [...waits, ...ofS3, ...ofCode, ...(isExplained ? [] : unchanged)];
  const elsewhere = isMissing ? [] : whyWrittenElsewhere(bucket, requests, key);
  return [...waits, ...ofS3, ...ofCode, ...elsewhere, ...writeKeyRequests(requests, name, key, isUnwritten)];
}

/** A key with an object of the fixture hides that the code names it in another way. */
function whyWrittenElsewhere(bucket: BucketLike, requests: RecordedRequests, key: string): readonly string[] {
  if (findRequestsOnKey(requests, bucket.name, key).length > 0) return [];
  const near = bucket.nearKey?.(key);
  if (near === undefined) return [];
  const named = requests
    .slice()
    .findLast(
      (one) =>
        one.bucket === bucket.name && one.key !== undefined && near.startsWith(`the bucket has ${writeKey(one.key)}`),
    );
  const last = named?.key === undefined ? undefined : findRequestsOnKey(requests, bucket.name, named.key).at(-1);
  return last === undefined ? [] : [`${last.entry.operation ?? last.entry.method} was about another key: ${near}.`];
}
