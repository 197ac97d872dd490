import { expect, it } from '@jest/globals';
import { filesIn, textOf } from './files';

it('the index of the decisions has each of them by its title', () => {
  const pages = filesIn('docs/decisions').filter((file) => /\/\d{4}-/.test(file));
  const titles = pages.toSorted().map((file) => {
    const [, number, title] = /^# (\d+)\. (.*)/.exec(textOf(file)) ?? [];
    return `| ${number} | [${title}](${file.replace('docs/decisions/', '')}) |`;
  });
  const rows = [...textOf('docs/decisions/README.md').matchAll(/^\| \d+ \| \[.*?\]\(.*?\) \|/gm)].map(([row]) => row);
  expect(rows).toEqual(titles);
});
