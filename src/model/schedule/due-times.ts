import { OrderedTree } from '../ordered-tree';

export const never = Number.POSITIVE_INFINITY;

/** Subjects for which something may be due: the keys of a bucket, its uploads. */
export interface DueSubjects {
  /** The other thing that the times follow from, such as the rules of a bucket. If it is another one, all subjects are asked again. */
  readonly basis: object;
  /** Their number, or one that is near. */
  readonly size: number;
  /** Calls `visit` for each subject, with the time that `dueAt` returns for it. */
  forEach(visit: (name: string, at: number) => void): void;
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
 * The times that are known: those that one walk over all subjects found, and those of the subjects that were asked again since. An array takes
 * much less time to make than a tree, and most subjects are asked once.
 */
interface Times {
  readonly basis: object;
  /** The times that the walk found, the soonest first. The list never changes, so that copies share it. */
  readonly found: readonly DueTime[];
  /** The index of what was found below which all subjects were asked again. */
  start: number;
  /** The subjects that were asked again, and their times, which replace what was found. */
  readonly again: OrderedTree<string, number>;
  /** The same by time, without those for which nothing is due. */
  readonly againByTime: OrderedTree<DueTime, undefined>;
  touched: OrderedTree<string, undefined>;
}

/**
 * When something is next due for each of many subjects. The times are kept between moves of the clock: a subject is asked again only after
 * it was touched, so that a move at which nothing is due costs the same for ten subjects and for a million.
 */
export class DueTimes {
  /** Undefined until somebody asks for the first time: then no time is known that could be wrong, and most buckets have no rules. */
  #times: Times | undefined;

  /** A copy; it shares all that is known until one of the two changes it. */
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

  /** Notes that a subject was made, changed or removed. */
  touch(name: string): void {
    this.#times?.touched.set(name, undefined);
  }

  /** The soonest time at which something is due. */
  soonest(subjects: DueSubjects): number {
    if (this.#times === undefined || isStale(this.#times, subjects)) this.#times = timesOf(subjects);
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

  /** The names, in order, of the subjects for which something is due at a time or was before. They count as touched. */
  take(until: number): readonly string[] {
    if (this.#times === undefined) return [];
    const names = namesUntil(this.#times, until);
    for (const name of names) this.touch(name);
    return names.sort();
  }
}

/** To ask one subject again takes a few times as long as to ask one of all. A few subjects are asked one by one. */
const FEW = 100;

function isStale({ basis, again, touched }: Times, subjects: DueSubjects): boolean {
  const { size } = subjects;
  return basis !== subjects.basis || again.size + touched.size > FEW + size / 4;
}

function timesOf(subjects: DueSubjects): Times {
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

/** Notes that S3 has something to do by itself at a moment, if there is one. */
export function expectDue(store: { nextDue: number }, moment: number | undefined): void {
  if (moment !== undefined) store.nextDue = Math.min(store.nextDue, moment);
}
