import { type BucketStep, type Change, makeChanges, type Origin } from './changes';
import type { OnTouch, Touch } from './touches';
import { WriteLog } from './write-log';

export interface Step {
  undo(): void;
  /** Is undefined if it has no effect on a bucket that is reported. */
  readonly ofBucket?: BucketStep;
}

export interface Committed<Result> {
  readonly result: Result;
  /** The changes in their order. A transaction within another transaction has none: its changes belong to the outermost transaction. */
  readonly changes: readonly Change[];
}

/**
 * While a transaction is open, each change of a bucket notes here how it is undone. A transaction within another transaction is a part of
 * it, which can be undone alone.
 */
export class Transactions {
  #steps: Step[] = [];
  #isOpen = false;
  /** Does what belongs to the changes of a transaction and is undone with it. */
  follow: (changes: readonly Change[]) => void = () => {};

  /** Is told what is read and written. All parts of a store share it; undefined if nobody observes the store. */
  onTouch: OnTouch | undefined = undefined;

  /** What was written, observed or not. */
  readonly writes = new WriteLog();

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Called for each write: it is remembered, and reported if somebody observes the store. */
  noteWrite(touched: Omit<Touch, 'isWrite'>): void {
    this.writes.add(touched);
    this.onTouch?.({ ...touched, isWrite: true });
  }

  note(step: Step): void {
    this.#steps.push(step);
  }

  /** If the action throws, what it did is undone. Only the outermost transaction calls `originOf`, and only if there are changes. */
  run<Result>(action: () => Result, originOf: (result: Result) => Origin): Committed<Result> {
    const start = this.#steps.length;
    const isInner = this.#isOpen;
    this.#isOpen = true;
    try {
      const result = action();
      return { result, changes: isInner ? none : this.#commit(() => originOf(result)) };
    } catch (thrown) {
      this.#undoTo(start);
      throw thrown;
    } finally {
      this.#isOpen = isInner;
    }
  }

  /** What the action reads has no effect on an answer, such as a sentence of the journal. */
  unobserved<Result>(action: () => Result): Result {
    const { onTouch } = this;
    if (onTouch === undefined) return action();
    this.onTouch = undefined;
    try {
      return action();
    } finally {
      this.onTouch = onTouch;
    }
  }

  #commit(originOf: () => Origin): readonly Change[] {
    if (this.#steps.length === 0) return none;
    const steps = this.#steps.flatMap(({ ofBucket }) => ofBucket ?? []);
    const changes = steps.length === 0 ? none : makeChanges(steps, originOf());
    if (changes.length > 0) this.follow(changes);
    this.#steps = [];
    return changes;
  }

  #undoTo(start: number): void {
    // Undoing a step is not a step.
    this.#isOpen = false;
    for (const step of this.#steps.splice(start).reverse()) step.undo();
  }
}

const none: readonly Change[] = Object.freeze([]);
