import timers from 'node:timers';
import { makeCallback } from '../callback';

// This function comes from the core module at import, before a test fakes its timers.
const { setTimeout: inAWhile } = timers;

/**
 * The looks, a millisecond apart, after which nobody waits any more: code that never rests, such as a poll, must not hold the end of each test file.
 * They take less than 50 ms, unless the process has no turn for so long.
 */
const LOOKS = 40;
/** The looks without work after which no call is on its way. A client reads files, and signs in other threads, before it connects. */
const QUIET = 3;

/** The resources of the event loop that mean work which ends soon. */
const work = /^(?:Immediate|FSReq\w*|GetAddrInfoReqWrap|\w*ConnectWrap)$/;

/**
 * Waits as long as `isBusy` says so, and, if calls may be on their way, until the event loop is at rest: a call of which the code did not wait for
 * the end takes several turns before it connects. Nothing tells of such a call.
 */
export function untilAtRest(isBusy: () => boolean, mayBeCalled: boolean): Promise<void> {
  if (!mayBeCalled && !isBusy()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    let quiet = mayBeCalled ? QUIET : 0;
    const look = makeCallback(reject, (looks: number) => {
      quiet = isBusy() || (mayBeCalled && isWorking()) ? QUIET : quiet - 1;
      if (quiet > 0 && looks < LOOKS) inAWhile(look, 1, looks + 1);
      else resolve();
    });
    inAWhile(look, 1, 1);
  });
}

function isWorking(): boolean {
  return process.getActiveResourcesInfo?.().some((name) => work.test(name)) === true;
}
