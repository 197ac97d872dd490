import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** In milliseconds of the processor: time in which other processes run does not count. */
export async function costOf(work, calls = 1) {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await work(call);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / calls;
}

/** The quieter slices of a run: a busy machine makes the others slower. */
export async function quietCostOf(work, { slices, calls }) {
  const { call } = await quietCostsOf({ call: work }, { slices, calls });
  return call;
}

/** The slices of the works take turns. */
export async function quietCostsOf(works, { slices, calls }) {
  const costs = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let slice = 0; slice < slices; slice += 1) {
    for (const [name, work] of Object.entries(works)) costs[name].push(await costOf(work, calls));
  }
  return mapped(costs, (all) => all.toSorted((one, other) => one - other)[Math.floor(slices / 6)]);
}

export function mapped(values, change) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}

export function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** In bytes, after all garbage was collected. */
export function heapUsed() {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Outside of the heap, in bytes, after all garbage was collected. */
export function buffersUsed() {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
