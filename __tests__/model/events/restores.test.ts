import { describe, expect, it } from '@jest/globals';
import { hour } from '../../../src/formats/durations';
import { makeRetailId } from '../../../src/model/events/actors';
import { settle } from '../../../src/model/schedule/settle';
import type { DirectCall } from '../../support/answered-store';
import { EventScene, masked, toQueue } from '../../support/event-scene';

const notification = {
  ...toQueue(['s3:ObjectCreated:*', 's3:ObjectRestore:*', 's3:IntelligentTiering']),
};
const objects = {
  old: { body: 'old', versionId: 'v1', storageClass: 'GLACIER' },
  tiered: { body: Buffer.alloc(128 * 1024), versionId: 'v2', storageClass: 'INTELLIGENT_TIERING' },
};
const intelligentTiering = [
  { Id: 'cold', Status: 'Enabled', Tierings: [{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }] },
] as const;
const sceneWith = (more: object = {}) =>
  new EventScene({
    vault: { versioning: 'Enabled', objects, intelligentTiering, notification: { ...notification, ...more } },
  });
const restore = (path: string, document: string): DirectCall => ({
  method: 'POST',
  path: `/vault/${path}?restore`,
  body: `<RestoreRequest>${document}</RestoreRequest>`,
});
const byTier = (tier: string) => `<Days>2</Days><GlacierJobParameters><Tier>${tier}</Tier></GlacierJobParameters>`;

// F809
describe('the events of a restore', () => {
  it('are of its request, of its copy, and of the end of that', () => {
    const scene = sceneWith();
    scene.ask(restore('old', '<Days>2</Days>'));
    const owner = scene.store.buckets.get('vault')?.owner;
    const begun = scene.store.clock.now();
    scene.pass(5);
    const records = scene.takeRecords();
    const object = { key: 'old', size: 3, eTag: '149603e6c03516362a8da23f624db945', versionId: 'v1' };
    const version = scene.store.buckets.get('vault')?.versions.current('old');
    expect(version?.content?.etag).toBe(object.eTag);
    expect(
      records.map(({ eventName, eventVersion, s3 }) => ({ eventName, eventVersion, ...masked(s3.object) })),
    ).toEqual([
      { eventName: 'ObjectRestore:Post', eventVersion: '2.6', ...object, sequencer: 'sequencer' },
      { eventName: 'ObjectRestore:Completed', eventVersion: '2.6', ...object, sequencer: 'sequencer' },
      { eventName: 'ObjectRestore:Delete', eventVersion: '2.6', ...object },
    ]);
    const [post, completed, removed] = records;
    const expiry = removed?.eventTime;
    expect(completed).toMatchObject({
      eventTime: new Date(begun + 5 * hour).toISOString(),
      userIdentity: { principalId: owner && `AmazonCustomer:${makeRetailId(owner)}` },
      glacierEventData: {
        restoreEventData: { lifecycleRestorationExpiryTime: expiry, lifecycleRestoreStorageClass: 'GLACIER' },
      },
    });
    expect({ expiry, post: post?.glacierEventData, removed: removed?.userIdentity }).toEqual({
      expiry: expect.stringMatching(/T00:00:00\.000Z$/),
      post: undefined,
      removed: { principalId: 's3.amazonaws.com' },
    });
  });

  it('have one for each request that S3 accepts, and the sequencer of the object', () => {
    const scene = sceneWith();
    scene.ask({ method: 'PUT', path: '/vault/new', headers: { 'x-amz-storage-class': 'GLACIER' }, body: 'new' });
    scene.store.clock.advance({ minutes: 1 });
    scene.ask(restore('new', byTier('Bulk')), restore('new', byTier('Expedited')));
    scene.store.clock.advance({ hours: 1 });
    settle(scene.store);
    scene.ask(restore('new', '<Days>9</Days>'), restore('new', '<Days>9</Days>'));
    const [put, ...records] = scene.takeRecords();
    const sequencer = put?.s3.object.sequencer;
    expect(records.map(({ eventName, s3 }) => ({ eventName, sequencer: s3.object.sequencer }))).toEqual([
      { eventName: 'ObjectRestore:Post', sequencer },
      { eventName: 'ObjectRestore:Post', sequencer },
      { eventName: 'ObjectRestore:Completed', sequencer },
      { eventName: 'ObjectRestore:Post', sequencer },
      { eventName: 'ObjectRestore:Post', sequencer },
    ]);
  });

  it('reach EventBridge with the end and the storage class', () => {
    const scene = sceneWith({ QueueConfigurations: [], EventBridgeConfiguration: {} });
    scene.ask(restore('old', '<Days>2</Days>'));
    scene.pass(5);
    const details = scene.takeBridged().map((event) => ({
      type: event['detail-type'],
      ends: event.detail['restore-expiry-time'],
      storageClass: event.detail['source-storage-class'],
      object: event.detail.object,
      requester: event.detail.requester,
    }));
    const storageClass = 'GLACIER';
    const object = { key: 'old', size: 3, etag: '149603e6c03516362a8da23f624db945', 'version-id': 'v1' };
    const { size: _size, ...expired } = object;
    const requester = 's3.amazonaws.com';
    expect(details).toEqual([
      { type: 'Object Restore Initiated', storageClass, object, requester: scene.store.buckets.get('vault')?.owner.id },
      {
        type: 'Object Restore Completed',
        ends: expect.stringMatching(/T00:00:00Z$/),
        storageClass,
        object,
        requester,
      },
      { type: 'Object Restore Expired', object: expired, requester },
    ]);
  });
});

it('an archive tier has the event of its move, and a restore from it no end', () => {
  const scene = sceneWith();
  scene.pass(91);
  scene.ask(restore('tiered', ''));
  scene.pass(1);
  const records = scene.takeRecords().map(({ eventName, intelligentTieringEventData, glacierEventData }) => {
    return { eventName, tier: intelligentTieringEventData?.destinationAccessTier, ends: glacierEventData };
  });
  expect(records).toEqual([
    { eventName: 'IntelligentTiering', tier: 'ARCHIVE_ACCESS', ends: undefined },
    { eventName: 'ObjectRestore:Post', tier: undefined, ends: undefined },
    { eventName: 'ObjectRestore:Completed', tier: undefined, ends: undefined },
  ]);
});
