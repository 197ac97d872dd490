import net from 'node:net';
import { later } from './event-loop';
import { presentRun, withinEvents } from './runs';
import {
  type Address,
  brokenConnection,
  brokenPipe,
  isMemorySocket,
  type MemorySocket,
  SOCKET_STATE,
  type SocketState,
  systemError,
  type WriteDone,
} from './socket-state';
import { breakConnection, deliver, endWrite, joinSmall, runAt, send, toBuffer } from './transfer';

/** A net.Socket that never has a handle. So it has Node's own timeouts, half-open rules, `signal`, `readyState` and order of events. */
export class LoopbackSocket extends net.Socket implements MemorySocket {
  declare [SOCKET_STATE]: SocketState;

  override _read(): void {
    const state = this[SOCKET_STATE];
    const done = state.heldWrite;
    state.heldWrite = undefined;
    endWrite(state.peer, done);
  }

  override _write(chunk: string | Buffer, encoding: BufferEncoding, done: WriteDone): void {
    write(this, () => [toBuffer(chunk, encoding)], done);
  }

  override _writev(list: { chunk: string | Buffer; encoding: BufferEncoding }[], done: WriteDone): void {
    write(this, () => joinSmall(list.map(({ chunk, encoding }) => toBuffer(chunk, encoding))), done);
  }

  override _final(done: WriteDone): void {
    write(this, () => [null], done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    runAt(this, () => prepareClose(this));
    super._destroy(error, done);
  }

  override resetAndDestroy(): this {
    this[SOCKET_STATE].reset = true;
    return this.destroy();
  }

  // net.Socket without a handle adds a 'connect' listener at each ref() and unref(), and pools call them for each request.
  override ref(): this {
    this[SOCKET_STATE].referenced = true;
    this[SOCKET_STATE].carrier?.ref();
    return this;
  }

  override unref(): this {
    this[SOCKET_STATE].referenced = false;
    this[SOCKET_STATE].carrier?.unref();
    return this;
  }

  override setNoDelay(_noDelay?: boolean): this {
    return this;
  }

  override setKeepAlive(_enable?: boolean, _initialDelay?: number): this {
    return this;
  }

  override connect(): this {
    throw systemError(
      this[SOCKET_STATE].errorClasses.Error,
      'EISCONN',
      'connect EISCONN: this socket belongs to s3-versioning-mock',
    );
  }

  override address(): net.AddressInfo {
    return { address: '127.0.0.1', family: 'IPv4', port: this[SOCKET_STATE].localPort };
  }
}

/**
 * Sends the chunks of a write. A bug breaks the connection here, since Node would give it to the client or throw it into the client's call.
 */
function write(from: MemorySocket, read: () => readonly (Buffer | null)[], done: WriteDone): void {
  try {
    send(from, read(), done);
  } catch (bug) {
    breakConnection(from, bug);
    done();
  }
}

/** net.Socket clears its timer, closes its handle and then emits 'close', whose argument reports an error. As over a network, the peer is notified in a later turn of the event loop. */
function prepareClose(end: MemorySocket): void {
  const state = end[SOCKET_STATE];
  const held = state.heldWrite;
  state.heldWrite = undefined;
  state.unsent = undefined;
  const close = (closed: () => void) =>
    later(() => {
      const client = state.isClient ? state : state.peer[SOCKET_STATE];
      withinEvents(client.run, () => {
        runAt(end, () => tellPeer(state, held));
        closed();
      });
    });
  Object.assign(end, { _handle: { close } });
}

function tellPeer(state: SocketState, held: WriteDone | undefined): void {
  const { peer } = state;
  if (held !== undefined) endWrite(peer, held, brokenPipe(state));
  if (state.reset) peer.destroy(brokenConnection(state));
  else deliver(peer, [null], () => peer[SOCKET_STATE].onPeerClosed?.());
}

/** Replaces the getters of net.Socket, which need a handle; the class cannot, since TypeScript declares them as plain properties. */
const readings: Readonly<Record<string, (end: MemorySocket) => unknown>> = {
  remoteAddress: (end) => end[SOCKET_STATE].addresses[0]?.address,
  remoteFamily: (end) => (end[SOCKET_STATE].addresses[0]?.family === 6 ? 'IPv6' : 'IPv4'),
  remotePort: (end) => end[SOCKET_STATE].remotePort,
  localAddress: () => '127.0.0.1',
  localFamily: () => 'IPv4',
  localPort: (end) => end[SOCKET_STATE].localPort,
  bytesRead: (end) => end[SOCKET_STATE].bytesRead,
  bytesWritten: (end) => end[SOCKET_STATE].bytesWritten + end.writableLength,
  pending: (end) => end.connecting,
  autoSelectFamilyAttemptedAddresses: (end) => {
    const { addresses, remotePort } = end[SOCKET_STATE];
    return addresses.length > 1 ? [`${addresses[0]?.address}:${remotePort}`] : undefined;
  },
};
for (const [name, read] of Object.entries(readings)) {
  Object.defineProperty(LoopbackSocket.prototype, name, {
    configurable: true,
    get(this: MemorySocket) {
      return read(this);
    },
  });
}

const firstPort = 40_000;
const lastPort = 59_999;
let nextPort = firstPort;

/** The address at which a server sees its client. */
const atClient: readonly Address[] = [{ address: '127.0.0.1', family: 4 }];

type Link = Pick<SocketState, 'target' | 'endpoint' | 'errorClasses' | 'addresses' | 'protocol' | 'dial' | 'report'>;

export function join(client: MemorySocket, link: Link): MemorySocket {
  const { target, endpoint, errorClasses, addresses, protocol, dial, report } = link;
  const clientPort = nextPort;
  nextPort = nextPort === lastPort ? firstPort : nextPort + 1;
  const server = new LoopbackSocket({ allowHalfOpen: true });
  const makeState = (peer: MemorySocket, localPort: number, remotePort: number): SocketState => ({
    target,
    endpoint,
    errorClasses,
    addresses: peer === client ? atClient : addresses,
    protocol,
    localPort,
    remotePort,
    report,
    isClient: peer !== client,
    isBroken: false,
    peer,
    inbox: [],
    afterArrival: undefined,
    reader: undefined,
    heldWrite: undefined,
    unsent: undefined,
    referenced: true,
    ended: false,
    reset: false,
    broken: 'reset',
    onPeerClosed: undefined,
    bytesRead: 0,
    bytesWritten: 0,
    carrier: undefined,
    dial: peer === client ? dial : undefined,
    tunnelTo: undefined,
  });
  giveState(client, makeState(server, clientPort, target.port));
  giveState(server, makeState(client, target.port, clientPort));
  client[SOCKET_STATE].run = presentRun();
  if (target.secure) Object.assign(server, { encrypted: true }); // as on the sockets of an https server
  return server;
}

/** Runners print the members of a socket with an answer that they compare; its state, which leads to the other end, is not one of them. */
function giveState(socket: MemorySocket, value: SocketState): void {
  Object.defineProperty(socket, SOCKET_STATE, { value, writable: true, configurable: true });
}

interface HttpInternals {
  _httpMessage?: { readonly res?: unknown } | null;
}

/** Whether the client has sent, or is about to send, a request that the server's end has not received yet. */
export function awaitsReply(server: MemorySocket): boolean {
  const { inbox, peer: client } = server[SOCKET_STATE];
  if (client.destroyed) return false;
  return inbox.length > 0 || client.connecting || client.writableLength > 0 || isHandedOut(client);
}

function isHandedOut(client: MemorySocket & HttpInternals): boolean {
  const request = client._httpMessage;
  return request === null ? client[SOCKET_STATE].referenced : request?.res === null;
}

/** Whether the client gets the very bytes that are sent to it. The parser of node:http hands copies on, and a network copies what it sends. */
export function sharesBytes(server: net.Socket): boolean {
  if (!isMemorySocket(server)) return false;
  const { peer }: { readonly peer: MemorySocket & HttpInternals } = server[SOCKET_STATE];
  return !peer._httpMessage;
}

/** Closes both ends at once, so that a pool drops the client's; if the client has bytes to read, it gets them first. */
export function closeEnds(server: MemorySocket): void {
  const { peer } = server[SOCKET_STATE];
  if (peer[SOCKET_STATE].inbox.length > 0 || peer.readableLength > 0) server.destroySoon();
  else {
    server.destroy();
    peer.destroy();
  }
}
