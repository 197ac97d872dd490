import type http from 'node:http';
import type net from 'node:net';
import { URL } from 'node:url';
import { makeCallback } from '../callback';
import type { Exchange } from './exchange';
import { carry, forward } from './forwarding';
import type { GuardErrorOf } from './guard';
import { findOwner } from './registry';
import { takeRun } from './runs';
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
  if (!isMemorySocket(socket)) return undefined;
  const { dial, endpoint } = socket[SOCKET_STATE];
  // A host that the mock answers is not used as a proxy.
  if (dial === undefined || endpoint !== undefined) return undefined;
  return () => {
    const error = guardErrorOf(target);
    if (error === undefined) forward(request, response, { socket, dial });
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
  takeRun(socket); // of the CONNECT itself
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
  else {
    const carrier = state.dial();
    carrier.write(writeHead(request), 'latin1');
    if (head.length > 0) carrier.write(head);
    carry(socket, carrier);
  }
}

/** TLS runs on the real connection: over a net.Socket without a handle it would wait for its connection forever. */
export function takeCarrier(tunnel: unknown): net.Socket | undefined {
  if (!isMemorySocket(tunnel)) return undefined;
  const { carrier, peer } = tunnel[SOCKET_STATE];
  carrier?.unpipe(peer);
  if (carrier !== undefined) peer.unpipe(carrier);
  return carrier;
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
