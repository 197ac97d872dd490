import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from './files';

const test = '`(?<file>[^`]+\\.test\\.ts)` `(?<title>.+)` \\|$';
const mark = '(?:R~?|V|D|M|U)';
const marked = `^\\| [^|]+\\. \\| ${mark}(?:, ${mark})* \\| ${test}`;

const books: readonly (readonly [book: string, form: string, atLeast: number])[] = [
  ['docs/sts.md', marked, 100],
  ['docs/events.md', marked, 50],
  ['docs/invariants.md', `^\\| [^|]+\\. \\| ${test}`, 10],
  ['docs/cos.md', `^(?:\\| [^|]+ ){4}\\| ${test}`, 35],
  ['docs/refusals.md', `^\\| \`\\w+\` \\| \\d{3} \`\\w+\` \\| [^|]* \\| [^|]+ \\| ${test}`, 40],
];

/** Heads, the marks and what they mean, and the words of COS. */
const withoutTest = new RegExp(
  `^\\| (?:(?:---|Always|Behaviour|Code|Mark|Refusal|What|${mark}) \\||\`\\w+\` \\| [^|]+ \\|$)`,
);

describe.each(books)('%s', (book, form, atLeast) => {
  const rows = textOf(book)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !withoutTest.test(line));

  it('has rows of one form', () => {
    expect(rows.length).toBeGreaterThan(atLeast);
    expect(rows.filter((row) => !new RegExp(form).test(row))).toEqual([]);
  });

  it('names tests that exist', () => {
    const lost = rows.filter((row) => {
      const { file = '', title = '' } = new RegExp(form).exec(row)?.groups ?? {};
      const place = file.startsWith('__tests__/') ? file : `__tests__/${file}`;
      return !existsSync(path.join(root, place)) || !hasTitle(textOf(place), title);
    });
    expect(lost).toEqual([]);
  });
});

/** Whether a file has the title of a test, of a group or of a row of a table, as it is written: `to a %s` stays. */
function hasTitle(text: string, title: string): boolean {
  const unescaped = text.replaceAll("\\'", "'");
  return [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => unescaped.includes(quoted));
}
