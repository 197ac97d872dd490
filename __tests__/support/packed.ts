import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { filesOnDisk, root } from '../house/sources';
import { execute, Project } from './project';

/** The files of the checkout that go into the package, or that build it. */
export const needed = [
  'package.json',
  'tsconfig.json',
  'rolldown.config.mjs',
  'build',
  'src',
  'docs',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];

/** Several test files need the package, so that it is kept beside the cache of jest until one of its files changes. */
const cache = join(root, 'node_modules/.cache/packed');

const day = 24 * 60 * 60_000;

/** The library as `npm pack` describes it. */
export interface Packed {
  /** The path of the tarball. */
  readonly tarball: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs the library. It is packed from a copy of the checkout, because packing builds. */
export async function packLibrary(): Promise<Packed> {
  const folder = join(cache, digestOfInputs());
  if (!existsSync(folder)) await packInto(folder);
  const [packed] = JSON.parse(readFileSync(join(folder, 'packed.json'), 'utf8'));
  return { ...packed, tarball: join(folder, packed.filename) };
}

async function packInto(folder: string): Promise<void> {
  removeOld();
  const source = new Project('source');
  try {
    for (const file of needed) cpSync(join(root, file), join(source.folder, file), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(source.folder, 'node_modules'), 'dir');
    // Another worker may pack at the same time: a rename is whole.
    const own = `${folder}.${process.pid}`;
    mkdirSync(own, { recursive: true });
    const pack = ['pack', '--json', '--pack-destination', own];
    // Compiler and bundlers take minutes on a busy machine.
    const { code, stdout, stderr } = await execute(source.folder, 'npm', pack, {}, 600_000);
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
    // The build prints lines of its own before the list.
    source.write('packed.json', stdout.slice(stdout.search(/^\[/m)));
    cpSync(join(source.folder, 'packed.json'), join(own, 'packed.json'));
    if (!existsSync(folder)) renameSync(own, folder);
    rmSync(own, { recursive: true, force: true });
  } finally {
    source.remove();
  }
}

function digestOfInputs(): string {
  const hash = createHash('sha256');
  for (const file of needed.flatMap((one) => (one.includes('.') || one === 'LICENSE' ? [one] : filesOnDisk(one)))) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

function removeOld(): void {
  if (!existsSync(cache)) return;
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    if (Date.now() - statSync(folder).mtimeMs > day) rmSync(folder, { recursive: true, force: true });
  }
}
