const none = new Map<never, never>();

/** A map that its snapshots share until it changes, so that a thousand changes in a row copy it once and not a thousand times. */
export class SharedMap<Key, Value> {
  // Most of these maps stay empty, so they share one empty map at first.
  #entries: Map<Key, Value> = none;
  #isShared = true;

  get size(): number {
    return this.#entries.size;
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  keys(): IterableIterator<Key> {
    return this.#entries.keys();
  }

  values(): IterableIterator<Value> {
    return this.#entries.values();
  }

  [Symbol.iterator](): IterableIterator<[Key, Value]> {
    return this.#entries.entries();
  }

  set(key: Key, value: Value): void {
    this.#own().set(key, value);
  }

  delete(key: Key): void {
    if (this.#entries.has(key)) this.#own().delete(key);
  }

  /** Later changes leave it as it is. */
  get state(): ReadonlyMap<Key, Value> {
    this.#isShared = true;
    return this.#entries;
  }

  restore(state: ReadonlyMap<Key, Value>): void {
    this.#entries = state as Map<Key, Value>; // of this class, which copies it before it changes it
    this.#isShared = true;
  }

  #own(): Map<Key, Value> {
    if (this.#isShared) this.#entries = new Map(this.#entries);
    this.#isShared = false;
    return this.#entries;
  }
}
