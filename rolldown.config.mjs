/**
 * Builds the programs of the package: a file for each entry, and files with what they share: `connections.js` has what the guard needs, too, and
 * `library.js` the rest. So a test file loads few files, and all entries use one instance (decision 26). The types are the compiler's,
 * a file a module.
 */
const common = {
  platform: 'node',
  // The modules have effects on each other, such as closing a class.
  treeshake: false,
};
/** Whether an import names a package or a module of Node, and not a file. */
const isPackage = (name) => !/^(?:[./\0]|[A-Za-z]:[\\/])/.test(name);
const output = { dir: 'dist', sourcemap: true, sourcemapExcludeSources: true, comments: false, strict: true };

export default [
  {
    ...common,
    input: Object.fromEntries(
      ['index', 'testing/jest', 'testing/vitest-entry', 'testing/matchers', 'testing/guard', 'cli/run'].map((entry) => [
        entry,
        `src/${entry}.ts`,
      ]),
    ),
    external: isPackage,
    output: {
      ...output,
      format: 'cjs',
      chunkFileNames: '[name].js',
      codeSplitting: {
        // A group takes what its modules import, too. It is not called as a folder of src, whose types a compiler would not find then.
        groups: [
          { name: 'connections', test: /[\\/]src[\\/](?:capture|mock[\\/]test-file)/, priority: 1 },
          { name: 'library', test: /[\\/]src[\\/](?!index|cli[\\/]|testing[\\/])/ },
        ],
      },
    },
  },
  {
    ...common,
    input: { 'testing/vitest': 'src/testing/vitest.mts' },
    // vitest has to be imported, but the library is required, so that its instance is that of the main entry.
    external: /^(?!.*vitest\.mts$)/,
    makeAbsoluteExternalsRelative: false,
    output: { ...output, format: 'esm', entryFileNames: '[name].mjs' },
  },
];
