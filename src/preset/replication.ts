import type { Bucket } from '../model/bucket';
import {
  type CopyState,
  type Replicable,
  type ReplicationState,
  type ReplicationStatus,
  replicationStatuses,
  withCopies,
} from '../model/replication/replication-state';
import { replicatedParts, taskId } from '../model/replication/replication-task';
import { invalidValue } from '../text/invalid-value';
import { alternatives, itemsOf } from '../text/lists';
import { checkOptionNames } from '../text/member-names';

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
   * Its replication: `'PENDING'`, `'COMPLETED'`, `'FAILED'`, or `'REPLICA'` if it came from another bucket. It stays as it is given, since
   * nothing is copied because of it. Default: what follows from `replicas` and `replicaOf`; without these it has none.
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

/** The names of those members. */
export const replicationDetailNames = [
  'replicationStatus',
  'replicas',
  'replicaOf',
] as const satisfies readonly (keyof ReplicationDetails)[];

const copyStatuses: readonly CopyState['status'][] = ['PENDING', 'COMPLETED', 'FAILED'];

/** Reads the replication of a version. A state that S3 cannot reach is a TypeError that says what to write instead. */
export function readReplication(at: string, details: ReplicationDetails): ReplicationState | undefined {
  const { replicationStatus: given, replicas, replicaOf: source } = details;
  // Few versions have any of them, and a test may make a million versions.
  if (given === undefined && replicas === undefined && source === undefined) return undefined;
  if (given !== undefined && !replicationStatuses.includes(given))
    throw invalidValue(
      at,
      'replicationStatus',
      given,
      `${alternatives(replicationStatuses)}, or undefined`,
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
  throw new TypeError(
    `${at}: replicationStatus is '${given}', but with ${from} it is '${read.status}'. Leave replicationStatus out.`,
  );
}

function readCopies(at: string, replicas: readonly ReplicaFixture[]): readonly CopyState[] {
  const right = "a list such as [{ bucket: 'replica', rule: 'all', status: 'COMPLETED' }]";
  if (!Array.isArray(replicas)) throw invalidValue(at, 'replicas', replicas, `${right}, or undefined`);
  const copies = itemsOf(replicas).map((one, index) => readCopy(`${at}, replicas[${index}]`, one));
  const twice = copies.find(({ destination }, index) =>
    copies.slice(0, index).some((other) => other.destination === destination),
  );
  if (twice === undefined) return copies;
  throw new TypeError(`${at}: replicas has bucket '${twice.destination}' twice. A version has one copy in a bucket.`);
}

function readCopy(at: string, replica: ReplicaFixture): CopyState {
  checkOptionNames(at, replica, ['bucket', 'rule', 'status']);
  const { bucket: destination, rule, status } = replica;
  if (typeof destination !== 'string' || destination === '')
    throw invalidValue(at, 'bucket', destination, "the name of a bucket, such as 'replica'");
  if (typeof rule !== 'string') throw invalidValue(at, 'rule', rule, "the id of a rule, such as 'all'");
  if (copyStatuses.includes(status)) return { destination, rule, status };
  throw invalidValue(at, 'status', status, alternatives(copyStatuses), copyStatuses);
}

/** Throws a TypeError if a version has a replication and versioning was never set: S3 copies versions. */
export function checkAgainstReplication(
  at: string,
  status: string | undefined,
  replication: ReplicationState | undefined,
): void {
  if (replication === undefined || status !== undefined) return;
  throw new TypeError(
    `${at}: its replicationStatus is '${replication.status}', but versioning was never set, and S3 copies only versions. Leave it out, or give versioning 'Enabled' or 'Suspended' beside objects.`,
  );
}

/** The replication of a version as a test reads it. */
export function storedReplication({ replication }: Replicable): {
  readonly replicationStatus: ReplicationStatus | undefined;
} {
  return { replicationStatus: replication?.status };
}

/** The replication of a version in a form that JSON can store. */
export function replicationLiteral({ replication }: Replicable): ReplicationDetails {
  if (replication === undefined) return {};
  const { status: replicationStatus, copies, source } = replication;
  const replicas = copies.map(({ destination: bucket, rule, status }) => ({ bucket, rule, status }));
  return {
    replicationStatus,
    ...(replicas.length > 0 && { replicas }),
    ...(source !== undefined && { replicaOf: source }),
  };
}

/** A version whose copies a picture shows. */
interface DrawnReplication extends Replicable {
  readonly key: string;
}

/** The replication of a version in a picture, for each copy: `COMPLETED to replica`; `REPLICA of vault`. */
export function replicationInWords(
  bucket: Bucket,
  { key, replication }: DrawnReplication,
  versionId: string,
  momentOf: (date: Date) => string,
): readonly string[] {
  if (replication === undefined) return [];
  const { source, copies } = replication;
  if (source === undefined && copies.length === 0) return statusInWords(replication.status);
  const words = copies.map(({ destination, status }) => {
    const due = status === 'PENDING' ? dueInWords(bucket, { key, versionId, destination }, momentOf) : '';
    return `${status} to ${destination}${due}`;
  });
  return source === undefined ? words : [`REPLICA of ${source}`, ...words];
}

/** The replication of a version of which only the status is known. */
export function statusInWords(status: ReplicationStatus | undefined): readonly string[] {
  if (status === undefined) return [];
  return [status === 'REPLICA' ? status : `replication ${status}`];
}

interface DrawnCopy {
  readonly key: string;
  readonly versionId: string;
  readonly destination: string;
}

function dueInWords({ replications }: Bucket, copy: DrawnCopy, momentOf: (date: Date) => string): string {
  const tasks = replicatedParts.flatMap((part) => replications.get(taskId({ ...copy, part })) ?? []);
  const [next] = tasks.toSorted((a, b) => a.at - b.at);
  if (next === undefined) return '';
  return `${next.failed === undefined ? '' : ` after ${next.failed.reason}`}, due ${momentOf(new Date(next.at))}`;
}
