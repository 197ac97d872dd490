import { day, hour, minute } from '../../formats/durations';
import type { Bucket } from '../bucket';
import type { ReplicationRule } from '../configurations/replication-rules';
import { midnightFrom } from '../lifecycle/rules';
import { expectDue } from '../schedule/due-times';
import type { Store } from '../store';
import { findVersion } from '../versions/version-lookup';
import { isPassing, type ReplicationFailure } from './replication-reasons';
import { chooseSchema } from './replication-rules';
import { withCopyAt } from './replication-state';
import type { FailedAttempts, ReplicationTask } from './replication-task';

interface FailedTask extends ReplicationTask {
  readonly failed: FailedAttempts;
}

/** Lists the copies that IBM COS tries again once a day and those that it has given up, newest first (F865). */
export function listFailures({ replications }: Pick<Bucket, 'replications'>): readonly FailedTask[] {
  return [...replications.values()].filter(isListed).sort(newestFirst);
}

function isListed(task: ReplicationTask): task is FailedTask {
  return task.failed?.isDaily === true;
}

export type FailurePosition = Pick<ReplicationTask, 'begun' | 'sequence' | 'id'>;

/** The list goes on after a place even if the failure that was there is gone. */
export function isFrom(failure: FailurePosition, place: FailurePosition): boolean {
  return newestFirst(failure, place) >= 0;
}

function newestFirst(a: FailurePosition, b: FailurePosition): number {
  return b.begun - a.begun || b.sequence - a.sequence || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** Due at the next midnight UTC. What IBM COS has not given up is tried again by then anyway (F868). */
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

/** The number of attempts, a minute apart, after a temporary failure. Then S3 tries once an hour. It does not say how often (F860). */
const minutelyRetries = 60;

/** The number of attempts before IBM COS tries once a day (F861). */
const hourlyRetries = 3;

/** Returns undefined if the copy has failed for good: on AWS unless the failure is temporary, and if the rule is gone. */
export function taskAfterFailure(
  task: ReplicationTask,
  rule: ReplicationRule | undefined,
  { reason }: ReplicationFailure,
  at: number,
): ReplicationTask | undefined {
  const days = rule && chooseSchema(rule).retriedDays;
  const { count = 0, isDaily: wasDaily = false } = task.failed ?? {};
  const attempts = { last: at, count: count + 1, reason, isDaily: wasDaily };
  if (days === undefined || reason === 'SrcBucketReplicationConfigMissing') {
    const pause = attempts.count > minutelyRetries ? hour : minute;
    return isPassing(reason) ? { ...task, failed: attempts, at: at + pause } : undefined;
  }
  const isDaily = wasDaily || !isPassing(reason) || attempts.count > hourlyRetries;
  const failed = { ...attempts, isDaily };
  const next = isDaily ? nextCycle(at) : at + hour;
  return next - task.begun > days * day ? { ...task, failed, isGivenUp: true } : { ...task, failed, at: next };
}

export function nextCycle(now: number): number {
  return midnightFrom(now + 1);
}
