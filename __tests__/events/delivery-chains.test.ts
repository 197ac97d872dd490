import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Deliveries } from '../../src/events/deliveries';
import { deliveriesOf, errorOf, event, keysOf, recorder, settled, thumbnail, turns, uploads } from './delivery-scene';

/** Hands over an event as a mock does, with the handler that made the request, if one did. */
const cause = (deliveries: Deliveries, key: string, destination = thumbnail) =>
  deliveries.take([event(key, destination)], deliveries.sender);

// F788
describe('a chain of deliveries', () => {
  const loop = async (most: number, destination = thumbnail) => {
    let calls = 0;
    const deliveries: Deliveries = deliveriesOf({
      [destination]: async () => {
        calls += 1;
        await turn();
        if (calls < most) cause(deliveries, `${calls}.jpg`, destination);
      },
    });
    cause(deliveries, 'a.jpg', destination);
    const error = await errorOf(settled(deliveries));
    return { calls, error };
  };

  it('may have 16 links', async () => {
    expect(await loop(16)).toEqual({ calls: 16, error: new Error('it was resolved') });
  });

  it.each([thumbnail, uploads])('ends after 16 links, with each of them on the screen: %s', async (destination) => {
    const { calls, error } = await loop(Number.POSITIVE_INFINITY, destination);
    expect(calls).toBe(16);
    expect(error).toMatchObject({ name: 'S3MockError', code: 'RECURSIVE_LOOP' });
    expect(error.cause).toBeUndefined();
    const lines = error.message.split('\n');
    expect(lines[0]).toBe(
      's3.events.settled: a handler triggers itself: the chain has 16 links, and its next event is not delivered, as Lambda stops recursive ' +
        "loops. Write to another bucket, or to keys that the configuration's filter leaves out.",
    );
    expect(lines[1]).toBe(`   1. ObjectCreated:Put vault/a.jpg -> ${destination}`);
    expect(lines[16]).toBe(`  16. ObjectCreated:Put vault/15.jpg -> ${destination}`);
    expect(lines[17]).toBe(`  17. ObjectCreated:Put vault/16.jpg -> ${destination}  (not delivered)`);
    expect(lines).toHaveLength(18);
  });

  it('is not continued by a later request of the test', async () => {
    const { handler, events } = recorder();
    const deliveries = deliveriesOf({ [thumbnail]: handler });
    for (let index = 0; index < 40; index += 1) {
      cause(deliveries, `${index}.jpg`);
      await settled(deliveries);
    }
    expect(events).toHaveLength(40);
  });

  it('is waited for by settled(), whatever its handlers cause', async () => {
    const seen: string[] = [];
    const deliveries: Deliveries = deliveriesOf({
      [thumbnail]: async (given: never) => {
        const [key = ''] = keysOf([given]);
        await turn();
        if (key.length < 5) cause(deliveries, `${key}x`);
        seen.push(key);
      },
    });
    cause(deliveries, 'a');
    await settled(deliveries);
    expect(seen).toEqual(['a', 'ax', 'axx', 'axxx', 'axxxx']);
  });

  it('belongs to the test whose request began it', async () => {
    const test = { name: 'one' };
    const senders: unknown[] = [];
    const deliveries: Deliveries = deliveriesOf({
      [thumbnail]: async (given: never) => {
        senders.push(deliveries.testOf(deliveries.sender));
        if (keysOf([given])[0] === 'a') cause(deliveries, 'b');
      },
    });
    deliveries.take([event('a', thumbnail)], test);
    await settled(deliveries);
    expect(senders).toEqual([test, test]);
    expect(deliveries.sender).toBeUndefined();
  });
});

describe('the end of a test', () => {
  it('leaves out what was not delivered yet', async () => {
    const { handler, events } = recorder();
    const deliveries = deliveriesOf({ [thumbnail]: handler });
    cause(deliveries, 'earlier');
    deliveries.end('the mock was reset');
    cause(deliveries, 'present');
    await settled(deliveries);
    expect(keysOf(events)).toEqual(['present']);
  });

  it('ends the calls of settled() that wait', async () => {
    const deliveries = deliveriesOf({ [thumbnail]: () => new Promise(() => {}) });
    cause(deliveries, 'a');
    const wait = errorOf(settled(deliveries));
    await turns();
    deliveries.end('the mock was reset');
    expect(await wait).toMatchObject({
      name: 'S3MockError',
      code: 'WAIT_ENDED',
      message:
        's3.events.settled: the mock was reset before all events were delivered. Wait for them in the test that causes them.',
    });
  });

  const lateHandler = async (after: (deliveries: Deliveries, key: string) => void) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const keys: string[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const deliveries: Deliveries = deliveriesOf({
      [thumbnail]: async (given: never) => {
        const [key = ''] = keysOf([given]);
        keys.push(key);
        if (key !== 'earlier') return;
        await held;
        finish();
        after(deliveries, key);
      },
    });
    cause(deliveries, 'earlier');
    await turns();
    deliveries.end('the mock was reset');
    cause(deliveries, 'present');
    release();
    await finished;
    await turn();
    await settled(deliveries);
    return { keys, deliveries };
  };

  it('makes the error of a handler that fails later nobody’s', async () => {
    const { keys, deliveries } = await lateHandler(() => {
      throw new Error('late');
    });
    expect(keys).toEqual(['earlier', 'present']);
    expect(deliveries.writeFailures()).toBeUndefined();
  });

  it('leaves out what a handler causes later', async () => {
    const { keys } = await lateHandler((deliveries) => cause(deliveries, 'late'));
    expect(keys).toEqual(['earlier', 'present']);
  });

  it('takes back the handlers that were added since the fixtures', async () => {
    const [fixture, own] = [recorder(), recorder()];
    const deliveries = deliveriesOf({ [thumbnail]: fixture.handler });
    deliveries.deliverTo(thumbnail, own.handler);
    cause(deliveries, 'a');
    await settled(deliveries);
    deliveries.restoreFixtures();
    cause(deliveries, 'b');
    await settled(deliveries);
    expect({ own: keysOf(own.events), fixture: keysOf(fixture.events) }).toEqual({ own: ['a'], fixture: ['b'] });
  });
});
