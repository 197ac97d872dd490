import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import * as sdk from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const deny = (Action: string, Resource: string, more: object = {}) =>
  ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource, ...more }],
  }) as never; // of any bucket
const isOther = { StringNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/none' } };
const isCurl = { StringEquals: { 'aws:UserAgent': 'curl' } };
const isPlain = { Bool: { 'aws:SecureTransport': 'false' } };
const until = new Date('2030-01-01T00:00:00Z');
const retention = { Mode: 'COMPLIANCE', RetainUntilDate: '2030-01-01T00:00:00Z' } as const;
const twoVersions = [
  { body: '1', versionId: 'v1' },
  { body: '2', versionId: 'v2' },
];

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        contracts: { objectLock: true, objects: { 'old.pdf': { body: 'o', versionId: 'o1', retention } } },
        deeds: { objectLock: true, objects: { 'a.pdf': { body: 'a', versionId: 'v1' } } },
        lock: { objectLock: true, objects: { 'a.pdf': twoVersions } },
        flat: { objects: { 'a.pdf': 'a' }, policy: deny('s3:*', 'arn:aws:s3:::flat', { Condition: isOther }) },
        key: { objects: { 'in/a.pdf': 'a' }, policy: deny('s3:GetObject', 'arn:aws:s3:::key/in/') },
        listed: {
          versioning: 'Enabled',
          objects: { 'a.pdf': 'a' },
          policy: deny('s3:ListBucket', 'arn:aws:s3:::listed'),
        },
        some: {
          objects: { 'a.pdf': 'a' },
          policy: deny('s3:GetObject', 'arn:aws:s3:::some/*', {
            Condition: isCurl,
            Principal: { AWS: '111122223333' },
          }),
        },
        when: {
          objects: { 'a.pdf': 'a' },
          policy: deny('s3:GetObject', 'arn:aws:s3:::when/*', {
            Condition: isCurl,
          }),
        },
        whom: {
          objects: { 'a.pdf': 'a' },
          policy: deny('s3:GetObject', 'arn:aws:s3:::whom/*', { Principal: { AWS: '111122223333' } }),
        },
        tls: { objects: { 'a.pdf': 'a' }, policy: deny('s3:*', 'arn:aws:s3:::tls/*', { Condition: isPlain }) },
        docs: {
          objects: {
            'reports/a.pdf': 'a',
            'reports/b.pdf': 'b',
            'reports-2025/a.pdf': 'old',
            'photos/': '',
            'photos/a.jpg': 'a',
            'photos/b.jpg': 'b',
            'my report.txt': 'text',
          },
        },
        plans: { versioning: 'Enabled', objects: { plan: ['1', '2'], 'plan-b': ['1', '2', '3'] } },
        people: { versioning: 'Enabled', objects: { 'ann.json': twoVersions } },
        files: {},
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

const client = () => new sdk.S3Client({ maxAttempts: 1 });

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await client().send(makeCommand(name, input))) as never; // of any command
}

async function uploadInParts(at: { Bucket: string; Key: string }, first: object, last: object, body = 'film') {
  const { UploadId } = await send('CreateMultipartUpload', { ...at, ...first });
  const { ETag } = await send('UploadPart', { ...at, UploadId, PartNumber: 1, Body: body });
  return send('CompleteMultipartUpload', {
    ...at,
    ...last,
    UploadId,
    MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
  });
}

const seal = (Bucket: string) =>
  send('PutObjectLockConfiguration', {
    Bucket,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
    },
  });
const erase = (Bucket: string, Key: string, VersionId: string, more = {}) =>
  send('DeleteObject', { Bucket, Key, VersionId, ...more });

async function postForm(user: string, file: Blob, name?: string) {
  const { url, fields } = await createPresignedPost(client(), { Bucket: 'files', Key: `${user}/\${filename}` });
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (name === undefined) form.append('file', file);
  else form.append('file', file, name);
  await fetch(url, { method: 'POST', body: form });
}

async function removeFolder(Bucket: string, Prefix: string) {
  const { Contents = [] } = (await send('ListObjectsV2', { Bucket, Prefix })) as sdk.ListObjectsV2Output;
  await send('DeleteObjects', { Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } });
}

async function listKeys(Bucket: string, more = {}) {
  const { Contents = [] } = (await send('ListObjectsV2', { Bucket, ...more })) as sdk.ListObjectsV2Output;
  return Contents.map(({ Key }) => Key);
}

interface Mistake {
  readonly of: string;
  readonly test: () => unknown;
  readonly says: string;
}

const mistakes: readonly Mistake[] = [
  {
    of: 'a write above a locked version',
    test: () => expect(send('PutObject', { Bucket: 'contracts', Key: 'old.pdf', Body: 'x' })).rejects.toThrow(),
    says: "PutObject contracts/old.pdf: a lock protects versions, and not keys, so it added a version above the locked one, 'o1', which is still there. With IfNoneMatch: '*' it would have been refused: 412 PreconditionFailed.",
  },
  {
    of: 'a default retention that came after the version',
    async test() {
      await seal('deeds');
      await assert.rejects(erase('deeds', 'a.pdf', 'v1'), { name: 'AccessDenied' });
    },
    says: "The version 'v1' of 'a.pdf' was written before PutObjectLockConfiguration deeds, and a default retention locks only what is written after it. To lock that version, send PutObjectRetention with VersionId: 'v1'.",
  },
  {
    of: 'a default retention that came after a write of the test',
    async test() {
      const { VersionId } = await send('PutObject', { Bucket: 'deeds', Key: 'b.pdf', Body: 'b' });
      await seal('deeds');
      await expect(erase('deeds', 'b.pdf', String(VersionId))).rejects.toThrow();
    },
    says: "of 'b.pdf' was written before PutObjectLockConfiguration deeds",
  },
  {
    of: 'a retention of another version',
    async test() {
      await send('PutObjectRetention', {
        Bucket: 'lock',
        Key: 'a.pdf',
        Retention: { Mode: 'COMPLIANCE', RetainUntilDate: until },
      });
      await expect(erase('lock', 'a.pdf', 'v1')).rejects.toThrow('object lock');
    },
    says: "PutObjectRetention lock/a.pdf named no version, so it locked the current one, 'v2', and a lock belongs to one version: send it with VersionId: 'v1' as well, before the delete of that version.",
  },
  {
    of: 'a Deny on the bucket alone',
    test: () => expect(send('GetObject', { Bucket: 'flat', Key: 'a.pdf' })).rejects.toThrow('explicit deny'),
    says: "GetObject flat/a.pdf: statement 1 of the policy of bucket flat does not deny it, because its Resource is 'arn:aws:s3:::flat', and that is the bucket without its objects. With 'arn:aws:s3:::flat/*' it would have been refused.",
  },
  {
    of: 'a Deny on a folder without a wildcard',
    test: () => expect(send('GetObject', { Bucket: 'key', Key: 'in/a.pdf' })).rejects.toThrow(),
    says: "because its Resource is 'arn:aws:s3:::key/in/', and without a wildcard that is one key alone. With 'arn:aws:s3:::key/in/*' it would have been refused.",
  },
  {
    of: 'a Deny of the neighbouring action',
    test: () => expect(send('ListObjectVersions', { Bucket: 'listed' })).rejects.toThrow(),
    says: 'because its Action is s3:ListBucket, and the request needs s3:ListBucketVersions. With both it would have been refused.',
  },
  {
    of: 'a Deny under a condition that does not hold',
    test: () => expect(send('GetObject', { Bucket: 'when', Key: 'a.pdf' })).rejects.toThrow(),
    says: "because its Condition, StringEquals aws:UserAgent: 'curl', does not hold for the request. Without it, it would have been refused.",
  },
  {
    of: 'a Deny of other callers',
    test: () => expect(send('GetObject', { Bucket: 'whom', Key: 'a.pdf' })).rejects.toThrow(),
    says: "because its Principal is account 111122223333, and the request came from another caller. With Principal: '*' it would have been refused.",
  },
  {
    of: 'a prefix that begins the name of a neighbour',
    async test() {
      await removeFolder('docs', 'reports');
      expect(s3.bucket('docs')).toHaveObject('reports-2025/a.pdf', { body: 'old' });
    },
    says: "DeleteObjects docs deleted 'reports-2025/a.pdf'. ListObjectsV2 docs has every key that begins with its Prefix, 'reports', also 'reports-2025/a.pdf': 1 of its 3 items. List with Prefix: 'reports/', which leaves it out.",
  },
  {
    of: 'a prefix that begins the name of a neighbour, of a list',
    test: async () => expect(await listKeys('docs', { Prefix: 'reports' })).toEqual(['reports/a.pdf', 'reports/b.pdf']),
    says: "List with Prefix: 'reports/', which leaves it out.",
  },
  {
    of: 'a key as the prefix of versions',
    async test() {
      const { Versions = [] } = (await send('ListObjectVersions', {
        Bucket: 'plans',
        Prefix: 'plan',
      })) as sdk.ListObjectVersionsOutput;
      expect(Versions.length - 1).toBe(1);
    },
    says: "ListObjectVersions plans has every key that begins with its Prefix, 'plan', also 'plan-b': 3 of its 5 items. To have one key alone, compare each Key with 'plan' in the code.",
  },
  {
    of: "an ETag in parts that the code's own check takes for damage",
    async test() {
      const { ETag } = await uploadInParts({ Bucket: 'files', Key: 'db.tar' }, {}, {});
      const md5 = createHash('md5').update('film').digest('hex');
      if (String(ETag) !== `"${md5}"`) throw new Error('db.tar was damaged on the way');
    },
    says: 'CompleteMultipartUpload files/db.tar: the object was written in 1 part, so its ETag, ',
  },
  {
    of: 'a presigned URL that is encoded again',
    async test() {
      const url = await getSignedUrl(client(), new sdk.GetObjectCommand({ Bucket: 'docs', Key: 'my report.txt' }));
      expect(await (await fetch(encodeURI(url))).text()).toBe('text');
    },
    says: 'its URL was encoded twice, so that each % of it came as %25. A presigned URL is encoded already: send it as it is, without encodeURI or encodeURIComponent.',
  },
  {
    of: 'a Blob without a name in a form',
    async test() {
      await postForm('ann', new Blob(['a cat']));
      expect(s3.bucket('files')).toHaveObject('ann/cat.jpg', { body: 'a cat' });
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3 writes it so
    says: "PostObject files/ann/blob: ${filename} became 'blob', the name that FormData gives a Blob without one. With form.append('file', blob, 'cat.jpg') the key would have been 'ann/cat.jpg'.",
  },
  {
    of: 'a delete of the newest version',
    async test() {
      await erase('people', 'ann.json', 'v2');
      expect(s3.bucket('people')).not.toHaveObject('ann.json');
    },
    says: "DeleteObject people/ann.json named the version 'v2' and removed that version alone, so the current version of the key is now 'v1'. To hide the object, send DeleteObject without VersionId, which adds a delete marker; to remove it for good, delete that version as well.",
  },
  {
    of: 'a delete of the newest version, of a read',
    async test() {
      await erase('people', 'ann.json', 'v2');
      await expect(send('GetObject', { Bucket: 'people', Key: 'ann.json' })).rejects.toThrow();
    },
    says: "so the current version of the key is now 'v1'.",
  },
  {
    of: 'a delete of a marker',
    async test() {
      const { VersionId } = await send('DeleteObject', { Bucket: 'people', Key: 'ann.json' });
      await erase('people', 'ann.json', String(VersionId));
      expect(s3.bucket('people')).not.toHaveObject('ann.json');
    },
    says: "and removed the delete marker, so the current version of the key is now 'v2'. Without the marker the object is there again.",
  },
  {
    of: 'metadata and the type of a completed upload',
    async test() {
      const more = { Metadata: { owner: 'ann' }, ContentType: 'video/mp4' };
      await uploadInParts({ Bucket: 'files', Key: 'a.mp4' }, {}, more);
      const head = (await send('HeadObject', { Bucket: 'files', Key: 'a.mp4' })) as sdk.HeadObjectOutput;
      assert.deepStrictEqual([head.Metadata, head.ContentType], [{ owner: 'ann' }, 'video/mp4']);
    },
    says: "'a.mp4' was uploaded in parts, and CreateMultipartUpload files/a.mp4 named no Metadata and no ContentType: send them with that request. CompleteMultipartUpload carries none, and SDKs leave out what its input does not have.",
  },
  {
    of: 'metadata of a completed upload, of a matcher',
    async test() {
      await uploadInParts({ Bucket: 'files', Key: 'm.bin' }, {}, { Metadata: { owner: 'ann' } });
      expect(s3.bucket('files')).toHaveObject('m.bin', { metadata: { owner: 'ann' } });
    },
    says: "'m.bin' was uploaded in parts, and CreateMultipartUpload files/m.bin named no Metadata: send it with that request.",
  },
  {
    of: 'an object that stands for a folder',
    async test() {
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'docs', Prefix: 'photos/' });
      expect(KeyCount).toBe(2);
    },
    says: "ListObjectsV2 docs has 'photos/' as well, an object of 0 bytes which stands for a folder, and which S3 lists like any other: leave out the keys that end in '/'.",
  },
  {
    of: 'an object that stands for a folder, of a list',
    test: async () => expect(await listKeys('docs', { Prefix: 'photos/' })).toEqual(['photos/a.jpg', 'photos/b.jpg']),
    says: "ListObjectsV2 docs has 'photos/' as well",
  },
  {
    of: 'an unset value in a key, of a list',
    async test() {
      await send('PutObject', { Bucket: 'files', Key: `in/${Number('x')}.txt`, Body: 'a' });
      expect(await listKeys('files')).toEqual(['in/7.txt']);
    },
    says: "PutObject files/in/NaN.txt: the code wrote a value that is NaN into the key, where the test expects 'in/7.txt'.",
  },
  {
    of: 'a compressed body that is read as a text',
    async test() {
      const Body = gzipSync('{"a":1}');
      await send('PutObject', { Bucket: 'files', Key: 'a.json', Body, ContentEncoding: 'gzip' });
      const answer = (await client().send(
        new sdk.GetObjectCommand({ Bucket: 'files', Key: 'a.json' }),
      )) as sdk.GetObjectCommandOutput;
      expect(await answer.Body?.transformToString()).toBe('{"a":1}');
    },
    says: 'The object is the expected bytes in gzip. S3 decompresses nothing, whatever ContentEncoding says',
  },
  {
    of: 'a compressed body that is read as JSON',
    async test() {
      const Body = gzipSync('{"a":1}');
      await send('PutObject', { Bucket: 'files', Key: 'a.json', Body, ContentEncoding: 'gzip' });
      const answer = (await client().send(
        new sdk.GetObjectCommand({ Bucket: 'files', Key: 'a.json' }),
      )) as sdk.GetObjectCommandOutput;
      JSON.parse(String(await answer.Body?.transformToString()));
    },
    says: 'GetObject files/a.json answered the bytes as they are stored, in gzip, since neither S3 nor the SDK decompresses anything',
  },
  {
    of: 'the ETag of an event and of an answer',
    async test() {
      const { ETag } = await send('HeadObject', { Bucket: 'docs', Key: 'photos/a.jpg' });
      const [record] = s3.bucket('docs').event('ObjectCreated:Put', 'photos/a.jpg').Records;
      expect(record?.s3.object.eTag).toBe(ETag);
    },
    says: 'An ETag is in quotation marks in an answer, and without them in an event',
  },
  {
    of: 'the ETag of an answer and of an event',
    async test() {
      const { ETag } = await send('HeadObject', { Bucket: 'docs', Key: 'photos/a.jpg' });
      const [record] = s3.bucket('docs').event('ObjectCreated:Put', 'photos/a.jpg').Records;
      expect(ETag).toBe(record?.s3.object.eTag);
    },
    says: 'S3 writes an ETag in quotation marks',
  },
  {
    of: 'a listing that is expected in the order of the writes',
    async test() {
      for (const Key of ['sunrise', 'noon']) await send('PutObject', { Bucket: 'files', Key, Body: Key });
      const keys = await listKeys('files');
      expect(keys.at(-1)).toBe('noon');
    },
    says: 'ListObjectsV2 files is in the order of the keys, and not of the writes. If the code sorts by LastModified: 2 objects have the same LastModified, since the clock of the mock did not move between their writes. For different dates, call s3.clock.advance({ seconds: 1 }) between the writes',
  },
  {
    of: 'the key after which a listing begins',
    test: async () =>
      expect(await listKeys('docs', { StartAfter: 'photos/b.jpg', Prefix: 'p' })).toEqual(['photos/b.jpg']),
    says: "ListObjectsV2 docs begins behind StartAfter: 'photos/b.jpg', and leaves that key itself out. To have it as well, send StartAfter: 'photos/a.jpg', the key before it.",
  },
];

describe('a failed test', () => {
  it.each(mistakes)('of $of says what happened', async ({ test, says }) => {
    const screen = await screenOfTest(control, test);
    expect(screen).toContain(says);
    expect(screen.split('\n').length).toBeLessThan(26);
  });
});

describe('a bucket', () => {
  it('names the key with an unset value that a matcher misses', async () => {
    await send('PutObject', { Bucket: 'files', Key: 'undefined/a.txt', Body: 'a' });
    expect(() => expect(s3.bucket('files')).toHaveObject('ann/a.txt')).toThrow(
      "The bucket has 'undefined/a.txt': the code wrote a value that is undefined into that key.",
    );
    expect(() => expect(s3.bucket('files')).toHaveObject('ann/b.txt')).not.toThrow(/undefined\/a\.txt': the code/);
    expect(() => expect(s3.bucket('files')).toHaveObject('ann/x/a.txt')).not.toThrow(/undefined\/a\.txt': the code/);
  });
});

interface Other {
  readonly of: string;
  readonly test: () => unknown;
  readonly hides: string;
}

const others: readonly Other[] = [
  {
    of: 'a write above a version without a lock',
    test: () => expect(send('PutObject', { Bucket: 'lock', Key: 'a.pdf', Body: 'x' })).rejects.toThrow(),
    hides: 'a lock protects',
  },
  {
    of: 'a write of another key than the locked one',
    test: () => expect(send('PutObject', { Bucket: 'contracts', Key: 'new.pdf', Body: 'x' })).rejects.toThrow(),
    hides: 'a lock protects',
  },
  {
    of: 'a write above a locked version that fails otherwise',
    async test() {
      await send('PutObject', { Bucket: 'contracts', Key: 'old.pdf', Body: 'x' });
      expect(s3.bucket('contracts').object('old.pdf').text()).toBe('y');
    },
    hides: 'a lock protects',
  },
  {
    of: 'a write above a locked version where another call should be refused',
    async test() {
      await send('PutObject', { Bucket: 'contracts', Key: 'old.pdf', Body: 'x' });
      await expect(send('GetObject', { Bucket: 'docs', Key: 'photos/a.jpg' })).rejects.toThrow();
    },
    hides: 'a lock protects',
  },
  {
    of: 'a default retention that is bypassed',
    async test() {
      await seal('deeds');
      await expect(erase('deeds', 'a.pdf', 'v1', { BypassGovernanceRetention: true })).rejects.toThrow();
    },
    hides: 'was written before',
  },
  {
    of: 'a version that was written after the default retention, and unlocked',
    async test() {
      await seal('deeds');
      const { VersionId } = await send('PutObject', { Bucket: 'deeds', Key: 'b.pdf', Body: 'b' });
      const at = { Bucket: 'deeds', Key: 'b.pdf', VersionId };
      await send('PutObjectRetention', { ...at, Retention: {}, BypassGovernanceRetention: true });
      await expect(erase('deeds', 'b.pdf', String(VersionId))).rejects.toThrow();
    },
    hides: 'was written before',
  },
  {
    of: 'a delete in a bucket without a lock',
    async test() {
      await expect(erase('people', 'ann.json', 'v1')).rejects.toThrow();
    },
    hides: 'lock',
  },
  {
    of: 'a read that no policy is about',
    test: () => expect(send('GetObject', { Bucket: 'tls', Key: 'a.pdf' })).rejects.toThrow(),
    hides: 'does not deny it',
  },
  {
    of: 'a read that another reason should refuse',
    async test() {
      await send('GetObject', { Bucket: 'flat', Key: 'a.pdf' });
      await expect(send('GetObject', { Bucket: 'docs', Key: 'reports/a.pdf' })).rejects.toThrow();
    },
    hides: 'does not deny it',
  },
  {
    of: 'a Deny that differs in two parts',
    test: () => expect(send('GetObject', { Bucket: 'some', Key: 'a.pdf' })).rejects.toThrow(),
    hides: 'does not deny it',
  },
  {
    of: 'a neighbour that the code deletes by its name',
    async test() {
      await listKeys('docs', { Prefix: 'reports/' });
      await send('DeleteObject', { Bucket: 'docs', Key: 'reports-2025/a.pdf' });
      expect(s3.bucket('docs')).toHaveObject('reports-2025/a.pdf');
    },
    hides: 'begins with its Prefix',
  },
  {
    of: 'a key that the code was meant to delete',
    async test() {
      await removeFolder('docs', 'reports');
      expect(s3.bucket('docs')).toHaveObject('reports/a.pdf');
    },
    hides: 'begins with its Prefix',
  },
  {
    of: 'a number of versions that other keys do not make up for',
    async test() {
      const { Versions } = (await send('ListObjectVersions', {
        Bucket: 'plans',
        Prefix: 'plan',
      })) as sdk.ListObjectVersionsOutput;
      expect(Versions?.length).toBe(4);
    },
    hides: 'begins with its Prefix',
  },
  {
    of: 'a list in which another key is too many',
    test: async () => expect(await listKeys('docs', { Prefix: 'reports' })).toEqual(['reports/a.pdf']),
    hides: 'begins with its Prefix',
  },
  {
    of: 'an error of the code about something else',
    async test() {
      await uploadInParts({ Bucket: 'files', Key: 'db.tar' }, {}, {});
      throw new Error('the database is not there');
    },
    hides: 'is no MD5',
  },
  {
    of: 'an error about a digest after a plain write',
    async test() {
      await send('PutObject', { Bucket: 'files', Key: 'db.tar', Body: 'x' });
      throw new Error('db.tar was damaged on the way');
    },
    hides: 'is no MD5',
  },
  {
    of: 'a presigned URL that has expired',
    async test() {
      const command = new sdk.GetObjectCommand({ Bucket: 'docs', Key: 'my report.txt' });
      const url = await getSignedUrl(client(), command, { signingDate: new Date('2026-03-01T12:00:00Z') });
      s3.clock.advance({ days: 2 });
      const { status } = await fetch(url);
      expect(status).toBe(200);
    },
    hides: 'encoded twice',
  },
  {
    of: 'a file with a name in a form',
    async test() {
      await postForm('ann', new Blob(['a cat']), 'dog.jpg');
      expect(s3.bucket('files')).toHaveObject('ann/cat.jpg');
    },
    hides: 'form.append',
  },
  {
    of: 'a Blob without a name where another folder is missed',
    async test() {
      await postForm('ann', new Blob(['a cat']));
      expect(s3.bucket('files')).toHaveObject('bob/cat.jpg');
    },
    hides: 'form.append',
  },
  {
    of: 'a Blob without a name where a folder below is missed',
    async test() {
      await postForm('ann', new Blob(['a cat']));
      expect(s3.bucket('files')).toHaveObject('ann/cats/cat.jpg');
    },
    hides: 'form.append',
  },
  {
    of: 'an object that is written again after the delete of a version',
    async test() {
      await erase('people', 'ann.json', 'v2');
      await send('PutObject', { Bucket: 'people', Key: 'ann.json', Body: '3' });
      expect(s3.bucket('people')).not.toHaveObject('ann.json');
    },
    hides: 'removed that version alone',
  },
  {
    of: 'metadata that CreateMultipartUpload named',
    async test() {
      await uploadInParts({ Bucket: 'files', Key: 'm.bin' }, { Metadata: { owner: 'bob' } }, {});
      expect(s3.bucket('files')).toHaveObject('m.bin', { metadata: { owner: 'ann' } });
    },
    hides: 'named no Metadata',
  },
  {
    of: 'another type than CreateMultipartUpload named',
    async test() {
      await uploadInParts({ Bucket: 'files', Key: 'm.bin' }, { ContentType: 'application/octet-stream' }, {});
      const { ContentType } = (await send('HeadObject', { Bucket: 'files', Key: 'm.bin' })) as sdk.HeadObjectOutput;
      expect(ContentType).toBe('video/mp4');
    },
    hides: 'named no ContentType',
  },
  {
    of: 'the ETag of an upload in parts',
    async test() {
      await uploadInParts({ Bucket: 'files', Key: 'm.bin' }, {}, {});
      const { ETag } = await send('HeadObject', { Bucket: 'files', Key: 'm.bin' });
      expect(ETag).toBe('"1cb251ec0d568de6a929b520c4aed8d1"');
    },
    hides: 'named no Metadata',
  },
  {
    of: 'another member of an upload in parts',
    async test() {
      await uploadInParts({ Bucket: 'files', Key: 'm.bin' }, {}, {});
      const head = await send('HeadObject', { Bucket: 'files', Key: 'm.bin' });
      expect(head).toMatchObject({ ETag: 'other' });
    },
    hides: 'named no Metadata',
  },
  {
    of: 'the body of an upload in parts',
    async test() {
      await uploadInParts({ Bucket: 'files', Key: 'm.bin' }, {}, {});
      expect(s3.bucket('files')).toHaveObject('m.bin', { body: 'metadata' });
    },
    hides: 'named no Metadata',
  },
  {
    of: 'metadata of a plain write',
    async test() {
      await send('PutObject', { Bucket: 'files', Key: 'm.bin', Body: 'x' });
      expect(s3.bucket('files')).toHaveObject('m.bin', { metadata: { owner: 'ann' } });
    },
    hides: 'named no Metadata',
  },
  {
    of: 'a listing with one key less than expected',
    async test() {
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'docs', Prefix: 'photos/' });
      expect(KeyCount).toBe(4);
    },
    hides: 'stands for a folder',
  },
  {
    of: 'a text that is no JSON and not compressed',
    async test() {
      const { Body } = (await client().send(
        new sdk.GetObjectCommand({ Bucket: 'docs', Key: 'photos/a.jpg' }),
      )) as sdk.GetObjectCommandOutput;
      JSON.parse(String(await Body?.transformToString()));
    },
    hides: 'gzip',
  },
  {
    of: 'a key of another folder',
    async test() {
      await send('PutObject', { Bucket: 'files', Key: 'undefined/a.txt', Body: 'a' });
      expect(await listKeys('files')).toEqual(['ann/b.txt']);
    },
    hides: 'the code wrote a value',
  },
];

describe('another failure', () => {
  it.each(others)('of $of has none of these hints', async ({ test, hides }) => {
    const screen = await screenOfTest(control, test);
    expect(screen).not.toContain(hides);
  });
});
