/**
 * Builds the types of the package as the programs are built: a file for each entry, and `types.d.ts` and `entries.d.ts` with what they share,
 * so that a type is the same whichever entry names it. It reads the declarations that the compiler wrote into `dist/declarations`, and removes that folder.
 */
import { copyFileSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { withoutInternalComments } from './comments.mjs';
import { namedTypes } from './named-types.mjs';
import { isPackage, pathBelow } from './rooms.mjs';
import { typesExportedBy, withTypeExports } from './type-exports.mjs';

const folder = path.join(import.meta.dirname, '..');
const compiled = realpathSync.native(path.join(folder, 'dist/declarations'));
const entries = {
  index: 'index.d.ts',
  'testing/jest': 'testing/jest.d.ts',
  'testing/bun': 'testing/bun.d.ts',
  'testing/vitest': 'testing/vitest.d.mts',
  'testing/matchers': 'testing/matchers.d.ts',
  'testing/guard': 'testing/guard.d.ts',
};
const isEntry = (module) => Object.values(entries).includes(module);

/**
 * The class that a test names is the value of the engine with the type of its class, which the compiler can only declare as a constant and a
 * type: two names for one class, of which an editor would show the second.
 */
const constantOfClass = /export declare const MockS3: typeof MockS3Class;\s*export type MockS3 = MockS3Class;/;

/** A plugin of rollup: the class is exported from where it is. */
const ofTheClass = {
  name: 'class',
  transform(code, id) {
    if (pathBelow(compiled, id) !== 'faces/main.d.ts') return null;
    const declared = code.replace(constantOfClass, "export { MockS3 } from '../mock/mock-s3';").replaceAll('MockS3Class', 'MockS3');
    if (declared === code) throw new Error(`${id} does not declare MockS3 as build/declarations.mjs expects it`);
    return declared;
  },
};

const bundle = await rollup({
  input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, path.join(compiled, file)])),
  plugins: [ofTheClass, namedTypes(compiled, Object.values(entries).map((file) => path.join(compiled, file))), dts(), { name: 'finish', generateBundle: (_options, chunks) => finish(Object.values(chunks)) }],
  external: isPackage,
  treeshake: { moduleSideEffects: 'no-external' },
  onLog: (_level, { code, message }) => {
    // The guard has no types, a type of the matchers is of the main entry, and types are not loaded in an order.
    if (code === 'EMPTY_BUNDLE' || code === 'CIRCULAR_CHUNK' || message.includes('no public re-export')) return;
    throw new Error(message);
  },
});
await bundle.write({
  dir: path.join(folder, 'dist'),
  format: 'es',
  // The names are those of the sources.
  minifyInternalExports: false,
  hoistTransitiveImports: false,
  entryFileNames: ({ name }) => (entries[name].endsWith('.mts') ? '[name].d.mts' : '[name].d.ts'),
  chunkFileNames: '[name].ts',
  manualChunks: (id) => (isEntry(pathBelow(compiled, id)) ? undefined : sharedFileOf(pathBelow(compiled, id))),
});
await bundle.close();
// It is a file of declarations already, and the compiler would refuse it beside vitest 4.
copyFileSync(path.join(folder, 'src/testing/vitest-types.d.mts'), path.join(folder, 'dist/testing/vitest-types.d.mts'));
// Test files that are compiled for CommonJS, as vitest runs them as well, have the same types.
copyFileSync(path.join(folder, 'dist/testing/vitest.d.mts'), path.join(folder, 'dist/testing/vitest-required.d.ts'));
rmSync(compiled, { recursive: true });

/** Where a module that is not an entry goes. */
function sharedFileOf(module) {
  // The compiler shows a conditional type, such as RequestEntry, by its name only if it is imported.
  return module === 'journal/entry.d.ts' ? 'entries.d' : 'types.d';
}

function finish(chunks) {
  for (const chunk of chunks) {
    if (chunk.isEntry) chunk.code = withTypeExports(chunk.code, typesExportedBy(chunk.facadeModuleId));
  }
  const texts = withoutInternalComments(chunks);
  for (const [at, chunk] of chunks.entries()) chunk.code = texts[at];
}
