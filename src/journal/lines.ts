import { aligned, columnWidths } from '../text/columns';
import { beforeLine, counted } from '../text/counts';

export interface Numbered<Entry> {
  readonly number: number;
  readonly entry: Entry;
}

export interface LogKind {
  readonly label: string;
  readonly noun: 'request' | 'event' | 'service action';
}

export interface Columns<Entry> extends LogKind {
  readonly cells: (entry: Entry) => readonly string[];
  readonly aligned: number;
  readonly widest: number;
  readonly below: (entry: Entry) => readonly string[];
}

/** The number of entries that a text lists if its author names no other number. */
export const LISTED = 20;
const PRINTED = 100;

export function writeLines<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  entries: readonly One[],
  below: (one: One) => readonly string[] = () => [],
): string {
  const rows = entries.map(({ number, entry }) => [`${number}.`, ...columns.cells(entry)]);
  const [numberWidth = 0, ...widths] = columnWidths(rows, columns.aligned, columns.widest);
  const lines = entries.flatMap((one, index) => {
    const [number = '', ...cells] = rows[index] ?? [];
    const more = [...columns.below(one.entry), ...below(one)].map((line) => `${' '.repeat(numberWidth + 3)}${line}`);
    return [`  ${number.padEnd(numberWidth)} ${aligned(cells, widths)}`, ...more];
  });
  return lines.join('\n');
}

export function writeLast<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  entries: Pick<readonly One[], 'length' | 'slice'>,
  below?: (one: One) => readonly string[],
  listed = LISTED,
): string {
  const before = entries.length - listed;
  const last = writeLines(columns, entries.slice(-listed), below);
  return before > 0 ? `  ${beforeLine(before)}\n${last}` : last;
}

export interface Sliced<Entry> {
  readonly dropped: number;
  slice(): Entry[];
}

export function writeLog<Entry>(
  log: Sliced<Entry>,
  columns: Columns<Entry>,
  { first = () => [], below }: LinesBetween<Entry> = {},
): string {
  const all = numbered(log);
  const printed = all.slice(-PRINTED);
  const before = log.dropped + all.length - printed.length;
  const lines = [...(before > 0 ? [beforeLine(before)] : []), ...first(before)].map((line) => `  ${line}`);
  return [`${counted(all.length, columns.noun)}:`, ...lines, writeLines(columns, printed, below)].join('\n');
}

interface LinesBetween<Entry> {
  readonly first?: (before: number) => readonly string[];
  readonly below?: (one: Numbered<Entry>) => readonly string[];
}

export function numbered<Entry>(log: Sliced<Entry>): readonly Numbered<Entry>[] {
  return log.slice().map((entry, index) => ({ number: log.dropped + index + 1, entry }));
}
