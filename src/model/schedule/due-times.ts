import { OrderedTree } from '../ordered-tree';

export const never = Number.POSITIVE_INFINITY;

/** The things with a due time, such as the keys of a bucket or its uploads. */
export interface DueSubjects {
  /**
   * The object on which the times depend in addition to the subjects, such as the rules of a bucket. If it changes, the times of all
   * subjects are computed again.
   */
  readonly basis: object;
  names(): Iterable<string>;
  /** Milliseconds since 1970; `never` if nothing is due. */
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

interface Times {
  readonly basis: object;
  /** The times by subject, even of a subject for which nothing is due. */
  readonly bySubject: OrderedTree<string, number>;
  /** The subjects for which something is due, the soonest first. */
  readonly inOrder: OrderedTree<DueTime, undefined>;
  touched: OrderedTree<string, undefined>;
}

/**
 * The times are kept between moves of the clock. The time of a subject is computed again only after it was touched. So a move at which
 * nothing is due costs the same for ten subjects and for thousands.
 */
export class DueTimes {
  /** Is undefined until somebody needs the times: most buckets have no rules. */
  #times: Times | undefined;

  /** The copy shares all that is known until one of the two changes it. */
  copy(): DueTimes {
    const copy = new DueTimes();
    if (this.#times === undefined) return copy;
    const { basis, bySubject, inOrder, touched } = this.#times;
    copy.#times = {
      basis,
      bySubject: bySubject.clone(),
      inOrder: inOrder.clone(),
      touched: touched.clone(),
    };
    return copy;
  }

  touch(name: string): void {
    this.#times?.touched.set(name, undefined);
  }

  soonest(subjects: DueSubjects): number {
    const times = this.#times?.basis === subjects.basis ? this.#times : makeTimes(subjects);
    for (const name of times.touched.keys()) setTime(times, name, subjects.dueAt(name));
    if (!times.touched.isEmpty) times.touched = new OrderedTree();
    this.#times = times;
    return times.inOrder.minKey()?.at ?? never;
  }

  /** Returns the subjects for which something is due by then, in order. They count as touched. */
  take(until: number): readonly string[] {
    const names: string[] = [];
    for (const { at, name } of this.#times?.inOrder.keys() ?? []) {
      if (at > until) break;
      names.push(name);
    }
    for (const name of names) this.touch(name);
    return names.sort();
  }
}

function makeTimes(subjects: DueSubjects): Times {
  const times = {
    basis: subjects.basis,
    bySubject: new OrderedTree<string, number>(),
    inOrder: new OrderedTree<DueTime, undefined>(undefined, compare),
    touched: new OrderedTree<string, undefined>(),
  };
  for (const name of subjects.names()) setTime(times, name, subjects.dueAt(name));
  return times;
}

function setTime({ bySubject, inOrder }: Times, name: string, at: number): void {
  const before = bySubject.get(name);
  if (before === at) return;
  if (before !== undefined && before !== never) inOrder.delete({ at: before, name });
  if (at !== never) inOrder.set({ at, name }, undefined);
  bySubject.set(name, at);
}

export function expectDue(store: { nextDue: number }, moment: number | undefined): void {
  if (moment !== undefined) store.nextDue = Math.min(store.nextDue, moment);
}
