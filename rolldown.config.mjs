/**
 * Builds the programs of the package in two halves: the engine, which a process loads once, and the entries, which each test file evaluates
 * (decision 52); and the page that a served mock shows. Files that several share are files of their own, so that all use one instance. `build/declarations.mjs` builds the types.
 */
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { isPackage, sharedFileNames, sharedFileOf } from './build/rooms.mjs';

const folder = import.meta.dirname;
/** As the ids of modules name it, which are real paths. */
const sources = realpathSync.native(path.join(folder, 'src'));

const engines = ['engine', 'guard'];
/** What the engine loads when somebody first asks for it. */
const late = './door/index';
/** What the command line loads for the subcommand of that name. */
const subcommand = 'facts/index';
const entries = ['index', 'testing/jest', 'testing/vitest-entry', 'testing/vitest-required', 'testing/matchers', 'testing/guard', 'cli/run'];

/** A plugin: the document of the door is a file beside it, without the spaces that make its changes readable. */
const documentOfDoor = {
  name: 'document of the door',
  generateBundle() {
    const source = JSON.stringify(JSON.parse(readFileSync(path.join(sources, 'door/openapi.json'), 'utf8')));
    this.emitFile({ type: 'asset', fileName: 'door/openapi.json', source });
  },
};

const common = {
  cwd: folder,
  platform: 'node',
  // The modules have effects on each other, such as closing a class.
  treeshake: false,
};

/** Files of the page that are served as they are. */
const pageFiles = ['index.html', 'window.css'];
const textOf = (file) => readFileSync(path.join(folder, file), 'utf8');

/** A plugin: puts the files beside the program of the page. */
const besideThePage = {
  name: 'page',
  generateBundle() {
    for (const name of pageFiles)
      this.emitFile({ type: 'asset', fileName: `window/${name}`, source: textOf(`src/window/${name}`) });
  },
};

const output = { dir: 'dist', sourcemap: false, comments: false, strict: true };

export default [
  {
    ...common,
    input: Object.fromEntries([...engines, late.slice(2), subcommand, ...entries].map((name) => [name, `./src/${name}.ts`])),
    plugins: [documentOfDoor],
    // Entries require an engine at run time, and only where they cannot have the one of the process.
    external: (id) => isPackage(id) || id === late || id === `../${subcommand}` || engines.some((name) => id === `../${name}`),
    output: {
      ...output,
      format: 'cjs',
      // In a folder, since the entrance looks for the engine in the one above its own.
      chunkFileNames: ({ name }) => (['entrance', 'main'].includes(name) ? 'entry/[name].js' : '[name].js'),
      codeSplitting: {
        // A group takes what its modules import, too.
        groups: sharedFileNames.map((name, at) => ({
          name,
          test: (id) => sharedFileOf(sources, id) === name,
          priority: sharedFileNames.length - at,
        })),
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
  {
    cwd: folder,
    platform: 'browser',
    input: { 'window/window': './src/window/window.tsx' },
    tsconfig: './src/window/tsconfig.json',
    plugins: [besideThePage],
    output: {
      ...output,
      format: 'esm',
      entryFileNames: '[name].js',
      // A browser loads it, and its sources are in the repository. Its view library is part of it, and so is the licence of that.
      minify: true,
      postBanner: `/*!\nHas Preact:\n${textOf('node_modules/preact/LICENSE')}*/`,
    },
  },
];
