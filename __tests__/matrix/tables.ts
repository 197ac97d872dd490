import type { Cell } from './cell';
import type { Field } from './field';
import { sortVersions } from './nodes';

export interface Row {
  readonly cell: Pick<Cell, 'matrix' | 'row' | 'column'>;
  readonly fields: ReadonlyMap<string, Field>;
}

const titles: Readonly<Record<Cell['matrix'], readonly [title: string, row: string, column: string]>> = {
  library: ['The library by itself', 'Program', 'Modules'],
  runners: ['Runners', 'Runner', 'Environment and modules'],
  neighbours: ['Neighbours', 'Neighbour', 'Order'],
};

/** A reason that would make a column wide is a note below. */
export function writeTables(rows: readonly Row[]): string {
  const notes = new Notes();
  const tables = Object.entries(titles).map(([matrix, [title, ...heads]]) => {
    const own = rows.filter(({ cell }) => cell.matrix === matrix);
    return own.length === 0 ? '' : `## ${title}\n\n${writeTable(own, heads, notes)}\n`;
  });
  return [...tables, notes.write()].filter((part) => part !== '').join('\n');
}

export function writeFailures(rows: readonly Row[]): string {
  const failures = rows.flatMap(({ cell, fields }) =>
    [...fields].flatMap(([version, field]) =>
      field.kind === 'failed' ? [`FAILED ${cell.row}, ${cell.column}, Node ${version}\n${field.output}`] : [],
    ),
  );
  return failures.join('\n');
}

function writeTable(rows: readonly Row[], heads: readonly string[], notes: Notes): string {
  const run = new Set(rows.flatMap(({ fields }) => [...fields.keys()]));
  const versions = sortVersions([...run]);
  const lines = [
    [...heads, ...versions.map((version) => `Node ${version}`)],
    [...heads, ...versions].map(() => '---'),
    ...rows.map(({ cell, fields }) => [
      cell.row,
      cell.column,
      ...versions.map((version) => writeField(fields.get(version), notes)),
    ]),
  ];
  return lines.map((fields) => `| ${fields.join(' | ')} |`).join('\n');
}

function writeField(field: Field | undefined, notes: Notes): string {
  if (field === undefined) return '';
  if (field.kind === 'ok') return 'ok';
  return field.kind === 'failed' ? 'FAILED' : `no (${notes.numberOf(field.by)})`;
}

class Notes {
  readonly #lines: string[] = [];

  numberOf(line: string): number {
    if (!this.#lines.includes(line)) this.#lines.push(line);
    return this.#lines.indexOf(line) + 1;
  }

  write(): string {
    if (this.#lines.length === 0) return '';
    const lines = this.#lines.map((line, index) => `${index + 1}. ${quote(line)}`);
    return `## What forbids it\n\n${lines.join('\n')}\n`;
  }
}

function quote(line: string): string {
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
