/**
 * sinon's fake timers hold process.nextTick and queueMicrotask by default: Node's streams wait for the first, and its fetch for the second.
 * Only the test may run the queue of the fake, so the mock can only end the call with an error that says why it has no answer.
 * @module
 */
import type http from 'node:http';
import net from 'node:net';
import timers from 'node:timers';

// This function comes from the core module at import, before a test fakes its timers.
const { setTimeout: inAWhile } = timers;

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

/** A sentence, if fake timers hold what calls wait for. sinon marks its fakes with `clock`. */
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
