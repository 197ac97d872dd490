/**
 * Builds the programs of the package: a file for each entry, and `library.js` with everything that they share, so that a test file loads
 * few files and all entries use one instance (decision 26). The types are the compiler's, a file a module.
 */
const common = {
  platform: 'node',
  // The modules have effects on each other, such as closing a class.
  treeshake: false,
};
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
    external: /^[^./]/,
    output: {
      ...output,
      format: 'cjs',
      chunkFileNames: '[name].js',
      codeSplitting: { groups: [{ name: 'library', test: /\/src\/(?!index|cli\/|testing\/)/ }] },
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
