/** Makes dist: the declarations of the compiler, the programs with rolldown, the types with rollup, and the document of the door. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './commands.mjs';

rmSync(path.join(import.meta.dirname, '../dist'), { recursive: true, force: true });
process.exitCode = run([
  ['node_modules/typescript-7/bin/tsc', '-p', 'src'],
  ['node_modules/rolldown/bin/cli.mjs', '-c'],
  ['build/declarations.mjs'],
  ['-r', './build/typescript.cjs', 'build/door-document/write.ts', 'dist/door'],
]);
