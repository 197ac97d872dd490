import { S3Error } from '../../refusals/s3-error';
import { type Entry, filterRulesOf } from './notification-destinations';

/** Throws if an event would be sent twice: two entries share it, and keys that both filters match (F363). */
export function checkOverlaps(entries: readonly Entry[]): void {
  const pairs = entries.flatMap((entry, index) =>
    entries
      .slice(0, index)
      .map((before) => ({ entries: [before, entry] as const, events: sharedEvents(before, entry) })),
  );
  const clashes = pairs.filter(({ events, entries: [one, other] }) => events !== undefined && shareKeys(one, other));
  const isFiltered = (entry: Entry) => filterRulesOf(entry).length > 0;
  const filtered = clashes.find((clash) => clash.entries.some(isFiltered));
  if (filtered !== undefined)
    throw new S3Error('NotificationFiltersOverlap', {}).quoting({ Event: filtered.events?.join(', ') });
  const [plain] = clashes;
  if (plain?.events !== undefined)
    throw new S3Error('NotificationEventsOverlap', { ArgumentValue: plain.events.join(', ') });
}

/** The first event of each entry that the other one also has. */
function sharedEvents({ Events: ours }: Entry, { Events: theirs }: Entry): readonly [string, string] | undefined {
  for (const our of ours) {
    const their = theirs.find((event) => includes(our, event) || includes(event, our));
    if (their !== undefined) return [our, their];
  }
  return undefined;
}

/** Whether an event is another one, or a kind of it: `s3:ObjectCreated:*` includes `s3:ObjectCreated:Put`. */
function includes(event: string, other: string): boolean {
  return event === other || (event.endsWith(':*') && other.startsWith(event.slice(0, -1)));
}

/** Whether a key can begin as both filters require, and end so. A filter without a prefix or suffix has an empty one. */
function shareKeys(one: Entry, other: Entry): boolean {
  const [prefixes, suffixes] = (['prefix', 'suffix'] as const).map((name) => [
    filterValue(one, name),
    filterValue(other, name),
  ]);
  return agree(prefixes, 'startsWith') && agree(suffixes, 'endsWith');
}

function agree([one = '', other = '']: readonly string[] = [], how: 'startsWith' | 'endsWith'): boolean {
  return one[how](other) || other[how](one);
}

function filterValue(entry: Entry, name: 'prefix' | 'suffix'): string {
  return filterRulesOf(entry).find(({ Name }) => Name.toLowerCase() === name)?.Value ?? '';
}
