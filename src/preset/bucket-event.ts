import type { Bucket } from '../model/bucket';
import { type EventCause, makeActor } from '../model/events/actors';
import type { S3EventBridgeEvent, S3Notification } from '../model/events/documents';
import { makeBridgeEvent } from '../model/events/event-bridge';
import type { ObjectEventName } from '../model/events/event-kinds';
import { findMatchingDestinations } from '../model/events/matching';
import { findMessageVersionId, type ObjectEvent } from '../model/events/object-event';
import { makeEventData, makeRecord } from '../model/events/record';
import type { EventVersion } from '../model/events/report';
import { writeSequencer } from '../model/events/sequencers';
import type { Store } from '../model/store';
import type { Version } from '../model/versions/version';
import { findVersion, versionIdOf } from '../model/versions/version-lookup';
import { newest } from '../model/versions/version-stacks';
import { invalidValue } from '../text/invalid-value';
import { writeQuotedList } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { isRecord } from '../text/value-kinds';
import { writeKey } from '../text/values';
import { checkKeyIsText } from './object-fixtures';
import type { BucketInStore } from './parts/part';

/** The details of a message about a stored version. */
export interface EventDetails {
  /** The id of the version that the message is about. Default: the current version of the key, which can be a delete marker. */
  readonly versionId?: string | undefined;
}

/** The details of a message to EventBridge. */
export interface BridgedEventDetails extends EventDetails {
  /** Chooses the message that EventBridge gets, in place of the message that queues, topics and functions get. */
  readonly as: 'eventbridge';
}

/** The method that makes messages about the versions of a bucket. */
export interface EventMember {
  /**
   * Returns the message that S3 sends about a stored version, for a handler that a test calls directly. The bucket needs no notification
   * configuration. The message names the acting caller as the cause. Each call makes a new message with its own ids. Throws a TypeError if
   * the key has no such version, or if S3 sends no such event about it.
   *
   * @example
   * await handler(s3.bucket('vault').event('ObjectCreated:Put', 'report.pdf'));
   */
  event(name: StoredEventName, key: string, details: BridgedEventDetails): S3EventBridgeEvent;
  event(name: StoredEventName, key: string, details?: EventDetails): S3Notification;
}

export function eventMethod<T>(place: (object: T) => BucketInStore): PropertyDescriptor & ThisType<T> {
  return {
    value: function event(this: T, name: unknown, key: string, details: unknown = {}) {
      return buildEvent(place(this), name, key, details);
    },
    writable: true,
    configurable: true,
  };
}

function buildEvent({ store, bucket }: BucketInStore, name: unknown, key: string, details: unknown) {
  const at = `bucket '${bucket.name}': event`;
  checkName(at, name, store.eventVersion);
  checkKeyIsText(bucket.name, key);
  if (!isRecord(details)) throw invalidValue(at, 'details', details, 'an object such as { versionId }');
  checkOptionNames(at, details, ['versionId', 'as']);
  const { versionId, as }: { readonly versionId?: unknown; readonly as?: unknown } = details;
  if (as !== undefined && as !== 'eventbridge')
    throw invalidValue(at, 'as', as, "'eventbridge' or nothing", ['eventbridge']);
  const version = findAsked(store, bucket, { at, name, key, versionId });
  checkAsked(at, name, version);
  const event = makeEvent({ store, bucket }, { name, key, version });
  const { eventVersion, ids } = store;
  if (as !== undefined) return makeBridgeEvent(event, ids.uuid(purpose), eventVersion);
  return { Records: [makeRecord(event, findConfigurationId(store, event), eventVersion)] };
}

// A message that a test builds takes its ids from a sequence of its own, so that it changes no id that S3 sends.
const purpose = 'built event';

function makeEvent(
  { store, bucket }: BucketInStore,
  { name, key, version }: Pick<ObjectEvent, 'name' | 'key' | 'version'>,
): ObjectEvent {
  const made = /^ObjectCreated:|:DeleteMarkerCreated$/.test(name) ? version : undefined;
  const time = made?.created ?? store.clock.now();
  return {
    name,
    bucket,
    key,
    version,
    versionId: version && findMessageVersionId(store, version),
    actor: makeActor(makeCause(store, name), store, purpose),
    time,
    sequencer: made ? writeSequencer(made) : store.sequencers.takeForRemoval(store.sequence - 1, time),
    data: () => makeEventData(name, version, time),
  };
}

/** Makes the cause of an event: S3 itself for lifecycle, otherwise the caller that the test acts as. */
function makeCause({ acting: caller, ids, sourceIp }: Store, name: ObjectEventName): EventCause {
  if (name.startsWith('Lifecycle')) return { by: 'service', operation: name, rule: '' };
  const [requestId, hostId] = [ids.requestId(purpose), ids.hostId(purpose)];
  return { by: 'request', operation: name, caller, requestId, hostId, sourceAddress: sourceIp, isReported: true };
}

/** If there is no configuration, returns an id in the form that S3 makes (F360). */
function findConfigurationId({ ids }: Store, { bucket, name, key }: ObjectEvent): string {
  const { notification } = bucket.settings;
  const [asking] = notification ? findMatchingDestinations(notification, name, key) : [];
  return asking?.Id ?? Buffer.from(ids.uuid(purpose)).toString('base64');
}

type About = 'an object' | 'a delete marker' | 'either';

const subjects = {
  'ObjectCreated:Put': 'an object',
  'ObjectCreated:Post': 'an object',
  'ObjectCreated:Copy': 'an object',
  'ObjectCreated:CompleteMultipartUpload': 'an object',
  'ObjectRemoved:Delete': 'either',
  'ObjectRemoved:DeleteMarkerCreated': 'a delete marker',
  'LifecycleExpiration:Delete': 'either',
  'LifecycleExpiration:DeleteMarkerCreated': 'a delete marker',
  LifecycleTransition: 'an object',
  'ObjectTagging:Put': 'an object',
  'ObjectTagging:Delete': 'an object',
  'ObjectAcl:Put': 'an object',
  'ObjectRetention:Put': 'an object',
} as const satisfies Partial<Record<ObjectEventName, About>>;

/** The name of an event that can be built from a stored version alone. */
export type StoredEventName = keyof typeof subjects;

const names = Object.keys(subjects) as readonly StoredEventName[]; // its own keys

function checkName(at: string, name: unknown, version: EventVersion): asserts name is StoredEventName {
  if (!names.some((one) => one === name)) throw invalidValue(at, 'name', name, `one of ${names.join(', ')}`, names);
  if (name === 'ObjectRetention:Put' && version !== '2.6')
    throw invalidValue(at, 'name', name, `an event that S3 sent before 2026, the epoch of events: { version: '2.1' }`);
}

interface Asked {
  readonly at: string;
  readonly name: StoredEventName;
  readonly key: string;
  readonly versionId: unknown;
}

/** Returns undefined for the deletion of a key without a version while versioning was never set: then its message names no version. */
function findAsked(store: Store, bucket: Bucket, { at, name, key, versionId }: Asked): Version | undefined {
  const current = bucket.versions.current(key);
  if (current === undefined) {
    const isRemoval = name === 'ObjectRemoved:Delete' || name === 'LifecycleExpiration:Delete';
    if (isRemoval && bucket.versioning.Status === undefined && versionId === undefined) return undefined;
    const keys = someKeys(bucket);
    throw invalidValue(at, 'key', key, `a key that has versions: ${writeQuotedList(keys.slice(0, listed))}`, keys);
  }
  if (versionId === undefined) return current;
  const version = typeof versionId === 'string' ? findVersion(store, bucket, key, versionId) : undefined;
  if (version !== undefined) return version;
  const ids = [...bucket.versions.of(key)].map((one) => versionIdOf(store, one));
  const expected = `the id of a version of ${writeKey(key)}: ${writeQuotedList(ids.slice(0, listed))}`;
  throw invalidValue(at, 'versionId', versionId, expected, ids);
}

const listed = 20;
/** The most versions whose keys are compared with a misspelt one. */
const compared = 1000;

function someKeys({ versions }: Bucket): readonly string[] {
  const keys = new Set<string>();
  let number = 0;
  for (const { key } of versions.from({ sortKey: '', sequence: newest })) {
    number += 1;
    if (number > compared) break;
    keys.add(key);
  }
  return [...keys];
}

function checkAsked(at: string, name: StoredEventName, version: Version | undefined): void {
  if (version === undefined) return;
  const is = version.content === undefined ? 'a delete marker' : 'an object';
  if (subjects[name] !== 'either' && subjects[name] !== is) {
    const fitting = names.filter((one) => subjects[one] === 'either' || subjects[one] === is);
    throw invalidValue(at, 'name', name, `one of ${fitting.join(', ')}, since the version is ${is}`);
  }
  if (name === 'LifecycleTransition' && version.content?.storageClass === 'STANDARD')
    throw invalidValue(at, 'name', name, 'another event, since nothing is moved to STANDARD, the class of the version');
  if (name === 'ObjectRetention:Put' && version.lock?.retention === undefined)
    throw invalidValue(at, 'name', name, 'another event, since the version has no retention');
}
