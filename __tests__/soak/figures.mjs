import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';

const MEGABYTE = 2 ** 20;

/** The part of each run that is done: `npm test` does a small one. */
const share = Number(process.env.SOAK_SHARE ?? 1);

/** In the heap and outside of it, after all garbage was collected. */
export async function memoryUsed() {
  // Sockets and streams let go of their memory some turns after they are closed.
  for (let round = 0; round < 3; round += 1) {
    await wait(10);
    await turn();
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Does work in slices and measures the memory after each. The first fifth only warms up; growth is the least of the last fifth above the
 * least of the second, since single measurements vary.
 */
export async function growthOf(wholeTimes, work, slices = 20) {
  const times = Math.ceil(wholeTimes * share);
  const samples = [];
  const start = performance.now();
  for (let slice = 0; slice < slices; slice += 1) {
    const end = Math.round((times * (slice + 1)) / slices);
    for (let index = Math.round((times * slice) / slices); index < end; index += 1) await work(index);
    samples.push(await memoryUsed());
  }
  const seconds = (performance.now() - start) / 1000;
  const fifth = Math.ceil(slices / 5);
  const least = (from) => Math.min(...samples.slice(from, from + fifth));
  return { times, grown: least(slices - fifth) - least(fifth), most: Math.max(...samples), seconds };
}

export function reportMegabytes(name, bytes, allowed, note = '') {
  report(name, `${(bytes / MEGABYTE).toFixed(2)} MB`, `${allowed} MB`, bytes <= allowed * MEGABYTE, note);
}

export function reportNone(name, found, note = '') {
  report(name, `${found.length}`, '0', found.length === 0, note);
  for (const one of found) console.log(`      ${one}`);
}

function report(name, figure, allowed, passes, note) {
  const cells = [name.padEnd(44), figure.padStart(12), `at most ${allowed}`.padStart(18), passes ? ' ok   ' : ' GROWS'];
  console.log(`  ${cells.join(' ')} ${note}`);
  if (!passes) process.exitCode = 1;
}
