import type net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, readTarget } from './connect-call';
import { readWrittenRequest } from './named-request';
import type { WriteDone } from './socket-state';
import type { Target } from './target';

/** A connection that Node opened, of which the first bytes are not known yet. */
interface PassingConnection {
  readonly call: ConnectCall;
  readonly target: Target;
  /** Whether it has carried a request for another host to a proxy: the next one may be for S3. */
  isToProxy: boolean;
}

/** The rules by which a connection continues once its bytes name a host. */
export interface PassingRules {
  isAnswered(named: Target): boolean;
  /** Whether this capture answers the Host header of a request to `target`. */
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

/**
 * The connections that pass, until their first bytes are written. A proxy that code alone names, and a client that resolves names by
 * itself, show the host of a request only then; the bytes are not sent if the host is S3's.
 */
export class PassingConnections {
  readonly #connections = new WeakMap<net.Socket, PassingConnection>();
  readonly #rules: PassingRules;

  constructor(rules: PassingRules) {
    this.#rules = rules;
  }

  /** Adds a connection that Node is about to open. */
  watch(socket: net.Socket, call: ConnectCall): void {
    const target = readTarget(call, socket instanceof tls.TLSSocket);
    if (target !== undefined) this.#connections.set(socket, { call, target, isToProxy: false });
  }

  /** Looks at a write of any socket; returns true if it was taken. */
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
