import type { Reading } from '../journal/comparison';
import { writeLastEntries } from '../journal/entry-text';
import { received, receivedLast, receivedNth, receivedOnly, receivedTimes } from '../journal/expectations';
import type { Refusal } from '../journal/outcome';
import { applied, refused } from '../journal/outcome-expectations';
import { writeGiven, writeSubject } from '../text/values';
import { toAllow, toDeny } from './access-matchers';
import { toHaveConfiguration, toHaveUsage } from './bucket-matchers';
import { toHaveSent, toHaveSentTimes } from './event-matchers';
import { toHaveReplicated } from './replication-matcher';
import type { S3Matchers } from './s3-matchers';
import { type BucketLike, bucketOf, isBucket, isRecorded, type MatcherResult, whyUnchanged } from './subjects';
import { toBeLocked, toHaveDeleteMarker, toHaveObject, toHaveVersions } from './version-matchers';

type Matcher = (received: unknown, ...expected: never) => MatcherResult;

/** The functions that `matchers` calls. They are loaded with the first assertion. */
export const matcherFunctions = {
  toHaveReceived: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    received(readingOf(mock, 'toHaveReceived'), operation, input),
  toHaveReceivedTimes: (mock: unknown, operation: string, times: number, input?: unknown): MatcherResult =>
    receivedTimes(readingOf(mock, 'toHaveReceivedTimes'), operation, times, input),
  toHaveReceivedNth: (mock: unknown, n: number, operation: string, input?: unknown): MatcherResult =>
    receivedNth(readingOf(mock, 'toHaveReceivedNth'), n, operation, input),
  toHaveReceivedLast: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    receivedLast(readingOf(mock, 'toHaveReceivedLast'), operation, input),
  toHaveReceivedOnly: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    receivedOnly(readingOf(mock, 'toHaveReceivedOnly'), operation, input),
  toHaveApplied: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    applied(readingOf(mock, 'toHaveApplied'), operation, input),
  toHaveRefused: (mock: unknown, operation: string, input?: unknown, refusal?: Refusal): MatcherResult =>
    refused(readingOf(mock, 'toHaveRefused'), operation, input, refusal),
  toHaveSent,
  toHaveSentTimes,
  toHaveVersioning: (handle: unknown, status: unknown): MatcherResult => {
    const bucket = bucketOf(handle, 'toHaveVersioning');
    return stateResult(
      bucket,
      'versioning',
      bucket.versioning,
      readState('toHaveVersioning', ['Enabled', 'Suspended', undefined], status),
    );
  },
  toHaveMfaDelete: (handle: unknown, status: unknown): MatcherResult => {
    const bucket = bucketOf(handle, 'toHaveMfaDelete');
    return stateResult(
      bucket,
      'MFA Delete',
      bucket.mfaDelete,
      readState('toHaveMfaDelete', ['Enabled', 'Disabled', undefined], status),
    );
  },
  toHaveObject,
  toHaveVersions,
  toHaveDeleteMarker,
  toHaveReplicated,
  toBeLocked,
  toHaveConfiguration,
  toHaveUsage,
  toAllow,
  toDeny,
} satisfies Record<keyof S3Matchers<void>, Matcher>;

function stateResult(
  bucket: BucketLike,
  what: string,
  actual: string | undefined,
  expected: string | undefined,
): MatcherResult {
  const pass = actual === expected;
  const headline = pass
    ? `Expected bucket '${bucket.name}' not to have ${what} ${stateName(expected)}, but it does.`
    : `Expected bucket '${bucket.name}' to have ${what} ${stateName(expected)}, but it has ${stateName(actual)}.`;
  return { pass, message: () => [headline, ...requestsFor(bucket)].join('\n\n') };
}

function stateName(state: string | undefined): string {
  return state === undefined ? 'undefined (never set)' : `'${state}'`;
}

function requestsFor(bucket: BucketLike): readonly string[] {
  const { name, requests } = bucket;
  const unchanged = whyUnchanged(bucket);
  if (requests === undefined || unchanged.length > 0) return unchanged;
  const came = [...requests]
    .map((entry, index) => ({ number: index + 1, entry }))
    .filter(({ entry }) => entry.operation === 'PutBucketVersioning' && entry.bucket === name);
  return [
    came.length === 0
      ? 'No PutBucketVersioning request came for it.'
      : `The PutBucketVersioning requests for it:\n${writeLastEntries(came)}`,
  ];
}

/** The journal of a mock, or the journal itself. Decided by members, not by class, since a module may be loaded twice in a process. */
function readingOf(given: unknown, matcher: string): Reading {
  const requests = typeof given === 'object' && given !== null && 'requests' in given ? given.requests : given;
  if (isRecorded(requests) && !isBucket(given)) return { call: matcher, recorded: requests };
  throw new TypeError(
    `${matcher} takes the mock or its requests: expect(s3).${matcher}(...). It was given ${writeSubject(given)}.`,
  );
}

function readState<State extends string | undefined>(matcher: string, states: readonly State[], given: unknown): State {
  const state = states.find((one) => one === given);
  if (state !== undefined || given === undefined) return state as State; // undefined is one of the states
  throw new TypeError(`${matcher} expects ${states.map(stateName).join(', ')}; it was given ${writeGiven(given)}.`);
}
