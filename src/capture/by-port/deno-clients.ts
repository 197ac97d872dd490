import type { Place } from '../patches';
import { normalizeHost } from '../target';
import { byFetch, type ClientRules, reject } from './clients';

/**
 * Refuses the connections of deno's own functions that the mock would have to answer.
 * @module
 */

interface ConnectOptions {
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly transport?: unknown;
}

export function denoClientPlaces(global: object): readonly Place<ClientRules>[] {
  const { Deno: deno } = global as { readonly Deno?: object };
  if (deno === undefined) return [];
  return (['connect', 'connectTls', 'startTls'] as const)
    .filter((name) => Object.hasOwn(deno, name))
    .map((name) => ({ holder: deno, name, run: makeRejectConnect(name) }));
}

function makeRejectConnect(name: 'connect' | 'connectTls' | 'startTls'): Place<ClientRules>['run'] {
  const secure = name !== 'connect';
  return (rules, _, args) => {
    // startTls speaks TLS over a connection that is open, as through a proxy: its options name the host.
    const { hostname, port, transport }: ConnectOptions = Object(name === 'startTls' ? args[1] : args[0]);
    if (rules.isOver() || typeof hostname !== 'string' || (transport ?? 'tcp') !== 'tcp') return undefined;
    const target = { host: normalizeHost(hostname), port: Number(port ?? 443), secure };
    return reject(rules.errorOfClient(target, byFetch(`Deno.${name}`)));
  };
}
