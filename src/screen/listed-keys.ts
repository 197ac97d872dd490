import { encodeUrl } from '../formats/url-encoding';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findNextPage } from '../journal/next-pages';
import { counted } from '../text/counts';
import { byCodeUnits, firstFound } from '../text/lists';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import { type Comparison, countText, type PlainComparison } from './compared-texts';

function isOfObjects({ operation }: RequestEntry): boolean {
  return operation === 'ListObjectsV2' || operation === 'ListObjects';
}

function findListing(entries: readonly RequestEntry[]): RequestEntry | undefined {
  return entries.findLast((entry) => isOfObjects(entry) && entry.output !== undefined);
}

function listMembers(list: unknown, member: string): readonly string[] {
  return (isArray(list) ? list : []).flatMap((one: unknown) => {
    const text = memberOf(one, member);
    return typeof text === 'string' ? text : [];
  });
}

function listKeys({ output }: RequestEntry): readonly string[] {
  return listMembers(memberOf(output, 'Contents'), 'Key');
}

/** The texts of a side, without the printed form of a list, which vitest passes as well. */
function listTexts(side: ReadonlySet<string>): readonly string[] {
  return [...side].filter((text) => !/^\s*(?:\w+ )?[[{]/.test(text));
}

/** KeyCount counts the prefixes, too. */
export const hintAtKeyCount: Comparison = ({ numbers: [expected, received], entries }) => {
  const entry = findListing(entries);
  // The number of a later answer can be the same.
  const isLast = entries.findLast(({ method }) => method === 'GET' || method === 'HEAD') === entry;
  if (entry === undefined || !isLast || received !== memberOf(entry.output, 'KeyCount')) return undefined;
  const keys = listKeys(entry).length;
  const prefixes = listMembers(memberOf(entry.output, 'CommonPrefixes'), 'Prefix').length;
  const meant = [...(expected === keys ? ['Contents'] : []), ...(expected === prefixes ? ['CommonPrefixes'] : [])];
  if (prefixes === 0 || expected === received || meant.length === 0) return undefined;
  const both = `${counted(keys, 'key')} and ${prefixes === 1 ? '1 of CommonPrefixes' : `${prefixes} of CommonPrefixes`}`;
  return `KeyCount of ${writeCall(entry)} is ${received}, because it counts ${both}: count ${meant.join(' or ')}.`;
};

/** A listing with a delimiter has the folders in CommonPrefixes alone, and code that reads Contents finds nothing. */
export const hintAtFolders: Comparison = ({ expected, received, numbers: [most, least], entries, readsHandle }) => {
  const entry = findListing(entries);
  // Code that goes on to ask for what is in the folders has read them, and another listing can be the one that is empty.
  if (entry === undefined || entry !== entries.at(-1) || readsHandle === true || entries.some(isEmptyListing))
    return undefined;
  if (listKeys(entry).length > 0 || listTexts(received).length > 0 || isOfOnePage(entry)) return undefined;
  const prefixes = listMembers(memberOf(entry.output, 'CommonPrefixes'), 'Prefix');
  const wanted = listTexts(expected);
  const above = String(memberOf(entry.input, 'Prefix') ?? '');
  const areFolders = wanted.length > 0 && wanted.every((text) => prefixes.some((one) => isFolder(one, text, above)));
  const isCount = least === 0 && most === prefixes.length;
  if (prefixes.length === 0 || !(areFolders || isCount)) return undefined;
  const Delimiter = memberOf(entry.input, 'Delimiter');
  return `${writeCall(entry)} was answered with ${prefixes.length === 1 ? '1 prefix' : `${prefixes.length} prefixes`} in CommonPrefixes and with no Contents, since each key has the Delimiter ${writeValue(Delimiter)} behind the Prefix: read CommonPrefixes.`;
};

function isEmptyListing(entry: RequestEntry): boolean {
  if (!isOfObjects(entry) || entry.output === undefined) return false;
  return listKeys(entry).length === 0 && listMembers(memberOf(entry.output, 'CommonPrefixes'), 'Prefix').length === 0;
}

/** Whether other pages can have the keys that a page does not have. */
function isOfOnePage({ input, output }: RequestEntry): boolean {
  return memberOf(output, 'IsTruncated') === true || places.some((member) => memberOf(input, member) !== undefined);
}

/** Whether a text is a prefix of a folder, or the folder's name, which is behind the prefix of the listing. */
function isFolder(prefix: string, text: string, above: string): boolean {
  const name = prefix.slice(above.length);
  return prefix === text || name === text || (text !== '' && name.split('/').includes(text));
}

/** Splits a key into what stands between its numbers, and the numbers. */
function readNumbers(key: string): readonly [text: string, numbers: readonly number[]] {
  return [key.replace(/\d+/g, '#'), (key.match(/\d+/g) ?? []).map(Number)];
}

function byNumbers(one: string, other: string): number {
  const [ofOne, ofOther] = [readNumbers(one)[1], readNumbers(other)[1]];
  const at = ofOne.findIndex((number, index) => number !== ofOther[index]);
  return (ofOne[at] ?? 0) - (ofOther[at] ?? 0);
}

function isSameOrder(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

/** Whether a test expects the first key, the last key or all keys in the order of their numbers, and received them as S3 sorts texts. */
function isByText([wanted, came]: readonly [readonly string[], readonly string[]], alike: readonly string[]): boolean {
  const byText = alike.toSorted(byCodeUnits);
  const byNumber = alike.toSorted(byNumbers);
  const takes = (place: number) =>
    isSameOrder(wanted, byNumber.slice(place).slice(0, 1)) && isSameOrder(came, byText.slice(place).slice(0, 1));
  return takes(0) || takes(-1) || (isSameOrder(wanted, byNumber) && isSameOrder(came, byText));
}

/** The most keys whose bodies are looked at. */
const BODIES = 50;

/** The keys that an assertion compares, which it may name by the text that code has read from one of them. */
function nameKeys(
  { expected, received, entries, readVersions }: PlainComparison,
  entry: RequestEntry,
  keys: readonly string[],
): readonly [readonly string[], readonly string[]] {
  const [wanted, came] = [listTexts(expected), listTexts(received)];
  const [text = ''] = wanted;
  const [other = ''] = came;
  const read = entries.slice(entries.indexOf(entry) + 1).findLast(({ operation }) => operation === 'GetObject');
  const isText = wanted.length === 1 && came.length === 1 && !keys.includes(text) && !keys.includes(other);
  if (!isText || read?.key === undefined || keys.length > BODIES) return [wanted, came];
  const has = (key: string, one: string) => readVersions?.(entry.bucket ?? '', key).includes(one) === true;
  const meant = keys.filter((key) => has(key, text));
  return meant.length === 1 && has(read.key, other) ? [meant, [read.key]] : [wanted, came];
}

/** A longer listing is not sorted anew. */
const LONGEST = 1000;

/** S3 compares keys byte by byte, so that 10 comes before 9. */
export const hintAtNumberOrder: Comparison = (comparison) => {
  const entry = findListing(comparison.entries);
  const keys = entry === undefined ? [] : listKeys(entry);
  if (entry === undefined || keys.length > LONGEST) return undefined;
  const [wanted, came] = nameKeys(comparison, entry, keys);
  const [key = ''] = wanted;
  const [text] = readNumbers(key);
  const alike = keys.filter((one) => readNumbers(one)[0] === text);
  if (isSameOrder(wanted, came) || !alike.includes(key) || !isByText([wanted, came], alike)) return undefined;
  const byText = alike.toSorted(byCodeUnits);
  const at = byText.findIndex((one, index) => byNumbers(one, byText[index + 1] ?? one) > 0);
  return `${writeCall(entry)}: S3 compares keys as text, so ${writeKey(byText[at] ?? '')} comes before ${writeKey(byText[at + 1] ?? '')}: compare the numbers in the code, or write keys whose numbers have as many digits.`;
};

/** The page ended with a prefix, and the next one was asked for behind a key that comes before it, so that it begins with the prefix again. */
export const hintAtPrefixAgain: Comparison = ({
  received,
  expected,
  lists,
  numbers: [wanted = 0, came = 0],
  entries,
}) => {
  const pages = entries.filter((entry) => isOfObjects(entry) && entry.output !== undefined);
  const found = firstFound(pages, (page) => {
    const after: unknown = memberOf(page.input, 'StartAfter') ?? memberOf(page.input, 'Marker');
    const before = pages[pages.indexOf(page) - 1];
    const prefixes = new Set(listMembers(memberOf(before?.output, 'CommonPrefixes'), 'Prefix'));
    const again = listMembers(memberOf(page.output, 'CommonPrefixes'), 'Prefix').find((one) => prefixes.has(one));
    const isNext = before !== undefined && listKeys(before).at(-1) === after && memberOf(before.output, 'IsTruncated');
    return again !== undefined && isNext === true && page.bucket === before?.bucket
      ? { page, again, after: String(after) }
      : undefined;
  });
  if (found === undefined) return undefined;
  const { page, again, after } = found;
  const name = again.slice(0, -1);
  const times = (side: readonly string[] = []) => countText(side, again) + countText(side, name);
  const isTwice = lists !== undefined && times(lists.received) > times(lists.expected);
  if (!isTwice && !(came > wanted) && !(received.has(again) && !expected.has(again))) return undefined;
  return `${writeCall(page)} continued behind ${writeKey(after)}, the last of Contents, and so listed ${writeKey(again)} again, with which the page before had ended: send its NextContinuationToken as ContinuationToken.`;
};

/** Code counts all that is below a prefix, and the listing had a Delimiter. minio sends one by itself. */
export const hintAtDelimiter: Comparison = ({ numbers: [wanted, came], entries, sumSizes, listDated }) => {
  const entry = findListing(entries);
  const Delimiter = memberOf(entry?.input, 'Delimiter');
  const prefixes = listMembers(memberOf(entry?.output, 'CommonPrefixes'), 'Prefix');
  if (entry === undefined || typeof Delimiter !== 'string' || prefixes.length === 0 || wanted === came)
    return undefined;
  const sizes = listSizes(entry);
  const all = listDated?.(entry) ?? [];
  const isSum = wanted === sumSizes?.(entry) && came === sizes.reduce((sum, size) => sum + size, 0);
  const isCount = wanted === all.length && came === sizes.length;
  if (!isSum && !isCount) return undefined;
  const cure = /^MinIO/.test(entry.client ?? '')
    ? 'minio sends a Delimiter unless the listing is recursive: listObjects(bucket, prefix, true)'
    : 'leave the Delimiter out';
  return `${writeCall(entry)} was sent with Delimiter: ${writeValue(Delimiter)}, so what is below ${writeKey(prefixes[0] ?? '')} stands in CommonPrefixes, and not in Contents: ${cure}.`;
};

function listSizes({ output }: RequestEntry): readonly number[] {
  const contents: unknown = memberOf(output, 'Contents');
  return (isArray(contents) ? contents : []).map((one: unknown) => Number(memberOf(one, 'Size')));
}

/** A listing begins behind a key as S3 sorts texts, where code counts on the order of numbers. */
export const hintAtNumberAfter: Comparison = ({ expected, received, entries, hasObjects }) => {
  const entry = findListing(entries);
  const [member, after] = firstFound(['StartAfter', 'Marker'] as const, (name) => {
    const key: unknown = memberOf(entry?.input, name);
    return typeof key === 'string' ? ([name, key] as const) : undefined;
  }) ?? ['', ''];
  if (entry === undefined || after === '') return undefined;
  const [text] = readNumbers(after);
  const missing = listTexts(expected).filter((key) => !received.has(key));
  const isSkipped = (key: string) =>
    readNumbers(key)[0] === text &&
    byNumbers(key, after) > 0 &&
    byCodeUnits(key, after) < 0 &&
    hasObjects?.({ bucket: entry.bucket, key }) === true;
  const [key] = missing;
  if (key === undefined || missing.length > LONGEST || !missing.every(isSkipped)) return undefined;
  return `${writeCall(entry)}: S3 compares keys as text, so ${writeKey(key)} comes before ${member}: ${writeKey(after)}, and is not listed behind it: write keys whose numbers have as many digits, or list all of them, and compare the numbers in the code.`;
};

/** What says where a page begins. */
const places = ['ContinuationToken', 'StartAfter', 'Marker'] as const;

/** A page has the first keys, and code has taken it for the newest objects. */
export const hintAtFirstPage: Comparison = ({ expected, received, printed, entries, listDated }) => {
  const entry = findListing(entries);
  // Who looks for one key among others wants all pages, and that key can be the newest.
  if (/toContain|\bto (?:deep(?:ly)? )?(?:include|contain)\b/.test(printed)) return undefined;
  const most = memberOf(entry?.input, 'MaxKeys');
  const isFirst = places.every((member) => memberOf(entry?.input, member) === undefined);
  if (entry === undefined || typeof most !== 'number' || !isFirst || memberOf(entry.output, 'IsTruncated') !== true)
    return undefined;
  const dated = (listDated?.(entry) ?? []).toSorted((one, other) => other.created - one.created);
  const [oldest, next] = [dated[most - 1], dated[most]];
  // Which of two with one date is meant is another question.
  if (oldest === undefined || next === undefined || oldest.created === next.created) return undefined;
  const newest = new Set(dated.slice(0, most).map(({ key }) => key));
  const [wanted, came] = [listTexts(expected), listTexts(received)];
  const page = new Set(listKeys(entry));
  const areNewest = wanted.length === newest.size && wanted.every((key) => newest.has(key));
  const isOfPage = came.length > 0 && came.every((key) => page.has(key));
  if (!areNewest || wanted.every((key) => page.has(key)) || !isOfPage) return undefined;
  return `${writeCall(entry)}: MaxKeys: ${most} takes the first ${most === 1 ? 'key' : 'keys'} in the order of the keys, and not the newest: list all pages, sort them by LastModified, then take ${most}.`;
};

/** The pages of one listing, of which each but the first names where it begins. */
function listPages(entries: readonly RequestEntry[], last: RequestEntry): readonly RequestEntry[] {
  const alike = entries.filter(
    (one) =>
      one.operation === last.operation &&
      one.bucket === last.bucket &&
      ['MaxKeys', 'Prefix', 'Delimiter'].every((name) => memberOf(one.input, name) === memberOf(last.input, name)),
  );
  const begin = alike.findLastIndex(({ input }) => places.every((name) => memberOf(input, name) === undefined));
  return alike.slice(Math.max(begin, 0));
}

/** Code that wants some keys has read all pages of as many keys, and keeps all of them. */
export const hintAtSizeOfPage: Comparison = ({ expected, received, numbers, entries }) => {
  const last = entries.findLast(isOfObjects);
  const size = memberOf(last?.input, 'MaxKeys');
  if (last === undefined || typeof size !== 'number' || findNextPage(last.output) !== undefined) return undefined;
  const pages = listPages(entries, last);
  const keys = new Set(pages.flatMap(listKeys));
  const [wanted, came] = [expected, received].map((side) => [...side].filter((text) => keys.has(text)));
  // The same number can be that of the requests.
  const isCounted =
    numbers[0] === size && numbers[1] === keys.size && ![entries.length, pages.length].includes(keys.size);
  const isBegin = wanted?.length === size && came?.length === keys.size && wanted.every((key, at) => came[at] === key);
  if (pages.length < 2 || keys.size <= size || !(isCounted || isBegin)) return undefined;
  return `MaxKeys: ${size} of ${writeCall(last)} is the size of a page, and the code has read all ${pages.length} pages, which have ${keys.size} keys: keep the first ${size} of the sorted keys, .slice(0, ${size}).`;
};

/** Clients that ask for encoded keys by themselves, and decode them. */
const ofDecoding = /^(?:MinIO|Boto|aws-cli)/i;

/** A key as a listing has encoded it, and the key that it stands for. */
function findEncoded(
  entries: readonly RequestEntry[],
  isMeant: (key: string, encoded: string, listing: RequestEntry) => boolean,
  keys: readonly string[],
): string | undefined {
  const listings = entries.filter(
    (entry) =>
      /^List/.test(entry.operation ?? '') &&
      memberOf(entry.input, 'EncodingType') !== undefined &&
      !ofDecoding.test(entry.client ?? ''),
  );
  return firstFound(keys, (key) => {
    const encoded = encodeUrl(key);
    const listing = encoded === key ? undefined : listings.findLast((one) => isMeant(key, encoded, one));
    return (
      listing &&
      `${writeCall(listing)} was sent with EncodingType: 'url', so it answered ${writeKey(encoded)} for ${writeKey(key)}: leave EncodingType out, or decode each key, decodeURIComponent(Key.replaceAll('+', ' ')).`
    );
  });
}

/** The keys of a listing, and the prefixes in it, all encoded. */
function listEncoded(entry: RequestEntry): ReadonlySet<string> {
  return new Set([...listKeys(entry), ...listMembers(memberOf(entry.output, 'CommonPrefixes'), 'Prefix')]);
}

/** Code compares an encoded key with the key. */
export const hintAtEncodedKeys: Comparison = ({ expected, received, entries }) =>
  findEncoded(
    entries,
    (key, encoded, listing) => received.has(encoded) && !received.has(key) && listEncoded(listing).has(encoded),
    listTexts(expected),
  );

/** Code names an encoded key in a request, and S3 refuses it, although the bucket has the key itself. */
export function writeEncodedKeys(
  entries: readonly RequestEntry[],
  listCurrent: (bucket: string) => readonly string[],
): string | undefined {
  const refused = entries.findLast(({ error }) => error?.code === 'NoSuchKey');
  const { bucket, key: sent } = refused ?? {};
  if (refused === undefined || bucket === undefined || sent === undefined) return undefined;
  const before = entries.slice(0, entries.indexOf(refused));
  return findEncoded(
    before,
    (_, encoded, listing) => listing.bucket === bucket && listEncoded(listing).has(encoded),
    /[+%]/.test(sent) ? listCurrent(bucket).filter((key) => encodeUrl(key) === sent) : [],
  );
}
