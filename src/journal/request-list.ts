import { writeGiven } from '../text/values';
import type { RequestEntry } from './entry';
import type { EntryStore } from './entry-store';

type List = readonly RequestEntry[];
/** Decides on a request; its parameters are those that arrays give. */
type Test = (request: RequestEntry, index: number, requests: List) => unknown;
/** The same, and it narrows the type of the requests that it accepts. */
type Guard<Found extends RequestEntry> = (request: RequestEntry, index: number, requests: List) => request is Found;

/** Requests, oldest first, with the methods of an array that only read. */
export class RequestList implements Iterable<RequestEntry> {
  /** The request at an index, from 0. */
  readonly [index: number]: RequestEntry;
  readonly #entries: EntryStore;

  constructor(entries: EntryStore) {
    this.#entries = entries;
  }

  /** The number of requests in the journal. */
  get length(): number {
    return this.#entries.length;
  }

  [Symbol.iterator](): IterableIterator<RequestEntry> {
    return this.#entries[Symbol.iterator]();
  }

  /** The request at an index, from 0; a negative index counts from the end. */
  at(index: number): RequestEntry | undefined {
    return this.#entries.at(index);
  }

  /** The last request, of any operation. The last one of PutObject, whose `input` then has a type: `s3.requests.of('PutObject').at(-1)`. */
  last(): RequestEntry | undefined;
  last(...given: readonly unknown[]): RequestEntry | undefined {
    if (given.length > 0) {
      throw new TypeError(
        `s3.requests.last takes no argument; it was given ${given.map((one) => writeGiven(one)).join(', ')}. The last request of one operation: ` +
          "s3.requests.of('PutObject').at(-1).",
      );
    }
    return this.at(-1);
  }

  /** Returns an array of the values that a function returns for the requests. */
  map<Result>(make: (request: RequestEntry, index: number, requests: List) => Result): Result[] {
    return this.#all().map(make);
  }

  /** The requests that a function accepts. */
  filter<Found extends RequestEntry>(accepts: Guard<Found>): Found[];
  filter(accepts: Test): RequestEntry[];
  filter(accepts: Test): RequestEntry[] {
    return this.#all().filter(accepts);
  }

  /** The first request that a function accepts. */
  find<Found extends RequestEntry>(accepts: Guard<Found>): Found | undefined;
  find(accepts: Test): RequestEntry | undefined;
  find(accepts: Test): RequestEntry | undefined {
    return this.#all().find(accepts);
  }

  /** The last request that a function accepts. */
  findLast<Found extends RequestEntry>(accepts: Guard<Found>): Found | undefined;
  findLast(accepts: Test): RequestEntry | undefined;
  findLast(accepts: Test): RequestEntry | undefined {
    return this.#all().findLast(accepts);
  }

  /** Whether a function accepts one request at least. */
  some(accepts: Test): boolean {
    return this.#all().some(accepts);
  }

  /** Whether a function accepts all requests; true if none came. */
  every(accepts: Test): boolean {
    return this.#all().every(accepts);
  }

  /** The requests from an index up to another one, which is not included; negative ones count from the end. */
  slice(start?: number, end?: number): RequestEntry[] {
    return this.#all().slice(start, end);
  }

  /** Calls a function with each request. */
  forEach(act: (request: RequestEntry, index: number, requests: List) => void): void {
    this.#all().forEach(act);
  }

  #all(): List {
    return this.#entries.toArray();
  }
}
