import {
  type CallersMemory,
  callersMemories,
  type FailureGroup,
  type FailureKind,
  failureGroups,
  failureKinds,
} from '../mock/exploration';
import type { BegunWay, CodeOfWay, Exploration, Way } from '../mock/mock-s3';
import { required } from '../shapes/elements';
import { expecting, readBy, shapeOf } from '../shapes/given';
import { readOptions } from '../shapes/given-reader';
import { boolean, long, text } from '../shapes/values';
import { invalidValue } from '../text/invalid-value';
import { readItems, writeAlternatives } from '../text/lists';
import { isRecord } from '../text/value-kinds';
import { passes } from './ways';

/** An exploration that was read, with the defaults. */
export interface ReadExploration {
  readonly callers: ReadonlyMap<string, CodeOfWay>;
  readonly hasCallers: boolean;
  readonly check: ((way: Way) => void | Promise<void>) | undefined;
  readonly again: boolean | CodeOfWay;
  readonly checkFailed: ((way: Way) => void | Promise<void>) | undefined;
  readonly failures: readonly FailureKind[];
  readonly pairs: boolean;
  readonly of: readonly [operation: string, input: unknown] | undefined;
  /** Whether a run with a failure, or in another order, has to resolve. */
  readonly mustSucceed: boolean;
  readonly orders: boolean;
  /** Undefined: they may share memory. */
  readonly memory: CallersMemory | undefined;
  /** Whether the clock takes turns with the callers. */
  readonly clock: boolean;
  readonly limit: number;
  readonly timeout: number | undefined;
  readonly incomplete: boolean;
  readonly all: boolean;
  readonly concurrency: number;
  readonly restart: ((way: BegunWay) => void | Promise<void>) | undefined;
  readonly only: string | undefined;
}

const at = 's3.explore';

/** The clock of the world, as a caller. */
export const clockName = 'clock';

const isFunction = (value: unknown) => typeof value === 'function';
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 1;
const longestTimeout = 2 ** 31 - 1;
const isTimeout = (value: unknown) => isCount(value) && Number(value) <= longestTimeout;

const aFunction = <Given extends Callable>(expected: string) =>
  readBy((place: string, value: Given, { name }) => {
    if (isFunction(value)) return value;
    throw invalidValue(place, name, value, expected);
  });

type Callable = (...values: never[]) => unknown;

const shape = shapeOf<Exploration>()({
  run: required(readBy(readRun)),
  check: aFunction<NonNullable<Exploration['check']>>('a function of a way, or undefined'),
  again: readBy(readAgain),
  checkFailed: aFunction<NonNullable<Exploration['checkFailed']>>('a function of a way, or undefined'),
  failures: readBy(readFailures),
  pairs: boolean,
  of: readBy(readOf),
  mustSucceed: boolean,
  orders: boolean,
  callers: readBy(readCallers),
  clock: boolean,
  limit: expecting(long, 'a whole number from 1 on, or undefined', isCount),
  timeout: expecting(long, `whole milliseconds from 1 to ${longestTimeout}, or undefined`, isTimeout),
  incomplete: boolean,
  all: boolean,
  concurrency: expecting(long, 'a whole number from 1 on, or undefined', isCount),
  restart: aFunction<NonNullable<Exploration['restart']>>('a function, or undefined'),
  only: text,
});

/** Throws a TypeError that names the option, its value and what would be right. */
export function readExploration(given: Exploration): ReadExploration {
  const read = readOptions(shape.members, given, { at, now: 0 });
  const {
    run,
    again = false,
    mustSucceed = false,
    limit = 1000,
    timeout,
    concurrency = 1,
    incomplete = false,
    all = false,
    pairs = false,
    clock = false,
  } = read;
  const hasCallers = !isFunction(run);
  const { failures = hasCallers ? false : failureKinds, orders = hasCallers || clock } = read;
  checkTogether({ ...read, failures, orders, clock, concurrency, hasCallers });
  const listed = failures === false ? [] : listKinds(failures);
  const kinds = listed.filter((kind) => !mustSucceed || passes(kind));
  const { check, checkFailed, of, restart, only, callers: memory } = read;
  return {
    callers: typeof run === 'function' ? new Map([['run', run]]) : new Map(Object.entries(run)),
    ...{ hasCallers, check, again, checkFailed, orders, memory, limit, timeout, incomplete, all, concurrency },
    // Orders of which nothing else is asked have to resolve, as the run without a failure has.
    mustSucceed: mustSucceed || (failures === false && check === undefined && checkFailed === undefined),
    ...{ failures: kinds, pairs, clock, of, restart, only },
  };
}

interface Together
  extends Pick<Exploration, 'run' | 'again' | 'checkFailed' | 'mustSucceed' | 'restart' | 'pairs' | 'callers'> {
  readonly failures: false | readonly (FailureKind | FailureGroup)[];
  readonly orders: boolean;
  readonly clock: boolean;
  readonly concurrency: number;
  readonly hasCallers: boolean;
}

function checkTogether(read: Together): void {
  const { run, again, checkFailed, mustSucceed, restart, failures, orders, concurrency, pairs, callers } = read;
  if (failures === false && !orders)
    throw invalidValue(at, 'failures', failures, 'kinds of failures, since the exploration tries no orders');
  if (orders && !read.hasCallers && !read.clock)
    throw invalidValue(
      at,
      'orders',
      orders,
      'undefined, or several callers as run: { first: () => …, second: () => … }',
    );
  if (read.hasCallers && Object.keys(run).length === 1 && (failures === false || !orders))
    throw invalidValue(
      at,
      'run',
      run,
      `the function alone, run: ${Object.keys(run).join()}, or several callers by name`,
    );
  if (failures === false && again !== undefined && again !== false)
    throw invalidValue(
      at,
      'again',
      again,
      "undefined, since no caller fails without failures, or failures such as failures: ['crash', 'disconnect after']",
    );
  if (read.clock && !orders)
    throw invalidValue(at, 'clock', true, 'undefined, or orders that are tried: leave orders out');
  if (read.clock && read.hasCallers && Object.hasOwn(run, clockName))
    throw invalidValue(at, 'name of a caller', clockName, 'another name, since the clock is a caller of that name');
  if (pairs === true && failures === false)
    throw invalidValue(at, 'pairs', pairs, "undefined, or with failures such as failures: ['fail', 'crash']");
  if (callers !== undefined && !orders)
    throw invalidValue(at, 'callers', callers, 'undefined, since no orders are tried');
  if (again !== undefined && again !== false && checkFailed !== undefined)
    throw invalidValue(
      at,
      'checkFailed',
      checkFailed,
      "undefined, since 'again' runs after each run that failed, and check after it",
    );
  if (mustSucceed === true && (again || checkFailed !== undefined))
    throw invalidValue(at, 'mustSucceed', mustSucceed, 'false, or neither again nor checkFailed: no run may fail');
  if (mustSucceed === true && failures !== false && !listKinds(failures).some(passes))
    throw invalidValue(at, 'failures', failures, 'failures after which a retry can succeed, since mustSucceed is true');
  if (concurrency > 1 && restart !== undefined)
    throw invalidValue(at, 'concurrency', concurrency, '1, since restart resets code that keeps a state');
}

const nameOfCaller = /^[A-Za-z_$][\w$ -]*$/;

function readRun(place: string, run: Exploration['run']): Exploration['run'] {
  if (typeof run === 'function') return run;
  const expected = 'a function, or functions by name such as { first: () => save(1), second: () => save(2) }';
  if (!isRecord(run)) throw invalidValue(place, 'run', run, expected);
  const callers = Object.entries(run);
  if (callers.length === 0) throw invalidValue(place, 'run', run, expected);
  for (const [name, caller] of callers) {
    if (!nameOfCaller.test(name))
      throw invalidValue(
        place,
        'name of a caller',
        name,
        'letters, digits, spaces, hyphens and underscores, a letter first',
      );
    if (!isFunction(caller)) throw invalidValue(place, `run.${name}`, caller, 'a function');
  }
  return { ...run } as Exploration['run']; // a copy of its functions
}

function readAgain(place: string, again: boolean | CodeOfWay): boolean | CodeOfWay {
  if (typeof again === 'boolean' || isFunction(again)) return again;
  throw invalidValue(place, 'again', again, 'true, false or a function, or undefined');
}

type GivenFailure = FailureKind | FailureGroup;

function readFailures(place: string, failures: false | readonly GivenFailure[]): false | readonly GivenFailure[] {
  if (failures === false) return failures;
  if (!Array.isArray(failures) || failures.length === 0)
    throw invalidValue(place, 'failures', failures, "false, or a list of failures such as ['fail', 'crash after']");
  const all: readonly GivenFailure[] = [...failureKinds, ...failureGroups];
  const items: readonly GivenFailure[] = readItems(failures);
  for (const kind of items)
    if (!all.includes(kind)) throw invalidValue(place, 'failures', kind, writeAlternatives(all), all);
  return items;
}

/** A group stands for its kinds. */
function listKinds(given: readonly GivenFailure[]): readonly FailureKind[] {
  return failureKinds.filter((kind) => given.some((one) => kind === one || kind.startsWith(`${one} `)));
}

function readCallers(place: string, callers: CallersMemory): CallersMemory {
  if (callersMemories.includes(callers)) return callers;
  throw invalidValue(place, 'callers', callers, writeAlternatives(callersMemories), callersMemories);
}

/** The operation and the input are checked as those of a rule are. */
function readOf(place: string, of: NonNullable<Exploration['of']>): readonly [string, unknown] {
  if (typeof of === 'string') return [of, undefined];
  const [operation, input] = Array.isArray(of) && of.length === 2 ? of : [];
  if (typeof operation === 'string') return [operation, input];
  throw invalidValue(place, 'of', of, "an operation, or [operation, input] such as ['PutObject', { Key: 'a.pdf' }]");
}
