import { SharedMap } from '../shared-map';
import type { Version } from '../versions/version';

interface Sequencer {
  readonly second: number;
  readonly number: number;
}

type Write = Pick<Version, 'sequence' | 'created'>;

// Removals have no number of their own: they come between those of two writes.
const room = 256;

interface SequencersState {
  readonly last: Sequencer;
  readonly moved: ReadonlyMap<number, Sequencer>;
}

/**
 * Makes the sequencers of events. Each is later than the one before it, even if the clock is set back. Only a completed upload has the
 * sequencer of its beginning (F769).
 */
export class Sequencers {
  #last: Sequencer = { second: 0, number: 0 };
  /** The sequencers of uploads that began while the clock was set back, by the numbers of their writes. */
  readonly #moved = new SharedMap<number, Sequencer>();

  begin(upload: Write): void {
    const wanted = makeSequencer(upload);
    const taken = this.#take(wanted);
    if (taken !== wanted) this.#moved.set(upload.sequence, taken);
  }

  ofUpload(version: Write): string {
    return written(this.#moved.get(version.sequence) ?? makeSequencer(version));
  }

  takeForWrite(version: Write): string {
    return written(this.#take(makeSequencer(version)));
  }

  takeForRemoval(lastSequence: number, time: number): string {
    return written(this.#take({ second: secondOf(time), number: lastSequence * room + 1 }));
  }

  get state(): SequencersState {
    return { last: this.#last, moved: this.#moved.state };
  }

  restore({ last, moved }: SequencersState): void {
    this.#last = last;
    this.#moved.restore(moved);
  }

  #take(wanted: Sequencer): Sequencer {
    const { second, number } = this.#last;
    const isLater = wanted.second > second || (wanted.second === second && wanted.number > number);
    this.#last = isLater ? wanted : { second, number: number + 1 };
    return this.#last;
  }
}

/** Writes the sequencer of a write without taking it. The result is right as long as S3 sent no later sequencer before. */
export function writeSequencer(version: Write): string {
  return written(makeSequencer(version));
}

function makeSequencer({ sequence, created }: Write): Sequencer {
  return { second: secondOf(created), number: sequence * room };
}

function secondOf(time: number): number {
  return Math.max(0, Math.floor(time / 1000));
}

/** Writes so many digits that sequencers sort as text. */
function written({ second, number }: Sequencer): string {
  return `${hexadecimal(second, 10)}${hexadecimal(number, 8)}`;
}

function hexadecimal(number: number, digits: number): string {
  return number.toString(16).toUpperCase().padStart(digits, '0');
}
