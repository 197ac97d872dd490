import { counted } from '../text/counts';
import type { UnsignedRequest } from './wire-form';

/** The end of a run before its last case: it would send more than was allowed, was stopped, or nobody answers. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';
}

/** Counts a request before it is sent. A request that removes what the case made is always allowed; another one throws if it is one too many. */
export type Charge = (request: UnsignedRequest, isRemoval: boolean) => void;

export class Budget {
  #ofCases = 0;
  #ofRemovals = 0;
  #whyEnded: string | undefined;

  constructor(readonly mostRequests: number) {}

  /** The requests without the requests that remove buckets. */
  get ofCases(): number {
    return this.#ofCases;
  }

  get sent(): number {
    return this.#ofCases + this.#ofRemovals;
  }

  get isStopped(): boolean {
    return this.#whyEnded !== undefined;
  }

  /** Lets no further request be sent, except the requests that remove buckets. Returns what the run throws. */
  end(why: string): RunEnded {
    this.#whyEnded ??= why;
    return new RunEnded(this.#whyEnded);
  }

  /** What a request costs can depend on the requests of its case before it. */
  beginCase(): Charge {
    return (_request, isRemoval) => {
      if (isRemoval) this.#ofRemovals += 1;
      else this.#spend();
    };
  }

  #spend(): void {
    if (this.#ofCases + 1 > this.mostRequests)
      this.end(`the run may send ${counted(this.mostRequests, 'request')}: raise it with --max-requests`);
    if (this.#whyEnded !== undefined) throw new RunEnded(this.#whyEnded);
    this.#ofCases += 1;
  }
}
