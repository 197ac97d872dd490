import net from 'node:net';
import tls from 'node:tls';
import { callListeners, runAt } from './bugs';
import { readByCallback } from './callback-reader';
import type { ConnectCall, ConnectOptions } from './connect-call';
import { sendUnsent } from './delivery';
import { later } from './event-loop';
import { join, LoopbackSocket } from './loopback';
import { isMemorySocket, type MemorySocket, systemError } from './socket-state';
import type { Target } from './target';
import { becomeTlsEnd, beginHandshake, createTlsEnd, endHandshake, offeredProtocols } from './tls-face';

export interface Opening {
  readonly call: ConnectCall;
  readonly target: Target;
  readonly existing: net.Socket | undefined;
  readonly serve: (end: MemorySocket) => void;
  readonly errorClass: ErrorConstructor;
  /** Of a bug at either end. */
  readonly report: (bug: unknown) => void;
  readonly failure?: Error;
  readonly dial?: () => net.Socket;
}

export function openConnection(opening: Opening): MemorySocket {
  const { call, target, existing } = opening;
  const client = existing === undefined ? createEnd(target.secure, call.options) : takeOver(existing, target.secure);
  const server = join(client, opening);
  if (existing !== undefined || call.options.onread) readByCallback(client);
  Object.assign(client, { connecting: true, _host: target.host });
  if (target.secure) beginHandshake(client, target.host, call.options);
  // tls.connect has registered its listener on an existing socket already; this one comes from the socket's own connect().
  if (call.listener) client.once(target.secure && existing === undefined ? 'secureConnect' : 'connect', call.listener);
  if (existing === undefined && typeof call.options.timeout === 'number') client.setTimeout(call.options.timeout);
  bindToCarrier(client, call.options.socket);
  later(establish, opening, client, server);
  return client;
}

/** Closes the real connection, over which no byte was sent. */
export function adoptConnection(
  socket: net.Socket,
  parts: Pick<Opening, 'serve' | 'errorClass' | 'report' | 'target' | 'dial'>,
): void {
  const client = takeOver(socket, socket instanceof tls.TLSSocket);
  const server = join(client, parts);
  readByCallback(client);
  parts.serve(server);
}

function establish(opening: Opening, client: MemorySocket, server: MemorySocket): void {
  runAt(client, () => connectEnds(opening, client, server));
}

function connectEnds(opening: Opening, client: MemorySocket, server: MemorySocket): void {
  if (client.destroyed) return;
  const failure = opening.failure ?? protocolFailure(opening);
  if (failure !== undefined) {
    server.destroy();
    client.destroy(failure);
    return;
  }
  Object.assign(client, { connecting: false });
  if (opening.existing !== undefined) forgetHandshake(client);
  opening.serve(server);
  try {
    callListeners(client, () => {
      client.emit('connect');
      client.emit('ready');
    });
  } finally {
    // One of the listeners may have destroyed it.
    if (!client.destroyed) beginToSend(client, opening.target.secure);
  }
}

function beginToSend(client: MemorySocket, isSecure: boolean): void {
  try {
    callListeners(client, () => {
      if (isSecure) endHandshake(client);
      if (!client.isPaused()) client.read(0);
    });
  } finally {
    sendUnsent(client);
  }
}

/** The error for a client that offers h2 alone, as http2.connect does: it would break at its first frame otherwise. */
function protocolFailure({ target, call, errorClass }: Opening): Error | undefined {
  const offered = target.secure ? offeredProtocols(call.options) : [];
  if (offered.length === 0 || offered.includes('http/1.1')) return undefined;
  return systemError(
    errorClass,
    'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    `the S3 mock speaks HTTP/1.1 only, as S3 does; the client offered ${target.host} ${offered.join(', ')}`,
  );
}

function createEnd(secure: boolean, options: ConnectOptions): MemorySocket {
  const { allowHalfOpen, highWaterMark, onread, signal, socket } = options;
  const settings: net.SocketConstructorOpts = {
    ...(allowHalfOpen !== undefined && { allowHalfOpen }),
    ...(highWaterMark !== undefined && { highWaterMark }),
    ...(signal !== undefined && { signal }),
    // Like Node, TLS over a given socket ignores it.
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

/** Removes the listener that tls.connect adds after connect(): it reports every end as one before 'secure', which only a handle emits. */
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
