import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const tagOfParts = '"0123456789abcdef0123456789abcdef-2"';
const grants = { ownershipControls: 'ObjectWriter', publicAccessBlock: null } as const;
const twice = [
  { body: 'one', versionId: 'v1' },
  { body: 'two', versionId: 'v2' },
];
const shareAll = {
  Version: '2012-10-17' as const,
  Statement: [
    {
      Effect: 'Allow' as const,
      Principal: '*' as const,
      Action: 's3:*',
      Resource: ['arn:aws:s3:::open', 'arn:aws:s3:::open/*'],
    },
  ],
};

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      docs: { versioning: 'Enabled', objects: { 'a.txt': twice, 'b.txt': [{ body: 'three', versionId: 'b1' }] } },
      open: {
        versioning: 'Enabled',
        website: { IndexDocument: { Suffix: 'index.html' } },
        publicAccessBlock: null,
        policy: shareAll,
        objects: { 'a.txt': twice },
      },
      acls: { ...grants, versioning: 'Enabled', objects: { 'a.txt': twice } },
      locks: { objectLock: true, objects: { 'a.txt': twice } },
      plain: {
        objects: {
          'a.txt': 'one',
          'big.bin': { body: 'big', etag: tagOfParts.slice(1, -1) },
          'page.html': { body: '<p>', contentType: 'text/html' },
          'none.html': '<p>',
          'packed.txt': gzipSync('text'),
          'declared.txt': { body: gzipSync('text'), headers: { 'content-encoding': 'gzip' } },
        },
      },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const ofCos = 'https://s3.eu-de.cloud-object-storage.appdomain.cloud';
const cos = (name: string, input: object) =>
  send(name, input, { endpoint: ofCos, region: 'eu-de', forcePathStyle: true });
const everyone = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::docs/*' };
const putPolicy = (...Statement: readonly object[]) =>
  cos('PutBucketPolicy', { Bucket: 'docs', Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
const byAcl = "write ACL: 'public-read'";

tryAll(
  'a bucket policy, which IBM COS lacks',
  [
    { of: 'reads of everybody', test: () => putPolicy(everyone), says: byAcl },
    {
      of: 'reads of everybody beside another permission',
      test: () =>
        putPolicy({ ...everyone, Principal: { AWS: ['123456789012', '*'] }, Action: ['s3:Get*', 's3:PutObject'] }),
      says: byAcl,
    },
    {
      of: 'a denial, to which no ACL leads',
      test: () => putPolicy({ ...everyone, Effect: 'Deny' }),
      says: 'IBM COS has no bucket policies: IBM Cloud IAM gives users their rights',
    },
  ],
  [
    { of: 'a denial', test: () => putPolicy({ ...everyone, Effect: 'Deny' }), hides: byAcl },
    {
      of: 'a denial beside the reads of everybody',
      test: () => putPolicy(everyone, { ...everyone, Effect: 'Deny', Action: 's3:PutObject' }),
      hides: byAcl,
    },
    {
      of: 'reads of an account',
      test: () => putPolicy({ ...everyone, Principal: { AWS: '123456789012' } }),
      hides: byAcl,
    },
    { of: 'writes of everybody', test: () => putPolicy({ ...everyone, Action: 's3:PutObject' }), hides: byAcl },
    {
      of: 'listings of everybody',
      test: () => putPolicy({ ...everyone, Action: 's3:*', Resource: 'arn:aws:s3:::docs' }),
      hides: byAcl,
    },
    {
      of: 'reads under a condition',
      test: () => putPolicy({ ...everyone, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
      hides: byAcl,
    },
    {
      of: 'a policy that is no JSON',
      test: () => cos('PutBucketPolicy', { Bucket: 'docs', Policy: '{' }),
      hides: byAcl,
    },
    { of: 'a read of the policy', test: () => cos('GetBucketPolicy', { Bucket: 'docs' }), hides: byAcl },
    { of: 'a delete of the policy', test: () => cos('DeleteBucketPolicy', { Bucket: 'docs' }), hides: byAcl },
  ],
);

const readAttributes = (...ObjectAttributes: readonly string[]) =>
  cos('GetObjectAttributes', { Bucket: 'docs', Key: 'a.txt', ObjectAttributes });
const byHead = 'HeadObject has';

tryAll(
  'the attributes of an object, which IBM COS lacks',
  [
    {
      of: 'the size and the ETag',
      test: () => readAttributes('ETag', 'ObjectSize'),
      says: 'HeadObject has the size and the ETag, and IBM COS answers that',
    },
    {
      of: 'the checksum, for which a HEAD has to ask',
      test: () => readAttributes('Checksum'),
      says: "HeadObject has the checksum if the request has ChecksumMode: 'ENABLED', and IBM COS answers that",
    },
    {
      of: 'the parts beside the storage class',
      test: () => readAttributes('StorageClass', 'ObjectParts'),
      says: 'HeadObject has the storage class if it is not STANDARD, but not ObjectParts, and IBM COS answers that',
    },
    {
      of: 'the parts alone',
      test: () => readAttributes('ObjectParts'),
      says: 'IBM COS has no such operation: leave the request out where the code talks to COS',
    },
  ],
  [
    { of: 'the parts alone', test: () => readAttributes('ObjectParts'), hides: byHead },
    { of: 'a checksum for which nobody asked', test: () => readAttributes('ETag'), hides: 'ChecksumMode' },
  ],
);

const read = (Bucket: string, Key: string) => send('GetObject', { Bucket, Key });
const visit = async (path: string) => {
  const answer = await fetch(`http://open.s3-website-us-east-1.amazonaws.com/${path}`);
  expect(answer.status).toBe(200);
};
const writeIfMatch = () =>
  send('PutObject', { Bucket: 'docs', Key: 'a.txt?versionId=v1', Body: 'three', IfMatch: '"1"' });
const idIsMember = 'give the id as VersionId';
const hasId = 'a version id at its end';

tryAll(
  'a version id in a key',
  [
    {
      of: 'a version of the key',
      test: () => read('docs', 'a.txt?versionId=v1'),
      says: `which differs in ${hasId}; ${idIsMember}`,
    },
    {
      of: 'a version of another key',
      test: () => read('docs', 'a.txt?versionId=b1'),
      says: "the bucket has 'a.txt', which differs in '?versionId=' at its end; 'a.txt' has no version 'b1'",
    },
    {
      of: 'a conditional write, whose key has a version of the key',
      test: writeIfMatch,
      says: `the bucket has 'a.txt', which differs in ${hasId}`,
    },
  ],
  [
    { of: 'a version of another key', test: () => read('docs', 'a.txt?versionId=b1'), hides: idIsMember },
    { of: 'a version of another key', test: () => read('docs', 'a.txt?versionId=b1'), hides: hasId },
    {
      of: 'a version of the key in another bucket, and none in one without versioning',
      test: () => read('plain', 'a.txt?versionId=v1'),
      hides: idIsMember,
    },
    {
      of: 'an id of another key in a CopySource',
      test: () =>
        send('CopyObject', {
          Bucket: 'docs',
          Key: 'c.txt',
          CopySource: encodeURIComponent('docs/a.txt?versionId=b1'),
        }),
      hides: 'in a CopySource, encode the key alone',
    },
    { of: 'a write, which has no member VersionId', test: writeIfMatch, hides: idIsMember },
    { of: 'a website, which serves no versions', test: () => visit('a.txt%3FversionId=v1'), hides: idIsMember },
  ],
);

const copyOnto = (more: object = {}, Bucket = 'docs') =>
  send('CopyObject', { Bucket, Key: 'a.txt', CopySource: `${Bucket}/a.txt`, ...more });
const ofOlder = 'to bring back an older version';
const hold = { ObjectLockLegalHoldStatus: 'ON' };

tryAll(
  'a copy of an object onto itself',
  [
    { of: 'nothing that the object should get', test: () => copyOnto(), says: ofOlder },
    {
      of: 'the directives that S3 takes by itself',
      test: () => copyOnto({ MetadataDirective: 'COPY', TaggingDirective: 'COPY' }),
      says: ofOlder,
    },
    {
      of: 'metadata',
      test: () => copyOnto({ Metadata: { stage: 'final' } }),
      says: "without MetadataDirective: 'REPLACE' S3 ignores the metadata and the headers of the request",
    },
    {
      of: 'tags',
      test: () => copyOnto({ Tagging: 'stage=final', TaggingDirective: 'REPLACE' }),
      says: 'to change the tags alone, send PutObjectTagging',
    },
    {
      of: 'an ACL',
      test: () => copyOnto({ ACL: 'private' }, 'acls'),
      says: 'to change the ACL alone, send PutObjectAcl',
    },
    {
      of: 'a legal hold',
      test: () => copyOnto(hold, 'locks'),
      says: 'to change the legal hold alone, send PutObjectLegalHold',
    },
    {
      of: 'a retention',
      test: () =>
        copyOnto(
          { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2027-01-01T00:00:00Z') },
          'locks',
        ),
      says: 'to change the retention alone, send PutObjectRetention',
    },
  ],
  [
    { of: 'metadata', test: () => copyOnto({ Metadata: { stage: 'final' } }), hides: ofOlder },
    { of: 'a type', test: () => copyOnto({ ContentType: 'text/html' }), hides: ofOlder },
    { of: 'a header', test: () => copyOnto({ CacheControl: 'no-cache' }), hides: ofOlder },
    { of: 'a directive that removes the tags', test: () => copyOnto({ TaggingDirective: 'REPLACE' }), hides: ofOlder },
    { of: 'tags', test: () => copyOnto({ Tagging: 'stage=final', TaggingDirective: 'REPLACE' }), hides: ofOlder },
    { of: 'an ACL', test: () => copyOnto({ ACL: 'private' }, 'acls'), hides: ofOlder },
    { of: 'a legal hold', test: () => copyOnto(hold, 'locks'), hides: ofOlder },
  ],
);

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const tagOf = async (name: string, Key: string, more: object = {}) => {
  const { ETag } = await send(name, { Bucket: 'plain', Key, ...more });
  return String(ETag);
};
const uploadInParts = async (Key: string) => {
  const { UploadId } = await send('CreateMultipartUpload', { Bucket: 'plain', Key });
  const { ETag } = await send('UploadPart', { Bucket: 'plain', Key, UploadId, PartNumber: 1, Body: 'big' });
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  return tagOf('CompleteMultipartUpload', Key, { UploadId, MultipartUpload });
};
const readAndReplace = async () => {
  const tag = await tagOf('HeadObject', 'big.bin');
  return [tag, await tagOf('PutObject', 'big.bin', { Body: 'new' })];
};
const ofUpload = 'because the object was uploaded in';
const ofTag = 'ends in -2, as the one of an upload in 2 parts';

tryAll(
  'the ETag of an upload in parts',
  [
    {
      of: 'an object that the test has uploaded',
      test: async () => expect(await uploadInParts('parts.bin')).toBe(`"${md5('big')}"`),
      says: `${ofUpload} 1 part`,
    },
    {
      of: 'an object that has replaced another one',
      async test() {
        const before = await tagOf('PutObject', 'parts.bin', { Body: 'big' });
        expect(await uploadInParts('parts.bin')).toBe(before);
      },
      says: `${ofUpload} 1 part`,
    },
    {
      of: 'an object of the fixture that has been replaced since',
      test: async () => expect((await readAndReplace())[0]).toBe(`"${md5('big')}"`),
      says: `${ofTag}, and is not the MD5 of the bytes: compare the bytes.`,
    },
    {
      of: 'an object of the fixture that has been replaced since, which the code compares itself',
      async test() {
        await tagOf('HeadObject', 'big.bin');
        s3.bucket('plain').put('big.bin', 'new');
        throw new Error('checksum mismatch');
      },
      says: `${ofTag}, and is no MD5 of the bytes.`,
    },
    {
      of: 'a copy of an object of the fixture',
      async test() {
        const tag = await tagOf('HeadObject', 'big.bin');
        const { CopyObjectResult } = await send('CopyObject', {
          Bucket: 'plain',
          Key: 'copy.bin',
          CopySource: 'plain/big.bin',
        });
        expect((CopyObjectResult as sdk.CopyObjectResult | undefined)?.ETag).toBe(tag);
      },
      says: 'its source has the ETag of an upload in 2 parts',
    },
  ],
  [
    {
      of: 'an object of the fixture that has been replaced since',
      test: async () => expect((await readAndReplace())[0]).toBe(`"${md5('big')}"`),
      hides: 'uploaded in',
    },
    {
      of: 'an object of the fixture that has been replaced since, which the code compares itself',
      async test() {
        await tagOf('HeadObject', 'big.bin');
        s3.bucket('plain').put('big.bin', 'new');
        throw new Error('checksum mismatch');
      },
      hides: 'written in 2 parts',
    },
    {
      of: 'two objects of a key',
      async test() {
        const [before, after] = await readAndReplace();
        expect(after).toBe(before);
      },
      hides: 'ends in -2',
    },
    {
      of: 'an object that has replaced the one of the fixture',
      async test() {
        await tagOf('PutObject', 'big.bin', { Body: 'new' });
        expect(await tagOf('HeadObject', 'big.bin')).toBe(tagOfParts);
      },
      hides: 'ends in -2',
    },
    {
      of: 'an object of the fixture in a listing',
      async test() {
        const { Contents } = (await send('ListObjectsV2', {
          Bucket: 'plain',
          Prefix: 'big',
        })) as sdk.ListObjectsV2Output;
        expect(Contents?.[0]?.ETag).toBe(`"${md5('big')}"`);
      },
      hides: ofUpload,
    },
  ],
);

const typeOf = async (Key: string, more: object = {}) => {
  const { ContentType } = await send('GetObject', { Bucket: 'plain', Key, ...more });
  return String(ContentType);
};
const download = { ResponseContentType: 'application/octet-stream' };
const ofFixture = 'its fixture gives it no other type';
const ofRequest = 'because the request has it as ResponseContentType, whatever type the object has';

tryAll(
  'the type of an answer',
  [
    { of: 'the fixture', test: async () => expect(await typeOf('none.html')).toBe('text/html'), says: ofFixture },
    {
      of: 'the request',
      test: async () => expect(await typeOf('page.html', download)).toBe('text/html'),
      says: `GetObject plain/page.html answered ContentType: 'application/octet-stream', ${ofRequest}: send ResponseContentType: 'text/html', or leave it out to read the type of the object.`,
    },
    {
      of: 'the request, where the code wrote the expected type',
      async test() {
        await send('PutObject', { Bucket: 'plain', Key: 'new.html', Body: '<p>', ContentType: 'text/html' });
        expect(await typeOf('new.html', download)).toBe('text/html');
      },
      says: ofRequest,
    },
    {
      of: 'the request, where the object is an upload in parts',
      async test() {
        await uploadInParts('parts.html');
        expect(await typeOf('parts.html', download)).toBe('text/html');
      },
      says: ofRequest,
    },
    {
      of: 'the upload in parts',
      async test() {
        await uploadInParts('parts.html');
        expect(await typeOf('parts.html')).toBe('text/html');
      },
      says: 'named no ContentType',
    },
    {
      of: 'a read that has another header by the request',
      test: async () =>
        expect(await typeOf('none.html', { ResponseContentDisposition: 'attachment' })).toBe('text/html'),
      says: ofFixture,
    },
  ],
  [
    {
      of: 'the fixture',
      test: async () => expect(await typeOf('page.html', download)).toBe('text/html'),
      hides: ofFixture,
    },
    {
      of: 'a client that sends a type by itself',
      test: async () =>
        expect(await typeOf('page.html', { ResponseContentType: 'application/x-www-form-urlencoded' })).toBe(
          'text/html',
        ),
      hides: 'axios',
    },
    {
      of: 'the upload in parts',
      async test() {
        await uploadInParts('parts.html');
        expect(await typeOf('parts.html', download)).toBe('text/html');
      },
      hides: 'named no ContentType',
    },
  ],
);

const client = new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1' });
const unzipAgain = async (Key: string, more: object = {}) => {
  const url = await getSignedUrl(client, new sdk.GetObjectCommand({ Bucket: 'plain', Key, ...more }), {
    signingDate: new Date('2026-03-01T12:00:00Z'),
  });
  const answer = await fetch(url);
  gunzipSync(await answer.arrayBuffer());
};
const ofObject = "since the object has ContentEncoding: 'gzip'";

tryAll(
  'a body that fetch has decompressed',
  [
    { of: 'the object', test: () => unzipAgain('declared.txt'), says: ofObject },
    {
      of: 'the request',
      test: () => unzipAgain('packed.txt', { ResponseContentEncoding: 'gzip' }),
      says: "since the request has ResponseContentEncoding: 'gzip'",
    },
  ],
  [
    {
      of: 'the object',
      test: () => unzipAgain('packed.txt', { ResponseContentEncoding: 'gzip' }),
      hides: ofObject,
    },
  ],
);
