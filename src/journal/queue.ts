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
