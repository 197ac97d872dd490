export interface TimersOfRuns {
  soonest(runs: ReadonlySet<number>): number | undefined;
  end(): void;
}
export function watchTimers(): TimersOfRuns {
  return { soonest: () => undefined, end: () => {} };
}
