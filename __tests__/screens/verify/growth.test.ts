import '../../support/in-place';
import { afterAll, describe, expect, it } from '@jest/globals';
import { CallCounter, type Calls } from '../counted-calls';
import { failures } from '../failures';
import { openScene } from '../open-scene';
import { scenes } from '../scenes';

/** More than the 100 requests that many hints examine at most. */
const COUNT = 110;

/** Twice as much work of a part that grows evenly is twice as many calls. Fewer calls than this are never too many. */
const FEW = 1000;

const counter = new CallCounter();
afterAll(() => counter.stop());

/** Counts the calls of all failures together: a part of one that grows with the square still makes most of the calls of that part. */
async function countCalls(title: string, count: number): Promise<Calls> {
  const { control, close } = await openScene(title, count);
  try {
    const writes = Object.values(failures).map((failure) => failure({ control, count }));
    return counter.countCalls(() => {
      for (const write of writes) write();
    });
  } finally {
    await close();
  }
}

async function findGrown(title: string): Promise<readonly string[]> {
  const [once, twice] = [await countCalls(title, COUNT), await countCalls(title, 2 * COUNT)];
  expect(once.size).toBeGreaterThan(500);
  return [...twice].flatMap(([place, calls]) => (calls > 2.5 * (once.get(place) ?? 0) + FEW ? place : []));
}

describe('what the library adds to a failure', () => {
  it.each(Object.keys(scenes))('makes at most twice as many calls for twice as much: %s', async (title) => {
    const grown = await findGrown(title);
    // V8 can lose calls of a function that it optimizes at that moment, but not twice.
    const again = grown.length === 0 ? [] : await findGrown(title);
    expect(grown.filter((place) => again.includes(place))).toEqual([]);
  });
});
