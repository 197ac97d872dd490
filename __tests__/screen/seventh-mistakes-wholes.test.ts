import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';
import { screenOf, screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const replication = (to: string) => ({
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [
    {
      ID: 'all',
      Priority: 1,
      Status: 'Enabled' as const,
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Enabled' as const },
      Destination: { Bucket: `arn:aws:s3:::${to}` as const },
    },
  ],
});
const noncurrent = {
  Rules: [
    {
      ID: 'old',
      Status: 'Enabled' as const,
      Filter: {},
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    },
  ],
};

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00.200Z',
      buckets: {
        scans: {
          objects: {
            'a.tif': { body: 'tif', tags: { owner: 'ann', stage: 'raw' } },
            'b.tif': { body: 'tif', tags: { owner: 'bob' } },
            'index.html': { body: '<p>', contentType: 'text/html', metadata: { build: '7' } },
          },
        },
        pictures: { ownershipControls: 'ObjectWriter', publicAccessBlock: null },
        owned: {},
        cases: { objectLock: true, objects: { 'mail.eml': ['draft', 'sent'], 'note.eml': 'one' } },
        wiki: { versioning: 'Enabled', lifecycle: noncurrent },
        vault: { versioning: 'Enabled', objects: { 'u1/a': ['1', '2'], 'u1/b': '3', 'u2/c': '4' } },
        docs: {
          versioning: 'Enabled',
          objects: { 'a.md': ['first', deleteMarker, 'second', deleteMarker], 'b.md': ['one', 'two'] },
        },
        logs: { versioning: 'Enabled', objects: { 'a.log': ['1', '2', '3'] } },
        plain: { objects: { 'db.dump': 'rows' } },
        copy: { versioning: 'Enabled' },
        main: { versioning: 'Enabled', replication: replication('replica') },
        replica: { versioning: 'Enabled' },
        reports: { versioning: 'Enabled', objects: { 'q3.txt': 'draft' } },
        backups: {},
        pages: { objects: { 'log-1': 'a', 'log-2': 'b', 'log-3': 'c', 'log-4': 'd' } },
      },
    },
    mockS3,
  );
  control.lifetime.start();
  s3 = control.mock;
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const once = () => new sdk.S3Client({ region: 'us-east-1', maxAttempts: 1 });

type Answer = {
  readonly [Name in 'Versions' | 'DeleteMarkers']?: readonly {
    readonly Key: string;
    readonly VersionId: string;
    readonly LastModified: Date;
    readonly IsLatest: boolean;
  }[];
} & {
  readonly VersionId?: string;
  readonly UploadId?: string;
  readonly Uploads?: readonly unknown[];
  readonly Body?: { transformToString(): Promise<string> };
};

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Answer> {
  return (await once().send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

async function listAll(Bucket: string, Prefix?: string) {
  const { Versions = [], DeleteMarkers = [] } = await send('ListObjectVersions', { Bucket, Prefix });
  return [...Versions, ...DeleteMarkers];
}
const put = (Bucket: string, Key: string, Body: string, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const tag = (Key: string, Value: string, more: readonly object[] = []) =>
  send('PutObjectTagging', { Bucket: 'scans', Key, Tagging: { TagSet: [{ Key: 'virus', Value }, ...more] } });

tryAll(
  'a write of the whole',
  [
    {
      of: 'tags, which replace all tags',
      async test() {
        await tag('a.tif', 'clean');
        expect(s3.bucket('scans')).toHaveObject('a.tif', { tags: { owner: 'ann', virus: 'clean' } });
      },
      says: "PutObjectTagging scans/a.tif replaced all that was there, and tags.owner 'ann' with it, as S3 adds nothing to what it has: read it first with GetObjectTagging, and send all of it.",
    },
    {
      of: 'a copy that names its metadata',
      async test() {
        await send('CopyObject', {
          Bucket: 'scans',
          Key: 'index.html',
          CopySource: 'scans/index.html',
          MetadataDirective: 'REPLACE',
          CacheControl: 'max-age=60',
        });
        expect(s3.bucket('scans')).toHaveObject('index.html', { contentType: 'text/html', metadata: { build: '7' } });
      },
      says: "CopyObject scans/index.html was sent with MetadataDirective: 'REPLACE', so the object lost what the request does not name, such as contentType 'text/html', metadata.build '7': name that as well.",
    },
  ],
  [
    {
      of: 'a tag that was never there',
      async test() {
        await tag('a.tif', 'clean');
        expect(s3.bucket('scans')).toHaveObject('a.tif', { tags: { owner: 'eve', virus: 'clean' } });
      },
      hides: 'replaced all that was there',
    },
    {
      of: 'a write of another object',
      async test() {
        await tag('b.tif', 'clean');
        expect(s3.bucket('scans')).toHaveObject('a.tif', { tags: { owner: 'bob' } });
      },
      hides: 'replaced all that was there',
    },
    {
      of: 'another body',
      async test() {
        await tag('a.tif', 'clean');
        expect(s3.bucket('scans')).toHaveObject('a.tif', { body: 'raw' });
      },
      hides: 'replaced all that was there',
    },
  ],
);

describe('a copy that lost more than its type', () => {
  const replace = (more: object = {}) =>
    send('CopyObject', {
      Bucket: 'scans',
      Key: 'index.html',
      CopySource: 'scans/index.html',
      MetadataDirective: 'REPLACE',
      ...more,
    });

  it('is told to name all of it, and not the type alone', async () => {
    const text = await screenOfTest(control, async () => {
      await replace();
      expect(s3.bucket('scans')).toHaveObject('index.html', { contentType: 'text/html', metadata: { build: '7' } });
    });
    expect(text).not.toContain('if the code sets no type');
    await replace();
    const of = (expected: object) => () => expect(s3.bucket('scans')).toHaveObject('index.html', expected);
    expect(of({ contentType: 'text/html', metadata: { build: '7' } })).not.toThrow('if the code sets no type');
    expect(of({ contentType: 'text/html' })).toThrow('if the code sets no type');
    await put('scans', 'index.html', '<p>');
    expect(of({ contentType: 'text/html', metadata: { build: '7' } })).toThrow('if the code sets no type');
  });
});

async function rename(Bucket: string, from: string, to: string, more: object = {}) {
  await send('CopyObject', { Bucket, Key: to, CopySource: `${Bucket}/${from}`, ...more });
  await send('DeleteObject', { Bucket, Key: from });
}
const statusOf = async (Bucket: string, Key: string) =>
  (await fetch(`https://${Bucket}.s3.us-east-1.amazonaws.com/${Key}`)).status;

tryAll(
  'a copy without the ACL of its source',
  [
    {
      of: 'a source that the test wrote',
      async test() {
        await put('pictures', 'tmp.png', 'png', { ACL: 'public-read' });
        await rename('pictures', 'tmp.png', 'cat.png');
        expect(await statusOf('pictures', 'cat.png')).toBe(200);
      },
      says: "GetObject pictures/cat.png: a copy does not take along the ACL of 'pictures/tmp.png', which was public-read: name ACL: 'public-read' in CopyObject pictures/cat.png, and this request is answered.",
    },
    {
      of: 'a source that is still there',
      async test() {
        await put('pictures', 'tmp.png', 'png', { GrantRead: 'uri="http://acs.amazonaws.com/groups/global/AllUsers"' });
        s3.requests.clear();
        await send('CopyObject', { Bucket: 'pictures', Key: 'cat.png', CopySource: 'pictures/tmp.png' });
        expect(await statusOf('pictures', 'cat.png')).toBe(200);
      },
      says: "a copy does not take along the ACL of 'pictures/tmp.png', which was public-read",
    },
  ],
  [
    {
      of: 'a request that lacks no signature',
      async test() {
        await put('pictures', 'tmp.png', 'png', { ACL: 'public-read' });
        await rename('pictures', 'tmp.png', 'cat.png');
        expect(await statusOf('pictures', 'cat.png')).toBe(200);
      },
      hides: 'sign it',
    },
    {
      of: 'a source that nobody else could read',
      async test() {
        await put('pictures', 'tmp.png', 'png');
        await rename('pictures', 'tmp.png', 'cat.png');
        expect(await statusOf('pictures', 'cat.png')).toBe(200);
      },
      hides: 'take along the ACL',
    },
    {
      of: 'a copy that names an ACL',
      async test() {
        await put('pictures', 'tmp.png', 'png', { ACL: 'public-read' });
        await rename('pictures', 'tmp.png', 'cat.png', { ACL: 'private' });
        expect(await statusOf('pictures', 'cat.png')).toBe(200);
      },
      hides: 'take along the ACL',
    },
    {
      of: 'a bucket that has had its ACLs taken away',
      async test() {
        await put('pictures', 'tmp.png', 'png', { ACL: 'public-read' });
        await rename('pictures', 'tmp.png', 'cat.png');
        s3.bucket('pictures').ownershipControls = 'BucketOwnerEnforced';
        expect(await statusOf('pictures', 'cat.png')).toBe(200);
      },
      hides: 'take along the ACL',
    },
    {
      of: 'a bucket that accepts no public ACLs',
      async test() {
        await put('pictures', 'tmp.png', 'png', { ACL: 'public-read' });
        s3.bucket('pictures').publicAccessBlock = {
          BlockPublicAcls: true,
          IgnorePublicAcls: false,
          BlockPublicPolicy: false,
          RestrictPublicBuckets: false,
        };
        await rename('pictures', 'tmp.png', 'cat.png');
        expect(await statusOf('pictures', 'cat.png')).toBe(200);
      },
      hides: 'take along the ACL',
    },
  ],
);

const hold = (Key: string, more: object = {}) =>
  send('PutObjectLegalHold', { Bucket: 'cases', Key, LegalHold: { Status: 'ON' }, ...more });
const holdsOf = (key: string) =>
  s3
    .bucket('cases')
    .versions(key)
    .map((one) => (one.deleteMarker ? undefined : one.legalHold));
const alone = 'PutObjectLegalHold cases/mail.eml named no version, so it locked the current one alone,';

tryAll(
  'a lock of the current version',
  [
    {
      of: 'the holds of all versions, read by a handle',
      async test() {
        await hold('mail.eml');
        expect(holdsOf('mail.eml')).toEqual(['ON', 'ON']);
      },
      says: 'and 1 older version of the key has no such lock: send it with each VersionId of ListObjectVersions.',
    },
    {
      of: 'the versions of a matcher',
      async test() {
        await hold('mail.eml');
        expect(s3.bucket('cases')).toHaveVersions('mail.eml', [
          { body: 'draft', legalHold: 'ON' },
          { body: 'sent', legalHold: 'ON' },
        ]);
      },
      says: alone,
    },
    {
      of: 'the hold of one version, which S3 does not have',
      async test() {
        await hold('mail.eml');
        await send('GetObjectLegalHold', {
          Bucket: 'cases',
          Key: 'mail.eml',
          VersionId: s3.bucket('cases').oldest('mail.eml').versionId,
        });
      },
      says: alone,
    },
    {
      of: 'a retention',
      async test() {
        const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2027-01-01') };
        await send('PutObjectRetention', { Bucket: 'cases', Key: 'mail.eml', Retention });
        const modes = s3
          .bucket('cases')
          .versions('mail.eml')
          .map((one) => (one.deleteMarker ? undefined : one.retention?.Mode));
        expect(modes).toEqual(['GOVERNANCE', 'GOVERNANCE']);
      },
      says: 'PutObjectRetention cases/mail.eml named no version, so it locked the current one alone,',
    },
  ],
  [
    {
      of: 'a hold of a named version',
      async test() {
        await hold('mail.eml', { VersionId: s3.bucket('cases').newest('mail.eml').versionId });
        expect(holdsOf('mail.eml')).toEqual(['ON', 'ON']);
      },
      hides: alone,
    },
    {
      of: 'a hold that nobody expected',
      async test() {
        await hold('mail.eml');
        expect(holdsOf('mail.eml')).toEqual([undefined, undefined]);
      },
      hides: alone,
    },
    {
      of: 'a key without older versions',
      async test() {
        await hold('note.eml');
        expect(holdsOf('note.eml')).toEqual(['ON', 'ON']);
      },
      hides: 'named no version',
    },
    {
      of: 'another body',
      async test() {
        await hold('mail.eml');
        expect(s3.bucket('cases')).toHaveVersions('mail.eml', ['draft', 'signed']);
      },
      hides: alone,
    },
    {
      of: 'a hold that was given up',
      async test() {
        await hold('mail.eml');
        await hold('mail.eml', { LegalHold: { Status: 'OFF' } });
        expect(holdsOf('mail.eml')).toEqual(['ON', 'ON']);
      },
      hides: alone,
    },
  ],
);

const since = 'NoncurrentDays counts from 2026-04-30, when a newer version replaced it, and not from its LastModified.';

tryAll(
  'the days of a noncurrent version',
  [
    {
      of: 'a version that is older than the days',
      async test() {
        await put('wiki', 'home.md', 'first');
        s3.clock.advance({ days: 60 });
        await put('wiki', 'home.md', 'second');
        s3.clock.advance({ days: 2 });
        expect(s3.bucket('wiki').versions('home.md')).toHaveLength(1);
      },
      says: since,
    },
  ],
  [
    {
      of: 'a version that is younger than the days',
      async test() {
        await put('wiki', 'home.md', 'first');
        await put('wiki', 'home.md', 'second');
        s3.clock.advance({ days: 2 });
        expect(s3.bucket('wiki').versions('home.md')).toHaveLength(1);
      },
      hides: 'NoncurrentDays counts from',
    },
  ],
);

type Listed = Awaited<ReturnType<typeof listAll>>[number];

async function purge(
  Prefix: string,
  map: (one: Listed) => object = ({ Key, VersionId: VersionID }) => ({ Key, VersionID }),
) {
  const Objects = (await listAll('vault', Prefix)).map(map);
  await send('DeleteObjects', { Bucket: 'vault', Delete: { Objects } });
}
const unnamed =
  'DeleteObjects vault named no VersionId in 3 entries, so it added delete markers and removed none of the versions that ListObjectVersions had listed: send VersionId beside each Key. SDKs leave out a member of another name, such as VersionID.';
const keysOf = () =>
  s3
    .bucket('vault')
    .versions()
    .map(({ key }) => key);

tryAll(
  'a delete that names no version of a listing',
  [
    {
      of: 'the keys of all versions, read by a handle',
      async test() {
        await purge('u1/');
        expect(keysOf()).toEqual(['u2/c']);
      },
      says: unnamed,
    },
    {
      of: 'their number',
      async test() {
        await purge('u1/');
        expect(keysOf()).toHaveLength(1);
      },
      says: unnamed,
    },
    {
      of: 'the number of a listing',
      async test() {
        await purge('u1/');
        expect(await listAll('vault', 'u1/')).toHaveLength(0);
      },
      says: unnamed,
    },
    {
      of: 'the versions of a matcher',
      async test() {
        await purge('u1/');
        expect(s3.bucket('vault')).toHaveVersions('u1/a', []);
      },
      says: unnamed,
    },
    {
      of: 'single deletes',
      async test() {
        for (const { Key } of await listAll('vault', 'u1/b')) await send('DeleteObject', { Bucket: 'vault', Key });
        expect(s3.bucket('vault')).toHaveVersions('u1/b', []);
      },
      says: 'DeleteObject vault/u1/b named no VersionId, so it added a delete marker and removed none of the versions',
    },
  ],
  [
    {
      of: 'a delete by ids',
      async test() {
        await purge('u1/', ({ Key, VersionId }) => ({ Key, VersionId }));
        expect(keysOf()).toEqual([]);
      },
      hides: 'named no VersionId',
    },
    {
      of: 'a delete without a listing',
      async test() {
        await send('DeleteObjects', { Bucket: 'vault', Delete: { Objects: [{ Key: 'u1/a' }] } });
        expect(keysOf()).toEqual(['u2/c']);
      },
      hides: 'named no VersionId',
    },
    {
      of: 'markers that the test expects',
      async test() {
        await purge('u1/');
        expect(keysOf()).toHaveLength(9);
      },
      hides: 'named no VersionId',
    },
    {
      of: 'a marker alone, where the versions of a key should stay',
      async test() {
        for (const { Key } of await listAll('vault', 'u1/b')) await send('DeleteObject', { Bucket: 'vault', Key });
        expect(s3.bucket('vault')).toHaveVersions('u1/b', ['3']);
      },
      hides: 'named no VersionId',
    },
    {
      of: 'a marker alone, where the versions of a key should be as many',
      async test() {
        for (const { Key } of await listAll('vault', 'u1/b')) await send('DeleteObject', { Bucket: 'vault', Key });
        const left = await listAll('vault', 'u1/b');
        expect(left.length).toBe(1);
      },
      hides: 'named no VersionId',
    },
    {
      of: 'a key that was not deleted',
      async test() {
        await purge('u1/');
        expect(s3.bucket('vault')).toHaveVersions('u2/c', []);
      },
      hides: 'named no VersionId',
    },
    {
      of: 'a number of something else',
      async test() {
        await purge('u1/');
        const { length } = s3.bucket('vault').keys;
        expect(length + 5).toBe(1);
      },
      hides: 'named no VersionId',
    },
  ],
);

const remove = (Bucket: string, Key: string, VersionId?: string) => send('DeleteObject', { Bucket, Key, VersionId });
async function undoByDate(Key: string) {
  const [last] = (await listAll('wiki', Key)).sort((a, b) => b.LastModified.getTime() - a.LastModified.getTime());
  await remove('wiki', Key, last?.VersionId);
}
async function undeleteOldest() {
  const { DeleteMarkers = [] } = await send('ListObjectVersions', { Bucket: 'docs', Prefix: 'a.md' });
  await remove('docs', 'a.md', DeleteMarkers.at(-1)?.VersionId);
}

tryAll(
  'a delete marker that stays',
  [
    {
      of: 'an older marker',
      async test() {
        await undeleteOldest();
        expect(s3.bucket('docs')).toHaveObject('a.md', { body: 'second' });
      },
      says: 'still hides the object. Delete the marker that ListObjectVersions lists with IsLatest: true.',
    },
    {
      of: 'an older marker, with a plain assertion',
      async test() {
        await undeleteOldest();
        expect(s3.bucket('docs').current('a.md')?.body.toString()).toBe('second');
      },
      says: 'which was not the current one',
    },
    {
      of: 'an older marker, with a read',
      async test() {
        await undeleteOldest();
        await send('GetObject', { Bucket: 'docs', Key: 'a.md' });
      },
      says: 'which was not the current one',
    },
    {
      of: 'a version with the date of the marker',
      async test() {
        await put('wiki', 'n.md', 'text');
        await remove('wiki', 'n.md');
        await undoByDate('n.md');
        expect(s3.bucket('wiki')).toHaveObject('n.md');
      },
      says: 'above it: both have the same LastModified, which is in whole seconds, so a list that is sorted by it does not begin with the newer one. Choose what has IsLatest: true,',
    },
  ],
  [
    {
      of: 'a version with another date',
      async test() {
        await put('wiki', 'n.md', 'text');
        const [one] = await listAll('wiki', 'n.md');
        s3.clock.advance({ seconds: 2 });
        await remove('wiki', 'n.md');
        await listAll('wiki', 'n.md');
        await remove('wiki', 'n.md', one?.VersionId);
        expect(s3.bucket('wiki')).toHaveObject('n.md');
      },
      hides: 'have the same LastModified',
    },
    {
      of: 'a delete after the marker was removed',
      async test() {
        await undeleteOldest();
        await remove('docs', 'a.md');
        expect(s3.bucket('docs')).toHaveObject('a.md');
      },
      hides: 'was not the current one',
    },
    {
      of: 'a marker that came later',
      async test() {
        const { DeleteMarkers = [] } = await send('ListObjectVersions', { Bucket: 'docs', Prefix: 'a.md' });
        await remove('docs', 'a.md', DeleteMarkers[0]?.VersionId);
        s3.clock.advance({ seconds: 1 });
        s3.bucket('docs').delete('a.md');
        expect(s3.bucket('docs')).toHaveObject('a.md');
      },
      hides: 'was not the current one',
    },
    {
      of: 'another object',
      async test() {
        await undeleteOldest();
        expect(s3.bucket('docs')).toHaveObject('b.md', { body: 'one' });
      },
      hides: 'was not the current one',
    },
  ],
);

const suspend = (Bucket: string, Status = 'Suspended') =>
  send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
const keeps =
  "PutBucketVersioning logs with Status: 'Suspended' keeps all versions that are there, of which 2 are noncurrent: delete them by their VersionId, or give the bucket a lifecycle rule with NoncurrentVersionExpiration.";

tryAll(
  'a suspended bucket that should have no history',
  [
    {
      of: 'the usage of noncurrent versions',
      async test() {
        await suspend('logs');
        expect(s3.bucket('logs').usage().noncurrent.count).toBe(0);
      },
      says: keeps,
    },
    {
      of: 'the versions of a handle',
      async test() {
        await suspend('logs');
        expect(s3.bucket('logs').versions('a.log')).toHaveLength(1);
      },
      says: keeps,
    },
    {
      of: 'the versions of a listing',
      async test() {
        await suspend('logs');
        expect(await listAll('logs')).toHaveLength(1);
      },
      says: keeps,
    },
    {
      of: 'the versions of a matcher',
      async test() {
        await suspend('logs');
        expect(s3.bucket('logs')).toHaveVersions('a.log', ['3']);
      },
      says: keeps,
    },
  ],
  [
    {
      of: 'a bucket that stays Enabled',
      async test() {
        await suspend('logs', 'Enabled');
        expect(s3.bucket('logs').usage().noncurrent.count).toBe(0);
      },
      hides: 'keeps all versions',
    },
    {
      of: 'versions that the code has deleted since',
      async test() {
        await suspend('logs');
        await remove('logs', 'a.log', s3.bucket('logs').oldest('a.log').versionId);
        expect(s3.bucket('logs').usage().noncurrent.count).toBe(0);
      },
      hides: 'keeps all versions',
    },
    {
      of: 'a rule that should remove them',
      async test() {
        await suspend('wiki');
        s3.bucket('wiki').put('a.md', '1');
        await suspend('wiki', 'Enabled');
        await put('wiki', 'a.md', '2');
        await suspend('wiki');
        expect(s3.bucket('wiki').usage().noncurrent.count).toBe(0);
      },
      hides: 'keeps all versions',
    },
    {
      of: 'a number of keys',
      async test() {
        await suspend('logs');
        expect(s3.bucket('logs').keys.length + 1).toBe(0);
      },
      hides: 'keeps all versions',
    },
    {
      of: 'the usage of another bucket',
      async test() {
        await suspend('logs');
        expect(s3.bucket('vault').usage().noncurrent.count + 1).toBe(0);
      },
      hides: 'keeps all versions',
    },
    {
      of: 'the usage before a read of something else',
      async test() {
        await suspend('logs');
        s3.bucket('logs').usage();
        expect(s3.bucket('logs').keys.length + 1).toBe(0);
      },
      hides: 'keeps all versions',
    },
  ],
);

tryAll(
  'an object that was there before the rule',
  [
    {
      of: 'a null version',
      async test() {
        await suspend('plain', 'Enabled');
        await send('PutBucketReplication', { Bucket: 'plain', ReplicationConfiguration: replication('copy') });
        expect(s3.bucket('copy').keys).toEqual(['db.dump']);
      },
      says: "S3 copies only what requests write after rule 'all' was made, and never null versions: 'db.dump' was written before versioning was Enabled. Write it again after the rule, such as by CopyObject onto its own key with MetadataDirective: 'REPLACE'.",
    },
  ],
  [
    {
      of: 'a copy after the rule, which arrives',
      async test() {
        await suspend('plain', 'Enabled');
        await send('PutBucketReplication', { Bucket: 'plain', ReplicationConfiguration: replication('copy') });
        await send('CopyObject', {
          Bucket: 'plain',
          Key: 'db.dump',
          CopySource: 'plain/db.dump',
          MetadataDirective: 'REPLACE',
        });
        expect(s3.bucket('copy')).toHaveObject('db.dump', { body: 'rows' });
        expect(s3.bucket('copy')).toHaveObject('other.dump');
      },
      hides: 'null versions',
    },
  ],
);

async function erase(by: 'DeleteObject' | 'DeleteObjects') {
  await put('main', 'u1/a', 'private');
  const all = await listAll('main', 'u1/');
  if (by === 'DeleteObject') for (const { Key, VersionId } of all) await remove('main', Key, VersionId);
  else
    await send('DeleteObjects', {
      Bucket: 'main',
      Delete: { Objects: all.map(({ Key, VersionId }) => ({ Key, VersionId })) },
    });
}
const never = "S3 never replicates the delete of a version, so bucket 'replica' still has the version";

tryAll(
  'a replica of a version that was deleted',
  [
    {
      of: 'read by a handle',
      async test() {
        await erase('DeleteObject');
        expect(s3.bucket('replica').versions()).toHaveLength(0);
      },
      says: never,
    },
    {
      of: 'of a batch',
      async test() {
        await erase('DeleteObjects');
        expect(s3.bucket('replica').versions('u1/a')).toHaveLength(0);
      },
      says: never,
    },
  ],
  [
    {
      of: 'a listing that the delete needed',
      async test() {
        await erase('DeleteObject');
        expect(s3.bucket('replica').versions()).toHaveLength(0);
      },
      hides: 'await the write first',
    },
    {
      of: 'a listing that the batch needed',
      async test() {
        await erase('DeleteObjects');
        expect(s3.bucket('replica').versions()).toHaveLength(0);
      },
      hides: 'await the write first',
    },
    {
      of: 'another bucket, read by a handle',
      async test() {
        await erase('DeleteObject');
        expect(s3.bucket('copy').versions().length + 1).toBe(0);
      },
      hides: never,
    },
    {
      of: 'another key, read by a handle',
      async test() {
        await erase('DeleteObject');
        expect(s3.bucket('replica').versions('u1/b').length + 1).toBe(0);
      },
      hides: never,
    },
  ],
);

async function readAt(Key: string, time: Date) {
  const { Versions = [] } = await send('ListObjectVersions', { Bucket: 'copy', Prefix: Key });
  const version = Versions.find((one) => one.LastModified <= time);
  const { Body } = await send('GetObject', { Bucket: 'copy', Key, VersionId: version?.VersionId });
  return Body?.transformToString();
}
const whole = 'since S3 keeps whole seconds: it seems older than a moment between the two.';

tryAll(
  'a moment within the second of a version',
  [
    {
      of: 'a clock that was moved by a part of a second',
      async test() {
        await put('copy', 'a.txt', 'first');
        s3.clock.advance({ seconds: 10 });
        const before = s3.clock.now();
        s3.clock.advance({ milliseconds: 300 });
        await put('copy', 'a.txt', 'second');
        expect(await readAt('a.txt', before)).toBe('first');
      },
      says: "of 'a.txt', which the code took, was written at 2026-03-01T12:00:10.500Z, and its LastModified is 2026-03-01T12:00:10.000Z, since S3 keeps whole seconds: it seems older than a moment between the two. If the code compares LastModified with a moment, move the clock by whole seconds, or compare version ids.",
    },
  ],
  [
    {
      of: 'a clock that was moved by whole seconds',
      async test() {
        await put('copy', 'a.txt', 'first');
        s3.clock.advance({ seconds: 10 });
        await put('copy', 'a.txt', 'second');
        expect(await readAt('a.txt', s3.clock.now())).toBe('first');
      },
      hides: whole,
    },
    {
      of: 'a version that is older than the expected one',
      async test() {
        const before = s3.clock.now();
        await put('copy', 'a.txt', 'first');
        s3.clock.advance({ milliseconds: 1300 });
        await put('copy', 'a.txt', 'second');
        expect(await readAt('a.txt', before)).toBe('second');
      },
      hides: whole,
    },
    {
      of: 'a version that was written at a whole second',
      async test() {
        await put('copy', 'a.txt', 'first');
        s3.clock.advance({ milliseconds: 800 });
        await put('copy', 'a.txt', 'second');
        expect(await readAt('a.txt', s3.clock.now())).toBe('first');
      },
      hides: whole,
    },
  ],
);

const at = { Bucket: 'backups', Key: 'db.tar' };
async function store(parts: number, complete = true) {
  const { UploadId } = await send('CreateMultipartUpload', at);
  const Parts: object[] = [];
  for (let PartNumber = 1; PartNumber <= parts; PartNumber += 1) {
    const { ETag } = (await send('UploadPart', { ...at, UploadId, PartNumber, Body: 'x' })) as { ETag?: string };
    Parts.push({ PartNumber, ETag });
  }
  if (complete) await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts } });
}
async function storeQuietly() {
  s3.on('UploadPart').fail('InternalError');
  await store(1).catch(() => undefined);
}
const open =
  'The upload that CreateMultipartUpload backups/db.tar began is neither completed nor aborted, so S3 keeps it with its parts:';

tryAll(
  'an upload that stays open',
  [
    {
      of: 'a part that failed, by the usage',
      async test() {
        await storeQuietly();
        expect(s3.bucket('backups').usage().uploads.count).toBe(0);
      },
      says: `${open} send AbortMultipartUpload with its UploadId in the catch, since UploadPart failed.`,
    },
    {
      of: 'a part that failed, by a listing',
      async test() {
        await storeQuietly();
        expect((await send('ListMultipartUploads', { Bucket: 'backups' })).Uploads).toHaveLength(0);
      },
      says: open,
    },
    {
      of: 'a part that failed, by the matcher of the usage',
      async test() {
        await storeQuietly();
        expect(s3.bucket('backups')).toHaveUsage({ uploads: { count: 0 } });
      },
      says: open,
    },
    {
      of: 'an upload that nobody ended',
      async test() {
        await store(1, false);
        expect(s3.bucket('backups').usage().uploads.count).toBe(0);
      },
      says: `${open} send CompleteMultipartUpload, or AbortMultipartUpload if the upload is given up.`,
    },
  ],
  [
    {
      of: 'a number of something else',
      async test() {
        await storeQuietly();
        s3.bucket('backups').usage();
        expect(s3.bucket('backups').keys.length + 1).toBe(0);
      },
      hides: 'neither completed nor aborted',
    },
    {
      of: 'more uploads than are open',
      async test() {
        await storeQuietly();
        expect(s3.bucket('backups').usage().uploads.count).toBe(2);
      },
      hides: 'neither completed nor aborted',
    },
    {
      of: 'another number of the usage',
      async test() {
        await storeQuietly();
        expect(s3.bucket('backups').usage().uploads.count + 2).toBe(0);
      },
      hides: 'neither completed nor aborted',
    },
    {
      of: 'the usage of another bucket',
      async test() {
        await storeQuietly();
        expect(s3.bucket('plain').usage().current.count).toBe(0);
      },
      hides: 'neither completed nor aborted',
    },
    {
      of: 'bytes, by the matcher of the usage',
      async test() {
        await storeQuietly();
        expect(s3.bucket('backups')).toHaveUsage({ current: { count: 4 } });
      },
      hides: 'neither completed nor aborted',
    },
  ],
);

const stale =
  "The test read 'q3.txt' of bucket 'reports' by a handle before PutObject reports/q3.txt, and what it read stays as it was. The bucket has 'final' now: if the test compares what it read, call s3.bucket('reports').object('q3.txt') again after the write.";

tryAll(
  'an object that was read before the write',
  [
    {
      of: 'in a bucket with versioning',
      async test() {
        const report = s3.bucket('reports').object('q3.txt');
        await put('reports', 'q3.txt', 'final');
        expect(report.body.toString()).toBe('final');
      },
      says: stale,
    },
    {
      of: 'in a bucket without versioning, of a fixture',
      async test() {
        const report = s3.bucket('plain').object('db.dump');
        await put('plain', 'db.dump', 'more');
        expect(report.body.toString()).toBe('more');
      },
      says: "The bucket has 'more' now",
    },
    {
      of: 'in a bucket without versioning, of a request',
      async test() {
        await put('owned', 'a', 'one');
        const read = s3.bucket('owned').object('a');
        await put('owned', 'a', 'two');
        expect(read.body.toString()).toBe('two');
      },
      says: "The bucket has 'two' now",
    },
  ],
  [
    {
      of: 'an object that was read after the write',
      async test() {
        await put('reports', 'q3.txt', 'final');
        const text = s3.bucket('reports').object('q3.txt').body.toString();
        expect(text.replace('final', 'draft')).toBe('final');
      },
      hides: 'stays as it was',
    },
    {
      of: 'a text that the bucket does not have',
      async test() {
        const report = s3.bucket('reports').object('q3.txt');
        await put('reports', 'q3.txt', 'final');
        expect(report.body.toString()).toBe('last');
      },
      hides: 'stays as it was',
    },
    {
      of: 'a text that no version had',
      async test() {
        s3.bucket('reports').object('q3.txt');
        await put('reports', 'q3.txt', 'final');
        expect('other').toBe('final');
      },
      hides: 'stays as it was',
    },
    {
      of: 'a write of another key',
      async test() {
        const report = s3.bucket('reports').object('q3.txt');
        await put('reports', 'q4.txt', 'final');
        expect(report.body.toString()).toBe('final');
      },
      hides: 'stays as it was',
    },
  ],
);

async function demandKms(statements: readonly object[] = []) {
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } };
  await send('PutBucketEncryption', { Bucket: 'owned', ServerSideEncryptionConfiguration: { Rules: [rule] } });
  await putPolicy(statements);
}
async function putPolicy(statements: readonly object[]) {
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::owned/*' };
  const Condition = { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
  const Statement = [{ Sid: 'OnlyKms', ...deny, Condition }, ...statements.map((one) => ({ ...deny, ...one }))];
  await send('PutBucketPolicy', { Bucket: 'owned', Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
}
const orDefault = 'Or leave it to the default encryption of the bucket';

tryAll(
  'a policy that wants an encryption, beside a default encryption',
  [
    {
      of: 'a write that names none',
      async test() {
        await demandKms();
        await put('owned', 'a', 'text');
      },
      says: "PutObject owned/a: it would have been answered with ServerSideEncryption: 'aws:kms'. Or leave it to the default encryption of the bucket: with Null: { 's3:x-amz-server-side-encryption': 'false' } added to its Condition, statement OnlyKms denies only writes that name another encryption.",
    },
  ],
  [
    {
      of: 'a bucket with another default encryption',
      async test() {
        await putPolicy([]);
        await put('owned', 'a', 'text');
      },
      hides: orDefault,
    },
    {
      of: 'a second statement that denies a write without the header',
      async test() {
        await demandKms([{ Condition: { Null: { 's3:x-amz-server-side-encryption': 'true' } } }]);
        await put('owned', 'a', 'text');
      },
      hides: orDefault,
    },
    {
      of: 'a write that is denied for its storage class',
      async test() {
        await demandKms([{ Condition: { StringNotEquals: { 's3:x-amz-storage-class': 'GLACIER' } } }]);
        await put('owned', 'a', 'text', { ServerSideEncryption: 'aws:kms' });
      },
      hides: orDefault,
    },
  ],
);

interface Page {
  readonly Contents?: readonly { readonly Key: string }[];
  readonly NextContinuationToken?: string;
}
async function newest(MaxKeys: number, pages = 9) {
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  for (let page = 0; page < pages && (page === 0 || ContinuationToken !== undefined); page += 1) {
    const answer = (await send('ListObjectsV2', { Bucket: 'pages', MaxKeys, ContinuationToken })) as Page;
    keys.push(...(answer.Contents ?? []).map(({ Key }) => Key));
    ContinuationToken = answer.NextContinuationToken;
  }
  return keys.toSorted().toReversed();
}
const slice =
  'MaxKeys: 2 of ListObjectsV2 pages is the size of a page, and the code has read all 2 pages, which have 4 keys: keep the first 2 of the sorted keys, .slice(0, 2).';

tryAll(
  'the size of a page',
  [
    {
      of: 'the keys of all pages',
      test: async () => expect(await newest(2)).toEqual(['log-4', 'log-3']),
      says: slice,
    },
    {
      of: 'their number',
      test: async () => expect(await newest(2)).toHaveLength(2),
      says: slice,
    },
  ],
  [
    {
      of: 'other keys than the first ones',
      test: async () => expect(await newest(2)).toEqual(['log-2', 'log-1']),
      hides: 'is the size of a page',
    },
    {
      of: 'another number than the size',
      test: async () => expect(await newest(2)).toHaveLength(3),
      hides: 'is the size of a page',
    },
    {
      of: 'fewer keys than came',
      test: async () => expect((await newest(2)).slice(1)).toHaveLength(2),
      hides: 'is the size of a page',
    },
    {
      of: 'pages that were not all read',
      test: async () => expect(await newest(1, 2)).toHaveLength(1),
      hides: 'is the size of a page',
    },
    {
      of: 'keys on a single page',
      test: async () => expect(await newest(5)).toHaveLength(5),
      hides: 'is the size of a page',
    },
  ],
);

describe('the values that vitest prints', () => {
  const print = (texts: readonly (string | undefined)[]) => [
    { name: '', value: `[\n${texts.map((text) => `  ${JSON.stringify(text) ?? 'undefined'},\n`).join('')}]` },
  ];
  const screenOfValues = (expected: readonly string[], received: readonly (string | undefined)[]) =>
    screenOf(control, {
      name: 'AssertionError',
      message: 'expected [ … ] to deeply equal [ … ]',
      compared: { expected: print(expected), received: print(received) },
    });

  it('are counted, where a lock is that of the current version alone', async () => {
    await hold('mail.eml');
    holdsOf('mail.eml');
    expect(screenOfValues(['ON', 'ON'], ['ON', undefined])).toContain(alone);
    expect(screenOfValues(['ON'], ['ON', 'ON']) ?? '').not.toContain(alone);
  });

  it('are read, where a delete named no version of a listing', async () => {
    await purge('u1/');
    expect(screenOfValues(['u2/c'], keysOf())).toContain(unnamed);
    expect(screenOfValues(['u3/d'], keysOf()) ?? '').not.toContain('named no VersionId');
  });
});
