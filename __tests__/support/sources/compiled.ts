import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../house/files';
import { madeOnce } from '../made-once';

/** Names the folder to the processes of jest, which inherit it. */
const variable = 'COMPILED_SOURCES';

/** Read by transformer.cjs. */
const testsVariable = 'COMPILED_TESTS';

/** A file is compiled by itself, as ts-jest does it. `npm run types` checks the types, and a whole run of `npm test`. */
const options = [
  ...['--emitDeclarationOnly', 'false', '--declaration', 'false', '--sourceMap', 'true'],
  ...['--noCheck', '--noResolve', '--outDir'],
];

/** Compiles src before all test files; TypeScript 7 takes a second. In watch mode, each run begins with it. */
export function compileSources(): void {
  process.env[variable] = madeOnce(
    'compiled',
    ['package.json', 'tsconfig.json', 'src', '__tests__/support/sources'],
    (folder) => {
      compile('src', options, folder);
    },
  );
}

/**
 * Compiles the tests before the first run of a checkout, for which ts-jest takes 15 ms a file. It compiles each file that is changed later, so
 * that nothing here is made again.
 */
export function compileTests(): void {
  process.env[testsVariable] = madeOnce('compiled-tests', ['package-lock.json', 'tsconfig.json'], (folder) => {
    compile('.', ['--noEmit', 'false', '--inlineSources', ...options], folder);
    rmSync(join(folder, 'src'), { recursive: true });
  });
}

function compile(project: string, flags: readonly string[], folder: string): void {
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', project, ...flags, folder], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** The folder with src as modules of CommonJS: `model/clock.js` and its map. */
export function compiledFolder(): string {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('src is not compiled; expected before-tests.ts to be the globalSetup');
  return folder;
}
