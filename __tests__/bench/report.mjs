import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Bytes of the heap that are in use once nothing more can be collected. */
export function heapUsed() {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** A line of a table: what it is about, and the cells. */
export function line([first, ...others], width = 16) {
  return `  ${first.padEnd(30)}${others.map((cell) => cell.padStart(width)).join('')}`;
}
