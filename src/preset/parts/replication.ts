import {
  type CopyState,
  type ReplicationState,
  type ReplicationStatus,
  replicationStatuses,
  withCopies,
} from '../../model/replication/replication-state';
import { makeTaskId, replicatedParts } from '../../model/replication/replication-task';
import type { Version } from '../../model/versions/version';
import { list, required } from '../../shapes/elements';
import { alwaysShown, expecting, givenOnly, shapeOf } from '../../shapes/given';
import type { StructureValue } from '../../shapes/shape';
import { text, words, wordsOf } from '../../shapes/values';
import { findRepeated } from '../../text/lists';
import { makeMistake } from '../../text/mistakes';
import { type DrawnSource, type Part, writeMoment } from './part';

/** A copy of a version that a replication rule asks for. The copy was made, still waits, or has failed. */
export interface ReplicaFixture {
  /** The name of the destination bucket. */
  readonly bucket: string;
  /** The id of the rule. */
  readonly rule: string;
  /** The status of the copy. If it is `'PENDING'`, the version, or a later change of its tags, ACL or lock, is not there yet. */
  readonly status: 'PENDING' | 'COMPLETED' | 'FAILED';
}

/** The members that replication adds to a version or a delete marker in a literal. */
export interface ReplicationDetails {
  /**
   * Its replication: `'PENDING'`, `'COMPLETED'`, `'FAILED'`, or `'REPLICA'` if it came from another bucket. The status does not change,
   * since no rule copies what a test writes. Default: the status that follows from `replicas` and `replicaOf`; without these, none.
   */
  readonly replicationStatus?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
  /**
   * Its copies in other buckets, one for each: `[{ bucket: 'replica', rule: 'all', status: 'COMPLETED' }]`. S3 also copies later changes of
   * its tags, ACL and lock to them. Default: none.
   */
  readonly replicas?: readonly ReplicaFixture[] | undefined;
  /** The name of the bucket that it was copied from. Default: it is not a replica, or the replica of an unknown bucket. */
  readonly replicaOf?: string | undefined;
}

export interface StoredReplication {
  /**
   * The state of its replication; undefined if no rule copies it. Reads at AWS return it as `x-amz-replication-status`, reads at IBM COS do
   * not.
   */
  readonly replicationStatus: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
}

const replica = shapeOf<ReplicaFixture>()({
  bucket: required(expecting(text, "the name of a bucket, such as 'replica'", isFilled)),
  rule: required(expecting(text, "the id of a rule, such as 'all'")),
  status: required(words('PENDING', 'COMPLETED', 'FAILED')),
});

const shape = shapeOf<ReplicationDetails, StoredReplication>()({
  replicationStatus: alwaysShown(wordsOf<ReplicationStatus>(replicationStatuses)),
  replicas: givenOnly({
    ...list(replica),
    isIndexed: true,
    expected: "a list such as [{ bucket: 'replica', rule: 'all', status: 'COMPLETED' }], or undefined",
  }),
  replicaOf: givenOnly(expecting(text, "the name of a bucket, such as 'vault', or undefined", isFilled)),
}).members;

type ReplicationValues = StructureValue<typeof shape>;

const common = {
  toModel: (given: ReplicationValues, { at }: { readonly at: string }) => ({ replication: makeReplication(at, given) }),
  fromModel: ({ replication: state }: Version) => ({
    replicationStatus: state?.status,
    replicas: state?.copies.map(({ destination: bucket, rule, status }) => ({ bucket, rule, status })),
    replicaOf: state?.source,
  }),
} as const;

export const replication: Part<ReplicationDetails, StoredReplication, ReplicationValues> = {
  ...common,
  shape,
  // A delete marker that no rule copies shows no status.
  marker: { ...common, shape: { ...shape, replicationStatus: wordsOf<ReplicationStatus>(replicationStatuses) } },
  // S3 copies only versions, so versioning must have been set.
  rules(at, { status }, version) {
    if (version.replication === undefined || status !== undefined) return;
    throw makeMistake(
      `${at}: its replicationStatus is '${version.replication.status}', but versioning was never set, and S3 copies only versions. Leave it out, or give versioning 'Enabled' or 'Suspended' beside objects.`,
    );
  },
  outline: ({ replicationStatus }) => (replicationStatus ? { replicationStatus } : {}),
  draw: ({ replicationStatus }, source) => (source ? copiesInWords(source) : statusInWords(replicationStatus)),
};

function isFilled(name: unknown): boolean {
  return typeof name === 'string' && name !== '';
}

function makeReplication(
  at: string,
  { replicationStatus: given, replicas = [], replicaOf: source }: ReplicationValues,
): ReplicationState | undefined {
  const twice = findRepeated(replicas.map(({ bucket }) => bucket));
  if (twice !== undefined)
    throw makeMistake(`${at}: replicas has bucket '${twice}' twice. A version has one copy in a bucket.`);
  const copies = replicas.map(({ bucket: destination, rule, status }): CopyState => ({ destination, rule, status }));
  if (given === undefined && source === undefined && copies.length === 0) return undefined;
  const isCopied = source !== undefined || given === 'REPLICA';
  const tried: ReplicationState = { status: isCopied ? 'REPLICA' : 'COMPLETED', ...(source && { source }), copies: [] };
  const read = withCopies(tried, copies);
  if (given === undefined || given === read.status) return read;
  if (source === undefined && copies.length === 0) return { ...read, status: given };
  const from = copies.length === 0 ? `replicaOf is '${source}'` : 'its replicas';
  throw makeMistake(
    `${at}: replicationStatus is '${given}', but with ${from} it is '${read.status}'. Leave replicationStatus out.`,
  );
}

function copiesInWords(drawn: DrawnSource): readonly string[] {
  const { replication: state } = drawn.version;
  if (state === undefined) return [];
  const { source, copies } = state;
  if (source === undefined && copies.length === 0) return statusInWords(state.status);
  const words = copies.map(({ destination, status }) => {
    const due = status === 'PENDING' ? dueInWords(drawn, destination) : '';
    return `${status} to ${destination}${due}`;
  });
  return source === undefined ? words : [`REPLICA of ${source}`, ...words];
}

function statusInWords(status: ReplicationStatus | undefined): readonly string[] {
  if (status === undefined) return [];
  return [status === 'REPLICA' ? status : `replication ${status}`];
}

function dueInWords({ bucket, version: { key }, versionId }: DrawnSource, destination: string): string {
  const tasks = replicatedParts.flatMap(
    (part) => bucket.replications.get(makeTaskId({ key, versionId, destination, part })) ?? [],
  );
  const [next] = tasks.toSorted((a, b) => a.at - b.at);
  if (next === undefined) return '';
  return `${next.failed === undefined ? '' : ` after ${next.failed.reason}`}, due ${writeMoment(new Date(next.at))}`;
}
