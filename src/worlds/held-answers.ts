import { now } from './event-loop';
import type { RunOfCode, SentRequest } from './run-of-code';
import type { TimersOfRuns } from './timers-of-runs';

/** Timers that run out later are none of the code's time-outs, as a way does not last so long. */
export const LONGEST_TIMER = 1500;

interface Held {
  readonly run: RunOfCode;
  readonly request: SentRequest;
  readonly letGo: () => void;
  /** The real time at which the timer runs out that the code has set. */
  timeOut: number | undefined;
}

/** The answers that an exploration holds back, until code that waits for them has given up, or does nothing else. */
export class HeldAnswers {
  readonly #closed: Promise<void>;
  readonly #timers: TimersOfRuns;
  #held: readonly Held[] = [];
  #hasCodeWaited = true;
  /** The runs that had a timer when somebody last asked. */
  #timed: ReadonlySet<number> = new Set();

  constructor(closed: Promise<void>, timers: TimersOfRuns) {
    this.#closed = closed;
    this.#timers = timers;
  }

  /** Returns when the answer leaves: when a timer of the code has run out, or at the end of the way. */
  hold(run: RunOfCode, request: SentRequest): Promise<void> {
    request.isLate = true;
    request.isHeld = true;
    const givenUp = new Promise<void>((letGo) => {
      this.#held = [...this.#held, { run, request, letGo, timeOut: undefined }];
    });
    return Promise.race([givenUp, this.#closed]);
  }

  /** Whether each answer was held back until a timer of the code had run out. Without a time-out, an answer is only slow. */
  get hasCodeWaited(): boolean {
    return this.#hasCodeWaited;
  }

  isHolding(runs: ReadonlyMap<number, RunOfCode>): boolean {
    return this.#held.length > 0 || [...runs.values()].some(({ isLeftAlone }) => isLeftAlone);
  }

  /**
   * Called while the code is at rest. Ends runs that wait for nothing but an answer that never comes, and lets answers go that are late by now. Returns
   * whether code goes on, or ends.
   */
  release(runs: ReadonlyMap<number, RunOfCode>): boolean {
    const late = this.#held.filter((held) => this.#isLate(held, runs));
    for (const held of late) this.#letGo(held);
    const alone = [...runs].filter(([, run]) => run.isLeftAlone);
    const timed = new Set(alone.map(([number]) => number).filter((number) => this.hasTimer(number)));
    const idle = alone.filter(([number]) => !timed.has(number));
    // Code whose timer has just run out goes on in the next turns.
    for (const [number, run] of idle) if (!this.#timed.has(number)) run.breakOff('waits');
    this.#timed = timed;
    return late.length > 0 || idle.length > 0;
  }

  releaseAll(): void {
    for (const held of this.#held) this.#letGo(held);
  }

  /** Whether code of a run has set a timer that runs out within a way. */
  hasTimer(number: number): boolean {
    return this.#soonest([number]) !== undefined;
  }

  #letGo(held: Held): void {
    held.request.isHeld = false;
    this.#held = this.#held.filter((one) => one !== held);
    held.letGo();
  }

  #isLate(held: Held, runs: ReadonlyMap<number, RunOfCode>): boolean {
    if (held.run.isOver || held.run.isDead) return true;
    const numbers = [...runs].flatMap(([number, run]) => (run === held.run ? [number] : []));
    const soonest = this.#soonest(numbers);
    if (soonest !== undefined) held.timeOut ??= now() + soonest;
    if (held.timeOut !== undefined) return soonest === undefined || now() > held.timeOut;
    if (held.run.isLeftAlone) this.#hasCodeWaited = false;
    return held.run.isLeftAlone;
  }

  #soonest(numbers: readonly number[]): number | undefined {
    const soonest = this.#timers.soonest(new Set(numbers));
    return soonest !== undefined && soonest <= LONGEST_TIMER ? soonest : undefined;
  }
}
