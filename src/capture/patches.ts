import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, readConnectCall } from './connect-call';
import { type Patch, sharedRegistry } from './registry';
import { isMemorySocket } from './socket-state';

/** Answers a call that connects; undefined where Node shall go on with it. */
export type Intercept = (
  call: ConnectCall,
  secure: boolean,
  existing: net.Socket | undefined,
) => net.Socket | undefined;

interface Place {
  readonly holder: object;
  readonly name: string;
  /** Reads the receiver and the arguments of a call. */
  readonly read: (receiver: unknown, args: readonly unknown[]) => Parameters<Intercept>;
}

const places: readonly Place[] = [
  // The catch-all: fetch, http2 and references to net.connect taken before us all end here.
  {
    holder: net.Socket.prototype,
    name: 'connect',
    read: (socket, args) => [readConnectCall(args), socket instanceof tls.TLSSocket, socket as net.Socket], // its methods' receiver
  },
  // Ahead of nock 15 and msw 3, which replace net.Socket.prototype.connect too.
  { holder: net, name: 'connect', read: (_, args) => [readConnectCall(args), false, undefined] },
  { holder: net, name: 'createConnection', read: (_, args) => [readConnectCall(args), false, undefined] },
  // Spares a TLS context per connection, and meets TLS over a tunnel.
  { holder: tls, name: 'connect', read: (_, args) => [readConnectCall(args), true, undefined] },
  // With NODE_USE_ENV_PROXY these turn the host into the proxy's; before them it is still S3's.
  { holder: http.Agent.prototype, name: 'createConnection', read: readAgentCall },
  { holder: https.Agent.prototype, name: 'createConnection', read: readAgentCall },
];

/** Lays one patch over each place; returns what takes them off. */
export function layPatches(intercept: Intercept): () => void {
  // Emptied at the end: a patch that somebody else has covered cannot be taken off, but then does nothing.
  const cell: { intercept: Intercept | undefined } = { intercept };
  const { patches } = sharedRegistry();
  const laid = places.map((place) => lay(place, cell));
  patches.push(...laid);
  syncBuiltinESMExports();
  return () => {
    cell.intercept = undefined;
    for (const patch of laid.reverse()) {
      takeOff(patch, patches);
      patches.splice(patches.indexOf(patch), 1);
    }
    syncBuiltinESMExports();
  };
}

function lay({ holder, name, read }: Place, cell: { readonly intercept: Intercept | undefined }): Patch {
  const below = Object.getOwnPropertyDescriptor(holder, name) ?? {};
  // A method of an object literal, so that it has the name of what it replaces.
  const replacement = {
    [name](this: unknown, ...args: unknown[]): unknown {
      const ours = isMemorySocket(this) ? undefined : cell.intercept?.(...read(this, args));
      return ours ?? Reflect.apply(patch.below.value, this, args);
    },
  }[name];
  const patch: Patch = { holder, name, replacement, below };
  Object.defineProperty(holder, name, { ...below, value: replacement });
  return patch;
}

/** Restores what is on top; under a patch of another capture it is taken out of the middle. */
function takeOff(patch: Patch, patches: readonly Patch[]): void {
  const { holder, name, replacement } = patch;
  if (Object.getOwnPropertyDescriptor(holder, name)?.value === replacement) {
    Object.defineProperty(holder, name, patch.below);
    return;
  }
  const above = patches.find((other) => other.name === name && other.below.value === replacement);
  if (above !== undefined) above.below = patch.below;
}

/** An agent's callback takes (error, socket), which is no listener of 'connect'; https.Agent hands it to no one. */
function readAgentCall(agent: unknown, args: readonly unknown[]): Parameters<Intercept> {
  const secure = typeof agent === 'object' && agent !== null && 'protocol' in agent && agent.protocol === 'https:';
  const call = readConnectCall(args);
  return [secure ? { ...call, listener: undefined } : call, secure, undefined];
}
