import { day } from '../formats/durations';
import type { Bucket } from '../model/bucket';
import { makeLifecycleSource } from '../model/lifecycle/due-source';
import { compareTasks, makeReplicationSource } from '../model/replication/replication';
import { destinationOf } from '../model/replication/replication-rules';
import type { ReplicatedPart } from '../model/replication/replication-state';
import { never } from '../model/schedule/due-times';
import type { ServiceAction } from '../model/schedule/service-action';
import { runDue, runOwnActions } from '../model/schedule/settle';
import type { Store } from '../model/store';
import { checkOptionNames } from '../text/member-names';
import { type Duration, readComingMoment } from '../text/moments';

/** An action that a lifecycle rule will take. */
export interface PlannedAction {
  /** The bucket's name. */
  readonly bucket: string;
  /** The object's key. */
  readonly key: string;
  /** The id of the version; `undefined` if the action aborts an upload. */
  readonly versionId: string | undefined;
  /** In a bucket with versioning, `expire` puts a delete marker on top, and the version stays. `remove` deletes the version. */
  readonly action: 'expire' | 'remove' | 'transition' | 'abort';
  /** The time at which S3 will act: a midnight UTC. */
  readonly at: Date;
  /** The id of the rule. */
  readonly rule: string;
  /** The id of the upload that will be aborted. */
  readonly uploadId?: string;
  /** The new storage class of a transition. */
  readonly storageClass?: string;
}

/**
 * Returns the actions, soonest first. Lifecycle waits for replication (F872). So what is still to be replicated is copied first, without
 * the failures that a test injects.
 */
export function planLifecycle(
  store: Store,
  options: { readonly until?: Date | number | string | Duration | undefined } = {},
): readonly PlannedAction[] {
  checkOptionNames('lifecycle.plan', options, ['until']);
  const until = readUntil(store, options.until);
  return Object.freeze(lookAhead(store, [...store.buckets.values()], until).map(planned));
}

function readUntil({ clock }: Store, until: Date | number | string | Duration | undefined): number {
  return until === undefined ? Number.POSITIVE_INFINITY : readComingMoment(until, clock.now(), ['plan', 'until']);
}

/** How lifecycle ends a version: `expire` puts a delete marker on top of it. */
export type PlannedEnd = Pick<PlannedAction, 'action' | 'at' | 'rule'>;

/** Returns what finds the first action that ends a version. */
export function planEnds(store: Store, bucket: Bucket): (key: string, versionId: string) => PlannedEnd | undefined {
  const ends = new Map<string, PlannedEnd>();
  for (const end of lookAhead(store, [bucket], Number.POSITIVE_INFINITY)) {
    const { action, key, versionId } = end;
    const name = `${versionId}\n${key}`;
    if (action !== 'transition' && action !== 'abort' && !ends.has(name)) ends.set(name, end);
  }
  return (key, versionId) => ends.get(`${versionId}\n${key}`);
}

export function findEnds(store: Store, bucket: Bucket): (key: string, versionId: string) => string | undefined {
  const findEnd = planEnds(store, bucket);
  return (key, versionId) => {
    const end = findEnd(key, versionId);
    return end && writeEnd(end);
  };
}

export function writeEnd({ action, at }: PlannedEnd): string {
  return `${action === 'expire' ? 'expires' : 'removed'} on ${at.toISOString().slice(0, 10)}`;
}

/** A copy of the bucket as replication, lifecycle rules, restores and archive tiers will leave it, if nothing else changes. */
export function makeBucketAt(store: Store, bucket: Bucket, at: number): Bucket {
  const copy = bucket.copy();
  const copies = [copy, ...copiesBeside(store, [bucket])];
  runOwnActions(storeOfCopies(store, copies), copies, { from: store.lifecycleDay * day, to: at });
  return copy;
}

function lookAhead(store: Store, buckets: readonly Bucket[], until: number): readonly LifecycleAction[] {
  const asked = buckets.filter(({ actingLifecycle }) => actingLifecycle);
  if (asked.length === 0) return [];
  const copies = [...asked.map((bucket) => bucket.copy()), ...copiesBeside(store, asked)];
  const copied = storeOfCopies(store, copies);
  const sources = [makeReplicationSource(copied), makeLifecycleSource(copied)];
  const names = new Set(asked.map(({ name }) => name));
  return runDue(sources, copies, { from: store.lifecycleDay * day, to: until }).filter(
    (action): action is LifecycleAction => isOfLifecycle(action) && names.has(action.bucket),
  );
}

type LifecycleAction = ServiceAction & Pick<PlannedAction, 'action' | 'rule'>;

function isOfLifecycle(done: ServiceAction): done is LifecycleAction {
  const { action } = done;
  return action === 'expire' || action === 'remove' || action === 'transition' || action === 'abort';
}

function copiesBeside({ buckets }: Store, asked: readonly Bucket[]): readonly Bucket[] {
  const found = new Set<Bucket>();
  for (const source of buckets.values()) {
    if (source.replications.size === 0) continue;
    found.add(source);
    for (const rule of source.settings.replication?.Rules ?? []) {
      const destination = buckets.get(destinationOf(rule));
      if (destination !== undefined) found.add(destination);
    }
  }
  for (const one of asked) found.delete(one);
  return [...found].map((bucket) => bucket.copy());
}

/** Makes a store for the copy, which takes neither numbers of writes nor ids from the real one. */
function storeOfCopies(store: Store, buckets: readonly Bucket[]) {
  const { accounts, clock, ids, kms, sequence: first, sseC, versionIdForm, versionIds } = store;
  let sequence = first;
  return {
    buckets: new Map(buckets.map((bucket) => [bucket.name, bucket])),
    accounts,
    clock,
    ids: ids.copy(),
    kms,
    sseC,
    versionIds,
    versionIdForm,
    nextDue: never,
    failureOfReplication: () => undefined,
    nextSequence() {
      sequence += 1;
      return sequence - 1;
    },
    // The copies are thrown away, whether they succeeded or not.
    commit: <Result>(action: () => Result) => ({ result: action(), changes: [] }),
  };
}

function planned(done: LifecycleAction): PlannedAction {
  const { bucket, key, versionId, action, at, rule, uploadId, storageClass } = done;
  return Object.freeze({
    bucket,
    key,
    versionId,
    action,
    at,
    rule,
    ...(uploadId !== undefined && { uploadId }),
    ...(storageClass !== undefined && { storageClass }),
  });
}

/** A copy that replication will make. */
export interface PlannedCopy {
  /** The name of the source bucket. */
  readonly bucket: string;
  /** The key of the version. */
  readonly key: string;
  /** The id of the version. Its replica gets the same id. */
  readonly versionId: string;
  /** The part that will be copied: the whole object, a delete marker, or a part that changed after the version was copied. */
  readonly part: ReplicatedPart;
  /** The name of the destination bucket. */
  readonly destination: string;
  /** The id of the rule. */
  readonly rule: string;
  /** The time of S3's next attempt to copy the version. */
  readonly at: Date;
}

/** Returns the copies, soonest first. Copies of the same time are in the order of the requests that caused them. */
export function planReplication(
  store: Store,
  options: { readonly until?: Date | number | string | Duration | undefined } = {},
): readonly PlannedCopy[] {
  checkOptionNames('replication.plan', options, ['until']);
  const until = readUntil(store, options.until);
  const queued = [...store.buckets.values()].flatMap(({ name, replications }) =>
    Array.from(replications.values(), (task) => ({ ...task, bucket: name })),
  );
  const planned = queued.filter(({ at, isGivenUp }) => at <= until && !isGivenUp).sort(compareTasks);
  return Object.freeze(
    planned.map(({ bucket, key, versionId, part, destination, rule, at }) =>
      Object.freeze({ bucket, key, versionId, part, destination, rule, at: new Date(at) }),
    ),
  );
}
