import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import timers from 'node:timers';
import { makeCallback } from '../callback';
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
  excess?: Uint8Array,
): WireRequest {
  const { method, url, host, secure, headers, rawHeaders, sender, run } = head;
  const trailers = rawTrailers.length === 0 ? noTrailers : joinHeaders(rawTrailers);
  return { method, url, host, secure, headers, rawHeaders, endpoint, trailers, body, excess, sender, run };
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

const headLimit = 1024;

interface Start {
  readonly text: string;
  /** The bytes that came last, until its head is parsed. */
  readonly chunk?: Buffer;
  readonly request?: IncomingMessage;
  /** The bytes that came in one chunk with the end of its head. They belong to the next request if this request has no body. */
  readonly rest?: string;
}

const nothing: Start = { text: '' };

/** If Node cannot parse a request, its error contains the bytes of the last chunk alone. */
export class RequestStarts {
  readonly #last = new WeakMap<Duplex, Start>();
  readonly #listeners = new WeakMap<Duplex, (chunk: Buffer) => void>();

  /** Reads the bytes of a connection before the server's parser does. */
  watch(socket: Duplex, report: (bug: unknown) => void): void {
    const read = makeCallback(report, (chunk: Buffer) => this.#read(socket, chunk));
    this.#listeners.set(socket, read);
    socket.prependListener('data', read);
  }

  unwatch(socket: Duplex): void {
    const listener = this.#listeners.get(socket);
    if (listener !== undefined) socket.off('data', listener);
  }

  noteHead(request: IncomingMessage): void {
    const { socket } = request;
    const { text, chunk, rest } = this.#startOn(socket);
    this.#last.set(socket, { text, request, rest: chunk === undefined ? (rest ?? '') : restOf(chunk) });
  }

  headOn(socket: Duplex): string {
    return this.#startOn(socket).text;
  }

  methodOn(socket: Duplex): string | undefined {
    const { request, text } = this.#startOn(socket);
    return request?.method ?? /^\w+/.exec(text)?.[0];
  }

  #read(socket: Duplex, chunk: Buffer): void {
    const start = this.#startOn(socket);
    if (start.request?.complete === false) return; // the bytes of its body
    const before = start.request === undefined ? start.text : hasBody(start.request) ? '' : start.rest;
    const text = `${before}${chunk.toString('latin1', 0, headLimit)}`.slice(0, headLimit);
    this.#last.set(socket, { text, chunk });
  }

  #startOn(socket: Duplex): Start {
    return this.#last.get(socket) ?? nothing;
  }
}

function restOf(chunk: Buffer): string {
  const end = chunk.lastIndexOf('\r\n\r\n');
  return end < 0 ? '' : chunk.toString('latin1', end + 4, end + 4 + headLimit);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}

/** What a client speaks to a port that speaks the other. */
export type OtherProtocol = 'TLS' | 'HTTP';

export type UnparsableError = NodeJS.ErrnoException & { readonly rawPacket?: unknown; readonly bytesParsed?: number };

/** Node's parser stops some bytes later, if those before are the beginning of a method. */
const longestMethod = 16;

/** The bytes behind a request, from its packet, which has the head or only the body. */
export function readExcess(
  { rawPacket, bytesParsed }: UnparsableError,
  { headers }: IncomingMessage,
): Uint8Array | undefined {
  if (!Buffer.isBuffer(rawPacket) || bytesParsed === undefined) return undefined;
  const headEnd = rawPacket.indexOf('\r\n\r\n');
  const end = (headEnd === -1 ? 0 : headEnd + 4) + Number(headers['content-length'] ?? 0);
  const isEnd = end <= bytesParsed && bytesParsed - end < longestMethod;
  return new Uint8Array(rawPacket.subarray(isEnd ? end : bytesParsed));
}

/** The first bytes of TLS are the type of a handshake and the version of the protocol. */
export function findOtherProtocol({ code, rawPacket }: UnparsableError): OtherProtocol | undefined {
  if (code === 'ERR_SSL_HTTP_REQUEST') return 'HTTP';
  const isTls = Buffer.isBuffer(rawPacket) && rawPacket[0] === 0x16 && rawPacket[1] === 0x03;
  return isTls ? 'TLS' : undefined;
}

export interface BodyReader {
  readonly done: (body: Uint8Array) => void;
  /** Called in place of `done` if the client sends nothing for `patience` milliseconds. */
  readonly cutShort: (body: Uint8Array) => void;
  /** Called in place of `done` if somebody ends the wait. */
  readonly overtaken: () => void;
  readonly patience: number;
  /** Takes a function that ends the wait at once, and returns a function that forgets it. */
  readonly onOvertaken: (endNow: () => void) => () => void;
  readonly report: (bug: unknown) => void;
}

export function collectBody(response: ServerResponse, reader: BodyReader): void {
  const { done, cutShort, overtaken, patience, onOvertaken, report } = reader;
  const request = response.req;
  const chunks: Buffer[] = [];
  const body = () => {
    const [first = noBytes] = chunks;
    return chunks.length < 2 ? first : Buffer.concat(chunks);
  };
  let isOver = false;
  const leave = () => {
    isOver = true;
    silence.end();
    forget();
  };
  const end = (give: BodyReader['done']) =>
    makeCallback(report, () => {
      if (isOver) return;
      leave();
      give(body());
    });
  const silence = new Silence(patience, isMemorySocket(request.socket), end(cutShort));
  const forget = onOvertaken(end(overtaken));
  request.on('data', (chunk: Buffer) => {
    silence.restart();
    if (!isOver) chunks.push(chunk);
  });
  request.on('end', end(done));
  // If a request is answered before its end, Node never emits its 'close', so the response is watched too.
  for (const closing of [request, response]) closing.once('close', leave);
}

// These come from the core module at import: the wait takes real time, and the fake timers of a test must neither freeze nor end it.
const { setInterval: repeat, clearInterval: forget } = timers;

const parts = 20;

/**
 * Calls back once a client has sent nothing for some time, which is counted in parts: if the process stood still, as in a debugger, the client
 * had no time to send either. A client in memory keeps the process alive meanwhile, as a real connection does; a port keeps no process alive.
 */
class Silence {
  readonly #timer: NodeJS.Timeout;
  #passed = 0;

  constructor(patience: number, keepsAlive: boolean, isTooLong: () => void) {
    this.#timer = repeat(() => {
      this.#passed += 1;
      if (this.#passed >= parts) isTooLong();
    }, patience / parts);
    if (!keepsAlive) this.#timer.unref();
  }

  restart(): void {
    this.#passed = 0;
  }

  end(): void {
    forget(this.#timer);
  }
}
