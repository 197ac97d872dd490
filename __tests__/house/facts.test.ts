import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evidenceLines, facts, mistakes } from './facts';
import { filesIn, root, textOf } from './files';
import { askModule } from './modules';

const own = '__tests__/house/facts.test.ts';

/** Entries with a recorded line that names no place, from before a line had to. An entry may leave this list; none may join it. */
const withoutSource = ['F1683', 'F143', 'F980', 'F706', 'F367'];

/** Entries with a quote behind several sources, likewise. */
const withMixedSources = ['F217', 'F3', 'F66', 'F103', 'F165', 'F168', 'F307'];

const texts = ['src', '__tests__', 'specification/cases', 'specification/facts', 'docs']
  .flatMap(filesIn)
  .filter((file) => !file.endsWith('.webp'));

const citations = texts.flatMap((file) => {
  const lines = file === own ? [] : textOf(file).split('\n');
  return lines.flatMap((line, index) => numbersIn(line).map((number) => ({ number, file, line: index + 1 })));
});

describe('specification/facts', () => {
  it('has an entry for every number that is cited', () => {
    const known = new Set(facts.map(({ fact }) => fact));
    expect(citations.length).toBeGreaterThan(0);
    const lost = citations.filter(({ number }) => !known.has(number));
    expect(lost.map(({ number, file, line }) => `${number} at ${file}:${line}`)).toEqual([]);
  });

  it('has no entry that neither src nor a test nor a case cites', () => {
    const cited = new Set(
      citations.filter(({ file }) => !/^(?:docs|specification\/facts)\//.test(file)).map(({ number }) => number),
    );
    const uncited = facts.map(({ fact }) => fact).filter((number) => !cited.has(number));
    expect({ 'cite these where they decide, // F12': uncited }).toEqual({ 'cite these where they decide, // F12': [] });
  });

  it('has no mistakes', () => {
    expect(mistakes).toEqual([]);
  });

  it('quotes what was recorded', () => {
    expect(linesOf('recorded').filter(({ line }) => !hasQuote(line))).toEqual([]);
  });

  it('names where it was recorded', () => {
    const bare = linesOf('recorded').filter(({ number, line }) => !hasSource(line) && !withoutSource.includes(number));
    expect(bare).toEqual([]);
  });

  it('gives each source of a line its own quote', () => {
    const mixed = [...linesOf('recorded'), ...linesOf('measured')].filter(
      ({ number, line }) => mixesSources(line) && !withMixedSources.includes(number),
    );
    expect(mixed).toEqual([]);
  });

  it('names its source again in each line', () => {
    const lines = [...linesOf('recorded'), ...linesOf('measured')];
    expect(lines.filter(({ line }) => /^- \w+: (?:in )?the (?:same|snapshot)\b/i.test(line))).toEqual([]);
  });

  it('has no line whose source was not opened', () => {
    expect(evidenceLines.filter(({ line }) => line.includes('not opened since'))).toEqual([]);
  });

  it('may leave the lists of older lines, and none may join them', () => {
    expect(withoutSource.length).toBeLessThanOrEqual(5);
    expect(withMixedSources.length).toBeLessThanOrEqual(7);
  });

  it.each([
    ['- Recorded: localstack, `test_get_cors`.', false],
    ['- Recorded: `dyus/meeseeks-s3` `tests/{get,head}_object/golden`, `TestA.test_b.json`.', false],
    ['- Recorded: aws/aws-cli#375 (not opened since).', false],
    ['- Recorded: localstack, `TestA::test_b`.', false],
    ['- Recorded: localstack, `test_get_cors`: `"Code": "NoSuchCORSConfiguration"`, 404.', true],
    ['- Recorded: a user: `Mfa Authentication must be used for this request`.', true],
  ])('knows a quote from a name: %s', (line, expected) => {
    expect(hasQuote(line)).toBe(expected);
  });

  it.each([
    ['- Recorded: a user: `400 Bad Request`.', false],
    ['- Recorded: users of several tools: "Cannot call GetSessionToken with session credentials".', false],
    ['- Recorded: aws/aws-cli#375: `400 Bad Request`.', true],
    ['- Recorded: `radkawar/stackd` `testdata/aws/s3/versioning.json`, `a`: `"Status": 200`.', true],
    ['- Recorded: localstack, `test_a`: `"Status": 200`.', true],
    ['- Recorded: https://repost.aws/questions/a: `400 Bad Request`.', true],
    ['- Recorded: public notes with the bucket `vault`: `400 Bad Request`.', true],
  ])('knows whether a line names its source: %s', (line, expected) => {
    expect(hasSource(line)).toBe(expected);
  });

  it.each([
    ['- Recorded: owner/one#1 and owner/two#2: `400 Bad Request`.', true],
    ['- Recorded: owner/one#1; owner/two#2: `400 Bad Request`.', true],
    ['- Recorded: localstack, `test_a`; versity/versitygw#1: `400 Bad Request`.', true],
    ['- Recorded: owner/one#1: `400 Bad Request`; owner/two#2: `403 Forbidden`.', false],
    ['- Recorded: owner/one#1: `400; see owner/two#2`.', false],
    ['- Measured: ceph/s3-tests, `test_a` and `test_b`: `assert status == 404`.', false],
  ])('knows a quote of several sources: %s', (line, expected) => {
    expect(mixesSources(line)).toBe(expected);
  });

  it('names test files that exist', () => {
    const named = facts.flatMap(({ fact, tests }) => tests.map((file) => ({ fact, file })));
    const lost = named.filter(
      ({ file }) => !/\.test(?:-d)?\.(?:ts|mjs)$/.test(file) || !existsSync(path.join(root, file)),
    );
    expect(lost.map(({ fact, file }) => `${fact}: ${file}`)).toEqual([]);
  });
});

describe('a mistake in a fact is named', () => {
  const evidence = { 1: { kind: 'measured', issue: 'owner/one#1', quote: '"404 Not Found"' } };
  const row = { asks: 'GET of a missing key', answer: '404', kind: 'measured', shown: [1] };
  const fact = { fact: 'F1', title: 'Missing keys', rows: [row], evidence, tests: ['a.test.ts'] };
  const mistakesOf = (facts: readonly object[]) =>
    askModule('specification/facts.mjs', 'module.findMistakes(values)', [{ subject: 'Objects', facts }]);

  it('and a fact without one is accepted', () => {
    expect(mistakesOf([fact])).toEqual([]);
    expect(mistakesOf([{ ...fact, rows: [], notes: 'F2 has its rule.' }])).toEqual([]);
  });

  it.each<[row: object, mistake: string]>([
    [{ ...row, kind: 'recorded' }, 'it is recorded, but names no evidence that is; add its number to `shown`'],
    [{ ...row, kind: 'decided' }, 'it is decided, but names no evidence that is; add its number to `shown`'],
    [{ ...row, kind: 'seen' }, 'the kind seen is none of recorded, measured, documented, decided, guess'],
    [{ ...row, shown: [2] }, 'there is no evidence 2'],
    [{ ...row, shown: 1 }, '`shown` has to be a list of numbers, such as [1, 3]'],
    [{ ...row, answer: 404 }, '`answer` has to be a text in one line'],
    [{ ...row, answer: 'a '.repeat(40).trim() }, 'it has 45 words, and 40 are the most; make two rows'],
    [{ ...row, quote: 'a' }, 'the row has an unknown member, quote'],
  ])('of the row %j', (wrong, mistake) => {
    const name = 'specification/facts/objects.yaml, F1: row 1, "GET of a missing key"';
    expect(mistakesOf([{ ...fact, rows: [wrong] }])).toEqual([`${name}: ${mistake}.`]);
  });

  it.each<[changed: object, mistake: string]>([
    [{ rows: [] }, 'it has no rows; say in `notes` where its rule is'],
    [{ tests: [] }, 'it names no test'],
    [{ fact: 'f1' }, '`fact` has to be a number such as F12'],
    [{ rule: 'a' }, 'the fact has an unknown member, rule'],
    [
      { evidence: { ...evidence, 2: { kind: 'guess', issue: 'a/b#1' } } },
      'evidence 2: the kind guess is none of recorded, measured, documented, decided',
    ],
    [
      { evidence: { ...evidence, 2: { kind: 'recorded', quote: '"a"' } } },
      'evidence 2: it needs an issue, a repository, a page or a source',
    ],
    [
      { evidence: { ...evidence, 2: { kind: 'recorded', issue: 'a/b#1', page: 'https://a' } } },
      'evidence 2: it has issue and page; each source is evidence of its own',
    ],
    [
      { evidence: { ...evidence, 2: { kind: 'recorded', issue: 'a/b#1', commit: 1234567 } } },
      'evidence 2: `commit` has to be a text in one line; put a number into quotation marks',
    ],
  ])('of a fact with %j', (changed, mistake) => {
    const wrong = { ...fact, ...changed };
    expect(mistakesOf([wrong])).toEqual([`specification/facts/objects.yaml, ${wrong.fact}: ${mistake}.`]);
  });

  it('of a number that occurs twice', () => {
    const mistake = 'specification/facts/objects.yaml, F1: its number occurs twice.';
    expect(mistakesOf([fact, fact])).toEqual([mistake, mistake]);
  });
});

function linesOf(kind: string): readonly { readonly number: string; readonly line: string }[] {
  return evidenceLines.filter((line) => line.kind === kind).map(({ fact, line }) => ({ number: fact, line }));
}

/** A repository, an issue or a page. A path below a folder of tests is none. */
const source =
  /(?<![\w./:@-])(?!(?:tests|docs_reports|crates|backlot|plans|HTTP|application|text)\/)(?:[A-Za-z0-9][\w-]*\/[\w.-]+(?:#\d+)?(?![\w./])|localstack(?!\/))|https:\/\/[^\s,;)]+/g;

function hasSource(line: string): boolean {
  return sourcesOf(line).length > 0 || /^- Recorded: public (?:notes|code|files?)\b/.test(line);
}

function sourcesOf(line: string): readonly string[] {
  return [...new Set(hideQuotes(line).match(source))];
}

/** Whether a part of the line up to a semicolon has several sources, or one of several sources has no quote. */
function mixesSources(line: string): boolean {
  if (sourcesOf(line).length < 2) return false;
  return partsOf(line).some((part) => {
    const { length } = sourcesOf(part);
    return length > 1 || (length === 1 && !hasQuote(part));
  });
}

function partsOf(line: string): readonly string[] {
  const ends = [...hideQuotes(line).matchAll(/; /g)].map(({ index }) => index);
  return [...ends, line.length].map((end, at) => line.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 2, end));
}

/**
 * The line with as many letters, where a quote has no sources and no semicolons. A label of a recording may look like a repository: in backticks, only
 * the first name of a line and the name of an issue are one.
 */
function hideQuotes(line: string): string {
  const hide = (quote: string) => 'q'.repeat(quote.length);
  const isName = (quote: string, at: number) =>
    /^`[\w-]+\/[\w.-]+#\d+`$/.test(quote) || (/^- \w+: $/.test(line.slice(0, at)) && /^`[\w-]+\/[\w.-]+`$/.test(quote));
  return line
    .replaceAll(/`[^`]*`/g, (quote, at: number) => (isName(quote, at) ? ` ${quote.slice(1, -1)} ` : hide(quote)))
    .replaceAll(/"[^"]*"/g, hide);
}

/** Words are quoted in quotation marks; a quote of bytes or members in code has a blank, a quotation mark, `<`, `=` or a colon, which no name of a test or a file has. */
function hasQuote(line: string): boolean {
  const pieces = [...line.matchAll(/`([^`]+)`/g)].map(([, piece = '']) => piece);
  return /"[^"]{8,}"/.test(line) || pieces.some((piece) => /[\s"<=]|(?<!:):(?!:)/.test(piece));
}

/** A citation has one to three digits. A longer word, such as a hexadecimal number, is not a citation. */
function numbersIn(line: string): readonly string[] {
  return [...line.matchAll(/(?<![\w%#'"`+/-])F\d{1,4}(?![\w'"`+/])/g)].map(([number]) => number);
}
