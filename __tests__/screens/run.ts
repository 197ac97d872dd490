import process from 'node:process';
import { parseArgs } from 'node:util';
import { type Failure, failures } from './failures';
import { openScene } from './open-scene';
import { scenes } from './scenes';

/**
 * Measures what the library adds to each failure: `npm run tool screens`. The times are those of the processor, the least of some rounds, in
 * milliseconds, by the number of keys and requests. `--scene batch --failure toHaveApplied` measures some, and `--over 0` prints all.
 * @module
 */

const { values: options } = parseArgs({
  options: {
    scene: { type: 'string', default: '' },
    failure: { type: 'string', default: '' },
    counts: { type: 'string', default: '250,500,1000,2000' },
    over: { type: 'string', default: '10' },
  },
});

const counts = options.counts.split(',').map(Number);
const ROUNDS = 3;
/** A measurement of this many milliseconds is not repeated. */
const LONG = 300;

function measure(failure: Failure, subject: Parameters<Failure>[0]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS && (round === 0 || least < LONG); round += 1) {
    const write = failure(subject);
    const before = process.cpuUsage();
    write();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

async function measureScene(title: string): Promise<void> {
  const chosen = Object.entries(failures).filter(([name]) => name.includes(options.failure));
  const times = new Map(chosen.map(([name]) => [name, [] as number[]]));
  for (const count of counts) {
    const scene = await openScene(title, count);
    for (const [name, failure] of chosen) times.get(name)?.push(measure(failure, { ...scene, count }));
    await scene.close();
  }
  const rows = [...times].filter(([, all]) => Math.max(...all) >= Number(options.over));
  if (rows.length === 0) return;
  console.log(`\n${title}`.padEnd(58) + counts.map((count) => String(count).padStart(9)).join(''));
  for (const [name, all] of rows.toSorted(([, one], [, other]) => (other.at(-1) ?? 0) - (one.at(-1) ?? 0)))
    console.log(`  ${name.padEnd(55)}${all.map((time) => time.toFixed(1).padStart(9)).join('')}`);
}

async function main(): Promise<void> {
  for (const title of Object.keys(scenes)) if (title.includes(options.scene)) await measureScene(title);
}

void main();
