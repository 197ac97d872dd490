import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../house/files';
import { Project } from '../../support/project';

const installed = new Project('outside-jest');
const missing = new Project('without-jest');
beforeAll(() => {
  installed.linkPackages();
  installed.compileLibrary();
  missing.compileLibrary();
  mkdirSync(join(missing.folder, 'node_modules'), { recursive: true });
  for (const name of ['otplib', 'sorted-btree', 'xml2js'])
    symlinkSync(join(root, 'node_modules', name), join(missing.folder, 'node_modules', name), 'dir');
});
afterAll(() => {
  installed.remove();
  missing.remove();
});

const otherRunners =
  's3-versioning-mock/jest was imported outside of jest. Under vitest, import s3-versioning-mock/vitest; under another runner, ' +
  's3-versioning-mock, with reset() before each test and stop() after the last; for an expect of your own, s3-versioning-mock/matchers. ' +
  'docs/runners.md has an example of each.';

const importing =
  "import('s3-versioning-mock/jest').catch(({ code, message }) => console.log(JSON.stringify({ code, message })));";

describe('s3-versioning-mock/jest outside of jest names the entry to use', () => {
  it.each([
    ['@jest/globals installed', installed],
    ['@jest/globals missing', missing],
  ])('with %s', async (_, project) => {
    project.write('imports.mjs', importing);
    const { stdout } = await project.run(['imports.mjs']);
    expect(JSON.parse(stdout)).toEqual({ code: 'OUTSIDE_JEST', message: otherRunners });
    const { stderr } = await project.run(['-e', "require('s3-versioning-mock/jest')"]);
    expect(stderr).toContain(`S3MockError: ${otherRunners}`);
  });

  it('under mocha', async () => {
    installed.write('one.spec.cjs', "const { mockS3 } = require('s3-versioning-mock/jest');");
    const { code, stdout, stderr } = await installed.run(['node_modules/mocha/bin/mocha.js', 'one.spec.cjs']);
    expect({ code, output: stdout + stderr }).toEqual({ code: 1, output: expect.stringContaining(otherRunners) });
  });

  it('under vitest, which has an entry of its own', async () => {
    installed.write('one.test.mjs', "import 's3-versioning-mock/jest';");
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--globals', 'one.test.mjs'];
    const { code, stderr } = await installed.run(args, { NO_COLOR: '1' });
    const message =
      's3-versioning-mock/jest was imported outside of jest. Under vitest, import s3-versioning-mock/vitest.';
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) });
  });

  it.each([
    ['bun', 'Under bun test, import s3-versioning-mock/bun. docs/runners.md#bun has an example.'],
    [
      'deno',
      'Under deno, import s3-versioning-mock, with reset() before each test and stop() after the last; for an expect of your own, ' +
        's3-versioning-mock/matchers. docs/runners.md#deno has an example.',
    ],
  ])('under %s, which gives functions of its own for the name @jest/globals', async (runtime, cure) => {
    // bun and deno are tried as they are installed; here Node says that it is one of them.
    const versions = `Object.defineProperty(process, 'versions', { value: { ...process.versions, ${runtime}: '1.0.0' } });`;
    installed.write('runtime.mjs', versions + importing);
    const { stdout } = await installed.run(['runtime.mjs']);
    expect(JSON.parse(stdout)).toEqual({
      code: 'OUTSIDE_JEST',
      message: `s3-versioning-mock/jest was imported outside of jest. ${cure}`,
    });
  });
});
