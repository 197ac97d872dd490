import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { type ConnectOptions, readConnectCall, readTarget } from '../connect-call';
import { later } from '../event-loop';
import { readNamedRequest } from '../judgement';
import type { Place } from '../patches';
import type { Target } from '../target';
import { type ConnectionRules, openLed, takeTlsConnect } from './connections';

/**
 * Takes the requests that a client is about to send to a proxy. The agents of node:http show the host behind a proxy of the environment when they
 * connect; other clients show it in the first bytes that they write to the proxy.
 * @module
 */

export interface ProxiedRules extends ConnectionRules {
  /** Whether a connection is led to the port. */
  readonly isLed: (socket: net.Socket) => boolean;
  /** The target of a request of node:http by the name that the request itself gives; undefined if the connection's target is right. */
  readonly findCalled: (request: http.ClientRequest, options: ConnectOptions, secure: boolean) => Target | undefined;
}

export const proxiedPlaces: readonly Place<ProxiedRules>[] = [
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
