import dns from 'node:dns';
import net from 'node:net';
import type { DialectName, Endpoint } from '../wire';
import type { ConnectOptions } from './connect-call';
import { isLocal } from './guard';
import { type Address, type MemorySocket, SOCKET_STATE } from './socket-state';

type Addresses = readonly [Address, ...(readonly Address[])];

const ofThisMachine: Addresses = [{ address: '127.0.0.1', family: 4 }];

/** Addresses from S3's public range, as clients see them; nothing is sent there. S3 names up to eight for each of its hosts. Decision 68 */
const ofS3: Addresses = [
  { address: '52.216.8.11', family: 4 },
  ...[37, 53, 78, 102, 129, 164, 213].map((last): Address => ({ address: `52.216.8.${last}`, family: 4 })),
];

const ofOthers: Addresses = [ofS3[0]];

const byDialect: Readonly<Record<DialectName, Addresses>> = { aws: ofS3, 'ibm-cos': ofOthers };

/** Returns the addresses that a client tries, in this order, if it does not look the name up by a function of its own. */
export function addressesOf(
  options: ConnectOptions,
  host: string,
  endpoint: Endpoint | undefined,
  family = net.isIP(host),
): Addresses {
  if (family !== 0) return [{ address: host, family: family === 6 ? 6 : 4 }];
  if (endpoint === undefined || endpoint.own) return isLocal(host) ? ofThisMachine : ofOthers;
  return endpoint.service === 's3' && triesAll(options) ? byDialect[endpoint.dialect] : ofOthers;
}

/** Whether Node asks for all addresses of a name and tries one after the other. */
function triesAll({ family, localAddress, autoSelectFamily }: ConnectOptions): boolean {
  const isOneFamily = readFamily(family) === 4 || readFamily(family) === 6;
  return !isOneFamily && !localAddress && (autoSelectFamily ?? net.getDefaultAutoSelectFamily()) === true;
}

function readFamily(family: unknown): unknown {
  if (family === 'IPv4') return 4;
  return family === 'IPv6' ? 6 : family;
}

type Lookup = (
  host: string,
  options: object,
  done: (error: Error | null, found?: unknown, family?: unknown) => void,
) => unknown;

const { lookup: lookupOfNode } = dns;

/** Returns the function by which a client looks names up; undefined if that is Node's. Throws for what Node refuses. */
export function findLookup({ lookup }: ConnectOptions, host: string): Lookup | undefined {
  if (lookup === undefined || lookup === null || net.isIP(host) !== 0) return undefined;
  if (lookup === lookupOfNode || lookup === dns.lookup) return undefined;
  if (typeof lookup === 'function') return lookup as Lookup; // typeof proves a function, but not its parameters
  throw Object.assign(new TypeError('The "options.lookup" property must be of type function.'), {
    code: 'ERR_INVALID_ARG_TYPE',
  });
}

/** Asks a client's own function, within its call of connect() as Node does. What the function finds is what the socket says that it is connected to. */
export function lookUp(client: MemorySocket, lookup: Lookup, options: ConnectOptions, found: () => void): void {
  const host = String(options.host || 'localhost');
  const family = readFamily(options.family);
  const all = triesAll(options);
  const adjusts = family !== 4 && family !== 6 && !options.hints && process.platform !== 'win32';
  const hints = adjusts ? dns.ADDRCONFIG : options.hints || 0;
  let isOver = false;
  lookup(host, { family, hints, ...(all && { all }) }, (error, result, foundFamily) => {
    if (isOver) return;
    isOver = true;
    if (!client.connecting) return;
    const list = error || !all ? [{ address: result, family: foundFamily }] : listAll(result);
    for (const { address, family } of list) client.emit('lookup', error, address, family, host);
    if (client.destroyed) return;
    const failure = error || refusalOfAddresses(list, host, options.port);
    if (failure) process.nextTick(() => client.destroy(failure));
    else {
      client[SOCKET_STATE].addresses = alternate(list.filter(isAddress));
      found();
    }
  });
}

type Found = { readonly address?: unknown; readonly family?: unknown };

function listAll(result: unknown): readonly Found[] {
  const list: readonly unknown[] = Array.isArray(result) && result.length > 0 ? result : [{}];
  return list.map((one) => (typeof one === 'object' && one !== null ? one : {}));
}

function isAddress(found: Found): found is Address {
  return net.isIP(String(found.address)) !== 0 && (found.family === 4 || found.family === 6);
}

function refusalOfAddresses(list: readonly Found[], host: string, port: unknown): Error | undefined {
  if (list.some(isAddress)) return undefined;
  const [{ address, family } = {}] = list;
  return net.isIP(String(address)) === 0
    ? Object.assign(new TypeError(`Invalid IP address: ${address}`), { code: 'ERR_INVALID_IP_ADDRESS' })
    : Object.assign(new RangeError(`Invalid address family: ${family} ${host}:${port}`), {
        ...{ code: 'ERR_INVALID_ADDRESS_FAMILY', host, port },
      });
}

/** The families take turns, beginning with the family of the first address. Each address occurs once. */
function alternate(list: readonly Address[]): readonly Address[] {
  const unique = list.filter(({ address }, at) => list.findIndex((other) => other.address === address) === at);
  const first = unique.filter(({ family }) => family === unique[0]?.family);
  const second = unique.filter(({ family }) => family !== unique[0]?.family);
  return Array.from({ length: Math.max(first.length, second.length) }, (_, at) => [first[at], second[at]])
    .flat()
    .filter((address) => address !== undefined);
}

/** Emits what Node emits on the way from a name to a connection. Nearly nobody listens. */
export function emitAttempts(client: MemorySocket, host: string, isLookedUp: boolean): void {
  const { addresses, remotePort } = client[SOCKET_STATE];
  if (!isLookedUp && client.listenerCount('lookup') > 0 && net.isIP(host) === 0) {
    for (const { address, family } of addresses) client.emit('lookup', null, address, family, host);
  }
  const [first] = addresses;
  if (first && client.listenerCount('connectionAttempt') > 0 && !client.destroyed)
    client.emit('connectionAttempt', first.address, remotePort, first.family);
}
