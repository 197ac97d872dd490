import type http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import type { Endpoint } from '../wire';
import { failLater, isTickHeld, later } from './event-loop';
import type { GuardErrorOf } from './guard';
import {
  findCalled,
  findOurs,
  isAnswered,
  type JudgementRules,
  judgeBegun,
  judgeHead,
  type Proxies,
  readNamedRequest,
  type UnansweredRules,
} from './judgement';
import { chooseAddresses, emitAttempts, findLookup, HandedOut, lookUp } from './look-ups';
import { join, LoopbackSocket } from './loopback';
import { PassingConnections, type PassingRules, takeCarrier } from './passed-on';
import type { Interception } from './patches';
import { isPassed } from './registry';
import { type ErrorClasses, isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';
import {
  CALLED,
  type ConnectCall,
  type ConnectOptions,
  findTlsOptions,
  normalizeHost,
  PASS,
  REQUEST,
  readNamedTarget,
  readTarget,
  type Target,
  takeSocket,
} from './target';
import {
  becomeTlsEnd,
  beginHandshake,
  createTlsEnd,
  endHandshake,
  errorOfProtocols,
  offeredProtocols,
  readSecurity,
  type Security,
} from './tls-face';
import { callListeners, readByCallback, runAt, sendUnsent } from './transfer';

/**
 * The way of a connection in memory. A client calls a function that connects, or asks DNS, or writes a request on a connection of its own: it is decided
 * where this leads, and what the mock answers gets an end in memory, whose other end goes to the exchange. What it does not answer passes, or fails.
 * @module
 */

/** The side that answers connections. */
interface Answerer {
  readonly serve: (end: MemorySocket) => void;
  readonly errorClasses: ErrorClasses;
  readonly endpointOf: (target: Target) => Endpoint | undefined;
  /** Reports a bug at either end. */
  readonly report: (bug: unknown) => void;
  /** Called if the client's own check, or its own options, keep it from a host that is answered. */
  readonly onRefusedByClient?: ((target: Target, error: unknown) => void) | undefined;
}

interface InterceptionRules extends Answerer {
  /** Returns the endpoint of a name if the port is not known. */
  readonly endpointOfName: (host: string) => Endpoint | undefined;
  readonly proxies: Proxies;
  readonly guardErrorOf: GuardErrorOf;
  /** Returns the guard's error for TLS over a socket that the caller opened. That socket may be local. */
  readonly tunnelErrorOf: GuardErrorOf;
  readonly shared?: JudgementRules['shared'];
  readonly isOver: () => boolean;
  /** Is called if a call to us waits for something that fake timers hold. */
  readonly onHeld?: () => void;
  readonly onOtherHost?: (host: string, port: number, isRefused: boolean) => void;
  readonly unanswered?: UnansweredRules;
}

export function createInterception(rules: InterceptionRules): Interception {
  const { serve, errorClasses, endpointOf, report, onRefusedByClient, isOver } = rules;
  const answerer = { serve, errorClasses, endpointOf, report, onRefusedByClient };
  const passing = new PassingConnections(passingRules(rules, answerer));
  const handedOut = new HandedOut(rules.endpointOfName);
  return {
    connect: (call, secure, existing) => {
      if (call.options[PASS]) {
        if (existing !== undefined) passing.leave(existing);
        return undefined;
      }
      if (isOver()) return undefined;
      const ours = openOurs(rules, answerer, handedOut, call, secure, existing);
      if (ours !== undefined && isTickHeld()) tellHeld(rules, ours);
      if (ours !== undefined) spareReading(call.options[REQUEST]?.socket);
      if (ours === undefined && existing !== undefined) {
        passing.watch(existing, call);
        reportPassing(rules, call, secure);
      }
      return ours;
    },
    write: (socket, write) => passing.take(socket, write),
    request: (request, options, secure) => (isOver() ? undefined : calledBy(rules, request, options, secure)),
    addressesOf: (host) => (isOver() ? undefined : handedOut.addressesOf(host)),
    lookup: (host, callback, wantsAll) => {
      if (isOver()) return false;
      if (namedEndpoint(rules, host) === undefined) return false;
      const existing = takeSocket(callback, wantsAll);
      const secure = existing instanceof tls.TLSSocket;
      const target = { host: normalizeHost(host), port: secure ? 443 : 80, secure };
      const options = {
        ...(existing && findTlsOptions(existing)),
        host,
        lookup: undefined,
        autoSelectFamily: wantsAll,
      };
      if (existing) openConnection({ answerer, call: { options, listener: undefined }, target, existing });
      return true;
    },
  };
}

/** Reads from a request which host its connection will be for, before Node opens the connection. Returns undefined if it is the host of the request. */
function calledBy(rules: InterceptionRules, request: http.ClientRequest, options: ConnectOptions, secure: boolean) {
  const { method, path } = request;
  if (isTickHeld() && isToOurs(rules, options, secure)) tellHeld(rules, request);
  const given = request.getHeader('host');
  const header = typeof given === 'string' ? given : undefined;
  // This function runs for every request of the process. Nearly all requests name the host of their connection.
  if (path.startsWith('/') && (secure || header === undefined || namesHost(header, options.host))) return undefined;
  const target = readTarget({ options: { ...options, path: undefined }, listener: undefined }, secure);
  const named = readNamedRequest(method, path, header, secure);
  if (target === undefined || named === undefined || isAnswered(target)) return undefined;
  if (named.form !== 'origin')
    return isAnswered(named.target) || rules.guardErrorOf(named.target) ? 'proxy' : undefined;
  return findCalled(rules, named.target, target);
}

function isToOurs({ endpointOf }: InterceptionRules, options: ConnectOptions, secure: boolean): boolean {
  const target = readTarget({ options: { ...options, path: undefined }, listener: undefined }, secure);
  return target !== undefined && endpointOf(target) !== undefined;
}

function namesHost(header: string, host: unknown): boolean {
  return typeof host === 'string' && header.startsWith(host) && /^(?::\d+)?$/.test(header.slice(host.length));
}

/** Finds the endpoint of a name at the two default ports, since a look-up does not tell the port. */
function namedEndpoint({ endpointOf }: InterceptionRules, host: string): Endpoint | undefined {
  return endpointOf({ host, port: 443, secure: true }) ?? endpointOf({ host, port: 80, secure: false });
}

function openOurs(
  rules: InterceptionRules,
  answerer: Answerer,
  handedOut: HandedOut,
  call: ConnectCall,
  secure: boolean,
  existing: net.Socket | undefined,
): net.Socket | undefined {
  const { endpointOf, proxies, guardErrorOf, tunnelErrorOf } = rules;
  const open = (target: Target, more: Pick<Opening, 'failure' | 'dial'> = {}) =>
    openConnection({ answerer, call, target, existing, ...more });
  if (call.options.socket) return openInTunnel(call, endpointOf, tunnelErrorOf, open);
  const target = readTarget(call, secure);
  if (target === undefined) return undefined;
  const named = readNamedTarget(call, target);
  const ours = findOurs(rules, target, named);
  if (ours && endpointOf(ours)?.ofAllServices) return openShared(rules, call, ours, open);
  if (ours) return open(ours);
  const called = call.options[CALLED];
  if (called === 'proxy' || proxies.has(target)) return open(target, { dial: makeDial(call, secure) });
  if (called !== undefined) return open(called);
  if (handedOut.has(target)) return open(target);
  const failure = guardErrorOf(target, named);
  if (failure === undefined) return undefined;
  tellOtherHost(rules, target, true);
  return open(target, { failure });
}

/** A client that speaks only HTTP/2 cannot be a client of S3. The requests of all other clients are judged one by one. */
function openShared(
  { shared }: InterceptionRules,
  call: ConnectCall,
  target: Target,
  open: (target: Target, more: Pick<Opening, 'failure' | 'dial'>) => net.Socket,
): net.Socket | undefined {
  const { secure } = target;
  const offered = secure ? offeredProtocols(call.options) : [];
  if (offered.length === 0 || offered.includes('http/1.1'))
    return open(target, { dial: makeDial(call, secure, optionsOfDial(call, secure)) });
  const failure = shared?.errorOf(target);
  return failure && open(target, { failure });
}

function openInTunnel(
  call: ConnectCall,
  endpointOf: InterceptionRules['endpointOf'],
  tunnelErrorOf: GuardErrorOf,
  open: (target: Target, more?: Pick<Opening, 'failure'>) => net.Socket,
): net.Socket | undefined {
  const targets = findTunnelTargets(call);
  const ours = targets.find(endpointOf);
  if (ours !== undefined) return open(ours);
  const carrier = takeCarrier(call.options.socket);
  if (carrier !== undefined) return tls.connect(past(call, { socket: carrier }), call.listener);
  for (const target of targets) {
    const failure = tunnelErrorOf(target);
    if (failure !== undefined) return open(target, { failure });
  }
  return undefined;
}

/** Finds the far end of a tunnel and the name that TLS gives, so that a call is also captured through a proxy that only code configures. */
function findTunnelTargets(call: ConnectCall): readonly Target[] {
  const { socket, host, port } = call.options;
  const tunnelTo = isMemorySocket(socket) ? socket[SOCKET_STATE].tunnelTo : undefined;
  const target = {
    host: normalizeHost(String(host || '')),
    port: tunnelTo?.port ?? (Number(port) || 443),
    secure: true,
  };
  // The tunnel's own connection may be plain.
  const end = tunnelTo && { ...tunnelTo, secure: true };
  return [end, readNamedTarget(call, target), target].filter((one) => one !== undefined);
}

/**
 * Returns a function that opens the real connection. `more` replaces the options that concern one request, or the client's socket.
 */
function makeDial(call: ConnectCall, secure: boolean, more?: object): () => net.Socket {
  return () => (secure ? tls.connect(past(call, more)) : net.connect(past(call, more)));
}

function past({ options }: ConnectCall, more: object = {}): tls.ConnectionOptions & net.TcpNetConnectOpts {
  // Capture itself has read only the host and the port. Node checks the other options when it reads them.
  return { ...options, ...more, [PASS]: true } as unknown as tls.ConnectionOptions & net.TcpNetConnectOpts;
}

/** Returns other values for those options of the client that concern only its request or its socket: they must not apply to the connection to the real server. */
function optionsOfDial({ options }: ConnectCall, secure: boolean): object {
  const own = { signal: undefined, timeout: undefined, onread: undefined };
  return secure && offeredProtocols(options).length > 0 ? { ...own, ALPNProtocols: ['http/1.1'] } : own;
}

/** Reports a connection that passes. It goes through several patches. The last patch gets a socket that another patch has opened, and does not report again. */
function reportPassing(rules: InterceptionRules, call: ConnectCall, secure: boolean): void {
  const target = call.options.socket ? undefined : readTarget(call, secure);
  if (target === undefined) return;
  const named = readNamedTarget(call, target);
  if (named === undefined || !isPassed(named.host, named.port)) tellOtherHost(rules, target, false);
}

function tellOtherHost({ onOtherHost }: InterceptionRules, target: Target, isRefused: boolean): void {
  // A direct call of socket.connect goes through the newest capture before it reaches the capture that answers it.
  if (onOtherHost !== undefined && !isAnswered(target)) onOtherHost(target.host, target.port, isRefused);
}

function tellHeld({ onHeld, errorClasses }: InterceptionRules, client: http.ClientRequest | net.Socket): void {
  onHeld?.();
  failLater(client, errorClasses.Error);
}

/**
 * `@mswjs/interceptors` gives a request a socket of its own, and writes into it what our socket reads. It copies the handle of our socket, but our
 * socket has no handle. Node would then wait for a handle, and add a listener of 'connect' at each read.
 */
function spareReading(wrapper: (net.Socket & { readonly _handle?: unknown }) | null | undefined): void {
  if (!wrapper || isMemorySocket(wrapper) || wrapper._handle) return;
  Object.defineProperty(wrapper, '_read', { value: () => undefined, configurable: true, writable: true });
}

interface Opening {
  readonly answerer: Answerer;
  readonly call: ConnectCall;
  readonly target: Target;
  readonly existing: net.Socket | undefined;
  readonly failure?: Error;
  readonly dial?: () => net.Socket;
}

export function openConnection(opening: Opening): MemorySocket {
  const { answerer, call, target, existing, dial } = opening;
  const { options } = call;
  const host = String(options.host || options.hostname || target.host);
  // Node throws for wrong options before it opens anything, so they are read first.
  const security = target.secure ? readSecurityOf(opening) : undefined;
  const endpoint = answerer.endpointOf(target);
  const isProxy = dial !== undefined && endpoint === undefined;
  const lookup = options.socket || isProxy || opening.failure ? undefined : findLookup(options, host);
  const client = existing === undefined ? createEnd(target.secure, options) : takeOver(existing, target.secure);
  const family = net.isIP(host);
  const addresses = lookup ? [] : chooseAddresses(options, host, endpoint, family);
  const { errorClasses, report } = answerer;
  const server = join(client, {
    target,
    endpoint,
    errorClasses,
    addresses,
    protocol: security?.protocol ?? '',
    dial,
    report,
  });
  if (existing !== undefined || options.onread) readByCallback(client);
  Object.assign(client, { connecting: true, _host: family === 0 ? host : null });
  if (target.secure) beginHandshake(client, target.host, options);
  // tls.connect has registered its listener on an existing socket already; this one comes from the socket's own connect().
  if (call.listener) client.once(target.secure && existing === undefined ? 'secureConnect' : 'connect', call.listener);
  if (existing === undefined && typeof options.timeout === 'number') client.setTimeout(options.timeout);
  bindToCarrier(client, options.socket);
  const begun = { opening, host, client, server, failing: security?.failing, isLookedUp: lookup !== undefined };
  if (lookup) lookUp(client, lookup, options, () => later(establish, begun));
  else later(establish, begun);
  return client;
}

function readSecurityOf({ answerer, call, target, existing }: Opening): Security {
  try {
    return readSecurity(call.options, existing);
  } catch (error) {
    tellRefused(answerer, target, error);
    throw error;
  }
}

function createEnd(secure: boolean, options: ConnectOptions): MemorySocket {
  const { allowHalfOpen, highWaterMark, onread, signal, socket } = options;
  const settings: net.SocketConstructorOpts = {
    ...(allowHalfOpen !== undefined && { allowHalfOpen }),
    ...(highWaterMark !== undefined && { highWaterMark }),
    ...(signal !== undefined && { signal }),
    // TLS over an existing socket ignores `onread`, as in Node.
    ...(!socket && { onread }),
  };
  return secure ? createTlsEnd(settings) : new LoopbackSocket(settings);
}

function bindToCarrier(client: MemorySocket, carrier: unknown): void {
  if (!(carrier instanceof net.Socket)) return;
  client.once('close', () => carrier.destroy());
  if (!isMemorySocket(carrier)) carrier.once('close', () => client.destroy());
}

interface Begun {
  readonly opening: Opening;
  readonly host: string;
  readonly client: MemorySocket;
  readonly server: MemorySocket;
  readonly failing: Security['failing'];
  readonly isLookedUp: boolean;
}

function establish(begun: Begun): void {
  runAt(begun.client, () => connectEnds(begun));
}

function connectEnds({ opening, host, client, server, failing, isLookedUp }: Begun): void {
  const { answerer, call, existing } = opening;
  if (client.destroyed) return;
  const failure = opening.failure ?? protocolFailure(opening);
  if (failure !== undefined) {
    server.destroy();
    client.destroy(failure);
    return;
  }
  if (!call.options.socket) callListeners(client, () => emitAttempts(client, host, isLookedUp));
  if (client.destroyed) return; // by one of its listeners
  Object.assign(client, { connecting: false });
  if (existing !== undefined) forgetHandshake(client);
  answerer.serve(server);
  try {
    callListeners(client, () => {
      client.emit('connect');
      client.emit('ready');
    });
  } finally {
    // One of these listeners may have destroyed the socket.
    if (!client.destroyed) beginToSend(client, opening, failing);
  }
}

function protocolFailure({ target, call, answerer }: Opening): Error | undefined {
  return target.secure ? errorOfProtocols(answerer.errorClasses.Error, target.host, call.options) : undefined;
}

function beginToSend(client: MemorySocket, opening: Opening, failing: Security['failing']): void {
  const { answerer, target, call } = opening;
  if (failing !== undefined) {
    failing.then((error) => refuseByClient(client, opening, error)).catch(answerer.report);
    return;
  }
  try {
    callListeners(client, () => {
      if (target.secure) endHandshake(client, call.options, (error) => tellRefused(answerer, target, error));
      if (!client.destroyed && !client.isPaused()) client.read(0);
    });
  } finally {
    if (!client.destroyed) sendUnsent(client);
  }
}

function refuseByClient(client: MemorySocket, { answerer, target }: Opening, error: Error): void {
  client.destroy(error);
  tellRefused(answerer, target, error);
}

/** The mock answers no proxy by its own name, so a refusal of a proxy is not reported. */
function tellRefused({ endpointOf, onRefusedByClient }: Answerer, target: Target, error: unknown): void {
  if (endpointOf(target) !== undefined) onRefusedByClient?.(target, error);
}

function passingRules(rules: InterceptionRules, answerer: Answerer): PassingRules {
  const judgement: JudgementRules = { ...rules, tellRefused: (target) => tellOtherHost(rules, target, true) };
  return {
    judge: (head, route) => (rules.isOver() ? { kind: 'passes' } : judgeHead(judgement, head, route)),
    judgeBegun: (route, isKnown) => (rules.isOver() ? { kind: 'passes' } : judgeBegun(judgement, route, isKnown)),
    adopt: (socket, { call }, target, needsServer) => {
      const secure = socket instanceof tls.TLSSocket;
      const isShared = rules.endpointOf(target)?.ofAllServices;
      const dial = needsServer ? makeDial(call, secure, isShared && optionsOfDial(call, secure)) : undefined;
      adoptConnection(socket, { answerer, target, ...(dial && { dial }) });
    },
  };
}

/** Closes the real connection, over which no request is under way. */
function adoptConnection(
  socket: net.Socket,
  { answerer, target, dial }: Pick<Opening, 'answerer' | 'target' | 'dial'>,
): void {
  const tlsSocket = socket instanceof tls.TLSSocket ? socket : undefined;
  const isInHandshake =
    tlsSocket !== undefined && 'secureConnecting' in tlsSocket && tlsSocket.secureConnecting === true;
  const protocol = tlsSocket && ((!isInHandshake && tlsSocket.getProtocol()) || 'TLSv1.3');
  const client = takeOver(socket, tlsSocket !== undefined);
  const { errorClasses, endpointOf, report } = answerer;
  const endpoint = endpointOf(target);
  const addresses = chooseAddresses({}, target.host, endpoint);
  const server = join(client, { target, endpoint, errorClasses, addresses, protocol: protocol ?? '', dial, report });
  readByCallback(client);
  if (isInHandshake) {
    forgetHandshake(client);
    later(finishHandshake, { client, answerer, target });
  }
  answerer.serve(server);
}

interface Adopted extends Pick<Opening, 'answerer' | 'target'> {
  readonly client: MemorySocket;
}

function finishHandshake({ client, answerer, target }: Adopted): void {
  const refused = (error: unknown) => tellRefused(answerer, target, error);
  runAt(client, () => {
    if (!client.destroyed) callListeners(client, () => endHandshake(client, findTlsOptions(client) ?? {}, refused));
  });
}

function takeOver(socket: net.Socket, secure: boolean): MemorySocket {
  // A TLSSocket makes a handle in its constructor. http reads `_handle` to choose its way of parsing.
  const internals: { _handle?: { close(): void } | null } = socket as object;
  internals._handle?.close();
  internals._handle = null;
  if (secure) return becomeTlsEnd(socket);
  return Object.setPrototypeOf(socket, LoopbackSocket.prototype) as MemorySocket; // it has that prototype's methods now
}

/**
 * Removes the listener that tls.connect adds after connect(). The listener reports every end as an end before 'secure', which only a handle
 * emits.
 */
function forgetHandshake(client: MemorySocket): void {
  for (const listener of client.listeners('end')) {
    if (listener.name === 'onConnectEnd') client.off('end', listener as () => void); // listeners() gives Function
  }
}
