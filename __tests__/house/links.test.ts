import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { addressesOf, anchorsOf, brokenLinks } from '../package/links';
import { filesIn, root, textOf } from './files';
import { collect } from './nodes';
import { sources } from './sources';

/** The hosts of the web that the documents name. They are not asked: a new one is added here by somebody who has looked. */
const hosts = [
  'aws.amazon.com',
  'cloud.ibm.com',
  'developers.cloudflare.com',
  'docs.aws.amazon.com',
  'docs.digitalocean.com',
  'docs.oracle.com',
  'docs.wasabi.com',
  'github.com',
  'help.aliyun.com',
  'keepachangelog.com',
  'repost.aws',
  'semver.org',
  'storj.dev',
  'www.backblaze.com',
  'www.ibm.com',
];

const pages = filesIn('.').filter((file) => file.endsWith('.md') && !file.startsWith('__tests__/'));

describe('the links of the documents', () => {
  it.each(pages)('lead somewhere: %s', (page) => {
    expect(brokenLinks(root, page)).toEqual([]);
  });

  it('of the web are whole addresses of known hosts', () => {
    const ofThisMachine = /^http:\/\/127\.0\.0\.1\b/;
    const addresses = pages.flatMap((page) => addressesOf(root, page)).filter((one) => !ofThisMachine.test(one));
    expect(addresses.filter((address) => !URL.canParse(address) || !address.startsWith('https://'))).toEqual([]);
    const found = [...new Set(addresses.map((address) => new URL(address).host))].toSorted();
    expect(found).toEqual(hosts);
  });
});

describe('the pages that messages of src name', () => {
  const { files }: { readonly files: readonly string[] } = JSON.parse(textOf('package.json'));
  const leftOut = files.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
  const isPacked = (page: string) => !leftOut.some((one) => page === one || page.startsWith(`${one}/`));
  const link = /\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g;
  const named = sources
    .filter(({ text }) => text.includes('docs/'))
    .flatMap(({ tree, file }) =>
      collect(tree, (node) =>
        ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
          ? (node.text.match(link) ?? []).map((found) => `${file}: ${found}`)
          : [],
      ),
    );

  it('are documents of the package, with their headings', () => {
    expect(named.length).toBeGreaterThan(5);
    const lost = named.filter((one) => {
      const [page = '', heading] = one.replace(/^.*: /, '').split('#');
      const isThere = pages.includes(page) && isPacked(page);
      return !isThere || (heading !== undefined && !anchorsOf(textOf(page)).includes(heading));
    });
    expect(lost).toEqual([]);
  });
});

describe('a broken link is found', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 's3-versioning-mock-links-'));
    writeFileSync(join(folder, 'page.md'), '# A page\n\n## What is `here`, and there\n\n## Twice\n\n## Twice\n');
    writeFileSync(join(folder, 'script.js'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function brokenIn(text: string): readonly string[] {
    writeFileSync(join(folder, 'from.md'), text);
    return brokenLinks(folder, 'from.md');
  }

  it.each([
    ['[no file](other.md)', 'other.md'],
    ['[no heading](page.md#there)', 'page.md#there'],
    ['[no heading of its own](#here)', '#here'],
    ['[another case](Page.md)', 'Page.md'],
    ['[outside of the folder](../page.md)', '../page.md'],
    ['[nothing]()', ''],
    ['[a heading of a program](script.js#L3)', 'script.js#L3'],
    ['[below][one]\n\n[one]: gone.md', 'gone.md'],
    ['<a href="gone.md">', 'gone.md'],
    ['![a picture](gone.png)', 'gone.png'],
    ['[a third one](page.md#twice-2)', 'page.md#twice-2'],
  ])('%s', (text, target) => {
    expect(brokenIn(text)).toEqual([target]);
  });

  it.each([
    ['[a file](page.md)'],
    ['[a heading](page.md#what-is-here-and-there)'],
    ['[the second](page.md#twice-1)'],
    ['[a program](script.js)'],
    ['[the web](https://example.com/gone)'],
    ['`[code](gone.md)`'],
    ['```md\n[code](gone.md)\n```'],
  ])('and no other: %s', (text) => {
    expect(brokenIn(text)).toEqual([]);
  });
});
