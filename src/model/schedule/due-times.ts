import { OrderedTree } from '../ordered-tree';

export const never = Number.POSITIVE_INFINITY;

/** The things with a due time, such as the keys of a bucket or its uploads. */
export interface DueSubjects {
  /**
   * What the times follow from in addition to the subjects, such as the rules of a bucket. If it changes, the times of all subjects are
   * computed again.
   */
  readonly basis: object;
  /** An estimate of their number will do. */
  readonly size: number;
  forEach(visit: (name: string, at: number) => void): void;
  /** Milliseconds since 1970. */
  dueAt(name: string): number;
}

export function makeDueSubjects(
  basis: object,
  { size, names }: { readonly size: number; readonly names: () => Iterable<string> },
  dueAt: (name: string) => number,
): DueSubjects {
  const forEach: DueSubjects['forEach'] = (visit) => {
    for (const name of names()) visit(name, dueAt(name));
  };
  return { basis, size, forEach, dueAt };
}

interface DueTime {
  readonly at: number;
  readonly name: string;
}

function compare(a: DueTime, b: DueTime): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** An array takes much less time to make than a tree, and the times of most subjects are computed once. */
interface Times {
  readonly basis: object;
  /** The soonest first. The list never changes, so that copies share it. */
  readonly found: readonly DueTime[];
  /** The times of all subjects before this index were computed again. */
  start: number;
  /** Times by subject, which replace what was found. */
  readonly again: OrderedTree<string, number>;
  /** The subjects, without the subjects for which nothing is due. */
  readonly againByTime: OrderedTree<DueTime, undefined>;
  touched: OrderedTree<string, undefined>;
}

/**
 * The times are kept between moves of the clock. The time of a subject is computed again only after it was touched. So a move at which
 * nothing is due costs the same for ten subjects and for a million.
 */
export class DueTimes {
  /** Is undefined until somebody needs the times: most buckets have no rules. */
  #times: Times | undefined;

  /** The copy shares all that is known until one of the two changes it. */
  copy(): DueTimes {
    const copy = new DueTimes();
    if (this.#times === undefined) return copy;
    const { again, againByTime, touched } = this.#times;
    copy.#times = {
      ...this.#times,
      again: again.clone(),
      againByTime: againByTime.clone(),
      touched: touched.clone(),
    };
    return copy;
  }

  touch(name: string): void {
    this.#times?.touched.set(name, undefined);
  }

  soonest(subjects: DueSubjects): number {
    if (this.#times === undefined || isStale(this.#times, subjects)) this.#times = makeTimes(subjects);
    const times = this.#times;
    if (!times.touched.isEmpty) {
      for (const name of times.touched.keys()) setTime(times, name, subjects.dueAt(name));
      times.touched = new OrderedTree();
    }
    const { found, again, againByTime } = times;
    let first = found[times.start];
    while (first !== undefined && again.has(first.name)) {
      times.start += 1;
      first = found[times.start];
    }
    return Math.min(first?.at ?? never, againByTime.minKey()?.at ?? never);
  }

  /** Returns the subjects for which something is due by then, in order. They count as touched. */
  take(until: number): readonly string[] {
    if (this.#times === undefined) return [];
    const names = namesUntil(this.#times, until);
    for (const name of names) this.touch(name);
    return names.sort();
  }
}

/** Computing the time of a single subject again takes a few times as long as computing it together with all. */
const fewSubjects = 100;

function isStale({ basis, again, touched }: Times, subjects: DueSubjects): boolean {
  return basis !== subjects.basis || again.size + touched.size > fewSubjects + subjects.size / 4;
}

function makeTimes(subjects: DueSubjects): Times {
  const found: DueTime[] = [];
  subjects.forEach((name, at) => {
    if (at !== never) found.push({ at, name });
  });
  return {
    basis: subjects.basis,
    found: found.sort((a, b) => a.at - b.at),
    start: 0,
    again: new OrderedTree(),
    againByTime: new OrderedTree(undefined, compare),
    touched: new OrderedTree(),
  };
}

function setTime({ again, againByTime }: Times, name: string, at: number): void {
  const before = again.get(name);
  if (before === at) return;
  if (before !== undefined && before !== never) againByTime.delete({ at: before, name });
  if (at !== never) againByTime.set({ at, name }, undefined);
  again.set(name, at);
}

function namesUntil({ found, start, again, againByTime }: Times, until: number): string[] {
  const names: string[] = [];
  for (let index = start; index < found.length; index += 1) {
    const due = found[index];
    if (due === undefined || due.at > until) break;
    if (!again.has(due.name)) names.push(due.name);
  }
  for (const { at, name } of againByTime.keys()) {
    if (at > until) break;
    names.push(name);
  }
  return names;
}

export function expectDue(store: { nextDue: number }, moment: number | undefined): void {
  if (moment !== undefined) store.nextDue = Math.min(store.nextDue, moment);
}
