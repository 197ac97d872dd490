import { describe, expect, it } from '@jest/globals';
import { addBucket, type BucketFixture } from '../../../src/preset/bucket-fixture';
import type { DirectCall } from '../../support/answered-store';
import { copy, EventScene, put, remove, tagsOf, toQueue } from '../../support/event-scene';

const bus = { notification: { EventBridgeConfiguration: {} } } satisfies BucketFixture;
const one = { a: { body: 'something', versionId: 'v1' } };
const etag = '437b930db84b8079c2dd804a71936b5f';
const request = { 'request-id': expect.any(String), requester: '000000000000', 'source-ip-address': '127.0.0.1' };
const service = { 'request-id': expect.any(String), requester: 's3.amazonaws.com' };
const sequencer = expect.stringMatching(/^00[0-9A-F]{16}$/);
const head = { version: '0', bucket: { name: 'vault' } };

function bridged(bucket: BucketFixture, ...calls: readonly DirectCall[]) {
  const scene = new EventScene({ vault: { ...bucket, ...bus } }, '2.1');
  scene.ask(...calls);
  return scene.takeBridged().map(({ 'detail-type': type, detail }) => ({ type, detail }));
}

describe('the event for EventBridge', () => {
  it.each<[what: string, bucket: BucketFixture, calls: readonly DirectCall[], type: string, detail: object]>([
    [
      'a copy',
      { objects: { a: 'something' } },
      [copy('/vault/a', '/vault/b')],
      'Object Created',
      { object: { key: 'b', size: 9, etag, sequencer }, ...request, reason: 'CopyObject' },
    ],
    [
      'a delete marker',
      { versioning: 'Enabled' },
      [remove('/vault/a')],
      'Object Deleted',
      {
        object: {
          key: 'a',
          etag: 'd41d8cd98f00b204e9800998ecf8427e',
          'version-id': expect.stringMatching(/^[\w.]{32}$/),
          sequencer,
        },
        ...request,
        reason: 'DeleteObject',
        'deletion-type': 'Delete Marker Created',
      },
    ],
    [
      'tags',
      { versioning: 'Enabled', objects: one },
      [tagsOf('/vault/a', ['x'])],
      'Object Tags Added',
      { object: { key: 'a', etag, 'version-id': 'v1' }, ...request },
    ],
    [
      'the end of tags',
      { objects: { a: { body: 'something', tags: { x: 'y' } } } },
      [remove('/vault/a?tagging')],
      'Object Tags Deleted',
      { object: { key: 'a', etag }, ...request },
    ],
    [
      'a key with spaces, which is not encoded',
      {},
      [put('/vault/red%20flower', 'something')],
      'Object Created',
      { object: { key: 'red flower', size: 9, etag, sequencer }, ...request, reason: 'PutObject' },
    ],
  ])('of %s', (_what, bucket, calls, type, detail) => {
    expect(bridged(bucket, ...calls)).toStrictEqual([{ type, detail: { ...head, ...detail } }]);
  });

  it('of a retention has its mode and its end, and is sent for no legal hold', () => {
    const document =
      '<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>';
    const scene = new EventScene({ vault: { objectLock: true, objects: one, ...bus } }, '2.6');
    scene.ask(
      put('/vault/a?legal-hold', '<LegalHold><Status>ON</Status></LegalHold>'),
      put('/vault/a?retention', document),
    );
    expect(scene.takeBridged().map(({ detail }) => detail['object-retention-event-data'])).toStrictEqual([
      { mode: 'GOVERNANCE', 'retain-until-date': '2030-01-01T00:00:00.000Z' },
    ]);
  });

  const rule = (members: object): BucketFixture['lifecycle'] => ({
    Rules: [{ ID: 'r', Status: 'Enabled', Filter: {}, ...members }],
  });

  it.each<[what: string, bucket: BucketFixture, type: string, detail: object]>([
    [
      'an expiry',
      { objects: { a: 'something' }, lifecycle: rule({ Expiration: { Days: 1 } }) },
      'Object Deleted',
      {
        object: { key: 'a', sequencer },
        ...service,
        reason: 'Lifecycle Expiration',
        'deletion-type': 'Permanently Deleted',
      },
    ],
    [
      'an expiry with a marker',
      { versioning: 'Enabled', objects: one, lifecycle: rule({ Expiration: { Days: 1 } }) },
      'Object Deleted',
      {
        object: { key: 'a', etag: 'd41d8cd98f00b204e9800998ecf8427e', 'version-id': expect.any(String), sequencer },
        ...service,
        reason: 'Lifecycle Expiration',
        'deletion-type': 'Delete Marker Created',
      },
    ],
    [
      'a transition',
      { objects: { a: 'x'.repeat(200_000) }, lifecycle: rule({ Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] }) },
      'Object Storage Class Changed',
      {
        object: { key: 'a', size: 200_000, etag: expect.any(String) },
        ...service,
        'destination-storage-class': 'GLACIER',
      },
    ],
    [
      'a move to an archive tier',
      {
        objects: { a: { body: 'x'.repeat(200_000), storageClass: 'INTELLIGENT_TIERING' } },
        intelligentTiering: [{ Id: 'r', Status: 'Enabled', Tierings: [{ Days: 90, AccessTier: 'ARCHIVE_ACCESS' }] }],
      },
      'Object Access Tier Changed',
      {
        object: { key: 'a', size: 200_000, etag: expect.any(String) },
        ...service,
        'destination-access-tier': 'ARCHIVE_ACCESS',
      },
    ],
  ])('of %s by lifecycle has no address', (_what, bucket, type, detail) => {
    const scene = new EventScene({ vault: { ...bucket, ...bus } }, '2.1');
    scene.pass(100);
    expect(scene.takeBridged()).toEqual([
      expect.objectContaining({ 'detail-type': type, detail: { ...head, ...detail } }),
    ]);
  });

  it('has a version of its own in the later epoch, after the version of the envelope', () => {
    const scene = new EventScene({ vault: bus }, '2.6');
    scene.ask(put('/vault/a', 'x'));
    const [event] = scene.takeBridged();
    expect(Object.entries(event?.detail ?? {}).slice(0, 3)).toEqual([
      ['version', '0'],
      ['event-version', '1.2'],
      ['bucket', { name: 'vault' }],
    ]);
  });

  it('is of the account that owns the bucket, and names the account that sent the request', () => {
    const scene = new EventScene({});
    const { id: owner } = scene.store.addAccount('partner');
    const policy = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: '000000000000' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::vault/*',
      },
    };
    addBucket(scene.store, 'vault', { owner, policy, ...bus }, 'of a mock');
    scene.ask(put('/vault/a', 'x'));
    expect(scene.takeBridged()).toEqual([
      expect.objectContaining({ account: owner, detail: expect.objectContaining({ requester: '000000000000' }) }),
    ]);
  });

  it('comes after those of other destinations, with the same sequencer and unfiltered', () => {
    const filter = { Filter: { Key: { FilterRules: [{ Name: 'Prefix' as const, Value: 'a' }] } } };
    const scene = new EventScene({
      vault: { notification: { ...toQueue(['s3:ObjectCreated:*'], filter), EventBridgeConfiguration: {} } },
    });
    scene.ask(put('/vault/a', 'x'), put('/vault/b', 'x'));
    const reports = scene.take();
    expect(reports.map(({ key, destination }) => `${key} ${destination.split(':')[2] ?? destination}`)).toEqual([
      'a sqs',
      'a eventbridge',
      'b eventbridge',
    ]);
    const [first, second] = reports.map(({ document }) =>
      'detail' in document
        ? document.detail.object.sequencer
        : 'Records' in document
          ? document.Records[0]?.s3.object.sequencer
          : undefined,
    );
    expect(first).toBe(second);
  });
});
