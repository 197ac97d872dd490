import { type RequestEntry, writesOfObjects } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import type { MockState } from '../mock/state';
import { isObject, type Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { readText } from '../preset/version-copies';
import { firstFound } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import { type ComparedValue, type FailedError, readValues } from '../thrown-errors';
import { isAssertion } from './errors';

/** A longer body is not parsed. */
const LONGEST = 10_000;

/** The most versions that are parsed. */
const VERSIONS = 100;

type Known = Pick<MockState, 'store' | 'fixtures'>;

/** Says which older version has the members that a test expects of the JSON which its code has read of the current one. */
export function writeOlderContent(
  known: Known,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const read = entries.findLast(({ method }) => method === 'GET' || method === 'HEAD');
  if (read?.operation !== 'GetObject' || read.error !== undefined || read.versionId !== undefined) return undefined;
  const [current, ...older] = listVersions(known, read).slice(0, VERSIONS);
  const answered = current && readLeaves(current);
  if (answered === undefined || older.length === 0) return undefined;
  return firstFound(errors.filter(isAssertion), ({ compared }) => {
    const [expected, received] = [compared?.expected, compared?.received].map((values = []) =>
      values.flatMap(readPrinted),
    );
    if (!expected?.length || !received?.length || !areIn(received, answered) || areIn(expected, answered))
      return undefined;
    const found = older.find((version) => areIn(expected, readLeaves(version) ?? []));
    if (found === undefined) return undefined;
    const id = versionIdOf(known.store, found);
    const what = hasOthers(found) ? 'the texts and numbers that the test expects' : 'what the test expects';
    return `${writeCall(read)} named no version, so S3 answered the current one${writeWriter(read, entries)}; the version ${writeValue(id)} has ${what}: send its VersionId to read it.${writeOrderOfFixture(known, { read, entries, id })}`;
  });
}

/** Says which request of the test has written the version that S3 answered: that one can be at fault, and not the read. */
function writeWriter({ bucket, key, output }: RequestEntry, entries: readonly RequestEntry[]): string {
  const id = memberOf(output, 'VersionId');
  const writer = entries.find(
    (one) =>
      one.bucket === bucket &&
      one.key === key &&
      writesOfObjects.has(one.operation) &&
      id !== undefined &&
      memberOf(one.output, 'VersionId') === id,
  );
  return writer === undefined ? '' : `, which ${writeCall(writer)} wrote`;
}

/** Whether a body has values that are neither texts nor numbers, which a runner does not give as values. */
function hasOthers(version: Version): boolean {
  return isObject(version) && /\b(?:true|false|null)\b/.test(readText(version));
}

function listVersions({ store }: Known, { bucket = '', key = '' }: RequestEntry): readonly Version[] {
  return [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
}

/** The members of the JSON in a body; undefined if it is no JSON. */
function readLeaves(version: Version): readonly ComparedValue[] | undefined {
  if (!isObject(version) || version.content.body.byteLength > LONGEST) return undefined;
  return parse(readText(version));
}

function parse(text: string): readonly ComparedValue[] | undefined {
  try {
    return readValues(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** In place of an object or a list, vitest passes its printed form, which is JSON but for its names of classes and its last commas. */
function readPrinted(one: ComparedValue): readonly ComparedValue[] {
  const { value } = one;
  if (typeof value !== 'string' || value.length > LONGEST || !/^(?:\w+ )?[[{]\n/.test(value)) return [one];
  const lines = value.split('\n').map((line) => line.replace(/(^|: )(?:Object|Array) (?=[[{])/, '$1'));
  const text = lines
    .map((line, at) => (/^\s*[\]}]/.test(lines[at + 1] ?? '') ? line.replace(/,$/, '') : line))
    .join('');
  return parse(text) ?? [one];
}

/** The least number of characters of a value without a name, since shorter ones are in many bodies. */
const SHORTEST = 3;

function areIn(values: readonly ComparedValue[], leaves: readonly ComparedValue[]): boolean {
  const named = new Set(leaves.map(writeNamed));
  const all = new Set(leaves.map(({ value }) => value));
  return values.every((one) =>
    one.name === '' ? String(one.value).length >= SHORTEST && all.has(one.value) : named.has(writeNamed(one)),
  );
}

function writeNamed({ name, value }: ComparedValue): string {
  return JSON.stringify([name, value]);
}

interface OldestQuestion {
  readonly read: Pick<RequestEntry, 'bucket' | 'key'>;
  readonly entries: readonly RequestEntry[];
  readonly id: string;
}

/**
 * Says how a fixture orders versions, if a test expects the oldest of those that were there when it began, and wrote none itself. Otherwise an
 * empty text.
 */
export function writeOrderOfFixture(
  { store, fixtures }: Known,
  { read: { bucket = '', key = '' }, entries, id }: OldestQuestion,
): string {
  const listIds = () =>
    [...(store.buckets.get(bucket)?.versions.of(key) ?? [])].map((version) => versionIdOf(store, version));
  const begun = store.unobserved(() => store.actOn(fixtures, listIds)).result;
  const isWritten = findRequestsOnKey({ dropped: 0, slice: () => [...entries] }, bucket, key).length > 0;
  // What a handle has written stands above all that the fixture lists.
  const isKept = listIds().join('\n') === begun.join('\n');
  if (isWritten || !isKept || begun.length < 2 || begun.at(-1) !== id) return '';
  return ` A fixture lists the versions of a key from the oldest to the newest: if ${writeValue(id)} should be the current one, write it last.`;
}
