import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableOf } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The package as npm packs it, and what is installed with it. */
export function packageTable() {
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const [{ size, unpackedSize, files }] = JSON.parse(printed.slice(printed.search(/^\[/m)));
  const weight = (pattern) => files.filter(({ path }) => pattern.test(path)).reduce((sum, file) => sum + file.size, 0);
  const packages = dependenciesOf(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return tableOf(
    ['', ''],
    [
      ['download', megabytes(size)],
      ['unpacked', `${megabytes(unpackedSize)} in ${files.length} files`],
      ['programs', megabytes(weight(/(?<!\.d)\.m?js$/))],
      ['types', megabytes(weight(/\.d\.m?ts$/))],
      ['documents', megabytes(weight(/\.(?:md|svg)$/))],
      [
        'dependencies',
        `${packages.size} packages, ${megabytes([...packages.values()].reduce((sum, one) => sum + one, 0))}`,
      ],
    ],
  );
}

/** The sizes of all packages that are installed with the library, by their folders. */
function dependenciesOf({ dependencies = {} }, from = root, found = new Map()) {
  for (const name of Object.keys(dependencies)) {
    const folder = folderOf(name, from);
    if (found.has(folder)) continue;
    found.set(folder, sizeOf(folder));
    dependenciesOf(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), folder, found);
  }
  return found;
}

function folderOf(name, from) {
  const folder = join(from, 'node_modules', name);
  return statSync(folder, { throwIfNoEntry: false }) ? folder : folderOf(name, dirname(from));
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .reduce(
      (sum, one) => sum + (one.isDirectory() ? sizeOf(join(folder, one.name)) : statSync(join(folder, one.name)).size),
      0,
    );
}

function megabytes(size) {
  return `${(size / 1e6).toFixed(2)} MB`;
}
