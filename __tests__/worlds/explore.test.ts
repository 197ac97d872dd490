import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Exploration, type ExplorationResult, type FailureKind, mockS3, type Way } from '../../src';
import { Bucket, copy, get, list, put, remove, removeAll, retried } from './programs/objects';
import { client } from './programs/program';

const s3 = mockS3({ buckets: { [Bucket]: { objects: { draft: 'text' } } } });
// A way takes milliseconds, and on a busy machine a hundred times as long.
jest.setTimeout(60_000);
beforeEach(() => s3.reset());
afterAll(() => s3.stop());

async function move() {
  await copy('draft', 'final');
  await remove('draft');
}

/** An exploration with time for a machine that is busy. */
function explore(exploration: Exploration) {
  return s3.explore({ timeout: 60_000, ...exploration });
}

async function failureOf(exploration: Exploration): Promise<string> {
  const error: unknown = await explore(exploration).catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : 'no failure';
}

const noCheck = () => {};

/** The result of an exploration that tried and judged all ways. */
function all(ways: number, callers?: ExplorationResult['callers']): ExplorationResult {
  return { ways, tried: ways, judged: ways, complete: true, ...(callers && { callers }) };
}

/** Explores, and returns what `read` makes of each way, in their order. The runs without a failure are left out. */
async function collect<Read>(exploration: Exploration, read: (way: Way) => Read): Promise<Read[]> {
  const ways: Read[] = [];
  const check = (way: Way) => {
    if (way.name !== '') ways.push(read(way));
  };
  await explore({ check, checkFailed: check, ...exploration });
  return ways;
}

function textIn({ world }: Way, key: string): string | undefined {
  const vault = world.bucket(Bucket);
  return vault.keys.includes(key) ? vault.object(key).text() : undefined;
}

describe('the failures of a request', () => {
  it.each<{ readonly run: () => Promise<unknown>; readonly name: string; readonly kinds: readonly FailureKind[] }>([
    {
      name: 'a write without a body in its answer',
      run: () => put('report', 'text'),
      kinds: [
        ...(['fail', 'fail', 'fail', 'lasting', 'deny', 'disconnect before', 'disconnect after'] as const),
        ...(['no answer before', 'no answer after', 'crash before', 'crash after'] as const),
      ],
    },
    {
      name: 'a read',
      run: () => get('draft'),
      kinds: [
        ...(['fail', 'fail', 'fail', 'lasting', 'deny', 'disconnect before', 'disconnect during'] as const),
        ...(['no answer before', 'corrupt', 'crash before'] as const),
      ],
    },
    {
      name: 'a copy',
      run: () => copy('draft', 'final'),
      kinds: [
        ...(['fail', 'fail', 'fail', 'lasting', 'deny', 'disconnect before', 'disconnect during'] as const),
        ...(['disconnect after', 'no answer before', 'no answer after', 'corrupt'] as const),
        ...(['error in 200', 'crash before', 'crash after'] as const),
      ],
    },
    {
      name: 'a read of what is not there',
      run: () => get('none').catch(() => undefined),
      kinds: ['fail', 'fail', 'fail', 'lasting', 'deny', 'disconnect before', 'no answer before', 'crash before'],
    },
  ])('$name', async ({ run, kinds }) => {
    expect(await collect({ run }, ({ failure }) => failure)).toEqual(kinds);
  });

  it('each entry of a batch fails alone', async () => {
    const ways = await collect({ run: () => removeAll(['draft', 'other']), failures: ['fail entry'] }, (way) => ({
      name: way.name,
      left: way.world.bucket(Bucket).keys,
      refused: way.results['run']?.value,
    }));
    expect(ways).toEqual([
      { name: 'DeleteObjects vault, fail entry draft', left: ['draft'], refused: ['draft'] },
      { name: 'DeleteObjects vault, fail entry other', left: [], refused: ['other'] },
    ]);
  });
});

describe('what a failure does', () => {
  it.each<{ readonly failure: FailureKind; readonly outcome: string; readonly error: unknown; readonly text: unknown }>(
    [
      { failure: 'fail', outcome: 'rejected', error: 'InternalError', text: undefined },
      { failure: 'deny', outcome: 'rejected', error: 'AccessDenied', text: undefined },
      { failure: 'disconnect before', outcome: 'rejected', error: 'TimeoutError', text: undefined },
      { failure: 'disconnect after', outcome: 'rejected', error: 'TimeoutError', text: 'text' },
      { failure: 'crash before', outcome: 'crashed', error: undefined, text: undefined },
      { failure: 'crash after', outcome: 'crashed', error: undefined, text: 'text' },
    ],
  )('$failure', async ({ failure, ...expected }) => {
    const [ways] = await collect({ run: () => put('report', 'text'), failures: [failure] }, (way) => ({
      outcome: way.outcome,
      error: way.error instanceof Error ? way.error.name : way.error,
      text: textIn(way, 'report'),
    }));
    expect(ways).toEqual(expected);
  });

  it('holds for all attempts of an SDK', async () => {
    const repeating = new S3Client({ region: 'us-east-1', maxAttempts: 3 });
    const run = () => repeating.send(new PutObjectCommand({ Bucket, Key: 'report', Body: 'text' }));
    const ways = await collect({ run, failures: ['disconnect before'] }, ({ outcome, world }) => ({
      outcome,
      attempts: world.requests.length,
    }));
    expect(ways).toEqual([{ outcome: 'rejected', attempts: 3 }]);
  });

  it('does not hold for a request that the code makes anew', async () => {
    const run = () => retried(() => put('report', 'text'));
    const ways = await collect({ run, failures: ['fail'] }, ({ outcome, world }) => ({
      outcome,
      statuses: world.requests.map(({ status }) => status),
    }));
    expect(ways).toEqual([500, 503, 400].map((status) => ({ outcome: 'resolved', statuses: [status, 200] })));
  });
});

describe('a crash', () => {
  it('leaves what the dead run still sends without an answer, and applies none of it', async () => {
    const run = () => Promise.all([put('a', '1'), put('b', '2'), put('c', '3')]);
    const ways = await collect(
      { run, failures: ['crash before'], of: ['PutObject', { Key: 'b' }] },
      ({ outcome, world }) => ({
        outcome,
        keys: world.bucket(Bucket).keys,
      }),
    );
    expect(ways).toEqual([{ outcome: 'crashed', keys: ['a', 'draft'] }]);
  });

  it('is followed by the restart at once', async () => {
    const again = () => put('final', 'of the restart');
    const ways = await collect(
      { run: move, failures: ['crash after'], of: 'CopyObject', again, checkFailed: undefined },
      (way) => ({ outcome: way.outcome, text: textIn(way, 'final'), draft: textIn(way, 'draft') }),
    );
    expect(ways).toEqual([{ outcome: 'crashed', text: 'of the restart', draft: 'text' }]);
  });

  it('fills no pool of connections', async () => {
    const few = new S3Client({
      region: 'us-east-1',
      maxAttempts: 1,
      requestHandler: { httpsAgent: { maxSockets: 2 } },
    });
    const run = async () => {
      for (const Key of ['a', 'b', 'c', 'd', 'e']) await few.send(new PutObjectCommand({ Bucket, Key, Body: 'text' }));
    };
    expect(await explore({ run, failures: ['crash before'], checkFailed: noCheck })).toEqual(all(5));
  });

  it('ignores what the dead run rejects with', async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', note);
    await explore({ run: move, failures: ['crash'], checkFailed: noCheck });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  });
});

describe('what has to hold', () => {
  it('the run without a failure has to resolve', async () => {
    expect(await failureOf({ run: () => get('none'), check: noCheck })).toBe(
      [
        'The code does not hold without a failure, so nothing was tried',
        '  1. GetObject  vault/none  404 NoSuchKey',
        '  The run failed: NoSuchKey: The specified key does not exist.',
        '  The run has to resolve.',
      ].join('\n'),
    );
  });

  it('check after a run that resolved', async () => {
    const run = () => put('report', 'text').catch(() => undefined);
    const check = (way: Way) => expect(textIn(way, 'report') ?? 'nothing').toBe('text');
    expect(await failureOf({ run, check, failures: ['deny'] })).toMatch(
      /^The code does not survive this: PutObject vault\/report fails with AccessDenied\n {2}1. PutObject {2}vault\/report {2}403 AccessDenied\n/,
    );
  });

  it('checkFailed after a run that rejected', async () => {
    const checkFailed = () => {
      throw new Error('this does not hold');
    };
    expect(await failureOf({ run: move, checkFailed, only: 'DeleteObject vault/draft, fail' })).toBe(
      [
        'move() does not survive this: DeleteObject vault/draft fails with InternalError',
        '  1. CopyObject    vault/final  200',
        '  2. DeleteObject  vault/draft  500 InternalError',
        '  The run failed: InternalError: We encountered an internal error. Please try again.',
        '  this does not hold',
        "It is the first way that was tried. With all: true, the rest is tried too. This way alone: s3.explore({ …, only: 'DeleteObject vault/draft, fail' })",
      ].join('\n'),
    );
  });

  it('tells what S3 answered if the answer was lost', async () => {
    const checkFailed = () => {
      throw new Error('this does not hold');
    };
    expect(await failureOf({ run: move, checkFailed, only: 'DeleteObject vault/draft, disconnect after' })).toContain(
      '  2. DeleteObject  vault/draft  204, connection lost before any answer',
    );
  });

  it('is the cause of the error, which is not listed among its members', async () => {
    const cause = new Error('this does not hold');
    const check = () => {
      throw cause;
    };
    const error: unknown = await explore({ run: move, check }).catch((thrown: unknown) => thrown);
    expect({ error, members: Object.keys(error as object) }).toMatchObject({ error: { cause }, members: ['code'] });
  });

  it('the restart has to resolve', async () => {
    expect(await failureOf({ run: move, again: true, only: 'DeleteObject vault/draft, crash after' })).toBe(
      [
        'move() does not survive this: the process ends after S3 applied DeleteObject vault/draft',
        '  1. CopyObject    vault/final  200',
        '  2. DeleteObject  vault/draft  204, but the process ended before the answer',
        '  The process ended. It ran again, and failed with NoSuchKey: The specified key does not exist:',
        '  3. CopyObject    vault/final  404 NoSuchKey',
        '  The run after a restart has to resolve.',
        "It is the first way that was tried. With all: true, the rest is tried too. This way alone: s3.explore({ …, only: 'DeleteObject vault/draft, crash after' })",
      ].join('\n'),
    );
  });

  it('each run, if retries have to succeed', async () => {
    const run = () => put('report', 'text');
    expect(await failureOf({ run, mustSucceed: true, failures: ['fail'] })).toContain(
      'PutObject vault/report fails with InternalError',
    );
    const failures = ['fail', 'disconnect'] as const;
    expect(await explore({ run: () => retried(run), mustSucceed: true, failures })).toEqual(all(5));
  });
});

describe('handlers of events', () => {
  it('end their work, and their requests get no failure', async () => {
    const source = 'arn:aws:lambda:us-east-1:000000000000:function:copy';
    s3.bucket(Bucket).notification = {
      LambdaFunctionConfigurations: [
        {
          LambdaFunctionArn: source,
          Events: ['s3:ObjectCreated:*'],
          Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
        },
      ],
    };
    s3.deliverTo(source, () => put('out', 'copy'));
    const keys: unknown[] = [];
    const check = async ({ world }: Way) => {
      await world.events.settled();
      keys.push(world.bucket(Bucket).keys);
    };
    const result = await explore({
      run: () => put('in/report', 'text'),
      failures: ['disconnect after'],
      checkFailed: check,
    });
    expect({ result, keys }).toEqual({ result: all(1), keys: [['draft', 'in/report', 'out']] });
  });
});

describe('the state', () => {
  it('begins each way as it was at the call, and is as before at the end', async () => {
    s3.bucket(Bucket).put('early', '1');
    const states = await collect({ run: move, failures: ['deny'] }, ({ world }) => world.bucket(Bucket).keys);
    expect({ states, after: s3.bucket(Bucket).keys, requests: s3.requests.length }).toEqual({
      states: [
        ['draft', 'early'],
        ['draft', 'early', 'final'],
      ],
      after: ['draft', 'early'],
      requests: 0,
    });
  });

  it('has the rules of the test', async () => {
    s3.on('PutObject', { Key: 'final' }).fail('SlowDown', { times: 1 });
    const run = () => retried(() => put('final', 'text'));
    const statuses = await collect({ run, failures: ['fail'], of: 'PutObject' }, ({ world }) =>
      world.requests.map(({ status }) => status),
    );
    expect(statuses).toEqual([
      ...[500, 503, 400].map((status) => [status, 503, 200]),
      ...[500, 503, 400].map((status) => [503, status, 200]),
    ]);
  });

  it('answers the requests of a check without a failure', async () => {
    const texts: string[] = [];
    await explore({
      run: () => put('report', 'text'),
      failures: ['disconnect after'],
      checkFailed: async () => void texts.push((await get('report')).text),
    });
    expect(texts).toEqual(['text']);
  });
});

describe('which ways are tried', () => {
  it('those of an operation and an input', async () => {
    const names = await collect(
      { run: move, of: ['DeleteObject', { Key: 'draft' }], failures: ['lasting', 'deny'] },
      ({ name }) => name,
    );
    expect(names).toEqual(['DeleteObject vault/draft, lasting', 'DeleteObject vault/draft, deny']);
  });

  it('requests of the same name have a number', async () => {
    const run = async () => {
      await get('draft');
      await get('draft');
    };
    expect(await collect({ run, failures: ['deny'] }, ({ name }) => name)).toEqual([
      'GetObject vault/draft, deny',
      'GetObject vault/draft (2), deny',
    ]);
  });

  it('what differs between two runs has an asterisk', async () => {
    let count = 0;
    const run = () => {
      count += 1;
      return put(`logs/2026-${count}.txt`, `run ${count}`);
    };
    expect(await collect({ run, failures: ['lasting', 'deny'] }, ({ name }) => name)).toEqual([
      'PutObject vault/logs/*.txt, lasting',
      'PutObject vault/logs/*.txt, deny',
    ]);
  });

  it('a way is named whose request never comes', async () => {
    let isKnown = false;
    const run = async () => {
      if (!isKnown) await get('draft');
      isKnown = true;
    };
    const restart = () => {
      isKnown = false;
    };
    expect(await failureOf({ run, failures: ['deny'], checkFailed: noCheck })).toContain('GetObject vault/draft, deny');
    isKnown = false;
    expect(await explore({ run, failures: ['deny'], restart, checkFailed: noCheck })).toEqual(all(1));
  });

  it('the seed chooses among more ways than the limit', async () => {
    const names = () =>
      collect({ run: move, limit: 3, incomplete: true, failures: ['deny', 'crash'] }, ({ name }) => name);
    const first = await names();
    expect({ count: first.length, again: await names() }).toEqual({ count: 3, again: first });
    expect(await failureOf({ run: move, limit: 3, checkFailed: noCheck })).toContain(
      '3 of 25 ways were tried, and all of these hold. The limit of 3 ways ended the search.',
    );
  });

  it('the time ends the exploration', async () => {
    expect(await failureOf({ run: move, timeout: 1, checkFailed: noCheck })).toContain(
      'none of 25 ways was tried. The time was over after 0.1 s; timeout makes it longer.',
    );
    const result = await explore({ run: move, timeout: 1, incomplete: true });
    expect(result).toEqual({ ways: 25, tried: 0, judged: 0, complete: false });
  });

  it('an entry of a batch whose key differs has an asterisk', async () => {
    let count = 0;
    const run = () => {
      count += 1;
      return removeAll([`logs/2026-${count}.txt`, `logs/2025-${count}.txt`]);
    };
    expect(await collect({ run, failures: ['fail entry'] }, ({ name }) => name)).toEqual([
      'DeleteObjects vault, fail entry logs/*.txt',
      'DeleteObjects vault, fail entry logs/*.txt (2)',
    ]);
  });

  it('several ways run at the same time', async () => {
    expect(await explore({ run: move, concurrency: 8, checkFailed: noCheck })).toMatchObject({
      ways: 25,
      tried: 25,
      complete: true,
    });
  });
});

describe('orders', () => {
  const add = async () => {
    const { text } = await get('count');
    await put('count', String(Number(text) + 1));
  };
  const check = (way: Way) => {
    const text = textIn(way, 'count');
    if (text !== '2') throw new Error(`the count is ${text}`);
  };
  beforeEach(() => {
    s3.bucket(Bucket).put('count', '0');
  });

  it('shows the order with the fewest switches, a column for each caller', async () => {
    expect(await failureOf({ run: { first: add, second: add }, check })).toBe(
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

  it('lists all orders that do not hold, if it is to try all', async () => {
    const run = { first: add, second: add };
    expect((await failureOf({ run, check, all: true, callers: 'share nothing' })).split('\n').slice(-3)).toEqual([
      'These fail, too:',
      '  first > second > first > second',
      "2 of 4 orders hold. This order alone: s3.explore({ …, only: 'first > second*2 > first' })",
    ]);
  });

  it('names a way whole, however long it is', async () => {
    const key = `reports/${'a'.repeat(200)}`;
    const run = () => put(key, 'text').catch(() => undefined);
    const check = (way: Way) => expect(textIn(way, key) ?? 'nothing').toBe('text');
    expect(await failureOf({ run, check, failures: ['deny'] })).toContain(`only: 'PutObject vault/${key}, deny' })`);
  });

  it('runs one order alone', async () => {
    const run = { first: add, second: add };
    expect(await failureOf({ run, check, only: 'first > second*2 > first' })).toContain('the count is 1');
    expect(await explore({ run, check, only: 'second*2 > first*2' })).toEqual(all(1, 'may share memory'));
  });

  const bothOrders = { ...all(2, 'share memory'), last: new Set(['quick', 'slow']) };
  async function exploreBesideQuick(slow: () => Promise<void>) {
    const texts: unknown[] = [];
    const run = { slow, quick: () => put('count', 'quick') };
    const result = await explore({ run, check: (way) => void texts.push(textIn(way, 'count')) });
    return { ...result, last: new Set(texts.slice(2)) };
  }

  it('tries each order also if code works in a thread between its requests', async () => {
    const slow = async () => {
      await promisify(gzip)('text'.repeat(50_000));
      await put('count', 'slow');
    };
    expect(await exploreBesideQuick(slow)).toEqual(bothOrders);
  });

  it('tries each order also if the code is slower in a later run', async () => {
    let runs = 0;
    const slow = async () => {
      runs += 1;
      await new Promise((resolve) => setTimeout(resolve, runs > 2 ? 40 : 1));
      await put('count', 'slow');
    };
    expect(await exploreBesideQuick(slow)).toEqual(bothOrders);
  });

  it('tries one order of requests for different keys', async () => {
    const run = { first: () => put('a', '1'), second: () => put('b', '2') };
    expect(await explore({ run, callers: 'share nothing' })).toEqual(all(1, 'share nothing'));
    expect(await explore({ run })).toEqual(all(2, 'share memory'));
  });

  it('tries the requests of one caller that wait together in each order', async () => {
    const texts: unknown[] = [];
    const run = { only: () => Promise.all([put('a', '1'), put('a', '2')]), other: () => get('draft') };
    await explore({ run, callers: 'share nothing', check: (way) => void texts.push(textIn(way, 'a')) });
    expect(texts.slice(2).toSorted()).toEqual(['1', '2']);
  });

  it('tries orders by chance if there are more than the limit', async () => {
    const run = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, add]));
    const result = await explore({ run, limit: 3, incomplete: true });
    expect({ tried: result.tried, isMore: result.ways > 3 }).toEqual({ tried: 3, isMore: true });
  });

  it('counts an order once that comes again by chance', async () => {
    const run = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, () => put('count', name)]));
    const orders: string[] = [];
    const note = ({ world }: Way) =>
      void orders.push(
        world.requests
          .of('PutObject')
          .map(({ input }) => String(input.Body))
          .join(),
      );
    const { tried } = await explore({ run, limit: 8, incomplete: true, check: note });
    const known = orders.slice(2);
    expect({ tried, isRepeated: known.length > tried }).toEqual({ tried: new Set(known).size, isRepeated: true });
  });

  it('tries failures in each order', async () => {
    const run = { writer: () => put('count', '1'), reader: () => get('count') };
    const note = () => {};
    expect(await explore({ run, failures: ['deny'], of: 'PutObject', check: note, checkFailed: note })).toEqual(
      all(2, 'share memory'),
    );
  });

  it('tries a failure at its request in each order, whatever others wrote before', async () => {
    const run = { first: add, second: add };
    const bodies = new Set<string>();
    const checkFailed = ({ world }: Way) => {
      const failed = world.requests.find(({ status }) => status === 403);
      bodies.add(String(failed?.operation === 'PutObject' && failed.input.Body));
    };
    const callers = 'share nothing';
    const result = await explore({ run, callers, failures: ['deny'], of: ['PutObject', { Body: '2' }], checkFailed });
    expect({ result, bodies: [...bodies].toSorted() }).toEqual({ result: all(2, callers), bodies: ['1', '2'] });
  });

  it('leaves out orders in which the request that fails is not sent', async () => {
    const claim = (name: string) => async () => {
      const isMine = await put('lock', name, { IfNoneMatch: '*' }).then(
        () => true,
        () => false,
      );
      if (isMine) await put(`of ${name}`, 'text');
    };
    const run = { first: claim('first'), second: claim('second') };
    const of = ['PutObject', { Key: 'of first' }] as const;
    const callers = 'share nothing';
    expect(await explore({ run, callers, failures: ['deny'], of, checkFailed: noCheck })).toEqual(all(1, callers));
  });

  it('lets a caller ask until something changes', async () => {
    const run = {
      asking: async () => {
        while (!(await list('new')).includes('new'));
      },
      writing: () => put('new', 'text'),
    };
    expect(await failureOf({ run, check: noCheck, callers: 'share nothing' })).toContain(
      'A caller asked the same again, often in a row, while nothing changed: what it does if it has to ask longer was not tried.',
    );
    const result = await explore({ run, callers: 'share nothing', incomplete: true });
    expect(result).toMatchObject({ complete: false, tried: result.ways, judged: result.ways });
  });

  it('finds what a caller does that asks a bounded number of times', async () => {
    const asking = async () => {
      for (let asked = 0; asked < 6; asked += 1) if ((await list('new')).includes('new')) return;
      await put('count', 'late');
    };
    const check = (way: Way) => expect(textIn(way, 'count')).toBe('0');
    const run = { asking, writing: () => put('new', 'text') };
    expect(await failureOf({ run, check, callers: 'share nothing' })).toContain('Received: "late"');
  });

  it('lets a caller read what another wrote before', async () => {
    const listings: unknown[] = [];
    const run = { writer: () => put('new', 'text'), reader: () => list('') };
    await explore({ run, check: ({ results }) => void listings.push(results['reader']?.value) });
    expect(new Set(listings.slice(2).map(String))).toEqual(new Set(['count,draft,new', 'count,draft']));
  });
});

describe('two failures', () => {
  it('a restart in which the second one comes is followed by one more', async () => {
    const moveIfThere = async () => {
      if ((await list('draft')).length > 0) await move();
    };
    const again = { run: moveIfThere, again: true, pairs: true, failures: ['crash after'] } as const;
    const check = ({ world }: Way) => expect(world.bucket(Bucket).keys).toEqual(['final']);
    expect(await explore({ ...again, check })).toMatchObject({ complete: true });
  });

  it('the screen says that the restart did not end, and what the one after it found', async () => {
    const run = () => put('started', 'text');
    const again = async () => {
      if ((await list('draft')).length === 0) return;
      await remove('draft');
      await put('final', 'text');
    };
    const check = (way: Way) => expect(way.outcome === 'resolved' ? 'text' : textIn(way, 'final')).toBe('text');
    expect(await failureOf({ run, again, check, pairs: true, failures: ['crash after'] })).toContain(
      [
        '  1. PutObject      vault/started  200, but the process ended before the answer',
        '  The process ended. It ran again, and did not end:',
        '  2. ListObjectsV2  vault/draft    200',
        '  3. DeleteObject   vault/draft    204, but the process ended before the answer',
        '  The process ended. It ran again, and succeeded:',
        '  4. ListObjectsV2  vault/draft    200',
      ].join('\n'),
    );
  });
});

describe('a time-out of the code', () => {
  it('is over before the code is said to wait for ever', async () => {
    const run = async () => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, 400, 'late');
      });
      const how = await Promise.race([put('report', 'text'), late]);
      clearTimeout(timer);
      // Some work before the next request.
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (how === 'late') await put('report', 'text');
    };
    expect(await explore({ run, mustSucceed: true, failures: ['no answer'] })).toEqual(all(2));
  });
});

describe('a caller that sends no request', () => {
  it('has its turn before, between and after the requests of the others', async () => {
    const years = new Set<unknown>();
    const run = {
      writer: async ({ world }: { readonly world: Way['world'] }) => {
        await put('a', '1');
        await put('b', '2');
        return world.clock.now().getUTCFullYear();
      },
      time: async ({ world }: { readonly world: Way['world'] }) => world.clock.set('2100-01-01'),
    };
    const check = ({ results }: Way) => void years.add(results['writer']?.value === 2100);
    expect(await explore({ run, check, callers: 'share nothing' })).toEqual(all(3, 'share nothing'));
    expect(years).toEqual(new Set([true, false]));
  });

  it('is shown in its column', async () => {
    const run = {
      writer: async ({ world }: { readonly world: Way['world'] }) => {
        await put('a', '1');
        const began = world.clock.now().getTime();
        await put('b', '2');
        if (world.clock.now().getTime() - began > 1e9) throw new Error('too late');
      },
      time: async ({ world }: { readonly world: Way['world'] }) => world.clock.set('2100-01-01'),
    };
    const screen = await failureOf({ run, callers: 'share nothing' });
    expect(screen).toContain('in this order of 2 requests\n');
    expect(screen).toMatch(/\n {2,}time runs, without a request\.\n/);
  });
});

describe('the clock as a caller', () => {
  const rules = (days: readonly number[]) => ({
    Rules: days.map((Days) => ({
      ID: `after ${Days}`,
      Status: 'Enabled' as const,
      Filter: { Prefix: `${Days}/` },
      Expiration: { Days },
    })),
  });

  it('moves between the requests also if the callers share nothing', async () => {
    s3.bucket(Bucket).lifecycle = rules([1]);
    const run = async () => {
      await put('1/a', 'text');
      await get('1/a');
    };
    const found = await failureOf({ run, clock: true, failures: false, callers: 'share nothing' });
    expect(found).toContain("only: 'run > clock > run'");
  });

  it('says that it would move on', async () => {
    const days = Array.from({ length: 12 }, (_, index) => index + 1);
    s3.bucket(Bucket).lifecycle = rules(days);
    for (const day of days) s3.bucket(Bucket).put(`${day}/a`, 'text');
    const found = await failureOf({ run: () => list(''), clock: true, failures: false });
    expect(found).toContain('In some ways more was due when the clock had moved as often as it does in a way');
  });
});

describe('wrong options', () => {
  const run = move;
  it.each<readonly [object, RegExp]>([
    [{}, /invalid run undefined; expected a function/],
    [{ run: {} }, /invalid run/],
    [{ run: { '1st': move } }, /invalid name of a caller '1st'/],
    [{ run, failures: ['crush'] }, /invalid failures 'crush'/],
    [{ run: { only: run } }, /the function alone, run: only, or several callers/],
    [{ run: { a: run, b: run }, again: true }, /no caller fails without failures/],
    [{ run: { a: run, b: run }, pairs: true }, /invalid pairs true/],
    [{ run, callers: 'share memory' }, /no orders are tried/],
    [{ run: { a: run, b: run }, callers: 'share' }, /invalid callers 'share'/],
    [{ run, failures: [] }, /invalid failures/],
    [{ run, failures: false }, /tries no orders/],
    [{ run, orders: true }, /several callers/],
    [{ run, again: true, checkFailed: () => {} }, /invalid checkFailed/],
    [{ run, again: 'yes' }, /invalid again 'yes'/],
    [{ run, mustSucceed: true, failures: ['deny'] }, /a retry can succeed/],
    [{ run, mustSucceed: true, again: true }, /invalid mustSucceed/],
    [{ run, concurrency: 2, restart: () => {} }, /invalid concurrency 2/],
    [{ run, limit: 0 }, /invalid limit 0/],
    [{ run, timeout: 0.5 }, /invalid timeout 0.5/],
    [{ run, again: true, of: 'PutObjekt' }, /Did you mean PutObject/],
    [{ run, again: true, of: ['PutObject', { Kay: 'a' }] }, /Kay/],
    [{ run, of: ['PutObject'] }, /invalid of/],
    [{ run, chek: () => {} }, /chek/],
    [{ run, checkFailed: noCheck, only: 'nothing' }, /invalid only 'nothing'/],
  ])('%p', async (given, message) => {
    await expect(s3.explore(given as Exploration)).rejects.toMatchObject({
      name: 'TypeError',
      message: expect.stringMatching(message),
    });
  });

  it('no request that could fail', async () => {
    await expect(explore({ run, of: 'PutObject', checkFailed: noCheck })).rejects.toMatchObject({
      code: 'NOTHING_TO_EXPLORE',
      message: expect.stringContaining('sent CopyObject vault/final, DeleteObject vault/draft'),
    });
  });
});

it('a client that is reused goes on after an exploration', async () => {
  await explore({ run: move, checkFailed: noCheck });
  await client.send(new PutObjectCommand({ Bucket, Key: 'after', Body: 'text' }));
  expect(s3.bucket(Bucket).keys).toEqual(['after', 'draft']);
});

describe('a machine that is busy in the first run', () => {
  const impatient = new S3Client({
    maxAttempts: 1,
    requestHandler: { requestTimeout: 250, throwOnRequestTimeout: true },
  });
  afterAll(() => impatient.destroy());

  it('adds no ways for the request that the code repeats then', async () => {
    const isBusy = [true];
    const write = async () => {
      const sent = impatient.send(new PutObjectCommand({ Bucket, Key: 'report', Body: 'text' }));
      await new Promise(setImmediate);
      if (isBusy.shift()) for (const end = performance.now() + 400; performance.now() < end; );
      await sent;
    };
    expect(await explore({ run: () => retried(write), mustSucceed: true })).toEqual(all(8));
  });
});
