import { setImmediate as later } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventHandlers, type MockS3, type MockS3Options, mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import type { MockControl } from '../../src/mock/create-mock';
import { turns } from '../events/delivery-scene';
import { screenOf } from '../support/failed-tests';
import { put } from '../support/objects';
import { rejectionOf } from '../support/thrown';

const lambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const notification = {
  LambdaFunctionConfigurations: [{ LambdaFunctionArn: lambdaArn, Events: ['s3:ObjectCreated:*' as const] }],
};

let control: MockControl;
let handle: () => unknown = () => undefined;
const started = (options: MockS3Options = {}) => {
  control = createMock(
    { buckets: { vault: { notification } }, deliver: { [lambdaArn]: () => handle() }, ...options },
    mockS3,
  );
  control.lifetime.start();
  return control.mock;
};
const boom = new RangeError('no such format');
const failing = () => {
  throw boom;
};
const failed = (facts: object = {}) => screenOf(control, undefined, facts);

beforeEach(() => {
  handle = () => undefined;
});
afterEach(async () => {
  await control.mock.stop();
  control.lifetime.restoreEnvironment();
});

function holding(how: 'awaits a write' | 'does not await a write' | 'fails') {
  let open = () => {};
  const held = new Promise<void>((resolve) => {
    open = resolve;
  });
  let late: Promise<unknown> = Promise.resolve();
  const counted = {
    calls: 0,
    async release() {
      open();
      await late.catch(() => {});
    },
  };
  handle = () => {
    counted.calls += 1;
    if (counted.calls > 1) return undefined;
    late = held.then(() => (how === 'fails' ? failing() : put('/vault/late.jpg')));
    return how === 'does not await a write' ? undefined : late;
  };
  return counted;
}

describe('the screen of a failed test', () => {
  it('has what a handler threw that nobody awaited, until the next test', async () => {
    const s3 = started();
    handle = failing;
    await put('/vault/a.jpg');
    await turns();
    const [title, failure] = failed()?.split('\n') ?? [];
    expect({ title, failure }).toEqual({
      title: 'Handlers that failed; await s3.events.settled() throws their errors:',
      failure: `  the handler of ${lambdaArn} failed for ObjectCreated:Put vault/a.jpg: RangeError: no such format`,
    });
    control.lifetime.endRequestsOfTest();
    expect(failed()).toBeUndefined();
    await s3.events.settled();
  });

  it('names the handler that is still running, if the time of the test is over', async () => {
    started();
    handle = () => new Promise(() => {});
    await put('/vault/a.jpg');
    await turns();
    expect(failed({ isTimedOut: true })).toBe(
      `The handler of ${lambdaArn} is still running for ObjectCreated:Put vault/a.jpg.`,
    );
  });

  it('says how many events were not delivered yet, with those of the handler that is running', async () => {
    const s3 = started();
    const undelivered: unknown[] = [];
    handle = async () => undelivered.push(failed());
    await put('/vault/a.jpg');
    await put('/vault/b.jpg');
    await s3.events.settled();
    const how = 'not delivered yet when the test failed; await s3.events.settled() waits for';
    expect(undelivered).toEqual([`2 events were ${how} them.`, `1 event was ${how} it.`]);
    expect(failed()).toBeUndefined();
  });

  it('names a handler that no bucket notifies', () => {
    started({ deliver: { [queueArn]: () => {} } });
    expect(failed()).toBe(
      `Handlers that get no event:\n  no bucket notifies ${queueArn}. The configurations name '${lambdaArn}'.`,
    );
  });
});

describe('a handler that fails, and nobody awaits it', () => {
  const message =
    `s3.events: the handler of ${lambdaArn} failed for ObjectCreated:Put vault/a.jpg: RangeError: no such format\n\n` +
    'Nobody awaited s3.events.settled(), which throws this error at the place where the test expects it. ' +
    "With mockS3({ events: { onHandlerError: 'record' } }), only that call throws it.";
  const endOfTest = () => rejectionOf((async () => control.lifetime.endTest())());
  const afterFailure = async (options: MockS3Options = {}) => {
    const s3 = started(options);
    handle = failing;
    await put('/vault/a.jpg');
    return s3;
  };

  it('is thrown at the end of the test, which waits for it, with its error as the cause', async () => {
    await afterFailure();
    const error = await endOfTest();
    expect(error).toMatchObject({ name: 'S3MockError', code: 'HANDLER_FAILED', message, cause: boom });
    expect(await endOfTest()).toBeUndefined();
  });

  it('is waited for while it makes requests of its own', async () => {
    const s3 = started();
    handle = async () => {
      handle = failing;
      await put('/vault/b.jpg');
    };
    await put('/vault/a.jpg');
    expect(await endOfTest()).toMatchObject({ message: expect.stringContaining('ObjectCreated:Put vault/b.jpg') });
    expect(s3.requests.length).toBe(2);
  });

  it('is thrown where events wait for somebody who awaits them', async () => {
    await afterFailure({ events: { outOfOrder: true } });
    expect(await endOfTest()).toMatchObject({ code: 'HANDLER_FAILED' });
  });

  it('is thrown if it is a loop', async () => {
    started();
    let calls = 0;
    handle = () => {
      calls += 1;
      return put(`/vault/${calls}.jpg`);
    };
    await put('/vault/a.jpg');
    expect(await endOfTest()).toMatchObject({ code: 'RECURSIVE_LOOP' });
  });

  it('is not thrown again after settled() has thrown it', async () => {
    const s3 = await afterFailure();
    expect(await rejectionOf(s3.events.settled())).toMatchObject({ code: 'HANDLER_FAILED' });
    expect(await endOfTest()).toBeUndefined();
  });

  it('is left to settled() by the option', async () => {
    const s3 = await afterFailure({ events: { onHandlerError: 'record' } });
    await turns();
    expect(control.lifetime.endTest()).toBeUndefined();
    expect(failed()).toContain('no such format');
    expect(await rejectionOf(s3.events.settled())).toMatchObject({ code: 'HANDLER_FAILED' });
    await put('/vault/b.jpg');
    await turns();
    s3.reset();
    await s3.stop();
  });

  it('does not hold the end of the test for longer than a second if it never ends', async () => {
    started();
    handle = () => new Promise(() => {});
    await put('/vault/a.jpg');
    const begin = performance.now();
    expect(await endOfTest()).toBeUndefined();
    expect(performance.now() - begin).toBeGreaterThan(900);
    expect(failed({ isTimedOut: true })).toContain('is still running');
  });

  it('holds it on while handlers end, one within a second of the other', async () => {
    started();
    let calls = 0;
    handle = async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (calls === 4) throw boom;
    };
    for (const name of ['a', 'b', 'c', 'd']) await put(`/vault/${name}.jpg`);
    expect(await endOfTest()).toMatchObject({ code: 'HANDLER_FAILED', cause: boom });
  });

  it('leaves the screen of the failed test what was not delivered when it failed', async () => {
    started();
    await put('/vault/a.jpg');
    await endOfTest();
    expect(failed()).toBe(
      '1 event was not delivered yet when the test failed; await s3.events.settled() waits for it.',
    );
    control.lifetime.endRequestsOfTest();
    expect(failed()).toBeUndefined();
  });

  it('does not make the end of a test wait if nothing is left', async () => {
    const s3 = started();
    await put('/vault/a.jpg');
    await s3.events.settled();
    expect(control.lifetime.endTest()).toBeUndefined();
  });

  it('is thrown by reset(), which resets all the same', async () => {
    const s3 = await afterFailure();
    await turns();
    expect(() => s3.reset()).toThrow(message);
    expect(s3.bucket('vault').versions()).toEqual([]);
    s3.reset();
  });

  it('is thrown by stop()', async () => {
    const s3 = await afterFailure();
    await turns();
    expect(await rejectionOf(s3.stop())).toMatchObject({ message });
    await s3.stop();
  });

  it('is thrown at the end of the first test if no test was running', async () => {
    await afterFailure();
    await turns();
    control.lifetime.beginTest();
    expect(await endOfTest()).toMatchObject({ message });
  });
});

describe('a reset', () => {
  it('keeps the handlers of the options, and removes those made since', async () => {
    const s3 = started();
    const calls: string[] = [];
    handle = () => calls.push('option');
    s3.deliverTo(lambdaArn, () => calls.push('test'));
    await put('/vault/a.jpg');
    await s3.events.settled();
    s3.reset();
    await put('/vault/b.jpg');
    await s3.events.settled();
    expect(calls).toEqual(['test', 'option']);
  });

  it('makes handlers part of the fixtures that were added outside of a test', async () => {
    const s3 = started();
    const calls: string[] = [];
    control.lifetime.setRunner({ testIsRunning: () => false });
    s3.deliverTo(lambdaArn, () => calls.push('file'));
    control.lifetime.beginTest();
    control.lifetime.setRunner({ testIsRunning: () => true });
    await put('/vault/a.jpg');
    await s3.events.settled();
    expect(calls).toEqual(['file']);
  });

  it.each([
    ['awaits a write', ['present.jpg'], expect.stringContaining('An earlier test had ended when 1 of its requests')],
    ['does not await a write', ['late.jpg', 'present.jpg'], undefined],
    ['fails', ['present.jpg'], undefined],
  ] as const)('leaves out what a handler of the test before leads to: one that %s', async (how, keys, told) => {
    const s3 = started();
    const held = holding(how);
    await put('/vault/a.jpg');
    await turns();
    s3.reset();
    await held.release();
    await put('/vault/present.jpg');
    await s3.events.settled();
    expect({ calls: held.calls, keys: s3.events.map(({ key }) => key) }).toEqual({ calls: 2, keys });
    expect(failed()).toEqual(told);
  });
});

describe('a request that a handler does not await', () => {
  it('is a link of the chain', async () => {
    const s3 = started();
    let calls = 0;
    let last: Promise<unknown> = Promise.resolve();
    handle = () => {
      calls += 1;
      // Without the limit of chains the test would fail at 40 rather than never end.
      if (calls < 40) last = later().then(() => put(`/vault/${calls}.jpg`));
    };
    await put('/vault/a.jpg');
    for (let known = 0; known < calls + 1; known += 1) {
      await last;
      await turns();
    }
    expect(calls).toBe(16);
    expect(await rejectionOf(s3.events.settled())).toMatchObject({ code: 'RECURSIVE_LOOP' });
  });
});

describe('a loop that writes twice a call', () => {
  it('ends at 100 events that follow from one request, long before the chain does', async () => {
    const s3 = started();
    let calls = 0;
    handle = async () => {
      calls += 1;
      await put(`/vault/${calls}.jpg`);
      await put(`/vault/${calls}.png`);
    };
    await put('/vault/a.jpg');
    const error = await rejectionOf(s3.events.settled());
    expect(error).toMatchObject({ code: 'RECURSIVE_LOOP' });
    const lines = error?.message.split('\n') ?? [];
    expect({ calls, first: lines[0], chain: lines.slice(1, 3), rest: lines.at(-1) }).toEqual({
      calls: 52,
      first:
        's3.events.settled: a handler triggers itself several times per call: one request caused more than 100 events, and no further event is ' +
        "delivered. Write to another bucket, or to keys that the configuration's filter excludes.",
      chain: [
        `   1. ObjectCreated:Put vault/a.jpg -> ${lambdaArn}`,
        `   2. ObjectCreated:Put vault/1.png -> ${lambdaArn}`,
      ],
      rest: '52 more events of such a chain were not delivered.',
    });
    handle = () => undefined;
    await put('/vault/b.jpg');
    await s3.events.settled();
  });

  it('is no matter of many events that lead to nothing', async () => {
    const s3 = started();
    let calls = 0;
    handle = async () => {
      calls += 1;
      if (calls === 1) for (let index = 0; index < 150; index += 1) await put(`/vault/${index}.jpg`);
    };
    await put('/vault/a.jpg');
    await s3.events.settled();
    expect(calls).toBe(151);
  });
});

describe.each([
  ['reset', (s3: MockS3) => s3.reset()],
  ['stopped', (s3: MockS3) => s3.stop()],
])('a mock that is %s', (what, end) => {
  it.each([
    ['before the handler is called', 0],
    ['while the handler runs', 1],
  ])('ends settled() %s, and delivers nothing more', async (_when, called) => {
    const s3 = started();
    let calls = 0;
    handle = () => {
      calls += 1;
      return new Promise(() => {});
    };
    await put('/vault/a.jpg');
    if (called > 0) {
      await turns();
      await put('/vault/b.jpg');
    }
    const wait = rejectionOf(s3.events.settled());
    await end(s3);
    expect(await wait).toMatchObject({
      name: 'S3MockError',
      code: 'WAIT_ENDED',
      message: `s3.events.settled: the mock was ${what} before all events were delivered. Wait for them in the test that causes them.`,
    });
    await s3.events.settled();
    await turns();
    expect(calls).toBe(called);
  });
});

describe('a request of a handler', () => {
  it('is recorded, whichever test runs by the time that the handler does', async () => {
    const present = { name: 'present' };
    const earlier = { name: 'earlier' };
    const s3 = started();
    let context = earlier;
    control.lifetime.setRunner({
      testIsRunning: () => true,
      sender: () => {
        const test = context;
        return test && (() => (test === present ? undefined : test.name));
      },
    });
    handle = async () => {
      context = present; // the test that runs by the time that the handler does
      handle = () => undefined;
      await put('/vault/b.jpg');
    };
    await put('/vault/a.jpg');
    await s3.events.settled();
    expect(s3.requests.map(({ key }) => key)).toEqual(['a.jpg', 'b.jpg']);
  });
});

describe('the option events', () => {
  it.each([
    ['duplicates', ['a', 'a']],
    ['outOfOrder', ['b', 'a']],
  ])('%s reaches the handlers', async (name, expected) => {
    const keys: (string | undefined)[] = [];
    const deliver: EventHandlers = { [lambdaArn]: ({ Records }) => keys.push(Records[0]?.s3.object.key) };
    const s3 = started({ deliver, events: { [name]: true } });
    await put('/vault/a');
    if (name === 'outOfOrder') await put('/vault/b');
    await s3.events.settled();
    expect(keys).toEqual(expected);
  });
});
