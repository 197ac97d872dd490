import { afterAll, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src/index';
import { filesIn, textOf } from './files';

const s3 = mockS3({ hosts: { only: [] } });
const members = [...Object.getOwnPropertyNames(Object.getPrototypeOf(s3)), ...Object.keys(s3)].filter(
  (name) => name !== 'constructor',
);
const use = new RegExp(`(?<![\\w'"/.-])s3\\.(?:${members.join('|')})\\b|expect\\(s3\\)`);
const meaning =
  /\bs3 = (?:await )?(?:new )?mockS3\(|`s3` is the mock|`s3` is the object that `mockS3` returns|calls it `s3`/;
/** The line of a test. Readers see it together with the words above it. */
const line = /^const s3 = (?:await )?mockS3\(/m;

/** Pages of maintainers; the figures of a program; and screens, each of which has a test that begins with `mockS3`. */
const others =
  /^docs\/(?:architecture|benchmarks(?:\/goals)?|cos|decisions\/.*|events|examples\/.*|facts|invariants|mistakes|refusals|sts)\.md$/;
const pages = filesIn('docs').filter((file) => file.endsWith('.md') && !others.test(file));

function isSaidFirst(text: string): boolean {
  const used = text.search(use);
  const said = text.search(meaning);
  if (used === -1 || (said !== -1 && said <= used)) return true;
  const [section = ''] = text.slice(used).split(/^#/m);
  return line.test(section);
}

afterAll(() => s3.stop());

describe('a page of the documents, which readers open in the middle of the whole', () => {
  it.each(pages)('says what s3 is before it uses s3: %s', (page) => {
    expect(isSaidFirst(textOf(page))).toBe(true);
  });

  it.each([
    ['`s3.requests` is the journal.', false],
    ['`s3.requests` is the journal of `const s3 = mockS3();`.', false],
    ['`s3` is the mock, and `s3.requests` its journal.', true],
    ['The test creates the mock and calls it `s3`. `s3.requests` is its journal.', true],
    ['`s3.requests` is the journal.\n\n```ts\nconst s3 = mockS3();\n```', true],
    ['`s3.requests` is the journal.\n\n## A test\n\n```ts\nconst s3 = mockS3();\n```', false],
    ['const s3 = mockS3();\nexpect(s3).toHaveReceived()', true],
    ['The host is `s3.us-east-1.amazonaws.com`.', true],
  ])('%s', (text, isSaid) => {
    expect(isSaidFirst(text)).toBe(isSaid);
  });
});
