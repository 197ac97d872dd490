import { whyNothingChanged } from '../journal/assertions';
import type { Compared } from '../journal/comparison';
import type { RequestEntry } from '../journal/entry';
import { requestColumns, writeCall } from '../journal/entry-text';
import type { Journal } from '../journal/journal';
import { findRequestsOnKey, writeKeyRequests } from '../journal/key-requests';
import { numbered, type Sliced, writeLast } from '../journal/lines';
import { writeAction } from '../journal/service-actions';
import type { Bucket } from '../model/bucket';
import { listDestinations, type Notification } from '../model/configurations/notification';
import { eventKinds, type ObjectEventName } from '../model/events/event-kinds';
import { hasMetrics, whyNeverSent } from '../model/events/event-names';
import { findMatchingDestinations, whyNotSent } from '../model/events/matching';
import type { EventName } from '../model/events/report';
import { isSentToEventBridge } from '../model/events/reports';
import { writeWaitingCopies, writeWaitingCopy } from '../model/replication/missing-replicas';
import { lateAfter } from '../model/replication/replication';
import type { ServiceAction } from '../model/schedule/service-action';
import type { Store } from '../model/store';
import { firstLines } from '../text/counts';
import { groupBy, writeQuotedList } from '../text/lists';
import type { Said } from '../text/reason';
import { say } from '../text/reason';
import { writeSentence } from '../text/sentences';
import { isRecord } from '../text/value-kinds';
import { writeKey } from '../text/values';
import { type Changed, listChanges, listExpirations } from './changed-objects';
import type { EventEntry } from './entry';
import { type EventExpectation, eventNamesIn } from './expected-event';

const MOST_BUCKETS = 3;

interface Absent {
  readonly store: Store;
  readonly requests: Journal;
  readonly bucket: string | undefined;
  readonly expected: EventExpectation;
  readonly all: readonly Compared<EventEntry>[];
  readonly same: readonly Compared<EventEntry>[];
}

/** The expected texts. A member that an asymmetric matcher expects is undefined here. */
interface ExpectedTexts {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly versionId: string | undefined;
  readonly destination: string | undefined;
}

export function whyAbsent(comparison: Absent): readonly string[] {
  const texts = readTexts(comparison);
  const mistaken = [...whyEncoded(comparison, texts), ...whyOtherVersion(comparison, texts)];
  if (mistaken.length > 0) return mistaken;
  const buckets = findBuckets(comparison, texts);
  if (buckets.length === 0) return ['No bucket has a notification configuration, so S3 sends no events.'];
  if (buckets.length > MOST_BUCKETS) return [];
  return buckets.flatMap((bucket) => whySilent(comparison, { ...texts, bucket }));
}

function readTexts({ bucket, expected: { members } }: Absent): ExpectedTexts {
  const member = (name: string) => {
    const value = isRecord(members) ? members[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    bucket: bucket ?? member('bucket'),
    key: member('key'),
    versionId: member('versionId'),
    destination: member('destination'),
  };
}

function whyEncoded({ all }: Absent, { key }: ExpectedTexts): readonly string[] {
  const meant = all.find(({ entry }) => entry.key !== key && entry.record?.s3.object.key === key)?.entry.key;
  if (key === undefined || meant === undefined) return [];
  return [
    `${writeKey(key)} is the key as the record encodes it. Give it as clients write it, ${writeKey(meant)}; only \`record\` has the other form.`,
  ];
}

function whyOtherVersion({ same }: Absent, { versionId }: ExpectedTexts): readonly string[] {
  if (versionId === undefined) return [];
  const reported = same
    .filter(({ differences }) => differences.length > 0 && differences.every(({ path }) => path === 'versionId'))
    .map(({ entry }) => (entry.versionId === undefined ? 'no version id' : `version ${writeKey(entry.versionId)}`));
  if (reported.length === 0) return [];
  const isNull =
    versionId === 'null' ? ' A record does not contain the id of a null version: expect `versionId: undefined`.' : '';
  return [`It was sent with ${[...new Set(reported)].join(', ')}, not with version ${writeKey(versionId)}.${isNull}`];
}

function findBuckets({ store }: Absent, { bucket }: ExpectedTexts): readonly string[] {
  if (bucket !== undefined) return [bucket];
  return [...store.buckets.values()].filter(({ settings }) => settings.notification).map(({ name }) => name);
}

function whySilent(
  { store, requests, expected, all }: Absent,
  { bucket: name, key, destination }: ExpectedTexts & { readonly bucket: string },
): readonly string[] {
  const bucket = store.buckets.get(name);
  if (bucket === undefined) return [`There is no bucket ${writeKey(name)}.`];
  const { notification } = bucket.settings;
  if (!notification) return whyNoSetting(requests, name);
  if (expected.name === 'TestEvent') return whyNoTestEvent(requests, name);
  const names = eventNamesIn(expected.name).filter(isObjectEvent);
  const never = whyNeverSent(names, store.eventVersion);
  if (never !== undefined) return [String(never)];
  const arns = names.flatMap((one) => findDestinations(notification, one, key));
  if (arns.length === 0) return [whyUnasked(name, notification, names, key), ...whyReplaced(bucket, names, key)];
  if (destination !== undefined && !arns.includes(destination))
    return [
      `Bucket ${writeKey(name)} does not send it to ${writeKey(destination)}, but to ${writeQuotedList([...new Set(arns)])}.`,
    ];
  if (names.length > 0 && names.every((one) => one.startsWith('Replication:')))
    return whyNoOutcome(requests, store, bucket, { names, key });
  const isReported = all.some(({ entry }) => entry.key === key);
  const replica = whyNoReplica(requests, store, bucket, { key });
  return replica.length > 0 ? replica : whyUnchanged(requests, bucket, { key, isReported });
}

/** Finds the destinations of an event. If the key is unknown, filters are not compared. */
export function findDestinations(
  notification: Notification,
  name: ObjectEventName,
  key: string | undefined,
): readonly string[] {
  const eventBridge = isSentToEventBridge(notification, name) ? ['eventbridge'] : [];
  if (key !== undefined)
    return [...findMatchingDestinations(notification, name, key).map(({ arn }) => arn), ...eventBridge];
  const all = listDestinations(notification).map(({ arn }) => arn);
  const isAsked = whyNotSent(notification, name, undefined).length < all.length;
  return isAsked ? [...all, ...eventBridge] : eventBridge;
}

/** If a family of events is expected, the event that fails at a filter explains the absence best. */
export function whyUnasked(
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

/** Says that the configuration before the present one asked for the event. */
function whyReplaced(
  { replaced: { notification } }: Bucket,
  names: readonly ObjectEventName[],
  key: string | undefined,
): readonly string[] {
  if (!notification || key === undefined) return [];
  const [found] = names.flatMap((name) => findMatchingDestinations(notification, name, key));
  return found === undefined
    ? []
    : [
        `The configuration before this one sent it to ${found.arn}, and PutBucketNotificationConfiguration replaces all destinations: put those of both.`,
      ];
}

function isObjectEvent(name: EventName): name is ObjectEventName {
  return Object.hasOwn(eventKinds, name);
}

const LISTED = 6;

function whyNoSetting(requests: Journal, bucket: string): readonly string[] {
  return [sendsNone(bucket), ...writePuts(requests, bucket), ...whyEmptySetting(requests, bucket)];
}

export function sendsNone(bucket: string): string {
  return `Bucket ${writeKey(bucket)} has no notification configuration, so it sends no events.`;
}

export function whyEmptySetting(requests: Journal, bucket: string): readonly string[] {
  const last = requests.findLast(
    (entry) => entry.bucket === bucket && isPutOfSetting(entry) && entry.error === undefined,
  );
  const input: unknown = last?.input;
  const sent = isRecord(input) ? input['NotificationConfiguration'] : undefined;
  if (!isRecord(sent) || Object.keys(sent).length > 0) return [];
  return [
    'The last request is empty, which removes the configuration. SDKs leave out members that they do not know; they know TopicConfigurations, ' +
      'QueueConfigurations, LambdaFunctionConfigurations and EventBridgeConfiguration.',
  ];
}

export function isPutOfSetting({ method, url }: Pick<RequestEntry, 'method' | 'url'>): boolean {
  return method === 'PUT' && /[?&]notification(?:[=&]|$)/.test(url);
}

function whyNoTestEvent(requests: Journal, bucket: string): readonly string[] {
  const rule =
    'S3 sends a TestEvent to each queue and topic when a request puts the configuration. Fixtures and handles send none.';
  return [rule, ...writePuts(requests, bucket)];
}

/** Finds the requests that put a configuration, by their URLs: IBM COS lacks the operation, and records its refusal without one. */
function writePuts(requests: Journal, bucket: string): readonly string[] {
  return writeRequests(
    'The requests that put one',
    requests,
    (entry) => entry.bucket === bucket && isPutOfSetting(entry),
  );
}

function writeRequests(
  title: string,
  requests: Journal,
  isListed: (entry: RequestEntry) => boolean,
): readonly string[] {
  const listed = numbered(requests).filter(({ entry }) => isListed(entry));
  requests.written.noteRequests(listed.slice(-LISTED).map(({ entry }) => entry));
  return listed.length === 0 ? [] : [`${title}:\n${writeLast(requestColumns, listed, undefined, LISTED)}`];
}

function whyUnchanged(
  requests: Journal,
  bucket: Bucket,
  { key, isReported }: { readonly key: string | undefined; readonly isReported: boolean },
): readonly string[] {
  const isThere = key !== undefined && bucket.versions.current(key) !== undefined;
  if (requests.length === 0 && requests.dropped === 0 && !isThere)
    return [...whyNothingChanged(requests), requestsAlone];
  if (key === undefined) {
    const isRefused = (entry: RequestEntry) => entry.bucket === bucket.name && entry.error !== undefined;
    return [...writeRequests('S3 refused these requests', requests, isRefused), requestsAlone];
  }
  const onKey = findRequestsOnKey(requests, bucket.name, key);
  if (onKey.length > 0)
    return [...writeKeyRequests(requests, bucket.name, key), ...(isReported ? [] : whyNotReported(bucket, key, onKey))];
  return isThere ? [silentChange(key)] : writeKeyRequests(requests, bucket.name, key);
}

/** A change whose event is another one of the same kind, or one that came before the configuration. */
function whyNotReported(
  { settings: { notification } }: Bucket,
  key: string,
  onKey: ReturnType<typeof findRequestsOnKey>,
): readonly string[] {
  const applied = onKey.filter(({ entry }) => entry.error === undefined);
  if (applied.length === 0) return [];
  const changes = applied.flatMap(({ entry }) => listChanges(entry)).filter((one) => one.key === key);
  const others = notification ? changes.flatMap((one) => whyOtherEvent(notification, one) ?? []) : [];
  return others.length > 0 ? [...new Set(others)].map(writeSentence) : [decidedThen];
}

export const decidedThen =
  'S3 uses the configuration that is in force when a change is made: a configuration that is put later does not report earlier changes.';

const requestsAlone =
  "Only requests and S3's own actions send events. Changes by fixtures and handles, such as put() and delete() of a bucket, send none.";

export function silentChange(key: string): string {
  return (
    `No request changed ${writeKey(key)}: its versions are from a fixture or a handle, which send no events. ` +
    'To see an event, send a request. To call a handler yourself, create the message of a version with `bucket.event()`.'
  );
}

/** The families of events of which code that handles one means the other. */
const families: readonly (readonly string[])[] = [['ObjectRemoved', 'LifecycleExpiration']];

/** Says which event came, and which the configurations ask for, if they ask for one of the same kind. */
export function whyOtherEvent(notification: Notification, { event, call }: Changed): string | undefined {
  const asked = listDestinations(notification).flatMap(({ Events }) => Events);
  const [family = ''] = event.split(':');
  const kin = families.find((one) => one.includes(family)) ?? [family];
  const near = asked.filter((one) => kin.some((name) => one.startsWith(`s3:${name}:`)));
  const isAsked = asked.some((one) => one === `s3:${event}` || (one.endsWith(':*') && one.startsWith(`s3:${family}:`)));
  if (isAsked || near.length === 0) return undefined;
  const names = [...new Set(near)].map((one) => one.replace(/^s3:/, '')).join(', ');
  const shown = family === 'LifecycleExpiration' ? `${family}:*` : event;
  return `${call}, whose event is ${shown}; the configuration asks for ${names}: write s3:${family}:*`;
}

interface Heard extends Sliced<EventEntry> {
  readonly context: {
    readonly store: Store;
    readonly requests: Journal;
    readonly deliveries?: { readonly isIdle: boolean };
  };
}

/** The most buckets that are examined: each reads all that S3 did. */
const BUCKETS = 20;

/** Says why no handler was called for an object that came into a bucket: then the object that the handler should write is missing. */
export function whyUnheard(events: Heard): readonly string[] {
  const { store, requests, deliveries } = events.context;
  if (deliveries === undefined || deliveries.isIdle) return [];
  const all = events.slice();
  const requestsOf = groupBy(requests.slice(), ({ bucket }) => bucket);
  const heard = new Set(all.map(({ bucket, key }) => `${bucket}/${key}`));
  const notifying = [...store.buckets.values()].filter(({ settings }) => settings.notification).slice(0, BUCKETS);
  const lines = notifying.flatMap((bucket) => {
    const { notification } = bucket.settings;
    if (!notification) return [];
    const ofBucket = requestsOf.get(bucket.name) ?? [];
    const changes = [...ofBucket.flatMap(listChanges), ...listExpirations(requests, bucket.name)];
    const others = changes.flatMap((change) => whyOtherEvent(notification, change) ?? []);
    const sent = whyFiltered(bucket, notification, ofBucket).filter(({ key }) => !heard.has(`${bucket.name}/${key}`));
    const silent = all.length === 0 ? listSilent(bucket, ofBucket, notification) : [];
    return [
      ...[...new Set(others)].map((line) => `- ${line}`),
      ...sent.map(({ call, why }) => `- ${call}: ${why}`),
      ...silent.map(
        (key) =>
          `- ${bucket.name}/${key} is from a fixture or a put() of a handle, which send no events: send a request`,
      ),
    ];
  });
  if (lines.length === 0) return [];
  return [['No handler was called for:', ...firstLines(lines, MOST_UNHEARD)].join('\n')];
}

const MOST_UNHEARD = 5;

function whyFiltered(bucket: Bucket, notification: Notification, requests: readonly RequestEntry[]) {
  return requests.flatMap((entry) =>
    listChanges(entry).flatMap((change) => {
      const { key, event, isCreation } = change;
      if (whyOtherEvent(notification, change) !== undefined) return [];
      const reasons = whyNotSent(notification, event, key);
      // Only of a write is it likely that a handler is missing, whatever the configurations ask for.
      const why = isCreation ? reasons[0] : reasons.find((one) => one.startsWith('filter'));
      const [replaced = why] = whyReplaced(bucket, [event], key);
      return why === undefined || replaced === undefined ? [] : [{ key, call: writeCall(entry), why: replaced }];
    }),
  );
}

/** Lists the keys that no request wrote, and whose event would have been sent if a request had written them. */
function listSilent(
  { versions }: Bucket,
  requests: readonly RequestEntry[],
  notification: Notification,
): readonly string[] {
  const written = new Set(requests.map(({ key }) => key));
  const keys = new Set<string>();
  for (const { key } of versions.from({ sortKey: '', sequence: 0 })) {
    if (keys.size >= MOST_UNHEARD) break;
    if (!written.has(key) && findDestinations(notification, 'ObjectCreated:Put', key).length > 0) keys.add(key);
  }
  return [...keys];
}

interface Question {
  readonly names: readonly EventName[];
  readonly key: string | undefined;
}

export function whyNoOutcome(
  requests: Journal,
  store: Store,
  bucket: Bucket,
  { names, key }: Question,
): readonly string[] {
  const { replication } = bucket.settings;
  if (!replication) return [`Bucket ${writeKey(bucket.name)} has no replication configuration.`];
  const measured = replication.Rules.filter(hasMetrics);
  if (measured.length === 0)
    return [
      `No rule of bucket ${writeKey(bucket.name)} has Metrics: { Status: 'Enabled' }, and S3 sends these events only for rules with Metrics.`,
    ];
  const areOfThreshold = names.every((name) => /Threshold$/.test(name));
  if (areOfThreshold && !measured.some(({ Destination }) => Destination.ReplicationTime?.Status === 'Enabled'))
    return [
      `No rule of bucket ${writeKey(bucket.name)} has ReplicationTime: { Status: 'Enabled' }, so S3 measures no threshold.`,
    ];
  const done = findReplications(requests, (one) => one.bucket === bucket.name && isAbout(one, key));
  const pending = [...bucket.replications.values()].filter((task) => isAbout(task, key));
  if (done.length === 0 && pending.length === 0)
    return [`Replication has nothing to copy from bucket ${writeKey(bucket.name)}${withKey(key)}.`];
  const waits = pending.map((task) => {
    const late = areOfThreshold ? `; it is late at ${new Date(task.begun + lateAfter).toISOString()}` : '';
    return say`${writeWaitingCopy(bucket.name, task, store.clock.now())}${late}`;
  });
  return [...writeDone(done), ...writeWaits(waits)];
}

export function whyNoReplica(
  requests: Journal,
  store: Store,
  bucket: Bucket,
  { key }: Pick<Question, 'key'>,
): readonly string[] {
  const failed = findReplications(
    requests,
    (one) => one.destination === bucket.name && one.result !== 'COMPLETED' && isAbout(one, key),
  );
  return [...writeDone(failed), ...writeWaits(writeWaitingCopies(store, { to: bucket.name, key }))];
}

function findReplications(requests: Journal, isOwn: (action: ServiceAction) => boolean): readonly ServiceAction[] {
  return requests.serviceActions.filter((action) => action.action === 'replicate' && isOwn(action));
}

function isAbout(one: { readonly key: string }, key: string | undefined): boolean {
  return key === undefined || one.key === key;
}

function withKey(key: string | undefined): string {
  return key === undefined ? '' : ` with the key ${writeKey(key)}`;
}

function writeDone(done: readonly ServiceAction[]): readonly string[] {
  if (done.length === 0) return [];
  const lines = done.map((action) => `  ${writeAction(action)}`);
  return [`What replication did:\n${firstLines(lines, LISTED, 'replication').join('\n')}`];
}

function writeWaits(waits: readonly Said[]): readonly string[] {
  if (waits.length === 0) return [];
  return [
    firstLines(
      waits.map((wait) => writeSentence(String(wait))),
      LISTED,
      'replication',
    ).join('\n'),
  ];
}
