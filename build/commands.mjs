/** How the scripts that have a list of names run what a name stands for, and how they print the list. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..');
const jest = 'node_modules/jest/bin/jest.js';

/** Runs commands of Node one after the other, up to the first that fails. Returns its exit code. Not every shell sets a variable in front of a command. */
export function run(commands, environment = {}) {
  for (const command of commands) {
    const { status } = spawnSync(process.execPath, command, { cwd: folder, stdio: 'inherit', env: { ...process.env, ...environment } });
    if (status !== 0) return status ?? 1;
  }
  return 0;
}

/** The command of jest for tests of `npm test`, or of `npm run test:verify`. */
export function testsOf(config, ...patterns) {
  return [jest, ...(config === 'verify' ? ['--config', '__tests__/verify.config.cjs'] : []), ...patterns];
}

/** Writes the names with what each is for. */
export function writeNames(table) {
  const widest = Math.max(...Object.keys(table).map((name) => name.length));
  return Object.entries(table)
    .map(([name, { about }]) => `  ${name.padEnd(widest)}  ${about}`)
    .join('\n');
}

/** Returns the names that are not in the table, in words, or undefined. */
export function findUnknown(names, table) {
  const unknown = names.filter((name) => !Object.hasOwn(table, name));
  return unknown.length === 0 ? undefined : `there is no ${unknown.join(', ')}; the names are:\n${writeNames(table)}`;
}
