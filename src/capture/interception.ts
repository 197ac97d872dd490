import net from 'node:net';
import tls from 'node:tls';
import { type ConnectCall, PASS, targetOf } from './connect-call';
import { type Opening, openConnection } from './connection';
import type { GuardErrorOf } from './guard';
import type { Hosts } from './hosts';
import type { Intercept } from './patches';
import type { Proxies } from './proxies';
import { ownerOf } from './registry';
import { isMemorySocket, type MemorySocket, SOCKET_STATE } from './socket-state';
import { normalizeHost, type Target } from './target';
import { takeCarrier } from './tunnel';

/** The rules by which connections of the process are intercepted. */
interface InterceptionRules {
  readonly hosts: Pick<Hosts, 'decide'>;
  readonly proxies: Proxies;
  readonly guardErrorOf: GuardErrorOf;
  /** The same for TLS over a socket that the caller opened, which may be local. */
  readonly tunnelErrorOf: GuardErrorOf;
  /** Whether nothing is intercepted any more. */
  readonly isOver: () => boolean;
  readonly serve: (end: MemorySocket) => void;
  readonly onOtherHost?: (host: string, port: number, isRefused: boolean) => void;
}

/** Takes the connections to the hosts of a capture and to proxies; fails those that the guard does not let out. */
export function createInterception(rules: InterceptionRules): Intercept {
  const { hosts, proxies, guardErrorOf, tunnelErrorOf, isOver, serve } = rules;
  return (call, secure, existing) => {
    if (call.options[PASS] || isOver()) return undefined;
    if (call.options.socket) {
      const carrier = takeCarrier(call.options.socket);
      if (carrier !== undefined) return tls.connect(past(call, { socket: carrier }), call.listener);
      const target = targetOfTunnel(call);
      if (hosts.decide(target.host, target.port) === 'capture')
        return openConnection({ call, target, existing, serve });
      return fail(tunnelErrorOf(target), { call, target, existing, serve });
    }
    const target = targetOf(call, secure);
    if (target === undefined) return undefined;
    if (hosts.decide(target.host, target.port) === 'capture') return openConnection({ call, target, existing, serve });
    if (proxies.has(target)) return openConnection({ call, target, existing, serve, dial: dialOf(call, secure) });
    const failure = guardErrorOf(target);
    // A connection that passes comes by several patches. The last one has the socket.
    if (failure !== undefined || existing !== undefined) report(rules, target, failure !== undefined);
    return fail(failure, { call, target, existing, serve });
  };
}

function report({ onOtherHost }: InterceptionRules, { host, port }: Target, isRefused: boolean): void {
  // A direct call of socket.connect passes the newest capture on its way to the one that answers it.
  if (onOtherHost !== undefined && ownerOf(host, port) === undefined) onOtherHost(host, port, isRefused);
}

function fail(failure: Error | undefined, opening: Opening): MemorySocket | undefined {
  return failure === undefined ? undefined : openConnection({ ...opening, failure });
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
