import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './cost.mjs';

const program = fileURLToPath(new URL('figure.mjs', import.meta.url));
const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url));

/** Keeps the figures for the next run. */
export function keepMeasured(measured) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${cache}/measured.json`, JSON.stringify(measured));
}

/** The figures of earlier runs. */
export function readMeasured() {
  return existsSync(`${cache}/measured.json`) ? JSON.parse(readFileSync(`${cache}/measured.json`, 'utf8')) : {};
}

/**
 * Measures the subjects of a figure, a process each, so many rounds, whose order turns: what makes the machine slower for a while meets
 * all of them. Returns the medians by subject; `before` is the folder of older programs, whose subjects are named `older …`.
 */
export async function measureRounds({ figure, subjects, older, before, rounds }) {
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
      found[name].push(await measureOnce(figure, subject, environment));
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, all]) => [name, mediansOf(all)]));
}

async function measureOnce(figure, subject, environment) {
  const options = { env: { ...process.env, ...environment, NODE_NO_WARNINGS: '1' }, maxBuffer: 2 ** 24 };
  const { stdout } = await run(process.execPath, [program, figure, subject], options);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

function mediansOf(all) {
  return Object.fromEntries(Object.keys(all[0]).map((name) => [name, median(all.map((numbers) => numbers[name]))]));
}
