/** The things that a task copies: a whole version, or a part of one that was copied before. */
export const replicatedParts = ['object', 'delete marker', 'tags', 'acl', 'retention', 'legal hold'] as const;

/** One of them. */
export type ReplicatedPart = (typeof replicatedParts)[number];

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
  /** The name of the bucket that it is copied to. */
  readonly destination: string;
  /** The operation whose request caused it. */
  readonly operation: string;
  /** When that was. */
  readonly begun: number;
  /** When it is due. */
  readonly at: number;
  /** The bytes and the ETag of the version, for messages about one that is gone; undefined for a delete marker. */
  readonly size: number | undefined;
  readonly etag: string | undefined;
  /** Whether the version was not there after the time that the rule sets, which S3 reported (F856). */
  readonly isLate?: true | undefined;
  /** The first and the last attempt that failed, and why, while S3 tries again. */
  readonly failed?: FailedAttempts | undefined;
}

/** The attempts at a task that failed. */
export interface FailedAttempts {
  readonly first: number;
  readonly last: number;
  readonly reason: string;
}

/** The id of a task. A part that changes again before it was copied is one task: what is copied is its state by then. */
export function taskId({ key, versionId, part, destination }: TaskNames): string {
  return `${destination} ${part} ${versionId} ${key}`;
}

/** The parts of a task's id: the thing that it copies, and where to. */
export type TaskNames = Pick<ReplicationTask, 'key' | 'versionId' | 'part' | 'destination'>;
