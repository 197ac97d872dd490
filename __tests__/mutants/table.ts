import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/files';
import type { Kind } from './places';

/** Who notices that a place is broken. A place that no test passes is `unreached`: nobody can notice. */
export type Noticed = 'case' | 'room' | 'elsewhere' | 'nobody' | 'unreached';

const allNoticed: readonly Noticed[] = ['case', 'room', 'elsewhere', 'nobody', 'unreached'];

export interface Row {
  readonly name: string;
  readonly noticed: Noticed;
  /** The case or the test file that notices; if nobody does, what is broken there, as it is written. */
  readonly by: string;
  /** By hand: why a mutant that nobody notices is no mistake. */
  readonly note: string;
}

/** The reason was found for other code of the same name: numbers of places move when a function changes. */
const ofOtherCode = 'of other code: ';

export function hasReason({ note }: Pick<Row, 'note'>): boolean {
  return note !== '' && !note.startsWith(ofOtherCode);
}

/** Whether the place that nobody notices is no longer written as it was when it was tried. */
export function isMoved({ noticed, by }: Row, text: string | undefined): boolean {
  return (noticed === 'nobody' || noticed === 'unreached') && by !== text;
}

/** Doubts the reason of a place that has moved, until somebody reads it again. */
export function doubtMoved(row: Row, text: string): Row {
  return isMoved(row, text) && hasReason(row) ? { ...row, note: `${ofOtherCode}${row.note}` } : row;
}

export type Table = Map<string, Row>;

/** The places that nobody notices, each with its reason. What else a run finds out stays on the machine. */
const unnoticed = join(root, '__tests__/mutants/unnoticed.tsv');

const tableName = 'table.tsv';

/** `folder` is the one of the broken sources. */
export function readTable(folder: string): Table {
  return new Map([...readRows(join(folder, tableName)), ...readRows(unnoticed)].map((row) => [row.name, row]));
}

function readRows(file: string): readonly Row[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [name = '', noticed = '', by = '', note = ''] = line.split('\t');
    return { name, noticed: noticed as Noticed, by, note }; // the file is written below
  });
}

export function writeTable(folder: string, rows: readonly Row[]): void {
  writeFileSync(join(folder, tableName), writeRows(rows));
  writeFileSync(unnoticed, writeRows(rows.filter(({ noticed }) => noticed === 'nobody' || noticed === 'unreached')));
}

function writeRows(rows: readonly Row[]): string {
  const lines = rows.map(({ name, noticed, by, note }) => [name, noticed, by.replace(/\s+/g, ' '), note].join('\t'));
  return `${lines.join('\n')}\n`;
}

function roomOf(name: string): string {
  const [file = ''] = name.split(' ');
  return file.split('/').slice(0, -1).join('/') || 'src';
}

function kindOf(name: string): Kind {
  return name
    .split(' ')
    .slice(-3, -1)
    .join(' ')
    .replace(/^.* (?=negated$)/, '') as Kind; // the name ends with its kind and number
}

/** The counts by room and by kind, as tables of Markdown. */
export function writeSummary(rows: readonly Row[]): string {
  const count = (title: string, group: (name: string) => string) => {
    const groups = [...new Set(rows.map(({ name }) => group(name)))].toSorted();
    const lines = groups.map((one) => {
      const inGroup = rows.filter(({ name }) => group(name) === one);
      return writeCounts(one, inGroup);
    });
    const columns = ['mutants', ...allNoticed, 'with a reason'];
    return [
      `| ${title} | ${columns.join(' | ')} |`,
      `| --- |${columns.map(() => ' ---: |').join('')}`,
      ...lines,
      writeCounts('all', rows),
    ].join('\n');
  };
  return `${count('Room', roomOf)}\n\n${count('Kind', kindOf)}`;
}

function writeCounts(title: string, rows: readonly Row[]): string {
  const ofWord = allNoticed.map((word) => rows.filter(({ noticed }) => noticed === word).length);
  const cells = [title, rows.length, ...ofWord, rows.filter(hasReason).length];
  return `| ${cells.join(' | ')} |`;
}
