import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { libraryFolder } from './library.mjs';

const program = fileURLToPath(new URL('figure.mjs', import.meta.url));
const run = promisify(execFile);
const cache = fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url));
const file = join(cache, 'rounds.json');

export function keepMeasured(figures) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, JSON.stringify({ programs: digestOfPrograms(), figures }));
}

/** The figures of other programs are not those of this commit. */
export function readMeasured() {
  if (!existsSync(file)) return {};
  const { programs, figures } = JSON.parse(readFileSync(file, 'utf8'));
  return programs === digestOfPrograms() ? figures : {};
}

function digestOfPrograms() {
  const hash = createHash('sha256');
  for (const name of readdirSync(libraryFolder, { recursive: true }).toSorted()) {
    const path = join(libraryFolder, name);
    if (statSync(path).isFile()) hash.update(name).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * Measures the subjects of a figure, a process each, so many rounds, whose order turns: what makes the machine slower for a while meets
 * all of them. Returns the numbers of each round by subject.
 */
export async function measureRounds({ figure, runner, subjects, rounds }) {
  const found = Object.fromEntries(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (let index = 0; index < subjects.length; index += 1) {
      const subject = subjects[(index + round) % subjects.length];
      found[subject].push(await measureOnce([figure, subject, ...(runner === undefined ? [] : [runner])]));
    }
  }
  return found;
}

async function measureOnce(words) {
  const options = { env: { ...process.env, NODE_NO_WARNINGS: '1' }, maxBuffer: 2 ** 24 };
  const { stdout } = await run(process.execPath, [program, ...words], options);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}
