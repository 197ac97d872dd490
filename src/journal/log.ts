import { types } from 'node:util';
import { S3MockError } from '../s3-mock-error';
import { closeClass } from '../text/closed-members';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { endTimer, startTimer } from './real-timers';

/** The entries of a list, oldest first, as their holder keeps them. */
interface EntryHolder<Entry> extends Iterable<Entry> {
  readonly length: number;
  at(index: number): Entry | undefined;
  [Symbol.iterator](): IterableIterator<Entry>;
  toArray(): Entry[];
}

/** Decides on an entry; its parameters are those that arrays give. */
type Test<Entry> = (entry: Entry, index: number, entries: readonly Entry[]) => unknown;
/** The same, and it narrows the type of the entries that it accepts. */
type Guard<Entry, Found extends Entry> = (entry: Entry, index: number, entries: readonly Entry[]) => entry is Found;

/** Entries of a mock, oldest first, with the methods of an array that only read. */
export abstract class EntryList<Entry> implements Iterable<Entry> {
  /** The entry at an index, from 0. */
  readonly [index: number]: Entry;
  readonly #entries: EntryHolder<Entry>;

  static {
    closeClass<EntryList<unknown>>(EntryList.prototype, ({ label }) => label, ['label']);
  }

  constructor(entries: EntryHolder<Entry>) {
    this.#entries = entries;
  }

  /**
   * The list as code writes it, for messages.
   * @internal
   */
  abstract get label(): string;

  /** The number of entries that are kept. */
  get length(): number {
    return this.#entries.length;
  }

  [Symbol.iterator](): IterableIterator<Entry> {
    return this.#entries[Symbol.iterator]();
  }

  /** The entry at an index, from 0; a negative index counts from the end. */
  at(index: number): Entry | undefined {
    return this.#entries.at(index);
  }

  /** Returns an array of the values that a function returns for the entries. */
  map<Result>(make: (entry: Entry, index: number, entries: readonly Entry[]) => Result): Result[] {
    return this.#all().map(make);
  }

  /** The entries that a function accepts. */
  filter<Found extends Entry>(accepts: Guard<Entry, Found>): Found[];
  filter(accepts: Test<Entry>): Entry[];
  filter(accepts: Test<Entry>): Entry[] {
    return this.#all().filter(accepts);
  }

  /** The first entry that a function accepts. */
  find<Found extends Entry>(accepts: Guard<Entry, Found>): Found | undefined;
  find(accepts: Test<Entry>): Entry | undefined;
  find(accepts: Test<Entry>): Entry | undefined {
    return this.#all().find(accepts);
  }

  /** The last entry that a function accepts. */
  findLast<Found extends Entry>(accepts: Guard<Entry, Found>): Found | undefined;
  findLast(accepts: Test<Entry>): Entry | undefined;
  findLast(accepts: Test<Entry>): Entry | undefined {
    return this.#all().findLast(accepts);
  }

  /** Whether a function accepts one entry at least. */
  some(accepts: Test<Entry>): boolean {
    return this.#all().some(accepts);
  }

  /** Whether a function accepts all entries; true for an empty list. */
  every(accepts: Test<Entry>): boolean {
    return this.#all().every(accepts);
  }

  /** The entries from an index up to another one, which is not included; negative ones count from the end. */
  slice(start?: number, end?: number): Entry[] {
    return this.#all().slice(start, end);
  }

  /** Calls a function with each entry. */
  forEach(act: (entry: Entry, index: number, entries: readonly Entry[]) => void): void {
    this.#all().forEach(act);
  }

  #all(): readonly Entry[] {
    return this.#entries.toArray();
  }
}

/** Items of which the oldest can be dropped at no cost; `Array.prototype.shift` moves all others of a long array. */
export class Queue<Item> implements Iterable<Item> {
  /** Those before `#first` were dropped, and are undefined. */
  #items: (Item | undefined)[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  /** The item at an index, from 0; a negative index counts from the end. */
  at(index: number): Item | undefined {
    return this.#items.at(index < 0 ? index : this.#first + index);
  }

  *[Symbol.iterator](): IterableIterator<Item> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as Item; // below the length, each has a value
  }

  /** All items, in an array of the caller's own. */
  toArray(): Item[] {
    return this.#items.slice(this.#first) as Item[]; // from there on, each has a value
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  /** Replaces the item at an index, from 0. */
  replace(index: number, item: Item): void {
    this.#items[this.#first + index] = item;
  }

  /** Drops the oldest item and returns it; undefined if the queue is empty. */
  shift(): Item | undefined {
    const oldest = this.at(0);
    this.#items[this.#first] = undefined;
    this.#first += 1;
    if (this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return oldest;
  }

  clear(): void {
    this.#items = [];
    this.#first = 0;
  }
}

/** The options of `waitFor`. */
export interface WaitOptions {
  /** The longest wait, in milliseconds of real time. Default 1000. */
  readonly timeout?: number | undefined;
}

/** The item that a call of `waitFor` waits for. */
export interface Awaited<Item> {
  /** The name that the test gave. */
  readonly name: string;
  /** The first matching one, if it came before the call. */
  readonly come: Item | undefined;
  /** Whether one that has just come matches. */
  readonly accepts: (item: Item) => boolean;
  /** Throws the error of a wait that ends without a matching one. */
  readonly fail: () => void;
}

/** One call of `waitFor` that has not ended. */
interface Wait<Item> extends Pick<Awaited<Item>, 'name' | 'accepts'> {
  readonly resolve: (item: Item) => void;
  readonly reject: (reason: unknown) => void;
}

const longestTimeout = 2 ** 31 - 1;

/** The calls of `waitFor` that have not ended yet. */
export class Waits<Item> {
  readonly #waits = new Set<Wait<Item>>();

  /** `thing` is what they wait for, in messages. */
  constructor(private readonly thing: 'request' | 'event') {}

  get areEmpty(): boolean {
    return this.#waits.size === 0;
  }

  /**
   * Returns the first matching item, and waits for it if it has not come yet. A mistake in what is read of the call rejects. `from` is the
   * function that the user called.
   */
  async first(read: () => Awaited<Item>, options: WaitOptions, from: (...call: never) => unknown): Promise<Item> {
    // Taken before any await: the error is made by a timer, whose stack has no line of the test.
    const { stack = '' } = capturedStack(from);
    const timeout = readTimeout(options);
    const { name, come, accepts, fail } = read();
    if (come !== undefined) return come;
    let end: () => void = () => {};
    const found = new Promise<Item>((resolve, reject) => {
      const wait = { name, accepts, resolve, reject };
      const timer = startTimer(() => reject(errorOf(fail, stack)), timeout).unref();
      this.#waits.add(wait);
      end = () => {
        endTimer(timer);
        this.#waits.delete(wait);
      };
    });
    return found.finally(end);
  }

  /** Ends the waits for an item that has just come. */
  take(item: Item): void {
    for (const { accepts, resolve, reject } of this.#waits) {
      try {
        if (accepts(item)) resolve(item);
      } catch (error) {
        // A matcher of the test threw, which is not a bug of the mock.
        reject(error);
      }
    }
  }

  /** Ends all waits, since no matching item can come any more. */
  end(why: string): void {
    for (const { name, reject } of this.#waits) {
      const message = `waitFor('${name}'): ${why} before a matching ${this.thing} came. Await it in the test that makes the request.`;
      reject(new S3MockError('WAIT_ENDED', message));
    }
  }
}

function readTimeout(options: WaitOptions): number {
  checkOptionNames('waitFor', options, ['timeout']);
  const { timeout = 1000 } = options;
  if (typeof timeout === 'number' && timeout >= 0 && timeout <= longestTimeout) return timeout;
  throw invalidValue('waitFor', 'timeout', timeout, `milliseconds from 0 to ${longestTimeout}, or undefined for 1000`);
}

function capturedStack(from: (...call: never) => unknown): { readonly stack?: string } {
  const holder = {};
  Error.captureStackTrace(holder, from);
  return holder;
}

/** The error that an assertion throws, with the stack of the call of `waitFor`. */
function errorOf(assertion: () => void, stack: string): unknown {
  try {
    assertion();
  } catch (error) {
    const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line));
    // The error of node:assert is of another realm than the test's, under jest.
    if (types.isNativeError(error)) error.stack = `${error.name}: ${error.message}\n${frames.join('\n')}`;
    return error;
  }
  return new Error('it came');
}

/** A list whose entries are read by their index. */
interface IndexedList {
  readonly length: number;
  at(index: number): unknown;
}

/**
 * The same list, with each entry as an own enumerable member under its index, and with the tag of an array: `toEqual` and
 * `toMatchObject` of test runners compare by these. The members are looked up when they are read, so that an entry costs nothing more.
 */
export function comparableList<List extends IndexedList>(list: List): List {
  const methods = new Map<string | symbol, unknown>();
  return new Proxy(list, {
    get(target, name) {
      if (name === Symbol.toStringTag) return 'Array';
      if (isIndex(name)) return target.at(Number(name));
      const value: unknown = methods.get(name) ?? Reflect.get(target, name, target);
      // A function of the list's own is a spy of the test.
      if (typeof value !== 'function' || name === 'constructor' || Object.hasOwn(target, name))
        return Reflect.get(target, name, target);
      // A method reads private members, which the proxy does not have.
      if (!methods.has(name)) methods.set(name, value.bind(target));
      return methods.get(name);
    },
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

function isIndex(name: string | symbol): boolean {
  return typeof name === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(name);
}
