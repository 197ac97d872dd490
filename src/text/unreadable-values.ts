import { types } from 'node:util';
import { writeInvalid } from './invalid-value';
import { memberPath } from './member-names';
import { makeMistake } from './mistakes';
import { isObject } from './value-kinds';
import { UNREADABLE, visible, writeGiven } from './values';

interface Unreadable {
  readonly place: string;
  readonly written: string;
  readonly problem: string;
}

interface Place {
  readonly path: string;
  readonly value: unknown;
  readonly depth: number;
}

/**
 * The depth at which a value counts as too deep. A recursive function can read anything that is less deep, and nobody writes deeper values
 * by hand.
 */
const DEEP = 500;
const LONGEST = 100;

/**
 * Calls `act` with the values of a user. If it throws because a value cannot be read, for example because a Proxy or a getter throws, the
 * error names that value instead of the line of ours that read it.
 */
export function refuseUnreadable<Result>(at: () => string, given: readonly unknown[], act: () => Result): Result {
  try {
    const result = act();
    if (!types.isPromise(result) || !given.some(isObject)) return result;
    return result.catch((error: unknown) => throwReason(at, given, error)) as Result; // a promise of the same
  } catch (error) {
    return throwReason(at, given, error);
  }
}

function throwReason(at: () => string, given: readonly unknown[], error: unknown): never {
  const found = findUnreadable(given, isOverflow(error));
  if (found === undefined) throw error;
  const { place, written, problem } = found;
  throw makeMistake(writeInvalid(at(), place, written, `a value that can be read: ${problem}`));
}

/** Whether V8 refused a value because it is too deep or contains itself. */
function isOverflow(error: unknown): boolean {
  return types.isNativeError(error) && /^(?:Maximum call stack|Converting circular structure)/.test(error.message);
}

function findUnreadable(given: readonly unknown[], isTooDeep: boolean): Unreadable | undefined {
  for (const [index, argument] of given.entries()) {
    const found = findUnreadableIn(argument, isTooDeep);
    if (found === undefined) continue;
    const path = found.place === '' ? '' : `${found.place} of `;
    return { ...found, place: `${path}argument ${index + 1}` };
  }
  return undefined;
}

function findUnreadableIn(argument: unknown, isTooDeep: boolean): Unreadable | undefined {
  const levels = new Map<object, number>();
  const work: Place[] = [{ path: '', value: argument, depth: 0 }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const { path, value, depth } = next;
    if (!isObject(value) && !isHiddenFunction(value)) continue;
    if (isTooDeep && (depth > DEEP || levels.has(value)))
      return { place: '', written: writeGiven(argument), problem: 'it contains itself, or is too deep' };
    if (levels.has(value)) continue;
    levels.set(value, depth);
    let place = path;
    try {
      for (const name of namesIn(value)) {
        if (!types.isProxy(value)) place = memberPath(path, name);
        work.push({ path: memberPath(path, name), value: Reflect.get(value, name), depth: depth + 1 });
      }
    } catch (error) {
      return { place, written: types.isProxy(value) ? writeGiven(value) : UNREADABLE, problem: writeProblem(error) };
    }
  }
  return undefined;
}

/** A function behind a Proxy, which throws where its kind is looked at. */
function isHiddenFunction(value: unknown): value is object {
  return typeof value === 'function' && types.isProxy(value);
}

/** Includes what the class of an object declares; throws if the object does not say what it is. */
function namesIn(value: object): ReadonlySet<string> {
  // Bytes are always readable, and a body can have millions of them.
  const hasBytes = types.isTypedArray(value);
  const names = new Set(hasBytes ? [] : Object.keys(value));
  for (let at: unknown = Object.getPrototypeOf(value); isObject(at); at = Object.getPrototypeOf(at))
    if (!isOfEveryObject(at))
      for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
        if (get !== undefined) names.add(name);
  Object.prototype.toString.call(value);
  if (!hasBytes && 'toJSON' in value && typeof value.toJSON === 'function') value.toJSON('');
  return names;
}

/** The prototypes of plain objects and of lists, of any realm, whose getters do not throw. */
function isOfEveryObject(prototype: object): boolean {
  return Array.isArray(prototype) || Object.hasOwn(prototype, '__proto__');
}

function writeProblem(error: unknown): string {
  const message = types.isNativeError(error) ? `: ${visible(error.message).slice(0, LONGEST)}` : '';
  return `reading it throws an error${message}`;
}
