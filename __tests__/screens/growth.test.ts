import '../support/in-place';
import { expect, it } from '@jest/globals';
import { findGrownFunctions } from './growth';

/** The scene of the fewest requests; `verify` has all. */
it('what the library adds to a failure makes at most twice as many calls for twice as much: keys of a listing', async () => {
  expect(await findGrownFunctions('keys of a listing')).toEqual([]);
});
