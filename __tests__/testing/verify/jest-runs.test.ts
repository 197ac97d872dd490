import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';

const root = join(__dirname, '../../..');

interface Run {
  readonly stderr: string;
  readonly tests: Readonly<Record<string, { readonly status: string; readonly failureMessages: readonly string[] }>>;
}

/** A separate jest, which has to exit by itself. */
function runJest(fixture: string): Promise<Run> {
  const config = JSON.stringify({
    rootDir: root,
    testMatch: [`**/runs/${fixture}.fixture.ts`],
    transform: { '^.+\\.ts$': 'ts-jest' },
    restoreMocks: true,
  });
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [jest, '--config', config, '--json', '--no-color'],
      { cwd: root, timeout: 600_000 },
      (error, stdout, stderr) => {
        if (error?.killed) reject(new Error('jest did not end by itself'));
        const { testResults } = JSON.parse(stdout);
        resolve({
          stderr,
          tests: Object.fromEntries(testResults[0].assertionResults.map((one: { title: string }) => [one.title, one])),
        });
      },
    );
  });
}

let run: Run;
beforeAll(async () => {
  run = await runJest('failing');
});

const refusalForFailure = (title: string) =>
  run.tests[title]?.failureMessages.join('\n').replace(/\n\s+at [\s\S]*/, '');

test('jest exits by itself although clients keep their connections', () => {
  expect(run.stderr).not.toMatch(/did not exit/);
});

test('a failed test shows the requests that came', () => {
  expect(refusalForFailure('wants what did not come')).toMatch(
    /^Error: Expected to receive PutBucketVersioning with \{ Bucket: 'vault' \}, but the only request that came is of another operation\.\n\nThe one request that came:\n {2}1\. [\d:.]{12} {2}GetBucketVersioning {2}vault {2}200 {2}aws-sdk-js\/3\.\d+\.\d+$/,
  );
  expect(refusalForFailure('wants that nothing comes')).toMatch(
    /^Error: Expected not to receive GetBucketVersioning, but 1 matching request came\.\n\n {2}1\. [\d:.]{12} {2}GetBucketVersioning {2}vault {2}200 {2}aws-sdk-js\/3\.\d+\.\d+$/,
  );
  expect(refusalForFailure('wants another state')).toMatch(
    /^Error: Expected bucket 'vault' to have versioning 'Suspended', but it has 'Enabled'\.\n\nNo request came at all\.\n\nWas the code/,
  );
});

test('a bug of the mock fails the test in which it occurred, and no other', () => {
  expect(run.tests['meets a bug of the mock']?.status).toBe('failed');
  expect(refusalForFailure('meets a bug of the mock')).toBe('RangeError: broken on purpose');
  expect(run.tests['passes after it']?.status).toBe('passed');
});

test.each([
  'fails the test that does not await it',
  'fails it though it takes its time',
  'fails the first test after it',
])('a handler that throws %s', (title) => {
  expect(run.tests[title]?.failureMessages[0]).toMatch(
    /^S3MockError: s3\.events: the handler of arn:aws:lambda:us-east-1:000000000000:function:thumbnail failed for ObjectCreated:Put media\/cat\.jpg: RangeError: no such format\n\nNobody awaited s3\.events\.settled\(\), /,
  );
});

test('a handler that throws is beside the error of a test that failed', () => {
  const [first, second] = run.tests['is beside the error of a test that failed']?.failureMessages ?? [];
  expect(first).toMatch(/Expected: 2\nReceived: 1/);
  expect(second).toMatch(/^S3MockError: s3\.events: the handler of /);
});

test.each(['does not fail the test that awaits it', 'does not fail the next test', 'fails no other'])(
  'a handler that throws %s',
  (title) => {
    expect(run.tests[title]).toMatchObject({ status: 'passed', failureMessages: [] });
  },
);

test('a mock cannot be created in a hook', () => {
  expect(refusalForFailure('is refused')).toBe(
    'S3MockError: mockS3() of s3-versioning-mock/jest was called in a hook. It registers hooks, so call it at the top of a file or ' +
      "in a describe. In a test or in a hook, call mockS3 of the main entry: import { mockS3 } from 's3-versioning-mock', and stop() it when done.",
  );
});
