/**
 * How the objects of a class cross to a test file that has a realm of its own. A journal may have 100,000 entries, and a class knows its members:
 * to find those of each object, and to define them one by one, takes many times as long.
 * @module
 */

/** What the border does for the copies of a class. */
export interface Crossing {
  /** What stands for the prototype of the objects in the test file. The prototype of the copies inherits from it. */
  readonly prototype: object;
  readonly copy: <Value extends object>(value: Value) => Value;
  /** Copies an object that has neither getters nor hidden members. */
  readonly copyPlain: <Members extends object>(members: Members) => Members;
  readonly copyDate: (date: Date) => Date;
  /** A getter of the test's own, whose result crosses. */
  makeGetter(read: (reader: object) => unknown): () => unknown;
}

export interface CopiesOfTest {
  readonly prototype: object;
  /** Returns undefined for an object that has to be copied member by member. */
  copy(object: object): object | undefined;
}

interface CopiedClass {
  readonly prototype: object;
  readonly makeCopies: (crossing: Crossing) => CopiesOfTest;
  /** The copy that was made first. It may belong to another registry of jest. */
  readonly copyOf: (value: object) => object | undefined;
  readonly originalOf: (value: object) => object | undefined;
}

const classes: CopiedClass[] = [];

export function addCopiedClass(copied: CopiedClass): void {
  classes.push(copied);
}

export function findCopiedClass(prototype: object): CopiedClass | undefined {
  return classes.find((one) => one.prototype === prototype);
}

/** Returns the object of which a copy was made, whoever has the copy. */
export function findOriginal(copy: object): object | undefined {
  for (const { originalOf } of classes) {
    const original = originalOf(copy);
    if (original !== undefined) return original;
  }
  return undefined;
}

export function findCopy(original: object): object | undefined {
  for (const { copyOf } of classes) {
    const copy = copyOf(original);
    if (copy !== undefined) return copy;
  }
  return undefined;
}
