import { type RequestEntry, writesOfObjects } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import { isObject, type Version } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { readText } from '../preset/version-copies';
import { firstFound } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { type ComparedTexts, readCompared } from './compared-texts';
import { countsCalls, isAssertion } from './errors';
import { type LastHandleRead, readTexts } from './handle-read';
import type { Question } from './hint';
import {
  type AssertedObject,
  countExpectedVersions,
  findOtherObject,
  findOtherVersions,
  listDifferences,
} from './library-assertions';
import { listMissing } from './trials/expectation';

/** A write to the null version of a key, the write that replaced it, and the request that suspended versioning before both. */
interface Replaced {
  readonly suspended: RequestEntry;
  readonly first: RequestEntry;
  readonly second: RequestEntry;
  readonly text: string;
}

interface Missed {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  readonly text: string;
}

/** A longer body is not compared with what a runner prints. */
const LONGEST = 1000;

function readBody({ body }: RequestEntry): string | undefined {
  return body !== undefined && body.byteLength <= LONGEST ? Buffer.from(body).toString() : undefined;
}

interface Suspended {
  readonly by: RequestEntry;
  /** The last write of each key. */
  readonly writes: Map<string | undefined, RequestEntry>;
}

/** The requests by which a test has suspended the versioning of buckets, and not enabled it again so far. */
function noteVersioning(suspended: Map<string, Suspended>, entry: RequestEntry): void {
  const { operation, bucket = '', input } = entry;
  if (operation !== 'PutBucketVersioning') return;
  const isSuspended = memberOf(memberOf(input, 'VersioningConfiguration'), 'Status') === 'Suspended';
  if (isSuspended) suspended.set(bucket, { by: entry, writes: new Map() });
  else suspended.delete(bucket);
}

/** Finds each write that replaced the null version which another write had made while versioning was suspended. */
function listReplaced(entries: readonly RequestEntry[]): readonly Replaced[] {
  const suspended = new Map<string, Suspended>();
  return entries.flatMap((second) => {
    const { operation, method, bucket = '', key, error } = second;
    if (error !== undefined) return [];
    noteVersioning(suspended, second);
    const { by, writes } = suspended.get(bucket) ?? {};
    const first = writes?.get(key);
    // A delete, or a write by another operation, has replaced or removed the version before the next write.
    if (operation !== 'PutObject' && method !== 'GET' && method !== 'HEAD') writes?.delete(key);
    if (operation === 'DeleteObjects') writes?.clear();
    if (operation !== 'PutObject') return [];
    writes?.set(key, second);
    const text = first && readBody(first);
    return by && first && text && text !== readBody(second) ? [{ suspended: by, first, second, text }] : [];
  });
}

/** What an assertion misses of the bodies of a key. The runner names no key, so it is that which was read last. */
function listMissedTexts(error: FailedError, entries: readonly RequestEntry[]): readonly Missed[] {
  const ofLibrary = findOtherObject([error]) ?? findOtherVersions([error]);
  if (ofLibrary !== undefined)
    return listDifferences(ofLibrary.text).flatMap(({ member, expected: text }) =>
      text !== undefined && /^(?:body|\[\d+\](?:\.body)?)$/.test(member) ? { ...pick(ofLibrary), text } : [],
    );
  const read = entries.findLast(({ operation }) => operation === 'GetObject');
  return read && isAssertion(error) ? listMissing(readCompared(error)).map((text) => ({ ...pick(read), text })) : [];
}

function pick({ bucket, key }: Omit<Missed, 'text'>): Omit<Missed, 'text'> {
  return { bucket, key };
}

/** Says which write replaced the null version whose body a test misses, after the test itself had suspended versioning. */
export function writeSuspended({ store, entries, errors }: Question): string | undefined {
  const missed = errors.flatMap((error) => listMissedTexts(error, entries));
  const isMissed = ({ first, text }: Replaced) =>
    missed.some((one) => one.bucket === first.bucket && one.key === first.key && one.text === text);
  const found = missed.length === 0 ? undefined : listReplaced(entries).findLast(isMissed);
  if (found === undefined) return undefined;
  const { suspended, first, second, text } = found;
  const { bucket = '', key = '' } = first;
  const versions = [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
  const isLeft = versions.some((version) => readTexts(store, version).includes(text));
  if (isLeft || !isAskedFor(entries, found, errors)) return undefined;
  return `${writeCall(suspended)} suspended versioning, so each later write of ${writeKey(key)} replaced its null version: ${writeCall(second)} with ${writeBody(second)} replaced the one with ${writeValue(text)}, which no version has any more. Keep versioning Enabled to be able to go back.`;
}

function writeBody(write: RequestEntry): string {
  return writeValue(readBody(write) ?? write.body);
}

/** Whether the test asks for versions, or its code has read the key after the write that replaced the version. What is current alone is another question. */
function isAskedFor(entries: readonly RequestEntry[], { second }: Replaced, errors: readonly FailedError[]): boolean {
  if (errors.some((error) => findOtherVersions([error]) !== undefined)) return true;
  return entries
    .slice(entries.indexOf(second) + 1)
    .some(({ operation, bucket, key }) => operation === 'GetObject' && bucket === second.bucket && key === second.key);
}

interface StayedQuestion extends Question {
  readonly ofHandle: LastHandleRead | undefined;
}

/** The versions of a key of a bucket whose versioning is suspended, after a write of the test. */
interface OfSuspended {
  readonly write: RequestEntry;
  /** The versions below the null version, oldest first. Each has an id. */
  readonly stayed: readonly Version[];
  readonly current: Version;
}

/** Says that a write replaced the null version alone, where a test expects that it replaced the version which was current. */
export function writeStayed({ store, entries, errors, ofHandle }: StayedQuestion): string | undefined {
  return firstFound(errors, (error) => {
    const asserted = findOtherVersions([error]);
    const asked = asserted ?? (isAssertion(error) ? findAskedVersions(entries, ofHandle) : undefined);
    const found = asked && findOfSuspended(store, entries, asked);
    if (found === undefined) return undefined;
    const count = asserted === undefined ? countUnwanted(readCompared(error), found) : countUnexpected(asserted, found);
    return count === undefined ? undefined : writeStayedVersions(store, found, count);
  });
}

/** The key whose versions a plain assertion compares: the one that the test has read last. */
function findAskedVersions(
  entries: readonly RequestEntry[],
  ofHandle: LastHandleRead | undefined,
): Pick<RequestEntry, 'bucket' | 'key'> | undefined {
  if (ofHandle !== undefined) return ofHandle.isOfVersions ? ofHandle : undefined;
  const read = entries.findLast(({ method }) => method === 'GET' || method === 'HEAD');
  const prefix = memberOf(read?.input, 'Prefix');
  return read?.operation === 'ListObjectVersions' && typeof prefix === 'string'
    ? { bucket: read.bucket, key: prefix }
    : undefined;
}

function findOfSuspended(
  store: Question['store'],
  entries: readonly RequestEntry[],
  { bucket: name = '', key = '' }: Pick<RequestEntry, 'bucket' | 'key'>,
): OfSuspended | undefined {
  const bucket = store.buckets.get(name);
  // A rule can be what should have removed the versions.
  if (bucket?.versioningHistory.present !== 'Suspended' || bucket.lifecycle !== undefined) return undefined;
  const [current, ...older] = [...bucket.versions.of(key)];
  if (current === undefined || !isObject(current) || versionIdOf(store, current) !== 'null') return undefined;
  const requests = findRequestsOnKey({ dropped: 0, slice: () => [...entries] }, name, key).map((one) => one.recorded);
  const write = requests.findLast(({ operation, error }) => error === undefined && writesOfObjects.has(operation));
  const id = memberOf(write?.output, 'VersionId');
  // The null version is that of a handle, and the last write of the test came before versioning was suspended.
  if (typeof id === 'string' && id !== 'null') return undefined;
  // A delete of the test can have been meant to remove them.
  const isDeleted = requests.some(({ operation = '' }) => operation.startsWith('DeleteObject'));
  return write === undefined || older.length === 0 || isDeleted
    ? undefined
    : { write, stayed: older.toReversed(), current };
}

function readShort(version: Version): string | undefined {
  return isObject(version) && version.content.body.byteLength <= LONGEST ? readText(version) : undefined;
}

/** How many versions `toHaveVersions` found too many right below the null version; undefined if it misses anything else. */
function countUnexpected(asserted: AssertedObject, { stayed, current }: OfSuspended): number | undefined {
  const found = [...stayed, current].map(readShort);
  const expected = found.slice(0, countExpectedVersions(asserted));
  const count = found.length - expected.length;
  for (const { member, expected: text } of listDifferences(asserted.text)) {
    const at = Number(/^\[(\d{1,9})\](?:\.body)?$/.exec(member)?.[1] ?? Number.NaN);
    if (Number.isNaN(at) || (at < expected.length && text === undefined)) return undefined;
    if (at < expected.length) expected[at] = text;
  }
  const isBelow = expected.every((text, at) =>
    at === expected.length - 1 ? text === readShort(current) : text === found[at],
  );
  return count > 0 && isBelow ? count : undefined;
}

/** How many versions a plain assertion found too many right below the null version. */
function countUnwanted(compared: ComparedTexts, { stayed, current }: OfSuspended): number | undefined {
  const { expected, received, numbers, printed } = compared;
  if (countsCalls(printed)) return undefined;
  const [least, most] = numbers;
  if (least !== undefined && most !== undefined)
    return most === stayed.length + 1 && (least === most - 1 || least === 1) ? most - least : undefined;
  const isExpected = (version: Version) => expected.has(readShort(version) ?? '');
  const isUnwanted = (version: Version) => received.has(readShort(version) ?? '') && !isExpected(version);
  const first = stayed.findIndex(isUnwanted);
  const isBelow =
    isExpected(current) && first >= 0 && stayed.every((one, at) => (at < first ? isExpected(one) : isUnwanted(one)));
  return isBelow && listMissing({ expected, received }).length === 0 ? stayed.length - first : undefined;
}

/** What a sentence names of the versions. */
const NAMED = 3;

function writeStayedVersions(store: Question['store'], { write, stayed }: OfSuspended, count: number): string {
  const versions = stayed.slice(-count);
  const names = versions.slice(-NAMED).map((version) => writeValue(readShort(version) ?? versionIdOf(store, version)));
  const [all, have, stay, them] =
    count === 1
      ? [`version ${names.join('')}`, 'has an id', 'stays', 'it']
      : [`versions ${count > NAMED ? `up to ${names.at(-1)}` : names.join(', ')}`, 'have ids', 'stay', 'them'];
  return `The versioning of bucket '${write.bucket}' is Suspended, so ${writeCall(write)} replaces the null version alone, if there is one. The ${all} ${have}, and ${stay}: expect ${them} as well, or delete ${count === 1 ? 'it' : 'each'} by its VersionId.`;
}
