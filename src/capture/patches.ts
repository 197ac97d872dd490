import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, readConnectCall } from './connect-call';
import { type Patch, sharedRegistry } from './registry';
import { isMemorySocket } from './socket-state';

/** Returns the socket of an intercepted connection; undefined if Node is to open it. */
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
  // fetch, http2 and references to net.connect that were taken before the start all call this one.
  {
    holder: net.Socket.prototype,
    name: 'connect',
    read: (socket, args) => [readConnectCall(args), socket instanceof tls.TLSSocket, socket as net.Socket], // its methods' receiver
  },
  // Called before nock 15 and msw 3, which replace net.Socket.prototype.connect too.
  { holder: net, name: 'connect', read: (_, args) => [readConnectCall(args), false, undefined] },
  { holder: net, name: 'createConnection', read: (_, args) => [readConnectCall(args), false, undefined] },
  // Saves a TLS context per connection, and intercepts TLS over a tunnel.
  { holder: tls, name: 'connect', read: (_, args) => [readConnectCall(args), true, undefined] },
  // With NODE_USE_ENV_PROXY these replace the host by the proxy's; in their arguments it is still S3's.
  { holder: http.Agent.prototype, name: 'createConnection', read: readAgentCall },
  { holder: https.Agent.prototype, name: 'createConnection', read: readAgentCall },
];

/** Replaces the function at each place; returns a function that removes the replacements. */
export function layPatches(intercept: Intercept): () => void {
  // Emptied at the end: a patch that another library has wrapped cannot be removed, but then does nothing.
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
  // A method of an object literal, so that it has the name of the function it replaces.
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

/** Restores the property if this patch is the topmost; else unlinks it from the patch of another capture above it. */
function takeOff(patch: Patch, patches: readonly Patch[]): void {
  const { holder, name, replacement } = patch;
  if (Object.getOwnPropertyDescriptor(holder, name)?.value === replacement) {
    Object.defineProperty(holder, name, patch.below);
    return;
  }
  const above = patches.find((other) => other.name === name && other.below.value === replacement);
  if (above !== undefined) above.below = patch.below;
}

/** An agent's callback takes (error, socket), so it is not a listener of 'connect'; https.Agent never calls it. */
function readAgentCall(agent: unknown, args: readonly unknown[]): Parameters<Intercept> {
  const secure = typeof agent === 'object' && agent !== null && 'protocol' in agent && agent.protocol === 'https:';
  const call = readConnectCall(args);
  return [secure ? { ...call, listener: undefined } : call, secure, undefined];
}
