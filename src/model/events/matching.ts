import { encodeUrl } from '../../formats/url-encoding';
import { writeQuotedList } from '../../text/lists';
import { writeGiven } from '../../text/values';
import {
  type Destination,
  type Entry,
  filterRulesOf,
  listDestinations,
  type Notification,
} from '../configurations/notification';
import type { EventName } from './report';

/** The configurations that ask for an event of a key, in the order of the document. */
export function findMatchingDestinations(
  notification: Notification,
  name: EventName,
  key: string,
): readonly Destination[] {
  return listDestinations(notification).filter((entry) => asksFor(entry, name) && brokenRules(entry, key).length === 0);
}

/**
 * Says of each configuration that does not ask for an event why it does not: `filter prefix 'images/' of 'thumbnails' does not match
 * 'other/a.jpg'`. If no key is given, filters are not compared. Empty if all ask for it.
 */
export function whyNotSent(
  notification: Notification | null | undefined,
  name: EventName,
  key: string | undefined,
): readonly string[] {
  if (!notification) return ['the bucket has no notification configuration'];
  return listDestinations(notification).flatMap((entry) => {
    const { Id = '' } = entry;
    if (!asksFor(entry, name)) return [`configuration ${writeGiven(Id)} asks for ${writeQuotedList(entry.Events)}`];
    if (key === undefined) return [];
    return brokenRules(entry, key).map(
      ({ Name, Value }) =>
        `filter ${Name.toLowerCase()} ${writeGiven(Value)} of ${writeGiven(Id)} does not match ${writeCompared(key)}`,
    );
  });
}

/** A type with `:*` includes those that begin as it does; others are compared whole. */
function asksFor({ Events }: Entry, name: EventName): boolean {
  const whole = `s3:${name}`;
  return Events.some((event) => event === whole || (event.endsWith(':*') && whole.startsWith(event.slice(0, -1))));
}

/** The rules of a filter that a key breaks. Their values are in the encoding of messages (F763). */
function brokenRules(entry: Entry, key: string) {
  const encoded = encodeEventKey(key);
  return filterRulesOf(entry).filter(({ Name, Value }) =>
    Name.toLowerCase() === 'prefix' ? !encoded.startsWith(Value) : !encoded.endsWith(Value),
  );
}

function writeCompared(key: string): string {
  const encoded = encodeEventKey(key);
  return encoded === key ? writeGiven(key) : `${writeGiven(encoded)}, as messages have the key ${writeGiven(key)}`;
}

/** A key as messages have it, and as filters compare it: encoded as forms are, except that `/` stays (F763). */
export function encodeEventKey(key: string): string {
  return encodeUrl(key);
}
