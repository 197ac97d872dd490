import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Subject, subjects } from '../../../specification/cases';
import { mockStage } from '../../../src/facts/mock-stage';
import { play } from '../../../src/facts/play';
import { loadXxhash } from '../../../src/formats/xxhash';

export function replay(subject: Subject): void {
  beforeAll(() => loadXxhash());
  for (const { file, recorded, cases } of subjects[subject]) {
    describe(`${file}, ${recorded}`, () => {
      it.each(Object.entries(cases))('%s', async (_title, recordedCase) => {
        expect(await play(mockStage, recordedCase)).toEqual({ differences: [], leftOut: [] });
      });
    });
  }
}
