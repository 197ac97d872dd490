import '../support/in-place';
import { describe, expect, it } from '@jest/globals';
import { findGrownFunctions } from './growth';

/** The scenes of few requests; `verify` has all. */
describe('what the library adds to a failure', () => {
  it.each(['keys of a listing', 'versions of a key', 'refused keys of a batch'])(
    'makes at most twice as many calls for twice as much: %s',
    async (title) => {
      expect(await findGrownFunctions(title)).toEqual([]);
    },
  );
});
