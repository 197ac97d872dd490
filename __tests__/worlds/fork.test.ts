import https from 'node:https';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { startedMocks } from '../support/started-mocks';
import { thrownBy } from '../support/thrown';
import { send } from '../support/wire-client';

const start = startedMocks();
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:uploads';

const put = (key: string, body = 'data') =>
  send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: `/${key}`, body });
const keysOf = (s3: MockS3) => s3.bucket('vault').keys;

describe('a world', () => {
  it('is a copy of the state, which its requests change alone', async () => {
    const s3 = start({ buckets: { vault: { objects: { before: 'data' } } } });
    const keys = await s3.fork(async (world) => {
      await put('inside');
      return keysOf(world);
    });
    await put('outside');
    expect({ world: keys, mock: keysOf(s3) }).toEqual({ world: ['before', 'inside'], mock: ['before', 'outside'] });
  });

  it('has what the test changed before, and not what happens outside later', async () => {
    const s3 = start({ buckets: { vault: {} }, now: '2026-01-31T10:00:00Z' });
    s3.bucket('vault').put('prepared', 'data');
    s3.clock.advance({ hours: 1 });
    const begun = { go: () => {} };
    const outside = new Promise<void>((resolve) => {
      begun.go = resolve;
    });
    const forked = s3.fork(async (world) => {
      await outside;
      return { keys: keysOf(world), now: world.clock.now().toISOString() };
    });
    await put('later');
    s3.clock.advance({ hours: 1 });
    begun.go();
    expect(await forked).toEqual({ keys: ['prepared'], now: '2026-01-31T11:00:00.000Z' });
  });

  it('has a journal and events of its own, which begin empty', async () => {
    const notification = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*' as const] }] };
    const s3 = start({ buckets: { vault: { notification } } });
    await put('before');
    const inside = await s3.fork(async (world) => {
      await put('inside');
      return { requests: world.requests.map(({ key }) => key), events: world.events.map(({ key }) => key) };
    });
    const outside = { requests: s3.requests.map(({ key }) => key), events: s3.events.map(({ key }) => key) };
    expect({ inside, outside }).toEqual({
      inside: { requests: ['inside'], events: ['inside'] },
      outside: { requests: ['before'], events: ['before'] },
    });
  });

  it('goes on with rules where they stand: one that is used up stays used up', async () => {
    const s3 = start({ buckets: { vault: {} } });
    s3.on('PutObject').fail('SlowDown', { times: 1 }).fail('InternalError', { times: 1 });
    const statuses = [(await put('a')).status];
    await s3.fork(async () => {
      statuses.push((await put('b')).status, (await put('c')).status);
    });
    statuses.push((await put('d')).status);
    expect(statuses).toEqual([503, 500, 200, 500]);
  });

  it('keeps the moments of an outage', async () => {
    const s3 = start({ buckets: { vault: {} }, now: '2026-01-31T10:00:00Z' });
    s3.outage({ until: { minutes: 10 } });
    s3.clock.advance({ minutes: 6 });
    const statuses = await s3.fork(async (world) => {
      const before = (await put('a')).status;
      world.clock.advance({ minutes: 6 });
      return [before, (await put('b')).status];
    });
    expect(statuses).toEqual([503, 200]);
  });

  it('counts a rule as used outside if a request met it inside', async () => {
    const s3 = start({ buckets: { vault: {} } });
    s3.on('PutObject').fail('SlowDown', { times: 1 });
    await s3.fork(() => put('a'));
    expect(s3.unusedRules()).toEqual([]);
  });

  it('passes its events to the handlers, whose requests are its own', async () => {
    const notification = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*' as const] }] };
    const s3 = start({ buckets: { vault: {}, inbox: { notification } } });
    s3.deliverTo(queueArn, () => put('from-the-handler'));
    const keys = await s3.fork(async (world) => {
      await send({ method: 'PUT', host: 'inbox.s3.amazonaws.com', path: '/report' });
      await world.events.settled();
      return keysOf(world);
    });
    expect({ keys, outside: keysOf(s3) }).toEqual({ keys: ['from-the-handler'], outside: [] });
  });

  it('answers STS with keys that only it knows', async () => {
    const s3 = start({ roles: { deployer: {} } });
    const assume = () =>
      send({
        method: 'POST',
        host: 'sts.amazonaws.com',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Action=AssumeRole&Version=2011-06-15&RoleSessionName=s&RoleArn=arn:aws:iam::000000000000:role/deployer',
      });
    const requests = await s3.fork(async (world) => {
      await assume();
      return world.requests.map(({ operation }) => operation);
    });
    expect({ requests, outside: s3.requests.length }).toEqual({ requests: ['AssumeRole'], outside: 0 });
  });

  it('answers an upload that waits for 100 Continue', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const keys = await s3.fork(async (world) => {
      const headers = { Expect: '100-continue', 'Content-Length': 4, Authorization: 'AWS AKIDEXAMPLE:c2ln' };
      const sending = https.request('https://vault.s3.amazonaws.com/continued', { method: 'PUT', headers });
      sending.on('continue', () => sending.end('data'));
      await new Promise((resolve) => sending.on('response', (response) => response.resume().on('end', resolve)));
      return keysOf(world);
    });
    expect({ keys, outside: keysOf(s3) }).toEqual({ keys: ['continued'], outside: [] });
  });

  it('can be forked itself', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const seen = await s3.fork(async (world) => {
      await put('first');
      const inner = await world.fork(async (within) => {
        await put('second');
        return keysOf(within);
      });
      return { inner, outer: keysOf(world) };
    });
    expect({ ...seen, mock: keysOf(s3) }).toEqual({ inner: ['first', 'second'], outer: ['first'], mock: [] });
  });

  it('returns to its beginning at its own reset', async () => {
    const s3 = start({ buckets: { vault: { objects: { before: 'data' } } } });
    const keys = await s3.fork(async (world) => {
      await put('inside');
      world.createBucket('scratch');
      world.reset();
      return { keys: keysOf(world), buckets: world.buckets.map(({ name }) => name) };
    });
    expect(keys).toEqual({ keys: ['before'], buckets: ['vault'] });
  });

  it('has the same ids as the mock would have had', async () => {
    const s3 = start({ buckets: { vault: { versioning: 'Enabled' } } });
    const id = async () => (await put('a')).header('x-amz-version-id');
    const inside = await s3.fork(id);
    expect(inside).toBe(await id());
  });
});

describe('s3.fork', () => {
  it('returns what the function returns, at once or in a promise', async () => {
    const s3 = start();
    expect([await s3.fork(() => 1), await s3.fork(async () => 2)]).toEqual([1, 2]);
  });

  it('rejects with what the function throws', async () => {
    const s3 = start();
    const thrown = new Error('mine');
    const fork = (act: () => Promise<never>) => s3.fork(act).catch((error: unknown) => error);
    const sync = () => {
      throw thrown;
    };
    expect([await fork(() => Promise.reject(thrown)), await fork(sync)]).toEqual([thrown, thrown]);
  });

  it('rejects with the failure of a handler that nobody awaited', async () => {
    const notification = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*' as const] }] };
    const s3 = start({ buckets: { vault: { notification } } });
    s3.deliverTo(queueArn, () => {
      throw new Error('broken handler');
    });
    await expect(s3.fork(() => put('a'))).rejects.toThrow('broken handler');
    expect(() => s3.reset()).not.toThrow();
  });

  it('rejects for a rule of the world that no request met, if the option asks for it', async () => {
    const s3 = start({ buckets: { vault: {} }, unusedRules: 'fail' });
    const forked = s3.fork((world) => {
      world.on('PutObject').fail('SlowDown');
    });
    await expect(forked).rejects.toMatchObject({ code: 'UNUSED_RULE' });
  });

  it('rejects for anything that is no function', async () => {
    const s3 = start();
    const given = 'vault' as unknown as () => void;
    await expect(s3.fork(given)).rejects.toThrow(/^s3\.fork: invalid function 'vault'/);
  });

  it('throws before the start and after the stop of the mock', async () => {
    const s3 = start();
    await s3.stop();
    await expect(s3.fork(() => {})).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  });

  it('ends with the stop of the mock, which answers what still comes from the state at that moment', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const seen: { world?: MockS3; status?: number } = {};
    const forked = s3.fork(async (world) => {
      seen.world = world;
      await put('before');
      const stopped = s3.stop();
      seen.status = (await put('after')).status;
      await stopped;
    });
    await expect(forked).rejects.toMatchObject({ code: 'NOT_RUNNING' });
    await s3.stop();
    expect({ status: seen.status, keys: seen.world && keysOf(seen.world) }).toEqual({ status: 200, keys: ['before'] });
  });
});

describe('a request that a world left behind', () => {
  it('is answered from the state in which the world ended, and changes nothing', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const left: { late?: Promise<number>; world?: MockS3 } = {};
    await s3.fork(async (world) => {
      left.world = world;
      await put('inside');
      left.late = Promise.resolve().then(async () => (await put('late')).status);
    });
    expect({
      status: await left.late,
      world: left.world && keysOf(left.world),
      mock: keysOf(s3),
      requests: s3.requests.length,
    }).toEqual({ status: 200, world: ['inside'], mock: [], requests: 0 });
  });
});

describe('a request of the mock outside, while a world runs', () => {
  /** A body in two writes is read by the server of Node, in the context of the code that opened the connection. */
  const putBy = (agent: https.Agent, key: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { authorization: 'AWS AKIDEXAMPLE:c2ln', 'Content-Length': 4 };
      const request = https.request(`https://vault.s3.amazonaws.com/${key}`, { method: 'PUT', agent, headers });
      request.on('response', (response) => response.resume().on('end', resolve));
      request.on('error', reject);
      request.write('da');
      request.end('ta');
    });

  it('is answered over a connection that the world opened, and so is what its handler requests', async () => {
    const notification = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*' as const] }] };
    const s3 = start({ buckets: { vault: { notification }, copies: {} } });
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const copied = () => send({ method: 'PUT', host: 'copies.s3.amazonaws.com', path: '/copy' });
    const begun = { go: () => {} };
    const outside = new Promise<void>((resolve) => {
      begun.go = resolve;
    });
    const opened = { go: () => {} };
    const isOpen = new Promise<void>((resolve) => {
      opened.go = resolve;
    });
    const forked = s3.fork(async (world) => {
      await putBy(agent, 'inside');
      opened.go();
      await outside;
      return world.buckets.map(({ keys }) => keys);
    });
    await isOpen;
    s3.deliverTo(queueArn, copied);
    await putBy(agent, 'outside');
    await s3.events.settled();
    const outsideKeys = s3.buckets.map(({ keys }) => keys);
    begun.go();
    const inWorld = await forked;
    agent.destroy();
    expect({ inWorld, outside: outsideKeys }).toEqual({ inWorld: [[], ['inside']], outside: [['copy'], ['outside']] });
    // It would throw the bugs of the mock.
    expect(() => s3.reset()).not.toThrow();
  });
});

describe('the mock outside, in a world', () => {
  const outsideWorld = expect.objectContaining({
    code: 'OUTSIDE_WORLD',
    message: expect.stringContaining('world'),
  });

  it.each<[string, (s3: MockS3) => unknown]>([
    ['bucket', (s3) => s3.bucket('vault').versions()],
    ['buckets', (s3) => s3.buckets],
    ['createBucket', (s3) => s3.createBucket('scratch')],
    ['requests', (s3) => s3.requests.length],
    ['an index of requests', (s3) => s3.requests[0]],
    ['the requests of an operation', (s3) => s3.requests.of('PutObject')],
    ['events', (s3) => [...s3.events]],
    ['clock', (s3) => s3.clock.now()],
    ['account', (s3) => s3.account],
    ['mfa', (s3) => s3.mfa],
    ['on', (s3) => s3.on('PutObject')],
    ['unusedRules', (s3) => s3.unusedRules()],
    ['snapshot', (s3) => s3.snapshot()],
    ['lifecycle', (s3) => s3.lifecycle.plan()],
    ['reset', (s3) => s3.reset()],
  ])('throws when the test asks it: %s', async (_, ask) => {
    const s3 = start({ buckets: { vault: {} } });
    const thrown = await s3.fork(async () => thrownBy(() => ask(s3)));
    expect({ thrown, isLeft: s3.buckets.map(({ name }) => name) }).toEqual({ thrown: outsideWorld, isLeft: ['vault'] });
  });

  it('throws for handles that were made before', async () => {
    const s3 = start({ buckets: { vault: { objects: { a: 'data' } } } });
    const [vault, requests, mfa, user] = [s3.bucket('vault'), s3.requests, s3.mfa, s3.account.user('writer')];
    const asks = [
      () => vault.keys,
      () => requests.last(),
      () => mfa.header(),
      () => user.may('s3:ListBucket', 'vault'),
    ];
    const thrown = await s3.fork(() => asks.map((ask) => thrownBy(ask)));
    expect(thrown).toEqual(asks.map(() => outsideWorld));
  });

  it('rejects a further world of it', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const run = () => put('a');
    const attempts = [() => s3.fork(run), () => s3.explore({ run })];
    const thrown = await s3.fork(() => Promise.all(attempts.map((act) => act().catch((error: unknown) => error))));
    expect(thrown).toEqual(attempts.map(() => outsideWorld));
  });

  it('does not throw when the test prints it', async () => {
    const s3 = start({ buckets: { vault: { objects: { a: 'data' } } } });
    const [vault, requests] = [s3.bucket('vault'), s3.requests];
    const printed = await s3.fork(() => [
      inspect(s3),
      JSON.stringify(s3),
      inspect(vault),
      String(requests),
      inspect(requests),
    ]);
    expect(printed.map((text) => text.length > 0)).toEqual([true, true, true, true, true]);
  });

  it('can be asked after the world has ended', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const later: { keys?: Promise<readonly string[]> } = {};
    await s3.fork(() => {
      later.keys = new Promise((resolve) => setImmediate(() => resolve(keysOf(s3))));
    });
    expect(await later.keys).toEqual([]);
  });
});
