/** Choices that depend on a seed alone. */
export interface Random {
  /** A whole number from 0 on, below the given one. */
  readonly below: (limit: number) => number;
  readonly between: (least: number, most: number) => number;
  /** In a calm request, nothing unlikely happens. */
  readonly chance: (probability: number) => boolean;
  readonly isCalm: boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly one: <T>(...makers: readonly (() => T)[]) => T;
  readonly some: <T>(least: number, most: number, make: (index: number) => T) => readonly T[];
  /** A size in bytes: a small one as often as a large one. */
  readonly size: (least: number, most: number) => number;
}

/** The choices of one request do not depend on those of others. */
export function randomOf(seed: number, index: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const between = (least: number, most: number) => least + below(most - least + 1);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('there is nothing to pick from');
    return list[below(list.length)] as T; // an index of the list
  };
  const isCalm = next() < 0.5;
  return {
    isCalm,
    below,
    between,
    pick,
    chance: (probability) => (isCalm ? probability >= 0.5 : next() < probability),
    one: (...makers) => pick(makers)(),
    some: (least, most, make) => Array.from({ length: between(least, most) }, (_, at) => make(at)),
    size: (least, most) => Math.round(least * (most / least) ** next()),
  };
}
