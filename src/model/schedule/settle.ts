import { day } from '../../formats/durations';
import type { ArchiveAction } from '../archives/archive-action';
import { Restores } from '../archives/restores';
import { Tiering } from '../archives/tiering';
import { Lifecycle, type LifecycleAction } from '../lifecycle/run';
import type { Store } from '../store';
import { runDue, soonestOf } from './run';

/** An action of S3 that no request asks for: by a rule of a bucket, or because a restore goes on. */
export type OwnAction = LifecycleAction | ArchiveAction;

/**
 * Does what became due since the last call, and returns it in the order of its times; at one moment lifecycle comes first, since an object that
 * expires takes its restored copy with it. If time went back, nothing is undone.
 */
export function settle(store: Store): readonly OwnAction[] {
  const now = store.clock.now();
  const today = Math.floor(now / day);
  const since = store.lifecycleDay;
  // Rules act at midnights; within a day only restores go on.
  if (today === since && now < store.nextDue) return [];
  store.lifecycleDay = today;
  const buckets = [...store.buckets.values()];
  const restores = new Restores(store);
  const sources = [new Lifecycle(store), restores, new Tiering(store)];
  const done = runDue<OwnAction>(sources, buckets, { from: since * day, to: now });
  store.nextDue = soonestOf([restores], buckets, now);
  return done;
}
