/**
 * Builds the programs of the package in two halves: the engine, which a process loads once, and the entries, which each test file evaluates
 * (decision 52). Files that several share are files of their own, so that all use one instance. `build/declarations.mjs` builds the types.
 */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { isPackage, sharedFileOf, sharedFilesOf } from './build/rooms.mjs';

const folder = import.meta.dirname;
/** As the ids of modules name it, which are real paths. */
const sources = realpathSync.native(path.join(folder, 'src'));

const engines = ['engine', 'guard'];
const entries = ['index', 'testing/jest', 'testing/vitest-entry', 'testing/vitest-required', 'testing/matchers', 'testing/guard', 'cli/run'];

const filesOf = (names) => Object.fromEntries(names.map((name) => [name, `./src/${name}.ts`]));
const common = {
  cwd: folder,
  platform: 'node',
  // The modules have effects on each other, such as closing a class.
  treeshake: false,
};
const output = { dir: 'dist', sourcemap: false, comments: false, strict: true };
/** Groups of modules that are a file each. A group takes what its modules import, too. */
const splitFor = (half) => {
  const names = sharedFilesOf(half);
  return { groups: names.map((name, at) => ({ name, test: (id) => sharedFileOf(half, sources, id) === name, priority: names.length - at })) };
};

export default [
  {
    ...common,
    input: filesOf(engines),
    external: isPackage,
    output: { ...output, format: 'cjs', chunkFileNames: '[name].js', codeSplitting: splitFor('engine') },
  },
  {
    ...common,
    input: filesOf(entries),
    external: (id) => isPackage(id) || engines.some((name) => id === `../${name}`),
    // In a folder, since the entrance looks for the engine in the one above its own.
    output: { ...output, format: 'cjs', chunkFileNames: 'entry/[name].js', codeSplitting: splitFor('entries') },
  },
  {
    ...common,
    input: { 'testing/vitest': './src/testing/vitest.mts' },
    // vitest has to be imported, but the library is required, so that its instance is that of the main entry.
    external: (_id, importer) => importer !== undefined,
    makeAbsoluteExternalsRelative: false,
    output: { ...output, format: 'esm', entryFileNames: '[name].mjs' },
  },
];
