import { expect, it } from '@jest/globals';
import type { Deliveries } from '../../src/events/deliveries';
import { deliveriesOf, event, keysOf, recorder, settled, thumbnail } from './delivery-scene';

it.each([
  ['in order', false],
  ['out of order', true],
])('settled() waits for the events of what is due, and of what is due after it, %s', async (_how, outOfOrder) => {
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
