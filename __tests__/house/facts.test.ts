import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesIn, root, textOf } from './sources';

/** An entry of docs/facts.md. */
interface Fact {
  readonly number: string;
  readonly text: string;
}

const book = 'docs/facts.md';
const facts: readonly Fact[] = (existsSync(path.join(root, book)) ? textOf(book) : '')
  .split(/^(?=#+ F\d+\b)/m)
  .flatMap((text) => {
    const number = /^#+ (F\d+)\b/.exec(text)?.[1];
    return number === undefined ? [] : [{ number, text }];
  });

describe('docs/facts.md', () => {
  it('has an entry for every number that is cited', () => {
    const known = new Set(facts.map(({ number }) => number));
    const cited = ['src', '__tests__', 'docs'].flatMap(filesIn).flatMap((file) => {
      const lines = file === '__tests__/house/facts.test.ts' ? [] : textOf(file).split('\n');
      return lines.flatMap((line, index) =>
        numbersIn(line).map((number) => ({ number, place: `${number} at ${file}:${index + 1}` })),
      );
    });
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter(({ number }) => !known.has(number)).map(({ place }) => place)).toEqual([]);
  });

  it('numbers its entries once each', () => {
    const numbers = facts.map(({ number }) => number);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  });

  it('says of each entry what shows it, and which test holds it', () => {
    const bare = facts.filter(({ text }) => !/\bEvidence\b/.test(text) || !/\bTest\b/.test(text));
    expect(bare.map(({ number }) => number)).toEqual([]);
  });

  it('names test files that are there', () => {
    const named = facts.flatMap(({ number, text }) => {
      const files = [...text.matchAll(/[\w/.-]+\.test(?:-d)?\.(?:ts|mjs)/g)].map(([file]) => file);
      return (files.length === 0 ? ['no file'] : files).map((file) => ({ number, file }));
    });
    const lost = named.filter(
      ({ file }) => !existsSync(path.join(root, file.startsWith('__tests__') ? file : `__tests__/${file}`)),
    );
    expect(lost.map(({ number, file }) => `${number}: ${file}`)).toEqual([]);
  });
});

/** Citations are of one to three digits; F-keys, hexadecimal digits and the like stand within longer words. */
function numbersIn(line: string): readonly string[] {
  return [...line.matchAll(/(?<![\w%#'"`+/-])F\d{1,3}(?![\w'"`+/])/g)].map(([number]) => number);
}
