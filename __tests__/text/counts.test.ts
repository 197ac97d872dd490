import { describe, expect, it } from '@jest/globals';
import { aligned } from '../../src/text/columns';
import { counted, firstLines, grouped } from '../../src/text/counts';
import { writeAlternatives, writeQuotedList } from '../../src/text/lists';

describe('a count', () => {
  it('has the noun in the singular for one only', () => {
    expect([0, 1, 2, 12_345].map((count) => counted(count, 'byte'))).toEqual([
      '0 bytes',
      '1 byte',
      '2 bytes',
      '12,345 bytes',
    ]);
  });
});

describe('a grouped number', () => {
  it.each([0, 7, 999, 1000, 10_000, 123_456, 1_234_567, 5_497_558_138_880, -1, -100, -1000, -123_456])(
    'is written as English writes %d',
    (number) => {
      expect(grouped(number)).toBe(number.toLocaleString('en-US'));
    },
  );
});

describe('the first lines', () => {
  it('are all lines if they are few enough', () => {
    expect(firstLines(['a', 'b'], 2)).toEqual(['a', 'b']);
  });

  it('are followed by the number of the others', () => {
    expect(firstLines(['a', 'b', 'c'], 1)).toEqual(['a', '... and 2 more']);
    expect(firstLines(['a', 'b'], 1, 'difference')).toEqual(['a', '... and 1 more difference']);
  });
});

describe('columns', () => {
  it('take no space if they are empty', () => {
    expect(aligned(['a', '', 'c', 'd'], [3, 0, 2])).toBe('a    c   d');
  });
});

describe('a list of names', () => {
  it('is quoted', () => {
    expect(writeQuotedList(['vault', "it's"])).toBe("'vault', 'it\\'s'");
    expect(writeQuotedList([])).toBe('none');
    expect(writeAlternatives(['ON', 'OFF'])).toBe("'ON' or 'OFF'");
  });
});
