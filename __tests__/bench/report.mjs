import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Returns the bytes of the heap that are in use after all garbage was collected. */
export function heapUsed() {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Returns a line of a table: its subject and its cells. */
export function line([first, ...others], width = 16) {
  return `  ${first.padEnd(30)}${others.map((cell) => cell.padStart(width)).join('')}`;
}
