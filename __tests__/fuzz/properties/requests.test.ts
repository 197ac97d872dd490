import { describe, expect, it } from '@jest/globals';
import { areAllRuns, runs } from '../../support/runs';
import { type Played, play } from '../play';

const { numRuns: count } = runs(500);

describe(`the first ${count} requests of a fuzz run`, () => {
  it('are all answered as S3 could answer them', async () => {
    const played: Played[] = [];
    const failures: string[] = [];
    await play(3, 0, count, {
      begins: () => {},
      played: (one) => played.push(one),
      failed: (index, problem) => failures.push(`round of ${index}: ${problem}`),
    });
    const problems = played.flatMap(({ index, problems }) => problems.map((problem) => `${index}: ${problem}`));
    expect([...problems, ...failures]).toEqual([]);
    if (!areAllRuns) return;
    expect(new Set(played.map(({ operation }) => operation)).size).toBeGreaterThan(50);
    expect(played.filter(({ statuses }) => /^2\d\d/.test(statuses)).length).toBeGreaterThan(40);
  });
});
