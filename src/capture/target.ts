import type http from 'node:http';
import net from 'node:net';
import { URL } from 'node:url';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

export function readAuthority(authority: string, defaultPort: number, secure: boolean): Target {
  // A name and a password in front of the host lead to no other host.
  const match = /^(.*?)(?::(\d+))?$/.exec(authority.slice(authority.lastIndexOf('@') + 1));
  return { host: normalizeHost(match?.[1] ?? ''), port: Number(match?.[2] ?? defaultPort), secure };
}

/** The form in which hosts are compared: lower case, without brackets and without the trailing dot. */
export function normalizeHost(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return (bare.endsWith('.') ? bare.slice(0, -1) : bare).toLowerCase();
}

/** A host as URLs write it, in lower case and in ASCII, without a trailing dot; and its port, if it has one. */
export function writeUrlHost(authority: string): string {
  const [port = ''] = /:\d+$/.exec(authority) ?? [];
  const { hostname } = new URL(`http://${authority}`);
  return `${hostname.replace(/\.$/, '')}${port}`;
}

export function isLocal(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const address = host.startsWith('::ffff:') ? host.slice('::ffff:'.length) : host;
  if (net.isIPv4(address)) return address.startsWith('127.') || address === '0.0.0.0';
  return host === '::1' || host === '::' || host === '0:0:0:0:0:0:0:1';
}

/** Marks a connection, in its options, that no capture takes: a capture makes such connections to real proxies. */
export const PASS = Symbol.for('s3-versioning-mock.pass.v1');

/** Marks, in its options, a connection by what its first request names: a proxy for S3, or the target that its Host header names. */
export const CALLED = Symbol.for('s3-versioning-mock.called.v1');

/** Keeps, in the options of a connection that an agent of another library opens, the request that it is for. */
export const REQUEST = Symbol.for('s3-versioning-mock.request.v1');

export interface ConnectOptions {
  readonly host?: unknown;
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly defaultPort?: unknown;
  readonly path?: unknown;
  readonly socketPath?: unknown;
  readonly servername?: unknown;
  readonly socket?: unknown;
  readonly timeout?: unknown;
  readonly lookup?: unknown;
  readonly family?: unknown;
  readonly hints?: unknown;
  readonly localAddress?: unknown;
  readonly autoSelectFamily?: unknown;
  readonly allowHalfOpen?: boolean;
  readonly highWaterMark?: number;
  readonly onread?: unknown;
  readonly signal?: AbortSignal;
  readonly [PASS]?: true;
  readonly [CALLED]?: 'proxy' | Target;
  readonly [REQUEST]?: http.ClientRequest;
}

export interface ConnectCall {
  readonly options: ConnectOptions;
  readonly listener: ((...args: unknown[]) => void) | undefined;
}

export function readConnectCall(args: readonly unknown[]): ConnectCall {
  if (Array.isArray(args[0])) return readConnectCall(args[0]);
  const last = args.at(-1);
  const rest = typeof last === 'function' ? args.slice(0, -1) : args;
  const [first, second] = rest;
  let options: ConnectOptions = {};
  if (typeof first === 'object' && first !== null) options = first;
  else if (typeof first === 'string' && !/^\d+$/.test(first)) options = { path: first };
  else options = typeof second === 'string' ? { port: first, host: second } : { port: first };
  for (const more of rest.slice(1)) {
    if (typeof more === 'object' && more !== null) options = { ...options, ...more };
  }
  // typeof proves a function, but not its parameters: a listener of 'connect' is called without arguments.
  return { options, listener: typeof last === 'function' ? (last as () => void) : undefined };
}

/** Returns the target of a connection; undefined for a Unix socket, whose path wins over a host, as in net. */
export function readTarget({ options }: ConnectCall, secure: boolean): Target | undefined {
  if (options.path || options.socketPath) return undefined;
  const host = normalizeHost(String(options.host || options.hostname || 'localhost'));
  return { host, port: Number(options.port || options.defaultPort || (secure ? 443 : 80)), secure };
}

/** Returns the target of a TLS connection by the name that the client gives for it, undefined if it gives none: a client that resolves names by itself connects to an address. */
export function readNamedTarget({ options }: ConnectCall, { port, secure }: Target): Target | undefined {
  const { servername } = options;
  if (!secure || typeof servername !== 'string' || servername === '') return undefined;
  return { host: normalizeHost(servername), port, secure };
}

/** Returns the options that tls.connect keeps at its socket, under a symbol. */
export function findTlsOptions(socket: net.Socket): ConnectOptions | undefined {
  const symbol = Object.getOwnPropertySymbols(socket).find(({ description }) => description === 'connect-options');
  return symbol && Reflect.get(socket, symbol);
}

type Found = (error: null, address: unknown, family?: number) => void;

/** net.Socket looks names up with a callback that has this name. */
export function findSocketCallback(args: readonly unknown[]): Found | undefined {
  const last = args.at(-1);
  // typeof proves a function, but not its parameters: those of a look-up's callback are documented.
  return typeof last === 'function' && last.name === 'emitLookup' ? (last as Found) : undefined;
}

/**
 * Returns the socket for which a name is looked up, and keeps it from the network: a reference to net.Socket.prototype.connect that was
 * taken before the start is not replaced, but calls dns.lookup. The callback first emits 'lookup' on the socket, and returns if the socket
 * no longer connects.
 */
export function takeSocket(callback: Found, wantsAll: boolean): net.Socket | undefined {
  let found: net.Socket | undefined;
  const { prototype } = net.Socket;
  const before = Object.getOwnPropertyDescriptor(prototype, 'emit');
  const emit = function (this: net.Socket): boolean {
    found = this;
    Object.assign(this, { connecting: false });
    return true;
  };
  Object.defineProperty(prototype, 'emit', { value: emit, configurable: true, writable: true });
  try {
    const address = '127.0.0.1';
    if (wantsAll) callback(null, [{ address, family: 4 }]);
    else callback(null, address, 4);
  } finally {
    if (before === undefined) Reflect.deleteProperty(prototype, 'emit');
    else Object.defineProperty(prototype, 'emit', before);
  }
  return found;
}
