import { describe, expect, it } from '@jest/globals';
import { minute } from '../../../src/formats/durations';
import type { Notification } from '../../../src/model/configurations/notification';
import { findEventName } from '../../../src/model/events/event-names';
import { makeUniqueId } from '../../../src/model/identity/unique-id';
import type { ReplicationFailure } from '../../../src/model/replication/replication-reasons';
import { settle } from '../../../src/model/schedule/settle';
import type { Store } from '../../../src/model/store';
import type { BucketFixture } from '../../../src/preset/bucket-fixture';
import type { DirectCall } from '../../support/answered-store';
import { EventScene, masked, put, remove, tagsOf, toQueue } from '../../support/event-scene';

const role = 'arn:aws:iam::000000000000:role/replication';
const timed = { ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } } } as const;
const metrics = { Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } } } as const;

interface Setup {
  readonly destination?: object;
  readonly vault?: Notification;
  readonly replica?: Notification;
  /** Minutes from a write to its copy. */
  readonly delay?: number;
  readonly version?: '2.1' | '2.6';
  readonly fail?: (part: string) => ReplicationFailure | undefined;
}

function sceneOf({ destination, vault, replica, delay = 0, version, fail = () => undefined }: Setup): EventScene {
  const rule = {
    ID: 'all',
    Status: 'Enabled',
    Priority: 1,
    Filter: { Prefix: '' },
    DeleteMarkerReplication: { Status: 'Enabled' },
    Destination: { Bucket: 'arn:aws:s3:::replica', ...destination },
  } as const;
  const buckets: Record<string, BucketFixture> = {
    replica: { versioning: 'Enabled', ...(replica && { notification: replica }) },
    vault: {
      versioning: 'Enabled',
      replication: { Role: role, Rules: [rule] },
      ...(vault && { notification: vault }),
    },
  };
  const scene = new EventScene(buckets, version);
  const failureOfReplication: Store['failureOfReplication'] = (_source, { part }) => fail(part);
  Object.assign(scene.store, { replicationDelay: delay * minute, failureOfReplication });
  return scene;
}

function wait(scene: EventScene, minutes: number): void {
  scene.store.clock.advance({ minutes });
  settle(scene.store);
}

const all = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:*', 's3:ObjectAcl:Put'] as const;

// F863
describe('the event of a replica', () => {
  it('is the creation of an object at the destination, by a session of the role from an address of S3', () => {
    const scene = sceneOf({ replica: toQueue([...all]), delay: 1 });
    const [versionId] = scene.ask(put('/vault/a', 'x'));
    const written = scene.store.clock.now();
    wait(scene, 1);
    const [record, ...others] = scene.takeRecords();
    expect(others).toEqual([]);
    const id = makeUniqueId(scene.store.defaultAccount, 'role', 'replication');
    expect(record).toMatchObject({
      eventVersion: '2.6',
      eventTime: new Date(written + minute).toISOString(),
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: `AWS:${id}:s3-replication` },
      requestParameters: { sourceIPAddress: 's3.amazonaws.com' },
      s3: { bucket: { name: 'replica' } },
    });
    expect(masked(record?.s3.object ?? {})).toEqual({
      key: 'a',
      size: 1,
      eTag: '9dd4e461268c8034f5c8564e155c67a6',
      versionId,
      sequencer: 'sequencer',
    });
  });

  it('has the id of the role if the mock has the role', () => {
    const scene = sceneOf({ replica: toQueue([...all]) });
    scene.store.defaultAccount.role('replication', { id: 'AROAREPLICATION' });
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 0);
    expect(scene.takeRecords().map(({ userIdentity }) => userIdentity.principalId)).toEqual([
      'AWS:AROAREPLICATION:s3-replication',
    ]);
  });

  it('is that of the upload of parts for a replica that has parts', () => {
    const scene = sceneOf({ replica: toQueue([...all]) });
    const { body } = scene.answered.ask({ method: 'POST', path: '/vault/a?uploads' });
    const id = /<UploadId>(.*)<\/UploadId>/.exec(String(body))?.[1] ?? '';
    const part = scene.answered.ask(put(`/vault/a?partNumber=1&uploadId=${id}`, 'x'));
    const etag = new Map(part.headers).get('etag') ?? new Map(part.headers).get('ETag');
    scene.ask({
      method: 'POST',
      path: `/vault/a?uploadId=${id}`,
      body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`,
    });
    scene.ask(put('/replica/b', 'x'));
    wait(scene, 0);
    const records = scene.takeRecords();
    expect(records.map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Put',
      'ObjectCreated:CompleteMultipartUpload',
    ]);
    // The replica is older than the other object, and comes later.
    const sequencers = records.map(({ s3 }) => s3.object.sequencer);
    expect(sequencers).toEqual(sequencers.toSorted());
  });

  it('is that of a marker for a replicated delete marker, with the id of its source', () => {
    const scene = sceneOf({ replica: toQueue([...all]) });
    scene.ask(put('/vault/a', 'x'));
    const [versionId] = scene.ask(remove('/vault/a'));
    wait(scene, 0);
    expect(scene.takeObjects().slice(1)).toEqual([
      {
        eventName: 'ObjectRemoved:DeleteMarkerCreated',
        key: 'a',
        eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        versionId,
        sequencer: 'sequencer',
      },
    ]);
  });

  it('is missing for a version that is removed by its id at the source', () => {
    const scene = sceneOf({ replica: toQueue([...all]) });
    const [versionId] = scene.ask(put('/vault/a', 'x'));
    wait(scene, 0);
    scene.take();
    scene.ask(remove(`/vault/a?versionId=${versionId}`));
    wait(scene, 60);
    expect(scene.take()).toEqual([]);
  });

  it('is one of tags for tags that follow', () => {
    const scene = sceneOf({ replica: toQueue([...all]) });
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 0);
    scene.ask(tagsOf('/vault/a', ['x']));
    wait(scene, 0);
    expect(scene.takeRecords().map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Put', 'ObjectTagging:Put']);
  });

  it('names the request of S3 and the account of the role for EventBridge', () => {
    const scene = sceneOf({ replica: { EventBridgeConfiguration: {} } });
    scene.ask(put('/vault/a', 'x'), remove('/vault/a'));
    wait(scene, 0);
    const details = scene.takeBridged().map(({ detail }) => ({
      requester: detail.requester,
      address: detail['source-ip-address'],
      reason: detail.reason,
      deletion: detail['deletion-type'],
    }));
    const bySession = { requester: '000000000000', address: 's3.amazonaws.com' };
    expect(details).toEqual([
      { ...bySession, reason: 'PutObject', deletion: undefined },
      { ...bySession, reason: 'DeleteObject', deletion: 'Delete Marker Created' },
    ]);
  });

  it('has a later sequencer than that of an earlier write to the destination', () => {
    const scene = sceneOf({ replica: toQueue([...all]), delay: 5 });
    scene.ask(put('/vault/a', 'x'), put('/replica/a', 'y'));
    wait(scene, 5);
    const [own = '', replicas = ''] = scene.takeRecords().map(({ s3 }) => s3.object.sequencer);
    expect(replicas > own).toBe(true);
  });
});

// F862
describe('the event of a replication that failed', () => {
  const denied = { reason: 'DstPutObjectNotPermitted', why: 'the test wants it' } as const;
  const failing = (more: Partial<Setup> = {}) =>
    sceneOf({
      destination: { Metrics: { Status: 'Enabled' } },
      vault: toQueue(['s3:Replication:*']),
      fail: () => denied,
      ...more,
    });

  it('is the record that AWS sent, from the source, with the sequencer and the time of the write', () => {
    const scene = failing({ vault: toQueue(['s3:ObjectCreated:*', 's3:Replication:*']) });
    const [versionId] = scene.ask(put('/vault/srcdata/probe', 'native replication signals\n'));
    wait(scene, 0);
    const [written, failed] = scene.takeRecords();
    const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;
    const expected = {
      eventVersion: '2.6',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: written?.eventTime,
      eventName: 'Replication:OperationFailedReplication',
      userIdentity: { principalId: 's3.amazonaws.com' },
      requestParameters: { sourceIPAddress: 's3.amazonaws.com' },
      responseElements: { 'x-amz-request-id': expect.stringMatching(uuid), 'x-amz-id-2': expect.any(String) },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'all',
        bucket: { name: 'vault', ownerIdentity: { principalId: '000000000000' }, arn: 'arn:aws:s3:::vault' },
        object: {
          key: 'srcdata/probe',
          size: 27,
          eTag: 'f5241f5bfeb26cdfc0ba81ad5f13ea7a',
          versionId,
          sequencer: written?.s3.object.sequencer,
        },
      },
      replicationEventData: {
        replicationRuleId: 'all',
        destinationBucket: 'arn:aws:s3:::replica',
        s3Operation: 'OBJECT_PUT',
        requestTime: written?.eventTime,
        failureReason: 'DstPutObjectNotPermitted',
      },
    };
    expect(failed).toEqual(expected);
    // The members in the order of AWS.
    expect(JSON.stringify(failed, masking)).toBe(JSON.stringify(expected, masking));
  });

  it('has version 2.2 before 2026', () => {
    const scene = failing({ version: '2.1' });
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 0);
    expect(scene.takeRecords().map(({ eventVersion }) => eventVersion)).toEqual(['2.2']);
  });

  it.each<[what: string, part: string, operation: string]>([
    ['an object', 'object', 'OBJECT_PUT'],
    ['a delete marker', 'delete marker', 'OBJECT_DELETE_MARKER'],
    ['tags', 'tags', 'OBJECT_TAGGING'],
  ])('names the operation of %s', (_what, part, s3Operation) => {
    const scene = failing({ fail: (one) => (one === part ? denied : undefined) });
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 0);
    scene.ask(tagsOf('/vault/a', ['x']), remove('/vault/a'));
    wait(scene, 0);
    expect(scene.takeRecords().map(({ replicationEventData }) => replicationEventData?.s3Operation)).toEqual([
      s3Operation,
    ]);
  });

  it('describes a version that was removed before it was copied', () => {
    const scene = failing({ fail: () => undefined, delay: 5 });
    const [versionId] = scene.ask(put('/vault/a', 'x'));
    scene.ask(remove(`/vault/a?versionId=${versionId}`));
    wait(scene, 5);
    const [record] = scene.takeRecords();
    expect({ object: masked(record?.s3.object ?? {}), reason: record?.replicationEventData?.failureReason }).toEqual({
      object: { key: 'a', size: 1, eTag: '9dd4e461268c8034f5c8564e155c67a6', versionId, sequencer: 'sequencer' },
      reason: 'SrcVersionNotFound',
    });
  });

  it.each<[what: string, setup: Partial<Setup>]>([
    ['for a rule without metrics', { destination: {} }],
    ['for a replication that did not fail', { fail: () => undefined }],
  ])('is missing %s', (_what, setup) => {
    const scene = failing(setup);
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 0);
    expect(scene.take()).toEqual([]);
  });

  it('is missing while trouble passes, after which the version is copied', () => {
    let tries = 0;
    const busy = { reason: 'SlowDown', why: 'the test wants it' } as const;
    const scene = failing({ fail: () => (tries++ === 0 ? busy : undefined) });
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 1);
    expect({ events: scene.take(), tries }).toEqual({ events: [], tries: 2 });
  });

  it('is not sent to EventBridge', () => {
    const scene = failing({ vault: { EventBridgeConfiguration: {} } });
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 0);
    expect(scene.takeBridged().map((event) => event['detail-type'])).toEqual(['Object Created']);
  });
});

// F856
describe('the threshold of 15 minutes', () => {
  const measured = (more: Partial<Setup> = {}) =>
    sceneOf({ destination: { ...timed, ...metrics }, vault: toQueue(['s3:Replication:*']), delay: 20, ...more });

  it('has an event when a version is not there by then, and one when it is there at last', () => {
    const scene = measured();
    const begun = scene.store.clock.now();
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 15);
    const missed = scene.takeRecords();
    wait(scene, 60);
    const at = (minutes: number) => new Date(begun + minutes * minute).toISOString();
    const data = {
      replicationRuleId: 'all',
      destinationBucket: 'arn:aws:s3:::replica',
      s3Operation: 'OBJECT_PUT',
      requestTime: at(0),
      threshold: '15',
    };
    const told = (records: typeof missed) =>
      records.map(({ eventName, eventTime, replicationEventData }) => ({ eventName, eventTime, replicationEventData }));
    expect({ missed: told(missed), later: told(scene.takeRecords()) }).toEqual({
      missed: [{ eventName: 'Replication:OperationMissedThreshold', eventTime: at(15), replicationEventData: data }],
      // biome-ignore format: an event a line
      later: [{ eventName: 'Replication:OperationReplicatedAfterThreshold', eventTime: at(20), replicationEventData: { ...data, replicationTime: at(20) } }],
    });
  });

  it.each<[what: string, setup: Partial<Setup>, call: DirectCall]>([
    ['is kept by a version that is there after exactly 15 minutes', { delay: 15 }, put('/vault/a', 'x')],
    [
      'is not measured by a rule without ReplicationTime',
      { destination: { Metrics: { Status: 'Enabled' } } },
      put('/vault/a', 'x'),
    ],
    ['does not count for delete markers', {}, remove('/vault/a')],
  ])('%s', (_what, setup, call) => {
    const scene = measured(setup);
    scene.ask(call);
    wait(scene, 60);
    expect(scene.take()).toEqual([]);
  });

  it('is missed by trouble that lasts, once, and failing later says so alone', () => {
    const busy = { reason: 'InternalError', why: 'the test wants it' } as const;
    const denied = { reason: 'DstPutObjectNotPermitted', why: 'the test wants it' } as const;
    let isBusy = true;
    const scene = measured({ delay: 0, fail: () => (isBusy ? busy : denied) });
    scene.ask(put('/vault/a', 'x'));
    for (let minutes = 0; minutes < 30; minutes += 1) wait(scene, 1);
    isBusy = false;
    wait(scene, 1);
    expect(scene.takeRecords().map(({ eventName }) => eventName)).toEqual([
      'Replication:OperationMissedThreshold',
      'Replication:OperationFailedReplication',
    ]);
  });

  it('is the same in one jump of the clock', () => {
    const scene = measured();
    scene.ask(put('/vault/a', 'x'));
    wait(scene, 60);
    expect(scene.takeRecords().map(({ eventName }) => eventName)).toEqual([
      'Replication:OperationMissedThreshold',
      'Replication:OperationReplicatedAfterThreshold',
    ]);
  });
});

/** Ids differ from run to run on AWS. */
function masking(name: string, value: unknown): unknown {
  return name.startsWith('x-amz-') ? 'id' : value;
}

it('replication on IBM COS, which has no role, has no event', () => {
  const scene = sceneOf({ replica: toQueue([...all]) });
  scene.ask(put('/replica/a', 'x'));
  const { store } = scene;
  const bucket = store.buckets.get('replica');
  const version = bucket?.versions.current('a');
  if (bucket === undefined || version === undefined) throw new Error('the bucket has the version');
  const cause = { by: 'service', operation: 'S3.REPLICATE.OBJECT', rule: 'all' } as const;
  const change = { kind: 'version written', bucket: 'replica', key: 'a', version, before: undefined, time: 0 } as const;
  expect(findEventName({ ...change, cause }, bucket, '2.1')).toBeUndefined();
  expect(findEventName({ ...change, cause: { ...cause, role } }, bucket, '2.1')).toBe('ObjectCreated:Put');
});
