/**
 * Finds the runner that loads this module outside of its test files, as globalSetup, environments, reporters and the configuration are: it is
 * the module of a process, and has neither `expect` nor hooks.
 * @module
 */
import { timers } from '../core-modules';
import { isVitest } from './vitest-worker';

// A parameter of the function in which jest wraps each module of a test file. Other runners have no such name.
declare const jest: object | undefined;

// Read at import, before a test fakes them.
const { setInterval: every, clearInterval: forget } = timers;

const LOOK_AGAIN = 10;

/** Returns undefined in a test file, and under another runner. */
export function findRunnerAround(): 'jest' | 'vitest' | undefined {
  if (typeof jest !== 'undefined' || isVitest()) return undefined;
  if (isLoaded(/[\\/]@jest[\\/]core[\\/]|[\\/]jest-runner[\\/]/)) return 'jest';
  return process.env['VITEST'] === undefined ? undefined : 'vitest';
}

/** Calls `act` once tests begin in other processes, if this one prepares them, as globalSetup does: they do not see what happens here. */
export function whenTestsBegin(act: (runner: 'jest' | 'vitest') => void): void {
  const runner = findRunnerAround();
  if (runner === undefined || testsHaveBegun(runner)) return;
  const lookOut = every(() => {
    if (runner === 'jest' && !testsHaveBegun(runner)) return;
    forget(lookOut);
    act(runner);
  }, LOOK_AGAIN).unref();
}

/** jest loads what runs test files when globalSetup is over. vitest shows nothing of the kind; its variable also comes to the processes that it starts. */
function testsHaveBegun(runner: 'jest' | 'vitest'): boolean {
  if (runner === 'jest') return isLoaded(/[\\/]jest-runner[\\/]/);
  return !/[\\/]vitest(?:\.mjs)?$/.test(process.argv[1] ?? '');
}

function isLoaded(file: RegExp): boolean {
  return Object.keys(require.cache ?? {}).some((name) => file.test(name));
}
