import { inspect, types } from 'node:util';
import { makeCallback } from '../callback';
import { S3MockError } from '../s3-mock-error';
import { closeClass, type Habits, sameCure } from '../text/closed-members';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { readFrames, setFrames } from '../text/mistakes';
import { makeUnawaited } from '../text/plain-values';
import { isThenable } from '../text/value-kinds';
import { checkVerdict, type Expectation, isExpected, type Verdict } from './comparison';
import type { LogKind } from './lines';
import { endTimer, startTimer } from './real-timers';

/** A list that drops its oldest item beyond a limit, at no cost: `Array.prototype.shift` would move all other items. */
export class Queue<Item> implements Iterable<Item> {
  /** Items before `#first` were dropped, and are undefined. */
  #items: (Item | undefined)[] = [];
  #first = 0;
  #dropped = 0;
  #cleared = 0;
  readonly #listeners = new Set<() => void>();

  constructor(readonly limit: number) {}

  /** The number of items that were cleared or dropped before the present ones, so that no item gets the number of an earlier one. */
  get before(): number {
    return this.#cleared + this.#dropped;
  }

  /** Calls back after each item, and after each `clear()`. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get length(): number {
    return this.#items.length - this.#first;
  }

  get dropped(): number {
    return this.#dropped;
  }

  at(index: number): Item | undefined {
    return this.#items.at(index < 0 ? index : this.#first + index);
  }

  *[Symbol.iterator](): IterableIterator<Item> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as Item; // below the length, each has a value
  }

  /** Returns a frozen array, since a function of a test can get it with each item, and a frozen value crosses to the test only once. */
  toArray(): readonly Item[] {
    return Object.freeze(this.#items.slice(this.#first)) as readonly Item[]; // from there on, each has a value
  }

  push(item: Item): void {
    this.#items.push(item);
    if (this.length > this.limit) this.#dropFirst();
    for (const listener of this.#listeners) listener();
  }

  #dropFirst(): void {
    this.#items[this.#first] = undefined;
    this.#first += 1;
    this.#dropped += 1;
    if (this.#first * 2 <= this.#items.length) return;
    this.#items = this.#items.slice(this.#first);
    this.#first = 0;
  }

  replace(index: number, item: Item): void {
    this.#items[this.#first + index] = item;
  }

  clear(): void {
    this.#cleared += this.#dropped + this.length;
    this.#items = [];
    this.#first = 0;
    this.#dropped = 0;
    for (const listener of this.#listeners) listener();
  }
}

/** The queue for a reader that comes back: each item keeps its number, from 1. */
export type Feed<Item> = Pick<Queue<Item>, 'before' | 'dropped' | 'length' | 'at' | 'follow'>;

/** The part of its queue that a log uses. The items can be of another form until they are read. */
export interface Entries<Entry> extends Feed<Entry> {
  [Symbol.iterator](): IterableIterator<Entry>;
  readonly limit: number;
  push(entry: Entry): void;
  toArray(): readonly Entry[];
  clear(): void;
}

/** Decides on an entry. Its parameters are the parameters that arrays pass to such a function. */
type Test<Entry> = (entry: Entry, index: number, entries: readonly Entry[]) => unknown;
/** Decides on an entry, and narrows the type of the entries that it accepts. */
type Guard<Entry, Found extends Entry> = (entry: Entry, index: number, entries: readonly Entry[]) => entry is Found;

export function makeArrayHabits(label: string): Habits<object> {
  const names = [
    'flatMap',
    'reduce',
    'includes',
    'indexOf',
    'findIndex',
    'concat',
    'join',
    'push',
    'pop',
    'reverse',
    'sort',
  ];
  return sameCure(names, `It is not an array: write [...${label}].`);
}

/** A list of what happened, oldest first, with the methods of an array that only read. */
export abstract class Log<Entry> implements Iterable<Entry> {
  /** The entry at an index, from 0. */
  readonly [index: number]: Entry;
  readonly #entries: Entries<Entry>;
  readonly #kind: LogKind;
  readonly #waits = new Set<Wait<Entry>>();

  static {
    closeClass<Log<unknown>>(Log.prototype, {
      label: ({ label }) => label,
      hidden: ['label', 'feed', 'add', 'tellWaits', 'removeAll', 'endWaits', 'isAwaited', 'limit', 'wait'],
    });
  }

  constructor(entries: Entries<Entry>, kind: LogKind) {
    this.#entries = entries;
    this.#kind = kind;
  }

  /** @internal */
  get label(): string {
    return this.#kind.label;
  }

  /** @internal */
  get feed(): Feed<Entry> {
    return this.#entries;
  }

  /** The number of entries that the list dropped because it keeps no more than `journal: { limit }`. */
  get dropped(): number {
    return this.#entries.dropped;
  }

  /** The number of entries that are kept. */
  get length(): number {
    return this.#entries.length;
  }

  [Symbol.iterator](): IterableIterator<Entry> {
    return this.#entries[Symbol.iterator]();
  }

  /** Returns the entry at an index, from 0. A negative index counts from the end. */
  at(index: number): Entry | undefined {
    return this.#entries.at(index);
  }

  /** Returns an array of the values that a function returns for the entries. */
  map<Result>(make: (entry: Entry, index: number, entries: readonly Entry[]) => Result): Result[] {
    return this.#entries.toArray().map(make);
  }

  /** Returns the entries that a function accepts. */
  filter<Found extends Entry>(accepts: Guard<Entry, Found>): Found[];
  filter(accepts: Test<Entry>): Entry[];
  filter(accepts: Test<Entry>): Entry[] {
    return this.#entries.toArray().filter(this.#decides('filter', accepts));
  }

  /** Returns the first entry that a function accepts, or undefined. */
  find<Found extends Entry>(accepts: Guard<Entry, Found>): Found | undefined;
  find(accepts: Test<Entry>): Entry | undefined;
  find(accepts: Test<Entry>): Entry | undefined {
    return this.#entries.toArray().find(this.#decides('find', accepts));
  }

  /** Returns the last entry that a function accepts, or undefined. */
  findLast<Found extends Entry>(accepts: Guard<Entry, Found>): Found | undefined;
  findLast(accepts: Test<Entry>): Entry | undefined;
  findLast(accepts: Test<Entry>): Entry | undefined {
    return this.#entries.toArray().findLast(this.#decides('findLast', accepts));
  }

  /** Returns whether a function accepts at least one entry. */
  some(accepts: Test<Entry>): boolean {
    return this.#entries.toArray().some(this.#decides('some', accepts));
  }

  /** Returns whether a function accepts all entries; true for an empty list. */
  every(accepts: Test<Entry>): boolean {
    return this.#entries.toArray().every(this.#decides('every', accepts));
  }

  /** The entries from an index up to another index, which is not included; a negative index counts from the end. */
  slice(start?: number, end?: number): Entry[] {
    return this.#entries.toArray().slice(start, end);
  }

  /** Calls a function with each entry. */
  forEach(act: (entry: Entry, index: number, entries: readonly Entry[]) => void): void {
    this.#entries.toArray().forEach(act);
  }

  /** A promise counts as true, whatever its value will be. */
  #decides(method: string, accepts: Test<Entry>): Test<Entry> {
    return (entry, index, entries) => {
      const result = accepts(entry, index, entries);
      if (isThenable(result)) throw makeUnawaited(`${this.label}.${method}`, 'result of its function');
      return result;
    };
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** @internal */
  get limit(): number {
    return this.#entries.limit;
  }

  /** @internal */
  add(entry: Entry): void {
    this.#entries.push(entry);
    this.tellWaits();
  }

  /** Lets the callers of `waitFor` look at the last entry. @internal */
  tellWaits(): void {
    const kept = this.isAwaited ? this.at(-1) : undefined;
    if (kept === undefined) return;
    for (const { expected, resolve, reject } of this.#waits) {
      try {
        if (isExpected(kept, expected)) resolve(kept);
      } catch (error) {
        // A matcher of the test threw, which is not a bug of the mock.
        reject(error);
      }
    }
  }

  /** @internal */
  removeAll(): void {
    this.#entries.clear();
  }

  /** `from` is the function that the user called. A mistake in the arguments of that call rejects. @internal */
  async wait(read: () => Expectation<Entry>, judge: () => Verdict, options: WaitOptions, from: Caller): Promise<Entry> {
    // The frames are read before any await: a timer makes the error, and its stack has no line of the test.
    const frames = readFrames(from);
    const timeout = readTimeout(options);
    const expected = read();
    const come = this.find((entry) => isExpected(entry, expected));
    if (come !== undefined) return come;
    let end: () => void = () => {};
    const found = new Promise<Entry>((resolve, reject) => {
      const wait = { expected, frames, resolve, reject };
      const fail = () => reject(catchError(() => checkVerdict(judge(), from), frames));
      const timer = startTimer(makeCallback(reject, fail), timeout);
      // If the process ended before the wait does, the runner would not report the wait.
      if (timeout > LONGEST_HELD) timer.unref();
      this.#waits.add(wait);
      end = () => {
        endTimer(timer);
        this.#waits.delete(wait);
      };
    });
    return found.finally(end);
  }

  /** @internal */
  get isAwaited(): boolean {
    return this.#waits.size > 0;
  }

  /** @internal */
  endWaits(why: string): void {
    for (const { expected, frames, reject } of this.#waits) {
      const message = `waitFor('${expected.name}'): ${why} before a matching ${this.#kind.noun} came. Await it in the test that makes the request.`;
      reject(setFrames(new S3MockError('WAIT_ENDED', message), frames));
    }
  }
}

/** The options of `waitFor`. */
export interface WaitOptions {
  /** The longest wait, in milliseconds of real time. Default 1000. */
  readonly timeout?: number | undefined;
}

interface Wait<Entry> {
  readonly expected: Expectation<Entry>;
  readonly frames: string;
  readonly resolve: (entry: Entry) => void;
  readonly reject: (reason: unknown) => void;
}

type Caller = (...call: never) => unknown;

const longestTimeout = 2 ** 31 - 1;

/** The longest wait, in milliseconds, that keeps the process alive. */
const LONGEST_HELD = 10_000;

function readTimeout(options: WaitOptions): number {
  checkOptionNames('waitFor', options, ['timeout']);
  const { timeout = 1000 } = options;
  if (typeof timeout === 'number' && timeout >= 0 && timeout <= longestTimeout) return timeout;
  throw invalidValue('waitFor', 'timeout', timeout, `milliseconds from 0 to ${longestTimeout}, or undefined for 1000`);
}

function catchError(assertion: () => void, frames: string): unknown {
  try {
    assertion();
  } catch (error) {
    // The error of node:assert is of another realm than the test's, under jest.
    return types.isNativeError(error) ? setFrames(error, frames) : error;
  }
  return new Error('it came');
}

/** What printers read of a list. */
const namesOfPrinters: ReadonlySet<string | symbol> = new Set<string | symbol>([
  ...['constructor', 'toString', 'toJSON'],
  inspect.custom,
]);

/**
 * `toEqual` and `toMatchObject` compare by own enumerable members and by tag. The members are looked up when they are read, so that an
 * entry costs nothing more. `checkPlace` throws if the test may not read the list here; printing never does.
 */
export function comparableList<List extends { readonly length: number; at(index: number): unknown }>(
  list: List,
  checkPlace: () => void = () => {},
): List {
  const methods = new Map<string | symbol, unknown>();
  const get = (target: List, name: string | symbol): unknown => {
    if (name === Symbol.toStringTag) return 'Array';
    if ((isIndex(name) || Reflect.has(target, name)) && !namesOfPrinters.has(name)) checkPlace();
    if (isIndex(name)) return target.at(Number(name));
    const value: unknown = methods.get(name) ?? Reflect.get(target, name, target);
    // A function that the list itself has is a spy of the test.
    if (typeof value !== 'function' || name === 'constructor' || Object.hasOwn(target, name)) return value;
    // A method reads private members, which the proxy does not have.
    if (!methods.has(name)) methods.set(name, bindMethod(value, target));
    return methods.get(name);
  };
  return new Proxy(list, {
    get,
    has: (target, name) => (isIndex(name) ? Number(name) < target.length : Reflect.has(target, name)),
    ownKeys: (target) => [
      ...Array.from({ length: target.length }, (_, index) => String(index)),
      ...Reflect.ownKeys(target),
    ],
    getOwnPropertyDescriptor(target, name) {
      if (!isIndex(name)) return Reflect.getOwnPropertyDescriptor(target, name);
      const value = target.at(Number(name));
      return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: false };
    },
  });
}

/** Binds a method. The bound method gets the method's own members as they are declared, since some of their getters throw. */
function bindMethod(method: CallableFunction, object: object): unknown {
  const { prototype: _, ...members } = Object.getOwnPropertyDescriptors(method);
  return Object.defineProperties(method.bind(object), members as PropertyDescriptorMap); // of a function
}

function isIndex(name: string | symbol): boolean {
  return typeof name === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(name);
}
