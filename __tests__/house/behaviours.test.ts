import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from './files';
import { titlesIn } from './titles';

const form = /^\| [^|]+\. \| (?:R~?|V|D|M|U)(?:, (?:R~?|V|D|M|U))* \| `(?<file>[^`]+\.test\.ts)` `(?<title>[^`]+)` \|$/;

function rowsOf(book: string): readonly string[] {
  return textOf(book)
    .split('\n')
    .filter((line) => /^\| (?!Behaviour|Mark|---)/.test(line) && !/^\| (?:R~?|V|D|M|U) \|/.test(line));
}

describe.each([
  ['docs/sts.md', 100],
  ['docs/events.md', 50],
])('%s', (book, atLeast) => {
  const rows = rowsOf(book);

  it('has rows of one form', () => {
    expect(rows.length).toBeGreaterThan(atLeast);
    expect(rows.filter((row) => !form.test(row))).toEqual([]);
  });

  it.each(rows.map((row) => form.exec(row)?.groups ?? {}))(
    'names a test that exists: $file $title',
    ({ file = '', title = '' }) => {
      const test = path.posix.join('__tests__', file);
      expect(existsSync(path.join(root, test))).toBe(true);
      expect([...titlesIn(test)]).toContain(title);
    },
  );
});
