import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import AwsS3 from 'aws-sdk/clients/s3';
import { Pool } from 'undici';
import { type Exploration, mockS3, type Way } from '../../../src';
import { client } from '../programs/program';

process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

const Bucket = 'vault';
const s3 = mockS3({ buckets: { [Bucket]: { objects: { count: '0' } } } });
// A way takes milliseconds, and on a busy machine a hundred times as long.
jest.setTimeout(60_000);
beforeEach(() => s3.reset());
afterAll(() => s3.stop());

interface Client {
  readonly get: (key: string) => Promise<string>;
  readonly put: (key: string, text: string) => Promise<unknown>;
  /** Returns whether there was no such object before. */
  readonly create: (key: string, text: string) => Promise<boolean>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A client that sends presigned requests. */
function presigned(
  send: (method: 'GET' | 'PUT', url: URL, headers: Record<string, string>, body?: string) => Promise<Answer>,
) {
  const succeed = (answer: Answer) => {
    if (answer.status !== 200) throw new Error(`S3 answered ${answer.status}`);
    return answer;
  };
  const sendPut = async (input: PutObjectCommandInput, headers: Record<string, string>) => {
    const url = await getSignedUrl(client, new PutObjectCommand(input));
    return send('PUT', new URL(url), headers, String(input.Body));
  };
  return {
    get: async (Key: string) => {
      const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key }));
      return succeed(await send('GET', new URL(url), {})).text;
    },
    put: async (Key: string, Body: string) => succeed(await sendPut({ Bucket, Key, Body }, {})),
    create: async (Key: string, Body: string) => {
      const answer = await sendPut({ Bucket, Key, Body, IfNoneMatch: '*' }, { 'if-none-match': '*' });
      return answer.status !== 412 && succeed(answer).status === 200;
    },
  };
}

const byFetch = presigned(async (method, url, headers, body) => {
  const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  return { status: answer.status, text: await answer.text() };
});

const pool = new Pool(`https://${Bucket}.s3.us-east-1.amazonaws.com`, { connections: 2 });
afterAll(() => pool.close());
const byUndici = presigned(async (method, { pathname, search }, headers, body) => {
  const path = pathname + search;
  const answer = await pool.request({ method, path, headers, ...(body !== undefined && { body }) });
  return { status: answer.statusCode, text: await answer.body.text() };
});

const sdkV2 = new AwsS3({ maxRetries: 0 });
const bySdkV2: Client = {
  get: async (Key) => String((await sdkV2.getObject({ Bucket, Key }).promise()).Body),
  put: (Key, Body) => sdkV2.putObject({ Bucket, Key, Body }).promise(),
  create: async (Key, Body) => {
    try {
      await sdkV2.putObject({ Bucket, Key, Body, IfNoneMatch: '*' }).promise();
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'PreconditionFailed') return false;
      throw error;
    }
  },
};

const clients: readonly (readonly [name: string, client: Client])[] = [
  ['fetch', byFetch],
  ['a pool of undici', byUndici],
  ['SDK v2', bySdkV2],
];

/** An exploration with time for a machine that is busy. */
function explore(exploration: Exploration) {
  return s3.explore({ timeout: 60_000, ...exploration });
}

async function failureOf(exploration: Exploration): Promise<string> {
  const error: unknown = await explore(exploration).catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : 'no failure';
}

function textIs(expected: string): (way: Way) => void {
  return ({ world }) => {
    const text = world.bucket(Bucket).object('count').text();
    if (text !== expected) throw new Error(`the count is ${text}`);
  };
}

describe.each(clients)('explorations by %s', (_, { get, put, create }) => {
  async function add(): Promise<void> {
    await put('count', `${Number(await get('count')) + 1}`);
  }

  it('find the order in which two callers lose an update', async () => {
    expect(await failureOf({ run: { first: add, second: add }, check: textIs('2') })).toBe(
      [
        'first beside second does not hold in this order of 4 requests',
        '  first                              second',
        '  1. GetObject  vault/count  200',
        '                                     2. GetObject  vault/count  200',
        '                                     3. PutObject  vault/count  200',
        '  4. PutObject  vault/count  200',
        '  the count is 1',
        "Before it, 1 order held. With all: true, the rest is tried too. This order alone: s3.explore({ …, only: 'first > second*2 > first' })",
      ].join('\n'),
    );
  });

  it('find nothing if a condition lets one caller create the object', async () => {
    const run = { first: () => create('lock', 'first'), second: () => create('lock', 'second') };
    const owners: unknown[] = [];
    const result = await explore({
      run,
      check: ({ world, results }) => {
        owners.push(world.bucket(Bucket).object('lock').text());
        expect(
          Object.values(results)
            .map(({ value }) => value)
            .toSorted(),
        ).toEqual([false, true]);
      },
    });
    expect({ result, owners: new Set(owners.slice(2)) }).toEqual({
      result: { ways: 2, tried: 2, judged: 2, complete: true, callers: 'share memory' },
      owners: new Set(['first', 'second']),
    });
  });

  it('find what a restart counts twice', async () => {
    const text = await failureOf({ run: add, again: true, check: textIs('1') });
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'add() does not survive this: the connection is lost after S3 applied PutObject vault/count',
        '  the count is 2',
      ]),
    );
  });
});

describe('an upload of lib-storage', () => {
  const run = () => new Upload({ client, params: { Bucket, Key: 'film', Body: Buffer.alloc(6 * 1024 * 1024) } }).done();

  async function listUploads() {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    return Uploads;
  }
  const check = async ({ world }: Way) => {
    const keys = world.bucket(Bucket).keys;
    expect({ keys, uploads: await listUploads() }).toEqual({ keys: ['count', 'film'], uploads: [] });
  };

  it('leaves its parts in the bucket if the process ends, although the next run succeeds', async () => {
    const text = await failureOf({ run, again: true, check, failures: ['fail', 'crash after'] });
    expect(text).toContain('the process ends after S3 applied CreateMultipartUpload vault/film');
  });

  it('survives each failure if the next run aborts what is left', async () => {
    const again = async () => {
      for (const { Key, UploadId } of await listUploads())
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      await run();
    };
    const { ways, tried } = await explore({ run, again, check });
    expect({ tried, isMoreThanTwenty: tried > 20 }).toEqual({ tried: ways, isMoreThanTwenty: true });
  });
});
