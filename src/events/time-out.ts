import { makeCallback } from '../callback';
import { endTimer, later, startTimer } from '../journal/real-timers';

/** The slice in milliseconds. */
const SLICE = 250;

/**
 * Counts the time in which the event loop runs: while a debugger holds the process, or a machine is too busy to run it, at most one slice
 * passes, so that it ends no handler that does its work.
 */
export class TimeOut {
  readonly #act: () => void;
  readonly #report: (bug: unknown) => void;
  readonly #isAwaited: () => boolean;
  #left: number;
  #timer: NodeJS.Timeout | undefined;
  #hasEnded = false;

  /** The timer keeps the process alive only while somebody waits for the delivery. */
  constructor(milliseconds: number, act: () => void, isAwaited: () => boolean, report: (bug: unknown) => void) {
    this.#left = milliseconds;
    this.#act = act;
    this.#isAwaited = isAwaited;
    this.#report = report;
    this.#startSlice();
  }

  ref(): void {
    this.#timer?.ref();
  }

  end(): void {
    this.#hasEnded = true;
    endTimer(this.#timer);
  }

  #startSlice(): void {
    const slice = Math.min(SLICE, this.#left);
    const pass = () => {
      this.#left -= slice;
      if (this.#left > 0) this.#startSlice();
      else later(makeCallback(this.#report, () => !this.#hasEnded && this.#act())); // an answer that has come meanwhile is read first
    };
    this.#timer = startTimer(makeCallback(this.#report, pass), slice);
    if (!this.#isAwaited()) this.#timer.unref();
  }
}
