import { aligned, columnWidths } from '../text/columns';
import { beforeLine, counted, grouped } from '../text/counts';

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
  /** The number of first cells that differ in each entry, such as its time. */
  readonly ofMoment: number;
  readonly below: (entry: Entry) => readonly string[];
}

/** The number of entries that a text lists if its author names no other number. */
export const LISTED = 20;
const PRINTED = 100;

/** Entries that follow each other and differ in nothing but their moment. */
interface Group<One> {
  readonly first: One;
  readonly last: One;
  readonly count: number;
  readonly text: string;
  readonly cells: readonly string[];
  readonly below: readonly string[];
}

/** The least number of equal entries that are written as one. */
const FOLDED = 4;
/** The most entries that are searched for equal ones. */
const SEARCHED = 1000;

function groupEqual<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  entries: readonly One[],
  below: (one: One) => readonly string[],
): readonly Group<One>[] {
  const groups: Group<One>[] = [];
  for (const one of entries) {
    const cells = columns.cells(one.entry);
    const more = [...columns.below(one.entry), ...below(one)];
    const text = JSON.stringify([cells.slice(columns.ofMoment), more]);
    const group = groups.at(-1);
    if (group?.text === text) groups[groups.length - 1] = { ...group, last: one, count: group.count + 1 };
    else groups.push({ first: one, last: one, count: 1, text, cells, below: more });
  }
  return groups;
}

/** If only a few entries are equal, each has its line. */
function splitSmall<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  groups: readonly Group<One>[],
  entries: readonly One[],
): readonly Group<One>[] {
  let at = 0;
  return groups.flatMap((group) => {
    const own = entries.slice(at, at + group.count);
    at += group.count;
    if (group.count >= FOLDED) return group;
    return own.map((one) => ({ ...group, first: one, last: one, count: 1, cells: columns.cells(one.entry) }));
  });
}

function fold<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  entries: readonly One[],
  below: (one: One) => readonly string[],
): readonly Group<One>[] {
  return splitSmall(columns, groupEqual(columns, entries, below), entries);
}

function writeGroups<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  groups: readonly Group<One>[],
): string {
  const rows = groups.map(({ first, cells }) => [`${first.number}.`, ...cells]);
  const [numberWidth = 0, ...widths] = columnWidths(rows, columns.aligned, columns.widest);
  const lines = groups.flatMap(({ below, count, last }, index) => {
    const [number = '', ...cells] = rows[index] ?? [];
    const repeated = count === 1 ? [] : [`and ${grouped(count - 1)} times the same, up to ${last.number}.`];
    const more = [...below, ...repeated].map((line) => `${' '.repeat(numberWidth + 3)}${line}`);
    return [`  ${number.padEnd(numberWidth)} ${aligned(cells, widths)}`, ...more];
  });
  return lines.join('\n');
}

/** Repeated entries, such as those of a loop, are written as one. */
export function writeLines<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  entries: readonly One[],
  below: (one: One) => readonly string[] = () => [],
): string {
  return writeGroups(columns, fold(columns, entries, below));
}

export function writeLast<Entry, One extends Numbered<Entry>>(
  columns: Columns<Entry>,
  entries: Pick<readonly One[], 'length' | 'slice'>,
  below: (one: One) => readonly string[] = () => [],
  listed = LISTED,
): string {
  const groups = fold(columns, entries.slice(-SEARCHED), below).slice(-listed);
  const before = entries.length - groups.reduce((sum, { count }) => sum + count, 0);
  const last = writeGroups(columns, groups);
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
