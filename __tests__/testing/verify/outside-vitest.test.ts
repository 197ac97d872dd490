import { beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('outside-vitest');
beforeAll(() => {
  project.write('required.test.js', "require('s3-versioning-mock/vitest'); test('runs', () => {});");
  project.write('imported.test.mjs', "import 's3-versioning-mock/vitest'; test('runs', () => {});");
});

const outside =
  's3-versioning-mock/vitest was imported outside of vitest. Under jest, import s3-versioning-mock/jest; under another runner, ' +
  's3-versioning-mock, with reset() before each test and stop() after the last; for an expect of your own, s3-versioning-mock/matchers. ' +
  'docs/runners.md has an example of each.';

const configOf = (file: string) =>
  JSON.stringify({ testMatch: [`**/${file}`], transform: {}, testEnvironment: 'node' });

describe('s3-versioning-mock/vitest outside of vitest names the entry to use', () => {
  it('under jest, where import is compiled to require', async () => {
    const { code, stderr } = await project.jest(['--no-color', '--config', configOf('required.test.js')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(outside) });
  });

  it('under jest with ES modules', async () => {
    const NODE_OPTIONS = '--experimental-vm-modules';
    const { code, stderr } = await project.jest(['--no-color', '--config', configOf('imported.test.mjs')], {
      NODE_OPTIONS,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(outside) });
  });

  it.each([
    ['node:test', ['--test', 'required.test.js']],
    ['node:test with ES modules', ['--test', 'imported.test.mjs']],
    ['mocha', ['node_modules/mocha/bin/mocha.js', 'required.test.js']],
    ['mocha with ES modules', ['node_modules/mocha/bin/mocha.js', 'imported.test.mjs']],
  ])('under %s', async (_runner, args) => {
    const { code, stdout, stderr } = await project.run(args);
    expect({ code, output: stdout + stderr }).toEqual({ code: 1, output: expect.stringContaining(outside) });
  });

  it('and under vitest, that it is imported', async () => {
    project.write(
      'required.spec.mjs',
      "import { createRequire } from 'node:module'; createRequire(import.meta.url)('s3-versioning-mock/vitest');",
    );
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--globals', 'required.spec.mjs'];
    const { code, stderr } = await project.run(args, { NO_COLOR: '1' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(
        "s3-versioning-mock/vitest was required. It is an ES module: write import { mockS3 } from 's3-versioning-mock/vitest'",
      ),
    });
  });
});
