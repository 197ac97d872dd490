import { type Choose, countSwitches, type Step, stay, withPatience } from './order-search';

/** The beginning of an order: the ids of its requests. After them, the caller that had the last turn keeps it. */
interface Beginning {
  readonly ids: readonly string[];
  readonly switches: number;
}

/**
 * Goes through all orders, also those of requests that commute at S3: the callers may depend on each other beside S3, for example by a cache. The
 * orders with the fewest switches between callers come first, since most mistakes need few (CHESS: Musuvathi and others, OSDI 2008).
 */
export class EveryOrder {
  readonly #patience: number | undefined;
  /** By the number of switches. */
  readonly #beginnings: Beginning[][] = [[{ ids: [], switches: 0 }]];
  #present: Beginning = { ids: [], switches: 0 };
  #isLost = false;
  #hasLeftOut = false;

  constructor(patience?: number) {
    this.#patience = patience;
  }

  /** Whether an order was left out because a caller asked the same too often in a row. */
  get hasLeftOut(): boolean {
    return this.#hasLeftOut;
  }

  /** How many orders are known to be left. Each of them can lead to more. */
  get left(): number {
    return this.#beginnings.reduce((sum, list) => sum + list.length, 0);
  }

  get isOver(): boolean {
    return this.left === 0;
  }

  /** The fewest switches of an order that is left. */
  get switches(): number {
    return this.#beginnings.findIndex((list) => list.length > 0);
  }

  /** Returns the function that chooses in the next order. */
  begin(): Choose {
    const next = this.#beginnings.find((list) => list.length > 0)?.shift();
    if (next !== undefined) this.#present = next;
    return this.again();
  }

  /** Returns the function that repeats the present order. */
  again(): Choose {
    const { ids } = this.#present;
    this.#isLost = false;
    return (waiting, steps) => {
      const id = ids[steps.length];
      if (id === undefined || this.#isLost) return stay(waiting, steps);
      const planned = waiting.find((one) => one.id === id);
      this.#isLost = planned === undefined;
      return planned ?? stay(waiting, steps);
    };
  }

  /** Takes the order that happened. Returns whether it is the planned one. */
  end(steps: readonly Step[]): boolean {
    if (this.#isLost) return false;
    const ids = steps.map(({ request }) => request.id);
    for (const [index, { waiting, request }] of steps.entries()) {
      if (index < this.#present.ids.length) continue;
      const patient = withPatience(waiting, this.#patience);
      if (patient.length < waiting.length) this.#hasLeftOut = true;
      for (const other of patient) {
        if (other.id === request.id) continue;
        const switches = countSwitches([...steps.slice(0, index), { request: other, waiting, touches: [] }]);
        this.#add({ ids: [...ids.slice(0, index), other.id], switches });
      }
    }
    return true;
  }

  #add(beginning: Beginning): void {
    for (let at = this.#beginnings.length; at <= beginning.switches; at += 1) this.#beginnings.push([]);
    this.#beginnings[beginning.switches]?.push(beginning);
  }
}
