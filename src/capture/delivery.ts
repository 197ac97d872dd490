import { callListeners, endWrite, runAt } from './bugs';
import { later } from './event-loop';
import { noteWriter, withinEvents } from './runs';
import {
  brokenPipe,
  type MemorySocket,
  type Parcel,
  SOCKET_STATE,
  type SocketState,
  type WriteDone,
} from './socket-state';

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
