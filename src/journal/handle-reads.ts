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

  note(read: HandleRead): void {
    this.#last = read;
    this.#beforeEvents = undefined;
    this.#usage = undefined;
  }

  noteEvents(before: number): void {
    this.#beforeEvents = before;
    this.#usage = undefined;
  }

  noteUsage(read: UsageRead): void {
    this.#usage = read;
    this.#beforeEvents = undefined;
  }

  clear(): void {
    this.#last = undefined;
    this.#beforeEvents = undefined;
    this.#usage = undefined;
  }
}
