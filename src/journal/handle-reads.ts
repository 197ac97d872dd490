/** What a test has read of a bucket by its handle, and not by a request. */
export interface HandleRead {
  readonly bucket: string;
  /** Undefined if it read all keys. */
  readonly key: string | undefined;
  /** Whether it read the list of versions. */
  readonly isOfVersions: boolean;
  /** How many requests had come before. */
  readonly after: number;
}

/** What a test has read of the usage of a bucket. */
export type UsageRead = Pick<HandleRead, 'bucket' | 'after'>;

/** Remembers the last read, since an assertion compares what the test has just read. */
export class HandleReads {
  #last: HandleRead | undefined;
  #beforeEvents: number | undefined;
  #usage: UsageRead | undefined;
  #beforeRequests: number | undefined;

  get last(): HandleRead | undefined {
    return this.#last;
  }

  /** How many requests had come before the test last read `s3.events`; undefined if it has read a bucket since then. */
  get beforeEvents(): number | undefined {
    return this.#beforeEvents;
  }

  /** The last usage; undefined if the test has read something else by a handle since then. */
  get usage(): UsageRead | undefined {
    return this.#usage;
  }

  /** How many requests had come before the test last read `s3.requests`; undefined if it has read something else since then. */
  get beforeRequests(): number | undefined {
    return this.#beforeRequests;
  }

  note(read: HandleRead): void {
    this.clear();
    this.#last = read;
  }

  noteEvents(before: number): void {
    this.#beforeEvents = before;
    this.#usage = undefined;
    this.#beforeRequests = undefined;
  }

  noteUsage(read: UsageRead): void {
    this.#usage = read;
    this.#beforeEvents = undefined;
    this.#beforeRequests = undefined;
  }

  /** A test that reads its requests can still compare what it has read before. */
  noteRequests(before: number): void {
    this.#beforeRequests = before;
  }

  clear(): void {
    this.#last = undefined;
    this.#beforeEvents = undefined;
    this.#usage = undefined;
    this.#beforeRequests = undefined;
  }
}
