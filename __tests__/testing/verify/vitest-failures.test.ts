import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VitestProject, type VitestRun } from '../../support/vitest-project';

const project = new VitestProject('vitest-failures');
let run: VitestRun;

const file = `
import { GetBucketVersioningCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mockS3 } from 's3-versioning-mock/vitest';

const client = new S3Client({});
let asks = false;
beforeEach(() => (asks ? client.send(new GetBucketVersioningCommand({ Bucket: 'vault' })) : undefined));
let attempts = 0;
const thumbnail = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const notification = { LambdaFunctionConfigurations: [{ LambdaFunctionArn: thumbnail, Events: ['s3:ObjectCreated:*'] }] };
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', mfaDelete: 'Enabled' }, media: { notification } } });
const upload = () => client.send(new PutObjectCommand({ Bucket: 'media', Key: 'cat.jpg', Body: 'a cat' }));
const failLater = () => s3.deliverTo(thumbnail, async () => { await pause(20); throw new RangeError('no such format'); });
const VersioningConfiguration = { Status: 'Suspended' };
const suspend = () => client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration }));
const put = (Key) => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body: 'first' }));
const names = () => s3.bucket('vault').versions().map(({ key }) => key);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('throws the refusal', async () => { await suspend(); });
test('fails elsewhere', async () => { await suspend().catch(() => {}); expect(1).toBe(2); });
test('fails by a matcher', async () => { await suspend().catch(() => {}); expect(s3).toHaveReceived('PutObject'); });
test('fails without a refusal', async () => { await put('a.txt'); expect(1).toBe(2); });
test('is out of time', async () => { await suspend().catch(() => {}); await new Promise(() => {}); }, 200);
test('fails, then passes', { retry: 1 }, async () => { await suspend().catch(() => {}); attempts += 1; expect(attempts).toBe(2); expect(s3.requests.length).toBe(1); });
test('fails twice', { retry: 1 }, async () => { await suspend().catch(() => {}); expect(1).toBe(2); });
test.fails('fails as it should', async () => { await suspend(); });
test('fails in vain', { fails: true }, async () => { await suspend().catch(() => {}); });

test('has a handler that fails', async () => { failLater(); await upload(); });
test('awaits a handler that fails', async () => { failLater(); await upload(); await expect(s3.events.settled()).rejects.toThrow('no such format'); });

describe('state', () => {
  afterEach(() => { if (s3.requests.length === 0) throw new Error('the journal is empty in an afterEach'); });
  test('is changed by a test', async () => { await put('a.txt'); expect(names()).toEqual(['a.txt']); });
  test('is as it was in the next', async () => { await put('b.txt'); expect(names()).toEqual(['b.txt']); });
  test.each([1, 2])('begins anew with each repetition', { repeats: 2 }, async () => { await put('c.txt'); expect(names()).toEqual(['c.txt']); });
  describe('with a beforeAll', () => {
    beforeAll(() => put('kept.txt'));
    test('keeps it', async () => { await put('d.txt'); expect(names()).toEqual(['d.txt', 'kept.txt']); });
    test('keeps it for the next', async () => { await put('e.txt'); expect(names()).toEqual(['e.txt', 'kept.txt']); });
  });
});

describe('a beforeEach above the mock', () => {
  beforeAll(() => { asks = true; });
  test('belongs to its test', () => { expect(s3.requests.length).toBe(1); });
  test('and the next to the next', () => { expect(s3.requests.length).toBe(1); });
});

describe('a describe whose beforeAll is refused', () => {
  beforeAll(async () => { asks = false; await suspend(); });
  test('is skipped', () => {});
});

describe('concurrent tests', () => {
  test.concurrent('share the state, first', async () => { await put('one.txt'); });
  test.concurrent('share the state, second', async () => { await pause(50); await put('two.txt'); expect(names()).toContain('one.txt'); });
  test.concurrent('share the state, third', async () => { await pause(100); await suspend().catch(() => {}); expect(names()).toEqual([]); });
});

test('calls mockS3', () => { mockS3(); });
`;

beforeAll(async () => {
  project.write('all/all.test.mjs', file);
  run = await project.vitest('all');
});
afterAll(() => project.remove());

const refused =
  'S3 refused 1 request of this test: PutBucketVersioning vault 403 AccessDenied: the request has no x-amz-mfa header; send MFA: s3.mfa.header()';
const messageOf = (title: string) => run.tests[`all: ${title}`]?.message.replace(/\n\s+at [\s\S]*/, '');

test('a failed test lists below its error the requests that S3 refused in it', () => {
  expect(messageOf('throws the refusal')).toBe(
    `AccessDenied: Mfa Authentication must be used for this request\n\n${refused}`,
  );
  expect(messageOf('fails elsewhere')).toBe(`AssertionError: expected 1 to be 2 // Object.is equality\n\n${refused}`);
  // vitest writes the message of a time-out for the terminal only.
  expect(messageOf('is out of time')).toContain(refused);
  expect(run.printed).toMatch(
    new RegExp(`Error: Test timed out in 200ms\\.\n.*\n\n${refused.replace(/[().]/g, '\\$&')}\n`),
  );
  expect(run.printed).toContain(`AssertionError: expected 1 to be 2 // Object.is equality\n\n${refused}\n\n- Expected`);
});

test('an assertion that failed for another reason lists the few requests of its test, and one that passed nothing', () => {
  expect(messageOf('fails without a refusal')).toBe(
    "AssertionError: expected 1 to be 2 // Object.is equality\n\nThe request of this test, which was not refused:\n  1. PutObject  vault/a.txt  200  { ContentType: 'application/octet-stream', Body: 'first' }",
  );
  expect(messageOf('fails in vain')).toBe('Error: Expect test to fail');
  expect(run.tests).toMatchObject({
    'all: fails, then passes': { status: 'passed' },
    'all: fails as it should': { status: 'passed' },
  });
});

test('the error of a handler fails the test that does not await it, and no other', () => {
  expect(messageOf('has a handler that fails')).toMatch(
    /^S3MockError: s3\.events: the handler of arn:aws:lambda:us-east-1:000000000000:function:thumbnail failed for ObjectCreated:Put media\/cat\.jpg: RangeError: no such format\n\nNobody awaited /,
  );
  expect(run.tests['all: awaits a handler that fails']).toEqual({ status: 'passed', message: '' });
});

test('a matcher that printed a request does not list it again', () => {
  expect(messageOf('fails by a matcher')).toMatch(
    /^Error: Expected to receive PutObject, but the only request that came is of another operation\.\n\nThe one request that came:\n.*\n.*why: the request has no x-amz-mfa header; send MFA: s3\.mfa\.header\(\)$/,
  );
});

test('each attempt of a test lists its own requests', () => {
  expect(run.tests['all: fails twice']?.message.split(refused)).toHaveLength(3);
});

test('a describe whose beforeAll fails lists the requests of the beforeAll', () => {
  expect(run.printed).toContain(
    `a describe whose beforeAll is refused\nAccessDenied: Mfa Authentication must be used for this request\n\n${refused}`,
  );
});

describe('the state', () => {
  test.each([
    'is changed by a test',
    'is as it was in the next',
    'begins anew with each repetition',
    'keeps it',
    'keeps it for the next',
    'belongs to its test',
    'and the next to the next',
    'share the state, first',
    'share the state, second',
  ])('%s', (title) => {
    expect(run.tests[`all: ${title}`]).toEqual({ status: 'passed', message: '' });
  });

  test('of concurrent tests is shared', () => {
    expect(messageOf('share the state, third')).toMatch(
      /^AssertionError: expected \[ 'kept.txt', 'one.txt', 'two.txt' \] to deeply equal \[\]\n\nTests of test.concurrent share the mock.*\n\nS3 refused 1 request of the concurrent tests, which share the mock: PutBucketVersioning/,
    );
  });
});

test('mockS3 refuses to be called inside a test, at the line that calls it', () => {
  const { message = '' } = run.tests['all: calls mockS3'] ?? {};
  expect(message).toMatch(
    /^S3MockError: mockS3\(\) of s3-versioning-mock\/vitest was called in the test 'calls mockS3', or in a hook of it\. It registers hooks/,
  );
  expect(message).toMatch(/all\.test\.mjs:\d+:\d+/);
});
