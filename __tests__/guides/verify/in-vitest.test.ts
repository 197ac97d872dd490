import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askModule } from '../../house/modules';
import { blocks } from '../../house/readme';
import { VitestProject, type VitestRun } from '../../support/vitest-project';

/** The tests of the guides that use the library. */
const tests = new Map(
  blocks
    .filter(({ page }) => page.startsWith('docs/guides/'))
    .filter(({ language, runner, isFragment }) => /^[jt]s$/.test(language) && runner === 'jest' && !isFragment)
    .filter(({ code }) => code.includes("'s3-versioning-mock/jest'"))
    .map(({ page, code }, index) => [`${page.replace(/^docs\/guides\/|\.md$/g, '')}-${index}`, code]),
);

/** What each guide says beside the command that installs vitest, and what the site shows. */
const inVitest = (code: string) => askModule('site/runner-tabs.mjs', 'module.codeOfVitest(values)', code) as string;

describe('the tests of the guides, in vitest', () => {
  let project: VitestProject;
  let run: VitestRun;
  beforeAll(async () => {
    project = new VitestProject('guides-in-vitest');
    expect(tests.size).toBeGreaterThan(100);
    for (const [name, code] of tests) project.write(`guides/${name}.test.ts`, inVitest(code));
    run = await project.vitest('guides', ['--pool=vmThreads', '--testTimeout=60000']);
  });
  afterAll(() => project.remove());

  it('passes with the imports of vitest in place of those of jest', () => {
    const failed = Object.entries(run.tests).filter(([, { status }]) => status !== 'passed');
    expect(failed).toEqual([]);
    expect(Object.values(run.files).filter((message) => message !== '')).toEqual([]);
    expect(Object.keys(run.files).toSorted()).toEqual([...tests.keys()].toSorted());
  });
});
