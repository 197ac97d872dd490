import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blocks } from '../../house/readme';
import { VitestProject, type VitestRun } from '../../support/vitest-project';

/** The first test of each guide that uses the library: all of them would take minutes. */
const first = new Map(
  blocks
    .filter(({ page }) => page.startsWith('docs/guides/'))
    .filter(({ language, runner, isFragment }) => /^[jt]s$/.test(language) && runner === 'jest' && !isFragment)
    .filter(({ code }) => code.includes("'s3-versioning-mock/jest'"))
    .toReversed()
    .map(({ page, code }) => [page.replace(/^docs\/guides\/|\.md$/g, ''), code]),
);

/** What each guide says beside the command that installs vitest. */
function inVitest(code: string): string {
  return code
    .replaceAll("'@jest/globals'", "'vitest'")
    .replaceAll("'s3-versioning-mock/jest'", "'s3-versioning-mock/vitest'")
    .replaceAll(/\bjest\b(?!')/g, 'vi');
}

describe('the first test of each guide, in vitest', () => {
  let project: VitestProject;
  let run: VitestRun;
  beforeAll(async () => {
    project = new VitestProject('guides-in-vitest');
    for (const [name, code] of first) project.write(`guides/${name}.test.ts`, inVitest(code));
    run = await project.vitest('guides', ['--pool=vmThreads', '--testTimeout=60000']);
  });
  afterAll(() => project.remove());

  it('passes with the imports of vitest in place of those of jest', () => {
    const failed = Object.entries(run.tests).filter(([, { status }]) => status !== 'passed');
    expect(failed).toEqual([]);
    expect(Object.values(run.files).filter((message) => message !== '')).toEqual([]);
    expect(Object.keys(run.files).toSorted()).toEqual([...first.keys()].toSorted());
  });
});
