import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/files';
import type { Kind } from './places';

/** Who notices that a place is broken. A place that no test passes is `unreached`: nobody can notice. */
export type Noticed = 'case' | 'room' | 'elsewhere' | 'nobody' | 'unreached';

export const allNoticed: readonly Noticed[] = ['case', 'room', 'elsewhere', 'nobody', 'unreached'];

export interface Row {
  readonly name: string;
  readonly noticed: Noticed;
  /** The case or the test file that notices. */
  readonly by: string;
  /** By hand: why a mutant that nobody notices is no mistake. */
  readonly note: string;
}

const folder = join(root, '__tests__/mutants/table');

const head = ['mutant', 'noticed', 'by', 'note'];

/** The room of a mutant, which is the name of the file with its row: the folder of its source. */
export function roomOf(name: string): string {
  const [file = ''] = name.split(' ');
  return file.split('/').slice(0, -1).join('.') || 'src';
}

export function kindOf(name: string): Kind {
  return name
    .split(' ')
    .slice(-3, -1)
    .join(' ')
    .replace(/^.* (?=negated$)/, '') as Kind; // the name ends with its kind and number
}

export function readTable(place = folder): Map<string, Row> {
  if (!existsSync(place)) return new Map();
  return new Map(readdirSync(place).flatMap((file) => readRows(readFileSync(join(place, file), 'utf8'))));
}

export function readRows(text: string): readonly (readonly [string, Row])[] {
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => {
    const [name = '', noticed = '', by = '', note = ''] = line.split('\t');
    return [name, { name, noticed: noticed as Noticed, by, note }]; // the file is written below
  });
}

export function writeRows(rows: readonly Row[]): string {
  const lines = rows.map(({ name, noticed, by, note }) => [name, noticed, by.replace(/\s+/g, ' '), note].join('\t'));
  return `${[head.join('\t'), ...lines].join('\n')}\n`;
}

/** Writes the rows of one room, in the order of its sources. */
export function writeRoom(room: string, rows: readonly Row[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${room}.tsv`), writeRows(rows));
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
  return `${count('Room', (name) => roomOf(name).replaceAll('.', '/'))}\n\n${count('Kind', kindOf)}`;
}

function writeCounts(title: string, rows: readonly Row[]): string {
  const ofWord = allNoticed.map((word) => rows.filter(({ noticed }) => noticed === word).length);
  const cells = [title, rows.length, ...ofWord, rows.filter(({ note }) => note !== '').length];
  return `| ${cells.join(' | ')} |`;
}
