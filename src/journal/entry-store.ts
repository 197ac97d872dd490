import type { RequestEntry } from './entry';
import { readable } from './entry-bytes';
import { countedParts, weightOfParts, withoutParts } from './entry-parts';
import { Queue } from './queue';

/** The greatest number of entries in a journal, and of bytes that their counted parts take. */
interface EntryLimits {
  readonly entries: number;
  readonly bytes: number;
}

/**
 * The entries that a journal keeps. It drops their counted parts first, then whole entries, the oldest first; the newest keeps all its
 * parts. What does not count is light, so that the number of entries bounds it.
 */
export class EntryStore implements Iterable<RequestEntry> {
  readonly #entries = new Queue<RequestEntry>();
  /** For each entry the bytes of its counted parts; 0 once they were dropped. Most entries have none. */
  readonly #weights = new Queue<number>();
  /** The sum of the weights. */
  #bytes = 0;
  /** The index of an entry below which no entry has weight. */
  #light = 0;
  #dropped = 0;

  constructor(private readonly limits: EntryLimits) {}

  get length(): number {
    return this.#entries.length;
  }

  /** The number of entries that were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The entry at an index, from 0; a negative index counts from the end. */
  at(index: number): RequestEntry | undefined {
    return this.#entries.at(index);
  }

  [Symbol.iterator](): IterableIterator<RequestEntry> {
    return this.#entries[Symbol.iterator]();
  }

  /** All entries, in an array of the caller's own. */
  toArray(): RequestEntry[] {
    return this.#entries.toArray();
  }

  push(given: RequestEntry): void {
    const entry = readable(given);
    const weight = weightOfParts(entry);
    this.#entries.push(Object.freeze(entry));
    this.#weights.push(weight);
    this.#bytes += weight;
    if (this.#bytes > this.limits.bytes) this.#dropParts();
    if (this.#entries.length > this.limits.entries) this.#dropOldest();
  }

  clear(): void {
    this.#entries.clear();
    this.#weights.clear();
    this.#bytes = 0;
    this.#light = 0;
    this.#dropped = 0;
  }

  /** Drops parts down to half of the limit, so that the next requests need not drop some each. The newest entry keeps its own. */
  #dropParts(): void {
    for (; this.#bytes > this.limits.bytes / 2 && this.#light < this.length - 1; this.#light += 1) {
      const weight = this.#weights.at(this.#light);
      const entry = this.#entries.at(this.#light);
      if (weight === undefined || weight === 0 || entry === undefined) continue;
      this.#entries.replace(this.#light, Object.freeze(withoutParts(entry, countedParts(entry))));
      this.#weights.replace(this.#light, 0);
      this.#bytes -= weight;
    }
  }

  #dropOldest(): void {
    this.#entries.shift();
    this.#bytes -= this.#weights.shift() ?? 0;
    this.#light = Math.max(0, this.#light - 1);
    this.#dropped += 1;
  }
}
