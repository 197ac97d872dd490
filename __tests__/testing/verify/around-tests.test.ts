import { beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('around-tests');
beforeAll(() => {
  project.write('a.test.js', "test('one', () => {});");
  project.write('b.test.js', "test('two', () => {});");
  project.write('one.spec.mjs', "import { test } from 'vitest'; test('one', () => {});");
  for (const entry of ['jest', 'vitest', 'guard'])
    project.write(`${entry}.js`, `require('s3-versioning-mock/${entry}'); module.exports = async () => {};`);
  project.write(
    'environment.js',
    "require('s3-versioning-mock/jest'); module.exports = require('jest-environment-node').TestEnvironment;",
  );
  project.write('reporter.mjs', "import 's3-versioning-mock/vitest'; export default class {}");
  for (const [name, body] of Object.entries(setUps)) {
    const make = "const { mockS3 } = require('s3-versioning-mock');";
    project.write(`${name}.js`, `${make} module.exports = async () => { ${body} };`);
  }
});

const setUps = {
  captures: 'mockS3();',
  serves: 'const s3 = mockS3(); await new Promise(setImmediate); await s3.listen({ env: true });',
  capturesNothing: 'mockS3({ hosts: { only: [] } });',
  stops: 'const s3 = mockS3(); await new Promise(setImmediate); await s3.stop();',
} as const;

async function jest(settings: object, ...args: readonly string[]) {
  const config = JSON.stringify({ testMatch: ['**/*.test.js'], transform: {}, ...settings });
  const { code, stdout, stderr } = await project.jest(['--no-color', '--config', config, ...args]);
  return { code, output: stdout + stderr };
}

async function vitest(settings: string) {
  project.write('vitest.config.mjs', `export default { test: { include: ['one.spec.mjs'], ${settings} } };`);
  const { code, stdout, stderr } = await project.run(['node_modules/vitest/vitest.mjs', 'run'], { NO_COLOR: '1' });
  return { code, output: stdout + stderr };
}

describe('the entry of a runner, imported where there are no hooks, says where it belongs', () => {
  it('in setupFiles of jest', async () => {
    const { code, output } = await jest({ setupFiles: ['<rootDir>/jest.js'] }, '-i');
    expect(code).toBe(1);
    expect(output).toContain(
      'S3MockError: s3-versioning-mock/jest was imported in a file of setupFiles, which jest runs before there are hooks and expect: ' +
        'name that file in setupFilesAfterEnv, or import the entry in the test file.',
    );
  });

  it.each([
    ['globalSetup', { globalSetup: '<rootDir>/jest.js' }],
    ['globalTeardown', { globalTeardown: '<rootDir>/jest.js' }],
    ['globalSetup, which imports the other entry,', { globalSetup: '<rootDir>/vitest.js' }],
    ['an environment', { testEnvironment: '<rootDir>/environment.js' }],
    ['a reporter', { reporters: ['<rootDir>/jest.js'] }],
  ])('in %s of jest', async (_, settings) => {
    const { code, output } = await jest(settings, '-i');
    expect(code).toBe(1);
    expect(output).toMatch(/s3-versioning-mock\/(?:vi|j)\w+ was imported outside of the test files of jest/);
    expect(output).toContain('Import s3-versioning-mock/jest in a test file, or in a file of setupFilesAfterEnv.');
  });

  it.each([
    ['globalSetup', "globalSetup: './vitest.js'"],
    ['globalSetup, which imports the other entry,', "globalSetup: './jest.js'"],
    ['a reporter', "reporters: ['./reporter.mjs']"],
  ])('in %s of vitest', async (_, settings) => {
    const { code, output } = await vitest(settings);
    expect(code).toBe(1);
    expect(output).toMatch(
      /s3-versioning-mock\/(?:vi|j)\w+ was (?:required|imported outside of the test files of vitest)/,
    );
    expect(output).toContain('Import s3-versioning-mock/vitest in a test file, or in a file of setupFiles.');
  });
});

describe('a mock of the main entry that globalSetup makes', () => {
  it.each([
    ['jest', () => jest({ globalSetup: '<rootDir>/captures.js' }, '-w', '2')],
    ['vitest', () => vitest("globalSetup: './captures.js'")],
  ])('warns that it does not see the test files of %s', async (runner, run) => {
    const { code, output } = await run();
    expect(code).toBe(0);
    expect(output).toMatch(
      /S3MockWarning: the mock created at .*captures\.js:1:\d+ captures only the calls of this process/,
    );
    expect(output).toContain(`call mockS3 of s3-versioning-mock/${runner} in the test files.`);
  });

  it.each(['serves', 'capturesNothing', 'stops'])('is silent if it %s', async (name) => {
    const { code, output } = await jest({ globalSetup: `<rootDir>/${name}.js` });
    expect({ code, isWarned: output.includes('S3MockWarning') }).toEqual({ code: 0, isWarned: false });
  });

  it('is silent in an environment, which runs where its tests do', async () => {
    project.write(
      'capturing-environment.js',
      "require('s3-versioning-mock').mockS3(); module.exports = require('jest-environment-node').TestEnvironment;",
    );
    const { code, output } = await jest({ testEnvironment: '<rootDir>/capturing-environment.js' }, '-i');
    expect({ code, isWarned: output.includes('captures only the calls of this process') }).toEqual({
      code: 0,
      isWarned: false,
    });
  });
});

it('the guard warns in globalSetup, and not in setupFiles', async () => {
  const warning =
    's3-versioning-mock/guard was imported outside of the test files, and refuses the requests of this process alone';
  expect((await jest({ globalSetup: '<rootDir>/guard.js' })).output).toContain(warning);
  expect((await jest({ setupFiles: ['s3-versioning-mock/guard'] })).output).not.toContain(warning);
});
