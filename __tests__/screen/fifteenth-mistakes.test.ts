import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    buckets: {
      plain: { objects: { 'a.json': '{}' } },
      vault: { versioning: 'Enabled' },
      invoices: { objectLock: true },
      backups: { objects: { 'db-8.sql': 'eight', 'db-9.sql': 'nine', 'db-10.sql': 'ten' } },
      susp: { versioning: 'Suspended' },
      two: {
        objects: { a: 'x' },
        cors: { CORSRules: [{ AllowedOrigins: ['app.example.com'], AllowedMethods: ['GET'] }] },
      },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

function sign(Bucket: string): Promise<string> {
  return getSignedUrl(new S3Client({ region: 'us-east-1' }), new GetObjectCommand({ Bucket, Key: 'a' }));
}

const a = { Bucket: 'plain', Key: 'a' };

async function readText(input: object): Promise<string | undefined> {
  try {
    const { Body } = await send('GetObject', input);
    return await (Body as unknown as { transformToString: () => Promise<string> }).transformToString();
  } catch {
    return undefined;
  }
}

async function lastModified(): Promise<Date> {
  const { LastModified } = await send('GetObject', a);
  return LastModified ?? new Date(0);
}

const sameSecond = 'PutObject plain/a came in the same second, and S3 keeps whole seconds. Send IfNoneMatch';
const stale = 'await the write first';

tryAll(
  'an IfModifiedSince of the same second',
  [
    {
      of: 'a 304 that the code takes for no news',
      async test() {
        await send('PutObject', { ...a, Body: 'one' });
        const IfModifiedSince = await lastModified();
        await send('PutObject', { ...a, Body: 'two' });
        expect(await readText({ ...a, IfModifiedSince })).toBe('two');
      },
      says: sameSecond,
    },
  ],
  [
    {
      of: 'a read that came again after the write',
      async test() {
        await send('PutObject', { ...a, Body: 'one' });
        const IfModifiedSince = await lastModified();
        await send('PutObject', { ...a, Body: 'two' });
        expect(await readText({ ...a, IfModifiedSince })).toBe('two');
      },
      hides: stale,
    },
    {
      of: 'an object that nobody has written since',
      async test() {
        await send('PutObject', { ...a, Body: 'one' });
        const IfModifiedSince = await lastModified();
        expect(await readText({ ...a, IfModifiedSince })).toBe('two');
      },
      hides: 'in the same second',
    },
    {
      of: 'a read with the date of a write a second later',
      async test() {
        await send('PutObject', { ...a, Body: 'one' });
        s3.clock.advance({ seconds: 1 });
        await send('PutObject', { ...a, Body: 'two' });
        const IfModifiedSince = await lastModified();
        expect(await readText({ ...a, IfModifiedSince })).toBe('three');
      },
      hides: 'in the same second',
    },
  ],
);

tryAll(
  'a read before the write that the test expects',
  [
    {
      of: 'the text of the first of two reads',
      async test() {
        await send('PutObject', { ...a, Body: 'one' });
        const text = await readText({ ...a, ResponseCacheControl: 'no-cache' });
        await send('PutObject', { ...a, Body: 'two' });
        await readText(a);
        expect(text).toBe('two');
      },
      says: stale,
    },
  ],
  [
    {
      of: 'the text of the second of two reads',
      async test() {
        await send('PutObject', { ...a, Body: 'one' });
        await readText({ ...a, ResponseCacheControl: 'no-cache' });
        await send('PutObject', { ...a, Body: 'two' });
        await send('PutObject', { ...a, Body: 'three' });
        expect(await readText(a)).toBe('two');
      },
      hides: stale,
    },
  ],
);

const answered204 = 'DeleteObject plain/missing was answered 204, as S3 answers a delete of any key';

async function remove(Key: string): Promise<{ readonly was: boolean; readonly status: number | undefined }> {
  const { $metadata } = await send('DeleteObject', { Bucket: 'plain', Key });
  const { httpStatusCode } = $metadata as unknown as { httpStatusCode?: number };
  return { was: httpStatusCode === 204, status: httpStatusCode };
}

tryAll(
  'a delete whose status says nothing of the key',
  [
    {
      of: 'a boolean',
      async test() {
        const { was } = await remove('missing');
        expect(was).toBe(false);
      },
      says: answered204,
    },
    {
      of: 'a status',
      async test() {
        const { status } = await remove('missing');
        expect(status).toBe(404);
      },
      says: answered204,
    },
  ],
  [
    {
      of: 'a key that was there',
      async test() {
        const { was } = await remove('a.json');
        expect(was).toBe(false);
      },
      hides: 'as S3 answers a delete of any key',
    },
    {
      of: 'a boolean of another request',
      async test() {
        await remove('missing');
        const there = (await readText({ Bucket: 'plain', Key: 'a.json' })) !== undefined;
        expect(there).toBe(false);
      },
      hides: answered204,
    },
  ],
);

tryAll(
  'an origin that no rule allows',
  [
    {
      of: 'a header that should have any value',
      async test() {
        const answer = await fetch(await sign('two'), { headers: { origin: 'https://app.example.com' } });
        expect(answer.headers.get('access-control-allow-origin')).not.toBeNull();
      },
      says: "no rule allows the origin 'https://app.example.com'",
    },
  ],
  [
    {
      of: 'another value that is null',
      async test() {
        await fetch(await sign('two'), { headers: { origin: 'https://app.example.com' } });
        await lastModified();
        expect(await findNothing()).not.toBeNull();
      },
      hides: 'no rule allows the origin',
    },
  ],
);

const findNothing = async () => null;

const equalDates = "2 versions of 'p' have the same LastModified";

async function readPrevious(at: number): Promise<string | undefined> {
  const { Versions = [] } = (await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'p' })) as {
    Versions?: { LastModified: Date; VersionId: string }[];
  };
  const byDate = Versions.toSorted((one, other) => Number(one.LastModified) - Number(other.LastModified));
  return readText({ Bucket: 'vault', Key: 'p', VersionId: byDate.at(at)?.VersionId });
}

async function writeTwice(seconds: number): Promise<void> {
  await send('PutObject', { Bucket: 'vault', Key: 'p', Body: 'one' });
  if (seconds > 0) s3.clock.advance({ seconds });
  await send('PutObject', { Bucket: 'vault', Key: 'p', Body: 'two' });
}

tryAll(
  'versions that are sorted by one date',
  [
    {
      of: 'the version before the last',
      async test() {
        await writeTwice(0);
        expect(await readPrevious(-2)).toBe('one');
      },
      says: equalDates,
    },
  ],
  [
    {
      of: 'versions of two dates',
      async test() {
        await writeTwice(1);
        expect(await readPrevious(-1)).toBe('one');
      },
      hides: 'have the same LastModified',
    },
  ],
);

tryAll(
  'a property of a bucket that is called',
  [
    {
      of: 'a handle by the name of its bucket',
      test() {
        const plain = s3.bucket('plain') as never as { keys: () => readonly string[] };
        expect(plain.keys()).toEqual([]);
      },
      says: 'The keys of a bucket are a list, not a method: write plain.keys, without ().',
    },
  ],
  [
    {
      of: 'a value of another name',
      test() {
        const report = { keys: [] } as never as { keys: () => readonly string[] };
        expect(report.keys()).toEqual([]);
      },
      hides: 'of a bucket',
    },
  ],
);

const DAY = 24 * 60 * 60 * 1000;

async function storeFor(from: number, length: number): Promise<string> {
  const { VersionId } = await send('PutObject', {
    Bucket: 'invoices',
    Key: 'a.pdf',
    Body: 'x',
    ObjectLockMode: 'COMPLIANCE',
    ObjectLockRetainUntilDate: new Date(from + length),
  });
  return VersionId ?? '';
}

async function eraseAfter(days: number, VersionId: string): Promise<void> {
  s3.clock.advance({ days });
  await send('DeleteObject', { Bucket: 'invoices', Key: 'a.pdf', VersionId });
}

tryAll(
  'a retention of another clock',
  [
    {
      of: 'a date that the code counts from Date',
      test: async () => eraseAfter(31, await storeFor(Date.now(), 30 * DAY)),
      says: 'the retention lasts 30 days by Date, and ',
    },
  ],
  [
    {
      of: 'a date by the clock of the mock',
      test: async () => eraseAfter(29, await storeFor(s3.clock.now().getTime(), 30 * DAY)),
      hides: 'by Date',
    },
    {
      of: 'a date of no whole hours',
      test: async () => eraseAfter(1, await storeFor(Date.now(), 30 * DAY + 1_234_567)),
      hides: 'by Date',
    },
  ],
);

async function undelete(name: string): Promise<void> {
  const where = { Bucket: name, Key: 'a.txt' };
  await send('PutObject', { ...where, Body: 'text' });
  await send('DeleteObject', where);
  const { DeleteMarkers = [] } = (await send('ListObjectVersions', { Bucket: name })) as {
    DeleteMarkers?: { VersionId: string }[];
  };
  await send('DeleteObject', { ...where, VersionId: DeleteMarkers[0]?.VersionId });
}

const removed = 'DeleteObject susp/a.txt removed the null version for good';

tryAll(
  'an undelete in a suspended bucket',
  [
    {
      of: 'an object that a handle does not find',
      async test() {
        await undelete('susp');
        expect(s3.bucket('susp').object('a.txt').text()).toBe('text');
      },
      says: removed,
    },
  ],
  [
    {
      of: 'an object that the test has deleted, and reads by a handle',
      async test() {
        await send('PutObject', { Bucket: 'susp', Key: 'a.txt', Body: 'text' });
        await send('DeleteObject', { Bucket: 'susp', Key: 'a.txt' });
        expect(s3.bucket('susp').object('a.txt').text()).toBe('text');
      },
      hides: removed,
    },
  ],
);

async function readKeyAt(at: number): Promise<string | undefined> {
  const { Contents = [] } = (await send('ListObjectsV2', { Bucket: 'backups' })) as { Contents?: { Key: string }[] };
  return readText({ Bucket: 'backups', Key: Contents.at(at)?.Key });
}

const asText = "S3 compares keys as text, so 'db-10.sql' comes before 'db-8.sql'";

tryAll(
  'the text of the last of keys with numbers',
  [
    {
      of: 'the last key',
      test: async () => expect(await readKeyAt(-1)).toBe('ten'),
      says: asText,
    },
  ],
  [
    {
      of: 'a key that is the last neither as a text nor as a number',
      test: async () => expect(await readKeyAt(-1)).toBe('eight'),
      hides: asText,
    },
    {
      of: 'a text that no key has',
      test: async () => expect(await readKeyAt(-1)).toBe('eleven'),
      hides: asText,
    },
  ],
);

async function undo(): Promise<void> {
  const { Versions = [] } = (await send('ListObjectVersions', { Bucket: 'vault', Prefix: 'p' })) as {
    Versions?: { LastModified: Date; VersionId: string }[];
  };
  const byDate = Versions.toSorted((one, other) => Number(one.LastModified) - Number(other.LastModified));
  const CopySource = `vault/p?versionId=${byDate.at(-2)?.VersionId}`;
  await send('CopyObject', { Bucket: 'vault', Key: 'p', CopySource });
}

describe('a version that a copy has found by its date', () => {
  it.each([
    { seconds: 0, body: 'one', hasOneDate: true },
    { seconds: 1, body: 'two', hasOneDate: false },
  ])('has the date of the expected one after $seconds seconds: $hasOneDate', async ({ seconds, body, hasOneDate }) => {
    await writeTwice(seconds);
    await undo();
    const assertion = () => expect(s3.bucket('vault')).toHaveObject('p', { body });
    const says = 'which has the same LastModified, since the clock of the mock did not move';
    expect(assertion).toThrow('A noncurrent version matches');
    if (hasOneDate) expect(assertion).toThrow(says);
    else expect(assertion).not.toThrow(says);
  });
});
