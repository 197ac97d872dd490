import type * as sdk from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it, jest } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import type { OtherMistake } from '../support/explained-mistakes';
import { screenOfTest } from '../support/failed-tests';
import { makeScreenScene, send, sendByBun } from '../support/screen-scene';

let control: MockControl;
let s3: MockS3;

const indexer = 'arn:aws:lambda:us-east-1:000000000000:function:indexer';
const lambda = { LambdaFunctionArn: indexer, Events: ['s3:ObjectCreated:*' as const] };
const filter = { Key: { FilterRules: [{ Name: 'suffix' as const, Value: '.json' }] } };
const temporary = { Rules: [{ Status: 'Enabled' as const, Filter: {}, Expiration: { Days: 1 } }] };
const allow = (...Action: readonly string[]) => ({
  policy: {
    Version: '2012-10-17' as const,
    Statement: [{ Effect: 'Allow' as const, Action: Action as never, Resource: '*' }],
  },
});
const retain = (Mode: 'COMPLIANCE' | 'GOVERNANCE') => ({
  body: '{}',
  versionId: 'v1',
  retention: { Mode, RetainUntilDate: '2027-03-01T00:00:00Z' },
});
const cold = { Bucket: 'archive', Key: '2019.csv' };

const { tryAll, restart } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    deliver: { [indexer]: () => undefined },
    users: { remover: allow('s3:DeleteObject', 's3:DeleteObjectVersion') },
    roles: { writer: allow('s3:PutObject') },
    buckets: {
      photos: { objects: { '2026/a.jpg': 'four', '2026/b.jpg': 'bb', '2025/c.jpg': 'c' } },
      albums: { objects: { 'summer.json': '[]' } },
      copies: {},
      caches: { lifecycle: temporary, objects: { x: 'x' } },
      inbox: { notification: { LambdaFunctionConfigurations: [{ ...lambda, Filter: filter }] } },
      mails: { versioning: 'Enabled', objects: { '1.eml': ['v1', 'v2'] } },
      archive: { objects: { [cold.Key]: { body: 'id', storageClass: 'GLACIER' } } },
      ledger: { objectLock: true, objects: { a: retain('COMPLIANCE'), 'COMPLIANCE/r': retain('GOVERNANCE') } },
      uploads: {
        objects: {
          'old.tmp': { body: 'x', lastModified: '2026-02-01T12:00:00Z' },
          'new.tmp': { body: 'y', lastModified: '2026-03-01T10:00:00Z' },
        },
      },
    },
  },
  (started) => {
    control = started;
    s3 = started.mock;
  },
);

/** Tries assertions of the library, whose own text does not say something. */
function tryAssertions(title: string, others: readonly OtherMistake[]): void {
  describe(title, () => {
    it.each(others)('is not the reason: $of', async ({ test, hides }) => {
      const [outcome] = await Promise.allSettled([(async () => test())()]);
      const message = outcome.status === 'rejected' ? String(outcome.reason) : 'the test passed';
      expect(message).toMatch(/^\S*Error\b/);
      expect(message).not.toContain(hides);
    });
  });
}

const list = (Bucket: string, input: object = {}, more: sdk.S3ClientConfig = {}) =>
  send('ListObjectsV2', { Bucket, ...input }, more);
const restore = () => send('RestoreObject', { ...cold, RestoreRequest: { Days: 1 } });
const asUser = () => ({ credentials: s3.account.user('remover').credentials });

tryAll(
  'a read right after the restore',
  [],
  [
    {
      of: 'another object since the restore, which no restore makes readable',
      async test() {
        await restore();
        await send('PutObject', { ...cold, Body: 'x', StorageClass: 'GLACIER' });
        await send('GetObject', cold);
      },
      hides: 'came at once',
    },
    {
      of: 'a handle has written another object since then',
      async test() {
        await restore();
        s3.bucket(cold.Bucket).put(cold.Key, 'x', { storageClass: 'GLACIER' });
        await send('GetObject', cold);
      },
      hides: 'came at once',
    },
    {
      of: 'a rule of the test',
      async test() {
        s3.on('GetObject').fail('InvalidObjectState');
        await restore();
        await send('GetObject', cold);
      },
      hides: 'came at once',
    },
  ],
);

tryAll(
  'keys of a session',
  [],
  [
    {
      of: 'a rule of the test, so that no session has ended',
      async test() {
        const RoleArn = 'arn:aws:iam::000000000000:role/writer';
        const sts = new STSClient({ region: 'us-east-1' });
        const { Credentials: keys } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'metrics' }));
        s3.on('PutObject').fail('ExpiredToken');
        const credentials = {
          accessKeyId: keys?.AccessKeyId ?? '',
          secretAccessKey: keys?.SecretAccessKey ?? '',
          sessionToken: keys?.SessionToken ?? '',
        };
        await send('PutObject', { Bucket: 'copies', Key: 'k', Body: 'x' }, { credentials });
      },
      hides: 'If the code has copied them',
    },
  ],
);

const forever = 'obody can shorten or end a retention in COMPLIANCE mode';
const deleteLocked = (Key: string, more: sdk.S3ClientConfig = {}) =>
  send('DeleteObject', { Bucket: 'ledger', Key, VersionId: 'v1', BypassGovernanceRetention: true }, more);

tryAll(
  'a lock that nobody lifts',
  [],
  [
    {
      of: 'a key of that name, in GOVERNANCE mode, and a user without the permission',
      test: () => deleteLocked('COMPLIANCE/r', asUser()),
      hides: forever,
    },
    {
      of: 'a refusal that the test has expected, before others',
      async test() {
        await expect(deleteLocked('a')).rejects.toThrow('Access Denied');
        await list('albums');
        expect(1).toBe(2);
      },
      hides: forever,
    },
  ],
);

const ofUploads = { Bucket: 'uploads', Delete: { Objects: [{ Key: 'old.tmp' }, { Key: 'new.tmp' }] } };
async function deleteAll(): Promise<void> {
  await list('uploads');
  await send('DeleteObjects', ofUploads);
  expect(s3.bucket('uploads')).toHaveObject('new.tmp');
}

tryAll(
  'objects that were deleted together',
  [
    {
      of: 'by their age, or by a mistake of the code',
      test: deleteAll,
      says: 'The code deleted all of them: if it chose them by their age, set the system time',
    },
  ],
  // By any clock, the dates of the fixture stay as they are.
  [{ of: 'the option now', test: deleteAll, hides: 'eave out the option now' }],
);

it('without the option now, objects of a fixed date are as old as by Date', async () => {
  const objects = { 'new.tmp': { body: 'y', lastModified: '2026-03-01T10:00:00Z' } };
  await restart({ buckets: { uploads: { objects } } });
  const { Contents = [] } = (await list('uploads')) as unknown as sdk.ListObjectsV2Output;
  expect(Contents.map(({ LastModified }) => Date.now() - Number(LastModified) > 86_400_000)).toEqual([true]);
});

const lookAt = 'look at what the code makes of the answer';

tryAll(
  'an answer that has what the test expects',
  [
    {
      of: 'the keys of two pages, of which the last one has not all',
      async test() {
        await list('photos', { MaxKeys: 2 });
        await list('photos', { StartAfter: '2026/a.jpg' });
        expect([]).toEqual(['2025/c.jpg', '2026/a.jpg', '2026/b.jpg']);
      },
      says: 'The Key of each, with those of the answers before it, is what the test expects',
    },
    {
      of: 'a size that bun gives nobody',
      async test() {
        await sendByBun('HeadObject', { Bucket: 'photos', Key: '2026/a.jpg' });
        expect({ width: Number.NaN }).toEqual({ width: 4 });
      },
      says: 'is about an object of 4 bytes. If the code has NaN from file.size: bun gives NaN',
    },
  ],
  [
    {
      of: 'an error that did not come',
      async test() {
        await list('albums');
        expect(() => undefined).toThrow('summer.json');
      },
      hides: lookAt,
    },
    {
      of: "a listing of versions, which bun's own client does not make",
      async test() {
        await sendByBun('ListObjectVersions', { Bucket: 'mails' });
        expect([]).toEqual(['1.eml']);
      },
      hides: 'Bun.S3Client.list()',
    },
  ],
);

const loop = 'a loop while (token) never begins';

tryAll(
  'keys that nobody has listed',
  [
    {
      of: 'a text that is a key by accident',
      test: () => expect([]).toEqual(['x']),
      says: `No request came at all. If the test expects 'x' as the keys of bucket 'caches': ${loop}`,
    },
    {
      of: 'a key of two buckets',
      test() {
        s3.bucket('copies').put('2026/a.jpg', 'x');
        expect([]).toEqual(['2026/a.jpg']);
      },
      says: `If the test expects '2026/a.jpg' as the keys of a bucket: ${loop}`,
    },
  ],
  [
    {
      of: 'requests that the test itself has cleared',
      async test() {
        await list('photos');
        s3.requests.clear();
        expect([]).toEqual(['2026/a.jpg']);
      },
      hides: 'nobody has listed',
    },
    {
      of: 'keys that a handler should have got',
      test() {
        const seen = jest.fn();
        s3.bucket('inbox').put('a.txt', 'hi');
        expect(seen.mock.calls).toEqual(['a.txt']);
      },
      hides: loop,
    },
    {
      of: 'keys of events',
      test() {
        expect(s3.events.map(({ key }) => key)).toEqual(['x']);
      },
      hides: loop,
    },
  ],
);

it('a mock that got nothing says nothing of keys that another mock of the test, or a world, has listed', async () => {
  const expectListed = () => expect([]).toEqual(['x']);
  expect(await screenOfTest(control, expectListed)).toContain(loop);
  const other = createMock({ hosts: { only: ['storage.test'] }, buckets: { albums: {} } }, mockS3);
  other.lifetime.start();
  try {
    await list('albums', {}, { endpoint: 'http://storage.test', forcePathStyle: true });
    expect(await screenOfTest(control, expectListed)).not.toContain('No request came');
  } finally {
    await other.mock.stop();
    other.lifetime.restoreEnvironment();
  }
  await s3.fork(() => list('caches'));
  expect(await screenOfTest(control, expectListed)).not.toContain('No request came');
});

const askedMarker = 'If the test asks for the marker';

tryAll(
  'a delete marker that the code has made',
  [],
  [
    {
      of: 'another refusal, after one that the test has expected',
      async test() {
        await send('DeleteObject', { Bucket: 'mails', Key: '1.eml' });
        await send('GetObject', { Bucket: 'mails', Key: '1.eml' }).catch(() => undefined);
        await send('GetObject', { Bucket: 'albums', Key: 'winter.json' });
      },
      hides: askedMarker,
    },
  ],
);

it('a user that may not list gets no 404 by a HEAD', async () => {
  const screen = await screenOfTest(control, () =>
    expect(send('DeleteObject', { Bucket: 'albums', Key: 'bob' }, asUser())).rejects.toThrow(),
  );
  expect(screen).toContain('send a HeadObject before.');
  const head = send('HeadObject', { Bucket: 'albums', Key: 'bob' }, asUser());
  await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
});

const readBack = 'read without a request';
const newest = { Bucket: 'mails', Key: '1.eml' };
const album = { Bucket: 'albums', Key: 'summer.json' };

tryAssertions('a read after a write', [
  {
    of: 'tags, which are not the object',
    async test() {
      await send('PutObjectTagging', { ...album, Tagging: { TagSet: [] } });
      await send('GetObject', album);
      s3.requests.expectOnly('PutObjectTagging');
    },
    hides: readBack,
  },
  {
    of: 'tags that were read',
    async test() {
      await send('GetObjectTagging', album);
      await send('HeadObject', album);
      s3.requests.expectOnly('GetObjectTagging');
    },
    hides: readBack,
  },
  {
    of: 'an upload that was only begun',
    async test() {
      await send('CreateMultipartUpload', album);
      await send('HeadObject', album);
      s3.requests.expectOnly('CreateMultipartUpload');
    },
    hides: readBack,
  },
  {
    of: 'a rule that answers in place of S3',
    async test() {
      s3.on('GetObject').reply({ status: 200 });
      await send('PutObject', { ...album, Body: 'x' });
      await send('GetObject', album);
      s3.requests.expectOnly('PutObject');
    },
    hides: readBack,
  },
  {
    of: 'an older version, which the handle does not give',
    async test() {
      const VersionId = s3.bucket('mails').newest('1.eml').versionId;
      await send('PutObject', { ...newest, Body: 'v3' });
      await send('GetObject', { ...newest, VersionId });
      s3.requests.expectOnly('PutObject');
    },
    hides: readBack,
  },
]);

const put = (Key: string, Metadata: object) => send('PutObject', { Bucket: 'copies', Key, Body: 'a', Metadata });

tryAssertions('the names of metadata in an expected request', [
  {
    of: 'metadata of another key',
    async test() {
      await put('a', { author: 'ann' });
      await put('b', { title: 'x' });
      s3.requests.expect('PutObject', { Key: 'b', Metadata: { 'x-amz-meta-author': 'ann' } });
    },
    hides: 'S3 stores the names of metadata',
  },
  {
    of: 'two names that S3 takes for one',
    async test() {
      await put('a', { author: 'bob' });
      s3.requests.expect('PutObject', { Metadata: { Author: 'ann', 'x-amz-meta-author': 'bob' } });
    },
    hides: 'S3 stores the names of metadata',
  },
  {
    of: 'a value that is no code',
    async test() {
      await put('a', { author: 'ann' });
      s3.requests.expect('PutObject', { Metadata: { 'x-amz-meta-author': expect.any(String) } });
    },
    hides: 'Write { Metadata: { author: Any',
  },
]);

it('the name of metadata is said without a value that no test can write', async () => {
  await put('a', { author: 'ann' });
  const test = () => s3.requests.expect('PutObject', { Metadata: { 'x-amz-meta-author': expect.any(String) } });
  expect(test).toThrow("SDKs leave x-amz-meta- out. Write 'author'.");
});

const making = 'To make it in the test';

tryAssertions('an object that is not there', [
  {
    of: 'lifecycle has removed it',
    test() {
      s3.clock.advance({ days: 5 });
      s3.bucket('caches').object('x');
    },
    hides: making,
  },
  { of: 'no key', test: () => s3.bucket('albums').object(''), hides: making },
  { of: 'a key that is too long', test: () => s3.bucket('albums').object('é'.repeat(600)), hides: making },
]);
