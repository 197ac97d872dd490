import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

const until = '2030-01-01T00:00:00Z';
const retention = { Mode: 'COMPLIANCE', RetainUntilDate: until } as const;
const twoVersions = [
  { body: '1', versionId: 'v1' },
  { body: '2', versionId: 'v2' },
];

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        files: {},
        docs: { versioning: 'Enabled', objects: { 'a.txt': ['a1', 'a2', 'a3', 'a4', 'a5'], 'b.txt': ['b1', 'b2'] } },
        copies: { versioning: 'Enabled' },
        archive: {
          objects: {
            'old.csv': { body: 'a;1', storageClass: 'GLACIER' },
            'other.csv': { body: 'b', storageClass: 'GLACIER' },
          },
        },
        deeds: {
          objectLock: true,
          objects: { 'a.pdf': twoVersions, 'kept.pdf': { body: 'k', versionId: 'k1', retention } },
        },
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

const client = () => new sdk.S3Client({ maxAttempts: 1 });

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Record<string, never>> {
  return (await client().send(makeCommand(name, input))) as never; // of any command
}

interface UploadOfParts {
  readonly sent: Readonly<Record<number, string>>;
  readonly named: readonly number[];
  readonly more?: object;
}

/** Uploads parts, and completes the upload with some of them. */
async function uploadParts(Key: string, { sent, named, more = {} }: UploadOfParts) {
  const at = { Bucket: 'files', Key };
  const { UploadId } = await send('CreateMultipartUpload', { ...at, ...more });
  const parts = new Map<number, object>();
  for (const [number, Body] of Object.entries(sent)) {
    const PartNumber = Number(number);
    const { ETag, ChecksumSHA256 } = await send('UploadPart', { ...at, ...more, UploadId, PartNumber, Body });
    parts.set(PartNumber, { ETag, PartNumber, ...('ChecksumAlgorithm' in more ? { ChecksumSHA256 } : {}) });
  }
  const Parts = named.map((number) => parts.get(number));
  return send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts } });
}

const inTwo = { sent: { 1: 'head', 2: 'tail' }, named: [2] };
const composed = { sent: { 1: 'film' }, named: [1], more: { ChecksumAlgorithm: 'SHA256' } };

async function isIntact(Key: string, text: string, more: object = { ChecksumMode: 'ENABLED' }) {
  const { ChecksumSHA256 } = await send('HeadObject', { Bucket: 'files', Key, ...more });
  return String(ChecksumSHA256) === createHash('sha256').update(text).digest('base64');
}

const old = { Bucket: 'archive', Key: 'old.csv' };

/** Asks for a restore, and then several times for what a HEAD says of it, an hour apart. */
async function restore(hours: number, at = old) {
  await send('RestoreObject', { ...at, RestoreRequest: { Days: 2, GlacierJobParameters: { Tier: 'Standard' } } });
  let head = await send('HeadObject', at);
  for (let hour = 0; hour < hours; hour += 1) {
    s3.clock.advance({ hours: 1 });
    head = await send('HeadObject', at);
  }
  return head;
}

/** Deletes an object without naming a version, and says in words what happened. */
async function remove(Key: string, more = {}) {
  try {
    await send('DeleteObject', { Bucket: 'deeds', Key, ...more });
    return 'removed';
  } catch {
    return 'locked';
  }
}

/** Lists versions page by page, and passes each of them on. */
async function eachVersion(
  work: (version: { Key: string; VersionId: string; IsLatest: boolean }) => unknown,
  { first = {}, isWhole = false, pageSize = 2 } = {},
) {
  let markers: object | undefined = first;
  while (markers !== undefined) {
    const input = { Bucket: 'docs', ...markers, MaxKeys: pageSize };
    const page = (await send('ListObjectVersions', input)) as sdk.ListObjectVersionsOutput;
    for (const version of page.Versions ?? []) await work(version as never); // S3 answers all members
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker } = page;
    const more = isWhole ? { VersionIdMarker: NextVersionIdMarker } : {};
    markers = KeyMarker === undefined ? undefined : { KeyMarker, ...more };
  }
}

/** Deletes the noncurrent versions of all pages. */
async function clean(more = {}) {
  const old: object[] = [];
  await eachVersion(({ IsLatest, Key, VersionId }) => IsLatest || old.push({ Bucket: 'docs', Key, VersionId }), more);
  for (const one of old) await send('DeleteObject', one);
}

const countVersions = async () =>
  ((await send('ListObjectVersions', { Bucket: 'docs', Prefix: 'a' })) as sdk.ListObjectVersionsOutput).Versions
    ?.length;

const setVersioning = (Status: string, Bucket = 'docs') =>
  send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
const write = (Body: string, Key = 'b.txt') => send('PutObject', { Bucket: 'docs', Key, Body });

async function read(Key = 'b.txt') {
  const { Body } = (await client().send(
    new sdk.GetObjectCommand({ Bucket: 'docs', Key }),
  )) as sdk.GetObjectCommandOutput;
  return String(await Body?.transformToString());
}

/** Writes twice while versioning is suspended, and then writes what is there, to go back. */
async function rewrite() {
  await setVersioning('Suspended');
  await write('step 1');
  await write('step 2');
  await write(await read());
  await setVersioning('Enabled');
}

const lock = (operation: 'LegalHold' | 'Retention', more: object = {}) =>
  send(`PutObject${operation}`, {
    Bucket: 'deeds',
    Key: 'a.pdf',
    ...(operation === 'LegalHold'
      ? { LegalHold: { Status: 'ON' } }
      : { Retention: { ...retention, RetainUntilDate: new Date(until) } }),
    ...more,
  });

interface Mistake {
  readonly of: string;
  readonly test: () => unknown;
  readonly says: string;
}

const mistakes: readonly Mistake[] = [
  {
    of: 'a completion without a part, of a size',
    async test() {
      await uploadParts('db.tar', inTwo);
      const { ContentLength } = await send('HeadObject', { Bucket: 'files', Key: 'db.tar' });
      expect(ContentLength).toBe(8);
    },
    says: 'CompleteMultipartUpload files/db.tar named part 2 alone; the upload also had part 1, 4 bytes, which S3 discarded. Name all parts: ListParts has their ETags.',
  },
  {
    of: 'a completion without two parts, of a body',
    async test() {
      await uploadParts('db.tar', { sent: { 1: 'a', 2: 'bc', 3: 'd' }, named: [3] });
      expect(s3.bucket('files').object('db.tar').text()).toBe('abcd');
    },
    says: 'named part 3 alone; the upload also had the parts 1 and 2, 3 bytes, which S3 discarded.',
  },
  {
    of: 'a completion without a part, of a matcher of bodies',
    async test() {
      await uploadParts('db.tar', inTwo);
      expect(s3.bucket('files')).toHaveObject('db.tar', { body: 'headtail' });
    },
    says: 'named part 2 alone; the upload also had part 1, 4 bytes',
  },
  {
    of: 'a completion without a long part, of a matcher of bodies',
    async test() {
      const head = 'x'.repeat(2000);
      await uploadParts('db.tar', { sent: { 1: head, 2: 'tail' }, named: [2] });
      expect(s3.bucket('files')).toHaveObject('db.tar', { body: `${head}tail` });
    },
    says: 'named part 2 alone; the upload also had part 1, 2,000 bytes',
  },
  {
    of: 'a completion without a part, of a matcher of sizes',
    async test() {
      await uploadParts('db.tar', inTwo);
      expect(s3.bucket('files')).toHaveObject('db.tar', { size: 8 });
    },
    says: 'named part 2 alone; the upload also had part 1, 4 bytes',
  },
  {
    of: "a checksum of parts that the code's own check finds different",
    async test() {
      await uploadParts('db.tar', composed);
      expect(await isIntact('db.tar', 'film')).toBe(true);
    },
    says: "is that of the checksums of the parts, which ChecksumType: 'COMPOSITE' says, and not that of its bytes. Where the code compares it with one of the bytes, compare the bytes, or upload with ChecksumAlgorithm: 'CRC64NVME', whose checksum is that of all bytes.",
  },
  {
    of: 'a checksum of parts that the code takes for damage',
    async test() {
      await uploadParts('db.tar', composed);
      if (!(await isIntact('db.tar', 'film'))) throw new Error('db.tar: the checksum does not match');
    },
    says: 'HeadObject files/db.tar: the object was written in 1 part, so its ChecksumSHA256, ',
  },
  {
    of: 'a delete above a locked version, whose refusal the code puts in words',
    test: async () => expect(await remove('kept.pdf')).toBe('locked'),
    says: "DeleteObject deeds/kept.pdf: it named no version, so it added a delete marker; the locked version, 'k1', is still there. A lock refuses the delete of a version: with VersionId: 'k1' it would have been refused, 403 AccessDenied.",
  },
  {
    of: 'a legal hold of another version',
    async test() {
      await lock('LegalHold');
      expect(s3.bucket('deeds')).toBeLocked('a.pdf', 'v1');
    },
    says: "PutObjectLegalHold deeds/a.pdf named no version, so it locked the one that was current, 'v2', and a lock belongs to one version: send it with VersionId: 'v1'.",
  },
  {
    of: 'a retention of another version',
    async test() {
      await lock('Retention');
      expect(s3.bucket('deeds')).toBeLocked('a.pdf', 'v1');
    },
    says: "PutObjectRetention deeds/a.pdf named no version, so it locked the one that was current, 'v2'",
  },
  {
    of: 'a legal hold of another version, below a newer one',
    async test() {
      await lock('LegalHold');
      await send('PutObject', { Bucket: 'deeds', Key: 'a.pdf', Body: '3' });
      expect(s3.bucket('deeds')).toBeLocked('a.pdf', 'v1');
    },
    says: "PutObjectLegalHold deeds/a.pdf named no version, so it locked the one that was current, 'v2'",
  },
  {
    of: 'a retention of another version, below a newer one with a lock',
    async test() {
      await lock('Retention');
      await send('PutObject', { Bucket: 'deeds', Key: 'a.pdf', Body: '3', ObjectLockLegalHoldStatus: 'ON' });
      expect(s3.bucket('deeds')).toBeLocked('a.pdf', 'v1');
    },
    says: "PutObjectRetention deeds/a.pdf named no version, so it locked the one that was current, 'v2'",
  },
  {
    of: 'a storage class that a restored object no longer has to have',
    async test() {
      const { StorageClass } = await restore(6);
      expect(StorageClass).not.toBe('GLACIER');
    },
    says: "a restore leaves the storage class as it is, 'GLACIER'",
  },
  {
    of: 'the storage class of a restored object, which a test expects to be left out',
    async test() {
      const { StorageClass } = await restore(6);
      expect(StorageClass).toBeUndefined();
    },
    says: "a restore leaves the storage class as it is, 'GLACIER'",
  },
  {
    of: 'the storage class of a restored object',
    async test() {
      const { StorageClass } = await restore(6);
      expect(StorageClass).toBe('STANDARD');
    },
    says: 'HeadObject archive/old.csv: a restore leaves the storage class as it is, \'GLACIER\', and adds a copy for some days. Wait for the member Restore of HeadObject instead: once it has ongoing-request="false", the object can be read.',
  },
  {
    of: 'a loop that waits for another storage class',
    async test() {
      await restore(8);
      throw new Error('old.csv did not come back');
    },
    says: "a restore leaves the storage class as it is, 'GLACIER'",
  },
  {
    of: 'pages without the marker of the version, of a matcher of versions',
    async test() {
      await clean();
      expect(s3.bucket('docs')).toHaveVersions('a.txt', ['a5']);
    },
    says: "ListObjectVersions docs was sent with KeyMarker: 'a.txt' and without VersionIdMarker, so it continued behind all versions of that key and left out 3 versions that no page had. Send NextVersionIdMarker of the page before as VersionIdMarker as well.",
  },
  {
    of: 'pages without the marker of the version, of a number',
    async test() {
      await clean();
      expect(await countVersions()).toBe(1);
    },
    says: 'left out 3 versions that no page had.',
  },
  {
    of: 'pages without the marker of the version, of an object that is left',
    async test() {
      await eachVersion(({ Key, VersionId }) => send('DeleteObject', { Bucket: 'docs', Key, VersionId }));
      expect(s3.bucket('docs')).not.toHaveObject('a.txt');
    },
    says: 'left out 3 versions that no page had.',
  },
  {
    of: 'pages without the marker of the version, of keys that are left',
    async test() {
      await eachVersion(({ Key, VersionId }) => send('DeleteObject', { Bucket: 'docs', Key, VersionId }));
      expect(s3.bucket('docs').keys).toEqual([]);
    },
    says: 'left out 3 versions that no page had.',
  },
  {
    of: 'pages without the marker of the version, of copies that are missing',
    async test() {
      const bodies: string[] = [];
      await eachVersion(({ Key, VersionId }) => {
        bodies.push(
          String(
            s3
              .bucket('docs')
              .versions(Key)
              .find((one) => one.versionId === VersionId)?.size,
          ),
        );
      });
      for (const [at] of bodies.entries())
        await send('PutObject', { Bucket: 'copies', Key: 'a.txt', Body: `a${5 - at}` });
      expect(s3.bucket('copies')).toHaveVersions('a.txt', ['a5', 'a4', 'a3']);
    },
    says: 'left out 3 versions that no page had.',
  },
  {
    of: 'a null version that a later write replaced',
    async test() {
      await rewrite();
      expect(s3.bucket('docs')).toHaveObject('b.txt', { body: 'step 1' });
    },
    says: "PutBucketVersioning docs suspended versioning, so each later write of 'b.txt' replaced its null version: PutObject docs/b.txt with 'step 2' replaced the one with 'step 1', which no version has any more. Keep versioning Enabled to be able to go back.",
  },
  {
    of: 'a null version that a later write replaced, of a read',
    async test() {
      await rewrite();
      expect(await read()).toBe('step 1');
    },
    says: "PutObject docs/b.txt with 'step 2' replaced the one with 'step 1'",
  },
  {
    of: 'a null version that a later write replaced, of versions',
    async test() {
      await setVersioning('Suspended');
      await write('step 1');
      await write('step 2');
      await setVersioning('Enabled');
      expect(s3.bucket('docs')).toHaveVersions('b.txt', ['b1', 'b2', 'step 1', 'step 2']);
    },
    says: "PutObject docs/b.txt with 'step 2' replaced the one with 'step 1'",
  },
];

describe('a failed test', () => {
  it.each(mistakes)('of $of says what happened', async ({ test, says }) => {
    const screen = await screenOfTest(control, test);
    expect(screen).toContain(says);
    expect(screen.split('\n').length).toBeLessThan(26);
  });
});

interface Other {
  readonly of: string;
  readonly test: () => unknown;
  readonly hides: string;
}

const others: readonly Other[] = [
  {
    of: 'a completion of all parts',
    async test() {
      await uploadParts('db.tar', { ...inTwo, sent: { 2: 'tail' } });
      const { ContentLength } = await send('HeadObject', { Bucket: 'files', Key: 'db.tar' });
      expect(ContentLength).toBe(8);
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'a completion without a part, where other bytes are missing',
    async test() {
      await uploadParts('db.tar', inTwo);
      const { ContentLength } = await send('HeadObject', { Bucket: 'files', Key: 'db.tar' });
      expect(ContentLength).toBe(9);
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'a completion without a part, where a text of another length is missing',
    async test() {
      await uploadParts('db.tar', inTwo);
      expect(s3.bucket('files')).toHaveObject('db.tar', { body: 'the whole film' });
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'a completion without a part, where another object has fewer bytes',
    async test() {
      await uploadParts('db.tar', inTwo);
      await send('PutObject', { Bucket: 'files', Key: 'a.txt', Body: 'tail' });
      expect(s3.bucket('files')).toHaveObject('a.txt', { size: 8 });
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'a part that was refused',
    async test() {
      const at = { Bucket: 'files', Key: 'db.tar' };
      const { UploadId } = await send('CreateMultipartUpload', at);
      const part = { ...at, UploadId, PartNumber: 1, Body: 'head' };
      await send('UploadPart', { ...part, ContentMD5: '1B2M2Y8AsgTpgAmY7PhCfg==' }).catch(() => undefined);
      const { ETag } = await send('UploadPart', { ...part, PartNumber: 2, Body: 'tail' });
      const MultipartUpload = { Parts: [{ ETag, PartNumber: 2 }] };
      await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload });
      expect(s3.bucket('files')).toHaveObject('db.tar', { size: 8 });
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'a part of another upload',
    async test() {
      await uploadParts('other.tar', { sent: { 1: 'head' }, named: [1] });
      await uploadParts('db.tar', { sent: { 2: 'tail' }, named: [2] });
      expect(s3.bucket('files')).toHaveObject('db.tar', { size: 8 });
    },
    hides: 'which S3 discarded',
  },
  {
    of: 'a check of a checksum of parts that the code did not ask for',
    async test() {
      await uploadParts('db.tar', composed);
      expect(await isIntact('db.tar', 'film', {})).toBe(true);
    },
    hides: 'COMPOSITE',
  },
  {
    of: 'a checksum of parts where something else is expected',
    async test() {
      await uploadParts('db.tar', composed);
      await isIntact('db.tar', 'film');
      expect(1).toBe(2);
    },
    hides: 'COMPOSITE',
  },
  {
    of: 'a checksum of parts that other requests follow',
    async test() {
      await uploadParts('db.tar', composed);
      const isSame = await isIntact('db.tar', 'film');
      await send('ListObjectsV2', { Bucket: 'files' });
      expect(isSame).toBe(true);
    },
    hides: 'COMPOSITE',
  },
  {
    of: 'a checksum of all bytes',
    async test() {
      await uploadParts('db.tar', { ...composed, more: { ChecksumAlgorithm: 'CRC64NVME' } });
      expect(await isIntact('db.tar', 'film')).toBe(true);
    },
    hides: 'COMPOSITE',
  },
  {
    of: 'a request that a matcher of the library misses, and prints with an ETag of parts',
    async test() {
      await uploadParts('db.tar', { ...inTwo, named: [1, 2], sent: { 1: 'x'.repeat(5 * 1024 ** 2), 2: 'tail' } });
      expect(s3).toHaveReceived('PutObject', { Key: 'db.tar', Metadata: { owner: 'ann' } });
    },
    hides: 'is no MD5',
  },
  {
    of: 'a delete above a version without a lock',
    test: async () => expect(await remove('a.pdf')).toBe('locked'),
    hides: 'A lock refuses',
  },
  {
    of: 'a delete above a locked version where another text is expected',
    test: async () => expect(await remove('kept.pdf')).toBe('gone'),
    hides: 'A lock refuses',
  },
  {
    of: 'a delete above a locked version that other requests follow',
    async test() {
      const outcome = await remove('kept.pdf');
      await send('PutObject', { Bucket: 'files', Key: 'a.txt', Body: 'a' });
      expect(outcome).toBe('locked');
    },
    hides: 'A lock refuses',
  },
  {
    of: 'a lock that is over',
    async test() {
      s3.clock.advance({ days: 2000 });
      expect(await remove('kept.pdf')).toBe('locked');
    },
    hides: 'A lock refuses',
  },
  {
    of: 'a delete of a version without a lock above a locked one',
    async test() {
      await lock('LegalHold', { VersionId: 'v1' });
      expect(await remove('a.pdf', { VersionId: 'v2' })).toBe('locked');
    },
    hides: 'A lock refuses',
  },
  {
    of: 'a delete of one of two markers above a locked version',
    async test() {
      await remove('kept.pdf');
      const { VersionId } = await send('DeleteObject', { Bucket: 'deeds', Key: 'kept.pdf' });
      expect(await remove('kept.pdf', { VersionId })).toBe('locked');
    },
    hides: 'A lock refuses',
  },
  {
    of: 'a legal hold that named another version',
    async test() {
      await lock('LegalHold', { VersionId: 'v2' });
      expect(s3.bucket('deeds')).toBeLocked('a.pdf', 'v1');
    },
    hides: 'named no version',
  },
  {
    of: 'a legal hold that is off',
    async test() {
      await lock('Retention', { VersionId: 'v2' });
      await lock('LegalHold', { LegalHold: { Status: 'OFF' } });
      expect(s3.bucket('deeds')).toBeLocked('a.pdf', 'v1');
    },
    hides: 'named no version',
  },
  {
    of: 'a legal hold of another key',
    async test() {
      await lock('LegalHold');
      const at = { Bucket: 'deeds', Key: 'b.pdf', Body: 'b' };
      const { VersionId } = await send('PutObject', at);
      await send('PutObject', { ...at, ObjectLockLegalHoldStatus: 'ON' });
      expect(s3.bucket('deeds')).toBeLocked('b.pdf', String(VersionId));
    },
    hides: 'named no version',
  },
  {
    of: 'the storage class of an object that nobody restores',
    async test() {
      const { StorageClass } = await send('HeadObject', old);
      expect(StorageClass).toBe('STANDARD');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'the storage class of another object than the restored one',
    async test() {
      await restore(6);
      const { StorageClass } = await send('HeadObject', { Bucket: 'archive', Key: 'other.csv' });
      expect(StorageClass).toBe('STANDARD');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'another archive than the storage class of a restored object',
    async test() {
      const { StorageClass } = await restore(1);
      expect(StorageClass).toBe('DEEP_ARCHIVE');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'a loop that ends before the restore',
    async test() {
      await restore(3);
      throw new Error('old.csv did not come back');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'a restored object that is asked for once',
    async test() {
      await restore(0);
      s3.clock.advance({ hours: 8 });
      await send('HeadObject', old);
      throw new Error('old.csv is of no use');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'a restored object that is read',
    async test() {
      await restore(8);
      await send('GetObject', old);
      await send('HeadObject', old);
      throw new Error('old.csv is of no use');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'the time of a restored object',
    async test() {
      const { Restore } = await restore(8);
      expect(Restore).toContain('2027');
    },
    hides: 'a restore leaves',
  },
  {
    of: 'pages with both markers',
    async test() {
      await clean({ isWhole: true });
      expect(s3.bucket('docs')).toHaveVersions('a.txt', ['a1', 'a5']);
    },
    hides: 'that no page had',
  },
  {
    of: 'pages of which one ended behind the last version of a key',
    async test() {
      await eachVersion(() => undefined, { pageSize: 5 });
      expect(await countVersions()).toBe(2);
    },
    hides: 'that no page had',
  },
  {
    of: 'a listing that was meant to begin behind a key',
    async test() {
      await clean({ first: { KeyMarker: 'a.txt' } });
      expect(s3.bucket('docs')).toHaveVersions('a.txt', ['a5']);
    },
    hides: 'that no page had',
  },
  {
    of: 'versions that other pages had',
    async test() {
      await eachVersion(() => undefined, { isWhole: true });
      await clean();
      expect(s3.bucket('docs')).toHaveVersions('a.txt', ['a5']);
    },
    hides: 'that no page had',
  },
  {
    of: 'a version that was written after the pages',
    async test() {
      await eachVersion(() => undefined, { isWhole: true });
      await clean();
      await send('PutObject', { Bucket: 'docs', Key: 'a.txt', Body: 'a6' });
      expect(s3.bucket('docs')).toHaveVersions('a.txt', ['a5']);
    },
    hides: 'that no page had',
  },
  {
    of: 'another key with a text of a skipped version',
    async test() {
      await clean();
      await send('PutObject', { Bucket: 'copies', Key: 'c.txt', Body: 'a2' });
      expect(s3.bucket('copies')).toHaveVersions('c.txt', ['c']);
    },
    hides: 'that no page had',
  },
  {
    of: 'a listing of another bucket that begins at the same key',
    async test() {
      await send('PutObject', { Bucket: 'copies', Key: 'a.txt', Body: 'c' });
      await send('ListObjectVersions', { Bucket: 'docs', MaxKeys: 2 });
      await send('ListObjectVersions', { Bucket: 'copies', KeyMarker: 'a.txt' });
      expect(s3.bucket('copies')).toHaveVersions('a.txt', ['d']);
    },
    hides: 'that no page had',
  },
  {
    of: 'versions of another key',
    async test() {
      await clean();
      expect(s3.bucket('docs')).toHaveVersions('b.txt', ['b1']);
    },
    hides: 'that no page had',
  },
  {
    of: 'another number of versions than the pages skipped',
    async test() {
      await clean();
      expect(await countVersions()).toBe(2);
    },
    hides: 'that no page had',
  },
  {
    of: 'a text of no skipped version',
    async test() {
      await clean();
      expect(s3.bucket('docs').object('b.txt').text()).toBe('b3');
    },
    hides: 'that no page had',
  },
  {
    of: 'another object that is left',
    async test() {
      await clean();
      expect(s3.bucket('docs')).not.toHaveObject('b.txt');
    },
    hides: 'that no page had',
  },
  {
    of: 'writes while versioning is Enabled',
    async test() {
      await setVersioning('Enabled');
      await write('step 1');
      await write('step 2');
      expect(await read()).toBe('step 1');
    },
    hides: 'which no version has any more',
  },
  {
    of: 'writes of which one came after versioning was Enabled again',
    async test() {
      await setVersioning('Suspended');
      await write('step 1');
      await setVersioning('Enabled');
      await write('step 2');
      await setVersioning('Suspended');
      await write('step 3');
      expect(await read()).toBe('step 2');
    },
    hides: 'which no version has any more',
  },
  {
    of: 'a version that was deleted, of a bucket that is Enabled again',
    async test() {
      await setVersioning('Suspended');
      await setVersioning('Enabled');
      const { VersionId } = await write('step 1');
      await write('step 2');
      await send('DeleteObject', { Bucket: 'docs', Key: 'b.txt', VersionId });
      expect(await read()).toBe('step 1');
    },
    hides: 'which no version has any more',
  },
  {
    of: 'a null version that was deleted before the next write',
    async test() {
      await setVersioning('Suspended');
      await write('step 1');
      await send('DeleteObject', { Bucket: 'docs', Key: 'b.txt', VersionId: 'null' });
      await write('step 2');
      await setVersioning('Enabled');
      expect(await read()).toBe('step 1');
    },
    hides: 'which no version has any more',
  },
  {
    of: 'a null version that was deleted in a batch before the next write',
    async test() {
      await setVersioning('Suspended');
      await write('step 1');
      await send('DeleteObjects', { Bucket: 'docs', Delete: { Objects: [{ Key: 'b.txt' }] } });
      await write('step 2');
      await setVersioning('Enabled');
      expect(await read()).toBe('step 1');
    },
    hides: 'which no version has any more',
  },
  {
    of: 'a suspended bucket whose other writes the test expects',
    async test() {
      await rewrite();
      expect(s3.bucket('docs')).toHaveObject('b.txt', { body: 'step 3' });
    },
    hides: 'which no version has any more',
  },
  {
    of: 'a replaced version whose text another version has',
    async test() {
      await write('step 1');
      await rewrite();
      expect(s3.bucket('docs')).toHaveObject('b.txt', { body: 'step 1' });
    },
    hides: 'which no version has any more',
  },
  {
    of: 'a replaced version that the code does not look for',
    async test() {
      await setVersioning('Suspended');
      await write('step 1');
      await write('step 2');
      await setVersioning('Enabled');
      await read('a.txt');
      expect(s3.bucket('docs')).toHaveObject('b.txt', { body: 'step 1' });
    },
    hides: 'which no version has any more',
  },
  {
    of: 'a suspension of another bucket',
    async test() {
      await setVersioning('Suspended', 'copies');
      await write('step 1');
      await write('step 2');
      expect(await read()).toBe('step 1');
    },
    hides: 'which no version has any more',
  },
  {
    of: 'writes of two keys',
    async test() {
      await setVersioning('Suspended');
      await write('step 1', 'c.txt');
      await write('step 2', 'd.txt');
      await setVersioning('Enabled');
      await send('DeleteObject', { Bucket: 'docs', Key: 'c.txt', VersionId: 'null' });
      expect(await read('d.txt')).toBe('step 1');
    },
    hides: 'which no version has any more',
  },
];

describe('another failure', () => {
  it.each(others)('of $of has none of these hints', async ({ test, hides }) => {
    const screen = await screenOfTest(control, test);
    expect(screen).not.toContain(hides);
  });
});
