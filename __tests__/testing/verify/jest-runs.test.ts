import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { root } from '../../house/files';
import { type JestRun, passed, readJestRun } from '../../support/jest-run';
import { execute } from '../../support/project';

let run: JestRun;
beforeAll(async () => {
  // A separate jest, which has to exit by itself.
  const config = JSON.stringify({
    rootDir: root,
    testMatch: ['**/runs/failing.fixture.ts'],
    transform: { '^.+\\.ts$': 'ts-jest' },
    restoreMocks: true,
  });
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  run = readJestRun(await execute(root, process.execPath, [jest, '--config', config, '--json', '--no-color']));
});

const testOf = (title: string) => run.tests[`failing: ${title}`];
const messageOf = (title: string) => testOf(title)?.[1].replace(/\n\s+at [\s\S]*/, '');

test('jest exits by itself although clients keep their connections', () => {
  expect(run).toMatchObject({ code: 1, stderr: expect.not.stringContaining('did not exit') });
});

test('a failed test shows the requests that came', () => {
  expect(messageOf('wants what did not come')).toMatch(
    /^Error: Expected to receive PutBucketVersioning with \{ Bucket: 'vault' \}, but the only request that came is of another operation\.\n\nThe one request that came:\n {2}1\. [\d:.]{12} {2}GetBucketVersioning {2}vault {2}200 {2}aws-sdk-js\/3\.\d+\.\d+$/,
  );
  expect(messageOf('wants that nothing comes')).toMatch(
    /^Error: Expected not to receive GetBucketVersioning, but 1 matching request came\.\n\n {2}1\. [\d:.]{12} {2}GetBucketVersioning {2}vault {2}200 {2}aws-sdk-js\/3\.\d+\.\d+$/,
  );
  expect(messageOf('wants another state')).toMatch(
    /^Error: Expected bucket 'vault' to have versioning 'Suspended', but it has 'Enabled'\.\n\nNo request came at all\. If the code/,
  );
});

test('a bug of the mock fails the test in which it occurred, and no other', () => {
  expect(testOf('meets a bug of the mock')?.[0]).toBe('failed');
  expect(messageOf('meets a bug of the mock')).toBe('RangeError: broken on purpose');
  expect(testOf('passes after it')?.[0]).toBe('passed');
});

test.each([
  'fails the test that does not await it',
  'fails it though it takes its time',
  'fails the first test after it',
])('a handler that throws %s', (title) => {
  expect(testOf(title)?.[1]).toMatch(
    /^S3MockError: s3\.events: the handler of arn:aws:lambda:us-east-1:000000000000:function:thumbnail failed for ObjectCreated:Put media\/cat\.jpg: RangeError: no such format\n\nNobody awaited s3\.events\.settled\(\), /,
  );
});

test('a handler that throws is beside the error of a test that failed', () => {
  expect(testOf('is beside the error of a test that failed')?.[1]).toMatch(
    /Expected: 2\nReceived: 1[\s\S]*\nS3MockError: s3\.events: the handler of /,
  );
});

test.each(['does not fail the test that awaits it', 'does not fail the next test', 'fails no other'])(
  'a handler that throws %s',
  (title) => {
    expect(testOf(title)).toEqual(passed);
  },
);

test('a mock cannot be created in a hook', () => {
  expect(messageOf('is refused')).toBe(
    'S3MockError: mockS3() of s3-versioning-mock/jest was called in a hook. It registers hooks, and resets the buckets before each test, ' +
      'so it needs no beforeEach: write const s3 = mockS3({ ... }) at the top of the file or in a describe. For a mock of one test, or of a ' +
      "hook of your own, write import { mockS3 } from 's3-versioning-mock', which has no hooks: call s3.stop() in afterEach, and write " +
      "import 's3-versioning-mock/jest' for the matchers.",
  );
});
