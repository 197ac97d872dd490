import { keepPatches } from '../patches';
import { type ReplacedModule, replaceModules } from './bun-modules';
import { guardConstructor } from './constructors';
import { type FetchRules, takeCall } from './fetches';

/**
 * Replaces the other ways to bun's fetch: `Bun.fetch`, which is a function of its own, `Bun.FetchSession`, and the packages that bun replaces
 * by modules of its own. `Bun.fetch` and the modules can be replaced only as bun's own test runner replaces them.
 * @module
 */

type Present = () => readonly FetchRules[];
type Call = (...args: unknown[]) => unknown;
type Session = new (...args: unknown[]) => { readonly fetch: Call };

interface Spy extends Call {
  readonly mock: { readonly calls: readonly unknown[] };
  mockClear(): unknown;
  mockImplementation(implementation: Call): unknown;
}

/** The part of `bun:test` that the library calls. bun has the module outside of its test runner, too. */
interface BunTest {
  readonly jest: object;
  readonly vi: object;
  readonly mock: { module(name: string, makeExports: () => unknown): unknown };
  spyOn(holder: object, name: string): Spy;
}

interface Bun {
  readonly fetch: Call;
  FetchSession?: Session;
}

/** The process has these functions and modules once. */
let isDone = false;

export function replaceBunFetches(present: Present): void {
  const test: unknown = process.getBuiltinModule?.('bun:test');
  const { Bun: bun } = globalThis as { readonly Bun?: Bun };
  if (test === undefined || bun === undefined || isDone) return;
  isDone = true;
  const runner = test as BunTest; // bun alone has a module of this name
  const { fetch: original, FetchSession } = bun;
  const replace = makeReplace(present);
  const fetch = replace(original, takeCall);
  replaceModules({
    publish: (name, made) => runner.mock.module(name, () => made),
    replace,
    guard: (name, one) => guardConstructor(name, one, present),
    ...{ original, fetch },
  });
  if (FetchSession !== undefined) bun.FetchSession = replaceSession(FetchSession, replace);
  new Spies(runner, bun, fetch).keep();
}

function makeReplace(present: Present): ReplacedModule['replace'] {
  return (original, run) => {
    const holder: Record<string, Call> = { [original.name]: original };
    keepPatches([{ holder, name: original.name, run }], present);
    return holder[original.name] ?? original;
  };
}

/** A session has its function at its prototype, which cannot be changed. */
function replaceSession(original: Session, replace: ReplacedModule['replace']): Session {
  return class FetchSession extends original {
    constructor(...args: unknown[]) {
      super(...args);
      const own: Call = super.fetch;
      Object.defineProperty(this, 'fetch', { value: replace(own.bind(this), takeCall), enumerable: true });
    }
  };
}

/** A spy remembers each call with its result. The library needs none of them. */
const remembered = 100;

/** `Bun.fetch` can be replaced by a spy alone. When a test restores its spies, bun takes ours away with them. */
class Spies {
  readonly #runner: BunTest;
  readonly #bun: Bun;
  readonly #native: Call;
  readonly #fetch: Call;
  /** The spies that code can still call, newest last. */
  readonly #spies: Spy[] = [];

  constructor(runner: BunTest, bun: Bun, fetch: Call) {
    this.#runner = runner;
    this.#bun = bun;
    this.#native = bun.fetch;
    this.#fetch = fetch;
  }

  keep(): void {
    this.#spy();
    const { mock, jest, vi } = this.#runner;
    for (const [holder, name] of [
      [mock, 'restore'],
      ...[jest, vi].flatMap((one) => [[one, 'restoreAllMocks'] as const, [one, 'resetAllMocks'] as const]),
    ] as const)
      this.#watch(holder, name);
  }

  #spy(): void {
    const spy = this.#runner.spyOn(this.#bun, 'fetch');
    for (const name of ['mockRestore', 'mockReset']) this.#watch(spy, name);
    this.#implement(spy);
    this.#spies.push(spy);
    if (this.#spies.length > remembered) this.#spies.shift();
  }

  #implement(spy: Spy): void {
    spy.mockImplementation((...args) => {
      if (spy.mock.calls.length > remembered) spy.mockClear();
      return this.#fetch(...args);
    });
  }

  /** Puts the spies back when a function has taken them away. */
  #watch(holder: object, name: string): void {
    const below: unknown = Reflect.get(holder, name);
    if (typeof below !== 'function') return;
    const again = () => this.#again();
    const value = function (this: unknown, ...args: unknown[]): unknown {
      const result: unknown = Reflect.apply(below, this, args);
      again();
      return result;
    };
    Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
  }

  #again(): void {
    for (const spy of this.#spies) this.#implement(spy);
    if (this.#bun.fetch === this.#native) this.#spy();
  }
}
