import type { WireHead } from '../wire';
import type { WriteDone } from './socket-state';

/** A write as net.Socket passes it to its handle; of a writev, `data` has the chunks. */
export interface Write {
  readonly isMany: boolean;
  readonly data: unknown;
  readonly encoding: BufferEncoding;
  readonly done: WriteDone;
}

export interface WrittenHead extends WireHead {
  /** The bytes that follow the head in the same write. */
  readonly following: number;
}

/** node:http keeps the request that a socket serves at the socket, and the text of its head at the request. */
export interface NodeRequest {
  readonly _header?: unknown;
  readonly upgradeOrConnect?: unknown;
}

const headLimit = 16_384;
const requestLine = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/;
const methodLimit = 24;

/** Finds the heads among the bytes that a client writes over one connection: a body can look like a head. */
export class WrittenRequests {
  readonly #begun = new WeakSet<object>();
  /** The bytes of a body that are still to come; infinite while chunks come. */
  #left = 0;

  /** Returns 'rest' if the bytes belong to a request of node:http whose head was written before the first call. */
  read(write: Write, request: NodeRequest | undefined): WrittenHead | 'rest' | undefined {
    if (typeof request?._header === 'string' && request.upgradeOrConnect !== true) {
      if (this.#begun.has(request)) return undefined;
      this.#begun.add(request);
      return textOf(write, request._header.length) === request._header ? (readHead(write) ?? 'rest') : 'rest';
    }
    const head = this.#left > 0 ? undefined : readHead(write);
    if (head !== undefined) this.#expectBody(head, write);
    else if (this.#left > 0) this.#takeBody(sizeOf(write), write);
    return head;
  }

  #expectBody({ headers, following }: WrittenHead, write: Write): void {
    const isChunked = /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '');
    this.#left = isChunked ? Number.POSITIVE_INFINITY : Number(headers.get('content-length') ?? 0) || 0;
    if (this.#left > 0) this.#takeBody(following, write);
  }

  #takeBody(size: number, write: Write): void {
    if (this.#left !== Number.POSITIVE_INFINITY) this.#left = Math.max(0, this.#left - size);
    else if (endsChunks(chunksOf(write).at(-1))) this.#left = 0;
  }
}

function readHead(write: Write): WrittenHead | undefined {
  // Called for nearly every write of the process: most do not begin with a method.
  if (!/^[A-Z]+ /.test(textOf(write, methodLimit))) return undefined;
  const text = textOf(write, headLimit);
  const [line, method, url] = requestLine.exec(text) ?? [];
  if (line === undefined || method === undefined || url === undefined) return undefined;
  const end = text.indexOf('\r\n\r\n');
  const headers = readLines(text.slice(line.length, end === -1 ? undefined : end));
  return { method, url, headers, following: end === -1 ? 0 : sizeOf(write) - end - 4 };
}

function readLines(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

function chunksOf({ isMany, data }: Write): readonly unknown[] {
  return isMany && Array.isArray(data) ? data.map(chunkOf) : [data];
}

function chunkOf(part: unknown): unknown {
  return typeof part === 'object' && part !== null && 'chunk' in part ? part.chunk : part;
}

/** The beginning of what is written; one character for each byte. */
function textOf({ isMany, data }: Write, limit: number): string {
  if (!isMany || !Array.isArray(data)) return beginningOf(data, limit);
  let text = '';
  for (const part of data) {
    text += beginningOf(chunkOf(part), limit - text.length);
    if (text.length >= limit) break;
  }
  return text;
}

function beginningOf(chunk: unknown, limit: number): string {
  if (typeof chunk === 'string') return chunk.slice(0, limit);
  return Buffer.isBuffer(chunk) ? chunk.toString('latin1', 0, limit) : '';
}

function sizeOf(write: Write): number {
  return chunksOf(write).reduce<number>(
    (size, chunk) =>
      size + (typeof chunk === 'string' ? Buffer.byteLength(chunk) : Buffer.isBuffer(chunk) ? chunk.length : 0),
    0,
  );
}

const lastChunk = '0\r\n\r\n';

function endsChunks(chunk: unknown): boolean {
  if (typeof chunk === 'string') return chunk.endsWith(lastChunk);
  return Buffer.isBuffer(chunk) && chunk.toString('latin1', Math.max(0, chunk.length - lastChunk.length)) === lastChunk;
}
