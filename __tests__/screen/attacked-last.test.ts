import * as sdk from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { deleteMarker } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { screenOfTest } from '../support/failed-tests';
import { makeScreenScene, send } from '../support/screen-scene';

let control: MockControl;
let s3: MockS3;

const held = (body: string, versionId: string) => ({ body, versionId, legalHold: 'ON' as const });
const target = 'arn:aws:s3:::target';

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      plain: { objects: { 'me.jpg': 'jpeg' } },
      paused: { versioning: 'Suspended', objects: { 'me.jpg': { body: 'jpeg', versionId: 'null' } } },
      wiki: {
        versioning: 'Enabled',
        objects: {
          'home.md': ['one', 'two', deleteMarker],
          'news.md': ['one', 'two'],
          'old.md': ['x', deleteMarker],
        },
      },
      config: {
        versioning: 'Enabled',
        objects: {
          'app.json': [
            { body: '{"status":"active","on":false}', versionId: 'c1' },
            { body: '{"status":"draft","on":false}', versionId: 'c2' },
          ],
          'one.json': [{ body: '{"status":"active"}', versionId: 'o1' }],
        },
      },
      kept: { versioning: 'Enabled', objects: { 'me.jpg': ['one', 'two'] } },
      target: { versioning: 'Enabled' },
      cases: {
        objectLock: true,
        objects: { a: [held('1', 'v1'), held('2', 'v2')] },
      },
    },
  },
  (started) => {
    control = started;
    s3 = started.mock;
  },
);

const write = (Bucket: string, Key: string, Body: string) => send('PutObject', { Bucket, Key, Body });
const copy = (Key: string, CopySource: string, IfMatch: unknown) =>
  send('CopyObject', { Bucket: 'kept', Key, CopySource, IfMatch });
const etagOf = async (Key: string) => (await send('HeadObject', { Bucket: 'kept', Key }))['ETag'];
const ofSource = 'the code sent the ETag of the source';

tryAll(
  'a condition of a copy that is not meant for the source',
  [],
  [
    { of: 'any ETag', test: () => copy('new', 'kept/me.jpg', '*'), hides: ofSource },
    {
      of: 'the ETag that the key had, whose version is copied back',
      async test() {
        const { VersionId } = await write('kept', 'doc', 'a');
        const tag = await etagOf('doc');
        await write('kept', 'doc', 'b');
        await copy('doc', `kept/doc?versionId=${VersionId}`, tag);
      },
      hides: ofSource,
    },
    {
      of: 'a key that had the same bytes, by a listing',
      async test() {
        await write('kept', 'a', 'same');
        await write('kept', 'b', 'same');
        const { Contents } = await send('ListObjectsV2', { Bucket: 'kept', Prefix: 'b' });
        const [listed] = Contents as unknown as readonly sdk._Object[];
        await write('kept', 'b', 'other');
        await copy('b', 'kept/a', listed?.ETag);
      },
      hides: ofSource,
    },
  ],
);

const encrypt = (Bucket: string, SSEAlgorithm: string) =>
  send('PutBucketEncryption', {
    Bucket,
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }] },
  });
const toLater = 'a default encryption applies';

tryAll(
  'the name of an algorithm that is not the encryption of an object',
  [],
  [
    {
      of: 'a setting of the code',
      async test() {
        await encrypt('plain', 'aws:kms');
        await send('GetObject', { Bucket: 'plain', Key: 'me.jpg' });
        expect({ algorithm: 'none' }.algorithm).toBe('aws:kms');
      },
      hides: toLater,
    },
    {
      of: 'the metadata of the object, which a copy does not give it',
      async test() {
        await encrypt('plain', 'aws:kms');
        expect(s3.bucket('plain')).toHaveObject('me.jpg', { metadata: { algorithm: 'aws:kms' } });
      },
      hides: toLater,
    },
  ],
);

const version = (Bucket: string, Status: string) =>
  send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
const remove = (Bucket: string, more: object = {}) => send('DeleteObject', { Bucket, Key: 'me.jpg', ...more });
const read = async (Bucket: string, Key: string) => {
  const client = new sdk.S3Client({ region: 'us-east-1' });
  const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
  return String(await Body?.transformToString());
};
const wasNotEnabled =
  'removed the object for good, since the versioning of the bucket was not Enabled when it came: a delete keeps what it hides only while versioning is Enabled.';

tryAll(
  'versioning that changed after a delete',
  [
    {
      of: 'to Enabled',
      async test() {
        await remove('plain');
        await version('plain', 'Enabled');
        await read('plain', 'me.jpg');
      },
      says: `DeleteObject plain/me.jpg ${wasNotEnabled}`,
    },
    {
      of: 'to Suspended',
      async test() {
        await remove('plain');
        await version('plain', 'Suspended');
        await read('plain', 'me.jpg');
      },
      says: wasNotEnabled,
    },
    {
      of: 'from Suspended to Enabled',
      async test() {
        await remove('paused');
        await remove('paused', { VersionId: 'null' });
        await version('paused', 'Enabled');
        expect(s3.bucket('paused')).toHaveObject('me.jpg');
      },
      says: wasNotEnabled,
    },
  ],
  [
    {
      of: 'a delete marker in a bucket that was deleted, and made again without versioning',
      async test() {
        await send('CreateBucket', { Bucket: 'made' });
        await version('made', 'Enabled');
        const { VersionId } = await remove('made');
        await remove('made', { VersionId });
        await send('DeleteBucket', { Bucket: 'made' });
        await send('CreateBucket', { Bucket: 'made' });
        expect(s3.bucket('made')).toHaveDeleteMarker('me.jpg');
      },
      hides: 'added no delete marker',
    },
  ],
);

tryAll(
  'an older version with the expected members',
  [
    {
      of: 'a value that is neither a text nor a number, and differs',
      async test() {
        expect(JSON.parse(await read('config', 'app.json'))).toEqual({ status: 'active', on: true });
      },
      says: "the version 'c1' has the texts and numbers that the test expects",
    },
    {
      of: 'the current version was written by the code',
      async test() {
        await write('config', 'one.json', '{"status":"broken"}');
        expect(JSON.parse(await read('config', 'one.json')).status).toBe('active');
      },
      says: "so S3 answered the current one, which PutObject config/one.json wrote; the version 'o1' has what the test expects",
    },
  ],
  [
    {
      of: 'who wrote a version of the fixture',
      async test() {
        await write('config', 'one.json', '{"status":"broken"}');
        expect(JSON.parse(await read('config', 'app.json')).status).toBe('active');
      },
      hides: 'wrote;',
    },
  ],
);

const listWiki = async (more: object) => {
  const { Versions = [] } = await send('ListObjectVersions', { Bucket: 'wiki', ...more });
  return Versions as unknown as readonly sdk.ObjectVersion[];
};

tryAll(
  'the latest version on another page',
  [],
  [
    {
      of: 'a key of the first page',
      async test() {
        const versions = [...(await listWiki({ MaxKeys: 5 })), ...(await listWiki({ KeyMarker: 'news.md' }))];
        const found = versions.find(({ IsLatest, Size }) => IsLatest && Size === 7);
        (found as sdk.ObjectVersion).VersionId?.at(0);
      },
      hides: 'has no version with IsLatest',
    },
  ],
);

const limit = (Filter: object) =>
  send('PutBucketLifecycleConfiguration', {
    Bucket: 'plain',
    LifecycleConfiguration: { Rules: [{ ID: 'old', Status: 'Enabled', Filter, Expiration: { Days: 10 } }] },
  });
const tags = [{ Key: 'keep', Value: 'no' }];

tryAll(
  'a filter that does not fit in an And',
  [
    {
      of: 'one condition in an And',
      test: () => limit({ And: { Prefix: 'a/' } }),
      says: 'an And needs two conditions or more: one alone stands in Filter itself',
    },
  ],
  [
    {
      of: 'the same condition twice',
      test: () => limit({ Prefix: 'a/', And: { Prefix: 'a/' } }),
      hides: 'write Filter',
    },
    {
      of: 'two prefixes',
      test: () => limit({ Prefix: 'a/', And: { Prefix: 'b/', Tags: tags } }),
      hides: 'write Filter',
    },
  ],
);

async function messageOf(test: () => unknown): Promise<string> {
  const error = await Promise.resolve()
    .then(test)
    .then(
      () => undefined,
      (thrown: Error) => thrown,
    );
  return String(error?.message);
}

const open = { AllowedOrigins: ['*'], AllowedMethods: ['GET'] };
const own = { AllowedOrigins: ['https://app.example.com'], AllowedMethods: ['PUT'] };
const share = () => send('PutBucketCors', { Bucket: 'plain', CORSConfiguration: { CORSRules: [own, open] } });
const messageOfRules = async (...CORSRules: readonly unknown[]) => {
  await share();
  return messageOf(() => expect(s3.bucket('plain')).toHaveConfiguration('cors', { CORSRules } as never));
};

describe('a list of a configuration that has the expected items', () => {
  it('does not take one item for two', async () => {
    const message = await messageOfRules(open, open);
    expect(message).not.toContain('is the expected');
    expect(message).toContain('CORSRules[0].AllowedMethods[0]: expected');
  });

  it('says the length once', async () => {
    const message = await messageOfRules(open);
    expect(message).toContain('the same length, here 2');
    expect(message).not.toContain('CORSRules.length');
  });

  it('shows no matcher of the runner in its cure', async () => {
    const message = await messageOfRules(expect.objectContaining(open));
    expect(message).toContain('and the same order: expect all.');
    expect(message).not.toContain('objectContaining(ObjectContaining');
  });

  it('has no cure that fails, since a member is expected in part', async () => {
    const rule = (ID: string, Priority: number) => ({
      ID,
      Priority,
      Status: 'Enabled',
      Filter: { Prefix: `${ID}/` },
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: { Bucket: target, StorageClass: 'STANDARD' },
    });
    const Role = 'arn:aws:iam::000000000000:role/copies';
    await send('PutBucketReplication', {
      Bucket: 'kept',
      ReplicationConfiguration: { Role, Rules: [rule('x', 1), rule('y', 2)] },
    });
    const expected = { ID: 'y', Destination: { Bucket: target } };
    const compare = (Rules: unknown) => () =>
      expect(s3.bucket('kept')).toHaveConfiguration('replication', { Rules } as never);
    const message = await messageOf(compare([expected]));
    expect(message).toContain('Rules[1] is the expected Rules[0]');
    expect(message).not.toContain('arrayContaining');
    expect(compare(expect.arrayContaining([expect.objectContaining(expected)]))).toThrow();
  });

  it.each([
    ['no rules', undefined],
    ['a matcher of the runner', { Rules: [{ ID: expect.any(String) }] }],
    ['a matcher of the runner in a list', { Rules: [{ Transitions: [expect.anything()] }] }],
  ])('writes only code for lifecycle with %s', async (_, literal) => {
    const message = await messageOf(() =>
      expect(s3.bucket('plain')).toHaveConfiguration('lifecycle' as never, literal as never),
    );
    expect(message).toBe(
      "toHaveConfiguration: there is no configuration 'lifecycle'. Compare s3.bucket('plain').lifecycle, which is undefined if the bucket has none.",
    );
    expect(s3.bucket('plain').lifecycle).toBeUndefined();
  });
});

tryAll(
  'the order of a fixture, above which a handle has written',
  [],
  [
    {
      of: 'an older version',
      async test() {
        s3.bucket('config').put('app.json', '{"status":"third"}');
        expect(JSON.parse(await read('config', 'app.json')).status).toBe('active');
      },
      hides: 'A fixture lists',
    },
  ],
);

it('says of a batch, which S3 has answered, what it would have deleted', async () => {
  const screen = await screenOfTest(control, async () => {
    await send('PutObjectLegalHold', { Bucket: 'cases', Key: 'a', LegalHold: { Status: 'OFF' } });
    const Objects = [{ Key: 'a', VersionId: 'v1' }];
    const { Errors } = await send('DeleteObjects', { Bucket: 'cases', Delete: { Objects } });
    expect(Errors).toBeUndefined();
  });
  expect(screen).toContain("It would have deleted 'v1' after PutObjectLegalHold with VersionId: 'v1'.");
  expect(screen).not.toContain('This request would have been answered');
});
