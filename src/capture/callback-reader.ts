import type net from 'node:net';
import { types } from 'node:util';
import { later } from './event-loop';
import { type MemorySocket, type Reader, SOCKET_STATE, systemError } from './socket-state';

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
      if (!isGiven) later(() => this.#goOn());
    }
    return this.#waiting.length === 0;
  }

  /** Goes on in a later turn of the event loop: bytes never arrive inside resume() or read(). */
  start(): void {
    if (!this.paused) return;
    this.paused = false;
    later(() => this.#goOn());
  }

  #goOn(): void {
    if (this.accept([])) this.#socket._read(0);
  }

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
    if (this.#onread.callback(size, this.#buffer) === false) this.paused = true;
    if (this.#onread.next !== undefined) this.#take(this.#onread.next());
  }

  #end(): void {
    this.#waiting = [];
    this.#socket[SOCKET_STATE].ended = true;
    this.#socket.push(null);
    this.#socket.read(0); // so that the stream, which has no bytes, emits its end
  }

  #take(buffer: unknown): void {
    if (types.isUint8Array(buffer)) this.#buffer = buffer;
  }
}
