import { expect } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const held = (body: string, versionId: string) => ({ body, versionId, legalHold: 'ON' as const });

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      plain: { objects: { 'me.jpg': 'jpeg' } },
      paused: { versioning: 'Suspended', objects: { 'me.jpg': { body: 'jpeg', versionId: 'null' } } },
      kept: { versioning: 'Enabled', objects: { 'me.jpg': 'jpeg' } },
      cases: {
        objectLock: true,
        objects: {
          'seven.pdf': [held('one', 'v1'), held('two', 'v2')],
          'eight.pdf': [
            {
              body: 'one',
              versionId: 'w1',
              retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-06-01') },
            },
            {
              body: 'two',
              versionId: 'w2',
              retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-06-01') },
            },
          ],
        },
      },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const ofSeven = { Bucket: 'cases', Key: 'seven.pdf' };
const hold = (Status: 'ON' | 'OFF', more: object = {}) =>
  send('PutObjectLegalHold', { ...ofSeven, LegalHold: { Status }, ...more });
const remove = (VersionId: string) => send('DeleteObject', { ...ofSeven, VersionId });
const removeAll = (...ids: readonly string[]) =>
  send('DeleteObjects', {
    Bucket: 'cases',
    Delete: { Objects: ids.map((VersionId) => ({ Key: 'seven.pdf', VersionId })) },
  });
const ofCurrentAlone = 'changed the current version of';

tryAll(
  'a change of the current version, where an older one is refused',
  [
    {
      of: 'a legal hold',
      async test() {
        await hold('OFF');
        await remove('v2');
        await remove('v1');
      },
      says: "DeleteObject cases/seven.pdf: PutObjectLegalHold cases/seven.pdf named no VersionId, so it changed the current version of 'seven.pdf' alone, and not 'v1'. This request would have been answered after PutObjectLegalHold with VersionId: 'v1'.",
    },
    {
      of: 'a batch',
      async test() {
        await hold('OFF');
        await removeAll('v2', 'v1');
        expect(s3.bucket('cases').versions('seven.pdf')).toHaveLength(0);
      },
      says: "and not 'v1'. It would have deleted 'v1' after PutObjectLegalHold with VersionId: 'v1'.",
    },
    {
      of: 'a retention',
      async test() {
        const key = { Bucket: 'cases', Key: 'eight.pdf', BypassGovernanceRetention: true };
        await send('PutObjectRetention', { ...key, Retention: {} });
        await send('DeleteObject', { Bucket: 'cases', Key: 'eight.pdf', VersionId: 'w1' });
      },
      says: "answered after PutObjectRetention with VersionId: 'w1'",
    },
  ],
  [
    {
      of: 'a hold that was put again on the version',
      async test() {
        await remove('v2').catch(() => undefined);
        await hold('OFF');
        await hold('ON', { VersionId: 'v2' });
        await remove('v2');
      },
      hides: ofCurrentAlone,
    },
    {
      of: 'a version that was written since',
      async test() {
        await hold('OFF');
        const { VersionId } = await send('PutObject', {
          ...ofSeven,
          Body: 'three',
          ObjectLockLegalHoldStatus: 'ON',
          ChecksumAlgorithm: 'CRC32',
        });
        await remove(String(VersionId));
      },
      hides: ofCurrentAlone,
    },
    {
      of: 'a hold that was set, and not released',
      async test() {
        await hold('ON');
        await remove('v1');
      },
      hides: ofCurrentAlone,
    },
    {
      of: 'a release that S3 refused',
      async test() {
        await send('PutObjectLegalHold', { ...ofSeven, LegalHold: { Status: 'ON' } });
        await send('PutObjectLegalHold', { ...ofSeven, VersionId: 'none', LegalHold: { Status: 'OFF' } }).catch(
          () => undefined,
        );
        await remove('v1');
      },
      hides: ofCurrentAlone,
    },
    {
      of: 'the release of another version that was named',
      async test() {
        await hold('OFF', { VersionId: 'v2' });
        await remove('v1');
      },
      hides: ofCurrentAlone,
    },
    {
      of: 'the release of another key',
      async test() {
        await send('PutObjectLegalHold', { Bucket: 'cases', Key: 'eight.pdf', LegalHold: { Status: 'OFF' } });
        await remove('v1');
      },
      hides: ofCurrentAlone,
    },
  ],
);

const deleteOf = (Bucket: string, more: object = {}) => send('DeleteObject', { Bucket, Key: 'me.jpg', ...more });
const undo = async (Bucket: string) => {
  const { VersionId } = await deleteOf(Bucket);
  await deleteOf(Bucket, { VersionId });
};
const ofNull =
  'DeleteObject paused/me.jpg removed the null version for good, since the versioning of the bucket is Suspended: a delete keeps what it hides only while versioning is Enabled.';
const forGood = 'for good';

tryAll(
  'a delete that replaced the null version by a delete marker, which the code removes',
  [
    {
      of: 'an object of the bucket',
      async test() {
        await undo('paused');
        expect(s3.bucket('paused')).toHaveObject('me.jpg', { body: 'jpeg' });
      },
      says: ofNull,
    },
    {
      of: 'an object that the test has written',
      async test() {
        await send('PutObject', { Bucket: 'paused', Key: 'me.jpg', Body: 'new' });
        await undo('paused');
        expect(s3.bucket('paused')).toHaveObject('me.jpg');
      },
      says: ofNull,
    },
    {
      of: 'an object that a handle reads',
      async test() {
        await undo('paused');
        expect(s3.bucket('paused').versions('me.jpg')[0]).toBeDefined();
      },
      says: ofNull,
    },
    {
      of: 'an object that a request reads',
      async test() {
        await undo('paused');
        await send('GetObject', { Bucket: 'paused', Key: 'me.jpg' });
      },
      says: ofNull,
    },
  ],
  [
    {
      of: 'a delete that nobody undoes',
      async test() {
        await deleteOf('paused');
        expect(s3.bucket('paused')).toHaveObject('me.jpg');
      },
      hides: forGood,
    },
    {
      of: 'a marker that is removed after another write was lost',
      async test() {
        await send('PutObject', { Bucket: 'kept', Key: 'me.jpg', Body: 'new' });
        await undo('kept');
        expect(s3.bucket('kept')).toHaveObject('me.jpg', { body: 'jpeg' });
      },
      hides: forGood,
    },
    {
      of: 'the null version, which the code deletes by its id',
      async test() {
        await deleteOf('paused', { VersionId: 'null' });
        expect(s3.bucket('paused')).toHaveObject('me.jpg');
      },
      hides: forGood,
    },
    {
      of: 'another key that a test misses',
      async test() {
        await undo('paused');
        expect(s3.bucket('paused')).toHaveObject('you.jpg');
      },
      hides: forGood,
    },
    {
      of: 'an object that a handle has read before the delete',
      async test() {
        const [found] = s3.bucket('paused').versions('you.jpg');
        await undo('paused');
        expect(found).toBeDefined();
      },
      hides: forGood,
    },
  ],
);

const unmarked = 'added no delete marker';

tryAll(
  'a delete marker in a bucket without versioning',
  [
    {
      of: 'a bucket of the fixture',
      async test() {
        await deleteOf('plain');
        expect(s3.bucket('plain')).toHaveDeleteMarker('me.jpg');
      },
      says: "DeleteObject plain/me.jpg added no delete marker and left nothing of the key, since the bucket has no versioning: with versioning: 'Enabled' in its fixture, a delete keeps what it hides below a delete marker.",
    },
    {
      of: 'a bucket that the test creates',
      async test() {
        await send('CreateBucket', { Bucket: 'made' });
        await deleteOf('made');
        expect(s3.bucket('made')).toHaveDeleteMarker('me.jpg');
      },
      says: "since the bucket has no versioning: after PutBucketVersioning with Status: 'Enabled', a delete keeps",
    },
  ],
  [
    {
      of: 'a key that nobody has deleted',
      async test() {
        await send('DeleteObject', { Bucket: 'plain', Key: 'you.jpg' });
        expect(s3.bucket('plain')).toHaveDeleteMarker('us.jpg');
      },
      hides: unmarked,
    },
    {
      of: 'a delete in another bucket',
      async test() {
        await deleteOf('kept');
        await deleteOf('paused', { VersionId: 'null' });
        expect(s3.bucket('plain')).toHaveDeleteMarker('you.jpg');
      },
      hides: unmarked,
    },
    {
      of: 'a bucket with versioning',
      async test() {
        await deleteOf('kept');
        await deleteOf('kept', { VersionId: s3.bucket('kept').versions('me.jpg')[0]?.versionId });
        expect(s3.bucket('kept')).toHaveDeleteMarker('me.jpg');
      },
      hides: unmarked,
    },
  ],
);
