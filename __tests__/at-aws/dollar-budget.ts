import { Budget, type Charge } from '../../src/facts/budget';
import { CaseCosts } from './prices';

/** A budget whose requests also cost dollars. */
export class DollarBudget extends Budget {
  #dollars = 0;

  constructor(
    mostRequests: number,
    readonly mostDollars: number,
  ) {
    super(mostRequests);
  }

  /** What all requests cost, those that remove buckets too. */
  get dollars(): number {
    return this.#dollars;
  }

  override beginCase(): Charge {
    const costs = new CaseCosts();
    const charge = super.beginCase();
    return (request, isRemoval) => {
      const dollars = costs.add(request);
      if (!isRemoval && this.#dollars + dollars > this.mostDollars)
        this.end(
          `the run may cost ${this.mostDollars} dollars: raise it with --max-dollars, or choose cases with --only`,
        );
      charge(request, isRemoval);
      this.#dollars += dollars;
    };
  }
}
