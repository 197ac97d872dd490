import type { EntriesOfTest } from '../journal/earlier-calls';
import type { RequestEntry } from '../journal/entry';
import { requestColumns, writeCall } from '../journal/entry-text';
import { writeLines } from '../journal/lines';
import { counted, grouped, restLine } from '../text/counts';
import { isRecord } from '../text/value-kinds';
import { visible } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { readCallers } from './caller-text';
import { type PlainComparison, readCompared } from './compared-texts';
import { isAssertion, isOfCode } from './errors';
import { writeHintAtUndefined, writeHints } from './plain-comparisons';
import { findTrouble } from './refused';

const LISTED = 5;
/** Writes the notes on what the mock accepted although S3 would not. Notes on late calls have lines of their own. */
export function writeNotes(
  { entries }: EntriesOfTest,
  isWritten: (entry: RequestEntry) => boolean,
): string | undefined {
  const found = new Map<string, { readonly entry: RequestEntry; readonly note: string; readonly count: number }>();
  for (const entry of entries) {
    for (const note of entry.notes) {
      if (isWritten(entry)) continue;
      const name = [entry.operation, entry.bucket, entry.key, note].join('\n');
      found.set(name, { entry, note, count: (found.get(name)?.count ?? 0) + 1 });
    }
  }
  const noted = [...found.values()];
  const lines = noted.slice(0, LISTED).map(({ entry, note, count }) => {
    const times = count === 1 ? '' : ` (${grouped(count)} times)`;
    return `${writeCall(entry)}: ${note}${writeCureOfFolder(entry, note)}${times}`;
  });
  const rest = noted.length - lines.length;
  return lines.length === 0 ? undefined : [...lines, ...(rest > 0 ? [restLine(rest, 'note')] : [])].join('\n');
}

/** The note on a key that is only the beginning of others says what is there, and clients delete it in different ways. */
function writeCureOfFolder({ operation, client = '', bucket, key = '' }: RequestEntry, note: string): string {
  if (operation !== 'DeleteObject' || !note.includes('S3 has no folders: ')) return '';
  const prefix = key.endsWith('/') ? key : `${key}/`;
  return client.startsWith('aws-cli/')
    ? `: aws s3 rm --recursive s3://${visible(`${bucket}/${prefix}`)} deletes the keys below it`
    : ': list the keys with that Prefix, and delete each of them';
}

/** Writes hints for an assertion of the runner whose comparison cannot hold, and what to compare instead. */
export function writeCompared(
  { entries }: EntriesOfTest,
  errors: readonly FailedError[],
  stored: Pick<
    PlainComparison,
    | 'isVersion'
    | 'readVersions'
    | 'findIdOf'
    | 'listOpenUploads'
    | 'findOlder'
    | 'hasObjects'
    | 'isOwner'
    | 'countVersions'
    | 'readAlgorithm'
    | 'findKeyBefore'
    | 'listDated'
    | 'sumSizes'
    | 'listDeletedObjects'
    | 'readsHandle'
    | 'isOfHandle'
    | 'findOrigin'
  >,
): string | undefined {
  if (entries.length === 0) return undefined;
  const hints = errors.flatMap((error) => {
    const comparison = () => ({ ...readCompared(error), entries, ...stored });
    if (isAssertion(error)) return writeHints(comparison());
    return error.name === 'TypeError' ? writeHintAtUndefined(comparison()) : [];
  });
  return hints.length === 0 ? undefined : [...new Set(hints)].join('\n');
}

/**
 * Writes all requests if they are few, else the requests that returned or wrote the compared values. Writes none if a request was refused,
 * since the refusal is the reason, and has its line. It is no reason if a missing key was read later.
 */
export function writeSent(
  { entries }: EntriesOfTest,
  owner: string,
  errors: readonly FailedError[],
): string | undefined {
  const assertions = errors.filter(isAssertion);
  const isReason = (entry: RequestEntry, index: number) =>
    isOfTrouble(entry) && !isOvercome(entry, entries.slice(index + 1));
  if (entries.length === 0 || assertions.length === 0 || entries.some(isReason)) return undefined;
  // Whoever asks without an error reads the last requests.
  if (entries.length <= LISTED || assertions.every(({ message }) => message === '')) return writeLast(entries, owner);
  const values = new Set(assertions.flatMap((error) => [...readCompared(error).all]));
  const related = findRelated(entries, values);
  if (related.length === 0) return undefined;
  const which = related.length === LISTED ? `the last ${LISTED}` : 'those';
  return `Of ${writeAll(entries, owner)}, ${which} with a value that was compared:\n${writeOutcomes(related)}`;
}

/** Writes the last requests before code threw an error of its own: it judged what they returned. */
export function writeSentBeforeError(
  { entries }: EntriesOfTest,
  owner: string,
  errors: readonly FailedError[],
): string | undefined {
  // An error that explains itself can have one of the code as its cause, or be the cause.
  const areOfCode = errors.length > 0 && errors.every(isOfCode);
  return areOfCode && entries.length > 0 && !entries.some(isOfTrouble) ? writeLast(entries, owner) : undefined;
}

/** Whether code has asked for a key that was not there, and has read it since, or has written it and gone on. */
function isOvercome({ error, method, bucket, key }: RequestEntry, later: readonly RequestEntry[]): boolean {
  const isSame = (one: RequestEntry) => one.status < 300 && one.bucket === bucket && one.key === key;
  const isRead = (one: RequestEntry) => isSame(one) && (one.method === 'GET' || one.method === 'HEAD');
  const isWritten = (one: RequestEntry) => isSame(one) && one.operation === 'PutObject';
  const isMissing = error?.code === 'NoSuchKey' && (method === 'GET' || method === 'HEAD');
  return isMissing && (later.some(isRead) || later.slice(0, -1).some(isWritten));
}

function isOfTrouble(entry: RequestEntry): boolean {
  return findTrouble(entry).length > 0;
}

function writeAll({ length }: readonly RequestEntry[], owner: string): string {
  return `the ${counted(length, 'request')} of ${owner}`;
}

function writeLast(entries: readonly RequestEntry[], owner: string): string {
  const all = writeAll(entries, owner);
  // What was refused has its line already.
  const unrefused = (text: string) => (entries.some(isOfTrouble) ? '' : text);
  if (entries.length === 1) return `The request of ${owner}, which was not refused:\n${writeOutcomes(entries)}`;
  if (entries.length <= LISTED)
    return `T${all.slice(1)}${unrefused(', none of which was refused')}:\n${writeOutcomes(entries)}`;
  return `Of ${all}${unrefused(', none of which was refused')}, the last ${LISTED}:\n${writeOutcomes(entries.slice(-LISTED), entries)}`;
}

/** Returns the last related requests. */
function findRelated(entries: readonly RequestEntry[], values: ReadonlySet<string>): readonly RequestEntry[] {
  const found: RequestEntry[] = [];
  if (values.size === 0) return found;
  for (let index = entries.length - 1; index >= 0 && found.length < LISTED; index -= 1) {
    const entry = entries[index];
    if (entry !== undefined && hasOneOf(entry, values)) found.unshift(entry);
  }
  return found;
}

/** The outcomes without times and clients, without members that have their own lines, and without the long and changing policies of forms. */
const outcomes = {
  ...requestColumns,
  cells: (entry: RequestEntry) => requestColumns.cells(entry).slice(1, entry.operation === 'PostObject' ? 4 : 5),
  aligned: 3,
  ofMoment: 0,
  below: () => [],
};

/** A request that a rule of the test delays is answered all the same. */
function writeFailure({ failure }: RequestEntry): string {
  return failure === undefined ? '' : `(on purpose: ${failure.what})`;
}

/** `all` are the requests of the test, among which the numbers count if their callers are named. */
function writeOutcomes(entries: readonly RequestEntry[], all = entries): string {
  const nameCaller = readCallers(all);
  const columns = {
    ...outcomes,
    cells: (entry: RequestEntry) => [...outcomes.cells(entry), nameCaller(all.indexOf(entry)), writeFailure(entry)],
  };
  return writeLines(
    columns,
    entries.map((entry, index) => ({ number: index + 1, entry })),
  );
}

/** Members that most requests of a test have in common. */
const ofAll: ReadonlySet<string> = new Set(['Bucket', 'StatusCode']);

function hasOneOf({ key, bucket, input, output, body }: RequestEntry, values: ReadonlySet<string>): boolean {
  const isMet = (value: unknown) =>
    (typeof value === 'string' || typeof value === 'number') && values.has(String(value));
  if (isMet(key) && key !== bucket) return true;
  const members = [input, output].flatMap((one) => (isRecord(one) ? Object.entries(one) : []));
  if (members.some(([name, value]) => !ofAll.has(name) && isMet(value))) return true;
  return [body, isRecord(output) ? Reflect.get(output, 'Body') : undefined].some(
    (bytes) => isText(bytes) && isMet(bytes.toString()),
  );
}

/** The number of bytes that are printed; longer bytes are printed in part. */
const LONGEST = 1000;

function isText(bytes: unknown): bytes is Buffer {
  return Buffer.isBuffer(bytes) && bytes.length <= LONGEST;
}
