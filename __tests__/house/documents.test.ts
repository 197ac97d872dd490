import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { arrowsOf } from './diagrams';
import { filesIn, textOf } from './files';
import { fencesOf, problemsOf } from './markdown';

const pages = filesIn('.').filter((file) => file.endsWith('.md') || file === 'llms.txt');

/** GitHub puts it into a text that has a title of its own. */
const parts = ['.github/PULL_REQUEST_TEMPLATE.md'];

const forms = filesIn('.github').filter((file) => file.startsWith('.github/ISSUE_TEMPLATE/') && /\.ya?ml$/.test(file));

const diagrams = pages.flatMap((page) =>
  fencesOf(textOf(page))
    .filter(({ language }) => language === 'mermaid')
    .map(({ line, code }) => ({ page, line, code })),
);

describe('a reader sees what the author of a page meant', () => {
  it.each(pages)('%s', (page) => {
    expect(problemsOf(textOf(page), { isPart: parts.includes(page) })).toEqual([]);
  });

  it.each(forms)('%s', (form) => {
    const { body = [] }: { body?: readonly { type: string; attributes?: { value?: string } }[] } = parse(textOf(form));
    const texts = body.filter(({ type }) => type === 'markdown').map(({ attributes }) => attributes?.value ?? '');
    expect(texts.flatMap((text) => problemsOf(text, { isPart: true }))).toEqual([]);
  });
});

describe('a diagram', () => {
  it.each(diagrams)('is drawn: $page, line $line', async ({ code }) => {
    expect((await arrowsOf(code)).length).toBeGreaterThan(1);
  });

  it('is refused by mermaid if two statements share a line', async () => {
    await expect(arrowsOf('flowchart TD\n  a["A<br/>first"] --> b  b --> c\n')).rejects.toThrow(
      'Parse error on line 2',
    );
  });
});

describe('what breaks a page is found', () => {
  const table = '| A | B |\n| --- | --- |\n';

  it.each<[title: string, text: string, problems: readonly string[]]>([
    [
      'a row in two lines',
      `${table}| a | b\nc |\n`,
      ['5: a row without its | at both ends: | a | b', '6: a row without its | at both ends: c |'],
    ],
    ['a row with a cell too many', `${table}| a | b | c |\n`, ['5: a row of 3 cells below a header of 2']],
    ['a row with a cell too few', `${table}| a |\n`, ['5: a row of 1 cells below a header of 2']],
    [
      'a | in the code of a cell',
      `${table}| a | \`b | c\` |\n`,
      [
        '5: a row of 3 cells below a header of 2',
        '5: code that does not end in its line: `b',
        '5: a backtick that opens no code: `b',
      ],
    ],
    ['a table that ends in a list', `${table}| a | b |\n- c\n`, ['6: no empty line behind a table']],
    [
      'a table whose header has another number of cells',
      '| A | B |\n| --- |\n',
      ['3: a row outside of a table: | A | B |', '4: a row outside of a table: | --- |'],
    ],
    ['an item that goes on at the margin', '- a\nb\n', ['4: a line of an item at the margin: b']],
    [
      'an item of an inner list that goes on in the outer one',
      '- a\n  - b\n  c\n',
      ['5: a line of an item at the margin: c'],
    ],
    ['an item with a number that goes on too far left', '1. a\n  b\n', ['4: a line of an item at the margin: b']],
    ['a quote that goes on without its sign', '> a\nb\n', ['4: a line of an item at the margin: b']],
    ['an inner item that is too far left', '1. a\n  - b\n', ['4: an item 2 columns off the margin of its list']],
    ['an item that a paragraph swallows', 'a\n2. b\n', ['4: an item inside of a paragraph: 2. b']],
    ['numbers that do not go on', '1. a\n1. b\n', ['4: item 1 where 2 comes next']],
    ['a list that something cuts', '1. a\n\nb\n\n2. c\n', ['7: item 2 where 1 comes next']],
    ['a fence without an end', '```ts\na\n', ['3: a fence that nothing closes']],
    ['a fence that the end of its item closes', '- a\n\n  ```ts\n  b\n\nc\n', ['5: a fence that nothing closes']],
    ['a fence without a language', '```\na\n```\n', ["3: a fence of the language ''"]],
    ['a fence of an unknown language', '```typo\na\n```\n', ["3: a fence of the language 'typo'"]],
    ['code by its margin', '    a\n', ['3: code by its margin alone']],
    [
      'code in two lines',
      '`a\nb`\n',
      ['3: code that does not end in its line: `a', '4: code that does not end in its line: b`'],
    ],
    ['stars that nothing closes', 'a **b\n', ['3: stars that open nothing: a **b']],
    ['a link with a space', '[a](b c.md)\n', ['3: a link that is none: [a](b c.md)']],
    ['a link to a name that the page does not define', '[a][b]\n', ['3: a link that is none: [a][b]']],
    ['a heading too deep', '### a\n', ['3: a heading of level 3 below 1']],
    ['a second title', '# a\n', ['3: a second title']],
    ['a heading by the line below it', 'a\n---\n', ['3: a heading by the line below it']],
    ['a heading without a space', '##a\n', ['3: a heading without a space: ##a']],
    ['a comment without an end', '<!-- a\n\nb\n', ['3: a comment with text behind it, or without an end']],
    ['a sentence behind a tag', '<details>\na `b`\n\n', ['3: a sentence that is read as HTML: a `b`']],
  ])('%s', (_title, text, problems) => {
    expect(problemsOf(`# Title\n\n${text}`)).toEqual(problems);
  });

  it('a page without a title', () => {
    expect(problemsOf('## a\n')).toEqual(['1: a page that does not begin with its title']);
    expect(problemsOf('## a\n', { isPart: true })).toEqual([]);
  });

  it.each([
    ['a table', `${table}| a \\| b | \`c\` |\n\nd\n`],
    ['a list in a list', '1. a\n   b\n   - c\n     d\n\n   e\n2. f\n'],
    ['two lists', '1. a\n2. b\n\nc\n\n1. d\n'],
    ['code with backticks', '`` ```ts `` and `a`\n'],
    ['what a fence shows', '```md\n| a |\n1. b\nc\n# d\n```\n'],
    ['a fence in an item', '- a\n\n  ```sh\n  b\n  ```\n'],
    ['a quote', '> a\n> b\n'],
    ['a comment', '<!-- a\nb -->\n\nc\n'],
    ['headings', '## a\n\n### b\n\n## c\n'],
  ])('and nothing else: %s', (_title, text) => {
    expect(problemsOf(`# Title\n\n${text}`)).toEqual([]);
  });
});
