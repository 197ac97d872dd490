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

it('a copy of what a sender wrote has the same sender', () => {
  const deliveries = deliveriesOf({ [thumbnail]: () => {} });
  const test = {};
  deliveries.noteSender('R1', test);
  const [known, other, none] = ['R1', 'R2', undefined].map((id) => deliveries.senderOf(id));
  expect({ known, other, none }).toEqual({ known: test, other: undefined, none: undefined });
  deliveries.end('the mock was reset');
  expect(deliveries.senderOf('R1')).toBeUndefined();
});
