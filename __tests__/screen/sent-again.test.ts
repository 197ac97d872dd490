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

const retention = { Mode: 'COMPLIANCE', RetainUntilDate: '2030-01-01T00:00:00Z' } as const;

const isOpen = (bucket: string) =>
  ({
    publicAccessBlock: null,
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }],
    },
  }) as const;
const objects = {
  'old.html': { body: '', headers: { 'x-amz-website-redirect-location': '/new.html' } },
  'new.html': 'new',
};
const replicates = {
  Role: 'arn:aws:iam::000000000000:role/replication',
  Rules: [
    {
      ID: 'all',
      Priority: 1,
      Status: 'Enabled',
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Enabled' },
      Destination: { Bucket: 'arn:aws:s3:::replica' },
    },
  ],
} as const;
const corsRule = {
  AllowedOrigins: ['https://app.example.com'],
  AllowedMethods: ['GET', 'PUT'],
  AllowedHeaders: ['ETag', 'x-amz-meta-author'],
} as const;

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        plain: {
          objects: {
            'secret.txt': { body: 's', encryption: { ServerSideEncryption: 'aws:kms' } },
            'cold.txt': { body: 'c', storageClass: 'STANDARD_IA' },
            'old.html': { body: '', headers: { 'x-amz-website-redirect-location': '/new.html' } },
            'a.txt': 'a',
          },
        },
        logs: {},
        replica: { versioning: 'Enabled' },
        source: { versioning: 'Enabled', replication: replicates },
        ids: { versioning: 'Enabled', objects: { 'user-7': [{ body: 'ann', versionId: 'v1' }] } },
        moved: { ...isOpen('moved'), objects },
        www: { ...isOpen('www'), website: { RedirectAllRequestsTo: { HostName: 'shop.example.com' } } },
        private: { objects },
        docs: { ...isOpen('docs'), cors: { CORSRules: [corsRule] }, objects: { 'a.pdf': 'one' } },
        worm: {
          objectLock: true,
          objects: {
            'old.pdf': { body: 'x', versionId: 'o1', retention },
            'held.pdf': { body: 'x', legalHold: 'ON' },
            'free.pdf': 'y',
          },
        },
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
async function send(name: string, input: object, client = new sdk.S3Client({ maxAttempts: 1 })) {
  return (await client.send(makeCommand(name, input))) as unknown as Readonly<Record<string, unknown>>; // of any command
}

const checkLocked = (bucket: string, key: string) => expect(s3.bucket(bucket)).toBeLocked(key);

interface FailingTest {
  readonly of: string;
  readonly test: () => Promise<unknown>;
  readonly says: string;
}

/** Tests that fail for another reason, beside a request that could be sent again so. */
type OtherTest = Omit<FailingTest, 'says'> & { readonly hides: string };

const copies: readonly FailingTest[] = [
  {
    of: 'the encryption of its source, in a read',
    async test() {
      await send('CopyObject', { Bucket: 'logs', Key: 'secret.txt', CopySource: 'plain/secret.txt' });
      const { ServerSideEncryption } = await send('HeadObject', { Bucket: 'logs', Key: 'secret.txt' });
      expect(ServerSideEncryption).toBe('aws:kms');
    },
    says: "CopyObject logs/secret.txt: a copy does not take along the encryption of 'plain/secret.txt': name ServerSideEncryption: 'aws:kms' in the copy, and it has what the test expects.",
  },
  {
    of: 'the encryption of its source, in its answer',
    async test() {
      const copy = { Bucket: 'logs', Key: 'secret.txt', CopySource: 'plain/secret.txt' };
      expect(await send('CopyObject', copy)).toMatchObject({ ServerSideEncryption: 'aws:kms' });
    },
    says: "name ServerSideEncryption: 'aws:kms' in the copy",
  },
  {
    of: 'the key of its source',
    async test() {
      const key = s3.bucket('plain').object('secret.txt').encryption.SSEKMSKeyId;
      await send('CopyObject', { Bucket: 'logs', Key: 'secret.txt', CopySource: 'plain/secret.txt' });
      expect(s3.bucket('logs').object('secret.txt').encryption.SSEKMSKeyId).toBe(key);
    },
    says: "name ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'arn:aws:kms:",
  },
  {
    of: 'the storage class of its source',
    async test() {
      await send('CopyObject', { Bucket: 'logs', Key: 'cold.txt', CopySource: 'plain/cold.txt' });
      const { Contents } = (await send('ListObjectsV2', { Bucket: 'logs' })) as sdk.ListObjectsV2Output;
      expect(Contents?.[0]?.StorageClass).toBe('STANDARD_IA');
    },
    says: "CopyObject logs/cold.txt: a copy does not take along the storage class of 'plain/cold.txt': name StorageClass: 'STANDARD_IA' in the copy",
  },
  {
    of: 'the redirect of its source',
    async test() {
      await send('CopyObject', { Bucket: 'logs', Key: 'old.html', CopySource: 'plain/old.html' });
      const { WebsiteRedirectLocation } = await send('HeadObject', { Bucket: 'logs', Key: 'old.html' });
      expect(WebsiteRedirectLocation).toBe('/new.html');
    },
    says: "name WebsiteRedirectLocation: '/new.html' in the copy",
  },
  {
    of: 'the retention of its source, by the matcher',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/old.pdf?versionId=o1' });
      checkLocked('worm', 'new.pdf');
    },
    says: "CopyObject worm/new.pdf: a copy does not take along the retention of 'worm/old.pdf': name ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: '2030-01-01T00:00:00.000Z' in the copy, and it has what the test expects.",
  },
  {
    of: 'the retention of its source, by a read',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/old.pdf' });
      await send('GetObjectRetention', { Bucket: 'worm', Key: 'new.pdf' });
    },
    says: "GetObjectRetention worm/new.pdf: a copy does not take along the retention of 'worm/old.pdf': name ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: '2030-01-01T00:00:00.000Z' in the copy, and this request is answered.",
  },
  {
    of: 'the legal hold of its source',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/held.pdf' });
      const { ObjectLockLegalHoldStatus } = await send('HeadObject', { Bucket: 'worm', Key: 'new.pdf' });
      expect(ObjectLockLegalHoldStatus).toBe('ON');
    },
    says: "a copy does not take along the legal hold of 'worm/held.pdf': name ObjectLockLegalHoldStatus: 'ON' in the copy",
  },
];

const otherCopies: readonly OtherTest[] = [
  {
    of: 'another object that is read after it',
    async test() {
      await send('CopyObject', { Bucket: 'logs', Key: 'secret.txt', CopySource: 'plain/secret.txt' });
      const { ServerSideEncryption } = await send('HeadObject', { Bucket: 'plain', Key: 'a.txt' });
      expect(ServerSideEncryption).toBe('aws:kms');
    },
    hides: 'does not take along',
  },
  {
    of: 'something else that the source does not have either',
    async test() {
      await send('CopyObject', { Bucket: 'logs', Key: 'secret.txt', CopySource: 'plain/secret.txt' });
      const { ContentType, ServerSideEncryption } = await send('HeadObject', { Bucket: 'logs', Key: 'secret.txt' });
      expect({ ContentType, ServerSideEncryption }).toEqual({ ContentType: 'a/b', ServerSideEncryption: 'aws:kms' });
    },
    hides: 'does not take along',
  },
  {
    of: 'an object that was written again',
    async test() {
      await send('CopyObject', { Bucket: 'logs', Key: 'secret.txt', CopySource: 'plain/secret.txt' });
      await send('PutObject', { Bucket: 'logs', Key: 'secret.txt', Body: 'new' });
      const { ServerSideEncryption } = await send('HeadObject', { Bucket: 'logs', Key: 'secret.txt' });
      expect(ServerSideEncryption).toBe('aws:kms');
    },
    hides: 'does not take along',
  },
  {
    of: 'another key that has no lock',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/old.pdf' });
      checkLocked('worm', 'free.pdf');
    },
    hides: 'does not take along',
  },
  {
    of: 'another object, which a handle read after the copy',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/held.pdf' });
      expect(s3.bucket('worm').object('free.pdf').legalHold).toBe('ON');
    },
    hides: 'CopyObject worm/new.pdf: a copy',
  },
  {
    of: 'another object, which a handle read after the copy, and no loss',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/held.pdf' });
      expect(s3.bucket('worm').object('free.pdf').legalHold).toBe('ON');
    },
    hides: 'wrote a new object',
  },
  {
    of: 'what a copy has left behind, and what was never in its place',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/held.pdf' });
      expect(s3.bucket('worm').object('new.pdf').legalHold).toBe('ON');
    },
    hides: 'in place of one with',
  },
  {
    of: 'a source without a lock',
    async test() {
      await send('CopyObject', { Bucket: 'worm', Key: 'new.pdf', CopySource: 'worm/free.pdf' });
      checkLocked('worm', 'new.pdf');
    },
    hides: 'does not take along',
  },
  {
    of: 'a bucket that locks no objects',
    async test() {
      await send('CopyObject', { Bucket: 'logs', Key: 'new.pdf', CopySource: 'worm/old.pdf' });
      checkLocked('logs', 'new.pdf');
    },
    hides: 'does not take along',
  },
];

describe('a copy', () => {
  it.each(copies)('has not $of', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });
  it.each(otherCopies)('does not explain $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

const putsDefault = (Mode = 'COMPLIANCE') =>
  send('PutObjectLockConfiguration', {
    Bucket: 'worm',
    ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode, Years: 1 } } },
  });
const ofDefault =
  "a default retention locks what is written after it, and nothing that is there. 'free.pdf' would be locked if it were written again; PutObjectRetention locks the version that is there.";

const defaults: readonly FailingTest[] = [
  {
    of: 'by the matcher',
    async test() {
      await putsDefault();
      checkLocked('worm', 'free.pdf');
    },
    says: `PutObjectLockConfiguration worm: ${ofDefault}`,
  },
  {
    of: 'by the mode of a read',
    async test() {
      await putsDefault();
      const { ObjectLockMode } = await send('HeadObject', { Bucket: 'worm', Key: 'free.pdf' });
      expect(ObjectLockMode).toBe('COMPLIANCE');
    },
    says: `PutObjectLockConfiguration worm: ${ofDefault}`,
  },
  {
    of: 'by its retention',
    async test() {
      await putsDefault();
      await send('GetObjectRetention', { Bucket: 'worm', Key: 'free.pdf' });
    },
    says: `GetObjectRetention worm/free.pdf: PutObjectLockConfiguration worm came after it was written: ${ofDefault}`,
  },
];

const otherDefaults: readonly OtherTest[] = [
  {
    of: 'a configuration without a default',
    async test() {
      const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' };
      await send('PutObjectLockConfiguration', { Bucket: 'worm', ObjectLockConfiguration });
      checkLocked('worm', 'free.pdf');
    },
    hides: 'a default retention locks',
  },
  {
    of: 'another mode than the one that is expected',
    async test() {
      await putsDefault('GOVERNANCE');
      const { ObjectLockMode } = await send('HeadObject', { Bucket: 'worm', Key: 'free.pdf' });
      expect(ObjectLockMode).toBe('COMPLIANCE');
    },
    hides: 'a default retention locks',
  },
  {
    of: 'a legal hold, which a default does not set',
    async test() {
      await putsDefault();
      await send('GetObjectLegalHold', { Bucket: 'worm', Key: 'free.pdf' });
    },
    hides: 'a default retention locks',
  },
  {
    of: 'an object of another bucket',
    async test() {
      await putsDefault();
      checkLocked('plain', 'a.txt');
    },
    hides: 'a default retention locks',
  },
];

describe('an object that was there before a default retention', () => {
  it.each(defaults)('is not locked, $of', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });
  it.each(otherDefaults)('is no reason for $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

async function post(Fields: Record<string, string> = {}): Promise<number> {
  const signed = await createPresignedPost(new sdk.S3Client({}), { Bucket: 'logs', Key: 'me.jpg', Fields });
  const form = new FormData();
  for (const [name, value] of Object.entries(signed.fields)) form.append(name, value);
  form.append('file', new Blob(['jpeg']), 'me.jpg');
  return (await fetch(signed.url, { method: 'POST', body: form })).status;
}

const forms: readonly FailingTest[] = [
  {
    of: '200',
    async test() {
      expect(await post()).toBe(200);
    },
    says: "PostObject logs/me.jpg: S3 answers a form with 204, unless it has a field success_action_status. With '200' it would have answered 200: give createPresignedPost Fields: { success_action_status: '200' }, since the policy needs a condition on it.",
  },
  {
    of: '201',
    async test() {
      expect(await post()).toBe(201);
    },
    says: "With '201' it would have answered 201: give createPresignedPost Fields: { success_action_status: '201' }",
  },
];

const otherForms: readonly OtherTest[] = [
  {
    of: 'a status that no form asks for',
    async test() {
      expect(await post()).toBe(202);
    },
    hides: 'success_action_status',
  },
  {
    of: 'a form that names its status',
    async test() {
      expect(await post({ success_action_status: '201' })).toBe(200);
    },
    hides: 'unless it has a field',
  },
  {
    of: 'another request with that status',
    async test() {
      await post();
      const { $metadata } = await send('DeleteObject', { Bucket: 'logs', Key: 'me.jpg' });
      expect(($metadata as { httpStatusCode: number }).httpStatusCode).toBe(200);
    },
    hides: 'success_action_status',
  },
];

describe('the answer to a form', () => {
  it.each(forms)('is $of if the form says so', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });
  it.each(otherForms)('is no reason for $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

const claim = (Bucket: string, Key = 'user-7') => send('PutObject', { Bucket, Key, Body: 'bob', IfNoneMatch: '*' });

const conditions: readonly FailingTest[] = [
  {
    of: 'below a delete marker',
    async test() {
      await send('DeleteObject', { Bucket: 'ids', Key: 'user-7' });
      await expect(claim('ids')).rejects.toThrow('pre-conditions');
    },
    says: "PutObject ids/user-7: IfNoneMatch: '*' held, as the current version of the key was a delete marker. Without the marker it would have been refused, since version 'v1' is an object. No condition asks for older versions: ask ListObjectVersions first.",
  },
  {
    of: 'below two delete markers, by a copy',
    async test() {
      await send('DeleteObject', { Bucket: 'ids', Key: 'user-7' });
      await send('DeleteObject', { Bucket: 'ids', Key: 'user-7' });
      const copy = { Bucket: 'ids', Key: 'user-7', CopySource: 'plain/a.txt', IfNoneMatch: '*' };
      await expect(send('CopyObject', copy)).rejects.toThrow('pre-conditions');
    },
    says: "CopyObject ids/user-7: IfNoneMatch: '*' held, as the current version of the key was a delete marker.",
  },
  {
    of: 'without versioning',
    async test() {
      await send('DeleteObjects', { Bucket: 'plain', Delete: { Objects: [{ Key: 'a.txt' }] } });
      await expect(claim('plain', 'a.txt')).rejects.toThrow('pre-conditions');
    },
    says: "PutObject plain/a.txt: IfNoneMatch: '*' held, as DeleteObjects plain had deleted the object. Sent again, it would be refused.",
  },
];

const otherConditions: readonly OtherTest[] = [
  {
    of: 'a later request that should be refused',
    async test() {
      await send('DeleteObject', { Bucket: 'ids', Key: 'user-7' });
      await claim('ids');
      await expect(send('GetObject', { Bucket: 'ids', Key: 'user-7' })).rejects.toThrow('NoSuchKey');
    },
    hides: 'held',
  },
  {
    of: 'a key that nobody has deleted',
    async test() {
      await expect(claim('ids', 'user-8')).rejects.toThrow('AccessDenied');
    },
    hides: 'held',
  },
  {
    of: 'a test that waits for no refusal',
    async test() {
      await send('DeleteObject', { Bucket: 'ids', Key: 'user-7' });
      expect(await claim('ids')).toMatchObject({ VersionId: 'v1' });
    },
    hides: 'held',
  },
  {
    of: 'a delete marker above nothing',
    async test() {
      await send('DeleteObject', { Bucket: 'ids', Key: 'user-8' });
      await send('DeleteObject', { Bucket: 'ids', Key: 'user-8' });
      await expect(claim('ids', 'user-8')).rejects.toThrow('pre-conditions');
    },
    hides: 'Without the marker',
  },
];

describe('a condition that holds since an object is deleted', () => {
  it.each(conditions)('is explained by an object $of', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });
  it.each(otherConditions)('is no reason for $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

const create = (Bucket: string) => send('CreateBucket', { Bucket }, new sdk.S3Client({ region: 'us-east-1' }));
const ofRegion =
  'in us-east-1 S3 answers its owner with 200 if a bucket is created again, and only there. In another region, such as eu-west-1, it would have been refused: BucketAlreadyOwnedByYou.';

const otherCreations: readonly OtherTest[] = [
  {
    of: 'a bucket that is new',
    async test() {
      await expect(create('fresh')).rejects.toThrow();
    },
    hides: 'is created again',
  },
  {
    of: 'a bucket that was deleted in between',
    async test() {
      await create('fresh');
      await send('DeleteBucket', { Bucket: 'fresh' });
      await expect(create('fresh')).rejects.toThrow();
    },
    hides: 'is created again',
  },
  {
    of: 'another request that should be refused',
    async test() {
      await create('fresh');
      await create('fresh');
      await expect(send('ListObjectsV2', { Bucket: 'fresh' })).rejects.toThrow();
    },
    hides: 'is created again',
  },
];

describe('a bucket that is created again', () => {
  it('is refused in another region', async () => {
    const test = async () => {
      await create('fresh');
      await expect(create('fresh')).rejects.toThrow();
    };
    expect(await screenOfTest(control, test)).toContain(`CreateBucket fresh: ${ofRegion}`);
  });
  it.each(otherCreations)('is no reason for $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

const visit = async (path: string) =>
  (await fetch(`https://${path.replace('/', '.s3.us-east-1.amazonaws.com/')}`, { redirect: 'manual' })).status;

const redirects: readonly FailingTest[] = [
  {
    of: 'of an object, in a bucket without a website',
    async test() {
      expect(await visit('moved/old.html')).toBe(301);
    },
    says: "GetObject moved/old.html: x-amz-website-redirect-location counts at the host of the website alone. 'http://moved.s3-website-us-east-1.amazonaws.com/old.html' would have answered 301, once the bucket has a website: PutBucketWebsite.",
  },
  {
    of: 'of a website, where S3 refuses the request',
    async test() {
      expect(await visit('www/a.html')).toBe(301);
    },
    says: "GetObject www/a.html: the redirects of a bucket's website count at the host of the website alone. 'http://www.s3-website-us-east-1.amazonaws.com/a.html' would have answered 301.",
  },
];

const otherRedirects: readonly OtherTest[] = [
  {
    of: 'another status of a redirect',
    async test() {
      expect(await visit('moved/old.html')).toBe(307);
    },
    hides: 'at the host of the website alone',
  },
  {
    of: 'an object without a redirect',
    async test() {
      expect(await visit('moved/new.html')).toBe(301);
    },
    hides: 'at the host of the website alone',
  },
  {
    of: 'a redirect that nobody may read',
    async test() {
      expect(await visit('private/old.html')).toBe(301);
    },
    hides: 'at the host of the website alone',
  },
  {
    of: 'an answer without a redirect',
    async test() {
      expect(await visit('moved/old.html')).toBe(404);
    },
    hides: 'at the host of the website alone',
  },
];

describe('a redirect', () => {
  it.each(redirects)('is answered at the host of the website: $of', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });
  it.each(otherRedirects)('is no reason for $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

const address = 'https://docs.s3.us-east-1.amazonaws.com/a.pdf';
const Origin = 'https://app.example.com';
const exposes = 'access-control-expose-headers';
const headersOf = async (headers: Readonly<Record<string, string>> = {}) => (await fetch(address, { headers })).headers;
const putCors = (rule: object) => {
  s3.bucket('docs').cors = { CORSRules: [{ ...corsRule, ...rule }] };
};

const crossings: readonly FailingTest[] = [
  {
    of: 'a name among the AllowedHeaders',
    async test() {
      expect((await headersOf({ Origin })).get(exposes)).toContain('ETag');
    },
    says: "GetObject docs/a.pdf: AllowedHeaders of its CORS rule are headers that a page may send, and ExposeHeaders are those that it may read. With ExposeHeaders: ['ETag'] the answer would have had access-control-expose-headers.",
  },
  {
    of: 'the name that the test expects',
    async test() {
      putCors({ AllowedHeaders: ['*'] });
      expect((await headersOf({ Origin })).get(exposes)).toBe('x-amz-version-id');
    },
    says: "With ExposeHeaders: ['x-amz-version-id'] the answer would have had",
  },
  {
    of: 'the ETag of a presigned upload',
    async test() {
      const put = new sdk.PutObjectCommand({ Bucket: 'docs', Key: 'b.pdf' });
      const url = await getSignedUrl(new sdk.S3Client({}), put);
      const { headers } = await fetch(url, { method: 'PUT', body: 'x', headers: { Origin } });
      expect(headers.get(exposes)).toBe('ETag');
    },
    says: 'PutObject docs/b.pdf: AllowedHeaders of its CORS rule are headers that a page may send',
  },
  {
    of: 'an Origin that the test expects in the answer',
    async test() {
      expect((await headersOf()).get('access-control-allow-origin')).toBe(Origin);
    },
    says: "GetObject docs/a.pdf: S3 answers with headers of CORS only if the request has an Origin, which a browser sends by itself. With Origin: 'https://app.example.com' the answer would have had what the test expects.",
  },
  {
    of: 'an Origin of a rule for all',
    async test() {
      putCors({ AllowedOrigins: ['*'] });
      expect((await headersOf()).get('access-control-allow-origin')).toBe('*');
    },
    says: "With Origin: 'https://www.example.com' the answer would have had what the test expects.",
  },
  {
    of: 'an Origin for exposed headers',
    async test() {
      putCors({ AllowedOrigins: ['https://*.example.com'], ExposeHeaders: ['ETag'] });
      expect((await headersOf()).get(exposes)).toBe('ETag');
    },
    says: "With Origin: 'https://www.example.com' the answer would have had what the test expects.",
  },
];

const otherCrossings: readonly OtherTest[] = [
  {
    of: 'another origin',
    async test() {
      expect((await headersOf({ Origin: 'https://other.example.com' })).get(exposes)).toContain('ETag');
    },
    hides: 'AllowedHeaders',
  },
  {
    of: 'an origin that no rule allows',
    async test() {
      expect((await headersOf()).get('access-control-allow-origin')).toBe('https://other.example.com');
    },
    hides: 'has an Origin',
  },
  {
    of: 'a header that no answer has',
    async test() {
      expect((await headersOf({ Origin })).get(exposes)).toBe('x-request-number');
    },
    hides: 'AllowedHeaders',
  },
  {
    of: 'a value that is there, and another',
    async test() {
      expect((await headersOf({ Origin })).get('access-control-allow-origin')).toBe('ETag');
    },
    hides: 'AllowedHeaders',
  },
  {
    of: 'metadata that the object does not have, where the rule allows it in requests',
    async test() {
      putCors({ AllowedHeaders: ['x-amz-meta-author', 'content-type'] });
      expect((await headersOf({ Origin })).get('x-amz-meta-author')).toContain('ann');
    },
    hides: 'AllowedHeaders',
  },
  {
    of: 'a request without a page that reads no header',
    async test() {
      expect(await (await fetch(address)).text()).toBe('https://app.example.com');
    },
    hides: 'has an Origin',
  },
];

describe('headers of CORS', () => {
  it.each(crossings)('are there with $of', async ({ test, says }) => {
    expect(await screenOfTest(control, test)).toContain(says);
  });
  it.each(otherCrossings)('are no reason for $of', async ({ test, hides }) => {
    expect(await screenOfTest(control, test)).not.toContain(hides);
  });
});

/** Writes an object, lets S3 copy it, and deletes its version. */
async function erase(): Promise<{ readonly Bucket: string; readonly Key: string; readonly VersionId: unknown }> {
  const at = { Bucket: 'source', Key: 'ann' };
  const { VersionId } = await send('PutObject', { ...at, Body: 'data' });
  s3.clock.advance({ minutes: 30 });
  await send('DeleteObject', { ...at, VersionId });
  s3.clock.advance({ minutes: 30 });
  return { ...at, Bucket: 'replica', VersionId };
}

const ofReplica =
  /^DeleteObject source\/ann: S3 never replicates the delete of a version, so bucket 'replica' still has the version '[^']+' of the key: delete it there as well, by the same VersionId\.$/m;

const replicas: readonly Omit<FailingTest, 'says'>[] = [
  {
    of: 'the versions of the replica',
    async test() {
      await erase();
      expect(s3.bucket('replica').versions('ann')).toEqual([]);
    },
  },
  {
    of: 'the matcher of the versions',
    async test() {
      await erase();
      expect(s3.bucket('replica')).toHaveVersions('ann', []);
    },
  },
  {
    of: 'the matcher of an object',
    async test() {
      await erase();
      expect(s3.bucket('replica')).not.toHaveObject('ann');
    },
  },
  {
    of: 'a read of the replica',
    async test() {
      const at = await erase();
      await expect(send('GetObject', at)).rejects.toThrow();
    },
  },
  {
    of: 'the number of keys in the replica',
    async test() {
      await erase();
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'replica' });
      expect(KeyCount).toBe(0);
    },
  },
];

const otherReplicas: readonly Omit<OtherTest, 'hides'>[] = [
  {
    of: 'an expected replica',
    async test() {
      const { VersionId } = await erase();
      expect(s3.bucket('replica').current('ann')).toMatchObject({ versionId: VersionId, size: 5 });
    },
  },
  {
    of: 'an expected replica, by the matcher',
    async test() {
      await erase();
      expect(s3.bucket('replica')).toHaveObject('ann', { size: 5 });
    },
  },
  {
    of: 'a read of another key',
    async test() {
      await erase();
      await send('PutObject', { Bucket: 'replica', Key: 'b', Body: 'b' });
      await expect(send('GetObject', { Bucket: 'replica', Key: 'b' })).rejects.toThrow();
    },
  },
  {
    of: 'another comparison',
    async test() {
      await erase();
      expect('one').toBe('two');
    },
  },
  {
    of: 'a replica that was deleted as well',
    async test() {
      await send('DeleteObject', await erase());
      await send('PutObject', { Bucket: 'replica', Key: 'ann', Body: 'new' });
      const { KeyCount } = await send('ListObjectsV2', { Bucket: 'replica' });
      expect(KeyCount).toBe(0);
    },
  },
];

describe('the replica of a version that is deleted', () => {
  it.each(replicas)('is still there, by $of', async ({ test }) => {
    expect(await screenOfTest(control, test)).toMatch(ofReplica);
  });
  it.each(otherReplicas)('is no reason for $of', async ({ test }) => {
    expect(await screenOfTest(control, test)).not.toContain('never replicates');
  });
});
