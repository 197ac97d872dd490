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

/** What an exploration has tried. */
export interface ExplorationResult {
  /** The ways that there are, as far as they are known. */
  readonly ways: number;
  /** The ways that were tried, all of which hold. */
  readonly tried: number;
}
