import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../house/sources';
import { Project } from './project';

/** The files of the checkout that go into the package, or that build it. */
const needed = ['package.json', 'tsconfig.json', 'src', 'docs', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/** The library as `npm pack` describes it. */
export interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs the library into a folder. It is packed from a copy of the checkout, because packing builds. */
export async function packLibrary(folder: string): Promise<Packed> {
  const source = new Project('source');
  try {
    for (const file of needed) cpSync(join(root, file), join(source.folder, file), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(source.folder, 'node_modules'), 'dir');
    const { code, stdout, stderr } = await source.npm(['pack', '--json', '--pack-destination', folder]);
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
    const [packed]: Packed[] = JSON.parse(stdout.slice(stdout.search(/^\[/m)));
    if (packed === undefined) throw new Error(`npm pack has packed nothing: ${stdout}`);
    return packed;
  } finally {
    source.remove();
  }
}
