import { URLSearchParams } from 'node:url';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findIgnored, type IgnoredMember, writeIgnored } from '../journal/ignored-members';
import { garble, readStored, writeEncodingHint, writeTagCure } from '../journal/stored-texts';
import { findUnset } from '../model/versions/near-keys';
import { firstFound, groupBy } from '../text/lists';
import { isRecord, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import { readAnswer } from './answer-texts';
import type { Comparison, PlainComparison } from './compared-texts';

/** Two texts that look the same and are not. */
export const hintAtUnicode: Comparison = ({ expected, received }) => {
  const sameInBothForms = groupBy(received, (one) => one.normalize());
  for (const text of expected) {
    const other = sameInBothForms.get(text.normalize())?.find((one) => one !== text);
    if (other === undefined) continue;
    const [form, otherForm] = [text, other].map((one) => (one === one.normalize('NFC') ? 'NFC' : 'NFD'));
    if (form === otherForm) continue;
    return `${writeKey(text)} is the same text on both sides, but in two Unicode forms: expected in ${form}, received in ${otherForm}. S3 takes them for two keys: make one form of both, key.normalize('NFC').`;
  }
  return undefined;
};

/** Where an answer has a value that was looked for under another name. */
interface Found {
  readonly entry: RequestEntry;
  readonly path: string;
}

/** Why people look for a member under another name. */
const reasons: readonly (readonly [path: RegExp, reason: string])[] = [
  [/^Metadata\b/, 'S3 stores the names of metadata in lower case, and SDKs leave x-amz-meta- out'],
  [
    /\.DeleteMarkerVersionId$/,
    'VersionId is the id that the request named, and DeleteMarkerVersionId that of the new marker',
  ],
  [/^Copy(?:Object|Part)Result\b/, 'SDKs have the document of the copy there'],
  [/^(?:Versions|DeleteMarkers)\b/, 'ListObjectVersions has no Contents'],
  [/^ContentLength$/, 'Size is the name in listings'],
];

/** The value that a test expected is in the last answers, but not where the code read it. */
export const hintAtOtherName: Comparison = ({ expected, received, isUndefined, entries }) => {
  if (expected.size === 0 || (!isUndefined && !isForNothing(received))) return undefined;
  const values = readValues(entries);
  for (const text of expected) {
    const named = values.get(text);
    // Code can have a value of its own in place of metadata that it does not find.
    const found = isUndefined || isMetadata(named, text) ? named : undefined;
    const reason = found && reasons.find(([path]) => path.test(found.path))?.[1];
    if (found !== undefined && reason !== undefined && (isUndefined || isOfCodeAlone(received, entries)))
      return `The answer to ${writeCall(found.entry)} has ${writeValue(text)} as ${found.path}: ${reason}.`;
  }
  return undefined;
};

/** A shorter text can be in any metadata. */
const SHORTEST = 3;

function isMetadata(found: Found | undefined, text: string): boolean {
  return found?.path.startsWith('Metadata') === true && text.length >= SHORTEST;
}

/** What code has in place of a value that is not there. */
const ofNothing =
  /^(?:unknown|anonymous|nobody|none|n\/a|default|missing|not set|unset|untitled|undefined|null|\?|-)$/i;

function isForNothing(received: ReadonlySet<string>): boolean {
  const [text = '', ...others] = received;
  return others.length === 0 && ofNothing.test(text);
}

/** Whether no request or answer has the text that a test received, in whatever case. */
function isOfCodeAlone(received: ReadonlySet<string>, entries: readonly RequestEntry[]): boolean {
  const [text = ''] = received;
  const isOf = (one: string) => one.toLowerCase() === text.toLowerCase();
  return !entries.some(({ input, output, body, key = '' }) => [key, ...readAnswer([input, output, body])].some(isOf));
}

/** The number of answers that are searched. Code compares what it has just read. */
const SEARCHED = 5;

/** Reads where the last answers have each value; the last answer, and the first place in it, comes first. */
function readValues(entries: readonly RequestEntry[]): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  for (const entry of entries.slice(-SEARCHED).toReversed())
    for (const [path, value] of listValues(entry.output))
      for (const text of readTexts(value)) if (!found.has(text)) found.set(text, { entry, path });
  return found;
}

/** The texts by which a test can expect a value: it can leave out the quotation marks of an ETag. */
function readTexts(value: unknown): readonly string[] {
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'string') return [];
  return value.startsWith('"') && value.endsWith('"') ? [value, value.slice(1, -1)] : [value];
}

/** The most values of an answer that are looked at. */
const VALUES = 1000;

/** The entries of ListObjectVersions are lists of their own in an SDK. */
function* listValues(output: unknown): Generator<readonly [path: string, value: unknown]> {
  const work: [path: string, value: unknown][] = [['', output]];
  for (const [path, value] of work) {
    if (work.length > VALUES) return;
    yield [path, value];
    if (Array.isArray(value)) for (const [index, item] of value.entries()) work.push([`${path}[${index}]`, item]);
    else if (isRecord(value))
      for (const [name, item] of Object.entries(value)) work.push([writeStep(path, name), item]);
  }
}

function writeStep(path: string, name: string): string {
  if (/^Entries\[\d+\]$/.test(path)) return `${name}[...]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${writeKey(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

/** Metadata that was compared as a whole, with names in upper case. */
export const hintAtMetadata: Comparison = ({ printed, expected, received, entries }) => {
  const printedNames = [...printed.matchAll(/(?<![\w-])([\w-]+)["']?: /g)].map(([, name = '']) => name);
  const names = groupBy(printedNames, withoutPrefix);
  for (const entry of entries.slice(-SEARCHED).toReversed()) {
    const metadata = memberOf(entry.output, 'Metadata');
    if (!isRecord(metadata)) continue;
    for (const [name, value] of Object.entries(metadata)) {
      const written = names.get(name)?.find((one) => one !== name);
      if (written === undefined || typeof value !== 'string' || !expected.has(value) || !received.has(value)) continue;
      return `S3 stores the names of metadata in lower case, and SDKs leave x-amz-meta- out: expect ${writeKey(name)} in place of ${writeKey(written)}.`;
    }
  }
  return undefined;
};

function withoutPrefix(name: string): string {
  return name.toLowerCase().replace(/^x-amz-meta-/, '');
}

/** Text beyond ASCII in metadata: HTTP carries bytes, and nobody says in which encoding. */
export const hintAtEncodedMetadata: Comparison = ({ expected, received }) => {
  const storedTexts = groupBy(received, readStored);
  return firstFound([...expected], (text) => {
    const stored = [text, garble(text)].flatMap((one) => storedTexts.get(one) ?? []);
    return firstFound(stored, (one) => writeEncodingHint(text, one));
  });
};

/** The most bodies that are compared with parts of them. A test reads one range at a time. */
const BODIES = 5;

/** Whether a test expects what an ignored member would have done. Others are expected by their text. */
const expectations: Readonly<Record<string, (value: unknown, comparison: PlainComparison) => boolean>> = {
  Metadata: (value, { expected }) => isRecord(value) && Object.values(value).some((one) => expected.has(String(one))),
  Tagging: (value, { expected, printed }) =>
    [...new URLSearchParams(String(value))].some(
      ([name, tag]) => expected.has(tag) || printed.includes(`"${name}": "${tag}"`),
    ),
  Range: (_value, { expected, received }) => {
    const [parts, texts] = [expected, received].map((side) => [...side].slice(0, BODIES));
    return texts?.some((text) => parts?.some((part) => part !== text && text.includes(part))) === true;
  },
};

export const hintAtIgnored: Comparison = (comparison) =>
  firstFound(comparison.entries.slice(-SEARCHED), (entry) => {
    const isExpected = ({ member }: IgnoredMember) => {
      const value = memberOf(entry.input, member);
      return expectations[member]?.(value, comparison) ?? comparison.expected.has(String(value));
    };
    const found = findIgnored(entry).find(isExpected);
    return found && writeIgnored(entry, found);
  });

/** Code judges what it reads of a range by itself, and has got the whole object. */
export const hintAtIgnoredRange: Comparison = ({ received, entries }) => {
  const entry = entries.at(-1);
  const answered = readAnswer(entry?.output);
  // What the answer has, the code has not made of it.
  if ([...received].some((text) => answered.has(text))) return undefined;
  const range = entry && findIgnored(entry).find(({ member }) => member === 'Range');
  return entry && range && writeIgnored(entry, range);
};

const taggedInput = ['PutObject', 'CopyObject', 'CreateMultipartUpload'];

/** The Tagging of a write is a query, which the code encodes by itself. */
export const hintAtTagging: Comparison = ({ expected, received, entries }) => {
  for (const entry of entries.filter(({ operation }) => operation !== undefined && taggedInput.includes(operation))) {
    const header = memberOf(entry.input, 'Tagging');
    const stored = typeof header === 'string' ? [...new URLSearchParams(header)].flat() : [];
    const text = [...expected].find(
      (one) => !received.has(one) && String(header).includes(one) && !stored.includes(one) && /[&=+%]/.test(one),
    );
    if (text !== undefined) return `${writeCall(entry)}: ${writeTagCure(text)}`;
  }
  return undefined;
};

/** A test expects a key, and the code wrote the text of an unset value into it. */
export const hintAtUnsetKey: Comparison = ({ expected, received, entries }) =>
  firstFound([...received], (text) => {
    const unset = expected.has(text) ? undefined : findUnset(text);
    const entry = unset && entries.findLast(({ key }) => key === text);
    const meant = unset && [...expected].find((key) => !received.has(key) && unset.isOf(key));
    return entry && meant !== undefined
      ? `${writeCall(entry)}: the code wrote a value that is ${unset?.text} into the key, where the test expects ${writeKey(meant)}.`
      : undefined;
  });
