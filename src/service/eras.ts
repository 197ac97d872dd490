import type { Store, StoreSnapshot } from '../model/store';
import type { FailureRules, RulesSnapshot } from './failures/rules';

/** The state in which a test ended. Later calls of that test act on it, and nobody else sees what they change. */
export class EndedState {
  readonly #store: Store;
  readonly #rules: FailureRules;
  #stored: StoreSnapshot;
  #ruled: RulesSnapshot;

  constructor(store: Store, rules: FailureRules) {
    this.#store = store;
    this.#rules = rules;
    this.#stored = store.snapshot();
    this.#ruled = rules.snapshot();
  }

  act<Result>(action: () => Result): Result {
    const { result, state } = this.#store.actOn(this.#stored, () => this.#rules.actOn(this.#ruled, action));
    this.#stored = state;
    this.#ruled = result.state;
    return result.result;
  }
}

/** The time between two resets. A request belongs to the era in which it began, no matter when it is answered. */
export interface Era {
  readonly ended: EndedState | undefined;
  /** Functions that end the waits of its requests at once. */
  readonly waiting: Set<() => void>;
}

interface OpenEra extends Era {
  ended: EndedState | undefined;
}

export class Eras {
  readonly #keepState: () => EndedState;
  #present: OpenEra = { ended: undefined, waiting: new Set() };
  /** The era of the last test that ended. It is kept until the next test ends, for the calls that the ended test left behind. */
  #lastOfTest: Era | undefined;
  #isStopped = false;

  constructor(keepState: () => EndedState) {
    this.#keepState = keepState;
  }

  get present(): Era {
    return this.#present;
  }

  get lastOfTest(): Era | undefined {
    return this.#lastOfTest;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Ends the present era. The requests that wait are answered at once, from the state of this moment. */
  end({ isOfTest }: { readonly isOfTest: boolean }): void {
    if (this.#isStopped) return;
    const era = this.#end();
    if (isOfTest) this.#lastOfTest = era;
    this.#present = { ended: undefined, waiting: new Set() };
    endWaits(era);
  }

  /** Ends the last era. Requests that are on their way, and requests that arrive later, are answered from the state of this moment. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    endWaits(this.#end());
  }

  begin(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#present = { ended: undefined, waiting: new Set() };
  }

  #end(): Era {
    this.#present.ended = this.#keepState();
    return this.#present;
  }
}

function endWaits({ waiting }: Era): void {
  for (const endNow of [...waiting]) endNow();
}
