import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http';
import { makeCallback } from '../callback';
import type { WireDelay, WireReply } from '../wire';
import { chunkFrame, countBytes, isMade, mayHaveBody, sliceSize } from './reply-sender';
import { type MemorySocket, type Reader, SOCKET_STATE } from './socket-state';
import { afterArrival, stream } from './transfer';
import { noBytes, type RequestParts } from './wire-request';

export class DirectRequest {
  readonly parts: PlainRequest;
  readonly socket: MemorySocket;
  isAnswered = false;

  constructor(parts: PlainRequest, socket: MemorySocket) {
    this.parts = parts;
    this.socket = socket;
  }

  get waiting(): WaitingRequest {
    const { method, url, headers } = this.parts;
    const scheme = 'encrypted' in this.socket ? 'https' : 'http';
    const awaits = this.isAnswered ? 'reader' : 'reply';
    return { method, url: `${scheme}://${headers.get('host') ?? ''}${url}`, awaits };
  }
}

export interface WaitingRequest {
  readonly method: string;
  readonly url: string;
  /** `body`: the client has not sent all of it; `reply`: a rule delays the reply; `rest`: a rule stalls it; `reader`: the client has not read all of the reply. */
  readonly awaits: 'body' | 'reply' | 'rest' | 'reader';
}

export function waitingRequest(response: ServerResponse, isStalled: boolean): WaitingRequest {
  const { req: request, headersSent } = response;
  const { method = 'GET', url = '/', headers, socket, complete } = request;
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  const awaits = isStalled ? 'rest' : headersSent ? 'reader' : complete ? 'reply' : 'body';
  return { method, url: url.startsWith('/') ? `${scheme}://${headers.host ?? ''}${url}` : url, awaits };
}

type Reply = WireReply | WireDelay;

export interface DirectExchange {
  readonly isStopped: () => boolean;
  readonly answer: (request: DirectRequest) => Reply;
  /** Called when a request has come, and when its answer is written or is no longer written here. */
  readonly begin: (request: DirectRequest) => void;
  readonly end: (request: DirectRequest) => void;
  /** Whether the request is passed on to a real server, which is the work of Node's server. */
  readonly isForOthers: (request: PlainRequest) => boolean;
  /** Takes the connection if its first bytes are no request that the mock can read. */
  readonly carry: (bytes: Buffer) => boolean;
  /** Gives the connection to Node's server; with the reply to the request that the server reads first, if it was made already. */
  readonly handOver: (reply: (() => Reply) | undefined) => void;
  /** Called if a bug leaves nothing to answer on the connection. */
  readonly report: (bug: unknown) => void;
}

export class SeenHeaders {
  readonly lines = new HeaderLines();
  readonly names = new HeaderNames();
}

/**
 * Answers requests that are plain and arrive complete. At the first other request, Node's server takes over the connection (decision 43).
 */
export class DirectConnection implements Reader {
  readonly #socket: MemorySocket;
  readonly #exchange: DirectExchange;
  readonly #seen: SeenHeaders;
  // The bound functions are made once for a connection, not for each of its requests.
  readonly #answerOpen: () => void;
  readonly #endOpen: () => void;
  #held: (Buffer | null)[] = [];
  #open: DirectRequest | undefined;

  constructor(socket: MemorySocket, exchange: DirectExchange, seen: SeenHeaders) {
    this.#socket = socket;
    this.#exchange = exchange;
    this.#seen = seen;
    this.#answerOpen = makeCallback(exchange.report, () => this.#answer());
    this.#endOpen = makeCallback(exchange.report, () => this.#end());
    socket[SOCKET_STATE].reader = this;
    socket.on('error', ignore);
    socket.once('close', this.#endOpen);
  }

  accept(chunks: readonly (Buffer | null)[]): boolean {
    try {
      return this.#accept(chunks);
    } catch (bug) {
      this.#exchange.report(bug);
      return true;
    }
  }

  #accept(chunks: readonly (Buffer | null)[]): boolean {
    const [bytes] = chunks;
    const mayBePlain = chunks.length === 1 && this.#open === undefined && !this.#exchange.isStopped();
    const parts = mayBePlain && bytes ? readPlainRequest(bytes, this.#seen.lines) : undefined;
    for (const chunk of chunks) this.#held.push(chunk);
    if (parts === undefined && bytes && this.#open === undefined && this.#exchange.carry(bytes)) {
      this.#leave();
      return this.#streamHeld();
    }
    if (parts === undefined || this.#exchange.isForOthers(parts)) return this.#handOver();
    const request = new DirectRequest(parts, this.#socket);
    this.#open = request;
    this.#exchange.begin(request);
    // The rest of the body, or the end, may arrive in this turn, so the answer waits until the turn is over.
    afterArrival(this.#socket, this.#answerOpen);
    return true;
  }

  #answer(): void {
    const request = this.#open;
    if (request === undefined || this.#socket.destroyed) return;
    const { reply, bytes } = this.#exchange.isStopped() ? unanswered : this.#attempt(request);
    // The handler may have stopped the exchange.
    if (bytes === undefined || this.#exchange.isStopped()) {
      this.#handOver(reply);
      return;
    }
    const state = this.#socket[SOCKET_STATE];
    for (const chunk of this.#held.splice(0)) state.bytesRead += chunk?.length ?? 0;
    request.isAnswered = true;
    this.#socket.write(bytes, this.#endOpen);
  }

  #attempt(request: DirectRequest): Attempt {
    try {
      const reply = this.#exchange.answer(request);
      return { reply: () => reply, bytes: writePlainReply(reply, request.parts.method, this.#seen.names) };
    } catch (error) {
      const reply = () => {
        throw error;
      };
      return { reply, bytes: undefined };
    }
  }

  #handOver(reply?: () => Reply): boolean {
    this.#leave();
    // The present answer is sent to its end before Node's server writes its first answer.
    if (this.#open?.isAnswered === false) this.#end();
    this.#exchange.handOver(reply);
    return this.#streamHeld();
  }

  #leave(): void {
    this.#socket[SOCKET_STATE].reader = undefined;
    this.#socket.off('error', ignore);
  }

  #streamHeld(): boolean {
    const socket = this.#socket;
    socket.read(0); // so that the stream passes on what comes at once, and not in a later turn
    return stream(socket, this.#held.splice(0));
  }

  #end(): void {
    const request = this.#open;
    this.#open = undefined;
    if (request !== undefined) this.#exchange.end(request);
  }
}

interface Attempt {
  readonly reply: (() => Reply) | undefined;
  readonly bytes: Buffer | undefined;
}

const unanswered: Attempt = { reply: undefined, bytes: undefined };

function ignore(): void {}

/** A request that arrived complete, and that every HTTP parser reads in the same way. */
interface PlainRequest extends RequestParts {
  readonly body: Uint8Array;
}

const headEnd = '\r\n\r\n';
const lineEnd = '\r\n';
const requestLine = /^(GET|HEAD|PUT|POST|DELETE) (\/[!$-;=?-Z_a-z~]*) HTTP\/1\.1$/;
const methods = new Map(['GET', 'HEAD', 'PUT', 'POST', 'DELETE'].map((method) => [method, method]));
const length = /^\d{1,9}$/;

/** Node drops headers beyond a thousand; a head with half as many is not read here. */
const mostHeaders = 500;

/**
 * Reads a request from the bytes of one write. Returns undefined if they are more or less than one request, or if Node's server must read
 * it.
 */
export function readPlainRequest(bytes: Buffer, lines: HeaderLines): PlainRequest | undefined {
  // Converting a few kilobytes too many takes less time than a search in the Buffer.
  const text = bytes.toString('latin1', 0, maxHeaderSize);
  const end = text.indexOf(headEnd);
  if (end === -1) return undefined;
  // The head includes the end of its last line.
  const head = text.slice(0, end + lineEnd.length);
  const firstEnd = head.indexOf(lineEnd);
  const { 1: sentMethod = '', 2: path } = requestLine.exec(head.slice(0, firstEnd)) ?? [];
  const method = methods.get(sentMethod);
  if (method === undefined || path === undefined) return undefined;

  const rawHeaders: string[] = [];
  const headers = new Map<string, string>();
  const { known } = lines;
  for (let at = firstEnd + lineEnd.length; at < end; ) {
    const till = head.indexOf(lineEnd, at);
    const sent = head.slice(at, till);
    const line = known.get(sent) ?? lines.read(sent, bytes, at);
    if (line === undefined) return undefined;
    rawHeaders.push(line.name, line.value);
    headers.set(line.lowerName, line.value);
    at = till + lineEnd.length;
  }
  const isRepeated = rawHeaders.length !== 2 * headers.size;
  if (isRepeated || headers.size > mostHeaders) return undefined;

  const body = readBody(bytes, end + headEnd.length, headers.get('content-length'));
  const url = ownText(bytes, method.length + 1, method.length + 1 + path.length);
  return body && { method, url, rawHeaders, headers, body };
}

/** Returns a copy of the body, since the client can use its buffer again; undefined if the bytes are not the whole body. */
function readBody(bytes: Buffer, start: number, announced = '0'): Uint8Array | undefined {
  const size = bytes.length - start;
  if (!length.test(announced) || Number(announced) !== size) return undefined;
  if (size === 0) return noBytes;
  // This takes half the time of a typed array's slice(). Buffer's slice() returns a view of memory that other buffers can share.
  const body = Buffer.allocUnsafeSlow(size);
  body.set(bytes.subarray(start));
  return body;
}

interface HeaderLine {
  readonly name: string;
  readonly lowerName: string;
  readonly value: string;
}

const plainLine = /^([\w!#$%&'*+.^`|~-]+): ([!-~](?:[ -~]*[!-~])?)$/;

/** The headers by which Node's server decides how it reads on, or what it answers by itself. */
const namesOfNode: ReadonlySet<string> = new Set([
  'expect',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The most lines, or names, that are kept. */
const limit = 500;
/** The longest line that is kept: most longer lines contain a signature, and never come again. */
const longest = 200;
/** A header with more values, such as the id of a call, has another value in each request, so no more of its lines are kept. */
const mostValues = 50;

interface HeaderName extends Pick<HeaderLine, 'name' | 'lowerName'> {
  values: number;
}

/** A client repeats most headers in each request: a known line need not be read again, and the journal keeps its text once. */
export class HeaderLines {
  readonly #lines = new Map<string, HeaderLine>();
  readonly #names = new Map<string, HeaderName>();

  get known(): ReadonlyMap<string, HeaderLine> {
    return this.#lines;
  }

  read(text: string, bytes: Buffer, start: number): HeaderLine | undefined {
    const { 1: found, 2: value } = plainLine.exec(text) ?? [];
    if (found === undefined || value === undefined) return undefined;
    const known = this.#names.get(found) ?? this.#readName(found);
    const { name, lowerName } = known;
    if (isForNode(lowerName, value)) return undefined;
    known.values += 1;
    const end = start + text.length;
    const line = { name, lowerName, value: ownText(bytes, end - value.length, end) };
    if (text.length <= longest && known.values <= mostValues) keep(this.#lines, ownText(bytes, start, end), line);
    return line;
  }

  #readName(found: string): HeaderName {
    const bytes = Buffer.from(found, 'latin1');
    const name = ownText(bytes, 0, bytes.length);
    return keep(this.#names, name, { name, lowerName: name.toLowerCase(), values: 0 });
  }
}

/** Returns a text that does not refer to a longer one: V8 would keep all of that in memory, and the journal keeps the parts. */
function ownText(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('latin1', start, end);
}

function isForNode(lowerName: string, value: string): boolean {
  return namesOfNode.has(lowerName) || (lowerName === 'connection' && value.toLowerCase() !== 'keep-alive');
}

function keep<Value>(kept: Map<string, Value>, text: string, value: Value): Value {
  if (kept.size >= limit) kept.clear();
  kept.set(text, value);
  return value;
}

type Role = 'plain' | 'length' | 'encoding' | 'odd';

const token = /^[\w!#$%&'*+.^`|~-]+$/;
const plainValue = /^[\t -~]*$/;
const roleOf: ReadonlyMap<string, Role> = new Map([
  ['content-length', 'length'],
  ['transfer-encoding', 'encoding'],
  // The headers by which Node's server decides about the connection, or checks what else the reply has.
  ['connection', 'odd'],
  ['keep-alive', 'odd'],
  ['trailer', 'odd'],
  ['upgrade', 'odd'],
]);

/** Remembers which header names are valid and special, since nearly all replies have the same names. */
export class HeaderNames {
  readonly #roles = new Map<string, Role>();

  get known(): ReadonlyMap<string, Role> {
    return this.#roles;
  }

  read(name: string): Role {
    const role = token.test(name) ? (roleOf.get(name.toLowerCase()) ?? 'plain') : 'odd';
    if (this.#roles.size >= limit) this.#roles.clear();
    this.#roles.set(name, role);
    return role;
  }
}

/**
 * Returns undefined if Node's server must write the reply: a late, broken, stalled or long reply, a reply in pieces, or a reply with headers that are not
 * valid or that Node reads.
 */
export function writePlainReply(reply: WireReply | WireDelay, method: string, names: HeaderNames): Buffer | undefined {
  if ('until' in reply || reply.disconnect !== undefined || reply.stall !== undefined) return undefined;
  const { status, headers, body, pieceSize } = reply;
  if (pieceSize !== undefined) return undefined;
  const reason = STATUS_CODES[status];
  if (status < 200 || reason === undefined || body.length > sliceSize) return undefined;

  let head = `HTTP/1.1 ${status} ${reason}\r\n`;
  let framing: 'length' | 'encoding' | undefined;
  const { known } = names;
  for (const { 0: name, 1: value } of headers) {
    const role = known.get(name) ?? names.read(name);
    if (role === 'odd' || !plainValue.test(value)) return undefined;
    if (role !== 'plain') {
      if (framing !== undefined || (role === 'encoding' && value !== 'chunked')) return undefined;
      framing = role;
    }
    head += `${name}: ${value}\r\n`;
  }
  if (!mayHaveBody(reply, method)) {
    // Node ends the connection after a chunked reply whose status allows no body.
    const ends = framing === 'encoding' && (status === 204 || status === 304);
    return ends ? undefined : Buffer.from(`${head}\r\n`, 'latin1');
  }
  if (framing === undefined) head += `Content-Length: ${countBytes(body)}\r\n`;
  return withBody(`${head}\r\n`, body, framing === 'encoding');
}

function withBody(head: string, body: WireReply['body'], isChunked: boolean): Buffer | undefined {
  if (typeof body === 'string') {
    const [begin, end] = isChunked ? chunkFrame(Buffer.byteLength(body)) : ['', ''];
    return Buffer.from(head + begin + body + end);
  }
  if (isChunked || isMade(body)) return undefined;
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 'latin1');
  bytes.set(body, head.length);
  return bytes;
}
