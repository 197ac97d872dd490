import { describe, expect, it } from '@jest/globals';
import { filesIn, textOf } from './files';

const own = '__tests__/house/text.test.ts';
const texts = filesIn('.')
  .filter((file) => file !== own && !/\.(?:png|webp|gif|ico|tgz)$/.test(file))
  .map((file) => ({ file, text: textOf(file) }));
const writing = texts.filter(({ file }) => file !== 'package-lock.json');

describe('what is committed', () => {
  it.each([
    ['the place it was written at', /\/work\/|\.\.\/shared(?!-)|\/home\/|\/Users\//],
    [
      'how it was written',
      // A session of a user or a role is a word of AWS.
      /\b(?:earlier|last|next|our|previous|working) sessions?\b(?! token)|\bthis session\b(?! of)|\bsub-?agent|\bassistant\b|\bcolleagues?\b/i,
    ],
    ['notes that are not part of it', /(?<![-\w])(?:design|capture|toolchain|s3-behaviour|known-traps|style)\.md\b/],
    ['a registry', /\bregistry\.(?!(?:test\.)?ts\b)[a-z]|\bnpmrc\b|\bverdaccio\b|\bartifactory\b|_authToken/i],
  ])('does not speak of %s', (_what, words) => {
    expect(writing.flatMap(({ file, text }) => linesWith(words, file, text))).toEqual([]);
  });

  it('names no host of a package registry', () => {
    const lock = texts.find(({ file }) => file === 'package-lock.json')?.text ?? '';
    expect(lock).toContain('"integrity"');
    expect(linesWith(/"resolved"|https?:\/\/[^"]*\.tgz/, 'package-lock.json', lock)).toEqual([]);
  });

  it('has no test that is skipped or runs alone', () => {
    const tests = texts.filter(({ file }) => file.startsWith('__tests__/'));
    const words =
      /\b(?:it|test|describe)(?:\.concurrent)?\.(?:skip|only|todo|failing)\b|\b[xf](?:it|test|describe)\(|\[['"](?:skip|only|todo)['"]\]/;
    expect(tests.flatMap(({ file, text }) => linesWith(words, file, text))).toEqual([]);
  });
});

function linesWith(words: RegExp, file: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => (words.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : []));
}
