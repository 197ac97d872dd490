import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryFolder } from './library.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Calls `work` with the folder of a project of a user, which has the packages of this checkout and the library that is measured. */
export async function inProject(work) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-project-')));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
    const packages = join(folder, 'node_modules');
    mkdirSync(packages);
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(packages, name));
    }
    // A copy, since an older library would otherwise find the packages of its own folder.
    const library = join(packages, 's3-versioning-mock');
    cpSync(libraryFolder, join(library, 'dist'), { recursive: true });
    cpSync(join(dirname(libraryFolder), 'package.json'), join(library, 'package.json'));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
