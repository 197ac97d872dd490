import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
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
const trust = (Principal: object, more: object = {}) => ({
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow' as const, Principal, Action: 'sts:AssumeRole', ...more }],
});
const lambda = { Service: 'lambda.amazonaws.com' };
const ofUser = (name: string) => `arn:aws:iam::000000000000:user/${name}`;
const pages = { 'index.html': 'the shop', 'docs/index.html': 'the docs', 'a.txt': 'plain' };
const tagged = (...names: readonly string[]) => names.map((Key) => ({ Key, Value: `of ${Key}` }));

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    users: { app: {}, other: {} },
    roles: {
      reader: { trust: trust(lambda) },
      named: { trust: trust({ AWS: ofUser('other') }) },
      closed: {
        trust: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: lambda, Action: 'sts:AssumeRole' },
            { Effect: 'Deny', Principal: { AWS: ofUser('app') }, Action: 'sts:AssumeRole' },
          ],
        },
      },
      strict: { trust: trust(lambda, { Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } }) },
    },
    buckets: {
      plain: { objects: { 'd.csv': 'abcdefghij', 'e.csv': 'abcdefghij' } },
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
      shop: { website, policy: shareWith('shop'), objects: pages },
      fresh: { website, objects: pages },
      open: { website, publicAccessBlock: null, policy: shareWith('open'), objects: pages },
      nopolicy: { website, publicAccessBlock: null, objects: pages },
      meant: {
        website,
        policy: shareWith('meant'),
        publicAccessBlock: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: false,
          RestrictPublicBuckets: true,
        },
        objects: pages,
      },
      partly: { website, publicAccessBlock: null, policy: shareWith('partly/docs'), objects: pages },
      moved: {
        website: {
          ...website,
          RoutingRules: [
            {
              Condition: { KeyPrefixEquals: 'old' },
              Redirect: { ReplaceKeyPrefixWith: 'docs', HttpRedirectCode: '302' },
            },
          ],
        },
        publicAccessBlock: null,
        policy: shareWith('moved'),
        objects: pages,
      },
      empty: { website, publicAccessBlock: null, policy: shareWith('empty') },
      files: { publicAccessBlock: null, policy: shareWith('files'), objects: pages },
      tags: { objects: { 'i1.pdf': 'text' } },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const history = async (Prefix?: string): Promise<readonly sdk.ObjectVersion[]> => {
  const { Versions = [] } = (await send('ListObjectVersions', {
    Bucket: 'docs',
    Prefix,
  })) as sdk.ListObjectVersionsOutput;
  return Versions;
};
const idsOf = async (Prefix?: string) => (await history(Prefix)).map(({ VersionId }) => VersionId);
const readText = async (input: object) => {
  const { Body } = await new sdk.S3Client({ region: 'us-east-1', maxAttempts: 1 }).send(
    new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'd.csv', ...input }),
  );
  return String(await Body?.transformToString());
};
const newestFirst = 'the test expects the oldest first';

tryAll(
  'versions from the oldest to the newest',
  [
    {
      of: 'their ids',
      async test() {
        expect(await idsOf('plan.md')).toEqual(['v1', 'v2', 'v3']);
      },
      says: 'ListObjectVersions docs lists the newest version of a key first, and the test expects the oldest first: expect the newest first, or reverse the versions of each key in the code.',
    },
    {
      of: 'members beside their ids',
      async test() {
        const versions = (await history('plan.md')).map(({ Key, VersionId }) => ({ Key, VersionId }));
        expect(versions).toEqual(['v1', 'v2', 'v3'].map((VersionId) => ({ Key: 'plan.md', VersionId })));
      },
      says: newestFirst,
    },
    {
      of: 'their bodies',
      async test() {
        const texts: string[] = [];
        for (const { Key, VersionId } of await history('plan.md'))
          texts.push(await readText({ Bucket: 'docs', Key, VersionId }));
        expect(texts).toEqual(['one', 'two', 'six']);
      },
      says: newestFirst,
    },
    {
      of: 'several keys',
      async test() {
        expect(await idsOf()).toEqual(['v1', 'v2', 'v3', 't1', 't2']);
      },
      says: newestFirst,
    },
    {
      of: 'the older ones alone',
      async test() {
        expect((await idsOf('plan.md')).slice(1)).toEqual(['v1', 'v2']);
      },
      says: newestFirst,
    },
    {
      of: 'several pages',
      async test() {
        const first = (await send('ListObjectVersions', {
          Bucket: 'docs',
          MaxKeys: 2,
        })) as sdk.ListObjectVersionsOutput;
        const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first;
        const second = (await send('ListObjectVersions', {
          ...{ Bucket: 'docs', KeyMarker, VersionIdMarker, Prefix: 'plan' },
        })) as sdk.ListObjectVersionsOutput;
        const all = [...(first.Versions ?? []), ...(second.Versions ?? [])];
        expect(all.map(({ VersionId }) => VersionId)).toEqual(['v1', 'v2', 'v3']);
      },
      says: newestFirst,
    },
  ],
  [
    {
      of: 'keys in another order as well',
      async test() {
        expect(await idsOf()).toEqual(['t1', 't2', 'v1', 'v2', 'v3']);
      },
      hides: newestFirst,
    },
    {
      of: 'another order than that of the dates',
      async test() {
        expect(await idsOf('plan.md')).toEqual(['v2', 'v1', 'v3']);
      },
      hides: newestFirst,
    },
    {
      of: 'an order that the code made',
      async test() {
        expect((await idsOf('plan.md')).toReversed()).toEqual(['v3', 'v2', 'v1']);
      },
      hides: newestFirst,
    },
    {
      of: 'another version',
      async test() {
        expect(await idsOf('plan.md')).toEqual(['v0', 'v1', 'v2', 'v3']);
      },
      hides: newestFirst,
    },
    {
      of: 'another version in place of one',
      async test() {
        expect(await idsOf('plan.md')).toEqual(['v1', 'v2', 'v4']);
      },
      hides: newestFirst,
    },
    {
      of: 'a text beside them',
      async test() {
        expect([...(await idsOf('plan.md')), 'note']).toEqual(['v1', 'v2', 'v3']);
      },
      hides: newestFirst,
    },
    {
      of: 'another text beside them',
      async test() {
        expect([...(await idsOf('plan.md')), 'note']).toEqual(['v1', 'v2', 'v3', 'remark']);
      },
      hides: newestFirst,
    },
    {
      of: 'another member of the versions',
      async test() {
        const latest = (await history()).filter((one) => one.IsLatest);
        const members = latest.map(({ VersionId, IsLatest }) => ({ VersionId, IsLatest }));
        expect(members).toEqual(members.map(({ VersionId }) => ({ VersionId, IsLatest: false })));
      },
      hides: newestFirst,
    },
    {
      of: 'what a handle has read',
      async test() {
        await history('plan.md');
        expect(
          s3
            .bucket('docs')
            .versions('plan.md')
            .map(({ versionId }) => versionId),
        ).toEqual(['v1', 'v2', 'v3']);
      },
      hides: newestFirst,
    },
    {
      of: 'one version of each key',
      async test() {
        expect((await history()).filter((one) => one.IsLatest).map(({ VersionId }) => VersionId)).toEqual(['t2', 'v3']);
      },
      hides: newestFirst,
    },
  ],
);

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
const headOrNothing = async (input: object): Promise<Record<string, string>> => {
  try {
    return await send('HeadObject', input);
  } catch {
    return {};
  }
};

interface Sync {
  readonly write?: object;
  readonly read?: object;
  readonly compares?: string;
}

/** Uploads a text, unless S3 has the same bytes by a member of the answer. */
async function sync(Key: string, text: string, { write = {}, read = {}, compares = 'ChecksumSHA256' }: Sync = {}) {
  const head = await headOrNothing({ Bucket: 'plain', Key, ...read });
  if (head[compares] === sha256(text)) return 'unchanged';
  await send('PutObject', { Bucket: 'plain', Key, Body: text, ChecksumAlgorithm: 'SHA256', ...write });
  return 'uploaded';
}
const syncTwice = async (texts: readonly [string, string], how: Sync = {}) => {
  await sync('index.html', texts[0], how);
  return sync('index.html', texts[1], how);
};
const versioned = { Bucket: 'docs', Key: 'a', Body: 'x', ChecksumAlgorithm: 'SHA256' };
const ofMode = "S3 answers it only if the request has ChecksumMode: 'ENABLED'";

tryAll(
  'a checksum for which the code has not asked',
  [
    {
      of: 'HeadObject',
      async test() {
        expect(await syncTwice(['hi', 'hi'])).toBe('unchanged');
      },
      says: "PutObject plain/index.html wrote the bytes that the object had already. If the code compares ChecksumSHA256 of HeadObject plain/index.html: S3 answers it only if the request has ChecksumMode: 'ENABLED'.",
    },
    {
      of: 'the requests, although one of them was refused as it should be',
      async test() {
        expect(await syncTwice(['hi', 'hi'])).toBe('unchanged');
      },
      says: 'The 4 requests of this test:\n  1. HeadObject',
    },
    {
      of: 'GetObject',
      async test() {
        const put = { Bucket: 'plain', Key: 'new.txt', Body: 'hi', ChecksumAlgorithm: 'SHA1' };
        await send('PutObject', put);
        await send('GetObject', { Bucket: 'plain', Key: 'new.txt' }, { responseChecksumValidation: 'WHEN_REQUIRED' });
        await send('PutObject', put);
        expect(['new.txt']).toEqual([]);
      },
      says: 'If the code compares ChecksumSHA1 of GetObject plain/new.txt: S3 answers it only if',
    },
    {
      of: 'the number of writes',
      async test() {
        await syncTwice(['hi', 'hi']);
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      says: ofMode,
    },
    {
      of: 'a write that should not come',
      async test() {
        await syncTwice(['hi', 'hi']);
        expect(s3).not.toHaveReceived('PutObject');
      },
      says: ofMode,
    },
  ],
  [
    {
      of: 'other bytes',
      async test() {
        expect(await syncTwice(['hi', 'ho'])).toBe('unchanged');
      },
      hides: ofMode,
    },
    {
      of: 'a request that has asked for it',
      async test() {
        expect(await syncTwice(['hi', 'hi'], { read: { ChecksumMode: 'ENABLED' }, compares: 'ETag' })).toBe(
          'unchanged',
        );
      },
      hides: ofMode,
    },
    {
      of: 'a checksum that the SDK alone makes',
      async test() {
        expect(await syncTwice(['hi', 'hi'], { write: { ChecksumAlgorithm: undefined } })).toBe('unchanged');
      },
      hides: ofMode,
    },
    {
      of: 'a comparison of another value of the answer',
      async test() {
        await syncTwice(['hi', 'hi']);
        const { ETag } = await headOrNothing({ Bucket: 'plain', Key: 'index.html' });
        expect(ETag).toBe('"other"');
      },
      hides: ofMode,
    },
    {
      of: 'a value of the answer to the write',
      async test() {
        await send('PutObject', versioned);
        await send('HeadObject', { Bucket: 'docs', Key: 'a' });
        const { VersionId } = await send('PutObject', versioned);
        expect(VersionId).toBe('v1');
      },
      hides: ofMode,
    },
    {
      of: 'a value of the answer to the read',
      async test() {
        await send('PutObject', versioned);
        const { ContentType } = await send('HeadObject', { Bucket: 'docs', Key: 'a' });
        await send('PutObject', versioned);
        expect(ContentType).toBe('text/html');
      },
      hides: ofMode,
    },
    {
      of: 'a read of another key',
      async test() {
        const put = { Bucket: 'plain', Key: 'copy.html', Body: 'hi', ChecksumAlgorithm: 'SHA256' };
        await send('PutObject', put);
        await send('HeadObject', { Bucket: 'plain', Key: 'd.csv' });
        await send('PutObject', put);
        expect(['copy.html']).toEqual([]);
      },
      hides: ofMode,
    },
    {
      of: 'a part that is uploaded again',
      async test() {
        const at = { Bucket: 'plain', Key: 'd.csv', ChecksumAlgorithm: 'SHA256' };
        const { UploadId } = await send('CreateMultipartUpload', at);
        const part = { ...at, UploadId, PartNumber: 1, Body: 'part' };
        await send('UploadPart', part);
        await send('HeadObject', { Bucket: 'plain', Key: 'd.csv' });
        await send('UploadPart', part);
        expect(['d.csv']).toEqual([]);
      },
      hides: ofMode,
    },
    {
      of: 'a write with other metadata',
      async test() {
        await sync('index.html', 'hi');
        expect(await sync('index.html', 'hi', { write: { Metadata: { title: 'two' } } })).toBe('unchanged');
      },
      hides: ofMode,
    },
    {
      of: 'more writes',
      async test() {
        await syncTwice(['hi', 'hi']);
        expect(s3).toHaveReceivedTimes('PutObject', 3);
      },
      hides: ofMode,
    },
    {
      of: 'a write with other members',
      async test() {
        await syncTwice(['hi', 'hi']);
        expect(s3).toHaveReceived('PutObject', { ContentType: 'text/html' });
      },
      hides: ofMode,
    },
    {
      of: 'a read of another version',
      async test() {
        const { VersionId } = await send('PutObject', {
          Bucket: 'docs',
          Key: 'a',
          Body: 'x',
          ChecksumAlgorithm: 'SHA256',
        });
        await send('HeadObject', { Bucket: 'docs', Key: 'a', VersionId });
        await send('PutObject', { Bucket: 'docs', Key: 'a', Body: 'x', ChecksumAlgorithm: 'SHA256' });
        expect(['a.txt']).toEqual([]);
      },
      hides: ofMode,
    },
    {
      of: 'a read that was refused',
      async test() {
        const put = { Bucket: 'plain', Key: 'new.txt', Body: 'hi', ChecksumAlgorithm: 'SHA256' };
        await send('PutObject', put);
        await headOrNothing({ Bucket: 'plain', Key: 'new.txt', IfMatch: '"other"' });
        await send('PutObject', put);
        expect(['new.txt']).toEqual([]);
      },
      hides: ofMode,
    },
    {
      of: 'a write without a read before it',
      async test() {
        const put = { Bucket: 'plain', Key: 'new.txt', Body: 'hi', ChecksumAlgorithm: 'SHA256' };
        await send('PutObject', put);
        await send('PutObject', put);
        expect(['new.txt']).toEqual([]);
      },
      hides: ofMode,
    },
    {
      of: 'an object that was deleted between',
      async test() {
        await sync('index.html', 'hi');
        await send('HeadObject', { Bucket: 'plain', Key: 'index.html' });
        await send('DeleteObject', { Bucket: 'plain', Key: 'index.html' });
        expect(await sync('index.html', 'hi')).toBe('unchanged');
      },
      hides: ofMode,
    },
    {
      of: 'an error of the code about something else',
      async test() {
        await syncTwice(['hi', 'hi']);
        throw new Error('the file has no title');
      },
      hides: ofMode,
    },
    {
      of: 'a key that nobody has written, and the list of requests',
      async test() {
        await headOrNothing({ Bucket: 'plain', Key: 'none.txt' });
        await send('HeadObject', { Bucket: 'plain', Key: 'd.csv' });
        expect('uploaded').toBe('unchanged');
      },
      hides: 'requests of this test:\n  1.',
    },
    {
      of: 'a read that was refused for another reason, and the list of requests',
      async test() {
        await headOrNothing({ Bucket: 'plain', Key: 'd.csv', IfMatch: '"other"' });
        await send('HeadObject', { Bucket: 'plain', Key: 'd.csv' });
        expect('uploaded').toBe('unchanged');
      },
      hides: 'requests of this test:\n  1.',
    },
    {
      of: 'a write that was refused, and the list of requests',
      async test() {
        await send('PutObject', { Bucket: 'plain', Key: 'd.csv', Body: 'x', IfNoneMatch: '*' }).catch(() => undefined);
        await send('PutObject', { Bucket: 'plain', Key: 'd.csv', Body: 'x' });
        await send('HeadObject', { Bucket: 'plain', Key: 'd.csv' });
        expect('uploaded').toBe('unchanged');
      },
      hides: 'requests of this test:\n  1.',
    },
    {
      of: 'a key that was written and not read since, and the list of requests',
      async test() {
        expect(await sync('index.html', 'hi')).toBe('unchanged');
      },
      hides: 'requests of this test:\n  1.',
    },
  ],
);

const download = async (ranges: readonly string[], Key = 'd.csv') => {
  const texts = await Promise.all(ranges.map((range) => readText({ Key, Range: `bytes=${range}` })));
  return texts.join('');
};
const includesLast = 'A Range includes its last byte';
const damaged = () => {
  throw new Error('checksum mismatch');
};

tryAll(
  'ranges that do not meet',
  [
    {
      of: 'one byte twice',
      async test() {
        expect(await download(['0-4', '4-8', '8-12'])).toBe('abcdefghij');
      },
      says: "GetObject plain/d.csv: the ranges 'bytes=0-4' and 'bytes=4-8' have 1 byte in common. A Range includes its last byte: end the first one a byte before the next begins, 'bytes=0-3' for 4 bytes.",
    },
    {
      of: 'one byte left out',
      async test() {
        expect(await download(['0-3', '5-9'])).toBe('abcdefghij');
      },
      says: "the ranges 'bytes=0-3' and 'bytes=5-9' leave out 1 byte between them. A Range includes its last byte: begin the next one at byte 4.",
    },
    {
      of: 'the length',
      async test() {
        expect(await download(['0-4', '4-8', '8-12'])).toHaveLength(10);
      },
      says: includesLast,
    },
    {
      of: 'ranges that come in another order',
      async test() {
        const last = await download(['4-9']);
        expect(`${await download(['0-4'])}${last}`).toBe('abcdefghij');
      },
      says: "the ranges 'bytes=0-4' and 'bytes=4-9' have 1 byte in common",
    },
    {
      of: 'a write of another key between',
      async test() {
        const first = await download(['0-4']);
        await send('PutObject', { Bucket: 'plain', Key: 'e.csv', Body: 'abcdefghij' });
        expect(`${first}${await download(['4-9'])}`).toBe('abcdefghij');
      },
      says: includesLast,
    },
    {
      of: 'a part of the object',
      async test() {
        expect(await download(['2-4', '4-6'])).toBe('cdefg');
      },
      says: includesLast,
    },
    {
      of: 'a checksum of the code',
      async test() {
        await download(['0-4', '4-8', '8-12']);
        damaged();
      },
      says: includesLast,
    },
  ],
  [
    {
      of: 'ranges that meet',
      async test() {
        expect(await download(['0-3', '4-7', '8-12'])).toBe('abcdefghijk');
      },
      hides: includesLast,
    },
    {
      of: 'another text',
      async test() {
        expect(await download(['0-4', '4-8', '8-12'])).toBe('abcdefghix');
      },
      hides: includesLast,
    },
    {
      of: 'a longer text',
      async test() {
        expect(await download(['0-4', '4-8', '8-12'])).toBe('abcdefghijklm');
      },
      hides: includesLast,
    },
    {
      of: 'another number',
      async test() {
        expect((await download(['0-4', '4-8', '8-12'])).length - 3).toBe(10);
      },
      hides: includesLast,
    },
    {
      of: 'ranges in another order than the text',
      async test() {
        expect(await download(['4-8', '0-4', '8-12'])).toBe('abcdefghij');
      },
      hides: includesLast,
    },
    {
      of: 'another object',
      async test() {
        const text = `${await download(['0-4'])}${await download(['4-9'], 'e.csv')}`;
        expect(text).toBe('abcdefghij');
      },
      hides: includesLast,
    },
    {
      of: 'an object that was written between',
      async test() {
        const first = await download(['0-4']);
        await send('PutObject', { Bucket: 'plain', Key: 'd.csv', Body: 'abcdefghij' });
        expect(`${first}${await download(['4-9'])}`).toBe('abcdefghij');
      },
      hides: includesLast,
    },
    {
      of: 'a checksum of the code, and ranges that meet',
      async test() {
        await download(['0-3', '4-7', '8-12']);
        damaged();
      },
      hides: includesLast,
    },
    {
      of: 'a checksum of the code, and ranges that have more in common',
      async test() {
        await download(['0-4', '3-8', '7-12']);
        damaged();
      },
      hides: includesLast,
    },
    {
      of: 'a checksum of the code, and ranges of which two meet',
      async test() {
        await download(['0-4', '4-8', '9-12']);
        damaged();
      },
      hides: includesLast,
    },
    {
      of: 'a checksum of the code, and a range within another one',
      async test() {
        await download(['0-0', '0-9']);
        damaged();
      },
      hides: includesLast,
    },
    {
      of: 'another error of the code',
      async test() {
        await download(['0-4', '4-8', '8-12']);
        throw new Error('the file has no title');
      },
      hides: includesLast,
    },
  ],
);

const visit = async (bucket: string, path: string) =>
  (await fetch(`https://${bucket}.s3.us-east-1.amazonaws.com/${path}`)).text();
const atWebsite = (bucket: string, path = '') =>
  `it would have been answered at 'http://${bucket}.s3-website-us-east-1.amazonaws.com/${path}', the address of the website`;
const ofSignature = 'sign it, or presign its URL';

tryAll(
  'a page at the host of S3',
  [
    {
      of: 'a new bucket with a policy',
      async test() {
        expect(await visit('shop', '')).toBe('the shop');
      },
      says: `ListObjects shop: ${atWebsite('shop')}; shop.s3.us-east-1.amazonaws.com is the one of S3's requests, which knows no index documents. Visitors also need the bucket without the public access block that new buckets have: send DeletePublicAccessBlock before, or give the fixture publicAccessBlock: null.`,
    },
    {
      of: 'a new bucket without a policy',
      async test() {
        expect(await visit('fresh', '')).toBe('the shop');
      },
      says: `${atWebsite('fresh')}; fresh.s3.us-east-1.amazonaws.com is the one of S3's requests, which knows no index documents. Visitors also need a policy of the bucket that allows everyone s3:GetObject, and the bucket without the public access block`,
    },
    {
      of: 'a bucket without a policy',
      async test() {
        expect(await visit('nopolicy', 'docs/')).toBe('the docs');
      },
      says: 'Visitors also need a policy of the bucket that allows everyone s3:GetObject.',
    },
    {
      of: 'a folder',
      async test() {
        expect(await visit('open', 'docs/')).toBe('the docs');
      },
      says: `GetObject open/docs/: ${atWebsite('open', 'docs/')}`,
    },
    {
      of: 'a folder without its slash',
      async test() {
        expect(await visit('open', 'docs')).toBe('the docs');
      },
      says: `GetObject open/docs: ${atWebsite('open', 'docs')}`,
    },
    {
      of: 'a request with a parameter of its own',
      async test() {
        expect(await visit('open', '?utm_source=mail')).toBe('the shop');
      },
      says: atWebsite('open', '?utm_source=mail'),
    },
  ],
  [
    {
      of: 'a signature, which the website does not need',
      async test() {
        expect(await visit('open', '')).toBe('the shop');
      },
      hides: ofSignature,
    },
    {
      of: 'a signature, which the website of a new bucket does not need',
      async test() {
        expect(await visit('shop', '')).toBe('the shop');
      },
      hides: ofSignature,
    },
    {
      of: 'a listing',
      async test() {
        expect(await visit('open', '?list-type=2')).toContain('<Key>');
      },
      hides: 'the address of the website',
    },
    {
      of: 'a listing of the first version',
      async test() {
        expect(await visit('open', '?prefix=docs/')).toContain('<Key>');
      },
      hides: 'the address of the website',
    },
    {
      of: 'a block that the test has put',
      async test() {
        expect(await visit('meant', '')).toBe('the shop');
      },
      hides: 'the address of the website',
    },
    {
      of: 'a policy of other pages',
      async test() {
        expect(await visit('partly', '')).toBe('the shop');
      },
      hides: 'the address of the website',
    },
    {
      of: 'a path that the website sends elsewhere',
      async test() {
        expect(await visit('moved', 'old')).toBe('the docs');
      },
      hides: 'the address of the website',
    },
    {
      of: 'a bucket without an index document',
      async test() {
        expect(await visit('empty', '')).toBe('the shop');
      },
      hides: 'the address of the website',
    },
    {
      of: 'a bucket without a website',
      async test() {
        expect(await visit('files', '')).toBe('the shop');
      },
      hides: 'the address of the website',
    },
    {
      of: 'an object that S3 would answer as well',
      async test() {
        expect(await visit('shop', 'a.txt')).toBe('plain');
      },
      hides: 'the address of the website',
    },
  ],
);

const putTagged = (Tagging: string) => send('PutObject', { Bucket: 'tags', Key: 'i2.pdf', Body: 'text', Tagging });
const tagsOf = async (at: object, more: sdk.S3ClientConfig = {}): Promise<readonly sdk.Tag[]> => {
  const { TagSet } = await send('GetObjectTagging', at, more);
  return TagSet ?? [];
};
/** The tags of an object in the order that S3 does not answer. */
const tagInOrder = async (tags: readonly sdk.Tag[], at = { Bucket: 'tags', Key: 'i1.pdf' }, more = {}) => {
  await send('PutObjectTagging', { ...at, Tagging: { TagSet: tags } }, more);
  const answered = await tagsOf(at, more);
  return { answered, others: answered.toReversed() };
};
const isJson = 'a query string, and this one is JSON';
const anyOrder = 'S3 keeps no order of tags';

tryAll(
  'tags that are JSON',
  [
    {
      of: 'an object',
      async test() {
        await putTagged(JSON.stringify({ customer: 'acme', stage: 'first draft', pages: 3 }));
      },
      says: "PutObject tags/i2.pdf 400 InvalidTag: the Tagging of a write is a query string, and this one is JSON: write Tagging: 'customer=acme&stage=first+draft&pages=3', as new URLSearchParams(tags).toString() makes it of an object",
    },
    {
      of: 'a list',
      async test() {
        await putTagged(JSON.stringify(tagged('a', 'b')));
      },
      says: "this one is JSON: write Tagging: 'a=of+a&b=of+b'",
    },
    {
      of: 'a TagSet, in which S3 finds no tags at all',
      async test() {
        await putTagged(JSON.stringify({ TagSet: [{ Key: 'a', Value: 'b==c=d' }] }));
      },
      says: "this one is JSON: write Tagging: 'a=b%3D%3Dc%3Dd'",
    },
  ],
  [
    {
      of: 'other texts in braces',
      async test() {
        await putTagged('{customer=acme}');
      },
      hides: isJson,
    },
    {
      of: 'JSON without tags',
      async test() {
        await putTagged('{"customer":{"name":"acme"}}');
      },
      hides: isJson,
    },
    {
      of: 'tags that S3 does not take',
      async test() {
        await putTagged('{"customer":"a*b"}');
      },
      hides: isJson,
    },
    {
      of: 'another refusal',
      async test() {
        await send('PutObject', { Bucket: 'nowhere', Key: 'a', Body: 'x', Tagging: '{"a":"b"}' });
      },
      hides: isJson,
    },
  ],
);

tryAll(
  'tags in another order',
  [
    {
      of: 'those of an object',
      async test() {
        const { answered, others } = await tagInOrder(tagged('one', 'two', 'three'));
        expect(answered).toEqual(others);
      },
      says: 'GetObjectTagging tags/i1.pdf has the tags that the test expects in another order: S3 keeps no order of tags. Compare them sorted by Key, or as an object of their keys and values.',
    },
  ],
  [
    {
      of: 'a service that keeps their order',
      async test() {
        const cos = { endpoint: 'https://s3.eu-de.cloud-object-storage.appdomain.cloud', region: 'eu-de' };
        const at = { Bucket: 'in-bonn', Key: 'a' };
        await send('CreateBucket', { Bucket: at.Bucket }, cos);
        await send('PutObject', { ...at, Body: 'x' }, cos);
        const { answered, others } = await tagInOrder(tagged('one', 'two'), at, cos);
        expect(answered).toEqual(others);
      },
      hides: anyOrder,
    },
    {
      of: 'a tag with another value',
      async test() {
        const { answered } = await tagInOrder(tagged('one', 'two'));
        expect(answered).toEqual([answered[1], { ...answered[0], Value: 'other' }]);
      },
      hides: anyOrder,
    },
    {
      of: 'values of one another',
      async test() {
        const { answered } = await tagInOrder(tagged('one', 'two'));
        const [first, second] = answered;
        expect(answered).toEqual([
          { ...second, Value: first?.Value },
          { ...first, Value: second?.Value },
        ]);
      },
      hides: anyOrder,
    },
    {
      of: 'a member that is no text',
      async test() {
        const { answered } = await tagInOrder(tagged('one', 'two'));
        expect(answered).toEqual(answered.map((tag) => ({ ...tag, isSystem: true })));
      },
      hides: anyOrder,
    },
    {
      of: 'a tag that is missing',
      async test() {
        const { answered } = await tagInOrder(tagged('one', 'two'));
        expect(answered).toEqual([...answered.toReversed(), ...tagged('three')]);
      },
      hides: anyOrder,
    },
    {
      of: 'an order that the code made',
      async test() {
        const { answered, others } = await tagInOrder(tagged('one', 'two'));
        expect(others).toEqual(answered);
      },
      hides: anyOrder,
    },
    {
      of: 'what a handle has read',
      async test() {
        const { answered, others } = await tagInOrder(tagged('one', 'two'));
        s3.bucket('tags').object('i1.pdf');
        expect(answered).toEqual(others);
      },
      hides: anyOrder,
    },
  ],
);

const assume = (role: string, more: object = {}, user = 'app') => {
  const { credentials } = s3.account.user(user);
  const command = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::000000000000:role/${role}`,
    RoleSessionName: 'reader',
    ...more,
  });
  return new STSClient({ region: 'us-east-1', maxAttempts: 1, credentials }).send(command);
};
const assumeWith = (
  credentials: { accessKeyId: string; secretAccessKey: string },
  RoleArn = 'arn:aws:iam::000000000000:role/reader',
) =>
  new STSClient({ region: 'us-east-1', maxAttempts: 1, credentials }).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'reader' }),
  );
const ofTrust = 'also named the caller';

tryAll(
  'a trust policy of others',
  [
    {
      of: 'a service',
      test: () => assume('reader'),
      says: "it would have been answered if statement 1 of the trust policy of role reader also named the caller: add AWS: 'arn:aws:iam::000000000000:user/app' to its Principal. For the session that lambda.amazonaws.com gives the code, leave AssumeRole out and use s3.account.role('reader').session().credentials.",
    },
    {
      of: 'another user',
      test: () => assume('named'),
      says: "of role named also named the caller: add AWS: 'arn:aws:iam::000000000000:user/app' to its Principal.",
    },
    {
      of: 'a role',
      async test() {
        const { credentials } = s3.account.role('named').session({ name: 'build' });
        await new STSClient({ region: 'us-east-1', maxAttempts: 1, credentials }).send(
          new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/reader', RoleSessionName: 'reader' }),
        );
      },
      says: "add AWS: 'arn:aws:iam::000000000000:role/named' to its Principal.",
    },
  ],
  [
    {
      of: 'a session of a service, where the policy names a user',
      test: () => assume('named'),
      hides: 'For the session',
    },
    {
      of: 'the root user, who cannot assume a role',
      test: () => assumeWith(s3.account.credentials),
      hides: ofTrust,
    },
    {
      of: 'keys that belong to nobody',
      test: () => assumeWith({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'none' }),
      hides: ofTrust,
    },
    {
      of: 'a role of another account, whose handle has another name',
      async test() {
        const account = s3.createAccount('partner');
        account.role('far', { trust: trust(lambda) });
        await assumeWith(account.user('ann').credentials, `arn:aws:iam::${account.id}:role/far`);
      },
      hides: 'For the session',
    },
    { of: 'a statement that denies', test: () => assume('closed'), hides: ofTrust },
    { of: 'a condition that does not hold', test: () => assume('strict'), hides: ofTrust },
    { of: 'another action', test: () => assume('reader', { Tags: tagged('one') }), hides: ofTrust },
    { of: 'a role that is not there', test: () => assume('nobody'), hides: ofTrust },
  ],
);
