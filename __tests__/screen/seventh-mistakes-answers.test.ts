import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';
import { screenOf, screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const kms = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }] };
const dated = (day: number) => ({ body: `${day}`, lastModified: `2026-01-0${day}T00:00:00Z` });
const expires = (time: string) => ({ body: 'zip', headers: { expires: time } });
const past = 'Sun, 01 Mar 2026 13:00:00 GMT';

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        assets: { encryption: kms },
        plain: { objects: { 'a.json': '{\n  "a": 1\n}', 'b.bin': 'x' } },
        parts: {},
        albums: { objects: { 'rome/1.jpg': 'a', 'rome/2.jpg': 'b', paris: 'c', 'oslo/1.jpg': 'd', 'oslo.txt': 'e' } },
        docs: { objects: { 'hr/a': 'a', 'hr/b': 'b', 'hr/2024/c': 'c', 'hr/2025/c': 'c', 'hr/2026/d': 'd' } },
        reports: { objects: { 'r-8.pdf': '8', 'r-9.pdf': '9', 'r-10.pdf': '10', other: 'x' } },
        logs: { objects: { 'log-1': dated(1), 'log-2': dated(2), 'log-3': dated(3), 'log-4': dated(4) } },
        same: { objects: { a: dated(1), b: dated(2), c: dated(2) } },
        notes: { objects: { 'my notes.txt': 'n', 'a+b.txt': 'p', 'x.txt': 'x' } },
        temporary: { objects: { 'a.zip': expires(past), 'b.zip': expires('Sun, 01 Mar 2026 23:00:00 GMT') } },
        ruled: {
          objects: { 'a.zip': expires(past) },
          lifecycle: { Rules: [{ Status: 'Enabled', Filter: { Prefix: 'x/' }, Expiration: { Days: 1 } }] },
        },
        europe: { region: 'eu-central-1' },
        press: {
          publicAccessBlock: null,
          objects: { 'r.pdf': 'pdf' },
          policy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::press/*' }],
          },
        },
        closed: { objects: { 'r.pdf': 'pdf' } },
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

const client = () => new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1' });

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await client().send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

const write = (Bucket: string, Key: string, Body: string | Buffer, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const list = async (Bucket: string, more: object = {}) =>
  (await send('ListObjectsV2', { Bucket, ...more })) as unknown as sdk.ListObjectsV2Output;
const keysOf = ({ Contents = [] }: sdk.ListObjectsV2Output) => Contents.map(({ Key = '' }) => Key);
const head = (Bucket: string, Key: string, more: object = {}) => send('HeadObject', { Bucket, Key, ...more });

/** Uploads a file unless its ETag is the MD5 of the bytes. Returns whether it was uploaded. */
async function sync(Bucket: string, Key: string, Body: string) {
  const md5 = createHash('md5').update(Body).digest('hex');
  const found = await head(Bucket, Key).catch(() => undefined);
  if (found?.['ETag'] === `"${md5}"`) return false;
  await write(Bucket, Key, Body);
  return true;
}
async function syncTwice(Bucket: string, Key: string, [one, other]: readonly [string, string] = ['a', 'a']) {
  await sync(Bucket, Key, one);
  await sync(Bucket, Key, other);
}
const ofKms =
  'wrote the bytes that the object had already. The ETag that HeadObject assets/a.js answered is not the MD5 of the bytes, since the object is encrypted by KMS: where the code compares both, compare a checksum';

tryAll(
  'an ETag that the code takes for the MD5 of encrypted bytes',
  [
    {
      of: 'a second write of the same bytes',
      async test() {
        await syncTwice('assets', 'a.js');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      says: `PutObject assets/a.js ${ofKms}`,
    },
    {
      of: 'a write that should not come',
      async test() {
        await syncTwice('assets', 'a.js');
        expect(s3).not.toHaveReceived('PutObject');
      },
      says: `PutObject assets/a.js ${ofKms}`,
    },
    {
      of: 'several files, whose number is compared',
      async test() {
        await syncTwice('assets', 'a.js');
        await syncTwice('assets', 'b.js');
        expect(s3.requests.of('PutObject')).toHaveLength(2);
      },
      says: 'wrote the bytes that the object had already, as did 1 other PutObject.',
    },
    {
      of: 'the names of the files that were uploaded',
      async test() {
        await sync('assets', 'a.js', 'a');
        const uploaded = (await sync('assets', 'a.js', 'a')) ? ['a.js'] : [];
        expect(uploaded).toEqual([]);
      },
      says: 'PutObject assets/a.js wrote the bytes',
    },
  ],
  [
    {
      of: 'other bytes',
      async test() {
        await syncTwice('assets', 'a.js', ['a', 'b']);
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'wrote the bytes',
    },
    {
      of: 'bytes that another write has replaced',
      async test() {
        await sync('assets', 'a.js', 'a');
        await syncTwice('assets', 'a.js', ['b', 'a']);
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'wrote the bytes',
    },
    {
      of: 'an ETag that is the MD5',
      async test() {
        await syncTwice('plain', 'a.js');
        await write('plain', 'a.js', 'a');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'wrote the bytes',
    },
    {
      of: 'a write that asked nothing before',
      async test() {
        await write('assets', 'a.js', 'x');
        await write('assets', 'a.js', 'x');
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: 'wrote the bytes',
    },
    {
      of: 'more writes than came',
      async test() {
        await syncTwice('assets', 'a.js');
        expect(s3).toHaveReceivedTimes('PutObject', 4);
      },
      hides: 'wrote the bytes',
    },
    {
      of: 'another number',
      async test() {
        await syncTwice('assets', 'a.js');
        expect((await list('assets')).KeyCount).toBe(7);
      },
      hides: 'wrote the bytes',
    },
    {
      of: 'another text',
      async test() {
        await syncTwice('assets', 'a.js');
        await write('assets', 'b.txt', 'b');
        expect(keysOf(await list('assets'))).toEqual(['a.js']);
      },
      hides: 'wrote the bytes',
    },
    {
      of: 'another operation',
      async test() {
        await syncTwice('assets', 'a.js');
        expect(s3).not.toHaveReceived('HeadObject');
      },
      hides: 'wrote the bytes',
    },
  ],
);

/** The least size of a part. */
const MIB5 = 5 * 1024 * 1024;
const whole = Buffer.alloc(MIB5 + 20, 'x');

/** Copies ranges of an object, one for each part. The ends of the ranges count from the least size of a part, but for 0. */
async function copyRanges(ranges: readonly (readonly [first: number, last: number])[], from = 'source') {
  await write('parts', 'source', whole);
  await write('parts', 'other', whole);
  const at = { Bucket: 'parts', Key: 'copy' };
  const { UploadId } = await send('CreateMultipartUpload', at);
  const Parts: object[] = [];
  for (const [index, [first, last]] of ranges.entries()) {
    const CopySourceRange = `bytes=${first === 0 ? 0 : MIB5 + first}-${MIB5 + last}`;
    const PartNumber = index + 1;
    const CopySource = `parts/${index === 0 ? 'source' : from}`;
    const answer = await send('UploadPartCopy', { ...at, UploadId, PartNumber, CopySource, CopySourceRange });
    Parts.push({ PartNumber, ETag: (answer['CopyPartResult'] as sdk.CopyPartResult | undefined)?.ETag });
  }
  await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts } });
}
const sizeOf = async (Key: string) => Number((await head('parts', Key))['ContentLength']);
const seam = 'CopySourceRange counts from 0 and includes its last byte';

tryAll(
  'ranges of a copy in parts',
  [
    {
      of: 'that overlap',
      async test() {
        await copyRanges([
          [0, 10],
          [10, 19],
        ]);
        expect(s3.bucket('parts')).toHaveObject('copy', { size: MIB5 + 20 });
      },
      says: `Part 1 of 'copy' ends at byte ${MIB5 + 10}, and part 2 begins at byte ${MIB5 + 10}, so 1 byte is copied twice: ${seam}`,
    },
    {
      of: 'that overlap, with the body compared',
      async test() {
        await copyRanges([
          [0, 10],
          [10, 19],
        ]);
        expect(s3.bucket('parts')).toHaveObject('copy', { body: whole });
      },
      says: 'so 1 byte is copied twice',
    },
    {
      of: 'that leave bytes out',
      async test() {
        await copyRanges([
          [0, 7],
          [10, 19],
        ]);
        expect(await sizeOf('copy')).toBe(MIB5 + 20);
      },
      says: `Part 1 of 'copy' ends at byte ${MIB5 + 7}, and part 2 begins at byte ${MIB5 + 10}, so 2 bytes are left out`,
    },
    {
      of: 'that end before the source',
      async test() {
        await copyRanges([
          [0, 9],
          [10, 18],
        ]);
        expect(await sizeOf('copy')).toBe(MIB5 + 20);
      },
      says: `Part 2 of 'copy' ends at byte ${MIB5 + 18}, and the source has 5,242,900 bytes, so 1 byte is left out`,
    },
    {
      of: 'that the code itself compares',
      async test() {
        await copyRanges([
          [0, 10],
          [10, 19],
        ]);
        expect((await sizeOf('copy')) === (await sizeOf('source'))).toBe(true);
      },
      says: 'so 1 byte is copied twice',
    },
    {
      of: 'of which the code says that the copy is damaged',
      async test() {
        await copyRanges([
          [0, 10],
          [10, 19],
        ]);
        throw new Error('the copy is damaged');
      },
      says: 'so 1 byte is copied twice',
    },
  ],
  [
    {
      of: 'ranges that meet',
      async test() {
        await copyRanges([
          [0, 9],
          [10, 19],
        ]);
        expect(await sizeOf('copy')).toBe(MIB5 + 21);
      },
      hides: seam,
    },
    {
      of: 'a part of the source that the code means',
      async test() {
        await copyRanges([
          [5, 9],
          [10, 18],
        ]);
        expect(await sizeOf('copy')).toBe(MIB5 + 20);
      },
      hides: seam,
    },
    {
      of: 'ranges of two objects',
      async test() {
        await copyRanges(
          [
            [0, 10],
            [10, 19],
          ],
          'other',
        );
        expect(await sizeOf('copy')).toBe(MIB5 + 20);
      },
      hides: seam,
    },
    {
      of: 'a size that the source does not have',
      async test() {
        await copyRanges([
          [0, 10],
          [10, 19],
        ]);
        expect(await sizeOf('copy')).toBe(MIB5 + 25);
      },
      hides: seam,
    },
    {
      of: 'an error about something else',
      async test() {
        await copyRanges([
          [0, 10],
          [10, 19],
        ]);
        throw new Error('there is no such report');
      },
      hides: seam,
    },
  ],
);

/** Uploads an object in one part, and copies it. */
async function copyUpload(Body = 'bytes') {
  const at = { Bucket: 'parts', Key: 'whole' };
  const { UploadId } = await send('CreateMultipartUpload', { ...at, ChecksumAlgorithm: 'CRC64NVME' });
  const { ETag } = await send('UploadPart', { ...at, UploadId, PartNumber: 1, Body, ChecksumAlgorithm: 'CRC64NVME' });
  await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } });
  await send('CopyObject', { ...at, Key: 'copied', CopySource: 'parts/whole' });
  const [one, other] = [await head('parts', 'whole'), await head('parts', 'copied')];
  return [String(one['ETag']), String(other['ETag'])] as const;
}
const ofCopy =
  'CopyObject parts/copied wrote one part, and its source has the ETag of an upload in 1 part, so their ETags differ';

tryAll(
  'the ETag of a copy',
  [
    {
      of: 'that the test compares',
      async test() {
        const [one, other] = await copyUpload();
        expect(other).toBe(one);
      },
      says: ofCopy,
    },
    {
      of: 'that the test compares the other way round',
      async test() {
        const [one, other] = await copyUpload();
        expect(one).toBe(other);
      },
      says: ofCopy,
    },
    {
      of: 'that the code compares',
      async test() {
        const [one, other] = await copyUpload();
        expect(one === other).toBe(true);
      },
      says: `${ofCopy}, `,
    },
    {
      of: 'of which the code says that it does not match',
      async test() {
        await copyUpload();
        throw new Error('the copy does not match');
      },
      says: `${ofCopy}, `,
    },
  ],
  [
    {
      of: 'a copy of one part',
      async test() {
        await send('CopyObject', { Bucket: 'parts', Key: 'copied', CopySource: 'plain/b.bin' });
        await head('plain', 'b.bin');
        expect(false).toBe(true);
      },
      hides: 'wrote one part',
    },
    {
      of: 'another question after the copy',
      async test() {
        await copyUpload();
        expect((await head('plain', 'b.bin'))['ContentLength'] === (2 as never)).toBe(true);
      },
      hides: 'wrote one part',
    },
    {
      of: 'another value',
      async test() {
        await copyUpload();
        expect((await head('parts', 'copied'))['ContentLength']).toBe(3);
      },
      hides: 'wrote one part',
    },
  ],
);

it('compares an upload with its copy by the checksum that the screen names', async () => {
  await copyUpload();
  const sums = ['whole', 'copied'].map(async (Key) => head('parts', Key, { ChecksumMode: 'ENABLED' }));
  const [one, other] = (await Promise.all(sums)).map((answer) => answer['ChecksumCRC64NVME']);
  expect(one).toBeDefined();
  expect(other).toBe(one);
});

const isEmpty = async (Prefix: string, more: object = {}) =>
  keysOf(await list('albums', { Prefix, Delimiter: '/', ...more })).length === 0;
const inFolder = "with Prefix: 'rome/' it would have returned what is in the folder.";

tryAll(
  'a folder that is listed without its slash',
  [
    {
      of: 'and taken for empty',
      test: async () => expect(await isEmpty('rome', { MaxKeys: 1 })).toBe(false),
      says: `ListObjectsV2 albums: it has no Contents, and 'rome/' in CommonPrefixes, since its Prefix ends before the Delimiter; ${inFolder}`,
    },
    {
      of: 'and counted',
      test: async () => expect(keysOf(await list('albums', { Prefix: 'rome', Delimiter: '/' }))).toHaveLength(2),
      says: inFolder,
    },
  ],
  [
    {
      of: 'a listing with the slash',
      test: async () => expect(await isEmpty('rome/')).toBe(true),
      hides: 'the folder',
    },
    { of: 'no folder', test: async () => expect(await isEmpty('par')).toBe(true), hides: 'the folder' },
    {
      of: 'a folder beside a key',
      test: async () => expect(await isEmpty('oslo')).toBe(true),
      hides: 'what is in the folder',
    },
    {
      of: 'another number',
      test: async () => expect(keysOf(await list('albums', { Prefix: 'rome', Delimiter: '/' }))).toHaveLength(5),
      hides: 'what is in the folder',
    },
    {
      of: 'a question about another request',
      async test() {
        await isEmpty('rome');
        expect((await head('albums', 'paris'))['ContentLength'] === (2 as never)).toBe(true);
      },
      hides: 'what is in the folder',
    },
  ],
);

const countIn = async (Prefix: string) => (await list('docs', { Prefix, Delimiter: '/' })).KeyCount;

tryAll(
  'KeyCount',
  [
    {
      of: 'for the keys',
      test: async () => expect(await countIn('hr/')).toBe(2),
      says: 'KeyCount of ListObjectsV2 docs is 5, because it counts 2 keys and 3 of CommonPrefixes: count Contents.',
    },
    {
      of: 'for the folders',
      test: async () => expect(await countIn('hr/')).toBe(3),
      says: 'count CommonPrefixes.',
    },
  ],
  [
    { of: 'another number', test: async () => expect(await countIn('hr/')).toBe(4), hides: 'KeyCount of' },
    {
      of: 'a count of something else',
      test: async () => expect(((await countIn('hr/')) ?? 0) + 1).toBe(2),
      hides: 'KeyCount of',
    },
    {
      of: 'a listing without folders',
      test: async () => expect(await countIn('hr/2024/')).toBe(0),
      hides: 'KeyCount of',
    },
  ],
);

const byText =
  "ListObjectsV2 reports: S3 compares keys as text, so 'r-10.pdf' comes before 'r-8.pdf': compare the numbers in the code, or write keys whose numbers have as many digits.";
const reports = async () => keysOf(await list('reports', { Prefix: 'r-' }));

tryAll(
  'numbers in keys',
  [
    {
      of: 'of which the last is taken',
      test: async () => expect((await reports()).at(-1)).toBe('r-10.pdf'),
      says: byText,
    },
    { of: 'of which the first is taken', test: async () => expect((await reports())[0]).toBe('r-8.pdf'), says: byText },
    {
      of: 'of which all are compared',
      test: async () => expect(await reports()).toEqual(['r-8.pdf', 'r-9.pdf', 'r-10.pdf']),
      says: byText,
    },
  ],
  [
    { of: 'another key', test: async () => expect((await reports()).at(-1)).toBe('r-8.pdf'), hides: 'as text' },
    { of: 'a key of another form', test: async () => expect((await reports()).at(-1)).toBe('other'), hides: 'as text' },
    {
      of: 'keys without numbers',
      test: async () => expect(keysOf(await list('notes'))[0]).toBe('x.txt'),
      hides: 'as text',
    },
    {
      of: 'numbers of one length',
      test: async () => expect(keysOf(await list('logs'))[0]).toBe('log-4'),
      hides: 'as text',
    },
  ],
);

it('does not speak of dates that the keys have in common, where their numbers decide', async () => {
  const screen = await screenOfTest(control, async () => expect((await reports()).at(-1)).toBe('r-10.pdf'));
  expect(screen).not.toContain('LastModified');
});

const newest = async (Bucket: string, MaxKeys: number, more: object = {}) => {
  const { Contents = [] } = await list(Bucket, { MaxKeys, ...more });
  const timeOf = ({ LastModified }: sdk._Object) => LastModified?.getTime() ?? 0;
  return Contents.toSorted((one, other) => timeOf(other) - timeOf(one)).map(({ Key }) => Key);
};
const ofPage = 'in the order of the keys, and not the newest';

tryAll(
  'the newest objects of a first page',
  [
    {
      of: 'of two keys',
      test: async () => expect(await newest('logs', 2, { Prefix: 'log-' })).toEqual(['log-4', 'log-3']),
      says: `ListObjectsV2 logs: MaxKeys: 2 takes the first keys ${ofPage}: list all pages, sort them by LastModified, then take 2.`,
    },
    {
      of: 'of one key',
      test: async () => expect((await newest('logs', 1))[0]).toBe('log-4'),
      says: `MaxKeys: 1 takes the first key ${ofPage}`,
    },
  ],
  [
    {
      of: 'older objects',
      test: async () => expect(await newest('logs', 2)).toEqual(['log-4', 'log-2']),
      hides: ofPage,
    },
    { of: 'fewer objects', test: async () => expect(await newest('logs', 2)).toEqual(['log-4']), hides: ofPage },
    {
      of: 'a further page',
      test: async () => expect(await newest('logs', 1, { StartAfter: 'log-1' })).toEqual(['log-4']),
      hides: ofPage,
    },
    { of: 'a page with all keys', test: async () => expect(await newest('logs', 4)).toEqual(['log-4']), hides: ofPage },
    { of: 'objects of one date', test: async () => expect(await newest('same', 1)).toEqual(['c']), hides: ofPage },
    {
      of: 'keys that are on the page',
      test: async () => expect(await newest('logs', 2, { Prefix: 'log-' })).toEqual(['log-1', 'log-2']),
      hides: ofPage,
    },
  ],
);

it('does not ask for the next page where the newest objects are meant', async () => {
  const test = async () => expect(await newest('logs', 2)).toEqual(['log-4', 'log-3']);
  expect(await screenOfTest(control, test)).not.toContain('NextContinuationToken');
});

const readListed = async (EncodingType?: 'url') => {
  for (const Key of keysOf(await list('notes', { EncodingType }))) await send('GetObject', { Bucket: 'notes', Key });
};
const encoded = (key: string, text: string) =>
  `ListObjectsV2 notes was sent with EncodingType: 'url', so it answered '${text}' for '${key}': leave EncodingType out, or decode each key, decodeURIComponent(Key.replaceAll('+', ' ')).`;

tryAll(
  'encoded keys of a listing',
  [
    { of: 'that are read', test: () => readListed('url'), says: encoded('a+b.txt', 'a%2Bb.txt') },
    {
      of: 'that are compared',
      test: async () =>
        expect(keysOf(await list('notes', { EncodingType: 'url' }))).toEqual(['a%2Bb.txt', 'my notes.txt', 'x.txt']),
      says: encoded('my notes.txt', 'my+notes.txt'),
    },
  ],
  [
    {
      of: 'a key that nobody listed',
      test: () => send('GetObject', { Bucket: 'notes', Key: 'my+notes.txt' }),
      hides: 'EncodingType',
    },
    {
      of: 'a key that the bucket does not have',
      async test() {
        await list('notes', { EncodingType: 'url' });
        await send('GetObject', { Bucket: 'notes', Key: 'my+letters.txt' });
      },
      hides: 'EncodingType',
    },
    {
      of: 'a listing of another bucket',
      async test() {
        await list('notes', { EncodingType: 'url' });
        await send('GetObject', { Bucket: 'logs', Key: 'my+notes.txt' });
      },
      hides: 'EncodingType',
    },
    {
      of: 'a listing that encodes nothing',
      async test() {
        await list('notes');
        await send('GetObject', { Bucket: 'notes', Key: 'my+notes.txt' });
      },
      hides: 'EncodingType',
    },
    {
      of: 'another key',
      test: async () => expect(keysOf(await list('notes', { EncodingType: 'url' }))[2]).toBe('my notes.txt'),
      hides: "was sent with EncodingType: 'url'",
    },
  ],
);

const gone = 'a header for caches, by which S3 deletes nothing: give bucket';
const isThere = (Bucket: string, Key: string) =>
  head(Bucket, Key).then(
    () => true,
    () => false,
  );

tryAll(
  'an object with Expires',
  [
    {
      of: 'that should be gone',
      test() {
        s3.clock.advance({ hours: 2 });
        expect(s3.bucket('temporary')).not.toHaveObject('a.zip');
      },
      says: `'a.zip' has Expires: '${past}', ${gone} 'temporary' a lifecycle rule with Expiration.`,
    },
    {
      of: 'whose read should fail',
      async test() {
        s3.clock.advance({ hours: 2 });
        await expect(send('GetObject', { Bucket: 'temporary', Key: 'a.zip' })).rejects.toThrow();
      },
      says: gone,
    },
    {
      of: 'of which the code asks whether it is there',
      async test() {
        s3.clock.advance({ hours: 2 });
        expect(await isThere('temporary', 'a.zip')).toBe(false);
      },
      says: gone,
    },
  ],
  [
    {
      of: 'a time to come',
      test() {
        s3.clock.advance({ hours: 2 });
        expect(s3.bucket('temporary')).not.toHaveObject('b.zip');
      },
      hides: gone,
    },
    {
      of: 'a rule of lifecycle',
      test() {
        s3.clock.advance({ hours: 2 });
        expect(s3.bucket('ruled')).not.toHaveObject('a.zip');
      },
      hides: gone,
    },
    {
      of: 'a time before the write',
      async test() {
        await write('temporary', 'c.zip', 'c', { Expires: new Date('2020-01-01T00:00:00Z') });
        expect(s3.bucket('temporary')).not.toHaveObject('c.zip');
      },
      hides: gone,
    },
    {
      of: 'another value',
      async test() {
        s3.clock.advance({ hours: 2 });
        expect((await head('temporary', 'a.zip'))['ContentLength']).toBe(4);
      },
      hides: gone,
    },
    {
      of: 'a question about another request',
      async test() {
        s3.clock.advance({ hours: 2 });
        await head('temporary', 'a.zip');
        expect((await list('temporary')).KeyCount === 3).toBe(true);
      },
      hides: gone,
    },
  ],
);

const statusOf = async (url: string) => (await fetch(url)).status;
const link = (bucket: string, query: string) => `https://${bucket}.s3.us-east-1.amazonaws.com/r.pdf?${query}`;

tryAll(
  'headers of an answer that an unsigned request names',
  [
    {
      of: 'one header',
      test: async () => expect(await statusOf(link('press', 'response-content-disposition=inline'))).toBe(200),
      says: 'GetObject press/r.pdf: S3 takes response-content-disposition only in a signed request, and would have answered without it: presign the URL with ResponseContentDisposition, or write the object with ContentDisposition.',
    },
    {
      of: 'two headers',
      test: async () =>
        expect(
          await statusOf(link('press', 'response-content-type=text%2Fplain&x=1&response-cache-control=no-cache')),
        ).toBe(200),
      says: 'presign the URL with ResponseContentType, or write the object with ContentType.',
    },
  ],
  [
    {
      of: 'an object that is not public',
      test: async () => expect(await statusOf(link('closed', 'response-content-type=text%2Fplain'))).toBe(200),
      hides: 'only in a signed request',
    },
    {
      of: 'no such parameter',
      test: async () => expect(await statusOf(link('closed', 'x=1'))).toBe(200),
      hides: 'only in a signed request',
    },
  ],
);

const region = async (Bucket: string) => (await send('GetBucketLocation', { Bucket }))['LocationConstraint'];
const noLocation = `The answer to GetBucketLocation plain has no LocationConstraint, because S3 answers none for us-east-1: read LocationConstraint ?? 'us-east-1'.`;

tryAll(
  'the location of us-east-1',
  [
    { of: 'as a value', test: async () => expect(await region('plain')).toBe('us-east-1'), says: noLocation },
    {
      of: 'in a text',
      test: async () => expect(`https://${await region('plain')}.host/plain`).toBe('https://us-east-1.host/plain'),
      says: noLocation,
    },
    {
      of: 'in a text, as null',
      test: async () => expect(`${(await region('plain')) ?? null}/plain`).toBe('us-east-1/plain'),
      says: noLocation,
    },
  ],
  [
    {
      of: 'another region',
      test: async () => expect(`${await region('europe')}/a`).toBe('us-east-1/a'),
      hides: 'has no LocationConstraint',
    },
    {
      of: 'another difference',
      test: async () => expect(`${await region('plain')}/a`).toBe('us-east-1/b'),
      hides: 'has no LocationConstraint',
    },
    {
      of: 'a location that the answer has',
      async test() {
        await region('europe');
        expect(`${undefined}/a`).toBe('us-east-1/a');
      },
      hides: 'has no LocationConstraint',
    },
    { of: 'no such request', test: () => expect(`${undefined}/a`).toBe('us-east-1/a'), hides: 'LocationConstraint' },
  ],
);

async function areSame(more: object, ofHead: object = {}) {
  await write('plain', 's1', 'same', more);
  await write('plain', 's2', 'same', more);
  const [one, other] = [await head('plain', 's1', ofHead), await head('plain', 's2', ofHead)];
  return one['ChecksumSHA256'] !== undefined && one['ChecksumSHA256'] === other['ChecksumSHA256'];
}
const unasked =
  "HeadObject plain/s2: if the code reads ChecksumSHA256, which the object has: S3 answers it only if the request has ChecksumMode: 'ENABLED'.";

tryAll(
  'a checksum that a read did not ask for',
  [
    {
      of: 'which the code compares',
      test: async () => expect(await areSame({ ChecksumAlgorithm: 'SHA256' })).toBe(true),
      says: unasked,
    },
    {
      of: 'of which the code says that it does not match',
      async test() {
        await areSame({ ChecksumAlgorithm: 'SHA256' });
        throw new Error('checksum mismatch');
      },
      says: unasked,
    },
  ],
  [
    {
      of: 'a read that asked for it',
      test: async () => expect(await areSame({ ChecksumAlgorithm: 'SHA256' }, { ChecksumMode: 'ENABLED' })).toBe(false),
      hides: 'only if the request has',
    },
    {
      of: 'the checksum that SDKs choose',
      test: async () => expect(await areSame({})).toBe(true),
      hides: 'only if the request has',
    },
    {
      of: 'another value',
      async test() {
        await areSame({ ChecksumAlgorithm: 'SHA256' });
        expect((await head('plain', 's1'))['ContentLength']).toBe(9);
      },
      hides: 'only if the request has',
    },
    {
      of: 'a question about another request',
      async test() {
        await areSame({ ChecksumAlgorithm: 'SHA256' });
        expect((await list('plain')).KeyCount === 3).toBe(true);
      },
      hides: 'only if the request has',
    },
  ],
);

async function unzipFetched(ContentEncoding: string | undefined, Body: string | Buffer = gzipSync('{"a":1}')) {
  await write('plain', 'z.json', Body, { ContentEncoding });
  const url = await getSignedUrl(client(), new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'z.json' }));
  gunzipSync(Buffer.from(await (await fetch(url)).arrayBuffer()));
}
const twice =
  "GetObject plain/z.json: fetch has decompressed the body already, since the object has ContentEncoding: 'gzip': leave gunzipSync or createGunzip out.";

tryAll(
  'a body that the client has decompressed',
  [{ of: 'in gzip', test: () => unzipFetched('gzip'), says: twice }],
  [
    { of: 'no ContentEncoding', test: () => unzipFetched(undefined, 'text'), hides: 'has decompressed' },
    {
      of: 'a client that decompresses nothing',
      async test() {
        await write('plain', 'z.json', 'text', { ContentEncoding: 'gzip' });
        const { Body } = await client().send(new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'z.json' }));
        gunzipSync((await Body?.transformToByteArray()) ?? '');
      },
      hides: 'has decompressed',
    },
    {
      of: 'another error',
      async test() {
        await unzipFetched('gzip').catch(() => undefined);
        throw new Error('there is no such report');
      },
      hides: 'has decompressed',
    },
  ],
);

async function readText(Key: string) {
  const { Body } = await client().send(new sdk.GetObjectCommand({ Bucket: 'plain', Key }));
  return Body?.transformToString();
}
const json = 'The expected text and the body are the same JSON with other blanks: compare JSON.parse(body)';
const order = { id: 7, of: "Tom's \\ {x}" };

tryAll(
  'one JSON value in two forms',
  [
    {
      of: 'of a text',
      test: async () => expect(await readText('a.json')).toBe('{"a":1}'),
      says: `${json}, or expect JSON.stringify(value, null, 2).`,
    },
    {
      of: 'of a request',
      async test() {
        await write('plain', 'o.json', JSON.stringify(order));
        expect(s3).toHaveReceived('PutObject', { Body: JSON.stringify(order, null, 2) });
      },
      says: `${json}, or expect JSON.stringify(value).`,
    },
    {
      of: 'of an object',
      test: () => expect(s3.bucket('plain')).toHaveObject('a.json', { body: '{"a":1}' }),
      says: `${json}, or expect JSON.stringify(value, null, 2).`,
    },
    {
      of: 'with a line break at its end',
      async test() {
        await write('plain', 'o.json', '{"a":1}\n');
        expect(await readText('o.json')).toBe('{"a":1}');
      },
      says: `${json}.`,
    },
  ],
  [
    {
      of: 'another value',
      test: async () => expect(await readText('a.json')).toBe('{"a":2}'),
      hides: 'same JSON',
    },
    {
      of: 'another value of an object',
      test: () => expect(s3.bucket('plain')).toHaveObject('a.json', { body: '{"a":2}' }),
      hides: 'same JSON',
    },
    {
      of: 'a text that is no body',
      async test() {
        await readText('a.json');
        expect('{"b": 1}').toBe('{"b":1}');
      },
      hides: 'same JSON',
    },
    { of: 'a number', test: async () => expect(await readText('b.bin')).toBe('1'), hides: 'same JSON' },
  ],
);

it('reads the bodies of a matcher from its text, where the runner passes printed forms', async () => {
  await write('plain', 'o.json', '{"a":1}');
  const message = `Expected to receive PutObject with { Body: '[]' }, but the one PutObject request differs.\n\n     - Body: expected '{\\n  "a": 1\\n}', received '{"a":1}'`;
  expect(screenOf(control, message)).toContain(`${json}, or expect JSON.stringify(value).`);
  expect(screenOf(control, message.replace('"a": 1', '"a": 2')) ?? '').not.toContain('same JSON');
});

describe('times of a run', () => {
  const compare = (expected: string, received: string, name = 'expect(received).toMatchInlineSnapshot(snapshot)') => ({
    message: name,
    compared: { expected: [{ name: '', value: expected }], received: [{ name: '', value: received }] },
  });
  /** Uses a mock whose clock runs. */
  async function screenAt(make: (time: string) => Parameters<typeof screenOf>[1], options: object = {}) {
    await control.mock.stop();
    control = createMock({ buckets: { plain: {} }, ...options }, mockS3);
    control.lifetime.start();
    await write('plain', 'a', 'a');
    const time = control.mock.bucket('plain').newest('a').lastModified.toISOString();
    return screenOf(control, make(`${time.slice(0, 19).replace('T', ' ')}Z`));
  }
  const says =
    "Both texts differ in times alone, and the received ones are of this run: stop the clock with the option now: '2026-11-28T09:12:44Z' of mockS3.";
  const old = '2020-11-28 09:12:44Z';

  it('are said to be of this run', async () => {
    const screen = await screenAt((time) => compare('a 2026-11-28 09:12:44Z\n', `a ${time}\n`));
    expect(screen).toContain(says);
  });
  it('are found in a snapshot of vitest', async () => {
    const screen = await screenAt((time) =>
      compare(`a ${old}, ${old}`, `a ${time}, ${time}`, 'Snapshot `a 1` mismatched'),
    );
    expect(screen).toContain("now: '2020-11-28T09:12:44Z' of mockS3.");
  });
  it('need another snapshot if they were several', async () => {
    const screen = await screenAt((time) => compare(`${old} 2020-11-28 09:12:45Z`, `${time} ${time}`));
    expect(screen).toContain('stop the clock with the option now of mockS3.');
  });
  it.each([
    ['a text that differs', (time: string) => compare(`a ${old}`, `b ${time}`), {}],
    ['an old time', () => compare(`a ${old}`, 'a 2019-01-01 00:00:00Z'), {}],
    ['an error of the code', (time: string) => compare(`a ${old}`, `a ${time}`, 'no such report'), {}],
    ['a clock that stands still', (time: string) => compare(`a ${old}`, `a ${time}`), { now: '2026-03-01T12:00:00Z' }],
    ['equal times', (time: string) => compare(time, time), {}],
  ])('are not the reason of %s', async (_, make, options) => {
    expect((await screenAt(make, options)) ?? '').not.toContain('differ in times alone');
  });
});
