import type net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, readTarget } from './connect-call';
import type { WriteDone } from './socket-state';
import { readAuthority, type Target } from './target';

interface PassingConnection {
  readonly call: ConnectCall;
  readonly target: Target;
  /** Whether it has carried a request for another host to a proxy: the next request may be for S3. */
  isToProxy: boolean;
}

export interface PassingRules {
  isAnswered(named: Target): boolean;
  isCalled(named: Target, target: Target): boolean;
  guardErrorOf(named: Target): Error | undefined;
  adopt(socket: net.Socket, call: ConnectCall, target: Target, isProxy: boolean): void;
}

/** A write as net.Socket passes it to its handle; of a writev, `data` has the chunks. */
export interface Write {
  readonly isMany: boolean;
  readonly data: unknown;
  readonly encoding: BufferEncoding;
  readonly done: WriteDone;
}

/** If code alone names a proxy, or a client resolves names by itself, only the first bytes show the host: bytes for S3 are not sent. */
export class PassingConnections {
  readonly #connections = new WeakMap<net.Socket, PassingConnection>();
  readonly #rules: PassingRules;

  constructor(rules: PassingRules) {
    this.#rules = rules;
  }

  watch(socket: net.Socket, call: ConnectCall): void {
    const target = readTarget(call, socket instanceof tls.TLSSocket);
    if (target !== undefined) this.#connections.set(socket, { call, target, isToProxy: false });
  }

  take(socket: net.Socket, write: Write): boolean {
    const connection = this.#connections.get(socket);
    // While it connects, net.Socket holds the write, and comes here again.
    if (connection === undefined || socket.connecting) return false;
    const { target, call } = connection;
    const chunks = write.isMany && Array.isArray(write.data) ? write.data.map(chunkOf) : [write.data];
    const request = readWrittenRequest(chunks, target.secure);
    if (!connection.isToProxy) this.#connections.delete(socket);
    if (request === undefined) return false;

    const { form, target: named } = request;
    if (form === 'origin') {
      if (!this.#rules.isCalled(named, target)) return false;
      this.#rules.adopt(socket, call, named, false);
    } else if (this.#rules.isAnswered(named)) {
      this.#rules.adopt(socket, call, target, true);
    } else {
      const error = this.#rules.guardErrorOf(named);
      if (error !== undefined) write.done(error);
      else if (form === 'absolute') this.#connections.set(socket, { ...connection, isToProxy: true });
      return error !== undefined;
    }
    this.#connections.delete(socket);
    writeAgain(socket, write);
    return true;
  }
}

function chunkOf(part: unknown): unknown {
  return typeof part === 'object' && part !== null && 'chunk' in part ? part.chunk : part;
}

function writeAgain(socket: net.Socket, { isMany, data, encoding, done }: Write): void {
  if (isMany && Array.isArray(data)) socket._writev?.(data, done);
  else socket._write(data, encoding, done);
}

interface NamedRequest {
  readonly form: 'tunnel' | 'absolute' | 'origin';
  readonly target: Target;
}

const absoluteForm = /^https?:\/\/([^/?#]*)/i;

export function readNamedRequest(
  method: string,
  url: string,
  hostHeader: string | undefined,
  secure: boolean,
): NamedRequest | undefined {
  if (method === 'CONNECT') return { form: 'tunnel', target: readAuthority(url, 443, secure) };
  const absolute = url.startsWith('/') ? undefined : absoluteForm.exec(url)?.[1];
  const authority = absolute ?? hostHeader;
  if (!authority) return undefined;
  const target = readAuthority(authority.trim(), secure ? 443 : 80, secure);
  return { form: absolute === undefined ? 'origin' : 'absolute', target };
}

const headLimit = 16_384;
const requestLine = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/;
const hostLine = /\r\nhost:[ \t]*([^\r\n]*)/i;

function readWrittenRequest(chunks: readonly unknown[], secure: boolean): NamedRequest | undefined {
  if (!beginsWithCapital(chunks[0])) return undefined;
  let head = '';
  for (const chunk of chunks) {
    if (typeof chunk === 'string') head += chunk;
    else if (Buffer.isBuffer(chunk)) head += chunk.toString('latin1', 0, headLimit);
    if (head.length >= headLimit || head.includes('\r\n\r\n')) break;
  }
  const [, method, url] = requestLine.exec(head) ?? [];
  if (method === undefined || url === undefined) return undefined;
  const end = head.indexOf('\r\n\r\n');
  const hostHeader = hostLine.exec(end === -1 ? head : head.slice(0, end))?.[1];
  return readNamedRequest(method, url, hostHeader, secure);
}

/** Whether bytes can be the bytes of a request: the first byte distinguishes most protocols from HTTP. */
function beginsWithCapital(chunk: unknown): boolean {
  const code = typeof chunk === 'string' ? chunk.charCodeAt(0) : Buffer.isBuffer(chunk) ? chunk[0] : undefined;
  return code !== undefined && code >= 65 && code <= 90;
}
