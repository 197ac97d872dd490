import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import * as matchers from '../../src/matchers/version-matchers';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const noncurrent = {
  Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
} as const;

const { tryAll, restart } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      avatars: {
        versioning: 'Suspended',
        objects: {
          'ann.png': { body: 'png', versionId: 'null' },
          'eve.png': [
            { deleteMarker: true, versionId: 'm1' },
            { body: 'png', versionId: 'null' },
          ],
        },
      },
      vault: { versioning: 'Enabled', objects: { 'a.txt': { body: 'first', versionId: 'v1' } } },
      contracts: {
        objectLock: true,
        objects: {
          'draft.pdf': {
            body: 'pdf',
            retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2030-01-01T00:00:00Z') },
          },
          'held.pdf': { body: 'pdf', legalHold: 'ON' },
          'free.pdf': 'pdf',
          'final.pdf': 'old',
        },
      },
      letters: {
        versioning: 'Enabled',
        objects: {
          'a.txt': [{ body: 'first', versionId: 'v1' }, 'second'],
          'one.txt': 'first',
          'again.txt': [{ deleteMarker: true, versionId: 'm1' }, 'second'],
        },
      },
      media: {
        objects: {
          'photos/a.jpg': 'a',
          'photos/b.jpg': 'b',
          'photos/raw/c.dng': 'c',
          'films/d.mp4': 'd',
          'readme.txt': 'r',
        },
      },
      aged: { versioning: 'Enabled', lifecycle: noncurrent, objects: { 'a.txt': { body: 'first', versionId: 'v1' } } },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const erase = (Bucket: string, Key: string, VersionId?: string) => send('DeleteObject', { Bucket, Key, VersionId });
const messageOf = (bucket: string, key: string) => matchers.toHaveVersions(s3.bucket(bucket), key, []).message();

const ofNull = 'The versioning of the bucket is Suspended';
const ofHead = 'only if a HeadObject finds it';
const ofMarker =
  'A delete without a version id adds a delete marker in a bucket with versioning: to remove a marker, delete it with its VersionId.';

tryAll(
  'a delete marker alone',
  [
    {
      of: 'a delete that replaced the null version',
      async test() {
        await erase('avatars', 'ann.png');
        expect(s3.bucket('avatars').versions('ann.png')).toEqual([]);
      },
      says: "The versioning of the bucket is Suspended, so a delete without a version id leaves a null delete marker, in place of the null version if there is one. To leave nothing of 'ann.png', delete it with VersionId: 'null'.",
    },
    {
      of: 'an object that was removed below its marker',
      async test() {
        await erase('vault', 'a.txt');
        await erase('vault', 'a.txt', 'v1');
        expect(s3.bucket('vault').versions('a.txt')).toEqual([]);
      },
      says: ofMarker,
    },
    {
      of: 'an object that a rule removed below its marker',
      async test() {
        await erase('aged', 'a.txt');
        s3.clock.advance({ days: 3 });
        expect(s3.bucket('aged').versions('a.txt').length).toBe(0);
      },
      says: ofMarker,
    },
  ],
  [
    {
      of: 'a delete in a bucket whose versioning is Enabled',
      async test() {
        await erase('vault', 'none.txt');
        expect(s3.bucket('vault').versions('none.txt')).toEqual([]);
      },
      hides: ofNull,
    },
    {
      of: 'two markers',
      async test() {
        await send('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } });
        await erase('vault', 'none.txt');
        await send('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
        await erase('vault', 'none.txt');
        expect(s3.bucket('vault').versions('none.txt')).toEqual([]);
      },
      hides: ofNull,
    },
    {
      of: 'a marker that was added before versioning was suspended',
      async test() {
        await erase('vault', 'none.txt');
        await send('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
        expect(s3.bucket('vault').versions('none.txt')).toEqual([]);
      },
      hides: ofNull,
    },
    {
      of: 'an object that was removed below its marker',
      async test() {
        await erase('vault', 'a.txt');
        await erase('vault', 'a.txt', 'v1');
        expect(s3.bucket('vault').versions('a.txt')).toEqual([]);
      },
      hides: ofHead,
    },
    {
      of: 'a null marker of a bucket whose versioning is Enabled again',
      async test() {
        await erase('avatars', 'ann.png');
        await send('PutBucketVersioning', { Bucket: 'avatars', VersioningConfiguration: { Status: 'Enabled' } });
        expect(s3.bucket('avatars').versions('ann.png')).toEqual([]);
      },
      hides: ofNull,
    },
    {
      of: 'a rule that removed the object',
      async test() {
        await erase('aged', 'a.txt');
        s3.clock.advance({ days: 3 });
        expect(s3.bucket('aged').versions('a.txt')).toEqual([]);
      },
      hides: ofHead,
    },
  ],
);

describe('toHaveVersions of a delete marker alone', () => {
  it('names the null version while versioning is suspended, and its cure leaves nothing', async () => {
    await erase('avatars', 'ann.png');
    expect(messageOf('avatars', 'ann.png')).toContain(
      "To leave nothing of 'ann.png', delete it with VersionId: 'null'.",
    );
    expect(messageOf('avatars', 'ann.png')).not.toContain(ofHead);
    await erase('avatars', 'ann.png', 'null');
    expect(s3.bucket('avatars').versions('ann.png')).toEqual([]);
  });

  it('asks for a HeadObject only if the key had no object', async () => {
    await erase('vault', 'none.txt');
    expect(messageOf('vault', 'none.txt')).toContain(ofHead);
    await erase('vault', 'a.txt');
    await erase('vault', 'a.txt', 'v1');
    expect(messageOf('vault', 'a.txt')).toContain(ofMarker);
    await erase('aged', 'a.txt');
    s3.clock.advance({ days: 3 });
    expect(messageOf('aged', 'a.txt')).toContain(ofMarker);
    await erase('avatars', 'eve.png');
    expect(messageOf('avatars', 'eve.png')).toContain(ofMarker);
  });

  it('names no VersionId alone, if S3 asks for a code of an MFA device', async () => {
    await restart({
      buckets: {
        box: { versioning: 'Suspended', mfaDelete: 'Enabled', objects: { a: { body: '1', versionId: 'null' } } },
      },
    });
    await erase('box', 'a');
    expect(messageOf('box', 'a')).toContain(ofMarker);
    expect(messageOf('box', 'a')).not.toContain(ofNull);
  });
});

const at = { Bucket: 'vault', Key: 'a.txt' };
const client = () => new sdk.S3Client({ region: 'us-east-1' });
const signGet = () => getSignedUrl(client(), new sdk.GetObjectCommand(at));
const signPut = () => getSignedUrl(client(), new sdk.PutObjectCommand(at));

async function fetchOk(url: string, method: string): Promise<void> {
  const { status } = await fetch(url, { method });
  expect(status).toBe(200);
}

const ofMethods = 'was signed for';

tryAll(
  'the method of a URL',
  [
    {
      of: 'a HEAD of a link',
      test: async () => fetchOk(await signGet(), 'HEAD'),
      says: 'HeadObject vault/a.txt: the URL was signed for GET, and the request is a HEAD: send a GET; or, if the URL is for HEAD requests, sign it for them, getSignedUrl(client, new HeadObjectCommand(…)).',
    },
    {
      of: 'a GET of a URL for uploads',
      test: async () => fetchOk(await signPut(), 'GET'),
      says: 'GetObject vault/a.txt: the URL was signed for PUT, and the request is a GET: send a PUT; or, if the URL is for GET requests, sign it for them, getSignedUrl(client, new GetObjectCommand(…)).',
    },
    {
      of: 'a DELETE of a link',
      test: async () => fetchOk(await signGet(), 'DELETE'),
      says: 'DeleteObject vault/a.txt: the URL was signed for GET, and the request is a DELETE: send a GET; or, if the URL is for DELETE requests, sign it for them, getSignedUrl(client, new DeleteObjectCommand(…)).',
    },
  ],
  [
    {
      of: 'a parameter that was added',
      test: async () => fetchOk(`${await signGet()}&versionId=v1`, 'GET'),
      hides: `${ofMethods} GET`,
    },
    {
      of: 'another signature',
      test: async () => fetchOk((await signGet()).replace(/X-Amz-Signature=..../, 'X-Amz-Signature=0000'), 'HEAD'),
      hides: ofMethods,
    },
  ],
);

const copy = (from: string, more: object = {}) =>
  send('CopyObject', { Bucket: 'contracts', Key: 'new.pdf', CopySource: `contracts/${from}`, ...more });

async function rename(from: string): Promise<void> {
  await copy(from);
  await erase('contracts', from);
}

const contract = () => s3.bucket('contracts').object('new.pdf');
const ofCopy = 'a copy does not take along';
const ofRetention =
  "a copy does not take along the retention of 'contracts/draft.pdf': name ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: '2030-01-01T00:00:00.000Z' in the copy";

tryAll(
  'the lock of a renamed object',
  [
    {
      of: 'a retention, by a handle',
      async test() {
        await rename('draft.pdf');
        expect(contract().retention?.Mode).toBe('GOVERNANCE');
      },
      says: `CopyObject contracts/new.pdf: ${ofRetention}, and it has what the test expects.`,
    },
    {
      of: 'a retention, by the matcher',
      async test() {
        await rename('draft.pdf');
        expect(s3.bucket('contracts')).toBeLocked('new.pdf');
      },
      says: `CopyObject contracts/new.pdf: ${ofRetention}, and it has what the test expects.`,
    },
    {
      of: 'a retention, by a read that S3 refuses',
      async test() {
        await rename('draft.pdf');
        await send('GetObjectRetention', { Bucket: 'contracts', Key: 'new.pdf' });
      },
      says: `GetObjectRetention contracts/new.pdf: ${ofRetention}, and this request is answered.`,
    },
    {
      of: 'a legal hold, of a source that is deleted in a batch',
      async test() {
        await copy('held.pdf');
        await send('DeleteObjects', { Bucket: 'contracts', Delete: { Objects: [{ Key: 'held.pdf' }] } });
        expect(contract().legalHold).toBe('ON');
      },
      says: "a copy does not take along the legal hold of 'contracts/held.pdf': name ObjectLockLegalHoldStatus: 'ON' in the copy",
    },
    {
      of: 'the retention of a version that the copy names',
      async test() {
        const [version] = s3.bucket('contracts').versions('draft.pdf');
        await rename('draft.pdf');
        await copy(`draft.pdf?versionId=${version?.versionId}`);
        await erase('contracts', 'draft.pdf');
        expect(contract().retention?.Mode).toBe('GOVERNANCE');
      },
      says: ofRetention,
    },
  ],
  [
    {
      of: 'a source without a lock',
      async test() {
        await rename('free.pdf');
        expect(s3.bucket('contracts')).toBeLocked('new.pdf');
      },
      hides: ofCopy,
    },
    {
      of: 'a source that is locked after the copy',
      async test() {
        await copy('free.pdf');
        await send('PutObjectLegalHold', { Bucket: 'contracts', Key: 'free.pdf', LegalHold: { Status: 'ON' } });
        await erase('contracts', 'free.pdf');
        expect(contract().legalHold).toBe('ON');
      },
      hides: ofCopy,
    },
    {
      of: 'a source that is locked after the copy, by a read',
      async test() {
        await copy('free.pdf');
        await send('PutObjectLegalHold', { Bucket: 'contracts', Key: 'free.pdf', LegalHold: { Status: 'ON' } });
        await erase('contracts', 'free.pdf');
        await send('GetObjectLegalHold', { Bucket: 'contracts', Key: 'new.pdf' });
      },
      hides: ofCopy,
    },
    {
      of: 'a copy that was locked, and whose lock was lifted',
      async test() {
        await copy('held.pdf');
        await erase('contracts', 'held.pdf');
        await send('PutObject', { Bucket: 'contracts', Key: 'new.pdf', Body: 'later' });
        expect(contract().legalHold).toBe('ON');
      },
      hides: ofCopy,
    },
    {
      of: 'another object that the test reads',
      async test() {
        await rename('draft.pdf');
        expect(s3.bucket('contracts').object('final.pdf').retention?.Mode).toBe('GOVERNANCE');
      },
      hides: ofCopy,
    },
    {
      of: 'another mode than that of the source',
      async test() {
        await rename('draft.pdf');
        expect(contract().retention?.Mode).toBe('COMPLIANCE');
      },
      hides: ofCopy,
    },
  ],
);

async function listNames(folder: string, Prefix = folder): Promise<string[]> {
  const { Contents = [] }: sdk.ListObjectsV2Output = await send('ListObjectsV2', {
    ...{ Bucket: 'media', Prefix, Delimiter: '/' },
  });
  return Contents.map(({ Key = '' }) => Key.slice(folder.length + 1));
}

const ofFolder = 'its Prefix ends before the Delimiter';

tryAll(
  'a prefix without the slash',
  [
    {
      of: 'the names in a folder',
      test: async () => expect(await listNames('photos')).toEqual(['a.jpg', 'b.jpg']),
      says: "ListObjectsV2 media: it has no Contents, and 'photos/' in CommonPrefixes, since its Prefix ends before the Delimiter; with Prefix: 'photos/' it would have returned what is in the folder.",
    },
    {
      of: 'one of the names, with its size',
      async test() {
        const [name] = await listNames('photos');
        expect([{ name, size: 1 }]).toEqual([{ name: 'a.jpg', size: 1 }]);
      },
      says: ofFolder,
    },
    {
      of: 'a name and the size that no listing had',
      async test() {
        const files: unknown = (await listNames('photos')).map((name) => ({ name, size: 1 }));
        expect(files).toEqual([{ name: 'b.jpg', size: 1 }]);
      },
      says: ofFolder,
    },
  ],
  [
    {
      of: 'names that the folder does not have',
      test: async () => expect(await listNames('photos')).toEqual(['e.jpg']),
      hides: ofFolder,
    },
    {
      of: 'names of which the folder has one alone',
      test: async () => expect(await listNames('photos')).toEqual(['a.jpg', 'e.jpg']),
      hides: ofFolder,
    },
    {
      of: 'sizes alone, which many objects have',
      test: async () => expect((await listNames('photos')).map(() => 1)).toEqual([1]),
      hides: ofFolder,
    },
    {
      of: 'code that lists the folder as well, and loses the names',
      async test() {
        await listNames('photos');
        const names = await listNames('photos', 'photos/');
        expect(names.filter((name) => name.endsWith('.png'))).toEqual(['a.jpg', 'b.jpg']);
      },
      hides: ofFolder,
    },
    {
      of: 'a key that its prefix has beside the folder',
      test: async () => expect(await listNames('readme.txt')).toEqual(['a.jpg']),
      hides: ofFolder,
    },
  ],
);

const upload = (Key: string) => send('PutObject', { Bucket: 'media', Key, Body: 'x' });
const remembers =
  'A request before the last reset wrote media/logo.svg, perhaps in an earlier test, and none has since then: put it into the fixture, or write it in this test. If the code remembers what it has sent, for instance in a Map of its module, clear that before each test.';
const ofReset = 'before the last reset';
const readLogo = () => expect(s3.bucket('media').object('logo.svg').size).toBe(1);

async function uploadBefore(key = 'logo.svg'): Promise<void> {
  await upload(key);
  s3.reset();
}

tryAll(
  'what the code remembers',
  [
    {
      of: 'a test that sends nothing',
      async test() {
        await uploadBefore();
        readLogo();
      },
      says: `${remembers}\nNo request came at all. If the code under test should have sent one: was it called, and awaited?`,
    },
    {
      of: 'a test that sends nothing for the key',
      async test() {
        await uploadBefore();
        await upload('other.svg');
        readLogo();
      },
      says: `Bucket 'media' has no key 'logo.svg', and no request asked to write it. ${remembers}`,
    },
  ],
  [
    {
      of: 'another key that was written before the reset',
      async test() {
        await uploadBefore('other.svg');
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'a key that the test itself has written and deleted',
      async test() {
        await uploadBefore();
        await upload('logo.svg');
        await erase('media', 'logo.svg');
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'an upload in parts that was only begun',
      async test() {
        await send('CreateMultipartUpload', { Bucket: 'media', Key: 'logo.svg' });
        s3.reset();
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'code that has written it in another case',
      async test() {
        await uploadBefore();
        await upload('Logo.svg');
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'code that has written it with a letter more',
      async test() {
        await uploadBefore();
        await upload('logos.svg');
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'code that has written it into another folder',
      async test() {
        await uploadBefore();
        await upload('brand/logo.svg');
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'code that has written it into another bucket',
      async test() {
        await uploadBefore();
        await send('PutObject', { Bucket: 'vault', Key: 'logo.svg', Body: 'x' });
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'a key that a handler of events can still write',
      async test() {
        await uploadBefore();
        s3.bucket('media').notification = { EventBridgeConfiguration: {} };
        s3.deliverTo('eventbridge', async () => void (await upload('logo.svg')));
        await upload('other.svg');
        readLogo();
      },
      hides: ofReset,
    },
    {
      of: 'a key that is there',
      async test() {
        await uploadBefore('readme.txt');
        expect(s3.bucket('media').object('readme.txt').size).toBe(7);
      },
      hides: ofReset,
    },
    {
      of: 'a request that S3 refused',
      async test() {
        await send('PutObject', { Bucket: 'media', Key: 'logo.svg', Body: 'x', IfMatch: '"1"' }).catch(() => {});
        s3.reset();
        readLogo();
      },
      hides: ofReset,
    },
  ],
);

describe('toHaveObject of what was written before the reset', () => {
  const ofObject = (key: string) => matchers.toHaveObject(s3.bucket('media'), key).message();
  const ofClients = 'Is its client replaced';

  it('says what the code can remember, and asks nothing about clients', async () => {
    await uploadBefore();
    expect(ofObject('logo.svg')).toContain(remembers);
    expect(ofObject('logo.svg')).not.toContain(ofClients);
    await upload('other.svg');
    expect(ofObject('logo.svg')).toContain(remembers);
  });

  it('says nothing of other keys, or of a key that requests have written or deleted since', async () => {
    await uploadBefore();
    expect(ofObject('other.svg')).not.toContain(ofReset);
    expect(ofObject('other.svg')).toContain(ofClients);
    await upload('logo.svg');
    await erase('media', 'logo.svg');
    expect(ofObject('logo.svg')).not.toContain(ofReset);
  });
});

const copyAway = (CopySource: string) => send('CopyObject', { Bucket: 'letters', Key: 'b.txt', CopySource });
const copyOnto = (Key: string, more: object = {}) =>
  send('CopyObject', { Bucket: 'letters', Key, CopySource: `letters/${Key}`, ...more });
const ofVersionId = 'give the id as VersionId';
const ofOlder = 'to bring back an older version';

tryAll(
  'the version of a copy',
  [
    {
      of: 'a source whose version id is encoded with its key',
      test: () => copyAway(encodeURIComponent('letters/a.txt?versionId=v1')),
      says: 'which differs in a version id at its end; in a CopySource, encode the key alone, and write ?versionId= behind it',
    },
    {
      of: 'a read whose key has the version id',
      test: () => send('GetObject', { Bucket: 'letters', Key: 'a.txt?versionId=v1' }),
      says: 'which differs in a version id at its end; give the id as VersionId',
    },
    {
      of: 'a copy onto itself of a key with an older version',
      test: () => copyOnto('a.txt'),
      says: 'send it with all that the object should have; to bring back an older version, write ?versionId= and its id behind the CopySource',
    },
  ],
  [
    {
      of: 'a source whose version id is encoded with its key',
      test: () => copyAway(encodeURIComponent('letters/a.txt?versionId=v1')),
      hides: ofVersionId,
    },
    {
      of: 'a read whose key has the version id',
      test: () => send('GetObject', { Bucket: 'letters', Key: 'a.txt?versionId=v1' }),
      hides: 'in a CopySource',
    },
    { of: 'a copy onto itself of a key with one version', test: () => copyOnto('one.txt'), hides: ofOlder },
    { of: 'a copy onto itself above a delete marker alone', test: () => copyOnto('again.txt'), hides: ofOlder },
  ],
);
