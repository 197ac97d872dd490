import { writeIsoDate } from '../../formats/dates';
import type { S3EventBridgeDetail, S3EventBridgeEvent } from './documents';
import { eventKinds } from './event-kinds';
import { findEventRegion, type ObjectEvent, writeBucketArn } from './object-event';
import { makeMessageObject } from './record';
import type { EventVersion } from './report';

/** Makes the event with its members in S3's order (F767). The function is only for names that EventBridge gets. */
export function makeBridgeEvent(event: ObjectEvent, id: string, version: EventVersion): S3EventBridgeEvent {
  const { name, bucket, time } = event;
  return {
    version: '0',
    id,
    'detail-type': eventKinds[name].bridge?.type ?? name,
    source: 'aws.s3',
    account: bucket.owner.id,
    time: wholeSeconds(time),
    region: findEventRegion(bucket),
    resources: [writeBucketArn(bucket)],
    detail: makeDetail(event, version),
  };
}

function wholeSeconds(time: number): string {
  return writeIsoDate(time).replace('.000Z', 'Z');
}

function makeDetail(event: ObjectEvent, version: EventVersion): S3EventBridgeDetail {
  const { bucket, actor } = event;
  const detail = {
    version: '0',
    ...(version === '2.6' && { 'event-version': '1.2' }),
    bucket: { name: bucket.name },
    object: objectOf(event, version),
    'request-id': actor.requestId,
    requester: actor.requester,
    ...(!actor.isService && { 'source-ip-address': actor.sourceAddress }),
    ...reasonOf(event),
    ...restoreOf(event),
    ...moveOf(event),
    ...retentionOf(event),
  };
  return detail as S3EventBridgeDetail; // the type has every member, and says that events leave some out
}

const names: Readonly<Record<string, string>> = {
  eTag: 'etag',
  versionId: 'version-id',
  hasObjectAnnotation: 'has-object-annotation',
};

/** The key is not encoded. */
function objectOf(event: ObjectEvent, version: EventVersion) {
  const { members, bridge } = eventKinds[event.name];
  const object = makeMessageObject(event, event.key, bridge?.members ?? members, version);
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [names[name] ?? name, value]));
}

const reasons: Readonly<Record<string, string>> = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Post': 'POST Object',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
};

function reasonOf({ name }: ObjectEvent) {
  const created = reasons[name];
  if (created !== undefined) return { reason: created };
  const [family = '', kind] = name.split(':');
  if (family !== 'ObjectRemoved' && family !== 'LifecycleExpiration') return {};
  return {
    reason: family === 'ObjectRemoved' ? 'DeleteObject' : 'Lifecycle Expiration',
    'deletion-type': kind === 'Delete' ? 'Permanently Deleted' : 'Delete Marker Created',
  };
}

/** `ObjectRestore:Delete` has neither (F809). */
function restoreOf({ name, version, data }: ObjectEvent) {
  const expires = data?.()?.glacierEventData?.restoreEventData.lifecycleRestorationExpiryTime;
  return {
    ...(expires !== undefined && { 'restore-expiry-time': expires.replace('.000Z', 'Z') }),
    ...(/^ObjectRestore:(?:Post|Completed)$/.test(name) && { 'source-storage-class': version?.content?.storageClass }),
  };
}

function moveOf({ data }: ObjectEvent) {
  const { lifecycleEventData, intelligentTieringEventData } = data?.() ?? {};
  const storageClass = lifecycleEventData?.transitionEventData.destinationStorageClass;
  const tier = intelligentTieringEventData?.destinationAccessTier;
  return {
    ...(storageClass !== undefined && { 'destination-storage-class': storageClass }),
    ...(tier !== undefined && { 'destination-access-tier': tier }),
  };
}

function retentionOf({ data }: ObjectEvent) {
  const { objectRetentionEventData: retention } = data?.() ?? {};
  if (retention === undefined) return {};
  const { mode, retainUntilDate, eventHold, eventHoldDuration } = retention;
  return {
    'object-retention-event-data': {
      mode,
      'retain-until-date': retainUntilDate,
      ...(eventHold && { 'event-hold': eventHold }),
      ...(eventHoldDuration && { 'event-hold-duration': eventHoldDuration }),
    },
  };
}
