import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { makeCallback } from '../callback';
import { parseUrl } from '../text/parsed-url';
import type { WireHead } from '../wire';
import type { GuardErrorOf } from './guard';
import type { Proxies, Route, Verdict } from './judgement';
import { findOwner } from './registry';
import { takeRun } from './runs';
import { isMemorySocket, type MemorySocket, SOCKET_STATE, type WriteDone } from './socket-state';
import {
  type ConnectCall,
  findTlsOptions,
  normalizeHost,
  readAuthority,
  readNamedTarget,
  readTarget,
  type Target,
} from './target';

/**
 * The way of a request that a client writes to a real server. On a connection of its own, the request is judged when it is written: it passes, is refused, or is
 * answered by the mock, which takes the connection over. On a connection in memory, which stands for one to a proxy or to an address that services share,
 * what is not for the mock is forwarded.
 * @module
 */

/** A write as net.Socket passes it to its handle; of a writev, `data` has the chunks. */
export interface Write {
  readonly isMany: boolean;
  readonly data: unknown;
  readonly encoding: BufferEncoding;
  readonly done: WriteDone;
}

interface WrittenHead extends WireHead {
  /** The bytes that follow the head in the same write. */
  readonly following: number;
}

export interface PassingRules {
  judge(head: WrittenHead, route: Route): Verdict;
  /**
   * Judges bytes that are not the head of a request. `isKnown` says whether they belong to a request that began before the start. The real server would
   * answer this request.
   */
  judgeBegun(route: Route, isKnown: () => boolean): Verdict;
  adopt(socket: net.Socket, route: Route, target: Target, needsServer: boolean): void;
}

/** node:http keeps the request that a socket serves at the socket, and the text of its head at the request. */
interface NodeRequest {
  readonly _header?: unknown;
  readonly upgradeOrConnect?: unknown;
}

interface PassingConnection {
  readonly route: Route;
  readonly requests: WrittenRequests;
  /** Whether the connection was open before the start, and no head has been read on it since. */
  isUnread: boolean;
}

const passes: Verdict = { kind: 'passes' };

/** Judges a request when a client writes it: a pool may have opened the connection before the start, and only the bytes show which host a proxy should reach. */
export class PassingConnections {
  /** The connections by their sockets. If a connection is left alone, the value is null. */
  readonly #connections = new WeakMap<net.Socket, PassingConnection | null>();
  readonly #rules: PassingRules;

  constructor(rules: PassingRules) {
    this.#rules = rules;
  }

  watch(socket: net.Socket, call: ConnectCall): void {
    const secure = socket instanceof tls.TLSSocket;
    const target = readTarget(call, secure);
    const route = target && { call, target, named: readNamedTarget(call, target) };
    this.#connections.set(socket, route ? { route, requests: new WrittenRequests(), isUnread: false } : null);
  }

  leave(socket: net.Socket): void {
    this.#connections.set(socket, null);
  }

  /** Returns true if the bytes do not go to the network. */
  take(socket: net.Socket, write: Write): boolean {
    // While the socket connects, net.Socket keeps the write, and calls this function again afterwards.
    if (socket.connecting) return false;
    const known = this.#connections.get(socket);
    if (known === null) return false;
    const connection = known ?? this.#meet(socket);
    return (
      connection !== undefined &&
      this.#act(socket, write, connection, judgeWrite(this.#rules, connection, socket, write))
    );
  }

  #meet(socket: net.Socket): PassingConnection | undefined {
    const route = findRoute(socket);
    const connection = route && { route, requests: new WrittenRequests(), isUnread: true };
    this.#connections.set(socket, connection ?? null);
    return connection;
  }

  #act(socket: net.Socket, write: Write, { route }: PassingConnection, verdict: Verdict): boolean {
    if (verdict.kind === 'passes') return false;
    this.leave(socket);
    if (verdict.kind === 'leaves') return false;
    if (verdict.kind === 'refused') write.done(verdict.error);
    else {
      this.#rules.adopt(socket, route, verdict.target, verdict.needsServer);
      writeAgain(socket, write);
    }
    return true;
  }
}

/** The members of a socket in which net.Socket and node:http store their state. */
interface LiveSocket extends net.Socket {
  /** The name that was looked up. */
  readonly _host?: unknown;
  readonly servername?: unknown;
  /** The server that accepted the connection. */
  readonly server?: unknown;
  readonly _httpMessage?: NodeRequest | null;
}

function judgeWrite(rules: PassingRules, connection: PassingConnection, socket: LiveSocket, write: Write): Verdict {
  const { route, requests, isUnread } = connection;
  const head = requests.read(write, socket._httpMessage ?? undefined);
  if (head === 'rest') return rules.judgeBegun(route, () => true);
  if (head === undefined) return isUnread ? rules.judgeBegun(route, () => countOpen(socket) > 0) : passes;
  connection.isUnread = false;
  // If an earlier request is still open, the client would take the answer to this request for the answer to the earlier request. A request with a body
  // counts as open before it is written.
  const isBehind = isUnread && countOpen(socket) > (hasBody(head) ? 1 : 0);
  return isBehind ? rules.judgeBegun(route, () => true) : rules.judge(head, route);
}

function writeAgain(socket: net.Socket, { isMany, data, encoding, done }: Write): void {
  if (isMany && Array.isArray(data)) socket._writev?.(data, done);
  else socket._write(data, encoding, done);
}

/** Returns undefined if the socket is not the connection of a client to a host, for instance a socket in a file or the standard output. */
function findRoute(socket: LiveSocket): Route | undefined {
  if (socket.server) return undefined;
  const secure = socket instanceof tls.TLSSocket;
  const options = secure ? (findTlsOptions(socket) ?? {}) : {};
  const { _host: looked, remoteAddress, remotePort, servername = options.servername } = socket;
  const host = looked || options.host || servername || remoteAddress;
  if (options.path || typeof host !== 'string') return undefined;
  const port = Number(options.socket ? options.port : remotePort) || (secure ? 443 : 80);
  const target = { host: normalizeHost(host), port, secure };
  const named = readNamedTarget({ options: { servername }, listener: undefined }, target);
  // With these options, another connection to the same server needs no look-up.
  const again = { ...options, host: remoteAddress, port: remotePort };
  const call = {
    options: secure && net.isIP(host) === 0 ? { servername: host, ...again } : again,
    listener: undefined,
  };
  return { call, target, named };
}

/** Counts the requests that undici has written on a connection and that have no answer yet. */
function countOpen(socket: net.Socket): number {
  const client = readHidden(socket, 'client');
  return Number(readHidden(client, 'pending index')) - Number(readHidden(client, 'running index')) || 0;
}

/** Reads what a library keeps under a symbol of its own. */
function readHidden(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const symbol = Object.getOwnPropertySymbols(value).find(({ description }) => description === name);
  return symbol && Reflect.get(value, symbol);
}

function hasBody({ headers }: WrittenHead): boolean {
  return headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0';
}

/** So many bytes of a head are read. */
const headLimit = 16_384;
const requestLine = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/;
const methodLimit = 24;

/** Finds the heads among the bytes that a client writes over one connection: a body can look like a head. */
class WrittenRequests {
  readonly #begun = new WeakSet<object>();
  /** The bytes of a body that are still to come; infinite while chunks come. */
  #left = 0;

  /** Returns 'rest' if the bytes belong to a request of node:http whose head was written before the first call. */
  read(write: Write, request: NodeRequest | undefined): WrittenHead | 'rest' | undefined {
    if (typeof request?._header === 'string' && request.upgradeOrConnect !== true) {
      if (this.#begun.has(request)) return undefined;
      this.#begun.add(request);
      return textOf(write, request._header.length) === request._header ? (readHead(write) ?? 'rest') : 'rest';
    }
    const head = this.#left > 0 ? undefined : readHead(write);
    if (head !== undefined) this.#expectBody(head, write);
    else if (this.#left > 0) this.#takeBody(sizeOf(write), write);
    return head;
  }

  #expectBody({ headers, following }: WrittenHead, write: Write): void {
    const isChunked = /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '');
    this.#left = isChunked ? Number.POSITIVE_INFINITY : Number(headers.get('content-length') ?? 0) || 0;
    if (this.#left > 0) this.#takeBody(following, write);
  }

  #takeBody(size: number, write: Write): void {
    if (this.#left !== Number.POSITIVE_INFINITY) this.#left = Math.max(0, this.#left - size);
    else if (endsChunks(chunksOf(write).at(-1))) this.#left = 0;
  }
}

function readHead(write: Write): WrittenHead | undefined {
  // Called for nearly every write of the process: most do not begin with a method.
  if (!/^[A-Z]+ /.test(textOf(write, methodLimit))) return undefined;
  const text = textOf(write, headLimit);
  const [line, method, url] = requestLine.exec(text) ?? [];
  if (line === undefined || method === undefined || url === undefined) return undefined;
  const end = text.indexOf('\r\n\r\n');
  const headers = readLines(text.slice(line.length, end === -1 ? undefined : end));
  return { method, url, headers, following: end === -1 ? 0 : sizeOf(write) - end - 4 };
}

function readLines(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

function chunksOf({ isMany, data }: Write): readonly unknown[] {
  return isMany && Array.isArray(data) ? data.map(chunkOf) : [data];
}

function chunkOf(part: unknown): unknown {
  return typeof part === 'object' && part !== null && 'chunk' in part ? part.chunk : part;
}

/** The beginning of what is written; one character for each byte. */
function textOf({ isMany, data }: Write, limit: number): string {
  if (!isMany || !Array.isArray(data)) return beginningOf(data, limit);
  let text = '';
  for (const part of data) {
    text += beginningOf(chunkOf(part), limit - text.length);
    if (text.length >= limit) break;
  }
  return text;
}

function beginningOf(chunk: unknown, limit: number): string {
  if (typeof chunk === 'string') return chunk.slice(0, limit);
  return Buffer.isBuffer(chunk) ? chunk.toString('latin1', 0, limit) : '';
}

function sizeOf(write: Write): number {
  return chunksOf(write).reduce<number>(
    (size, chunk) =>
      size + (typeof chunk === 'string' ? Buffer.byteLength(chunk) : Buffer.isBuffer(chunk) ? chunk.length : 0),
    0,
  );
}

const lastChunk = '0\r\n\r\n';

function endsChunks(chunk: unknown): boolean {
  if (typeof chunk === 'string') return chunk.endsWith(lastChunk);
  return Buffer.isBuffer(chunk) && chunk.toString('latin1', Math.max(0, chunk.length - lastChunk.length)) === lastChunk;
}

const variables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const;

export function readProxies(environment: NodeJS.ProcessEnv): Proxies {
  const known = new Set<string>();
  for (const variable of variables) {
    const value = environment[variable];
    // Clients read `proxy:3128` as an http proxy.
    const url = value && parseUrl(value.includes('://') ? value : `http://${value}`);
    if (url) known.add(`${normalizeHost(url.hostname)}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`);
  }
  return { has: ({ host, port }) => known.size > 0 && known.has(`${host}:${port}`) };
}

/** The exchange that requests to a proxy reach. */
interface ProxyStage {
  readonly server: http.Server;
  readonly report: (bug: unknown) => void;
  /** Leaves a connection to the tunnel that it carries from now on. */
  release(socket: net.Socket): void;
}

/** Requests to a mocked host are answered here, all others go to the real proxy. */
export function playProxy(stage: ProxyStage, guardErrorOf: GuardErrorOf): void {
  stage.server.on('connect', (request, socket, head) => {
    const report = (bug: unknown) => {
      stage.report(bug);
      socket.destroy();
    };
    const connect = () => {
      if (isMemorySocket(socket)) {
        stage.release(socket);
        connectTunnel(request, socket, head, guardErrorOf);
      } else socket.destroy();
    };
    makeCallback(report, connect)();
  });
}

export function passRequestOn(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  target: Target,
  guardErrorOf: GuardErrorOf,
): (() => void) | undefined {
  const owner = findOwner(target.host, target.port);
  if (owner !== undefined) return () => owner.receive(request, response);
  const socket: unknown = request.socket;
  if (!isMemorySocket(socket)) return undefined;
  const { dial, endpoint } = socket[SOCKET_STATE];
  // A host that the mock answers is not used as a proxy.
  if (dial === undefined || endpoint !== undefined) return undefined;
  return () => {
    const error = guardErrorOf(target);
    if (error === undefined) forward(request, response, { socket, dial });
    else socket[SOCKET_STATE].peer.destroy(error);
  };
}

function connectTunnel(
  request: http.IncomingMessage,
  socket: MemorySocket,
  head: Buffer,
  guardErrorOf: GuardErrorOf,
): void {
  const state = socket[SOCKET_STATE];
  takeRun(socket); // of the CONNECT itself
  const target = readAuthority(request.url ?? '', 443, state.target.secure);
  const owner = findOwner(target.host, target.port);
  if (owner !== undefined) {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    state.tunnelTo = target;
    state.peer[SOCKET_STATE].tunnelTo = target;
    if (head.length > 0) socket.unshift(head);
    // Plain HTTP may follow on this socket; TLS opens its own connection.
    owner.serve(socket);
    return;
  }
  const error = guardErrorOf(target);
  if (error !== undefined) state.peer.destroy(error);
  else if (state.dial === undefined) socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
  else {
    const carrier = state.dial();
    carrier.write(writeHead(request), 'latin1');
    if (head.length > 0) carrier.write(head);
    carry(socket, carrier);
  }
}

/** TLS runs on the real connection: over a net.Socket without a handle it would wait for its connection forever. */
export function takeCarrier(tunnel: unknown): net.Socket | undefined {
  if (!isMemorySocket(tunnel)) return undefined;
  const { carrier, peer } = tunnel[SOCKET_STATE];
  carrier?.unpipe(peer);
  if (carrier !== undefined) peer.unpipe(carrier);
  return carrier;
}

function writeHead({ method, url, rawHeaders }: http.IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

export type IsForOthers = (head: WireHead) => boolean;

/** Passes what is for other services on to the real server at an address that services share, AWS_ENDPOINT_URL. */
export interface OtherServices {
  readonly isForOthers: IsForOthers;
  readonly forward: (request: http.IncomingMessage, response: http.ServerResponse, awaitsContinue: boolean) => void;
  /** Connects a client to the server. From then on, the bytes are forwarded unread. */
  readonly carry: (socket: MemorySocket) => void;
}

export function passToOthers(isForOthers: IsForOthers, errorOf: GuardErrorOf): OtherServices {
  const pass = (socket: MemorySocket, act: (dial: () => net.Socket) => void) => {
    const { peer, target, dial } = socket[SOCKET_STATE];
    const error = errorOf(target);
    if (error !== undefined) peer.destroy(error);
    else if (dial !== undefined) act(dial);
  };
  return {
    isForOthers,
    forward: (request, response, awaitsContinue) => {
      const socket = request.socket as MemorySocket; // the exchange passes requests of such sockets alone
      pass(socket, (dial) => forward(request, response, { socket, dial, awaitsContinue }));
    },
    carry: (socket) => pass(socket, (dial) => carry(socket, dial())),
  };
}

/** Whether the real server shares the address of a connection, and can be reached. */
export function isShared(socket: MemorySocket): boolean {
  const { endpoint, dial } = socket[SOCKET_STATE];
  return endpoint?.ofAllServices === true && dial !== undefined;
}

/** Whether the first bytes of a connection begin another protocol: HTTP/2, which S3 does not speak, or what a request to another service upgrades to. */
export function beginsOtherProtocol(bytes: Buffer, isForOthers: IsForOthers): boolean {
  const text = bytes.toString('latin1', 0, headLimit);
  if (text.startsWith('PRI * HTTP/2.0\r\n')) return true;
  const [line = '', ...lines] = text.slice(0, Math.max(0, text.indexOf('\r\n\r\n'))).split('\r\n');
  const headers = new Map(
    lines.map((sent): [string, string] => {
      const end = sent.indexOf(':');
      return [sent.slice(0, end).toLowerCase(), sent.slice(end + 1).trim()];
    }),
  );
  const [method = '', url = ''] = line.split(' ');
  return headers.has('upgrade') && isForOthers({ method, url, headers });
}

interface Forwarding {
  readonly socket: MemorySocket;
  /** Connects to the real server. */
  readonly dial: () => net.Socket;
  /** Whether the client waits until the real server asks for its body. */
  readonly awaitsContinue?: boolean;
}

/**
 * Forwards one request to a real server over its own connection, since the client's next request may be for a mocked host. Bodies are
 * streams in both directions, and what goes wrong is what the client would see.
 */
function forward(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { socket, dial, awaitsContinue = false }: Forwarding,
): void {
  const { method = 'GET', url = '/', rawHeaders } = request;
  const onward = http.request({ method, path: url, setHost: false, createConnection: dial });
  const fail = (error: unknown) => socket[SOCKET_STATE].peer.destroy(error as Error); // Node throws errors, under jest of another realm
  copyHeaders(rawHeaders, onward);
  let isAsked = !awaitsContinue;
  const passBack = (answer: http.IncomingMessage) => {
    // The client keeps its body back, so nothing else can be read from the connection.
    if (!isAsked) response.shouldKeepAlive = false;
    sendAnswer(answer, response);
    answer.once('error', () => socket.destroy());
  };
  onward.once('continue', () => {
    if (!isAsked) response.writeContinue();
    isAsked = true;
  });
  // Node refuses to write some of what it reads.
  onward.on('response', makeCallback(fail, passBack));
  onward.on('error', fail);
  // The client's headers can ask the server to keep the connection, and then the request does not close it at its end.
  response.once('close', () => onward.destroy().socket?.destroy());
  onward.flushHeaders();
  request.once('end', () => addTrailers(request, onward));
  request.pipe(onward);
}

/** Connects the sockets. From then on, the bytes are forwarded unread. */
function carry(socket: MemorySocket, carrier: net.Socket): void {
  const client = socket[SOCKET_STATE].peer;
  client[SOCKET_STATE].carrier = carrier;
  carrier.on('error', (error) => client.destroy(error));
  carrier.once('close', () => socket.destroySoon());
  // The client may have closed while the server still writes.
  socket.on('error', () => carrier.destroy());
  socket.once('close', () => carrier.destroy());
  carrier.pipe(socket).pipe(carrier);
}

/** Node adds headers of its own, unless they are said to be removed. */
function copyHeaders(rawHeaders: readonly string[], onward: http.ClientRequest): void {
  for (const name of ['Connection', 'Content-Length', 'Transfer-Encoding']) onward.removeHeader(name);
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    onward.appendHeader(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
}

/** The headers about the connection between two servers, which are not forwarded. */
const ofConnection: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'proxy-connection']);

function sendAnswer(answer: http.IncomingMessage, response: http.ServerResponse): void {
  const { statusCode = 502, statusMessage, rawHeaders } = answer;
  const passed: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!ofConnection.has(name.toLowerCase())) passed.push(name, value);
  }
  response.sendDate = false;
  response.writeHead(statusCode, statusMessage, passed);
  response.flushHeaders();
  answer.once('end', () => addTrailers(answer, response));
  answer.pipe(response);
}

/** Called before the message is ended, as a listener that comes before the listener of `pipe`. */
function addTrailers({ rawTrailers }: http.IncomingMessage, to: http.OutgoingMessage): void {
  if (rawTrailers.length === 0) return;
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawTrailers.length; at += 2) pairs.push([rawTrailers[at] ?? '', rawTrailers[at + 1] ?? '']);
  to.addTrailers(pairs);
}
