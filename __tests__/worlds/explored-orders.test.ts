import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type Exploration, type MockS3, type MockS3Options, mockS3, type Way } from '../../src';
import { Bucket, get, put, remove } from './programs/objects';
import { client } from './programs/program';

jest.setTimeout(60_000);

let s3: MockS3;
afterEach(() => s3.stop());

function start(options: MockS3Options): void {
  s3 = mockS3(options);
}

async function failureOf(exploration: Exploration): Promise<string> {
  const error: unknown = await s3.explore({ timeout: 50_000, ...exploration }).catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : 'no failure';
}

function textIn({ world }: Way, key: string): string | undefined {
  const bucket = world.bucket(Bucket);
  return bucket.keys.includes(key) ? bucket.object(key).text() : undefined;
}

const addOne = (bucket: string) => async () => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'count' }));
  const count = Number(await Body?.transformToString());
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'count', Body: String(count + 1) }));
};

const isTwo = (way: Way) => expect(textIn(way, 'count')).toBe('2');

describe('what a request touches', () => {
  it.each([
    ['the ARN', () => 'arn:aws:s3:us-east-1:000000000000:accesspoint/app'],
    ['the alias', () => s3.bucket(Bucket).accessPoints?.['app']?.alias ?? ''],
  ])('is the object, also by %s of an access point', async (_by, point) => {
    start({ buckets: { [Bucket]: { objects: { count: '0' }, accessPoints: { app: {} } } } });
    const run = { byName: addOne(Bucket), byPoint: addOne(point()) };
    expect(await failureOf({ run, callers: 'share nothing', check: isTwo })).toContain('in this order of 4 requests');
  });

  it('is what a handler of its event touches', async () => {
    const counter = 'arn:aws:lambda:us-east-1:000000000000:function:count';
    start({
      buckets: {
        [Bucket]: {
          objects: { total: '0' },
          notification: {
            LambdaFunctionConfigurations: [
              {
                LambdaFunctionArn: counter,
                Events: ['s3:ObjectCreated:*'],
                Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
              },
            ],
          },
        },
      },
      deliver: { [counter]: async () => put('total', String(Number((await get('total')).text) + 1)) },
    });
    const close = async () => {
      const { text } = await get('total');
      await put('report', text);
      await put('total', '0');
    };
    const check = async (way: Way) => {
      await way.world.events.settled();
      expect(Number(textIn(way, 'report')) + Number(textIn(way, 'total'))).toBe(1);
    };
    const run = { close, upload: () => put('in/a', 'text') };
    expect(await failureOf({ run, callers: 'share nothing', check })).toContain('in this order of 4 requests');
  });

  it('is the replica of what it writes', async () => {
    start({
      buckets: {
        [Bucket]: {
          versioning: 'Enabled',
          replication: {
            Role: 'arn:aws:iam::000000000000:role/replication',
            Rules: [
              {
                ID: 'all',
                Status: 'Enabled',
                Priority: 1,
                Filter: {},
                DeleteMarkerReplication: { Status: 'Disabled' },
                Destination: { Bucket: 'arn:aws:s3:::copies' },
              },
            ],
          },
        },
        copies: { versioning: 'Enabled' },
      },
    });
    const seen = new Set<boolean>();
    const look = async () => {
      const found = client.send(new GetObjectCommand({ Bucket: 'copies', Key: 'a' }));
      return found.then(
        () => true,
        () => false,
      );
    };
    const check = ({ results }: Way) => void seen.add(results['look']?.value === true);
    await s3.explore({ run: { write: () => put('a', 'text'), look }, callers: 'share nothing', check });
    expect([...seen].toSorted()).toEqual([false, true]);
  });

  it('is all that depends on the time, if it moves the clock', async () => {
    start({ now: '2026-03-31T07:35:05Z', buckets: { [Bucket]: { objects: { a: 'text' } } } });
    const seen = new Set<string>();
    const run: Exploration['run'] = {
      read: async ({ world }) => {
        await get('a');
        return world.clock.now().toISOString();
      },
      later: async ({ world }) => {
        await get('a');
        world.clock.advance({ minutes: 1 });
      },
    };
    const check = ({ results }: Way) => void seen.add(String(results['read']?.value));
    await s3.explore({ run, callers: 'share nothing', check });
    expect([...seen].toSorted()).toEqual(['2026-03-31T07:35:05.000Z', '2026-03-31T07:36:05.000Z']);
  });
});

describe('callers that share memory', () => {
  let buffer = '';
  const flush = async () => {
    await put('log', buffer);
    buffer = '';
  };
  const append = async () => {
    await get('conf');
    buffer += 'second ';
  };
  const restart = () => {
    buffer = 'first ';
  };
  const check = (way: Way) => expect(`${textIn(way, 'log')}${buffer}`).toContain('second');
  const begin = () => start({ buckets: { [Bucket]: { objects: { conf: 'text' } } } });

  it.each([
    ['flush is named first', { flush, append }],
    ['append is named first', { append, flush }],
    ['they have other names', { a: append, b: flush }],
  ])('are tried in the same orders if %s', async (_case, run) => {
    begin();
    const message = await failureOf({ run, restart, check });
    expect(message).toContain('does not hold in this order of 2 requests');
  });

  it('are tried in the same orders, one after another, whatever their names are', async () => {
    const listOrders = async (run: Exploration['run']) => {
      start({ buckets: { [Bucket]: { objects: { count: '0' } } } });
      const orders: string[] = [];
      const check = ({ world }: Way) => void orders.push(world.requests.map(({ operation }) => operation).join());
      await s3.explore({ run, callers: 'share nothing', check });
      await s3.stop();
      return orders;
    };
    const write = () => put('count', '1');
    const read = () => get('count');
    const orders = await listOrders({ a: write, b: read });
    expect(await listOrders({ b: read, a: write })).toEqual(orders);
    expect(await listOrders({ a: read, b: write })).toEqual(orders);
  });

  it('can be said to share nothing', async () => {
    begin();
    const holds = ({ outcome }: Way) => expect(outcome).toBe('resolved');
    expect(await s3.explore({ run: { flush, append }, restart, check: holds, callers: 'share nothing' })).toEqual({
      ...{ ways: 1, tried: 1, judged: 1, complete: true },
      callers: 'share nothing',
    });
  });

  it('are tried in all orders if they are said to', async () => {
    start({ buckets: { [Bucket]: {} } });
    const write = (name: string) => async () => {
      for (const key of ['1', '2']) await put(`${name}/${key}`, 'text');
    };
    const run = { a: write('a'), b: write('b') };
    const all = { ...{ ways: 6, tried: 6, judged: 6, complete: true }, callers: 'share memory' };
    expect(await s3.explore({ run, callers: 'share memory' })).toEqual(all);
    expect(await failureOf({ run, callers: 'share memory', limit: 3 })).toMatch(
      /^explore: 3 of at least \d+ ways were tried, and all of these hold. The limit of 3 ways ended the search./,
    );
  });
});

describe('the restart of one of several callers', () => {
  it('runs by the name of its way', async () => {
    start({ buckets: { [Bucket]: { objects: { count: '0' } } } });
    const run = { a: addOne(Bucket), b: addOne(Bucket) };
    const options: Exploration = { run, again: true, failures: ['crash after'], of: 'PutObject', check: isTwo };
    const message = await failureOf(options);
    const [, only = ''] = /only: '(.*)' }\)$/.exec(message) ?? [];
    expect(only).toContain('again');
    expect((await failureOf({ ...options, only })).split('\n')[0]).toBe(message.split('\n')[0]);
  });
});

describe('the clock as a caller', () => {
  it('is no reason for requests of different keys to be tried in both orders', async () => {
    start({
      now: '2026-03-31T07:35:05Z',
      buckets: {
        [Bucket]: {
          objectLock: true,
          objects: {
            kept: { body: 'text', retention: { Mode: 'COMPLIANCE', RetainUntilDate: '2026-04-02T00:00:00Z' } },
          },
        },
      },
    });
    const run = { first: () => put('a', 'text'), second: () => put('b', 'text') };
    const { ways } = await s3.explore({ run, clock: true, callers: 'share nothing', check: () => {} });
    // The clock moves before both, between them, whichever is first, or after both.
    expect(ways).toBe(4);
  });

  it('moves to what is due, before, between and after the requests', async () => {
    start({
      now: '2026-03-31T07:35:05Z',
      buckets: {
        [Bucket]: {
          objects: { 'tmp/a': 'text' },
          lifecycle: { Rules: [{ ID: 'tmp', Status: 'Enabled', Filter: { Prefix: 'tmp/' }, Expiration: { Days: 1 } }] },
        },
      },
    });
    const copied = async () => {
      const { text } = await get('tmp/a');
      await put('b', text);
      await remove('tmp/a');
    };
    expect(await failureOf({ run: copied, failures: false, clock: true, check: () => {} })).toBe('no failure');
    const checkFailed = ({ error }: Way) => {
      throw error;
    };
    const message = await failureOf({ run: copied, failures: false, clock: true, checkFailed });
    expect(message.split('\n').slice(1, 4)).toEqual(
      ['The clock moves to 2026-04-02T00:00:00.000Z.', expect.stringContaining('404 NoSuchKey'), expect.anything()].map(
        (line) => (typeof line === 'string' ? `  ${line}` : line),
      ),
    );
  });
});
