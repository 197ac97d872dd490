import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { URL } from 'node:url';
import { parseUrl } from '../../text/parsed-url';
import type { WireHead } from '../../wire';
import type { Verdict } from '../judgement';
import { type Below, keepPatches, type PatchedPlace } from '../patches';
import { normalizeHost, type Target } from '../target';
import { type BunRules, takeBunRequest } from './bun-client';
import { byFetch, errorOfAddress, guardConstructor, reject } from './clients';
import type { LedRequest } from './own-port';

/**
 * Leads the requests of fetch to the port, and in bun those of all other functions that lead to its fetch.
 * @module
 */

/** What a replaced fetch asks of a capture, or of a guard. */
export interface FetchRules extends BunRules {
  readonly judgeFetch: (target: Target, head: WireHead) => Verdict;
  /** Returns the address and the options by which a fetch of the runtime reaches the port of the capture, and nothing else. */
  readonly leadFetch: (url: URL) => Promise<LedRequest>;
  /** Whether a connection to the target must not be opened in advance. */
  readonly keepsFrom: (target: Target) => boolean;
  readonly global: Pick<typeof globalThis, 'Error' | 'Headers' | 'process' | 'Request' | 'TypeError'>;
}

type Input = string | URL | Request | WithAddress;
type Options = FetchOptions | undefined;

/** bun also reads a request from an object. */
interface WithAddress extends RequestInit {
  readonly url: string;
}

/** The options of fetch, with those that bun adds. */
interface FetchOptions extends RequestInit {
  /** The path of a Unix socket, to which the request goes in place of its host. */
  readonly unix?: unknown;
}

export const fetchPlaces = (global: object): readonly PatchedPlace<FetchRules>[] => [
  { holder: global, name: 'fetch', run: takeCall },
];

/** bun opens a connection in advance by a function that fetch carries. */
export function preconnectPlaces(fetch: object): readonly PatchedPlace<FetchRules>[] {
  return Object.hasOwn(fetch, 'preconnect') ? [{ holder: fetch, name: 'preconnect', run: takePreconnect }] : [];
}

function takePreconnect(rules: FetchRules, _: unknown, [address]: readonly unknown[]): true | undefined {
  const url = parseUrl(String(address));
  return (url !== undefined && !rules.isOver() && rules.keepsFrom(readTarget(url))) || undefined;
}

/** Runs in place of a fetch. What is below it is that fetch, whose responses the code expects. */
function takeCall(rules: FetchRules, _: unknown, args: unknown[], below: Below): Promise<Response> | undefined {
  if (rules.isOver()) return undefined;
  const [input, options] = args;
  const request = readRequest(rules, input as Input, options as Options); // the arguments of fetch
  if (request === undefined) return undefined;
  const ofBun = takeBunRequest(rules, request.url, request.options);
  if ('error' in ofBun) return Promise.reject(ofBun.error);
  const { options: led, origin } = ofBun;
  if (led !== request.options) args[1] = led;
  if (origin === undefined) return takeFetch(rules, { ...request, options: led }, below);
  return (below(args) as Promise<Response>).then((response) => describeAt(response, origin));
}

/** bun has read the address from S3's name, and the path of the response is the path at S3. */
function describeAt(response: Response, origin: string): Response {
  const { pathname } = new URL(response.url);
  return describe(response, new URL(`${origin}${pathname}`), false);
}

/** A request of fetch. */
interface FetchRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: NonNullable<RequestInit['redirect']>;
  /** The request that the code gave in place of an address. Its body is read when the request is sent. */
  readonly source: Request | undefined;
  readonly options: FetchOptions;
}

/** Returns undefined for what is no request: fetch itself says what is wrong. */
function readRequest({ global }: FetchRules, input: Input, options: Options): FetchRequest | undefined {
  const source = input instanceof global.Request ? input : undefined;
  const read = source === undefined && hasAddress(input) ? input : undefined;
  const text = String(source?.url ?? read?.url ?? input);
  const given = read === undefined ? options : { ...read, ...options };
  // As with a connection of node:net, the path of a Unix socket wins over a host.
  const url = parseUrl(text);
  if (url === undefined || given?.unix) return undefined;
  const signal = given?.signal ?? source?.signal;
  return {
    url,
    method: (given?.method ?? source?.method ?? 'GET').toUpperCase(),
    headers: new global.Headers(given?.headers ?? source?.headers),
    redirect: given?.redirect ?? source?.redirect ?? 'follow',
    source,
    options: { ...given, ...(signal && { signal }) },
  };
}

function hasAddress(input: Input): input is WithAddress {
  return typeof input === 'object' && input !== null && 'url' in input && typeof input.url === 'string';
}

function readTarget({ protocol, hostname, port }: URL): Target {
  const secure = protocol === 'https:';
  return { host: normalizeHost(hostname), port: Number(port || (secure ? 443 : 80)), secure };
}

function takeFetch(rules: FetchRules, request: FetchRequest, below: Below): Promise<Response> | undefined {
  const verdict = judge(rules, request);
  if (verdict.kind === 'answered') return fetchFromPort(rules, request, below);
  return verdict.kind === 'refused' ? Promise.reject(makeFailure(rules, verdict.error)) : undefined;
}

function judge({ judgeFetch }: FetchRules, { url, method, headers }: FetchRequest): Verdict {
  return judgeFetch(readTarget(url), { method, url: url.pathname + url.search, headers: new Map(headers) });
}

function makeFailure({ global }: FetchRules, cause: unknown): Error {
  return new global.TypeError('fetch failed', { cause });
}

const mostRedirects = 20;

/** Sends the request to the port, and follows its redirects: fetch would follow them to the real hosts. */
async function fetchFromPort(rules: FetchRules, first: FetchRequest, below: Below): Promise<Response> {
  let request = await readBody(first);
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(rules, request, below);
    const next = request.redirect === 'manual' ? undefined : findRedirect(rules, request, response);
    if (next === undefined) return describe(response, request.url, redirects > 0);
    if (request.redirect === 'error' || redirects === mostRedirects)
      throw makeFailure(rules, new rules.global.Error(`${request.url.href} redirects to ${next.url.href}`));
    await response.body?.cancel();
    const verdict = judge(rules, next);
    if (verdict.kind === 'refused') throw makeFailure(rules, verdict.error);
    if (verdict.kind !== 'answered') return fetchElsewhere(next, below);
    request = next;
  }
}

/** A Request has its body as a stream, of which fetch would not know the length. */
async function readBody(request: FetchRequest): Promise<FetchRequest> {
  const { source, options } = request;
  const isOfSource = source !== undefined && source.body !== null && (options.body ?? undefined) === undefined;
  return isOfSource ? { ...request, options: { ...options, body: await source.arrayBuffer() } } : request;
}

async function send(rules: FetchRules, request: FetchRequest, below: Below): Promise<Response> {
  const { url, method, options } = request;
  const led = await rules.leadFetch(url);
  const headers = new rules.global.Headers(request.headers);
  headers.set(led.header.name, led.header.value);
  // The function below is fetch.
  return below([led.address, { ...options, method, headers, redirect: 'manual', ...led.options }]) as Promise<Response>;
}

function fetchElsewhere({ url, method, headers, redirect, options }: FetchRequest, below: Below): Promise<Response> {
  return below([url.href, { ...options, method, headers, redirect }]) as Promise<Response>;
}

const redirections: readonly number[] = [301, 302, 303, 307, 308];

/** Returns the request to which a response leads (Fetch, "HTTP-redirect fetch"). */
function findRedirect({ global }: FetchRules, request: FetchRequest, response: Response): FetchRequest | undefined {
  const location = response.headers.get('location');
  if (location === null || !redirections.includes(response.status)) return undefined;
  const url = new URL(location, request.url);
  const headers = new global.Headers(request.headers);
  if (url.origin !== request.url.origin) for (const name of ofOrigin) headers.delete(name);
  if (!becomesGet(request.method, response.status)) return { ...request, url, headers };
  for (const name of ofBody) headers.delete(name);
  const { body: _, ...options } = request.options;
  return { ...request, url, headers, method: 'GET', options };
}

const ofOrigin = ['authorization', 'cookie', 'host', 'proxy-authorization'];
const ofBody = ['content-encoding', 'content-language', 'content-length', 'content-location', 'content-type'];

function becomesGet(method: string, status: number): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return method === 'POST' && (status === 301 || status === 302);
}

/** The response says that it came from the address of the port, and so would its copy. */
function describe(response: Response, { href }: URL, redirected: boolean): Response {
  const [address = ''] = href.split('#', 1);
  const copy = response.clone.bind(response);
  const value = () => describe(copy(), new URL(address), redirected);
  return Object.defineProperties(response, {
    url: { value: address, configurable: true },
    redirected: { value: redirected, configurable: true },
    clone: { value, configurable: true, writable: true },
  });
}

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

/**
 * Replaces the other ways to bun's fetch: `Bun.fetch`, which is a function of its own, `Bun.FetchSession`, and the packages that bun replaces
 * by modules of its own. `Bun.fetch` and the modules can be replaced only as bun's own test runner replaces them.
 */
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

type Run = PatchedPlace<FetchRules>['run'];

interface ReplacedModule {
  /** Gives a module other exports. The imports of modules that are loaded already follow. */
  readonly publish: (name: string, made: object) => void;
  /** Makes a function that asks the captures before it calls the original. */
  readonly replace: (original: Call, run: Run) => Call;
  /** Makes a class whose constructor refuses what the mock would have to answer. */
  readonly guard: (name: string, original: Call) => Call;
  /** `Bun.fetch` itself. */
  readonly original: Call;
  /** `Bun.fetch` as it is replaced. */
  readonly fetch: Call;
}

/**
 * Replaces the exports of the packages that bun replaces by modules of its own, whatever a project has installed: they keep `Bun.fetch` from their
 * start.
 */
function replaceModules(tools: ReplacedModule): void {
  const load = createRequire(__filename);
  for (const name of ['node-fetch', 'isomorphic-fetch']) tools.publish(name, replaceFetch(tools, load(name)));
  tools.publish('@vercel/fetch', replaceFactory(tools, load('@vercel/fetch')));
  tools.publish('undici', replaceUndici(tools, load('undici')));
  tools.publish('ws', replaceWs(tools, load('ws')));
}

/** The export is fetch itself, which carries all other exports. */
function replaceFetch({ replace }: ReplacedModule, original: Call): Call {
  const fetch = replace(original, takeCall);
  Object.assign(fetch, { default: fetch, fetch });
  // cross-fetch keeps the function when it is loaded, and calls it so.
  Object.assign(original, { call: (receiver: unknown, ...args: unknown[]) => Reflect.apply(fetch, receiver, args) });
  return fetch;
}

/** The package wraps a fetch, by default that of bun. */
function replaceFactory({ fetch }: ReplacedModule, original: Call): Call {
  const make = (given: unknown = fetch) => original(given);
  return Object.assign(make, { default: make });
}

function replaceWs({ guard }: ReplacedModule, original: Call): Call {
  const value = guard('WebSocket', original);
  for (const name of ['default', 'WebSocket'])
    if (Object.hasOwn(value, name)) Object.defineProperty(value, name, { value, enumerable: true });
  return value;
}

interface UndiciOptions extends RequestInit {
  readonly origin?: unknown;
  readonly path?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly maxRedirections?: number;
  readonly opaque?: unknown;
  readonly context?: unknown;
}

type Dispatcher = new (origin: unknown, ...rest: unknown[]) => { request(options: UndiciOptions): unknown };

interface Undici {
  readonly fetch: Call;
  readonly request: Call;
  readonly stream: Call;
  readonly WebSocket: Call;
  readonly EventSource: Call;
  readonly Client: Dispatcher;
  readonly Pool: Dispatcher;
  readonly BalancedPool: Dispatcher;
}

function replaceUndici(tools: ReplacedModule, original: Undici): object {
  const { replace, guard, fetch } = tools;
  const request = replace(original.request, (rules, _, [address, options]) =>
    takeRequest(tools, rules, address, options),
  );
  const stream = replace(original.stream, (rules, _, [address]) =>
    reject(errorOfAddress(rules, String(address), byFetch("stream of bun's undici"))),
  );
  const made = { ...original, fetch, request, stream };
  for (const name of ['WebSocket', 'EventSource'] as const) made[name] = guard(name, original[name]);
  for (const name of ['Client', 'Pool', 'BalancedPool'] as const) made[name] = replaceDispatcher(tools, original[name]);
  return Object.assign(made, { default: made });
}

/** A client of undici has its origin for itself. */
function replaceDispatcher(tools: ReplacedModule, original: Dispatcher): Dispatcher {
  return class extends original {
    constructor(origin: unknown, ...rest: unknown[]) {
      super(origin, ...rest);
      const own: Call = (options) => super.request(Object(options));
      const run: Run = (rules, _, [options]) => takeRequest(tools, rules, origin, options);
      Object.defineProperty(this, 'request', { value: tools.replace(own, run), writable: true, configurable: true });
    }
  };
}

/** Sends a request of undici by fetch, as bun does. Returns undefined for a request that no mock takes. */
function takeRequest(
  { original }: ReplacedModule,
  rules: FetchRules,
  address: unknown,
  given: unknown,
): Promise<object> | undefined {
  const options: UndiciOptions = Object(given);
  const url = findUrl(address, options);
  const { maxRedirections = 0, body, headers, signal, method } = options;
  const init = {
    ...{ method, signal, headers: readHeaders(headers), redirect: maxRedirections > 0 ? 'follow' : 'manual' },
    ...(body && { body: body instanceof Readable ? Readable.toWeb(body) : body }),
  };
  const responding = url && takeCall(rules, undefined, [url, init], (args) => Reflect.apply(original, undefined, args));
  return responding?.then((response) => writeResponse(response, options));
}

function findUrl(address: unknown, { origin, path, query }: UndiciOptions): URL | undefined {
  const base = String(origin ?? address);
  const known = parseUrl(base);
  const url = known !== undefined && typeof path === 'string' ? new URL(path, known) : known;
  if (url === undefined) return undefined;
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, String(value));
  return url;
}

/** undici also takes the names and the values in one list. */
function readHeaders(headers: unknown): unknown {
  if (!Array.isArray(headers) || Array.isArray(headers[0])) return headers ?? undefined;
  return headers.flatMap((name, at) => (at % 2 === 0 ? [[String(name), String(headers[at + 1])]] : []));
}

function writeResponse(response: Response, { opaque = {}, context = {} }: UndiciOptions): object {
  const { status: statusCode, headers } = response;
  // The types of Node and those of the runtime name the same streams.
  const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as never);
  return {
    ...{ statusCode, headers: Object.fromEntries(headers), trailers: {}, opaque, context },
    body: Object.assign(body, {
      arrayBuffer: async () => new Uint8Array(await readAll(body)).buffer,
      bytes: async () => new Uint8Array(await readAll(body)),
      json: async () => JSON.parse((await readAll(body)).toString()),
      text: async () => (await readAll(body)).toString(),
    }),
  };
}

async function readAll(body: Readable): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
