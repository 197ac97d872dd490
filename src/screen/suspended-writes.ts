import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { readTexts } from './handle-read';
import type { Question } from './hint';
import { findOtherObject, findOtherVersions, listDifferences } from './library-assertions';
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
