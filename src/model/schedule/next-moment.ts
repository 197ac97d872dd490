import { lockedUntil } from '../object-lock';
import type { Store } from '../store';
import { newest } from '../versions/version-stacks';
import { never } from './due-times';
import { nextDue } from './settle';

/**
 * Returns the soonest moment in the future at which S3 answers otherwise, or does something by itself, though no request comes: replication, lifecycle,
 * restores and tiers, the end of a retention, and the end of a session. Returns undefined if there is none.
 */
export function nextMoment(store: Store): number | undefined {
  const now = store.clock.now();
  // To look at the future is no part of what a request reads.
  const moments = store.unobserved(() => [nextDue(store), ...listRetentions(store), ...listSessionEnds(store)]);
  const soonest = moments.reduce((least, moment) => (moment > now ? Math.min(least, moment) : least), never);
  return soonest === never ? undefined : soonest;
}

function listRetentions({ buckets }: Store): readonly number[] {
  return [...buckets.values()]
    .flatMap(({ versions }) => [...versions.from({ sortKey: '', sequence: newest })])
    .map(lockedUntil)
    .filter(Number.isFinite);
}

function listSessionEnds({ accounts }: Store): readonly number[] {
  return accounts.flatMap(({ sessionEnds }) => sessionEnds);
}
