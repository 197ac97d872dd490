import { counted } from '../text/counts';
import type { UnsignedRequest } from './wire-form';

/** What requests cost in us-east-1 for the standard class, in dollars for 1,000. https://aws.amazon.com/s3/pricing/ */
const priceOfWrites = 0.005;
const priceOfReads = 0.0004;

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

  get sent(): number {
    return this.#ofCases.requests + this.#ofRemovals.requests;
  }

  get dollars(): number {
    return this.#ofCases.dollars + this.#ofRemovals.dollars;
  }

  get isStopped(): boolean {
    return this.#whyEnded !== undefined;
  }

  /** Lets no further request be sent but those that remove buckets. Returns what the run throws. */
  end(why: string): RunEnded {
    this.#whyEnded ??= why;
    return new RunEnded(this.#whyEnded);
  }

  spend(request: Pick<UnsignedRequest, 'method' | 'path'>): void {
    const { requests, dollars } = this.#ofCases;
    if (requests + 1 > this.mostRequests)
      this.end(`the run may send ${counted(this.mostRequests, 'request')}: raise it with --max-requests`);
    if (dollars + computePrice(request) > this.mostDollars)
      this.end(
        `the run may cost ${this.mostDollars} dollars: raise it with --max-dollars, or choose cases with --only`,
      );
    if (this.#whyEnded !== undefined) throw new RunEnded(this.#whyEnded);
    count(this.#ofCases, request);
  }

  remove(request: Pick<UnsignedRequest, 'method' | 'path'>): void {
    count(this.#ofRemovals, request);
  }
}

function count(sum: { requests: number; dollars: number }, request: Pick<UnsignedRequest, 'method' | 'path'>): void {
  sum.requests += 1;
  sum.dollars += computePrice(request);
}

/** What a request costs, in dollars. Deletions are free, listings cost what writes cost, and preflights what reads do. */
export function computePrice({ method, path }: Pick<UnsignedRequest, 'method' | 'path'>): number {
  if (method === 'DELETE') return 0;
  const isListing = method === 'GET' && /^\/[^/?]*(?:$|\?(?:versions|uploads|list-type|prefix|max-keys)\b)/.test(path);
  const isWrite = method === 'PUT' || method === 'POST' || isListing;
  return (isWrite ? priceOfWrites : priceOfReads) / 1000;
}
