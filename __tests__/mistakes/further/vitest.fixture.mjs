// As in jest.fixture.js, for vitest.
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock/vitest';
import { afterEach, describe, expect, test, vi } from 'vitest';

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

// Cause: run concurrently, and share the mock
// Cure: toHaveReceived(
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

// Cause: ListObjectsV2 requests had the same input, and each answer was truncated
// Cure: send its NextContinuationToken as ContinuationToken
describe('A loop over the pages does not send the token, under vitest', () => {
  mockS3({ pageSize: 1, buckets: { vault: { objects: { 'a.txt': 'a', 'b.txt': 'b' } } } });

  test('lists all keys', async () => {
    while ((await client.send(new ListObjectsV2Command({ Bucket: 'vault' }))).IsTruncated);
  });
});
