/** What requests cost in us-east-1 for the standard class, in dollars for 1,000. https://aws.amazon.com/s3/pricing/ */
const priceOfWrites = 0.005;
const priceOfReads = 0.0004;

/** The end of a run that would cost more than was allowed. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/** Counts the requests of a run, and ends it before it sends more than it may. */
export class Budget {
  #sent = 0;
  #dollars = 0;

  /** `mostDollars` is what the run may cost at most. */
  constructor(
    readonly mostRequests: number,
    readonly mostDollars: number,
  ) {}

  get sent(): number {
    return this.#sent;
  }

  get dollars(): number {
    return this.#dollars;
  }

  /** Counts a request, or throws BudgetSpent. */
  spend(method: string): void {
    const price = priceOf(method);
    if (this.#sent + 1 > this.mostRequests)
      throw new BudgetSpent(`the run may send ${this.mostRequests} requests: raise it with --max-requests`);
    if (this.#dollars + price > this.mostDollars)
      throw new BudgetSpent(`the run may cost ${this.mostDollars} dollars: choose fewer cases with --only`);
    this.#sent += 1;
    this.#dollars += price;
  }
}

/** Deletions are free. Listings cost what writes cost; that a GET is one is not known here, so all of them count as writes. */
export function priceOf(method: string): number {
  if (method === 'DELETE') return 0;
  return (method === 'HEAD' ? priceOfReads : priceOfWrites) / 1000;
}
