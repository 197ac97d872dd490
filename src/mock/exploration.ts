/**
 * A failure that an exploration tries: S3 refuses the request, the connection is lost, no answer comes, the answer is damaged, or the process
 * ends.
 */
export type FailureKind = (typeof failureKinds)[number];

export const failureKinds = [
  ...(['fail', 'lasting', 'deny', 'disconnect before', 'disconnect during', 'disconnect after'] as const),
  ...(['no answer before', 'no answer after', 'late', 'corrupt', 'error in 200', 'fail entry'] as const),
  ...(['crash before', 'crash after'] as const),
] as const;

/** `disconnect`, `no answer` or `crash`: stands for the failures that begin with this word, one for each moment. */
export type FailureGroup = (typeof failureGroups)[number];

export const failureGroups = ['disconnect', 'no answer', 'crash'] as const;

/** How the run of a caller ended. */
export interface CallerResult {
  /**
   * `'crashed'` if the process of the caller ended; `'waits'` if the caller waits for nothing but an answer that never comes, since it has no
   * time-out.
   */
  readonly outcome: 'resolved' | 'rejected' | 'crashed' | 'waits';
  /** The value with which the run resolved. */
  readonly value?: unknown;
  /** The error with which the run rejected. */
  readonly error?: unknown;
}

/** What an exploration has tried. */
export interface ExplorationResult {
  /** The ways that there are. If `complete` is false, there can be more. */
  readonly ways: number;
  /** The ways that were tried, all of which hold. */
  readonly tried: number;
  /** The ways, of those that were tried, after which `check`, `checkFailed`, `again` or `mustSucceed` has decided whether they hold. */
  readonly judged: number;
  /** Whether all ways were tried. */
  readonly complete: boolean;
  /**
   * Which orders of several callers were tried: all (`'share memory'`), all that differ for S3 (`'share nothing'`), or all that differ for S3
   * and some of the others (`'may share memory'`).
   */
  readonly callers?: CallersMemory | 'may share memory';
}

/** Whether callers depend on each other beside S3: `share memory` or `share nothing`. */
export type CallersMemory = (typeof callersMemories)[number];

export const callersMemories = ['share memory', 'share nothing'] as const;
