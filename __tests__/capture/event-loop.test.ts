import { describe, expect, it } from '@jest/globals';
import { untilAtRest } from '../../src/capture/event-loop';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the rest of the event loop', () => {
  it('is waited for as long as somebody is busy', async () => {
    let looks = 0;
    await untilAtRest(() => {
      looks += 1;
      return looks < 10;
    }, false);
    expect(looks).toBeGreaterThanOrEqual(10);
  });

  it('is not waited for if no call can be on its way', async () => {
    let isOver = false;
    const rest = untilAtRest(() => false, false).then(() => {
      isOver = true;
    });
    await Promise.resolve();
    await Promise.resolve();
    expect(isOver).toBe(true);
    await rest;
  });

  it('comes after work that takes turns', async () => {
    const order: string[] = [];
    const work = async () => {
      for (let turns = 0; turns < 30; turns += 1) await turn();
      order.push('work');
    };
    await Promise.all([work(), untilAtRest(() => false, true).then(() => order.push('rest'))]);
    expect(order).toEqual(['work', 'rest']);
  });

  it('is not waited for without an end', async () => {
    let looks = 0;
    await untilAtRest(() => {
      looks += 1;
      return true;
    }, true);
    expect(looks).toBe(40);
  });
});
