import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import { makeCommand } from '../support/commands';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const ofImages = [
  { Name: 'prefix', Value: 'images/' },
  { Name: 'suffix', Value: '.png' },
] as const;
const created = ['s3:ObjectCreated:*'] as const;

function begin(buckets: Record<string, object>): void {
  control = createMock({ buckets }, mockS3);
  control.lifetime.start();
  s3 = control.mock;
}
beforeEach(() =>
  begin({
    plain: {},
    images: {
      notification: {
        QueueConfigurations: [{ Id: 'q', Events: created, QueueArn, Filter: { Key: { FilterRules: ofImages } } }],
      },
    },
    removed: {
      versioning: 'Enabled',
      notification: { QueueConfigurations: [{ Id: 'q', Events: ['s3:ObjectRemoved:Delete'], QueueArn }] },
    },
    all: { notification: { QueueConfigurations: [{ Id: 'q', Events: created, QueueArn }] } },
  }),
);
afterEach(async () => {
  await s3.stop();
  control.lifetime.restoreEnvironment();
});

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<sdk.ListObjectsV2Output> {
  return new sdk.S3Client({ maxAttempts: 1 }).send(makeCommand<sdk.ListObjectsV2Command>(name, input));
}
const put = (Bucket: string, Key: string) => send('PutObject', { Bucket, Key, Body: 'x' });
const keysOfEvents = () => s3.events.map(({ key }) => key);

interface Failure {
  readonly of: string;
  readonly test: () => unknown;
}

const ofPrefix =
  "S3 sent no event of PutObject images/a.png. No configuration of bucket 'images' sends it:\n- filter prefix 'images/' of 'q' does not match 'a.png'";
const withoutConfiguration =
  "S3 sent no event of PutObject other/a.png. Bucket 'other' has no notification configuration, so it sends no events.";

const missed: readonly (Failure & { readonly says: string })[] = [
  {
    of: 'a prefix',
    async test() {
      await put('images', 'a.png');
      expect(keysOfEvents()).toEqual(['a.png']);
    },
    says: ofPrefix,
  },
  {
    of: 'a suffix, beside an event that came',
    async test() {
      await put('images', 'images/a.png');
      await put('images', 'images/b.jpg');
      expect(keysOfEvents()).toEqual(['images/a.png', 'images/b.jpg']);
    },
    says: "S3 sent no event of PutObject images/images/b.jpg. No configuration of bucket 'images' sends it:\n- filter suffix '.png' of 'q' does not match 'images/b.jpg'",
  },
  {
    of: 'a type',
    async test() {
      await put('removed', 'a.png');
      expect(s3.events.of('ObjectCreated:*')).toHaveLength(1);
    },
    says: "S3 sent no event of PutObject removed/a.png. No configuration of bucket 'removed' sends it:\n- configuration 'q' asks for 's3:ObjectRemoved:Delete'",
  },
  {
    of: 'a type of the same kind',
    async test() {
      await send('DeleteObject', { Bucket: 'removed', Key: 'a.png' });
      expect(s3.events.map(({ name }) => name)).toEqual(['ObjectRemoved:DeleteMarkerCreated']);
    },
    says: 'DeleteObject removed/a.png made a delete marker, whose event is ObjectRemoved:DeleteMarkerCreated; the configuration asks for ObjectRemoved:Delete: write s3:ObjectRemoved:*.',
  },
  {
    of: 'the last event, which is undefined',
    async test() {
      await put('images', 'a.png');
      expect(s3.events.last('ObjectCreated:Put')?.key).toBe('a.png');
    },
    says: ofPrefix,
  },
  {
    of: 'a member of an event that did not come',
    async test() {
      await put('images', 'a.png');
      return (s3.events.at(0) as { key: string }).key;
    },
    says: ofPrefix,
  },
  {
    of: 'events as objects',
    async test() {
      await put('images', 'a.png');
      expect([...s3.events]).toMatchObject([{ bucket: 'images', key: 'a.png' }]);
    },
    says: ofPrefix,
  },
  {
    of: 'a fixture',
    test() {
      s3.bucket('all').put('a.png', 'x');
      expect(keysOfEvents()).toEqual(['a.png']);
    },
    says: "No request changed 'a.png': its versions are from a fixture or a handle, which send no events.",
  },
  {
    of: 'a configuration that came later',
    async test() {
      await put('plain', 'a.png');
      const NotificationConfiguration = { EventBridgeConfiguration: {} };
      await send('PutBucketNotificationConfiguration', { Bucket: 'plain', NotificationConfiguration });
      expect(keysOfEvents()).toEqual(['a.png']);
    },
    says: 'S3 sent no event of PutObject plain/a.png. S3 uses the configuration that is in force when a change is made',
  },
  {
    of: 'the key of a record',
    async test() {
      await put('all', 'a b.png');
      expect(s3.events.map(({ record }) => record?.s3.object.key)).toEqual(['a b.png']);
    },
    says: "'a+b.png' is the key as the record encodes it: compare the key of the event, 'a b.png', or decode it, decodeURIComponent(key.replaceAll('+', ' ')).",
  },
];

describe('a plain comparison of events', () => {
  it('is explained once for the keys of a batch, and for three of many keys', async () => {
    const Delete = { Objects: [{ Key: 'a.png' }, { Key: 'b.png' }] };
    await send('DeleteObjects', { Bucket: 'all', Delete });
    const ofBatch = await screenOfTest(control, () => expect(s3.events).toHaveLength(2));
    expect(ofBatch).toContain("S3 sent no event of DeleteObjects all. No configuration of bucket 'all' sends it:");
    for (const key of ['a', 'b', 'c', 'd', 'e']) await put('images', key);
    const ofMany = await screenOfTest(control, () => expect(keysOfEvents()).toEqual(['a', 'b', 'c', 'd', 'e']));
    expect(ofMany.split('S3 sent no event')).toHaveLength(4);
  });

  it.each(missed)('is explained by $of', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });

  it('is explained the same way again', async () => {
    const test = () => expect(keysOfEvents()).toEqual(['a.png']);
    await put('images', 'a.png');
    expect([await screenOfTest(control, test), await screenOfTest(control, test)]).toEqual([
      expect.stringContaining(ofPrefix),
      expect.stringContaining(ofPrefix),
    ]);
  });

  it('is explained by a bucket without a configuration, once for all requests', async () => {
    await s3.stop();
    control.lifetime.restoreEnvironment();
    begin({ other: {} });
    await put('other', 'a.png');
    expect(await screenOfTest(control, () => expect(s3.events).toHaveLength(1))).toContain(withoutConfiguration);
    await put('other', 'b.png');
    expect(await screenOfTest(control, () => expect(s3.events.length).toBe(2))).toContain(
      "S3 sent no event of PutObject other/a.png and 1 other request. Bucket 'other' has no notification",
    );
  });
});

const others: readonly Failure[] = [
  {
    of: 'something else',
    async test() {
      await put('images', 'a.png');
      expect(['mail']).toEqual(['a.png', 'mail']);
    },
  },
  {
    of: 'a listing after the events',
    async test() {
      await put('images', 'a.png');
      await s3.events.settled();
      const { Contents = [] } = await send('ListObjectsV2', { Bucket: 'images' });
      expect(Contents).toHaveLength(2);
    },
  },
  {
    of: 'a handle after the events',
    async test() {
      await put('images', 'a.png');
      await s3.events.settled();
      expect(s3.bucket('images').keys).toEqual(['a.png', 'b.png']);
    },
  },
  {
    of: 'more events than were expected',
    async test() {
      await put('all', 'a.png');
      await put('images', 'b.png');
      expect(s3.events).toHaveLength(0);
    },
  },
  {
    of: 'events that were cleared',
    async test() {
      await put('all', 'a.png');
      await s3.events.settled();
      s3.events.clear();
      expect(s3.events).toHaveLength(1);
    },
  },
  {
    of: 'a number of events, by the bucket that notifies nobody',
    async test() {
      await put('all', 'a.png');
      await put('plain', 'b.png');
      expect(s3.events).toHaveLength(2);
    },
  },
];

describe('another comparison', () => {
  it.each(others)('of $of is not explained by events', async ({ test }) => {
    expect(await screenOfTest(control, test)).not.toContain('sent no event');
  });
});
