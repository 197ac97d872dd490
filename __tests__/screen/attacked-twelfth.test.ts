import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const website = { IndexDocument: { Suffix: 'index.html' } };
const shareWith = (name: string, Action = 's3:GetObject') => ({
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow' as const, Principal: '*' as const, Action, Resource: `arn:aws:s3:::${name}/*` }],
});
const pages = { 'index.html': 'the shop', 'docs/index.html': 'the docs', 'a.txt': 'plain' };

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      docs: {
        versioning: 'Enabled',
        objects: {
          'plan.md': [
            { body: 'one', versionId: 'v1' },
            { body: 'two', versionId: 'v2' },
            { body: 'six', versionId: 'v3' },
          ],
          'team.md': [
            { body: 'red', versionId: 't1' },
            { body: 'blue', versionId: 't2' },
          ],
        },
      },
      notes: {
        versioning: 'Enabled',
        objects: { a: [{ body: 'x', versionId: 'a1' }], b: [{ body: 'y', versionId: 'b1' }] },
      },
      open: { website, publicAccessBlock: null, policy: shareWith('open'), objects: pages },
      kept: {
        website,
        versioning: 'Enabled',
        publicAccessBlock: null,
        policy: shareWith('kept'),
        objects: {
          'index.html': [
            { body: 'old', versionId: 'w1' },
            { body: 'new', versionId: 'w2' },
          ],
        },
      },
      plain: { objects: { 'd.csv': 'abcdefghij', 'h.bin': 'abcd\nefghi' } },
      tags: { objects: { 'i1.pdf': 'text' } },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const putTagged = (tags: unknown) =>
  send('PutObject', { Bucket: 'tags', Key: 'i2.pdf', Body: 'text', Tagging: JSON.stringify(tags) });
const isJson = 'a query string, and this one is JSON';

tryAll(
  'tags that are JSON',
  [
    {
      of: 'one tag',
      test: () => putTagged({ Key: 'customer', Value: 'acme' }),
      says: "this one is JSON: write Tagging: 'customer=acme'",
    },
    {
      of: 'ten tags',
      test: () => putTagged(Object.fromEntries(Array.from({ length: 10 }, (_one, index) => [`k${index}`, 'v']))),
      says: isJson,
    },
  ],
  [
    {
      of: 'more tags than an object can have',
      test: () => putTagged(Object.fromEntries(Array.from({ length: 11 }, (_one, index) => [`k${index}`, 'v']))),
      hides: isJson,
    },
    {
      of: 'a tag that the list has twice',
      test: () => putTagged(['1', '2'].map((Value) => ({ Key: 'a', Value }))),
      hides: isJson,
    },
    { of: 'a tag that only AWS can put', test: () => putTagged({ 'aws:stage': 'draft' }), hides: isJson },
    { of: 'a member that is null', test: () => putTagged({ customer: 'acme', owner: null }), hides: isJson },
    {
      of: 'a member that is an object',
      test: () => putTagged({ customer: 'acme', by: { name: 'ann' } }),
      hides: isJson,
    },
    {
      of: 'an item of a list that is no tag',
      test: () => putTagged([{ customer: 'acme' }, { Key: 'stage', Value: 'draft' }]),
      hides: isJson,
    },
  ],
);

const readText = async (input: object) => {
  const { Body } = await new sdk.S3Client({ region: 'us-east-1', maxAttempts: 1 }).send(
    new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'd.csv', ...input }),
  );
  return String(await Body?.transformToString());
};
/** Joins ranges, and leaves out those that S3 refuses. */
const download = async (ranges: readonly string[], Key = 'd.csv') => {
  const texts: string[] = [];
  for (const range of ranges) texts.push(await readText({ Key, Range: `bytes=${range}` }).catch(() => ''));
  return texts.join('');
};
const damaged = () => {
  throw new Error('checksum mismatch');
};
const includesLast = 'A Range includes its last byte';

tryAll(
  'ranges that do not meet',
  [
    {
      of: 'more than a byte twice',
      test: async () => expect(await download(['0-5', '3-9'])).toBe('abcdefghij'),
      says: "the ranges 'bytes=0-5' and 'bytes=3-9' have 3 bytes in common: end the first one a byte before the next begins, 'bytes=0-2' for 3 bytes.",
    },
    {
      of: 'a whole range left out',
      test: async () => expect(await download(['0-1', '2-3', '6-7', '8-9'])).toBe('abcdefghij'),
      says: "the ranges 'bytes=2-3' and 'bytes=6-7' leave out 2 bytes between them: read the bytes 4 to 5 as well.",
    },
    {
      of: 'a checksum of the code, where the last range is shorter',
      async test() {
        await download(['0-4', '4-8', '8-9']);
        damaged();
      },
      says: includesLast,
    },
    {
      of: 'a range that the code has read again after a failure',
      async test() {
        s3.on('GetObject', { Range: 'bytes=4-8' }).fail('SlowDown', { times: 1 });
        await download(['0-4', '4-8', '4-8', '8-12']);
        damaged();
      },
      says: includesLast,
    },
    {
      of: 'a failure of the whole before its ranges',
      async test() {
        s3.on('GetObject', { Range: 'bytes=0-9' }).fail('SlowDown');
        await download(['0-9']);
        expect(await download(['0-3', '5-9'])).toBe('abcdefghij');
      },
      says: includesLast,
    },
  ],
  [
    {
      of: 'more than a byte twice',
      test: async () => expect(await download(['0-5', '3-9'])).toBe('abcdefghij'),
      hides: includesLast,
    },
    {
      of: 'a range that a rule of the test has failed',
      async test() {
        s3.on('GetObject', { Range: 'bytes=4-7' }).fail('SlowDown');
        expect(await download(['0-3', '4-7', '8-9'])).toBe('abcdefghij');
      },
      hides: 'leave out 4 bytes',
    },
    {
      of: 'a range of one byte that a rule of the test has failed',
      async test() {
        s3.on('GetObject', { Range: 'bytes=4-4' }).fail('SlowDown');
        await download(['0-3', '4-4', '5-8']);
        damaged();
      },
      hides: includesLast,
    },
    {
      of: 'a header, and what comes after the end of its line',
      async test() {
        await download(['0-3', '5-9'], 'h.bin');
        damaged();
      },
      hides: includesLast,
    },
    {
      of: 'an index, and a block at which it points',
      async test() {
        await download(['0-0', '2-5']);
        throw new Error('block 1 is corrupt');
      },
      hides: includesLast,
    },
    {
      of: 'a byte that belongs to the header, and to what the checksum is of',
      async test() {
        await download(['0-4', '4-9']);
        damaged();
      },
      hides: includesLast,
    },
  ],
);

const list = async (Prefix?: string, Bucket = 'docs'): Promise<sdk.ListObjectVersionsOutput> =>
  send('ListObjectVersions', { Bucket, Prefix });
const history = async (Prefix?: string, Bucket?: string) => (await list(Prefix, Bucket)).Versions ?? [];
const newestFirst = 'the test expects the oldest first';

/** Deletes and writes a key, and lists the ids of its versions and then those of its delete markers. */
const deleteAndWrite = async () => {
  const at = { Bucket: 'docs', Key: 'team.md' };
  const { VersionId: marker } = await send('DeleteObject', at);
  const { VersionId: written } = await send('PutObject', { ...at, Body: 'new' });
  const { Versions = [], DeleteMarkers = [] } = await list('team.md');
  return { marker, written, ids: [...Versions, ...DeleteMarkers].map(({ VersionId }) => VersionId) };
};
/** Two keys with a null version each, beside another one. */
const suspend = async () => {
  await send('PutBucketVersioning', { Bucket: 'notes', VersioningConfiguration: { Status: 'Suspended' } });
  for (const Key of ['a', 'b']) await send('PutObject', { Bucket: 'notes', Key, Body: 'new' });
  return (await history(undefined, 'notes')).map(({ VersionId }) => VersionId);
};

tryAll(
  'versions from the oldest to the newest',
  [
    {
      of: 'ids with their sizes',
      async test() {
        const versions = (await history('team.md')).map(({ VersionId, Size }) => ({ VersionId, Size }));
        expect(versions).toEqual([
          { VersionId: 't1', Size: 3 },
          { VersionId: 't2', Size: 4 },
        ]);
      },
      says: newestFirst,
    },
    {
      of: 'ids before that of a delete marker',
      async test() {
        const { ids, marker, written } = await deleteAndWrite();
        expect(ids).toEqual(['t1', 't2', written, marker]);
      },
      says: newestFirst,
    },
    {
      of: 'null versions of several keys',
      async test() {
        expect(await suspend()).toEqual(['a1', 'null', 'b1', 'null']);
      },
      says: newestFirst,
    },
  ],
  [
    {
      of: 'another latest version',
      async test() {
        const versions = (await history('plan.md')).map(({ VersionId, IsLatest }) => ({ VersionId, IsLatest }));
        expect(versions).toEqual([
          { VersionId: 'v1', IsLatest: true },
          { VersionId: 'v2', IsLatest: false },
          { VersionId: 'v3', IsLatest: false },
        ]);
      },
      hides: newestFirst,
    },
    {
      of: 'the sizes of one another',
      async test() {
        const versions = (await history('team.md')).map(({ VersionId, Size }) => ({ VersionId, Size }));
        expect(versions).toEqual([
          { VersionId: 't1', Size: 4 },
          { VersionId: 't2', Size: 3 },
        ]);
      },
      hides: newestFirst,
    },
    {
      of: 'the bodies of one another',
      async test() {
        const versions: object[] = [];
        for (const { Key, VersionId } of await history('team.md'))
          versions.push({ VersionId, text: await readText({ Bucket: 'docs', Key, VersionId }) });
        expect(versions).toEqual([
          { VersionId: 't1', text: 'blue' },
          { VersionId: 't2', text: 'red' },
        ]);
      },
      hides: newestFirst,
    },
    {
      of: 'a delete marker between the versions',
      async test() {
        const { ids, marker, written } = await deleteAndWrite();
        expect(ids).toEqual(['t1', 't2', marker, written]);
      },
      hides: newestFirst,
    },
    {
      of: 'null versions, of which one key has another order',
      async test() {
        expect(await suspend()).toEqual(['a1', 'null', 'null', 'b1']);
      },
      hides: newestFirst,
    },
  ],
);

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
const page = 'a page of some words';
const put = (more: object = {}) =>
  send('PutObject', { Bucket: 'plain', Key: 'i.html', Body: page, ChecksumAlgorithm: 'SHA256', ...more });
const head = () => send('HeadObject', { Bucket: 'plain', Key: 'i.html' });
const readBegin = () =>
  send(
    'GetObject',
    { Bucket: 'plain', Key: 'i.html', Range: 'bytes=0-0' },
    { responseChecksumValidation: 'WHEN_REQUIRED' },
  );
/** Writes the same bytes twice, since the head of the object has no checksum. */
const putTwice = async (more?: object) => {
  await put(more);
  await head();
  await put(more);
  return 2;
};
const putOther = (Body: string) => send('PutObject', { Bucket: 'plain', Key: 'other.html', Body });
const ofMode = "S3 answers it only if the request has ChecksumMode: 'ENABLED'";

tryAll(
  'a checksum for which the code has not asked',
  [
    {
      of: 'a matcher that names the key',
      async test() {
        await putTwice();
        expect(s3).not.toHaveReceived('PutObject', { Key: 'i.html' });
      },
      says: ofMode,
    },
    {
      of: 'a matcher that counts the writes of the key',
      async test() {
        await putOther('x');
        await putTwice();
        expect(s3).toHaveReceivedTimes('PutObject', 1, { Key: 'i.html' });
      },
      says: ofMode,
    },
    { of: 'the number of writes', test: async () => expect(await putTwice()).toBe(1), says: ofMode },
    {
      of: 'metadata that are no digest',
      test: async () => expect(await putTwice({ Metadata: { title: 'one' } })).toBe(1),
      says: ofMode,
    },
  ],
  [
    {
      of: 'a write of another key, which should not come',
      async test() {
        await putOther('x');
        await putTwice();
        expect(s3).not.toHaveReceived('PutObject', { Key: 'other.html' });
      },
      hides: ofMode,
    },
    {
      of: 'the number of writes of another key',
      async test() {
        await putOther('x');
        await putOther('y');
        await putTwice();
        expect(s3).toHaveReceivedTimes('PutObject', 1, { Key: 'other.html' });
      },
      hides: ofMode,
    },
    {
      of: 'a test that expects more writes',
      test: async () => expect(await putTwice()).toBe(3),
      hides: ofMode,
    },
    {
      of: 'a number that is not one of writes',
      test: async () => expect(25 * (await putTwice())).toBe(7),
      hides: ofMode,
    },
    {
      of: 'the text of another object',
      async test() {
        const text = await readText({});
        await putTwice();
        expect(text).toBe('another text');
      },
      hides: ofMode,
    },
    {
      of: 'a range, which has no checksum of the whole',
      async test() {
        await put();
        await readBegin();
        await put();
        expect('uploaded').toBe('unchanged');
      },
      hides: ofMode,
    },
    {
      of: 'a range that the code takes for damaged',
      async test() {
        await put();
        await readBegin();
        damaged();
      },
      hides: ofMode,
    },
    {
      of: 'a digest in metadata, whose names are in lower case',
      async test() {
        await putTwice({ Metadata: { Sha: sha256(page) } });
        expect('uploaded').toBe('unchanged');
      },
      hides: ofMode,
    },
    {
      of: 'a digest in metadata by which the code judges',
      async test() {
        await put({ Metadata: { Sha: sha256(page) } });
        const { Metadata }: { Metadata?: Record<string, string> } = await head();
        if (Metadata?.['Sha'] !== sha256(page)) damaged();
      },
      hides: ofMode,
    },
  ],
);

const visit = (bucket: string, path: string) => fetch(`https://${bucket}.s3.us-east-1.amazonaws.com/${path}`);
const atWebsite = 'the address of the website';

tryAll(
  'a page at the host of S3',
  [
    {
      of: 'a page',
      test: async () => expect(await (await visit('open', '')).text()).toBe('the shop'),
      says: atWebsite,
    },
  ],
  [
    {
      of: 'the text of a listing',
      test: async () => expect(await (await visit('open', '')).text()).toContain('<Key>'),
      hides: atWebsite,
    },
    {
      of: 'the keys of a listing',
      async test() {
        const keys = [...(await (await visit('open', '')).text()).matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key);
        expect(keys).toEqual(['a.txt', 'docs/index.html', 'index.html']);
      },
      hides: atWebsite,
    },
    {
      of: 'an older version, which a website does not answer',
      test: async () => expect(await (await visit('kept', 'index.html?versionId=w1')).text()).toBe('old'),
      hides: atWebsite,
    },
    {
      of: 'a header of the answer that the query names',
      test: async () => expect((await visit('open', 'a.txt?response-content-disposition=attachment')).status).toBe(200),
      hides: atWebsite,
    },
  ],
);

const client = new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1' });
const sign = (signingDate: Date) =>
  getSignedUrl(client, new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'd.csv' }), { signingDate });
const visitAfter = async (signed: string, minutes: number) => {
  const url = await sign(new Date(signed));
  s3.clock.advance({ minutes });
  return (await fetch(url)).status;
};
const less = 'or move it less';

tryAll(
  'a URL that has expired',
  [
    {
      of: 'a clock that was moved too far',
      test: async () => expect(await visitAfter('2026-03-01T11:50:00Z', 10)).toBe(200),
      says: less,
    },
    {
      of: 'a URL that had expired before',
      test: async () => expect(await visitAfter('2026-02-01T00:00:00Z', 1)).toBe(200),
      says: 'the URL had expired before the clock was moved',
    },
  ],
  [
    {
      of: 'a URL that had expired before',
      test: async () => expect(await visitAfter('2026-02-01T00:00:00Z', 1)).toBe(200),
      hides: less,
    },
  ],
);
