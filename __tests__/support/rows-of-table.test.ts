import { expect, it } from '@jest/globals';
import { checkRows } from './rows-of-table';

const nameOf = (row: number) => `row ${row}`;

it('a table passes if each row does, each after what comes before it', async () => {
  const seen: unknown[] = [];
  await checkRows({ rows: [1, 2], nameOf, check: (row) => seen.push(row), before: () => seen.push('before') });
  expect(seen).toEqual(['before', 1, 'before', 2]);
});

it('a table names each row that fails, with its message', async () => {
  const cause = new Error('it is odd');
  const check = async (row: number) => {
    if (row % 2 === 1) throw cause;
  };
  await expect(checkRows({ rows: [1, 2, 3], nameOf, check })).rejects.toMatchObject({
    message: '2 of 3 rows fail:\n\nrow 1\nit is odd\n\nrow 3\nit is odd',
    cause,
  });
});

it('a table without rows fails', async () => {
  await expect(checkRows({ rows: [], nameOf, check: () => undefined })).rejects.toThrow('0 of 0 rows fail');
});
