import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Deliveries } from '../../src/events/deliveries';
import type { EventEntry } from '../../src/events/entry';
import type { AnyHandler } from '../../src/events/handler-table';
import type { LambdaContext } from '../../src/events/handler-types';
import type { S3Notification } from '../../src/model/events/documents';
import {
  begin,
  deliver,
  deliveriesOf,
  errorOf,
  event,
  keysOf,
  recorder,
  settled,
  thumbnail,
  turns,
} from './delivery-scene';

const boom = new Error('boom');
const keyOf = (given: object | string) => keysOf([given as S3Notification])[0];

afterEach(() => {
  jest.useRealTimers();
});

describe('a delivery to a function', () => {
  it('hands over the document that S3 sent, a copy for each call', async () => {
    const { handler, events } = recorder();
    const sent = event('a.jpg', thumbnail);
    await deliver({ [thumbnail]: handler }, [sent]);
    expect(events).toEqual([sent.document]);
    expect(events[0]).not.toBe(sent.document);
  });

  it('begins in a later turn than its cause', async () => {
    const { handler, events } = recorder();
    begin({ [thumbnail]: handler }, [event('a.jpg', thumbnail)]);
    await Promise.resolve();
    expect(events).toEqual([]);
    await turns();
    expect(keysOf(events)).toEqual(['a.jpg']);
  });

  it('comes under fake timers as without', async () => {
    const { handler, events } = recorder();
    jest.useFakeTimers();
    await deliver({ [thumbnail]: handler }, [event('a.jpg', thumbnail)]);
    expect(keysOf(events)).toEqual(['a.jpg']);
  });

  it('waits until the one before to its destination has ended', async () => {
    const steps: string[] = [];
    const handler: AnyHandler = async (given) => {
      steps.push(`begin ${keyOf(given)}`);
      await turn();
      steps.push(`end ${keyOf(given)}`);
    };
    await deliver({ [thumbnail]: handler }, [event('a.jpg', thumbnail)], [event('b.jpg', thumbnail)]);
    expect(steps).toEqual(['begin a.jpg', 'end a.jpg', 'begin b.jpg', 'end b.jpg']);
  });

  it('does not wait for that of another destination', async () => {
    const steps: string[] = [];
    const recording =
      (name: string): AnyHandler =>
      async () => {
        steps.push(`begin ${name}`);
        await turn();
        steps.push(`end ${name}`);
      };
    await deliver({ [thumbnail]: recording('function'), eventbridge: recording('bus') }, [
      event('a.jpg', thumbnail),
      event('a.jpg', 'eventbridge'),
    ]);
    expect(steps).toEqual(['begin function', 'begin bus', 'end function', 'end bus']);
  });

  it('leaves out events of destinations without a handler', async () => {
    const { handler, events } = recorder();
    await deliver({ [thumbnail]: handler }, [event('a.jpg', `${thumbnail}:live`), event('b.jpg', thumbnail)]);
    expect(keysOf(events)).toEqual(['b.jpg']);
  });
});

describe('the end of a handler', () => {
  const finished = async (handler: AnyHandler) => {
    const { handler: next, events } = recorder();
    await deliver({ [thumbnail]: handler, eventbridge: next }, [
      event('a.jpg', thumbnail),
      event('a.jpg', 'eventbridge'),
    ]);
    return events.length;
  };
  const later = (action: () => void) => void turn().then(action);

  it.each<[string, AnyHandler]>([
    ['a promise', async () => turn()],
    ['its callback', (_event, _context, callback) => later(() => callback(null, 'done'))],
    ['its callback without a value', (_event, _context, callback) => callback()],
    ['context.done', (_event, context, _callback) => later(() => context.done())],
    ['context.succeed', (_event, context, _callback) => later(() => context.succeed('done'))],
    ['its return, if it declares no callback', () => undefined],
    [
      'the first of those that it calls',
      (_event, context, callback) => {
        callback(null);
        context.fail('too late');
        callback(boom);
      },
    ],
  ])('is %s', async (_name, handler) => {
    expect(await finished(handler)).toBe(1);
  });

  it.each<[string, AnyHandler]>([
    [
      'throws',
      () => {
        throw boom;
      },
    ],
    [
      'rejects',
      async () => {
        throw boom;
      },
    ],
    ['calls back with an error', (_event, _context, callback) => later(() => callback(boom))],
    ['calls context.fail', (_event, context, _callback) => context.fail(boom)],
    ['calls context.done with an error', (_event, context, _callback) => context.done(boom)],
  ])('is a failure if it %s', async (_name, handler) => {
    const error = await errorOf(finished(handler));
    expect(error).toMatchObject({ name: 'S3MockError', code: 'HANDLER_FAILED', cause: boom });
    expect(error.message).toBe(
      `s3.events.settled: the handler of ${thumbnail} failed for ObjectCreated:Put vault/a.jpg: boom`,
    );
  });

  // F789
  it('is not followed by another call if it failed', async () => {
    let calls = 0;
    await errorOf(
      finished(() => {
        calls += 1;
        throw boom;
      }),
    );
    expect(calls).toBe(1);
  });

  it.each([
    ['a text', 'no such image', ': no such image'],
    ['an object', { reason: 'none' }, ": { reason: 'none' }"],
    ['an error without a message', new RangeError(), ': RangeError'],
    ['nothing', undefined, ': handled'],
  ])('may be the failure %s', async (_name, thrown, text) => {
    const error = await errorOf(finished((_event, context) => context.fail(thrown as string)));
    expect(error.message.endsWith(text)).toBe(true);
  });
});

describe('the context of a function', () => {
  const contextOf = async (destination: string, facts: Partial<EventEntry> = {}) => {
    const contexts: LambdaContext[] = [];
    const handler = (_event: object, context: LambdaContext) => void contexts.push(context);
    await deliver({ [destination]: handler }, [event('a.jpg', destination, facts)]);
    return contexts[0];
  };

  it('has the members that Lambda gives', async () => {
    expect(await contextOf(thumbnail)).toEqual({
      callbackWaitsForEmptyEventLoop: true,
      functionName: 'thumbnail',
      functionVersion: '$LATEST',
      invokedFunctionArn: thumbnail,
      memoryLimitInMB: '128',
      awsRequestId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
      logGroupName: '/aws/lambda/thumbnail',
      logStreamName: expect.stringMatching(/^2026\/03\/01\/\[\$LATEST\][\da-f]{32}$/),
      identity: undefined,
      clientContext: undefined,
      tenantId: undefined,
      getRemainingTimeInMillis: expect.any(Function),
      done: expect.any(Function),
      fail: expect.any(Function),
      succeed: expect.any(Function),
    });
  });

  it.each`
    qualifier | version
    ${'7'}    | ${'7'}
    ${'live'} | ${'$LATEST'}
  `('has the version $version for the qualifier $qualifier', async ({ qualifier, version }) => {
    expect(await contextOf(`${thumbnail}:${qualifier}`)).toMatchObject({
      functionName: 'thumbnail',
      functionVersion: version,
      invokedFunctionArn: `${thumbnail}:${qualifier}`,
    });
  });

  it('counts down from a minute by the time of the process', async () => {
    jest.useFakeTimers({ now: 0 });
    const context = await contextOf(thumbnail);
    jest.setSystemTime(20_000);
    expect(context?.getRemainingTimeInMillis()).toBe(40_000);
  });

  it('of a handler of EventBridge has the region and the account of the event', async () => {
    const document = { version: '0', region: 'eu-west-1', account: '111122223333', detail: { version: '0' } };
    const context = await contextOf('eventbridge', { document: document as never });
    expect(context?.invokedFunctionArn).toBe('arn:aws:lambda:eu-west-1:111122223333:function:eventbridge');
  });
});

const unreadable = 'it threw a value that throws when it is read';
const fails = (): never => {
  throw new Error('unreadable');
};

describe('settled()', () => {
  const failing = (thrown: unknown) =>
    begin({ [thumbnail]: () => Promise.reject(thrown) }, [event('a.jpg', thumbnail)]);

  it('resolves at once if nothing was caused', async () => {
    await settled(deliveriesOf(undefined));
  });

  it('throws each failure once', async () => {
    const deliveries = failing(boom);
    expect(await errorOf(settled(deliveries))).toMatchObject({ cause: boom });
    await settled(deliveries);
    expect(deliveries.writeFailures()).toBeUndefined();
  });

  it.each([
    ['a message that is not text', Object.assign(new Error('no'), { message: Symbol('no') }), 'Symbol(no)'],
    ['a stack that is not text', Object.assign(new Error('no'), { stack: 5 }), 'no'],
    ['a message that throws', Object.defineProperty(new Error('no'), 'message', { get: fails }), unreadable],
    ['a value that throws', new Proxy({}, { get: fails, getPrototypeOf: fails, ownKeys: fails }), unreadable],
  ])('rejects for %s', async (_, thrown, message) => {
    const deliveries = failing(thrown);
    await turns();
    const text = `the handler of ${thumbnail} failed for ObjectCreated:Put vault/a.jpg: ${message}`;
    expect(deliveries.writeFailures()).toContain(text);
    expect((await errorOf(settled(deliveries))).message).toBe(`s3.events.settled: ${text}`);
  });

  it('names all that failed, with the first error as the cause', async () => {
    const handler = (given: object) => Promise.reject(new Error(`no ${keyOf(given)}`));
    const entries = Array.from({ length: 7 }, (_, index) => event(`${index}.jpg`, thumbnail));
    const error = await errorOf(deliver({ [thumbnail]: handler }, entries));
    expect(error.cause).toEqual(new Error('no 0.jpg'));
    expect(error.message.split('\n')).toEqual([
      `s3.events.settled: the handler of ${thumbnail} failed for ObjectCreated:Put vault/0.jpg: no 0.jpg`,
      ...[1, 2, 3, 4].map(
        (n) => `the handler of ${thumbnail} failed for ObjectCreated:Put vault/${n}.jpg: no ${n}.jpg`,
      ),
      '... and 2 more failed calls',
    ]);
  });

  it('rejects with the stack of its call', async () => {
    const deliveries = failing(boom);
    const call = () => deliveries.settled(deliveries.settled);
    expect((await errorOf(call())).stack).toMatch(
      /^S3MockError: s3\.events\.settled: .*\n {4}at call .*delivery\.test\.ts/,
    );
  });

  it('refuses a handler, whose own end it would wait for', async () => {
    const errors: Error[] = [];
    const handler = async () => void errors.push(await errorOf(settled(deliveries)));
    const deliveries = begin({ [thumbnail]: handler }, [event('a.jpg', thumbnail)]);
    await settled(deliveries);
    expect(errors).toMatchObject([{ code: 'SETTLED_IN_HANDLER' }]);
  });

  it.each([
    ['in order', false],
    ['out of order', true],
  ])('waits for the events of what is due, and of what is due after it, %s', async (_how, outOfOrder) => {
    const { events, handler } = recorder();
    const keys = ['copy', 'copy of what a handler wrote'];
    const deliveries: Deliveries = deliveriesOf(
      { [thumbnail]: handler },
      {
        outOfOrder,
        settle() {
          const key = keys.shift();
          if (key !== undefined) deliveries.take([event(key, thumbnail)], undefined);
        },
      },
    );
    await settled(deliveries);
    expect(keysOf(events)).toEqual(['copy', 'copy of what a handler wrote']);
  });
});
