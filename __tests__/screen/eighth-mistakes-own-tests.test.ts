import * as sdk from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import S3 from 'aws-sdk/clients/s3';
import COS from 'ibm-cos-sdk';
import * as Minio from 'minio';
import { createMock } from '../../src/faces/engine';
import { mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeCommand } from '../support/commands';
import { tryMistakes } from '../support/explained-mistakes';
import { screenOf } from '../support/failed-tests';

let control: MockControl;
let s3: MockS3;

beforeEach(() => {
  control = createMock(
    {
      buckets: {
        notes: {},
        tasks: { objects: { counter: 'count 41', 'a.txt': 'first' } },
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

const client = () => new sdk.S3Client({ region: 'us-east-1', maxAttempts: 1 });

interface Answer {
  readonly KeyCount?: number;
  readonly Contents?: readonly { readonly Key: string }[];
  readonly ETag?: string;
  readonly Status?: string;
  readonly Body?: { transformToString(): Promise<string>; transformToByteArray(): Promise<Uint8Array> };
}

/** Sends a command of the SDK by its name. */
async function send(name: string, input: object): Promise<Answer> {
  return (await client().send(makeCommand(name, input))) as never; // of any command
}

const tryAll = tryMistakes(() => control);
const put = (Bucket: string, Key: string, Body: string | Uint8Array, more: object = {}) =>
  send('PutObject', { Bucket, Key, Body, ...more });
const list = (Bucket: string, more: object = {}) => send('ListObjectsV2', { Bucket, ...more });
const readText = async (Bucket: string, Key: string) =>
  (await send('GetObject', { Bucket, Key })).Body?.transformToString();

const isLate = 'would have had another answer after';

tryAll(
  'a read before a write that nobody awaited',
  [
    {
      of: 'before several writes',
      async test() {
        const { KeyCount } = await list('notes');
        await put('notes', 'a.txt', 'a');
        await put('notes', 'b.txt', 'b');
        expect(KeyCount).toBe(2);
      },
      says: 'ListObjectsV2 notes: it came before 2 writes, of which PutObject notes/b.txt was the last, and would have had another answer after them, the one that the test expects: await the writes first.',
    },
    {
      of: 'before a write after which others came that it does not list',
      async test() {
        const { KeyCount } = await list('notes', { Prefix: 'a' });
        await put('notes', 'a.txt', 'a');
        await put('notes', 'b.txt', 'b');
        expect(KeyCount).toBe(1);
      },
      says: 'ListObjectsV2 notes: it came before PutObject notes/a.txt, and would have had another answer after it, the one that the test expects: await the write first.',
    },
    {
      of: 'of the key that is written, which the code may have changed',
      async test() {
        const text = await readText('tasks', 'counter');
        await put('tasks', 'counter', String(text).replace('41', '42'));
        expect(text).toBe('count 42');
      },
      says: 'GetObject tasks/counter: it came before PutObject tasks/counter, and would have had another answer after it, the one that the test expects: await the write first, or read again after it.',
    },
  ],
  [
    {
      of: 'keys that the code deleted because the listing has them, and one that came later',
      async test() {
        await put('notes', 'c.txt', 'third');
        await put('notes', 'a.txt', 'first');
        const { KeyCount, Contents = [] } = await list('notes');
        await put('notes', 'b.txt', 'second');
        for (const { Key } of Contents) await send('DeleteObject', { Bucket: 'notes', Key });
        expect(KeyCount).toBe(1);
      },
      hides: isLate,
    },
    {
      of: 'a batch that deleted the keys of the listing',
      async test() {
        const { KeyCount, Contents = [] } = await list('tasks');
        await send('DeleteObjects', { Bucket: 'tasks', Delete: { Objects: Contents.map(({ Key }) => ({ Key })) } });
        expect(KeyCount).toBe(0);
      },
      hides: isLate,
    },
    {
      of: 'copies of the keys of the listing',
      async test() {
        const { KeyCount, Contents = [] } = await list('tasks');
        for (const { Key } of Contents)
          await send('CopyObject', { Bucket: 'tasks', Key: `copy/${Key}`, CopySource: `tasks/${Key}` });
        expect(KeyCount).toBe(4);
      },
      hides: isLate,
    },
    {
      of: 'a write that needs the ETag of the read',
      async test() {
        const { Body, ETag } = await send('GetObject', { Bucket: 'tasks', Key: 'counter' });
        const text = await Body?.transformToString();
        await put('tasks', 'counter', 'count 42', { IfMatch: ETag });
        expect(text).toBe('count 42');
      },
      hides: isLate,
    },
    {
      of: 'a change of the bucket by its handle after the write',
      async test() {
        const { KeyCount } = await list('notes');
        await put('notes', 'a.txt', 'a');
        s3.bucket('notes').put('b.txt', 'b');
        expect(KeyCount).toBe(2);
      },
      hides: isLate,
    },
    {
      of: 'a missing key that was written and then put again by the handle',
      async test() {
        const error = await readText('notes', 'a.txt').catch((thrown: unknown) => thrown);
        await put('notes', 'a.txt', 'a');
        s3.bucket('notes').put('a.txt', 'b');
        throw error;
      },
      hides: isLate,
    },
    {
      of: 'calls of a function',
      async test() {
        const report = jest.fn();
        await list('notes');
        await put('notes', 'a.txt', 'a');
        expect(report).toHaveBeenCalledTimes(1);
      },
      hides: isLate,
    },
  ],
);

describe('a read before a write of another, concurrent test', () => {
  it('is told nothing of that write, which it cannot await', async () => {
    await list('notes');
    await put('notes', 'a.txt', 'a');
    const error = {
      name: 'AssertionError',
      message: 'expected +0 to be 1 // Object.is equality',
      compared: { expected: [{ name: '', value: 1 }], received: [{ name: '', value: 0 }] },
    };
    expect(screenOf(control, error)).toContain(isLate);
    expect(screenOf(control, error, { isConcurrent: true })).not.toContain(isLate);
  });
});

const credentialsOf = (given: unknown) => ({ credentials: given as sdk.S3ClientConfig['credentials'] & object });
const listWith = (given: unknown) => async () => {
  const config = { region: 'us-east-1', maxAttempts: 1, ...credentialsOf(given) };
  await new sdk.S3Client(config).send(new sdk.ListObjectsV2Command({ Bucket: 'notes' }));
};
const ofVariables =
  'If the code reads them from variables, set these before it makes the client, or leave credentials out, and it takes the keys that the mock has set in process.env.';
const lacksKeys = `The client signed nothing, since the credentials that the code has given it lack accessKeyId or secretAccessKey. ${ofVariables}`;
const unset: { readonly [name: string]: string | undefined } = {};
const minioWith = (keys: object) => async () => {
  await new Minio.Client({ endPoint: 's3.amazonaws.com', region: 'us-east-1', ...keys }).bucketExists('notes');
  await new Minio.Client({ endPoint: 's3.amazonaws.com', region: 'us-east-1', ...keys }).putObject('notes', 'a', 'a');
};

tryAll(
  'credentials that the code gives a client',
  [
    {
      of: 'variables that are not set, in the SDK v3',
      test: listWith({ accessKeyId: unset['KEY'], secretAccessKey: unset['SECRET'] }),
      says: lacksKeys,
    },
    {
      of: 'the secret alone is not set',
      test: listWith({ accessKeyId: 'AKIA', secretAccessKey: unset['SECRET'] }),
      says: lacksKeys,
    },
    { of: 'a provider that returns nothing', test: listWith(async () => undefined), says: lacksKeys },
    {
      of: 'variables that are not set, in the SDK v2',
      async test() {
        const keys = { accessKeyId: unset['KEY'], secretAccessKey: unset['SECRET'] };
        await new S3({ region: 'us-east-1', credentials: keys } as never).listObjectsV2({ Bucket: 'notes' }).promise();
      },
      says: lacksKeys,
    },
    {
      of: 'an empty key',
      test: listWith({ accessKeyId: '', secretAccessKey: '' }),
      says: `ListObjectsV2 notes was signed with an empty accessKeyId, which is in the credentials that the code has given the client. ${ofVariables}`,
    },
    {
      of: 'a profile',
      async test() {
        const error = new Error('Could not resolve credentials using profile: [dev]');
        throw Object.assign(error, { name: 'CredentialsProviderError' });
      },
      says: 'The client signed nothing: the code has told it where its credentials are, by credentials or profile, so it does not look at process.env, where the mock has set keys. Leave that out in the test, or give the client s3.account.credentials.',
    },
    {
      of: 'none, in ibm-cos-sdk',
      async test() {
        const endpoint = 's3.us-south.cloud-object-storage.appdomain.cloud';
        await new COS.S3({ endpoint }).listObjectsV2({ Bucket: 'notes' }).promise();
      },
      says: 'The client signed nothing, since it has no credentials: ibm-cos-sdk takes none from process.env. Give it accessKeyId and secretAccessKey of s3.account.credentials.',
    },
    {
      of: 'none, in minio',
      test: async () => {
        await new Minio.Client({ endPoint: 's3.amazonaws.com', region: 'us-east-1' }).putObject('notes', 'a', 'a');
      },
      says: 'PutObject notes/a has no signature, since minio signs nothing if accessKey or secretKey is missing. Give its client both, such as those of s3.account.credentials.',
    },
  ],
  [
    {
      of: 'an empty key, which is no matter of the region',
      test: listWith({ accessKeyId: '', secretAccessKey: '' }),
      hides: 'AWS_REGION',
    },
    {
      of: 'an assertion that expects the error',
      test: () => expect('done').toBe('Resolved credential object is not valid'),
      hides: 'signed nothing',
    },
    {
      of: 'the error of another client with a member of that name',
      test() {
        const user: { keys?: { accessKeyId: string } | null } = { keys: null };
        return (user.keys as { accessKeyId: string }).accessKeyId;
      },
      hides: 'signed nothing',
    },
    {
      of: 'an anonymous request of another client',
      async test() {
        await client().send(new sdk.ListObjectsV2Command({ Bucket: 'notes' }));
        const url = 'https://notes.s3.us-east-1.amazonaws.com/a';
        const { status } = await fetch(url, { method: 'PUT', body: 'a' });
        throw Object.assign(new Error('Access Denied'), { code: status === 403 ? 'AccessDenied' : '' });
      },
      hides: 'signs nothing',
    },
    {
      of: 'an anonymous request of minio that the code caught',
      async test() {
        await minioWith({})().catch(() => undefined);
        throw new Error('no such backup');
      },
      hides: 'signs nothing',
    },
  ],
);

describe('credentials that a client misses in an environment without keys', () => {
  it.each([
    ['CredentialsError', 'Missing credentials in config, if using AWS_CONFIG_FILE, set AWS_SDK_LOAD_CONFIG=1'],
    ['CredentialsProviderError', 'Could not load credentials from any providers'],
  ])('are not said to be those of the code: %s', async (name, message) => {
    const bare = createMock({ credentials: false }, mockS3);
    await control.mock.stop();
    control.lifetime.restoreEnvironment();
    bare.lifetime.start();
    expect(screenOf(bare, { name, message }) ?? '').not.toContain('signed nothing');
    await bare.mock.stop();
    bare.lifetime.restoreEnvironment();
  });

  it('are the credentials of the mock', async () => {
    const bare = createMock({ credentials: false }, mockS3);
    await control.mock.stop();
    control.lifetime.restoreEnvironment();
    bare.lifetime.start();
    expect(screenOf(bare, 'Resolved credential object is not valid')).toContain(
      'set these before it makes the client, or give it s3.account.credentials.',
    );
    await bare.mock.stop();
    bare.lifetime.restoreEnvironment();
  });
});
