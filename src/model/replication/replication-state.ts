/** The content of a copy to another bucket: a whole version, or a part of a version that was copied before. */
export type ReplicatedPart = 'object' | 'delete marker' | 'tags' | 'annotations' | 'acl' | 'retention' | 'legal hold';

export const replicationStatuses = ['PENDING', 'COMPLETED', 'FAILED', 'REPLICA'] as const;

/** The status as S3 answers it. If no rule selected a version when it was made, it has none. */
export type ReplicationStatus = (typeof replicationStatuses)[number];

export interface CopyState {
  readonly destination: string;
  /** The id of the rule that caused the copy. */
  readonly rule: string;
  /** `PENDING`: the version, or a later change of its tags, ACL or lock, is not there yet. */
  readonly status: 'PENDING' | 'COMPLETED' | 'FAILED';
}

/** The state of a version's replication. It is read-only: a change replaces it. */
export interface ReplicationState {
  /** The word that reads answer: it follows from the copies, unless a fixture gave it. */
  readonly status: ReplicationStatus;
  /** The source of a replica, unless a fixture made the replica. */
  readonly source?: string | undefined;
  /** Whether a replica was made for the owner of its bucket, without the ACL of its source. */
  readonly isOverridden?: true | undefined;
  /** The copies of the version. For a replica, they are the copies of its changes, at its source and at the source's other replicas. */
  readonly copies: readonly CopyState[];
}

/** The replication of a version. Nearly all versions have none. */
export interface Replicable {
  readonly replication?: ReplicationState | undefined;
}

export function isReplica({ replication }: Replicable): boolean {
  return replication !== undefined && (replication.status === 'REPLICA' || replication.source !== undefined);
}

/** The status is FAILED once one copy failed and all were tried (F850). */
export function withCopies(state: ReplicationState, copies: readonly CopyState[]): ReplicationState {
  return { ...state, copies, status: decideStatus(state, copies) };
}

function decideStatus({ source, status }: ReplicationState, copies: readonly CopyState[]): ReplicationStatus {
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
