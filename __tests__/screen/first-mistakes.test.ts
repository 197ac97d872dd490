import assert from 'node:assert';
import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import type { MockS3Options } from '../../src/mock/options';
import { screenOfTest } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

beforeEach(() => {
  const objects = { 'a.txt': 'first', 'b.json': '{"id":1}' };
  control = createMock(
    { buckets: { vault: { versioning: 'Enabled', objects }, plain: { objects: { x: '1' } } } },
    mockS3,
  );
  control.lifetime.start();
  s3 = control.mock;
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

const client = () => new S3Client({ maxAttempts: 1 });
const at = { Bucket: 'vault', Key: 'a.txt' };

describe('a first mistake names its cause and a cure', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a Body that is read twice',
      async () => {
        const { Body } = await client().send(new GetObjectCommand(at));
        await Body?.transformToString();
        await Body?.transformToString();
      },
      'The Body of an answer is a stream, which can be read once: keep the text that the first call returned.',
    ],
    [
      'a Body that is parsed',
      async () => {
        const { Body } = await client().send(new GetObjectCommand({ ...at, Key: 'b.json' }));
        JSON.parse(Body as never);
      },
      'If it is the body of GetObject vault/b.json, which is a stream, read it first: JSON.parse(await Body.transformToString()).',
    ],
    [
      'an object as Body',
      () => client().send(new PutObjectCommand({ ...at, Body: { id: 1 } as never })),
      'Write Body: JSON.stringify(value) for an object.',
    ],
    [
      'an input that the client cannot read',
      () => client().send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet: { team: 'a' } as never } })),
      'No request came: the client itself threw the error, before it sent one. Compare the input with the types of the command.',
    ],
    [
      'milliseconds for seconds',
      () => getSignedUrl(client(), new GetObjectCommand(at), { expiresIn: 3_600_000 }),
      'expiresIn of getSignedUrl is in seconds: write 3600 for an hour.',
    ],
    [
      'the code of a HEAD',
      () => expect(client().send(new HeadObjectCommand({ ...at, Key: 'none' }))).rejects.toThrow('NoSuchKey'),
      "names the error after the status: write rejects.toMatchObject({ name: 'NotFound' }).",
    ],
    [
      'the status of an error of the SDK v3',
      async () => {
        const error: unknown = await client()
          .send(new GetObjectCommand({ ...at, Key: 'none' }))
          .catch((thrown: unknown) => thrown);
        expect((error as { statusCode?: number }).statusCode).toBe(404);
      },
      'read error.$metadata.httpStatusCode, which is 404 for GetObject vault/none.',
    ],
    [
      'the code of an error of the SDK v3',
      async () => {
        const error: unknown = await client()
          .send(new GetObjectCommand({ ...at, Key: 'none' }))
          .catch((thrown: unknown) => thrown);
        expect((error as { code?: string }).code).toBe('NoSuchKey');
      },
      "read error.name, which is 'NoSuchKey' for GetObject vault/none.",
    ],
    [
      'the code of an error of the SDK v3, for node:assert',
      () => assert.rejects(client().send(new GetObjectCommand({ ...at, Key: 'none' })), { code: 'NoSuchKey' }),
      "read error.name, which is 'NoSuchKey' for GetObject vault/none.",
    ],
    [
      'a type that the upload did not name',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Key: 'cat.png', Body: 'x' }));
        const { ContentType } = await client().send(new HeadObjectCommand({ ...at, Key: 'cat.png' }));
        expect(ContentType).toBe('image/png');
      },
      "S3 guesses none from the key: send ContentType: 'image/png' with it.",
    ],
    [
      'the oldest version at the beginning of a listing',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Body: 'second' }));
        const [newest, oldest] = s3.bucket('vault').versions('a.txt');
        const { Versions = [] } = await client().send(new ListObjectVersionsCommand({ Bucket: 'vault', Prefix: 'a' }));
        expect(newest?.versionId).toBe(Versions[0]?.VersionId);
        expect(Versions[0]?.VersionId).toBe(oldest?.versionId);
      },
      'lists the newest version of a key first: the expected one is Versions[1], and the code took Versions[0].',
    ],
    [
      'the key of StartAfter',
      async () => {
        const { Contents = [] } = await client().send(
          new ListObjectsV2Command({ Bucket: 'vault', StartAfter: 'a.txt' }),
        );
        expect(Contents.map(({ Key }) => Key)).toEqual(['a.txt', 'b.json']);
      },
      "ListObjectsV2 vault begins behind StartAfter: 'a.txt', and leaves that key itself out.",
    ],
    [
      'a marker among the versions',
      async () => {
        await client().send(new DeleteObjectCommand(at));
        expect(s3.bucket('vault').versions('a.txt')).toHaveLength(1);
      },
      'added a delete marker, which is a version too: of the 2 versions, one is a marker.',
    ],
    [
      'a Date as text',
      async () => {
        const { LastModified } = await client().send(new HeadObjectCommand(at));
        expect(LastModified).toBe('2026-01-31T12:00:00.000Z');
      },
      'LastModified of HeadObject vault/a.txt is a Date, in whole seconds: compare LastModified.toISOString()',
    ],
    [
      'the versions of a bucket without versioning',
      async () => {
        await client().send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body: '2' }));
        expect(s3.bucket('plain').versions('x')).toHaveLength(2);
      },
      "Bucket 'plain' has no versioning, so each write replaces the object 'x'.",
    ],
    [
      'base64 that is stored as text',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Body: Buffer.from('first picture').toString('base64') }));
        expect(s3.bucket('vault').object('a.txt').text()).toBe('first picture');
      },
      "The object is the base64 text of the expected bytes. S3 decodes nothing, whatever ContentEncoding says: send Buffer.from(text, 'base64').",
    ],
    [
      'the code of a HEAD that is caught, and thrown again',
      () => client().send(new HeadObjectCommand({ ...at, Key: 'none' })),
      'the answer to a HEAD has no body, so that the client names the error NotFound, and never NoSuchKey',
    ],
    [
      'a text that another write has replaced',
      async () => {
        for (const Body of ['2', '3']) await client().send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body }));
        const versions = s3.bucket('plain').versions('x');
        assert.deepStrictEqual(
          versions.map((one) => (one.deleteMarker ? '' : String(one.body))),
          ['3', '2'],
        );
      },
      "Bucket 'plain' has no versioning, so each write replaces the object 'x'.",
    ],
    [
      'a Prefix without its slash',
      async () => {
        for (const Key of ['photos/a.jpg', 'photos/old/b.jpg'])
          await client().send(new PutObjectCommand({ ...at, Key, Body: 'x' }));
        const { Contents = [] } = await client().send(
          new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'photos', Delimiter: '/' }),
        );
        assert.deepStrictEqual(
          Contents.map(({ Key }) => Key),
          ['photos/a.jpg'],
        );
      },
      "The Prefix ends before the Delimiter: list with Prefix: 'photos/'.",
    ],
    [
      'a CopySource with a plus sign that is not encoded, and a version id',
      async () => {
        const { VersionId } = await client().send(new PutObjectCommand({ ...at, Key: 'c++ 1.txt', Body: 'x' }));
        const CopySource = `vault/c++ 1.txt?versionId=${VersionId}`;
        await client().send(new CopyObjectCommand({ ...at, CopySource }));
      },
      'a plus sign in a URL is read as a blank: write it %2B',
    ],
    [
      'a copy of what has a delete marker on top',
      async () => {
        await client().send(new DeleteObjectCommand(at));
        await client().send(new CopyObjectCommand({ ...at, CopySource: 'vault/a.txt' }));
      },
      'to copy an older version, give its id in the CopySource, ?versionId=',
    ],
    [
      'the type of axios for a text',
      async () => {
        await client().send(
          new PutObjectCommand({ ...at, Key: 'b.txt', Body: 'x', ContentType: 'application/x-www-form-urlencoded' }),
        );
        const { ContentType } = await client().send(new HeadObjectCommand({ ...at, Key: 'b.txt' }));
        expect(ContentType).toBe('text/plain');
      },
      "axios sends this type with a text if the code sets no type. Set it: headers: { 'content-type': 'text/plain' }",
    ],
    [
      'a type that a copy ignores',
      async () => {
        const CopySource = 'vault/a.txt';
        await client().send(new CopyObjectCommand({ ...at, Key: 'b.txt', CopySource, ContentType: 'application/pdf' }));
        const { ContentType } = await client().send(new HeadObjectCommand({ ...at, Key: 'b.txt' }));
        expect(ContentType).toBe('application/pdf');
      },
      "CopyObject vault/b.txt was sent with ContentType: 'application/pdf', which S3 ignored: send MetadataDirective: 'REPLACE'",
    ],
    [
      'the body of an older version',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Body: 'second' }));
        const { Body } = await client().send(new GetObjectCommand(at));
        expect(await Body?.transformToString()).toBe('first');
      },
      'GetObject vault/a.txt named no version, so S3 answered the current one; the version ',
    ],
    [
      'tags that are joined by a comma',
      () => client().send(new PutObjectCommand({ ...at, Body: 'x', Tagging: 'env=prod,team=core' })),
      "x-amz-tagging is 'env=prod,team=core'; tags are joined by &: env=prod&team=core",
    ],
    [
      'a copy of an object to itself, with metadata that S3 ignores',
      () => client().send(new CopyObjectCommand({ ...at, CopySource: 'vault/a.txt', Metadata: { by: 'ann' } })),
      "without MetadataDirective: 'REPLACE' S3 ignores the metadata and the headers of the request",
    ],
    [
      'a request that a rule delays',
      async () => {
        s3.on('HeadObject').delay({ milliseconds: 1 });
        await client().send(new HeadObjectCommand(at));
        expect(1).toBe(2);
      },
      'HeadObject  vault/a.txt  200  (on purpose: delayed by 1 ms)',
    ],
    [
      'a marker whose object was to be tagged',
      async () => {
        await client().send(new DeleteObjectCommand(at));
        await client().send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet: [] } }));
      },
      'its current version is a delete marker; to address an older version, give its VersionId',
    ],
    [
      'a version id that an answer does not have',
      async () => {
        const { VersionId } = await client().send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body: '2' }));
        const CopySource = `plain/x?versionId=${VersionId}`;
        await client().send(new CopyObjectCommand({ Bucket: 'plain', Key: 'y', CopySource }));
      },
      "the version id of the CopySource is 'undefined'; the code wrote a value that is not set into the request: bucket 'plain' has no versioning, so no answer to a write has a VersionId; leave the version id out, or enable versioning first",
    ],
    [
      'a version id that an answer does not have, in a read',
      async () => {
        const { VersionId } = await client().send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body: '2' }));
        await client().send(new GetObjectCommand({ Bucket: 'plain', Key: 'x', VersionId: `${VersionId}` }));
      },
      "bucket 'plain' has no versioning, so no answer to a write has a VersionId",
    ],
    [
      'a version id that the code has not read',
      async () => {
        const { Versions = [] } = await client().send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
        const CopySource = `vault/a.txt?versionId=${Versions[7]?.VersionId}`;
        await client().send(new CopyObjectCommand({ Bucket: 'vault', Key: 'y', CopySource }));
      },
      'the code wrote a value that is not set into the request; leave the version id out to name the current version',
    ],
    [
      'a URL that is signed for longer than its session',
      async () => {
        const { credentials } = s3.account.role('reader', {}).session({ name: 'web' });
        const signer = new S3Client({ credentials });
        const url = await getSignedUrl(signer, new GetObjectCommand(at), { expiresIn: 86_400 });
        s3.clock.advance({ hours: 2 });
        expect((await fetch(url)).status).toBe(200);
      },
      'a presigned URL ends with the session that signed it, however long it was signed for: sign with the keys of a user, or begin a longer session; one of a role lasts 12 hours at most',
    ],
    [
      'a download that is asked for once more',
      () => client().send(new GetObjectCommand({ ...at, Range: 'bytes=5-' })),
      'its last byte is 4: a download that has them is whole, and needs no further request',
    ],
    ...['Grüße aus Köln', 'Grüße, POST', 'äöü'].map((text): [string, () => unknown, string] => [
      `the characters of a text counted as bytes: ${text}`,
      () => client().send(new PutObjectCommand({ ...at, Body: text, ContentLength: text.length })),
      `Content-Length is ${text.length}, and the client wrote ${Buffer.byteLength(text)} bytes, whose digest it sent: leave ContentLength out, or give the bytes, Buffer.byteLength(text), not the characters`,
    ]),
    [
      'a bucket that is emptied of versions alone',
      async () => {
        s3.createBucket('old', { versioning: 'Enabled', objects: { x: [deleteMarker] } });
        await client().send(new DeleteBucketCommand({ Bucket: 'old' }));
      },
      'it has 1 delete marker and no object: delete DeleteMarkers of ListObjectVersions by their VersionId as well',
    ],
    [
      'a bucket that is emptied without version ids',
      async () => {
        s3.createBucket('old', {
          versioning: 'Enabled',
          objects: { x: ['1', '2', deleteMarker], y: ['1', deleteMarker] },
        });
        await client().send(new DeleteBucketCommand({ Bucket: 'old' }));
      },
      'it has 3 versions and 2 delete markers: delete each of Versions and DeleteMarkers of ListObjectVersions by its VersionId',
    ],
    [
      'a bucket without versioning that is not emptied',
      async () => {
        s3.createBucket('old', { objects: { x: '1', y: '1' } });
        await client().send(new DeleteBucketCommand({ Bucket: 'old' }));
      },
      'it has 2 objects: delete each of them first',
    ],
    [
      'a Date.now() that the test has not moved',
      async () => {
        s3.clock.advance({ days: 31 });
        const { LastModified } = await client().send(new HeadObjectCommand(at));
        expect(Date.now() - Number(LastModified) > 30 * 86_400_000).toBe(true);
      },
      'The clock of the mock is 31 days ahead of Date.now().',
    ],
  ])('%s', async (_title, test, line) => expect(await screenOfTest(control, test)).toContain(line));
});

describe('what looks like a mistake and is none', () => {
  it.each<[string, () => unknown, string]>([
    [
      'an error of the code before any request',
      () => Promise.reject(new TypeError('x is not iterable')),
      'No request came',
    ],
    [
      'a connection that was refused',
      () =>
        Promise.reject(
          Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:4566'), {
            code: 'ECONNREFUSED',
            stack: 'Error\n    at f (/node_modules/@smithy/a.js:1:1)',
          }),
        ),
      'No request came: the client itself',
    ],
    [
      'a missing region',
      () =>
        Promise.reject(
          Object.assign(new Error('Region is missing'), { stack: 'Error\n    at f (/node_modules/@smithy/a.js:1:1)' }),
        ),
      'No request came: the client itself',
    ],
    [
      'a text that differs',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Body: 'abcd' }));
        expect(s3.bucket('vault').object('a.txt').text()).toBe('efgh');
      },
      'The object is',
    ],
    [
      'a stream, which is neither bytes nor a version id',
      async () => {
        const { Body } = await client().send(new GetObjectCommand(at));
        expect(Body).toBe('first');
      },
      'The mock makes the ids of versions',
    ],
    [
      'an error of the code itself',
      () =>
        expect(
          client()
            .send(new GetObjectCommand({ ...at, Key: 'none' }))
            .catch((cause: Error) => Promise.reject(new Error('download failed', { cause }))),
        ).rejects.toThrow('NoSuchKey'),
      'is no part of the message',
    ],
    [
      'a page of which nobody expects more',
      async () => {
        await client().send(new ListObjectsV2Command({ Bucket: 'vault', MaxKeys: 1 }));
        expect('a').toBe('b');
      },
      'only one page',
    ],
    [
      'a number that is that of the versions by chance',
      async () => {
        await client().send(new DeleteObjectCommand(at));
        expect([1, 2]).toHaveLength(1);
      },
      'is a version too',
    ],
    [
      'a key that this test has deleted',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Body: 'x' }));
        s3.reset();
        await client().send(new DeleteObjectCommand(at));
        await client().send(new GetObjectCommand(at));
      },
      'A request before the last reset',
    ],
    [
      'a key with characters that would write lines',
      () => client().send(new GetObjectCommand({ ...at, Key: 'a\n  ● fake' })),
      'vault/a\n',
    ],
    [
      'a type that a copy has set',
      async () => {
        const CopySource = 'vault/a.txt';
        const type = { ContentType: 'application/pdf', MetadataDirective: 'REPLACE' } as const;
        await client().send(new CopyObjectCommand({ ...at, Key: 'b.txt', CopySource, ...type }));
        const { ContentType } = await client().send(new HeadObjectCommand({ ...at, Key: 'b.txt' }));
        expect(ContentType).toBe('image/png');
      },
      'which S3 ignored',
    ],
    [
      'the body of an older version, of which the request gave the id',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Body: 'second' }));
        const VersionId = s3.bucket('vault').current('a.txt')?.versionId;
        const { Body } = await client().send(new GetObjectCommand({ ...at, VersionId }));
        expect(await Body?.transformToString()).toBe('first');
      },
      'named no version',
    ],
    [
      'a HEAD whose error the test does not see',
      async () => {
        await client()
          .send(new HeadObjectCommand({ ...at, Key: 'none' }))
          .catch(() => {});
        throw new Error('the code is wrong');
      },
      'the answer to a HEAD has no body',
    ],
    [
      'a level of keys that is not the next one',
      async () => {
        await client().send(new PutObjectCommand({ ...at, Key: 'photos/old/b.jpg', Body: 'x' }));
        const { Contents = [] } = await client().send(
          new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'photos', Delimiter: '/' }),
        );
        assert.deepStrictEqual(
          Contents.map(({ Key }) => Key),
          ['photos/old/b.jpg'],
        );
      },
      'ends before the Delimiter',
    ],
    [
      'a clock that the test has moved, where S3 refused a request',
      async () => {
        s3.clock.advance({ days: 31 });
        await client()
          .send(new GetObjectCommand({ ...at, Key: 'none' }))
          .catch(() => {});
        expect(s3.bucket('vault').keys).toEqual(['none']);
      },
      'ahead of Date.now()',
    ],
    [
      'a clock that the test has moved, and no request that reads times',
      async () => {
        s3.clock.advance({ days: 31 });
        await client().send(new PutObjectCommand({ ...at, Body: 'second' }));
        expect(1).toBe(2);
      },
      'ahead of Date.now()',
    ],
    [
      'a text that was written twice, and is still there',
      async () => {
        for (const Body of ['2', '2']) await client().send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body }));
        expect('b').toBe('2');
      },
      'each write replaces',
    ],
    [
      'a clock that nobody has moved',
      async () => {
        const { LastModified } = await client().send(new HeadObjectCommand(at));
        expect(Date.now() - Number(LastModified) > 30 * 86_400_000).toBe(true);
      },
      'Date.now()',
    ],
    [
      'a StartAfter whose key nobody expects',
      async () => {
        const { Contents = [] } = await client().send(
          new ListObjectsV2Command({ Bucket: 'vault', StartAfter: 'a.txt' }),
        );
        expect(Contents.map(({ Key }) => Key)).toEqual(['c.txt']);
      },
      'begins behind',
    ],
  ])('%s', async (_title, test, line) => expect(await screenOfTest(control, test)).not.toContain(line));
});

it('a clock that an option has set, and nobody has moved, is not compared with Date', async () => {
  await control.mock.stop();
  control = createMock({ now: '2026-01-01', buckets: { vault: { objects: { 'a.txt': 'first' } } } }, mockS3);
  control.lifetime.start();
  const screen = await screenOfTest(control, async () => {
    await client().send(new HeadObjectCommand(at));
    expect(1).toBe(2);
  });
  expect(screen).toContain('The request of this test');
  expect(screen).not.toContain('Date.now()');
});

it('whoever asks without an error reads the last of many requests', async () => {
  for (let index = 1; index <= 7; index += 1) await client().send(new HeadObjectCommand(at));
  expect(s3.requests.explain()).toContain('none of which was refused, the last 5:\n');
});

it('without a reset, whoever asks reads that the requests are those of all tests', async () => {
  await client().send(new HeadObjectCommand(at));
  const error = Object.assign(new Error('Expected 1 to be 2'), { name: 'AssertionError' });
  expect(s3.requests.explain(error)).toContain('The request of all tests since the mock began');
  expect(s3.requests.explain(error)).toContain('s3.reset() was never called');
  await s3.fork(async (world) => {
    await client().send(new HeadObjectCommand(at));
    expect(world.requests.explain(error)).toContain('The request of this test');
  });
  s3.reset();
  await client().send(new HeadObjectCommand(at));
  expect(s3.requests.explain(error)).toContain('The request of this test');
  expect(s3.requests.explain(error)).not.toContain('reset()');
});

it('an entry of a batch that a retention holds back is explained by the clock', async () => {
  await control.mock.stop();
  const retention = { Mode: 'COMPLIANCE', RetainUntilDate: new Date(Date.now() + 86_400_000) } as const;
  const objects = { 'a.txt': { body: '1', versionId: 'v1', retention } };
  control = createMock({ buckets: { vault: { objectLock: true, objects } } }, mockS3);
  control.lifetime.start();
  s3 = control.mock;
  const Delete = { Objects: [{ Key: 'a.txt', VersionId: 'v1' }] };
  const screen = await screenOfTest(control, async () => {
    await client().send(new DeleteObjectsCommand({ Bucket: 'vault', Delete }));
    expect(s3.bucket('vault').keys).toEqual([]);
  });
  expect(screen).toContain('S3 refused entries of 1 request of this test: DeleteObjects vault 200, with AccessDenied');
  expect(screen).toContain('s3.clock.advance moves it past the retention');
});

it('who asks without an error reads of a refusal that fetch does not throw', async () => {
  expect((await fetch('https://vault.s3.amazonaws.com/none')).status).toBe(403);
  expect(s3.requests.explain()).toContain('fetch resolves also with a 403: compare answer.status');
});

describe('a plain assertion shows what a matcher would show', () => {
  const begin = (options: MockS3Options) => {
    control = createMock(options, mockS3);
    control.lifetime.start();
    s3 = control.mock;
  };
  const lambda = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  beforeEach(() => control.mock.stop());

  it('why an object is not in the replica', async () => {
    const rule = {
      ...({ ID: 'all', Priority: 1, Status: 'Enabled', Filter: {} } as const),
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: { Bucket: 'arn:aws:s3:::copy' },
    } as const;
    const replication = { Role: 'arn:aws:iam::000000000000:role/r', Rules: [rule] };
    begin({
      buckets: {
        vault: { versioning: 'Enabled', objects: { 'a.txt': '1' }, replication },
        copy: { versioning: 'Enabled' },
      },
    });
    expect(await screenOfTest(control, () => expect(s3.bucket('copy').keys).toEqual(['a.txt']))).toContain(
      "copy/a.txt: bucket 'vault' has it, and no rule copied it to 'copy': S3 copies only what requests write after rule 'all' was made",
    );
  });

  it('why no handler was called', async () => {
    const asked = [{ LambdaFunctionArn: lambda, Events: ['s3:ObjectRemoved:Delete'] }] as const;
    const calls: unknown[] = [];
    begin({
      buckets: {
        vault: {
          versioning: 'Enabled',
          objects: { 'a.txt': '1' },
          notification: { LambdaFunctionConfigurations: asked },
        },
      },
      deliver: { [lambda]: (event: unknown) => void calls.push(event) },
    });
    await client().send(new DeleteObjectCommand(at));
    expect(await screenOfTest(control, () => expect(calls).toHaveLength(1))).toContain(
      'ObjectRemoved:DeleteMarkerCreated',
    );
  });
});
