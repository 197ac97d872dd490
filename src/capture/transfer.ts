import type net from 'node:net';
import { types } from 'node:util';
import { later } from './event-loop';
import { noteWriter, withinEvents } from './runs';
import {
  brokenConnection,
  brokenPipe,
  type MemorySocket,
  type Parcel,
  type Reader,
  SOCKET_STATE,
  type SocketState,
  systemError,
  type WriteDone,
} from './socket-state';

/**
 * How bytes go from one end of a connection in memory to the other, as a stream or to a reader, and whose the errors are that are thrown on this way.
 * @module
 */

export function toBuffer(chunk: string | Buffer, encoding: BufferEncoding): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
}

/** Smaller chunks of one write travel as one, as over a network, and the reader's parser runs once. */
const largestParcel = 64 * 1024;

export function joinSmall(chunks: readonly Buffer[]): readonly Buffer[] {
  let size = 0;
  for (const chunk of chunks) size += chunk.length;
  // Node ends a response with an empty chunk.
  const only = chunks.find((chunk) => chunk.length === size);
  if (only !== undefined) return [only];
  return size > largestParcel ? chunks : [Buffer.concat(chunks, size)];
}

export function send(from: MemorySocket, chunks: readonly (Buffer | null)[], done: WriteDone): void {
  const state = from[SOCKET_STATE];
  if (from.connecting) {
    sendLater(from, state, () => runAt(from, () => send(from, chunks, done)));
    return;
  }
  keepAwake(from);
  let size = 0;
  for (const chunk of chunks) size += chunk?.length ?? 0;
  if (size > 0 && state.peer.destroyed) {
    done(brokenPipe(state));
    return;
  }
  const peer = state.peer[SOCKET_STATE];
  if (peer.senderOf !== undefined) peer.sender = peer.senderOf(findWriter(from));
  noteWriter(from);
  deliver(state.peer, chunks, (error) => {
    state.bytesWritten += size;
    endWrite(from, done, error);
  });
}

/** Returns the request of node:http that a connection carries. Other clients have none. */
function findWriter(from: MemorySocket): object | undefined {
  const { _httpMessage: request }: { readonly _httpMessage?: unknown } = from as object;
  return typeof request === 'object' && request !== null ? request : undefined;
}

/** Sends what is written while the socket connects: before its `ready`, as Node does, but not before a handshake. */
function sendLater(from: MemorySocket, state: SocketState, act: () => void): void {
  if (state.target.secure) state.unsent = act;
  else from.once('connect', act);
}

/** Delivers bytes in a later turn of the event loop: never inside write(), and timers run between one call and the next. */
export function deliver(to: MemorySocket, chunks: readonly (Buffer | null)[], done: WriteDone | undefined): void {
  if (to[SOCKET_STATE].inbox.push({ chunks, done }) === 1) later(unpack, to);
}

function unpack(to: MemorySocket): void {
  const { isClient, run } = to[SOCKET_STATE];
  withinEvents(isClient ? run : undefined, () => runAt(to, openAll));
}

function openAll(to: MemorySocket): void {
  const state = to[SOCKET_STATE];
  const parcels = state.inbox;
  const after: (() => void)[] = [];
  state.inbox = [];
  state.afterArrival = after;
  try {
    for (let parcel = parcels.shift(); parcel !== undefined; parcel = parcels.shift()) open(to, parcel, parcels);
  } finally {
    // A listener of the client may have thrown. Its request is answered nevertheless, and what has not arrived comes in a later turn.
    if (parcels.length > 0) {
      if (state.inbox.length === 0) later(unpack, to);
      state.inbox = [...parcels, ...state.inbox];
    }
    try {
      for (const act of after) act(); // an act may add another one
    } finally {
      state.afterArrival = undefined;
    }
  }
}

/** If a listener throws, the chunks after the chunk that it received are the next parcel. */
function open(to: MemorySocket, { chunks, done }: Parcel, next: Parcel[]): void {
  const state = to[SOCKET_STATE];
  const rest = [...chunks];
  let wantsMore: boolean | undefined;
  try {
    wantsMore = accept(to, state, rest);
  } finally {
    if (wantsMore === undefined) next.unshift({ chunks: rest, done });
  }
  if (done === undefined) return;
  if (wantsMore) done();
  else state.heldWrite = done;
}

export function afterArrival(at: MemorySocket, act: () => void): void {
  const { afterArrival: after } = at[SOCKET_STATE];
  if (after === undefined) later(act);
  else after.push(act);
}

function accept(to: MemorySocket, state: SocketState, chunks: (Buffer | null)[]): boolean {
  if (state.reader !== undefined) {
    keepAwake(to);
    return to.destroyed || state.ended || state.reader.accept(chunks.splice(0)) || to.destroyed;
  }
  return stream(to, chunks);
}

export function stream(to: MemorySocket, chunks: (Buffer | null)[]): boolean {
  const state = to[SOCKET_STATE];
  let wantsMore = true;
  for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
    if (to.destroyed || state.ended) return true;
    if (chunk === null) {
      state.ended = true;
      callListeners(to, () => {
        to.push(null);
        to.read(0); // so that a stream without a reader emits its end as well
      });
      return true;
    }
    state.bytesRead += chunk.length;
    keepAwake(to);
    wantsMore = push(to, chunk);
  }
  return wantsMore || to.destroyed;
}

function push(to: MemorySocket, chunk: Buffer): boolean {
  return callListeners(to, () => to.push(chunk));
}

/** Restarts the timer of socket.setTimeout, which counts from the last activity, by a method of net.Socket that its types leave out. */
function keepAwake(end: MemorySocket & { _unrefTimer?(): void }): void {
  end._unrefTimer?.();
}

export function sendUnsent(client: MemorySocket): void {
  const state = client[SOCKET_STATE];
  const unsent = state.unsent;
  state.unsent = undefined;
  unsent?.();
}

interface Onread {
  readonly buffer: unknown;
  readonly next: (() => unknown) | undefined;
  readonly callback: (size: number, buffer: Uint8Array) => unknown;
}

/** The constructor of net.Socket keeps the option under symbols, and a caller that creates its socket gives it nowhere else. */
export function readByCallback(socket: MemorySocket): void {
  const onread = findOnread(socket);
  if (onread === undefined) return;
  const reader = new CallbackReader(socket, onread);
  socket[SOCKET_STATE].reader = reader;
  const { pause, resume, read } = socket;
  const methods = {
    pause() {
      reader.paused = true;
      return pause.call(socket);
    },
    resume() {
      reader.start();
      return resume.call(socket);
    },
    read(size?: number): unknown {
      reader.start();
      return read.call(socket, size);
    },
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(socket, name, { value, writable: true, configurable: true });
  }
}

function findOnread(socket: net.Socket): Onread | undefined {
  const found = new Map<string | undefined, unknown>();
  for (const symbol of Object.getOwnPropertySymbols(socket)) found.set(symbol.description, Reflect.get(socket, symbol));
  const callback = found.get('kBufferCb');
  const next = found.get('kBufferGen');
  if (typeof callback !== 'function') return undefined;
  return {
    buffer: found.get('kBuffer'),
    next: typeof next === 'function' ? () => next() : undefined,
    callback: (size, buffer) => callback(size, buffer),
  };
}

class CallbackReader implements Reader {
  paused = false;
  readonly #socket: MemorySocket;
  readonly #onread: Onread;
  #buffer: Uint8Array = new Uint8Array(0);
  #waiting: (Buffer | null)[] = [];
  #isBusy = false;

  constructor(socket: MemorySocket, onread: Onread) {
    this.#socket = socket;
    this.#onread = onread;
    // Node has called the function already if the socket had a handle, as a TLSSocket has.
    this.#take(types.isUint8Array(onread.buffer) ? onread.buffer : onread.next?.());
  }

  accept(chunks: readonly (Buffer | null)[]): boolean {
    for (const chunk of chunks) if (chunk?.length !== 0) this.#waiting.push(chunk);
    let isGiven = false;
    try {
      this.#give();
      isGiven = true;
    } finally {
      // The owner's callback has thrown. It gets the rest nevertheless, in a later turn.
      if (!isGiven) later(this.#goOn);
    }
    return this.#waiting.length === 0;
  }

  /** Goes on in a later turn of the event loop: bytes never arrive inside resume() or read(). */
  start(): void {
    if (!this.paused) return;
    this.paused = false;
    later(this.#goOn);
  }

  readonly #goOn = (): void => {
    runAt(this.#socket, () => {
      if (this.accept([])) this.#socket._read(0);
    });
  };

  #give(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (!this.paused && !this.#socket.destroyed) {
        const [first] = this.#waiting;
        if (first === undefined) return;
        if (first === null) this.#end();
        else this.#givePiece(first);
      }
    } finally {
      this.#isBusy = false;
    }
  }

  #givePiece(chunk: Buffer): void {
    const size = Math.min(chunk.length, this.#buffer.length);
    if (size === 0) {
      this.#socket.destroy(
        systemError(this.#socket[SOCKET_STATE].errorClasses.Error, 'ENOBUFS', 'read ENOBUFS', {
          syscall: 'read',
          errno: -105,
        }),
      );
      return;
    }
    this.#buffer.set(chunk.subarray(0, size));
    if (size === chunk.length) this.#waiting.shift();
    else this.#waiting[0] = chunk.subarray(size);
    this.#socket[SOCKET_STATE].bytesRead += size;
    this.#callOwner(size);
  }

  #callOwner(size: number): void {
    const { callback, next } = this.#onread;
    callListeners(this.#socket, () => {
      if (callback(size, this.#buffer) === false) this.paused = true;
      if (next !== undefined) this.#take(next());
    });
  }

  #end(): void {
    this.#waiting = [];
    this.#socket[SOCKET_STATE].ended = true;
    callListeners(this.#socket, () => {
      this.#socket.push(null);
      this.#socket.read(0); // so that the stream, which has no bytes, emits its end
    });
  }

  #take(buffer: unknown): void {
    if (types.isUint8Array(buffer)) this.#buffer = buffer;
  }
}

/** An error that a listener of the client has thrown. It is the client's own, as over a network, and no bug of the mock. */
class ThrownByClient extends Error {
  constructor(readonly thrown: unknown) {
    super('a listener of the client has thrown');
  }
}

/** Runs `act`, which calls listeners of this end; it is called within `runAt`. */
export function callListeners<Result>(end: MemorySocket, act: () => Result): Result {
  try {
    return act();
  } catch (thrown) {
    throw end[SOCKET_STATE].isClient ? new ThrownByClient(thrown) : thrown;
  }
}

/** Runs for Node what belongs to an end in memory. A bug is reported, and the client reads the end of its connection. */
export function runAt(end: MemorySocket, act: (end: MemorySocket) => void): void {
  try {
    act(end);
  } catch (thrown) {
    if (thrown instanceof ThrownByClient) throw thrown.thrown;
    breakConnection(end, thrown);
  }
}

/**
 * Ends the write of an end, which calls listeners in a turn that is not theirs. An error that a listener of the client throws comes in a
 * turn of its own.
 */
export function endWrite(from: MemorySocket, done: ((error?: Error | null) => void) | undefined, error?: Error | null) {
  try {
    done?.(error);
  } catch (thrown) {
    if (from[SOCKET_STATE].isClient) later(throwOn, thrown);
    else breakConnection(from, thrown);
  }
}

function throwOn(thrown: unknown): never {
  throw thrown;
}

export function breakConnection(end: MemorySocket, bug: unknown): void {
  const state = end[SOCKET_STATE];
  const [client, server] = state.isClient ? [end, state.peer] : [state.peer, end];
  const ofClient = client[SOCKET_STATE];
  if (ofClient.isBroken) {
    client.destroy();
    return;
  }
  ofClient.isBroken = true;
  state.report(bug);
  server.destroy();
  if (client.connecting) client.destroy(brokenConnection(server[SOCKET_STATE]));
}
