import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { S3Event, S3Handler, SQSBatchResponse, SQSEvent, SQSHandler } from 'aws-lambda';
import { mockS3 } from '../../src/testing/jest';
import { put as putByWire } from '../support/objects';
import { rejectionOf } from '../support/thrown';

const thumbnailArn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:uploads';

const client = new S3Client({ maxAttempts: 1 });
const put = (Key: string, Bucket = 'vault') => client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes' }));
const keyOf = (record: { readonly s3: { readonly object: { readonly key: string } } }) =>
  decodeURIComponent(record.s3.object.key.replaceAll('+', ' '));

const thumbnail: S3Handler = async ({ Records }) => {
  for (const record of Records) {
    const { name: Bucket } = record.s3.bucket;
    const Key = keyOf(record);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId: record.s3.object.versionId }));
    const bytes = (await Body?.transformToByteArray()) ?? '';
    await client.send(new PutObjectCommand({ Bucket, Key: `thumbnails/${Key}`, Body: bytes }));
  }
};

const toFunction = (prefix?: string) => ({
  LambdaFunctionConfigurations: [
    {
      LambdaFunctionArn: thumbnailArn,
      Events: ['s3:ObjectCreated:*' as const],
      ...(prefix !== undefined && { Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: prefix }] } } }),
    },
  ],
});

const s3 = mockS3({
  buckets: { vault: { versioning: 'Enabled' } },
  deliver: { [thumbnailArn]: thumbnail },
});

describe('a function that writes to its own bucket', () => {
  it('is called with each event, after the request was answered', async () => {
    s3.bucket('vault').notification = toFunction('images/');
    const { VersionId } = await put('images/a b.jpg');
    expect(s3.bucket('vault')).not.toHaveObject('thumbnails/images/a b.jpg');
    await s3.events.settled();
    expect(s3.bucket('vault')).toHaveObject('thumbnails/images/a b.jpg');
    expect(s3).toHaveReceived('GetObject', { Key: 'images/a b.jpg', VersionId });
    expect(s3).toHaveReceivedTimes('PutObject', 2);
  });

  it('is stopped after 16 calls if no filter stops it, and what it wrote stays', async () => {
    s3.bucket('vault').notification = toFunction();
    await put('a.jpg');
    const error = await rejectionOf(s3.events.settled());
    expect(error).toMatchObject({ code: 'RECURSIVE_LOOP' });
    expect(error?.message.split('\n')[3]).toBe(
      `   3. ObjectCreated:Put vault/thumbnails/thumbnails/a.jpg -> ${thumbnailArn}`,
    );
    expect(s3).toHaveReceivedTimes('PutObject', 17);
    await put('b.jpg');
    expect(await rejectionOf(s3.events.settled())).toMatchObject({ code: 'RECURSIVE_LOOP' });
  });

  it.each([
    ['the SDK', () => put('images/a.jpg')],
    ['node:https', () => putByWire('/vault/images/a.jpg')],
  ])('begins after the code that awaits the request goes on: %s', async (_name, request) => {
    const steps: string[] = [];
    s3.bucket('vault').notification = toFunction('images/');
    s3.deliverTo(thumbnailArn, () => steps.push('handler'));
    await request();
    steps.push('test');
    await s3.events.settled();
    expect(steps).toEqual(['test', 'handler']);
  });

  it('is not called by the fixtures of a test', async () => {
    s3.bucket('vault').notification = toFunction();
    s3.bucket('vault').put('a.jpg', 'bytes');
    await s3.events.settled();
    expect(s3.requests).toHaveLength(0);
  });
});

describe('queues and topics', () => {
  it('send the test event to those that a configuration names, and then events', async () => {
    const bodies: string[] = [];
    const handler: SQSHandler = async ({ Records }) => void bodies.push(...Records.map(({ body }) => body));
    s3.deliverTo(queueArn, handler);
    await client.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'vault',
        NotificationConfiguration: { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*'] }] },
      }),
    );
    await put('a.jpg');
    await s3.events.settled();
    expect(bodies.map((body) => JSON.parse(body))).toMatchObject([
      { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'vault' },
      { Records: [{ eventName: 'ObjectCreated:Put' }] },
    ]);
  });

  it('bring failed messages of a batch again', async () => {
    const calls: (readonly string[])[] = [];
    const consumer = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
      const read = Records.map(({ body, messageId }) => ({
        messageId,
        record: (JSON.parse(body) as S3Event).Records[0],
      }));
      calls.push(read.flatMap(({ record }) => (record ? [keyOf(record)] : [])));
      const failed = calls.length > 1 ? [] : read.filter(({ record }) => record?.s3.object.key === 'b');
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
    s3.deliverTo(queueArn, consumer);
    s3.bucket('vault').notification = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectRemoved:*'] }] };
    const Objects = ['a', 'b', 'c'].map((Key) => ({ Key }));
    await client.send(new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects } }));
    await s3.events.settled();
    expect(calls).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it('get what lifecycle does', async () => {
    const names: string[] = [];
    s3.deliverTo('eventbridge', async (event) => void names.push(`${event['detail-type']}: ${event.detail.reason}`));
    s3.bucket('vault').notification = { EventBridgeConfiguration: {} };
    s3.bucket('vault').lifecycle = {
      Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }],
    };
    s3.bucket('vault').put('a.jpg', 'bytes');
    s3.clock.advance({ days: 3 });
    await s3.events.settled();
    expect(names).toEqual(['Object Deleted: Lifecycle Expiration']);
  });
});
