import { describe, expect, it } from '@jest/globals';
import type { DeliveryParts } from '../../src/events/deliveries';
import type { EventEntry } from '../../src/events/entry';
import type { QueueEvent } from '../../src/events/handler-types';
import { Ids } from '../../src/model/ids';
import { deliveriesOf, event, keysOf, recorder, settled, thumbnail, uploads } from './delivery-scene';

const seeds = Array.from({ length: 20 }, (_, index) => `seed ${index}`);

async function deliverWith(
  options: Partial<DeliveryParts>,
  handlers: object,
  causes: readonly (readonly EventEntry[])[],
): Promise<void> {
  const deliveries = deliveriesOf(handlers, options);
  for (const entries of causes) deliveries.take(entries, undefined);
  await settled(deliveries);
}

async function keysWith(
  options: Partial<DeliveryParts>,
  causes: readonly (readonly string[])[],
  seed = 'seed',
): Promise<readonly string[]> {
  const { handler, events } = recorder();
  const entries = causes.map((keys) => keys.map((key) => event(key, thumbnail)));
  await deliverWith({ ids: new Ids(seed), ...options }, { [thumbnail]: handler }, entries);
  return keysOf(events);
}

describe('duplicates', () => {
  it.each(seeds)('bring an event that is alone twice: %s', async (seed) => {
    expect(await keysWith({ duplicates: true }, [['a']], seed)).toEqual(['a', 'a']);
  });

  it('bring at least one event of each cause twice, after all of it, and none more often', async () => {
    const runs = await Promise.all(seeds.map((seed) => keysWith({ duplicates: true }, [['a', 'b', 'c']], seed)));
    for (const keys of runs) {
      expect(keys.slice(0, 3)).toEqual(['a', 'b', 'c']);
      expect(keys.length).toBeGreaterThan(3);
      expect(new Set(keys.slice(3)).size).toBe(keys.length - 3);
    }
    expect(new Set(runs.map(String)).size).toBeGreaterThan(1);
  });

  it.each(seeds)('bring at least one event to each destination twice: %s', async (seed) => {
    const [own, other] = [recorder(), recorder()];
    const handlers = { [thumbnail]: own.handler, eventbridge: other.handler };
    const entries = [event('a', thumbnail), event('a', 'eventbridge')];
    await deliverWith({ ids: new Ids(seed), duplicates: true }, handlers, [entries]);
    expect({ own: own.events.length, other: other.events.length }).toEqual({ own: 2, other: 2 });
  });

  it('are the same for the same seed', async () => {
    const causes = [['a', 'b', 'c', 'd']];
    expect(await keysWith({ duplicates: true }, causes)).toEqual(await keysWith({ duplicates: true }, causes));
  });

  it('come to a queue as messages of their own', async () => {
    const { handler, events } = recorder<QueueEvent>();
    await deliverWith({ duplicates: true }, { [uploads]: handler }, [[event('a', uploads)]]);
    const records = events.flatMap(({ Records }) => Records);
    expect(events.map(({ Records }) => Records.length)).toEqual([1, 1]);
    expect(records[0]?.body).toBe(records[1]?.body);
    expect(records[0]?.messageId).not.toBe(records[1]?.messageId);
  });
});

describe('outOfOrder', () => {
  it.each(Array.from({ length: 60 }, (_, index) => `seed ${index}`))(
    'brings duplicates in an order that a handler can tell from theirs: %s',
    async (seed) => {
      const keys = await keysWith({ duplicates: true, outOfOrder: true }, [['a'], ['b']], seed);
      expect(keys.toSorted()).toEqual(['a', 'a', 'b', 'b']);
      expect(keys).not.toEqual(['a', 'a', 'b', 'b']);
    },
  );

  const caused = ['a', 'b', 'c', 'd'];
  const causes = caused.map((key) => [key]);

  it.each(seeds)('brings events that wait together in another order: %s', async (seed) => {
    const keys = await keysWith({ outOfOrder: true }, causes, seed);
    expect(keys).not.toEqual(caused);
    expect(keys.toSorted()).toEqual(caused);
  });

  it.each(seeds)('exchanges two: %s', async (seed) => {
    expect(await keysWith({ outOfOrder: true }, [['a'], ['b']], seed)).toEqual(['b', 'a']);
  });

  it('is the same for the same seed, and differs between seeds', async () => {
    const runs = await Promise.all(seeds.map((seed) => keysWith({ outOfOrder: true }, causes, seed)));
    expect(runs[0]).toEqual(await keysWith({ outOfOrder: true }, causes, seeds[0]));
    expect(new Set(runs.map(String)).size).toBeGreaterThan(3);
  });

  it('is seen by each destination, also within one batch', async () => {
    const [functions, queue] = [recorder(), recorder<QueueEvent>()];
    const handlers = { [thumbnail]: functions.handler, [uploads]: queue.handler };
    const entries = ['a', 'b'].flatMap((key) => [event(key, thumbnail), event(key, uploads)]);
    await deliverWith({ outOfOrder: true }, handlers, [entries]);
    expect(keysOf(functions.events)).toEqual(['b', 'a']);
    expect(
      queue.events.map(({ Records }) => Records.map(({ body }) => JSON.parse(body).Records[0].s3.object.key)),
    ).toEqual([['b', 'a']]);
  });

  it('is the same however much time passes between the causes', async () => {
    const { handler, events } = recorder();
    const deliveries = deliveriesOf({ [thumbnail]: handler }, { outOfOrder: true, duplicates: true });
    for (const key of caused) {
      deliveries.take([event(key, thumbnail)], undefined);
      for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    expect(events).toEqual([]);
    await settled(deliveries);
    expect(keysOf(events)).toEqual(await keysWith({ outOfOrder: true, duplicates: true }, causes));
  });
});

describe('a changed manner', () => {
  const handled = (manner: Parameters<ReturnType<typeof deliveriesOf>['change']>[0]) => {
    const { handler, events } = recorder();
    const deliveries = deliveriesOf({ [thumbnail]: handler });
    const end = deliveries.change(manner);
    for (const key of ['a', 'b', 'c']) deliveries.take([event(key, thumbnail)], undefined);
    return { deliveries, events, end };
  };
  const passTurns = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  const untilHandled = async (events: readonly unknown[]) => {
    while (events.length < 3) await new Promise<void>((resolve) => setTimeout(resolve, 1));
  };

  it('brings the last event first', async () => {
    const { deliveries, events } = handled({ outOfOrder: 'last first', lateBy: 60_000 });
    await settled(deliveries);
    expect(keysOf(events)).toEqual(['c', 'b', 'a']);
  });

  it.each([
    [{ lateBy: 1 }, ['a', 'b', 'c']],
    [{ outOfOrder: 'last first', lateBy: 1 } as const, ['c', 'b', 'a']],
  ])('brings events late to a test that does not await them: %j', async (manner, keys) => {
    const { events } = handled(manner);
    await untilHandled(events);
    expect(keysOf(events)).toEqual(keys);
  });

  it('keeps late events back until the test awaits them', async () => {
    const { deliveries, events } = handled({ lateBy: 60_000 });
    await passTurns();
    expect(events).toEqual([]);
    await settled(deliveries);
    expect(keysOf(events)).toEqual(['a', 'b', 'c']);
  });

  it('ends', async () => {
    const { deliveries, events, end } = handled({ duplicates: 'all', outOfOrder: 'last first' });
    await settled(deliveries);
    end();
    events.length = 0;
    for (const key of ['d', 'e']) deliveries.take([event(key, thumbnail)], undefined);
    await passTurns();
    expect(keysOf(events)).toEqual(['d', 'e']);
  });
});
