import { URL } from 'node:url';
import type { WireHead } from '../../wire';
import type { Verdict } from '../passing';
import type { Below, Place } from '../patches';
import { normalizeHost, type Target } from '../target';
import { takeBunRequest } from './bun-clients';
import type { BunRules } from './bun-signing';
import type { LedRequest } from './own-port';

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

export const fetchPlaces = (global: object): readonly Place<FetchRules>[] => [
  { holder: global, name: 'fetch', run: takeCall },
];

/** bun opens a connection in advance by a function that fetch carries. */
export function preconnectPlaces(fetch: object): readonly Place<FetchRules>[] {
  return Object.hasOwn(fetch, 'preconnect') ? [{ holder: fetch, name: 'preconnect', run: takePreconnect }] : [];
}

function takePreconnect(rules: FetchRules, _: unknown, [address]: readonly unknown[]): true | undefined {
  const text = String(address);
  const isKept = !rules.isOver() && URL.canParse(text) && rules.keepsFrom(readTarget(new URL(text)));
  return isKept || undefined;
}

/** Runs in place of a fetch. What is below it is that fetch, whose responses the code expects. */
export function takeCall(rules: FetchRules, _: unknown, args: unknown[], below: Below): Promise<Response> | undefined {
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
  if (!URL.canParse(text) || given?.unix) return undefined;
  const signal = given?.signal ?? source?.signal;
  return {
    url: new URL(text),
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
