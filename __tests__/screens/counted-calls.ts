import { Session } from 'node:inspector';

/** How often each function of the library was called, by its name and place. */
export type Calls = ReadonlyMap<string, number>;

interface Counted {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[];
    }[];
  }[];
}

/** Counts the calls of the functions of the library, which V8 does for reports of coverage: the same work has the same counts on each machine. */
export class CallCounter {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
  }

  countCalls(act: () => void): Calls {
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    try {
      act();
      return this.#take();
    } finally {
      this.#session.post('Profiler.stopPreciseCoverage');
    }
  }

  #take(): Calls {
    const calls = new Map<string, number>();
    // The answers of a session in the same thread come at once.
    this.#session.post('Profiler.takePreciseCoverage', (error, counted) => {
      if (error !== null) throw error;
      for (const { url, functions } of (counted as Counted).result) {
        const [, file] = /\/(?:src|compiled\/\w+)\/(.*)\.[jt]s$/.exec(url) ?? [];
        if (file === undefined) continue;
        for (const { functionName, ranges } of functions) {
          const [{ startOffset = 0, count = 0 } = {}] = ranges;
          if (count > 0) calls.set(`${file} ${functionName || 'a callback'} at ${startOffset}`, count);
        }
      }
    });
    return calls;
  }

  stop(): void {
    this.#session.disconnect();
  }
}
