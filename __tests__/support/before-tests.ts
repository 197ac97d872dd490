import makeMachinePlain from './plain-machine';
import { compileSources, compileTests } from './sources/compiled';

/** Runs before all test files, whose processes inherit its variables. */
export default function ({ collectCoverage }: { readonly collectCoverage: boolean }): void {
  makeMachinePlain();
  compileSources();
  compileTests();
  // Read by sources/transformer.cjs.
  process.env['COLLECTS_COVERAGE'] = collectCoverage ? 'yes' : 'no';
}
