import { expect, it } from '@jest/globals';
import { hints } from '../../src/screen/experiments';
import { comparisons } from '../../src/screen/plain-comparisons';
import { textOf } from './files';

it('docs/hints.md has each hint, in the order in which they are tried', () => {
  const [, tables = ''] = textOf('docs/hints.md').split('\n## Requests that are sent again\n');
  const rows = tables.split('\n').filter((line) => /^\| (?!---|What )/.test(line));
  expect(rows).toEqual([
    ...hints.map(({ tries, of }) => `| ${tries} | ${of} |`),
    ...comparisons.map(({ compares }) => `| ${compares} |`),
  ]);
});
