import { types } from 'node:util';
import type { OperationName, RequestEntry, ServiceName } from '../journal/entry';
import type { Caller } from '../model/identity/account';
import type { Store } from '../model/store';
import { type GivenError, S3Error } from '../refusals';
import type { Said } from '../text/reason';
import { writeGiven } from '../text/values';
import type { WireReply, WireRequest } from '../wire';
import type { Outcome } from './failures/outcome';
import type { FailEntry } from './failures/rule';
import type { NeededPlace } from './failures/stepped-rule';
import { isThrownByTest } from './failures/thrown-by-test';

export interface ReadOptions {
  readonly store: Store;
  /** Undefined: the signatures of URLs and forms. */
  readonly verifySignatures?: boolean | undefined;
  /** Finds the secret of a key that the user has set in the environment. */
  readonly findUserSecret?: (accessKeyId: string) => string | undefined;
  /** Is undefined if the store says who acts. */
  readonly actingOf?: (sender: object | undefined) => Caller | undefined;
}

export interface ServedCall {
  /** The input with the texts that could not be read. */
  readonly recorded: object;
  /** The caller that keys which nobody was given stand for. */
  readonly acting: Caller;
  /** Anonymous until the sender was checked. */
  caller: Caller;
  failEntry: FailEntry | undefined;
  /** As `findUrlSignature`. */
  readonly urlSignature: string | undefined;
  /** What is not known of the time of its signature, if S3 possibly answers otherwise. */
  doubt: Said | undefined;
}

/** The parts of a request's path that differ between services (decision 41). */
export interface Service<C extends ServedCall> {
  /** Never throws because of what was sent. */
  readonly read: (options: ReadOptions, wire: WireRequest) => C;
  /** Whatever body follows (F180). */
  readonly isHeadRefused: (call: C) => boolean;
  readonly operationOf: (call: C) => OperationName | undefined;
  /** What is thrown becomes the answer. */
  readonly carryOut: (call: C, onBug: (bug: unknown) => void) => Outcome;
  readonly refuse: (call: C, error: string | GivenError | S3Error, status: 200 | undefined) => Outcome;
  readonly findPlaces: (call: C) => readonly NeededPlace[];
  readonly name: ServiceName;
  readonly findReadableCaller: (call: C) => Caller;
  readonly makeEntry: (call: C, outcome: Outcome) => RequestEntry;
  readonly replyToLate: (store: Store, wire: WireRequest, refusal: S3Error) => WireReply;
}

/** What is not a refusal is a bug of the mock, or was thrown by a function of the test; either is answered as such. */
export function refusalForThrown(thrown: unknown, onBug: (bug: unknown) => void): S3Error {
  if (thrown instanceof S3Error) return thrown;
  onBug(thrown);
  if (isThrownByTest(thrown)) return new S3Error('MockTestThrew', { problem: thrown.message }, thrown.message);
  // Under jest, what a matcher of the test throws is no Error of the engine's.
  const isError = types.isNativeError(thrown);
  const problem = isError ? thrown.message : writeThrown(thrown);
  return new S3Error('MockInternalError', { problem }, isError ? thrown.stack : problem);
}

/** A test can throw anything, even a value that has no text. */
function writeThrown(thrown: unknown): string {
  return typeof thrown === 'string' ? thrown : writeGiven(thrown);
}
