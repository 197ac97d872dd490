import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Queue } from '../../src/journal/log';

it('a queue is an array of its last items', () => {
  const steps = fc.array(fc.oneof(fc.nat(9), fc.constantFrom('replace', 'clear')));
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 4 }), (given, limit) => {
      const queue = new Queue<number>(limit);
      let items: number[] = [];
      let dropped = 0;
      for (const step of given) {
        if (typeof step === 'number') {
          queue.push(step);
          dropped += items.length === limit ? 1 : 0;
          items = [...items, step].slice(-limit);
        } else if (step === 'clear') {
          queue.clear();
          items = [];
          dropped = 0;
        } else if (items.length > 0) {
          queue.replace(items.length - 1, 10);
          items[items.length - 1] = 10;
        }
        expect([...queue]).toEqual(items);
        expect(queue.toArray()).toEqual(items);
        expect(queue).toMatchObject({ length: items.length, dropped });
        for (const index of [0, 1, -1, -items.length, items.length, -items.length - 1])
          expect(queue.at(index)).toBe(items.at(index));
      }
    }),
  );
});
