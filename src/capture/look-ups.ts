import dns from 'node:dns';
import { findSocketCallback } from './connect-call';
import { later } from './event-loop';
import type { Address } from './socket-state';

/**
 * Names are looked up by functions of `node:dns` before a connection is opened, for example by undici's interceptor. A name that is captured
 * has the addresses of the mock, and nobody asks DNS.
 * @module
 */

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
