import net from 'node:net';
import tls from 'node:tls';
import { makeCallback } from '../../callback';
import {
  type ConnectCall,
  type ConnectOptions,
  PASS,
  readConnectCall,
  readNamedTarget,
  readTarget,
} from '../connect-call';
import { later } from '../event-loop';
import type { Place } from '../patches';
import type { Target } from '../target';
import { dressAsTls, greet } from './tls-dress';

/** What the functions that connect ask of a capture, or of a guard. */
export interface ConnectionRules {
  readonly isOver: () => boolean;
  /** The target by whose name the mock answers a connection; undefined for a connection of others. */
  readonly findOurs: (target: Target, named: Target | undefined) => Target | undefined;
  /** Returns the error of a connection of others that must not leave. */
  readonly errorOfOther: (target: Target, named: Target | undefined) => Error | undefined;
  readonly notePassing: (target: Target, named: Target | undefined) => void;
  /** Connects a client's socket to the port in place of its target. */
  readonly lead: (socket: net.Socket, target: Target, call: ConnectCall) => void;
  readonly errorOfCaptured: (target: Target) => Error;
  /** Returns the error of a client that speaks no protocol of S3. */
  readonly errorOfProtocols: (target: Target, options: ConnectOptions) => Error | undefined;
}

export const connectionPlaces: readonly Place<ConnectionRules>[] = [
  { holder: net.Socket.prototype, name: 'connect', run: takeConnect },
  { holder: tls, name: 'connect', run: (rules, _, args) => takeTlsConnect(rules, args) },
];

/** Finds the names of a connection that this function decides about; undefined for a connection that passes anyhow. */
function readNames(rules: ConnectionRules, call: ConnectCall, secure: boolean) {
  if (call.options[PASS] || rules.isOver()) return undefined;
  const target = readTarget(call, secure);
  return target && { target, named: readNamedTarget(call, target) };
}

function takeConnect(rules: ConnectionRules, receiver: unknown, args: readonly unknown[]): net.Socket | undefined {
  const socket = receiver as net.Socket; // the receiver of its method
  const call = readConnectCall(args);
  const secure = socket instanceof tls.TLSSocket;
  const names = readNames(rules, call, secure);
  if (names === undefined) return undefined;
  const { target, named } = names;
  const ours = rules.findOurs(target, named);
  if (ours === undefined) {
    const failure = rules.errorOfOther(target, named);
    if (failure !== undefined) return refuse(socket, failure);
    rules.notePassing(target, named);
    return undefined;
  }
  // A reference to tls.connect that was taken before the start: its socket will speak TLS, which the port does not.
  if (secure) return refuse(socket, rules.errorOfCaptured(ours));
  if (call.listener !== undefined) socket.once('connect', call.listener);
  rules.lead(socket, ours, call);
  return socket;
}

/** Opens a connection to the port. */
export function openLed(rules: ConnectionRules, call: ConnectCall, target: Target): net.Socket {
  const { allowHalfOpen, signal } = call.options;
  const socket = new net.Socket({ ...(allowHalfOpen !== undefined && { allowHalfOpen }), ...(signal && { signal }) });
  rules.lead(socket, target, call);
  return socket;
}

/**
 * Returns a socket without TLS that says of itself what a client of S3 reads of a TLS socket. An agent may connect to a proxy, so nothing is
 * refused for it.
 */
export function takeTlsConnect(
  rules: ConnectionRules,
  args: readonly unknown[],
  { refuses }: { readonly refuses: boolean } = { refuses: true },
): net.Socket | undefined {
  const call = readConnectCall(args);
  const names = readNames(rules, call, true);
  if (names === undefined) return undefined;
  const ours = rules.findOurs(names.target, names.named);
  const carrier = call.options.socket;
  const isRefusable = refuses && ours === undefined && !carrier;
  const failure = isRefusable ? rules.errorOfOther(names.target, names.named) : undefined;
  if (ours === undefined && failure === undefined) return undefined;
  const { allowHalfOpen, signal } = call.options;
  const socket = new net.Socket({ ...(allowHalfOpen !== undefined && { allowHalfOpen }), ...(signal && { signal }) });
  dressAsTls(socket, names.target.host, call.options);
  if (call.listener !== undefined) socket.once('secureConnect', call.listener);
  const unspoken = ours && rules.errorOfProtocols(ours, call.options);
  if (ours === undefined || unspoken !== undefined) return refuse(socket, unspoken ?? failure);
  const fail = (error: unknown) => socket.destroy(error as Error); // what the client's own check throws
  socket.once(
    'connect',
    makeCallback(fail, () => greet(socket, call.options)),
  );
  // TLS over a tunnel: the client is led past its proxy.
  if (carrier instanceof net.Socket) socket.once('close', () => carrier.destroy());
  rules.lead(socket, ours, call);
  return socket;
}

/** Fails in a later turn, when the client has added its listeners. */
function refuse(socket: net.Socket, failure: Error | undefined): net.Socket {
  Object.assign(socket, { connecting: true }); // what the client writes waits
  later(() => socket.destroy(failure));
  return socket;
}
