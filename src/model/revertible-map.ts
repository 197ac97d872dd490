import { Transactions } from './transactions';

/** A map whose changes a transaction undoes, the order of its entries included. */
export class RevertibleMap<Value> extends Map<string, Value> {
  readonly #transactions: Transactions;

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
    return super.set(name, value);
  }

  override delete(name: string): boolean {
    const value = this.get(name);
    if (value !== undefined && this.#transactions.isOpen) {
      const index = this.#indexOf(name);
      this.#transactions.note({ undo: () => this.#insert(index, name, value) });
    }
    return super.delete(name);
  }

  /** Without a list of all names, since a table may have many entries and most that are deleted are old ones. */
  #indexOf(name: string): number {
    let index = 0;
    for (const one of this.keys()) {
      if (one === name) return index;
      index += 1;
    }
    return index;
  }

  #insert(index: number, name: string, value: Value): void {
    const following = [...this].slice(index);
    for (const [one] of following) this.delete(one);
    this.set(name, value);
    for (const [one, itsValue] of following) this.set(one, itsValue);
  }
}
