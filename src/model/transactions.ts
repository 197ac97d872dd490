import { type BucketStep, type Change, changesOf, type Origin } from './changes';

/** A step of a transaction, which can be undone. */
export interface Step {
  undo(): void;
  /** Its effect on a bucket, if listeners learn of it. */
  readonly ofBucket?: BucketStep;
}

/** Takes what was thrown after a transaction was carried out. It is a bug of the mock. */
export type OnBug = (bug: unknown) => void;

/** Gets the changes of a transaction once it cannot be undone any more. */
export type ChangeListener = (changes: readonly Change[]) => void;

/** Whether a listener wants the changes of the bucket with a name, as it is once the transaction is carried out. */
export type ConcernedBy = (bucket: string) => boolean;

interface Listening {
  readonly listener: ChangeListener;
  readonly isConcernedBy: ConcernedBy;
}

/**
 * The transactions of a store. While one is open, each change of a bucket notes here how it is undone. A transaction within another is a part
 * of it, which can be undone alone.
 */
export class Transactions {
  #steps: Step[] = [];
  #isOpen = false;
  readonly #listeners = new Set<Listening>();
  readonly #onBug: OnBug;

  /** `onBug` takes what a listener throws. */
  constructor(
    onBug: OnBug = (bug) => {
      throw bug;
    },
  ) {
    this.#onBug = onBug;
  }

  /** Whether changes have to be noted. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Notes a change that was made. Only while a transaction is open. */
  note(step: Step): void {
    this.#steps.push(step);
  }

  /** Runs an action; if it throws, undoes what it did. `originOf` is asked only if somebody listens, and only by the outermost. */
  run<Result>(action: () => Result, originOf: (result: Result) => Origin): Result {
    const start = this.#steps.length;
    const isInner = this.#isOpen;
    this.#isOpen = true;
    let result: Result;
    try {
      result = action();
    } catch (thrown) {
      this.#undoTo(start);
      this.#isOpen = isInner;
      throw thrown;
    }
    this.#isOpen = isInner;
    if (!isInner) this.#commit(() => originOf(result));
    return result;
  }

  /** Calls a listener with the changes of each transaction from now on, until the function that it returns is called. */
  listen(listener: ChangeListener, isConcernedBy: ConcernedBy = () => true): () => void {
    const listening = { listener, isConcernedBy };
    this.#listeners.add(listening);
    return () => {
      this.#listeners.delete(listening);
    };
  }

  #undoTo(start: number): void {
    // Undoing a step is not a step.
    this.#isOpen = false;
    for (const step of this.#steps.splice(start).reverse()) step.undo();
  }

  #commit(originOf: () => Origin): void {
    if (this.#steps.length === 0) return;
    const steps = this.#steps;
    this.#steps = [];
    if (this.#listeners.size === 0) return;
    for (const listening of this.#listeners) {
      try {
        tell(listening, steps, originOf);
      } catch (bug) {
        this.#onBug(bug);
      }
    }
  }
}

function tell({ listener, isConcernedBy }: Listening, steps: readonly Step[], originOf: () => Origin): void {
  const own: BucketStep[] = [];
  for (const { ofBucket } of steps) if (ofBucket !== undefined && isConcernedBy(ofBucket.bucket)) own.push(ofBucket);
  const changes = own.length === 0 ? [] : changesOf(own, originOf());
  if (changes.length > 0) listener(changes);
}
