import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Way } from '../../../src';
import { Bucket, copy, exists, get, list, nameOf, put, remove, removeAll, retried, untilAccepted } from './objects';
import { client, type Program } from './program';

const empty = { [Bucket]: {} };

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

/** Adds one, if nobody wrote in the meantime. */
function add(): Promise<void> {
  return untilAccepted(async () => {
    const { text, etag } = await get('count');
    await put('count', `${Number(text) + 1}`, { IfMatch: etag });
  });
}

/** Small programs without a mistake. */
export const right: Readonly<Record<string, Program>> = {
  'two callers that add with a condition': {
    buckets: { [Bucket]: { objects: { count: '0' } } },
    exploration: { run: { first: add, second: add }, check: expectText('count', '2') },
  },
  'a counter with the names of what it counted': {
    buckets: { [Bucket]: { objects: { names: 'none' } } },
    exploration: {
      run: async () => {
        const { text } = await get('names');
        const names = new Set([...text.split(' '), 'report']);
        await put('names', [...names].join(' '));
      },
      again: true,
      check: expectText('names', 'none report'),
    },
  },
  'a move that looks for what is left of it': {
    buckets: { [Bucket]: { objects: { draft: 'text' } } },
    exploration: {
      run: async () => {
        if (await exists('draft')) {
          await copy('draft', 'final');
          await remove('draft');
        }
      },
      again: true,
      check: expectKeys(['final']),
    },
  },
  'an upload that is given up when it fails': {
    buckets: empty,
    exploration: {
      run: upload,
      failures: ['fail', 'deny', 'disconnect before'],
      of: 'UploadPart',
      checkFailed: expectNoUploads,
    },
  },
  'a prefix that is listed and deleted': {
    buckets: { [Bucket]: { objects: { 'logs/1': '1', 'logs/2': '2' } } },
    exploration: {
      run: async () => {
        const keys = await list('logs/');
        if (keys.length === 0) return;
        const left = await removeAll(keys);
        if (left.length > 0) throw new Error(`${left.join(', ')} could not be deleted`);
      },
      again: true,
      check: expectKeys([]),
    },
  },
  'a lock that only one writer gets': {
    buckets: empty,
    exploration: {
      run: { first: () => claim('first'), second: () => claim('second'), third: () => claim('third') },
      check: ({ results }) => {
        const holders = Object.values(results).filter(({ value }) => value === true);
        if (holders.length !== 1) throw new Error(`${holders.length} callers have the lock`);
      },
    },
  },
  'a claim that knows its own name': {
    buckets: empty,
    exploration: {
      run: async () => {
        if (!(await retriedClaim('mine'))) throw new Error('somebody else has it');
      },
      failures: ['fail', 'disconnect before', 'disconnect after'],
      of: 'PutObject',
      mustSucceed: true,
      check: expectText('lock', 'mine'),
    },
  },
  'an entry that is written before its index': {
    buckets: { [Bucket]: { objects: { index: 'none' } } },
    exploration: {
      run: async () => {
        await put('entry', 'text');
        await put('index', 'entry');
      },
      checkFailed: ({ world }) => {
        const vault = world.bucket(Bucket);
        const name = vault.object('index')?.text() ?? 'none';
        if (name !== 'none' && !vault.keys.includes(name)) throw new Error(`the index names ${name}`);
      },
    },
  },
  'a write with retries': {
    buckets: empty,
    exploration: {
      run: () => retried(() => put('report', 'text')),
      ...{ mustSucceed: true, failures: ['fail', 'disconnect'] },
      check: expectKeys(['report']),
    },
  },
  'a page that is replaced at once': {
    buckets: { [Bucket]: { objects: { page: 'old' } } },
    exploration: {
      run: { writer: () => put('page', 'new'), reader: async () => (await get('page')).text },
      check: ({ results }) => {
        const text = String(results['reader']?.value);
        if (!['old', 'new'].includes(text)) throw new Error(text);
      },
    },
  },
  'callers with keys of their own': {
    buckets: empty,
    exploration: {
      run: Object.fromEntries(
        ['first', 'second', 'third'].map((name) => [
          name,
          async () => {
            await put(`${name}/1`, name);
            await put(`${name}/2`, name);
          },
        ]),
      ),
      check: ({ world }) => {
        if (world.bucket(Bucket).keys.length !== 6) throw new Error('a key is missing');
      },
    },
  },
};

async function upload(): Promise<void> {
  const Key = 'film';
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  try {
    const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'text' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    throw error;
  }
}

async function expectNoUploads(): Promise<void> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  if (Uploads.length > 0) throw new Error(`${Uploads.length} upload is left`);
}

async function claim(name: string): Promise<boolean> {
  try {
    await put('lock', name, { IfNoneMatch: '*' });
    return true;
  } catch (error) {
    if (nameOf(error) === 'PreconditionFailed') return false;
    throw error;
  }
}

/** A refusal can be the answer to an own claim, of which the first answer was lost. */
async function retriedClaim(name: string): Promise<boolean> {
  let isMine = false;
  await retried(async () => {
    isMine = (await claim(name)) || (await get('lock')).text === name;
  });
  return isMine;
}
