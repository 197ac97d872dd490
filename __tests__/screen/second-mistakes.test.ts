import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client as Minio } from 'minio';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import { matchers } from '../../src/testing/matchers';
import { makeCommand } from '../support/commands';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const open = (bucket: string) => ({
  publicAccessBlock: null,
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }],
  } as const,
});
const website = { IndexDocument: { Suffix: 'index.html' } };
const markersGo = {
  Rules: [{ ID: 'markers', Status: 'Enabled', Filter: {}, Expiration: { ExpiredObjectDeleteMarker: true } }],
} as const;

const queue = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
const ages = {
  Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
} as const;

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      hosts: ['http://localhost:9000'],
      buckets: {
        vault: { versioning: 'Enabled', objects: { 'a.txt': ['one', 'two'], 'b.txt': 'other' } },
        aged: {
          versioning: 'Enabled',
          lifecycle: ages,
          objects: { 'a.txt': { body: 'one', lastModified: '2025-11-01T12:00:00Z' } },
        },
        logs: {
          objects: {
            'log-10': { body: 'ten', lastModified: '2026-01-10' },
            'log-8': { body: 'eight', lastModified: '2026-01-08' },
            'log-9': { body: 'nine', lastModified: '2026-01-09' },
          },
        },
        secret: { encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] } },
        told: { notification: { QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'], QueueArn: queue }] } },
        cases: { objectLock: true, objects: { 'case.pdf': { body: 'x', versionId: 'c1' } } },
        plain: { objects: { 'hello.txt': 'hello' } },
        old: {
          versioning: 'Enabled',
          lifecycle: markersGo,
          objects: {
            'a.txt': [
              { body: 'one', lastModified: '2026-01-01' },
              { ...deleteMarker, lastModified: '2026-01-02' },
            ],
          },
        },
        www: {
          ...open('www'),
          website,
          objects: { old: { body: '', headers: { 'x-amz-website-redirect-location': 'http://127.0.0.1:48619/new' } } },
        },
        tree: { objects: { 'in/a.txt': 'a', 'in/sub/b.txt': 'b', 'out/c.txt': 'c' } },
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

/** The SDK warns of a stream that it cannot send twice. */
const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await new sdk.S3Client({ maxAttempts: 1, logger }).send(makeCommand(name, input))) as never; // of any command
}

const minio = () => new Minio({ endPoint: 'localhost', port: 9000, useSSL: false, accessKey: 'a', secretKey: 'b' });

interface Mistake {
  readonly of: string;
  readonly test: () => unknown;
  readonly says: string;
  readonly hides?: string;
}

const mistakes: readonly Mistake[] = [
  {
    of: 'a rule for markers, where a version is left below one',
    async test() {
      s3.clock.advance({ days: 30 });
      const { DeleteMarkers = [] } = (await send('ListObjectVersions', {
        Bucket: 'old',
      })) as sdk.ListObjectVersionsOutput;
      expect(DeleteMarkers).toHaveLength(0);
    },
    says: '- rule 1 removes only a delete marker below which no version is left, by its ExpiredObjectDeleteMarker, and one version below it stays; NoncurrentVersionExpiration: { NoncurrentDays: 1 } beside it removes noncurrent versions',
    hides: 'puts a delete marker on top',
  },
  {
    of: 'a redirect of a website to another host',
    async test() {
      expect((await fetch('http://www.s3-website-us-east-1.amazonaws.com/old')).status).toBe(301);
    },
    says: "The mock answered GET http://www.s3-website-us-east-1.amazonaws.com/old with 301 and the Location http://127.0.0.1:48619/new, which clients follow by themselves. To read the answer of the website, follow none: fetch(url, { redirect: 'manual' }).",
    hides: 'is the S3 endpoint of your code',
  },
  {
    of: 'the version id of a copy',
    async test() {
      const { VersionId } = await send('CopyObject', { Bucket: 'vault', Key: 'c.txt', CopySource: 'vault/a.txt' });
      expect(VersionId).toBe(s3.bucket('vault').newest('a.txt').versionId);
    },
    says: "CopyObject vault/c.txt made a new version, and S3 gives each version an id of its own; the expected one is the id of the source: compare with s3.bucket('vault').newest('c.txt').versionId.",
    hides: 'The mock makes the ids',
  },
  {
    of: 'bytes of a handle',
    async test() {
      await send('PutObject', { Bucket: 'plain', Key: 'b.txt', Body: 'text' });
      expect(s3.bucket('plain').object('b.txt').body).toBe('text');
    },
    says: "A body is bytes, which equal no text: compare body.toString(), or s3.bucket('plain').object('b.txt').text().",
  },
  {
    of: 'bytes that two objects have',
    async test() {
      for (const Key of ['b.txt', 'c.txt']) await send('PutObject', { Bucket: 'plain', Key, Body: 'text' });
      expect(s3.bucket('plain').object('b.txt').body).toBe('text');
    },
    says: 'A body is bytes, which equal no text: compare body.toString().',
  },
  {
    of: 'metadata beyond Latin-1',
    test: () => send('PutObject', { Bucket: 'plain', Key: 'd.txt', Body: 'x', Metadata: { author: 'Jürgen Łuk' } }),
    says: 'The metadata author was not sent, since it has a character that no header can carry. Headers carry metadata in ASCII: send encodeURIComponent(text), and read it with decodeURIComponent.',
    hides: 'types of the command',
  },
  {
    of: 'another header beyond Latin-1',
    test: () => send('PutObject', { Bucket: 'plain', Key: 'd.txt', Body: 'x', CacheControl: 'Łuk' }),
    says: 'The header cache-control was not sent, since it has a character that no header can carry.',
    hides: 'metadata',
  },
  {
    of: 'a tree that minio lists',
    async test() {
      const names: string[] = [];
      for await (const { name } of minio().listObjects('tree', 'in/')) names.push(name);
      expect(names).toEqual(['in/a.txt', 'in/sub/b.txt']);
    },
    says: "List without a Delimiter: listObjectsV2('tree', 'in/', true).",
  },
  {
    of: 'a stream of unknown length',
    test: () => send('PutObject', { Bucket: 'plain', Key: 's.txt', Body: Readable.from(['one', 'two']) }),
    says: 'The SDK does not know the length of the stream in Body: use Upload of @aws-sdk/lib-storage.',
  },
  {
    of: 'noncurrent days that are counted from the write, of bodies',
    async test() {
      await send('PutObject', { Bucket: 'aged', Key: 'a.txt', Body: 'two' });
      s3.clock.advance({ days: 2 });
      const versions = s3.bucket('aged').versions('a.txt') as readonly { readonly body?: Buffer }[];
      expect(versions.map(({ body }) => body?.toString())).toEqual(['two']);
    },
    says: 'is removed on 2026-04-01; the clock of the mock is at 2026-03-03T12:00:00.000Z, and s3.clock.advance moves it.',
  },
  {
    of: 'noncurrent days that are counted from the write, of node:assert',
    async test() {
      await send('PutObject', { Bucket: 'aged', Key: 'a.txt', Body: 'two' });
      s3.clock.advance({ days: 2 });
      assert.strictEqual(s3.bucket('aged').versions('a.txt').length, 1);
    },
    says: 'is removed on 2026-04-01; the clock of the mock is at 2026-03-03T12:00:00.000Z, and s3.clock.advance moves it.',
  },
  {
    of: 'a key that should have expired, of a handle',
    async test() {
      const Rules = [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 7 } }];
      await send('PutBucketLifecycleConfiguration', { Bucket: 'plain', LifecycleConfiguration: { Rules } });
      expect(s3.bucket('plain').keys).toEqual([]);
    },
    says: 'By lifecycle, the null version expires on 2026-03-09; the clock of the mock is at 2026-03-01T12:00:00.000Z',
  },
  {
    of: 'an object that should have expired, of a handle',
    async test() {
      s3.clock.advance({ days: 2 });
      expect(s3.bucket('aged').current('a.txt')).toBeUndefined();
    },
    says: 'rule 1 removes noncurrent versions alone',
  },
  {
    of: 'a call that is not sent, of current()',
    test: () => expect(s3.bucket('plain').current('a.txt')?.size).toBe(1),
    says: 'No request came at all. If the code under test should have sent one: was it called, and awaited? forEach awaits nothing. A call of the SDK v2 without .promise() or a callback is not sent.',
  },
  {
    of: 'a call that is not sent, of object()',
    test: () => s3.bucket('plain').object('a.txt').text(),
    says: 'No request came at all.',
  },
  {
    of: 'a call that is not sent, of versions()',
    test: () => expect(s3.bucket('vault').versions('a.txt')).toHaveLength(3),
    says: 'No request came at all.',
  },
  {
    of: 'a call that is not sent after another one',
    async test() {
      await send('GetObject', { Bucket: 'plain', Key: 'hello.txt' });
      expect(s3.bucket('plain').current('a.txt')?.size).toBe(1);
    },
    says: "Bucket 'plain' has no key 'a.txt', and no request asked to write it.",
  },
  {
    of: 'a call that is not sent after another one, of object()',
    async test() {
      await send('GetObject', { Bucket: 'plain', Key: 'hello.txt' });
      s3.bucket('plain').object('a.txt');
    },
    says: "Bucket 'plain' has no key 'a.txt', and no request asked to write it.",
  },
  {
    of: 'a key that is misspelt in a handle',
    async test() {
      await send('PutObject', { Bucket: 'plain', Key: 'Report.pdf', Body: 'x' });
      expect(s3.bucket('plain').versions('report.pdf')).toHaveLength(1);
    },
    says: "Bucket 'plain' has no key 'report.pdf', and no request asked to write it; the bucket has 'Report.pdf'",
  },
  {
    of: 'Contents of a listing of versions',
    async test() {
      const { Contents = [] } = (await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'a.txt' })) as {
        readonly Contents?: unknown[];
      };
      expect(Contents).toHaveLength(2);
    },
    says: 'The answer to ListObjectVersions vault has 2 items in Versions, and no Contents.',
  },
  {
    of: 'Contents of a listing of uploads',
    async test() {
      await send('CreateMultipartUpload', { Bucket: 'plain', Key: 'video.mp4' });
      const { Contents = [] } = (await send('ListMultipartUploads', { Bucket: 'plain' })) as {
        readonly Contents?: sdk._Object[];
      };
      expect(Contents.map(({ Key }) => Key)).toEqual(['video.mp4']);
    },
    says: 'The answer to ListMultipartUploads plain has 1 item in Uploads, and no Contents.',
  },
  {
    of: 'Versions of a listing of objects',
    async test() {
      const { Versions = [] } = (await send('ListObjectsV2', { Bucket: 'logs' })) as {
        readonly Versions?: sdk.ObjectVersion[];
      };
      expect(Versions.map(({ Key }) => Key)).toEqual(['log-10', 'log-8', 'log-9']);
    },
    says: 'The answer to ListObjectsV2 logs has 3 items in Contents, and no Versions.',
  },
  {
    of: 'the last key of a listing, which is not the newest',
    async test() {
      const { Contents = [] } = (await send('ListObjectsV2', { Bucket: 'logs' })) as sdk.ListObjectsV2Output;
      expect(Contents.at(-1)?.Key).toBe('log-10');
    },
    says: "ListObjectsV2 logs is in the order of the keys, and not of the dates: the newest of its objects is 'log-10', and the code took 'log-9'. Compare their LastModified.",
  },
  {
    of: 'the body of the last key of a listing',
    async test() {
      const { Contents = [] } = (await send('ListObjectsV2', { Bucket: 'logs' })) as sdk.ListObjectsV2Output;
      const { Body } = (await send('GetObject', { Bucket: 'logs', Key: Contents.at(-1)?.Key })) as {
        readonly Body?: { readonly transformToString: () => Promise<string> };
      };
      expect(await Body?.transformToString()).toBe('ten');
    },
    says: "the newest of its objects is 'log-10', and the code took 'log-9'",
  },
  {
    of: 'an ETag that KMS hides',
    async test() {
      const { ETag } = await send('PutObject', { Bucket: 'secret', Key: 'a.txt', Body: 'hello' });
      expect(ETag).toBe(`"${md5('hello')}"`);
    },
    says: "The ETag of PutObject secret/a.txt is not the MD5 of its bytes, since the object is encrypted by KMS. Compare the bytes, or a checksum: send ChecksumAlgorithm: 'SHA256' with the write.",
  },
  {
    of: 'an ETag of an event',
    async test() {
      const { ETag } = await send('PutObject', { Bucket: 'told', Key: 'a.txt', Body: 'hello' });
      expect(s3.events[0]?.record?.s3.object.eTag).toBe(ETag);
    },
    says: `An ETag is in quotation marks in an answer, and without them in an event: expect '${md5('hello')}', as ETag.slice(1, -1) makes it.`,
  },
  {
    of: 'the checksum of an upload in parts',
    async test() {
      const to = { Bucket: 'plain', Key: 'f.bin' };
      const { UploadId } = await send('CreateMultipartUpload', { ...to, ChecksumAlgorithm: 'SHA256' });
      const part = { ...to, UploadId, PartNumber: 1, Body: 'hello', ChecksumAlgorithm: 'SHA256' };
      const { ETag, ChecksumSHA256: sum } = await send('UploadPart', part);
      const Parts = [{ PartNumber: 1, ETag, ChecksumSHA256: sum }];
      const { ChecksumSHA256 } = await send('CompleteMultipartUpload', { ...to, UploadId, MultipartUpload: { Parts } });
      expect(ChecksumSHA256).toBe(sha256('hello'));
    },
    says: 'ends in -1, because it is the one of the checksums of 1 part, and not of the whole bytes. S3 has no SHA256 of the whole bytes of an upload in parts: compare the bytes, or write the object with one PutObject.',
  },
  {
    of: 'a batch that should reject',
    async test() {
      const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: '*' }] };
      const { credentials } = s3.account.user('lister', { policy: policy as never });
      const Delete = { Objects: [{ Key: 'hello.txt' }] };
      const clean = new sdk.DeleteObjectsCommand({ Bucket: 'plain', Delete });
      await expect(new sdk.S3Client({ credentials }).send(clean)).rejects.toThrow('AccessDenied');
    },
    says: '; the call is answered 200, and throws nothing: read Errors of its answer',
  },
  {
    of: 'a lock of another version, of a handle',
    async test() {
      await send('PutObjectLegalHold', { Bucket: 'cases', Key: 'case.pdf', LegalHold: { Status: 'ON' } });
      await send('PutObject', { Bucket: 'cases', Key: 'case.pdf', Body: 'more' });
      expect(s3.bucket('cases').object('case.pdf').legalHold).toBe('ON');
    },
    says: "A lock belongs to one version: the older version 'c1' is under a legal hold, and a new version is not. Send ObjectLockLegalHoldStatus: 'ON' with the write, or PutObjectLegalHold after it.",
  },
  {
    of: 'a lock of another version, of a HEAD',
    async test() {
      await send('PutObjectLegalHold', { Bucket: 'cases', Key: 'case.pdf', LegalHold: { Status: 'ON' } });
      await send('PutObject', { Bucket: 'cases', Key: 'case.pdf', Body: 'more' });
      const { ObjectLockLegalHoldStatus } = await send('HeadObject', { Bucket: 'cases', Key: 'case.pdf' });
      expect(ObjectLockLegalHoldStatus).toBe('ON');
    },
    says: "A lock belongs to one version: the older version 'c1' is under a legal hold, and a new version is not. Send ObjectLockLegalHoldStatus: 'ON' with the write, or PutObjectLegalHold after it.",
  },
  {
    of: 'a delete of a key that never existed',
    async test() {
      await send('DeleteObject', { Bucket: 'vault', Key: 'none.txt' });
      expect(s3.bucket('vault').versions('none.txt')).toEqual([]);
    },
    says: "A delete without a version id adds a delete marker in a bucket with versioning, also to a key without an object. To leave 'none.txt' as it is, delete it only if a HeadObject finds it; to remove a marker, delete it with its VersionId.",
  },
  {
    of: 'a delete that adds a version, of a handle',
    async test() {
      await send('DeleteObject', { Bucket: 'vault', Key: 'b.txt' });
      expect(s3.bucket('vault').versions('b.txt').length).toBe(1);
    },
    says: "A delete without a version id adds a delete marker, which is a version too: of the 2 versions of 'b.txt', one is a marker.",
  },
  {
    of: 'a write without versioning, of a handle',
    async test() {
      await send('PutObject', { Bucket: 'plain', Key: 'hello.txt', Body: 'bye' });
      expect(s3.bucket('plain').versions('hello.txt').length).toBe(2);
    },
    says: "Bucket 'plain' has no versioning, so each write replaces the object 'hello.txt'. Set versioning: 'Enabled' in its fixture to keep each write as a version.",
  },
];

describe('a mistake', () => {
  it.each(mistakes)('of $of', async ({ test, says, hides }) => {
    const screen = await screenOfTest(control, test);
    expect(screen).toContain(says);
    if (hides !== undefined) expect(screen).not.toContain(hides);
  });
});

/** Other failures with the same values. */
const others: readonly (Omit<Mistake, 'says'> & { readonly hides: string })[] = [
  {
    of: 'a host that no website led to',
    async test() {
      await fetch('http://www.s3-website-us-east-1.amazonaws.com/old', { redirect: 'manual' });
      await fetch('http://127.0.0.1:48620/new');
    },
    hides: 'which clients follow',
  },
  {
    of: 'a version id of another key than the source',
    async test() {
      const { VersionId } = await send('CopyObject', { Bucket: 'vault', Key: 'c.txt', CopySource: 'vault/a.txt' });
      expect(VersionId).toBe(s3.bucket('vault').newest('b.txt').versionId);
    },
    hides: 'the id of the source',
  },
  {
    of: 'the body of a version, in a bucket with rules',
    async test() {
      await send('PutObject', { Bucket: 'aged', Key: 'a.txt', Body: 'two' });
      s3.clock.advance({ days: 2 });
      expect(s3.bucket('aged').newest('a.txt').versionId).toBe('v1');
    },
    hides: 'By lifecycle',
  },
  {
    of: 'tags of an object, in a bucket with rules',
    async test() {
      await send('PutObject', { Bucket: 'aged', Key: 'a.txt', Body: 'two', Tagging: 'one=1&two=2' });
      s3.clock.advance({ days: 2 });
      expect(s3.bucket('aged').object('a.txt').tags).toEqual({ one: '1' });
    },
    hides: 'By lifecycle',
  },
  {
    of: 'a number that no handle has, in a bucket with rules',
    async test() {
      await send('PutObject', { Bucket: 'aged', Key: 'a.txt', Body: 'twelve bytes' });
      s3.clock.advance({ days: 2 });
      expect(s3.bucket('aged').object('a.txt').size).toBe(3);
    },
    hides: 'By lifecycle',
  },
  {
    of: 'a refusal, of a key that no request wrote',
    async test() {
      await send('GetObject', { Bucket: 'plain', Key: 'none.txt' });
    },
    hides: 'no request asked to write it',
  },
  {
    of: 'a computation, without a request or a handle',
    test: () => expect(1 + 1).toBe(3),
    hides: 'No request came',
  },
  {
    of: 'a key that a request deleted',
    async test() {
      await send('DeleteObject', { Bucket: 'plain', Key: 'hello.txt' });
      expect(s3.bucket('plain').current('hello.txt')?.size).toBe(5);
    },
    hides: 'no request asked to write it',
  },
  {
    of: 'a listing of which the code has taken some',
    async test() {
      await send('ListObjectsV2', { Bucket: 'logs' });
      expect(['log-8', 'log-9']).toEqual(['log-10', 'log-8', 'log-9']);
    },
    hides: 'and no Versions',
  },
  {
    of: 'a number that no list of the answer has',
    async test() {
      await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'a.txt' });
      expect([]).toHaveLength(3);
    },
    hides: 'and no Contents',
  },
  {
    of: 'a key in the middle of a listing',
    async test() {
      await send('ListObjectsV2', { Bucket: 'logs' });
      expect('log-8').toBe('log-10');
    },
    hides: 'the order of the keys',
  },
  {
    of: 'another object than the newest of a listing',
    async test() {
      await send('ListObjectsV2', { Bucket: 'logs' });
      expect('log-9').toBe('log-8');
    },
    hides: 'the order of the keys',
  },
  {
    of: 'an ETag of KMS and the MD5 of other bytes',
    async test() {
      const { ETag } = await send('PutObject', { Bucket: 'secret', Key: 'a.txt', Body: 'hello' });
      expect(ETag).toBe(`"${md5('bye')}"`);
    },
    hides: 'is not the MD5 of its bytes',
  },
  {
    of: 'an ETag that is the MD5',
    async test() {
      const { ETag } = await send('PutObject', { Bucket: 'plain', Key: 'a.txt', Body: 'bye' });
      expect(ETag).toBe(`"${md5('hello')}"`);
    },
    hides: 'is not the MD5 of its bytes',
  },
  {
    of: 'an ETag of an event and one of another object',
    async test() {
      await send('PutObject', { Bucket: 'told', Key: 'a.txt', Body: 'hello' });
      const { ETag } = await send('PutObject', { Bucket: 'told', Key: 'b.txt', Body: 'bye' });
      expect(s3.events[0]?.record?.s3.object.eTag).toBe(ETag);
    },
    hides: 'in quotation marks in an answer',
  },
  {
    of: 'a batch whose Errors a test reads',
    async test() {
      const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: '*' }] };
      const { credentials } = s3.account.user('lister', { policy: policy as never });
      const Delete = { Objects: [{ Key: 'hello.txt' }] };
      const clean = new sdk.DeleteObjectsCommand({ Bucket: 'plain', Delete });
      const { Errors = [] } = await new sdk.S3Client({ credentials }).send(clean);
      expect(Errors).toHaveLength(0);
    },
    hides: 'throws nothing',
  },
  {
    of: 'a hold that no version has',
    async test() {
      await send('PutObject', { Bucket: 'cases', Key: 'case.pdf', Body: 'more' });
      expect(s3.bucket('cases').object('case.pdf').legalHold).toBe('ON');
    },
    hides: 'A lock belongs',
  },
  {
    of: 'versions of a key with an object below a marker',
    async test() {
      await send('DeleteObject', { Bucket: 'vault', Key: 'b.txt' });
      expect(s3.bucket('vault').versions('b.txt')).toEqual([]);
    },
    hides: 'also to a key without an object',
  },
  {
    of: 'a number that the markers do not make',
    async test() {
      await send('DeleteObject', { Bucket: 'vault', Key: 'a.txt' });
      expect(s3.bucket('vault').versions('a.txt').length).toBe(1);
    },
    hides: 'which is a version too',
  },
  {
    of: 'the size of an object that a handle read',
    async test() {
      await send('PutObject', { Bucket: 'plain', Key: 'hello.txt', Body: 'x' });
      expect(s3.bucket('plain').object('hello.txt').size).toBe(2);
    },
    hides: 'each write replaces',
  },
  {
    of: 'metadata beyond Latin-1 after another request',
    async test() {
      await send('PutObject', { Bucket: 'plain', Key: 'c.txt', Body: 'x' });
      await send('PutObject', { Bucket: 'plain', Key: 'd.txt', Body: 'x', Metadata: { author: 'Łuk' } });
    },
    hides: 'No request came',
  },
  {
    of: 'the size of an object that has as many bytes as versions',
    async test() {
      await send('PutObject', { Bucket: 'aged', Key: 'a.txt', Body: 'xy' });
      s3.clock.advance({ days: 2 });
      expect(s3.bucket('aged').object('a.txt').size).toBe(1);
    },
    hides: 'By lifecycle',
  },
];

describe('another failure', () => {
  it.each(others)('of $of has none of these hints', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

describe('explain()', () => {
  it('says that no request came, and not that S3 refused none', async () => {
    expect(s3.requests.explain()).toMatch(/^No request came at all\. If the code under test should have sent one/);
    await send('GetObject', { Bucket: 'plain', Key: 'hello.txt' });
    expect(s3.requests.explain()).not.toContain('No request came');
  });
});

describe('a matcher', () => {
  it('says that a lock belongs to one version', async () => {
    const { message: before } = matchers.toBeLocked(s3.bucket('cases'), 'case.pdf');
    expect(before()).not.toContain('A lock belongs');
    await send('PutObjectLegalHold', { Bucket: 'cases', Key: 'case.pdf', LegalHold: { Status: 'ON' } });
    await send('PutObject', { Bucket: 'cases', Key: 'case.pdf', Body: 'more' });
    const { message } = matchers.toBeLocked(s3.bucket('cases'), 'case.pdf');
    expect(message()).toContain(
      "A lock belongs to one version: the older version 'c1' is under a legal hold, and a new version is not. Send ObjectLockLegalHoldStatus: 'ON' with the write, or PutObjectLegalHold after it.",
    );
  });

  it('says that a delete marks a key without an object', async () => {
    await send('DeleteObject', { Bucket: 'vault', Key: 'none.txt' });
    await send('DeleteObject', { Bucket: 'vault', Key: 'b.txt' });
    const messageOf = (key: string) => matchers.toHaveVersions(s3.bucket('vault'), key, []).message();
    expect(messageOf('none.txt')).toContain('also to a key without an object');
    expect(messageOf('b.txt')).not.toContain('also to a key without an object');
  });
});

describe('a cure', () => {
  it('of a stream of small chunks is a buffer', async () => {
    const put = () =>
      new sdk.PutObjectCommand({
        ...{ Bucket: 'plain', Key: 's.txt', ContentLength: 6 },
        Body: Readable.from(['one', 'two']),
      });
    await expect(new sdk.S3Client({ logger }).send(put())).rejects.toMatchObject({ name: 'InvalidChunkSizeError' });
    await new sdk.S3Client({ logger, requestStreamBufferSize: 65_536 }).send(put());
    expect(s3.bucket('plain').object('s.txt').text()).toBe('onetwo');
  });
});
