import { types } from 'node:util';
import { aligned, columnWidths } from '../text/columns';
import { BRIEF, FULL, textOf, writeValue } from '../text/values';
import type { RequestEntry } from './entry';
import type { Difference } from './input-matching';

/** An entry and its place in all that came, from 1. */
export interface Numbered {
  readonly number: number;
  readonly entry: RequestEntry;
}

/** The number, the time, the operation, the resource and the status; the input and the client are not aligned. */
const ALIGNED_COLUMNS = 5;
const WIDEST_COLUMN = 40;
const REASON_LINES = 4;
const LONG_TEXT = 60;
const BEFORE_DIFFERENCE = 20;

/** Entries as aligned lines; under a refused one stands why. `below` adds lines of its own under an entry. */
export function listed<One extends Numbered>(
  entries: readonly One[],
  below: (one: One) => readonly string[] = () => [],
): string {
  const rows = entries.map(({ number, entry }) => cellsOf(number, entry));
  const [numberWidth = 0, ...widths] = columnWidths(rows, ALIGNED_COLUMNS, WIDEST_COLUMN);
  return entries
    .flatMap((one, index) => [
      `  ${rowOf(rows[index] ?? [], numberWidth, widths)}`,
      ...[...reasonOf(one.entry), ...below(one)].map((line) => `${' '.repeat(numberWidth + 3)}${line}`),
    ])
    .join('\n');
}

/** `VersioningConfiguration.Status: expected 'Suspended', received 'Enabled'` */
export function differenceText({ path, expected, actual }: Difference): string {
  const [wanted, came, place] = contrasted(expected, actual);
  return `${path === '' ? 'input' : path}: expected ${wanted}, received ${came}${place}`;
}

function cellsOf(number: number, entry: RequestEntry): readonly string[] {
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
function rowOf([number = '', ...cells]: readonly string[], numberWidth: number, widths: readonly number[]): string {
  return `${number.padEnd(numberWidth)} ${aligned(cells, widths)}`;
}

function resourceOf({ bucket, key }: RequestEntry): string {
  return [bucket, key].filter((part) => part !== undefined).join('/');
}

/** Without what stands in front already, and without the digests that SDKs add to every request. */
function inputOf({ input, dropped = [] }: RequestEntry): string {
  const members = Object.entries(input).filter(
    ([name, value]) =>
      value !== undefined && !dropped.includes(name) && !/^(?:Bucket|Key|ContentMD5|Checksum.*)$/.test(name),
  );
  const text = members.length === 0 ? '' : writeValue(Object.fromEntries(members), BRIEF);
  return [text, ...dropped.map((name) => `(${name} dropped)`)].filter((part) => part !== '').join(' ');
}

function reasonOf({ error, why, fault }: RequestEntry): readonly string[] {
  const reason = why ?? error?.message;
  const onPurpose = fault ? [`on purpose: ${fault.what}; ${fault.applied ? 'applied' : 'not applied'}`] : [];
  // What broke in the mock comes with its stack; where it broke stands in the first lines.
  return [...(reason === undefined ? [] : `why: ${reason}`.split('\n', REASON_LINES)), ...onPurpose];
}

/** Both values as text; of long texts, the place where they part. */
function contrasted(expected: unknown, actual: unknown): readonly [wanted: string, came: string, place: string] {
  const [wanted, came] = [asText(expected), asText(actual)];
  if (wanted === undefined || came === undefined || Math.max(wanted.length, came.length) <= LONG_TEXT) {
    return [writeValue(expected), writeValue(actual), byteWhereTheyPart(expected, actual)];
  }
  const at = firstDifference(wanted, came);
  return [around(wanted, at), around(came, at), ` (from character ${at + 1} of ${wanted.length} and ${came.length})`];
}

function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return types.isUint8Array(value) ? textOf(value) : undefined;
}

function byteWhereTheyPart(expected: unknown, actual: unknown): string {
  if (!types.isUint8Array(expected) || !types.isUint8Array(actual)) return '';
  return ` (from byte ${firstDifference(expected, actual) + 1})`;
}

function firstDifference(one: ArrayLike<unknown>, other: ArrayLike<unknown>): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at += 1;
  return at;
}

function around(text: string, at: number): string {
  const from = Math.max(0, at - BEFORE_DIFFERENCE);
  const part = text.slice(from, from + LONG_TEXT);
  const quoted = writeValue(part, FULL).slice(1, -1);
  return `'${from > 0 ? '…' : ''}${quoted}${from + LONG_TEXT < text.length ? '…' : ''}'`;
}
