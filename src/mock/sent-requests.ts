import type { RequestEntry } from '../journal/entry';
import type { Store } from '../model/store';
import type { WireRequest } from '../wire';

/** A request as it was sent, with the place in the log of writes from which on the state could differ from the one that it read. */
export interface SentRequest {
  readonly entry: RequestEntry;
  readonly wire: WireRequest;
  readonly writes: number;
  /** By how much the clock had been moved. */
  readonly moved: number;
}

/** The requests of a test that a screen can send again, with something changed. */
const KEPT = 100;

/** The most bytes of a body that are kept: the journal drops large bodies, and their memory counts there. */
const LONGEST = 65_536;

/** The last requests as they were sent. */
export class SentRequests {
  readonly #store: Pick<Store, 'writes' | 'clock'>;
  readonly #kept: SentRequest[] = [];

  constructor(store: Pick<Store, 'writes' | 'clock'>) {
    this.#store = store;
  }

  /** `entry` is what the journal has of the request. */
  add(entry: RequestEntry, wire: WireRequest): void {
    if (wire.body.byteLength > LONGEST) return;
    const { writes, clock } = this.#store;
    this.#kept.push({ entry, wire, writes, moved: clock.moved });
    if (this.#kept.length > 2 * KEPT) this.#kept.splice(0, KEPT);
  }

  find(entry: RequestEntry): SentRequest | undefined {
    return this.#kept.findLast((one) => one.entry === entry);
  }

  clear(): void {
    this.#kept.splice(0);
  }
}
