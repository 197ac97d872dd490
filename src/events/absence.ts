import { destinationsOf, type Notification } from '../model/configurations/notification';
import { eventKinds, type ObjectEventName } from '../model/events/event-kinds';
import { whyNeverSent } from '../model/events/event-names';
import { matchingDestinations, whyNotSent } from '../model/events/matching';
import type { EventName } from '../model/events/report';
import { isSentToEventBridge } from '../model/events/reports';
import { quotedList } from '../text/lists';
import { isRecord } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { EventComparison } from './comparison';
import { eventNamesIn } from './event-names';
import { whyNoSetting, whyNoTestEvent, whyUnchanged } from './missing-change';
import { areOfReplication, whyNoOutcome, whyNoReplica } from './missing-replication';

/** The buckets of which a message says why they sent no event. */
const NAMED_BUCKETS = 3;

/** The members of an expected event that a test gives as text; a matcher is undefined here. */
interface Subject {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly versionId: string | undefined;
  readonly destination: string | undefined;
}

/** The paragraphs of a message that say why an expected event was not sent. */
export function whyAbsent(comparison: EventComparison): readonly string[] {
  const subject = subjectOf(comparison);
  const mistaken = [...whyEncoded(comparison, subject), ...whyOtherVersion(comparison, subject)];
  if (mistaken.length > 0) return mistaken;
  const buckets = bucketsOf(comparison, subject);
  if (buckets.length === 0) return ['No bucket has a notification configuration, so S3 sends no events.'];
  if (buckets.length > NAMED_BUCKETS) return [];
  return buckets.flatMap((bucket) => whySilent(comparison, { ...subject, bucket }));
}

function subjectOf({ reading, expectation: { expected } }: EventComparison): Subject {
  const member = (name: string) => {
    const value = isRecord(expected) ? expected[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    bucket: reading.bucket ?? member('bucket'),
    key: member('key'),
    versionId: member('versionId'),
    destination: member('destination'),
  };
}

/** A test that has the key from a record expects it in the encoding of records. */
function whyEncoded({ all }: EventComparison, { key }: Subject): readonly string[] {
  const meant = all.find(({ event }) => event.key !== key && event.record?.s3.object.key === key)?.event.key;
  if (key === undefined || meant === undefined) return [];
  return [
    `${writeKey(key)} is the key as the record encodes it. Give it as clients write it, ${writeKey(meant)}; only \`record\` has the other form.`,
  ];
}

/** The versions that were reported, if the expected event differs from them in its version alone. */
function whyOtherVersion({ same }: EventComparison, { versionId }: Subject): readonly string[] {
  if (versionId === undefined) return [];
  const reported = same
    .filter(({ differences }) => differences.length > 0 && differences.every(({ path }) => path === 'versionId'))
    .map(({ event }) => (event.versionId === undefined ? 'no version id' : `version ${writeKey(event.versionId)}`));
  if (reported.length === 0) return [];
  const isNull = versionId === 'null' ? ' A record has no id of a null version: expect `versionId: undefined`.' : '';
  return [`It was sent with ${[...new Set(reported)].join(', ')}, not with version ${writeKey(versionId)}.${isNull}`];
}

/** The bucket that a test names; if it names none, those with a configuration. */
function bucketsOf({ reading }: EventComparison, { bucket }: Subject): readonly string[] {
  if (bucket !== undefined) return [bucket];
  const { store } = reading.events.context;
  return [...store.buckets.values()].filter(({ settings }) => settings.notification).map(({ name }) => name);
}

/** Why a bucket did not send an event: its configuration does not ask for it, or nothing made the change. */
function whySilent(
  { reading, expectation, all }: EventComparison,
  { bucket: name, key, destination }: Subject & { readonly bucket: string },
): readonly string[] {
  const { store, requests } = reading.events.context;
  const bucket = store.buckets.get(name);
  if (bucket === undefined) return [`There is no bucket ${writeKey(name)}.`];
  const { notification } = bucket.settings;
  if (!notification) return whyNoSetting(requests, name);
  if (expectation.name === 'TestEvent') return whyNoTestEvent(requests, name);
  const names = eventNamesIn(expectation.name).filter(isObjectEvent);
  const never = whyNeverSent(names, store.eventVersion);
  if (never !== undefined) return [never];
  const arns = names.flatMap((one) => destinationsFor(notification, one, key));
  if (arns.length === 0) return [unasked(name, notification, names, key)];
  if (destination !== undefined && !arns.includes(destination))
    return [
      `Bucket ${writeKey(name)} does not send it to ${writeKey(destination)}, but to ${quotedList([...new Set(arns)])}.`,
    ];
  if (areOfReplication(names)) return whyNoOutcome(requests, store, bucket, { names, key });
  const isReported = all.some(({ event }) => event.key === key);
  const replica = whyNoReplica(requests, store, bucket, { key });
  return replica.length > 0 ? replica : whyUnchanged(requests, bucket, { key, isReported });
}

/** The destinations that would get an event; of a key that nobody knows, filters are not compared. */
function destinationsFor(
  notification: Notification,
  name: ObjectEventName,
  key: string | undefined,
): readonly string[] {
  const eventBridge = isSentToEventBridge(notification, name) ? ['eventbridge'] : [];
  if (key !== undefined)
    return [...matchingDestinations(notification, name, key).map(({ arn }) => arn), ...eventBridge];
  const all = destinationsOf(notification).map(({ arn }) => arn);
  const isAsked = whyNotSent(notification, name, undefined).length < all.length;
  return isAsked ? [...all, ...eventBridge] : eventBridge;
}

/** Why no configuration asks for an event. Of a family, the event that fails at a filter says it best. */
function unasked(
  bucket: string,
  notification: Notification,
  names: readonly EventName[],
  key: string | undefined,
): string {
  const reasons = names.map((name) => whyNotSent(notification, name, key));
  const best = reasons.find((lines) => lines.some((line) => line.startsWith('filter'))) ?? reasons[0] ?? [];
  const bridge = notification.EventBridgeConfiguration === undefined ? [] : ['EventBridge does not get this event'];
  const lines = [...best, ...bridge].map((line) => `- ${line}`);
  return [`No configuration of bucket ${writeKey(bucket)} sends it:`, ...lines].join('\n');
}

function isObjectEvent(name: EventName): name is ObjectEventName {
  return Object.hasOwn(eventKinds, name);
}
