import type { FactsSetting } from '../../src/cli/facts';
import { UsageError } from '../../src/cli/usage-error';
import { DollarBudget } from './dollar-budget';
import { findKeysOfProfile } from './shared-keys';

/** The default limit of a run's cost. All cases together cost less, by prices that are no lower than those on a bill. */
export const defaultDollars = 0.25;

const flag = '--max-dollars';

/** Takes `--max-dollars 1` or `--max-dollars=1` from the arguments; the command of the package does not know it. */
export function takeDollars(args: readonly string[]): { readonly dollars: number; readonly others: readonly string[] } {
  const at = args.findIndex((one) => one === flag || one.startsWith(`${flag}=`));
  if (at === -1) return { dollars: defaultDollars, others: args };
  const isPair = args[at] === flag;
  const text = (isPair ? args[at + 1] : args[at]?.slice(flag.length + 1)) ?? '';
  const dollars = Number(text);
  if (text.trim() === '' || !(dollars > 0)) throw new UsageError(`${flag} ${text}: expected a number above 0`);
  return { dollars, others: args.toSpliced(at, isPair ? 2 : 1) };
}

export function makeAtAws(mostDollars: number): NonNullable<FactsSetting['atAws']> {
  return {
    // A plan without a limit says what all of its cases would cost.
    makeBudget: (mostRequests) =>
      new DollarBudget(mostRequests, Number.isFinite(mostRequests) ? mostDollars : mostRequests),
    writeCost: (budget) =>
      budget instanceof DollarBudget ? ` and ${writeDollars(budget.dollars)} dollars at the prices of us-east-1` : '',
    findKeys: findKeysOfProfile,
  };
}

/** Rounds up to a hundredth of a cent, so that a small cost is not written as 0. */
function writeDollars(dollars: number): string {
  return (Math.ceil(dollars * 10_000) / 10_000).toFixed(4);
}
