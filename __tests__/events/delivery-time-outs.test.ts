import { inspect } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import type { AnyHandler } from '../../src/events/handler-table';
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
  uploads,
} from './delivery-scene';

const never: AnyHandler = () => new Promise(() => {});
const briefly = (handler: AnyHandler) => ({ handler, timeout: { milliseconds: 20 } });
const failureOf = (handlers: object, key = 'a.jpg') => errorOf(deliver(handlers, [event(key, thumbnail)]));

describe('a handler that does not end', () => {
  it.each<[string, AnyHandler]>([
    ['a promise that never settles', never],
    ['a callback that nobody calls', (_event, _context, _callback) => undefined],
    ['a promise of an async handler', async () => await new Promise(() => {})],
  ])('fails its delivery when its time is over: %s', async (_, handler) => {
    const { message } = await failureOf({ [thumbnail]: briefly(handler) });
    expect(message).toContain(
      `the handler of ${thumbnail} failed for ObjectCreated:Put vault/a.jpg: it did not end within 20 ms`,
    );
    expect(message).toContain(
      `; give it more time: s3.deliverTo('${thumbnail}', { handler, timeout: { seconds: 120 } })`,
    );
  });

  it('names a callback that was not called', async () => {
    const { message } = await failureOf({ [thumbnail]: briefly((_event, _context, _callback) => undefined) });
    expect(message).toContain('within 20 ms, and did not call its callback');
  });

  it('is followed by the next event of its destination', async () => {
    const keys: (string | undefined)[] = [];
    const handler: AnyHandler = (given) => {
      keys.push(...keysOf([given as never]));
      return keys.length === 1 ? new Promise(() => {}) : undefined;
    };
    const error = await errorOf(
      deliver({ [thumbnail]: briefly(handler) }, [event('a.jpg', thumbnail)], [event('b.jpg', thumbnail)]),
    );
    expect({ keys, message: error.message }).toEqual({
      keys: ['a.jpg', 'b.jpg'],
      message: expect.stringMatching(/^[^\n]*a\.jpg[^\n]*$/),
    });
  });

  it('does not keep the events of other destinations waiting', async () => {
    const { handler, events } = recorder<{ readonly Records: readonly object[] }>();
    const deliveries = begin(
      { [thumbnail]: never, [uploads]: handler },
      [event('a', thumbnail), event('a', uploads)],
      [event('b', uploads)],
    );
    await turns();
    await turns();
    expect(events).toHaveLength(2);
    deliveries.end('the mock was reset');
  });

  it('does not keep them waiting out of order', async () => {
    const { handler, events } = recorder<object>();
    const deliveries = deliveriesOf({ [thumbnail]: never, [uploads]: handler }, { outOfOrder: true });
    deliveries.take([event('a', thumbnail), event('a', uploads)], undefined);
    deliveries.take([event('b', uploads)], undefined);
    const waits = errorOf(settled(deliveries));
    await turns();
    await turns();
    expect(events).toHaveLength(2);
    deliveries.end('the mock was reset');
    expect((await waits).message).toContain('the mock was reset before all events were delivered');
  });

  it('ends with a reset, and nothing of before is delivered or reported after it', async () => {
    const { handler, events } = recorder();
    let end: (() => void) | undefined;
    const deliveries = begin(
      { [thumbnail]: briefly(() => new Promise<void>((resolve) => (end = resolve))), [uploads]: handler },
      [event('a.jpg', thumbnail)],
      [event('b.jpg', thumbnail)],
    );
    await turns();
    deliveries.end('the mock was reset');
    end?.();
    await turns();
    deliveries.take([event('c', uploads)], undefined);
    await settled(deliveries);
    expect({ events: events.length, failures: deliveries.writeFailures(), running: deliveries.writeRunning() }).toEqual(
      {
        events: 1,
        failures: undefined,
        running: undefined,
      },
    );
  });

  it('is ended in real time, whatever timers a test fakes', async () => {
    jest.useFakeTimers();
    const error = failureOf({ [thumbnail]: briefly(never) });
    jest.useRealTimers();
    expect((await error).message).toContain('it did not end within 20 ms');
  });

  it('is not ended by time in which the event loop did not run', async () => {
    const handler: AnyHandler = async () => {
      const until = performance.now() + 600;
      while (performance.now() < until);
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    };
    await deliver({ [thumbnail]: { handler, timeout: { milliseconds: 500 } } }, [event('a.jpg', thumbnail)]);
  });

  it.each([[{ minutes: 16 }], [{ seconds: 0 }], [{ seconds: -1 }], [{ second: 1 }], [3000], ['3s'], [null], [{}]])(
    'has a time that a function may have, not %j',
    (timeout) => {
      expect(() => deliveriesOf({ [thumbnail]: { handler: never, timeout } })).toThrow(TypeError);
    },
  );

  it('may have a time beside a role, and a misspelt name is refused', () => {
    const wrong = { handler: never, timout: { seconds: 1 } };
    expect(() =>
      deliveriesOf({ [thumbnail]: { handler: never, role: 'worker', timeout: { minutes: 15 } } }),
    ).not.toThrow();
    expect(() => deliveriesOf({ [thumbnail]: wrong })).toThrow(/timout.*Did you mean timeout/);
  });
});

class Unprintable {
  toString(): string {
    throw new Error('no text');
  }

  [inspect.custom](): string {
    throw new Error('no text');
  }
}

describe('a handler that fails in a way of its own', () => {
  const rejecting =
    (value: unknown): AnyHandler =>
    () =>
      Promise.reject(value);

  it.each<[string, AnyHandler]>([
    ['undefined', rejecting(undefined)],
    ['null', rejecting(null)],
    ['a symbol', rejecting(Symbol('boom'))],
    ['a bigint', rejecting(1n)],
    ['an object without a prototype', rejecting(Object.create(null))],
    ['an object that cannot be printed', rejecting(new Unprintable())],
    ['a revoked proxy', rejecting(revoked())],
    [
      'an error whose message throws',
      rejecting(
        Object.defineProperty(new Error('x'), 'message', {
          get: () => {
            throw new Error('y');
          },
        }),
      ),
    ],
    [
      'what it throws at once',
      () => {
        throw undefined;
      },
    ],
    [
      'a thenable whose then throws',
      () =>
        Object.defineProperty({}, 'then', {
          value: () => {
            throw new Error('then');
          },
        }),
    ],
    [
      'a thenable whose then cannot be read',
      () =>
        Object.defineProperty({}, 'then', {
          get: () => {
            throw new Error('then');
          },
        }),
    ],
    ['a callback with a symbol', (_event, _context, callback) => callback(Symbol('boom') as never)],
    ['context.fail() without an error', (_event, context) => (context.fail as () => void)()],
  ])('fails its delivery: %s', async (_, handler) => {
    expect((await failureOf({ [thumbnail]: handler })).message).toContain(
      `the handler of ${thumbnail} failed for ObjectCreated:Put`,
    );
  });

  it.each<[string, AnyHandler]>([
    [
      'calls the callback twice',
      (_event, _context, callback) => {
        callback(null);
        callback('later');
      },
    ],
    [
      'resolves and throws',
      () =>
        new Promise((resolve) => {
          resolve(undefined);
          throw new Error('later');
        }),
    ],
  ])('ends the first time: %s', async (_, handler) => {
    await deliver({ [thumbnail]: handler }, [event('a.jpg', thumbnail)]);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
