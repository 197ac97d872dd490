import type { Refusal } from '../journal/outcome';
import { lazily } from '../text/lazily';
import type { S3Matchers } from './s3-matchers';
import type { MatcherResult } from './subjects';

export type { S3Matchers } from './s3-matchers';
export type { MatcherResult } from './subjects';

type Matcher = (received: unknown, ...expected: never) => MatcherResult;

const functions = lazily(
  () => (require('./matcher-functions') as typeof import('./matcher-functions')).matcherFunctions, // what the path leads to
);

/**
 * The matchers for an `expect` that has `extend`. They load no test runner; `s3-versioning-mock/jest` and `s3-versioning-mock/vitest`
 * have extended theirs already.
 *
 * @example
 * import { matchers } from 's3-versioning-mock/matchers';
 *
 * expect.extend(matchers);
 */
export const matchers = {
  toHaveReceived: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    functions().toHaveReceived(mock, operation, input),
  toHaveReceivedTimes: (mock: unknown, operation: string, times: number, input?: unknown): MatcherResult =>
    functions().toHaveReceivedTimes(mock, operation, times, input),
  toHaveReceivedNth: (mock: unknown, n: number, operation: string, input?: unknown): MatcherResult =>
    functions().toHaveReceivedNth(mock, n, operation, input),
  toHaveReceivedLast: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    functions().toHaveReceivedLast(mock, operation, input),
  toHaveReceivedOnly: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    functions().toHaveReceivedOnly(mock, operation, input),
  toHaveApplied: (mock: unknown, operation: string, input?: unknown): MatcherResult =>
    functions().toHaveApplied(mock, operation, input),
  toHaveRefused: (mock: unknown, operation: string, input?: unknown, refusal?: Refusal): MatcherResult =>
    functions().toHaveRefused(mock, operation, input, refusal),
  toHaveSent: (subject: unknown, name: string, expected?: unknown): MatcherResult =>
    functions().toHaveSent(subject, name, expected),
  toHaveSentTimes: (subject: unknown, name: string, times: number, expected?: unknown): MatcherResult =>
    functions().toHaveSentTimes(subject, name, times, expected),
  toHaveVersioning: (handle: unknown, status: unknown): MatcherResult => functions().toHaveVersioning(handle, status),
  toHaveMfaDelete: (handle: unknown, status: unknown): MatcherResult => functions().toHaveMfaDelete(handle, status),
  toHaveObject: (handle: unknown, key: unknown, expected?: unknown): MatcherResult =>
    functions().toHaveObject(handle, key, expected),
  toHaveVersions: (handle: unknown, key: unknown, given: unknown): MatcherResult =>
    functions().toHaveVersions(handle, key, given),
  toHaveDeleteMarker: (handle: unknown, key: unknown): MatcherResult => functions().toHaveDeleteMarker(handle, key),
  toHaveReplicated: (handle: unknown, key: unknown, options?: unknown): MatcherResult =>
    functions().toHaveReplicated(handle, key, options),
  toBeLocked: (handle: unknown, key: unknown, versionId?: unknown): MatcherResult =>
    functions().toBeLocked(handle, key, versionId),
  toHaveConfiguration: (handle: unknown, name: unknown, given?: unknown): MatcherResult =>
    functions().toHaveConfiguration(handle, name, given),
  toHaveUsage: (handle: unknown, expected: unknown, options?: unknown): MatcherResult =>
    functions().toHaveUsage(handle, expected, options),
  toAllow: (handle: unknown, action: unknown, resource: unknown, conditions?: unknown): MatcherResult =>
    functions().toAllow(handle, action, resource, conditions),
  toDeny: (handle: unknown, action: unknown, resource: unknown, conditions?: unknown): MatcherResult =>
    functions().toDeny(handle, action, resource, conditions),
} satisfies Record<keyof S3Matchers<void>, Matcher>;
