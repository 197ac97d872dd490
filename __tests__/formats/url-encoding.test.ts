import { describe, expect, it } from '@jest/globals';
import { decodePercent } from '../../src/formats/url-encoding';

describe('decodePercent', () => {
  it.each([
    ['a+b', 'a+b'],
    ['%41', 'A'],
    ['%', undefined],
    ['%c3%28', undefined],
  ])('%s is %s', (encoded, decoded) => {
    expect(decodePercent(encoded)).toBe(decoded);
  });
});
