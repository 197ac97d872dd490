/**
 * Builds the programs of the package: a file for each entry, and files with what they share: `connections.js` has what the guard needs, too, and
 * `library.js` the rest. So a test file loads few files, and all entries use one instance (decision 26). `build/declarations.mjs` does the
 * same with the types.
 */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { keptIntrinsics } from './build/intrinsics.mjs';
import { isPackage, sharedFileOf } from './build/rooms.mjs';
import { lateModules, sharedFiles } from './build/shared-files.mjs';

const folder = import.meta.dirname;
/** As the ids of modules name it, which are real paths. */
const sources = realpathSync.native(path.join(folder, 'src'));
const isIn = (file) => (id) => sharedFileOf(sources, id) === file;

const entries = ['index', 'testing/jest', 'testing/vitest-entry', 'testing/vitest-required', 'testing/matchers', 'testing/guard', 'cli/run'];

const common = {
  cwd: folder,
  platform: 'node',
  // The modules have effects on each other, such as closing a class.
  treeshake: false,
};
const output = { dir: 'dist', sourcemap: false, comments: false, strict: true };

export default [
  {
    ...common,
    input: Object.fromEntries([
      ...entries.map((entry) => [entry, `./src/${entry}.ts`]),
      ...Object.entries(lateModules).map(([module, file]) => [file, `./src/${module}.ts`]),
    ]),
    // A shared file becomes a function with its constants in it.
    plugins: [keptIntrinsics, sharedFiles(entries)],
    external: isPackage,
    output: {
      ...output,
      format: 'cjs',
      chunkFileNames: '[name].js',
      codeSplitting: {
        // A group takes what its modules import, too.
        groups: [
          { name: 'lazily', test: isIn('lazily'), priority: 3 },
          { name: 'connections', test: isIn('connections'), priority: 2 },
          { name: 'first-mock', test: isIn('first-mock'), priority: 1 },
          { name: 'library', test: isIn('library') },
        ],
      },
    },
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
