import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import { makeCommand } from '../support/commands';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const retention = { Mode: 'GOVERNANCE', RetainUntilDate: '2026-06-01T00:00:00Z' } as const;
const replicates = {
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [
    {
      ID: 'all',
      Priority: 1,
      Status: 'Enabled',
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: { Bucket: 'arn:aws:s3:::replica' },
    },
  ],
} as const;
const publicPolicy = (bucket: string) =>
  ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }],
  }) as const;
const website = { IndexDocument: { Suffix: 'index.html' } };

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00.500Z',
      buckets: {
        vault: {
          versioning: 'Enabled',
          objects: {
            'a.txt': [
              { body: 'one', versionId: 'v1' },
              { body: 'two', versionId: 'v2' },
              { body: 'three', versionId: 'v3' },
            ],
            'tagged.txt': { body: 't', tags: { stage: 'test', owner: 'ann' } },
          },
        },
        plain: {
          objects: {
            'logs/a.log': 'text',
            'a.pdf': { body: 'hello world', contentType: 'application/pdf', metadata: { author: 'ann' } },
          },
        },
        paused: { versioning: 'Suspended' },
        locked: { objectLock: true, objects: { 'g.pdf': { body: 'x', retention } } },
        shop: { publicAccessBlock: null, policy: publicPolicy('shop'), website, objects: { 'index.html': 'the shop' } },
        site: {},
        replica: { versioning: 'Enabled' },
        source: { versioning: 'Enabled', replication: replicates, objects: { 'old.txt': 'old' } },
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

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await new sdk.S3Client({ maxAttempts: 1 }).send(makeCommand(name, input))) as never; // of any command
}

const read = async (input: object) => (await sendGet(input)).transformToString();
const sendGet = async (input: object) =>
  (await send('GetObject', input))['Body'] as unknown as sdk.GetObjectOutput['Body'] & {
    transformToString: () => Promise<string>;
  };

const expires = (rule: object) => ({
  LifecycleConfiguration: { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: '' }, ...rule }] },
});
const tags = (...names: readonly string[]) => ({ Tagging: { TagSet: names.map((Key) => ({ Key, Value: 'yes' })) } });

interface Mistake {
  readonly of: string;
  readonly test: () => Promise<unknown>;
  readonly says: string;
}

const mistakes: readonly Mistake[] = [
  {
    of: 'a prefix of a rule that begins with a slash',
    async test() {
      await send('PutBucketLifecycleConfiguration', {
        Bucket: 'plain',
        ...expires({ Filter: { Prefix: '/logs/' }, Expiration: { Days: 7 } }),
      });
      s3.clock.advance({ days: 9 });
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'plain', Prefix: 'logs/' });
      expect(KeyCount).toBe(0);
    },
    says: "No lifecycle rule removes 'logs/a.log':\n- rule 1 does not match: its prefix is '/logs/'; 'logs/' would match",
  },
  {
    of: 'a prefix of a rule that ends with a wildcard',
    async test() {
      const rule = expires({ Filter: { Prefix: 'logs/*' }, Expiration: { Days: 7 } });
      await send('PutBucketLifecycleConfiguration', { Bucket: 'plain', ...rule });
      s3.clock.advance({ days: 9 });
      const { Contents } = await send('ListObjectsV2', { Bucket: 'plain' });
      expect((Contents as unknown as sdk._Object[]).map(({ Key }) => Key)).toEqual(['a.pdf']);
    },
    says: "- rule 1 does not match: its prefix is 'logs/*'; 'logs/' would match",
  },
  {
    of: 'a rule for noncurrent versions that should remove the current one',
    async test() {
      const rule = expires({ NoncurrentVersionExpiration: { NoncurrentDays: 7 } });
      await send('PutBucketLifecycleConfiguration', { Bucket: 'vault', ...rule });
      s3.clock.advance({ days: 9 });
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'vault', Prefix: 'a.txt' });
      expect(KeyCount).toBe(0);
    },
    says: '- rule 1 removes noncurrent versions alone, by its NoncurrentVersionExpiration: an Expiration with Days expires the current one',
  },
  {
    of: 'an expiration that should empty a bucket with versioning',
    async test() {
      await send('PutBucketLifecycleConfiguration', { Bucket: 'vault', ...expires({ Expiration: { Days: 30 } }) });
      s3.clock.advance({ days: 32 });
      const { Versions } = await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'a.txt' });
      expect(Versions ?? []).toHaveLength(0);
    },
    says: 'its Expiration puts a delete marker on top, and 3 versions below it stay; NoncurrentVersionExpiration: { NoncurrentDays: 1 } beside it removes noncurrent versions',
  },
  {
    of: 'a rule whose day has not come',
    async test() {
      await send('PutBucketLifecycleConfiguration', { Bucket: 'plain', ...expires({ Expiration: { Days: 7 } }) });
      s3.clock.advance({ days: 7 });
      await expect(send('GetObject', { Bucket: 'plain', Key: 'a.pdf' })).rejects.toThrow();
    },
    says: 'By lifecycle, the null version expires on 2026-03-09; the clock of the mock is at 2026-03-08T12:00:00.500Z',
  },
  {
    of: 'a delete marker that is not copied',
    async test() {
      await send('PutObject', { Bucket: 'source', Key: 'r.txt', Body: 'x' });
      await send('DeleteObject', { Bucket: 'source', Key: 'r.txt' });
      s3.clock.advance({ minutes: 30 });
      await expect(send('GetObject', { Bucket: 'replica', Key: 'r.txt' })).rejects.toThrow();
    },
    says: "replica/r.txt: the delete marker on source/r.txt is not copied: rule 'all' copies no delete markers, and would with DeleteMarkerReplication: { Status: 'Enabled' }.",
  },
  {
    of: 'an object from before the rule',
    async test() {
      s3.clock.advance({ minutes: 30 });
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'replica' });
      expect(KeyCount).toBe(1);
    },
    says: "replica/old.txt: bucket 'source' has it, and no rule copied it to 'replica'",
  },
  {
    of: 'milliseconds in the time of a URL',
    async test() {
      const url = await getSignedUrl(
        new sdk.S3Client({}),
        new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'a.pdf' }),
        { expiresIn: 60_000, signingDate: s3.clock.now() },
      );
      s3.clock.advance({ minutes: 2 });
      expect((await fetch(url)).status).toBe(403);
    },
    says: 'it would have been refused after 2026-03-02T04:40:00.000Z: its URL was signed at 2026-03-01T12:00:00.000Z for 60,000 seconds, which are 16 hours 40 minutes, and the clock of the mock stands at 2026-03-01T12:02:00.500Z. A URL is signed for seconds, not for milliseconds.',
  },
  {
    of: 'a session that lasts longer',
    async test() {
      const { credentials } = s3.account.session();
      s3.clock.advance({ minutes: 30 });
      const get = new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'a.pdf' });
      await expect(new sdk.S3Client({ credentials }).send(get)).rejects.toThrow();
    },
    says: 'GetObject plain/a.pdf: it would have been refused from 2026-03-02T00:00:00.500Z on, when its session ends, which lasts 12 hours; the clock of the mock stands at 2026-03-01T12:30:00.500Z.',
  },
  {
    of: 'the place of the version before',
    async test() {
      const { Versions = [] } = (await send('ListObjectVersions', {
        Bucket: 'vault',
        Prefix: 'a.txt',
      })) as sdk.ListObjectVersionsOutput;
      expect(await read({ Bucket: 'vault', Key: 'a.txt', VersionId: Versions.at(-1)?.VersionId })).toBe('two');
    },
    says: 'ListObjectVersions vault lists the newest version of a key first: the expected one is Versions[1], and the code took Versions[2].',
  },
  {
    of: 'a visit to the host of S3',
    async test() {
      expect(await (await fetch('https://shop.s3.us-east-1.amazonaws.com/')).text()).toBe('the shop');
    },
    says: "ListObjects shop: it would have been answered at 'http://shop.s3-website-us-east-1.amazonaws.com/', the address of the website; shop.s3.us-east-1.amazonaws.com is the one of S3's requests, which knows no index documents.",
  },
  {
    of: 'a visit to the host of S3, in path style',
    async test() {
      expect(await (await fetch('https://s3.us-east-1.amazonaws.com/shop/')).text()).toBe('the shop');
    },
    says: "it would have been answered at 'http://shop.s3-website-us-east-1.amazonaws.com/'",
  },
  {
    of: 'a retention that is shortened',
    async test() {
      const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2026-04-01') };
      await send('PutObjectRetention', { Bucket: 'locked', Key: 'g.pdf', Retention });
    },
    says: 'PutObjectRetention locked/g.pdf: it would have been answered with BypassGovernanceRetention: true.',
  },
  {
    of: 'a delete while versioning is suspended',
    async test() {
      const at = { Bucket: 'paused', Key: 'n.txt' };
      await send('PutObject', { ...at, Body: 'note' });
      const { VersionId } = await send('DeleteObject', at);
      await send('DeleteObject', { ...at, VersionId });
      await read(at);
    },
    says: 'DeleteObject paused/n.txt removed the null version for good, since the versioning of the bucket is Suspended',
  },
  {
    of: 'a delete of the version in place of its marker',
    async test() {
      const at = { Bucket: 'vault', Key: 'new.txt' };
      await send('PutObject', { ...at, Body: 'one' });
      await send('DeleteObject', at);
      const { Versions = [] } = (await send('ListObjectVersions', {
        Bucket: 'vault',
        Prefix: 'new.txt',
      })) as sdk.ListObjectVersionsOutput;
      await send('DeleteObject', { ...at, VersionId: Versions[0]?.VersionId });
      await read(at);
    },
    says: 'for good, since it named that version, and left the delete marker above it. To bring an object back, delete its delete marker by the id of the marker',
  },
  {
    of: 'a delete without versioning',
    async test() {
      const at = { Bucket: 'plain', Key: 'a.pdf' };
      await send('DeleteObject', at);
      await read(at);
    },
    says: "DeleteObject plain/a.pdf removed the object for good, since the bucket has no versioning: with versioning: 'Enabled' in its fixture, a delete keeps what it hides below a delete marker.",
  },
  {
    of: 'a version below a delete marker',
    async test() {
      await send('DeleteObject', { Bucket: 'vault', Key: 'a.txt' });
      await read({ Bucket: 'vault', Key: 'a.txt' });
    },
    says: "GetObject vault/a.txt: it would have been answered with VersionId: 'v3', the newest version below the delete marker; a delete of the marker by its id,",
  },
  {
    of: 'milliseconds of LastModified',
    async test() {
      await send('PutObject', { Bucket: 'plain', Key: 'now.txt', Body: 'x' });
      const { LastModified } = await send('HeadObject', { Bucket: 'plain', Key: 'now.txt' });
      expect(LastModified).toEqual(s3.clock.now());
    },
    says: 'LastModified of HeadObject plain/now.txt is in whole seconds, as S3 keeps no milliseconds',
  },
  {
    of: 'milliseconds of LastModified as a number',
    async test() {
      const before = s3.clock.now().getTime();
      await send('PutObject', { Bucket: 'plain', Key: 'now.txt', Body: 'x' });
      const { LastModified } = await send('HeadObject', { Bucket: 'plain', Key: 'now.txt' });
      expect(Number(LastModified)).toBeGreaterThanOrEqual(before);
    },
    says: 'is in whole seconds, as S3 keeps no milliseconds',
  },
  {
    of: 'tags that are added by a put',
    async test() {
      await send('PutObjectTagging', { Bucket: 'vault', Key: 'tagged.txt', ...tags('reviewed') });
      const { TagSet } = await send('GetObjectTagging', { Bucket: 'vault', Key: 'tagged.txt' });
      expect(TagSet).toHaveLength(3);
    },
    says: 'PutObjectTagging vault/tagged.txt replaced all that was there, and 2 more items of TagSet with it, as S3 adds nothing to what it has: read it first with GetObjectTagging, and send all of it.',
  },
  {
    of: 'tags that a handle shows after a put',
    async test() {
      await send('PutObjectTagging', { Bucket: 'vault', Key: 'tagged.txt', ...tags('reviewed') });
      const { tags: found } = s3.bucket('vault').object('tagged.txt');
      expect(found).toEqual({ stage: 'test', owner: 'ann', reviewed: 'yes' });
    },
    says: "PutObjectTagging vault/tagged.txt replaced all that was there, and 'test', 'ann'",
  },
  {
    of: 'tags that a new version should keep',
    async test() {
      await send('PutObject', { Bucket: 'vault', Key: 'tagged.txt', Body: 'new' });
      const { TagSet } = await send('GetObjectTagging', { Bucket: 'vault', Key: 'tagged.txt' });
      expect((TagSet as unknown as sdk.Tag[]).map(({ Key }) => Key)).toContain('stage');
    },
    says: "PutObject vault/tagged.txt wrote a new object with only what the request named, in place of one with 'stage'",
  },
  {
    of: 'rules of two puts',
    async test() {
      const Rule = (name: string) => ({ AllowedMethods: ['GET'], AllowedOrigins: [name] });
      for (const name of ['https://a.example', 'https://b.example'])
        await send('PutBucketCors', { Bucket: 'plain', CORSConfiguration: { CORSRules: [Rule(name)] } });
      const { CORSRules } = await send('GetBucketCors', { Bucket: 'plain' });
      expect(CORSRules).toHaveLength(2);
    },
    says: 'PutBucketCors plain replaced all that was there, and 1 more item of CORSRules',
  },
  {
    of: 'tags of two puts',
    async test() {
      await send('PutObjectTagging', { Bucket: 'vault', Key: 'a.txt', ...tags('first') });
      await send('PutObjectTagging', { Bucket: 'vault', Key: 'a.txt', ...tags('second') });
      const { TagSet } = await send('GetObjectTagging', { Bucket: 'vault', Key: 'a.txt' });
      expect((TagSet as unknown as sdk.Tag[]).map(({ Key }) => Key)).toEqual(['first', 'second']);
    },
    says: "PutObjectTagging vault/a.txt replaced all that was there, and 'first' with it, as S3 adds nothing to what it has",
  },
  {
    of: 'metadata that is added by a copy',
    async test() {
      await send('CopyObject', {
        Bucket: 'plain',
        Key: 'a.pdf',
        CopySource: 'plain/a.pdf',
        MetadataDirective: 'REPLACE',
        Metadata: { reviewed: 'yes' },
      });
      const { ContentType } = await send('HeadObject', { Bucket: 'plain', Key: 'a.pdf' });
      expect(ContentType).toBe('application/pdf');
    },
    says: "CopyObject plain/a.pdf was sent with MetadataDirective: 'REPLACE', so the object lost what the request does not name, such as 'application/pdf': name that as well.",
  },
  {
    of: 'the type that a copy under another key should keep',
    async test() {
      await send('CopyObject', {
        ...{ Bucket: 'plain', Key: 'b.pdf', CopySource: 'plain/a.pdf' },
        ...{ MetadataDirective: 'REPLACE', Metadata: { reviewed: 'yes' } },
      });
      const { ContentType } = await send('HeadObject', { Bucket: 'plain', Key: 'b.pdf' });
      expect(ContentType).toBe('application/pdf');
    },
    says: "CopyObject plain/b.pdf was sent with MetadataDirective: 'REPLACE', so the object lost what the request does not name, such as 'application/pdf': name that as well.",
  },
  {
    of: 'metadata that a new version should keep',
    async test() {
      await send('PutObject', { Bucket: 'plain', Key: 'a.pdf', Body: 'new' });
      const { Metadata } = await send('HeadObject', { Bucket: 'plain', Key: 'a.pdf' });
      expect(Metadata).toEqual({ author: 'ann' });
    },
    says: "PutObject plain/a.pdf wrote a new object with only what the request named, in place of one with 'ann': name that as well.",
  },
  {
    of: 'tags of the current version',
    async test() {
      await send('PutObjectTagging', { Bucket: 'vault', Key: 'a.txt', ...tags('approved') });
      const { TagSet } = await send('GetObjectTagging', { Bucket: 'vault', Key: 'a.txt', VersionId: 'v2' });
      expect(TagSet).toEqual([{ Key: 'approved', Value: 'yes' }]);
    },
    says: "it read the version 'v2', and PutObjectTagging vault/a.txt named no version, so it changed the current one, which has what the test expects: send VersionId: 'v2' with PutObjectTagging as well.",
  },
  {
    of: 'tags of an older version',
    async test() {
      await send('PutObjectTagging', { Bucket: 'vault', Key: 'a.txt', VersionId: 'v2', ...tags('approved') });
      const { TagSet } = await send('GetObjectTagging', { Bucket: 'vault', Key: 'a.txt' });
      expect(TagSet).toEqual([{ Key: 'approved', Value: 'yes' }]);
    },
    says: "it read the current version, and PutObjectTagging vault/a.txt changed the version 'v2': with that VersionId it would have returned what the test expects.",
  },
  {
    of: 'a Body in a text',
    async test() {
      expect(String(await sendGet({ Bucket: 'plain', Key: 'a.pdf' }))).toBe('hello world');
    },
    says: "GetObject plain/a.pdf: the Body of an answer is a stream, of which JavaScript makes the text '[object Object]'. Read it: await Body.transformToString().",
  },
  {
    of: 'an upload that is listed before its end',
    async test() {
      const to = { Bucket: 'plain', Key: 'video.mp4' };
      const { UploadId } = await send('CreateMultipartUpload', to);
      await send('UploadPart', { ...to, UploadId, PartNumber: 1, Body: 'frames' });
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'plain', Prefix: 'video' });
      expect(KeyCount).toBe(1);
    },
    says: "ListObjectsV2 plain does not list 'video.mp4', since nobody has completed its upload in parts: it is an object only after CompleteMultipartUpload.",
  },
  {
    of: 'a listing before a write',
    async test() {
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'plain', Prefix: 'late' });
      await send('PutObject', { Bucket: 'plain', Key: 'late.txt', Body: 'x' });
      expect(KeyCount).toBe(1);
    },
    says: 'ListObjectsV2 plain: it came before PutObject plain/late.txt, and would have had another answer after it, the one that the test expects: await the write first.',
  },
  {
    of: 'a read before a write',
    async test() {
      const reading = read({ Bucket: 'plain', Key: 'late.txt' }).catch((error: unknown) => error);
      const error = await reading;
      await send('PutObject', { Bucket: 'plain', Key: 'late.txt', Body: 'x' });
      throw error;
    },
    says: 'GetObject plain/late.txt: it came before PutObject plain/late.txt, and would have had another answer after it, as the object is there now: await the write first.',
  },
  {
    of: 'the end of a range',
    async test() {
      expect(await read({ Bucket: 'plain', Key: 'a.pdf', Range: 'bytes=0-5' })).toBe('hello');
    },
    says: "GetObject plain/a.pdf: Range: 'bytes=0-5' includes byte 5, as both ends belong to a range; with Range: 'bytes=0-4' it would have returned what the test expects.",
  },
  {
    of: 'a public policy of a new bucket',
    async test() {
      await send('PutBucketPolicy', { Bucket: 'site', Policy: JSON.stringify(publicPolicy('site')) });
    },
    says: 'PutBucketPolicy site: it would have been answered without the public access block that new buckets have: send DeletePublicAccessBlock before, or give the fixture publicAccessBlock: null.',
  },
  {
    of: 'the null version of a bucket with versioning',
    async test() {
      await send('DeleteObject', { Bucket: 'vault', Key: 'a.txt', VersionId: 'null' });
      const { Versions } = await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'a.txt' });
      expect(Versions).toBeUndefined();
    },
    says: "nothing was deleted: 'a.txt' has no null version; the key has 'v3', 'v2', 'v1', the newest first",
  },
];

describe('a misconception', () => {
  it.each(mistakes)('of $of has its cause and a cure on the screen', async ({ test, says }) => {
    const shown = await screenOfTest(control, test);
    expect(shown).toContain(says);
    expect(shown).not.toContain('Date.now()');
  });
});

/** Tests that fail for another reason, beside a request that looks like such a mistake. */
const others: readonly (Omit<Mistake, 'says'> & { readonly hides: string })[] = [
  {
    of: 'a rule that a test of something else has',
    async test() {
      await send('PutBucketLifecycleConfiguration', {
        Bucket: 'plain',
        ...expires({ Filter: { Prefix: 'x' }, Expiration: { Days: 7 } }),
      });
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'plain' });
      expect(KeyCount).toBe(3);
    },
    hides: 'No lifecycle rule',
  },
  {
    of: 'a URL that is used in time',
    async test() {
      const url = await getSignedUrl(
        new sdk.S3Client({}),
        new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'a.pdf' }),
        { expiresIn: 60 },
      );
      expect((await fetch(url)).status).toBe(204);
    },
    hides: 'it would have been refused after',
  },
  {
    of: 'a listing of versions that nobody took an id of',
    async test() {
      await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'a.txt' });
      expect(await read({ Bucket: 'vault', Key: 'a.txt' })).toBe('two');
    },
    hides: 'lists the newest version of a key first',
  },
  {
    of: 'tags that nobody had put',
    async test() {
      await send('PutObjectTagging', { Bucket: 'vault', Key: 'tagged.txt', ...tags('reviewed') });
      const { TagSet } = await send('GetObjectTagging', { Bucket: 'vault', Key: 'tagged.txt' });
      expect(TagSet).toHaveLength(2);
    },
    hides: 'replaced all that was there',
  },
  {
    of: 'a write that changes nothing of what is expected',
    async test() {
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'plain', Prefix: 'late' });
      await send('PutObject', { Bucket: 'plain', Key: 'late.txt', Body: 'x' });
      expect(KeyCount).toBe(2);
    },
    hides: 'it came before',
  },
  {
    of: 'a look whether the object is there',
    async test() {
      await send('HeadObject', { Bucket: 'plain', Key: 'late.txt' }).catch(() => {});
      await send('PutObject', { Bucket: 'plain', Key: 'late.txt', Body: 'x' });
      expect(1).toBe(2);
    },
    hides: 'it came before',
  },
  {
    of: 'a default that is written if the key is not there',
    async test() {
      await read({ Bucket: 'plain', Key: 'late.txt' }).catch(() => {});
      await send('PutObject', { Bucket: 'plain', Key: 'late.txt', Body: 'x' });
      expect(await read({ Bucket: 'plain', Key: 'late.txt' })).toBe('y');
    },
    hides: 'it came before',
  },
  {
    of: 'an ETag that a write has changed',
    async test() {
      const { ETag } = await send('HeadObject', { Bucket: 'plain', Key: 'a.pdf' });
      await send('PutObject', { Bucket: 'plain', Key: 'a.pdf', Body: 'new' });
      expect((await send('HeadObject', { Bucket: 'plain', Key: 'a.pdf' }))['ETag']).toBe(ETag);
    },
    hides: 'wrote a new object',
  },
  {
    of: 'another part of a range',
    async test() {
      expect(await read({ Bucket: 'plain', Key: 'a.pdf', Range: 'bytes=0-5' })).toBe('world');
    },
    hides: 'both ends belong to a range',
  },
  {
    of: 'a public policy of a bucket whose block was put',
    async test() {
      const blocks = { BlockPublicPolicy: true, BlockPublicAcls: true };
      await send('PutPublicAccessBlock', { Bucket: 'site', PublicAccessBlockConfiguration: blocks });
      await send('PutBucketPolicy', { Bucket: 'site', Policy: JSON.stringify(publicPolicy('site')) });
    },
    hides: 'without the public access block',
  },
  {
    of: 'a policy that nobody may put',
    async test() {
      const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }];
      const { credentials } = s3.account.user('ann', { policy: { Version: '2012-10-17', Statement } as never });
      const put = new sdk.PutBucketPolicyCommand({ Bucket: 'site', Policy: JSON.stringify(publicPolicy('site')) });
      await new sdk.S3Client({ credentials, maxAttempts: 1 }).send(put);
    },
    hides: 'without the public access block',
  },
  {
    of: 'a URL that is used with a header that was not signed',
    async test() {
      const url = await getSignedUrl(new sdk.S3Client({}), new sdk.PutObjectCommand({ Bucket: 'site', Key: 'a.txt' }));
      const headers = { 'x-amz-meta-author': 'ann' };
      expect((await fetch(url, { method: 'PUT', body: 'x', headers })).status).toBe(200);
    },
    hides: 'without the public access block',
  },
  {
    of: 'a private page of a bucket without a website',
    async test() {
      expect((await fetch('https://plain.s3.us-east-1.amazonaws.com/a.pdf')).status).toBe(200);
    },
    hides: 'the address of the website',
  },
  {
    of: 'a moment of another second',
    async test() {
      await send('HeadObject', { Bucket: 'plain', Key: 'a.pdf' });
      expect(new Date('2026-03-01T12:00:00.000Z')).toEqual(new Date('2026-03-01T12:00:01.500Z'));
    },
    hides: 'in whole seconds',
  },
  {
    of: 'more than a replica has whose object has a delete marker at the source',
    async test() {
      await send('PutObject', { Bucket: 'source', Key: 'r.txt', Body: 'x' });
      await send('DeleteObject', { Bucket: 'source', Key: 'r.txt' });
      s3.clock.advance({ minutes: 30 });
      const { KeyCount } = (await send('ListObjectsV2', { Bucket: 'replica' })) as sdk.ListObjectsV2Output;
      expect(KeyCount).toBe(2);
    },
    hides: 'delete marker on source/r.txt',
  },
  {
    of: 'a deleted object, which a test of something else knows',
    async test() {
      await send('DeleteObject', { Bucket: 'plain', Key: 'a.pdf' });
      await read({ Bucket: 'plain', Key: 'a.pdf' }).catch(() => {});
      expect(1).toBe(2);
    },
    hides: 'for good',
  },
];

describe('another failure', () => {
  it.each(others)('of $of has none of these hints', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});
