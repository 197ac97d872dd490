import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { URL } from 'node:url';
import type { Place } from '../patches';
import { byFetch, errorOfAddress, reject } from './clients';
import { type FetchRules, takeCall } from './fetches';

/**
 * The packages that bun replaces by modules of its own, whatever a project has installed. They keep `Bun.fetch` from their start, so their
 * exports are replaced.
 * @module
 */

type Call = (...args: unknown[]) => unknown;
type Run = Place<FetchRules>['run'];

export interface ReplacedModule {
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

export function replaceModules(tools: ReplacedModule): void {
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
  const whole = typeof path === 'string' && URL.canParse(base) ? new URL(path, base).href : base;
  if (!URL.canParse(whole)) return undefined;
  const url = new URL(whole);
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
