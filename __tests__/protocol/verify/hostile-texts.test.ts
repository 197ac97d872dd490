import { describe, expect, it } from '@jest/globals';
import { growsWithItsLength } from '../../support/hostile-text';
import { refusalThrownBy } from '../../support/thrown';
import { readers } from '../hostile-readers';

describe('256 KB of hostile text', () => {
  it.each(Object.entries(readers))('is read in a time that grows with its length: %s', (_what, read) => {
    expect(growsWithItsLength(() => refusalThrownBy(read))).toBe(true);
  });
});
