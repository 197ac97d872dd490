import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Project } from '../../support/project';

// Each test starts a runner of its own.
jest.setTimeout(60_000);

/** Two bodies of 1 MB that differ in one byte, and the assertions that fail because of it. */
const cases = `
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const MEGABYTE = 1024 * 1024;
const bodies = {
  bytes: [Buffer.alloc(MEGABYTE, Buffer.from([0, 1, 2])), Buffer.alloc(MEGABYTE, Buffer.from([0, 1, 2])).fill(7, 500_000, 500_001)],
  lines: ['a line\\n'.repeat(150_000), 'a line\\n'.repeat(149_999) + 'another\\n'],
};
exports.options = { buckets: { vault: { versioning: 'Enabled' } } };
exports.put = (kind) => new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: bodies[kind][0] }));
exports.kinds = Object.keys(bodies);
exports.onRequests = {
  expect: (s3, kind) => s3.requests.expect('PutObject', { Body: bodies[kind][1] }),
  expectNone: (s3, kind) => s3.requests.expectNone('PutObject', { Body: bodies[kind][0] }),
  expectTimes: (s3, kind) => s3.requests.expectTimes('PutObject', 2, { Body: bodies[kind][0] }),
  waitFor: (s3, kind) => s3.requests.waitFor('PutObject', { Body: bodies[kind][1] }, { timeout: 1 }),
};
exports.withExpect = (expect) => ({
  ...exports.onRequests,
  toHaveReceived: (s3, kind) => expect(s3).toHaveReceived('PutObject', { Body: bodies[kind][1] }),
  'not.toHaveReceived': (s3, kind) => expect(s3).not.toHaveReceived('PutObject', { Body: bodies[kind][0] }),
  toHaveObject: (s3, kind) => expect(s3.bucket('vault')).toHaveObject('report.pdf', { body: bodies[kind][1] }),
  toHaveVersions: (s3, kind) => expect(s3.bucket('vault')).toHaveVersions('report.pdf', [bodies[kind][1]]),
});
`;

/** One test for each assertion and kind of body. */
const tests = (assertions: string) => `for (const kind of kinds)
  for (const [name, assertion] of Object.entries(${assertions}))
    test(kind + ' ' + name, async () => { await put(kind); await assertion(s3, kind); });`;

const required = "const { kinds, onRequests, options, put, withExpect } = require('./cases.cjs');";
const plain = `${required}
const { mockS3 } = require('s3-versioning-mock');
const s3 = mockS3(options);
beforeEach(() => s3.reset());
after(() => s3.stop());
${tests('onRequests')}`;

const nodeTest = { 'a.test.cjs': `const { after, beforeEach, test } = require('node:test');\n${plain}` };
const reporters = ['tap', 'spec', 'dot', 'junit'].map((reporter) => ({
  runner: `node:test with the reporter ${reporter}`,
  files: nodeTest,
  args: ['--test', `--test-reporter=${reporter}`, 'a.test.cjs'],
  failed: 8,
}));

const runs = [
  ...reporters,
  {
    runner: 'mocha',
    files: { 'a.spec.cjs': `const test = it;\n${plain}` },
    args: ['node_modules/mocha/bin/mocha.js', 'a.spec.cjs'],
    failed: 8,
  },
  {
    runner: 'mocha with the reporter json',
    files: { 'a.spec.cjs': `const test = it;\n${plain}` },
    args: ['node_modules/mocha/bin/mocha.js', '--reporter', 'json', 'a.spec.cjs'],
    failed: 8,
  },
  {
    runner: 'jest',
    files: {
      'jest/a.test.js': `${required.replace('./', '../')}
        const { mockS3 } = require('s3-versioning-mock/jest');
        const s3 = mockS3(options);
        ${tests('withExpect(expect)')}`,
    },
    args: ['node_modules/jest/bin/jest.js', '--rootDir', 'jest', '--reporters', 'default'],
    failed: 16,
  },
  {
    runner: 'vitest',
    files: {
      'a.test.mjs': `import { expect, test } from 'vitest';
        import { mockS3 } from 's3-versioning-mock/vitest';
        import cases from './cases.cjs';
        const { kinds, options, put, withExpect } = cases;
        const s3 = mockS3(options);
        ${tests('withExpect(expect)')}`,
    },
    args: ['node_modules/vitest/vitest.mjs', 'run', 'a.test.mjs'],
    failed: 16,
  },
];

describe('a failed assertion on a body of 1 MB', () => {
  const project = new Project('bodies');
  beforeAll(() => {
    project.linkPackages();
    project.compileLibrary();
    project.write('cases.cjs', cases);
  });
  afterAll(() => project.remove());

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
