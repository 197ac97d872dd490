import net from 'node:net';
import type { ConnectCall, ConnectOptions } from './connect-call';
import { sendUnsent } from './delivery';
import { later } from './event-loop';
import { join, LoopbackSocket } from './loopback';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';
import { systemError } from './system-error';
import type { Target } from './target';
import { becomeTlsEnd, beginHandshake, createTlsEnd, endHandshake, offeredProtocols } from './tls-face';

/** A connection to be made in memory. */
interface Opening {
  readonly call: ConnectCall;
  readonly target: Target;
  /** A socket that the caller made and that has not connected yet: it becomes the client's end in place. */
  readonly existing: net.Socket | undefined;
  /** Takes the server's end once the connection stands. */
  readonly serve: (end: MemorySocket) => void;
  /** Why the connection fails instead. */
  readonly failure?: Error;
  /** At a proxy: dials it in earnest, for what is not ours. */
  readonly dial?: () => net.Socket;
}

/** Returns the client's end of a connection that stands, or fails, in a later turn. */
export function openConnection(opening: Opening): MemorySocket {
  const { call, target, existing } = opening;
  const client = existing === undefined ? createEnd(target.secure, call.options) : takeOver(existing, target.secure);
  const server = join(client, target);
  server[SOCKET_STATE].dial = opening.dial;
  Object.assign(client, { connecting: true, _host: target.host });
  if (target.secure) {
    beginHandshake(client, target.host, call.options);
    Object.assign(server, { encrypted: true }); // as an https server's sockets have it
  }
  // An existing socket has what tls.connect registered on it; what is left to register comes from its own connect().
  if (call.listener) client.once(target.secure && existing === undefined ? 'secureConnect' : 'connect', call.listener);
  if (existing === undefined && typeof call.options.timeout === 'number') client.setTimeout(call.options.timeout);
  bindToCarrier(client, call.options.socket);
  later(establish, opening, client, server);
  return client;
}

function establish(opening: Opening, client: MemorySocket, server: MemorySocket): void {
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
  client.emit('connect');
  client.emit('ready');
  if (client.destroyed) return; // by one of its listeners
  if (opening.target.secure) endHandshake(client);
  client.read(0);
  sendUnsent(client);
}

/** http2.connect offers h2 alone: better no connection than one that dies on its first frame. */
function protocolFailure({ target, call }: Opening): Error | undefined {
  const offered = target.secure ? offeredProtocols(call.options) : [];
  if (offered.length === 0 || offered.includes('http/1.1')) return undefined;
  return systemError(
    'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    `the S3 mock speaks HTTP/1.1 only, as S3 does; ${target.host} was asked for ${offered.join(', ')}`,
  );
}

function createEnd(secure: boolean, options: ConnectOptions): MemorySocket {
  const { allowHalfOpen, highWaterMark, signal } = options;
  const settings: net.SocketConstructorOpts = {
    ...(allowHalfOpen !== undefined && { allowHalfOpen }),
    ...(highWaterMark !== undefined && { highWaterMark }),
    ...(signal !== undefined && { signal }),
  };
  return secure ? createTlsEnd(settings) : new LoopbackSocket(settings);
}

/** Turns a socket that has not connected yet into a client's end. */
function takeOver(socket: net.Socket, secure: boolean): MemorySocket {
  // A TLSSocket makes a handle in its constructor. http reads `_handle` to choose its way of parsing.
  const internals: { _handle?: { close(): void } | null } = socket as object;
  internals._handle?.close();
  internals._handle = null;
  if (secure) return becomeTlsEnd(socket);
  return Object.setPrototypeOf(socket, LoopbackSocket.prototype) as MemorySocket; // whose methods it has from here on
}

/** Removes what tls.connect adds after connect(): it takes any end for one before 'secure', which only a handle emits. */
function forgetHandshake(client: MemorySocket): void {
  for (const listener of client.listeners('end')) {
    if (listener.name === 'onConnectEnd') client.off('end', listener as () => void); // listeners() gives Function
  }
}

/** TLS over a tunnel that the caller has already: the tunnel goes with the connection. */
function bindToCarrier(client: MemorySocket, carrier: unknown): void {
  if (!(carrier instanceof net.Socket)) return;
  client.once('close', () => carrier.destroy());
  if (!isMemorySocket(carrier)) carrier.once('close', () => client.destroy());
}
