import { URLSearchParams } from 'node:url';
import { findNextPage } from '../../journal/next-pages';
import { counted } from '../../text/counts';
import { isArray, isRecord, memberOf } from '../../text/value-kinds';
import { writeKey, writeValue } from '../../text/values';
import { readAnswer } from '../answer-texts';
import type { ComparedTexts } from '../compared-texts';
import { comparesTruth } from '../errors';
import type { Asked, Change, Hint } from '../hint';
import { listMissing } from './expectation';
import { readParameters, withParameter } from './wire';

/** The lists of an answer; those of ListObjectVersions are one list on the wire. */
const lists = ['Contents', 'Entries', 'CommonPrefixes', 'Uploads', 'Buckets'] as const;

function countOf(output: unknown): number {
  if (!isRecord(output)) return 0;
  return lists.reduce((sum, name) => sum + (Array.isArray(output[name]) ? output[name].length : 0), 0);
}

function readValue({ wire }: Asked, parameter: string): string | undefined {
  const written = readParameters(wire).find(({ name }) => name === parameter)?.written;
  return written === undefined ? undefined : (new URLSearchParams(written).get(parameter) ?? undefined);
}

/** S3 compares a prefix byte by byte, and has no wildcards. */
export const tryPrefixBeforeWildcard: Hint = {
  tries: 'the prefix before a wildcard',
  of: 'listings',
  changes(asked) {
    const prefix = readValue(asked, 'prefix');
    const at = prefix?.search(/[*?]/) ?? -1;
    if (prefix === undefined || at === -1 || countOf(asked.entry.output) > 0) return [];
    const before = prefix.slice(0, at);
    return [
      {
        wire: withParameter(asked.wire, 'prefix', before),
        says: ({ output }) =>
          `no key begins with ${writeKey(prefix)}, since a Prefix has no wildcards; with Prefix: ${writeKey(before)} it would have returned ${writeFound(output)}: filter them in the code.`,
      },
    ];
  },
  succeeds: ({ refusal, output }) => refusal === undefined && countOf(output) > 0,
};

/** Only the objects of a whole listing are so many keys. */
function writeFound(output: unknown): string {
  const [contents, prefixes] = [memberOf(output, 'Contents'), memberOf(output, 'CommonPrefixes')];
  const isWhole = memberOf(output, 'IsTruncated') !== true && !(Array.isArray(prefixes) && prefixes.length > 0);
  return Array.isArray(contents) && isWhole ? counted(contents.length, 'key') : 'some';
}

/** The parameters that say together where a page begins. */
const partners = [
  { marker: 'key-marker', partner: 'version-id-marker', member: 'VersionIdMarker', first: 'KeyMarker' },
  { marker: 'key-marker', partner: 'upload-id-marker', member: 'UploadIdMarker', first: 'KeyMarker' },
] as const;

/** The next page is asked for by one of two markers, so that S3 begins behind all that have the key. */
export const tryMarkerWithPartner: Hint = {
  tries: 'a marker with the one that belongs to it, such as VersionIdMarker beside KeyMarker',
  of: 'listings',
  changes: (asked) => partners.flatMap((one) => changeOf(asked, one)),
  succeeds: ({ refusal, output }, { entry }) =>
    refusal === undefined && countOf(output) > 0 && !isSameList(output, entry.output),
};

function changeOf(asked: Asked, { marker, partner, member, first }: (typeof partners)[number]): readonly Change[] {
  const { entry, entries, wire } = asked;
  const sent = readValue(asked, marker);
  if (sent === undefined || readValue(asked, partner) !== undefined) return [];
  const next = `Next${member}`;
  const before = entries
    .slice(0, entries.indexOf(entry))
    .findLast(
      ({ operation, bucket, output }) =>
        operation === entry.operation && bucket === entry.bucket && leadsTo(output, first, sent),
    );
  const value: unknown = before && Reflect.get(before.output as object, next); // it has one
  if (typeof value !== 'string') return [];
  return [
    {
      wire: withParameter(wire, partner, value),
      says: () =>
        `it continued behind all that is listed for ${writeValue(sent)}, since it was sent with ${first} and without ${member}; with both of ${findNextPage(before?.output)?.next} it would have returned what it left out.`,
    },
  ];
}

function leadsTo(output: unknown, first: string, sent: string): boolean {
  return isRecord(output) && output[`Next${first}`] === sent;
}

function isSameList(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** With a delimiter, a prefix without it stands for the folder itself, and not for what is in it. */
export const tryPrefixWithDelimiter: Hint = {
  tries: 'the prefix with its delimiter, where a listing has the folder alone',
  of: 'listings',
  changes: ({ entry, wire }) => {
    const { input, output } = entry;
    const [prefix, delimiter] = [memberOf(input, 'Prefix'), memberOf(input, 'Delimiter')];
    if (typeof prefix !== 'string' || typeof delimiter !== 'string' || prefix === '') return [];
    const [folder, prefixes, contents] = [
      `${prefix}${delimiter}`,
      memberOf(output, 'CommonPrefixes'),
      memberOf(output, 'Contents'),
    ];
    const isAlone = isArray(prefixes) && prefixes.some((one: unknown) => memberOf(one, 'Prefix') === folder);
    if (!isAlone || !isArray(contents) || contents.length > 0) return [];
    return [
      {
        wire: withParameter(wire, 'prefix', folder),
        says: () =>
          `it has no Contents, and ${writeKey(folder)} in CommonPrefixes, since its Prefix ends before the Delimiter; with Prefix: ${writeKey(folder)} it would have returned what is in the folder.`,
      },
    ];
  },
  succeeds: ({ refusal, output }, asked) => {
    const { entry, entries, errors, compared } = asked;
    const contents = memberOf(output, 'Contents');
    if (refusal !== undefined || !isArray(contents) || contents.length === 0) return false;
    const isCounted = ({ numbers: [expected, received] }: (typeof compared)[number]) =>
      expected === contents.length && received === 0;
    if (compared.some((one) => areNamesMissed(one, output, asked))) return true;
    return compared.some(isCounted) || (entries.at(-1) === entry && errors.some(comparesTruth));
  },
};

function listKeys(output: unknown): readonly unknown[] {
  const contents = memberOf(output, 'Contents');
  return isArray(contents) ? contents.map((one: unknown) => memberOf(one, 'Key')) : [];
}

/** Whether a test misses names in the folder, without the folder in front, which no other listing of the test had. */
function areNamesMissed(compared: ComparedTexts, output: unknown, { entry, entries }: Asked): boolean {
  const folder = `${memberOf(entry.input, 'Prefix')}${memberOf(entry.input, 'Delimiter')}`;
  const [keys, texts] = [new Set(listKeys(output)), readAnswer(output)];
  const isName = (text: string) => keys.has(`${folder}${text}`);
  const missing = listMissing(compared);
  if (!missing.some(isName) || !missing.every((text) => isName(text) || texts.has(text))) return false;
  // Code that has listed the folder as well has lost the names by itself.
  return !entries.some((one) => one.bucket === entry.bucket && listKeys(one.output).some((key) => keys.has(key)));
}
