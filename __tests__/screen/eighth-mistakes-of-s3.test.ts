import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import { deleteMarker } from '../../src/index';
import { writeTypeHint } from '../../src/journal/stored-texts';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const pruning = {
  Rules: [{ Status: 'Enabled' as const, Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
};

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    pageSize: 3,
    buckets: {
      logs: { versioning: 'Enabled', objects: { 'app.log': ['one', 'two'] } },
      pruned: { versioning: 'Enabled', objects: { 'app.log': ['one', 'two'] }, lifecycle: pruning },
      conf: { versioning: 'Enabled', objects: { app: ['v1'], 'app.yaml': ['debug: true'], other: ['o'] } },
      wiki: { versioning: 'Enabled', objects: { 'home.md': ['one', 'two', deleteMarker] } },
      notes: { objects: { 'to do/summer plan.txt': 'swim', 'a+b c.txt': 'p', 'café au lait': 'c' } },
      state: { versioning: 'Enabled', objects: { counter: '41' } },
      team: { objects: { 'a/1': 'x', 'b/1': 'x', 'c/1': 'x', 'd/1': 'x', 'e.md': 'e' } },
      avatars: { objects: { 'index.html': 'old' } },
      images: { objects: { '7/small.jpg': 's', '7/original.jpg': 'o' } },
      kept: { versioning: 'Enabled', objects: { '7/small.jpg': 's', '7/medium.jpg': ['m', deleteMarker] } },
      media: { objects: { a: 'x'.repeat(10), b: 'x'.repeat(20), c: 'x'.repeat(30), d: 'x'.repeat(40) } },
      tapes: { versioning: 'Enabled', objects: { a: ['x'.repeat(10), 'x'.repeat(20)], b: 'x'.repeat(40), c: 'c' } },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const write = (Bucket: string, Key: string, Body: string, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const versioning = (Bucket: string, Status: 'Enabled' | 'Suspended') =>
  send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
const listVersions = async (Bucket: string, Prefix: string) =>
  (await send('ListObjectVersions', { Bucket, Prefix })) as unknown as sdk.ListObjectVersionsOutput;

async function stopAndWrite(Bucket: string, ...bodies: readonly string[]) {
  await versioning(Bucket, 'Suspended');
  for (const body of bodies) await write(Bucket, 'app.log', body);
}
const textsOf = (bucket: string) =>
  s3
    .bucket(bucket)
    .versions('app.log')
    .map((one) => String(one.body));
const staysOf = (what: string) =>
  `The versioning of bucket 'logs' is Suspended, so PutObject logs/app.log replaces the null version alone, if there is one. The ${what}`;
const stayed = 'replaces the null version alone';

tryAll(
  'a version with an id below the null version',
  [
    {
      of: 'the version that was current',
      async test() {
        await stopAndWrite('logs', 'three', 'four');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'four']);
      },
      says: `${staysOf("version 'two' has an id, and stays")}: expect it as well, or delete it by its VersionId.`,
    },
    {
      of: 'all versions',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', [{ body: 'three' }]);
      },
      says: `${staysOf("versions 'one', 'two' have ids, and stay")}: expect them as well, or delete each by its VersionId.`,
    },
    {
      of: 'more versions than a sentence names',
      async test() {
        await write('logs', 'app.log', 'three');
        await write('logs', 'app.log', 'four');
        await stopAndWrite('logs', 'five');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['five']);
      },
      says: staysOf("versions up to 'four' have ids, and stay"),
    },
    {
      of: 'texts of a handle',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(textsOf('logs')).toEqual(['three', 'one']);
      },
      says: staysOf("version 'two' has"),
    },
    {
      of: 'the number of versions',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs').versions('app.log')).toHaveLength(1);
      },
      says: staysOf("versions 'one', 'two' have"),
    },
    {
      of: 'the number of versions that S3 lists',
      async test() {
        await stopAndWrite('logs', 'three');
        const { Versions = [] } = await listVersions('logs', 'app.log');
        expect(Versions.length).toBe(2);
      },
      says: staysOf("version 'two' has"),
    },
  ],
  [
    {
      of: 'a rule that should have removed the versions',
      async test() {
        await stopAndWrite('pruned', 'three');
        expect(s3.bucket('pruned')).toHaveVersions('app.log', ['three']);
      },
      hides: stayed,
    },
    {
      of: 'a delete that should have removed the version',
      async test() {
        await stopAndWrite('logs', 'three');
        await send('DeleteObject', { Bucket: 'logs', Key: 'app.log', VersionId: 'null' });
        await write('logs', 'app.log', 'four');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'four']);
      },
      hides: stayed,
    },
    {
      of: 'versioning that is still Enabled',
      async test() {
        await write('logs', 'app.log', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'three']);
      },
      hides: stayed,
    },
    {
      of: 'versioning that was enabled again',
      async test() {
        await stopAndWrite('logs', 'three');
        await versioning('logs', 'Enabled');
        await write('logs', 'app.log', 'four');
        await versioning('logs', 'Suspended');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'two', 'four']);
      },
      hides: stayed,
    },
    {
      of: 'a write that should not have come',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'two']);
      },
      hides: stayed,
    },
    {
      of: 'a version that is missing besides',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['zero', 'three']);
      },
      hides: stayed,
    },
    {
      of: 'a text that no version has, of a handle',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(textsOf('logs')).toEqual(['three', 'zero']);
      },
      hides: stayed,
    },
    {
      of: 'a version in the middle of the stack',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(textsOf('logs')).toEqual(['three', 'two']);
      },
      hides: stayed,
    },
    {
      of: 'a type that differs besides',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', { body: 'three', contentType: 'text/css' }]);
      },
      hides: stayed,
    },
    {
      of: 'a write by the fixture',
      async test() {
        await versioning('logs', 'Suspended');
        s3.bucket('logs').put('app.log', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app.log', ['one', 'three']);
      },
      hides: stayed,
    },
    {
      of: 'the number of objects that a handle has',
      async test() {
        await stopAndWrite('logs', 'three');
        await write('logs', 'b', 'b');
        await write('logs', 'c', 'c');
        expect(s3.bucket('logs').keys).toHaveLength(2);
      },
      hides: stayed,
    },
    {
      of: 'another number',
      async test() {
        await stopAndWrite('logs', 'three');
        expect(s3.bucket('logs').versions('app.log')).toHaveLength(5);
      },
      hides: stayed,
    },
  ],
);

async function removeThumbnails(Bucket: string, id: string, more: object = {}) {
  const Objects = ['small', 'medium', 'large'].map((size) => ({ Key: `${id}/${size}.jpg`, ...more }));
  const { Deleted = [] } = (await send('DeleteObjects', { Bucket, Delete: { Objects } })) as sdk.DeleteObjectsOutput;
  return Deleted.map(({ Key = '' }) => Key);
}
const eachKey = 'has keys that had no object';

tryAll(
  'Deleted of a batch',
  [
    {
      of: 'the number of keys',
      async test() {
        expect((await removeThumbnails('images', '7')).length).toBe(1);
      },
      says: "Deleted in the answer to DeleteObjects images has keys that had no object, '7/medium.jpg', '7/large.jpg': S3 answers a delete of any key so. To know which keys had one, list them, or send a HeadObject for each, before the delete.",
    },
    {
      of: 'the keys',
      async test() {
        expect(await removeThumbnails('images', '7')).toEqual(['7/small.jpg']);
      },
      says: `DeleteObjects images ${eachKey}, '7/medium.jpg', '7/large.jpg':`,
    },
    {
      of: 'whether there were any',
      async test() {
        expect((await removeThumbnails('images', '8')).length > 0).toBe(false);
      },
      says: `${eachKey}, '8/small.jpg', '8/medium.jpg', '8/large.jpg':`,
    },
    {
      of: 'keys with a delete marker',
      async test() {
        expect(await removeThumbnails('kept', '7')).toHaveLength(1);
      },
      says: `DeleteObjects kept ${eachKey}, '7/medium.jpg', '7/large.jpg':`,
    },
    {
      of: 'several batches',
      async test() {
        const all = [...(await removeThumbnails('images', '7')), ...(await removeThumbnails('images', '8'))];
        expect(all).toHaveLength(1);
      },
      says: `${eachKey}, '7/medium.jpg', '7/large.jpg', '8/small.jpg', ... and 2 more:`,
    },
  ],
  [
    {
      of: 'another number',
      async test() {
        expect((await removeThumbnails('images', '7')).length).toBe(2);
      },
      hides: eachKey,
    },
    {
      of: 'a number of other things',
      async test() {
        await removeThumbnails('images', '7');
        expect([1, 2]).toHaveLength(1);
      },
      hides: eachKey,
    },
    {
      of: 'the keys that a handle has, which are as many',
      async test() {
        await write('images', 'a', 'a');
        await write('images', 'b', 'b');
        await removeThumbnails('images', '7');
        expect(s3.bucket('images').keys).toHaveLength(1);
      },
      hides: eachKey,
    },
    {
      of: 'a read after the batch',
      async test() {
        const removed = await removeThumbnails('images', '7');
        await send('HeadObject', { Bucket: 'images', Key: '7/original.jpg' });
        expect(removed.length).toBe(1);
      },
      hides: eachKey,
    },
    {
      of: 'keys that all had an object',
      async test() {
        await write('images', '7/medium.jpg', 'm');
        await write('images', '7/large.jpg', 'l');
        expect((await removeThumbnails('images', '7')).length).toBe(1);
      },
      hides: eachKey,
    },
    {
      of: 'versions',
      async test() {
        expect((await removeThumbnails('images', '7', { VersionId: 'null' })).length).toBe(1);
      },
      hides: eachKey,
    },
    {
      of: 'a key that the code deleted twice',
      async test() {
        const all = [...(await removeThumbnails('images', '7')), ...(await removeThumbnails('images', '7'))];
        expect(all).toHaveLength(2);
      },
      hides: eachKey,
    },
    {
      of: 'a key that should be left out',
      async test() {
        expect(await removeThumbnails('images', '7')).toEqual(['7/small.jpg', '7/medium.jpg']);
      },
      hides: eachKey,
    },
    {
      of: 'what is true besides',
      async test() {
        await removeThumbnails('images', '7');
        expect(s3.requests.some(({ bucket }) => bucket === 'images')).toBe(false);
      },
      hides: eachKey,
    },
  ],
);

async function totalSize(Bucket: string, more: object = {}) {
  let total = 0;
  let Marker: string | undefined;
  do {
    const page = (await send('ListObjects', { Bucket, Marker, ...more })) as sdk.ListObjectsOutput;
    for (const { Size = 0 } of page.Contents ?? []) total += Size;
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return total;
}
const onlyOne = 'returned only one page of the listing';

tryAll(
  'the bytes of a listing',
  [
    {
      of: 'objects, whose NextMarker needs a Delimiter',
      async test() {
        expect(await totalSize('media')).toBe(100);
      },
      says: `ListObjects media ${onlyOne}: its answer has IsTruncated: true. Request the next page with its last Key as Marker; ListObjects answers NextMarker only to a request with a Delimiter.`,
    },
    {
      of: 'objects of ListObjectsV2',
      async test() {
        const { Contents = [] } = (await send('ListObjectsV2', { Bucket: 'media' })) as sdk.ListObjectsV2Output;
        expect(Contents.reduce((sum, { Size = 0 }) => sum + Size, 0)).toBe(100);
      },
      says: `ListObjectsV2 media ${onlyOne}`,
    },
    {
      of: 'versions',
      async test() {
        const { Versions = [] } = await listVersions('tapes', '');
        expect(Versions.reduce((sum, { Size = 0 }) => sum + Size, 0)).toBe(71);
      },
      says: `ListObjectVersions tapes ${onlyOne}`,
    },
  ],
  [
    {
      of: 'another sum',
      async test() {
        expect(await totalSize('media')).toBe(101);
      },
      hides: onlyOne,
    },
    {
      of: 'the bytes of a prefix',
      async test() {
        for (const key of ['a1', 'a2', 'a3']) await write('media', key, key);
        expect(await totalSize('media', { Prefix: 'a' })).toBe(106);
      },
      hides: onlyOne,
    },
    {
      of: 'a sum of something else',
      async test() {
        const total = await totalSize('media');
        expect(total + 1).toBe(100);
      },
      hides: onlyOne,
    },
    {
      of: 'a listing of another bucket',
      async test() {
        const total = await totalSize('images', { MaxKeys: 1 });
        expect(total + (await totalSize('media'))).toBe(100);
      },
      hides: onlyOne,
    },
  ],
);

const read = (Bucket: string, Key: string, more: object = {}) => send('GetObject', { Bucket, Key, ...more });

/** Reads the second version that a listing has. */
async function readPrevious(Bucket: string, Key: string, Prefix = Key) {
  const { Versions = [] } = await listVersions(Bucket, Prefix);
  await read(Bucket, Key, { VersionId: Versions[1]?.VersionId });
}
const ofKey = "NoSuchVersion: it belongs to 'app.yaml'; ListObjectVersions conf listed it";

tryAll(
  'a version id of another key',
  [
    {
      of: 'a listing whose prefix is the key',
      async test() {
        await readPrevious('conf', 'app');
      },
      says: `${ofKey}, since other keys begin with Prefix: 'app' as well: take only the entries whose Key is 'app'`,
    },
    {
      of: 'a listing of all keys',
      async test() {
        await readPrevious('conf', 'app', '');
      },
      says: `${ofKey}: send the Key and the VersionId of one entry`,
    },
    {
      of: 'a delete marker of another key',
      async test() {
        await send('DeleteObject', { Bucket: 'conf', Key: 'app.yaml' });
        const { DeleteMarkers = [] } = await listVersions('conf', 'app');
        await read('conf', 'app', { VersionId: DeleteMarkers[0]?.VersionId });
      },
      says: ofKey,
    },
  ],
  [
    {
      of: 'an id that no listing had',
      async test() {
        await listVersions('conf', 'other');
        await read('conf', 'app', { VersionId: s3.bucket('conf').newest('app.yaml').versionId });
      },
      hides: 'listed it',
    },
    {
      of: 'a listing after the request',
      async test() {
        const id = s3.bucket('conf').newest('app.yaml').versionId;
        const found = await read('conf', 'app', { VersionId: id }).catch((error: unknown) => error);
        await listVersions('conf', 'app');
        throw found;
      },
      hides: 'listed it',
    },
    {
      of: 'a listing of another bucket with the same id',
      async test() {
        s3.bucket('logs').put('z', 'z', { versionId: 'same' });
        s3.bucket('conf').put('y', 'y', { versionId: 'same' });
        await listVersions('logs', 'z');
        await read('conf', 'x', { VersionId: 'same' });
      },
      hides: 'listed it',
    },
    {
      of: 'a version of the key that is gone',
      async test() {
        const { Versions: [one] = [] } = await listVersions('conf', 'app');
        const named = { Bucket: 'conf', Key: 'app', VersionId: one?.VersionId };
        await send('DeleteObject', named);
        await send('GetObject', named);
      },
      hides: 'listed it',
    },
  ],
);

/** Reads all that a listing has of a key. */
async function readHistory(Bucket: string, Key: string, operation = 'GetObject') {
  const { Versions = [], DeleteMarkers = [] } = await listVersions(Bucket, Key);
  for (const { VersionId } of [...DeleteMarkers, ...Versions]) await send(operation, { Bucket, Key, VersionId });
}
const ofMarkers = 'ListObjectVersions wiki has it in DeleteMarkers: leave those out, or take';

tryAll(
  'the id of a delete marker that a listing had',
  [
    {
      of: 'a read',
      async test() {
        await readHistory('wiki', 'home.md');
      },
      says: `405 MethodNotAllowed: the version is a delete marker, which has no content; ${ofMarkers} MethodNotAllowed, 405, for a deleted object, since S3 answers NoSuchKey for it only to a request without a VersionId`,
    },
    {
      of: 'a HEAD',
      async test() {
        await readHistory('wiki', 'home.md', 'HeadObject');
      },
      says: `${ofMarkers} the status 405 for a deleted object, since S3 answers 404 for it only to a request without a VersionId`,
    },
  ],
  [
    {
      of: 'other cures beside it',
      async test() {
        await readHistory('wiki', 'home.md');
      },
      hides: 'to bring the object back',
    },
    {
      of: 'an id that no listing had',
      async test() {
        await listVersions('wiki', 'other');
        await read('wiki', 'home.md', { VersionId: s3.bucket('wiki').versions('home.md')[0]?.versionId });
      },
      hides: 'leave those out',
    },
    {
      of: 'a missing key',
      async test() {
        await listVersions('wiki', 'home.md');
        await read('wiki', 'home.md');
      },
      hides: 'leave those out',
    },
  ],
);

const decodes = "the key of an event has + for a blank: read it with decodeURIComponent(key.replaceAll('+', ' '))";

tryAll(
  'the key of an event',
  [
    {
      of: 'a key that was decoded with its plus signs',
      async test() {
        const [record] = s3.bucket('notes').event('ObjectCreated:Put', 'to do/summer plan.txt').Records;
        await read('notes', decodeURIComponent(record?.s3.object.key ?? ''));
      },
      says: `which differs in plus signs and blanks; ${decodes}; the path of a URL has %20 for it`,
    },
    {
      of: 'a key that was not decoded',
      async test() {
        const [record] = s3.bucket('notes').event('ObjectCreated:Put', 'café au lait').Records;
        await read('notes', record?.s3.object.key ?? '');
      },
      says: decodes,
    },
  ],
  [
    {
      of: 'a plus sign that became a blank',
      async test() {
        await read('notes', 'a b c.txt');
      },
      hides: decodes,
    },
    {
      of: 'a plus sign for a blank in a key that has both',
      async test() {
        await read('notes', 'a+b+c.txt');
      },
      hides: decodes,
    },
  ],
);

/** Uploads by a URL for which the code named a type. */
async function uploadSigned(
  signed: readonly string[] = [],
  headers: Record<string, string> = {},
  change = (url: string) => url,
) {
  const command = new sdk.PutObjectCommand({ Bucket: 'avatars', Key: 'ann.png', ContentType: 'image/png' });
  const client = new sdk.S3Client({ region: 'us-east-1' });
  const url = await getSignedUrl(client, command, signed.length === 0 ? {} : { signableHeaders: new Set(signed) });
  return await fetch(change(url), { method: 'PUT', body: 'no png', headers });
}
const unsigned =
  "fetch sends this type with a text if the code sets no type. The URL was signed without content-type, so a ContentType that was given when it was signed sets none: whoever sends the request does, by headers: { 'content-type': 'image/png' }. To make S3 refuse other types, sign the header: getSignedUrl(client, command, { signableHeaders: new Set(['content-type']) }), with ContentType in the command.";

tryAll(
  'the type of what a signed URL uploads',
  [
    {
      of: 'a HeadObject',
      async test() {
        await uploadSigned();
        expect((await send('HeadObject', { Bucket: 'avatars', Key: 'ann.png' }))['ContentType']).toBe('image/png');
      },
      says: unsigned,
    },
  ],
  [
    {
      of: 'a request that the code has signed itself',
      async test() {
        await write('avatars', 'ann.png', 'no png');
        expect((await send('HeadObject', { Bucket: 'avatars', Key: 'ann.png' }))['ContentType']).toBe('image/png');
      },
      hides: 'was signed without',
    },
    {
      of: 'a signed type that the request names',
      async test() {
        await uploadSigned(['content-type'], { 'content-type': 'image/png' });
        expect(s3.bucket('avatars')).toHaveObject('ann.png', { contentType: 'image/webp' });
      },
      hides: 'was signed without',
    },
  ],
);

describe('the type of what a signed URL uploads', () => {
  const ofType = () => expect(s3.bucket('avatars')).toHaveObject('ann.png', { contentType: 'image/png' });

  it('is that of the request, as toHaveObject says', async () => {
    await uploadSigned();
    expect(ofType).toThrow(unsigned);
  });

  it('is refused if another one was signed, as the hint says', async () => {
    const { status } = await uploadSigned(['content-type']);
    expect(status).toBe(403);
  });

  it('has no word on the SDK if another client signed the URL', () => {
    const of = (url: string) => writeTypeHint('image/png', 'text/plain;charset=UTF-8', { url, client: undefined });
    expect(of('https://a/b?X-Amz-SignedHeaders=host')).toMatch(/by headers: \{ 'content-type': 'image\/png' \}\.$/);
    expect(of('https://a/b?X-Amz-SignedHeaders=content-type%3Bhost')).not.toContain('was signed without');
    const unknown = { url: 'https://a/b?X-Amz-SignedHeaders=host', client: undefined };
    expect(writeTypeHint('image/png', 'image/jpeg', unknown)).toBeUndefined();
  });
});

const writeIf = async (Body: string, condition: 'IfMatch' | 'IfNoneMatch', digested = Body) =>
  await write('avatars', 'index.html', Body, {
    [condition]: `"${createHash('md5').update(digested).digest('hex')}"`,
  });
const ofDigest = 'the ETag is the MD5 of the Body of this request';
const headFirst = 'to write only other bytes, send a HeadObject before, and compare its ETag';

tryAll(
  'a condition on the MD5 of the body itself',
  [
    {
      of: 'IfNoneMatch',
      test: () => writeIf('new', 'IfNoneMatch'),
      says: `which writes only where the key has no object; ${ofDigest}, and no condition lets S3 write only if the bytes differ: ${headFirst}`,
    },
    {
      of: 'IfMatch',
      test: () => writeIf('new', 'IfMatch'),
      says: `; ${ofDigest}, which the object has only if it has these bytes already: ${headFirst}`,
    },
  ],
  [
    { of: 'a cure beside it', test: () => writeIf('new', 'IfNoneMatch'), hides: 'send the ETag as If-Match' },
    { of: 'another cure beside it', test: () => writeIf('new', 'IfMatch'), hides: 'the last answer has' },
    { of: 'an ETag of other bytes', test: () => writeIf('new', 'IfNoneMatch', 'old'), hides: ofDigest },
    { of: 'an older ETag', test: () => writeIf('new', 'IfMatch', 'older'), hides: ofDigest },
  ],
);

const fromSize = 'Upload of @aws-sdk/lib-storage sends parts only above 5 MiB by default';
const failed = () => expect(Promise.resolve()).rejects.toThrow('InternalError');

tryAll(
  'a rule for parts',
  [
    {
      of: 'a small body',
      async test() {
        s3.on('UploadPart').fail('InternalError');
        await write('avatars', 'a.mp4', 'x');
        await failed();
      },
      says: `no UploadPart came, which uploads a part, but PutObject (1 request), which uploads small bodies; ${fromSize}: give it a larger body, or name PutObject here`,
    },
    {
      of: 'a body just too small',
      async test() {
        s3.on('CreateMultipartUpload').fail('InternalError');
        await write('avatars', 'a.mp4', 'x'.repeat(5 * 2 ** 20));
        await failed();
      },
      says: fromSize,
    },
  ],
  [
    {
      of: 'a larger body',
      async test() {
        s3.on('UploadPart').fail('InternalError');
        await write('avatars', 'a.mp4', 'x'.repeat(5 * 2 ** 20 + 1));
        await failed();
      },
      hides: fromSize,
    },
    {
      of: 'an upload in parts',
      async test() {
        s3.on('UploadPart').fail('InternalError');
        await write('avatars', 'a.mp4', 'x');
        await send('CreateMultipartUpload', { Bucket: 'avatars', Key: 'a.mp4' });
        await failed();
      },
      hides: fromSize,
    },
    {
      of: 'a rule for another operation',
      async test() {
        s3.on('PostObject').fail('InternalError');
        await write('avatars', 'a.mp4', 'x');
        await failed();
      },
      hides: fromSize,
    },
    {
      of: 'another client',
      async test() {
        s3.on('UploadPart').fail('InternalError');
        await uploadSigned();
        await failed();
      },
      hides: 'MiB',
    },
  ],
);

async function increment(Bucket: string, Key: string) {
  await send('GetObject', { Bucket, Key });
  await write(Bucket, Key, '42');
}
const counter = () => s3.bucket('state').object('counter');
const ofCounter = "The test read 'counter' of bucket 'state' by a handle before PutObject state/counter";

tryAll(
  'a handle from before the code read and wrote',
  [
    {
      of: 'the text of the object',
      async test() {
        const before = counter();
        await increment('state', 'counter');
        expect(before.text()).toBe('42');
      },
      says: `${ofCounter}, and what it read stays as it was. The bucket has '42' now: if the test compares what it read, call s3.bucket('state').object('counter') again after the write.`,
    },
  ],
  [
    {
      of: 'a read after the write',
      async test() {
        const { versionId } = counter();
        await increment('state', 'counter');
        await send('HeadObject', { Bucket: 'state', Key: 'counter', VersionId: versionId });
        expect('41').toBe('42');
      },
      hides: ofCounter,
    },
    {
      of: 'a handle of the object after the write',
      async test() {
        await increment('state', 'counter');
        counter();
        expect('41').toBe('42');
      },
      hides: ofCounter,
    },
    {
      of: 'a text that the object does not have',
      async test() {
        const before = counter();
        await increment('state', 'counter');
        expect(before.text()).toBe('43');
      },
      hides: ofCounter,
    },
  ],
);

async function listFolders(Bucket: string, more: object = {}) {
  const { CommonPrefixes = [], Contents = [] } = (await send('ListObjectsV2', {
    Bucket,
    Delimiter: '/',
    ...more,
  })) as sdk.ListObjectsV2Output;
  return [...CommonPrefixes.map(({ Prefix }) => Prefix), ...Contents.map(({ Key }) => Key)];
}
const endOfLoop =
  'This page has only CommonPrefixes, so its Contents is undefined: end the loop by IsTruncated, and not by Contents.';

tryAll(
  'a page that has only prefixes',
  [
    {
      of: 'a loop that ends without Contents',
      async test() {
        expect(await listFolders('team')).toHaveLength(5);
      },
      says: `NextContinuationToken as ContinuationToken. ${endOfLoop}`,
    },
  ],
  [
    {
      of: 'a page with keys',
      async test() {
        await write('team', 'a.md', 'a');
        expect(await listFolders('team')).toHaveLength(6);
      },
      hides: endOfLoop,
    },
    {
      of: 'a page without prefixes',
      async test() {
        expect(await listFolders('team', { Delimiter: undefined })).toHaveLength(5);
      },
      hides: endOfLoop,
    },
    {
      of: 'a page of versions',
      async test() {
        const page = (await send('ListObjectVersions', {
          Bucket: 'team',
          Delimiter: '/',
        })) as sdk.ListObjectVersionsOutput;
        expect(page.CommonPrefixes).toHaveLength(4);
      },
      hides: endOfLoop,
    },
  ],
);

tryAll(
  'an empty listing',
  [
    {
      of: 'Contents',
      async test() {
        const { Contents } = (await send('ListObjectsV2', {
          Bucket: 'team',
          Prefix: 'x/',
        })) as sdk.ListObjectsV2Output;
        expect(Contents).toEqual([]);
      },
      says: "has no Contents, because no key begins with 'x/' on this page. SDKs leave empty lists out",
    },
    {
      of: 'CommonPrefixes of a listing that has keys',
      async test() {
        const { CommonPrefixes } = (await send('ListObjectsV2', { Bucket: 'team' })) as sdk.ListObjectsV2Output;
        expect(CommonPrefixes).toEqual([]);
      },
      says: 'has no CommonPrefixes, because the request has no Delimiter',
    },
    {
      of: 'both lists of a listing by levels',
      test: async () => {
        const page = (await send('ListObjectsV2', {
          Bucket: 'team',
          Prefix: 'x/',
          Delimiter: '/',
        })) as sdk.ListObjectsV2Output;
        expect(page.CommonPrefixes).toEqual([]);
      },
      says: 'no CommonPrefixes, because no key has the Delimiter',
    },
  ],
  [
    {
      of: 'CommonPrefixes that no request asked for',
      async test() {
        const { Contents } = (await send('ListObjectsV2', {
          Bucket: 'team',
          Prefix: 'x/',
        })) as sdk.ListObjectsV2Output;
        expect(Contents).toEqual([]);
      },
      hides: 'no CommonPrefixes',
    },
  ],
);
