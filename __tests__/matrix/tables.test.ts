import { expect, it } from '@jest/globals';
import type { Field } from './field';
import { type Row, writeFailures, writeTables } from './tables';

const ok: Field = { kind: 'ok' };
const engines: Field = { kind: 'forbidden', by: 'engines >=22 (vitest 5.1.1)' };
const rowOf = (matrix: Row['cell']['matrix'], row: string, column: string, fields: Record<string, Field>): Row => ({
  cell: { matrix, row, column },
  fields: new Map(Object.entries(fields)),
});

const rows = [
  rowOf('runners', 'vitest 5.1.1', 'forks', { '22.9.0': ok, '22.23.3': ok, '20.20.2': engines }),
  rowOf('runners', 'mocha 12.0.3', 'ES module', { '24.21.0': ok }),
  rowOf('neighbours', 'nock 15.0.0', 'mock first', {
    '20.20.2': { kind: 'forbidden', by: 'Cannot use `import`' },
    '22.23.3': engines,
  }),
];

it('a matrix has a table, with the versions of Node in their order, Node 20 last, and the words of upstream below', () => {
  expect(writeTables(rows)).toBe(
    `## Runners

| Runner | Environment and modules | Node 22.9.0 | Node 22.23.3 | Node 24.21.0 | Node 20.20.2 |
| --- | --- | --- | --- | --- | --- |
| vitest 5.1.1 | forks | ok | ok |  | no (1) |
| mocha 12.0.3 | ES module |  |  | ok |  |

## Neighbours

| Neighbour | Order | Node 22.23.3 | Node 20.20.2 |
| --- | --- | --- | --- |
| nock 15.0.0 | mock first | no (1) | no (2) |

## What forbids it

1. \`engines >=22 (vitest 5.1.1)\`
2. \`\` Cannot use \`import\` \`\`
`,
  );
});

it('what failed is printed with its output', () => {
  const failing = rowOf('library', 'a script', 'CommonJS', { '24.21.0': { kind: 'failed', output: 'boom' } });
  expect(writeTables([failing])).toContain('| a script | CommonJS | FAILED |');
  expect(writeFailures([...rows, failing])).toBe('FAILED a script, CommonJS, Node 24.21.0\nboom');
  expect(writeFailures(rows)).toBe('');
});
