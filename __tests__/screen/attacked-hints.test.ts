import { createHash } from 'node:crypto';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
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

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        assets: { encryption: kms },
        parts: {},
        plain: { objects: { 'a.txt': 'a', 'b.txt': 'b', 'n.json': '{"price":1.0}' } },
        albums: { objects: { 'rome/1.jpg': 'a', 'rome/2.jpg': 'b', paris: 'c' } },
        logs: { objects: { 'log-1': dated(1), 'log-2': dated(2), 'log-3': dated(3), 'log-4': dated(4) } },
        trees: { objects: { 'a/1': '1', 'b/1': '1', 'b/2': '2' } },
        docs: {
          versioning: 'Enabled',
          objects: { 'a.md': ['first', deleteMarker, 'second', deleteMarker], 'b.md': ['one', 'two'] },
        },
        vault: { versioning: 'Enabled', objects: { 'u1/a': ['1', '2'], 'u1/b': '3' } },
        cases: { objectLock: true, objects: { 'mail.eml': ['draft', 'sent'] } },
        pictures: { ownershipControls: 'ObjectWriter', publicAccessBlock: null, objects: { 'old.png': 'png' } },
        notes: { objects: { 'my notes.txt': 'n', 'a+b.txt': 'p' } },
        temporary: { objects: { 'a.html': { body: 'old', headers: { expires: 'Sun, 01 Mar 2026 13:00:00 GMT' } } } },
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

const client = (more: sdk.S3ClientConfig = {}) => new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1', ...more });

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object, by = client()): Promise<Record<string, never>> {
  return (await by.send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

const write = (Bucket: string, Key: string, Body: string | Buffer, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const head = (Bucket: string, Key: string, more: object = {}) => send('HeadObject', { Bucket, Key, ...more });
const list = async (Bucket: string, more: object = {}) =>
  (await send('ListObjectsV2', { Bucket, ...more })) as unknown as sdk.ListObjectsV2Output;
const keysOf = ({ Contents = [] }: sdk.ListObjectsV2Output) => Contents.map(({ Key = '' }) => Key);
const listVersions = async (Bucket: string, more: object = {}) => {
  const answer = (await send('ListObjectVersions', { Bucket, ...more })) as unknown as sdk.ListObjectVersionsOutput;
  return [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])];
};
const read = async (Bucket: string, Key: string, more: object = {}) => {
  const { Body } = await client().send(new sdk.GetObjectCommand({ Bucket, Key, ...more }));
  return String(await Body?.transformToString());
};

/** Uploads a file unless its ETag is the MD5 of the bytes. */
async function sync(Bucket: string, Key: string, Body: string, more: object = {}) {
  const md5 = createHash('md5').update(Body).digest('hex');
  const found = await head(Bucket, Key).catch(() => undefined);
  if (found?.['ETag'] !== `"${md5}"`) await write(Bucket, Key, Body, more);
}
async function syncTwice(more: object = {}) {
  await sync('assets', 'a.js', 'a');
  await sync('assets', 'a.js', 'a', more);
}
const sameBytes = 'wrote the bytes that the object had already';

tryAll(
  'bytes that are written again',
  [],
  [
    {
      of: 'the number of keys, which a listing answers',
      async test() {
        await syncTwice();
        expect((await list('assets')).KeyCount).toBe(0);
      },
      hides: sameBytes,
    },
    {
      of: 'the keys of a listing',
      async test() {
        await syncTwice();
        expect(keysOf(await list('assets'))).toEqual([]);
      },
      hides: sameBytes,
    },
    {
      of: 'the length of an answer',
      async test() {
        await syncTwice();
        expect((await head('assets', 'a.js'))['ContentLength']).toBe(0);
      },
      hides: sameBytes,
    },
    {
      of: 'bytes that get other metadata',
      async test() {
        await syncTwice({ Metadata: { build: '2' } });
        expect(s3).toHaveReceivedTimes('PutObject', 1);
      },
      hides: sameBytes,
    },
  ],
);

const suspend = (Bucket: string) =>
  send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Suspended' } });
const kept = 'keeps all versions';

tryAll(
  'versions that a suspension keeps',
  [],
  [
    {
      of: 'a version too many, which the code wrote before',
      async test() {
        await write('docs', 'b.md', 'three');
        await suspend('docs');
        expect(s3.bucket('docs')).toHaveVersions('b.md', ['one', 'two']);
      },
      hides: kept,
    },
    {
      of: 'a key that has one version',
      async test() {
        await suspend('docs');
        await write('docs', 'c.md', 'c');
        expect(s3.bucket('docs')).toHaveVersions('c.md', []);
      },
      hides: kept,
    },
    {
      of: 'a number of objects that is as large',
      async test() {
        await suspend('vault');
        await write('vault', 'u1/a', '5');
        expect(s3.bucket('vault').usage().current.count).toBe(0);
      },
      hides: kept,
    },
  ],
);

const remove = async (Key: string, ...choose: readonly number[]) => {
  const all = (await listVersions('docs', { Prefix: Key })).toSorted(
    (one, other) => Number(one.LastModified) - Number(other.LastModified),
  );
  for (const at of choose) await send('DeleteObject', { Bucket: 'docs', Key, VersionId: all[at]?.VersionId });
  return all.map(({ VersionId }) => VersionId);
};
const hiding = 'the delete marker';

tryAll(
  'a delete marker that is left',
  [],
  [
    {
      of: 'a version that the test removes afterwards',
      async test() {
        await write('docs', 'c.md', 'c');
        await send('DeleteObject', { Bucket: 'docs', Key: 'c.md' });
        try {
          await read('docs', 'c.md');
        } finally {
          await remove('c.md', 0);
        }
      },
      hides: 'left the delete marker',
    },
    {
      of: 'a read of the version that was removed',
      async test() {
        await write('docs', 'c.md', 'c');
        await send('DeleteObject', { Bucket: 'docs', Key: 'c.md' });
        const [VersionId] = await remove('c.md', 0);
        await read('docs', 'c.md', { VersionId });
      },
      hides: hiding,
    },
  ],
);

it('says once which version was removed, and that its marker has the same date', async () => {
  const screen = await screenOfTest(control, async () => {
    await write('docs', 'c.md', 'c');
    await send('DeleteObject', { Bucket: 'docs', Key: 'c.md' });
    await remove('c.md', 0);
    await read('docs', 'c.md');
  });
  expect(screen.split('removed the version')).toHaveLength(2);
  expect(screen).toContain('The version and its delete marker have the same LastModified');
});

it('does not say of a delete before a read that it removed what another one removed after the read', async () => {
  const screen = await screenOfTest(control, async () => {
    await write('docs', 'c.md', 'c');
    await send('DeleteObject', { Bucket: 'docs', Key: 'c.md' });
    try {
      await read('docs', 'c.md');
    } finally {
      await remove('c.md', 0);
    }
  });
  expect(screen).not.toContain('for good');
});

tryAll(
  'pages of a listing',
  [
    {
      of: 'the newest objects, where the test compares all',
      async test() {
        expect(keysOf(await list('logs', { MaxKeys: 1 }))).toEqual(['log-4']);
      },
      says: 'and not the newest',
    },
  ],
  [
    {
      of: 'a key that should be among others',
      async test() {
        expect(keysOf(await list('logs', { MaxKeys: 1 }))).toContain('log-4');
      },
      hides: 'and not the newest',
    },
    {
      of: 'keys of which the code has kept none',
      async test() {
        const keys = keysOf(await list('logs', { MaxKeys: 1 })).filter((key) => key.endsWith('4'));
        expect(keys).toEqual(['log-4']);
      },
      hides: 'and not the newest',
    },
    {
      of: 'the number of requests, which is the number of keys',
      async test() {
        const first = await list('trees', { MaxKeys: 2 });
        await list('trees', { MaxKeys: 2, ContinuationToken: first.NextContinuationToken });
        await head('trees', 'a/1');
        expect(s3.requests).toHaveLength(2);
      },
      hides: 'is the size of a page',
    },
    {
      of: 'listings of two folders',
      async test() {
        const all = [
          ...keysOf(await list('trees', { MaxKeys: 2, Prefix: 'a/' })),
          ...keysOf(await list('trees', { MaxKeys: 2, Prefix: 'b/' })),
        ];
        expect(all).toHaveLength(2);
      },
      hides: 'is the size of a page',
    },
    {
      of: 'a listing that is repeated after a write',
      async test() {
        await list('plain', { MaxKeys: 3 });
        await write('plain', 'a-first.txt', 'x');
        await send('DeleteObject', { Bucket: 'plain', Key: 'b.txt' });
        const keys = keysOf(await list('plain', { MaxKeys: 3 }));
        expect([...keys, 'b.txt']).toHaveLength(3);
      },
      hides: 'is the size of a page',
    },
    {
      of: 'KeyCount, where the length of an object is the number',
      async test() {
        await list('albums', { Delimiter: '/' });
        await write('plain', 'two.txt', 'xx');
        expect((await head('plain', 'two.txt'))['ContentLength']).toBe(1);
      },
      hides: 'KeyCount of',
    },
    {
      of: 'a client that decodes the keys by itself',
      async test() {
        const ofMinio = client({ customUserAgent: 'x' });
        ofMinio.middlewareStack.add(
          (next) => (args) => {
            const { request } = args as { request: { headers: Record<string, string> } };
            request.headers['user-agent'] = 'MinIO (linux; x64) minio-js/8.0.5';
            return next(args);
          },
          { step: 'build', priority: 'low', name: 'ofMinio' },
        );
        await send('ListObjectsV2', { Bucket: 'notes', EncodingType: 'url' }, ofMinio);
        await send('GetObject', { Bucket: 'notes', Key: encodeURIComponent('a+b.txt') }, ofMinio);
      },
      hides: 'was sent with EncodingType',
    },
  ],
);

const unnamed = 'named no VersionId';
const deleteAll = (Bucket: string, ...keys: readonly string[]) =>
  send('DeleteObjects', { Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } });

tryAll(
  'deletes without version ids',
  [
    {
      of: 'a key that has versions still',
      async test() {
        await listVersions('vault');
        await deleteAll('vault', 'u1/a');
        expect(await listVersions('vault')).toHaveLength(1);
      },
      says: `DeleteObjects vault ${unnamed} in 1 entry`,
    },
  ],
  [
    {
      of: 'a bucket without versioning, where another key is left',
      async test() {
        await listVersions('trees');
        await deleteAll('trees', 'a/1');
        expect(await listVersions('trees')).toHaveLength(0);
      },
      hides: unnamed,
    },
    {
      of: 'an entry that S3 refused',
      async test() {
        await listVersions('vault');
        s3.on('DeleteObjects').failEntries([{ Key: 'u1/a' }], 'AccessDenied');
        await deleteAll('vault', 'u1/a');
        expect(await listVersions('vault')).toHaveLength(0);
      },
      hides: unnamed,
    },
    {
      of: 'a null version, which a delete replaces',
      async test() {
        await suspend('vault');
        await write('vault', 'c', 'c');
        await listVersions('vault', { Prefix: 'c' });
        await send('DeleteObject', { Bucket: 'vault', Key: 'c' });
        expect((await listVersions('vault', { Prefix: 'c' })).map(({ VersionId }) => VersionId)).toEqual([]);
      },
      hides: 'removed none of the versions',
    },
  ],
);

async function begin(Key: string, Bucket = 'parts') {
  const { UploadId } = await send('CreateMultipartUpload', { Bucket, Key });
  return { Bucket, Key, UploadId };
}
const open = 'is neither completed nor aborted';

tryAll(
  'open uploads',
  [
    {
      of: 'an upload whose part was retried',
      async test() {
        s3.on('UploadPart').fail('SlowDown', { times: 1 });
        const at = await begin('a');
        await send('UploadPart', { ...at, PartNumber: 1, Body: 'x' }, client({ maxAttempts: 3 }));
        expect(s3.bucket('parts').usage().uploads.count).toBe(0);
      },
      says: `${open}, so S3 keeps it with its parts: send CompleteMultipartUpload`,
    },
  ],
  [
    {
      of: 'the number of objects, which is as large',
      async test() {
        await begin('a');
        await write('parts', 'b', 'b');
        expect(s3.bucket('parts').usage().current.count).toBe(0);
      },
      hides: open,
    },
    {
      of: 'an abort that S3 refused',
      async test() {
        const at = await begin('a');
        s3.on('AbortMultipartUpload').fail('AccessDenied');
        await send('AbortMultipartUpload', at).catch(() => undefined);
        expect(s3.bucket('parts').usage().uploads.count).toBe(0);
      },
      hides: 'since AbortMultipartUpload failed',
    },
    {
      of: 'another upload than the last, where a test expects that one',
      async test() {
        await begin('old');
        await begin('new');
        expect(s3.bucket('parts').usage().uploads.count).toBe(1);
      },
      hides: 'CreateMultipartUpload parts/new began',
    },
  ],
);

/** The least size of a part. */
const MIB5 = 5 * 1024 * 1024;

async function copyBytes(from: string, ...ranges: readonly string[]) {
  const at = await begin('copy');
  const Parts: object[] = [];
  for (const [index, range] of ranges.entries()) {
    const CopySourceRange = `bytes=${range}`;
    const PartNumber = index + 1;
    const answer = await send('UploadPartCopy', { ...at, PartNumber, CopySource: `parts/${from}`, CopySourceRange });
    Parts.push({ PartNumber, ETag: (answer['CopyPartResult'] as sdk.CopyPartResult | undefined)?.ETag });
  }
  await send('CompleteMultipartUpload', { ...at, MultipartUpload: { Parts } });
}
const seam = 'CopySourceRange counts from 0';

async function uploadInParts(Key: string, Body: string) {
  const at = await begin(Key);
  const { ETag } = await send('UploadPart', { ...at, PartNumber: 1, Body });
  await send('CompleteMultipartUpload', { ...at, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } });
}
const copied = 'wrote one part';

tryAll(
  'copies',
  [],
  [
    {
      of: 'the first bytes of an object, which the code means',
      async test() {
        await write('parts', 'source', 'abcdefghij');
        await copyBytes('source', '0-3');
        expect((await head('parts', 'copy'))['ContentType'] === ('text/plain' as never)).toBe(true);
      },
      hides: seam,
    },
    {
      of: 'the first bytes of an object, where the test asks something else',
      async test() {
        await write('parts', 'source', 'abcdefghij');
        await copyBytes('source', '0-3');
        const answer = await head('plain', 'b.txt');
        expect(answer['ContentLength'] === (2 as never)).toBe(true);
      },
      hides: seam,
    },
    {
      of: 'a source that was replaced after the copy',
      async test() {
        await write('parts', 'source', 'abcd');
        await copyBytes('source', '0-3');
        await write('parts', 'source', 'abcdefghij');
        expect(Number((await head('parts', 'copy'))['ContentLength'])).toBe(10);
      },
      hides: seam,
    },
    {
      of: 'a source that was uploaded in parts after the copy',
      async test() {
        await write('parts', 'whole', 'old');
        await send('CopyObject', { Bucket: 'parts', Key: 'copied', CopySource: 'parts/whole' });
        await uploadInParts('whole', 'new');
        const [one, other] = [await head('parts', 'whole'), await head('parts', 'copied')];
        expect(other['ETag']).toBe(one['ETag']);
      },
      hides: copied,
    },
    {
      of: 'a source that became public after the copy',
      async test() {
        await send('CopyObject', { Bucket: 'pictures', Key: 'b.png', CopySource: 'pictures/old.png' });
        await send('PutObjectAcl', { Bucket: 'pictures', Key: 'old.png', ACL: 'public-read' });
        const answer = await fetch('https://pictures.s3.us-east-1.amazonaws.com/b.png');
        expect(answer.status).toBe(200);
      },
      hides: 'which was public-read',
    },
    {
      of: 'an older source, which was not public',
      async test() {
        await send('PutBucketVersioning', { Bucket: 'pictures', VersioningConfiguration: { Status: 'Enabled' } });
        const { VersionId } = await write('pictures', 'a.png', 'png');
        await write('pictures', 'a.png', 'png 2', { ACL: 'public-read' });
        const CopySource = `pictures/a.png?versionId=${VersionId}`;
        await send('CopyObject', { Bucket: 'pictures', Key: 'b.png', CopySource });
        const answer = await fetch('https://pictures.s3.us-east-1.amazonaws.com/b.png');
        expect(answer.status).toBe(200);
      },
      hides: 'which was public-read',
    },
  ],
);

it('names the ranges of a copy whose source is as it was', async () => {
  const bytes = Buffer.alloc(MIB5 + 20, 'x');
  const screen = await screenOfTest(control, async () => {
    await write('parts', 'source', bytes);
    await copyBytes('source', `0-${MIB5 + 10}`, `${MIB5 + 10}-${MIB5 + 19}`);
    expect(Number((await head('parts', 'copy'))['ContentLength'])).toBe(bytes.length);
  });
  expect(screen).toContain(seam);
});

const gone = 'a header for caches';

tryAll(
  'what answers say of objects',
  [
    {
      // What code returns can be the same text as what the test has read.
      of: 'an old text, which the code can have returned as well',
      async test() {
        expect(s3.bucket('plain').object('a.txt').body.toString()).toBe('a');
        await write('plain', 'a.txt', 'new text');
        const returned: string = 'a';
        expect(returned).toBe('new text');
      },
      says: 'if the test compares what it read, call',
    },
    {
      of: 'JSON whose numbers are written otherwise',
      test: async () => expect(await read('plain', 'n.json')).toBe('{"price":1}'),
      says: 'are the same JSON in another form: compare JSON.parse(body).',
    },
  ],
  [
    {
      of: 'the text of an object whose Expires is over',
      async test() {
        s3.clock.advance({ hours: 2 });
        const text = await read('temporary', 'a.html');
        expect(text === 'new').toBe(true);
      },
      hides: gone,
    },
    {
      of: 'a body that is not compressed, although ContentEncoding says so',
      async test() {
        await write('plain', 'z.json', '{"a":1}', { ContentEncoding: 'gzip' });
        const url = await getSignedUrl(client(), new sdk.GetObjectCommand({ Bucket: 'plain', Key: 'z.json' }));
        await (await fetch(url)).json();
      },
      hides: 'has decompressed',
    },
    {
      of: 'JSON whose numbers are written otherwise',
      test: async () => expect(await read('plain', 'n.json')).toBe('{"price":1}'),
      hides: 'with other blanks',
    },
  ],
);

it('says of a delete that it added a marker, also where it removed the null version', async () => {
  const screen = await screenOfTest(control, async () => {
    await suspend('vault');
    await write('vault', 'c', 'c');
    await send('DeleteObject', { Bucket: 'vault', Key: 'c' });
    expect(await listVersions('vault', { Prefix: 'c' })).toHaveLength(0);
  });
  expect(screen).toContain('has no VersionId, so it added a delete marker, which is a version too');
});

it('says of a version that the code took where it is, and not only when it was written', async () => {
  const screen = await screenOfTest(control, async () => {
    s3.clock.advance({ milliseconds: 300 });
    const { VersionId } = await write('docs', 'c.md', '1');
    s3.clock.advance({ milliseconds: 500 });
    await write('docs', 'c.md', '2');
    const [first] = await listVersions('docs', { Prefix: 'c.md' });
    expect(first?.VersionId).toBe(VersionId);
  });
  expect(screen).toContain('the expected one is Versions[1], and the code took Versions[0].');
});

it('does not tell a write to name a member that it has named with another value', async () => {
  const screen = await screenOfTest(control, async () => {
    await write('plain', 'm.txt', 'x', { Metadata: { build: '7', team: 'a' } });
    await write('plain', 'm.txt', 'y', { Metadata: { build: '8' } });
    expect(s3.bucket('plain')).toHaveObject('m.txt', { metadata: { build: '7', team: 'a' } });
  });
  expect(screen).toContain("in place of one with metadata.team 'a': name that as well.");
});

const locked = 'it locked the current one alone';

tryAll(
  'locks of versions',
  [
    {
      of: 'a retention of older versions, after which the code has put a legal hold',
      async test() {
        const at = { Bucket: 'cases', Key: 'mail.eml' };
        const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2030-01-01T00:00:00Z') };
        await send('PutObjectRetention', { ...at, Retention });
        await send('PutObjectLegalHold', { ...at, LegalHold: { Status: 'ON' } });
        const modes = s3
          .bucket('cases')
          .versions('mail.eml')
          .map((one) => one.retention?.Mode ?? 'none');
        expect(modes).toEqual(['GOVERNANCE', 'GOVERNANCE']);
      },
      says: `PutObjectRetention cases/mail.eml named no version, so ${locked}`,
    },
  ],
  [
    {
      of: 'the mode of the current version',
      async test() {
        const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2030-01-01T00:00:00Z') };
        await send('PutObjectRetention', { Bucket: 'cases', Key: 'mail.eml', Retention });
        expect(s3.bucket('cases')).toHaveVersions('mail.eml', [
          'draft',
          { body: 'sent', retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2030-01-01T00:00:00Z') } },
        ]);
      },
      hides: locked,
    },
    {
      of: 'a retention, where the code has put a legal hold',
      async test() {
        await send('PutObjectLegalHold', { Bucket: 'cases', Key: 'mail.eml', LegalHold: { Status: 'ON' } });
        const modes = s3
          .bucket('cases')
          .versions('mail.eml')
          .map((one) => one.retention?.Mode ?? 'none');
        expect(modes).toEqual(['GOVERNANCE', 'GOVERNANCE']);
      },
      hides: locked,
    },
    {
      of: 'a read of a retention, where the code has put a legal hold',
      async test() {
        const [, older] = await listVersions('cases');
        await send('PutObjectLegalHold', { Bucket: 'cases', Key: 'mail.eml', LegalHold: { Status: 'ON' } });
        await send('GetObjectRetention', { Bucket: 'cases', Key: 'mail.eml', VersionId: older?.VersionId });
      },
      hides: locked,
    },
    {
      of: 'a date that S3 should refuse, before another failure',
      async test() {
        s3.clock.advance({ days: 3650 });
        const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: new Date(s3.clock.now().getTime() - 86_400_000) };
        const put = send('PutObjectRetention', { Bucket: 'cases', Key: 'mail.eml', Retention });
        await expect(put).rejects.toThrow();
        expect(await read('cases', 'mail.eml')).toBe('received');
      },
      hides: 'Let Date and the clock of the mock agree',
    },
  ],
);

describe('times of a run', () => {
  it('are not said to be of the mock, if the code has written them', async () => {
    await control.mock.stop();
    control = createMock({ buckets: { plain: {} } }, mockS3);
    control.lifetime.start();
    const body = `at ${new Date().toISOString()}`;
    await write('plain', 'a', body);
    const compared = {
      expected: [{ name: '', value: 'at 2026-11-28T09:12:44.000Z' }],
      received: [{ name: '', value: await read('plain', 'a') }],
    };
    const screen = screenOf(control, { message: 'expect(received).toBe(expected)', compared });
    expect(screen ?? '').not.toContain('differ in times alone');
  });
});
