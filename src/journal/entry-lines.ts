import { aligned, columnWidths } from '../text/columns';
import { beforeLine } from '../text/counts';
import { BRIEF, writeValue } from '../text/values';
import type { RequestEntry, RequestFailure } from './entry';
import { printableMember } from './secret-members';

/** An entry and its number among all requests, from 1. */
export interface NumberedEntry {
  readonly number: number;
  readonly entry: RequestEntry;
}

/** The number, the time, the operation, the resource and the status; the input and the client are not aligned. */
const ALIGNED_COLUMNS = 5;
const WIDEST_COLUMN = 40;
const REASON_LINES = 4;
const LISTED = 20;
const WRITTEN_RULES = 3;

/** Entries as aligned lines, each followed by the reason of its refusal and its notes. `below` adds lines under an entry. */
export function writeEntries<One extends NumberedEntry>(
  entries: readonly One[],
  below: (one: One) => readonly string[] = () => [],
): string {
  const rows = entries.map(({ number, entry }) => entryCells(number, entry));
  const [numberWidth = 0, ...widths] = columnWidths(rows, ALIGNED_COLUMNS, WIDEST_COLUMN);
  return entries
    .flatMap((one, index) => [
      `  ${entryRow(rows[index] ?? [], numberWidth, widths)}`,
      ...[...reasonOf(one.entry), ...below(one)].map((line) => `${' '.repeat(numberWidth + 3)}${line}`),
    ])
    .join('\n');
}

/** The last of the entries, since a failure is usually about those, and how many came before them. */
export function writeLastEntries<One extends NumberedEntry>(
  entries: { readonly length: number; slice(start: number): readonly One[] },
  below?: (one: One) => readonly string[],
  listed = LISTED,
): string {
  const before = entries.length - listed;
  const last = writeEntries(entries.slice(-listed), below);
  return before > 0 ? `  ${beforeLine(before)}\n${last}` : last;
}

function entryCells(number: number, entry: RequestEntry): readonly string[] {
  return [
    `${number}.`,
    entry.time.toISOString().slice(11, 23),
    entry.operation ?? '(no operation)',
    entry.operation === undefined ? `${entry.method} ${entry.url}` : resourceOf(entry),
    statusOf(entry),
    inputOf(entry),
    entry.client ?? '',
  ];
}

function statusOf({ status, error }: RequestEntry): string {
  if (status === 0) return 'no answer';
  return error === undefined ? `${status}` : `${status} ${error.code}`;
}

/** The number is followed by one space, the other cells by two. */
function entryRow([number = '', ...cells]: readonly string[], numberWidth: number, widths: readonly number[]): string {
  return `${number.padEnd(numberWidth)} ${aligned(cells, widths)}`;
}

function resourceOf({ bucket, key }: RequestEntry): string {
  return [bucket, key].filter((part) => part !== undefined).join('/');
}

/** Leaves out the bucket and the key, which have a column of their own, and the digests and the length that SDKs add to every request. */
function inputOf({ input, dropped = [] }: RequestEntry): string {
  const members = Object.entries(input)
    .filter(
      ([name, value]) =>
        value !== undefined &&
        !dropped.includes(name) &&
        !/^(?:Bucket|Key|Content(?:MD5|Length)|Checksum.*)$/.test(name),
    )
    .map(([name, value]) => [name, printableMember(name, value)]);
  const text = members.length === 0 ? '' : writeValue(Object.fromEntries(members), BRIEF);
  return [text, ...dropped.map((name) => `(${name} dropped)`)].filter((part) => part !== '').join(' ');
}

function reasonOf({ error, why, failure, notes }: RequestEntry): readonly string[] {
  const reason = why ?? error?.message;
  // If the mock has a bug, the reason is its stack, whose first lines name the place of the bug.
  return [
    ...(reason === undefined ? [] : `why: ${reason}`.split('\n', REASON_LINES)),
    ...(failure ? [`on purpose: ${failure.what}; ${appliedOf(failure)}`] : []),
    ...rulesOf(failure).map((rule) => `rule: ${rule}`),
    ...notes.map((note) => `note: ${note}`),
  ];
}

function appliedOf({ applied, entries }: RequestFailure): string {
  if (!applied) return 'not applied';
  return entries === undefined ? 'applied' : 'the other entries were carried out';
}

/** The rules that made entries of a batch fail. Of a request as a whole, the failure itself says it. */
function rulesOf(failure: RequestFailure | undefined): readonly string[] {
  return [...new Set(failure?.entries?.map(({ rule }) => rule))].slice(0, WRITTEN_RULES);
}
