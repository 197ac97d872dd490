import type { ReplicationRule } from '../configurations/replication-rules';
import { followingParts } from '../versions/version';
import type { ReplicationFailure } from './replication-reasons';
import type { ReplicatedPart } from './replication-state';

export const replicatedParts: readonly ReplicatedPart[] = ['object', 'delete marker', ...followingParts];

/** Something that S3 has to copy from a bucket. Read-only: a change replaces it. Times are milliseconds since 1970. */
export interface ReplicationTask {
  /** Its id in the queue of its bucket: see `taskId`. */
  readonly id: string;
  readonly key: string;
  /** The number of the write that made the version, by which tasks of one time are ordered. */
  readonly sequence: number;
  readonly versionId: string;
  readonly part: ReplicatedPart;
  /** The id of the rule. */
  readonly rule: string;
  /** The rule itself and the role, as they were when a request asked for the copy; undefined if those in force at the copy count. */
  readonly terms?: CopyTerms | undefined;
  /** The name of the bucket that it is copied to. */
  readonly destination: string;
  /** The operation whose request caused it. */
  readonly operation: string;
  /** The sender of that request, as `Cause` has it; undefined if the task comes from a fixture or a snapshot. */
  readonly sender?: object | undefined;
  /** When that was. */
  readonly begun: number;
  /** When it is due. */
  readonly at: number;
  /** The bytes and the ETag of the version, for messages about one that is gone; undefined for a delete marker. */
  readonly size: number | undefined;
  readonly etag: string | undefined;
  /** Whether the version was not there after the time that the rule sets, which S3 reported (F856). */
  readonly isLate?: true | undefined;
  /** The attempts that failed so far, while S3 tries again. */
  readonly failed?: FailedAttempts | undefined;
  /** IBM COS has tried for as long as it does. The task stays in the queue and is not due, unless a request asks for one more attempt. */
  readonly isGivenUp?: true | undefined;
}

/** What a copy is made by (F853). */
export interface CopyTerms {
  readonly rule: ReplicationRule;
  /** The ARN of the role; undefined without one, as on IBM COS. */
  readonly role: string | undefined;
}

/** The attempts at a task that failed. */
export interface FailedAttempts {
  /** When the last one was. */
  readonly last: number;
  readonly count: number;
  /** Why the last one failed. */
  readonly reason: ReplicationFailure['reason'];
  /** IBM COS tries it once a day by now, and lists it. */
  readonly isDaily: boolean;
}

/** The id of a task. A part that changes again before it was copied is one task: what is copied is its state by then. */
export function taskId({ key, versionId, part, destination }: TaskNames): string {
  return `${destination} ${part} ${versionId} ${key}`;
}

/** The parts of a task's id: the thing that it copies, and where to. */
type TaskNames = Pick<ReplicationTask, 'key' | 'versionId' | 'part' | 'destination'>;
