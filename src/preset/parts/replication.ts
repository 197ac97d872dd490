import {
  type CopyState,
  type ReplicationState,
  type ReplicationStatus,
  replicationStatuses,
  withCopies,
} from '../../model/replication/replication-state';
import { makeTaskId, replicatedParts } from '../../model/replication/replication-task';
import type { Version } from '../../model/versions/version';
import { list, structure } from '../../shapes/elements';
import { givenOnly, judgedByRule } from '../../shapes/given';
import { text } from '../../shapes/values';
import { invalidValue } from '../../text/invalid-value';
import { readItems, writeAlternatives } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { type DrawnSource, type Part, writeMoment } from './part';

/** A copy of a version that a replication rule asked for. */
export interface ReplicaFixture {
  /** The name of the bucket that it is copied to. */
  readonly bucket: string;
  /** The id of the rule. */
  readonly rule: string;
  /** `'PENDING'`: the version, or a later change of its tags, ACL or lock, is not there yet. */
  readonly status: 'PENDING' | 'COMPLETED' | 'FAILED';
}

/** The members of a version or a delete marker in a literal that replication has. */
export interface ReplicationDetails {
  /**
   * Its replication: `'PENDING'`, `'COMPLETED'`, `'FAILED'`, or `'REPLICA'` if it came from another bucket. It stays as given, since no
   * rule copies what a test writes. Default: what follows from `replicas` and `replicaOf`; without these it has none.
   */
  readonly replicationStatus?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
  /**
   * Its copies in other buckets, one for each: `[{ bucket: 'replica', rule: 'all', status: 'COMPLETED' }]`. Later changes of its tags, ACL and
   * lock follow to them. Default: none.
   */
  readonly replicas?: readonly ReplicaFixture[] | undefined;
  /** The name of the bucket that it was copied from. Default: it is not a replica, or one of no known bucket. */
  readonly replicaOf?: string | undefined;
}

export interface StoredReplication {
  /** The state of its replication; undefined if no rule copies it. Reads at AWS answer it as `x-amz-replication-status`, those at IBM COS do not. */
  readonly replicationStatus: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
}

const replica = structure({ bucket: text, rule: text, status: text });

const shape = {
  replicationStatus: judgedByRule(text),
  replicas: givenOnly(judgedByRule(list(replica))),
  replicaOf: givenOnly(judgedByRule(text)),
};

const common = {
  accept: (given: ReplicationDetails, { at }: { readonly at: string }) => {
    const replication = readReplication(at, given);
    return replication ? { replication } : {};
  },
  show: ({ replication }: Version) => ({ replicationStatus: replication?.status }),
  write: ({ replication }: Version) => (replication ? writeReplication(replication) : {}),
} as const;

export const replication: Part<ReplicationDetails, StoredReplication> = {
  ...common,
  shape,
  marker: { ...common, members: Object.keys(shape) },
  // S3 copies versions.
  check(at, { status }, version) {
    if (version.replication === undefined || status !== undefined) return;
    throw makeMistake(
      `${at}: its replicationStatus is '${version.replication.status}', but versioning was never set, and S3 copies only versions. Leave it out, or give versioning 'Enabled' or 'Suspended' beside objects.`,
    );
  },
  outline: ({ replicationStatus }) => (replicationStatus ? { replicationStatus } : {}),
  draw: ({ replicationStatus }, source) => (source ? copiesInWords(source) : statusInWords(replicationStatus)),
};

const copyStatuses: readonly CopyState['status'][] = ['PENDING', 'COMPLETED', 'FAILED'];

function readReplication(at: string, details: ReplicationDetails): ReplicationState | undefined {
  const { replicationStatus: given, replicas, replicaOf: source } = details;
  if (given !== undefined && !replicationStatuses.includes(given))
    throw invalidValue(
      at,
      'replicationStatus',
      given,
      `${writeAlternatives(replicationStatuses)}, or undefined`,
      replicationStatuses,
    );
  const copies = readCopies(at, replicas === undefined ? [] : replicas);
  if (source !== undefined && (typeof source !== 'string' || source === ''))
    throw invalidValue(at, 'replicaOf', source, "the name of a bucket, such as 'vault', or undefined");
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

function readCopies(at: string, replicas: readonly ReplicaFixture[]): readonly CopyState[] {
  const right = "a list such as [{ bucket: 'replica', rule: 'all', status: 'COMPLETED' }]";
  if (!Array.isArray(replicas)) throw invalidValue(at, 'replicas', replicas, `${right}, or undefined`);
  const copies = readItems(replicas).map((one, index) => readCopy(`${at}, replicas[${index}]`, one));
  const twice = copies.find(({ destination }, index) =>
    copies.slice(0, index).some((other) => other.destination === destination),
  );
  if (twice === undefined) return copies;
  throw makeMistake(`${at}: replicas has bucket '${twice.destination}' twice. A version has one copy in a bucket.`);
}

function readCopy(at: string, replica: ReplicaFixture): CopyState {
  checkOptionNames(at, replica, ['bucket', 'rule', 'status']);
  const { bucket: destination, rule, status } = replica;
  if (typeof destination !== 'string' || destination === '')
    throw invalidValue(at, 'bucket', destination, "the name of a bucket, such as 'replica'");
  if (typeof rule !== 'string') throw invalidValue(at, 'rule', rule, "the id of a rule, such as 'all'");
  if (copyStatuses.includes(status)) return { destination, rule, status };
  throw invalidValue(at, 'status', status, writeAlternatives(copyStatuses), copyStatuses);
}

function writeReplication({ status: replicationStatus, copies, source }: ReplicationState): ReplicationDetails {
  const replicas = copies.map(({ destination: bucket, rule, status }) => ({ bucket, rule, status }));
  return {
    replicationStatus,
    ...(replicas.length > 0 && { replicas }),
    ...(source !== undefined && { replicaOf: source }),
  };
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
