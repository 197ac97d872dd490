import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { groupBy, readOnce } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import { type Comparison, listInOrder, type PlainComparison } from './compared-texts';

interface Dated {
  readonly key: string;
  readonly isOfVersion: boolean;
  readonly date: number;
}

/** The versions or objects of a listing, by what they have to be sorted by. */
function listDates(entry: RequestEntry): readonly Dated[] {
  const [versions, contents] = [memberOf(entry.output, 'Entries'), memberOf(entry.output, 'Contents')];
  const listed = Array.isArray(versions)
    ? versions.flatMap((one: unknown) => memberOf(one, 'Versions') ?? memberOf(one, 'DeleteMarkers') ?? [])
    : Array.isArray(contents)
      ? contents
      : [];
  return listed.flatMap((one: unknown) => {
    const date = memberOf(one, 'LastModified');
    if (!(date instanceof Date)) return [];
    const isOfVersion = memberOf(one, 'IsLatest') !== undefined;
    return { key: String(memberOf(one, 'Key')), isOfVersion, date: date.getTime() };
  });
}

/** The versions of one key, or the objects of all keys, that have one date. */
function groupByDate(listed: readonly Dated[]): Iterable<readonly Dated[]> {
  return groupBy(listed, ({ key, isOfVersion, date }) => (isOfVersion ? `${date}/${key}` : date)).values();
}

/** The newest of several versions is looked for by a date that all of them have. */
export const hintAtEqualDates: Comparison = ({ expected, received, entries, readVersions }) => {
  const entry = entries.findLast(({ operation }) => operation?.startsWith('ListObject'));
  if (entry?.bucket === undefined || readVersions === undefined) return undefined;
  // A test that looks for the newest compares one value with another.
  if (expected.size !== 1 || received.size !== 1) return undefined;
  const [text = ''] = expected;
  const [other = ''] = received;
  const known = readOnce((key) => new Set([key, ...readVersions(entry.bucket ?? '', key)]));
  for (const same of groupByDate(listDates(entry))) {
    const [first] = same;
    if (first === undefined || same.length < 2) continue;
    const { key, isOfVersion } = first;
    const keys = isOfVersion ? [key] : same.map((one) => one.key);
    if (![text, other].every((one) => keys.some((name) => known(name).has(one)))) continue;
    // Nobody sees whether the code sorts by the dates, or takes the objects as they come.
    const [what, better] = isOfVersion
      ? [`${same.length} versions of ${writeKey(key)}`, 'The newest version has IsLatest: true. ']
      : [
          `${writeCall(entry)} is in the order of the keys, and not of the writes. If the code sorts by LastModified: ${same.length} objects`,
          '',
        ];
    return `${what} have the same LastModified, since the clock of the mock did not move between their writes. ${better}For different dates, call s3.clock.advance({ seconds: 1 }) between the writes, or give a fixture lastModified.`;
  }
  return undefined;
};

/** The versions that are objects, in the order of the answer, as SDKs list them. */
function listVersions({ output }: RequestEntry): readonly unknown[] {
  const entries = memberOf(output, 'Entries');
  return Array.isArray(entries) ? entries.flatMap((one: unknown) => memberOf(one, 'Versions') ?? []) : [];
}

/** A listing has the newest version first, and code has taken another place of it for the one that it wants. */
export const hintAtOrder: Comparison = (comparison) => {
  const { expected, received, entries, findIdOf } = comparison;
  const at = entries.findLastIndex(({ operation, error }) => operation === 'ListObjectVersions' && !error);
  const entry = entries[at];
  if (entry?.bucket === undefined || findIdOf === undefined) return undefined;
  if (expected.size !== 1 || received.size !== 1) return hintAtOldestFirst(comparison, entry);
  const versions = listVersions(entry);
  const ids = versions.map((one) => memberOf(one, 'VersionId'));
  const keyAt = (index: number) => memberOf(versions[index], 'Key');
  const [text = ''] = expected;
  const [other = ''] = received;
  // The code has compared an id of the listing, or has read a version by one.
  const reads = entries.slice(at + 1).filter(({ versionId }) => versionId !== undefined && ids.includes(versionId));
  const keys = new Set(versions.map((one) => String(memberOf(one, 'Key'))));
  for (const key of keys) {
    const meant = findIdOf(entry.bucket, key, text);
    const taken = meant && findIdOf(entry.bucket, key, other);
    const isTaken = taken === other || reads.some(({ versionId }) => versionId === taken);
    if (meant === undefined || taken === undefined || meant === taken || !isTaken) continue;
    const [place, placeTaken] = [ids.indexOf(meant), ids.indexOf(taken)];
    if (place === -1 || placeTaken === -1) continue;
    const ofSeconds = writeSeconds(comparison, entry, { key, id: String(taken), isNewer: placeTaken < place });
    // Code that sorts by the date has the newest last, unless all versions have one date.
    const places = versions.flatMap((_, index) => (keyAt(index) === key ? index : []));
    const isByDate = place + placeTaken === Number(places[0]) + Number(places.at(-1));
    const ofDates = isByDate ? hintAtEqualDates(comparison) : undefined;
    return [
      `${writeCall(entry)} lists the newest version of a key first: the expected one is Versions[${place}], and the code took Versions[${placeTaken}].`,
      // The place shows what the code took, and not why.
      ...(ofSeconds === undefined ? [] : [ofSeconds]),
      ...(ofDates === undefined ? [] : [ofDates]),
    ].join(' ');
  }
  return undefined;
};

/** The most values of an assertion whose versions are looked up. */
const VALUES = 100;

/** The listings that the code has sent one after the other, since a listing can have several pages. */
function listPages(last: RequestEntry, entries: readonly RequestEntry[]): readonly RequestEntry[] {
  const before = entries.slice(0, entries.lastIndexOf(last));
  const isOther = ({ operation, bucket }: RequestEntry) => operation !== last.operation || bucket !== last.bucket;
  return [...before.slice(before.findLastIndex(isOther) + 1), last];
}

interface ListedVersion {
  readonly key: string;
  readonly id: string;
}

/** How a value of an assertion names a version. */
type NamesVersion = (version: ListedVersion, text: string) => boolean;

/** A test expects the versions of a key from the oldest to the newest, and has received them as S3 lists them. */
function hintAtOldestFirst(comparison: PlainComparison, last: RequestEntry): string | undefined {
  const { entries, findIdOf, readsHandle, printed } = comparison;
  const [asked = [], found = []] = listInOrder(comparison);
  // The order of what a handle has read since is another one.
  const isOther = readsHandle === true || asked.length !== found.length || asked.length > VALUES;
  // Nobody sees which version the test takes for the latest one, since that is neither a text nor a number.
  if (isOther || printed.includes('IsLatest')) return undefined;
  const listed = listPages(last, entries)
    .flatMap(listVersions)
    .map((one) => ({ key: String(memberOf(one, 'Key')), id: String(memberOf(one, 'VersionId')) }));
  const { bucket = '' } = last;
  const names: readonly NamesVersion[] = [
    ({ id }, text) => id === text,
    ({ key, id }, text) => findIdOf?.(bucket, key, text) === id,
  ];
  const isReversed =
    listed.length <= VALUES &&
    names.some((isOf) => reverseKeys(found, { listed, isOf })?.join('\n') === asked.join('\n'));
  return isReversed
    ? `${writeCall(last)} lists the newest version of a key first, and the test expects the oldest first: expect the newest first, or reverse the versions of each key in the code.`
    : undefined;
}

interface Listing {
  readonly listed: readonly ListedVersion[];
  readonly isOf: NamesVersion;
}

/**
 * Makes of the received values those of code that reverses the versions of each key. Returns undefined if that changes nothing, or if the values are not
 * in the order of the listing.
 */
function reverseKeys(found: readonly string[], { listed, isOf }: Listing): readonly string[] | undefined {
  const named: { readonly at: number; readonly place: number }[] = [];
  for (const [at, text] of found.entries()) {
    const before = named.at(-1)?.place ?? -1;
    const place = listed.findIndex((one, index) => index > before && isOf(one, text));
    if (place !== -1) named.push({ at, place });
    else if (listed.some((one) => isOf(one, text))) return undefined;
  }
  const byKey = groupBy(named, ({ place }) => listed[place]?.key);
  const reversed = [...byKey.values()].flatMap((ofKey) => ofKey.toReversed());
  const size = found.length / named.length;
  const [first] = named;
  // A version can be an object of several values, which stay together.
  const areObjects = first !== undefined && named.every(({ at }, index) => at === first.at + index * size);
  const made = areObjects
    ? reversed.flatMap(({ at }) => found.slice(at - first.at, at - first.at + size))
    : found.map((text, at) => {
        const index = named.findIndex((one) => one.at === at);
        return found[reversed[index]?.at ?? at] ?? text;
      });
  return made.join('\n') === found.join('\n') ? undefined : made;
}

/** A version that code has taken in place of another one. */
interface TakenVersion {
  readonly key: string;
  readonly id: string;
  /** Whether it is newer than the one that the test expects. */
  readonly isNewer: boolean;
}

/** A test that moves the clock by parts of a second compares a moment with dates that have none. */
function writeSeconds(
  { findMoment, moved = 0 }: PlainComparison,
  { bucket = '' }: Pick<RequestEntry, 'bucket'>,
  { key, id, isNewer }: TakenVersion,
): string | undefined {
  const written = findMoment?.(bucket, key, id);
  if (written === undefined || !isNewer || moved % SECOND === 0 || written % SECOND === 0) return undefined;
  const [exact, shown] = [written, Math.floor(written / SECOND) * SECOND].map((one) => new Date(one).toISOString());
  return `The version ${writeValue(id)} of ${writeKey(key)}, which the code took, was written at ${exact}, and its LastModified is ${shown}, since S3 keeps whole seconds: it seems older than a moment between the two. If the code compares LastModified with a moment, move the clock by whole seconds, or compare version ids.`;
}

const SECOND = 1000;
