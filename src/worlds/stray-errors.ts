/**
 * Finds errors that nobody awaits or catches, in code of runs: unhandled rejections, and exceptions of timers and listeners. Node tells of them by
 * `process.emit`, in the asynchronous context of the code, so a function in its place sees them before the listeners of the runner and of the user.
 * These stay where they are. If the context of an error is not known, the error is left to the runner.
 * @module
 */
import vm from 'node:vm';
import { notingThrow, presentRun, runOfUncaught } from '../capture/index';
import { later } from '../journal/real-timers';

export interface StrayError {
  readonly kind: 'rejection' | 'exception';
  readonly error: unknown;
}

/** Returns whether it has handled the error. If not, the runner or Node does what it does with such errors. */
export type TakeStray = (run: number, stray: StrayError) => boolean;

type Emit = (this: unknown, event: string | symbol, ...values: unknown[]) => boolean;

/** Node's own process. Under jest, the `process` of a test file is a copy, to which Node tells nothing. */
const realProcess = findProcess();

function findProcess(): NodeJS.Process {
  try {
    return vm.runInThisContext('process');
  } catch {
    // Node may not compile texts.
    return process;
  }
}

/** The functions that watch, the latest first. */
let takers: readonly { readonly take: TakeStray }[] = [];

/** What is in the place of `emit`. If somebody else has replaced `emit` in the meantime, it stays behind theirs. */
let laid: { readonly emit: Emit; readonly remove: () => void } | undefined;

let isTelling = false;

/** A decision about a rejection. Depending on `--unhandled-rejections`, Node tells of a rejection once or twice, as a rejection and as an exception. */
interface Decision {
  readonly toldAs: 'rejection' | 'exception';
  readonly error: unknown;
  readonly isTaken: boolean;
}

let decision: Decision | undefined;

/** An exception that was taken when Node told it to those who only watch. Node then tells it to those who handle it. */
let takenException: { readonly error: unknown } | undefined;

/** The promises that were taken, until Node has told that they are handled. */
const takenPromises = new Set<unknown>();

/** The errors that nobody took, each with its run. A listener can throw such an error again. */
const left = new WeakMap<object, number>();

/**
 * Offers the stray errors of runs to a function. Call the returned function to end it. If several functions watch, the latest is asked first. An error that
 * no function takes goes on as if nobody watched.
 */
export function watchStrayErrors(take: TakeStray): () => void {
  const taker = { take };
  takers = [taker, ...takers];
  laid ??= lay();
  return () => {
    takers = takers.filter((other) => other !== taker);
    removeUnused();
  };
}

/** What their listeners throw is no error of a run. Node 24 tells of it in the context of the last tick, which can be another run's. */
const eventsOfRejections: ReadonlySet<string | symbol> = new Set(['unhandledRejection', 'rejectionHandled']);

function lay(): NonNullable<typeof laid> {
  const own = Object.getOwnPropertyDescriptor(realProcess, 'emit');
  const inherited: object = Object.getPrototypeOf(realProcess);
  const emit: Emit = function (this: unknown, event, ...values) {
    if (laid?.emit === emit && tell(event, values)) return true;
    // What `process` inherits can change in the meantime: the module `domain` replaces it.
    const emitBefore: Emit = own?.value ?? Reflect.get(inherited, 'emit');
    const call = () => emitBefore.call(this, event, ...values);
    return eventsOfRejections.has(event) ? notingThrow(undefined, call) : call();
  };
  Object.defineProperty(realProcess, 'emit', {
    configurable: true,
    writable: true,
    enumerable: false,
    ...own,
    value: emit,
  });
  const remove = () => {
    if (realProcess.emit !== emit) return;
    if (own === undefined) Reflect.deleteProperty(realProcess, 'emit');
    else Object.defineProperty(realProcess, 'emit', own);
  };
  return { emit, remove };
}

function removeUnused(): void {
  if (isTelling || takers.length > 0 || takenPromises.size > 0) return;
  laid?.remove();
  laid = undefined;
}

/** A function that is asked can end the watch. */
function tell(event: string | symbol, values: readonly unknown[]): boolean {
  if (isTelling) return false;
  isTelling = true;
  try {
    return isTaken(event, values);
  } finally {
    isTelling = false;
    removeUnused();
  }
}

function isTaken(event: string | symbol, [value, about]: readonly unknown[]): boolean {
  if (event === 'unhandledRejection') return takeRejection(value, about);
  if (event === 'rejectionHandled') return takenPromises.has(value);
  if (event === 'uncaughtExceptionMonitor') return takeException(value, about === 'unhandledRejection');
  if (event === 'uncaughtException') return endException(value);
  return false;
}

function takeRejection(error: unknown, promise: unknown): boolean {
  const isTaken = findDecision('exception', error) ?? offer(presentRun(), { kind: 'rejection', error });
  decision = { toldAs: 'rejection', error, isTaken };
  if (isTaken) handle(promise);
  return isTaken;
}

/** Returns what was decided when Node told of the same rejection in the other way. */
function findDecision(toldAs: Decision['toldAs'], error: unknown): boolean | undefined {
  const last = decision;
  decision = undefined;
  return last?.toldAs === toldAs && isSame(last.error, error) ? last.isTaken : undefined;
}

/** As an exception, Node tells an error of its own in place of a reason that is no error. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || isErrorOfNode(one) || isErrorOfNode(other);
}

function isErrorOfNode(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_UNHANDLED_REJECTION';
}

/** Without this, Node would tell of a handled rejection, of which nobody has heard, if the code handles the promise later. */
function handle(promise: unknown): void {
  takenPromises.add(promise);
  Promise.prototype.then.call(promise, undefined, () => {});
  later(() => {
    takenPromises.delete(promise);
    removeUnused();
  });
}

function takeException(error: unknown, isRejection: boolean): boolean {
  takenException = undefined;
  // Node then calls one function, which only its owner knows, in place of the listeners.
  if (realProcess.hasUncaughtExceptionCaptureCallback()) return false;
  const isTaken = isRejection
    ? (findDecision('rejection', error) ?? offer(presentRun(), { kind: 'rejection', error }))
    : offer(runOfUncaught(), { kind: 'exception', error });
  if (isRejection) decision = { toldAs: 'exception', error, isTaken };
  if (isTaken) takenException = { error };
  return isTaken;
}

function endException(error: unknown): boolean {
  const taken = takenException;
  takenException = undefined;
  return taken !== undefined && taken.error === error;
}

function offer(run: number | undefined, stray: StrayError): boolean {
  const { error } = stray;
  const key = typeof error === 'object' && error !== null ? error : undefined;
  if (run === undefined || (key !== undefined && left.get(key) === run)) return false;
  const isTaken = takers.some(({ take }) => asks(take, run, stray));
  if (!isTaken && key !== undefined) left.set(key, run);
  return isTaken;
}

/** If an error left this function, Node would end the process. So a bug of the function is thrown a turn later, and belongs to nobody. */
function asks(take: TakeStray, run: number, stray: StrayError): boolean {
  try {
    return take(run, stray);
  } catch (thrown) {
    const bug = typeof thrown === 'object' && thrown !== null ? thrown : new Error(String(thrown));
    left.set(bug, run);
    later(() => {
      throw bug;
    });
    return false;
  }
}
