import { afterAll, expect, it } from '@jest/globals';
import { cases, failing, plainTests } from '../support/large-bodies';
import { Project } from '../support/project';
import { describeInstalled, installAva } from './installation';

describeInstalled('a failed assertion on a body of 1 MB', () => {
  const project = new Project('ava');
  afterAll(() => project.remove());

  it('takes less than 100 lines of ava, and 100 KB', async () => {
    project.linkPackages(await installAva());
    project.linkPackages();
    project.compileLibrary();
    project.write('cases.cjs', cases);
    const names = "const { serial: test, beforeEach, after: { always: after } } = require('ava');";
    project.write(
      'a.test.cjs',
      `${names}\n${plainTests.replace('await assertion(s3, kind);', '$& t.pass();').replace('async () =>', 'async (t) =>')}`,
    );
    const { code, stdout, stderr } = await project.run(['node_modules/ava/entrypoints/cli.mjs', 'a.test.cjs']);
    const output = stdout + stderr;
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`${failing.plain} tests failed`) });
    expect(output.split('\n').length / failing.plain).toBeLessThan(100);
    expect(output.length / failing.plain).toBeLessThan(100_000);
  });
});
