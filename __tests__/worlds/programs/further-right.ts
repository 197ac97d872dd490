import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
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
import { Bucket, copy, exists, get, nameOf, put, remove, removeAll, retried, untilAccepted } from './objects';
import { client } from './program';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const sdkV2 = new AwsS3({ maxRetries: 0 });
const minio = new Minio({
  endPoint: 's3.us-east-1.amazonaws.com',
  accessKey: 'a',
  secretKey: 'b',
  region: 'us-east-1',
});

function addAt(bucket: string): Promise<void> {
  return untilAccepted(async () => {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'count' }));
    const text = String(Number(await Body?.transformToString()) + 1);
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'count', Body: text, IfMatch: ETag }));
  });
}

function append(key: string, word: string): Promise<void> {
  return untilAccepted(async () => {
    const { text, etag } = await get(key);
    await put(key, `${text} ${word}`, { IfMatch: etag });
  });
}

function expectWords(key: string, words: readonly string[]): (way: Way) => void {
  return (way) => {
    const text = textOf(way, key);
    if (text?.split(' ').toSorted().join() !== words.toSorted().join()) throw new Error(`${key} is ${text}`);
  };
}

const memory: { loaded: Promise<string> | undefined; mutex: Promise<void> } = {
  loaded: undefined,
  mutex: Promise.resolve(),
};
function forget(): void {
  memory.loaded = undefined;
  memory.mutex = Promise.resolve();
}

async function uploadsLeft(): Promise<readonly { readonly Key?: string; readonly UploadId?: string }[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  return Uploads as readonly { readonly Key?: string; readonly UploadId?: string }[];
}

/** Small programs without a mistake, in each order and failure that their options name. */
export const furtherRight: Readonly<Record<string, FurtherProgram>> = {
  'an update with a condition through the alias of an access point': {
    options: withPoint({ count: '0' }),
    exploration: { run: { direct: () => addAt(Bucket), point: () => addAt(alias) }, check: expectText('count', '2') },
  },
  'a version that is archived and then deleted by its id': {
    options: { buckets: { [Bucket]: { versioning: 'Enabled', objects: { inbox: 'a' } } } },
    exploration: {
      run: {
        archive: async () => {
          const { VersionId = '' } = await client.send(new HeadObjectCommand({ Bucket, Key: 'inbox' }));
          const CopySource = `${Bucket}/inbox?versionId=${VersionId}`;
          await client.send(new CopyObjectCommand({ Bucket, Key: 'archive', CopySource }));
          await removeVersion('inbox', VersionId);
        },
        writer: () => put('inbox', 'b'),
      },
      check: (way) => {
        if (![textOf(way, 'inbox'), textOf(way, 'archive')].includes('b')) throw new Error('b is lost');
      },
    },
  },
  'a reader of the replica who only reads': {
    options: withReplica({ page: 'old' }),
    exploration: {
      run: {
        writer: () => put('page', 'new'),
        reader: async () => {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: 'replica', Key: 'page' }));
          return Body?.transformToString();
        },
      },
      check: (way) => {
        if (!['old', 'new'].includes(String(valuesOf(way)['reader']))) throw new Error('the page is neither');
      },
    },
  },
  'a function that appends with a condition beside a clerk': {
    options: withHandler({ total: 'none' }, lambdaArn, () => append('total', 'counted')),
    exploration: {
      run: { upload: () => put('in/a', 'a'), clerk: () => append('total', 'checked') },
      check: async (way) => {
        await way.world.events.settled();
        expectWords('total', ['none', 'counted', 'checked'])(way);
      },
    },
  },
  'a lease whose holder writes with a condition': {
    options: { now: '2026-03-01T12:00:00Z', ...withObjects({ words: 'none' }) },
    exploration: {
      run: {
        ...Object.fromEntries(
          ['first', 'second'].map((name) => [
            name,
            async ({ world }: { world: Way['world'] }) => {
              const { text, etag } = await get('words');
              const until = await textOrNone('lease');
              const now = Number(world.clock.now());
              if (until !== 'none' && Number(until) > now) return false;
              await put('lease', String(now + 60_000));
              try {
                await put('words', `${text} ${name}`, { IfMatch: etag });
                return true;
              } catch (error) {
                if (nameOf(error) === 'PreconditionFailed') return false;
                throw error;
              }
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
  },
  'a promise that is forgotten when it rejects': {
    options: withObjects({ settings: 'on' }),
    exploration: {
      run: () =>
        retried(async () => {
          memory.loaded ??= get('settings').then(({ text }) => text);
          const text = await memory.loaded.catch((error: unknown) => {
            memory.loaded = undefined;
            throw error;
          });
          await put('copy', text);
        }),
      restart: forget,
      failures: ['fail', 'disconnect'],
      mustSucceed: true,
      check: expectText('copy', 'on'),
    },
  },
  'a lock in memory that opens after an error, too': {
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
            try {
              const { text } = await get('words');
              await put('words', `${text} ${name}`);
            } finally {
              open();
            }
          },
        ]),
      ),
      restart: forget,
      callers: 'share memory',
      failures: ['fail'],
      of: 'PutObject',
      check: expectWords('words', ['none', 'first', 'second']),
      checkFailed: ({ results }) => {
        const waiting = Object.entries(results).find(([, { outcome }]) => outcome === 'waits');
        if (waiting) throw new Error(`${waiting[0]} waits for ever`);
      },
    },
  },
  'a loop of retries that throws its last error': {
    options: withObjects(),
    exploration: { run: () => retried(() => put('report', 'text')), check: expectKeys(['report']) },
  },
  'a fallback after a time-out that writes the same': {
    options: withObjects(),
    exploration: {
      run: () => retried(() => inTime(put('report', 'text'))),
      failures: ['late', 'no answer'],
      mustSucceed: true,
      check: expectKeys(['report']),
    },
  },
  'retries with the time-out of an SDK': {
    options: withObjects({ draft: 'text' }),
    exploration: {
      run: () =>
        retried(async () => {
          const abortSignal = AbortSignal.timeout(300);
          await client.send(new CopyObjectCommand({ Bucket, Key: 'final', CopySource: `${Bucket}/draft` }), {
            abortSignal,
          });
        }),
      mustSucceed: true,
      check: expectText('final', 'text'),
    },
  },
  'writes that are all awaited before they are compensated': {
    options: withObjects(),
    exploration: {
      run: async () => {
        const results = await Promise.allSettled([put('a', '1'), put('b', '2')]);
        const failed = results.find(({ status }) => status === 'rejected');
        if (failed === undefined) return;
        await removeAll(['a', 'b']);
        throw new Error('nothing was written');
      },
      failures: ['fail', 'deny', 'disconnect'],
      of: 'PutObject',
      checkFailed: expectKeys([]),
    },
  },
  'an upload that begins by giving up what was left': {
    options: withObjects(),
    exploration: {
      run: async () => {
        for (const { Key, UploadId } of await uploadsLeft())
          await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        const Key = 'film';
        const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'text' };
        const { ETag } = await client.send(new UploadPartCommand(part));
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
        await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
      },
      again: true,
      check: async (way) => {
        expectText('film', 'text')(way);
        const { length } = await uploadsLeft();
        if (length > 0) throw new Error(`${length} upload is left`);
      },
    },
  },
  'a move that survives two failures': {
    options: withObjects({ draft: 'text' }),
    exploration: {
      run: async () => {
        if (!(await exists('draft'))) return;
        await copy('draft', 'final');
        await remove('draft');
      },
      again: true,
      failures: ['fail', 'disconnect', 'crash'],
      pairs: true,
      check: expectKeys(['final']),
    },
  },
  'a restart beside another that knows its own claim': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            if (!(await claim('job', name)) && (await get('job')).text !== name) return;
            await put('done', name);
          },
        ]),
      ),
      again: true,
      failures: ['crash'],
      check: (way) => {
        if (textOf(way, 'done') !== textOf(way, 'job')) throw new Error('the job was done by another');
      },
    },
  },
  'an erasure that begins with a marker, and then the oldest version': {
    options: { buckets: { [Bucket]: { versioning: 'Enabled', objects: { secret: ['old', 'new'] } } } },
    exploration: {
      run: async () => {
        if ((await versionsOf('secret'))[0]?.isMarker === false) await remove('secret');
        for (const { id } of (await versionsOf('secret')).toReversed()) await removeVersion('secret', id);
      },
      again: true,
      check: async ({ world }) => {
        if (world.bucket(Bucket).keys.length > 0) throw new Error('the secret is there');
        if ((await versionsOf('secret')).length > 0) throw new Error('a version is there');
      },
      failures: ['fail', 'disconnect', 'crash', 'late', 'no answer'],
    },
  },
  'a retention that comes with the write': {
    options: { buckets: { [Bucket]: { objectLock: true } } },
    exploration: {
      run: () =>
        put('ledger', 'text', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: new Date('2100-01-01') }),
      checkFailed: async ({ world }) => {
        const vault = world.bucket(Bucket);
        if (!vault.keys.includes('ledger')) return;
        const { ObjectLockMode } = await client.send(new HeadObjectCommand({ Bucket, Key: 'ledger' }));
        if (ObjectLockMode === undefined) throw new Error('the ledger is not locked');
      },
    },
  },
  'pages that are read while another adds behind': {
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
        writer: () => put('q/d', '1'),
      },
      check: (way) => {
        if (![3, 4].includes(Number(valuesOf(way)['count']))) throw new Error(`${String(valuesOf(way)['count'])}`);
      },
    },
  },
  'a session that is renewed when it has ended': {
    options: {
      now: '2026-03-01T12:00:00Z',
      roles: {
        worker: { policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
      },
      ...withObjects(),
    },
    exploration: {
      run: async () => {
        for (const Key of ['a', 'b'])
          for (;;) {
            const sts = new STSClient({ region: 'us-east-1', maxAttempts: 1 });
            const { Credentials } = await sts.send(
              new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/worker', RoleSessionName: 'job' }),
            );
            const credentials = {
              accessKeyId: Credentials?.AccessKeyId ?? '',
              secretAccessKey: Credentials?.SecretAccessKey ?? '',
              sessionToken: Credentials?.SessionToken ?? '',
            };
            try {
              const session = new S3Client({ region: 'us-east-1', maxAttempts: 1, credentials });
              await session.send(new PutObjectCommand({ Bucket, Key, Body: '1' }));
              break;
            } catch (error) {
              if (nameOf(error) !== 'ExpiredToken') throw error;
            }
          }
      },
      clock: true,
      failures: false,
      incomplete: true,
      limit: 100,
      check: expectKeys(['a', 'b']),
    },
  },
  'three callers that append with a condition': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, () => append('words', name)])),
      callers: 'share nothing',
      check: expectWords('words', ['none', 'a', 'b', 'c']),
    },
  },
  'fetch with a condition, beside minio and SDK v2 that read': {
    options: withObjects({ report: 'old' }),
    exploration: {
      run: {
        fetch: async () => {
          const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: 'report' }));
          const { status } = await fetch(url, { method: 'PUT', body: 'new' });
          if (status !== 200) throw new Error(`S3 answered ${status}`);
        },
        minio: async () => {
          const chunks = await minio.getObject(Bucket, 'report').then((stream) => stream.toArray());
          return Buffer.concat(chunks).toString();
        },
        sdkV2: async () => String((await sdkV2.getObject({ Bucket, Key: 'report' }).promise()).Body),
      },
      check: (way) => {
        const { minio: one, sdkV2: other } = valuesOf(way);
        for (const text of [one, other]) if (!['old', 'new'].includes(String(text))) throw new Error(String(text));
      },
    },
  },
  'a lock that is polled until its holder has removed it': {
    options: withObjects({ words: 'none' }),
    exploration: {
      run: Object.fromEntries(
        ['first', 'second'].map((name) => [
          name,
          async () => {
            for (let asked = 0; asked < 3; asked += 1) {
              if (await claim('lock', name)) {
                const { text } = await get('words');
                await put('words', `${text} ${name}`);
                await remove('lock');
                return true;
              }
            }
            return false;
          },
        ]),
      ),
      check: (way) => {
        const holders = Object.entries(valuesOf(way)).flatMap(([name, value]) => (value === true ? [name] : []));
        expectWords('words', ['none', ...holders])(way);
      },
    },
  },
};
