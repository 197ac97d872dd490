/** What is needed of the user's nock, 13, 14 or 15. */
export interface Nock {
  (origin: RegExp, options: { allowUnmocked: boolean }): { get(path: string): NockInterceptor };
  removeInterceptor(interceptor: object): boolean;
  activeMocks(): string[];
  cleanAll(): void;
}

interface NockInterceptor {
  reply(status?: number): unknown;
}

type Takes = (host: string, port: number) => boolean;

const KEY = Symbol.for('s3-versioning-mock.nock.v1');

/**
 * Lets our hosts through nock's net-connect guard until the returned function is called.
 *
 * nock keeps what enableNetConnect() and disableNetConnect() were told to itself, so it could not be put back once
 * overwritten. It is not touched: nock gets a scope for our hosts that has no interceptor and `allowUnmocked`, nock's
 * own way to let a host through whatever its guard says. A scope that the test itself declares for such a host goes
 * first (in nock 15 we do: it sees a connection only after us). Of ours there remains in nock, until its next cleanAll(),
 * an entry that matches nothing. A cleanAll() that was taken out of nock before the start closes the way again, and so
 * does nock.back.setMode().
 */
export function openNock(nock: Nock & { [KEY]?: Gate }, takes: Takes): () => void {
  if (typeof nock !== 'function' || typeof nock.removeInterceptor !== 'function') {
    throw new TypeError(
      "nock: what was given is not nock; right is mockS3({ nock }) with const nock = require('nock')",
    );
  }
  const gate = nock[KEY] ?? new Gate(nock);
  if (nock[KEY] === undefined) Object.defineProperty(nock, KEY, { value: gate, configurable: true });
  gate.open(takes);
  return () => gate.close(takes);
}

/** Stands for every origin of our hosts. nock matches an expression by its test() method. */
class Origins extends RegExp {
  constructor(readonly includes: (origin: string) => boolean) {
    super('hosts of s3-versioning-mock');
  }

  override test(origin: string): boolean {
    return this.includes(origin);
  }
}

/** The way through one nock, shared by all captures that were given it. */
class Gate {
  readonly #takers: Takes[] = [];
  readonly #origins = new Origins((origin) => this.#lets(origin));
  readonly #nock: Nock;
  #undo: (() => void) | undefined;

  constructor(nock: Nock) {
    this.#nock = nock;
  }

  open(takes: Takes): void {
    this.#takers.push(takes);
    this.#enter();
    this.#undo ??= this.#watchCleanAll();
  }

  close(takes: Takes): void {
    this.#takers.splice(this.#takers.indexOf(takes), 1);
    if (this.#takers.length > 0) return;
    this.#undo?.();
    this.#undo = undefined;
  }

  /** Leaves a scope without interceptors: nock lists it nowhere, and lets its hosts through. */
  #enter(): void {
    const interceptor = this.#nock(this.#origins, { allowUnmocked: true }).get('/');
    interceptor.reply(200);
    this.#nock.removeInterceptor(interceptor);
  }

  /** nock.cleanAll() drops our scope with all others. */
  #watchCleanAll(): () => void {
    const nock = this.#nock;
    const { cleanAll } = nock;
    const watched = () => {
      cleanAll();
      if (this.#takers.length > 0) this.#enter();
    };
    nock.cleanAll = watched;
    return () => {
      if (nock.cleanAll === watched) nock.cleanAll = cleanAll;
    };
  }

  #lets(origin: string): boolean {
    const [, host = '', port] = /^https?:\/\/(.*):(\d+)$/.exec(origin) ?? [];
    if (!this.#takers.some((takes) => takes(host, Number(port)))) return false;
    return !this.#nock.activeMocks().some((mock) => mock.includes(` ${origin}/`));
  }
}
