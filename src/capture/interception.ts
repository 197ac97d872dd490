import net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, namedTargetOf, PASS, targetOf } from './connect-call';
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
  const isOurs = ({ host, port }: Target) => hosts.decide(host, port) === 'capture';
  return (call, secure, existing) => {
    if (call.options[PASS]) return undefined;
    if (call.options.socket) {
      const ours = targetsOfTunnel(call).find(isOurs);
      if (ours !== undefined) return openConnection({ call, target: ours, existing, serve });
      const carrier = takeCarrier(call.options.socket);
      return carrier && tls.connect(past(call, { socket: carrier }), call.listener);
    }
    const target = targetOf(call, secure);
    if (target === undefined) return undefined;
    const named = namedTargetOf(call, target);
    const ours = [target, named].find((one) => one !== undefined && isOurs(one));
    if (ours !== undefined) return openConnection({ call, target: ours, existing, serve });
    if (proxies.has(target)) return openConnection({ call, target, existing, serve, dial: dialOf(call, secure) });
    const failure = guard ? findGuardError(target, named) : undefined;
    return failure && openConnection({ call, target, existing, serve, failure });
  };
}

/**
 * The guard's error for a connection; undefined if another capture answers it, by its name too, or if it stays on this machine.
 * The address decides that: a name alone does not make another machine this one.
 */
export function findGuardError(target: Target, named?: Target): Error | undefined {
  if (isLocal(target.host)) return undefined;
  const isAnswered = [target, named].some((one) => one !== undefined && ownerOf(one.host, one.port) !== undefined);
  if (isAnswered) return undefined;
  const isKnownByName = named !== undefined && net.isIP(target.host) !== 0 && !isLocal(named.host);
  return guardError(isKnownByName ? named : target);
}

/**
 * Returns what TLS over a socket that the caller opened may lead to: the far end of a tunnel, and the name that TLS gives. So a call
 * to S3 is captured through a proxy as well that is configured in code alone.
 */
function targetsOfTunnel(call: ConnectCall): readonly Target[] {
  const { socket, host, port } = call.options;
  const tunnelTo = isMemorySocket(socket) ? socket[SOCKET_STATE].tunnelTo : undefined;
  const target = {
    host: normalizeHost(String(host || '')),
    port: tunnelTo?.port ?? (Number(port) || 443),
    secure: true,
  };
  // The tunnel's own connection may be plain.
  const end = tunnelTo && { ...tunnelTo, secure: true };
  return [end, namedTargetOf(call, target), target].filter((one) => one !== undefined);
}

/** Returns a function that opens the connection the caller asked for, past every capture. */
function dialOf(call: ConnectCall, secure: boolean): () => net.Socket {
  return () => (secure ? tls.connect(past(call)) : net.connect(past(call)));
}

function past({ options }: ConnectCall, more: object = {}): tls.ConnectionOptions & net.TcpNetConnectOpts {
  // The caller's own options, which Node reads again: capture itself read their host and port only.
  return { ...options, ...more, [PASS]: true } as unknown as tls.ConnectionOptions & net.TcpNetConnectOpts;
}
