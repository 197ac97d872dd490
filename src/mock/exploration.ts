import type { AnyExpectedInput, OperationOrAlias, RequestEntry } from '../journal/entry';
import type { MockS3 } from './mock-s3';

/**
 * A failure that an exploration tries. `fail`: S3 answers InternalError, which SDKs repeat; `deny`: S3 answers AccessDenied; `disconnect
 * before`, `during` and `after`: the connection is lost before S3 applies the request, in the middle of the answer, or after S3 applied it;
 * `corrupt`: half of the answer is missing; `error in 200`: an InternalError comes inside of a 200; `fail entry`: one entry of a batch fails;
 * `crash before` and `crash after`: the process ends before or after S3 applies the request.
 */
export type FailureKind = (typeof failureKinds)[number];

export const failureKinds = [
  ...(['fail', 'deny', 'disconnect before', 'disconnect during', 'disconnect after'] as const),
  ...(['corrupt', 'error in 200', 'fail entry', 'crash before', 'crash after'] as const),
] as const;

/** How the run of a caller ended. */
export interface CallerResult {
  /** `'crashed'` if the caller got no answer any more. */
  readonly outcome: 'resolved' | 'rejected' | 'crashed';
  /** The value with which the run resolved. */
  readonly value?: unknown;
  /** The error with which the run rejected. */
  readonly error?: unknown;
}

/** One way through the code: a run with a failure, with an order of the requests of several callers, or with both. */
export interface Way {
  /** The copy of the mock in which it ran. Read its buckets and requests. */
  readonly world: MockS3;
  /** The name, which `only` takes. */
  readonly name: string;
  /** The failure. Undefined for the run without a failure. */
  readonly failure: FailureKind | undefined;
  /** The request that fails, as it was in the run without a failure. */
  readonly request: RequestEntry | undefined;
  /** How the code ended: `'crashed'` if a caller crashed, `'rejected'` if one rejected. */
  readonly outcome: CallerResult['outcome'];
  /** The error of the first caller that rejected. */
  readonly error: unknown;
  /** The results of the callers by name. If `run` is a function, its name is `run`. */
  readonly results: Readonly<Record<string, CallerResult>>;
}

/** What `s3.explore` tries, and what has to hold. */
export interface Exploration {
  /** The code under test. With several callers, by name, the orders of their requests are explored. */
  readonly run: (() => Promise<unknown>) | Readonly<Record<string, () => Promise<unknown>>>;
  /** What has to hold after a run that resolved, and after `again`. The function throws if it does not. It can be async. */
  readonly check?: ((way: Way) => void | Promise<void>) | undefined;
  /**
   * What a restart does after a run that rejected or crashed: `true` is `run` once more, for each caller that did not resolve. It has to
   * resolve, and then `check` has to hold. Default `false`.
   */
  readonly again?: boolean | (() => Promise<unknown>) | undefined;
  /** What has to hold after a run that rejected or crashed, if there is no `again`. Default: nothing. */
  readonly checkFailed?: ((way: Way) => void | Promise<void>) | undefined;
  /** The failures that are tried. Default: all for one caller, `false` for several. */
  readonly failures?: false | readonly FailureKind[] | undefined;
  /**
   * The requests that fail: those of an operation, or those of an operation whose input matches. Default: all.
   *
   * @example
   * await s3.explore({ run, check, of: ['PutObject', { Key: 'report.pdf' }] });
   */
  readonly of?: OperationOrAlias | readonly [OperationOrAlias, AnyExpectedInput] | undefined;
  /**
   * If `true`, each failure happens once, and the run has to resolve all the same: a test of its retries. Only failures that pass are tried,
   * so neither `deny` nor a crash. Default `false`.
   */
  readonly mustSucceed?: boolean | undefined;
  /** Whether the orders of the requests are tried. Default `true` for several callers, `false` for one. */
  readonly orders?: boolean | undefined;
  /** The most ways. If there are more, the seed of the mock chooses among them. Default 1,000. */
  readonly limit?: number | undefined;
  /** The milliseconds of real time after which no further way begins. Default 4,000. */
  readonly timeout?: number | undefined;
  /** Whether the test passes if not all ways could be tried. Default `false`. */
  readonly incomplete?: boolean | undefined;
  /** The number of ways that run at the same time, for code that keeps no state of its own. Default 1. */
  readonly concurrency?: number | undefined;
  /** Called before each way, to reset what the code under test keeps: caches, locks and clients. */
  readonly restart?: (() => void | Promise<void>) | undefined;
  /** The name of a single way, which a failed exploration printed. */
  readonly only?: string | undefined;
}

/** What an exploration has tried. */
export interface ExplorationResult {
  /** The ways that there are, as far as they are known. */
  readonly ways: number;
  /** The ways that were tried, all of which hold. */
  readonly tried: number;
}
