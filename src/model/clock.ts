import { makeMistake } from '../text/mistakes';
import { type Duration, earliest, isInRange, latest, readDuration, readMoment } from '../text/moments';
import { writeGiven } from '../text/values';
import { SharedMap } from './shared-map';

type ClockState = { readonly offset: number } | { readonly at: number };

/** A move of the clock within one second of the process's time. */
export interface ClockMove {
  /** The second, counted from 1970. */
  readonly second: number;
  /** The milliseconds; negative if the clock was moved back. */
  readonly by: number;
}

/** When the first request with a signature came, so that its signer signed it no later than then. */
export interface Sighting {
  /** The second of the process, counted from 1970. */
  readonly second: number;
  /** The milliseconds by which the clock had been moved by then. */
  readonly moved: number;
}

/** What a clock knows about the past since it was made or restored. */
export interface ClockHistory {
  readonly moves: readonly ClockMove[];
  readonly sightings: ReadonlyMap<string, Sighting>;
}

/** A signature has about a hundred bytes. A test uses fewer links; of more, the first are forgotten. */
const mostSightings = 10_000;

const none: ClockHistory = { moves: [], sightings: new Map() };

/** The real time is read at each call, so that faked system time is respected. */
export class Clock {
  readonly #real: () => number;
  #state: ClockState;
  #moves: readonly ClockMove[] = none.moves;
  readonly #sightings = new SharedMap<string, Sighting>();
  /** Called when a call moves the clock. */
  onMove: (() => void) | undefined;

  constructor(real: () => number, start?: number) {
    this.#real = real;
    this.#state = start === undefined ? { offset: 0 } : { at: start };
  }

  now(): number {
    if ('at' in this.#state) return this.#state.at;
    // The real time may be faked, with any moment.
    return Math.min(Math.max(this.#real() + this.#state.offset, earliest), latest);
  }

  /** Stops the clock, which then moves only by calls. */
  set(moment: Date | number | string): void {
    const at = readMoment(moment, 's3.clock.set');
    this.#note(at - this.now());
    this.#state = { at };
  }

  advance(duration: Duration): void {
    const step = readDuration(duration, 's3.clock.advance');
    if (!isInRange(this.now() + step)) {
      throw makeMistake(
        `s3.clock.advance: ${writeGiven(duration)} from ${new Date(this.now()).toISOString()} leaves the years 1970 to 9999. Give a shorter time.`,
      );
    }
    this.#note(step);
    this.#state = 'at' in this.#state ? { at: this.#state.at + step } : { offset: this.#state.offset + step };
  }

  /** Whether the clock is stopped, so that only calls move it. */
  get isStopped(): boolean {
    return 'at' in this.#state;
  }

  processNow(): number {
    return this.#real();
  }

  /** The time, in milliseconds, by which the clock was moved since it was made or restored, without the time that passed by itself. */
  get moved(): number {
    return this.#moves.reduce((sum, { by }) => sum + by, 0);
  }

  /** The moves since the clock was made or restored, oldest first: one for each second of the process in which it was moved. */
  get moves(): readonly ClockMove[] {
    return this.#moves;
  }

  /** Notes that a request with this signature has come. What is known of its first request stays. */
  noteSignature(signature: string): void {
    if (this.#sightings.has(signature)) return;
    this.#sightings.set(signature, { second: this.#second(), moved: this.moved });
    if (this.#sightings.size <= mostSightings) return;
    const [oldest] = this.#sightings.keys();
    if (oldest !== undefined) this.#sightings.delete(oldest);
  }

  findSighting(signature: string): Sighting | undefined {
    return this.#sightings.get(signature);
  }

  get state(): ClockState {
    return this.#state;
  }

  get history(): ClockHistory {
    return { moves: this.#moves, sightings: this.#sightings.state };
  }

  restore(state: ClockState, { moves, sightings } = none): void {
    this.#state = state;
    this.#moves = moves;
    this.#sightings.restore(sightings);
  }

  #second(): number {
    return Math.floor(this.#real() / 1000);
  }

  /** The moves of a second are added up, since a date on the wire does not say more than its second. */
  #note(by: number): void {
    if (by === 0) return;
    this.onMove?.();
    const second = this.#second();
    const last = this.#moves.at(-1);
    this.#moves =
      last?.second === second
        ? [...this.#moves.slice(0, -1), { second, by: last.by + by }]
        : [...this.#moves, { second, by }];
  }
}
