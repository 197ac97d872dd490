import { S3MockError } from '../s3-mock-error';
import type { TestFile } from '../test-file';
import { whenTestsBegin } from './around-tests';
import { currentTask, isVitest } from './vitest-worker';

// Jest wraps each module in a function, and this is one of its parameters. Other runners do not have this name.
declare const jest: { isEnvironmentTornDown?(): boolean } | undefined;

export const thisTestFile: TestFile = {
  global: globalThis,
  process,
  S3MockError,
  now: () => Date.now(), // at each call, since a test may fake it later
  isVitest,
  isJest: () => typeof jest !== 'undefined' || process.env['JEST_WORKER_ID'] !== undefined, // without its globals, jest wraps no module
  warned: new Set(),
  print,
  watch: watchTestFile,
  whenTestsBegin,
};

/**
 * Returns a function that says whether the present test file has ended. jest keeps Node's core modules, with everything that a file left on them, for the next
 * file of the worker. So does vitest without isolation, and with its vm pools. Under other runners, the function always returns false.
 */
export function watchTestFile(): () => boolean {
  const file = currentTask()?.file;
  return () => jestFileIsOver() || (file !== undefined && currentTask()?.file !== file);
}

/**
 * Returns the same for a module that test files load only for its effect. vitest loads a module of a package once for all files of a worker, so the
 * effect lasts as long as the worker. With its vm pools, vitest loads the module for each file.
 */
export function watchLoadingFile(): () => boolean {
  return isVitest() && process.env['VITEST_VM_POOL'] !== '1' ? () => false : watchTestFile();
}

function jestFileIsOver(): boolean {
  return typeof jest !== 'undefined' && jest.isEnvironmentTornDown?.() === true;
}

// The console is read when this module is imported, before a test can replace it.
const { console: consoleOfRunner } = globalThis;
let stderr: Console | undefined;

/** A test can change its console or the stream in any way. In the worst case a line is lost; a request never fails because of it. */
function print(line: string): void {
  try {
    if (printByRunner(line)) return;
  } catch {}
  printToStderr(line);
}

/** Also if the file did not load: jest then drops what its console got. NODE_NO_WARNINGS hides no such line. It never throws. */
export function printToStderr(line: string): void {
  try {
    // This module of Node is loaded for the first line, because most mocks print nothing.
    stderr ??= new (process.getBuiltinModule('node:console').Console)(process.stderr);
    stderr.log(line);
  } catch {}
}

/** Calls the method of the console's class. If a test spies on `console.debug` and counts its calls, it does not count this call. */
function printByRunner(line: string): boolean {
  if (typeof jest === 'undefined' && !isVitest()) return false;
  const { debug }: Partial<Console> = Object.getPrototypeOf(consoleOfRunner);
  // jest fails a run in which something is printed after the tests of a file. It then puts such a member on the console.
  if (debug === undefined || Object.hasOwn(consoleOfRunner, '_log')) return false;
  debug.call(consoleOfRunner, line);
  return true;
}
