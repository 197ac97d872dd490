import { type FailureKind, failureKinds } from '../mock/exploration';
import type { Exploration, Way } from '../mock/mock-s3';
import { required } from '../shapes/elements';
import { expecting, readBy, shapeOf } from '../shapes/given';
import { readOptions } from '../shapes/given-reader';
import { boolean, long, text } from '../shapes/values';
import { invalidValue } from '../text/invalid-value';
import { readItems, writeAlternatives } from '../text/lists';
import { isRecord } from '../text/value-kinds';
import { passes } from './ways';

type Run = () => Promise<unknown>;

/** An exploration that was read, with the defaults. */
export interface ReadExploration {
  readonly callers: ReadonlyMap<string, Run>;
  readonly hasCallers: boolean;
  readonly check: ((way: Way) => void | Promise<void>) | undefined;
  readonly again: boolean | Run;
  readonly checkFailed: ((way: Way) => void | Promise<void>) | undefined;
  readonly failures: readonly FailureKind[];
  readonly of: readonly [operation: string, input: unknown] | undefined;
  readonly mustSucceed: boolean;
  readonly orders: boolean;
  readonly limit: number;
  readonly timeout: number;
  readonly incomplete: boolean;
  readonly concurrency: number;
  readonly restart: (() => void | Promise<void>) | undefined;
  readonly only: string | undefined;
}

const at = 's3.explore';

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
  of: readBy(readOf),
  mustSucceed: boolean,
  orders: boolean,
  limit: expecting(long, 'a whole number from 1 on, or undefined', isCount),
  timeout: expecting(long, `whole milliseconds from 1 to ${longestTimeout}, or undefined`, isTimeout),
  incomplete: boolean,
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
    timeout = 4000,
    concurrency = 1,
    incomplete = false,
  } = read;
  const hasCallers = !isFunction(run);
  const { failures = hasCallers ? false : failureKinds, orders = hasCallers } = read;
  checkTogether({ ...read, failures, orders, concurrency, hasCallers });
  const kinds = (failures === false ? [] : failures).filter((kind) => !mustSucceed || passes(kind));
  const { check, checkFailed, of, restart, only } = read;
  return {
    callers: typeof run === 'function' ? new Map([['run', run]]) : new Map(Object.entries(run)),
    ...{ hasCallers, check, again, checkFailed, mustSucceed, orders, limit, timeout, incomplete, concurrency },
    ...{ failures: kinds, of, restart, only },
  };
}

interface Together extends Pick<Exploration, 'again' | 'checkFailed' | 'mustSucceed' | 'restart'> {
  readonly failures: false | readonly FailureKind[];
  readonly orders: boolean;
  readonly concurrency: number;
  readonly hasCallers: boolean;
}

function checkTogether(read: Together): void {
  const { again, checkFailed, mustSucceed, restart, failures, orders, concurrency } = read;
  if (failures === false && !orders)
    throw invalidValue(at, 'failures', failures, 'kinds of failures, since the exploration tries no orders');
  if (orders && !read.hasCallers)
    throw invalidValue(
      at,
      'orders',
      orders,
      'undefined, or several callers as run: { first: () => …, second: () => … }',
    );
  if (again !== undefined && again !== false && checkFailed !== undefined)
    throw invalidValue(
      at,
      'checkFailed',
      checkFailed,
      "undefined, since 'again' runs after each run that failed, and check after it",
    );
  if (mustSucceed === true && (again || checkFailed !== undefined))
    throw invalidValue(at, 'mustSucceed', mustSucceed, 'false, or neither again nor checkFailed: no run may fail');
  if (mustSucceed === true && failures !== false && !failures.some(passes))
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

function readAgain(place: string, again: boolean | Run): boolean | Run {
  if (typeof again === 'boolean' || isFunction(again)) return again;
  throw invalidValue(place, 'again', again, 'true, false or a function, or undefined');
}

function readFailures(place: string, failures: false | readonly FailureKind[]): false | readonly FailureKind[] {
  if (failures === false) return failures;
  if (!Array.isArray(failures) || failures.length === 0)
    throw invalidValue(place, 'failures', failures, "false, or a list of failures such as ['fail', 'crash after']");
  for (const kind of readItems(failures))
    if (!failureKinds.includes(kind))
      throw invalidValue(place, 'failures', kind, writeAlternatives(failureKinds), failureKinds);
  return failureKinds.filter((kind) => failures.includes(kind));
}

/** The operation and the input are checked as those of a rule are. */
function readOf(place: string, of: NonNullable<Exploration['of']>): readonly [string, unknown] {
  if (typeof of === 'string') return [of, undefined];
  const [operation, input] = Array.isArray(of) && of.length === 2 ? of : [];
  if (typeof operation === 'string') return [operation, input];
  throw invalidValue(place, 'of', of, "an operation, or [operation, input] such as ['PutObject', { Key: 'a.pdf' }]");
}
