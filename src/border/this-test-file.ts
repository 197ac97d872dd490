import { S3MockError } from '../s3-mock-error';
import type { TestFile } from '../test-file';
import { whenTestsBegin } from './around-tests';
import { currentTask, isVitest } from './vitest-worker';

// A parameter of the function in which jest wraps each module. Other runners have no such name.
declare const jest: { isEnvironmentTornDown?(): boolean } | undefined;

export const thisTestFile: TestFile = {
  global: globalThis,
  process,
  S3MockError,
  now: () => Date.now(), // at each call, since a test may fake it later
  isVitest,
  print,
  watch: watchTestFile,
  whenTestsBegin,
};

/**
 * Returns a function that says whether the present test file has ended. jest keeps Node's core modules, with all that was left on them, for the next
 * file of the worker, as does vitest without isolation and with its vm pools. Always false under other runners.
 */
export function watchTestFile(): () => boolean {
  const file = currentTask()?.file;
  return () => jestFileIsOver() || (file !== undefined && currentTask()?.file !== file);
}

/**
 * The same for a module that test files load only for its effect. vitest loads a module of a package once for all files of a worker, so that the
 * effect lasts as long as the worker; its vm pools load it for each file.
 */
export function watchLoadingFile(): () => boolean {
  return isVitest() && process.env['VITEST_VM_POOL'] !== '1' ? () => false : watchTestFile();
}

function jestFileIsOver(): boolean {
  return typeof jest !== 'undefined' && jest.isEnvironmentTornDown?.() === true;
}

// Read at import, before a test replaces it.
const { console: consoleOfRunner } = globalThis;
let stderr: Console | undefined;

/** A test can change its console or the stream in any way. That can lose a line, but does not fail a request. */
function print(line: string): void {
  try {
    if (printByRunner(line)) return;
  } catch {}
  try {
    // Loaded for the first line: most mocks print none.
    stderr ??= new (process.getBuiltinModule('node:console').Console)(process.stderr);
    stderr.log(line);
  } catch {}
}

/** Calls the method of the console's class, so that a test that counts the calls of `console.debug` by a spy does not count this. */
function printByRunner(line: string): boolean {
  if (typeof jest === 'undefined' && !isVitest()) return false;
  const { debug }: Partial<Console> = Object.getPrototypeOf(consoleOfRunner);
  // jest fails a run in which something is printed after the tests of a file. It then puts such a member on the console.
  if (debug === undefined || Object.hasOwn(consoleOfRunner, '_log')) return false;
  debug.call(consoleOfRunner, line);
  return true;
}
