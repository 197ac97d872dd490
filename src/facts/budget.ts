import { counted } from '../text/counts';

/** The end of a run before its last case: it would cost more than was allowed, was stopped, or nobody answers. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';
}

export class Budget {
  readonly #ofCases = { requests: 0, dollars: 0 };
  readonly #ofRemovals = { requests: 0, dollars: 0 };
  #whyEnded: string | undefined;

  constructor(
    readonly mostRequests: number,
    readonly mostDollars: number,
  ) {}

  /** The requests without the requests that remove buckets. */
  get ofCases(): { readonly requests: number; readonly dollars: number } {
    return { ...this.#ofCases };
  }

  get sent(): number {
    return this.#ofCases.requests + this.#ofRemovals.requests;
  }

  get dollars(): number {
    return this.#ofCases.dollars + this.#ofRemovals.dollars;
  }

  get isStopped(): boolean {
    return this.#whyEnded !== undefined;
  }

  /** Lets no further request be sent, except the requests that remove buckets. Returns what the run throws. */
  end(why: string): RunEnded {
    this.#whyEnded ??= why;
    return new RunEnded(this.#whyEnded);
  }

  /** Counts a request before it is sent, and throws if it is one too many. */
  spend(dollars: number): void {
    const sum = this.#ofCases;
    if (sum.requests + 1 > this.mostRequests)
      this.end(`the run may send ${counted(this.mostRequests, 'request')}: raise it with --max-requests`);
    if (sum.dollars + dollars > this.mostDollars)
      this.end(
        `the run may cost ${this.mostDollars} dollars: raise it with --max-dollars, or choose cases with --only`,
      );
    if (this.#whyEnded !== undefined) throw new RunEnded(this.#whyEnded);
    count(sum, dollars);
  }

  /** Counts a request that removes what a case made, or looks for what earlier runs left. */
  remove(dollars: number): void {
    count(this.#ofRemovals, dollars);
  }
}

function count(sum: { requests: number; dollars: number }, dollars: number): void {
  sum.requests += 1;
  sum.dollars += dollars;
}
