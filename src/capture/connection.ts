import net from 'node:net';
import tls from 'node:tls';
import type { Endpoint } from '../wire';
import { addressesOf, emitAttempts, findLookup, lookUp } from './addresses';
import { callListeners, runAt } from './bugs';
import { readByCallback } from './callback-reader';
import { type ConnectCall, type ConnectOptions, findTlsOptions } from './connect-call';
import { sendUnsent } from './delivery';
import { later } from './event-loop';
import { join, LoopbackSocket } from './loopback';
import { type ErrorClasses, isMemorySocket, type MemorySocket } from './socket-state';
import type { Target } from './target';
import { becomeTlsEnd, beginHandshake, createTlsEnd, endHandshake, errorOfProtocols } from './tls-face';
import { readSecurity, type Security } from './tls-options';

/** The side that answers connections. */
export interface Answerer {
  readonly serve: (end: MemorySocket) => void;
  readonly errorClasses: ErrorClasses;
  readonly endpointOf: (target: Target) => Endpoint | undefined;
  /** Reports a bug at either end. */
  readonly report: (bug: unknown) => void;
  /** Called if the client's own check, or its own options, keep it from a host that is answered. */
  readonly onRefusedByClient?: ((target: Target, error: unknown) => void) | undefined;
}

export interface Opening {
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
  const addresses = lookup ? [] : addressesOf(options, host, endpoint, family);
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

/** The mock answers no proxy by its own name, so a refusal of a proxy is not reported. */
function tellRefused({ endpointOf, onRefusedByClient }: Answerer, target: Target, error: unknown): void {
  if (endpointOf(target) !== undefined) onRefusedByClient?.(target, error);
}

/** Closes the real connection, over which no request is under way. */
export function adoptConnection(
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
  const addresses = addressesOf({}, target.host, endpoint);
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

function protocolFailure({ target, call, answerer }: Opening): Error | undefined {
  return target.secure ? errorOfProtocols(answerer.errorClasses.Error, target.host, call.options) : undefined;
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

function bindToCarrier(client: MemorySocket, carrier: unknown): void {
  if (!(carrier instanceof net.Socket)) return;
  client.once('close', () => carrier.destroy());
  if (!isMemorySocket(carrier)) carrier.once('close', () => client.destroy());
}
