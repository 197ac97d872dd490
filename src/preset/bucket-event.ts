import type { Bucket } from '../model/bucket';
import { actorOf, type CauseOfEvent } from '../model/events/actors';
import type { S3EventBridgeEvent, S3Notification } from '../model/events/documents';
import { eventBridgeEventOf } from '../model/events/event-bridge';
import { dataOf } from '../model/events/event-data';
import type { ObjectEventName } from '../model/events/event-kinds';
import { matchingDestinations } from '../model/events/matching';
import { messageVersionId, type ObjectEvent } from '../model/events/object-event';
import { recordOf } from '../model/events/record';
import { sequencerOfWrite } from '../model/events/sequencers';
import type { Store } from '../model/store';
import type { Version } from '../model/versions/version';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { checkName, checkSubject, findSubject, type StoredEventName } from './event-subject';
import { checkKeyIsText } from './object-fixtures';

/** Details of the message about a stored version. */
export interface EventDetails {
  /** The id of the version that it is about. Default: the current version of the key, which may be a delete marker. */
  readonly versionId?: string | undefined;
}

/** Details of the message that EventBridge gets. */
export interface BridgedEventDetails extends EventDetails {
  /** The message that EventBridge gets, in place of the one that queues, topics and functions get. */
  readonly as: 'eventbridge';
}

/** The messages about the versions of a bucket, as a method. */
export interface EventMember {
  /**
   * The message that S3 sends about a stored version, for a handler that a test calls directly. The bucket needs no notification configuration.
   * The caller that the test acts as is who caused it; each call makes a new message, with ids of its own. Throws a TypeError if the key has no such
   * version, or if S3 has no such event about it.
   *
   * @example
   * await handler(s3.bucket('vault').event('ObjectCreated:Put', 'report.pdf'));
   */
  event(name: StoredEventName, key: string, details: BridgedEventDetails): S3EventBridgeEvent;
  event(name: StoredEventName, key: string, details?: EventDetails): S3Notification;
}

/** The method that builds messages, of an object that stands for a bucket. */
export function eventMethod<T>(place: (object: T) => Place): PropertyDescriptor & ThisType<T> {
  return {
    value: function event(this: T, name: unknown, key: string, details: unknown = {}) {
      return buildEvent(place(this), name, key, details);
    },
    writable: true,
    configurable: true,
  };
}

interface Place {
  readonly store: Store;
  readonly bucket: Bucket;
}

function buildEvent({ store, bucket }: Place, name: unknown, key: string, details: unknown) {
  const at = `bucket '${bucket.name}': event`;
  checkName(at, name, store.eventVersion);
  checkKeyIsText(bucket.name, key);
  if (!isRecord(details)) throw invalidValue(at, 'details', details, 'an object such as { versionId }');
  checkOptionNames(at, details, ['versionId', 'as']);
  const { versionId, as }: { readonly versionId?: unknown; readonly as?: unknown } = details;
  checkForm(at, as);
  const version = findSubject(store, bucket, { at, name, key, versionId });
  checkSubject(at, name, version);
  const event = eventOf(store, bucket, { name, key, version });
  const { eventVersion, ids } = store;
  if (as !== undefined) return eventBridgeEventOf(event, ids.uuid(purpose), eventVersion);
  return { Records: [recordOf(event, configurationIdOf(store, event), eventVersion)] };
}

// A message that a test builds takes no id from those that S3 sends.
const purpose = 'built event';

function checkForm(at: string, as: unknown): void {
  if (as === undefined) return;
  if (as !== 'eventbridge') throw invalidValue(at, 'as', as, "'eventbridge' or nothing", ['eventbridge']);
}

interface Subject {
  readonly name: ObjectEventName;
  readonly key: string;
  readonly version: Version | undefined;
}

function eventOf(store: Store, bucket: Bucket, { name, key, version }: Subject): ObjectEvent {
  const made = /^ObjectCreated:|:DeleteMarkerCreated$/.test(name) ? version : undefined;
  const time = made?.created ?? store.clock.now();
  return {
    name,
    bucket,
    key,
    version,
    versionId: version && messageVersionId(store, version),
    actor: actorOf(causeOf(store, name), store, purpose),
    time,
    sequencer: made ? sequencerOfWrite(made) : store.sequencers.takeForRemoval(store.sequence - 1, time),
    data: () => dataOf(name, version, time),
  };
}

/** Lifecycle is S3's own; all else is done by the caller that the test acts as. */
function causeOf({ acting: caller, ids, sourceIp }: Store, name: ObjectEventName): CauseOfEvent {
  if (name.startsWith('Lifecycle')) return { by: 'service', operation: name, rule: '' };
  const [requestId, hostId] = [ids.requestId(purpose), ids.hostId(purpose)];
  return { by: 'request', operation: name, caller, requestId, hostId, sourceAddress: sourceIp, isReported: true };
}

/** The id of the configuration that asks for the event; without one, an id of the form that S3 makes (F360). */
function configurationIdOf({ ids }: Store, { bucket, name, key }: ObjectEvent): string {
  const { notification } = bucket.settings;
  const [asking] = notification ? matchingDestinations(notification, name, key) : [];
  return asking?.Id ?? Buffer.from(ids.uuid(purpose)).toString('base64');
}
