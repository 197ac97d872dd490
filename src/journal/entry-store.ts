import type { RequestEntry } from './entry';
import { readable } from './entry-bytes';
import { countedParts, type EntryPart, withoutParts } from './entry-parts';
import { Queue } from './queue';

/** The greatest number of entries in a journal, and of bytes that their counted parts take. */
interface EntryLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** The parts of an entry that count, and their weight. */
interface Heavy {
  /** The number of the entry among all that came, from 0. */
  readonly number: number;
  readonly parts: readonly EntryPart[];
  readonly weight: number;
}

/**
 * The entries that a journal keeps. It drops their counted parts first, then whole entries, the oldest first; the newest keeps all its
 * parts. What does not count is light, so that the number of entries bounds it.
 */
export class EntryStore implements Iterable<RequestEntry> {
  readonly #entries = new Queue<RequestEntry>();
  /** The entries whose parts count and were not dropped. Most entries have none. */
  readonly #heavy = new Queue<Heavy>();
  #bytes = 0;
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
    const entry = this.#entries.at(index);
    // Frozen for its readers; most entries are never read.
    return entry && Object.freeze(entry);
  }

  *[Symbol.iterator](): IterableIterator<RequestEntry> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index) as RequestEntry; // below the length, each has one
  }

  push(given: RequestEntry): void {
    const entry = readable(given);
    const parts = countedParts(entry);
    if (parts.length > 0) this.#count(parts);
    this.#entries.push(entry);
    if (this.#bytes > this.limits.bytes) this.#dropParts();
    if (this.#entries.length > this.limits.entries) this.#dropOldest();
  }

  clear(): void {
    this.#entries.clear();
    this.#heavy.clear();
    this.#bytes = 0;
    this.#dropped = 0;
  }

  #count(parts: readonly EntryPart[]): void {
    const weight = parts.reduce((sum, part) => sum + part.weight, 0);
    this.#heavy.push({ number: this.#dropped + this.#entries.length, parts, weight });
    this.#bytes += weight;
  }

  /** Drops parts down to half of the limit, so that the next requests need not drop some each. */
  #dropParts(): void {
    const newest = this.#dropped + this.#entries.length - 1;
    while (this.#bytes > this.limits.bytes / 2) {
      const oldest = this.#heavy.at(0);
      if (oldest === undefined || oldest.number === newest) return;
      const index = oldest.number - this.#dropped;
      const entry = this.#entries.at(index);
      if (entry !== undefined) this.#entries.replace(index, withoutParts(entry, oldest.parts));
      this.#forget(oldest);
    }
  }

  #dropOldest(): void {
    const oldest = this.#heavy.at(0);
    if (oldest?.number === this.#dropped) this.#forget(oldest);
    this.#entries.shift();
    this.#dropped += 1;
  }

  #forget({ weight }: Heavy): void {
    this.#heavy.shift();
    this.#bytes -= weight;
  }
}
