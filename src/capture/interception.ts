import net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, PASS, targetOf } from './connect-call';
import { openConnection } from './connection';
import { guardError, isLocal } from './guard';
import type { Hosts } from './hosts';
import type { Intercept } from './patches';
import type { Proxies } from './proxies';
import { ownerOf } from './registry';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';
import { normalizeHost, type Target } from './target';
import { takeCarrier } from './tunnel';

/** The rules by which connections of the process are intercepted. */
interface InterceptionRules {
  readonly hosts: Hosts;
  readonly proxies: Proxies;
  readonly guard: boolean;
  readonly serve: (end: MemorySocket) => void;
}

/** Takes the connections to the hosts of a capture and to proxies; fails those that the guard does not let out. */
export function createInterception({ hosts, proxies, guard, serve }: InterceptionRules): Intercept {
  return (call, secure, existing) => {
    if (call.options[PASS]) return undefined;
    if (call.options.socket) {
      const carrier = takeCarrier(call.options.socket);
      if (carrier !== undefined) return tls.connect(past(call, { socket: carrier }), call.listener);
      const target = targetOfTunnel(call);
      const isOurs = hosts.decide(target.host, target.port) === 'capture';
      return isOurs ? openConnection({ call, target, existing, serve }) : undefined;
    }
    const target = targetOf(call, secure);
    if (target === undefined) return undefined;
    if (hosts.decide(target.host, target.port) === 'capture') return openConnection({ call, target, existing, serve });
    if (proxies.has(target)) return openConnection({ call, target, existing, serve, dial: dialOf(call, secure) });
    const failure = guard ? findGuardError(target) : undefined;
    return failure === undefined ? undefined : openConnection({ call, target, existing, serve, failure });
  };
}

/** The guard's error for a connection; undefined if another capture answers it or it stays on this machine. */
export function findGuardError(target: Target): Error | undefined {
  return isLocal(target.host) || ownerOf(target.host, target.port) !== undefined ? undefined : guardError(target);
}

/**
 * Returns the target of TLS over a socket that the caller opened: the far end of a tunnel, which TLS names. So a call to S3
 * is captured through a proxy as well that is configured in code alone.
 */
function targetOfTunnel({ options }: ConnectCall): Target {
  const tunnelTo = isMemorySocket(options.socket) ? options.socket[SOCKET_STATE].tunnelTo : undefined;
  const host = tunnelTo?.host ?? normalizeHost(String(options.servername || options.host || ''));
  return { host, port: tunnelTo?.port ?? (Number(options.port) || 443), secure: true };
}

/** Returns a function that opens the connection the caller asked for, past every capture. */
function dialOf(call: ConnectCall, secure: boolean): () => net.Socket {
  return () => (secure ? tls.connect(past(call)) : net.connect(past(call)));
}

function past({ options }: ConnectCall, more: object = {}): tls.ConnectionOptions & net.TcpNetConnectOpts {
  // The caller's own options, which Node reads again: capture itself read their host and port only.
  return { ...options, ...more, [PASS]: true } as unknown as tls.ConnectionOptions & net.TcpNetConnectOpts;
}
