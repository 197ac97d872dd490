import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from './sources';
import { titlesIn } from './titles';

const book = 'docs/invariants.md';
const lines = textOf(book)
  .split('\n')
  .filter((line) => /^\| (?!Always|---)/.test(line));
const form = /^\| [^|]+\. \| `(?<file>[^`]+\.test\.ts)` `(?<title>[^`]+)` \|$/;

describe(book, () => {
  it('has rows of one form', () => {
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
  });

  it.each(lines.map((line) => form.exec(line)?.groups ?? {}))(
    'names a test that exists: $file $title',
    ({ file = '', title = '' }) => {
      const test = path.posix.join('__tests__', file);
      expect(existsSync(path.join(root, test))).toBe(true);
      expect([...titlesIn(test)]).toContain(title);
    },
  );
});
