import { isDeepStrictEqual } from 'node:util';
import type { Bucket } from '../model/bucket';
import { type ConfigurationValues, configurations } from '../model/configurations';
import { checkRules, readDestinations } from '../model/configurations/replication-rules';
import { serviceOf } from '../model/configurations/services';
import { makePendingState } from '../model/replication/queueing';
import { failureReasons } from '../model/replication/replication-reasons';
import { destinationOf, findEnabledRule } from '../model/replication/replication-rules';
import type { ReplicatedPart } from '../model/replication/replication-state';
import {
  type CopyTerms,
  type FailedAttempts,
  makeTaskId,
  type ReplicationTask,
  replicatedParts,
} from '../model/replication/replication-task';
import { expectDue } from '../model/schedule/due-times';
import type { Store } from '../model/store';
import { findVersion } from '../model/versions/version-lookup';
import { readShape } from '../shapes/document-reader';
import { list, required, structure } from '../shapes/elements';
import { readBy } from '../shapes/given';
import type { Shape, ValueOf } from '../shapes/shape';
import { boolean, date, integer, limited, ranging, text, wordsOf } from '../shapes/values';
import { makeMistake } from '../text/mistakes';
import { say } from '../text/reason';
import { writeGiven, writeKey } from '../text/values';
import type { ConfigurationFixtures } from './configurations';
import { catchRefusal, refusalWords } from './literals';
import { readETag } from './parts/content';
import { type BucketInStore, type BucketOption, count } from './parts/part';

/** A copy that replication has not made yet. Its version is PENDING, unless its `replicas` contain another status for the destination. */
export interface QueuedCopyFixture {
  /** The key of the version. */
  readonly key: string;
  /** The id of the version. If the version is gone by the time `at`, the copy fails. */
  readonly versionId: string;
  /** The part that replication copies. Default: `'object'`. */
  readonly part?: ReplicatedPart | undefined;
  /** The name of the destination bucket. */
  readonly destination: string;
  /** The id of the rule. */
  readonly rule: string;
  /**
   * The replication configuration at the time of the request, with the rule of the copy alone. Set it if the bucket's configuration has
   * changed since. Default: the bucket's configuration.
   */
  readonly configuration?: ConfigurationFixtures['replication'];
  /** The time of S3's next attempt: a Date, milliseconds since 1970, or ISO 8601. Default: now, by the mock's clock. */
  readonly at?: Date | number | string | undefined;
  /** The operation that caused the copy. The events of the replica name it. Default: `'PutObject'`. */
  readonly operation?: string | undefined;
  /** The time of the request that caused the copy. Default: now. */
  readonly requested?: Date | number | string | undefined;
  /** Whether S3 reported that the copy takes longer than its rule allows. Default: false. */
  readonly late?: boolean | undefined;
  /** The failed attempts of IBM COS. Default: there are none. */
  readonly failed?: FailedAttemptsFixture | undefined;
  /** Whether IBM COS has given up. If it has, it tries again only after a request for one more attempt. Default: false. */
  readonly givenUp?: boolean | undefined;
  /** The number of the write, for a version that is gone. */
  readonly writeNumber?: number | undefined;
  /** The bytes, for a version that is gone. */
  readonly size?: number | undefined;
  /** The ETag, for a version that is gone. */
  readonly etag?: string | undefined;
}

/** The failed attempts of IBM COS at a copy. */
export interface FailedAttemptsFixture {
  /** The time of the last attempt: a Date, milliseconds since 1970, or ISO 8601. */
  readonly last: Date | number | string;
  /** The reason why the last attempt failed, by S3's name: `DstBucketNotFound`. */
  readonly reason: string;
  /** The number of attempts. Default: 1. */
  readonly count?: number | undefined;
  /** Whether IBM COS tries once a day and lists the copy. Otherwise it tries each hour. Default: `true`. */
  readonly daily?: boolean | undefined;
}

const filledText = limited(text, { textLength: [1] });

const queuedCopy = structure({
  key: required(filledText),
  versionId: required(filledText),
  part: wordsOf<ReplicatedPart>(replicatedParts),
  destination: required(filledText),
  rule: required(filledText),
  configuration: configurations.replication.shape,
  at: date,
  operation: filledText,
  requested: date,
  late: boolean,
  failed: structure({
    last: required(date),
    reason: required(wordsOf<FailedAttempts['reason']>(failureReasons)),
    count: ranging(integer, [1, Number.POSITIVE_INFINITY]),
    daily: boolean,
  } satisfies Readonly<Record<keyof FailedAttemptsFixture, Shape>>),
  givenUp: boolean,
  writeNumber: count,
  size: count,
  etag: text,
} satisfies Readonly<Record<keyof QueuedCopyFixture, Shape>>);

type QueuedCopy = ValueOf<typeof queuedCopy>;

export const bucketQueue: BucketOption<readonly QueuedCopyFixture[], readonly QueuedCopy[]> = {
  shape: readBy((at, queue: unknown, { name }) => readShape(`${at}: ${name}`, list(queuedCopy), queue)),
  get: undefined,
  set: addQueue,
  literal({ store, bucket }) {
    if (bucket.replications.size === 0) return undefined;
    return Array.from(bucket.replications.values(), (task) => taskLiteral(store, bucket, task));
  },
};

function addQueue({ store, bucket }: BucketInStore, copies: readonly QueuedCopy[] = []): void {
  const at = `bucket '${bucket.name}': replicationQueue`;
  for (const [index, copy] of copies.entries()) {
    const task = readTask(`${at} ${index + 1}`, copy, { store, bucket });
    if (bucket.replications.get(task.id) !== undefined)
      throw makeMistake(
        `${at} ${index + 1}: the copy of ${task.part} ${writeKey(task.key)}, ${writeGiven(task.versionId)}, to '${task.destination}' is given twice. Give it once.`,
      );
    bucket.replications.set(task.id, task);
    noteCopy(bucket, task);
    expectDue(store, task.at);
  }
}

function noteCopy({ versions }: Bucket, { key, sequence, destination, rule, isGivenUp }: ReplicationTask): void {
  const version = versions.at(key, sequence);
  if (version === undefined || version.replication?.copies.some((copy) => copy.destination === destination)) return;
  const copy = { destination, rule, status: isGivenUp ? 'FAILED' : 'PENDING' } as const;
  versions.replace({ ...version, replication: makePendingState(version, [copy]) });
}

function readTask(at: string, copy: QueuedCopy, { store, bucket }: BucketInStore): ReplicationTask {
  const { key, versionId, part = 'object', destination, rule, operation = 'PutObject', late, failed, givenUp } = copy;
  const now = store.clock.now();
  return {
    id: makeTaskId({ key, versionId, part, destination }),
    key,
    versionId,
    part,
    rule,
    destination,
    operation,
    begun: copy.requested?.getTime() ?? now,
    at: copy.at?.getTime() ?? now,
    ...readVersionFacts(at, copy, { store, bucket }),
    ...(copy.configuration && { terms: readTerms(at, copy.configuration, copy, bucket) }),
    ...(late && { isLate: true }),
    ...(failed && { failed: readFailed(failed) }),
    ...(givenUp && { isGivenUp: true }),
  };
}

function readTerms(
  at: string,
  { Role: role, Rules }: ConfigurationValues['replication'],
  { rule: id, destination }: QueuedCopy,
  bucket: Bucket,
): CopyTerms {
  const schema = serviceOf(bucket).replication;
  const refusal = catchRefusal(() => {
    checkRules(Rules, schema);
    readDestinations(Rules, bucket.name, schema);
  });
  if (refusal !== undefined) throw makeMistake(say`${at}: configuration: ${refusalWords(refusal)}`);
  const [rule, ...others] = Rules;
  if (rule === undefined || others.length > 0 || rule.ID !== id || destinationOf(rule) !== destination)
    throw makeMistake(
      `${at}: configuration: it must contain the rule ${writeGiven(id)} to '${destination}', and no other rule.`,
    );
  return { rule, role };
}

function readVersionFacts(
  at: string,
  { key, versionId, writeNumber, size, etag }: QueuedCopy,
  { store, bucket }: BucketInStore,
): Pick<ReplicationTask, 'sequence' | 'size' | 'etag'> {
  const read = { size, etag: etag === undefined ? undefined : readETag(at, etag) };
  if (writeNumber !== undefined) {
    store.passSequence(writeNumber);
    return { sequence: writeNumber, ...read };
  }
  const version = findVersion(store, bucket, key, versionId);
  if (version === undefined) return { sequence: store.nextSequence(), ...read };
  const { sequence, content } = version;
  return { sequence, size: content?.body.byteLength, etag: content?.etag };
}

function readFailed({ last, reason, count = 1, daily = true }: NonNullable<QueuedCopy['failed']>): FailedAttempts {
  return { last: last.getTime(), reason, count, isDaily: daily };
}

function taskLiteral(store: Store, bucket: Bucket, task: ReplicationTask): QueuedCopyFixture {
  const { key, versionId, part, destination, rule, operation, sequence, size, etag } = task;
  const isGone = findVersion(store, bucket, key, versionId)?.sequence !== sequence;
  return {
    ...{ key, versionId, part, destination, rule },
    ...(task.terms && termsLiteral(bucket, task.terms)),
    at: writeIso(task.at),
    operation,
    requested: writeIso(task.begun),
    ...(task.isLate && { late: true }),
    ...(task.failed && { failed: failedLiteral(task.failed) }),
    ...(task.isGivenUp && { givenUp: true }),
    ...(isGone && { writeNumber: sequence, ...(size !== undefined && { size }), ...(etag !== undefined && { etag }) }),
  };
}

function termsLiteral(bucket: Bucket, { rule, role }: CopyTerms): Pick<QueuedCopyFixture, 'configuration'> {
  const isSame =
    isDeepStrictEqual(findEnabledRule(bucket, rule.ID ?? ''), rule) && bucket.settings.replication?.Role === role;
  return isSame ? {} : { configuration: { ...(role !== undefined && { Role: role }), Rules: [rule] } };
}

function failedLiteral({ last, reason, count, isDaily }: FailedAttempts): FailedAttemptsFixture {
  return { last: writeIso(last), reason, count, daily: isDaily };
}

function writeIso(moment: number): string {
  return new Date(moment).toISOString();
}

/** A replica takes its place among versions that other requests wrote, so that the numbers of all writes of these keys matter. */
export function keysToCopy({ buckets }: Store): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { replications } of buckets.values()) for (const { key } of replications.values()) keys.add(key);
  return keys;
}
