/**
 * Builds the programs of the package in two halves: the engine, which a process loads once, and the entries, which each test file evaluates
 * (decision 52); and the page that a served mock shows. Files that several share are files of their own, so that all use one instance. `build/declarations.mjs` builds the types.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { isPackage, pathBelow, sharedFileNames, sharedFileOf } from './build/rooms.mjs';

const folder = import.meta.dirname;
/** As the ids of modules name it, which are real paths. */
const sources = realpathSync.native(path.join(folder, 'src'));

const engines = ['engine', 'guard'];
/** What the engine loads when somebody first asks for it. */
const late = ['./door/index', './screen/index', './tried/index', './worlds/index'];
/** What the command line loads for the subcommand of that name. */
const subcommands = ['facts/index', 'tried/command'];
/** What mocha and node:test require while a suite is tried. */
const hooks = ['tried/mocha-hooks', 'tried/node-hooks'];
/** What the entries of jest and vitest load while a suite is tried. */
const tellers = ['testing/tried-circus', 'testing/tried-vitest'];
const entries = ['index', 'testing/jest', 'testing/bun', 'testing/vitest-entry', 'testing/vitest-required', 'testing/matchers', 'testing/guard', 'testing/default-import', 'cli/run'];

/** A plugin: one character beyond Latin-1 makes V8 keep a whole program in twice the bytes. In regular expressions and texts its escape means the same. */
const programsInAscii = {
  name: 'programs in ASCII',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\x7f]/g, escapeCharacter);
  },
};

const escapeCharacter = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * A plugin: programs share values, and not functions that return them. A call of a mock asks for forty of them. A binding that can change keeps its function, and so
 * do the entries, in which a test can replace a function.
 */
const valuesInPlaceOfGetters = {
  name: 'values in place of getters',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk' && !file.isEntry) file.code = file.code.replace(getter, (whole, exported, local) => (canChange(file.code, local) ? whole : `exports.${exported} = ${local};`));
  },
};

const getter = /Object\.defineProperty\(exports, "([\w$]+)", \{\s+enumerable: true,\s+get: function\(\) \{\s+return ([\w$]+);\s+\}\s+\}\);/g;

const canChange = (code, name) => new RegExp(`^let ${name.replaceAll('$', '\\$')}\\b`, 'm').test(code);

/** The entries that are CommonJS, by the names of their programs: how a test imports them, and the export that it means by a default import. */
const importedAs = {
  index: ['s3-versioning-mock', 'mockS3'],
  'testing/jest': ['s3-versioning-mock/jest', 'mockS3'],
  'testing/bun': ['s3-versioning-mock/bun', 'mockS3'],
  'testing/matchers': ['s3-versioning-mock/matchers', 'matchers'],
};

/**
 * A plugin: whoever calls an entry itself learns what to import. It is code of the build, since a default export in the source would be in the types as well. A plain
 * `module.exports = require(…)` would be a re-export to what finds the names of CommonJS.
 */
const refusedCalls = {
  name: 'refused calls',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      const names = file.type === 'chunk' && file.isEntry ? importedAs[file.name] : undefined;
      if (names === undefined) continue;
      const helper = file.name === 'index' ? './testing/default-import.js' : './default-import.js';
      const values = names.map((name) => JSON.stringify(name)).join(', ');
      file.code += `const { refuseCalls } = require("${helper}");\nmodule.exports = refuseCalls(exports, ${values});\n`;
    }
  },
};

/** The same for the entry that is an ES module. */
const refusedDefault = {
  name: 'refused default',
  generateBundle(_options, bundle) {
    const file = bundle['testing/vitest.mjs'];
    const helper = 'import { makeDefault } from "./default-import.js";\nimport * as all from "../index.js";\n';
    file.code = `${helper}${file.code}export default makeDefault(Object.keys(all), "s3-versioning-mock/vitest", "mockS3");\n`;
  },
};

/** A plugin: packs the recorded cases, which are a tenth as large when they are compressed. They are read when `facts` runs. */
const packedCases = {
  name: 'packed cases',
  async generateBundle() {
    const bundle = await rolldown({ cwd: folder, input: path.join(folder, 'specification/cases/index.ts'), platform: 'node' });
    const { output } = await bundle.generate({ format: 'cjs' });
    await bundle.close();
    const made = { exports: {} };
    new Function('module', 'exports', 'require', output[0].code)(made, made.exports, createRequire(import.meta.url));
    this.emitFile({ type: 'asset', fileName: 'facts/cases.json.br', source: brotliCompressSync(JSON.stringify(made.exports.subjects)) });
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

/** The page says what it is, and where its documents are once they have an address. */
const manifest = JSON.parse(textOf('package.json'));

/** Whether a module belongs to the entries. Other rooms have files of the same names as the engines. */
const isOfEntry = (importer) => /^(?:faces|testing)\//.test((importer && pathBelow(sources, importer)) ?? '');

const output = { dir: 'dist', sourcemap: false, comments: false, strict: true };

export default [
  {
    ...common,
    input: Object.fromEntries([...engines, ...late.map((name) => name.slice(2)), ...subcommands, ...tellers, ...hooks, ...entries].map((name) => [name, `./src/${name}.ts`])),
    plugins: [packedCases, valuesInPlaceOfGetters, programsInAscii, refusedCalls],
    // Entries require an engine at run time, and only where they cannot have the one of the process.
    external: (id, importer) => isPackage(id) || late.includes(id) || subcommands.some((name) => id === `../${name}`) || tellers.some((name) => id === `./${name.slice('testing/'.length)}`) || (isOfEntry(importer) && engines.some((name) => id === `../${name}`)),
    output: {
      ...output,
      format: 'cjs',
      // In a folder, since the entrance looks for the engine in the one above its own.
      // The hooks of vitest load their teller from the folder of the entries.
      chunkFileNames: ({ name }) => (['entrance', 'main'].includes(name) ? 'entry/[name].js' : name === 'vitest-hooks' ? 'testing/[name].js' : '[name].js'),
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
    plugins: [refusedDefault],
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
    transform: { define: { VERSION: JSON.stringify(manifest.version), DOCUMENTS: JSON.stringify(manifest.homepage ?? '') } },
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
