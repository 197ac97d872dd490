import { makeMistake } from '../text/mistakes';
import { writeGiven } from '../text/values';

/** The functions of your nock that the capture calls. The versions 13, 14 and 15 contain them. */
export interface NockFunction {
  (origin: RegExp, options: { allowUnmocked: boolean }): { get(path: string): { reply(status?: number): unknown } };
  removeInterceptor(interceptor: object): boolean;
  activeMocks(): string[];
  cleanAll(): void;
}

/** Your nock: its function, or the module of nock 15 that `require('nock')` and `import * as nock` return. */
export type Nock = NockFunction | { readonly default: NockFunction };

type Takes = (host: string, port: number) => boolean;

const KEY = Symbol.for('s3-versioning-mock.nock.v1');

/**
 * Lets our hosts through nock's net-connect guard until the returned function is called.
 *
 * nock does not expose the arguments of enableNetConnect() and disableNetConnect(), so they could not be restored once
 * overwritten, and are not changed. Instead nock gets a scope for our hosts without an interceptor and with `allowUnmocked`,
 * nock's own option to let a host through its guard. A scope that the test itself declares for such a host wins (in
 * nock 15 we win: it sees a connection after us only). Afterwards an entry that matches nothing remains in nock until its
 * next cleanAll(). A reference to cleanAll() that was taken before the start removes our scope, and so does
 * nock.back.setMode().
 */
export function openNock(given: Nock, takes: Takes): () => void {
  const nock: NockFunction & { [KEY]?: Gate } = readNock(given);
  const gate = nock[KEY] ?? new Gate(nock);
  if (nock[KEY] === undefined) Object.defineProperty(nock, KEY, { value: gate, configurable: true });
  gate.open(takes);
  return () => gate.close(takes);
}

function readNock(given: Nock): NockFunction {
  // Users of plain JavaScript may give anything.
  const value: unknown = given;
  const inModule = typeof value === 'object' && value !== null && 'default' in value ? value.default : undefined;
  const nock = [value, inModule].find(isNock);
  if (nock !== undefined) return nock;
  throw makeMistake(
    `mockS3: nock ${writeGiven(given)} is not the module nock. Write const nock = require('nock') or import nock from 'nock', then mockS3({ nock }).`,
  );
}

function isNock(value: unknown): value is NockFunction {
  return typeof value === 'function' && 'removeInterceptor' in value && typeof value.removeInterceptor === 'function';
}

/** nock calls the test() method of an expression. */
class Origins extends RegExp {
  constructor(readonly includes: (origin: string) => boolean) {
    super('hosts of s3-versioning-mock');
  }

  override test(origin: string): boolean {
    return this.includes(origin);
  }
}

class Gate {
  readonly #takers: Takes[] = [];
  readonly #origins = new Origins((origin) => this.#lets(origin));
  readonly #nock: NockFunction;
  #undo: (() => void) | undefined;

  constructor(nock: NockFunction) {
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

  #enter(): void {
    const interceptor = this.#nock(this.#origins, { allowUnmocked: true }).get('/');
    interceptor.reply(200);
    this.#nock.removeInterceptor(interceptor);
  }

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
