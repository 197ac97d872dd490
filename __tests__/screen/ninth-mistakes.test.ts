import { describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import type { Mistake, OtherMistake } from '../support/explained-mistakes';
import { makeScreenScene, send, sendByBun } from '../support/screen-scene';

let s3: MockS3;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    pageSize: 3,
    buckets: {
      photos: { objects: { '2026/a.jpg': 'four', '2026/b.jpg': 'bb', '2025/c.jpg': 'c' } },
      albums: { objects: { 'summer.json': '[]' } },
      copies: {},
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

/** Tries assertions of the library, and what their own text says. */
function tryAssertions(title: string, mistakes: readonly Mistake[], others: readonly OtherMistake[]): void {
  const messageOf = async (test: () => unknown) => {
    const [outcome] = await Promise.allSettled([(async () => test())()]);
    return outcome.status === 'rejected' ? String(outcome.reason) : 'the test passed';
  };
  describe(title, () => {
    it.each(mistakes)('is explained: $of', async ({ test, says }) => {
      expect(await messageOf(test)).toContain(says);
    });
    it.each(others)('is not the reason: $of', async ({ test, hides }) => {
      const message = await messageOf(test);
      expect(message).not.toContain(hides);
      expect(message).toMatch(/^\S*Error\b/);
    });
  });
}

const list = (Bucket: string, more: object = {}) => send('ListObjectsV2', { Bucket, ...more });
const lookAt = 'is what the test expects: look at what the code makes of the answer';
const byBun =
  'Bun.S3Client.list() begins the names of all members in lower case: contents, and in it key, size and lastModified.';

tryAll(
  'an answer that has what the test expects',
  [
    {
      of: 'the keys of one page, of which the code has made nothing',
      async test() {
        await list('photos', { Prefix: '2026/' });
        expect([]).toEqual(['2026/a.jpg', '2026/b.jpg']);
      },
      says: `The answer to ListObjectsV2 photos has 2 items in Contents, and no Versions. The Key of each ${lookAt}.`,
    },
    {
      of: 'a key that is undefined',
      async test() {
        await list('albums');
        expect(undefined).toBe('summer.json');
      },
      says: `The answer to ListObjectsV2 albums has 1 item in Contents, and no Versions. The Key of each ${lookAt}.`,
    },
    {
      of: 'the keys of several pages',
      async test() {
        await list('photos', { MaxKeys: 2 });
        await list('photos', { StartAfter: '2026/a.jpg' });
        expect([]).toEqual(['2025/c.jpg', '2026/a.jpg', '2026/b.jpg']);
      },
      says: `has 1 item in Contents, and no Versions. The Key of each, with those of the answers before it, ${lookAt}.`,
    },
    {
      of: 'keys with numbers, of which bun prints the text alone',
      async test() {
        await list('photos', { Prefix: '2026/' });
        throw new Error(
          'expect(received).toEqual(expected)\n\n- [\n-   "2026/a.jpg",\n-   "2026/b.jpg",\n- ]\n+ []\n\n- Expected  - 4\n+ Received  + 1\n',
        );
      },
      says: `The Key of each ${lookAt}.`,
    },
    {
      of: 'the names of buckets',
      async test() {
        await send('ListBuckets', {});
        expect([]).toEqual(['albums', 'copies', 'photos']);
      },
      says: `The Name of each ${lookAt}.`,
    },
    {
      of: "bun's names",
      async test() {
        await sendByBun('ListObjectsV2', { Bucket: 'photos', Prefix: '2026/' });
        expect([]).toEqual(['2026/a.jpg', '2026/b.jpg']);
      },
      says: `The answer to ListObjectsV2 photos has 2 items in Contents. ${byBun} The Key of each ${lookAt}.`,
    },
    {
      of: "the number of items by bun's names",
      async test() {
        await sendByBun('ListObjectsV2', { Bucket: 'photos', Prefix: '2026/' });
        expect([]).toHaveLength(2);
      },
      says: `The answer to ListObjectsV2 photos has 2 items in Contents. ${byBun}`,
    },
  ],
  [
    {
      of: 'a key too few',
      async test() {
        await list('photos');
        expect([]).toEqual(['2026/a.jpg', '2026/b.jpg']);
      },
      hides: lookAt,
    },
    {
      of: 'some of the keys',
      async test() {
        await list('photos', { Prefix: '2026/' });
        expect(['2026/a.jpg']).toEqual(['2026/a.jpg', '2026/b.jpg']);
      },
      hides: lookAt,
    },
    {
      of: 'copies that were not made, which a handle lists',
      async test() {
        await list('photos', { Prefix: '2026/' });
        expect(s3.bucket('copies').keys).toEqual(['2026/a.jpg', '2026/b.jpg']);
      },
      hides: 'items in Contents',
    },
    {
      of: 'a read after the listing',
      async test() {
        await list('photos', { Prefix: '2026/' });
        await list('copies');
        expect([]).toEqual(['2026/a.jpg', '2026/b.jpg']);
      },
      hides: lookAt,
    },
    {
      of: 'a refusal after the listing',
      async test() {
        await list('albums');
        await send('GetObject', { Bucket: 'albums', Key: 'winter.json' }).catch(() => undefined);
        expect([]).toEqual(['summer.json']);
      },
      hides: lookAt,
    },
    {
      of: 'a listing of another bucket before the last one',
      async test() {
        await list('photos', { Prefix: '2026/' });
        await list('albums');
        expect([]).toEqual(['2026/a.jpg', '2026/b.jpg', 'summer.json']);
      },
      hides: lookAt,
    },
  ],
);

const ofNaN =
  'If the code has NaN from file.size: bun gives NaN as the size of every file of S3. Write (await file.stat()).size, which asks S3.';

tryAll(
  'a size of bun',
  [
    {
      of: 'a member of an object',
      async test() {
        await sendByBun('HeadObject', { Bucket: 'photos', Key: '2026/a.jpg' });
        expect({ bytes: Number.NaN, exists: true }).toEqual({ bytes: 4, exists: true });
      },
      says: `HeadObject photos/2026/a.jpg is about an object of 4 bytes. ${ofNaN}`,
    },
    {
      of: 'a number alone',
      async test() {
        await sendByBun('GetObject', { Bucket: 'photos', Key: '2026/b.jpg' });
        expect(Number.NaN).toBe(2);
      },
      says: `GetObject photos/2026/b.jpg is about an object of 2 bytes. ${ofNaN}`,
    },
    {
      of: 'what the code has written',
      async test() {
        await sendByBun('PutObject', { Bucket: 'copies', Key: 'd.jpg' }, 'dddddd');
        expect([1, Number.NaN]).toEqual([1, 6]);
      },
      says: `PutObject copies/d.jpg is about an object of 6 bytes. ${ofNaN}`,
    },
  ],
  [
    {
      of: 'another client',
      async test() {
        await send('HeadObject', { Bucket: 'photos', Key: '2026/a.jpg' });
        expect(Number.NaN).toBe(4);
      },
      hides: ofNaN,
    },
    {
      of: 'a number that is no size',
      async test() {
        await sendByBun('HeadObject', { Bucket: 'photos', Key: '2026/a.jpg' });
        expect(Number.NaN).toBe(5);
      },
      hides: ofNaN,
    },
    {
      of: 'a size that is undefined',
      async test() {
        await sendByBun('HeadObject', { Bucket: 'photos', Key: '2026/a.jpg' });
        expect(undefined).toBe(4);
      },
      hides: ofNaN,
    },
    {
      of: 'another member that is NaN',
      async test() {
        await sendByBun('HeadObject', { Bucket: 'photos', Key: '2026/a.jpg' });
        expect({ width: Number.NaN, bytes: 5 }).toEqual({ width: 3, bytes: 4 });
      },
      hides: ofNaN,
    },
  ],
);

const unread = "as the keys of bucket 'photos': a loop while (token) never begins";

tryAll(
  'keys that nobody has listed',
  [
    {
      of: 'the keys of a bucket',
      test: () => expect([]).toEqual(['2026/a.jpg', '2026/b.jpg']),
      says: `No request came at all. If the test expects '2026/a.jpg', '2026/b.jpg' ${unread} if token is undefined before it, so write do … while (token). If the code under test should have sent one: was it called`,
    },
    {
      of: 'one key in a list, as vitest prints it',
      test() {
        throw Object.assign(new Error("expected [] to deeply equal [ '2026/a.jpg' ]"), {
          name: 'AssertionError',
          expected: ['2026/a.jpg'],
          actual: [],
        });
      },
      says: `No request came at all. If the test expects '2026/a.jpg' as the keys of bucket 'photos':`,
    },
  ],
  [
    {
      of: 'a text that is a key',
      test: () => expect(undefined).toBe('2026/a.jpg'),
      hides: 'No request came',
    },
    {
      of: 'a list with something else',
      test: () => expect([]).toEqual(['2026/a.jpg', '2026/d.jpg']),
      hides: 'No request came',
    },
    {
      of: 'a list of which the code has some',
      test: () => expect(['2026/a.jpg']).toEqual(['2026/a.jpg', '2026/b.jpg']),
      hides: 'No request came',
    },
    {
      of: 'a test that has sent something',
      async test() {
        await send('HeadBucket', { Bucket: 'photos' });
        expect([]).toEqual(['2026/a.jpg', '2026/b.jpg']);
      },
      hides: 'No request came',
    },
    {
      of: 'an error of the code',
      test() {
        throw new Error("[ '2026/a.jpg' ]");
      },
      hides: 'No request came',
    },
  ],
);

const ofNames = 'S3 stores the names of metadata in lower case, and SDKs leave x-amz-meta- out. Write';

tryAssertions(
  'the names of metadata in an expected request',
  [
    {
      of: 'the prefix of the header',
      async test() {
        await send('PutObject', { Bucket: 'copies', Key: 'a', Body: 'a', Metadata: { author: 'ann' } });
        s3.requests.expect('PutObject', { Key: 'a', Metadata: { 'x-amz-meta-author': 'ann' } });
      },
      says: `${ofNames} { Metadata: { author: 'ann' } }.`,
    },
    {
      of: 'the prefix in upper case, beside another name',
      async test() {
        await send('CopyObject', {
          ...{ Bucket: 'copies', Key: 'a', CopySource: 'photos/2025/c.jpg', MetadataDirective: 'REPLACE' },
          Metadata: { Author: 'ann', Year: '2025' },
        });
        s3.requests.expect('CopyObject', { Metadata: { 'X-Amz-Meta-Author': 'ann', year: '2025' } });
      },
      says: `${ofNames} { Metadata: { author: 'ann', year: '2025' } }.`,
    },
  ],
  [
    {
      of: 'another value',
      async test() {
        await send('PutObject', { Bucket: 'copies', Key: 'a', Body: 'a', Metadata: { author: 'bob' } });
        s3.requests.expect('PutObject', { Metadata: { 'x-amz-meta-author': 'ann' } });
      },
      hides: ofNames,
    },
    {
      of: 'another operation',
      async test() {
        await send('PutObject', { Bucket: 'copies', Key: 'a', Body: 'a', Metadata: { author: 'ann' } });
        s3.requests.expect('CreateMultipartUpload', { Metadata: { 'x-amz-meta-author': 'ann' } });
      },
      hides: ofNames,
    },
    {
      of: 'names that are right, and another key',
      async test() {
        await send('PutObject', { Bucket: 'copies', Key: 'a', Body: 'a', Metadata: { author: 'ann' } });
        s3.requests.expect('PutObject', { Key: 'b', Metadata: { author: 'ann' } });
      },
      hides: ofNames,
    },
  ],
);

const readBack = 'If the test itself sent it, assert before it, or read without a request:';
const save = (Key: string, Body = 'text') => send('PutObject', { Bucket: 'copies', Key, Body });
const saveOnly = (Key: string) => s3.requests.expectOnly('PutObject', { Key });

tryAssertions(
  'a read that no other request should come beside',
  [
    {
      of: 'the body',
      async test() {
        await save('a');
        await send('GetObject', { Bucket: 'copies', Key: 'a' });
        saveOnly('a');
      },
      says: `GetObject came after the write of 'a'. ${readBack} s3.bucket('copies').object('a').`,
    },
    {
      of: 'the headers, by a matcher',
      async test() {
        await save('a');
        await send('HeadObject', { Bucket: 'copies', Key: 'a' });
        expect(s3).toHaveReceivedOnly('PutObject', { Key: 'a' });
      },
      says: `HeadObject came after the write of 'a'. ${readBack}`,
    },
  ],
  [
    {
      of: 'a read before the write',
      async test() {
        await send('GetObject', { Bucket: 'photos', Key: '2025/c.jpg' });
        await send('PutObject', { Bucket: 'photos', Key: '2025/c.jpg', Body: 'text' });
        saveOnly('2025/c.jpg');
      },
      hides: readBack,
    },
    {
      of: 'a read of another key',
      async test() {
        await save('a');
        await send('GetObject', { Bucket: 'photos', Key: '2025/c.jpg' });
        saveOnly('a');
      },
      hides: readBack,
    },
    {
      of: 'another write besides',
      async test() {
        await save('a');
        await send('GetObject', { Bucket: 'copies', Key: 'a' });
        await save('b');
        saveOnly('a');
      },
      hides: readBack,
    },
    {
      of: 'no write',
      async test() {
        await send('GetObject', { Bucket: 'photos', Key: '2025/c.jpg' });
        await send('HeadObject', { Bucket: 'photos', Key: '2025/c.jpg' });
        s3.requests.expectOnly('GetObject', { Key: '2025/c.jpg' });
      },
      hides: readBack,
    },
  ],
);

const making = 'To make it in the test, write';

tryAssertions(
  'an object that is not there',
  [
    {
      of: 'before any request',
      test: () => s3.bucket('copies').object('new.txt'),
      says: `${making} s3.bucket('copies').put('new.txt', 'text'). If it should not exist`,
    },
  ],
  [
    {
      of: 'after a request',
      async test() {
        await send('HeadBucket', { Bucket: 'copies' });
        s3.bucket('copies').object('new.txt');
      },
      hides: making,
    },
    { of: 'a key that is misspelt', test: () => s3.bucket('albums').object('summer.jsn'), hides: making },
  ],
);
