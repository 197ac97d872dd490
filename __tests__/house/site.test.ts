import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainEnvironment } from '../support/plain-environment';
import { filesIn, root } from './files';

/** Asks a module of the folder `site`, which needs none of the packages of the generator. */
function ask(module: string, expression: string): unknown {
  const address = JSON.stringify(pathToFileURL(path.join(root, 'site', module)));
  const program = `const site = await import(${address}); console.log(JSON.stringify(${expression}));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('the pages of the site', () => {
  it('are the documents of the package, with all facts in place of those that the package cites', () => {
    const ofMaintainers =
      /^docs\/(?:architecture|cos|events|invariants|refusals|releasing|sts|decisions\/.*|examples\/.*)(?:\.md)?$/;
    const documents = filesIn('docs').filter((file) => file.endsWith('.md') && !ofMaintainers.test(file));
    const expected = ['CHANGELOG.md', 'README.md', ...documents.filter((file) => file !== 'docs/reference/facts.md')];
    const sources = ask('pages.mjs', '[...site.pages.values()].map(({ source }) => source)') as string[];
    expect([...new Set(sources)].toSorted()).toEqual(expected.toSorted());
  });

  it('are all in the list of documents, from which the navigation is made', () => {
    const groups = ask('pages.mjs', 'site.navigation().map(({ text }) => text)');
    expect(groups).toEqual(['Start', 'Guides', 'Moving here', 'Reference', 'Behaviour', 'Project']);
  });

  it.each([
    ['guides/restore.md', '../../README.md#limits', '/index.md#limits'],
    ['index.md', 'docs/guides/restore.md', '/guides/restore.md'],
    ['index.md', '#limits', '/index.md#limits'],
    ['reference/bucket.md', 'mock.md#the-mock', '/reference/mock.md#the-mock'],
    [
      'reference/refusals.md',
      'facts.md#f12-object-lock-holds-versioning',
      '/facts/versioning-and-mfa-delete.md#f12-object-lock-holds-versioning',
    ],
    ['index.md', 'docs/reference/facts.md', '/facts/index.md'],
  ])('lead from %s by %s to %s', (page, link, target) => {
    expect(ask('pages.mjs', `site.targetOf('${page}', '${link}')`)).toBe(target);
  });

  it('have no link to a document of maintainers', () => {
    const question = `site.targetOf('index.md', 'docs/architecture.md')`;
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
    return ask('check.mjs', `site.problemsOf(${JSON.stringify(folder)})`);
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
    expect(ask('check.mjs', `site.problemsOf(${JSON.stringify(empty)})`)).toEqual(['the site has no pages']);
  });
});
