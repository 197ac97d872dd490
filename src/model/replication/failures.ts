import { day, hour, minute } from '../../formats/durations';
import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import { midnightFrom } from '../lifecycle/rules';
import { expectDue } from '../schedule/due-times';
import type { Store } from '../store';
import { findVersion } from '../versions/version-lookup';
import { isPassing, type ReplicationFailure } from './replication-reasons';
import { schemaOf } from './replication-rules';
import { withCopyAt } from './replication-state';
import type { FailedAttempts, ReplicationTask } from './replication-task';

export interface FailedTask extends ReplicationTask {
  readonly failed: FailedAttempts;
}

/** The failures of a bucket that IBM COS lists: what it tries again once a day, and what it has given up. The newest come first (F865). */
export function failuresOf({ replications }: Pick<Bucket, 'replications'>): readonly FailedTask[] {
  return [...replications.values()].filter(isListed).sort(newestFirst);
}

function isListed(task: ReplicationTask): task is FailedTask {
  return task.failed?.isDaily === true;
}

export type Place = Pick<ReplicationTask, 'begun' | 'sequence' | 'id'>;

/** Whether a failure is at a place or after it, where the list goes on if the one at the place has gone meanwhile. */
export function isFrom(failure: Place, place: Place): boolean {
  return newestFirst(failure, place) >= 0;
}

function newestFirst(a: Place, b: Place): number {
  return b.begun - a.begun || b.sequence - a.sequence || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/**
 * Makes what IBM COS has given up due once more, at the next midnight UTC, and returns that time and the number of the tasks. All else is
 * tried again by then anyway (F868).
 */
export function reattempt(
  store: Pick<Store, 'versionIds' | 'nextDue'>,
  bucket: Bucket,
  now: number,
): { readonly at: number; readonly tasks: number } {
  const at = nextCycle(now);
  const givenUp = [...bucket.replications.values()].filter(({ isGivenUp }) => isGivenUp);
  for (const task of givenUp) {
    bucket.replications.set(task.id, { ...task, at, isGivenUp: undefined });
    const version = findVersion(store, bucket, task.key, task.versionId);
    if (version?.replication === undefined) continue;
    bucket.versions.replace({ ...version, replication: withCopyAt(version.replication, task.destination, 'PENDING') });
  }
  expectDue(store, at);
  return { at, tasks: givenUp.length };
}

/** S3 tries again each minute so often after trouble that passes, and then each hour: it does not say how often (F860). */
const minutelyRetries = 60;

/** IBM COS tries again so often within hours, before it tries once a day (F861). */
const hourlyRetries = 3;

/**
 * A task as it is after an attempt that failed: due again, or given up by IBM COS. Undefined if it is over for good, as on AWS unless the
 * trouble passes, and where the rule is gone.
 */
export function taskAfterFailure(
  task: ReplicationTask,
  rule: ReplicationRule | undefined,
  { reason }: ReplicationFailure,
  at: number,
): ReplicationTask | undefined {
  const days = rule && schemaOf(rule).retriedDays;
  const attempts = failedAttempts(task, reason, at);
  if (days === undefined || reason === 'SrcBucketReplicationConfigMissing') {
    const pause = attempts.count > minutelyRetries ? hour : minute;
    return isPassing(reason) ? { ...task, failed: attempts, at: at + pause } : undefined;
  }
  const isDaily = attempts.isDaily || !isPassing(reason) || attempts.count > hourlyRetries;
  const failed = { ...attempts, isDaily };
  const next = isDaily ? nextCycle(at) : at + hour;
  return next - task.begun > days * day ? { ...task, failed, isGivenUp: true } : { ...task, failed, at: next };
}

function failedAttempts({ failed }: ReplicationTask, reason: ReplicationFailure['reason'], at: number): FailedAttempts {
  return { last: at, count: (failed?.count ?? 0) + 1, reason, isDaily: failed?.isDaily ?? false };
}

/** The next midnight UTC, at which IBM COS tries again what it tries once a day. */
export function nextCycle(now: number): number {
  return midnightFrom(now + 1);
}
