import { describe, expect, it } from '@jest/globals';
import type { MockControl } from '../../src/mock/create-mock';
import { screenOfTest } from './failed-tests';

/** A test that fails, and what its screen says. */
export interface Mistake {
  readonly of: string;
  readonly test: () => unknown;
  readonly says: string;
}

/** A test that fails for another reason, and what its screen does not say. */
export type OtherMistake = Omit<Mistake, 'says'> & { readonly hides: string };

/** Makes a function that tries mistakes, and tests that look like them, with the mock of each test. */
export function tryMistakes(findControl: () => Pick<MockControl, 'lifetime'>) {
  return (title: string, mistakes: readonly Mistake[], others: readonly OtherMistake[]): void => {
    describe(title, () => {
      // Runners refuse a table without rows.
      for (const { of, test, says } of mistakes)
        it(`is explained: ${of}`, async () => {
          expect(await screenOfTest(findControl, test)).toContain(says);
        });
      it.each(others)('is not the reason: $of', async ({ test, hides }) => {
        expect(await screenOfTest(findControl, test)).not.toContain(hides);
      });
    });
  };
}
