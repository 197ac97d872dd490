import { describe, expect, it } from '@jest/globals';
import { growsWithItsLength } from '../support/hostile-text';
import { checkRows } from '../support/rows-of-table';
import { refusalThrownBy } from '../support/thrown';
import { readers } from './hostile-readers';

/** `npm run test:verify` reads 256 KB of each. */
const short = 16 * 1024;

describe('16 KB of hostile text', () => {
  it('is read in a time that grows with its length', () =>
    checkRows({
      rows: Object.entries(readers),
      nameOf: ([what]) => what,
      check: ([, read]) => expect(growsWithItsLength(() => refusalThrownBy(read), short)).toBe(true),
    }));
});
