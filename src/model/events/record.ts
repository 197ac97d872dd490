import { isoDateWithMilliseconds } from '../../formats/dates';
import { minute } from '../../formats/durations';
import type { Bucket } from '../bucket';
import type { ReplicationChange } from '../changes';
import { endOfRetention, type Period } from '../object-lock';
import { findFollowing } from '../replication/following-parts';
import { lateAfter } from '../replication/replication';
import { findTaskRule } from '../replication/replication-rules';
import type { Version } from '../versions/version';
import { makeRetailId } from './actors';
import type { S3NotificationObject, S3NotificationRecord } from './documents';
import { eventKinds, type ObjectEventName, type SomeMember } from './event-kinds';
import { encodeEventKey } from './matching';
import { type EventData, findEventRegion, findMember, type ObjectEvent, writeBucketArn } from './object-event';
import type { EventVersion } from './report';

/** Makes a record in S3's order (F761). Each call makes its own record, since handlers can change theirs. */
export function makeRecord(event: ObjectEvent, configurationId: string, version: EventVersion): S3NotificationRecord {
  const { name, bucket, actor, time } = event;
  const annotations = event.annotations?.();
  return {
    eventVersion: version === '2.6' ? version : eventKinds[name].version,
    eventSource: 'aws:s3',
    awsRegion: findEventRegion(bucket),
    eventTime: isoDateWithMilliseconds(time),
    eventName: name,
    userIdentity: { principalId: actor.principalId },
    requestParameters: { sourceIPAddress: actor.sourceAddress },
    responseElements: { 'x-amz-request-id': actor.requestId, 'x-amz-id-2': actor.hostId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: eventKinds[name].namesAccount ? bucket.owner.id : makeRetailId(bucket.owner) },
        arn: writeBucketArn(bucket),
      },
      object: makeMessageObject(event, encodeEventKey(event.key), eventKinds[name].members, version),
      ...(annotations && { objectAnnotation: annotations }),
    },
    ...event.data?.(),
  };
}

export function makeMessageObject(
  event: ObjectEvent,
  key: string,
  members: readonly SomeMember[],
  version: EventVersion,
): S3NotificationObject {
  const { versionId } = event;
  const some = (member: SomeMember) => (members.includes(member) ? { [member]: findMember(event, member) } : {});
  const object = {
    key,
    ...some('size'),
    ...some('eTag'),
    ...(versionId !== undefined && { versionId }),
    ...some('sequencer'),
    // Whether the object has annotations: messages about copies say it, since 2026 (F762).
    ...(version === '2.6' &&
      event.name === 'ObjectCreated:Copy' && { hasObjectAnnotation: event.version?.annotations !== undefined }),
  };
  return object as S3NotificationObject; // the type has every member, and says that events leave some out
}

export function makeEventData(
  name: ObjectEventName,
  version: Version | undefined,
  time: number,
): EventData | undefined {
  if (name === 'LifecycleTransition') {
    const destinationStorageClass = version?.content?.storageClass ?? '';
    return { lifecycleEventData: { transitionEventData: { destinationStorageClass } } };
  }
  if (name === 'ObjectRestore:Completed') return makeRestoreData(version);
  if (name === 'IntelligentTiering')
    return { intelligentTieringEventData: { destinationAccessTier: version?.accessTier ?? '' } };
  const retention = version?.lock?.retention;
  // A retention may also be taken away, and then there is nothing to say about it.
  if (name !== 'ObjectRetention:Put' || retention === undefined) return undefined;
  const { Mode: mode, eventHold } = retention;
  return {
    objectRetentionEventData: {
      mode,
      retainUntilDate: isoDateWithMilliseconds(endOfRetention(retention, time)),
      ...(eventHold && { eventHold: eventHold.Status }),
      ...(eventHold?.Status === 'ON' && { eventHoldDuration: durationOf(eventHold.duration) }),
    },
  };
}

function durationOf({ Days: days, Years: years }: Period) {
  return { ...(days !== undefined && { days }), ...(years !== undefined && { years }) };
}

/** An object that left an archive tier for good has no end of a copy (F809). */
function makeRestoreData(version: Version | undefined): EventData | undefined {
  const expires = version?.restore?.expires;
  if (expires === undefined) return undefined;
  const lifecycleRestorationExpiryTime = isoDateWithMilliseconds(expires);
  const lifecycleRestoreStorageClass = version?.content?.storageClass ?? '';
  return { glacierEventData: { restoreEventData: { lifecycleRestorationExpiryTime, lifecycleRestoreStorageClass } } };
}

export function makeReplicationData({ task, became, failure, time }: ReplicationChange, bucket: Bucket): EventData {
  const isOfThreshold = became !== 'FAILED';
  return {
    replicationEventData: {
      replicationRuleId: task.rule,
      destinationBucket: findTaskRule(bucket, task)?.Destination.Bucket ?? '',
      s3Operation:
        findFollowing(task.part)?.operation ?? (task.part === 'object' ? 'OBJECT_PUT' : 'OBJECT_DELETE_MARKER'),
      requestTime: isoDateWithMilliseconds(task.begun),
      ...(failure && { failureReason: failure.reason }),
      ...(isOfThreshold && { threshold: `${lateAfter / minute}` }),
      ...(became === 'COMPLETED' && { replicationTime: isoDateWithMilliseconds(time) }),
    },
  };
}
