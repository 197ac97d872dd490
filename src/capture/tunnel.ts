import http from 'node:http';
import type net from 'node:net';
import type { Duplex } from 'node:stream';
import { URL } from 'node:url';
import { makeCallback } from '../callback';
import type { Exchange } from './exchange';
import type { GuardErrorOf } from './guard';
import { findOwner } from './registry';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';
import { normalizeHost, readAuthority, type Target } from './target';

/** Requests to a mocked host are answered here, all others go to the real proxy. */
export function playProxy(stage: Pick<Exchange, 'server' | 'release' | 'report'>, guardErrorOf: GuardErrorOf): void {
  stage.server.on('connect', (request, socket, head) => {
    const report = (bug: unknown) => {
      stage.report(bug);
      socket.destroy();
    };
    const connect = () => {
      if (isMemorySocket(socket)) {
        stage.release(socket);
        connectTunnel(request, socket, head, guardErrorOf);
      } else socket.destroy();
    };
    makeCallback(report, connect)();
  });
}

export function passRequestOn(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  target: Target,
  guardErrorOf: GuardErrorOf,
): (() => void) | undefined {
  const owner = findOwner(target.host, target.port);
  if (owner !== undefined) return () => owner.receive(request, response);
  const socket: unknown = request.socket;
  const dial = isMemorySocket(socket) ? socket[SOCKET_STATE].dial : undefined;
  if (!isMemorySocket(socket) || dial === undefined) return undefined;
  return () => {
    const error = guardErrorOf(target);
    if (error === undefined) forward(request, response, socket, dial);
    else socket[SOCKET_STATE].peer.destroy(error);
  };
}

function connectTunnel(
  request: http.IncomingMessage,
  socket: MemorySocket,
  head: Buffer,
  guardErrorOf: GuardErrorOf,
): void {
  const state = socket[SOCKET_STATE];
  const target = readAuthority(request.url ?? '', 443, state.target.secure);
  const owner = findOwner(target.host, target.port);
  if (owner !== undefined) {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    state.tunnelTo = target;
    state.peer[SOCKET_STATE].tunnelTo = target;
    if (head.length > 0) socket.unshift(head);
    // Plain HTTP may follow on this socket; TLS opens its own connection.
    owner.serve(socket);
    return;
  }
  const error = guardErrorOf(target);
  if (error !== undefined) state.peer.destroy(error);
  else if (state.dial === undefined) socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
  else carry(socket, state.dial(), writeHead(request), head);
}

/** Connects the sockets. From then on, the bytes are forwarded unread. */
function carry(socket: MemorySocket, carrier: net.Socket, opening: string, head: Buffer): void {
  const client = socket[SOCKET_STATE].peer;
  client[SOCKET_STATE].carrier = carrier;
  carrier.write(opening, 'latin1');
  if (head.length > 0) carrier.write(head);
  carrier.on('error', (error) => client.destroy(error));
  carrier.once('close', () => socket.destroySoon());
  socket.once('close', () => carrier.destroy());
  carrier.pipe(socket).pipe(carrier);
}

/** TLS runs on the real connection: over a net.Socket without a handle it would wait for its connection forever. */
export function takeCarrier(tunnel: unknown): net.Socket | undefined {
  if (!isMemorySocket(tunnel)) return undefined;
  const { carrier, peer } = tunnel[SOCKET_STATE];
  carrier?.unpipe(peer);
  if (carrier !== undefined) peer.unpipe(carrier);
  return carrier;
}

/** Forwards one request over its own connection, since the client's next request may be for a mocked host. */
function forward(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  socket: MemorySocket,
  dial: () => Duplex,
): void {
  const { method, url, rawHeaders } = request;
  const onward = http.request({ ...(method && { method }), path: url, headers: rawHeaders, createConnection: dial });
  const fail = (error: unknown) => socket[SOCKET_STATE].peer.destroy(error as Error); // Node throws errors, under jest of another realm
  const passBack = (answer: http.IncomingMessage) => {
    response.sendDate = false;
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
    answer.pipe(response);
  };
  // Node refuses to write some of what it reads.
  onward.on('response', makeCallback(fail, passBack));
  onward.on('error', fail);
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}

function writeHead({ method, url, rawHeaders }: http.IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

export interface Proxies {
  has(target: Target): boolean;
}

const variables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const;

export function readProxies(environment: NodeJS.ProcessEnv): Proxies {
  const known = new Set<string>();
  for (const variable of variables) {
    const value = environment[variable];
    // Clients read `proxy:3128` as an http proxy.
    const url = value && parseUrl(value.includes('://') ? value : `http://${value}`);
    if (url) known.add(`${normalizeHost(url.hostname)}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`);
  }
  return { has: ({ host, port }) => known.size > 0 && known.has(`${host}:${port}`) };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
