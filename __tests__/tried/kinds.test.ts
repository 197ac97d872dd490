import { expect, it } from '@jest/globals';
import { kinds } from '../../src/tried/kinds';
import { textOf } from '../house/files';

it('the guide lists each kind as the command has it', () => {
  const [, , section = ''] = /## What S3 may do(.*?)\n(.*?)\n## /s.exec(textOf('docs/guides/try-a-suite.md')) ?? [];
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(kinds.map(({ name, nature, about }) => `| \`${name}\` | ${nature} | ${about} |`));
});
