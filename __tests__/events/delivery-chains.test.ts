import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Deliveries } from '../../src/events/deliveries';
import { deliveriesOf, errorOf, event, keysOf, recorder, settled, thumbnail, uploads } from './delivery-scene';

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

  it.each([thumbnail, uploads])(
    'ends after 16 links, with the first and the last of them on the screen: %s',
    async (destination) => {
      const { calls, error } = await loop(Number.POSITIVE_INFINITY, destination);
      expect(calls).toBe(16);
      expect(error).toMatchObject({ name: 'S3MockError', code: 'RECURSIVE_LOOP' });
      expect(error.cause).toBeUndefined();
      const lines = error.message.split('\n');
      expect(lines[0]).toBe(
        's3.events.settled: a handler triggers itself: the chain has 16 links, and its next event is not delivered, because Lambda stops recursive ' +
          "loops. Write to another bucket, or to keys that the configuration's filter excludes.",
      );
      expect(lines.slice(1)).toEqual([
        `   1. ObjectCreated:Put vault/a.jpg -> ${destination}`,
        `   2. ObjectCreated:Put vault/1.jpg -> ${destination}`,
        `   3. ObjectCreated:Put vault/2.jpg -> ${destination}`,
        '      … 12 more',
        `  16. ObjectCreated:Put vault/15.jpg -> ${destination}`,
        `  17. ObjectCreated:Put vault/16.jpg -> ${destination}  (not delivered)`,
      ]);
    },
  );

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
});
