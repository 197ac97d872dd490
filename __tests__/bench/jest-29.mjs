import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '29.7.0';
const folder = fileURLToPath(new URL('../../node_modules/.cache/bench/jest-29', import.meta.url));
const packages = join(folder, 'node_modules');

/** Beside the caches, since no test needs it; returns the folder of its packages. */
export function installJest29() {
  if (existsSync(join(packages, 'jest'))) return packages;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `jest@${version}`], { cwd: folder });
  return packages;
}
