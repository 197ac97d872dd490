import { counted } from '../text/counts';
import type { RequestEntry } from './entry';
import { EntryList } from './entry-list';

/** The calls that run functions of a test in worlds. */
export type CallOfWorlds = 's3.explore' | 's3.fork';

const LIMIT = 1000;
const COUNTED_BYTES = 4 * 1024 * 1024;

const senders: Readonly<Record<CallOfWorlds, { readonly all: string; readonly each: string }>> = {
  's3.explore': { all: 'The ways of s3.explore', each: 'a way' },
  's3.fork': { all: 'The functions of s3.fork', each: 'such a function' },
};

const places: Readonly<Record<CallOfWorlds, (assertion: string) => string>> = {
  's3.explore': (assertion) => `s3.explore({ …, check: ({ world }) => { ${assertion}; } })`,
  's3.fork': (assertion) => `s3.fork(async (world) => { …; ${assertion}; })`,
};

/** The requests that came to worlds of a mock, so that an assertion on the mock itself can say where they went. */
export class RequestsOfWorlds {
  readonly #lists = new Map<CallOfWorlds, EntryList>();

  add(call: CallOfWorlds, entries: Iterable<RequestEntry>): void {
    const list = this.#lists.get(call) ?? new EntryList(LIMIT, COUNTED_BYTES);
    this.#lists.set(call, list);
    // What no assertion compares is left out, since an exploration sends many requests.
    for (const entry of entries)
      list.push({ ...entry, headers: {}, body: undefined, output: undefined } as RequestEntry); // as it came
  }

  /** Adds the requests of the worlds of a world. */
  addAll(others: RequestsOfWorlds): void {
    for (const [call, list] of others.#lists) this.add(call, list);
  }

  get isEmpty(): boolean {
    return this.#lists.size === 0;
  }

  clear(): void {
    this.#lists.clear();
  }

  /** Returns a note for each kind of world that got such a request. `call` is the assertion that found none. */
  write(call: string, isMeant: (entry: RequestEntry) => boolean, what = 'matching request'): readonly string[] {
    return [...this.#lists].flatMap(([kind, list]) => {
      const count = list.toArray().filter(isMeant).length;
      if (count === 0) return [];
      const least = list.dropped > 0 ? 'at least ' : '';
      const { all, each } = senders[kind];
      const sent = `${all} sent ${least}${counted(count, what)}.`;
      const place = places[kind](writeAssertion(call));
      return `${sent} The requests of ${each} go to its world, and not to this mock. Assert on the world: ${place}.`;
    });
  }
}

/** Writes a matcher or a method of `s3.requests` for a world. */
function writeAssertion(call: string): string {
  const isMethod = call.startsWith('s3.');
  const assertion = isMethod ? `world${call.slice('s3'.length)}(...)` : `expect(world).${call}(...)`;
  return call.endsWith('.waitFor') ? `await ${assertion}` : assertion;
}
