import type { ReplicationRule } from '../configurations/replication-rules';
import { followingParts } from '../versions/version';
import type { ReplicationFailure } from './replication-reasons';
import type { ReplicatedPart } from './replication-state';

export const replicatedParts: readonly ReplicatedPart[] = ['object', 'delete marker', ...followingParts];

/** A copy that is still to be made. The task is read-only: a change replaces it. Times are milliseconds since 1970. */
export interface ReplicationTask {
  /** See `makeTaskId`. */
  readonly id: string;
  readonly key: string;
  /** The number of the write that made the version, by which tasks of one time are ordered. */
  readonly sequence: number;
  readonly versionId: string;
  readonly part: ReplicatedPart;
  /** The id of the rule. */
  readonly rule: string;
  /** The terms at the time of the request that caused the copy; undefined if the terms in force at the copy count. */
  readonly terms?: CopyTerms | undefined;
  readonly destination: string;
  /** The operation of the request that caused it. */
  readonly operation: string;
  /** The sender of the request, as in `Cause`; undefined if the task comes from a fixture or a snapshot. */
  readonly sender?: object | undefined;
  /** The moment of the change that caused the task. */
  readonly begun: number;
  readonly at: number;
  /** The size for messages about a version that is gone; undefined for a delete marker. */
  readonly size: number | undefined;
  readonly etag: string | undefined;
  /** The version was not there after the time that the rule sets, which S3 reported (F856). */
  readonly isLate?: true | undefined;
  readonly failed?: FailedAttempts | undefined;
  /** IBM COS tries it no more. The task stays in the queue and is not due, unless a request asks for one more attempt. */
  readonly isGivenUp?: true | undefined;
}

export interface CopyTerms {
  readonly rule: ReplicationRule;
  /** An ARN; undefined without a role, as on IBM COS. */
  readonly role: string | undefined;
}

export interface FailedAttempts {
  /** The moment of the last failure. */
  readonly last: number;
  readonly count: number;
  readonly reason: ReplicationFailure['reason'];
  /** IBM COS tries the task once a day by now, and lists it. */
  readonly isDaily: boolean;
}

/** A part that changes again before it was copied is one task: what is copied is its state by then. */
export function makeTaskId(task: Pick<ReplicationTask, 'key' | 'versionId' | 'part' | 'destination'>): string {
  const { key, versionId, part, destination } = task;
  return `${destination} ${part} ${versionId} ${key}`;
}
