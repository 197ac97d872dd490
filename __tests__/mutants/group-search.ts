/**
 * Which mutants are on during each of the units that are run one after another: a unit is a recorded case, or a test of a file. Units and
 * mutants are numbers.
 */
export type Plan = ReadonlyMap<number, readonly number[]>;

/**
 * What became of the units of a plan. One that was not run has no entry: the process ended before it. A unit that is not of the plan and failed
 * has one: a mutant has left something behind.
 */
export type Outcome = ReadonlyMap<number, 'passed' | 'failed'>;

/** One of so many units has no mutant on, so that it shows what others left behind. */
const sentinels = 16;

/**
 * Finds the mutants that a unit notices, with many mutants on at a time: a unit that passes notices none of its group, and the group of one
 * that fails is halved until a single mutant is left. Each mutant is tried with every unit that passes its place, until one notices it.
 */
export class GroupSearch {
  readonly #passing: ReadonlyMap<number, readonly number[]>;
  readonly #untried = new Map<number, number[]>();
  /** Of groups that failed, and of those that were not run. */
  readonly #parts = new Map<number, (readonly number[])[]>();
  readonly #claimed = new Map<number, number>();
  readonly #noticed = new Map<number, number>();
  /** The units whose group in the last plan is no part of one that failed. */
  readonly #fresh = new Set<number>();
  #size = 4;
  #claims = 1024;
  #round = 0;

  /**
   * `passing`: the mutants whose places each unit passes. A group has one mutant at most of each of their `kin`: they could hide each other.
   */
  constructor(
    passing: ReadonlyMap<number, readonly number[]>,
    private readonly kin: (mutant: number) => unknown,
  ) {
    this.#passing = passing;
    const counts = countUnits(passing);
    for (const [unit, mutants] of passing) {
      // Units that pass a place by the way seldom notice it. A shuffle has them try different mutants at a time.
      const rank = (mutant: number) => Math.floor(Math.log2(counts.get(mutant) ?? 1)) + shuffle(unit, mutant);
      const ranked = mutants.map((mutant) => ({ mutant, rank: rank(mutant) }));
      this.#untried.set(
        unit,
        ranked.toSorted((one, other) => one.rank - other.rank).map(({ mutant }) => mutant),
      );
    }
  }

  /** The unit that notices each mutant. */
  get noticed(): ReadonlyMap<number, number> {
    return this.#noticed;
  }

  /** Whether all is tried, except claims. */
  get isOver(): boolean {
    const isTried = (groups: readonly (readonly number[])[]) => groups.every((group) => this.#left(group).length === 0);
    return isTried([...this.#untried.values()]) && isTried([...this.#parts.values()].flat());
  }

  /** What to run next; empty once all is tried. */
  next(): Plan {
    const plan = new Map<number, readonly number[]>();
    this.#fresh.clear();
    this.#round += 1;
    for (const [index, unit] of [...this.#passing.keys()].entries()) {
      if ((index + this.#round) % sentinels === 0 && this.#passing.size >= 2 * sentinels) continue;
      const group = this.#takeGroup(unit);
      if (group.length > 0) plan.set(unit, group);
    }
    // The last ones may all have been sentinels.
    return plan.size === 0 && !this.isOver ? this.next() : plan;
  }

  take(plan: Plan, outcome: Outcome): void {
    const spoilt = spoiltFrom(plan, outcome);
    for (const [unit, mutants] of plan) {
      const result = unit > spoilt ? undefined : outcome.get(unit);
      const [first = 0] = mutants;
      if (result === undefined) this.#putBack(unit, mutants);
      else if (result === 'failed' && mutants.length === 1) this.#claimed.set(first, unit);
      else if (result === 'failed') for (const half of halves(mutants)) this.#putBack(unit, half);
    }
    this.#fitSize(outcome);
  }

  /**
   * Mutants that a unit seemed to notice, to be run again with no others on: what a mutant leaves behind in the process can fail a later unit.
   */
  claims(): Plan {
    const plan = new Map<number, readonly number[]>();
    for (const [mutant, unit] of this.#claimed) {
      if (!plan.has(unit)) plan.set(unit, [mutant]);
      if (plan.size >= this.#claims) break;
    }
    return plan;
  }

  confirm(plan: Plan, outcome: Outcome): void {
    const spoilt = spoiltFrom(plan, outcome);
    // One by one, if need be: a mutant that is alone fails its unit by itself.
    this.#claims = spoilt === Number.POSITIVE_INFINITY ? this.#claims * 2 : Math.max(1, Math.floor(plan.size / 2));
    for (const [unit, [mutant = 0]] of plan) {
      if (!outcome.has(unit) || (plan.size > 1 && spoilt !== Number.POSITIVE_INFINITY)) continue;
      this.#claimed.delete(mutant);
      if (outcome.get(unit) === 'failed') this.#noticed.set(mutant, unit);
      else this.#tryAgain(mutant, unit);
    }
  }

  #takeGroup(unit: number): readonly number[] {
    const parts = this.#parts.get(unit) ?? [];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const left = this.#left(part);
      if (left.length > 0) return left;
    }
    this.#fresh.add(unit);
    const untried = this.#left(this.#untried.get(unit) ?? []);
    const group = this.#withoutKin(untried);
    const taken = new Set(group);
    this.#untried.set(
      unit,
      untried.filter((mutant) => !taken.has(mutant)),
    );
    return group;
  }

  #left(mutants: readonly number[]): number[] {
    return mutants.filter((mutant) => !this.#claimed.has(mutant) && !this.#noticed.has(mutant));
  }

  #withoutKin(mutants: readonly number[]): readonly number[] {
    const group = new Map<unknown, number>();
    for (const mutant of mutants) {
      if (group.size >= this.#size) break;
      const kin = this.kin(mutant);
      if (!group.has(kin)) group.set(kin, mutant);
    }
    return [...group.values()];
  }

  #putBack(unit: number, mutants: readonly number[]): void {
    const parts = this.#parts.get(unit) ?? [];
    parts.push(mutants);
    this.#parts.set(unit, parts);
  }

  #tryAgain(mutant: number, except: number): void {
    for (const [unit, mutants] of this.#passing)
      if (unit !== except && mutants.includes(mutant)) this.#untried.get(unit)?.push(mutant);
  }

  #fitSize(outcome: Outcome): void {
    const fresh = [...outcome].filter(([unit]) => this.#fresh.has(unit));
    if (fresh.length === 0) return;
    const share = fresh.filter(([, result]) => result === 'failed').length / fresh.length;
    if (share > 0.5) this.#size = Math.max(1, this.#size / 2);
    else if (share < 0.25) this.#size = Math.min(1024, this.#size * 2);
  }
}

/** The first unit that failed with no mutant on: what it and the later ones say is worth nothing. */
function spoiltFrom(plan: Plan, outcome: Outcome): number {
  return Math.min(
    ...[...outcome].filter(([unit, result]) => result === 'failed' && !plan.has(unit)).map(([unit]) => unit),
  );
}

function countUnits(passing: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const mutants of passing.values())
    for (const mutant of mutants) counts.set(mutant, (counts.get(mutant) ?? 0) + 1);
  return counts;
}

function halves(mutants: readonly number[]): readonly (readonly number[])[] {
  const middle = Math.ceil(mutants.length / 2);
  return [mutants.slice(middle), mutants.slice(0, middle)];
}

/** From 0 to below 1, always the same for the two. */
function shuffle(unit: number, mutant: number): number {
  return (Math.imul(unit + 1, 0x9e3779b1) ^ Math.imul(mutant + 1, 0x85ebca6b)) / 2 ** 32 + 0.5;
}
