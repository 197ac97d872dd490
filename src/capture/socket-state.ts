import type net from 'node:net';
import type { Broken, Endpoint } from '../wire';
import type { Target } from './target';

/** Marks an in-memory socket and holds its state; a registered symbol, since jest loads this module once per test file. */
export const SOCKET_STATE = Symbol.for('s3-versioning-mock.link.v1');

export type WriteDone = (error?: Error | null) => void;

/** Chunks in transit; null is the end of the stream. */
export interface Parcel {
  readonly chunks: readonly (Buffer | null)[];
  readonly done: WriteDone | undefined;
}

/** Takes the bytes of an end whose owner does not read it as a stream. */
export interface Reader {
  /** Takes bytes. Returns false if some of them have to wait for the owner. */
  accept(chunks: readonly (Buffer | null)[]): boolean;
}

/** An end of an in-memory connection, of this copy of the module or of another copy. */
export interface MemorySocket extends net.Socket {
  [SOCKET_STATE]: SocketState;
}

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The classes of the test file: clients that it loads, such as the AWS SDK, check the class by `instanceof`. */
export type ErrorClasses = Pick<typeof globalThis, 'Error' | 'AggregateError'>;

export interface SocketState {
  readonly target: Target;
  readonly endpoint: Endpoint | undefined;
  readonly errorClasses: ErrorClasses;
  /** The addresses of the other end that were tried; the first one answers. Empty until they are looked up. */
  addresses: readonly Address[];
  /** The version of TLS, if it is a connection by TLS. */
  protocol: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly isClient: boolean;
  /** Reports a bug at this end. */
  readonly report: (bug: unknown) => void;
  /** Whether a bug has ended the connection, at the client's end. */
  isBroken: boolean;
  peer: MemorySocket;
  inbox: Parcel[];
  /** Called at the end of the turn in which bytes arrive; undefined outside of such a turn. */
  afterArrival: (() => void)[] | undefined;
  reader: Reader | undefined;
  /** The callback of a write of the peer, called once the reader of this end asks for more. */
  heldWrite: WriteDone | undefined;
  /** Sends what was written before a handshake was over. */
  unsent: (() => void) | undefined;
  /** Whether the owner wants the socket to keep the process alive: pools unref() idle sockets and ref() the sockets that they assign. */
  referenced: boolean;
  ended: boolean;
  reset: boolean;
  broken: Broken;
  /** Called when the other end was closed, as opposed to ended, after its bytes have arrived. */
  onPeerClosed: (() => void) | undefined;
  /** Identifies the code that writes now, by the asynchronous context of the write. It is set at the server's end. */
  senderOf?: ((request: object | undefined) => object | undefined) | undefined;
  /** The sender of the last bytes that the client wrote, at the server's end. */
  sender?: object | undefined;
  /** The run in a world to which the present request belongs, or, before the first one, the code that connected. */
  run?: number | undefined;
  /** The runs of the requests of undici whose heads are written and not read, at the server's end. */
  runs?: readonly (number | undefined)[];
  bytesRead: number;
  bytesWritten: number;
  /** The real connection that forwards the bytes, at the end of a proxy's client. */
  carrier: net.Socket | undefined;
  /** Connects to the real proxy. It is set at the server's end of a connection to a proxy. */
  dial: (() => net.Socket) | undefined;
  /** The target of a proxy's CONNECT, at both ends of the connection. */
  tunnelTo: Target | undefined;
}

export function isMemorySocket(value: unknown): value is MemorySocket {
  return typeof value === 'object' && value !== null && SOCKET_STATE in value;
}

export function systemError(
  errorClass: ErrorConstructor,
  code: string,
  message: string,
  details: Omit<NodeJS.ErrnoException, keyof Error | 'code'> & { address?: string; port?: number } = {},
): NodeJS.ErrnoException {
  return Object.assign(new errorClass(message), { code, ...details });
}

export const brokenPipe = ({ errorClasses }: SocketState) =>
  systemError(errorClasses.Error, 'EPIPE', 'write EPIPE', { syscall: 'write', errno: -32 });

/** Returns the error of the peer. */
export function brokenConnection({ errorClasses, target, broken, peer }: SocketState): NodeJS.ErrnoException {
  if (broken === 'reset')
    return systemError(errorClasses.Error, 'ECONNRESET', 'read ECONNRESET', { syscall: 'read', errno: -104 });
  const [code, errno] = broken === 'refused' ? ['ECONNREFUSED', -111] : ['ETIMEDOUT', -110];
  const { port } = target;
  const errors = peer[SOCKET_STATE].addresses.map(({ address }) =>
    systemError(errorClasses.Error, code, `connect ${code} ${address}:${port}`, {
      ...{ syscall: 'connect', errno, address, port },
    }),
  );
  // Node tries all addresses of a name, and reports what each of them said in an error without a message.
  const [first] = errors;
  return errors.length === 1 && first ? first : Object.assign(new errorClasses.AggregateError(errors), { code });
}
