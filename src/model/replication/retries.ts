import { day, hour, minute } from '../../formats/durations';
import type { ReplicationRule } from '../configurations/replication-rules';
import { midnightFrom } from '../lifecycle/rules';
import { isPassing, type ReplicationFailure } from './replication-reasons';
import { schemaOf } from './replication-rules';
import type { FailedAttempts, ReplicationTask } from './replication-task';

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
