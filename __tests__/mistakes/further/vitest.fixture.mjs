// As in jest.fixture.js, for vitest.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock/vitest';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';

const client = new S3Client({ maxAttempts: 1 });
const put = (Key, Body = 'text') => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body }));
const now = '2026-03-01T12:00:00Z';

// ## vitest

// Cause: invalid times { Key: 'report.pdf' }
// Cure: toHaveReceivedTimes('PutObject', 1, { Key: 'report.pdf' })
describe('The number of requests is given after the input', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('stores the report once', async () => {
    await put('report.pdf', 'first');
    expect(s3).toHaveReceivedTimes('PutObject', { Key: 'report.pdf' }, 1);
  });
});

// Cause: Tests of test.concurrent share the mock
// Cure: await s3.fork(async (world) => { … })
describe('Concurrent tests ask for the only request', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test.concurrent('stores the report', async () => {
    await put('report.pdf');
    await put('summary.pdf');
    expect(s3).toHaveReceivedOnly('PutObject', { Key: 'report.pdf' });
  });

  test.concurrent('stores the picture', async () => {
    await put('picture.png');
  });
});

// Cause: the clock of the mock stays at 2026-03-01T12:00:00.000Z
// Cure: s3.clock.set(
describe('The Date is set by vitest while the option now stops the clock', () => {
  const objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } };
  const s3 = mockS3({ now, buckets: { vault: { objectLock } } });
  afterEach(() => vi.useRealTimers());

  test('lets the retention pass', async () => {
    await put('report.pdf', 'first');
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-04-02') });
    expect(s3.bucket('vault')).not.toBeLocked('report.pdf');
  });
});

// Cause: Bucket 'vault' has no versioning
// Cure: versioning: 'Enabled'
describe('The history of a bucket without versioning is counted', () => {
  const s3 = mockS3({ now, buckets: { vault: {} } });

  test('keeps both reports', async () => {
    await put('report.pdf', 'first');
    await put('report.pdf', 'second');
    expect(s3.bucket('vault').versions('report.pdf')).toHaveLength(2);
  });
});

// Cause: came before the rule was created
// Cure: Create the rule before
describe('A failure is asked for after the call', () => {
  const s3 = mockS3({ now, buckets: { vault: {} } });

  test('reports a busy S3', async () => {
    const { $metadata } = await put('report.pdf', 'first');
    s3.on('PutObject').fail('SlowDown');
    expect($metadata.httpStatusCode).toBe(503);
  });
});

// Cause: versions() returns objects with bytes as bodies, newest first
// Cure: write expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second'])
describe('The list of versions is compared with texts, under vitest', () => {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

  test('keeps both', async () => {
    await put('report.pdf', 'first');
    await put('report.pdf', 'second');
    expect(s3.bucket('vault').versions('report.pdf')).toEqual(['first', 'second']);
  });
});

// Cause: Matchers for spies, such as toHaveBeenCalled, do not work with requests
// Cure: write expect(s3).toHaveReceived('PutObject')
describe('The requests are given to a matcher for spies, under vitest', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('writes the report once', async () => {
    await put('report.pdf');
    expect(s3.requests).toHaveBeenCalledTimes(1);
  });
});

// Cause: This process has started the process node upload.cjs
// Cure: await s3.listen({ env: true }) before the start
describe('The code under test runs in a child process, under vitest', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('uploads the report', async () => {
    const { execFile } = await import('node:child_process');
    await new Promise((resolve) => execFile(process.execPath, ['upload.cjs'], resolve));
    expect(s3).toHaveReceived('PutObject');
  });
});

// Cause: AWS_PROFILE was set after the mock was made
// Cure: Set it before mockS3(), which then hides it
describe('A profile is set after the mock, under vitest', () => {
  mockS3({ buckets: { vault: {} } });
  afterAll(() => {
    delete process.env.AWS_PROFILE;
  });

  test('writes the report', async () => {
    process.env.AWS_PROFILE = 'of-nobody';
    await new S3Client({ maxAttempts: 1 }).send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
  });
});
