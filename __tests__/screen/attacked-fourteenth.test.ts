import { createHash } from 'node:crypto';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it, jest } from '@jest/globals';
import { S3 } from 'aws-sdk';
import { findUniqueName } from '../../src/border/test-names';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let control: MockControl;
let s3: MockS3;

const queue = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const tagOfParts = '0123456789abcdef0123456789abcdef-2';
const rules = [{ AllowedOrigins: ['https://app.example.com'], AllowedMethods: ['GET' as const] }];

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    pageSize: 2,
    buckets: {
      vault: {
        versioning: 'Enabled',
        notification: { QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectCreated:*'] }] },
      },
      media: { objects: { 'a.jpg': 'a', 'big.bin': { body: 'big', etag: tagOfParts } } },
      conf: { objects: { 'rules.json': '{}' }, cors: { CORSRules: rules } },
      open: {
        objects: { 'rules.json': '{}' },
        cors: { CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['PUT'] }] },
      },
      films: {},
      data: { objects: { 'tenants/acme/a': '1', 'tenants/acme/b': '2', 'tenants/zeta/a': '3' } },
      mixed: { objects: { 'f/a/1': '1', 'f/b/1': '2', 'f/z.txt': '4' } },
    },
  },
  (started) => {
    control = started;
    s3 = started.mock;
  },
);

const put = (Bucket: string, Key: string, Body = 'body', more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const get = (Bucket: string, Key: string) => send('GetObject', { Bucket, Key });
const head = (Bucket: string, Key: string, more: object = {}) => send('HeadObject', { Bucket, Key, ...more });
const ignore = () => undefined;

/** Runs a hook as runners do that tell of it. */
async function beforeEachOfTest(hook: () => unknown): Promise<void> {
  let isInBeforeEach = true;
  control.lifetime.setRunner({ testIsRunning: () => true, isInBeforeEach: () => isInBeforeEach });
  control.lifetime.beginTest();
  await hook();
  isInBeforeEach = false;
}

const ofHook = 'sent by beforeEach';

tryAll(
  'requests of beforeEach that a test counts',
  [
    {
      of: 'a read of another key than that of the hook',
      async test() {
        await beforeEachOfTest(() => get('conf', 'rules.json'));
        await get('media', 'a.jpg');
        expect(s3).toHaveReceivedTimes('GetObject', 1);
      },
      says: ofHook,
    },
    {
      of: 'new bytes of the key of the hook',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt', 'one'));
        await put('vault', 'a.txt', 'two');
        expect(s3.requests.of('PutObject')).toHaveLength(1);
      },
      says: ofHook,
    },
    {
      of: 'the requests after a read by a handle',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt'));
        await put('vault', 'b.txt');
        expect(s3.bucket('vault').keys).toEqual(['a.txt', 'b.txt']);
        expect(s3.requests.of('PutObject').map(({ key }) => key)).toEqual(['b.txt']);
      },
      says: ofHook,
    },
  ],
  [
    {
      of: 'a cache that the hook has filled, and that the code does not use',
      async test() {
        await beforeEachOfTest(() => get('conf', 'rules.json'));
        await get('conf', 'rules.json');
        expect(s3).toHaveReceivedTimes('GetObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'a cache whose requests the test counts itself',
      async test() {
        await beforeEachOfTest(() => get('conf', 'rules.json'));
        await get('conf', 'rules.json');
        expect(s3.requests.of('GetObject').length).toBe(1);
      },
      hides: ofHook,
    },
    {
      of: 'an upload of the hook that the code repeats',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt', 'same'));
        await put('vault', 'a.txt', 'same');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'the calls of a spy',
      async test() {
        const spy = jest.fn();
        await beforeEachOfTest(async () => {
          await put('vault', 'seed.txt');
          spy();
        });
        await put('vault', 'a.txt');
        spy();
        expect(spy).toHaveBeenCalledTimes(1);
      },
      hides: ofHook,
    },
    {
      of: 'events',
      async test() {
        await beforeEachOfTest(() => put('vault', 'seed.txt'));
        await put('vault', 'a.txt');
        expect(s3.events).toHaveLength(1);
      },
      hides: ofHook,
    },
    {
      of: 'the keys of events',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt'));
        await put('vault', 'b.txt');
        expect(s3.events.map(({ key }) => key)).toEqual(['b.txt']);
      },
      hides: ofHook,
    },
    {
      of: 'the keys of a listing',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt'));
        await put('vault', 'b.txt');
        const { Contents = [] as { Key: string }[] } = await send('ListObjectsV2', { Bucket: 'vault' });
        expect(Contents.map(({ Key }) => Key)).toEqual(['b.txt']);
      },
      hides: ofHook,
    },
    {
      of: 'the keys that a handle has',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt'));
        await put('vault', 'b.txt');
        expect(s3.bucket('vault').keys).toEqual(['b.txt']);
      },
      hides: ofHook,
    },
    {
      of: 'a counter that the code keeps in an object',
      async test() {
        await beforeEachOfTest(() => put('vault', 'counter.json', '{"count":1}'));
        await put('vault', 'counter.json', '{"count":2}');
        expect(2).toBe(1);
      },
      hides: ofHook,
    },
    {
      of: 'a request of another program of the test itself, by a presigned URL',
      async test() {
        await beforeEachOfTest(() => get('media', 'a.jpg'));
        const command = new GetObjectCommand({ Bucket: 'media', Key: 'a.jpg' });
        await fetch(await getSignedUrl(new S3Client({ region: 'us-east-1' }), command));
        expect(s3).toHaveReceivedTimes('GetObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'a call that the SDK repeats after a rule of the test',
      async test() {
        s3.on('GetObject').fail('SlowDown', { times: 1 } as never);
        await beforeEachOfTest(() => get('media', 'a.jpg').catch(ignore));
        await get('media', 'a.jpg');
        expect(s3).toHaveReceivedTimes('GetObject', 1);
      },
      hides: ofHook,
    },
    {
      of: 'uploads that a test compares with others',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt'));
        await put('vault', 'b.txt');
        expect(s3.requests.of('PutObject').map(({ key }) => key)).toEqual(['c.txt']);
      },
      hides: ofHook,
    },
    {
      of: 'the versions of a key in the bucket, behind its requests',
      async test() {
        await beforeEachOfTest(() => put('vault', 'a.txt', 'one'));
        await put('vault', 'a.txt', 'two');
        expect(s3.requests).toHaveLength(2);
        expect(s3.bucket('vault').versions('a.txt')).toHaveLength(1);
      },
      hides: ofHook,
    },
    {
      of: 'a number that the code returns',
      async test() {
        await beforeEachOfTest(() => put('vault', 'seed.txt'));
        await put('vault', 'a.txt');
        const attempts = 2;
        expect(attempts).toBe(1);
      },
      hides: ofHook,
    },
    {
      of: 'a third request that the test expects beside those of the hook',
      async test() {
        await beforeEachOfTest(async () => {
          await put('vault', 'one.txt');
          await put('vault', 'two.txt');
        });
        await put('vault', 'c.txt');
        expect(s3).toHaveReceivedNth(2, 'PutObject', { Key: 'b.txt' });
      },
      hides: ofHook,
    },
    {
      of: 'a request whose key is another one',
      async test() {
        await beforeEachOfTest(() => put('vault', 'seed.txt'));
        await put('vault', 'b.txt');
        expect(s3).toHaveReceivedNth(1, 'PutObject', { Key: 'a.txt' });
      },
      hides: ofHook,
    },
    {
      of: 'a test that sends nothing of what it expects alone',
      async test() {
        await beforeEachOfTest(() => put('vault', 'seed.txt'));
        expect(s3).toHaveReceivedOnly('GetObject');
      },
      hides: ofHook,
    },
    {
      of: 'requests of the hook among others that nobody expects',
      async test() {
        await beforeEachOfTest(() => send('HeadBucket', { Bucket: 'vault' }));
        await send('HeadBucket', { Bucket: 'media' });
        await put('vault', 'b.txt');
        expect(s3).toHaveReceivedOnly('PutObject');
      },
      hides: ofHook,
    },
    {
      of: 'a read that the test sends itself, after it has counted the requests',
      async test() {
        await beforeEachOfTest(() => put('vault', 'seed.txt'));
        await put('vault', 'a.txt');
        expect(s3.requests.of('PutObject').length).toBe(2);
        const { KeyCount } = (await send('ListObjectsV2', { Bucket: 'vault' })) as { KeyCount?: number };
        expect(KeyCount).toBe(1);
      },
      hides: ofHook,
    },
  ],
);

const ofLate = 'came when the assertion had failed';
const ofRead = "The test read s3.bucket('vault') before";

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
      of: 'one of a key that the assertion names',
      test: () =>
        failBefore(
          () => Promise.all([put('vault', 'log'), put('vault', 'b')]),
          () => expect(s3).toHaveReceived('PutObject', { Key: 'b' }),
        ),
      says: ofLate,
    },
    {
      of: 'as many as are missing',
      async test() {
        await put('vault', 'a');
        await failBefore(
          () => Promise.all([put('vault', 'b'), put('vault', 'c')]),
          () => expect(s3).toHaveReceivedTimes('PutObject', 3),
        );
      },
      says: ofLate,
    },
    {
      of: 'an object with the body that the assertion names',
      async test() {
        await send('HeadBucket', { Bucket: 'vault' });
        await failBefore(
          () => put('vault', 'a', 'new'),
          () => expect(s3.bucket('vault')).toHaveObject('a', { body: 'new' }),
        );
      },
      says: ofLate,
    },
    {
      of: 'deletes, which a clean-up can have sent',
      test: () =>
        failBefore(
          () => send('DeleteObject', { Bucket: 'media', Key: 'a.jpg' }),
          () => expect(s3).toHaveReceived('DeleteObject'),
        ),
      says: 'Unless a clean-up sent it, await the code before it',
    },
  ],
  [
    {
      of: 'an input that no request has',
      test: () =>
        failBefore(
          () => put('vault', 'data'),
          () => expect(s3).toHaveReceived('PutObject', { Key: 'log' }),
        ),
      hides: ofLate,
    },
    {
      of: 'other requests than those that the test expects alone',
      async test() {
        await send('HeadBucket', { Bucket: 'vault' });
        await failBefore(
          () => put('vault', 'a'),
          () => expect(s3).toHaveReceivedOnly('PutObject'),
        );
      },
      hides: ofLate,
    },
    {
      of: 'fewer than are missing',
      async test() {
        await put('vault', 'a');
        await failBefore(
          () => put('vault', 'b'),
          () => expect(s3).toHaveReceivedTimes('PutObject', 3),
        );
      },
      hides: ofLate,
    },
    {
      of: 'more than are missing',
      test: () =>
        failBefore(
          () => Promise.all(['a', 'b', 'c'].map((key) => put('vault', key))),
          () => expect(s3).toHaveReceivedTimes('PutObject', 2),
        ),
      hides: ofLate,
    },
    {
      of: 'an object that the code deletes again',
      async test() {
        await send('HeadBucket', { Bucket: 'vault' });
        await failBefore(
          async () => {
            await put('vault', 'a');
            await send('DeleteObject', { Bucket: 'vault', Key: 'a' });
          },
          () => expect(s3.bucket('vault')).toHaveObject('a'),
        );
      },
      hides: ofLate,
    },
    {
      of: 'an object with another body',
      async test() {
        await send('HeadBucket', { Bucket: 'vault' });
        await failBefore(
          () => put('vault', 'a', 'other'),
          () => expect(s3.bucket('vault')).toHaveObject('a', { body: 'new' }),
        );
      },
      hides: ofLate,
    },
    {
      of: 'an upload that S3 refuses, where the test expects that it is applied',
      test: () =>
        failBefore(
          () => put('vault', 'a', 'b', { ChecksumSHA256: 'AAAA' }).catch(ignore),
          () => expect(s3).toHaveApplied('PutObject'),
        ),
      hides: ofLate,
    },
    {
      of: 'an upload that S3 applies in another bucket',
      test: () =>
        failBefore(
          () => put('media', 'a'),
          () => expect(s3).toHaveApplied('PutObject', { Bucket: 'vault' }),
        ),
      hides: ofLate,
    },
    {
      of: 'a third request in its place',
      async test() {
        await put('vault', 'a');
        await failBefore(
          () => put('vault', 'b'),
          () => expect(s3).toHaveReceivedNth(1, 'PutObject', { Key: 'b' }),
        );
      },
      hides: ofLate,
    },
    {
      of: 'a request of the SDK v2',
      test: () =>
        failBefore(
          () =>
            new S3({ region: 'us-east-1', s3ForcePathStyle: true })
              .putObject({ Bucket: 'vault', Key: 'b', Body: '' })
              .promise(),
          () => expect(s3).toHaveReceived('PutObject', { Key: 'a' }),
        ),
      hides: ofLate,
    },
    {
      of: 'a clean-up that empties the bucket',
      test: () =>
        failBefore(
          async () => {
            await send('ListObjectsV2', { Bucket: 'media' });
            await send('DeleteObjects', { Bucket: 'media', Delete: { Objects: [{ Key: 'a.jpg' }] } });
          },
          () => expect(s3).toHaveReceived('DeleteObjects'),
        ),
      hides: 'failed. Await the code before it',
    },
    {
      of: 'a clean-up that aborts uploads',
      async test() {
        const { UploadId } = await send('CreateMultipartUpload', { Bucket: 'films', Key: 'a' });
        await failBefore(
          () => send('AbortMultipartUpload', { Bucket: 'films', Key: 'a', UploadId }),
          () => expect(s3).toHaveReceived('AbortMultipartUpload'),
        );
      },
      hides: 'failed. Await the code before it',
    },
    {
      of: 'a listing of another prefix, behind a read of the empty bucket',
      async test() {
        expect(s3.bucket('vault').keys).toHaveLength(0);
        await put('vault', 'a.txt');
        const { KeyCount } = (await send('ListObjectsV2', { Bucket: 'vault', Prefix: 'b' })) as { KeyCount?: number };
        expect(KeyCount).toBe(1);
      },
      hides: ofRead,
    },
    {
      of: 'the keys of a listing of another prefix, behind a read of the empty bucket',
      async test() {
        expect(s3.bucket('vault').keys).toEqual([]);
        await put('vault', 'a.txt');
        const { Contents = [] as { Key: string }[] } = await send('ListObjectsV2', { Bucket: 'vault', Prefix: 'b' });
        expect(Contents.map(({ Key }) => Key)).toEqual(['a.txt']);
      },
      hides: ofRead,
    },
    {
      of: 'a number of the code, behind a read of the empty bucket',
      async test() {
        expect(s3.bucket('vault').keys).toHaveLength(0);
        await put('vault', 'a.txt');
        const uploaded = 0;
        expect(uploaded).toBe(1);
      },
      hides: 'came. Read it after them',
    },
    {
      of: 'the list that the code returns, behind a read of the empty bucket',
      async test() {
        expect(s3.bucket('vault').keys).toEqual([]);
        await put('vault', 'a.txt');
        expect([]).toEqual(['a.txt']);
      },
      hides: 'came. Read it after them',
    },
    {
      of: 'the calls of a spy, behind a read of the empty bucket',
      async test() {
        const spy = jest.fn();
        expect(s3.bucket('vault').keys).toHaveLength(0);
        await put('vault', 'a.txt');
        expect(spy).toHaveBeenCalledTimes(1);
      },
      hides: ofRead,
    },
  ],
);

async function uploadInParts(
  Bucket: string,
  Key: string,
  bodies: readonly (string | Buffer)[],
  more: object = {},
): Promise<void> {
  const { UploadId } = await send('CreateMultipartUpload', { Bucket, Key, ...more });
  const Parts = [];
  for (const [index, Body] of bodies.entries()) {
    const PartNumber = index + 1;
    const { ChecksumAlgorithm } = more as { ChecksumAlgorithm?: string };
    const { ETag, ChecksumSHA256, ChecksumCRC64NVME } = await send('UploadPart', {
      Bucket,
      Key,
      UploadId,
      PartNumber,
      Body,
      ...(ChecksumAlgorithm && { ChecksumAlgorithm }),
    });
    Parts.push({ ETag, PartNumber, ChecksumSHA256, ChecksumCRC64NVME });
  }
  await send('CompleteMultipartUpload', { Bucket, Key, UploadId, MultipartUpload: { Parts } });
}

const hadAlready = 'wrote the bytes that the object had already';
const noPut = () => expect(s3).not.toHaveReceived('PutObject');

tryAll(
  'the bytes that an object had already',
  [
    {
      of: 'in an object that a handle gave the ETag of an upload in parts',
      async test() {
        s3.bucket('vault').put('big.txt', 'big', { etag: tagOfParts } as never);
        await head('vault', 'big.txt');
        await put('vault', 'big.txt', 'big');
        noPut();
      },
      says: 'since the put() of a handle gives it another one',
    },
    {
      of: 'in an object of the fixture with the ETag of an upload in parts',
      async test() {
        await head('media', 'big.bin');
        await put('media', 'big.bin', 'big');
        noPut();
      },
      says: 'since the fixture gives it another one',
    },
    {
      of: 'in the bucket that the matcher names',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same');
        await put('media', 'one.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 0, { Bucket: 'vault' });
      },
      says: hadAlready,
    },
    {
      of: 'of an upload in parts with the type of the write',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same'], { ContentType: 'text/plain' });
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same', { ContentType: 'text/plain' });
        noPut();
      },
      says: hadAlready,
    },
  ],
  [
    {
      of: 'which a handle has deleted since the read',
      async test() {
        await uploadInParts('media', 'a.txt', ['same']);
        await head('media', 'a.txt');
        s3.bucket('media').delete('a.txt');
        await put('media', 'a.txt', 'same');
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'which a handle has replaced since the read',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await head('vault', 'a.txt');
        s3.bucket('vault').put('a.txt', 'other');
        await put('vault', 'a.txt', 'same');
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'which the test has read by a handle before it wrote it again by that handle',
      async test() {
        s3.bucket('vault').put('a.txt', 'same', { etag: tagOfParts } as never);
        await head('vault', 'a.txt');
        s3.bucket('vault').put('a.txt', 'other');
        s3.bucket('vault').put('a.txt', 'third');
        await put('vault', 'a.txt', 'same');
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'which a copy has replaced',
      async test() {
        await uploadInParts('media', 'a.txt', ['same']);
        await head('media', 'a.txt');
        await send('CopyObject', { Bucket: 'media', Key: 'a.txt', CopySource: 'media/a.jpg' });
        await put('media', 'a.txt', 'same');
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'which a delete has hidden by a marker, and a handle removed that',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await head('vault', 'a.txt');
        s3.bucket('vault').delete('a.txt');
        await put('vault', 'a.txt', 'same');
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'which an older version has',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        const { VersionId } = await head('vault', 'a.txt');
        await send('CopyObject', { Bucket: 'vault', Key: 'a.txt', CopySource: 'media/a.jpg' });
        await head('vault', 'a.txt', { VersionId });
        await put('vault', 'a.txt', 'same');
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'of an upload in parts, with another type',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same'], { ContentType: 'text/plain' });
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same', { ContentType: 'text/html' });
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'of an upload in parts, with tags',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same', { Tagging: 'of=ann' });
        noPut();
      },
      hides: hadAlready,
    },
    {
      of: 'of another bucket than the one whose writes are too many',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same']);
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same');
        await put('media', 'one.txt');
        await put('media', 'two.txt');
        expect(s3).toHaveReceivedTimes('PutObject', 1, { Bucket: 'media' });
      },
      hides: hadAlready,
    },
    {
      of: 'of the fixture, whose ETag nobody uploaded in parts',
      async test() {
        await head('media', 'big.bin');
        await put('media', 'big.bin', 'big');
        noPut();
      },
      hides: 'was uploaded in 2 parts',
    },
    {
      of: 'of an upload in parts, whose checksum is that of the checksums of the parts',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same'], { ChecksumAlgorithm: 'SHA256' });
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same');
        noPut();
      },
      hides: "compare a checksum, HeadObject with ChecksumMode: 'ENABLED', or",
    },
    {
      of: 'of the fixture, which has no checksum',
      async test() {
        await head('media', 'big.bin');
        await put('media', 'big.bin', 'big');
        noPut();
      },
      hides: "compare a checksum, HeadObject with ChecksumMode: 'ENABLED', or",
    },
    {
      of: 'of an upload in parts that asked for the checksum',
      async test() {
        await uploadInParts('vault', 'a.txt', ['same'], { ChecksumAlgorithm: 'SHA256' });
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same', { ChecksumAlgorithm: 'SHA256' });
        noPut();
      },
      hides: 'the object had none',
    },
    {
      of: 'of a copy that has the checksum of its source',
      async test() {
        await put('vault', 'source.txt', 'same', { ChecksumAlgorithm: 'SHA256' });
        await send('CopyObject', { Bucket: 'vault', Key: 'a.txt', CopySource: 'vault/source.txt' });
        await head('vault', 'a.txt');
        await put('vault', 'a.txt', 'same', { ChecksumAlgorithm: 'SHA256' });
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'the object had none',
    },
  ],
);

/** Names the folders by the keys of the objects in them. */
async function listFolders(Bucket: string, Prefix: string): Promise<readonly string[]> {
  const { Contents = [] as { Key: string }[] } = await send('ListObjectsV2', { Bucket, Prefix, Delimiter: '/' });
  return Contents.map(({ Key }) => Key);
}
const readPrefixes = 'behind the Prefix: read CommonPrefixes.';

tryAll(
  'a listing of folders whose Contents are read',
  [
    {
      of: 'behind another listing, which had keys',
      async test() {
        await listFolders('media', '');
        expect(await listFolders('data', 'tenants/')).toEqual(['tenants/acme/', 'tenants/zeta/']);
      },
      says: readPrefixes,
    },
    {
      of: 'a folder of the bucket itself',
      async test() {
        expect(await listFolders('data', '')).toEqual(['tenants/']);
      },
      says: 'was answered with 1 prefix in CommonPrefixes and with no Contents',
    },
  ],
  [
    {
      of: 'by code that reads CommonPrefixes, and an object of each folder',
      async test() {
        await listFolders('data', 'tenants/');
        await get('data', 'tenants/acme/a');
        await get('data', 'tenants/zeta/a');
        expect([]).toEqual(['acme']);
      },
      hides: readPrefixes,
    },
    {
      of: 'by code that lists each folder, too',
      async test() {
        await listFolders('data', 'tenants/');
        await send('ListObjectVersions', { Bucket: 'data', Prefix: 'tenants/acme/' });
        expect([]).toHaveLength(2);
      },
      hides: readPrefixes,
    },
    {
      of: 'by a test that then reads an empty bucket by its handle',
      async test() {
        await listFolders('data', 'tenants/');
        expect(s3.bucket('films').keys).toHaveLength(2);
      },
      hides: readPrefixes,
    },
    {
      of: 'the folder of the Prefix itself',
      async test() {
        expect(await listFolders('data', 'tenants/')).toEqual(['tenants']);
      },
      hides: readPrefixes,
    },
    {
      of: 'beside a listing that found nothing',
      async test() {
        const archived = listFolders('data', 'archive/');
        await archived;
        await listFolders('data', 'tenants/');
        expect(await archived).toEqual(['acme']);
      },
      hides: readPrefixes,
    },
    {
      of: 'on a page that is not the last one',
      async test() {
        expect(await listFolders('mixed', 'f/')).toHaveLength(2);
      },
      hides: 'since each key has the Delimiter',
    },
    {
      of: 'a file of a name of a folder, which the code has deleted',
      async test() {
        await put('data', 'tenants/acme');
        await send('DeleteObject', { Bucket: 'data', Key: 'tenants/acme' });
        expect(await listFolders('data', 'tenants/')).toEqual(['tenants/acme']);
      },
      hides: readPrefixes,
    },
    {
      of: 'the calls of a spy for something else',
      async test() {
        await listFolders('data', 'tenants/');
        await put('films', 'a');
        const spy = jest.fn();
        expect(spy).toHaveBeenCalledTimes(2);
      },
      hides: readPrefixes,
    },
  ],
);

const tag = `"${createHash('md5').update('{}').digest('hex')}"`;
const readIfOther = async (IfNoneMatch: string) => {
  await send('GetObject', { Bucket: 'conf', Key: 'rules.json', IfNoneMatch }).catch(ignore);
};
const onlyAnswers = () => expect(s3.requests.map(({ status }) => status)).toEqual([200, 200]);
const kept = 's3.requests has no earlier request of this test that was answered with that ETag';

tryAll(
  'an ETag that code has kept',
  [
    {
      of: 'after a listing of another bucket',
      async test() {
        await send('ListObjectsV2', { Bucket: 'media' });
        await readIfOther(tag);
        onlyAnswers();
      },
      says: kept,
    },
    {
      of: 'of a request that the test has cleared',
      async test() {
        await get('conf', 'rules.json');
        s3.requests.clear();
        await readIfOther(tag);
        expect(s3.requests.map(({ status }) => status)).toEqual([200]);
      },
      says: kept,
    },
  ],
  [
    {
      of: 'from a listing',
      async test() {
        await send('ListObjectsV2', { Bucket: 'conf' });
        await readIfOther(tag);
        onlyAnswers();
      },
      hides: kept,
    },
    {
      of: 'from the attributes of the object',
      async test() {
        await send('GetObjectAttributes', { Bucket: 'conf', Key: 'rules.json', ObjectAttributes: ['ETag'] });
        await readIfOther(tag);
        onlyAnswers();
      },
      hides: kept,
    },
    {
      of: 'from a copy',
      async test() {
        await send('CopyObject', {
          Bucket: 'conf',
          Key: 'rules.json',
          CopySource: 'conf/rules.json',
          MetadataDirective: 'REPLACE',
        });
        await readIfOther(tag);
        onlyAnswers();
      },
      hides: kept,
    },
    {
      of: 'one of several that the code names',
      async test() {
        await get('conf', 'rules.json');
        await readIfOther(`"other", ${tag}`);
        onlyAnswers();
      },
      hides: kept,
    },
    {
      of: 'in a weak form',
      async test() {
        await get('conf', 'rules.json');
        await readIfOther(`W/${tag}`);
        onlyAnswers();
      },
      hides: kept,
    },
    {
      of: 'without its quotation marks',
      async test() {
        await get('conf', 'rules.json');
        await readIfOther(tag.slice(1, -1));
        onlyAnswers();
      },
      hides: kept,
    },
  ],
);

/** The header of the answer to a page of an origin. */
async function readAllowed(origin: string, Bucket = 'conf'): Promise<string | null> {
  const url = await getSignedUrl(
    new S3Client({ region: 'us-east-1' }),
    new GetObjectCommand({ Bucket, Key: 'rules.json' }),
  );
  return (await fetch(url, { headers: { origin } })).headers.get('access-control-allow-origin');
}
const withRule = 'the answer would have had access-control-allow-origin';
const slashed = 'https://app.example.com/';

tryAll(
  'an origin that no rule allows',
  [
    {
      of: 'the slash that a test writes at its end',
      test: async () => expect(await readAllowed(slashed)).toBe(slashed),
      says: "With Origin: 'https://app.example.com'",
    },
    {
      of: 'another scheme',
      test: async () => expect(await readAllowed('http://app.example.com')).toBe('http://app.example.com'),
      says: withRule,
    },
  ],
  [
    {
      of: 'a slash that no browser sends',
      test: async () => expect(await readAllowed(slashed)).toBe(slashed),
      hides: 'AllowedOrigins: [',
    },
    {
      of: 'upper case, which no browser sends',
      test: async () => expect(await readAllowed('https://App.Example.com')).toBe('https://App.Example.com'),
      hides: 'AllowedOrigins: [',
    },
    {
      of: 'a page, which is no origin',
      test: async () =>
        expect(await readAllowed('https://other.example.com/page.html')).toBe('https://other.example.com/page.html'),
      hides: 'AllowedOrigins: [',
    },
    {
      of: 'the method of a rule that answers with a star',
      test: async () => expect(await readAllowed('https://www.example.com', 'open')).toBe('https://www.example.com'),
      hides: withRule,
    },
    {
      of: 'a preflight',
      async test() {
        const url = 'https://conf.s3.us-east-1.amazonaws.com/rules.json';
        const headers = { origin: 'https://www.example.com', 'access-control-request-method': 'DELETE' };
        const answer = await fetch(url, { method: 'OPTIONS', headers });
        expect(answer.headers.get('access-control-allow-origin')).toBe('https://www.example.com');
      },
      hides: "'OPTIONS'",
    },
    {
      of: 'a bucket whose rules the test has deleted',
      async test() {
        await send('DeleteBucketCors', { Bucket: 'conf' });
        expect(await readAllowed('https://app.example.com')).toBe('https://app.example.com');
      },
      hides: withRule,
    },
    {
      of: 'a header that another request lacks',
      async test() {
        await readAllowed('https://www.example.com');
        await readAllowed('https://app.example.com');
        expect(null).toBe('https://app.example.com');
      },
      hides: withRule,
    },
  ],
);

const movie = { Bucket: 'films', Key: 'a.mov' };
const part = Buffer.alloc(5 * 1024 * 1024, 'x');

async function upload(numbers: readonly number[]) {
  const { UploadId } = await send('CreateMultipartUpload', movie);
  for (const PartNumber of numbers) await send('UploadPart', { ...movie, UploadId, PartNumber, Body: part });
  const list = async (more: object = {}) => {
    const { Parts = [] as object[] } = await send('ListParts', { ...movie, UploadId, ...more });
    return Parts as readonly object[];
  };
  const complete = (parts: readonly object[]) =>
    send('CompleteMultipartUpload', { ...movie, UploadId, MultipartUpload: { Parts: parts } });
  return {
    list,
    complete,
    isWhole: () => expect(s3.bucket('films').object('a.mov').size).toBe(numbers.length * part.length),
  };
}
const ofPage = 'It named those of one page';
const checksumOfRead = "ChecksumMode: 'ENABLED'";

/** Reads an object whose ETag is no MD5, and throws as code does that compares both. */
async function readIntact(Key: string, more: object, name = 'HeadObject') {
  await send(name, { Bucket: 'vault', Key, ...more });
  throw new Error('the MD5 of the bytes does not match the ETag');
}

tryAll(
  'pages of parts, and checksums of reads',
  [
    {
      of: 'the first page of parts, of a size that the code asked for',
      async test() {
        const { list, complete, isWhole } = await upload([1, 2]);
        await complete(await list({ MaxParts: 1 }));
        isWhole();
      },
      says: ofPage,
    },
    {
      of: 'a read that asks for no checksum',
      async test() {
        await uploadInParts('vault', 'a', ['same']);
        await readIntact('a', {});
      },
      says: `ChecksumAlgorithm: 'CRC64NVME' in CreateMultipartUpload and in each UploadPart, and send ${checksumOfRead} with the read.`,
    },
  ],
  [
    {
      of: 'an upload alone that names the algorithm, whose parts S3 would refuse',
      async test() {
        await uploadInParts('vault', 'a', ['same']);
        await readIntact('a', {});
      },
      hides: "asks for, ChecksumAlgorithm: 'CRC64NVME', and",
    },
    {
      of: 'the page of the middle',
      async test() {
        const { list, complete, isWhole } = await upload([1, 2, 3]);
        await complete(await list({ MaxParts: 1, PartNumberMarker: '1' }));
        isWhole();
      },
      hides: ofPage,
    },
    {
      of: 'a page of another upload',
      async test() {
        const { list } = await upload([1, 2, 3]);
        await list();
        const { complete, list: listOwn, isWhole } = await upload([1, 2]);
        const all = await listOwn({ MaxParts: 1000 });
        await complete(all.slice(0, 1));
        isWhole();
      },
      hides: ofPage,
    },
    {
      of: 'parts of several pages, of which the code takes the first one',
      async test() {
        const { list, complete, isWhole } = await upload([1, 2, 3]);
        const first = await list();
        await list({ PartNumberMarker: '2' });
        await complete(first);
        isWhole();
      },
      hides: ofPage,
    },
  ],
);

interface NamedTest {
  readonly name: string;
}
const nameIn = (tests: readonly NamedTest[], test: NamedTest) =>
  findUniqueName(
    test,
    ({ name }) => name,
    () => tests,
  );

describe('tests of one name', () => {
  const [first, second, other] = [{ name: 'gets' }, { name: 'gets' }, { name: 'gets more' }];

  it('have a number each', () => {
    const names = [first, second, other].map((test) => nameIn([first, other, second], test));
    expect(names).toEqual([
      'gets (number 1 of 2 tests of this name)',
      'gets (number 2 of 2 tests of this name)',
      'gets more',
    ]);
  });

  it('keep their number if the runner shuffles them later', () => {
    const [one, two] = [{ name: 'lists' }, { name: 'lists' }];
    const names = [nameIn([one, two], two), nameIn([two, one], two)];
    expect(names).toEqual(Array.from({ length: 2 }, () => 'lists (number 2 of 2 tests of this name)'));
  });

  it('are no tests whose name only begins so', () => {
    const [plain, longer] = [{ name: 'lists' }, { name: 'lists (number 1 of 2 tests of this name)' }];
    expect([plain, longer].map((test) => nameIn([plain, longer], test))).toEqual([plain.name, longer.name]);
  });
});
