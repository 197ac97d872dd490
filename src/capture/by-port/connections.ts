import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { makeCallback } from '../../callback';
import { later } from '../event-loop';
import { readNamedRequest } from '../judgement';
import type { PatchedPlace } from '../patches';
import {
  type ConnectCall,
  type ConnectOptions,
  PASS,
  readConnectCall,
  readNamedTarget,
  readTarget,
  type Target,
} from '../target';
import { describeCertificate, makeX509Certificate, offeredProtocols } from '../tls-face';

/**
 * Leads the connections of node:net, node:tls and the agents of node:http to the port, also those that would go to a proxy.
 * @module
 */

/** What the functions that connect ask of a capture, or of a guard. */
interface ConnectionRules {
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

export const connectionPlaces: readonly PatchedPlace<ConnectionRules>[] = [
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

/**
 * Returns a socket without TLS that says of itself what a client of S3 reads of a TLS socket. An agent may connect to a proxy, so nothing is
 * refused for it.
 */
function takeTlsConnect(
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

/** Opens a connection to the port. */
function openLed(rules: ConnectionRules, call: ConnectCall, target: Target): net.Socket {
  const { allowHalfOpen, signal } = call.options;
  const socket = new net.Socket({ ...(allowHalfOpen !== undefined && { allowHalfOpen }), ...(signal && { signal }) });
  rules.lead(socket, target, call);
  return socket;
}

interface TlsFields {
  readonly encrypted: true;
  readonly authorized: boolean;
  readonly authorizationError: unknown;
  readonly servername: string | false;
  readonly alpnProtocol: string | false;
}

const cipher = { name: 'TLS_AES_256_GCM_SHA384', standardName: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3' };

/** Gives a socket without TLS the members of a TLS socket. */
function dressAsTls(socket: net.Socket, host: string, options: ConnectOptions): void {
  const { servername } = options;
  const name = typeof servername === 'string' && servername !== '' ? servername : host;
  const fields: TlsFields = {
    encrypted: true,
    authorized: false,
    authorizationError: null,
    servername: net.isIP(name) === 0 && name,
    alpnProtocol: offeredProtocols(options).includes('http/1.1') && 'http/1.1',
  };
  const methods = {
    getPeerCertificate: (isDetailed?: unknown) => describeCertificate([name], isDetailed === true),
    getPeerX509Certificate: () => makeX509Certificate([name]),
    getCertificate: () => ({}),
    getX509Certificate: () => undefined,
    getCipher: () => ({ ...cipher }),
    getProtocol: () => cipher.version,
    getSession: () => undefined,
    setSession: () => undefined,
    isSessionReused: () => false,
    setServername: () => undefined,
    setMaxSendFragment: () => true,
    disableRenegotiation: () => undefined,
  };
  Object.assign(socket, fields, methods);
}

/** Ends the handshake of a socket that is connected: the client checks the certificate, and is told that TLS is ready. */
function greet(socket: net.Socket, options: ConnectOptions & { readonly checkServerIdentity?: unknown }): void {
  const { checkServerIdentity: check, servername, host } = options;
  const name = String(servername || host || '');
  const error: unknown = typeof check === 'function' ? check(name, describeCertificate([name], true)) : undefined;
  if (error instanceof Error) {
    socket.destroy(error);
    return;
  }
  Object.assign(socket, { authorized: true });
  socket.emit('secureConnect');
}

export interface ProxiedRules extends ConnectionRules {
  /** Whether a connection is led to the port. */
  readonly isLed: (socket: net.Socket) => boolean;
  /** The target of a request of node:http by the name that the request itself gives; undefined if the connection's target is right. */
  readonly findCalled: (request: http.ClientRequest, options: ConnectOptions, secure: boolean) => Target | undefined;
}

/**
 * They take the requests that a client is about to send to a proxy. The agents of node:http show the host behind a proxy of the environment when they
 * connect; other clients show it in the first bytes that they write to the proxy.
 */
export const proxiedPlaces: readonly PatchedPlace<ProxiedRules>[] = [
  { holder: http.Agent.prototype, name: 'addRequest', run: takeRequest },
  { holder: http.Agent.prototype, name: 'createConnection', run: connectByAgent },
  { holder: https.Agent.prototype, name: 'createConnection', run: connectByAgent },
  { holder: net.Socket.prototype, name: '_write', run: takeWrite },
  { holder: net.Socket.prototype, name: '_writev', run: takeWrites },
];

function isSecureAgent(agent: unknown): boolean {
  return typeof agent === 'object' && agent !== null && 'protocol' in agent && agent.protocol === 'https:';
}

/** Changes the options of a request that names S3, so that the agent connects to S3 and not to a proxy. */
function takeRequest(rules: ProxiedRules, agent: unknown, args: unknown[]): undefined {
  const [request, options] = args;
  if (rules.isOver() || !(request instanceof http.OutgoingMessage) || typeof options !== 'object') return undefined;
  const called = rules.findCalled(request as http.ClientRequest, Object(options), isSecureAgent(agent)); // agents get no others
  if (called !== undefined) args[1] = { ...options, host: called.host, hostname: called.host, port: called.port };
  return undefined;
}

/** An agent's callback takes (error, socket), so it is not a listener of 'connect'. */
function connectByAgent(rules: ProxiedRules, agent: unknown, args: readonly unknown[]): net.Socket | undefined {
  const { options } = readConnectCall(args);
  if (isSecureAgent(agent)) return takeTlsConnect(rules, [options], { refuses: false });
  const call = { options, listener: undefined };
  const target = rules.isOver() ? undefined : readTarget(call, false);
  const ours = target && rules.findOurs(target, undefined);
  return ours && openLed(rules, call, ours);
}

type Done = (error?: Error | null) => void;

/** The connections to proxies whose client has asked for a tunnel to S3. */
const tunnels = new WeakMap<net.Socket, Target>();

/** The led connections that stand for connections to proxies. */
const standIns = new WeakMap<net.Socket, net.Socket>();

function takeWrite(rules: ProxiedRules, receiver: unknown, args: readonly unknown[]): true | undefined {
  const [chunk, encoding, done] = args as [string | Uint8Array, BufferEncoding, Done]; // of its method
  const socket = receiver as net.Socket; // the receiver of its method
  if (rules.isOver() || rules.isLed(socket)) return undefined;
  const known = standIns.get(socket) ?? openTunnel(rules, socket);
  if (known !== undefined) {
    known.write(chunk, encoding, () => done());
    return true;
  }
  const named = readNamed(chunk);
  if (named === undefined) return undefined;
  const ours = rules.findOurs(named.target, undefined);
  if (ours === undefined) return refuseWrite(rules, named.target, done);
  if (named.form === 'tunnel') acceptTunnel(socket, ours, done);
  else standIn(rules, socket, ours).write(chunk, encoding, () => done());
  return true;
}

interface Chunk {
  readonly chunk: string | Uint8Array;
  readonly encoding: BufferEncoding;
}

/** What a client wrote in one turn is judged by its beginning. */
function takeWrites(rules: ProxiedRules, receiver: unknown, args: readonly unknown[]): true | undefined {
  const [chunks, done] = args as [readonly Chunk[], Done]; // of its method
  const socket = receiver as net.Socket; // the receiver of its method
  const isTaken = standIns.has(socket) || tunnels.has(socket);
  if (!isTaken && (rules.isOver() || rules.isLed(socket) || readNamed(chunks[0]?.chunk ?? '') === undefined))
    return undefined;
  const bytes = chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk));
  return takeWrite(rules, receiver, [Buffer.concat(bytes), 'buffer', done]);
}

const longestLine = 2048;

/** Reads the host that a request to a proxy names in its first line. Nearly all bytes are none. */
function readNamed(chunk: string | Uint8Array) {
  const text =
    typeof chunk === 'string'
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(longestLine, chunk.byteLength)).toString('latin1');
  const line = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/.exec(text);
  const [, method = '', url = '/'] = line ?? [];
  const named = readNamedRequest(method, url, undefined, /^https:/i.test(url));
  return named?.form === 'origin' ? undefined : named;
}

function refuseWrite(rules: ProxiedRules, target: Target, done: Done): true | undefined {
  const error = rules.errorOfOther(target, undefined);
  if (error !== undefined) done(error);
  return error && true;
}

/** Answers for the proxy. TLS over the tunnel is led to the port when it connects. */
function acceptTunnel(socket: net.Socket, target: Target, done: Done): void {
  tunnels.set(socket, target);
  const accept = () => {
    done();
    later(() => socket.push('HTTP/1.1 200 Connection established\r\n\r\n'));
  };
  if (socket.connecting) socket.once('connect', accept);
  else accept();
}

/** Without TLS the requests follow on the connection itself. */
function openTunnel(rules: ProxiedRules, socket: net.Socket): net.Socket | undefined {
  const target = tunnels.get(socket);
  return target && standIn(rules, socket, target);
}

/** Opens a connection to the port whose bytes the client reads from the connection to its proxy. */
function standIn(rules: ProxiedRules, socket: net.Socket, target: Target): net.Socket {
  const led = openLed(rules, { options: {}, listener: undefined }, target);
  standIns.set(socket, led);
  led.on('data', (bytes) => socket.push(bytes));
  led.on('error', (error) => socket.destroy(error));
  led.once('close', () => socket.destroy());
  socket.once('close', () => led.destroy());
  return led;
}
