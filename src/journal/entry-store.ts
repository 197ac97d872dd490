import type { RequestEntry } from './entry';
import { bytesHeld, readable, withoutBytes } from './entry-bytes';

/** The greatest number of entries in a journal, and of bytes in their bodies. */
interface EntryLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** The entries that a journal keeps. It drops bodies first, then whole entries, the oldest first; the newest keeps its body. */
export class EntryStore {
  #entries: RequestEntry[] = [];
  #bytes = 0;
  /** Bodies before this index were dropped. */
  #bodiesFrom = 0;
  #dropped = 0;

  constructor(private readonly limits: EntryLimits) {}

  get entries(): readonly RequestEntry[] {
    return this.#entries;
  }

  /** The number of entries that were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  push(entry: RequestEntry): void {
    this.#entries.push(Object.freeze(readable(entry)));
    this.#bytes += bytesHeld(entry);
    if (this.#bytes > this.limits.bytes) this.#dropBodies();
    if (this.#entries.length > this.limits.entries) this.#dropOldest();
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
    this.#bodiesFrom = 0;
    this.#dropped = 0;
  }

  /** Drops bodies down to half of the limit, so that the next requests need not drop one each. */
  #dropBodies(): void {
    while (this.#bytes > this.limits.bytes / 2 && this.#bodiesFrom < this.#entries.length - 1) {
      const entry = this.#entries[this.#bodiesFrom];
      if (entry !== undefined) {
        this.#bytes -= bytesHeld(entry);
        this.#entries[this.#bodiesFrom] = Object.freeze(withoutBytes(entry));
      }
      this.#bodiesFrom += 1;
    }
  }

  #dropOldest(): void {
    const oldest = this.#entries.shift();
    if (oldest !== undefined) this.#bytes -= bytesHeld(oldest);
    this.#bodiesFrom = Math.max(0, this.#bodiesFrom - 1);
    this.#dropped += 1;
  }
}
