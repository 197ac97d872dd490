import type { Version } from '../versions/version';

/** A sequencer: seconds since 1970, and a number that grows within a second. */
interface Sequencer {
  readonly second: number;
  readonly number: number;
}

/** The parts of a version that its sequencer follows from. */
type Write = Pick<Version, 'sequence' | 'created'>;

// Removals have no number of their own: they come between those of two writes.
const room = 256;

/** The sequencers of the events of a store. Each is later than the one before it, also if the clock is set back (F769). */
export class Sequencers {
  #last: Sequencer = { second: 0, number: 0 };

  /** Takes the sequencer of the write that made a version. */
  takeForWrite(version: Write): string {
    return this.#take(sequencerOf(version));
  }

  /** Takes the sequencer of a removal at a moment, after the last write. */
  takeForRemoval(lastSequence: number, time: number): string {
    return this.#take({ second: secondOf(time), number: lastSequence * room + 1 });
  }

  /** The last one that was taken. */
  get state(): Sequencer {
    return this.#last;
  }

  restore(state: Sequencer): void {
    this.#last = state;
  }

  #take(wanted: Sequencer): string {
    const { second, number } = this.#last;
    const isLater = wanted.second > second || (wanted.second === second && wanted.number > number);
    this.#last = isLater ? wanted : { second, number: number + 1 };
    return written(this.#last);
  }
}

/** The sequencer that the write of a version has, if S3 sent no later one before. Nothing is taken. */
export function sequencerOfWrite(version: Write): string {
  return written(sequencerOf(version));
}

function sequencerOf({ sequence, created }: Write): Sequencer {
  return { second: secondOf(created), number: sequence * room };
}

function secondOf(time: number): number {
  return Math.max(0, Math.floor(time / 1000));
}

/** 18 hexadecimal digits, which sort as text. */
function written({ second, number }: Sequencer): string {
  return `${hexadecimal(second, 10)}${hexadecimal(number, 8)}`;
}

function hexadecimal(number: number, digits: number): string {
  return number.toString(16).toUpperCase().padStart(digits, '0');
}
