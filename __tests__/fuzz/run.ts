import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { findingsOfJournal } from './journal';
import { type Played, roundLength } from './play';
import { type Finding, Report } from './report';
import { bytesKept, type Task } from './task';

/**
 * Sends generated requests to the mock, in memory and over a port, and reports those that S3 would not have answered so:
 * `npm run tool fuzz -- --seed 7 --count 50000`. `--only 1234` plays the round of that request up to it, and prints its bytes.
 * @module
 */

/** A thread that says nothing for so long is ended, and its request is a finding. */
const patience = 30_000;

const { values } = parseArgs({
  options: { seed: { type: 'string' }, count: { type: 'string', default: '50000' }, only: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const only = values.only === undefined ? undefined : Number(values.only);
const roundOf = (index: number) => index - (index % roundLength);

void main();

async function main(): Promise<void> {
  console.log(`seed ${seed}`);
  const report = new Report();
  const end = only === undefined ? Number(values.count) : only + 1;
  for (let from = only === undefined ? 0 : roundOf(only); from < end; ) from = await playFrom(from, end, report);
  if (only === undefined) for (const problem of await findingsOfJournal()) report.find({ index: end, problem });
  report.print(seed);
  process.exitCode = report.findings.length > 0 ? 1 : 0;
}

/** Returns the index from which to go on: the end, or the round after a request that had no end. */
function playFrom(from: number, to: number, report: Report): Promise<number> {
  const present = new SharedArrayBuffer(8 + bytesKept);
  const task: Task = { seed, from, to, present };
  const worker = new Worker(path.join(__dirname, 'player.js'), { workerData: task });
  return new Promise((resolve) => {
    let watch = setTimeout(() => {}, 0);
    const presentBytes = () => new Uint8Array(present.slice(8, 8 + Atomics.load(new Int32Array(present), 1)));
    const goOn = (problem: string) => {
      const index = Atomics.load(new Int32Array(present), 0);
      report.find({ index, problem, bytes: presentBytes() });
      clearTimeout(watch);
      worker.removeAllListeners('exit');
      void worker.terminate().then(() => resolve(roundOf(index) + roundLength));
    };
    const rest = () => {
      clearTimeout(watch);
      watch = setTimeout(() => goOn(`no end after ${patience / 1000} seconds`), patience);
    };
    worker.on('message', ({ played, failed }: { played?: Played; failed?: Finding }) => {
      rest();
      if (played !== undefined) take(played, report);
      if (failed !== undefined) report.find(failed);
    });
    worker.on('error', (error) => goOn(`the process would have crashed: ${error.stack ?? error.message}`));
    worker.on('exit', () => {
      clearTimeout(watch);
      resolve(to);
    });
    rest();
  });
}

function take(played: Played, report: Report): void {
  report.add(played);
  if (played.index === only && played.problems.length === 0)
    console.log(JSON.stringify(Buffer.from(played.bytes).toString('latin1')));
}
