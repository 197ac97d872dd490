import type { Socket } from 'node:net';
import type { TestFile } from '../test-file';
import type { FurtherService } from '../wire';
import { layEarlyPatches, layPortPatches } from './by-port/index';
import { Exchange } from './exchange';
import { type GuardErrorOf, guardError } from './guard';
import { createHosts, furtherServices, type HostsOption } from './hosts';
import { createInterception } from './in-memory';
import { capturesByPort, refuseWorkerd } from './native-runtime';
import { passRequestOn, playProxy, readProxies } from './passed-on';
import { layPatches } from './patches';
import { findOwner, isPassed } from './registry';
import type { Target } from './target';

export interface HostGuardOptions {
  readonly whyRefused: (host: string, port: number) => string | undefined;
  readonly fileIsOver: () => boolean;
  readonly testFile: Pick<TestFile, 'global' | 'process'>;
}

export function hostKinds(
  hosts?: HostsOption,
  services: ReadonlySet<FurtherService> = furtherServices,
): (host: string, port: number) => 'known' | 'own' | undefined {
  const { endpointOf } = createHosts(hosts, 'aws', undefined, { services });
  return (host, port) => {
    const endpoint = endpointOf(host, port);
    return endpoint && (endpoint.own ? 'own' : 'known');
  };
}

/** Returns a function that says whether a mock without options answers a host. It leaves out other stores, which a mock refuses. */
export function makeIsAnswered(): (host: string, port: number) => boolean {
  const { endpointOf } = createHosts(undefined, 'aws', undefined, { services: furtherServices });
  return (host, port) => {
    const endpoint = endpointOf(host, port);
    return endpoint !== undefined && endpoint.store === undefined;
  };
}

/** Called when the library is loaded, once for each test file. */
export function prepareCapture({ global }: Pick<TestFile, 'global'>): void {
  if (capturesByPort()) layEarlyPatches(global);
}

export function startHostGuard({ whyRefused, fileIsOver, testFile }: HostGuardOptions): () => void {
  refuseWorkerd('The guard of the test file refuses the S3 calls of the process');
  const { process, global } = testFile;
  const errorClass = global.Error;
  const makeRefusal = (target: Target, named: Target = target) => {
    const isLet = ({ host, port }: Target) => findOwner(host, port) !== undefined || isPassed(host, port);
    if ([target, named].some(isLet)) return undefined;
    const refused = [target, named].find(({ host, port }) => whyRefused(host, port) !== undefined);
    return refused && guardError(errorClass, refused, whyRefused(refused.host, refused.port) ?? '');
  };
  const exchange = proxyExchange(makeRefusal);
  const rules = {
    endpointOf: () => undefined,
    endpointOfName: () => undefined,
    proxies: readProxies(process.env),
    guardErrorOf: makeRefusal,
    tunnelErrorOf: (target: Target) => makeRefusal(target),
    tellRefused: () => undefined,
    isOver: fileIsOver,
    errorClasses: { Error: errorClass, AggregateError: global.AggregateError },
    serve: (end: Socket) => exchange.serve(end),
    report: exchange.report,
  };
  const takeOff = capturesByPort() ? layPortPatches({ ...rules, global }) : layPatches(createInterception(rules));
  return () => {
    takeOff();
    exchange.stop();
  };
}

/** Makes an exchange that stands for the proxies of the environment: only requests to a proxy name the host that they are for. */
function proxyExchange(errorOf: GuardErrorOf): Exchange {
  const reply = { status: 502, headers: [], body: '' };
  const exchange = new Exchange({
    accept: () => () => reply,
    refuse: () => reply,
    endpointOf: () => undefined,
    passOn: (request, response, target) => passRequestOn(request, response, target, errorOf),
  });
  playProxy(exchange, errorOf);
  return exchange;
}
