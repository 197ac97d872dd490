import { parentPort, workerData } from 'node:worker_threads';
import { type Played, play } from './play';
import { bytesKept, type Task } from './task';

/**
 * The thread in which requests are played, since one that does not end can be ended only from outside.
 * @module
 */

const { seed, from, to, present } = workerData as Task; // this file is started with one
const place = new Int32Array(present, 0, 2);
const shared = new Uint8Array(present, 8);

void play(seed, from, to, {
  begins(index, bytes) {
    shared.set(bytes.subarray(0, bytesKept));
    Atomics.store(place, 1, Math.min(bytes.length, bytesKept));
    Atomics.store(place, 0, index);
  },
  played: (played) =>
    parentPort?.postMessage({
      played: { ...played, bytes: isPrinted(played) ? played.bytes : Buffer.alloc(0) },
    }),
  failed: (index, problem) => parentPort?.postMessage({ failed: { index, problem } }),
});

/** The last request is the one that `--only` names. */
function isPrinted({ index, problems }: Played): boolean {
  return problems.length > 0 || index === to - 1;
}
