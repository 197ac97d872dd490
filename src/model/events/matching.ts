import { encodeUrl } from '../../formats/url-encoding';
import { writeQuotedList } from '../../text/lists';
import { writeGiven } from '../../text/values';
import {
  type Destination,
  type Entry,
  filterRulesOf,
  listDestinations,
  type Notification,
  selectsKey,
} from '../configurations/notification';
import type { EventName } from './report';

export function findMatchingDestinations(
  notification: Notification,
  name: EventName,
  key: string,
): readonly Destination[] {
  return listDestinations(notification).filter((entry) => asksFor(entry, name) && brokenRules(entry, key).length === 0);
}

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
        `filter ${Name.toLowerCase()} ${writeGiven(Value)} of ${writeGiven(Id)} does not match ${writeCompared(key)}${whyAlmost(Name, Value, key)}`,
    );
  });
}

/** Says what keeps a filter from matching a key that it seems to match. */
function whyAlmost(name: string, value: string, key: string): string {
  const isPrefix = name.toLowerCase() === 'prefix';
  const matches = (text: string) => (isPrefix ? key.startsWith(text) : key.endsWith(text));
  const compared = isPrefix ? key.slice(0, value.length) : key.slice(-value.length);
  if (compared !== value && compared.toLowerCase() === value.toLowerCase())
    return `: filters distinguish upper and lower case, so write ${writeGiven(compared)}, or add a configuration for it`;
  const bare = value.replace(/^\/+/, '');
  if (isPrefix && bare !== value && matches(bare)) return `: keys begin without a slash, so write ${writeGiven(bare)}`;
  const literal = value.replace(/[*]/g, '');
  if (literal !== value && matches(literal)) return `: filters have no wildcards, so write ${writeGiven(literal)}`;
  return '';
}

function asksFor({ Events }: Entry, name: EventName): boolean {
  const fullName = `s3:${name}`;
  return Events.some(
    (event) => event === fullName || (event.endsWith(':*') && fullName.startsWith(event.slice(0, -1))),
  );
}

function brokenRules(entry: Entry, key: string) {
  const encoded = encodeEventKey(key);
  return filterRulesOf(entry).filter((rule) => !selectsKey(rule, encoded));
}

function writeCompared(key: string): string {
  const encoded = encodeEventKey(key);
  return encoded === key ? writeGiven(key) : `${writeGiven(encoded)}, as messages have the key ${writeGiven(key)}`;
}

/** Encoded as forms are, except that `/` stays (F763). Filters compare the encoded key. */
export function encodeEventKey(key: string): string {
  return encodeUrl(key);
}
