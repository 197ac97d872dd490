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

it('the index says of each decision what the first line of its page says: whether it is in force, and what replaced it', () => {
  const pages = filesIn('docs/decisions').filter((file) => /\/\d{4}-/.test(file));
  const rows = new Map(
    [...textOf('docs/decisions/README.md').matchAll(/^\| (\d+) \| .* \| (.*) \|$/gm)].map(([, number, force = '']) => [
      number,
      force,
    ]),
  );
  const wrong = pages.flatMap((file) => {
    const text = textOf(file);
    const [, number] = /^# (\d+)\. /.exec(text) ?? [];
    const [, status = ''] = text.split('\n\n');
    const [, part] = /superseded( in part)? by/i.exec(status) ?? [null, null];
    const row = rows.get(number) ?? '';
    const said = part === null ? 'yes' : part === undefined ? 'no: ' : 'in part: ';
    const links = [...row.matchAll(/\]\(([^)]*)\)/g)].map(([, link = '']) => link);
    return row.startsWith(said) && links.every((link) => status.includes(`](${link})`)) ? [] : [`${file}: ${row}`];
  });
  expect(wrong).toEqual([]);
});
