import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CodeOfWay, Exploration, MockS3 } from '../../../src';
import { layNetworkBelow, type NetworkBelow } from '../../support/network-below';
import { rowsOfColumn } from '../../support/runs';
import { startedMocks } from '../../support/started-mocks';
import { send } from '../../support/wire-client';

const start = startedMocks();
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const notification = { QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*' as const] }] };

let network: NetworkBelow;
beforeAll(() => {
  network = layNetworkBelow(() => 1);
});
beforeEach(() => network.clear());
afterAll(() => network.restore());

const put = async (key: string) =>
  (await send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: `/${key}`, body: 'data' })).status;

/** A function of the test that holds at one of its calls, and then sends a request. */
class Held {
  readonly reached: Promise<void>;
  begun = 0;
  status: number | undefined;
  readonly #at: number;
  #reach: () => void = () => {};
  #release: () => void = () => {};
  readonly #released: Promise<void>;

  constructor(at = 1) {
    this.#at = at;
    this.reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
    this.#released = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#release();
  }

  readonly call = async (): Promise<void> => {
    this.begun += 1;
    if (this.begun !== this.#at) return;
    this.#reach();
    await this.#released;
    this.status = await put('late');
  };
}

type Phase = (s3: MockS3, held: Held, count: () => void) => Promise<unknown>;

function exploring(at: number, exploration: (held: () => Promise<void>) => Exploration): [number, Phase] {
  return [
    at,
    (s3, held, count) => {
      const { run, ...others } = exploration(held.call);
      const counted: CodeOfWay = async (way) => {
        count();
        if (typeof run === 'function') await run(way);
      };
      return s3.explore({ timeout: 60_000, run: counted, ...others });
    },
  ];
}

const write = async () => void (await put('key'));
const failing = async () => {
  if ((await put('key')) !== 200) throw new Error('the request failed');
};

/** The call of the held function at which it holds, and what calls it. */
const phases: Readonly<Record<string, [number, Phase]>> = {
  'the first run of an exploration': exploring(1, (held) => ({ run: held, check: () => {} })),
  'a way of an exploration': exploring(3, (held) => ({
    run: async () => {
      await put('key');
      await held();
    },
    check: () => {},
  })),
  again: exploring(1, (held) => ({ run: failing, again: held, check: () => {} })),
  check: exploring(3, (held) => ({ run: write, check: held })),
  checkFailed: exploring(1, (held) => ({ run: failing, checkFailed: held })),
  restart: exploring(3, (held) => ({ run: write, restart: held, check: () => {} })),
  'a handler in a world of an exploration': exploring(3, (held) => ({
    run: write,
    check: async ({ world }) => {
      world.deliverTo(queueArn, held);
      await put('key');
      await world.events.settled();
    },
  })),
  'the function of a fork': [1, (s3, held) => s3.fork(() => held.call())],
  'an exploration in a fork': [
    3,
    (s3, held, count) =>
      s3.fork((world) =>
        world.explore({
          timeout: 60_000,
          run: async () => {
            count();
            await put('key');
            await held.call();
          },
          check: () => {},
        }),
      ),
  ],
  'a handler that a fork waits for at its end': [
    1,
    (s3, held) =>
      s3.fork(async (world) => {
        world.deliverTo(queueArn, held.call);
        await put('key');
      }),
  ],
  'a handler that a way waits for at its end': exploring(2, (held) => ({
    run: write,
    check: ({ world }) => {
      world.deliverTo(queueArn, held);
      return put('key').then(() => {});
    },
  })),
  'a handler in a fork': [
    1,
    (s3, held) =>
      s3.fork(async (world) => {
        world.deliverTo(queueArn, held.call);
        await put('key');
        await world.events.settled();
      }),
  ],
};

const enders = {
  stop: [(s3: MockS3) => s3.stop(), /the mock was stopped/],
  reset: [async (s3: MockS3) => s3.reset(), /the mock was reset/],
} as const;

const names = Object.keys(phases);
const ways = Object.entries(enders);

describe.each(Object.entries(phases))('%s', (name, [at, begin]) => {
  it.each(rowsOfColumn(ways, names.indexOf(name) % ways.length, ways.length))(
    'ends with %s: what is under way is answered, and nothing begins',
    async (...ender) => {
      const [, [end, cause]] = ender;
      const s3 = start({ buckets: { vault: { notification } } });
      const held = new Held(at);
      let runs = 0;
      const outcome = begin(s3, held, () => {
        runs += 1;
      }).then(
        () => 'resolved',
        (error: unknown) => error,
      );
      await held.reached;
      const before = runs;
      const ended = end(s3);
      held.release();
      const error = await outcome;
      await ended;
      while (held.status === undefined) await new Promise(setImmediate);
      expect({ error, later: runs - before, status: held.status }).toEqual({
        error: expect.objectContaining({ code: 'NOT_RUNNING', message: expect.stringMatching(cause) }),
        later: 0,
        status: 200,
      });
      expect({ begun: held.begun, keys: s3.bucket('vault').keys, requests: s3.requests.length }).toEqual({
        begun: at,
        keys: [],
        requests: 0,
      });
      expect({ lookedUp: network.lookedUp, connected: network.connected }).toEqual({ lookedUp: [], connected: [] });
    },
  );
});

describe('stop()', () => {
  it('keeps the keys in the environment until the code that is under way has ended', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const held = new Held();
    const key = process.env['AWS_ACCESS_KEY_ID'];
    const outcome = s3.fork(held.call).catch((error: unknown) => error);
    await held.reached;
    const stopped = s3.stop();
    await outcome;
    const during = process.env['AWS_ACCESS_KEY_ID'];
    held.release();
    await stopped;
    expect({ key, during, after: process.env['AWS_ACCESS_KEY_ID'] }).toEqual({
      key: expect.stringMatching(/^AKIA/),
      during: key,
      after: undefined,
    });
  });

  it('does not wait for itself if the code that is under way awaits it', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const seen: number[] = [];
    const forked = s3.fork(async () => {
      await s3.stop();
      seen.push(await put('late'));
    });
    await expect(forked).rejects.toMatchObject({ code: 'NOT_RUNNING' });
    while (seen.length === 0) await new Promise(setImmediate);
    expect({ seen, lookedUp: network.lookedUp }).toEqual({ seen: [200], lookedUp: [] });
  });

  it('leaves the hosts to a new mock, which never sees the requests of the old code', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const held = new Held();
    const outcome = s3.fork(held.call).catch((error: unknown) => error);
    await held.reached;
    const stopped = s3.stop();
    const next = start({ buckets: { vault: {} } });
    held.release();
    await Promise.all([outcome, stopped]);
    const own = await put('own');
    expect({ late: held.status, own, keys: next.bucket('vault').keys, requests: next.requests.length }).toEqual({
      late: 200,
      own: 200,
      keys: ['own'],
      requests: 1,
    });
  });

  it('is followed by no handler, also if the test moves the clock', async () => {
    const calls: string[] = [];
    const events = ['s3:LifecycleExpiration:*' as const];
    const s3 = start({
      now: '2026-01-01T00:00:00Z',
      buckets: {
        vault: {
          notification: { QueueConfigurations: [{ QueueArn: queueArn, Events: events }] },
          lifecycle: {
            Rules: [{ ID: 'expire', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }],
          },
          objects: { old: 'data' },
        },
      },
      deliver: { [queueArn]: () => void calls.push('handler') },
    });
    await s3.stop();
    s3.clock.advance({ days: 3 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect({ calls, keys: s3.bucket('vault').keys }).toEqual({ calls: [], keys: [] });
  });

  it('leaves the keys to a handler of the mock itself that is under way, and does not wait for it', async () => {
    const held = new Held();
    const s3 = start({ buckets: { vault: { notification } }, deliver: { [queueArn]: held.call } });
    await put('first');
    await held.reached;
    await s3.stop();
    const during = process.env['AWS_ACCESS_KEY_ID'];
    held.release();
    while (held.status === undefined) await new Promise(setImmediate);
    while (process.env['AWS_ACCESS_KEY_ID'] !== undefined) await new Promise(setImmediate);
    expect({ during, status: held.status, keys: s3.bucket('vault').keys, lookedUp: network.lookedUp }).toEqual({
      during: expect.stringMatching(/^AKIA/),
      status: 200,
      keys: ['first'],
      lookedUp: [],
    });
  });
});

describe('reset()', () => {
  it('keeps what a handler of the test before sends out of the next test', async () => {
    const held = new Held();
    const s3 = start({ buckets: { vault: { notification } }, deliver: { [queueArn]: held.call } });
    await put('first');
    await held.reached;
    s3.reset();
    held.release();
    while (held.status === undefined) await new Promise(setImmediate);
    expect({ status: held.status, keys: s3.bucket('vault').keys, requests: s3.requests.length }).toEqual({
      status: 200,
      keys: [],
      requests: 0,
    });
  });
});

describe('an exploration that has failed', () => {
  it('begins no other run beside it', async () => {
    let calls = 0;
    const handler = () => {
      calls += 1;
      if (calls === 8) throw new Error('the handler failed');
    };
    const s3 = start({ buckets: { vault: { notification } }, deliver: { [queueArn]: handler } });
    let runs = 0;
    const failed = s3.explore({
      timeout: 60_000,
      concurrency: 2,
      run: async () => {
        runs += 1;
        for (const key of ['a', 'b', 'c']) await put(key);
      },
      check: () => {},
    });
    await expect(failed).rejects.toThrow('the handler failed');
    const before = runs;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect({ later: runs - before, lookedUp: network.lookedUp }).toEqual({ later: 0, lookedUp: [] });
  });
});

describe('two mocks with hosts of their own', () => {
  it('each answer its hosts, whichever of them started the code', async () => {
    const one = start({ hosts: { only: ['one.test'] }, buckets: { vault: {} } });
    const two = start({ hosts: { only: ['two.test'] }, buckets: { vault: {} } });
    const putAt = (host: string) => send({ method: 'PUT', host, path: '/vault/key', body: 'data' });
    await one.fork(async (world) => {
      expect([(await putAt('one.test')).status, (await putAt('two.test')).status]).toEqual([200, 200]);
      expect(world.requests).toHaveLength(1);
    });
    expect({ one: one.requests.length, two: two.requests.length }).toEqual({ one: 0, two: 1 });
  });
});
