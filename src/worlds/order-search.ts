import { commute, type Touch } from '../model/touches';

/** A request that waits for its turn. */
export interface Waiting {
  /** Names the request in every order: its caller, what it asks for, and a number if the caller asks for the same several times. */
  readonly id: string;
  readonly caller: string;
  /** How often its caller has sent the same request since something changed. */
  readonly repeats: number;
  /** Whether an order can end before its turn, as with a move of the clock. */
  readonly isOptional?: boolean;
}

/** A request at its place in an order. */
export interface Step {
  readonly request: Waiting;
  /** The requests that waited, including the request itself, in the order in which they came. */
  readonly waiting: readonly Waiting[];
  /** What the model read and wrote from this request to the next, also for what followed from the request: events, handlers, replicas. */
  readonly touches: readonly Touch[];
}

/** Chooses one of the requests that wait. `steps` contains the earlier choices. */
export type Choose = (waiting: readonly Waiting[], steps: readonly Step[]) => Waiting;

/** What cannot be known depends on everything. */
const everything: readonly Touch[] = [{ part: 'everything', isWrite: true }];

/** Requests that had their turn at a place, with what they touched there. */
type Touched = ReadonlyMap<string, readonly Touch[]>;

interface Node {
  waiting: readonly Waiting[];
  /** The requests that would only repeat an earlier order if they had their turn here. */
  readonly asleep: Touched;
  readonly tried: Map<string, readonly Touch[]>;
  readonly toTry: Set<string>;
  chosen: Waiting;
}

/** If a caller repeats a request until something changes, it can do so this many times in a row. Without a limit, there would be no end of orders. */
const PATIENCE = 3;

/**
 * Chooses the caller that had the last turn, so that callers change seldom. If it has no new request, chooses the first request that is new. If no request
 * is new, repeated requests count too.
 */
export function stay(waiting: readonly Waiting[], steps: readonly Step[]): Waiting {
  const last = steps.at(-1)?.request.caller;
  const asksAnew = waiting.filter(({ repeats }) => repeats === 0);
  const eager = asksAnew.length > 0 ? asksAnew : waiting;
  const chosen = eager.find(({ caller }) => caller === last) ?? eager[0];
  if (chosen === undefined) throw new RangeError('nobody waits');
  return chosen;
}

/** Chooses the last caller as long as it has a new request: an order far from that of `stay`. */
export function stayBackwards(waiting: readonly Waiting[], steps: readonly Step[]): Waiting {
  return stay(waiting.toReversed(), steps);
}

/** Repeats the beginning of an order. Then a caller asks on, as long as it asks the same, and at most `most` times. */
export function chooseAsking(beginning: readonly string[], caller: string, most: number): Choose {
  let asked = 0;
  return (waiting, steps) => {
    const planned = waiting.find(({ id }) => id === beginning[steps.length]);
    if (planned !== undefined) return planned;
    const asking = waiting.find((one) => one.caller === caller && one.repeats > 0);
    if (asking === undefined || asked >= most) return stay(waiting, steps);
    asked += 1;
    return asking;
  };
}

/** Leaves out the callers that have repeated a request too often. If this leaves no request, returns all of them. */
export function withPatience(waiting: readonly Waiting[], patience = PATIENCE): readonly Waiting[] {
  const patient = waiting.filter(({ repeats }) => repeats <= patience);
  return patient.length > 0 ? patient : waiting;
}

/**
 * Goes through all orders of the requests of concurrent callers, depth first. If two orders differ only in requests that commute, it tries one of them:
 * dynamic partial-order reduction with source sets and sleep sets (Abdulla and others, POPL 2014). Nobody knows an order before it has run, so `end`
 * tells the search what happened.
 */
export class OrderSearch {
  readonly #patience: number;
  readonly #joins = new Joins();
  #nodes: Node[] = [];
  #isRedundant = false;
  #isLost = false;
  #hasLeftOut = false;

  /** `patience`: how often in a row a caller can ask the same, while nothing changes. */
  constructor(patience = PATIENCE) {
    this.#patience = patience;
  }

  /** Whether an order was left out because a caller asked the same too often in a row. */
  get hasLeftOut(): boolean {
    return this.#hasLeftOut;
  }

  /** How many orders are known to be left. Each of them can lead to more. */
  get left(): number {
    return this.#nodes.reduce((sum, node) => sum + this.#leftIn(node).length, 0);
  }

  /** Returns the function that chooses in the next order. If the last order has not ended, the function repeats it. */
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

  /** Adds requests that wait now and did not wait in the first run that came here. */
  #addWaiting(index: number, waiting: readonly Waiting[]): void {
    const node = this.#nodes[index];
    if (node !== undefined && waiting.length > node.waiting.length) node.waiting = waiting;
  }

  #chooseAnew(waiting: readonly Waiting[], steps: readonly Step[]): Waiting {
    if (this.#isLost || this.#isRedundant) return stay(waiting, steps);
    const asleep = this.#asleepBelow(this.#nodes.at(-1), steps.at(-1));
    const awake = withPatience(waiting, this.#patience).filter(({ id }) => !asleep.has(id));
    if (awake.length === 0) {
      this.#isRedundant = true;
      return stay(waiting, steps);
    }
    const chosen = stay(awake, steps);
    // What never had its turn shows no race.
    const toTry = [chosen, ...awake.filter(({ isOptional }) => isOptional)].map(({ id }) => id);
    this.#nodes.push({ waiting, asleep, chosen, tried: new Map(), toTry: new Set(toTry) });
    return chosen;
  }

  #asleepBelow(node: Node | undefined, step: Step | undefined): Touched {
    if (node === undefined || step === undefined) return new Map();
    return new Map([...node.asleep, ...node.tried].filter(([, touches]) => commute(touches, step.touches)));
  }

  /**
   * Takes the order that happened. Returns `new` if the order is new, `redundant` if it repeats an earlier order, and `lost` if the run left the planned
   * order before its new part.
   */
  end(steps: readonly Step[]): 'new' | 'redundant' | 'lost' {
    const result = this.#isLost ? 'lost' : this.#isRedundant ? 'redundant' : 'new';
    // Even an order that repeats another can show what to try at the steps before the repetition begins.
    if (result !== 'lost') this.#learn(steps);
    this.#backtrack(steps);
    return result;
  }

  get isOver(): boolean {
    return this.#nodes.length === 0;
  }

  /**
   * Finds what to try next. If two requests do not commute, and the earlier did not lead to the later, the search also has to try an order in which the
   * later request comes first.
   */
  #learn(steps: readonly Step[]): void {
    this.#joins.learn(steps);
    for (const { first, beginnings } of findRaces(steps, this.#joins)) {
      const node = this.#nodes[first];
      if (node === undefined) continue;
      const waiting = node.waiting.map(({ id }) => id);
      const possible = beginnings.filter((id) => waiting.includes(id));
      if (possible.some((id) => node.toTry.has(id))) continue;
      for (const id of possible.length === 0 ? waiting : possible.slice(0, 1)) node.toTry.add(id);
    }
  }

  #backtrack(steps: readonly Step[]): void {
    for (;;) {
      const node = this.#nodes.at(-1);
      if (node === undefined) return;
      const step = steps[this.#nodes.length - 1];
      // Of a run that left the order, nobody knows what the request would have touched.
      node.tried.set(node.chosen.id, step?.request.id === node.chosen.id ? step.touches : everything);
      const [next] = this.#leftIn(node);
      if (next !== undefined) {
        node.chosen = next;
        return;
      }
      this.#nodes.pop();
    }
  }

  #leftIn({ waiting, asleep, tried, toTry, chosen }: Node): readonly Waiting[] {
    const left = waiting.filter(({ id }) => id !== chosen.id && toTry.has(id) && !tried.has(id) && !asleep.has(id));
    const patient = new Set(withPatience(waiting, this.#patience));
    const kept = left.filter((one) => patient.has(one));
    if (kept.length < left.length) this.#hasLeftOut = true;
    return kept;
  }
}

interface Race {
  /** The index of the earlier request. */
  readonly first: number;
  /** The requests with which an order can begin if the later request should come first. */
  readonly beginnings: readonly string[];
}

/** Returns the pairs of requests that could also come in the other order, and whose order matters. */
function findRaces(steps: readonly Step[], joins: Joins): readonly Race[] {
  const races: Race[] = [];
  /** For each step, the earlier steps that it depends on. */
  const leading: ReadonlySet<number>[] = [];
  for (const [later, step] of steps.entries()) {
    const before = new Set<number>();
    const firsts: number[] = [];
    for (let earlier = later - 1; earlier >= 0; earlier -= 1) {
      const one = steps[earlier];
      if (one === undefined || before.has(earlier)) continue;
      const isSequence = follows(step, one, steps, joins);
      if (!isSequence && commute(step.touches, one.touches)) continue;
      if (!isSequence) firsts.push(earlier);
      before.add(earlier);
      for (const index of leading[earlier] ?? []) before.add(index);
    }
    leading.push(before);
    for (const first of firsts) races.push({ first, beginnings: findBeginnings(first, later, steps, leading) });
  }
  return races;
}

/**
 * Looks at the later request, and at the requests between both that do not depend on the first. Returns those of them that depend on no other of them: an
 * order with the later request first can begin with each.
 */
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

/**
 * Whether the turn of an earlier request led its caller to send this one. A request comes before the next turn is given, so it follows from the turn just
 * before it came. A caller that does several things at once may have sent it without the turns before that.
 */
function follows({ request }: Step, earlier: Step, steps: readonly Step[], joins: Joins): boolean {
  const { caller, id } = request;
  if (earlier.request.caller !== caller || earlier.waiting.some((one) => one.id === id)) return false;
  const cause = steps[findCause(id, steps)];
  // If it came behind the turn of another caller, nobody knows which of its own led to it.
  return cause === earlier || cause?.request.caller !== caller || joins.has(id, earlier.request.id, cause.request.id);
}

/** Returns the index of the turn just before a request came, or -1. */
function findCause(id: string, steps: readonly Step[]): number {
  return steps.findIndex(({ waiting }) => waiting.some((one) => one.id === id)) - 1;
}

/** What runs have shown of requests that wait for several others of their caller, as behind `Promise.all`: whichever comes last leads to them. */
class Joins {
  /** For each request, the requests that led to it, each with those that had their turn before in all such runs. */
  readonly #causes = new Map<string, Map<string, ReadonlySet<string>>>();

  learn(steps: readonly Step[]): void {
    for (const { request } of steps) {
      const at = findCause(request.id, steps);
      const cause = steps[at]?.request.id;
      if (cause === undefined) continue;
      const causes = this.#causes.get(request.id) ?? new Map<string, ReadonlySet<string>>();
      const known = causes.get(cause);
      const before = steps.slice(0, at).map((step) => step.request.id);
      causes.set(cause, new Set(known === undefined ? before : before.filter((id) => known.has(id))));
      this.#causes.set(request.id, causes);
    }
  }

  /** Whether each of two requests led to a third when the other had had its turn, so that it waits for both. */
  has(id: string, one: string, other: string): boolean {
    const causes = this.#causes.get(id);
    return causes?.get(one)?.has(other) === true && causes.get(other)?.has(one) === true;
  }
}

/**
 * Chooses orders by chance, with few switches between callers. Such orders find most mistakes early (PCT: Burckhardt and others, ASPLOS 2010). Each caller
 * has a rank, and the highest has its turn. At a few steps, the caller with the highest rank gets the lowest rank.
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
