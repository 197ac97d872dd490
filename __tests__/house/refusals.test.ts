import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { wordRefusal } from '../../src/refusals/index';
import type { RefusalName, S3Error } from '../../src/refusals/s3-error';
import { root, textOf, visit } from './sources';

/** A row of the table of refusals. */
interface Row {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly file: string;
  readonly title: string;
}

const book = 'docs/refusals.md';
const lines = textOf(book)
  .split('\n')
  .filter((line) => line.startsWith('| `'));
const form =
  /^\| `(?<name>\w+)` \| (?<status>\d{3}) `(?<code>\w+)` \| (?<text>[^|]*) \| [^|]+ \| \[`(?<file>[^`]+)`\]\(\.\.\/__tests__\/\k<file>\) `(?<title>[^`]+)` \|$/;
const rows = lines.flatMap((line): readonly Row[] => {
  const { name = '', status, code = '', text = '', file = '', title = '' } = form.exec(line)?.groups ?? {};
  return name === '' ? [] : [{ name, status: Number(status), code, text, file: `__tests__/${file}`, title }];
});

/** The names of S3Error by the comments they stand under. */
const groups = new Map(
  textOf('src/refusals/s3-error.ts')
    .split(/^ {2}\/\/ /m)
    .slice(1)
    .map((part) => [
      part.split('\n')[0] ?? '',
      [...part.matchAll(/^ {2}(\w+):/gm)].flatMap(([, name]) => (name === undefined ? [] : [name])),
    ]),
);

describe(book, () => {
  it('has rows of one form', () => {
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
    expect(rows.length).toBeGreaterThan(40);
  });

  it.each(['Versioning and MFA Delete', 'Object lock', 'Who may'])('names every refusal of %s', (group) => {
    const named = new Set(rows.map(({ name }) => name));
    const names = groups.get(group) ?? [];
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !named.has(name))).toEqual([]);
  });

  it('names none that there is not', () => {
    const known = new Set([...groups.values()].flat());
    expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(rows)('tells the words of $name ($title)', ({ name, status, code, text }) => {
    const refusal = { refusal: name as RefusalName, details: {} } as S3Error; // its words, with nothing filled in
    const worded = wordRefusal(refusal, 'aws');
    expect([worded.status, worded.code]).toEqual([status, code]);
    const [first = '', ...others] = text.split('…');
    expect(worded.message.startsWith(first)).toBe(true);
    expect(worded.message.endsWith(others.at(-1) ?? '')).toBe(true);
    if (others.length === 0) expect(worded.message).toBe(text);
  });

  it('names tests that are there', () => {
    const titles = new Map<string, ReadonlySet<string>>();
    const lost = rows.filter(({ file, title }) => {
      if (!existsSync(path.join(root, file))) return true;
      const known = titles.get(file) ?? titlesIn(file);
      titles.set(file, known);
      return !known.has(title);
    });
    expect(lost.map(({ name, file, title }) => `${name}: ${file} ${title}`)).toEqual([]);
  });
});

/** The titles of a file's tests as they are written, with the places where a table fills something in. */
function titlesIn(file: string): ReadonlySet<string> {
  const titles = new Set<string>();
  visit(ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true), (node) => {
    if (!ts.isCallExpression(node) || !/^(?:it|test)\b/.test(node.expression.getText())) return;
    const [title] = node.arguments;
    if (title && ts.isStringLiteralLike(title)) titles.add(title.text);
  });
  return titles;
}
