import { problemOf } from './answers';
import { type Call, callOf } from './calls';
import { type Destination, exchange, type Outcome } from './connection';
import { frame } from './framing';
import { type Random, randomOf } from './random';
import { openWorld, type World } from './world';

export const roundLength = 100;

export interface Played {
  readonly index: number;
  readonly operation: string;
  readonly framing: string;
  readonly place: 'in memory' | 'over a port';
  /** The statuses of its answers: `200`, `400 400`, `none`. */
  readonly statuses: string;
  readonly seconds: number;
  readonly problems: readonly string[];
  readonly bytes: Buffer;
}

interface Listener {
  readonly begins: (index: number, bytes: Buffer) => void;
  readonly played: (played: Played) => void;
  /** Called if the mock throws when it is reset or stopped, with the index of the round's last request. */
  readonly failed: (index: number, problem: string) => void;
}

/** In seconds: the longest time for which a request may keep the process busy. */
const longest = 2;

/** Each round has a mock of its own; `from` has to begin a round. */
export async function play(seed: number, from: number, to: number, listener: Listener): Promise<void> {
  for (let start = from; start < to; start += roundLength) {
    const end = Math.min(start + roundLength, to);
    listener.begins(start, Buffer.alloc(0)); // a mock that cannot be made is a finding of its own round
    const world = await openWorld(randomOf(seed, -1 - start));
    for (let index = start; index < end; index += 1) listener.played(await playOne(seed, index, world, listener));
    await attempt(
      () => world.s3.reset(),
      (problem) => listener.failed(end - 1, `reset threw ${problem}`),
    );
    await attempt(
      () => world.close(),
      (problem) => listener.failed(end - 1, `stop threw ${problem}`),
    );
  }
}

async function attempt(work: () => unknown, fail: (problem: string) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

async function playOne(seed: number, index: number, world: World, { begins }: Listener): Promise<Played> {
  const random = randomOf(seed, index);
  const now = new Date();
  const make = () => callOf(random, world.seen, now);
  const call = make();
  const framed = frame(random, call, make);
  const [place, destination] = destinationOf(random, call, world);
  begins(index, framed.bytes);
  const before = process.cpuUsage();
  const outcome = await exchange(framed, destination);
  const { user, system } = process.cpuUsage(before);
  world.learn(outcome);
  if (random.chance(0.01)) world.s3.clock.advance({ days: random.between(1, 40) });
  return {
    index,
    operation: call.operation,
    framing: framed.kind,
    place,
    statuses: outcome.answers.map(({ status }) => status).join(' ') || 'none',
    seconds: (user + system) / 1_000_000,
    problems: problemsOf(outcome, (user + system) / 1_000_000),
    bytes: framed.bytes,
  };
}

function destinationOf(random: Random, { host }: Call, { port }: World): readonly [Played['place'], Destination] {
  if (random.below(10) < 3) return ['over a port', { host: '127.0.0.1', port }];
  const known = /^[a-z0-9.-]+\.(?:amazonaws\.com|appdomain\.cloud|ibm\.com)$/.test(host);
  return ['in memory', { host: known ? host : 's3.amazonaws.com', port: 80 }];
}

function problemsOf({ answers, problem }: Outcome, seconds: number): readonly string[] {
  return [
    ...(problem === undefined ? [] : [problem]),
    ...answers.flatMap((answer) => problemOf(answer) ?? []),
    ...(seconds > longest ? [`${seconds.toFixed(1)} seconds`] : []),
  ];
}
