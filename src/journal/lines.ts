import { aligned, columnWidths } from '../text/columns';
import { beforeLine } from '../text/counts';

export interface Numbered<Entry> {
  readonly number: number;
  readonly entry: Entry;
}

export interface Columns<Entry> {
  readonly cells: (entry: Entry) => readonly string[];
  readonly aligned: number;
  readonly widest: number;
  readonly below: (entry: Entry) => readonly string[];
}

const LISTED = 20;

/** Entries as aligned lines. `below` adds lines under an entry. */
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
    // The number is followed by one space, the other cells by two.
    return [`  ${number.padEnd(numberWidth)} ${aligned(cells, widths)}`, ...more];
  });
  return lines.join('\n');
}

/** The last of the entries, since a failure is usually about those, and how many came before them. */
export function writeLast<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  entries: readonly One[],
  below?: (one: One) => readonly string[],
  listed = LISTED,
): string {
  const before = entries.length - listed;
  const last = writeLines(columns, entries.slice(-listed), below);
  return before > 0 ? `  ${beforeLine(before)}\n${last}` : last;
}

export function numbered<Entry>(log: { readonly dropped: number; slice(): Entry[] }): readonly Numbered<Entry>[] {
  return log.slice().map((entry, index) => ({ number: log.dropped + index + 1, entry }));
}
