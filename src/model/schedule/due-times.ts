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

/** The times that are known. */
interface Times {
  readonly basis: object;
  readonly byTime: OrderedTree<DueTime, undefined>;
  /** Only subjects for which something is due. */
  readonly byName: OrderedTree<string, number>;
  touched: OrderedTree<string, undefined>;
}

/**
 * When something is next due for each of many subjects. The times are kept between moves of the clock: a subject is asked again only after
 * it was touched, so that a move at which nothing is due costs the same for ten subjects and for a million.
 */
export class DueTimes {
  /** Undefined until somebody asks for the first time: then no time is known that could be wrong, and most buckets have no rules. */
  #times: Times | undefined;

  /** A copy; it shares all nodes until one of the two changes them. */
  copy(): DueTimes {
    const copy = new DueTimes();
    if (this.#times === undefined) return copy;
    const { basis, byTime, byName, touched } = this.#times;
    copy.#times = { basis, byTime: byTime.clone(), byName: byName.clone(), touched: touched.clone() };
    return copy;
  }

  /** Notes that a subject was made, changed or removed. */
  touch(name: string): void {
    this.#times?.touched.set(name, undefined);
  }

  /** The soonest time at which something is due. */
  soonest(subjects: DueSubjects): number {
    if (this.#times?.basis !== subjects.basis) this.#times = timesOf(subjects);
    const times = this.#times;
    if (!times.touched.isEmpty) {
      for (const name of times.touched.keys()) setTime(times, name, subjects.dueAt(name));
      times.touched = new OrderedTree();
    }
    return times.byTime.minKey()?.at ?? never;
  }

  /** The names, in order, of the subjects for which something is due at a time or was before. They count as touched. */
  take(until: number): readonly string[] {
    const names: string[] = [];
    for (const { at, name } of this.#times?.byTime.keys() ?? []) {
      if (at > until) break;
      names.push(name);
    }
    for (const name of names) this.touch(name);
    return names.sort();
  }
}

function timesOf(subjects: DueSubjects): Times {
  const times: Times = {
    basis: subjects.basis,
    byTime: new OrderedTree(undefined, compare),
    byName: new OrderedTree(),
    touched: new OrderedTree(),
  };
  const dues: DueTime[] = [];
  for (const name of subjects.names()) {
    const at = subjects.dueAt(name);
    if (at !== never) dues.push({ at, name });
  }
  // In order, since a tree takes the next one faster than any one.
  for (const { at, name } of dues) times.byName.set(name, at);
  for (const due of dues.sort(compare)) times.byTime.set(due, undefined);
  return times;
}

function setTime({ byTime, byName }: Times, name: string, at: number): void {
  const before = byName.get(name);
  if (before === at) return;
  if (before !== undefined) byTime.delete({ at: before, name });
  if (at === never) {
    if (before !== undefined) byName.delete(name);
    return;
  }
  byTime.set({ at, name }, undefined);
  byName.set(name, at);
}
