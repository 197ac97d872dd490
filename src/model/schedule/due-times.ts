import { OrderedTree } from '../ordered-tree';

/** The time of what is never due. */
export const never = Number.POSITIVE_INFINITY;

/** Subjects for which something may be due: the keys of a bucket, its uploads. */
export interface DueSubjects {
  /** The other thing that the times follow from, such as the rules of a bucket. If it is another one, all subjects are asked again. */
  readonly basis: object;
  names(): Iterable<string>;
  /** When something is next due for a subject, in milliseconds since 1970. */
  dueAt(name: string): number;
}

interface DueTime {
  readonly at: number;
  readonly name: string;
}

function compare(a: DueTime, b: DueTime): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/**
 * When something is next due for each of many subjects. The times are kept between moves of the clock: a subject is asked again only after
 * it was touched, so that a move at which nothing is due costs the same for ten subjects and for a million.
 */
export class DueTimes {
  #basis: object | undefined;
  #byTime: OrderedTree<DueTime, undefined> = new OrderedTree(undefined, compare);
  // Only subjects for which something is due.
  #byName: OrderedTree<string, number> = new OrderedTree();
  #touched: OrderedTree<string, undefined> = new OrderedTree();

  /** A copy; it shares all nodes until one of the two changes them. */
  copy(): DueTimes {
    const copy = new DueTimes();
    copy.#basis = this.#basis;
    copy.#byTime = this.#byTime.clone();
    copy.#byName = this.#byName.clone();
    copy.#touched = this.#touched.clone();
    return copy;
  }

  /** Notes that a subject was made, changed or removed. */
  touch(name: string): void {
    // Until somebody asked for the first time, no time is known that could be wrong.
    if (this.#basis !== undefined) this.#touched.set(name, undefined);
  }

  /** The soonest time at which something is due. */
  soonest(subjects: DueSubjects): number {
    if (this.#basis !== subjects.basis) this.#begin(subjects);
    if (!this.#touched.isEmpty) {
      for (const name of this.#touched.keys()) this.#set(name, subjects.dueAt(name));
      this.#touched = new OrderedTree();
    }
    return this.#byTime.minKey()?.at ?? never;
  }

  /** The names, in order, of the subjects for which something is due at a time or was before. They count as touched. */
  take(until: number): readonly string[] {
    const names: string[] = [];
    for (const { at, name } of this.#byTime.keys()) {
      if (at > until) break;
      names.push(name);
    }
    for (const name of names) this.touch(name);
    return names.sort();
  }

  #begin(subjects: DueSubjects): void {
    this.#basis = subjects.basis;
    this.#byTime = new OrderedTree(undefined, compare);
    this.#byName = new OrderedTree();
    this.#touched = new OrderedTree();
    const dues: DueTime[] = [];
    for (const name of subjects.names()) {
      const at = subjects.dueAt(name);
      if (at !== never) dues.push({ at, name });
    }
    // In order, since a tree takes the next one faster than any one.
    for (const { at, name } of dues) this.#byName.set(name, at);
    for (const due of dues.sort(compare)) this.#byTime.set(due, undefined);
  }

  #set(name: string, at: number): void {
    const before = this.#byName.get(name);
    if (before === at) return;
    if (before !== undefined) this.#byTime.delete({ at: before, name });
    if (at === never) {
      if (before !== undefined) this.#byName.delete(name);
      return;
    }
    this.#byTime.set({ at, name }, undefined);
    this.#byName.set(name, at);
  }
}
