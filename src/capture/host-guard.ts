import { Exchange } from './exchange';
import { type GuardErrorOf, guardError } from './guard';
import type { HostsOption } from './host-entries';
import { createHosts } from './hosts';
import { createInterception } from './interception';
import { layPatches } from './patches';
import { readProxies } from './proxies';
import { ownerOf } from './registry';
import type { Target } from './target';
import { passRequestOn, playProxy } from './tunnel';

/** The options of a guard. */
export interface HostGuardOptions {
  /** The `hosts` option of a mock. */
  readonly hosts?: HostsOption | undefined;
  /** Whether the user's own hosts of that option are refused now. S3's hosts always are. */
  readonly refusesOwnHosts: () => boolean;
  /** The part of the error's message that says why no mock answers. */
  readonly why: string;
  /** Whether the test file that started it has ended. */
  readonly fileIsOver: () => boolean;
}

/** Fails from now on every connection to one of the hosts that no capture answers. Returns a function that ends the guard. */
export function startHostGuard({ hosts, refusesOwnHosts, why, fileIsOver }: HostGuardOptions): () => void {
  const { endpointOf } = createHosts(hosts, 'aws', undefined);
  const errorOf = (target: Target) => {
    const { host, port } = target;
    const endpoint = endpointOf(host, port);
    if (endpoint === undefined || (endpoint.own && !refusesOwnHosts())) return undefined;
    return ownerOf(host, port) === undefined ? guardError(target, why) : undefined;
  };
  const exchange = proxyExchange(errorOf, why);
  const takeOff = layPatches(
    createInterception({
      hosts: { decide: () => 'pass' },
      proxies: readProxies(process.env),
      guardErrorOf: errorOf,
      tunnelErrorOf: errorOf,
      isOver: fileIsOver,
      serve: (end) => exchange.serve(end),
    }),
  );
  return () => {
    takeOff();
    exchange.stop();
  };
}

/** Acts as the proxies of the environment, since only their requests name the host. */
function proxyExchange(errorOf: GuardErrorOf, why: string): Exchange {
  const reply = { status: 502, headers: [], body: why };
  const exchange = new Exchange({
    accept: () => () => reply,
    refuse: () => reply,
    endpointOf: () => undefined,
    passOn: (request, response, target) => passRequestOn(request, response, target, errorOf),
  });
  playProxy(exchange, errorOf);
  return exchange;
}
