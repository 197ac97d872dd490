import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { lookUpPlaces, type NameLookUps, takeLookup } from './look-ups';
import { channelsWithSubscribers, isOfHiddenServer } from './observers';
import type { Write } from './passed-on';
import { type Patch, sharedRegistry } from './registry';
import { noteRun } from './runs';
import { isMemorySocket, type WriteDone } from './socket-state';
import { CALLED, type ConnectCall, type ConnectOptions, REQUEST, readConnectCall, type Target } from './target';

export interface Interception extends NameLookUps {
  connect(call: ConnectCall, secure: boolean, existing: net.Socket | undefined): net.Socket | undefined;
  write(socket: net.Socket, write: Write): boolean;
  request(request: http.ClientRequest, options: ConnectOptions, secure: boolean): 'proxy' | Target | undefined;
}

/** A function that is replaced while a capture or a guard runs. */
export interface PatchedPlace<Rules> {
  readonly holder: object;
  readonly name: string;
  /** Returns the result of an intercepted call; undefined if the function below is to be called, with `args`. */
  readonly run: (rules: Rules, receiver: unknown, args: unknown[], below: Below) => unknown;
}

/** Calls the function that was there before, with the receiver of the call and these arguments. */
export type Below = (args: readonly unknown[]) => unknown;

/** The functions that stay in the place of others. It is weak, since a function on the global object of a sandbox must not outlive the sandbox. */
const kept = new WeakSet<object>();

/** These belong to each function itself. */
export const ofFunctions: ReadonlySet<string | symbol> = new Set([
  'length',
  'name',
  'prototype',
  'arguments',
  'caller',
]);

const connectBy =
  (secure: boolean): PatchedPlace<Interception>['run'] =>
  ({ connect }, _, args) =>
    connect(readConnectCall(args), secure, undefined);

const places: readonly PatchedPlace<Interception>[] = [
  // fetch, http2 and references to net.connect that were taken before the start all call this one.
  {
    holder: net.Socket.prototype,
    name: 'connect',
    run: ({ connect }, socket, args) =>
      connect(readConnectCall(args), socket instanceof tls.TLSSocket, socket as net.Socket), // its methods' receiver
  },
  // Called before nock 15 and msw 3, which also replace net.Socket.prototype.connect.
  { holder: net, name: 'connect', run: connectBy(false) },
  { holder: net, name: 'createConnection', run: connectBy(false) },
  // Saves a TLS context per connection, and intercepts TLS over a tunnel.
  { holder: tls, name: 'connect', run: connectBy(true) },
  // With NODE_USE_ENV_PROXY these functions replace the host by the proxy's host. Their arguments still contain the host of S3.
  { holder: http.Agent.prototype, name: 'createConnection', run: connectByAgent },
  { holder: https.Agent.prototype, name: 'createConnection', run: connectByAgent },
  // A proxy that code alone names is known by the request, which createConnection does not get.
  { holder: http.Agent.prototype, name: 'addRequest', run: readRequest },
  // Clients without http.Agent show the host behind such a proxy in the first bytes that they write.
  { holder: net.Socket.prototype, name: '_writeGeneric', run: takeWrite },
  // References to net.Socket.prototype.connect that were taken before the start call dns.lookup.
  ...lookUpPlaces,
  // Sentry takes the servers that it instruments from a channel.
  {
    holder: channelsWithSubscribers(),
    name: 'publish',
    run: (_, __, [message]) => isOfHiddenServer(message) || undefined,
  },
];

/** The patches of this capture, oldest first. */
const running: Interception[] = [];
const early: Cell<Interception> = { rules: undefined };

/**
 * undici takes a reference to dns.lookup when it is loaded, and what it takes can be a function of a test, below which nothing could be
 * replaced. So this patch is laid when the library is loaded. It calls the function below until a capture begins, and the end of the capture
 * takes it off.
 */
const earlyPatch = lay({ holder: dns, name: 'lookup', run: takeEarlyLookup }, early);

function takeEarlyLookup(_: Interception, receiver: unknown, args: readonly unknown[]): object | undefined {
  for (const interception of running.toReversed()) {
    const taken = takeLookup(interception, receiver, args);
    if (taken !== undefined) return taken;
  }
  return undefined;
}

function begin(interception: Interception): () => void {
  running.push(interception);
  early.rules = interception;
  return () => {
    running.splice(running.indexOf(interception), 1);
    early.rules = running.at(-1);
    if (running.length === 0 && takeOff(earlyPatch, [])) syncBuiltinESMExports();
  };
}

export function layPatches(interception: Interception): () => void {
  const takeOffPlaces = layPlaces(places, interception);
  const end = begin(interception);
  return () => {
    takeOffPlaces();
    end();
  };
}

const madeRequests: PatchedPlace<(request: object) => void> = {
  holder: http.Agent.prototype,
  name: 'addRequest',
  run(listener, _, [request]) {
    listener(Object(request));
    return undefined;
  },
};

/**
 * Calls a function with each request of node:http that code makes, in the stack of that code: the bytes are often written later, when the
 * connection is open. Call the returned function to end it.
 */
export function watchMadeRequests(listener: (request: object) => void): () => void {
  return layPlaces([madeRequests], listener);
}

interface Cell<Rules> {
  rules: Rules | undefined;
}

/** Replaces the functions. Returns a function that restores them. */
export function layPlaces<Rules>(places: readonly PatchedPlace<Rules>[], rules: Rules): () => void {
  // The cell is emptied at the end: a patch that another library has wrapped cannot be removed, but does nothing then.
  const cell: Cell<Rules> = { rules };
  const { patches } = sharedRegistry();
  const laid = places.map((place) => lay(place, cell));
  patches.push(...laid);
  syncBuiltinESMExports();
  return () => {
    cell.rules = undefined;
    for (const patch of laid.reverse()) {
      takeOff(patch, patches);
      patches.splice(patches.indexOf(patch), 1);
    }
    syncBuiltinESMExports();
  };
}

/** Replaces functions until the process ends. `present` returns what decides at the moment of a call: the first that takes the call runs. */
export function keepPatches<Rules>(places: readonly PatchedPlace<Rules>[], present: () => readonly Rules[]): void {
  for (const { holder, name, run } of places) {
    if (isKept(holder, name)) continue;
    const runFirst: PatchedPlace<typeof present>['run'] = (_, receiver, args, below) => {
      for (const rules of present()) {
        const ours = run(rules, receiver, args, below);
        if (ours !== undefined) return ours;
      }
      return undefined;
    };
    kept.add(Object(lay({ holder, name, run: runFirst }, { rules: present }).replacement));
  }
  syncBuiltinESMExports();
}

export function isKept(holder: object, name: string): boolean {
  return kept.has(Object(Reflect.get(holder, name)));
}

function lay<Rules>({ holder, name, run }: PatchedPlace<Rules>, cell: Readonly<Cell<Rules>>): Patch {
  const original = Object.getOwnPropertyDescriptor(holder, name) ?? {};
  const below = withValue(original, holder, name);
  // A method of an object literal, so that it has the name of the function it replaces.
  const replacement = {
    [name](this: unknown, ...args: unknown[]): unknown {
      const { rules } = cell;
      // nock 15 and msw 3 restore the property as they found it, which may be ours although it was removed in the meantime.
      if (rules === undefined && takeOff(patch, [])) syncBuiltinESMExports();
      const below: Below = (given) => Reflect.apply(patch.below.value, this, given);
      const ours = rules === undefined || isMemorySocket(this) ? undefined : run(rules, this, args, below);
      return ours ?? below(args);
    },
  }[name];
  // util.promisify reads a property of dns.lookup, and bun's fetch carries a function.
  for (const key of Reflect.ownKeys(Object(below.value))) {
    const descriptor = ofFunctions.has(key) ? undefined : Object.getOwnPropertyDescriptor(below.value, key);
    if (descriptor) Object.defineProperty(replacement, key, { ...descriptor, configurable: true });
  }
  const patch: Patch = { holder, name, replacement, below, original };
  Object.defineProperty(holder, name, { ...below, value: replacement });
  return patch;
}

/** A global function can be a property with a getter, as fetch is in the sandbox of jest under bun. */
function withValue(original: PropertyDescriptor, holder: object, name: string): PropertyDescriptor {
  if (original.get === undefined) return original;
  const enumerable = original.enumerable === true;
  return { value: Reflect.get(holder, name), writable: true, enumerable, configurable: true };
}

/**
 * Restores the property if this patch is the topmost, and returns true. Otherwise unlinks the patch from the patch of another capture above
 * it.
 */
function takeOff(patch: Patch, patches: readonly Patch[]): boolean {
  const { holder, name, replacement } = patch;
  if (Object.getOwnPropertyDescriptor(holder, name)?.value === replacement) {
    Object.defineProperty(holder, name, patch.original);
    return true;
  }
  const above = patches.find((other) => other.name === name && other.below.value === replacement);
  if (above !== undefined) Object.assign(above, { below: patch.below, original: patch.original });
  return false;
}

/** An agent's callback takes (error, socket), so it is not a listener of 'connect'; https.Agent never calls it. */
function connectByAgent({ connect }: Interception, agent: unknown, args: readonly unknown[]): net.Socket | undefined {
  const secure = isSecureAgent(agent);
  const call = readConnectCall(args);
  return connect(secure ? { ...call, listener: undefined } : call, secure, undefined);
}

function readRequest({ request }: Interception, agent: unknown, args: unknown[]): undefined {
  const [message, options] = args;
  if (!isRequest(message)) return;
  noteRun(message);
  if (typeof options !== 'object' || options === null) return;
  const secure = isSecureAgent(agent);
  const called = request(message, options, secure);
  const isNodes = opensAsNode(agent, secure);
  if (called === undefined && isNodes) return;
  args[1] = { ...options, ...(called && { [CALLED]: called }), ...(!isNodes && { [REQUEST]: message }) };
}

/** nock replaces http.ClientRequest by its own class. Requests of Node are no instances of that class. */
function isRequest(message: unknown): message is http.ClientRequest {
  return message instanceof http.OutgoingMessage;
}

function opensAsNode(agent: unknown, secure: boolean): boolean {
  const { prototype } = secure ? https.Agent : http.Agent;
  const { createConnection }: { readonly createConnection?: unknown } = Object(agent);
  return createConnection === Reflect.get(prototype, 'createConnection');
}

function takeWrite({ write }: Interception, socket: unknown, args: readonly unknown[]): true | undefined {
  const [isMany, data, encoding, done] = args;
  // The receiver and the arguments are those that net.Socket passes to its own method.
  const taken = { isMany: isMany === true, data, encoding: encoding as BufferEncoding, done: done as WriteDone };
  return write(socket as net.Socket, taken) || undefined;
}

function isSecureAgent(agent: unknown): boolean {
  return typeof agent === 'object' && agent !== null && 'protocol' in agent && agent.protocol === 'https:';
}
