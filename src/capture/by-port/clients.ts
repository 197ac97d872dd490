import { ofFunctions, type PatchedPlace } from '../patches';
import { normalizeHost, readAuthority, type Target } from '../target';

/**
 * The clients of a runtime that connect by themselves. What the mock would have to answer is refused, with what a test can do in place of the call.
 * @module
 */

/** What the clients that connect by themselves ask of a capture, or of a guard. */
export interface ClientRules {
  readonly isOver: () => boolean;
  /** Returns the error of a call of `client` that must not reach its target. */
  readonly errorOfClient: (target: Target, client: OwnClient) => Error | undefined;
}

/** A client of a runtime that connects past node:net and node:tls, so that it cannot be led to a port. */
export interface OwnClient {
  readonly name: string;
  /** What a test can do in place of the refused call. */
  readonly cure: string;
}

export function byFetch(name: string): OwnClient {
  return { name, cure: 'Call fetch in its place, or a client that uses fetch, node:http or node:https.' };
}

export function errorOfAddress(rules: ClientRules, address: string, client: OwnClient): Error | undefined {
  return rules.isOver() ? undefined : rules.errorOfClient(readOrigin(address), client);
}

/** Reads where an address leads, of which it need not be the whole. */
export function readOrigin(address: string): Target {
  const [scheme = '', authority = ''] = address.split(/:\/\/|[/?#]/);
  const secure = /^(?:https|wss)$/i.test(scheme);
  return readAuthority(authority.replace(/^.*@/, ''), secure ? 443 : 80, secure);
}

/** Makes the promise of a refused call; undefined for a call that is not refused. */
export function reject(error: Error | undefined): Promise<never> | undefined {
  return error && Promise.reject(error);
}

type Callable = (...args: unknown[]) => unknown;

/** The classes of the global object whose instances connect by themselves. */
const names = ['EventSource', 'WebSocket', 'WebSocketStream'] as const;

/** Replaces the classes that connect when they are constructed. `present` returns what decides at this moment, newest first. */
export function guardConstructors(global: object, present: () => readonly ClientRules[]): void {
  for (const name of names) replaceClass(global, name, (original) => guardConstructor(name, original, present));
}

export function replaceClass(global: object, name: string, replace: (original: Callable) => Callable): void {
  const original: unknown = Reflect.get(global, name);
  if (typeof original !== 'function') return;
  const value = replace(original as Callable); // typeof proves no parameters
  Object.defineProperty(global, name, { value, writable: true, enumerable: false, configurable: true });
}

export function guardConstructor(name: string, original: Callable, present: () => readonly ClientRules[]): Callable {
  return replaceConstructor(name, original, (args) => {
    for (const rules of present()) {
      const error = errorOfAddress(rules, String(args[0]), byFetch(name));
      if (error !== undefined) throw error;
    }
    return args;
  });
}

/** Replaces a class by one that changes the arguments first. The prototype stays the same, so instances of the one class are instances of the other. */
export function replaceConstructor(
  name: string,
  original: Callable,
  change: (args: readonly unknown[]) => readonly unknown[],
): Callable {
  const guarded = {
    [name]: function (this: unknown, ...args: unknown[]): unknown {
      if (new.target === undefined) return Reflect.apply(original, this, args);
      return Reflect.construct(original, change(args), new.target === guarded ? original : new.target);
    },
  }[name] as Callable; // it was just made
  Object.setPrototypeOf(guarded, original);
  for (const key of Reflect.ownKeys(original)) {
    const descriptor = ofFunctions.has(key) ? undefined : Object.getOwnPropertyDescriptor(original, key);
    if (descriptor) Object.defineProperty(guarded, key, descriptor);
  }
  Object.defineProperty(guarded, 'prototype', { value: original.prototype });
  return guarded;
}

interface ConnectOptions {
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly transport?: unknown;
}

/** Refuses the connections of deno's own functions that the mock would have to answer. */
export function denoClientPlaces(global: object): readonly PatchedPlace<ClientRules>[] {
  const { Deno: deno } = global as { readonly Deno?: object };
  if (deno === undefined) return [];
  return (['connect', 'connectTls', 'startTls'] as const)
    .filter((name) => Object.hasOwn(deno, name))
    .map((name) => ({ holder: deno, name, run: makeRejectConnect(name) }));
}

function makeRejectConnect(name: 'connect' | 'connectTls' | 'startTls'): PatchedPlace<ClientRules>['run'] {
  const secure = name !== 'connect';
  return (rules, _, args) => {
    // startTls speaks TLS over a connection that is open, as through a proxy: its options name the host.
    const { hostname, port, transport }: ConnectOptions = Object(name === 'startTls' ? args[1] : args[0]);
    if (rules.isOver() || typeof hostname !== 'string' || (transport ?? 'tcp') !== 'tcp') return undefined;
    const target = { host: normalizeHost(hostname), port: Number(port ?? 443), secure };
    return reject(rules.errorOfClient(target, byFetch(`Deno.${name}`)));
  };
}
