import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Way } from '../../../src';
import { Bucket, copy, exists, get, list, put, remove, removeAll, retried } from './objects';
import { client, type Program } from './program';

/** Compares no checksums of answers. */
const unchecked = new S3Client({
  region: 'us-east-1',
  maxAttempts: 1,
  responseChecksumValidation: 'WHEN_REQUIRED',
});

const empty = { [Bucket]: {} };
const versioned = { [Bucket]: { versioning: 'Enabled' } } as const;

function expectKeys(expected: readonly string[]): (way: Way) => void {
  return ({ world }) => {
    const keys = world.bucket(Bucket).keys.toSorted();
    if (keys.join() !== expected.toSorted().join()) throw new Error(`the keys are ${keys.join(', ')}`);
  };
}

function expectText(key: string, expected: string): (way: Way) => void {
  return ({ world }) => {
    const text = world.bucket(Bucket).object(key)?.text();
    if (text !== expected) throw new Error(`${key} is ${text}`);
  };
}

async function add(): Promise<void> {
  const { text } = await get('count');
  await put('count', String(Number(text) + 1));
}

/** Small programs that look right, each with one mistake. */
export const planted: Readonly<Record<string, Program>> = {
  'two callers lose an update': {
    buckets: { [Bucket]: { objects: { count: '0' } } },
    exploration: { run: { first: add, second: add }, check: expectText('count', '2') },
    finds: /in this order/,
  },
  'a counter that is repeated counts twice': {
    buckets: { [Bucket]: { objects: { count: '0' } } },
    exploration: { run: add, again: true, check: expectText('count', '1') },
    finds: /PutObject vault\/count/,
  },
  'a move that is repeated looks for its source': {
    buckets: { [Bucket]: { objects: { draft: 'text' } } },
    exploration: {
      run: async () => {
        await copy('draft', 'final');
        await remove('draft');
      },
      again: true,
      check: expectKeys(['final']),
    },
    finds: /DeleteObject vault\/draft/,
  },
  'a write that is repeated leaves two versions': {
    buckets: versioned,
    exploration: {
      run: () => put('report', 'text'),
      again: true,
      check: ({ world }) => {
        const { length } = world.bucket(Bucket).versions('report');
        if (length !== 1) throw new Error(`report has ${length} versions`);
      },
    },
    finds: /PutObject vault\/report/,
  },
  'an upload that fails leaves its parts': {
    buckets: empty,
    exploration: {
      run: async () => {
        const Key = 'film';
        const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        const { ETag } = await client.send(
          new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'text' }),
        );
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
        await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
      },
      failures: ['fail'],
      checkFailed: expectNoUploads,
    },
    finds: /(?:UploadPart|CompleteMultipartUpload) vault\/film/,
  },
  'an upload that is given up although it was completed': {
    buckets: empty,
    exploration: {
      run: async () => {
        const Key = 'film';
        const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        try {
          const { ETag } = await client.send(
            new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'text' }),
          );
          const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
          await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
        } catch (error) {
          await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
          throw new Error('nothing was uploaded', { cause: error });
        }
      },
      failures: ['disconnect after'],
      checkFailed: ({ world, error }) => {
        if (String(error).includes('nothing') && world.bucket(Bucket).keys.length > 0) throw new Error('film is there');
      },
    },
    finds: /after S3 applied CompleteMultipartUpload/,
  },
  'a prefix that is half deleted, and not found again': {
    buckets: { [Bucket]: { objects: { 'logs/1': '1', 'logs/2': '2', 'logs/index': '1 2' } } },
    exploration: {
      run: async () => {
        if (!(await exists('logs/index'))) return;
        const { text } = await get('logs/index');
        await remove('logs/index');
        for (const name of text.split(' ')) await remove(`logs/${name}`);
      },
      again: true,
      check: expectKeys([]),
    },
    finds: /DeleteObject vault\/logs\/index|DeleteObject vault\/logs\/[12]/,
  },
  'a refusal that is swallowed': {
    buckets: empty,
    exploration: {
      run: async () => {
        await put('report', 'text').catch(() => undefined);
      },
      check: expectKeys(['report']),
    },
    finds: /PutObject vault\/report/,
  },
  'entries of a batch that nobody reads': {
    buckets: { [Bucket]: { objects: { a: '1', b: '2' } } },
    exploration: {
      run: async () => {
        await removeAll(['a', 'b']);
      },
      failures: ['fail entry'],
      check: expectKeys([]),
    },
    finds: /DeleteObjects vault fails for its entry a/,
  },
  'a lock by a get and a put': {
    buckets: empty,
    exploration: {
      run: { first: () => withLock('first'), second: () => withLock('second') },
      check: ({ results }) => {
        const holders = Object.values(results).filter(({ value }) => value === true);
        if (holders.length > 1) throw new Error('both have the lock');
      },
    },
    finds: /in this order/,
  },
  'a lock that stays after a crash': {
    buckets: empty,
    exploration: {
      run: async () => {
        await put('lock', 'mine', { IfNoneMatch: '*' });
        try {
          await put('report', 'text');
        } finally {
          await remove('lock');
        }
      },
      failures: ['crash after'],
      again: true,
      check: expectKeys(['report']),
    },
    finds: /the process ends after S3 applied PutObject vault\/lock/,
  },
  'a claim that is repeated takes its own for that of another': {
    buckets: empty,
    exploration: {
      run: () => retried(() => put('job', 'mine', { IfNoneMatch: '*' })),
      mustSucceed: true,
    },
    finds: /the connection is lost after S3 applied PutObject vault\/job/,
  },
  'a retry that is missing': {
    buckets: empty,
    exploration: { run: () => put('report', 'text'), mustSucceed: true, check: expectKeys(['report']) },
    finds: /PutObject vault\/report fails with InternalError/,
  },
  'an index that is written before its entry': {
    buckets: { [Bucket]: { objects: { index: 'none' } } },
    exploration: {
      run: async () => {
        await put('index', 'entry');
        await put('entry', 'text');
      },
      checkFailed: expectWholeIndex,
    },
    finds: /after S3 applied PutObject vault\/index|PutObject vault\/entry/,
  },
  'an entry that is deleted before its index': {
    buckets: { [Bucket]: { objects: { index: 'entry', entry: 'text' } } },
    exploration: {
      run: async () => {
        await remove('entry');
        await put('index', 'none');
      },
      checkFailed: expectWholeIndex,
    },
    finds: /PutObject vault\/index|after S3 applied DeleteObject vault\/entry/,
  },
  'a missing object that stands for any error': {
    buckets: { [Bucket]: { objects: { settings: 'old' } } },
    exploration: {
      run: async () => {
        const isThere = await exists('settings').catch(() => false);
        if (!isThere) await put('settings', 'default');
      },
      check: expectText('settings', 'old'),
    },
    finds: /HeadObject vault\/settings/,
  },
  'a first writer that is overwritten': {
    buckets: empty,
    exploration: {
      run: { first: () => writeOnce('first'), second: () => writeOnce('second') },
      check: async ({ world, results }) => {
        const text = world.bucket(Bucket).object('name')?.text();
        const winners = Object.values(results).filter(({ value }) => value === text);
        const believers = Object.values(results).filter(({ value }) => value !== undefined);
        if (winners.length !== believers.length) throw new Error(`name is ${text}, and both believe it is theirs`);
      },
    },
    finds: /in this order/,
  },
  'a reader between a delete and a put': {
    buckets: { [Bucket]: { objects: { page: 'old' } } },
    exploration: {
      run: {
        writer: async () => {
          await remove('page');
          await put('page', 'new');
        },
        reader: () => get('page'),
      },
      checkFailed: ({ error }) => {
        throw error;
      },
    },
    finds: /in this order/,
  },
  'a sum of two reads': {
    buckets: { [Bucket]: { objects: { left: '10', right: '0' } } },
    exploration: {
      run: {
        transfer: async () => {
          await put('left', '5');
          await put('right', '5');
        },
        audit: async () => Number((await get('left')).text) + Number((await get('right')).text),
      },
      check: ({ results }) => {
        if (results['audit']?.value !== 10) throw new Error(`the sum is ${String(results['audit']?.value)}`);
      },
    },
    finds: /in this order/,
  },
  'an answer that is read by half': {
    buckets: { [Bucket]: { objects: { list: 'one two three four' } } },
    exploration: {
      run: async () => {
        const { Body } = await unchecked.send(new GetObjectCommand({ Bucket, Key: 'list' }));
        const text = (await Body?.transformToString()) ?? '';
        await put('count', String(text.split(' ').length));
      },
      check: expectText('count', '4'),
    },
    finds: /half of the answer to GetObject vault\/list is missing/,
  },
  'names by a listing that two callers read at once': {
    buckets: empty,
    exploration: {
      run: { first: () => appendTo('first'), second: () => appendTo('second') },
      check: ({ world }) => {
        const { length } = world.bucket(Bucket).keys;
        if (length !== 2) throw new Error(`${length} of 2 lines were kept`);
      },
    },
    finds: /in this order/,
  },
};

async function expectNoUploads({ world }: Way): Promise<void> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  if (Uploads.length > 0) throw new Error(`${Uploads.length} upload is left in ${world.buckets.length} bucket`);
}

function expectWholeIndex({ world }: Way): void {
  const vault = world.bucket(Bucket);
  const name = vault.object('index')?.text() ?? 'none';
  if (name !== 'none' && !vault.keys.includes(name)) throw new Error(`the index names ${name}, which is missing`);
}

async function withLock(name: string): Promise<boolean> {
  if (await exists('lock')) return false;
  await put('lock', name);
  return true;
}

async function writeOnce(name: string): Promise<string | undefined> {
  if (await exists('name')) return undefined;
  await put('name', name);
  return name;
}

async function appendTo(text: string): Promise<void> {
  const { length } = await list('lines/');
  await put(`lines/${length + 1}`, text);
}
