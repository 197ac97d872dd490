import { describe, expect, it } from '@jest/globals';
import type { BucketFixture } from '../../../src/preset/bucket-fixture';
import { BucketHandle } from '../../../src/preset/bucket-handle';
import type { DirectCall } from '../../support/answered-store';
import {
  copy,
  EventScene,
  everything,
  put,
  remove,
  removeAll,
  tagsOf,
  toQueue,
  versioning,
  withAcls,
} from '../../support/event-scene';

const notification = toQueue(everything);
const eTag = '437b930db84b8079c2dd804a71936b5f';
const emptyTag = 'd41d8cd98f00b204e9800998ecf8427e';
const sequencer = 'sequencer';

const created = (object: object = {}) => ({
  eventName: 'ObjectCreated:Put',
  key: 'a',
  size: 9,
  eTag,
  ...object,
  sequencer,
});
const removal = (object: object = {}) => ({ eventName: 'ObjectRemoved:Delete', key: 'a', ...object, sequencer });
const marker = (object: object = {}) => ({
  eventName: 'ObjectRemoved:DeleteMarkerCreated',
  key: 'a',
  eTag: emptyTag,
  ...object,
  sequencer,
});

function objectsOf(bucket: BucketFixture, play: (scene: EventScene) => void, version?: '2.1' | '2.6') {
  const scene = new EventScene({ vault: { ...bucket, notification }, other: {} }, version);
  play(scene);
  return scene.takeObjects();
}

const one = { a: { body: 'something', versionId: 'v1' } };
const enabled: BucketFixture = { versioning: 'Enabled', objects: one };
const plain: BucketFixture = { objects: { a: 'something' } };
const paused: BucketFixture = { versioning: 'Suspended', objects: one };

const anonymous = { authorization: undefined };

describe('the object of a record', () => {
  it.each<[what: string, bucket: BucketFixture, calls: readonly DirectCall[], objects: readonly object[]]>([
    ['a put without versioning', {}, [put('/vault/a', 'something')], [created()]],
    ['a put while suspended, of the null version', paused, [put('/vault/a', 'something')], [created()]],
    ['a put that replaces an object', plain, [put('/vault/a', 'something')], [created()]],
    ['a deletion without versioning', plain, [remove('/vault/a')], [removal()]],
    ['a deletion by version id', enabled, [remove('/vault/a?versionId=v1')], [removal({ versionId: 'v1' })]],
    ['a deletion of the null version by its id', plain, [remove('/vault/a?versionId=null')], [removal()]],
    [
      'a deletion of a delete marker by its id',
      { versioning: 'Enabled', objects: { a: [{ deleteMarker: true, versionId: 'm' }] } },
      [remove('/vault/a?versionId=m')],
      [removal({ versionId: 'm' })],
    ],
    ['a null marker while suspended', paused, [remove('/vault/a')], [marker()]],
    ['a deletion of a key that is not there', {}, [remove('/vault/a')], [removal()]],
    ['a deletion of a version that is not there', enabled, [remove('/vault/b?versionId=v1')], []],
    [
      'tags of a version',
      enabled,
      [tagsOf('/vault/a', ['x'])],
      [{ eventName: 'ObjectTagging:Put', key: 'a', eTag, versionId: 'v1' }],
    ],
    [
      'the same tags again',
      plain,
      [tagsOf('/vault/a', ['x']), tagsOf('/vault/a', ['x'])],
      [1, 2].map(() => ({ eventName: 'ObjectTagging:Put', key: 'a', eTag })),
    ],
    ['tags that are put with an object', {}, [put('/vault/a', 'something', { 'x-amz-tagging': 'x=y' })], [created()]],
    [
      'an ACL that is put with an object',
      withAcls,
      [put('/vault/a', 'something', { 'x-amz-acl': 'public-read' })],
      [created()],
    ],
    [
      'the ACL of a version, and the same again',
      { ...withAcls, ...enabled },
      [1, 2].map(() => put('/vault/a?acl', '', { 'x-amz-acl': 'public-read' })),
      [{ eventName: 'ObjectAcl:Put', key: 'a', eTag, versionId: 'v1' }],
    ],
    [
      'the grants of an ACL in another order',
      { ...withAcls, ...enabled },
      [
        ['AllUsers', 'AuthenticatedUsers'],
        ['AuthenticatedUsers', 'AllUsers'],
      ].map((groups) => {
        const grantees = groups.map((name) => `uri=http://acs.amazonaws.com/groups/global/${name}`);
        return put('/vault/a?acl', '', { 'x-amz-grant-read': grantees.join(', ') });
      }),
      [1, 2].map(() => ({ eventName: 'ObjectAcl:Put', key: 'a', eTag, versionId: 'v1' })),
    ],
    [
      'a copy onto itself',
      plain,
      [put('/vault/a', '', { 'x-amz-copy-source': '/vault/a', 'x-amz-metadata-directive': 'REPLACE' })],
      [{ eventName: 'ObjectCreated:Copy', key: 'a', size: 9, eTag, sequencer, hasObjectAnnotation: false }],
    ],
    ['a copy into another bucket', plain, [copy('/vault/a', '/other/a')], []],
    [
      'a copy from another bucket',
      {},
      [put('/other/a', 'something'), copy('/other/a', '/vault/b')],
      [{ eventName: 'ObjectCreated:Copy', key: 'b', size: 9, eTag, sequencer, hasObjectAnnotation: false }],
    ],
    [
      'a legal hold',
      { objectLock: true, objects: one },
      [put('/vault/a?legal-hold', '<LegalHold><Status>ON</Status></LegalHold>')],
      [],
    ],
    [
      'reads, and settings of the bucket',
      plain,
      [
        { method: 'GET', path: '/vault/a' },
        { method: 'HEAD', path: '/vault/a' },
        versioning('vault', 'Enabled'),
        tagsOf('/vault', ['x']),
      ],
      [],
    ],
    [
      'a deletion after which an older version is current',
      { versioning: 'Enabled', objects: { a: ['old', { body: 'something', versionId: 'v2' }] } },
      [remove('/vault/a?versionId=v2')],
      [removal({ versionId: 'v2' })],
    ],
  ])('of %s', (_what, bucket, calls, objects) => {
    expect(objectsOf(bucket, (scene) => scene.ask(...calls))).toEqual(objects);
  });

  it('of an anonymous put is as that of any other', () => {
    const policy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::vault/*' },
    };
    const scene = new EventScene({ vault: { ...withAcls, policy, notification } });
    scene.ask(put('/vault/a', 'something', anonymous));
    expect(scene.takeObjects()).toEqual([created()]);
  });

  it('of versions and markers has their ids while versioning is enabled', () => {
    const scene = new EventScene({ vault: { versioning: 'Enabled', notification } });
    const [id, markerId] = scene.ask(put('/vault/a', 'something'), remove('/vault/a'));
    expect(scene.takeObjects()).toEqual([created({ versionId: id }), marker({ versionId: markerId })]);
  });

  it('of DeleteObjects is one for each entry, with the names of single deletions', () => {
    const objects = objectsOf({ ...enabled }, (scene) => {
      scene.ask(removeAll('vault', ['a', 'new']));
    });
    expect(objects).toEqual(
      ['a', 'new'].map((key) => marker({ key, versionId: expect.stringMatching(/^[\w.]{32}$/) })),
    );
  });

  it('of DeleteObjects is missing for an entry that failed', () => {
    const lock = { Mode: 'COMPLIANCE', RetainUntilDate: '2030-01-01T00:00:00Z' } as const;
    const objects = objectsOf(
      {
        objectLock: true,
        objects: { a: [{ body: 'x', versionId: 'v1', retention: lock }], b: [{ body: 'x', versionId: 'v2' }] },
      },
      (scene) => {
        const entries = [
          '<Object><Key>a</Key><VersionId>v1</VersionId></Object>',
          '<Object><Key>b</Key><VersionId>v2</VersionId></Object>',
        ];
        scene.ask({ method: 'POST', path: '/vault?delete', body: `<Delete>${entries.join('')}</Delete>` });
      },
    );
    expect(objects).toEqual([removal({ key: 'b', versionId: 'v2' })]);
  });

  it('is missing for parts and aborted uploads', () => {
    const objects = objectsOf({}, ({ answered }) => {
      const [, id] =
        /<UploadId>(.+)<\/UploadId>/.exec(String(answered.ask({ method: 'POST', path: '/vault/a?uploads' }).body)) ??
        [];
      const statuses = [put(`/vault/a?uploadId=${id}&partNumber=1`, 'part'), remove(`/vault/a?uploadId=${id}`)].map(
        (call) => answered.ask(call).status,
      );
      expect(statuses).toEqual([200, 204]);
    });
    expect(objects).toEqual([]);
  });

  it('is missing for refused requests', () => {
    const objects = objectsOf(plain, ({ answered }) => {
      expect(answered.ask(put('/vault/a', 'new', { 'if-none-match': '*' })).status).toBe(412);
    });
    expect(objects).toEqual([]);
  });

  it('is missing for what a test changes past the wire', () => {
    const objects = objectsOf(enabled, ({ store }) => {
      const handle = new BucketHandle(
        'vault',
        store,
        { settle: () => {} },
        () => store.buckets.get('vault') as never,
        [],
      );
      handle.put('a', 'new');
      handle.delete('a');
    });
    expect(objects).toEqual([]);
  });
});

it('a retention is no event before 2026', () => {
  const retention =
    '<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>2030-01-01T00:00:00Z</RetainUntilDate></Retention>';
  const locked: BucketFixture = { objectLock: true, objects: one };
  expect(objectsOf(locked, (scene) => scene.ask(put('/vault/a?retention', retention)), '2.1')).toEqual([]);
});

// F762, F847
describe('an annotation', () => {
  const path = '/vault/a?annotation&annotationName=summary';
  const asked = toQueue(['s3:ObjectAnnotation:*', 's3:ObjectCreated:Copy']);
  const bucket: BucketFixture = { ...enabled, notification: asked };

  it('is no event before 2026', () => {
    const scene = new EventScene({ vault: bucket }, '2.1');
    scene.ask(put(path, 'A report.'), remove(path));
    expect(scene.take()).toEqual([]);
  });

  it('is an event of its name, its size and its ETag', () => {
    const scene = new EventScene({ vault: bucket });
    scene.ask(put(path, 'A report.'), remove(path), remove(path));
    const object = { key: 'a', eTag, versionId: expect.any(String) };
    expect(scene.takeRecords()).toEqual([
      expect.objectContaining({
        eventVersion: '2.6',
        eventName: 'ObjectAnnotation:Put',
        s3: expect.objectContaining({
          object,
          objectAnnotation: [{ name: 'summary', size: 9, eTag: 'de1b63709d5496cdb085c311779f6cad' }],
        }),
      }),
      expect.objectContaining({
        eventName: 'ObjectAnnotation:Delete',
        s3: expect.objectContaining({ object, objectAnnotation: [{ name: 'summary' }] }),
      }),
    ]);
  });

  it('is named among several', () => {
    const scene = new EventScene({ vault: bucket });
    const other = path.replace('summary', 'title');
    scene.ask(put(path, 'A report.'), put(other, 'Report'), remove(other));
    expect(scene.takeRecords().map(({ s3 }) => s3.objectAnnotation?.map(({ name }) => name))).toEqual([
      ['summary'],
      ['title'],
      ['title'],
    ]);
  });

  it('is an event for EventBridge', () => {
    const scene = new EventScene({ vault: { ...enabled, notification: { EventBridgeConfiguration: {} } } });
    scene.ask(put(path, 'A report.'), remove(path));
    expect(scene.takeBridged().map((event) => event['detail-type'])).toEqual([
      'Object Annotation Created',
      'Object Annotation Removed',
    ]);
  });

  it('makes the event of a copy say that the copy has annotations', () => {
    const scene = new EventScene({ vault: bucket });
    scene.ask(put(path, 'A report.'), copy('/vault/a', '/vault/b'));
    scene.ask({
      ...copy('/vault/a', '/vault/c'),
      headers: { 'x-amz-copy-source': '/vault/a', 'x-amz-object-annotation-directive': 'EXCLUDE' },
    });
    const copies = scene.takeRecords().filter(({ eventName }) => eventName === 'ObjectCreated:Copy');
    expect(copies.map(({ s3 }) => [s3.object.key, s3.object.hasObjectAnnotation])).toEqual([
      ['b', true],
      ['c', false],
    ]);
  });
});

describe('lifecycle', () => {
  const rule = (members: object): BucketFixture['lifecycle'] => ({
    Rules: [{ ID: 'r', Status: 'Enabled', Filter: {}, ...members }],
  });
  const expiry = rule({ Expiration: { Days: 1 } });

  it.each<[what: string, bucket: BucketFixture, objects: readonly object[]]>([
    [
      'expires an object without versioning',
      { ...plain, lifecycle: expiry },
      [removal({ eventName: 'LifecycleExpiration:Delete' })],
    ],
    [
      'makes a delete marker',
      { ...enabled, lifecycle: expiry },
      [
        marker({
          eventName: 'LifecycleExpiration:DeleteMarkerCreated',
          versionId: expect.stringMatching(/^[\w.]{32}$/),
        }),
      ],
    ],
    [
      'makes a null marker while suspended',
      { ...paused, lifecycle: expiry },
      [marker({ eventName: 'LifecycleExpiration:DeleteMarkerCreated' })],
    ],
    [
      'removes a noncurrent version',
      {
        versioning: 'Enabled',
        objects: { a: [{ body: 'old', versionId: 'v1' }, 'new'] },
        lifecycle: rule({ NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
      },
      [removal({ eventName: 'LifecycleExpiration:Delete', versionId: 'v1' })],
    ],
    [
      'removes an expired delete marker',
      {
        versioning: 'Enabled',
        objects: { a: [{ deleteMarker: true, versionId: 'm' }] },
        lifecycle: rule({ Expiration: { ExpiredObjectDeleteMarker: true } }),
      },
      [removal({ eventName: 'LifecycleExpiration:Delete', versionId: 'm' })],
    ],
    [
      'moves a version to another class',
      {
        versioning: 'Enabled',
        objects: { a: { body: 'x'.repeat(200_000), versionId: 'v1' } },
        lifecycle: rule({ Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] }),
      },
      [{ eventName: 'LifecycleTransition', key: 'a', size: 200_000, eTag: expect.any(String), versionId: 'v1' }],
    ],
  ])('%s', (_what, bucket, objects) => {
    expect(objectsOf(bucket, (scene) => scene.pass(3))).toEqual(objects);
  });

  it('is who caused its events, at its midnight, and says where a version went', () => {
    const lifecycle = rule({ Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] });
    const scene = new EventScene({ vault: { objects: { a: 'x'.repeat(200_000) }, lifecycle, notification } });
    scene.pass(3);
    expect(scene.takeRecords()).toEqual([
      expect.objectContaining({
        eventVersion: '2.6',
        eventTime: '2026-04-02T00:00:00.000Z',
        userIdentity: { principalId: 's3.amazonaws.com' },
        requestParameters: { sourceIPAddress: 's3.amazonaws.com' },
        responseElements: {
          'x-amz-request-id': expect.stringMatching(/^[0-9A-Z]{16}$/),
          'x-amz-id-2': expect.stringMatching(/^[\w+/=]{76}$/),
        },
        lifecycleEventData: { transitionEventData: { destinationStorageClass: 'GLACIER' } },
      }),
    ]);
  });
});
