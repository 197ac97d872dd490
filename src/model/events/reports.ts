import { isoDateWithMilliseconds } from '../../formats/dates';
import { isCosLocation } from '../../formats/regions';
import type { Bucket } from '../bucket';
import type { Cause, Change, ReplicationChange, SettingsChange } from '../changes';
import { listDestinations, type Notification } from '../configurations/notification';
import type { Store } from '../store';
import { type Actor, type EventCause, makeActor, makeReplicationActor, makeRetailId } from './actors';
import { makeBridgeEvent } from './event-bridge';
import { eventKinds, type ObjectEventName } from './event-kinds';
import { findEventName, isByReplication, type ObjectChange } from './event-names';
import { findMatchingDestinations } from './matching';
import { findChangedAnnotation, findMessageVersionId, type ObjectEvent } from './object-event';
import { makeEventData, makeRecord, makeReplicationData } from './record';
import type { EventVersion, Report } from './report';
import { writeSequencer } from './sequencers';

interface ReportContext {
  readonly store: Store;
  readonly version?: EventVersion;
}

/**
 * Makes reports in S3's order. The topics, queues and functions of each change are in the order of the configuration, then EventBridge
 * follows. The present configuration counts. Handles and fixtures make the state in which a test begins: they are not reported.
 */
export function makeReports(changes: readonly Change[], context: ReportContext): readonly Report[] {
  return changes.flatMap((change) => {
    const bucket = context.store.buckets.get(change.bucket);
    const notification = bucket?.settings.notification;
    if (!bucket || !notification || isCosLocation(bucket.location ?? '') || !isReported(change.cause)) return [];
    if (change.kind === 'settings put') return makeTestReports(change, notification);
    return reportsOfChange(change, { bucket, notification }, context);
  });
}

function isReported(cause: Cause): boolean {
  return cause.by === 'service' || (cause.by === 'request' && cause.isReported);
}

function reportsOfChange(
  change: ObjectChange,
  { bucket, notification }: { readonly bucket: Bucket; readonly notification: Notification },
  { store, version = store.eventVersion }: ReportContext,
): readonly Report[] {
  const { cause } = change;
  const name = findEventName(change, bucket, version);
  if (name === undefined || cause.by === 'test') return [];
  const destinations = findMatchingDestinations(notification, name, change.key);
  const isBridged = isSentToEventBridge(notification, name);
  // An event that nobody gets must take nothing from the sequences of ids.
  if (destinations.length === 0 && !isBridged) return [];
  const actor = actorOfEvent(name, bucket, cause, store);
  const event = makeObjectEvent(store, { bucket, name, actor }, change);
  const { key, versionId, time } = event;
  const shared = { name, bucket: bucket.name, key, versionId, time };
  const reports = destinations.map(({ arn, Id = '' }) => ({
    ...shared,
    destination: arn as `arn:${string}`, // a stored configuration has ARNs of their form
    configurationId: Id,
    document: { Records: [makeRecord(event, Id, version)] },
  }));
  if (!isBridged) return reports;
  const document = makeBridgeEvent(event, store.ids.uuid('event'), version);
  return [...reports, { ...shared, destination: 'eventbridge', configurationId: undefined, document }];
}

function actorOfEvent(name: ObjectEventName, { owner }: Bucket, cause: EventCause, store: Store): Actor {
  if (name.startsWith('Replication:')) return makeReplicationActor(store.ids, 'event');
  const actor = makeActor(cause, store, 'event');
  // The principal of a restore that is over is the owner of the bucket, as a customer of Amazon's (F809).
  return name === 'ObjectRestore:Completed'
    ? { ...actor, principalId: `AmazonCustomer:${makeRetailId(owner)}` }
    : actor;
}

export function isSentToEventBridge({ EventBridgeConfiguration }: Notification, name: ObjectEventName): boolean {
  return EventBridgeConfiguration !== undefined && eventKinds[name].bridge !== undefined;
}

function makeObjectEvent(
  store: Store,
  known: Pick<ObjectEvent, 'bucket' | 'name' | 'actor'>,
  change: ObjectChange,
): ObjectEvent {
  const { time, key } = change;
  const { name } = known;
  if (change.kind === 'replication') return makeOutcome(known, change);
  const version = 'version' in change ? change.version : undefined;
  return {
    ...{ ...known, key, version, time },
    versionId: version && findMessageVersionId(store, version),
    sequencer: eventKinds[name].members.includes('sequencer') ? takeSequencer(store, change) : undefined,
    data: () => makeEventData(name, version, time),
    ...('version' in change && { annotations: () => findChangedAnnotation(change) }),
  };
}

/**
 * Makes the event about the outcome of a copy. It has the sequencer of the write that was to be copied, even if the version is gone (F862).
 */
function makeOutcome(known: Pick<ObjectEvent, 'bucket' | 'name' | 'actor'>, change: ReplicationChange): ObjectEvent {
  const { time, key, task } = change;
  const { sequence, begun, versionId } = task;
  const version = known.bucket.versions.at(key, sequence);
  return {
    ...{ ...known, key, version, task, time },
    versionId: versionId === 'null' ? undefined : versionId,
    sequencer: writeSequencer({ sequence, created: version?.created ?? begun }),
    data: () => makeReplicationData(change, known.bucket),
  };
}

/**
 * Replicas are as old as their sources, and come later. An object of parts has the sequencer with which its upload began, and a restore has
 * the sequencer of its object (F809).
 */
function takeSequencer({ sequencers, sequence }: Store, change: Exclude<ObjectChange, ReplicationChange>): string {
  if (change.kind === 'restore') return writeSequencer(change.version);
  const isWrite = change.kind === 'version written' || change.kind === 'delete marker made';
  if (!isWrite || isByReplication(change.cause)) return sequencers.takeForRemoval(sequence - 1, change.time);
  const { version } = change;
  return version.content?.parts === undefined ? sequencers.takeForWrite(version) : sequencers.ofUpload(version);
}

/** S3 sends one to each queue and each topic. Functions are validated in another way (F770). */
function makeTestReports(change: SettingsChange, notification: Notification | null | undefined): readonly Report[] {
  if (change.cause.by !== 'request' || !notification || !change.names.includes('notification')) return [];
  const arns = listDestinations(notification).flatMap(({ kind, arn }) => (kind === 'CloudFunction' ? [] : [arn]));
  const { bucket, time } = change;
  const { requestId, hostId } = change.cause;
  return [...new Set(arns)].map((arn) => ({
    name: 'TestEvent',
    bucket,
    key: undefined,
    versionId: undefined,
    destination: arn as `arn:${string}`, // a stored configuration has ARNs of their form
    configurationId: undefined,
    time,
    document: {
      ...({ Service: 'Amazon S3', Event: 's3:TestEvent' } as const),
      Time: isoDateWithMilliseconds(time),
      Bucket: bucket,
      RequestId: requestId,
      HostId: hostId,
    },
  }));
}
