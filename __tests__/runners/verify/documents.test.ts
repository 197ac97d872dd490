import { describe, expect, it } from '@jest/globals';
import { blocks, nameOf } from '../../house/readme';
import { libraryProject } from '../../support/library-project';
import { runners, runWith } from '../../support/runners';

/** The picture of the README, which fails in part, and the guide for an emulator, which needs one, have tests of their own. */
const tests = blocks.filter(({ runner }) => !['jest', 'picture', 'emulator'].includes(runner));

describe('the tests of the documents for other runners', () => {
  const project = libraryProject('runners');

  it('name runners that are known', () => {
    expect(tests.map(({ runner }) => runner).filter((runner) => !Object.hasOwn(runners, runner))).toEqual([]);
  });

  it.each(tests.filter(({ runner }) => runners[runner]?.isInMatrixOnly !== true))(
    '$runner runs $page, line $line',
    async (block) => {
      const runner = runners[block.runner];
      if (runner === undefined) throw new Error(`${block.page}: unknown runner ${block.runner}`);
      const { code, stdout, stderr } = await runWith(runner, project, nameOf(block), block.code);
      // jest prints its results as errors.
      expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(runner.passed) });
    },
  );
});
