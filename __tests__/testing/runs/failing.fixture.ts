// Run by jest-runs.test.ts in a jest of its own: these tests fail on purpose.
import { GetBucketVersioningCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import * as versioning from '../../../src/model/versioning-change';
import { mockS3 } from '../../../src/testing/jest';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
const client = new S3Client({});
const suspend = () =>
  client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } }));

test('wants what did not come', async () => {
  await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
});

test('wants that nothing comes', async () => {
  await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  expect(s3).not.toHaveReceived('GetBucketVersioning');
});

test('wants another state', () => {
  expect(s3.bucket('vault')).toHaveVersioning('Suspended');
});

test('meets a bug of the mock', async () => {
  jest.spyOn(versioning, 'changeVersioning').mockImplementation(() => {
    throw new RangeError('broken on purpose');
  });
  await expect(suspend()).rejects.toMatchObject({ name: 'S3MockInternalError' });
});

test('passes after it', async () => {
  await suspend();
  expect(s3).toHaveReceivedOnly('PutBucketVersioning');
});

describe('a mock made in a hook', () => {
  beforeAll(() => void mockS3());

  test('is refused', () => undefined);
});
