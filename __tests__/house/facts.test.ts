import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesIn, root, textOf } from './files';
import { mendedBy } from './mended-by';

interface Fact {
  readonly number: string;
  readonly text: string;
}

const book = 'docs/facts.md';
const own = '__tests__/house/facts.test.ts';
const kinds = /^- (?:Recorded|Measured|Documented|Decided|Unverified guess): /;

const facts: readonly Fact[] = textOf(book)
  .split(/^(?=### F\d+\b|## )/m)
  .flatMap((text) => {
    const number = /^### (F\d+)\b/.exec(text)?.[1];
    return number === undefined ? [] : [{ number, text }];
  });

const texts = ['src', '__tests__', 'docs'].flatMap(filesIn).filter((file) => !file.endsWith('.webp'));

const citations = texts.flatMap((file) => {
  const lines = file === own ? [] : textOf(file).split('\n');
  return lines.flatMap((line, index) => numbersIn(line).map((number) => ({ number, file, line: index + 1 })));
});

describe('docs/facts.md', () => {
  it('has an entry for every number that is cited', () => {
    const known = new Set(facts.map(({ number }) => number));
    expect(citations.length).toBeGreaterThan(0);
    const lost = citations.filter(({ number }) => !known.has(number));
    expect(lost.map(({ number, file, line }) => `${number} at ${file}:${line}`)).toEqual([]);
  });

  it('has no entry that neither src nor a test cites', () => {
    const cited = new Set(citations.filter(({ file }) => !file.startsWith('docs/')).map(({ number }) => number));
    expect(facts.map(({ number }) => number).filter((number) => !cited.has(number))).toEqual([]);
  });

  it('gives each number to one entry', () => {
    const numbers = facts.map(({ number }) => number);
    expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  });

  it('marks the kind of each line of evidence, and names a test', () => {
    const odd = facts.flatMap(({ number, text }) => {
      const [, evidence = '', tests = ''] = /\n\n\*\*Evidence\*\*\n\n(.*)\n\n\*\*Test\*\* (.*)/s.exec(text) ?? [];
      const [first = '', ...others] = evidence.split('\n');
      const isMarked =
        kinds.test(first) && others.every((line) => kinds.test(line) || /^- Known to differ: /.test(line));
      return isMarked && tests !== '' ? [] : [number];
    });
    expect(odd).toEqual([]);
  });

  it('quotes what was recorded, or says that its source was not opened again', () => {
    const bare = facts.flatMap(({ number, text }) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('- Recorded: ') && !hasQuote(line))
        .map((line) => `${number}: ${line}`),
    );
    expect(bare).toEqual([]);
  });

  it.each([
    ['- Recorded: localstack, `test_get_cors`.', false],
    ['- Recorded: `dyus/meeseeks-s3` `tests/{get,head}_object/golden`, `TestA.test_b.json`.', false],
    ['- Recorded: aws/aws-cli#375 (not opened since).', true],
    ['- Recorded: localstack, `test_get_cors`: `"Code": "NoSuchCORSConfiguration"`, 404.', true],
    ['- Recorded: a user: `Mfa Authentication must be used for this request`.', true],
  ])('knows a quote from a name: %s', (line, expected) => {
    expect(hasQuote(line)).toBe(expected);
  });

  it.each([
    ['index', 'docs/facts-index.mjs'],
    ['page of proof', 'docs/proof.mjs'],
    ['pages for users', 'docs/excerpts.mjs'],
    ['specification, and its links', 'docs/specification.mjs'],
  ])('has the %s that npm run generate facts writes', (_written, script) => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { cwd: root });
    mendedBy('npm run generate facts', () =>
      expect({ status, problem: String(stderr) }).toEqual({ status: 0, problem: '' }),
    );
  });

  it('names test files that exist', () => {
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

/** Words are quoted in quotation marks; a quote of bytes or members in code has a blank, a quotation mark, `<`, `=` or a colon, which no name of a test or a file has. */
function hasQuote(line: string): boolean {
  const pieces = [...line.matchAll(/`([^`]+)`/g)].map(([, piece = '']) => piece);
  return (
    line.includes('(not opened since)') ||
    /"[^"]{8,}"/.test(line) ||
    pieces.some((piece) => /[\s"<=]|:(?!:)/.test(piece) && !piece.includes('::'))
  );
}

/** A citation has one to three digits. A longer word, such as a hexadecimal number, is not a citation. */
function numbersIn(line: string): readonly string[] {
  return [...line.matchAll(/(?<![\w%#'"`+/-])F\d{1,4}(?![\w'"`+/])/g)].map(([number]) => number);
}
