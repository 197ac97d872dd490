// As in jest.fixture.js, for node:test.

import { after, afterEach, before, describe, test } from 'node:test';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock';

const client = new S3Client({ maxAttempts: 1 });
const put = (Key, Body = 'text') => client.send(new PutObjectCommand({ Bucket: 'vault', Key, Body }));
const now = '2026-03-01T12:00:00Z';

// ## node:test

// Cause: has never been reset
// Cure: beforeEach(() => s3.reset())
describe('The mock is not reset between two tests', () => {
  let s3;
  before(() => {
    s3 = mockS3({ now, buckets: { vault: {} } });
  });
  after(() => s3.stop());

  test('stores the report', async () => {
    await put('report.pdf', 'first');
    s3.requests.expectOnly('PutObject', { Key: 'report.pdf' });
  });

  test('stores the summary', async () => {
    await put('summary.pdf', 'first');
    s3.requests.expectOnly('PutObject', { Key: 'summary.pdf' });
  });
});

// Cause: The mock was stopped
// Cure: call s3.stop() once all tests are over, in after or afterAll
describe('The mock is stopped after the first test', () => {
  const own = new S3Client({ endpoint: 'http://127.0.0.1:9', forcePathStyle: true, maxAttempts: 1 });
  const read = () => own.send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' })).catch(() => {});
  let s3;
  before(() => {
    s3 = mockS3({ now, hosts: ['http://127.0.0.1:9'], buckets: { vault: { objects: { 'report.pdf': 'first' } } } });
  });
  afterEach(() => s3.stop());

  test('reads the report', async () => {
    await read();
    s3.requests.expectApplied('GetObject');
  });

  test('reads the report again', async () => {
    s3.reset();
    await read();
    s3.requests.expectApplied('GetObject');
  });
});

// Cause: there is no member 'toHaveReceived'
// Cure: Write s3.requests.expect(...)
describe('A matcher is called as a method', () => {
  let s3;
  before(() => {
    s3 = mockS3({ now, buckets: { vault: {} } });
  });
  after(() => s3.stop());

  test('stores the report', async () => {
    await put('report.pdf', 'first');
    s3.requests.toHaveReceived('PutObject', { Key: 'report.pdf' });
  });
});

// Cause: 404 NoSuchKey
// Cure: Give code: 'NoSuchKey'
describe('The refusal of a HEAD is expected by the name that the SDK gives it', () => {
  let s3;
  before(() => {
    s3 = mockS3({ now, buckets: { vault: {} } });
  });
  after(() => s3.stop());

  test('finds no report', async () => {
    await client.send(new HeadObjectCommand({ Bucket: 'vault', Key: 'report.pdf' })).catch(() => {});
    s3.requests.expectRefused('HeadObject', { Key: 'report.pdf' }, { code: 'NotFound' });
  });
});

// Cause: no request came at all
// Cure: Was the code under test called, and awaited?
describe('The test waits for a request that nobody sends', () => {
  let s3;
  before(() => {
    s3 = mockS3({ now, buckets: { vault: {} } });
  });
  after(() => s3.stop());

  test('stores the report', async () => {
    await s3.requests.waitFor('PutObject', { Key: 'report.pdf' }, { timeout: 50 });
  });
});

// Cause: ListObjectsV2 requests had the same input, and each answer was truncated
// Cure: send its NextContinuationToken as ContinuationToken
describe('A loop over the pages does not send the token, under node:test', () => {
  let s3;
  before(() => {
    s3 = mockS3({ now, pageSize: 1, buckets: { vault: { objects: { 'a.txt': 'a', 'b.txt': 'b' } } } });
  });
  after(() => s3.stop());

  test('lists all keys', async () => {
    while ((await client.send(new ListObjectsV2Command({ Bucket: 'vault' }))).IsTruncated);
  });
});
