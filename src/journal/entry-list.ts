import type { RequestEntry } from './entry';
import { sizeOfLargeParts, withoutLargeParts } from './entry-sizes';
import { Queue } from './log';

/**
 * The entries of a journal, oldest first. If their large parts hold too much memory, smaller entries replace the oldest ones. A test that holds an
 * entry keeps it.
 */
export class EntryList extends Queue<RequestEntry> {
  readonly #sizes: Queue<number>;
  #held = 0;
  /** The number of the oldest entries that have no large parts any more. */
  #replaced = 0;

  constructor(
    limit: number,
    private readonly limitOfBytes: number,
  ) {
    super(limit);
    this.#sizes = new Queue(limit);
  }

  override push(entry: RequestEntry): void {
    if (this.length === this.limit) {
      this.#held -= this.#sizes.at(0) ?? 0;
      this.#replaced = Math.max(0, this.#replaced - 1);
    }
    const size = sizeOfLargeParts(entry);
    super.push(entry);
    this.#sizes.push(size);
    this.#held += size;
    if (this.#held > this.limitOfBytes) this.#replaceOldest();
  }

  override clear(): void {
    super.clear();
    this.#sizes.clear();
    this.#held = 0;
    this.#replaced = 0;
  }

  /**
   * Replaces the oldest entries until half of the limit is free, so that not every further request replaces one. The newest entry keeps its
   * parts.
   */
  #replaceOldest(): void {
    for (; this.#held > this.limitOfBytes / 2 && this.#replaced < this.length - 1; this.#replaced += 1) {
      const [entry, size = 0] = [this.at(this.#replaced), this.#sizes.at(this.#replaced)];
      if (entry === undefined || size === 0) continue;
      this.replace(this.#replaced, withoutLargeParts(entry));
      this.#sizes.replace(this.#replaced, 0);
      this.#held -= size;
    }
  }
}
