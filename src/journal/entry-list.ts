import { closeClass } from '../text/closed-members';

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
