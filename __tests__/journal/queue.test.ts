import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Queue } from '../../src/journal/log';

describe('a queue', () => {
  it('is an array whose oldest items were dropped', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(9), fc.constantFrom('shift', 'replace', 'clear'))), (steps) => {
        const queue = new Queue<number>();
        let items: number[] = [];
        for (const step of steps) {
          if (typeof step === 'number') {
            queue.push(step);
            items.push(step);
          } else if (step === 'shift') {
            expect(queue.shift()).toBe(items.shift());
          } else if (step === 'clear') {
            queue.clear();
            items = [];
          } else if (items.length > 0) {
            queue.replace(items.length - 1, 10);
            items[items.length - 1] = 10;
          }
          expect([...queue]).toEqual(items);
          expect(queue.toArray()).toEqual(items);
          expect(queue).toHaveLength(items.length);
          for (const index of [0, 1, -1, -items.length, items.length, -items.length - 1])
            expect(queue.at(index)).toBe(items.at(index));
        }
      }),
    );
  });
});
