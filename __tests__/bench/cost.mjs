import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Returns the milliseconds of the processor that a call of `work` takes: time in which other processes run does not count. */
export async function costOf(work, calls = 1) {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await work(call);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / calls;
}

/** Returns the cost of a call in the quieter slices of a run, since a busy machine makes the others slower. */
export async function quietCostOf(work, { slices, calls }) {
  const costs = [];
  for (let slice = 0; slice < slices; slice += 1) costs.push(await costOf(work, calls));
  return costs.toSorted((one, other) => one - other)[Math.floor(slices / 6)];
}

export function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Returns the bytes of the heap that are in use after all garbage was collected. */
export function heapUsed() {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Returns the bytes outside of the heap that buffers use, after all garbage was collected. */
export function buffersUsed() {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
