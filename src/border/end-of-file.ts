import { timers } from '../core-modules';
import { listenToCircus } from './circus';

// These come from the core module, so that the fake timers of a test do not stop the checks.
const { setInterval: every, clearInterval: forget } = timers;
const interval = 10;

/**
 * Calls `end` at the end of the test file. jest runs no hook if all tests are skipped or the file throws while it loads, but keeps Node's
 * core modules. Where jest-circus reports no end, `isOver` is called every 10 ms.
 */
export function whenFileEnds(end: () => unknown, isOver: () => boolean): void {
  let isHeard = false;
  let hasEnded = false;
  const endOnce = () => {
    forget(lookOut);
    if (hasEnded) return undefined;
    hasEnded = true;
    return end();
  };
  const onEvent = ({ name }: { readonly name: string }) => {
    if (name === 'run_start') forget(lookOut);
    return name === 'teardown' ? endOnce() : undefined;
  };
  const look = () => {
    if (!isHeard) isHeard = listenToCircus(onEvent);
    if (isOver()) endOnce();
  };
  const lookOut = every(look, interval).unref();
  look();
}
