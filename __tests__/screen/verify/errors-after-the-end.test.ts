import { beforeAll, describe, expect, it } from '@jest/globals';
import { type JestRun, readJestRun } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';

// The tests of the fixture fail on purpose, in a jest of their own.
const project = libraryProject('errors-after-the-end');
const fixture = `
const { GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock/jest');

const s3 = mockS3({ buckets: { jobs: { objects: { 'j1.json': 'old' } } } });
const client = new S3Client({});
const createOnce = (Key) => client.send(new PutObjectCommand({ Bucket: 'jobs', Key, Body: 'new' }));
const read = (Key) => client.send(new GetObjectCommand({ Bucket: 'jobs', Key }));
beforeAll(() => read('j1.json'));

test('an assertion that nobody awaits', async () => {
  expect(createOnce('j1.json')).rejects.toMatchObject({ name: 'PreconditionFailed' });
});
describe('jobs', () => {
  test('are read', async () => {
    expect(read('missing')).resolves.toBeDefined();
  });
});
test('a call that nobody awaits', async () => {
  read('missing');
});
test('an assertion that fails in its test, beside a call that nobody awaits', async () => {
  read('j1.json');
  expect(1).toBe(2);
});
test('an assertion of no request, that nobody awaits', async () => {
  expect(new Promise((resolve) => setTimeout(resolve, 20))).rejects.toThrow();
});
test('an assertion that is awaited', async () => {
  await expect(createOnce('j1.json')).rejects.toThrow();
});
test('the time of the calls above', () => new Promise((resolve) => setTimeout(resolve, 300)));
`;

describe('an error that comes after the end of its test', () => {
  let run: JestRun;
  const messageOf = (title: string) => run.tests[`late: ${title}`]?.[1] ?? '';
  beforeAll(async () => {
    project.write('late.test.js', fixture);
    run = readJestRun(await project.jest(['--json', 'late.test.js']));
  });
  const came = 'was answered, and before this error came.';

  it('names the assertion that needs the await', () => {
    expect(messageOf('an assertion that nobody awaits')).toContain(
      `The test had ended before PUT https://jobs.s3.us-east-1.amazonaws.com/j1.json?x-id=PutObject ${came} An expect(…).rejects is a promise itself: write await expect(…).rejects, or return it.`,
    );
    expect(messageOf('are read')).toContain(`${came} An expect(…).resolves is a promise itself`);
  });

  it('names the call, if that is the error', () => {
    expect(messageOf('a call that nobody awaits')).toContain(`${came} Await the call in that test`);
  });

  it('is not meant by the error of the test itself', () => {
    expect(messageOf('an assertion that fails in its test, beside a call that nobody awaits')).not.toContain(came);
    expect(messageOf('an assertion that is awaited')).toContain('it named no condition');
    expect(messageOf('an assertion that is awaited')).not.toContain(came);
  });

  it('is not explained by requests if none came', () => {
    expect(messageOf('an assertion of no request, that nobody awaits')).toContain('Received promise resolved');
    expect(messageOf('an assertion of no request, that nobody awaits')).not.toContain(came);
  });
});

const missed = (entry: string, functions: string) => `
import { CopyObjectCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
${functions}
import { mockS3 } from '${entry}';

const s3 = mockS3({ buckets: { inbox: { objects: { 'a.txt': 'a' } }, archive: {} } });
const client = new S3Client({});
const copy = (Key) => client.send(new CopyObjectCommand({ Bucket: 'archive', Key, CopySource: 'inbox/' + Key }));
const check = () => expect(s3.bucket('archive')).toHaveObject('a.txt', { body: 'a' });

test('a loop that awaits nothing', () => {
  ['a.txt'].forEach(async (key) => { await copy(key); });
  check();
});
test('code that was not called', () => check());
test('a poll, beside code that was not called', () => {
  client.send(new HeadBucketCommand({ Bucket: 'archive' }));
  check();
});
test('a write to another bucket, beside code that was not called', () => {
  client.send(new CopyObjectCommand({ Bucket: 'inbox', Key: 'b.txt', CopySource: 'inbox/a.txt' }));
  check();
});
test('the same loop, behind three failed tests that have waited', () => {
  ['a.txt'].forEach(async (key) => { await copy(key); });
  check();
});
`;

describe.each([
  ['jest', 's3-versioning-mock/jest', "const { expect, test } = require('@jest/globals');"],
  ['vitest', 's3-versioning-mock/vitest', "import { expect, test } from 'vitest';"],
] as const)('an assertion under %s before the requests of its test', (runner, entry, functions) => {
  const came =
    'No request had come yet: CopyObject archive/a.txt came when the assertion had failed. Await the call before it, in the test and in each function around it: forEach does not wait for an async function';
  const questions = 'No request came at all. If the code under test should have sent one';

  it('names the request that came after it, and asks only where none came', async () => {
    const isJest = runner === 'jest';
    const file = isJest ? 'missed.test.js' : 'missed.test.mjs';
    const text = missed(entry, functions);
    project.write(file, isJest ? text.replaceAll(/^import (.*) from (.*);$/gm, 'const $1 = require($2);') : text);
    const { stdout, stderr } = isJest
      ? await project.jest([file])
      : await project.run(['node_modules/vitest/vitest.mjs', 'run', file], { NO_COLOR: '1' });
    const output = stdout + stderr;
    expect({
      came: output.split(came).length > 1,
      questions: output.split(questions).length > 1,
      output,
    }).toMatchObject({
      came: true,
      questions: true,
    });
    const [, ofLoop = '', ...ofOthers] = output.split(isJest ? /^ *● /m : /^ *FAIL {2}/m);
    expect(ofLoop).toContain(came);
    expect(ofLoop).not.toContain(questions);
    expect(ofOthers.length).toBe(4);
    for (const ofNone of ofOthers) {
      expect(ofNone).toContain(questions);
      expect(ofNone).not.toContain('had come yet');
    }
  });
});
