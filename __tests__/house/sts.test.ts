import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from './files';
import { titlesIn } from './titles';

const book = 'docs/sts.md';
const lines = textOf(book)
  .split('\n')
  .filter((line) => /^\| (?!Behaviour|Mark|---)/.test(line) && !/^\| (?:R~?|V|D|M|U) \|/.test(line));
const form = /^\| [^|]+\. \| (?:R~?|V|D|M|U)(?:, (?:R~?|V|D|M|U))* \| `(?<file>[^`]+\.test\.ts)` `(?<title>[^`]+)` \|$/;

describe(book, () => {
  it('has rows of one form', () => {
    expect(lines.length).toBeGreaterThan(100);
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
