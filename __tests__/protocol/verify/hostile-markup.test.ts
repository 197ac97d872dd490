import { describe, expect, it } from '@jest/globals';
import { growsWithItsLength } from '../../support/hostile-text';
import { isRefused, read, refused } from '../document/hostile-markup';

// sax under xml2js takes seconds for most of these: a time that is quadratic in their length.
describe('256 KB of hostile markup', () => {
  it.each(refused)('is refused in a time that grows with its length: %s', (_what, document) => {
    expect(isRefused(document())).toBe(true);
    expect(growsWithItsLength(() => isRefused(document()))).toBe(true);
  });

  it.each(read)('is read in a time that grows with its length: %s', (_what, document) => {
    expect(isRefused(document())).toBe(false);
    expect(growsWithItsLength(() => isRefused(document()))).toBe(true);
  });
});
