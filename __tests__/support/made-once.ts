import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { filesOnDisk, root } from '../house/files';

const cache = join(root, 'node_modules/.cache');

const day = 24 * 60 * 60_000;

/** Made for all workers by the first that asks, and kept until one of the files changes; the others wait. */
export function madeOnce(name: string, inputs: readonly string[], make: (folder: string) => void): string {
  const folder = join(cache, name, digestOf(inputs));
  if (existsSync(folder)) return folder;
  mkdirSync(join(cache, name), { recursive: true });
  const release = lock(`${folder}.lock`);
  try {
    if (existsSync(folder)) return folder;
    removeOld(join(cache, name));
    const unfinished = mkdtempSync(`${folder}.`);
    make(unfinished);
    renameSync(unfinished, folder);
    return folder;
  } finally {
    release();
  }
}

function digestOf(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  const existing = inputs.filter((input) => existsSync(join(root, input)));
  for (const file of existing.flatMap((one) => (statSync(join(root, one)).isFile() ? [one] : filesOnDisk(one)))) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function lock(file: string): () => void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!takes(file)) {
    if (isLeftBehind(file)) rmSync(file, { force: true });
    else Atomics.wait(pause, 0, 0, 100);
  }
  return () => rmSync(file, { force: true });
}

function takes(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isLeftBehind(file: string): boolean {
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  // The number is written a moment after the file is made.
  if (holder === 0) return false;
  try {
    return !process.kill(holder, 0);
  } catch {
    return true;
  }
}

function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const old = join(folder, name);
    if (Date.now() - statSync(old).mtimeMs > day) rmSync(old, { recursive: true, force: true });
  }
}
