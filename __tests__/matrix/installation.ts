import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../house/files';
import { packLibrary } from '../support/packed';
import { execute } from '../support/project';
import type { Cell } from './cell';

const cache = process.env['MATRIX_CACHE'] ?? join(root, 'node_modules/.cache/node-matrix');

/** Returns the folder of its binary. */
export async function installNode(version: string): Promise<string> {
  const folder = join(cache, 'node', version);
  // The package's script fetches the binary of the platform.
  await installOnce(folder, { node: version }, ['node']);
  return join(folder, 'node_modules/node/bin');
}

export class Installations {
  readonly #tarball: string;
  /** npm installs one after another: two at once fill the memory and gain no time. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(tarball: string) {
    this.#tarball = tarball;
  }

  static async withPackedLibrary(): Promise<Installations> {
    const { tarball: packed } = await packLibrary();
    // npm installs a file again only if its name is new.
    const tarball = join(cache, 'library', `s3-versioning-mock-${digestOf(readFileSync(packed))}.tgz`);
    rmSync(dirname(tarball), { recursive: true, force: true });
    cpSync(packed, tarball);
    return new Installations(tarball);
  }

  folderFor({ packages, scripts = [] }: Pick<Cell, 'packages' | 'scripts'>): Promise<string> {
    const name = digestOf(JSON.stringify([Object.entries(packages).toSorted(), scripts]));
    const folder = join(cache, 'packages', name);
    const all = { ...packages, 's3-versioning-mock': `file:${this.#tarball}` };
    const installed = this.#last.then(() => installOnce(folder, all, scripts));
    this.#last = installed.catch(() => {});
    return installed.then(() => folder);
  }
}

export async function installOnce(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  scripts: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const allowScripts = Object.fromEntries(scripts.map((name) => [name, true]));
  const wanted = JSON.stringify({ private: true, dependencies, allowScripts });
  const mark = join(folder, 'installed.json');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), wanted);
  const plain = ['--no-package-lock', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const args = ['install', ...plain, ...(scripts.length > 0 ? [] : ['--ignore-scripts'])];
  const ended = await execute(folder, 'npm', args, environment);
  if (ended.code !== 0) throw new Error(`npm install of ${wanted}:\n${ended.stdout}${ended.stderr}`);
  writeFileSync(mark, wanted);
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
