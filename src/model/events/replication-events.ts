import { isoDateWithMilliseconds } from '../../formats/dates';
import { minute } from '../../formats/durations';
import type { Bucket } from '../bucket';
import type { ReplicationChange } from '../changes';
import type { ReplicationRule } from '../configurations/replication-rules';
import { findFollowing } from '../replication/following-parts';
import { threshold } from '../replication/replication';
import { ruleOf } from '../replication/replication-rules';
import type { ObjectEventName } from './event-kinds';
import type { EventData } from './object-event';

export type ReplicationEventName = Extract<ObjectEventName, `Replication:${string}`>;

/** Whether S3 reports what becomes of the copies of a rule: its metrics are enabled (F862). */
export function hasMetrics({ Destination: { Metrics } }: ReplicationRule): boolean {
  return Metrics?.Status === 'Enabled';
}

/** The event of what became of a task; undefined if its rule has no metrics, or if S3 has none: a copy in time is not reported (F862). */
export function replicationEventOf(
  { became, task }: ReplicationChange,
  bucket: Bucket,
): ReplicationEventName | undefined {
  const rule = ruleOf(bucket, task);
  if (rule === undefined || !hasMetrics(rule)) return undefined;
  if (became === 'FAILED') return 'Replication:OperationFailedReplication';
  if (became === 'late') return 'Replication:OperationMissedThreshold';
  return task.isLate ? 'Replication:OperationReplicatedAfterThreshold' : undefined;
}

/** The members of a record about a replication, in S3's order (F862). */
export function replicationDataOf({ task, became, failure, time }: ReplicationChange, bucket: Bucket): EventData {
  const isOfThreshold = became !== 'FAILED';
  return {
    replicationEventData: {
      replicationRuleId: task.rule,
      destinationBucket: ruleOf(bucket, task)?.Destination.Bucket ?? '',
      s3Operation:
        findFollowing(task.part)?.operation ?? (task.part === 'object' ? 'OBJECT_PUT' : 'OBJECT_DELETE_MARKER'),
      requestTime: isoDateWithMilliseconds(task.begun),
      ...(failure && { failureReason: failure.reason }),
      ...(isOfThreshold && { threshold: `${threshold / minute}` }),
      ...(became === 'COMPLETED' && { replicationTime: isoDateWithMilliseconds(time) }),
    },
  };
}
