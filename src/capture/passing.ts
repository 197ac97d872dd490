import net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, findTlsOptions, readNamedTarget, readTarget } from './connect-call';
import { normalizeHost, type Target } from './target';
import { type NodeRequest, type Write, type WrittenHead, WrittenRequests } from './written-head';

/** A connection to a server outside of the process, by the names under which a client reaches it. */
export interface Route {
  readonly call: ConnectCall;
  readonly target: Target;
  /** The target with the name that TLS gives. */
  readonly named: Target | undefined;
}

export type Verdict =
  | { readonly kind: 'passes' }
  /** The bytes that follow are not requests, for instance in a tunnel or a WebSocket. */
  | { readonly kind: 'leaves' }
  | { readonly kind: 'refused'; readonly error: Error }
  /**
   * The mock answers. Later requests of the connection can still need the real server: a proxy, or an address that S3 shares with other
   * services.
   */
  | { readonly kind: 'answered'; readonly target: Target; readonly needsServer: boolean };

export interface PassingRules {
  judge(head: WrittenHead, route: Route): Verdict;
  /**
   * Judges bytes that are not the head of a request. `isKnown` says whether they belong to a request that began before the start. The real server would
   * answer this request.
   */
  judgeBegun(route: Route, isKnown: () => boolean): Verdict;
  adopt(socket: net.Socket, route: Route, target: Target, needsServer: boolean): void;
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
