import { describe, expect, it } from '@jest/globals';
import { play, type RecordedCases } from './play';

export type { RecordedCall, RecordedCase, RecordedCases } from './play';

/** Adds a test for each case: the mock answers what the real service did. */
export function replay(...recordings: readonly RecordedCases[]): void {
  for (const { file, recorded, cases } of recordings) {
    describe(`${file}, ${recorded}`, () => {
      it.each(Object.entries(cases))('%s', async (_title, recordedCase) => {
        expect(await play(recordedCase)).toEqual([]);
      });
    });
  }
}
