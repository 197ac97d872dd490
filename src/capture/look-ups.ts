import dns from 'node:dns';
import net from 'node:net';
import type { DialectName, Endpoint } from '../wire';
import { later } from './event-loop';
import { type Address, type MemorySocket, SOCKET_STATE } from './socket-state';
import { type ConnectOptions, findSocketCallback, isLocal, normalizeHost, type Target } from './target';

/**
 * A name that is captured has the addresses of the mock, and nobody asks DNS: neither the functions of `node:dns`, by which a client can look a name up
 * before it connects, as undici's interceptor does, nor the socket that connects. If a client has a function of its own for this, it is asked.
 * Decision 68
 * @module
 */

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
export function chooseAddresses(
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

/** The addresses that look-ups of a capture have returned. */
export class HandedOut {
  readonly #endpointOfName: (host: string) => Endpoint | undefined;
  readonly #addresses = new Set<string>();

  constructor(endpointOfName: (host: string) => Endpoint | undefined) {
    this.#endpointOfName = endpointOfName;
  }

  /** Returns the addresses of a name. Node itself knows the address of this machine, and does not look up a name that is an address. */
  addressesOf(host: string): readonly Address[] | undefined {
    const name = normalizeHost(host);
    if (net.isIP(name) !== 0 || name === 'localhost') return undefined;
    const endpoint = this.#endpointOfName(name);
    if (endpoint === undefined) return undefined;
    const addresses = chooseAddresses({ autoSelectFamily: true }, name, endpoint);
    for (const { address } of addresses) if (!isLocal(address)) this.#addresses.add(address);
    return addresses;
  }

  /** Whether a look-up of this capture has returned the address. If so, only the client's request says which name the connection is for. */
  has({ host }: Target): boolean {
    return this.#addresses.has(host.replace(/^::ffff:/, ''));
  }
}

export interface NameLookUps {
  /** Returns the addresses of a name that is captured, all of IPv4. */
  addressesOf(host: string): readonly Address[] | undefined;
  /** Takes over the socket that looks its name up. */
  lookup(host: string, callback: NonNullable<ReturnType<typeof findSocketCallback>>, wantsAll: boolean): boolean;
}

interface LookUpPlace {
  readonly holder: object;
  readonly name: string;
  readonly run: (lookUps: NameLookUps, receiver: unknown, args: unknown[]) => unknown;
}

type Callback = (...values: unknown[]) => void;

/** A question as Node's functions hand it to the code below them, which completes it in a later turn. */
interface Query {
  readonly callback?: unknown;
  readonly oncomplete: Callback;
}

export const lookUpPlaces: readonly LookUpPlace[] = [
  { holder: dns, name: 'lookup', run: takeLookup },
  { holder: dns.promises, name: 'lookup', run: takePromisedLookup },
  ...placesBelow(),
];

/**
 * The functions that dns.lookup, dns.resolve and the methods of each Resolver call. References to dns.lookup and dns.resolve that were taken
 * before the start, such as undici's, cannot be replaced.
 */
function placesBelow(): readonly LookUpPlace[] {
  const below = findBelow();
  if (below === undefined) return [];
  const channel: object = Object(Reflect.get(Object(Reflect.get(below, 'ChannelWrap')), 'prototype'));
  const queries = Object.keys(channel).filter((name) => name.startsWith('query'));
  return [
    { holder: below, name: 'getaddrinfo', run: takeAddressQuery },
    ...queries.map((name) => ({ holder: channel, name, run: makeTakeQuery(name) })),
  ];
}

/** Node warns of process.binding only with --pending-deprecation, and refuses it with --permission. */
function findBelow(): object | undefined {
  const core: { noDeprecation?: boolean; binding?: (name: string) => object } = process;
  const { noDeprecation } = core;
  // With --no-deprecation the property cannot be changed. Reflect.set does not throw then.
  try {
    Reflect.set(core, 'noDeprecation', true);
    return core.binding?.('cares_wrap');
  } catch {
    return undefined;
  } finally {
    if (noDeprecation === undefined) Reflect.deleteProperty(core, 'noDeprecation');
    else Reflect.set(core, 'noDeprecation', noDeprecation);
  }
}

interface LookUpOptions {
  readonly family: 4 | 6 | undefined;
  readonly wantsAll: boolean;
}

/** Returns undefined for options that Node refuses. */
function readOptions(given: unknown): LookUpOptions | undefined {
  const isObject = typeof given === 'object' && given !== null;
  const { family, all = false }: { readonly family?: unknown; readonly all?: unknown } = isObject ? given : {};
  const asked = typeof given === 'number' ? given : family;
  if (typeof all !== 'boolean' || !families.has(asked)) return undefined;
  return { family: families.get(asked), wantsAll: all };
}

const families: ReadonlyMap<unknown, 4 | 6 | undefined> = new Map<unknown, 4 | 6 | undefined>([
  [undefined, undefined],
  [null, undefined],
  [0, undefined],
  [4, 4],
  [6, 6],
  ['IPv4', 4],
  ['IPv6', 6],
]);

/** A client that asks for IPv6 alone gets IPv4-mapped addresses, as from a look-up with the hint V4MAPPED. */
function inFamily(addresses: readonly Address[], family: 4 | 6 | undefined): readonly [Address, ...Address[]] {
  const mapped = addresses.map(({ address }): Address => ({ address: `::ffff:${address}`, family: 6 }));
  const [first, ...others] = family === 6 ? mapped : addresses;
  if (first === undefined) throw new Error('a name that is captured has no address');
  return [first, ...others];
}

export function takeLookup(
  { lookup, addressesOf }: NameLookUps,
  _: unknown,
  args: readonly unknown[],
): object | undefined {
  const [host, given] = args;
  const callback = args.at(-1);
  if (typeof host !== 'string') return undefined;
  const options = readOptions(typeof given === 'function' ? undefined : given);
  const ofSocket = findSocketCallback(args);
  if (ofSocket !== undefined) return lookup(host, ofSocket, options?.wantsAll === true) ? {} : undefined;
  if (options === undefined || typeof callback !== 'function') return undefined;
  const addresses = addressesOf(host);
  if (addresses === undefined) return undefined;
  const [first, ...others] = inFamily(addresses, options.family);
  later(() => (options.wantsAll ? callback(null, [first, ...others]) : callback(null, first.address, first.family)));
  return {};
}

export function takePromisedLookup(
  { addressesOf }: NameLookUps,
  _: unknown,
  [host, given]: readonly unknown[],
): Promise<unknown> | undefined {
  const options = readOptions(given);
  const addresses = typeof host === 'string' && options !== undefined ? addressesOf(host) : undefined;
  if (addresses === undefined) return undefined;
  const [first, ...others] = inFamily(addresses, options?.family);
  return new Promise((resolve) => later(() => resolve(options?.wantsAll ? [first, ...others] : first)));
}

/** The number that says that a question was asked. */
const asked = 0;

function takeAddressQuery({ addressesOf }: NameLookUps, _: unknown, args: readonly unknown[]): number | undefined {
  const [query, host, family] = args as [Query, unknown, unknown]; // by Node's own functions
  if (typeof host !== 'string' || findSocketCallback([query.callback]) !== undefined) return undefined;
  const addresses = addressesOf(host);
  if (addresses === undefined) return undefined;
  const found = inFamily(addresses, family === 6 ? 6 : undefined).map(({ address }) => address);
  later(() => query.oncomplete(null, found));
  return asked;
}

/** The seconds for which S3's own addresses are valid. */
const lifetime = 5;

function makeTakeQuery(name: string): LookUpPlace['run'] {
  return ({ addressesOf }, _, args) => {
    const [query, host] = args as [Query, unknown]; // by Node's own functions
    const addresses = typeof host === 'string' ? addressesOf(host) : undefined;
    if (addresses === undefined) return undefined;
    const { error, found, lifetimes } = answer(name, addresses);
    later(() => query.oncomplete(error, found, lifetimes));
    return asked;
  };
}

interface Answer {
  readonly error: string | null;
  readonly found?: readonly unknown[];
  readonly lifetimes?: readonly number[];
}

/** A name that is captured has addresses of IPv4 alone. */
function answer(name: string, addresses: readonly Address[]): Answer {
  const found = addresses.map(({ address }) => address);
  if (name === 'queryA') return { error: null, found, lifetimes: found.map(() => lifetime) };
  if (name === 'queryAny')
    return { error: null, found: found.map((address) => ({ address, ttl: lifetime, type: 'A' })) };
  return { error: 'ENODATA' };
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
