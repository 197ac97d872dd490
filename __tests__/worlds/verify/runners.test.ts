import { describe, expect, it } from '@jest/globals';
import { fiftyWorlds } from '../../support/fifty-worlds';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';

const project = libraryProject('worlds');

const runs: Readonly<Record<keyof typeof fiftyWorlds, (file: string) => Promise<Ended>>> = {
  jest: (file) => project.jest([file, '--testTimeout', '60000']),
  vitest: (file) =>
    project.run(['node_modules/vitest/vitest.mjs', 'run', file, '--testTimeout', '60000'], { NO_COLOR: '1' }),
  'node:test': (file) => project.run(['--test', '--test-reporter=tap', file]),
};

// The matrix runs them with jest 29 and vitest 5, which are not installed here.
describe('fifty concurrent tests that write to one key of one bucket', () => {
  it.each(['jest', 'vitest', 'node:test'] as const)('%s: each sees its own versions', async (runner) => {
    const { file, text, passed } = fiftyWorlds[runner];
    project.write(file, text);
    const { code, stdout, stderr } = await runs[runner](file);
    const output = stdout + stderr;
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(passed) });
  });
});

describe('a test that fails in a world', () => {
  it('shows the requests of its world, and says how many others went to the mock outside', async () => {
    const text = `const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock/jest');
const s3 = mockS3({ buckets: { vault: {} } });
const client = new S3Client({});
const put = (Key) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'data' }));
let wake = () => {};
const waiting = new Promise((resolve) => { wake = resolve; });
const queue = (async () => { await (await waiting)(put('queued')); })();
test('fails', () => s3.fork(async (world) => {
  await put('inside');
  await new Promise((done) => wake((call) => call.then(done)));
  expect(world.bucket('vault').keys).toEqual(['inside', 'queued']);
}));`;
    project.write('fails.test.cjs', text);
    const { stdout, stderr } = await project.jest(['fails.test.cjs', '--testMatch', '**/*.test.cjs']);
    const output = stdout + stderr;
    expect(output).toContain('The request of its world, which was not refused:');
    expect(output).toContain('1. PutObject  vault/inside  200');
    expect(output).toContain('one request came from code that belongs to no world');
  });
});

describe('a test that does not await its world', () => {
  it('is named in a warning, since it cannot fail any more', async () => {
    const text = `const { mockS3 } = require('s3-versioning-mock/jest');
const s3 = mockS3();
let end = () => {};
const ending = new Promise((resolve) => { end = resolve; });
let forked;
test('forgets its world', () => { forked = s3.fork(() => ending).catch(({ code }) => code); });
test('goes on', async () => { end(); expect(await forked).toBe('NOT_RUNNING'); });`;
    project.write('forgets.test.js', text);
    const { code, stdout, stderr } = await project.jest(['forgets.test.js']);
    const output = stdout + stderr;
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining("s3.fork ended after its test 'forgets its world' had ended"),
    });
  });
});
