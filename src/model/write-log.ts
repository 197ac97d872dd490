import { commute, type Touch } from './touches';

type Written = Omit<Touch, 'isWrite'>;

/** The most writes that are remembered: a failed test asks about its last requests. */
const REMEMBERED = 1000;

/** The last writes of a store, so that it can say whether what a request read is still the same. */
export class WriteLog {
  readonly #last: Written[] = [];
  #count = 0;
  #isApart = false;

  /** The number of writes so far: a place in the log. */
  get count(): number {
    return this.#count;
  }

  add(written: Written): void {
    if (this.#isApart) return;
    this.#last[this.#count % REMEMBERED] = written;
    this.#count += 1;
  }

  /** Acts on a state that is nobody's present one, so that what the action writes counts for nobody. */
  apart<Result>(action: () => Result): Result {
    const before = this.#isApart;
    this.#isApart = true;
    try {
      return action();
    } finally {
      this.#isApart = before;
    }
  }

  /** Whether nothing that is in the touches was written since a place in the log. Too many writes cannot be told from a change. */
  isUnchangedSince(count: number, touches: readonly Touch[]): boolean {
    const writes = this.#count - count;
    if (writes > REMEMBERED) return false;
    const since = Array.from({ length: writes }, (_, index) => this.#last[(count + index) % REMEMBERED]);
    return commute(
      touches.map((touch) => ({ ...touch, isWrite: false })),
      since.flatMap((written) => (written === undefined ? [] : [{ ...written, isWrite: true }])),
    );
  }
}
