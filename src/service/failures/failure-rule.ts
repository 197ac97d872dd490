import type { ExpectedEntry } from '../../journal/batch';
import type { RequestEntry } from '../../journal/entry';
import type { FailureCode, GivenError } from '../../refusals';
import type { DisconnectOptions, FailEntriesOptions, FailOptions, FailureReply, FailureTimes } from './steps';

/**
 * A rule that makes requests of an operation fail. Its steps run one after another, each for its `times`. After the last step, requests are
 * answered normally. If two rules match a request, the later rule decides until its steps are used up.
 *
 * @example
 * s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 2 }).disconnect({ when: 'after', times: 1 });
 */
export interface FailureRule<Code extends string = FailureCode> {
  /**
   * Answers with an error and does not apply the request. The error is a code of the operation's service, S3 or STS, or your own. Throws a
   * TypeError for a code that the service does not know, and for `{ status: 200 }` if the operation never answers 200 with an error.
   *
   * @example
   * s3.on('GetObject').fail({ code: 'Teapot', status: 418, message: 'Short and stout' });
   * s3.on('CopyObject').fail('InternalError', { status: 200, times: 1 });
   */
  fail(error: Code | GivenError, options?: FailOptions): this;
  /**
   * Makes entries of DeleteObjects fail, which is the only operation with entries. An entry fails if it matches `entries`, which can be a
   * list of alternatives; `{}` matches each entry. S3 does not carry out an entry that fails, whatever it would have answered. It carries
   * out the other entries, and the status is 200. Several rules can make entries fail, in addition to a rule for the request as a whole.
   * The latest rule decides on an entry. Throws a TypeError for another operation.
   *
   * @example
   * s3.on('DeleteObjects').failEntries({ Key: 'report.pdf', VersionId: 'v1' }, 'InternalError', { times: 1 });
   */
  failEntries(
    entries: ExpectedEntry | readonly ExpectedEntry[],
    error: Code | GivenError,
    options?: FailEntriesOptions,
  ): this;
  /** Waits in real time before the request is applied. Fake timers do not change the wait. */
  delay(options: { readonly milliseconds: number } & FailureTimes): this;
  /**
   * Breaks the connection: before the request is applied, in the middle of the answer, or after the request was applied and before the
   * answer. An answer with no more bytes than `after` is sent whole, and the journal says so. Throws a TypeError for `after` without
   * `during`, and for an operation that answers without a body.
   *
   * @example
   * s3.on('GetObject', { Key: 'report.pdf' }).disconnect({ when: 'during', after: 1024, times: 1 });
   */
  disconnect(options: DisconnectOptions): this;
  /** Applies the request and damages the body of the answer: drops its second half, or changes one byte. */
  corrupt(options: { readonly how: 'truncate' | 'alter' } & FailureTimes): this;
  /**
   * Applies the request, sends the head of the answer and the first `after` bytes of its body, by default none, and then nothing more. The
   * connection stays open until the client gives up. If the mock is reset or stopped, it sends a document to its end, and breaks off the
   * bytes of an object. An answer without a body, or with no more bytes than `after`, is sent whole, and the journal says so. Throws a
   * TypeError for an operation that answers without a body.
   *
   * @example
   * s3.on('GetObject', { Key: 'report.pdf' }).stall({ after: 1024, times: 1 });
   */
  stall(options?: { readonly after?: number | undefined } & FailureTimes): this;
  /** Sends this reply in place of S3's answer, without applying the request. */
  reply(reply: FailureReply, options?: FailureTimes): this;
  /** The number of requests that the rule has affected since it was made, or since the last reset. */
  readonly used: number;
  /** The requests that it has affected, oldest first, as far as the journal still contains them. */
  readonly requests: readonly RequestEntry[];
  /** Removes the rule. If a test removes a rule that was made outside of a test, the rule is back in the next test. */
  remove(): void;
  /** The rule as it was written, and how often it was used. Printing the rule shows the same text. */
  toString(): string;
}
