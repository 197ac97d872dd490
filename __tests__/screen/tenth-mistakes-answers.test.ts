import * as sdk from '@aws-sdk/client-s3';
import { expect } from '@jest/globals';
import { deleteMarker } from '../../src/index';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      plain: { objects: { 'me.jpg': 'jpeg' } },
      wiki: {
        versioning: 'Enabled',
        objects: { 'home.md': ['one', 'two', deleteMarker], 'news.md': ['one', 'two'] },
      },
      config: {
        versioning: 'Enabled',
        objects: {
          'app.json': [
            { body: '{"level":3,"name":"new"}', versionId: 'c3' },
            { body: '{"level":2,"name":"mid"}', versionId: 'c2' },
            { body: '{"level":1,"name":"old"}', versionId: 'c1' },
          ],
          'pair.json': ['{"left":"south","right":"north"}', '{"left":"east","right":"west"}'],
          'app.txt': [
            { body: 'newest text', versionId: 't2' },
            { body: 'oldest text', versionId: 't1' },
          ],
        },
      },
      kept: { versioning: 'Enabled', objects: { 'me.jpg': 'jpeg' } },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const encrypt = (Bucket: string, SSEAlgorithm: string, KMSMasterKeyID?: string) =>
  send('PutBucketEncryption', {
    Bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }],
    },
  });
const encryptionOf = async (Bucket: string) => {
  const { ServerSideEncryption } = await send('HeadObject', { Bucket, Key: 'me.jpg' });
  return ServerSideEncryption;
};
const toLater = 'a default encryption applies';

tryAll(
  'a default encryption that was put after the object',
  [
    {
      of: 'a read',
      async test() {
        await encrypt('plain', 'aws:kms');
        expect(await encryptionOf('plain')).toBe('aws:kms');
      },
      says: "PutBucketEncryption plain: 'me.jpg' was written before it, and a default encryption applies to what is written after it. Copy the object onto itself with ServerSideEncryption: 'aws:kms', and it has what the test expects.",
    },
    {
      of: 'a matcher of the library, with a key',
      async test() {
        await encrypt('kept', 'aws:kms', 'alias/hr');
        expect(s3.bucket('kept')).toHaveObject('me.jpg', { encryption: { ServerSideEncryption: 'aws:kms' } });
      },
      says: "Copy the object onto itself with ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/hr', and it has what the test expects.",
    },
  ],
  [
    {
      of: 'an object that named its own encryption after it',
      async test() {
        await encrypt('plain', 'aws:kms');
        await send('PutObject', { Bucket: 'plain', Key: 'me.jpg', Body: 'x', ServerSideEncryption: 'AES256' });
        expect(await encryptionOf('plain')).toBe('aws:kms');
      },
      hides: toLater,
    },
    {
      of: 'another encryption than the default',
      async test() {
        await encrypt('plain', 'aws:kms');
        expect(await encryptionOf('plain')).toBe('aws:kms:dsse');
      },
      hides: toLater,
    },
    {
      of: 'another member that the test misses',
      async test() {
        await encrypt('plain', 'aws:kms');
        const { ServerSideEncryption, ContentType } = await send('HeadObject', { Bucket: 'plain', Key: 'me.jpg' });
        expect({ ServerSideEncryption, ContentType }).toEqual({ ServerSideEncryption: 'AES256', ContentType: 'a/b' });
      },
      hides: toLater,
    },
    {
      of: 'an object of another bucket',
      async test() {
        await encrypt('plain', 'aws:kms');
        expect(await encryptionOf('kept')).toBe('aws:kms');
      },
      hides: toLater,
    },
    {
      of: 'a matcher of the library on another bucket',
      async test() {
        await encrypt('plain', 'aws:kms');
        expect(s3.bucket('kept')).toHaveObject('me.jpg', { encryption: { ServerSideEncryption: 'aws:kms' } });
      },
      hides: toLater,
    },
  ],
);

const readText = async (Key: string, more: object = {}) => {
  const client = new sdk.S3Client({ region: 'us-east-1' });
  const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket: 'config', Key, ...more }));
  return String(await Body?.transformToString());
};
const readConfig = async (more: object = {}) => JSON.parse(await readText('app.json', more));
const ofOlder = 'what the test expects';
const ofOrder = 'A fixture lists';

tryAll(
  'versions of a fixture that begin with the newest',
  [
    {
      of: 'the members of a body',
      async test() {
        expect(await readConfig()).toEqual({ level: 3, name: 'new' });
      },
      says: "GetObject config/app.json named no version, so S3 answered the current one; the version 'c3' has what the test expects: send its VersionId to read it. A fixture lists the versions of a key from the oldest to the newest: if 'c3' should be the current one, write it last.",
    },
    {
      of: 'one of the members',
      async test() {
        expect((await readConfig()).name).toBe('new');
      },
      says: "the version 'c3' has what the test expects: send its VersionId to read it. A fixture lists",
    },
    {
      of: 'an older version that is not the oldest',
      async test() {
        expect(await readConfig()).toEqual({ level: 2, name: 'mid' });
      },
      says: "the version 'c2' has what the test expects: send its VersionId to read it.",
    },
    {
      of: 'a text',
      async test() {
        expect(await readText('app.txt')).toBe('newest text');
      },
      says: "the version 't2' has the expected body: send its VersionId to read it. A fixture lists the versions of a key from the oldest to the newest: if 't2' should be the current one, write it last.",
    },
    {
      of: 'the members as vitest prints them',
      async test() {
        await readConfig();
        const expected = 'Object {\n  "level": 3,\n  "name": "new",\n}';
        const actual = 'Object {\n  "level": 1,\n  "name": "old",\n}';
        throw Object.assign(new Error("expected { level: 1, name: 'old' } to deeply equal { level: 3, name: 'new' }"), {
          name: 'AssertionError',
          expected,
          actual,
        });
      },
      says: "the version 'c3' has what the test expects",
    },
  ],
  [
    {
      of: 'a small number without a name',
      async test() {
        expect((await readConfig()).level).toBe(3);
      },
      hides: ofOlder,
    },
    {
      of: 'members that no version has',
      async test() {
        expect(await readConfig()).toEqual({ level: 3, name: 'none' });
      },
      hides: ofOlder,
    },
    {
      of: 'values that an older version has in other members',
      async test() {
        expect(JSON.parse(await readText('pair.json'))).toEqual({ left: 'north', right: 'south' });
      },
      hides: ofOlder,
    },
    {
      of: 'a version that was named',
      async test() {
        expect(await readConfig({ VersionId: 'c1' })).toEqual({ level: 3, name: 'new' });
      },
      hides: ofOlder,
    },
    {
      of: 'a value that the code did not read',
      async test() {
        await readConfig();
        expect({ level: 5, name: 'old' }).toEqual({ level: 3, name: 'new' });
      },
      hides: ofOlder,
    },
    {
      of: 'the order of versions that are not the oldest',
      async test() {
        expect(await readConfig()).toEqual({ level: 2, name: 'mid' });
      },
      hides: ofOrder,
    },
    {
      of: 'the order where the test has written a version',
      async test() {
        await send('PutObject', { Bucket: 'config', Key: 'app.json', Body: '{"level":4,"name":"own"}' });
        expect(await readConfig()).toEqual({ level: 3, name: 'new' });
      },
      hides: ofOrder,
    },
    {
      of: 'a read of another object that came last',
      async test() {
        const config = await readConfig();
        await readText('app.txt');
        expect(config).toEqual({ level: 3, name: 'new' });
      },
      hides: ofOlder,
    },
  ],
);

const listWiki = async (Prefix: string) => {
  const client = new sdk.S3Client({ region: 'us-east-1' });
  const { Versions = [] } = await client.send(new sdk.ListObjectVersionsCommand({ Bucket: 'wiki', Prefix }));
  return Versions;
};
const ofLatest = 'with IsLatest: true in Versions';
const idOf = (version: sdk.ObjectVersion | undefined) => (version as sdk.ObjectVersion).VersionId;

tryAll(
  'the latest version of a deleted key',
  [
    {
      of: 'a member of the version',
      async test() {
        idOf((await listWiki('home')).find(({ IsLatest }) => IsLatest));
      },
      says: "The answer to ListObjectVersions wiki has no version with IsLatest: true in Versions, since the latest one of 'home.md' is a delete marker, in DeleteMarkers. If the code looks for IsLatest, take the first one of the key in Versions, which is its newest object.",
    },
    {
      of: 'an assertion',
      async test() {
        expect((await listWiki('home')).find(({ IsLatest }) => IsLatest)).toBeDefined();
      },
      says: ofLatest,
    },
    {
      of: 'the words of JavaScriptCore',
      async test() {
        await listWiki('home');
        throw new TypeError("undefined is not an object (evaluating 'newest.VersionId')");
      },
      says: ofLatest,
    },
  ],
  [
    {
      of: 'a member of something else',
      async test() {
        await listWiki('home');
        const options: { readonly retries?: { readonly most: number } } = {};
        (options.retries as { readonly most: number }).most.toFixed();
      },
      hides: ofLatest,
    },
    {
      of: 'a key whose latest version is an object',
      async test() {
        idOf((await listWiki('news')).find(({ Size }) => Size === 7));
      },
      hides: ofLatest,
    },
    {
      of: 'a listing in which another key has a latest version',
      async test() {
        idOf((await listWiki('')).find(({ Key }) => Key === 'none.md'));
      },
      hides: ofLatest,
    },
    {
      of: 'another value that differs',
      async test() {
        expect((await listWiki('home'))[0]?.Key).toBe('about.md');
      },
      hides: ofLatest,
    },
    {
      of: 'an answer that came last',
      async test() {
        const versions = await listWiki('home');
        await listWiki('news');
        idOf(versions.find(({ IsLatest }) => IsLatest));
      },
      hides: ofLatest,
    },
  ],
);
