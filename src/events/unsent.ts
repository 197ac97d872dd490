import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import { counted } from '../text/counts';
import { groupBy } from '../text/lists';
import { writeSentence } from '../text/sentences';
import { writeKey } from '../text/values';
import {
  decidedThen,
  findDestinations,
  isPutOfSetting,
  sendsNone,
  silentChange,
  whyEmptySetting,
  whyOtherEvent,
  whyUnasked,
} from './absence';
import { type Changed, listChanges } from './changed-objects';
import type { LoggedEvents } from './expectations';

/** What an assertion of the runner misses in the events. */
export interface MissedEvents {
  /** The requests of the test, oldest first. */
  readonly entries: readonly RequestEntry[];
  /** The texts that it expected, and did not receive. */
  readonly missing: ReadonlySet<string>;
  readonly received: ReadonlySet<string>;
  /** Whether it expected more events than it received. */
  readonly isFewer: boolean;
}

/** A change whose event S3 has not sent. */
interface Unsent extends Changed {
  readonly entry: RequestEntry;
  readonly bucket: string;
}

/** The most buckets, requests and keys that are examined. */
const BUCKETS = 20;
const LOOKED_AT = 100;
const KEYS = 20;
const LISTED = 3;

/** Says why S3 has not sent the events that an assertion misses, in the words of `toHaveSent`. */
export function whyUnsent(events: LoggedEvents, missed: MissedEvents): readonly string[] {
  if (events.context.store.buckets.size > BUCKETS) return [];
  const encoded = whyEncoded(events, missed);
  if (encoded.length > 0) return encoded;
  const unsent = chooseMissed(listUnsent(events, missed), events, missed);
  const others = unsent.flatMap((one) => whyOtherEventOf(events, one) ?? []);
  const reasons = unsent.flatMap((one) => {
    const why = whyOtherEventOf(events, one) === undefined ? whyUnsentChange(events, one, missed) : undefined;
    return why === undefined ? [] : { entry: one.entry, why };
  });
  const lines = [...groupBy(reasons, ({ why }) => why)].map(([why, all]) =>
    writeUnsent(why, [...new Set(all.map(({ entry }) => entry))]),
  );
  // What concerns one of many keys concerns most of them.
  return [...new Set(others), ...lines, ...whySilent(events, missed)].slice(0, LISTED);
}

/** A record has the key in another form than the event. */
function whyEncoded(events: LoggedEvents, { missing, received }: MissedEvents): readonly string[] {
  const found = events
    .slice()
    .map(({ key = '', record }) => ({ key, encoded: record?.s3.object.key ?? key }))
    .find(({ key, encoded }) => key !== encoded && missing.has(key) && received.has(encoded));
  if (found === undefined) return [];
  const { key, encoded } = found;
  return [
    `${writeKey(encoded)} is the key as the record encodes it: compare the key of the event, ${writeKey(key)}, or decode it, decodeURIComponent(key.replaceAll('+', ' ')).`,
  ];
}

function listUnsent(events: LoggedEvents, { entries }: MissedEvents): readonly Unsent[] {
  const nameEvent = (bucket: string, key: string | undefined, name: string) => [bucket, key, name].join('\n');
  const sent = new Set(events.slice().map(({ bucket, key, name }) => nameEvent(bucket, key, name)));
  return entries.slice(-LOOKED_AT).flatMap((entry) => {
    const { bucket = '' } = entry;
    return listChanges(entry)
      .filter(({ key, event }) => !sent.has(nameEvent(bucket, key, event)))
      .map((change) => ({ ...change, entry, bucket }));
  });
}

/** The changes that the test names or, if it counts, all. Most tests write to buckets that notify nobody, too. */
function chooseMissed(
  unsent: readonly Unsent[],
  { context: { store } }: LoggedEvents,
  { missing, isFewer }: MissedEvents,
): readonly Unsent[] {
  const notifies = (bucket: string) => Boolean(store.buckets.get(bucket)?.settings.notification);
  const named = unsent.filter(({ key, event }) => [key, event, `s3:${event}`].some((text) => missing.has(text)));
  const namedAndNotifying = named.filter(({ bucket }) => notifies(bucket));
  if (namedAndNotifying.length > 0) return namedAndNotifying;
  if (named.length > 0 || !isFewer) return named;
  return [...store.buckets.keys()].some(notifies) ? unsent.filter(({ bucket }) => notifies(bucket)) : unsent;
}

/** The configuration asks for another event of the same kind. */
function whyOtherEventOf({ context: { store } }: LoggedEvents, change: Unsent): string | undefined {
  const notification = store.buckets.get(change.bucket)?.settings.notification;
  const other = notification ? whyOtherEvent(notification, change) : undefined;
  return other && writeSentence(other);
}

function whyUnsentChange(
  { context: { store, requests } }: LoggedEvents,
  change: Unsent,
  { entries }: MissedEvents,
): string | undefined {
  const { bucket, key, event, entry } = change;
  const named = store.buckets.get(bucket);
  if (named === undefined) return undefined;
  const { notification } = named.settings;
  if (!notification) return [sendsNone(bucket), ...whyEmptySetting(requests, bucket)].join('\n');
  if (findDestinations(notification, event, key).length === 0) return whyUnasked(bucket, notification, [event], key);
  const isPutLater = entries
    .slice(entries.indexOf(entry) + 1)
    .some((one) => one.bucket === bucket && isPutOfSetting(one) && one.error === undefined);
  return isPutLater ? decidedThen : undefined;
}

function writeUnsent(why: string, [first, ...others]: readonly RequestEntry[]): string {
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'other request')}`;
  return `S3 sent no event of ${first && writeCall(first)}${more}. ${why}`;
}

/** The keys that the test names, and whose objects come from a fixture or a handle. */
function whySilent(events: LoggedEvents, { missing }: MissedEvents): readonly string[] {
  const { store, requests } = events.context;
  const reported = new Set(events.slice().map(({ bucket, key }) => `${bucket}/${key}`));
  return [...store.buckets.values()].flatMap(({ name, settings: { notification }, versions }) => {
    if (!notification) return [];
    const isSilent = (key: string) =>
      versions.current(key) !== undefined &&
      !reported.has(`${name}/${key}`) &&
      findDestinations(notification, 'ObjectCreated:Put', key).length > 0;
    const keys = [...missing].filter(isSilent).slice(0, KEYS);
    return keys.filter((key) => findRequestsOnKey(requests, name, key).length === 0).map(silentChange);
  });
}
