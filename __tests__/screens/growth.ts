import { expect } from '@jest/globals';
import { CallCounter, type Calls } from './counted-calls';
import { failures } from './failures';
import { openScene } from './open-scene';

/** More than the 100 requests that many hints examine at most. */
const COUNT = 110;

/** Twice as much work of a part that grows evenly is twice as many calls. Fewer calls than this are never too many. */
const FEW = 1000;

/** Counts the calls of all failures together: a part of one that grows with the square still makes most of the calls of that part. */
async function countCalls(title: string, count: number): Promise<Calls> {
  const { control, close } = await openScene(title, count);
  const counter = new CallCounter();
  try {
    const writes = Object.values(failures).map((failure) => failure({ control, count }));
    return counter.countCalls(() => {
      for (const write of writes) write();
    });
  } finally {
    counter.stop();
    await close();
  }
}

async function findGrown(title: string): Promise<readonly string[]> {
  const [once, twice] = [await countCalls(title, COUNT), await countCalls(title, 2 * COUNT)];
  // A counter that finds no file of src would find no growth.
  expect(once.size).toBeGreaterThan(500);
  return [...twice].flatMap(([place, calls]) => (calls > 2.5 * (once.get(place) ?? 0) + FEW ? place : []));
}

/** Returns the functions that a scene of twice the size calls more than about twice as often. */
export async function findGrownFunctions(title: string): Promise<readonly string[]> {
  const grown = await findGrown(title);
  if (grown.length === 0) return [];
  // V8 can lose calls of a function that it optimizes at that moment, but not twice.
  const again = new Set(await findGrown(title));
  return grown.filter((place) => again.has(place));
}
