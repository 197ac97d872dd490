import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from '@jest/globals';
import { mockS3 } from '../../src/testing/jest';

const list = async () => {
  const client = new S3Client({});
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => Name);
};
const create = (Bucket: string) => new S3Client({}).send(new CreateBucketCommand({ Bucket }));

describe('a mock of one describe', () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  afterAll(async () => expect(await list()).toEqual(['vault']));

  test('answers in its tests', async () => {
    expect(await list()).toEqual(['vault']);
    expect(s3.requests).toHaveReceivedOnly('ListBuckets');
  });
});

describe('a mock of another', () => {
  const s3 = mockS3({ buckets: { scratch: {} } });
  afterAll(async () => expect(await list()).toEqual(['scratch']));

  test('answers after the first has stopped', async () => {
    expect(await list()).toEqual(['scratch']);
    expect(s3).toHaveReceivedTimes('ListBuckets', 1);
  });
});

describe('a mock with reset: false', () => {
  const s3 = mockS3({ reset: false });

  const created: string[] = [];

  test.each(['first', 'second'])('keeps the state that tests created, and their requests: %s', async (name) => {
    await create(name);
    created.push(name);
    expect(await list()).toEqual(created.toSorted());
    expect(s3).toHaveReceivedTimes('CreateBucket', created.length);
  });
});
