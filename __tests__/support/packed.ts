import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/files';
import { madeOnce } from './made-once';
import { plainEnvironment } from './plain-environment';
import { Project } from './project';

/** What goes into the package, or builds it. */
export const needed = [
  'package.json',
  'tsconfig.json',
  'rolldown.config.mjs',
  'build',
  'specification',
  'src',
  'docs',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
];

export interface Packed {
  readonly tarball: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** It is packed from a copy of the checkout, because packing builds. */
export async function packLibrary(): Promise<Packed> {
  const folder = madeOnce('packed', needed, packInto);
  const [packed] = JSON.parse(readFileSync(join(folder, 'packed.json'), 'utf8'));
  return { ...packed, tarball: join(folder, packed.filename) };
}

function packInto(folder: string): void {
  const source = new Project('source');
  try {
    for (const file of needed) cpSync(join(root, file), join(source.folder, file), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(source.folder, 'node_modules'), 'dir');
    const options = { cwd: source.folder, env: plainEnvironment(), encoding: 'utf8', maxBuffer: 64 * 2 ** 20 } as const;
    const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', folder], options);
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    // The build prints lines of its own before the list.
    writeFileSync(join(folder, 'packed.json'), stdout.slice(stdout.search(/^\[/m)));
  } finally {
    source.remove();
  }
}
