import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import AWS from 'aws-sdk';
import S3 from 'aws-sdk/clients/s3';
import axios from 'axios';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';

let control: MockControl;
let s3: MockS3;

const queue = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const expiring = {
  Rules: [{ Status: 'Enabled' as const, Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }],
};
const temporary = { Rules: [{ Status: 'Enabled' as const, Filter: {}, Expiration: { Days: 1 } }] };
const denied = {
  Effect: 'Deny' as const,
  Principal: '*' as const,
  Action: 's3:DeleteObject' as const,
  Resource: 'arn:aws:s3:::kept/b.md',
};
const oneId = { body: '1', versionId: 'v1' };

beforeEach(() => {
  control = createMock(
    {
      now: '2026-03-01T12:00:00Z',
      users: { reader: { policy: { Version: '2012-10-17', Statement: [] } } },
      deliver: { [queue]: () => {} },
      pageSize: 3,
      buckets: {
        docs: { objects: { 'a.md': 'a', 'b.md': 'b', empty: '' } },
        wiki: { versioning: 'Enabled', objects: { 'a.md': 'a', 'b.md': 'b' } },
        pruned: { versioning: 'Enabled', objects: { 'a.md': 'a', 'b.md': 'b' }, lifecycle: expiring },
        logs: { versioning: 'Enabled', objects: { app: 'one' } },
        twins: { versioning: 'Enabled', objects: { a: [oneId], b: [oneId] } },
        blanks: { versioning: 'Enabled', objects: { 'a b': ['1', '2'] } },
        revived: { versioning: 'Enabled', objects: { a: ['1', deleteMarker, '2'], b: ['1', deleteMarker] } },
        texts: {
          objects: {
            'flags.json': { body: '{"beta":true}', contentType: 'application/json' },
            lessons: '[object lessons] in S3',
            notes: '[object storage notes]',
            described: { body: '{}', metadata: { config: '[object Object]' } },
          },
        },
        folders: { objects: { 'a/1': '1', 'b/1': '1', 'c/1': '1', d: 'd' } },
        kept: { objects: { 'a.md': 'a', 'b.md': 'b' }, policy: { Version: '2012-10-17', Statement: [denied] } },
        caches: { lifecycle: temporary },
        public: {
          ownershipControls: 'ObjectWriter',
          objects: { 'a.md': 'a' },
          cors: { CORSRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }] },
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

const client = (more: sdk.S3ClientConfig = {}) => new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1', ...more });

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object, by = client()): Promise<Record<string, never>> {
  return (await by.send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);

const write = (Bucket: string, Key: string, Body: string, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const read = async (Bucket: string, Key: string, more: object = {}) => {
  const { Body } = await client().send(new sdk.GetObjectCommand({ Bucket, Key, ...more }));
  return String(await Body?.transformToString());
};
const remove = (Bucket: string, Key: string, more: object = {}) => send('DeleteObject', { Bucket, Key, ...more });
const removeAll = async (Bucket: string, ...keys: readonly string[]) => {
  const Objects = keys.map((Key) => ({ Key }));
  const answer = (await send('DeleteObjects', { Bucket, Delete: { Objects } })) as unknown as sdk.DeleteObjectsOutput;
  return answer.Deleted ?? [];
};
const listVersions = async (Bucket: string, more: object = {}) =>
  (await send('ListObjectVersions', { Bucket, ...more })) as unknown as sdk.ListObjectVersionsOutput;
const sign = (Bucket: string, Key: string) => getSignedUrl(client(), new sdk.GetObjectCommand({ Bucket, Key }));
const suspend = (Bucket: string) =>
  send('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Suspended' } });

/** What a test calls that has nothing to do with S3. */
function callTwice() {
  const log = jest.fn();
  log();
  log();
  return log;
}

/** Throws what vitest throws, with the values as it passes them. */
function failAsVitest(message: string, expected: unknown, actual: unknown): never {
  throw Object.assign(new Error(message), { name: 'AssertionError', expected, actual });
}

const hadNone = 'has keys that had no object';
tryAll(
  'a batch that deletes keys without an object',
  [
    {
      of: 'a key whose object another request had deleted',
      async test() {
        await remove('docs', 'b.md');
        expect(await removeAll('docs', 'a.md', 'b.md')).toHaveLength(1);
      },
      says: "Deleted in the answer to DeleteObjects docs has keys that had no object, 'b.md': S3 answers",
    },
  ],
  [
    {
      of: 'a key of the request that S3 refused',
      async test() {
        expect(await removeAll('kept', 'a.md', 'b.md', 'x')).toHaveLength(1);
      },
      hides: 'has each key of the request',
    },
    {
      of: 'objects that a lifecycle rule removed below the markers',
      async test() {
        const deleted = await removeAll('pruned', 'a.md', 'b.md');
        s3.clock.advance({ days: 5 });
        expect(deleted).toHaveLength(0);
      },
      hides: hadNone,
    },
    {
      of: 'calls of a function',
      async test() {
        const log = callTwice();
        await removeAll('docs', 'a.md', 'x');
        expect(log).toHaveBeenCalledTimes(1);
      },
      hides: hadNone,
    },
    {
      of: 'calls of a function in vitest',
      async test() {
        await removeAll('docs', 'a.md', 'x');
        failAsVitest('expected "vi.fn()" to be called once, but got 2 times', 1, 2);
      },
      hides: hadNone,
    },
  ],
);

const existence = 'whether the key exists or not';
tryAll(
  'a delete that a test expects to be refused',
  [
    {
      of: 'a key that does not exist',
      test: () => assert.rejects(remove('docs', 'x')),
      says: existence,
    },
  ],
  [{ of: 'an object that was there', test: () => assert.rejects(remove('docs', 'a.md')), hides: existence }],
);

const isListed = 'send the Key and the VersionId of one entry';
async function readGone(Bucket: string, Key: string, more: object = {}) {
  const { Versions = [] } = await listVersions(Bucket, more);
  const VersionId = Versions.find((one) => decodeURIComponent(one.Key?.replaceAll('+', ' ') ?? '') === Key)?.VersionId;
  await remove(Bucket, Key, { VersionId });
  await read(Bucket, Key, { VersionId });
}
const readMarker = async (Bucket: string, key: string) => {
  const { DeleteMarkers = [] } = await listVersions(Bucket, { Prefix: key });
  await read(Bucket, key, { VersionId: DeleteMarkers.find(({ Key }) => Key === key)?.VersionId });
};
const onlyWithout = 'answers NoSuchKey for it only to a request without a VersionId';
tryAll(
  'a version id that a listing had',
  [
    {
      of: 'a marker below an object',
      test: () => readMarker('revived', 'a'),
      says: 'ListObjectVersions revived has it in DeleteMarkers: leave those out',
    },
    { of: 'a marker that is current', test: () => readMarker('revived', 'b'), says: onlyWithout },
  ],
  [
    { of: 'an id that two keys have', test: () => readGone('twins', 'b'), hides: isListed },
    {
      of: 'a key that the listing encoded',
      test: () => readGone('blanks', 'a b', { EncodingType: 'url' }),
      hides: isListed,
    },
    { of: 'a marker below an object', test: () => readMarker('revived', 'a'), hides: onlyWithout },
    {
      of: 'a marker below a later object',
      async test() {
        const { DeleteMarkers = [] } = await listVersions('revived', { Prefix: 'b' });
        await write('revived', 'b', '3');
        await read('revived', 'b', { VersionId: DeleteMarkers[0]?.VersionId });
      },
      hides: onlyWithout,
    },
  ],
);

const ofDigest = 'the ETag is the MD5 of the Body of this request';
tryAll(
  'a condition with the MD5 of the bytes',
  [
    {
      of: 'an MD5 that the code has made',
      async test() {
        await send('HeadObject', { Bucket: 'docs', Key: 'a.md' });
        await write('docs', 'a.md', 'new', { IfMatch: createHash('md5').update('new').digest('hex') });
      },
      says: ofDigest,
    },
  ],
  [
    {
      of: 'the ETag of an empty object that the code has read',
      async test() {
        const { ETag } = await send('HeadObject', { Bucket: 'docs', Key: 'empty' });
        await write('docs', 'empty', 'other');
        await write('docs', 'empty', '', { IfMatch: ETag });
      },
      hides: ofDigest,
    },
    {
      of: 'the ETag of its own earlier write',
      async test() {
        const { ETag } = await write('docs', 'a.md', 'mine');
        await write('docs', 'a.md', 'other');
        await write('docs', 'a.md', 'mine', { IfMatch: ETag });
      },
      hides: ofDigest,
    },
  ],
);

const ofParse = 'The code has given JSON.parse an object';
const parseAnswer = async (by: { getObject(input: object): { promise(): Promise<unknown> } }) =>
  JSON.parse(String(await by.getObject({ Bucket: 'texts', Key: 'flags.json' }).promise()));
tryAll(
  'an object that code parses as JSON',
  [
    {
      of: 'an answer of the SDK v2, whose body is bytes',
      test: () => parseAnswer(new S3({ region: 'us-east-1' })),
      says: 'If it is the answer to GetObject texts/flags.json, parse its Body: JSON.parse(Body.toString()).',
    },
    {
      of: 'a response of fetch',
      test: async () => JSON.parse(String(await fetch(await sign('texts', 'flags.json')))),
      says: 'If it is the answer of fetch to GetObject texts/flags.json, read its text first: JSON.parse(await response.text()).',
    },
    {
      of: 'what axios has parsed',
      test: async () => JSON.parse(String((await axios.get(await sign('texts', 'flags.json'))).data)),
      says: ofParse,
    },
  ],
  [
    {
      of: 'a stream, which axios does not pass',
      test: async () => JSON.parse(String((await axios.get(await sign('texts', 'flags.json'))).data)),
      hides: 'which is a stream',
    },
    { of: 'a text that begins so', test: async () => JSON.parse(await read('texts', 'lessons')), hides: ofParse },
    {
      of: 'a text in brackets, which somebody wrote',
      test: async () => JSON.parse(await read('texts', 'notes')),
      hides: 'which JavaScript made of an object',
    },
    {
      of: 'metadata',
      async test() {
        await read('texts', 'described');
        const { Metadata } = await send('HeadObject', { Bucket: 'texts', Key: 'described' });
        JSON.parse(String(Reflect.get(Metadata ?? {}, 'config')));
      },
      hides: ofParse,
    },
  ],
);

const hasAll = 'and more, $metadata';
tryAll(
  'a whole answer',
  [
    {
      of: 'an error of the SDK',
      async test() {
        const error: unknown = await read('docs', 'x').catch((one: unknown) => one);
        expect({ ...(error as object) }).toEqual({ name: 'NoSuchKey', $fault: 'client', Key: 'x', Code: 'NoSuchKey' });
      },
      says: 'The SDK adds $metadata to what it returns and throws.',
    },
  ],
  [
    {
      of: 'a text of several lines, of which one is like a member',
      async test() {
        await send('HeadBucket', { Bucket: 'docs' });
        const received = '{\n  "$metadata": {},\n  "text": "one\n  two: 2",\n  "a": 1,\n}';
        failAsVitest('expected { …(3) } to deeply equal { a: 1 }', '{\n  "a": 1,\n}', received);
      },
      hides: hasAll,
    },
    {
      of: 'a list of texts that has one more, with a colon',
      async test() {
        const { $metadata } = await send('HeadBucket', { Bucket: 'docs' });
        expect({ $metadata, notes: ['a: b', 'c'] }).toEqual({ notes: ['c'] });
      },
      hides: hasAll,
    },
  ],
);

const isStale = 'and what it read stays as it was';
tryAll(
  'a handle that was read before a write',
  [],
  [
    {
      of: 'tags that came after the read, which saw the object already',
      async test() {
        await write('docs', 'a.md', 'new');
        expect(s3.bucket('docs').object('a.md')).toBeDefined();
        await send('PutObjectTagging', { Bucket: 'docs', Key: 'a.md', Tagging: { TagSet: [] } });
        expect('a').toBe('new');
      },
      hides: isStale,
    },
    {
      of: 'an object that a handle wrote after the request',
      async test() {
        const { body } = s3.bucket('docs').object('a.md');
        await write('docs', 'a.md', 'middle');
        s3.bucket('docs').put('a.md', 'new');
        expect(String(body)).toBe('new');
      },
      hides: isStale,
    },
  ],
);

const stayed = 'replaces the null version alone';
const kept = 'keeps all versions that are there';
tryAll(
  'versions below the null version',
  [
    {
      of: 'after a write while versioning was suspended',
      async test() {
        await suspend('logs');
        await write('logs', 'app', 'two');
        expect(s3.bucket('logs').versions('app')).toHaveLength(1);
      },
      says: stayed,
    },
  ],
  [
    {
      of: 'which two lines would say',
      async test() {
        await suspend('logs');
        await write('logs', 'app', 'two');
        expect(s3.bucket('logs').versions('app')).toHaveLength(1);
      },
      hides: kept,
    },
    {
      of: 'a write before versioning was suspended',
      async test() {
        await write('logs', 'app', 'two');
        await suspend('logs');
        s3.bucket('logs').put('app', 'three');
        expect(s3.bucket('logs')).toHaveVersions('app', ['three']);
      },
      hides: stayed,
    },
    ...[stayed, kept].map((hides) => ({
      of: `calls of a function, with ${hides}`,
      async test() {
        const log = callTwice();
        await suspend('logs');
        await write('logs', 'app', 'two');
        await listVersions('logs', { Prefix: 'app' });
        expect(log).toHaveBeenCalledTimes(1);
      },
      hides,
    })),
  ],
);

const isLate = 'would have had another answer after';
const listAndWrite = async () => {
  await send('ListObjectsV2', { Bucket: 'docs', Prefix: 'new/' });
  await write('docs', 'new/1', 'x');
};
tryAll(
  'a value that is undefined after a listing and a write',
  [],
  [
    {
      of: 'of the code, in place of anything',
      async test() {
        await listAndWrite();
        const { id }: { id?: string } = {};
        expect(id).toBeDefined();
      },
      hides: isLate,
    },
    {
      of: 'of the code, in place of an object',
      async test() {
        await listAndWrite();
        expect(undefined).toEqual({ ok: true });
      },
      hides: isLate,
    },
  ],
);

const byReader = 'By user reader it would have been refused';
const isThere = (Bucket: string, Key: string) =>
  send('HeadObject', { Bucket, Key }).then(
    () => true,
    () => false,
  );
class NoSuchKey extends Error {}
tryAll(
  'a user of the fixture that sent nothing',
  [
    {
      of: 'keys that the code has given the client',
      test: () =>
        assert.rejects(
          send('PutObject', { Bucket: 'docs', Key: 'x', Body: 'x' }, client({ credentials: s3.account.credentials })),
        ),
      says: `${byReader}: 403 AccessDenied. Give the client its keys: s3.account.user('reader').credentials.`,
    },
    {
      of: 'keys of nobody',
      test: () => {
        const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
        return assert.rejects(send('PutObject', { Bucket: 'docs', Key: 'x', Body: 'x' }, client({ credentials })));
      },
      says: "Make it the caller: s3.actAs('reader')",
    },
  ],
  [
    {
      of: 'an object that should be gone',
      test: async () => expect(await isThere('docs', 'a.md')).toBe(false),
      hides: byReader,
    },
    {
      of: 'a key that should be missing',
      test: () => assert.rejects(read('docs', 'a.md'), NoSuchKey),
      hides: byReader,
    },
    {
      of: 'a delete of a key that does not exist',
      test: async () =>
        expect(
          await remove('docs', 'x').then(
            () => true,
            () => false,
          ),
        ).toBe(false),
      hides: byReader,
    },
  ],
);

const failed = { name: 'PreconditionFailed' };
const fails = (request: Promise<unknown>) => assert.rejects(request, failed);
const noCondition = 'it named no condition';
const held = "IfNoneMatch: '*' held";
tryAll(
  'a condition that a test expects to fail',
  [
    {
      of: 'a write above another one',
      async test() {
        await write('wiki', 'lock', '1');
        await fails(write('wiki', 'lock', '2'));
      },
      says: `${noCondition}, so S3 carried it out, although PutObject wiki/lock had written the key before. With IfNoneMatch: '*'`,
    },
    {
      of: 'a write in place of what a handle wrote',
      async test() {
        await write('docs', 'lock', '1');
        s3.bucket('docs').put('lock', 'h');
        await fails(write('docs', 'lock', '2'));
      },
      says: noCondition,
    },
    {
      of: 'bytes that another writer wrote again, so that the ETag is the same',
      async test() {
        await write('docs', 'lock', '1');
        await send('HeadObject', { Bucket: 'docs', Key: 'lock' });
        await write('docs', 'lock', '1');
        await fails(write('docs', 'lock', '2'));
      },
      says: "had written the key before. With IfNoneMatch: '*'",
    },
    {
      of: 'an object that a batch deleted',
      async test() {
        await removeAll('docs', 'a.md');
        await fails(write('docs', 'a.md', '2', { IfNoneMatch: '*' }));
      },
      says: held,
    },
  ],
  [
    {
      of: 'an object that a batch deleted',
      async test() {
        await write('docs', 'lock', '1');
        await removeAll('docs', 'lock');
        await fails(write('docs', 'lock', '2'));
      },
      hides: noCondition,
    },
    {
      of: 'a version that was deleted by its id',
      async test() {
        const { VersionId } = await write('wiki', 'lock', '1');
        await remove('wiki', 'lock', { VersionId });
        await fails(write('wiki', 'lock', '2'));
      },
      hides: noCondition,
    },
    ...['docs', 'wiki'].map((bucket) => ({
      of: `an object that a handle deleted in ${bucket}`,
      async test() {
        await write(bucket, 'lock', '1');
        s3.bucket(bucket).delete('lock');
        await fails(write(bucket, 'lock', '2'));
      },
      hides: noCondition,
    })),
    {
      of: 'an object that a lifecycle rule deleted',
      async test() {
        await write('caches', 'lock', '1');
        s3.clock.advance({ days: 5 });
        await fails(write('caches', 'lock', '2'));
      },
      hides: noCondition,
    },
    {
      of: 'an object that a restore took away',
      async test() {
        const before = s3.snapshot();
        await write('docs', 'lock', '1');
        s3.restore(before);
        await fails(write('docs', 'lock', '2'));
      },
      hides: noCondition,
    },
    {
      of: 'a condition on the source of a copy',
      async test() {
        await write('docs', 'lock', '1');
        const { ETag: CopySourceIfMatch } = await send('HeadObject', { Bucket: 'docs', Key: 'a.md' });
        const input = { Bucket: 'docs', Key: 'lock', CopySource: 'docs/a.md', CopySourceIfMatch };
        await fails(send('CopyObject', input));
      },
      hides: noCondition,
    },
    {
      of: 'a delete of a key that had no object',
      async test() {
        await remove('docs', 'x');
        await fails(write('docs', 'x', '2', { IfNoneMatch: '*' }));
      },
      hides: held,
    },
  ],
);

const giveIt = 'Give the bucket of the fixture one';
tryAll(
  'a handler that no bucket notifies',
  [
    {
      of: 'an event without a family',
      async test() {
        await send('PutObjectAcl', { Bucket: 'public', Key: 'a.md', ACL: 'private' });
        expect(0).toBe(1);
      },
      says: "Events: ['s3:ObjectAcl:Put'] }] } }.",
    },
  ],
  [
    {
      of: 'a bucket that the test creates',
      async test() {
        await send('CreateBucket', { Bucket: 'made' });
        await write('made', 'a.md', 'a');
        expect(0).toBe(1);
      },
      hides: giveIt,
    },
    {
      of: 'a notification that the test replaces',
      async test() {
        await send('PutBucketNotificationConfiguration', { Bucket: 'docs', NotificationConfiguration: {} });
        await write('docs', 'a.md', 'a');
        expect(0).toBe(1);
      },
      hides: giveIt,
    },
  ],
);

const signedNothing = 'The client signed nothing';
tryAll(
  'texts of clients',
  [
    {
      of: 'an own server that sets a header',
      test: () => new ServerResponse(new IncomingMessage(new Socket())).setHeader('x-title', 'caf\u{1f600}'),
      says: 'The header x-title was not sent, since it has a character that no header can carry.',
    },
    {
      of: 'a URL of which all time is left',
      async test() {
        const url = await sign('docs', 'a.md');
        s3.clock.advance({ seconds: 1 });
        expect((await fetch(url)).status).toBe(403);
      },
      says: 'its URL was signed for 900 seconds, which are 15 minutes, and for 1',
    },
  ],
  [
    {
      of: 'more time than a URL has',
      async test() {
        const url = await sign('docs', 'a.md');
        s3.clock.advance({ seconds: 1 });
        expect((await fetch(url)).status).toBe(403);
      },
      hides: 'for 15 minutes 1 second of them',
    },
    {
      of: 'credentials that STS refused',
      async test() {
        const params = { RoleArn: 'arn:aws:iam::000000000000:role/nobody', RoleSessionName: 'nightly' };
        const credentials = new AWS.ChainableTemporaryCredentials({ params });
        await new S3({ region: 'us-east-1', credentials }).listObjectsV2({ Bucket: 'docs' }).promise();
      },
      hides: signedNothing,
    },
    {
      of: 'an empty list of the SDK v2, which is not undefined',
      async test() {
        const own = new S3({ region: 'us-east-1' });
        const { Contents = [] } = await own.listObjectsV2({ Bucket: 'folders', Delimiter: '/' }).promise();
        expect(Contents).toHaveLength(1);
      },
      hides: 'so its Contents is undefined',
    },
    {
      of: 'a value of the code, where an SDK shows no headers',
      async test() {
        await read('public', 'a.md');
        expect(null).toBe('*');
      },
      hides: 'S3 answers with headers of CORS only if',
    },
  ],
);
