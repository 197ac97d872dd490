import * as sdk from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const readsOnly = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::library/*' }],
} as const;
const keepsPrefix = (bucket: string) => ({
  Version: '2012-10-17' as const,
  Statement: [
    {
      Effect: 'Deny' as const,
      Principal: '*' as const,
      Action: ['s3:DeleteObject', 's3:PutObject'] as const,
      Resource: `arn:aws:s3:::${bucket}/keep-*`,
    },
  ],
});

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    users: { reader: { policy: readsOnly } },
    buckets: {
      jobs: { objects: { 'j1.json': 'old', 'j2.json': 'two' } },
      library: { objects: { 'book.epub': 'text', 'old.epub': 'text' } },
      shelf: { objects: { a: '1', 'keep-b': '2', 'keep-c': '3' }, policy: keepsPrefix('shelf') },
      vault: {
        objectLock: true,
        objects: {
          c1: { body: 'signed', retention: { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2030-01-01') } },
          c2: 'draft',
        },
      },
      ledger: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { 'book.csv': 'right' } },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

const write = (Bucket: string, Key: string) => send('PutObject', { Bucket, Key, Body: 'new' });
const remove = (Bucket: string, Key: string) => send('DeleteObject', { Bucket, Key });
const unconditional = 'it named no condition';
const ofReader = 'By user reader it would have been refused';

tryAll(
  'a write that a test expects to be refused, and that named no condition',
  [
    {
      of: 'an object of a fixture, beside a rule of another operation',
      async test() {
        s3.on('DeleteObject').fail('SlowDown');
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      says: unconditional,
    },
  ],
  [
    {
      of: 'a rule of the test for another key',
      async test() {
        s3.on('PutObject', { Key: 'j2.json' }).fail('SlowDown');
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: unconditional,
    },
    {
      of: 'a rule for all operations and another bucket',
      async test() {
        s3.on('*', { Bucket: 'library' }).fail('SlowDown');
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: unconditional,
    },
    {
      of: 'a failure that another write met, and that the code caught',
      async test() {
        s3.on('PutObject').fail('SlowDown', { times: 1 });
        await write('jobs', 'j2.json').catch(() => undefined);
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: unconditional,
    },
    {
      of: 'a rule of the test for another key, beside a user that sent nothing',
      async test() {
        s3.on('PutObject', { Key: 'j2.json' }).fail('SlowDown');
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: ofReader,
    },
    {
      of: 'a caught failure, beside a user that sent nothing',
      async test() {
        s3.on('PutObject').fail('SlowDown', { times: 1 });
        await write('jobs', 'j2.json').catch(() => undefined);
        await expect(write('jobs', 'j1.json')).rejects.toThrow();
      },
      hides: ofReader,
    },
  ],
);

const ofLock = 'A lock refuses the delete of a version';

tryAll(
  'a delete above a locked version',
  [{ of: 'a lock alone', test: () => expect(remove('vault', 'c1')).rejects.toThrow(), says: ofLock }],
  [
    {
      of: 'a rule of the test for another key',
      async test() {
        s3.on('DeleteObject', { Key: 'c2' }).fail('SlowDown');
        await expect(remove('vault', 'c1')).rejects.toThrow();
      },
      hides: ofLock,
    },
    {
      of: 'a policy of the bucket, which names another prefix',
      async test() {
        s3.bucket('vault').policy = keepsPrefix('vault');
        await expect(remove('vault', 'c1')).rejects.toThrow();
      },
      hides: ofLock,
    },
    {
      of: 'a lock that has ended',
      async test() {
        s3.clock.advance({ days: 3650 });
        await expect(remove('vault', 'c1')).rejects.toThrow();
      },
      hides: ofLock,
    },
  ],
);

const attempt = (name: string, Bucket: string, Key: string) =>
  send(name, { Bucket, Key }).then(
    () => 'done',
    ({ name: code }: Error) => (code === 'AccessDenied' ? 'forbidden' : code),
  );

tryAll(
  'a user that sent nothing',
  [
    {
      of: 'a policy of the bucket, which can be meant as well',
      test: () => expect(remove('shelf', 'a')).rejects.toThrow(),
      says: `${ofReader}: 403 AccessDenied. If the test is about that user, make it the caller`,
    },
    {
      of: 'no other protection',
      test: () => expect(remove('library', 'book.epub')).rejects.toThrow(),
      says: `${ofReader}: 403 AccessDenied. Make it the caller`,
    },
  ],
  [
    {
      of: 'a policy of the bucket, which names another prefix',
      test: async () => expect(await attempt('DeleteObject', 'shelf', 'a')).toBe('forbidden'),
      hides: ofReader,
    },
    {
      of: 'a policy that should have kept the object',
      test: async () => {
        await attempt('DeleteObject', 'shelf', 'a');
        expect(s3.bucket('shelf')).toHaveObject('a');
      },
      hides: ofReader,
    },
    {
      of: 'a rule of the test for another key',
      test: async () => {
        s3.on('DeleteObject', { Key: 'old.epub' }).fail('AccessDenied');
        expect(await attempt('DeleteObject', 'library', 'book.epub')).toBe('forbidden');
      },
      hides: ofReader,
    },
    {
      of: 'a lock that should have kept the object',
      test: async () => {
        await attempt('DeleteObject', 'vault', 'c1');
        expect(s3.bucket('vault')).toHaveObject('c1');
      },
      hides: ofReader,
    },
    {
      of: 'MFA Delete, which should have kept the object',
      test: async () => {
        await attempt('DeleteObject', 'ledger', 'book.csv');
        expect(s3.bucket('ledger')).toHaveObject('book.csv');
      },
      hides: ofReader,
    },
  ],
);

const purge = async (...keys: readonly string[]) => {
  await send('DeleteObjects', { Bucket: 'shelf', Delete: { Objects: keys.map((Key) => ({ Key })) } });
  return keys;
};
const readErrors = 'read Errors of its answer';

tryAll(
  'a batch that code takes for carried out',
  [
    {
      of: 'the number of its keys',
      test: async () => expect((await purge('a', 'keep-b')).length).toBe(1),
      says: readErrors,
    },
  ],
  [
    {
      of: 'the number of batches that have one key each',
      test: async () => {
        await purge('a');
        await purge('keep-b');
        expect(s3.requests.of('DeleteObjects').length).toBe(1);
      },
      hides: readErrors,
    },
    {
      of: 'the keys of another bucket, by a handle',
      test: async () => {
        await purge('a', 'keep-b');
        expect(s3.bucket('jobs').keys.length).toBe(1);
      },
      hides: readErrors,
    },
    {
      of: 'the keys of its bucket, by a handle',
      test: async () => {
        await purge('a', 'keep-b');
        expect(s3.bucket('shelf').keys.length).toBe(1);
      },
      hides: readErrors,
    },
  ],
);

const client = new sdk.S3Client({ maxAttempts: 1, region: 'us-east-1' });
const sign = (Bucket: string, Key: string, options: Parameters<typeof getSignedUrl>[2] = {}) =>
  getSignedUrl(client, new sdk.PutObjectCommand({ Bucket, Key }), options);
const upload = async (url: string, type: string, headers: Readonly<Record<string, string>> = {}) =>
  (await fetch(url, { method: 'PUT', body: '<p>', headers: { 'content-type': type, ...headers } })).status;
const unsigned = 'does not sign Content-Type';

tryAll(
  'a type that a URL does not sign',
  [
    {
      of: 'another type than that of a script',
      test: async () => expect(await upload(await sign('jobs', 'a.js'), 'text/html')).toBe(403),
      says: unsigned,
    },
  ],
  [
    ...[
      ['a.js', 'text/javascript'],
      ['a.md', 'text/markdown; charset=utf-8'],
      ['a.gz', 'application/x-gzip'],
      ['a.yml', 'application/x-yaml'],
      ['a.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ].map(([key = '', type = '']) => ({
      of: `the type of the key ${key}`,
      test: async () => expect(await upload(await sign('jobs', key), type)).toBe(403),
      hides: unsigned,
    })),
    {
      of: 'a policy of the bucket, which names another prefix',
      test: async () => expect(await upload(await sign('shelf', 'a'), 'text/html')).toBe(403),
      hides: unsigned,
    },
    {
      of: 'a rule of the test for another key',
      test: async () => {
        s3.on('PutObject', { Key: 'b' }).fail('AccessDenied');
        expect(await upload(await sign('jobs', 'a'), 'text/html')).toBe(403);
      },
      hides: unsigned,
    },
    {
      of: 'an Origin that the rules of CORS do not name',
      test: async () => {
        const status = await upload(await sign('jobs', 'a'), 'text/html', { origin: 'https://other.example' });
        expect(status).toBe(403);
      },
      hides: unsigned,
    },
    {
      of: 'code that makes true of something else, where the key has no ending',
      test: async () => {
        const status = await upload(await sign('jobs', 'report'), 'text/csv');
        expect(status < 400).toBe(false);
      },
      hides: unsigned,
    },
  ],
);

async function complete(...numbers: readonly number[]) {
  const at = { Bucket: 'jobs', Key: 'film' };
  const { UploadId } = await send('CreateMultipartUpload', at);
  const Parts: object[] = [];
  for (const PartNumber of numbers)
    Parts.push({ PartNumber, ETag: (await send('UploadPart', { ...at, UploadId, PartNumber, Body: 'end' }))['ETag'] });
  await send('CompleteMultipartUpload', { ...at, UploadId, MultipartUpload: { Parts } });
}
const asNumbers = ', as numbers and not as texts';

tryAll(
  'the order of parts',
  [{ of: 'parts that are sorted as texts', test: () => complete(1, 10, 2), says: `by PartNumber${asNumbers}` }],
  [
    { of: 'parts that are not sorted', test: () => complete(1, 3, 2), hides: asNumbers },
    { of: 'ten parts in the order in which they ended', test: () => complete(10, 1, 2), hides: asNumbers },
  ],
);

describe('the attempts that a matcher counts', () => {
  const put = (Key: string) =>
    send('PutObject', { Bucket: 'jobs', Key, Body: 'x' }, { maxAttempts: 3 }).catch(() => undefined);
  const ofAttempts = 'each attempt is a request';
  const messageOf = (times: number) => {
    try {
      s3.requests.expectTimes('PutObject', times);
    } catch (error) {
      return String(error);
    }
    return '';
  };

  it('do not explain one call more than the one with its attempts', async () => {
    s3.on('PutObject').fail('InternalError', { times: 1 });
    await put('a');
    await put('b');
    expect(messageOf(2)).toContain('3 matching requests came');
    expect(messageOf(2)).not.toContain(ofAttempts);
  });

  it('explain as many calls as expected, of which one has two attempts', async () => {
    s3.on('PutObject').fail('InternalError', { times: 1 });
    for (const key of ['a', 'b', 'c']) await put(key);
    expect(messageOf(3)).toContain(`some of the 3 calls more than once, and ${ofAttempts}`);
  });
});
