import { day } from '../../formats/durations';
import { type ArchiveStore, makeRestoreSource } from '../archives/restore';
import { makeTieringSource } from '../archives/tiering';
import type { Bucket } from '../bucket';
import { type LifecycleStore, makeLifecycleSource } from '../lifecycle/due-source';
import type { ReplicationStore } from '../replication/attempt';
import { makeReplicationSource } from '../replication/replication';
import type { Store } from '../store';
import { never } from './due-times';
import type { Done, DueSource, ServiceAction } from './service-action';

/**
 * Does what is due. At one moment, replication comes before lifecycle, since a request caused it earlier, and lifecycle before restores,
 * since an object that expires takes its restored copy with it. If time went back, nothing is undone.
 */
export function settle(store: Store, onDone?: (done: Done) => void): readonly ServiceAction[] {
  const now = store.clock.now();
  const today = Math.floor(now / day);
  const since = store.lifecycleDay;
  // Rules act at midnights; within a day only restores go on.
  if (today === since && now < store.nextDue) return [];
  store.lifecycleDay = today;
  const sources = makeSources(store);
  // The sources concern few of the buckets, and each request to a bucket with replication rules makes something due, so the others are left
  // out first.
  const buckets = store.unobserved(() => listConcerned(sources, store));
  const done = runDue(sources, buckets, { from: since * day, to: now }, onDone);
  store.nextDue = findSoonest([makeReplicationSource(store), makeRestoreSource(store)], buckets, now);
  return done;
}

/** Returns the next moment at which S3 does something by itself. */
export function nextDue(store: Store): number {
  const sources = makeSources(store);
  return findSoonest(sources, listConcerned(sources, store), store.clock.now());
}

export function runOwnActions(
  store: LifecycleStore & ArchiveStore & ReplicationStore,
  buckets: readonly Bucket[],
  times: { readonly from: number; readonly to: number },
): readonly ServiceAction[] {
  return runDue(makeSources(store), buckets, times);
}

function makeSources(store: LifecycleStore & ArchiveStore & ReplicationStore): readonly DueSource[] {
  return [makeReplicationSource(store), makeLifecycleSource(store), makeRestoreSource(store), makeTieringSource(store)];
}

/** Runs what is due after `from` and up to `to`. `onDone` gets each action before the next action begins. */
export function runDue(
  sources: readonly DueSource[],
  buckets: readonly Bucket[],
  { from, to }: { readonly from: number; readonly to: number },
  onDone: (done: Done) => void = () => {},
): readonly ServiceAction[] {
  const done: ServiceAction[] = [];
  const work: { readonly source: DueSource; readonly bucket: Bucket }[] = [];
  for (const source of sources) {
    for (const bucket of buckets) if (bucket.unobserved(() => source.concerns(bucket))) work.push({ source, bucket });
  }
  let after = from;
  for (;;) {
    const at = work.reduce((least, { source, bucket }) => Math.min(least, findNext(source, bucket, after)), never);
    if (at === never || at > to) return done;
    for (const { source, bucket } of work) {
      // A source that gets something due from another one, at a midnight that is over, waits for its next one.
      if (findNext(source, bucket, after) !== at) continue;
      // The actions are pushed one by one: as arguments of one call, those of a large bucket would overflow the stack.
      for (const one of source.act(bucket, at)) {
        done.push(one.action);
        onDone(one);
      }
    }
    after = at;
  }
}

function listConcerned(sources: readonly DueSource[], { buckets }: Pick<Store, 'buckets'>): readonly Bucket[] {
  return [...buckets.values()].filter((bucket) => sources.some((source) => source.concerns(bucket)));
}

/** When something is due follows from what was written. What is done then reads it again. */
function findNext(source: Pick<DueSource, 'next'>, bucket: Bucket, after: number): number {
  return bucket.unobserved(() => source.next(bucket, after));
}

function findSoonest(sources: readonly Pick<DueSource, 'next'>[], buckets: readonly Bucket[], after: number): number {
  let least = never;
  for (const source of sources) {
    for (const bucket of buckets) least = Math.min(least, findNext(source, bucket, after));
  }
  return least;
}
