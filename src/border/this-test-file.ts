import { S3MockError } from '../s3-mock-error';
import type { TestFile } from '../test-file';
import { currentTask, isVitest } from './vitest-worker';

/** The object that jest gives to each module, as far as it is read here. */
interface JestObject {
  isEnvironmentTornDown?(): boolean;
}

// A parameter of the function in which jest wraps each module. Other runners have no such name.
declare const jest: JestObject | undefined;

/** The test file that has loaded this module. */
export const thisTestFile: TestFile = {
  global: globalThis,
  process,
  S3MockError,
  now: () => Date.now(), // at each call, since a test may fake it later
  isVitest,
  watch: watchTestFile,
};

/**
 * Returns a function: whether the test file that runs now has ended. jest keeps Node's core modules for the next file of the worker, with
 * all that was left on them, and vitest does so without isolation and with its vm pools. Always false under other runners.
 */
export function watchTestFile(): () => boolean {
  const file = currentTask()?.file;
  return () => jestFileIsOver() || (file !== undefined && currentTask()?.file !== file);
}

/**
 * Returns the same for a module that test files load only to have its effect. vitest loads a module of a package once for all files of a
 * worker, so that its effect lasts as long as the worker; its vm pools load it for each file.
 */
export function watchLoadingFile(): () => boolean {
  return isVitest() && process.env['VITEST_VM_POOL'] !== '1' ? () => false : watchTestFile();
}

function jestFileIsOver(): boolean {
  return typeof jest !== 'undefined' && jest.isEnvironmentTornDown?.() === true;
}
