import { commute, type Touch } from './footprint';

/** A request that waits for its turn. */
export interface Waiting {
  /** What it is in each order: its caller, what it asks for, and which of those it is. */
  readonly id: string;
  readonly caller: string;
  readonly touches: readonly Touch[];
  /** How often its caller has asked the same since something changed. */
  readonly repeats: number;
}

/** A request at its place in an order. */
export interface Step {
  readonly request: Waiting;
  /** The requests that waited, in the order in which they came, with the request itself. */
  readonly waiting: readonly Waiting[];
}

/** Chooses one of the requests that wait. `steps` are those that were chosen before. */
export type Choose = (waiting: readonly Waiting[], steps: readonly Step[]) => Waiting;

interface Node {
  waiting: readonly Waiting[];
  /** The requests whose turn here would only repeat an order that was tried. */
  readonly asleep: ReadonlySet<string>;
  readonly tried: Set<string>;
  readonly toTry: Set<string>;
  chosen: Waiting;
}

/** A caller that asks until something changes may ask in vain as often as this. Otherwise the orders would have no end. */
const PATIENCE = 3;

/** The request of the caller that came last, unless it asks the same again; otherwise that of the caller whose request came first. */
export function stay(waiting: readonly Waiting[], steps: readonly Step[]): Waiting {
  const last = steps.at(-1)?.request.caller;
  const asksAnew = waiting.filter(({ repeats }) => repeats === 0);
  const eager = asksAnew.length > 0 ? asksAnew : waiting;
  const chosen = eager.find(({ caller }) => caller === last) ?? eager[0];
  if (chosen === undefined) throw new RangeError('nobody waits');
  return chosen;
}

/** Returns the requests whose turn can bring something new; all of them, if every caller waits for a change. */
function withPatience(waiting: readonly Waiting[]): readonly Waiting[] {
  const patient = waiting.filter(({ repeats }) => repeats <= PATIENCE);
  return patient.length > 0 ? patient : waiting;
}

/**
 * All orders of the requests of concurrent callers, depth first, without those that only exchange requests that commute: dynamic partial-order
 * reduction by source sets and sleep sets (Abdulla and others, POPL 2014). An order is known only when it has run, so the search is told what happened.
 */
export class OrderSearch {
  #nodes: Node[] = [];
  #isRedundant = false;
  #isLost = false;

  /** The orders that are known to be left. More may be found in them. */
  get left(): number {
    return this.#nodes.reduce((sum, node) => sum + leftIn(node).length, 0);
  }

  /** Returns what chooses in the next order; in the last one again, if that has not ended. */
  begin(): Choose {
    const planned = this.#nodes.map(({ chosen }) => chosen.id);
    this.#isRedundant = false;
    this.#isLost = false;
    return (waiting, steps) => {
      const next = planned[steps.length];
      if (next === undefined || this.#isLost) return this.#chooseAnew(waiting, steps);
      const found = waiting.find(({ id }) => id === next);
      if (found === undefined) this.#isLost = true;
      else this.#addWaiting(steps.length, waiting);
      return found ?? stay(waiting, steps);
    };
  }

  /** More requests may wait than in the run that came here first. */
  #addWaiting(index: number, waiting: readonly Waiting[]): void {
    const node = this.#nodes[index];
    if (node !== undefined && waiting.length > node.waiting.length) node.waiting = waiting;
  }

  #chooseAnew(waiting: readonly Waiting[], steps: readonly Step[]): Waiting {
    if (this.#isLost || this.#isRedundant) return stay(waiting, steps);
    const asleep = this.#asleepBelow(this.#nodes.at(-1));
    const awake = withPatience(waiting).filter(({ id }) => !asleep.has(id));
    if (awake.length === 0) {
      this.#isRedundant = true;
      return stay(waiting, steps);
    }
    const chosen = stay(awake, steps);
    this.#nodes.push({ waiting, asleep, chosen, tried: new Set(), toTry: new Set([chosen.id]) });
    return chosen;
  }

  #asleepBelow(node: Node | undefined): ReadonlySet<string> {
    if (node === undefined) return new Set();
    const known = node.waiting.filter(({ id }) => node.asleep.has(id) || node.tried.has(id));
    return new Set(known.filter(({ touches }) => commute(touches, node.chosen.touches)).map(({ id }) => id));
  }

  /** Takes the order that happened. Returns whether it was a new one, a repetition, or could not be repeated up to its new part. */
  end(steps: readonly Step[]): 'new' | 'redundant' | 'lost' {
    const result = this.#isLost ? 'lost' : this.#isRedundant ? 'redundant' : 'new';
    // An order that turns out to repeat another one can still show what to try before its repetition.
    if (result !== 'lost') this.#learn(steps);
    this.#backtrack();
    return result;
  }

  get isOver(): boolean {
    return this.#nodes.length === 0;
  }

  /** Before each of two requests that do not commute, and of which neither led to the other, the later one has to be tried first. */
  #learn(steps: readonly Step[]): void {
    for (const { first, beginnings } of findRaces(steps)) {
      const node = this.#nodes[first];
      if (node === undefined) continue;
      const waiting = node.waiting.map(({ id }) => id);
      const possible = beginnings.filter((id) => waiting.includes(id));
      if (possible.some((id) => node.toTry.has(id))) continue;
      for (const id of possible.length === 0 ? waiting : possible.slice(0, 1)) node.toTry.add(id);
    }
  }

  #backtrack(): void {
    for (;;) {
      const node = this.#nodes.at(-1);
      if (node === undefined) return;
      node.tried.add(node.chosen.id);
      const [next] = leftIn(node);
      if (next !== undefined) {
        node.chosen = next;
        return;
      }
      this.#nodes.pop();
    }
  }
}

function leftIn({ waiting, asleep, tried, toTry, chosen }: Node): readonly Waiting[] {
  return withPatience(waiting).filter(
    ({ id }) => id !== chosen.id && toTry.has(id) && !tried.has(id) && !asleep.has(id),
  );
}

interface Race {
  /** The index of the earlier request. */
  readonly first: number;
  /** The requests with which an order can begin that has the later one first. */
  readonly beginnings: readonly string[];
}

/** Returns the pairs of requests whose order could be the other one, and matters. */
export function findRaces(steps: readonly Step[]): readonly Race[] {
  const races: Race[] = [];
  /** For each step, the steps that lead to it. */
  const leading: ReadonlySet<number>[] = [];
  for (const [later, step] of steps.entries()) {
    const before = new Set<number>();
    const firsts: number[] = [];
    for (let earlier = later - 1; earlier >= 0; earlier -= 1) {
      const one = steps[earlier];
      if (one === undefined || before.has(earlier)) continue;
      const isSequence = follows(step, one, earlier, steps);
      if (!isSequence && commute(step.request.touches, one.request.touches)) continue;
      if (!isSequence) firsts.push(earlier);
      before.add(earlier);
      for (const index of leading[earlier] ?? []) before.add(index);
    }
    leading.push(before);
    for (const first of firsts) races.push({ first, beginnings: findBeginnings(first, later, steps, leading) });
  }
  return races;
}

/** Of the requests behind the first one that do not depend on it, and the later one, those that depend on none of these. */
function findBeginnings(
  first: number,
  later: number,
  steps: readonly Step[],
  leading: readonly ReadonlySet<number>[],
): readonly string[] {
  const free = steps
    .map((_, index) => index)
    .filter((index) => index === later || (index > first && index < later && leading[index]?.has(first) !== true));
  return free
    .filter((index) => !free.some((other) => leading[index]?.has(other)))
    .map((index) => steps[index]?.request.id ?? '');
}

/** Whether a caller sent a request only after an earlier one of its own had its turn. */
function follows({ request }: Step, earlier: Step, at: number, steps: readonly Step[]): boolean {
  if (earlier.request.caller !== request.caller) return false;
  const waited = steps[at]?.waiting.some(({ id }) => id === request.id);
  return waited !== true;
}

/**
 * Orders by chance with few switches, which find most mistakes early (PCT: Burckhardt and others, ASPLOS 2010). Each caller has a rank; at a few
 * steps the caller whose turn it is falls to the last one.
 */
export function chooseByChance(callers: readonly string[], length: number, draw: () => number): Choose {
  const ranks = new Map(callers.map((caller) => [caller, draw()]));
  const falls = new Set([draw(), draw()].map((share) => Math.floor(share * Math.max(length, 1))));
  let lowest = 0;
  return (waiting, steps) => {
    const rankOf = ({ caller }: Waiting) => ranks.get(caller) ?? 0;
    const first = () => withPatience(waiting).reduce((best, one) => (rankOf(one) > rankOf(best) ? one : best));
    if (falls.has(steps.length)) {
      lowest -= 1;
      ranks.set(first().caller, lowest);
    }
    return first();
  };
}

export function countSwitches(steps: readonly Step[]): number {
  return steps.filter(({ request }, index) => index > 0 && steps[index - 1]?.request.caller !== request.caller).length;
}
