import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = '3.7.1';
const folder = fileURLToPath(new URL('../../node_modules/.cache/bench', import.meta.url));

/** Installs s3rver beside the caches: it is compared with, and no test needs it. */
export function installS3rver() {
  if (existsSync(join(folder, 'node_modules/s3rver'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `s3rver@${version}`], {
    cwd: folder,
  });
}

export function loadS3rver() {
  return createRequire(join(folder, 'package.json'))('s3rver');
}
