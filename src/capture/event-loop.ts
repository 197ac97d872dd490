import type http from 'node:http';
import net from 'node:net';
import timers from 'node:timers';
import { promisify } from 'node:util';
import { makeCallback } from '../callback';
import { S3MockError } from '../s3-mock-error';

/**
 * The event loop of Node while a test fakes its timers: the timers of the mock itself, what a fake can hold back, and when the loop is at rest.
 * @module
 */

/**
 * These functions come from the core module at import: fake timers of jest and of other libraries replace only functions that are looked up
 * later.
 */
export const later = timers.setImmediate;
export const { setTimeout: inAWhile, clearTimeout: forget } = timers;

/** Throws if fake timers were installed before this module was loaded: no captured call would ever be answered. */
export function assertRealTimers(): void {
  // sinon marks its fakes with `clock`; those of node:test lack the property that util.promisify reads.
  if ('clock' in later || !(promisify.custom in later)) {
    throw new S3MockError(
      'FAKE_TIMERS',
      'setImmediate of node:timers was already fake when s3-versioning-mock was imported, so the mock could not answer any call. ' +
        'Import s3-versioning-mock before you install fake timers, or do not fake setImmediate. docs/guides/fake-timers-and-guard.md has examples.',
    );
  }
}

/** The wait in milliseconds. A test that advances its fakes does so at once, and the time-out of a test is longer. */
const PATIENCE = 1000;

/** Node's own objects: the global objects that jest gives to a test file may be faked, and contain nothing of Node. */
const core = findCore();

function findCore(): Pick<typeof globalThis, 'process' | 'queueMicrotask'> {
  const CoreFunction: FunctionConstructor = Object.getPrototypeOf(net).constructor.constructor;
  try {
    return CoreFunction('return globalThis')();
  } catch {
    // Node runs with --disallow-code-generation-from-strings.
    return globalThis;
  }
}

/**
 * A sentence, if fake timers hold what calls wait for: sinon's hold process.nextTick and queueMicrotask by default, and mark their fakes with
 * `clock`. Node's streams wait for the first, and its fetch for the second. Only the test may run the queue of the fake, so the mock can only
 * end the call with an error that says why it has no answer.
 */
export function whyHeld(): string | undefined {
  const isTick = isTickHeld();
  if (!isTick && !('clock' in core.queueMicrotask)) return undefined;
  const [held, waiting] = isTick
    ? ['process.nextTick', 'the streams of Node wait']
    : ['queueMicrotask', 'fetch and undici wait'];
  return (
    `${held} is faked, and ${waiting} for it, so no call is answered until the test advances the fake timers. ` +
    "Keep it real: sinon.useFakeTimers({ toNotFake: ['nextTick', 'queueMicrotask'] }), or list what to fake, { toFake: ['Date', 'setTimeout'] }; vi.useFakeTimers takes the same options. " +
    'docs/guides/fake-timers-and-guard.md#fake-timers has examples.'
  );
}

export function isTickHeld(): boolean {
  return 'clock' in core.process.nextTick;
}

/** The error reaches the client by a direct call, since Node emits errors by the tick that is held. */
export function failLater(client: net.Socket | http.ClientRequest, errorClass: ErrorConstructor): void {
  const { nextTick } = core.process;
  const why = whyHeld();
  let isReleased = false;
  nextTick(() => {
    isReleased = true;
  });
  inAWhile(() => {
    // A socket without a listener would throw the error. Its request gets an error by itself.
    if (isReleased || client.destroyed || client.listenerCount('error') === 0) return;
    const error = Object.assign(new errorClass(why), { code: 'FAKE_TIMERS' });
    client.emit('error', error);
    client.destroy();
  }, PATIENCE);
}

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
