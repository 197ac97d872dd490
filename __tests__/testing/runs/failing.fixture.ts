// Run by jest-runs.test.ts in a jest of its own: these tests fail on purpose.
import { GetBucketVersioningCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import * as versioning from '../../../src/model/versioning-change';
import { mockS3 } from '../../../src/testing/jest';

const thumbnail = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const s3 = mockS3({
  buckets: {
    vault: { versioning: 'Enabled' },
    media: {
      notification: {
        LambdaFunctionConfigurations: [{ LambdaFunctionArn: thumbnail, Events: ['s3:ObjectCreated:*'] }],
      },
    },
  },
});
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

describe('a handler that throws', () => {
  const upload = () => client.send(new PutObjectCommand({ Bucket: 'media', Key: 'cat.jpg', Body: 'a cat' }));
  const failAfter = (turns: number) =>
    s3.deliverTo(thumbnail, async () => {
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      throw new RangeError('no such format');
    });

  test('fails the test that does not await it', async () => {
    failAfter(0);
    await upload();
  });

  test('fails it though it takes its time', async () => {
    failAfter(20);
    await upload();
  });

  test('is beside the error of a test that failed', async () => {
    failAfter(0);
    await upload();
    expect(1).toBe(2);
  });

  test('does not fail the test that awaits it', async () => {
    failAfter(0);
    await upload();
    await expect(s3.events.settled()).rejects.toThrow('no such format');
  });

  test('does not fail the next test', () => undefined);

  describe('in a beforeAll', () => {
    beforeAll(async () => {
      failAfter(0);
      await upload();
      await new Promise((resolve) => setTimeout(resolve, 50));
    });

    test('fails the first test after it', () => undefined);

    test('fails no other', () => undefined);
  });
});

describe('a mock made in a hook', () => {
  beforeAll(() => void mockS3());

  test('is refused', () => undefined);
});
