import { DueTimes } from './schedule/due-times';
import type { Touch } from './touches';
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

  /** Returns what an entry is to whoever observes the store; without a name, what all entries are. Undefined: nothing. */
  protected partOf(_name: string | undefined): Omit<Touch, 'isWrite'> | undefined {
    return undefined;
  }

  protected get isObserved(): boolean {
    return this.#transactions.onTouch !== undefined;
  }

  protected reportTouch(touch: Touch): void {
    if (touch.isWrite) this.#transactions.noteWrite(touch);
    else this.#transactions.onTouch?.(touch);
  }

  #report(name: string | undefined): void {
    if (!this.isObserved) return;
    const touched = this.partOf(name);
    if (touched !== undefined) this.reportTouch({ ...touched, isWrite: false });
  }

  #noteWrite(name: string): void {
    const touched = this.partOf(name);
    if (touched !== undefined) this.#transactions.noteWrite(touched);
  }

  /** Called before a value is set. */
  protected reportChange(name: string, _before: Value | undefined, _after: Value): void {
    this.#noteWrite(name);
  }

  override get(name: string): Value | undefined {
    this.#report(name);
    return super.get(name);
  }

  override has(name: string): boolean {
    this.#report(name);
    return super.has(name);
  }

  override get size(): number {
    this.#report(undefined);
    return super.size;
  }

  override keys(): MapIterator<string> {
    this.#report(undefined);
    return super.keys();
  }

  override values(): MapIterator<Value> {
    this.#report(undefined);
    return super.values();
  }

  override entries(): MapIterator<[string, Value]> {
    this.#report(undefined);
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  override forEach(call: (value: Value, name: string, map: Map<string, Value>) => void): void {
    this.#report(undefined);
    super.forEach(call);
  }

  override set(name: string, value: Value): this {
    if (this.isObserved) this.reportChange(name, super.get(name), value);
    else this.#noteWrite(name);
    if (this.#transactions.isOpen) {
      const before = super.get(name);
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
    this.#noteWrite(name);
    const value = super.get(name);
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
    const all = [...super.entries()].map(([name, value]) => ({ name, value, place: this.#placeOf(name) }));
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
