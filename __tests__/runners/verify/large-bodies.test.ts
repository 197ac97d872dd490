import { beforeAll, describe, expect, it } from '@jest/globals';
import { cases, failing, plainTests, required, testsOf } from '../../support/large-bodies';
import { libraryProject } from '../../support/library-project';

const nodeTest = { 'a.test.cjs': `const { after, beforeEach, test } = require('node:test');\n${plainTests}` };
const reporters = ['tap', 'spec', 'dot', 'junit'].map((reporter) => ({
  runner: `node:test with the reporter ${reporter}`,
  files: nodeTest,
  args: ['--test', `--test-reporter=${reporter}`, 'a.test.cjs'],
  failed: failing.plain,
}));

const runs = [
  ...reporters,
  {
    runner: 'mocha',
    files: { 'a.spec.cjs': `const test = it;\n${plainTests}` },
    args: ['node_modules/mocha/bin/mocha.js', 'a.spec.cjs'],
    failed: failing.plain,
  },
  {
    runner: 'mocha with the reporter json',
    files: { 'a.spec.cjs': `const test = it;\n${plainTests}` },
    args: ['node_modules/mocha/bin/mocha.js', '--reporter', 'json', 'a.spec.cjs'],
    failed: failing.plain,
  },
  {
    runner: 'jest',
    files: {
      'jest/a.test.js': `${required.replace('./', '../')}
        const { mockS3 } = require('s3-versioning-mock/jest');
        const s3 = mockS3(options);
        ${testsOf('withExpect(expect)')}`,
    },
    args: ['node_modules/jest/bin/jest.js', '--rootDir', 'jest', '--reporters', 'default'],
    failed: failing.withMatchers,
  },
  {
    runner: 'vitest',
    files: {
      'a.test.mjs': `import { expect, test } from 'vitest';
        import { mockS3 } from 's3-versioning-mock/vitest';
        import cases from './cases.cjs';
        const { kinds, options, put, withExpect } = cases;
        const s3 = mockS3(options);
        ${testsOf('withExpect(expect)')}`,
    },
    args: ['node_modules/vitest/vitest.mjs', 'run', 'a.test.mjs'],
    failed: failing.withMatchers,
  },
];

describe('a failed assertion on a body of 1 MB', () => {
  const project = libraryProject('bodies');
  beforeAll(() => {
    project.write('cases.cjs', cases);
  });

  it.each(runs)('takes less than 100 lines of $runner, and 100 KB', async ({ files, args, failed }) => {
    for (const [file, text] of Object.entries(files)) project.write(file, text);
    const { code, stdout, stderr } = await project.run(args, { NO_COLOR: '1' });
    const output = stdout + stderr;
    // The name of the code that differs, or of the body that came, is in each message.
    expect({ hasFailed: code !== 0, isComplete: output.split('PutObject').length > failed }).toEqual({
      hasFailed: true,
      isComplete: true,
    });
    expect(output.split('\n').length / failed).toBeLessThan(100);
    expect(output.length / failed).toBeLessThan(100_000);
  });
});
