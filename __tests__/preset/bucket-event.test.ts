import { describe, expect, it } from '@jest/globals';
import type { S3Event } from 'aws-lambda';
import type { S3Notification } from '../../src/model/events/documents';
import type { EventVersion } from '../../src/model/events/report';
import { Store } from '../../src/model/store';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import { BucketHandle } from '../../src/preset/bucket-handle';
import { EventScene, put, toQueue } from '../support/event-scene';

const now = Date.UTC(2026, 2, 31, 7, 35, 5);

function bucketOf(fixture: BucketFixture, eventVersion?: EventVersion) {
  const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => now, start: now, eventVersion });
  const bucket = addBucket(store, 'vault', fixture, 'of a mock');
  return { store, bucket: handleOf(store), whole: bucket };
}

function handleOf(store: Store): BucketHandle {
  return new BucketHandle('vault', store, { settle: () => {} }, () => store.buckets.get('vault') as never, []); // it has the bucket
}

const versions: BucketFixture = {
  versioning: 'Enabled',
  objects: {
    'a b.txt': [
      { body: 'one', versionId: 'v1', lastModified: '2026-03-01T00:00:00Z' },
      { body: 'longer', versionId: 'v2' },
    ],
    gone: [
      { body: 'x', versionId: 'v3' },
      { deleteMarker: true, versionId: 'm' },
    ],
  },
};

describe("the message that a bucket's handle builds", () => {
  it('has a whole record, without a configuration', () => {
    const { bucket } = bucketOf(versions);
    expect(bucket.event('ObjectCreated:Put', 'a b.txt')).toEqual({
      Records: [
        {
          eventVersion: '2.6',
          eventSource: 'aws:s3',
          awsRegion: 'us-east-1',
          eventTime: '2026-03-31T07:35:05.000Z',
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: expect.stringMatching(/^A[0-9A-Z]{13}$/) },
          requestParameters: { sourceIPAddress: '127.0.0.1' },
          responseElements: {
            'x-amz-request-id': expect.stringMatching(/^[0-9A-Z]{16}$/),
            'x-amz-id-2': expect.stringMatching(/^[\w+/=]{76}$/),
          },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: expect.stringMatching(/^[\w=]{48}$/),
            bucket: {
              name: 'vault',
              ownerIdentity: { principalId: expect.stringMatching(/^A[0-9A-Z]{13}$/) },
              arn: 'arn:aws:s3:::vault',
            },
            object: {
              key: 'a+b.txt',
              size: 6,
              eTag: '67c35b0654107413e3a1dcbafa96a45c',
              versionId: 'v2',
              sequencer: expect.stringMatching(/^00[0-9A-F]{16}$/),
            },
          },
        },
      ],
    });
  });

  it('is what S3 sends about the write, with other ids of a request', () => {
    const scene = new EventScene({ vault: { notification: toQueue(['s3:ObjectCreated:*']) } });
    scene.ask(put('/vault/a', 'x'));
    const [sent] = scene.takeRecords();
    const [built] = handleOf(scene.store).event('ObjectCreated:Put', 'a').Records;
    expect({ ...built, responseElements: undefined }).toEqual({ ...sent, responseElements: undefined });
    expect(built?.responseElements).not.toEqual(sent?.responseElements);
  });

  it('is of another version by its id, with its time', () => {
    const [record] = bucketOf(versions).bucket.event('ObjectCreated:Copy', 'a b.txt', { versionId: 'v1' }).Records;
    expect(record).toMatchObject({
      eventTime: '2026-03-01T00:00:00.000Z',
      s3: { object: { size: 3, versionId: 'v1' } },
    });
  });

  it('is of the delete marker, if that is the current version', () => {
    const [record] = bucketOf(versions).bucket.event('ObjectRemoved:DeleteMarkerCreated', 'gone').Records;
    expect(record?.s3.object).toEqual({
      key: 'gone',
      eTag: 'd41d8cd98f00b204e9800998ecf8427e',
      versionId: 'm',
      sequencer: expect.any(String),
    });
  });

  it('is of a removed key that has no version, if versioning was never set', () => {
    const [record] = bucketOf({}).bucket.event('ObjectRemoved:Delete', 'a').Records;
    expect(record?.s3.object).toEqual({ key: 'a', sequencer: expect.any(String) });
  });

  it('is by the caller that the test acts as, and by S3 for what lifecycle does', () => {
    const { store, bucket } = bucketOf(versions);
    store.defaultAccount.user('ann', { id: 'AIDAANN' });
    store.acting = { account: store.defaultAccount, user: 'ann', accessKeyId: 'KEY' };
    const principals = (['ObjectTagging:Put', 'LifecycleExpiration:Delete'] as const).map(
      (name) => bucket.event(name, 'a b.txt').Records[0]?.userIdentity.principalId,
    );
    expect(principals).toEqual(['AWS:AIDAANN', 's3.amazonaws.com']);
  });

  it('names the configuration that asks for the event', () => {
    const notification = toQueue(['s3:ObjectCreated:*'], { Id: 'mine' });
    const [record] = bucketOf({ ...versions, notification }).bucket.event('ObjectCreated:Put', 'a b.txt').Records;
    expect(record?.s3.configurationId).toBe('mine');
  });

  it("is EventBridge's, if that is asked for", () => {
    const event = bucketOf(versions).bucket.event('ObjectCreated:Put', 'a b.txt', { as: 'eventbridge' });
    expect(event).toMatchObject({
      'detail-type': 'Object Created',
      time: '2026-03-31T07:35:05Z',
      detail: { object: { key: 'a b.txt', size: 6, 'version-id': 'v2' }, reason: 'PutObject' },
    });
  });

  it('has the retention of the version', () => {
    const retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2030-01-01T00:00:00Z' } as const;
    const { bucket } = bucketOf({ objectLock: true, objects: { a: { body: 'x', retention } } });
    expect(bucket.event('ObjectRetention:Put', 'a').Records[0]).toMatchObject({
      eventVersion: '2.6',
      objectRetentionEventData: { mode: 'GOVERNANCE', retainUntilDate: '2030-01-01T00:00:00.000Z' },
    });
    expect(bucket.event('ObjectRetention:Put', 'a', { as: 'eventbridge' })).toMatchObject({
      'detail-type': 'Object Retention Updated',
      detail: { 'object-retention-event-data': { 'retain-until-date': '2030-01-01T00:00:00.000Z' } },
    });
  });

  it('takes no id and leaves nothing changed of what S3 sends', () => {
    const sent = (isBuilt: boolean) => {
      const scene = new EventScene({
        vault: { notification: { ...toQueue(['s3:ObjectCreated:*']), EventBridgeConfiguration: {} } },
      });
      scene.ask(put('/vault/a', 'x'));
      if (isBuilt) handleOf(scene.store).event('ObjectCreated:Put', 'a', { as: 'eventbridge' });
      scene.ask(put('/vault/b', 'x'));
      return scene.take().map(({ document }) => document);
    };
    expect(sent(true)).toEqual(sent(false));
  });

  it('is a new one each time, which its handler may change', () => {
    const { bucket } = bucketOf(versions);
    const [first, second] = [1, 2].map(() => bucket.event('ObjectCreated:Put', 'a b.txt'));
    if (first) first.Records = [];
    expect(second?.Records).toHaveLength(1);
  });

  it('is taken by handlers with the types of aws-lambda', () => {
    const keys: string[] = [];
    const handler = ({ Records }: S3Event) => void keys.push(...Records.map(({ s3 }) => s3.object.key));
    const notification: S3Notification = bucketOf(versions).bucket.event('ObjectRemoved:Delete', 'a b.txt');
    handler(notification);
    expect(keys).toEqual(['a+b.txt']);
  });
});

describe('a message that cannot be built', () => {
  const { bucket } = bucketOf(versions);
  const at = "bucket 'vault': event: invalid";

  it.each<[what: string, build: () => unknown, message: string]>([
    [
      'of an unknown name',
      () => bucket.event('ObjectCreated:put' as never, 'gone'),
      `${at} name 'ObjectCreated:put'; expected one of ObjectCreated:Put, ObjectCreated:Post, ObjectCreated:Copy, ObjectCreated:CompleteMultipartUpload, ObjectRemoved:Delete, ObjectRemoved:DeleteMarkerCreated, LifecycleExpiration:Delete, LifecycleExpiration:DeleteMarkerCreated, LifecycleTransition, ObjectTagging:Put, ObjectTagging:Delete, ObjectAcl:Put, ObjectRetention:Put. Did you mean ObjectCreated:Put?`,
    ],
    [
      'of a key without versions',
      () => bucket.event('ObjectCreated:Put', 'a.txt'),
      `${at} key 'a.txt'; expected a key that has versions: 'a b.txt', 'gone'. Did you mean a b.txt?`,
    ],
    [
      'of a version that the key lacks',
      () => bucket.event('ObjectCreated:Put', 'a b.txt', { versionId: 'v3' }),
      `${at} versionId 'v3'; expected the id of a version of 'a b.txt': 'v2', 'v1'. Did you mean v2?`,
    ],
    [
      'of a creation of a delete marker',
      () => bucket.event('ObjectCreated:Put', 'gone'),
      `${at} name 'ObjectCreated:Put'; expected one of ObjectRemoved:Delete, ObjectRemoved:DeleteMarkerCreated, LifecycleExpiration:Delete, LifecycleExpiration:DeleteMarkerCreated, since the version is a delete marker`,
    ],
    [
      'of a marker that is an object',
      () => bucket.event('ObjectRemoved:DeleteMarkerCreated', 'a b.txt'),
      'since the version is an object',
    ],
    [
      'of a transition to STANDARD',
      () => bucket.event('LifecycleTransition', 'a b.txt'),
      `${at} name 'LifecycleTransition'; expected another event, since nothing is moved to STANDARD, the class of the version`,
    ],
    [
      'of a retention in the epoch that has none',
      () => bucketOf(versions, '2.1').bucket.event('ObjectRetention:Put', 'a b.txt'),
      `${at} name 'ObjectRetention:Put'; expected an event that S3 sent before 2026, the epoch of events: { version: '2.1' }`,
    ],
    [
      'of a retention that the version has not',
      () => bucketOf(versions).bucket.event('ObjectRetention:Put', 'a b.txt'),
      `${at} name 'ObjectRetention:Put'; expected another event, since the version has no retention`,
    ],
    [
      'of another form',
      () => bucket.event('ObjectCreated:Put', 'a b.txt', { as: 'sqs' as never }),
      `${at} as 'sqs'; expected 'eventbridge' or nothing`,
    ],
    [
      'with an unknown option',
      () => bucket.event('ObjectCreated:Put', 'a b.txt', { versionID: 'v1' } as never),
      "bucket 'vault': event: there is no option 'versionID'. Did you mean versionId? The options are: versionId, as.",
    ],
    [
      'with a text in place of options',
      () => bucket.event('ObjectCreated:Put', 'a b.txt', 'v1' as never),
      `${at} details 'v1'; expected an object such as { versionId }`,
    ],
    ['of a key that is not a text', () => bucket.event('ObjectCreated:Put', 5 as never), "bucket 'vault': "],
  ])('%s says what is right', (_what, build, message) => {
    expect(build).toThrow(TypeError);
    expect(build).toThrow(message);
  });
});
