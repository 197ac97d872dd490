import { createHash } from 'node:crypto';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from '@jest/globals';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let control: MockControl;
let s3: MockS3;

const byKms = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] } as const;
const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      vault: { versioning: 'Enabled' },
      media: { objects: { 'a.jpg': 'a' } },
      sealed: { encryption: byKms, objects: { 'fix.txt': { body: 'same', encryption: 'aws:kms' } } },
    },
  },
  (started) => {
    control = started;
    s3 = started.mock;
  },
);

const put = (Bucket: string, Key: string, Body = 'body') => send('PutObject', { Bucket, Key, Body });

/** Runs a hook as runners do that tell of it. */
async function beforeEachOfTest(hook: () => unknown): Promise<void> {
  let isInBeforeEach = true;
  control.lifetime.setRunner({ testIsRunning: () => true, isInBeforeEach: () => isInBeforeEach });
  control.lifetime.beginTest();
  await hook();
  isInBeforeEach = false;
}

const arrangeOne = () => beforeEachOfTest(() => put('vault', 'seed.txt'));
const ofOne =
  "1 of the 2 requests was sent by beforeEach: PutObject vault/seed.txt. End that beforeEach with s3.requests.clear(), or write there by a handle, which sends none: s3.bucket('vault').put('seed.txt', …).";
const ofHook = 'sent by beforeEach';

tryAll(
  'requests of beforeEach that a test counts',
  [
    {
      of: 'by toHaveReceivedTimes',
      async test() {
        await arrangeOne();
        await put('vault', 'a.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      says: ofOne,
    },
    {
      of: 'by expectTimes with an input',
      async test() {
        await beforeEachOfTest(() => Promise.all([put('vault', 'seed.txt'), put('media', 'seed.jpg')]));
        await put('vault', 'a.txt');
        s3.requests.expectTimes('PutObject', 1, { Bucket: 'vault' });
      },
      says: ofOne,
    },
    {
      of: 'by the length of all requests',
      async test() {
        await arrangeOne();
        await put('vault', 'a.txt');
        expect(s3.requests).toHaveLength(1);
      },
      says: ofOne,
    },
    {
      of: 'by the number of those of an operation',
      async test() {
        await beforeEachOfTest(async () => {
          await put('vault', 'seed.txt');
          await send('HeadBucket', { Bucket: 'vault' });
        });
        await put('vault', 'a.txt');
        expect(s3.requests.of('PutObject').length).toBe(1);
      },
      says: ofOne,
    },
    {
      of: 'by their keys',
      async test() {
        await arrangeOne();
        await put('vault', 'a.txt');
        expect(s3.requests.of('PutObject').map(({ key }) => key)).toEqual(['a.txt']);
      },
      says: ofOne,
    },
    {
      of: 'by their operations',
      async test() {
        await arrangeOne();
        await send('HeadBucket', { Bucket: 'vault' });
        expect(s3.requests.map(({ operation }) => operation)).toEqual(['HeadBucket']);
      },
      says: ofOne,
    },
    {
      of: 'by not.toHaveReceived',
      async test() {
        await arrangeOne();
        expect(s3).not.toHaveReceived('PutObject');
      },
      says: 'The request was sent by beforeEach: PutObject vault/seed.txt. End that beforeEach with s3.requests.clear()',
    },
    {
      of: 'by toHaveReceivedOnly',
      async test() {
        await beforeEachOfTest(() => send('CreateBucket', { Bucket: 'new-bucket' }));
        await put('new-bucket', 'a.txt');
        expect(s3).toHaveReceivedOnly('PutObject');
      },
      says: 'The request was sent by beforeEach: CreateBucket new-bucket. End that beforeEach with s3.requests.clear(), or prepare the bucket by the options of mockS3 or by its handle, which send none.',
    },
    {
      of: 'by toHaveReceivedNth',
      async test() {
        await arrangeOne();
        await put('vault', 'a.txt');
        expect(s3).toHaveReceivedNth(1, 'PutObject', { Key: 'a.txt' });
      },
      says: 'The request was sent by beforeEach: PutObject vault/seed.txt.',
    },
    {
      of: 'if they are many',
      async test() {
        await beforeEachOfTest(() => Promise.all(['a', 'b', 'c', 'd'].map((key) => put('vault', key))));
        await put('vault', 'e');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      says: ', others. End that beforeEach with s3.requests.clear()',
    },
  ],
  [
    {
      of: 'a request too many that the test itself has sent',
      async test() {
        await arrangeOne();
        await put('vault', 'a.txt');
        await put('vault', 'b.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'a request that is missing',
      async test() {
        await arrangeOne();
        expect(s3).toHaveReceivedTimes('PutObject', 2);
      },
      hides: ofHook,
    },
    {
      of: 'a hook that has cleared the requests',
      async test() {
        await beforeEachOfTest(async () => {
          await put('vault', 'seed.txt');
          s3.requests.clear();
        });
        await put('vault', 'a.txt');
        await put('vault', 'b.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'a hook of an earlier test',
      async test() {
        await arrangeOne();
        await beforeEachOfTest(() => undefined);
        await put('vault', 'a.txt');
        await put('vault', 'b.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'a runner that tells of no hooks',
      async test() {
        await put('vault', 'seed.txt');
        await put('vault', 'a.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'requests of another bucket',
      async test() {
        await beforeEachOfTest(() => put('media', 'seed.jpg'));
        await put('vault', 'a.txt');
        await put('vault', 'b.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1, { Bucket: 'vault' });
      },
      hides: ofHook,
    },
    {
      of: 'a request that the test did not want, beside one of the hook',
      async test() {
        await arrangeOne();
        await put('vault', 'a.txt');
        expect(s3).not.toHaveReceived('PutObject');
      },
      hides: ofHook,
    },
    {
      of: 'the number of versions of an answer',
      async test() {
        await arrangeOne();
        await put('vault', 'seed.txt');
        const { Entries, Versions = Entries } = (await send('ListObjectVersions', { Bucket: 'vault' })) as Record<
          string,
          unknown[]
        >;
        expect(Versions?.length).toBe(1);
      },
      hides: ofHook,
    },
    {
      of: 'the number of versions that a handle has',
      async test() {
        await arrangeOne();
        await put('vault', 'seed.txt');
        expect(s3.bucket('vault').versions('seed.txt').length).toBe(1);
      },
      hides: ofHook,
    },
    {
      of: 'keys of the bucket',
      async test() {
        await arrangeOne();
        await put('vault', 'a.txt');
        expect(s3.bucket('vault').keys).toEqual(['seed.txt']);
      },
      hides: ofHook,
    },
  ],
);

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Uploads a text unless its ETag is the one that the code makes of the text. */
async function sync(Bucket: string, Key: string, Body: string, makeTag = (text: string) => `"${md5(text)}"`) {
  const head = await send('HeadObject', { Bucket, Key }).catch(() => undefined);
  if (head?.['ETag'] === makeTag(Body)) return 'unchanged';
  await put(Bucket, Key, Body);
  return 'uploaded';
}

async function uploadInParts(Bucket: string, Key: string, bodies: readonly string[]): Promise<void> {
  const { UploadId } = await send('CreateMultipartUpload', { Bucket, Key });
  const Parts = [];
  for (const [index, Body] of bodies.entries()) {
    const { ETag } = await send('UploadPart', { Bucket, Key, UploadId, PartNumber: index + 1, Body });
    Parts.push({ ETag, PartNumber: index + 1 });
  }
  await send('CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts } });
}

const hadAlready = 'wrote the bytes that the object had already';

tryAll(
  'the bytes that an object had already',
  [
    {
      of: 'from an upload in parts',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await sync('vault', 'a.txt', 'same');
        expect(s3).not.toHaveReceived('PutObject');
      },
      says: `PutObject vault/a.txt ${hadAlready}. The ETag that HeadObject vault/a.txt answered is not the MD5 of the bytes, since the object was uploaded in 1 part: where the code compares both, compare a checksum`,
    },
    {
      of: 'from an upload in parts to a bucket that keeps no versions',
      async test() {
        await uploadInParts('media', 'a.txt', ['same']);
        expect(await sync('media', 'a.txt', 'same')).toBe('unchanged');
      },
      says: `PutObject media/a.txt ${hadAlready}.`,
    },
    {
      of: 'from the fixture',
      async test() {
        await sync('sealed', 'fix.txt', 'same');
        expect(s3).not.toHaveReceived('PutObject');
      },
      says: `PutObject sealed/fix.txt ${hadAlready}. The ETag that HeadObject sealed/fix.txt answered is not the MD5 of the bytes, since the object is encrypted by KMS`,
    },
    {
      of: 'from the fixture, without the checksum of the code',
      async test() {
        await send('HeadObject', { Bucket: 'media', Key: 'a.jpg' });
        await send('PutObject', { Bucket: 'media', Key: 'a.jpg', Body: 'a', ChecksumAlgorithm: 'SHA256' });
        expect(s3).not.toHaveReceived('PutObject');
      },
      says: "If the code compares ChecksumSHA256 of HeadObject media/a.jpg: the object had none, because no PutObject had written it with ChecksumAlgorithm: 'SHA256'. Let the test arrange it by such a PutObject, and send ChecksumMode: 'ENABLED' with HeadObject.",
    },
    {
      of: 'where the code compares the ETag without its quotation marks',
      async test() {
        await sync('vault', 'a.txt', 'same', md5);
        expect(await sync('vault', 'a.txt', 'same', md5)).toBe('unchanged');
      },
      says: `${hadAlready}. The ETag that HeadObject vault/a.txt answered is the MD5 of the bytes, in quotation marks: if the code compares the ETag, compare it with '"${md5('same')}"'.`,
    },
    {
      of: 'where it has asked for the checksum',
      async test() {
        const input = { Bucket: 'vault', Key: 'a.txt', Body: 'same', ChecksumAlgorithm: 'SHA256' };
        await send('PutObject', input);
        await send('HeadObject', { Bucket: 'vault', Key: 'a.txt', ChecksumMode: 'ENABLED' });
        await send('PutObject', input);
        expect('uploaded').toBe('unchanged');
      },
      says: 'is the MD5 of the bytes, in quotation marks, and ChecksumSHA256 is in base64: if the code compares the ETag',
    },
  ],
  [
    {
      of: 'other bytes than those of the parts',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await sync('vault', 'a.txt', 'other');
        expect(s3).not.toHaveReceived('PutObject');
      },
      hides: hadAlready,
    },
    {
      of: 'other metadata than that of the parts',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await send('HeadObject', { Bucket: 'vault', Key: 'a.txt' });
        await send('PutObject', { Bucket: 'vault', Key: 'a.txt', Body: 'same', Metadata: { of: 'ann' } });
        expect(s3).not.toHaveReceived('PutObject');
      },
      hides: hadAlready,
    },
    {
      of: 'a handle that has written other bytes between two equal writes',
      async test() {
        await sync('sealed', 'b.txt', 'same');
        s3.bucket('sealed').put('b.txt', 'other');
        await sync('sealed', 'b.txt', 'same');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: hadAlready,
    },
    {
      of: 'a handle that has written other bytes, where the code compares a checksum',
      async test() {
        const input = { Bucket: 'vault', Key: 'a.txt', Body: 'same', ChecksumAlgorithm: 'SHA256' };
        await send('PutObject', input);
        s3.bucket('vault').put('a.txt', 'other');
        await send('HeadObject', { Bucket: 'vault', Key: 'a.txt' });
        await send('PutObject', input);
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: hadAlready,
    },
    {
      of: 'a rule of lifecycle that has removed the object between the read and the write',
      async test() {
        const Rules = [{ ID: 'all', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }];
        await send('PutBucketLifecycleConfiguration', { Bucket: 'sealed', LifecycleConfiguration: { Rules } });
        await put('sealed', 'b.txt', 'same');
        await send('HeadObject', { Bucket: 'sealed', Key: 'b.txt' });
        s3.clock.advance({ days: 3 });
        await put('sealed', 'b.txt', 'same');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: hadAlready,
    },
    {
      of: 'an object that the code has read whole',
      async test() {
        await put('vault', 'a.txt', 'same');
        await send('GetObject', { Bucket: 'vault', Key: 'a.txt' });
        await put('vault', 'a.txt', 'same');
        expect('uploaded').toBe('unchanged');
      },
      hides: hadAlready,
    },
    {
      of: 'a write that the test counts, and that other code can have sent',
      async test() {
        await sync('vault', 'a.txt', 'same');
        await sync('vault', 'a.txt', 'same');
        await put('vault', 'a.txt', 'same');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: hadAlready,
    },
    {
      of: 'a test that expects both writes',
      async test() {
        await sync('sealed', 'b.txt', 'same');
        await sync('sealed', 'b.txt', 'same');
        expect(s3).toHaveReceivedTimes('PutObject', 3);
      },
      hides: hadAlready,
    },
  ],
);

const ofLate = 'forEach does not wait for an async function';
/** Fails as an assertion does whose test goes on without waiting for its code. */
async function failBefore(calls: () => Promise<unknown>, assertion: () => void): Promise<void> {
  try {
    assertion();
  } finally {
    await calls();
  }
}

tryAll(
  'requests that nobody awaits',
  [
    {
      of: 'which an assertion has missed',
      test: () =>
        failBefore(
          () => Promise.all(['a', 'b'].map((key) => put('vault', key))),
          () => s3.requests.expectTimes('PutObject', 2),
        ),
      says: 'and 1 other request came when the assertion had failed. Await the code before it, in the test and in each function around it: forEach does not wait for an async function, so write for…of',
    },
    {
      of: 'one of which had come',
      async test() {
        await put('vault', 'a');
        await failBefore(
          () => put('vault', 'b'),
          () => s3.requests.expectTimes('PutObject', 2),
        );
      },
      says: 'PutObject vault/b came when the assertion had failed.',
    },
    {
      of: 'whose object an assertion has missed',
      async test() {
        await send('HeadBucket', { Bucket: 'vault' });
        await failBefore(
          () => put('vault', 'a'),
          () => expect(s3.bucket('vault')).toHaveObject('a'),
        );
      },
      says: 'PutObject vault/a came when the assertion had failed.',
    },
    {
      of: 'before which the test has read the keys',
      async test() {
        await send('HeadBucket', { Bucket: 'vault' });
        await failBefore(
          () => put('vault', 'new.txt'),
          () => expect(s3.bucket('vault').keys).toEqual(['new.txt']),
        );
      },
      says: "The test read s3.bucket('vault') before PutObject vault/new.txt came. If the assertion compares what it read, read it later: await the code before it, in the test and in each function around it: forEach",
    },
    {
      of: 'before which the test has counted the keys',
      test: () =>
        failBefore(
          () => put('vault', 'new.txt'),
          () => expect(s3.bucket('vault').keys.length).toBe(1),
        ),
      says: "The test read s3.bucket('vault') before PutObject vault/new.txt came.",
    },
  ],
  [
    {
      of: 'a request of another operation',
      test: () =>
        failBefore(
          () => send('DeleteObject', { Bucket: 'vault', Key: 'a' }),
          () => s3.requests.expect('PutObject'),
        ),
      hides: ofLate,
    },
    {
      of: 'a request that the test did not want',
      async test() {
        await put('vault', 'a');
        await failBefore(
          () => put('vault', 'b'),
          () => s3.requests.expectNone('PutObject'),
        );
      },
      hides: ofLate,
    },
    {
      of: 'more requests than the test has expected',
      async test() {
        await put('vault', 'a');
        await put('vault', 'b');
        await failBefore(
          () => put('vault', 'c'),
          () => s3.requests.expectTimes('PutObject', 1),
        );
      },
      hides: ofLate,
    },
    {
      of: 'an object of another key',
      async test() {
        await send('HeadBucket', { Bucket: 'vault' });
        await failBefore(
          () => put('vault', 'b'),
          () => expect(s3.bucket('vault')).toHaveObject('a'),
        );
      },
      hides: ofLate,
    },
    {
      of: 'a key that is not there now, either',
      test: () =>
        failBefore(
          () => put('vault', 'other.txt'),
          () => expect(s3.bucket('vault').keys).toEqual(['new.txt']),
        ),
      hides: ofLate,
    },
    {
      of: 'a write to another bucket',
      test: () =>
        failBefore(
          () => put('media', 'new.txt'),
          () => expect(s3.bucket('vault').keys).toEqual(['new.txt']),
        ),
      hides: ofLate,
    },
    {
      of: 'a read of all requests',
      async test() {
        await put('vault', 'new.txt');
        expect(s3.bucket('vault').keys).toEqual(['other.txt']);
      },
      hides: ofLate,
    },
  ],
);

async function fetchLink(signingDate: Date): Promise<void> {
  const command = new GetObjectCommand({ Bucket: 'media', Key: 'a.jpg' });
  const url = await getSignedUrl(new S3Client({ region: 'us-east-1' }), command, { expiresIn: 3600, signingDate });
  expect((await fetch(url)).status).toBe(200);
}

const ofDate = 'with the time that it has then, such as with signingDate: s3.clock.now(), or move it less.';

tryAll(
  'a URL that was signed with an older date than that of the clock',
  [
    {
      of: 'after the clock was moved',
      async test() {
        s3.clock.advance({ days: 10 });
        await fetchLink(new Date('2026-03-01T12:00:00Z'));
      },
      says: `Sign after the clock was moved, ${ofDate}`,
    },
  ],
  [
    {
      of: 'a date so old that no move of the clock made it so',
      async test() {
        s3.clock.advance({ days: 1 });
        await fetchLink(new Date('2020-01-01T12:00:00Z'));
      },
      hides: ofDate,
    },
    { of: 'a clock that stands', test: () => fetchLink(new Date('2020-01-01T12:00:00Z')), hides: ofDate },
  ],
);
