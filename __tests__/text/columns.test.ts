import { describe, expect, it } from '@jest/globals';
import { columnWidths, longestLength } from '../../src/text/columns';

describe('the widths of columns', () => {
  it('fit the widest cells, up to a limit', () => {
    expect(columnWidths([], 2)).toEqual([0, 0]);
    expect(columnWidths([['a', 'bcd', 'e'], ['fg']], 2)).toEqual([2, 3]);
    const rows = [
      ['abcdef', 'b'],
      ['a', 'bc'],
    ];
    expect(columnWidths(rows, 2, 4)).toEqual([4, 2]);
  });

  it('are found in any number of rows', () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => [String(index)]);
    expect(columnWidths(rows, 1)).toEqual([6]);
    expect(longestLength(rows.flat())).toBe(6);
  });
});
