import { beforeAll, describe, expect, it } from '@jest/globals';
import { mockStage } from '../../src/facts/mock-stage';
import { play } from '../../src/facts/play';
import { loadXxhash } from '../../src/formats/xxhash';
import { textOf } from '../house/files';
import { cases } from './cases';

/** The facts whose tests are recorded cases alone. `npm run test:verify` plays the cases of all facts. */
const facts = new Set(
  textOf('docs/facts.md')
    .split(/^(?=### F\d+\b|## )/m)
    .flatMap((entry) => {
      const number = /^### (F\d+)\b/.exec(entry)?.[1];
      const tests = [...entry.matchAll(/`__tests__\/([^`]+\.test\.ts)`/g)].map(([, file = '']) => file);
      const isOfCases = tests.every((file) => file.startsWith('facts/verify/'));
      return number !== undefined && tests.length > 0 && isOfCases ? [number] : [];
    }),
);

const chosen = cases.flatMap(({ title, recordedCase }) =>
  recordedCase.fact !== undefined && facts.has(recordedCase.fact)
    ? [{ fact: recordedCase.fact, title, recordedCase }]
    : [],
);

describe('a fact that only recorded cases test', () => {
  beforeAll(() => loadXxhash());

  it.each(chosen)('$fact: $title', async ({ recordedCase }) => {
    expect(await play(mockStage, recordedCase)).toEqual({ differences: [], leftOut: [] });
  });
});
