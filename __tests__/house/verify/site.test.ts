import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subjects } from '../../../specification/cases';
import { cases } from '../../facts/cases';
import { filesIn, textOf } from '../files';
import { askModule } from '../modules';
import { terminalsOf } from '../pictures';

/** Asks a module of the folder `site`, which needs none of the packages of the generator. */
const ask = (module: string, expression: string, values?: unknown) => askModule(`site/${module}`, expression, values);

const askCases = (expression: string) => askModule('specification/pages/pages.mjs', expression);

describe('the pages of the site', () => {
  it('are the documents of the package, with all facts in place of those that the package cites', () => {
    const ofMaintainers =
      /^docs\/(?:README|architecture|cos|events|invariants|refusals|releasing|sts|benchmarks\/.*|decisions\/.*|examples\/.*)(?:\.md)?$/;
    const documents = filesIn('docs').filter((file) => file.endsWith('.md') && !ofMaintainers.test(file));
    const expected = ['CHANGELOG.md', 'README.md', ...documents.filter((file) => file !== 'docs/reference/facts.md')];
    const sources = ask('pages.mjs', '[...module.pages.values()].map(({ source }) => source)') as string[];
    const ofDocuments = sources.filter((source) => !source.startsWith('docs/specification/'));
    expect([...new Set(ofDocuments)].toSorted()).toEqual(expected.toSorted());
  });

  it('are also an index of the specification, and a page for each of its subjects', () => {
    const pages = ask('pages.mjs', '[...module.pages.keys()]') as string[];
    const expected = ['index', ...Object.keys(subjects)].map((name) => `specification/${name}.md`);
    expect(pages.filter((page) => /^specification\/[^/]+$/.test(page))).toEqual(expected);
  });

  it('show each case of the specification once, at the page to which the page of its subject leads', () => {
    const texts = askCases('[...module.makePages()]') as (readonly [name: string, text: string])[];
    const headings = texts.flatMap(([name, text]) =>
      name === 'README.md' ? [] : [...text.matchAll(/^## ([^[].*)$/gm)].map(([, heading = '']) => ({ name, heading })),
    );
    expect(headings).toHaveLength(cases.length);
    const divided = headings.filter(({ name }) => name.includes('/'));
    const headingsOfParts = JSON.stringify(divided.map(({ heading }) => heading));
    const anchors = askModule('docs/anchors.mjs', `${headingsOfParts}.map(module.anchorOf)`) as string[];
    const links = divided.map(({ name }, at) => [name.replace(/\/.*/, '.md'), `#${anchors[at]}`]);
    const ofLists = `${JSON.stringify(links)}.map(([page, link]) => module.targetOf('specification/' + page, link))`;
    expect(divided.length).toBeGreaterThan(300);
    expect(ask('pages.mjs', ofLists)).toEqual(divided.map(({ name }, at) => `/specification/${name}#${anchors[at]}`));
  });

  it('have no more cases on a page than thirty heights of a phone show, lists aside', () => {
    const texts = askCases('[...module.makePages()]') as (readonly [name: string, text: string])[];
    const most = askCases('module.mostCharacters') as number;
    const withCases = texts.filter(([, text]) => (text.match(/^## [^[]/gm) ?? []).length > 1);
    expect(withCases.filter(([, text]) => text.length > most).map(([name]) => name)).toEqual([]);
  });

  it('show a case where a fact links to its file, and a subject where a fact links to its folder', () => {
    const lines = ask(
      'pages.mjs',
      "[...module.pages.values()].filter(({ source }) => source === 'docs/facts.md').map(({ text }) => text.match(/\\*\\*Cases\\*\\* .*$/gm) ?? [])",
    ) as string[][];
    const links = lines.flat().flatMap((line) => line.match(/(?<=\]\()[^)]+/g) ?? []);
    expect({
      other: links.filter((link) => !link.startsWith('specification/')),
      cases: links.filter((link) => link.includes('#')).length > 100,
      subjects: links.includes('specification/checksums.md'),
      one: links.includes('specification/archives.md#the-expected-owner-is-checked-before-the-tiering-configuration'),
    }).toEqual({ other: [], cases: true, subjects: true, one: true });
  });

  it('are all in the list of documents, from which the navigation is made', () => {
    const groups = ask('pages.mjs', 'module.navigation().map(({ text }) => text)');
    expect(groups).toEqual([
      'Start',
      'Objects and versions',
      'Access',
      'Time and events',
      'Failures',
      'Other programs and services',
      'Moving here',
      'Reference',
      'Behaviour',
      'Project',
    ]);
  });

  it.each([
    ['guides/restore.md', '../../README.md#limits', '/introduction.md#limits'],
    ['index.md', 'docs/guides/restore.md', '/guides/restore.md'],
    ['index.md', '#limits', '/introduction.md#limits'],
    ['reference/bucket.md', 'mock.md#the-mock', '/reference/mock.md#the-mock'],
    ['guides/restore.md', '../mistakes.md', '/mistakes.md'],
    ['guides/restore.md', '../mistakes.md#versioning', '/mistakes/versioning.md'],
    ['guides/restore.md', '../mistakes.md#a-code-is-sent-twice', '/mistakes/mfa-delete.md#a-code-is-sent-twice'],
    ['reference/bucket/states.md', '#fromlisting', '/reference/bucket/fixtures-from-elsewhere.md#fromlisting'],
    ['reference/bucket/states.md', 'mock.md#the-mock', '/reference/mock.md#the-mock'],
    [
      'reference/refusals.md',
      'facts.md#f12-object-lock-holds-versioning',
      '/facts/versioning-and-mfa-delete.md#f12-object-lock-holds-versioning',
    ],
    ['index.md', 'docs/reference/facts.md', '/facts/index.md'],
    ['facts/versioning-and-mfa-delete.md', 'specification/versioning.md', '/specification/versioning.md'],
    ['specification/versioning.md', 'README.md#subjects', '/specification/index.md#subjects'],
    ['specification/access/abac-1.md', '../README.md#subjects', '/specification/index.md#subjects'],
    ['specification/access/abac-1.md', '../access.md', '/specification/access.md'],
  ])('lead from %s by %s to %s', (page, link, target) => {
    expect(ask('pages.mjs', `module.targetOf('${page}', '${link}')`)).toBe(target);
  });

  it.each(['docs/mistakes.md', 'docs/reference/bucket.md'])(
    'of %s have each heading once, and a list that has its anchor',
    (source) => {
      const texts = ask(
        'pages.mjs',
        `[...module.pages.values()].filter((page) => page.source === '${source}').map(({ text }) => text)`,
      ) as string[];
      const [list = '', ...subjects] = texts;
      const lines = textOf(source).split('\n');
      const [sections, entries] = [
        lines.filter((line) => /^## /.test(line)),
        lines.filter((line) => /^###+ /.test(line)),
      ];
      const headings = subjects.flatMap((text) => text.match(/^##+ .*$/gm) ?? []);
      expect(subjects).toHaveLength(sections.length);
      expect(headings.map((heading) => `#${heading}`)).toEqual(entries);
      expect(list.match(/<span id="[^"]+" class="moved">/g)).toHaveLength(entries.length);
    },
  );

  it('begin with one that is made of what the documents say', () => {
    const home = ask('pages.mjs', "module.pages.get('index.md').text") as string;
    const [, operations] = /^(\d+) operations\.$/m.exec(textOf('docs/reference/operations.md')) ?? [];
    expect(home).toContain(`[**${operations}** operations`);
    expect(home).toContain(`[**${cases.length}** recorded exchanges`);
    expect([...home.matchAll(/^```\w+ \[(.*)\]$/gm)].map(([, runner]) => runner)).toEqual([
      'vitest',
      'jest',
      'node:test',
      'mocha',
      'bun',
      'deno',
      'pytest',
    ]);
    expect(home).not.toContain('licence.svg');
  });

  it('show what a guide has for jest also for vitest, of which the search reads one', () => {
    const guides = filesIn('docs/guides').filter((file) => textOf(file).includes('install `vitest` in place of'));
    expect(guides.length).toBeGreaterThan(30);
    for (const guide of guides) {
      const shown = ask('runner-tabs.mjs', 'module.withRunners(values)', textOf(guide)) as string;
      const blocksOf = (runner: string) =>
        [...shown.matchAll(/^```\w+ \[(\w+)\]\n((?:(?!```)[\s\S])*)^```$/gm)].flatMap(([, name, code]) =>
          name === runner ? [code ?? ''] : [],
        );
      expect(blocksOf('vitest').length).toBe(blocksOf('jest').length);
      expect(blocksOf('vitest').join('')).not.toContain('jest');
      expect(shown).not.toContain('**vitest:**');
      expect(shown.replaceAll(/^::: code-group[\s\S]*?^:::$/gm, '')).not.toContain("'s3-versioning-mock/jest'");
      const read = ask('runner-tabs.mjs', 'module.withOneRunner(values)', shown) as string;
      const plain = (text: string) => text.replaceAll(/^(```[jt]s) \w+$/gm, '$1');
      const bullet = /^- \*\*vitest:\*\*.*\n(?: {2}.*\n)*/m;
      expect(plain(read)).toBe(plain(textOf(guide).replace(bullet, '')));
    }
  });

  it('begin with one called Introduction, and send to the search and not to files', () => {
    const textOfPage = (page: string) => ask('pages.mjs', `module.pages.get('${page}').text`) as string;
    expect(textOfPage('introduction.md')).toMatch(/^# Introduction\n/);
    expect(textOfPage('tasks.md')).toContain('an error code or a member, use the search above.\n');
  });

  it('have short names in the navigation if their titles are long', () => {
    const names = ask('pages.mjs', 'module.navigation().flatMap(({ items }) => items.map(({ text }) => text))');
    expect(names).toEqual(expect.arrayContaining(['Mistakes', 'Hints']));
  });

  it('have no link to a document of maintainers', () => {
    const question = `module.targetOf('index.md', 'docs/architecture.md')`;
    expect(() => ask('pages.mjs', question)).toThrow(
      'README.md: the site has no page for the link docs/architecture.md',
    );
  });
});

describe('the check of a built site', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-site-'));
    mkdirSync(path.join(folder, 'guides'));
    writeFileSync(path.join(folder, 'index.html'), '<h1 id="top">Top</h1><h2 id="who-s-there">Who</h2>');
    writeFileSync(path.join(folder, 'guides/index.html'), '<h1 id="guides">Guides</h1>');
    writeFileSync(path.join(folder, 'style.css'), 'a { background: url(data:image/png;base64,AA) }');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function problemsWith(page: string): unknown {
    writeFileSync(path.join(folder, 'guides/page.html'), page);
    return ask('check.mjs', `module.problemsOf(${JSON.stringify(folder)})`);
  }

  it.each([
    ['<a href="/gone.html">', 'guides/page.html links to /gone.html'],
    ['<a class="x" href="../gone.html" rel="y">', 'guides/page.html links to ../gone.html'],
    ['<a href="/index.html#gone">', 'guides/page.html links to /index.html#gone'],
    ['<a href="#gone">', 'guides/page.html links to #gone'],
    ['<a href="/style.css#top">', 'guides/page.html links to /style.css#top'],
    ['<p id="one"></p><p id="one"></p>', 'guides/page.html has the id one twice'],
    ['<img src="/gone.png" alt="a">', 'guides/page.html loads /gone.png'],
    ['<script src="https://example.com/a.js"></script>', 'guides/page.html loads https://example.com/a.js'],
    ['<link rel="stylesheet" href="//example.com/a.css">', 'guides/page.html loads //example.com/a.css'],
    [
      '<style>@font-face { src: url("https://example.com/a.woff2") }</style>',
      'guides/page.html loads https://example.com/a.woff2',
    ],
  ])('finds %s', (page, problem) => {
    expect(problemsWith(page)).toEqual([problem]);
  });

  it.each([
    ['<a href="/">', '<a href="./">', '<a href="../#top">', '<a href="/guides/#guides">', '<a href="index.html">'],
    ['<p id="here"></p><a href="#here">', '<a href="/#who-s-there">', '<a href="https://example.com/gone">'],
    ['<code>&lt;a href="/gone.html"&gt;</code>', '<link rel="stylesheet" href="/style.css">'],
  ])('finds nothing in %s', (...parts) => {
    expect(problemsWith(parts.join('\n'))).toEqual([]);
  });

  it('finds a folder without pages', () => {
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    expect(ask('check.mjs', `module.problemsOf(${JSON.stringify(empty)})`)).toEqual(['the site has no pages']);
  });
});

describe('a line of a screen that does not fit goes on', () => {
  it.each([
    ['its start', 'Expected bucket to have versioning', 0],
    ['the start of an indented one', '  why: the request has no header', 2],
    ['the words of an entry of a list', '  1. 12:00:00.000  PutObject  vault', 5],
    ['the title of a test', '● A code is sent twice › suspends versioning', 2],
    ['the name of a version that is drawn', '│  ├─ (null)  6 bytes  current', 6],
    ['the code of an excerpt', '> 454 |     expect(s3).toHaveReceived()', 12],
    ['the code above a caret', '      |                ^', 23],
    ['the sentence beside an option', '  --address <address>   the address to listen on', 24],
    ['no text', '', 0],
  ])('below %s', (_what, line, column) => {
    expect(ask('markdown.mjs', `module.indentOf(${JSON.stringify(line)})`)).toBe(column);
  });
});

describe('the picture of a terminal as text', () => {
  it('has the lines of the picture, each with its column and colours', () => {
    const picture = terminalsOf('A title', ['\u001b[31mred\u001b[39m  plain\n\n  ├─ v1  5 bytes', 'a & b']);
    const html = ask('terminal.mjs', `module.terminalOf(${JSON.stringify(picture)}, 'Two screens')`) as string;
    expect(html).toMatch(/^<div class="terminals" role="group" aria-label="Two screens">/);
    expect(html).toContain('<span style="color: #ff7b72">red</span>  <span');
    expect(html).toContain('--indent: 5"');
    const screens = html.split('</pre>').map((screen) => screen.replaceAll(/<[^>]+>/g, ''));
    expect(screens).toEqual(['red  plain\n\n  ├─ v1  5 bytes\n', 'a &amp; b\n', '']);
  });
});

describe('what a page says of itself to those who show links', () => {
  it.each([
    [
      'the first paragraph',
      '# Title\n\nHow to [test](a.md) `it`,\nwithout S3.\n\nMore.',
      'How to test it, without S3.',
    ],
    ['no picture, code or comment', '# T\n\n<!-- a -->\n```js\nx\n```\n\nWords.\n', 'Words.'],
    ['no badges', '# T\n\n[![size](a.svg)](b.md) ![node](c.svg)\n\nWords.\n', 'Words.'],
    ['whole sentences of 200 characters', `# T\n\nOne. ${'x'.repeat(200)}. Three.`, 'One.'],
    ['a point in place of a colon', '# T\n\nThese are right:\n\n- a\n', 'These are right.'],
  ])('has %s', (_what, text, description) => {
    expect(ask('social.mjs', `module.descriptionOf(${JSON.stringify(text)})`)).toBe(description);
  });

  const page = { page: 'facts/index.md', title: 'Facts', description: 'All of them.', site: 'the-mock' };
  function contentsOf(given: object): unknown {
    return ask('social.mjs', `module.socialTags(${JSON.stringify(given)}).map(([, { content }]) => content)`);
  }

  it('has an address and a picture only if the address of the site is known', () => {
    const known = ['article', 'the-mock', 'Facts', 'All of them.'];
    expect(contentsOf({ ...page, picture: 'a.png' })).toEqual([...known, 'summary']);
    expect(contentsOf({ ...page, picture: 'a.png', address: 'https://example.com' })).toEqual([
      ...known,
      'https://example.com/facts/',
      'https://example.com/a.png',
      'summary',
    ]);
  });
});

describe('the search', () => {
  it.each([
    ['options', 'x-amz-mfa', ['x-amz-mfa', 'x', 'amz', 'mfa']],
    [
      'options',
      's3:DeleteObjectVersion (s3.mfa)',
      ['s3:DeleteObjectVersion', 's3', 'DeleteObjectVersion', 's3.mfa', 's3', 'mfa'],
    ],
    ['options', 'AWS_ENDPOINT_URL_S3=&quot;a&quot;', ['AWS_ENDPOINT_URL_S3', 'a']],
    ['options', '12:00:00.000', ['12', '00', '000']],
    ['searchOptions', 'VersionIdMarker', ['VersionIdMarker', 'Version', 'Id', 'Marker']],
    ['searchOptions', '--no-sts', ['no-sts', 'no', 'sts']],
  ])('reads with its %s %s', (options, text, words) => {
    expect(ask('search.mjs', `module.searching.${options}.tokenize(${JSON.stringify(text)})`)).toEqual(words);
  });

  it('compares words in small letters and in the singular, and none that say nothing', () => {
    const words = ['Versions', 'policies', 'ACCESS', 'how'];
    const terms = ask('search.mjs', `${JSON.stringify(words)}.map(module.searching.options.processTerm)`);
    expect(terms).toEqual(['version', 'policy', 'access', null]);
  });

  it('lets the parts of a name decide only between places that have the name, or that lack it', () => {
    const terms = JSON.stringify(['x-amz-mfa', 'mfa', 'code']);
    const question = `[0, 1, 2].map((at) => module.searching.searchOptions.boostTerm(${terms}[at], at, ${terms}))`;
    expect(ask('search.mjs', question)).toEqual([1, 0.05, 1]);
  });

  it.each([
    [['/mistakes.html#a', '/b.html'], []],
    [
      ['/a.html', '/b.html', '/c.html', '/mistakes.html'],
      ['the search for totp finds a, b, c before mistakes or guides/mfa'],
    ],
    [[], ['the search for totp finds nothing before mistakes or guides/mfa']],
  ])('has to find a right page among the first three of %j', (results, problems) => {
    const question = `module.problemOf('totp', ['mistakes', 'guides/mfa'], ${JSON.stringify(results)})`;
    expect(ask('questions.mjs', question)).toEqual(problems);
  });

  it('has to find the right page first where another one was above it', () => {
    const results = JSON.stringify(['/guides/from-nock.html#after', '/guides/restore.html']);
    expect(ask('questions.mjs', `module.problemOf('undelete', ['guides/restore'], ${results})`)).toEqual([
      'the search for undelete finds guides/from-nock#after before guides/restore',
    ]);
  });

  it('shows the best place of each of five pages before a second place of a page', () => {
    const pages = ['a', 'a', 'b', 'a', 'c', 'd', 'e', 'f', 'b'];
    const results = pages.map((page, at) => ({ id: `/${page}.html#${at}` }));
    const question = `module.withPagesFirst(${JSON.stringify(results)}).map(({ id }) => id.replace(/.*#/, ''))`;
    expect((ask('search.mjs', question) as string[]).join(' ')).toBe('0 2 4 5 6 1 3 7 8');
  });

  it.each([
    ['/mistakes/access.html#a', 'accessdenied', 12],
    ['/mistakes/keys.html#a', '404', 8],
    ['/mistakes/keys.html#a', 'nosuchkey', 8],
    ['/mistakes/keys.html#a', 'token', 1],
    ['/guides/access.html#a', 'accessdenied', 2.6],
    ['/introduction.html#a', 'credential', 30],
    ['/introduction.html#a', 'key', 1],
  ])('takes %s to be worth, for the word %s, %s', (address, word, worth) => {
    const question = `module.searching.searchOptions.boostDocument('${address}', '${word}')`;
    expect(ask('search.mjs', question)).toBe(worth);
  });

  it('takes credentials for a word of a question, also as a part of a name', () => {
    const terms = JSON.stringify(['credentialsprovidererror', 'credential', 'provider']);
    const question = `[1, 2].map((at) => module.searching.searchOptions.boostTerm(${terms}[at], at, ${terms}))`;
    expect(ask('search.mjs', question)).toEqual([1, 0.05]);
  });

  it('asks for the word that the documents use', () => {
    expect(ask('search.mjs', "module.searching.searchOptions.tokenize('bulk delete')")).toEqual([
      'bulk',
      'delete',
      'batch',
    ]);
  });

  it('is asked for pages that the site has', () => {
    const pages = ask('pages.mjs', '[...module.pages.keys()]') as string[];
    const questions = ask('questions.mjs', 'module.questions') as string[][];
    const right = questions.flatMap(([, ...addresses]) => addresses);
    expect(right.filter((address) => !pages.includes(`${address}.md`))).toEqual([]);
    expect(questions.length).toBeGreaterThanOrEqual(60);
  });
});
