import { describe, expect, it } from '@jest/globals';
import { GroupSearch, type Outcome, type Plan } from './group-search';

interface Scene {
  readonly units: number;
  readonly mutants: number;
  /** Whether a unit notices a mutant. */
  readonly notices: (unit: number, mutant: number) => boolean;
  readonly passes?: (unit: number, mutant: number) => boolean;
  /** Whether all units after one with the mutant fail, until the end of the run. */
  readonly spoils?: (mutant: number) => boolean;
  /** Whether the process ends while the mutant is on. */
  readonly ends?: (mutant: number) => boolean;
}

/** Runs all units, with the mutants of the plan on. */
function play({ units, notices, spoils = () => false, ends = () => false }: Scene, plan: Plan): Outcome {
  const outcome = new Map<number, 'passed' | 'failed'>();
  let isSpoilt = false;
  for (let unit = 0; unit < units; unit += 1) {
    const mutants = plan.get(unit) ?? [];
    const isFailed = isSpoilt || mutants.some((mutant) => notices(unit, mutant)) || mutants.some(ends);
    if (plan.has(unit) || isFailed) outcome.set(unit, isFailed ? 'failed' : 'passed');
    if (mutants.some(ends)) break;
    isSpoilt ||= mutants.some(spoils);
  }
  return outcome;
}

function searchIn(scene: Scene): { readonly noticed: ReadonlyMap<number, number>; readonly runs: number } {
  const { units, mutants, passes = () => true } = scene;
  const all = [...Array(mutants).keys()];
  const passing = new Map([...Array(units).keys()].map((unit) => [unit, all.filter((mutant) => passes(unit, mutant))]));
  const search = new GroupSearch(passing, (mutant) => mutant % 150);
  let runs = 0;
  for (let plan = search.next(); plan.size > 0; plan = search.next()) {
    search.take(plan, play(scene, plan));
    runs += 1;
    if (!search.isOver) continue;
    for (let claims = search.claims(); claims.size > 0; claims = search.claims()) {
      search.confirm(claims, play(scene, claims));
      runs += 1;
    }
  }
  return { noticed: search.noticed, runs };
}

const isThird = (mutant: number) => mutant % 3 === 0;

describe('a search with groups of mutants', () => {
  it('finds each mutant that a unit notices, and no other', () => {
    const scene: Scene = {
      units: 40,
      mutants: 300,
      notices: (unit, mutant) => isThird(mutant) && unit === mutant % 40,
    };
    const { noticed } = searchIn(scene);
    expect([...noticed.keys()].toSorted((one, other) => one - other)).toEqual([...Array(300).keys()].filter(isThird));
    for (const [mutant, unit] of noticed) expect(scene.notices(unit, mutant)).toBe(true);
  });

  it('takes few runs where few are noticed', () => {
    const { noticed, runs } = searchIn({
      units: 40,
      mutants: 1000,
      notices: (unit, mutant) => unit === 7 && mutant === 500,
    });
    expect([...noticed]).toEqual([[500, 7]]);
    expect(runs).toBeLessThan(40);
  });

  it('tries a mutant only with the units that pass its place', () => {
    const passes = (unit: number, mutant: number) => unit === mutant % 5;
    const scene: Scene = { units: 5, mutants: 20, passes, notices: () => true };
    for (const [mutant, unit] of searchIn(scene).noticed) expect(passes(unit, mutant)).toBe(true);
    expect(searchIn(scene).noticed.size).toBe(20);
  });

  it.each([3, 40])('does not take what a mutant left behind for a unit that notices, among %s units', (units) => {
    const scene: Scene = {
      units,
      mutants: 60,
      notices: (unit, mutant) => mutant === 20 && unit === 1,
      spoils: (mutant) => mutant === 10,
    };
    const { noticed } = searchIn(scene);
    expect(noticed.get(20)).toBe(1);
    expect([...noticed.keys()].filter((mutant) => mutant !== 10)).toEqual([20]);
  });

  it('goes on after a mutant that ends the process', () => {
    const scene: Scene = {
      units: 20,
      mutants: 50,
      notices: (unit, mutant) => mutant === 30 && unit === 19,
      ends: (mutant) => mutant === 5,
    };
    expect([...searchIn(scene).noticed.keys()].toSorted()).toEqual([30, 5]);
  });
});
