import { later } from './event-loop';
import type { MemorySocket } from './loopback';
import { LINK, type Link, type WriteDone } from './socket-state';
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
  const link = from[LINK];
  if (from.connecting) {
    link.unsent = () => send(from, chunks, done);
    return;
  }
  keepAwake(from);
  let size = 0;
  for (const chunk of chunks) size += chunk?.length ?? 0;
  if (size > 0 && link.peer.destroyed) {
    done(brokenPipe());
    return;
  }
  deliver(link.peer, chunks, (error) => {
    link.bytesWritten += size;
    done(error);
  });
}

/** Bytes arrive in a later turn: never inside write(), and timers get their turn between one call and the next. */
export function deliver(to: MemorySocket, chunks: readonly (Buffer | null)[], done: WriteDone | undefined): void {
  if (to[LINK].inbox.push({ chunks, done }) === 1) later(unpack, to);
}

function unpack(to: MemorySocket): void {
  const link = to[LINK];
  const parcels = link.inbox;
  link.inbox = [];
  for (const { chunks, done } of parcels) {
    const wantsMore = accept(to, link, chunks);
    if (done === undefined) continue;
    if (wantsMore) done();
    else link.heldWrite = done;
  }
}

/** Gives the chunks to the reader; false when it has enough for now. */
function accept(to: MemorySocket, link: Link, chunks: readonly (Buffer | null)[]): boolean {
  let wantsMore = true;
  for (const chunk of chunks) {
    if (to.destroyed || link.ended) return true;
    if (chunk === null) {
      link.ended = true;
      to.push(null);
      to.read(0); // a stream that nobody reads must still learn of its end
      return true;
    }
    link.bytesRead += chunk.length;
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
  const link = client[LINK];
  const unsent = link.unsent;
  link.unsent = undefined;
  unsent?.();
}
