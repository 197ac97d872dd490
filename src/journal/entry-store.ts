import type { RequestEntry } from './entry';
import { readable } from './entry-bytes';
import { countedParts, type EntryPart, withoutParts } from './entry-parts';
import { Queue } from './queue';

/** The greatest number of entries in a journal, and of bytes that their counted parts take. */
interface EntryLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** An entry, with the parts that count and their weight. */
interface Slot {
  readonly entry: RequestEntry;
  readonly parts: readonly EntryPart[];
  readonly weight: number;
}

/**
 * The entries that a journal keeps. It drops their counted parts first, then whole entries, the oldest first; the newest keeps all its
 * parts. What does not count is light, so that the number of entries bounds it.
 */
export class EntryStore implements Iterable<RequestEntry> {
  readonly #slots = new Queue<Slot>();
  #bytes = 0;
  /** The parts of the entries before this index were dropped. */
  #wholeFrom = 0;
  #dropped = 0;

  constructor(private readonly limits: EntryLimits) {}

  get length(): number {
    return this.#slots.length;
  }

  /** The number of entries that were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The entry at an index, from 0; a negative index counts from the end. */
  at(index: number): RequestEntry | undefined {
    return this.#slots.at(index)?.entry;
  }

  *[Symbol.iterator](): IterableIterator<RequestEntry> {
    for (const { entry } of this.#slots) yield entry;
  }

  push(given: RequestEntry): void {
    const slot = slotOf(Object.freeze(readable(given)));
    this.#slots.push(slot);
    this.#bytes += slot.weight;
    if (this.#bytes > this.limits.bytes) this.#dropParts();
    if (this.#slots.length > this.limits.entries) this.#dropOldest();
  }

  clear(): void {
    this.#slots.clear();
    this.#bytes = 0;
    this.#wholeFrom = 0;
    this.#dropped = 0;
  }

  /** Drops parts down to half of the limit, so that the next requests need not drop some each. */
  #dropParts(): void {
    while (this.#bytes > this.limits.bytes / 2 && this.#wholeFrom < this.#slots.length - 1) {
      const slot = this.#slots.at(this.#wholeFrom);
      if (slot !== undefined && slot.parts.length > 0) {
        const entry = Object.freeze(withoutParts(slot.entry, slot.parts));
        this.#slots.replace(this.#wholeFrom, { entry, parts: [], weight: 0 });
        this.#bytes -= slot.weight;
      }
      this.#wholeFrom += 1;
    }
  }

  #dropOldest(): void {
    this.#bytes -= this.#slots.shift()?.weight ?? 0;
    this.#wholeFrom = Math.max(0, this.#wholeFrom - 1);
    this.#dropped += 1;
  }
}

function slotOf(entry: RequestEntry): Slot {
  const parts = countedParts(entry);
  return { entry, parts, weight: parts.reduce((sum, { weight }) => sum + weight, 0) };
}
