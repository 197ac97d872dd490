import '../../support/in-place';
import { describe, expect, it } from '@jest/globals';
import { findGrownFunctions } from '../growth';
import { scenes } from '../scenes';

describe('what the library adds to a failure', () => {
  it.each(Object.keys(scenes))('makes at most twice as many calls for twice as much: %s', async (title) => {
    expect(await findGrownFunctions(title)).toEqual([]);
  });
});
