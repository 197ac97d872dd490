import { EventEmitter } from 'node:events';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import AwsS3 from 'aws-sdk/clients/s3';
import { Client as Minio } from 'minio';
import type { Way } from '../../../src';
import {
  alias,
  claim,
  expectKeys,
  expectText,
  type FurtherProgram,
  inTime,
  lambdaArn,
  pageOf,
  pointArn,
  queueArn,
  removeVersion,
  textOf,
  textOrNone,
  valuesOf,
  versionsOf,
  withHandler,
  withObjects,
  withPoint,
  withReplica,
} from './further';
import { Bucket, copy, exists, get, list, nameOf, put, remove, retried } from './objects';
import { client } from './program';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const sdkV2 = new AwsS3({ maxRetries: 0 });
const minio = new Minio({
  endPoint: 's3.us-east-1.amazonaws.com',
  accessKey: 'a',
  secretKey: 'b',
  region: 'us-east-1',
});

async function addAt(bucket: string): Promise<void> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'count' }));
  const text = (await Body?.transformToString()) ?? '';
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'count', Body: String(Number(text) + 1) }));
}

async function append(key: string, word: string): Promise<void> {
  const { text } = await get(key);
  await put(key, `${text} ${word}`);
}

function expectWords(key: string, words: readonly string[]): (way: Way) => void {
  return (way) => {
    const text = textOf(way, key);
    if (text?.split(' ').toSorted().join() !== words.toSorted().join()) throw new Error(`${key} is ${text}`);
  };
}

async function uploadsLeft(): Promise<void> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  if (Uploads.length > 0) throw new Error(`${Uploads.length} upload is left`);
}

const memory: {
  cache: string | undefined;
  buffer: string[];
  loaded: Promise<string> | undefined;
  mutex: Promise<void>;
} = {
  cache: undefined,
  buffer: [],
  loaded: undefined,
  mutex: Promise.resolve(),
};
function forget(): void {
  Object.assign(memory, { cache: undefined, buffer: [], loaded: undefined, mutex: Promise.resolve() });
}

async function sessionClient(): Promise<S3Client> {
  const { Credentials } = await new STSClient({ region: 'us-east-1', maxAttempts: 1 }).send(
    new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::000000000000:role/worker',
      RoleSessionName: 'job',
      DurationSeconds: 900,
    }),
  );
  return new S3Client({
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
}

/** Small programs that look right, each with one mistake. */
/** The other write has its answer before the check, however long that takes on a busy machine. */
function compensation(): FurtherProgram {
  let other: Promise<unknown> = Promise.resolve();
  return {
    options: withObjects(),
    exploration: {
      run: {
        writer: async () => {
          try {
            other = exists('a').then(() => put('b', '2'));
            await Promise.all([put('a', '1'), other]);
          } catch (error) {
            await remove('a');
            await remove('b');
            throw error;
          }
        },
        reader: () => exists('a'),
      },
      failures: ['fail'],
      of: ['PutObject', { Key: 'a' }],
      checkFailed: async (way) => {
        await other.catch(() => undefined);
        expectKeys([])(way);
      },
    },
    finds: /PutObject vault\/a/,
  };
}

export const furtherPlanted: Readonly<Record<string, FurtherProgram>> = {
  'an update through the alias of an access point is lost': {
    options: withPoint({ count: '0' }),
    exploration: { run: { direct: () => addAt(Bucket), point: () => addAt(alias) }, check: expectText('count', '2') },
    finds: /in this order/,
  },
  'a claim through the ARN of an access point is checked and then written': {
    options: withPoint({}),
    exploration: {
      run: {
        direct: async () => {
          if (await exists('job')) return false;
          await put('job', 'direct');
          return true;
        },
        point: async () => {
          const there = await client
            .send(new HeadObjectCommand({ Bucket: pointArn, Key: 'job' }))
            .then(() => true)
            .catch(() => false);
          if (there) return false;
          await client.send(new PutObjectCommand({ Bucket: pointArn, Key: 'job', Body: 'point' }));
          return true;
        },
      },
      check: (way) => {
        if (Object.values(valuesOf(way)).every(Boolean)) throw new Error('both have the job');
      },
    },
    finds: /in this order/,
  },
  'a backup copies two keys between the writes of both': {
    options: withObjects({ debit: '1', credit: '1' }),
    exploration: {
      run: {
        book: async () => {
          await put('debit', '2');
          await put('credit', '2');
        },
        backup: async () => {
          await copy('debit', 'backup/debit');
          await copy('credit', 'backup/credit');
        },
      },
      check: (way) => {
        if (textOf(way, 'backup/debit') !== textOf(way, 'backup/credit'))
          throw new Error('the backup does not balance');
      },
    },
    finds: /in this order/,
  },
  'a source that is copied and then deleted loses what was written between': {
    options: withObjects({ inbox: 'a' }),
    exploration: {
      run: {
        archive: async () => {
          await copy('inbox', 'archive');
          await remove('inbox');
        },
        writer: () => put('inbox', 'b'),
      },
      check: (way) => {
        if (![textOf(way, 'inbox'), textOf(way, 'archive')].includes('b')) throw new Error('b is lost');
      },
    },
    finds: /in this order/,
  },
  'a reader of the replica writes back what is old': {
    options: withReplica({ count: '0' }),
    exploration: {
      run: {
        main: () => addAt(Bucket),
        fallback: async () => {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: 'replica', Key: 'count' }));
          await put('count', String(Number(await Body?.transformToString()) + 1));
        },
      },
      check: expectText('count', '2'),
    },
    finds: /in this order/,
  },
  'a function that a write calls overwrites a report': {
    options: withHandler({ total: 'none' }, lambdaArn, () => append('total', 'counted')),
    exploration: {
      run: { upload: () => put('in/a', 'a'), clerk: () => append('total', 'checked') },
      check: async (way) => {
        await way.world.events.settled();
        expectWords('total', ['none', 'counted', 'checked'])(way);
      },
    },
    finds: /in this order/,
  },
  'a reader of a queue deletes what a caller has listed': {
    options: withHandler({ 'todo/1': 'x' }, queueArn, () => remove('todo/1')),
    exploration: {
      run: {
        upload: () => put('in/done', 'a'),
        worker: async () => {
          for (const key of await list('todo/')) await get(key);
        },
      },
      checkFailed: ({ error }) => {
        throw error;
      },
    },
    finds: /in this order/,
  },
  'a lifecycle rule deletes what a job stores for later': {
    options: {
      now: '2026-03-01T12:00:00Z',
      buckets: {
        [Bucket]: {
          lifecycle: { Rules: [{ ID: 'tmp', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }] },
        },
      },
    },
    exploration: {
      run: async () => {
        await put('tmp/a', 'a');
        await copy('tmp/a', 'final');
      },
      clock: true,
      failures: false,
      checkFailed: ({ error }) => {
        throw error;
      },
    },
    finds: /in this order/,
  },
  'a condition with an entity tag that was read too late': {
    options: withObjects({ count: '0' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            for (;;) {
              const { text } = await get('count');
              const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: 'count' }));
              try {
                return await put('count', String(Number(text) + 1), { IfMatch: ETag });
              } catch (error) {
                if (nameOf(error) !== 'PreconditionFailed') throw error;
              }
            }
          },
        ]),
      ),
      check: expectText('count', '2'),
    },
    finds: /in this order/,
  },
  'a condition whose refusal counts as success': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            const { text, etag } = await get('words');
            await put('words', `${text} ${name}`, { IfMatch: etag }).catch((error: unknown) => {
              if (nameOf(error) !== 'PreconditionFailed') throw error;
            });
          },
        ]),
      ),
      check: expectWords('words', ['none', 'first', 'second']),
    },
    finds: /in this order/,
  },
  'a loser removes the lock of three callers': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second', 'third'].map((name) => [
          name,
          async () => {
            try {
              if (!(await claim('lock', name))) return;
              await append('words', name);
            } finally {
              await remove('lock');
            }
          },
        ]),
      ),
      callers: 'share nothing',
      check: (way) => {
        const words = textOf(way, 'words')?.split(' ') ?? [];
        const requests = way.world.requests.of('PutObject').filter(({ input }) => input.Key === 'words').length;
        if (words.length - 1 !== requests) throw new Error(`${requests} updates, and words is ${words.join(' ')}`);
      },
    },
    finds: /in this order/,
  },
  'a caller that asks three times goes on without the lock': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            for (let asked = 0; asked < 3; asked += 1) if (await claim('lock', name)) break;
            await append('words', name);
            await remove('lock');
          },
        ]),
      ),
      check: expectWords('words', ['none', 'first', 'second']),
    },
    finds: /in this order/,
  },
  'a caller polls for ever for the lock of a process that crashed': {
    options: withObjects(),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            while (!(await claim('lock', name))) await new Promise((resolve) => setTimeout(resolve, 5));
            await put(`work/${name}`, 'done');
            await remove('lock');
          },
        ]),
      ),
      failures: ['crash after'],
      of: ['PutObject', { Key: 'lock' }],
      again: true,
      check: expectKeys(['work/first', 'work/second']),
    },
    finds: /the process ends after S3 applied (?:first|second): PutObject vault\/lock/,
  },
  'a lease ends while its holder writes': {
    options: { now: '2026-03-01T12:00:00Z', ...withObjects({ words: 'none' }) },
    exploration: {
      run: {
        ...Object.fromEntries(
          ['first', 'second'].map((name) => [
            name,
            async ({ world }: { world: Way['world'] }) => {
              const now = () => Number(world.clock.now());
              const until = await textOrNone('lease');
              if (until !== 'none' && Number(until) > now()) return false;
              const { etag } = until === 'none' ? { etag: '' } : await get('lease');
              const condition = until === 'none' ? { IfNoneMatch: '*' } : { IfMatch: etag };
              try {
                await put('lease', String(now() + 60_000), condition);
              } catch {
                return false;
              }
              await append('words', name);
              return true;
            },
          ]),
        ),
        time: async ({ world }) => world.clock.advance({ minutes: 10 }),
      },
      callers: 'share nothing',
      check: (way) => {
        const holders = Object.entries(valuesOf(way)).flatMap(([name, value]) => (value === true ? [name] : []));
        expectWords('words', ['none', ...holders])(way);
      },
    },
    finds: /in this order/,
  },
  'a cache in memory is older than the object': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            memory.cache ??= (await get('words')).text;
            const text = `${memory.cache} ${name}`;
            await put('words', text);
            memory.cache = text;
          },
        ]),
      ),
      restart: forget,
      check: expectWords('words', ['none', 'first', 'second']),
    },
    finds: /in this order/,
  },
  'a buffer is emptied after the answer': {
    options: withObjects(),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            await exists(`known/${name}`);
            memory.buffer.push(name);
            await put(`log/${name}`, memory.buffer.join(' '));
            memory.buffer = [];
          },
        ]),
      ),
      restart: forget,
      check: ({ world }) => {
        const vault = world.bucket(Bucket);
        const lines = vault.keys.flatMap((key) => vault.object(key)?.text().split(' ') ?? []);
        if (lines.toSorted().join() !== 'first,second') throw new Error(`the log is ${lines.join()}`);
      },
    },
    finds: /in this order/,
  },
  'a promise that rejected is remembered': {
    options: withObjects({ settings: 'on' }),
    exploration: {
      run: () =>
        retried(async () => {
          memory.loaded ??= get('settings').then(({ text }) => text);
          await put('copy', await memory.loaded);
        }),
      restart: forget,
      failures: ['fail', 'disconnect before'],
      mustSucceed: true,
      check: expectText('copy', 'on'),
    },
    finds: /GetObject vault\/settings/,
  },
  'a lock in memory stays closed after an error': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            const before = memory.mutex;
            let open = () => {};
            memory.mutex = new Promise((resolve) => {
              open = resolve;
            });
            await before;
            await append('words', name);
            open();
          },
        ]),
      ),
      restart: forget,
      failures: ['fail'],
      of: 'PutObject',
      checkFailed: ({ results }) => {
        const waiting = Object.entries(results).find(([, { outcome }]) => outcome === 'waits');
        if (waiting) throw new Error(`${waiting[0]} waits for ever`);
      },
    },
    finds: /PutObject vault\/words/,
  },
  'a loop of retries returns after its last error': {
    options: withObjects(),
    exploration: {
      run: async () => {
        for (let attempt = 0; attempt < 3; attempt += 1) {
          try {
            await put('report', 'text');
            break;
          } catch (error) {
            if (nameOf(error) === 'AccessDenied') throw error;
          }
        }
      },
      check: expectKeys(['report']),
    },
    finds: /PutObject vault\/report/,
  },
  'a fallback after a time-out writes twice': {
    options: withObjects(),
    exploration: {
      run: async () => {
        try {
          await inTime(put('by-first', 'text'));
        } catch (error) {
          if (!String(error).includes('late')) throw error;
          await put('by-second', 'text');
        }
      },
      check: ({ world }) => {
        const { keys } = world.bucket(Bucket);
        if (keys.length !== 1) throw new Error(`the keys are ${keys.join(', ')}`);
      },
    },
    finds: /PutObject vault\/by-first/,
  },
  'a fallback reads that nothing was written, and the late write arrives': {
    options: withObjects({ count: '0' }),
    exploration: {
      run: async () => {
        await inTime(addAt(Bucket)).catch(async (error: unknown) => {
          if (!String(error).includes('late')) throw error;
          await addAt(Bucket);
        });
      },
      failures: ['late', 'no answer'],
      check: expectText('count', '1'),
    },
    finds: /PutObject vault\/count/,
  },
  'retries without a time-out': {
    options: withObjects(),
    exploration: {
      run: () => retried(() => put('report', 'text')),
      failures: ['fail', 'no answer'],
      mustSucceed: true,
    },
    finds: /PutObject vault\/report/,
  },
  'a timer forgets its promise': {
    options: withObjects(),
    exploration: {
      run: async () => {
        setTimeout(() => void put('log', 'line'), 1);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await put('report', 'text');
      },
      failures: ['fail'],
      of: ['PutObject', { Key: 'log' }],
      check: expectText('report', 'text'),
    },
    finds: /PutObject vault\/log/,
  },
  'a listener of an event forgets its promise': {
    options: withObjects(),
    exploration: {
      run: async () => {
        const emitter = new EventEmitter();
        emitter.on('saved', async () => {
          await put('index', 'report');
        });
        await put('report', 'text');
        emitter.emit('saved');
        await put('after', 'text');
      },
      failures: ['deny'],
      of: ['PutObject', { Key: 'index' }],
      check: expectText('report', 'text'),
    },
    finds: /PutObject vault\/index/,
  },
  'two promises are awaited one after the other': {
    options: withObjects(),
    exploration: {
      run: async () => {
        const second = put('second', 'text');
        await new Promise((resolve) => setTimeout(resolve, 20));
        await put('first', 'text');
        await second;
      },
      failures: ['fail'],
      checkFailed: () => {},
    },
    finds: /PutObject vault\/second/,
  },
  'a compensation runs while another write is on its way': compensation(),
  'lib-storage leaves the parts of an upload that fails': {
    options: withObjects(),
    exploration: {
      run: () =>
        new Upload({
          client,
          params: { Bucket, Key: 'film', Body: Buffer.alloc(6 * 1024 * 1024) },
          leavePartsOnError: true,
        }).done(),
      failures: ['fail'],
      of: 'UploadPart',
      checkFailed: uploadsLeft,
    },
    finds: /UploadPart vault\/film/,
  },
  'an upload is given up only if a part fails': {
    options: withObjects(),
    exploration: {
      run: async () => {
        const Key = 'film';
        const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        const parts = await client
          .send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'text' }))
          .catch(async (error: unknown) => {
            await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
            throw error;
          });
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: parts.ETag }] };
        await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
      },
      failures: ['fail', 'deny', 'error in 200'],
      checkFailed: uploadsLeft,
    },
    finds: /CompleteMultipartUpload vault\/film/,
  },
  'a compensation that fails is said to be done': {
    options: withObjects(),
    exploration: {
      run: async () => {
        await put('order', 'paid');
        try {
          await put('ticket', 'issued');
        } catch (error) {
          await remove('order').catch(() => undefined);
          throw new Error('nothing was bought', { cause: error });
        }
      },
      failures: ['fail', 'disconnect before'],
      pairs: true,
      checkFailed: (way) => {
        if (String(way.error).includes('nothing') && textOf(way, 'order')) throw new Error('the order is there');
      },
    },
    finds: /PutObject vault\/ticket.*DeleteObject vault\/order/s,
  },
  'a restart that crashes forgets its work': {
    options: withObjects({ journal: 'report' }),
    exploration: {
      run: async () => {
        await put('started', 'yes');
        await put('report', 'text');
        await remove('journal');
      },
      again: async () => {
        if (!(await exists('journal'))) return;
        await remove('journal');
        await put('report', 'text');
      },
      failures: ['crash'],
      pairs: true,
      check: (way) => {
        if (textOf(way, 'report') !== 'text') throw new Error('the report is missing');
      },
    },
    finds: /DeleteObject vault\/journal/,
  },
  'a restart takes the lock of another for its own': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            if (!(await claim('lock', 'somebody'))) return 'refused';
            await append('words', name);
            await remove('lock');
            return 'done';
          },
        ]),
      ),
      again: async () => {
        if (await exists('lock')) {
          await append('words', 'restarted');
          await remove('lock');
        }
      },
      failures: ['crash before'],
      of: ['PutObject', { Key: 'lock' }],
      check: (way) => {
        const written = way.world.requests
          .of('PutObject')
          .filter(({ input, status }) => input.Key === 'words' && status === 200).length;
        const kept = textOf(way, 'words')?.split(' ').length ?? 0;
        if (kept - 1 !== written) throw new Error(`${written} updates, and words is ${textOf(way, 'words')}`);
      },
    },
    finds: /the process ends before S3 applies (?:first|second): PutObject vault\/lock/,
  },
  'an erasure that begins with the newest version shows an old one': {
    options: { buckets: { [Bucket]: { versioning: 'Enabled', objects: { secret: ['old', 'new'] } } } },
    exploration: {
      run: async () => {
        for (const { id } of await versionsOf('secret')) await removeVersion('secret', id);
      },
      checkFailed: (way) => {
        if (textOf(way, 'secret') === 'old') throw new Error('the old version is current');
      },
    },
    finds: /DeleteObject vault\/secret/,
  },
  'a deletion that is repeated leaves two markers': {
    options: { buckets: { [Bucket]: { versioning: 'Enabled', objects: { report: 'text' } } } },
    exploration: {
      run: () => remove('report'),
      again: true,
      check: async (way) => {
        const marker = (await versionsOf('report')).find(({ isMarker }) => isMarker);
        await removeVersion('report', marker?.id ?? '');
        if (textOf(way, 'report') !== 'text') throw new Error('the report does not come back');
      },
    },
    finds: /after S3 applied DeleteObject vault\/report/,
  },
  'a retention that is set after the write': {
    options: { buckets: { [Bucket]: { objectLock: true } } },
    exploration: {
      run: async () => {
        await put('ledger', 'text');
        await client.send(
          new PutObjectRetentionCommand({
            Bucket,
            Key: 'ledger',
            Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date('2100-01-01') },
          }),
        );
      },
      checkFailed: async ({ world }) => {
        const vault = world.bucket(Bucket);
        if (!vault.keys.includes('ledger')) return;
        const { ObjectLockMode } = await client.send(new HeadObjectCommand({ Bucket, Key: 'ledger' }));
        if (ObjectLockMode === undefined) throw new Error('the ledger is not locked');
      },
    },
    finds: /ledger/,
  },
  'an index forgets all entries of a batch': {
    options: withObjects({ a: '1', b: '2', c: '3', index: 'a b c' }),
    exploration: {
      run: async () => {
        const Objects = ['a', 'b', 'c'].map((Key) => ({ Key }));
        const { Deleted = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
        if (Deleted.length > 0) await put('index', 'none');
      },
      failures: ['fail entry'],
      check: (way) => {
        if (textOf(way, 'index') === 'none') expectKeys(['index'])(way);
      },
    },
    finds: /DeleteObjects vault fails for its entry/,
  },
  'a count by pages counts an object twice that is moved': {
    options: withObjects({ 'q/a': '1', 'q/b': '1', 'q/c': '1' }),
    exploration: {
      run: {
        count: async () => {
          let total = 0;
          for (let last: string | undefined; ; ) {
            const keys = await pageOf('q/', last);
            total += keys.length;
            last = keys.at(-1);
            if (keys.length < 2) return total;
          }
        },
        mover: async () => {
          await copy('q/a', 'q/z');
          await remove('q/a');
        },
      },
      check: (way) => {
        if (valuesOf(way)['count'] !== 3) throw new Error(`the count is ${String(valuesOf(way)['count'])}`);
      },
    },
    finds: /in this order/,
  },
  'a session that is kept ends before the last write': {
    options: {
      now: '2026-03-01T12:00:00Z',
      roles: {
        worker: {
          policy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
          },
        },
      },
      ...withObjects(),
    },
    exploration: {
      run: async () => {
        const session = await sessionClient();
        await session.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '1' }));
        await session.send(new PutObjectCommand({ Bucket, Key: 'b', Body: '2' }));
      },
      clock: true,
      failures: false,
      checkFailed: ({ error }) => {
        throw error;
      },
    },
    finds: /in this order/,
  },
  'three callers: a reader sees an answer to a question that was taken back': {
    options: withObjects({ question: 'open' }),
    exploration: {
      run: {
        asker: () => put('question', 'taken back'),
        answerer: async () => {
          if ((await get('question')).text === 'open') await put('answer', 'yes');
        },
        reader: async () => {
          const question = (await get('question')).text;
          return `${question}, ${await textOrNone('answer')}`;
        },
      },
      check: (way) => {
        if (valuesOf(way)['reader'] === 'taken back, yes') throw new Error('an answer without a question');
      },
    },
    finds: /in this order/,
  },
  'two callers of SDK v2 lose an update': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            const { Body } = await sdkV2.getObject({ Bucket, Key: 'words' }).promise();
            await sdkV2.putObject({ Bucket, Key: 'words', Body: `${String(Body)} ${name}` }).promise();
          },
        ]),
      ),
      check: expectWords('words', ['none', 'first', 'second']),
    },
    finds: /in this order/,
  },
  'fetch is used without a look at the status': {
    options: withObjects(),
    exploration: {
      run: async () => {
        const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'report' }));
        await fetch(url, { method: 'PUT', body: 'text' });
      },
      check: expectText('report', 'text'),
    },
    finds: /PutObject vault\/report/,
  },
  'minio: an object is looked for and then written': {
    options: withObjects(),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            const isThere = await minio.statObject(Bucket, 'job').then(
              () => true,
              () => false,
            );
            if (!isThere) await minio.putObject(Bucket, 'job', name);
            return !isThere;
          },
        ]),
      ),
      check: (way) => {
        if (Object.values(valuesOf(way)).every(Boolean)) throw new Error('both have the job');
      },
    },
    finds: /in this order/,
  },
  'lib-storage: two callers append by an upload': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            const { text } = await get('words');
            await new Upload({ client, params: { Bucket, Key: 'words', Body: `${text} ${name}` } }).done();
          },
        ]),
      ),
      check: expectWords('words', ['none', 'first', 'second']),
    },
    finds: /in this order/,
  },
  'a lock that its holder removes after it was given to another': {
    options: { now: '2026-03-01T12:00:00Z', ...withObjects({ lock: 'a' }) },
    exploration: {
      run: {
        holder: async () => {
          if ((await textOrNone('lock')) === 'a') await remove('lock');
        },
        breaker: async () => {
          await remove('lock');
          return claim('lock', 'b');
        },
      },
      check: (way) => {
        if (valuesOf(way)['breaker'] === true && textOf(way, 'lock') !== 'b') throw new Error('the lock of b is gone');
      },
    },
    finds: /in this order/,
  },
  'a copy in parts forgets the source that changed': {
    options: withObjects({ source: 'ab' }),
    exploration: {
      run: {
        copier: async () => {
          const part = async (Range: string) => {
            const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'source', Range }));
            return (await Body?.transformToString()) ?? '';
          };
          await put('target', (await part('bytes=0-0')) + (await part('bytes=1-1')));
        },
        writer: async () => {
          await client.send(new CopyObjectCommand({ Bucket, Key: 'old', CopySource: `${Bucket}/source` }));
          await put('source', 'xy');
        },
      },
      check: (way) => {
        if (!['ab', 'xy'].includes(textOf(way, 'target') ?? '')) throw new Error(`target is ${textOf(way, 'target')}`);
      },
    },
    finds: /in this order/,
  },
};
