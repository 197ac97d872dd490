import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { makeCallback } from '../callback';

const headLimit = 1024;

interface Start {
  readonly text: string;
  /** The bytes that came last, until its head is parsed. */
  readonly chunk?: Buffer;
  readonly request?: IncomingMessage;
  /** The bytes that came in one chunk with the end of its head. They belong to the next request if this request has no body. */
  readonly rest?: string;
}

const nothing: Start = { text: '' };

/** If Node cannot parse a request, its error contains the bytes of the last chunk alone. */
export class RequestStarts {
  readonly #last = new WeakMap<Duplex, Start>();
  readonly #listeners = new WeakMap<Duplex, (chunk: Buffer) => void>();

  /** Reads the bytes of a connection before the server's parser does. */
  watch(socket: Duplex, report: (bug: unknown) => void): void {
    const read = makeCallback(report, (chunk: Buffer) => this.#read(socket, chunk));
    this.#listeners.set(socket, read);
    socket.prependListener('data', read);
  }

  unwatch(socket: Duplex): void {
    const listener = this.#listeners.get(socket);
    if (listener !== undefined) socket.off('data', listener);
  }

  noteHead(request: IncomingMessage): void {
    const { socket } = request;
    const { text, chunk, rest } = this.#startOn(socket);
    this.#last.set(socket, { text, request, rest: chunk === undefined ? (rest ?? '') : restOf(chunk) });
  }

  headOn(socket: Duplex): string {
    return this.#startOn(socket).text;
  }

  methodOn(socket: Duplex): string | undefined {
    const { request, text } = this.#startOn(socket);
    return request?.method ?? /^\w+/.exec(text)?.[0];
  }

  #read(socket: Duplex, chunk: Buffer): void {
    const start = this.#startOn(socket);
    if (start.request?.complete === false) return; // the bytes of its body
    const before = start.request === undefined ? start.text : hasBody(start.request) ? '' : start.rest;
    const text = `${before}${chunk.toString('latin1', 0, headLimit)}`.slice(0, headLimit);
    this.#last.set(socket, { text, chunk });
  }

  #startOn(socket: Duplex): Start {
    return this.#last.get(socket) ?? nothing;
  }
}

function restOf(chunk: Buffer): string {
  const end = chunk.lastIndexOf('\r\n\r\n');
  return end < 0 ? '' : chunk.toString('latin1', end + 4, end + 4 + headLimit);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return (headers['content-length'] ?? '0') !== '0' || headers['transfer-encoding'] !== undefined;
}
