import type { DialectName, Endpoint } from '../wire';
import { awsEndpoint } from './aws-hosts';
import { cosEndpoint } from './cos-hosts';
import { type HostBase, type HostEntries, type HostsOption, readHostEntries } from './host-entries';
import { normalizeHost } from './target';

/** Which hosts a capture answers, and what each stands for. */
export interface Hosts {
  /** Asked for every connection of the process: pure, quick, and never throws. */
  decide(host: string, port: number): 'capture' | 'pass';
  endpointOf(host: string, port: number): Endpoint | undefined;
  readonly claims: HostClaims;
}

/** What a capture holds for itself, as plain data: captures of other copies of this module compare it with theirs. */
export interface HostClaims {
  readonly known: boolean;
  readonly bases: readonly HostBase[];
  readonly expressions: readonly string[];
}

const remembered = 1000;

/** Reads the `hosts` option; the user's own hosts speak `dialect`, the known ones that of their service. */
export function createHosts(
  option: HostsOption | undefined,
  dialect: DialectName,
  environmentEndpoint: string | undefined,
): Hosts {
  const entries = readHostEntries(option, environmentEndpoint);
  const found = new Map<string, Endpoint | undefined>();

  function endpointOf(host: string, port: number): Endpoint | undefined {
    const key = `${host}:${port}`;
    if (found.has(key)) return found.get(key);
    if (found.size >= remembered) found.clear();
    const endpoint = findEndpoint(entries, dialect, normalizeHost(host), port);
    found.set(key, endpoint);
    return endpoint;
  }

  return {
    endpointOf,
    decide: (host, port) => (endpointOf(host, port) === undefined ? 'pass' : 'capture'),
    claims: {
      known: entries.known,
      bases: entries.bases,
      expressions: entries.expressions.map(String),
    },
  };
}

/** Whether two captures would answer for a same host. Two expressions are compared as text only. */
export function overlap(one: HostClaims, other: HostClaims): boolean {
  return (
    (one.known && (other.known || other.bases.some(isKnown))) ||
    (other.known && one.bases.some(isKnown)) ||
    one.bases.some((base) => other.bases.some((theirs) => isSame(base, theirs))) ||
    one.expressions.some((expression) => other.expressions.includes(expression))
  );
}

function isSame(one: HostBase, other: HostBase): boolean {
  return one.base === other.base && (one.port === undefined || other.port === undefined || one.port === other.port);
}

function isKnown({ base }: HostBase): boolean {
  return knownEndpoint(base) !== undefined;
}

function knownEndpoint(host: string): Endpoint | undefined {
  return awsEndpoint(host) ?? cosEndpoint(host);
}

/** The user's own hosts come first: one of them may look like S3's and be unknown to us. */
function findEndpoint(entries: HostEntries, dialect: DialectName, host: string, port: number): Endpoint | undefined {
  const base = entries.bases.find((entry) => isUnder(entry, host, port))?.base ?? matchedBase(entries, host, port);
  if (base !== undefined) return ownEndpoint(base, dialect);
  return entries.known ? knownEndpoint(host) : undefined;
}

/** What a host of the user's own stands for. */
export function ownEndpoint(base: string, dialect: DialectName): Endpoint {
  return { service: 's3', base, dialect, region: undefined, own: true };
}

function isUnder(entry: HostBase, host: string, port: number): boolean {
  if (entry.port !== undefined && entry.port !== port) return false;
  return host === entry.base || host.endsWith(`.${entry.base}`);
}

/** An expression has no base, so the whole host is one, unless its group `bucket` says where the bucket ends. */
function matchedBase(entries: HostEntries, host: string, port: number): string | undefined {
  for (const expression of entries.expressions) {
    const match = expression.exec(`${host}:${port}`);
    if (match === null) continue;
    const bucket = match.groups?.['bucket'];
    return bucket !== undefined && host.startsWith(`${bucket}.`) ? host.slice(bucket.length + 1) : host;
  }
  return undefined;
}
