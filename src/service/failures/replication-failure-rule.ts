import type { PassingTrouble, ReplicationReason } from '../../model/replication/replication-reasons';
import type { ReplicatedPart } from '../../model/replication/replication-state';

/** It is not a request, and no operation of S3. */
export const replicateObject = 'ReplicateObject';

/** An attempt of S3 to copy something to another bucket. A rule can name any of its members. */
export interface ReplicationAttempt {
  /** The name of the source bucket. */
  readonly Bucket: string;
  /** The key of the object. */
  readonly Key: string;
  /** The id of the version. Its replica gets the same id. */
  readonly VersionId: string;
  /** The name of the destination bucket. */
  readonly DestinationBucket: string;
  /** The id of the replication rule that asks for the copy. */
  readonly RuleId: string;
  /** What is copied: a whole version, or a part of a version that was copied before. */
  readonly Part: ReplicatedPart;
}

/** Why an attempt to copy fails: a reason of S3, which makes the version FAILED for good, or trouble that passes. */
export type ReplicationFailureReason = ReplicationReason | PassingTrouble;

/** The options of `fail` in a rule about replication. */
export interface ReplicationFailOptions {
  /** The number of attempts that the step affects. Default: all, until the rule is removed. */
  readonly times?: number | undefined;
  /** The probability that an attempt fails, above 0 and up to 1, drawn from the mock's seed. Default 1. */
  readonly probability?: number | undefined;
}

/**
 * A rule that makes attempts of replication to copy fail. Its steps run one after another, each for its `times`. After the last step, S3
 * copies. If two rules match an attempt, the later rule decides until its steps are used up. A plan uses up no step.
 *
 * @example
 * s3.on('ReplicateObject', { Bucket: 'vault', DestinationBucket: 'replica' }).fail('DstBucketNotFound');
 */
export interface ReplicationFailureRule {
  /**
   * Makes an attempt fail. A reason of S3 makes the version FAILED for good. After `InternalError`, `ServiceUnavailable` and `SlowDown` it
   * stays PENDING, and S3 tries again a minute later by the mock's clock; after an hour of attempts, it tries each hour. IBM COS tries
   * again after any reason. Throws a TypeError for another word.
   *
   * @example
   * s3.on('ReplicateObject').fail('SlowDown', { times: 2 });
   */
  fail(reason: ReplicationFailureReason, options?: ReplicationFailOptions): this;
  /** The number of attempts that the rule has made fail since it was made, or since the last reset. */
  readonly used: number;
  /** Removes the rule. If a test removes a rule that was made outside of a test, the rule is back in the next test. */
  remove(): void;
  /** The rule as it was written, and how often it was used. Printing the rule shows the same text. */
  toString(): string;
}
