import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeSortKey, sortKeyAfterPrefix } from '../../../src/model/versions/sort-key';
import { anyCharacter } from '../../support/characters';

const keys = fc.string({ unit: anyCharacter, maxLength: 12 });

const byOrder = (a: string, b: string) =>
  makeSortKey(a) < makeSortKey(b) ? -1 : makeSortKey(a) > makeSortKey(b) ? 1 : 0;
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html: "in UTF-8 binary order". F67
describe('the order of keys', () => {
  it.each([
    ['a', 'b'],
    ['A', 'a'],
    ['a', 'a/'],
    ['a!', 'a/'],
    ['a/b', 'a0'],
    ['z', 'é'],
    ['é', '中'],
    ['中', '\ue000'],
    ['\ud7ff', '\ue000'],
    ['\uffff', '😀'],
    ['\ufffd', '\u{10000}'],
    ['\u{10000}', '\u{10ffff}'],
    ['', '\u0001'],
  ])('has %j before %j', (first, second) => {
    expect({ forwards: byOrder(first, second), backwards: byOrder(second, first) }).toEqual({
      forwards: -1,
      backwards: 1,
    });
  });

  it('is the order of their UTF-8 bytes', () => {
    fc.assert(fc.property(keys, keys, (a, b) => Math.sign(byOrder(a, b)) === Math.sign(byBytes(a, b))));
  });

  it('keeps prefixes', () => {
    fc.assert(fc.property(keys, keys, (prefix, rest) => makeSortKey(prefix + rest).startsWith(makeSortKey(prefix))));
  });
});

describe('the order after a prefix', () => {
  it('is above all keys with the prefix, and not above the keys that follow them', () => {
    fc.assert(
      fc.property(
        keys.filter((key) => key !== ''),
        keys,
        keys,
        (prefix, rest, other) => {
          const after = sortKeyAfterPrefix(makeSortKey(prefix));
          if (after === undefined) return true;
          const above = makeSortKey(prefix + rest) < after;
          const follows = byBytes(other, prefix) > 0 && !other.startsWith(prefix);
          return above && (!follows || makeSortKey(other) >= after);
        },
      ),
    );
  });

  it('is undefined for a prefix that nothing follows', () => {
    expect(sortKeyAfterPrefix('\uffff\uffff')).toBeUndefined();
    expect(sortKeyAfterPrefix('')).toBeUndefined();
    expect(sortKeyAfterPrefix('a\uffff')).toBe('b');
  });
});
