import { later } from './event-loop';
import { type MemorySocket, SOCKET_STATE, type SocketState, type WriteDone } from './socket-state';
import { systemError } from './system-error';

/** What net.Socket has and its types do not say. */
interface SocketInternals {
  _unrefTimer?(): void;
}

/** What a writer gets whose reader is gone. */
export const brokenPipe = () => systemError('EPIPE', 'write EPIPE', { syscall: 'write', errno: -32 });
/** What a reader gets whose peer was reset. */
export const connectionReset = () => systemError('ECONNRESET', 'read ECONNRESET', { syscall: 'read', errno: -104 });

/** The bytes of a chunk, as a stream gives it to _write. */
export function toBuffer(chunk: string | Buffer, encoding: BufferEncoding): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
}

/** Sends to the peer what the stream of an end has to write; null is its end. */
export function send(from: MemorySocket, chunks: readonly (Buffer | null)[], done: WriteDone): void {
  const state = from[SOCKET_STATE];
  if (from.connecting) {
    state.unsent = () => send(from, chunks, done);
    return;
  }
  keepAwake(from);
  let size = 0;
  for (const chunk of chunks) size += chunk?.length ?? 0;
  if (size > 0 && state.peer.destroyed) {
    done(brokenPipe());
    return;
  }
  deliver(state.peer, chunks, (error) => {
    state.bytesWritten += size;
    done(error);
  });
}

/** Bytes arrive in a later turn: never inside write(), and timers get their turn between one call and the next. */
export function deliver(to: MemorySocket, chunks: readonly (Buffer | null)[], done: WriteDone | undefined): void {
  if (to[SOCKET_STATE].inbox.push({ chunks, done }) === 1) later(unpack, to);
}

function unpack(to: MemorySocket): void {
  const state = to[SOCKET_STATE];
  const parcels = state.inbox;
  state.inbox = [];
  for (const { chunks, done } of parcels) {
    const wantsMore = accept(to, state, chunks);
    if (done === undefined) continue;
    if (wantsMore) done();
    else state.heldWrite = done;
  }
}

/** Gives the chunks to the reader; false when it has enough for now. */
function accept(to: MemorySocket, state: SocketState, chunks: readonly (Buffer | null)[]): boolean {
  let wantsMore = true;
  for (const chunk of chunks) {
    if (to.destroyed || state.ended) return true;
    if (chunk === null) {
      state.ended = true;
      to.push(null);
      to.read(0); // a stream that nobody reads must still learn of its end
      return true;
    }
    state.bytesRead += chunk.length;
    keepAwake(to);
    wantsMore = to.push(chunk);
  }
  return wantsMore || to.destroyed;
}

/** socket.setTimeout counts from the last activity. */
function keepAwake(end: MemorySocket & SocketInternals): void {
  end._unrefTimer?.();
}

/** Sends what was written while the client's end was connecting. */
export function sendUnsent(client: MemorySocket): void {
  const state = client[SOCKET_STATE];
  const unsent = state.unsent;
  state.unsent = undefined;
  unsent?.();
}
