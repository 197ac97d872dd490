import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { operations } from '../../src/operations/table';
import type { AnyRefusal } from '../../src/refusals/refusal';
import { refusals } from '../../src/refusals/table';
import { root, textOf } from './files';

const book = 'docs/cos.md';
const text = textOf(book);
const lines = text.split('\n').filter((line) => /^\| (?!What|Code|---)/.test(line));
const differenceForm = /^(?:\| [^|]+ ){4}\| `(?<file>__tests__\/[^`]+)` `(?<title>.+)` \|$/;
const wordsForm = /^\| `(?<code>\w+)` \| (?<words>[^|]+) \|$/;

const words = lines.filter((line) => wordsForm.test(line));
const differences = lines
  .filter((line) => !wordsForm.test(line))
  .map((line) => {
    const { file = '', title = '' } = differenceForm.exec(line)?.groups ?? {};
    return { line, file, title };
  });

/** The codes and texts of COS that differ from AWS's. */
const ofCos = Object.values<AnyRefusal>(refusals).flatMap(({ code, message, cos }) => {
  const own = cos?.message;
  return typeof own !== 'string' || own === message ? [] : [`| \`${cos?.code ?? code}\` | ${own} |`];
});

describe(book, () => {
  it('has rows of one form, and at least 35 differences', () => {
    expect(differences.filter(({ title }) => title === '').map(({ line }) => line)).toEqual([]);
    expect(differences.length).toBeGreaterThan(35);
  });

  it.each(differences.map(({ file, title }) => [title, file] as const))('%s: is a test of %s', (title, file) => {
    expect(existsSync(path.join(root, file))).toBe(true);
    const titles = textOf(file).replaceAll("\\'", "'");
    // The title of a test, of a describe, or of a row of a table.
    expect([`'${title}'`, `"${title}"`, `\`${title}\``].filter((quoted) => titles.includes(quoted))).not.toEqual([]);
  });

  it('has the words of COS, and no others', () => {
    expect(words).toEqual([...new Set(ofCos)].toSorted());
  });

  it('names every operation that only COS has and that the mock implements', () => {
    const own = Object.entries(operations).filter(([, row]) => row.dialect === 'ibm-cos' && row.handle !== undefined);
    expect(own.length).toBeGreaterThan(0);
    expect(own.map(([name]) => name).filter((name) => !text.includes(name))).toEqual([]);
  });
});
