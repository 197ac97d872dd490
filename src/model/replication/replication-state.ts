/** What a copy to another bucket is of: a whole version, or a part of one that was copied before. */
export type ReplicatedPart = 'object' | 'delete marker' | 'tags' | 'annotations' | 'acl' | 'retention' | 'legal hold';

export const replicationStatuses = ['PENDING', 'COMPLETED', 'FAILED', 'REPLICA'] as const;

/** The replication of a version as S3 answers it. A version that no rule selected when it was made has none. */
export type ReplicationStatus = (typeof replicationStatuses)[number];

/** The copy of a version that a rule asked for, in one destination. */
export interface CopyState {
  /** The name of the destination. */
  readonly destination: string;
  /** The id of the rule. */
  readonly rule: string;
  /** `PENDING`: the version, or a later change of its tags, ACL or lock, is not there yet. */
  readonly status: 'PENDING' | 'COMPLETED' | 'FAILED';
}

/** The replication of a version. Read-only: a change replaces it. */
export interface ReplicationState {
  /** The word that reads answer: it follows from the copies, unless a fixture gave it. */
  readonly status: ReplicationStatus;
  /** The bucket that a replica was copied from; undefined if the version is not a replica, or if a fixture made it. */
  readonly source?: string | undefined;
  /** The copies that rules asked for; of a replica those of its changes, at its source and at the other replicas of that. */
  readonly copies: readonly CopyState[];
}

/** The part of a version that replication has: absent from nearly all versions. */
export interface Replicable {
  readonly replication?: ReplicationState | undefined;
}

/** Whether a version came from another bucket. */
export function isReplica({ replication }: Replicable): boolean {
  return replication !== undefined && (replication.status === 'REPLICA' || replication.source !== undefined);
}

/** The state with other copies, and the status that follows: FAILED once one failed and all were tried (F850). */
export function withCopies(state: ReplicationState, copies: readonly CopyState[]): ReplicationState {
  return { ...state, copies, status: statusOf(state, copies) };
}

function statusOf({ source, status }: ReplicationState, copies: readonly CopyState[]): ReplicationStatus {
  if (copies.some((copy) => copy.status === 'PENDING')) return 'PENDING';
  if (copies.some((copy) => copy.status === 'FAILED')) return 'FAILED';
  return source === undefined && status !== 'REPLICA' ? 'COMPLETED' : 'REPLICA';
}

export function withCopyAt(
  state: ReplicationState,
  destination: string,
  status: CopyState['status'],
): ReplicationState {
  const copies = state.copies.map((copy) => (copy.destination === destination ? { ...copy, status } : copy));
  return withCopies(state, copies);
}
