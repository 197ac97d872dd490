import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RevertibleMap } from '../../../src/model/revertible-map';
import { Transactions } from '../../../src/model/transactions';
import { runs } from '../../support/runs';

const noOrigin = () => ({ cause: { by: 'test' }, time: 0 }) as const;
const step = fc.record({
  act: fc.constantFrom('set', 'set', 'delete'),
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  value: fc.nat(9),
});

function take(map: Map<string, number>, { act, name, value }: { act: string; name: string; value: number }): void {
  if (act === 'set') map.set(name, value);
  else map.delete(name);
}

describe('a table of a bucket', () => {
  it('has the entries of a plain map, in their order, and after what was undone those from before', () => {
    const steps = fc.array(fc.tuple(fc.array(step, { maxLength: 8 }), fc.boolean()), { maxLength: 8 });
    const property = fc.property(steps, (batches) => {
      const transactions = new Transactions();
      const map = new RevertibleMap<number>(transactions);
      let plain = new Map<string, number>();
      for (const [batch, isUndone] of batches) {
        const after = new Map(plain);
        for (const one of batch) take(after, one);
        const act = () => {
          for (const one of batch) take(map, one);
          if (isUndone) throw new RangeError('undone');
        };
        if (isUndone) expect(() => transactions.run(act, noOrigin)).toThrow(RangeError);
        else transactions.run(act, noOrigin);
        if (!isUndone) plain = after;
        expect([...map]).toEqual([...plain]);
      }
    });
    fc.assert(property, runs(300));
  });
});
