import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lazyList } from '../../src/journal/lazy-list';

it('a lazy list is an array of what its function makes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), fc.integer({ min: -12, max: 12 }), (items, index) => {
      const list = lazyList(items.length, (place) => items[place]);
      const isSmall = (item: number | undefined) => item !== undefined && item < 5;
      expect(list).toHaveLength(items.length);
      expect(list.at(index)).toBe(items.at(index));
      expect(list.slice(index)).toEqual(items.slice(index));
      expect(list.filter(isSmall)).toEqual(items.filter(isSmall));
      expect(list.every(isSmall)).toBe(items.every(isSmall));
    }),
  );
});
