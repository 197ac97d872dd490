import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('figure.mjs', import.meta.url));
const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url));

export function keepMeasured(measured) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${cache}/rounds.json`, JSON.stringify(measured));
}

export function readMeasured() {
  return existsSync(`${cache}/rounds.json`) ? JSON.parse(readFileSync(`${cache}/rounds.json`, 'utf8')) : {};
}

/**
 * Measures the subjects of a figure, a process each, so many rounds, whose order turns: what makes the machine slower for a while meets
 * all of them. Returns the numbers of each round by subject; `before` is the folder of older programs, whose subjects are named `older …`.
 */
export async function measureRounds({ figure, runner, subjects, older, before, rounds }) {
  const runs = [
    ...subjects.map((subject) => ({ name: subject, subject, environment: {} })),
    ...older.map((subject) => ({
      name: `older ${subject}`,
      subject,
      environment: { BENCH_LIBRARY: resolve(before) },
    })),
  ];
  const found = Object.fromEntries(runs.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let index = 0; index < runs.length; index += 1) {
      const { name, subject, environment } = runs[(index + round) % runs.length];
      found[name].push(await measureOnce([figure, subject, ...(runner === undefined ? [] : [runner])], environment));
    }
  }
  return found;
}

async function measureOnce(words, environment) {
  const options = { env: { ...process.env, ...environment, NODE_NO_WARNINGS: '1' }, maxBuffer: 2 ** 24 };
  const { stdout } = await run(process.execPath, [program, ...words], options);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
