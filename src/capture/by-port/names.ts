import dns from 'node:dns';
import { later } from '../event-loop';
import { takeLookup, takePromisedLookup } from '../look-ups';
import type { PatchedPlace } from '../patches';
import type { Address } from '../socket-state';

/**
 * Answers look-ups of captured names. The functions of node:dns are the runtime's own there, and nothing below them can be replaced.
 * @module
 */

export interface NameRules {
  /** Returns the addresses of a name that is captured, all of IPv4. */
  readonly addressesOf: (host: string) => readonly Address[] | undefined;
  /** No socket is taken over at its look-up: it was led before. */
  readonly lookup: () => false;
}

type Callback = (...values: unknown[]) => void;

const types: Readonly<Record<string, string>> = {
  ...{ resolve4: 'A', resolve6: 'AAAA', resolveAny: 'ANY', resolveCaa: 'CAA', resolveCname: 'CNAME', resolveMx: 'MX' },
  ...{ resolveNaptr: 'NAPTR', resolveNs: 'NS', resolveSoa: 'SOA', resolveSrv: 'SRV', resolveTxt: 'TXT' },
};

export function namePlaces(global: object): readonly PatchedPlace<NameRules>[] {
  const promised = [dns.promises, dns.promises.Resolver.prototype];
  const { Bun: bun, Deno: deno } = global as { readonly Bun?: { readonly dns?: object }; readonly Deno?: object };
  return [
    { holder: dns, name: 'lookup', run: takeLookup },
    { holder: dns.promises, name: 'lookup', run: takePromisedLookup },
    ...[dns, dns.Resolver.prototype].flatMap((holder) => resolvePlaces(holder, takeWithCallback)),
    ...promised.flatMap((holder) => resolvePlaces(holder, takePromised)),
    ...(bun?.dns === undefined ? [] : bunPlaces(bun.dns)),
    ...(deno === undefined ? [] : placesOn(deno, ['resolveDns'], takeDeno)),
  ];
}

function placesOn(
  holder: object,
  names: readonly string[],
  run: PatchedPlace<NameRules>['run'],
): readonly PatchedPlace<NameRules>[] {
  return names.filter((name) => Object.hasOwn(holder, name)).map((name) => ({ holder, name, run }));
}

type Take = (rules: NameRules, args: readonly unknown[], type: string) => unknown;

function resolvePlaces(holder: object, take: Take): readonly PatchedPlace<NameRules>[] {
  return ['resolve', ...Object.keys(types)].flatMap((name) =>
    placesOn(holder, [name], (rules, _, args) => take(rules, args, types[name] ?? readType(args[1]))),
  );
}

/** The second argument of `resolve`, which can be left out. */
function readType(given: unknown): string {
  return typeof given === 'string' ? given : 'A';
}

function takeWithCallback({ addressesOf }: NameRules, args: readonly unknown[], type: string): object | undefined {
  const [host] = args;
  const callback = args.at(-1);
  const addresses = typeof host === 'string' && typeof callback === 'function' ? addressesOf(host) : undefined;
  if (addresses === undefined) return undefined;
  later(() => {
    const { error, records } = answerQuestion(host as string, type, args[1], addresses); // it has addresses
    if (error === undefined) (callback as Callback)(null, records);
    else (callback as Callback)(error);
  });
  return {};
}

function takePromised(
  { addressesOf }: NameRules,
  args: readonly unknown[],
  type: string,
): Promise<unknown> | undefined {
  const [host] = args;
  const addresses = typeof host === 'string' ? addressesOf(host) : undefined;
  if (addresses === undefined) return undefined;
  const { error, records } = answerQuestion(host as string, type, args[1], addresses); // it has addresses
  return error === undefined ? Promise.resolve(records) : Promise.reject(error);
}

/** The seconds for which S3's own addresses are valid. */
const lifetime = 5;

interface Answer {
  readonly error?: Error;
  readonly records?: readonly unknown[];
}

/** A name that is captured has addresses of IPv4 alone. */
function answerQuestion(host: string, type: string, options: unknown, addresses: readonly Address[]): Answer {
  if (type === 'ANY') return { records: addresses.map(({ address }) => ({ address, ttl: lifetime, type: 'A' })) };
  if (type !== 'A') return { error: noData(host, type) };
  const { ttl }: { readonly ttl?: unknown } = Object(options);
  return { records: addresses.map(({ address }) => (ttl === true ? { address, ttl: lifetime } : address)) };
}

function noData(hostname: string, type: string): Error {
  const syscall = `query${type.charAt(0)}${type.slice(1).toLowerCase()}`;
  return Object.assign(new Error(`${syscall} ENODATA ${hostname}`), { code: 'ENODATA', syscall, hostname });
}

/** The functions of Bun.dns return promises. What they find without node:dns has lifetimes. */
function bunPlaces(holder: object): readonly PatchedPlace<NameRules>[] {
  return [
    ...placesOn(holder, ['lookup', 'prefetch'], ({ addressesOf }, _, [host]) => {
      const found = typeof host === 'string' ? addressesOf(host) : undefined;
      return found && Promise.resolve(found.map(({ address, family }) => ({ address, family, ttl: lifetime })));
    }),
    ...resolvePlaces(holder, (rules, [host, type], ofName) =>
      takePromised(rules, [host, ofName === 'A' ? { ttl: true } : type], ofName),
    ),
  ];
}

function takeDeno({ addressesOf }: NameRules, _: unknown, args: readonly unknown[]): Promise<unknown> | undefined {
  const [host, type] = args;
  const found = typeof host === 'string' ? addressesOf(host) : undefined;
  if (found === undefined) return undefined;
  // deno's error of a name without records of a type has this name.
  const nothing = Object.assign(noData(String(host), String(type)), { name: 'NotFound' });
  return type === 'A' ? Promise.resolve(found.map(({ address }) => address)) : Promise.reject(nothing);
}
