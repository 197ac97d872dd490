import { expect } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const MEBIBYTE = 1024 * 1024;

const ofTeam = {
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:ListBucket'],
  Resource: ['arn:aws:s3:::data', 'arn:aws:s3:::data/*'],
  Condition: { StringLike: { 's3:prefix': 'team-a/*' } },
} as const;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    users: { ann: { policy: { Version: '2012-10-17', Statement: [ofTeam] } } },
    buckets: {
      lake: { objects: { 'sales/_SUCCESS': '', 'sales/part-0': 'PAR1....PAR1', 'team-a/x.txt': 'x' } },
      data: { versioning: 'Enabled', objects: { 'team-a/x.txt': 'x' } },
      site: { website: { IndexDocument: { Suffix: 'index.html' } } },
      media: { objects: { 'raw.mov': { size: 12_000_000 } } },
      batches: { objects: Object.fromEntries([8, 9, 10, 11].map((number) => [`in/b-${number}.csv`, 'x'])) },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

async function readText(input: object): Promise<string> {
  const { Body } = await send('GetObject', input);
  return (Body as unknown as { transformToString: () => Promise<string> }).transformToString();
}

async function readFooters(): Promise<readonly string[]> {
  const read = (Key: string) => readText({ Bucket: 'lake', Key, Range: 'bytes=-4' });
  return [await read('sales/_SUCCESS'), await read('sales/part-0')];
}

tryAll(
  'a range of an object without bytes',
  [
    {
      of: 'a text that is empty',
      test: async () => expect(await readFooters()).toEqual(['PAR1']),
      says: "GetObject lake/sales/_SUCCESS was answered 200 without a byte, since 'sales/_SUCCESS' has 0 bytes",
    },
  ],
  [
    {
      of: 'a range in the right form',
      test: async () => expect(await readFooters()).toEqual(['PAR1']),
      hides: 'which S3 ignored',
    },
    {
      of: 'an empty text that the test expects',
      test: async () => expect(await readFooters()).toEqual(['', 'PAR2']),
      hides: 'without a byte',
    },
  ],
);

async function listKeysOfVersions(): Promise<readonly string[]> {
  const { Versions = [] } = (await send('ListObjectVersions', { Bucket: 'data' })) as { Versions?: { Key: string }[] };
  return Versions.map(({ Key }) => Key);
}

tryAll(
  'a key that has been deleted, in a list of versions',
  [
    {
      of: 'the keys of Versions',
      async test() {
        await send('PutObject', { Bucket: 'data', Key: 'b.txt', Body: 'b' });
        await send('DeleteObject', { Bucket: 'data', Key: 'b.txt' });
        expect(await listKeysOfVersions()).toEqual(['team-a/x.txt']);
      },
      says: "separately from Versions, and 'b.txt' has one",
    },
  ],
  [
    {
      of: 'a key without a delete marker',
      async test() {
        await send('PutObject', { Bucket: 'data', Key: 'b.txt', Body: 'b' });
        expect(await listKeysOfVersions()).toEqual(['team-a/x.txt']);
      },
      hides: 'separately from Versions',
    },
    {
      of: 'a key that was written again after its delete marker',
      async test() {
        await send('DeleteObject', { Bucket: 'data', Key: 'b.txt' });
        await send('PutObject', { Bucket: 'data', Key: 'b.txt', Body: 'b' });
        expect(await listKeysOfVersions()).toEqual(['team-a/x.txt']);
      },
      hides: 'separately from Versions',
    },
    {
      of: 'a key that is missing as well',
      async test() {
        await send('PutObject', { Bucket: 'data', Key: 'b.txt', Body: 'b' });
        await send('DeleteObject', { Bucket: 'data', Key: 'b.txt' });
        expect(await listKeysOfVersions()).toEqual(['team-a/x.txt', 'c.txt']);
      },
      hides: 'separately from Versions',
    },
  ],
);

async function unlink(Key: string): Promise<boolean> {
  try {
    await send('DeleteObject', { Bucket: 'lake', Key });
    return true;
  } catch {
    return false;
  }
}

const answered204 = 'was answered 204, as S3 answers a delete of any key';

tryAll(
  'a delete of a key that a delete has removed',
  [
    {
      of: 'the second of two deletes',
      async test() {
        await unlink('sales/part-0');
        expect(await unlink('sales/part-0')).toBe(false);
      },
      says: answered204,
    },
  ],
  [
    {
      of: 'a delete of a key that was written again',
      async test() {
        await unlink('sales/part-0');
        await send('PutObject', { Bucket: 'lake', Key: 'sales/part-0', Body: 'x' });
        expect(await unlink('sales/part-0')).toBe(false);
      },
      hides: answered204,
    },
  ],
);

const film = { Bucket: 'media', Key: 'film.mov' };

async function upload(numbers: readonly number[]): Promise<void> {
  const { UploadId } = await send('CreateMultipartUpload', film);
  const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (const PartNumber of numbers) {
    const Body = Buffer.alloc(5 * MEBIBYTE, PartNumber);
    const { ETag } = await send('UploadPart', { ...film, UploadId, PartNumber, Body });
    Parts.push({ PartNumber, ETag });
  }
  await send('CompleteMultipartUpload', { ...film, UploadId, MultipartUpload: { Parts } });
}

const gap = 'no request uploaded part 2';

tryAll(
  'a part that nobody uploaded',
  [
    {
      of: 'the size that all parts have',
      async test() {
        await upload([1, 3]);
        expect(s3.bucket('media').object('film.mov').size).toBe(15 * MEBIBYTE);
      },
      says: gap,
    },
  ],
  [
    {
      of: 'numbers that follow one another',
      async test() {
        await upload([2, 3]);
        expect(s3.bucket('media').object('film.mov').size).toBe(15 * MEBIBYTE);
      },
      hides: 'no request uploaded',
    },
    {
      of: 'a size that the test takes for less',
      async test() {
        await upload([1, 3]);
        expect(s3.bucket('media').object('film.mov').size).toBe(MEBIBYTE);
      },
      hides: 'no request uploaded',
    },
  ],
);

async function listAfter(StartAfter: string): Promise<readonly string[]> {
  const { Contents = [] } = (await send('ListObjectsV2', { Bucket: 'batches', StartAfter })) as {
    Contents?: { Key: string }[];
  };
  return Contents.map(({ Key }) => Key);
}

const asText = "'in/b-10.csv' comes before StartAfter: 'in/b-9.csv'";

tryAll(
  'a listing behind a number',
  [
    {
      of: 'keys whose numbers are greater',
      test: async () => expect(await listAfter('in/b-9.csv')).toEqual(['in/b-10.csv', 'in/b-11.csv']),
      says: asText,
    },
  ],
  [
    {
      of: 'keys that the bucket does not have',
      test: async () => expect(await listAfter('in/b-9.csv')).toEqual(['in/b-12.csv']),
      hides: 'compares keys as text',
    },
    {
      of: 'the key itself',
      test: async () => expect(await listAfter('in/b-9.csv')).toEqual(['in/b-9.csv']),
      hides: 'compares keys as text',
    },
  ],
);

async function removeBelow(Prefix: string): Promise<void> {
  const { Contents = [] } = (await send('ListObjectsV2', { Bucket: 'lake', Prefix })) as {
    Contents?: { Key: string }[];
  };
  await send('DeleteObjects', { Bucket: 'lake', Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } });
}

tryAll(
  'a batch without a key',
  [
    {
      of: 'a batch after a listing without keys',
      test: () => removeBelow('tmp/'),
      says: 'send no DeleteObjects if there is nothing to delete, as after ListObjectsV2 lake, which listed none',
    },
  ],
  [
    {
      of: 'a batch that is refused for another reason',
      test: () => send('DeleteObjects', { Bucket: 'lake', Delete: { Objects: [{ Key: '' }] } }).then(() => undefined),
      hides: 'nothing to delete',
    },
  ],
);

tryAll(
  'a folder that is read',
  [
    {
      of: 'a HEAD of the beginning of keys',
      test: () => send('HeadObject', { Bucket: 'lake', Key: 'sales/' }).then(() => undefined),
      says: "whether keys begin with it, ListObjectsV2 says in KeyCount, with Prefix: 'sales/' and MaxKeys: 1",
    },
  ],
  [
    {
      of: 'a HEAD of a key that nothing begins with',
      test: () => send('HeadObject', { Bucket: 'lake', Key: 'other/' }).then(() => undefined),
      hides: 'in KeyCount',
    },
  ],
);

tryAll(
  'a condition of listings on a read',
  [
    {
      of: 's3:prefix of GetObject',
      async test() {
        s3.actAs('ann');
        await readText({ Bucket: 'data', Key: 'team-a/x.txt' });
      },
      says: 's3:prefix is a key of listings: allow s3:GetObject in a statement without this condition, whose Resource names the keys',
    },
  ],
  [
    {
      of: 's3:prefix of a listing',
      async test() {
        s3.actAs('ann');
        await send('ListObjectsV2', { Bucket: 'data' });
      },
      hides: 'is a key of listings',
    },
  ],
);

async function copyPart(last: number): Promise<void> {
  const { UploadId } = await send('CreateMultipartUpload', film);
  await send('UploadPartCopy', {
    ...film,
    ...{ UploadId, PartNumber: 1, CopySource: 'media/raw.mov', CopySourceRange: `bytes=10485760-${last}` },
  });
}

tryAll(
  'a range behind the end of a source',
  [
    {
      of: 'the last range of parts of one size',
      test: () => copyPart(15_728_639),
      says: "it would have been answered with CopySourceRange: 'bytes=10485760-11999999'",
    },
  ],
  [
    {
      of: 'a range in another form',
      async test() {
        const { UploadId } = await send('CreateMultipartUpload', film);
        const CopySourceRange = '0-99';
        await send('UploadPartCopy', {
          ...film,
          UploadId,
          PartNumber: 1,
          CopySource: 'media/raw.mov',
          CopySourceRange,
        });
      },
      hides: 'would have been answered',
    },
  ],
);

const moveTo = (WebsiteRedirectLocation: string) =>
  send('PutObject', { Bucket: 'site', Key: 'old.html', Body: 'moved', WebsiteRedirectLocation }).then(() => undefined);

tryAll(
  'a redirect without a slash',
  [
    {
      of: 'a page of the website',
      test: () => moveTo('new.html'),
      says: "it would have been answered with WebsiteRedirectLocation: '/new.html'",
    },
  ],
  [
    {
      of: 'a place that is no path',
      test: () => moveTo('ftp://example.com/a'),
      hides: "WebsiteRedirectLocation: '/",
    },
  ],
);

async function copyIfChanged(): Promise<string> {
  const { ETag } = await send('HeadObject', { Bucket: 'data', Key: 'team-a/x.txt' });
  const copy = { Bucket: 'lake', Key: 'x.txt', CopySource: 'data/team-a/x.txt', CopySourceIfNoneMatch: ETag };
  await send('CopyObject', copy);
  return 'copied';
}

tryAll(
  'a copy of a source that has not changed',
  [
    {
      of: 'CopySourceIfNoneMatch',
      test: () => copyIfChanged().then(() => undefined),
      says: 'CopyObject answers 412 PreconditionFailed where a read answers 304',
    },
  ],
  [
    {
      of: 'a copy of a source that has another ETag',
      async test() {
        const copy = { Bucket: 'lake', Key: 'x.txt', CopySource: 'data/team-a/x.txt', CopySourceIfMatch: '"other"' };
        await send('CopyObject', copy);
      },
      hides: 'where a read answers 304',
    },
  ],
);
