import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Endpoint, WireRequest } from '../wire';
import { isMemorySocket, SOCKET_STATE } from './socket-state';
import { readAuthority, type Target } from './target';

export interface RequestHead extends Omit<WireRequest, 'endpoint' | 'trailers' | 'body'> {
  readonly authority: Target | undefined;
  readonly isAbsolute: boolean;
}

export interface RequestParts extends Pick<WireRequest, 'method' | 'url' | 'rawHeaders' | 'headers'> {}

const absoluteForm = /^https?:\/\/([^/?#]*)/i;

/** The host to which a client sent a request, and the headers that it wrote. */
export interface SentHead {
  readonly target: Target;
  readonly rawHeaders: readonly string[];
  /** The Host header that the code meant, if the client had to write another one, and signed it. */
  readonly host?: string;
}

/** Returns the first value of a header, of which `name` is in lower case. */
export function readHeader(rawHeaders: readonly string[], name: string): string | undefined {
  const at = rawHeaders.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at === -1 ? undefined : rawHeaders[at + 1];
}

interface Origin {
  readonly socket: Socket;
  readonly run: number | undefined;
}

export function readHead(
  request: IncomingMessage,
  { target, rawHeaders, host }: SentHead,
  { run, texts }: Pick<Origin, 'run'> & { readonly texts: RecentTexts },
): RequestHead {
  const { method = '', url = '', socket } = request;
  const headers = joinHeaders(rawHeaders, texts);
  if (host !== undefined) headers.set('host', host);
  return makeHead({ method, url, rawHeaders, headers }, target, { socket, run });
}

export function makeHead(parts: RequestParts, target: Target, { socket, run }: Origin): RequestHead {
  const { method, url: given, rawHeaders, headers } = parts;
  const { secure } = target;
  const absolute = absoluteForm.exec(given);
  const hostHeader = absolute?.[1] ?? headers.get('host');
  const authority = hostHeader ? readAuthority(hostHeader, secure ? 443 : 80, secure) : undefined;
  const url = absolute === null ? given : originForm(given.slice(absolute[0].length));
  const host = authority?.host ?? target.host;
  const sender = isMemorySocket(socket) ? socket[SOCKET_STATE].sender : undefined;
  return { method, url, host, secure, headers, rawHeaders, authority, isAbsolute: absolute !== null, sender, run };
}

export const noBytes: Uint8Array = Buffer.alloc(0);
const noTrailers: ReadonlyMap<string, string> = new Map();

export function makeRequest(
  head: RequestHead,
  endpoint: Endpoint,
  body = noBytes,
  rawTrailers = noRawTrailers,
): WireRequest {
  const { method, url, host, secure, headers, rawHeaders, sender, run } = head;
  const trailers = rawTrailers.length === 0 ? noTrailers : joinHeaders(rawTrailers);
  return { method, url, host, secure, headers, rawHeaders, endpoint, trailers, body, sender, run };
}

const noRawTrailers: readonly string[] = [];

export function findEndpoint(
  { authority }: RequestHead,
  target: Target,
  endpointOf: (host: string, port: number) => Endpoint | undefined,
): Endpoint | undefined {
  const named = authority && endpointOf(authority.host, authority.port);
  return named ?? endpointOf(target.host, target.port);
}

function joinHeaders(rawHeaders: readonly string[], texts?: RecentTexts): Map<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    const value = rawHeaders[at + 1] ?? '';
    const earlier = headers.get(name);
    const text = earlier === undefined ? value : `${earlier}, ${value}`;
    headers.set(name, texts?.sameText(name, text) ?? text);
  }
  return headers;
}

/** Returns the url without its host. It is cut as text, since URL would resolve `a/../b`, which is a valid key. */
function originForm(rest: string): string {
  return rest.startsWith('/') ? rest : `/${rest}`;
}

const limit = 200;

/** Most headers are the same in each request, and the parser makes new strings each time: the journal keeps the earlier text once. */
export class RecentTexts {
  readonly #texts = new Map<string, string>();

  sameText(name: string, text: string): string {
    const recent = this.#texts.get(name);
    if (recent === text) return recent;
    if (this.#texts.size >= limit) this.#texts.clear();
    this.#texts.set(name, text);
    return text;
  }
}
