import { performance } from 'node:perf_hooks';
import { later, startTimer } from '../journal/real-timers';

/** Real milliseconds: the function is bound before a test fakes the time. */
export const now: () => number = performance.now.bind(performance);

/** Turns of the event loop in which code that works sends its next request. An SDK needs about ten. */
const QUIET_TURNS = 32;
/** From here on a turn is a millisecond, so that a wait for a timer does not use the processor. */
const IDLE_TURNS = 256;

/** The resources of the event loop that mean work in another thread. Node does not list work such as that of zlib and of crypto. */
const work = /^(?:FSReq\w*|GetAddrInfoReqWrap|\w*REQUEST|\w*ConnectWrap)$/;

/** Counts the turns since something last happened. */
export class Quiet {
  #turns = 0;
  #begin = now();

  /** Called for each request and each answer. */
  interrupt(): void {
    this.#turns = 0;
    this.#begin = now();
  }

  /** Whether what happens now does not follow from what happened last, but from a timer, or from work in a thread. */
  get isLong(): boolean {
    return this.#turns >= QUIET_TURNS;
  }

  /** Returns whether the code has come to rest: it then waits for answers or for timers. A rest takes `pause` real milliseconds at least. */
  isRest(pause: number): boolean {
    if (!this.isLong || now() - this.#begin < pause) return false;
    if (!isWorking()) return true;
    this.interrupt();
    return false;
  }

  async turn(): Promise<void> {
    this.#turns += 1;
    const isIdle = this.#turns > IDLE_TURNS;
    await new Promise<void>((resolve) => {
      if (isIdle) startTimer(resolve, 1);
      else later(resolve);
    });
  }
}

function isWorking(): boolean {
  return process.getActiveResourcesInfo?.().some((name) => work.test(name)) === true;
}

/** The timers of the whole process, so only a difference says something. */
export function countTimers(): number {
  return process.getActiveResourcesInfo?.().filter((name) => name === 'Timeout').length ?? 0;
}
