import { describe, expect, it } from '@jest/globals';
import { findFirstAfter, groupBy, readOnce } from '../../src/text/lists';

describe('items in groups', () => {
  it('keep their order, and the groups the order of their first items', () => {
    const groups = groupBy(['b1', 'a1', 'b2'], (item) => item[0]);
    expect([...groups]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});

describe('the first text behind another one', () => {
  const sorted = ['a/1', 'a/2', 'b', 'é'];

  it.each([
    ['', 'a/1'],
    ['a/', 'a/1'],
    ['a/1', 'a/2'],
    ['a0', 'b'],
    ['b', 'é'],
    ['é', undefined],
  ])('of %j is %j', (text, found) => {
    expect(findFirstAfter(sorted, text)).toBe(found);
  });

  it('is undefined in an empty list', () => {
    expect(findFirstAfter([], 'a')).toBeUndefined();
  });
});

describe('a value that is read once', () => {
  it('is read again for no name, also if it is undefined', () => {
    const names: string[] = [];
    const read = readOnce((name) => {
      names.push(name);
      return name === 'a' ? 1 : undefined;
    });
    expect([read('a'), read('b'), read('a'), read('b')]).toEqual([1, undefined, 1, undefined]);
    expect(names).toEqual(['a', 'b']);
  });
});
