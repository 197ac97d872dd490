import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryFolder } from './library.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Calls `work` with the folder of a project of a user, which has the packages of this checkout, or those of another folder in their place, and the
 * library that is measured.
 */
export async function inProject(work, others = []) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-project-')));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
    const packages = join(folder, 'node_modules');
    mkdirSync(packages);
    for (const from of [...others, join(root, 'node_modules')]) linkPackages(from, packages);
    // A copy, since a link would be resolved to this checkout, whose packages would be loaded beside those of the project.
    const library = join(packages, 's3-versioning-mock');
    cpSync(libraryFolder, join(library, 'dist'), { recursive: true });
    cpSync(join(dirname(libraryFolder), 'package.json'), join(library, 'package.json'));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Links the packages of a folder that another has not yet; those of a scope one by one. */
function linkPackages(from, to) {
  for (const name of readdirSync(from)) {
    if (name.startsWith('.')) continue;
    if (name.startsWith('@')) {
      mkdirSync(join(to, name), { recursive: true });
      linkPackages(join(from, name), join(to, name));
    } else if (!existsSync(join(to, name))) symlinkSync(join(from, name), join(to, name));
  }
}
