import { describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';

const project = libraryProject('worlds');

interface ConcurrentRunner {
  readonly file: string;
  readonly run: (file: string) => Promise<Ended>;
  readonly text: string;
  /** The line in which the runner counts its tests. */
  readonly passed: RegExp;
}

const client = `
const client = new S3Client({});
const put = (Body) => client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body }));
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const options = { buckets: { vault: { versioning: 'Enabled', objects: { 'a.txt': 'first' } } } };
const numbers = Array.from({ length: 50 }, (_, index) => index);
const bodiesOf = (mock) => mock.bucket('vault').versions('a.txt').map(({ body }) => String(body)).toReversed();
const write = (s3, number) => s3.fork(async (world) => {
  await put('second ' + number);
  await pause((number * 7) % 20);
  await put('third ' + number);
  return { bodies: bodiesOf(world), requests: world.requests.length };
});
const expected = (number) => ({ bodies: ['first', 'second ' + number, 'third ' + number], requests: 2 });
const outside = (s3) => ({ bodies: bodiesOf(s3), requests: s3.requests.length });`;

const concurrent = `
const s3 = mockS3(options);
test.concurrent.each(numbers)('test %i', async (number) => {
  expect(await write(s3, number)).toEqual(expected(number));
});
test('the mock outside has not changed', () => {
  expect(outside(s3)).toEqual({ bodies: ['first'], requests: 0 });
});`;

const runners: Readonly<Record<string, ConcurrentRunner>> = {
  jest: {
    file: 'fifty.test.cjs',
    run: (file) => project.jest([file, '--testMatch', '**/*.test.cjs', '--testTimeout', '60000']),
    text: `const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock/jest');${client}${concurrent}`,
    passed: /^Tests: +51 passed, 51 total$/m,
  },
  vitest: {
    file: 'fifty.test.mjs',
    run: (file) => project.run(['node_modules/vitest/vitest.mjs', 'run', file, '--testTimeout', '60000'], { NO_COLOR: '1' }),
    text: `import { expect, test } from 'vitest';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock/vitest';${client}${concurrent}`,
    passed: /Tests +51 passed \(51\)/,
  },
  'node:test': {
    file: 'fifty.node.mjs',
    run: (file) => project.run(['--test', '--test-reporter=tap', file]),
    text: `import assert from 'node:assert';
import { after, test } from 'node:test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock';${client}
const s3 = mockS3(options);
after(() => s3.stop());
test('fifty tests', { concurrency: true }, async (t) => {
  await Promise.all(numbers.map((number) => t.test('test ' + number, async () => {
    assert.deepStrictEqual(await write(s3, number), expected(number));
  })));
  assert.deepStrictEqual(outside(s3), { bodies: ['first'], requests: 0 });
});`,
    passed: /^# fail 0$/m,
  },
};

describe('fifty concurrent tests that write to one key of one bucket', () => {
  it.each(Object.entries(runners))('%s: each sees its own versions', async (_, { file, run, text, passed }) => {
    project.write(file, text);
    const { code, stdout, stderr } = await run(file);
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
