import { DueTimes } from './schedule/due-times';
import { Transactions } from './transactions';

/** A map whose changes a transaction undoes, the order of its entries included. */
export class RevertibleMap<Value> extends Map<string, Value> {
  readonly #transactions: Transactions;
  // The numbers by which the entries are in order: if all were deleted one by one, walks to their places would take quadratic time.
  // A bucket has several maps, most of which stay empty.
  #places: Map<string, number> | undefined;
  #next = 0;

  constructor(transactions = new Transactions()) {
    super();
    this.#transactions = transactions;
  }

  override set(name: string, value: Value): this {
    if (this.#transactions.isOpen) {
      const before = this.get(name);
      this.#transactions.note({
        undo: () => {
          if (before === undefined) this.delete(name);
          else this.set(name, before);
        },
      });
    }
    this.#places ??= new Map();
    if (!this.#places.has(name)) {
      this.#places.set(name, this.#next);
      this.#next += 1;
    }
    return super.set(name, value);
  }

  override delete(name: string): boolean {
    const value = this.get(name);
    const place = this.#placeOf(name);
    if (value !== undefined && this.#transactions.isOpen)
      this.#transactions.note({ undo: () => this.#insert({ name, value, place }) });
    this.#places?.delete(name);
    return super.delete(name);
  }

  #placeOf(name: string): number {
    return this.#places?.get(name) ?? this.#next;
  }

  #insert(entry: { readonly name: string; readonly value: Value; readonly place: number }): void {
    const all = [...this].map(([name, value]) => ({ name, value, place: this.#placeOf(name) }));
    const following = all.filter(({ place }) => place > entry.place);
    for (const { name } of following) this.delete(name);
    for (const { name, value, place } of [entry, ...following]) {
      this.set(name, value);
      this.#places?.set(name, place);
    }
  }
}

/** A map of things. Each thing is due at its own time. */
export class DueMap<Value> extends RevertibleMap<Value> {
  #due = new DueTimes();

  get due(): DueTimes {
    return this.#due;
  }

  override set(name: string, value: Value): this {
    this.#due.touch(name);
    return super.set(name, value);
  }

  override delete(name: string): boolean {
    this.#due.touch(name);
    return super.delete(name);
  }

  protected copyTo<Copy extends DueMap<Value>>(copy: Copy, copied: (value: Value) => Value = (value) => value): Copy {
    for (const [name, value] of this) copy.set(name, copied(value));
    copy.#due = this.#due.copy();
    return copy;
  }
}
