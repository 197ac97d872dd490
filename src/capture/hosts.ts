import type { DialectName, Endpoint, FurtherService } from '../wire';
import { awsEndpoint, stsEndpoint } from './aws-hosts';
import { cosEndpoint } from './cos-hosts';
import { type HostBase, type HostEntries, type HostsOption, readHostEntries } from './host-entries';
import { normalizeHost } from './target';

export interface Hosts {
  /** Called for every connection of the process: pure, quick, and never throws. */
  endpointOf(host: string, port: number): Endpoint | undefined;
  readonly claims: HostClaims;
}

/** The hosts that a capture claims, as plain data: captures of other copies of this module compare them with theirs. */
export interface HostClaims {
  readonly known: boolean;
  readonly bases: readonly HostBase[];
  readonly expressions: readonly string[];
}

const remembered = 1000;

export const furtherServices: ReadonlySet<FurtherService> = new Set(['sts', 's3-control']);

interface KnownHosts {
  readonly services: ReadonlySet<FurtherService>;
  readonly stsEndpoint?: string | undefined;
  readonly sharedEndpoint?: string | undefined;
}

export function createHosts(
  option: HostsOption | undefined,
  dialect: DialectName,
  environmentEndpoint: string | undefined,
  known: KnownHosts = { services: furtherServices },
): Hosts {
  const entries = readHostEntries(option, {
    s3: environmentEndpoint,
    sts: known.services.has('sts') ? known.stsEndpoint : undefined,
    shared: known.sharedEndpoint,
  });
  const found = new Map<string, Endpoint | undefined>();

  function endpointOf(host: string, port: number): Endpoint | undefined {
    const key = `${host}:${port}`;
    if (found.has(key)) return found.get(key);
    if (found.size >= remembered) found.clear();
    const endpoint = findEndpoint(entries, dialect, normalizeHost(host), port, known);
    found.set(key, endpoint);
    return endpoint;
  }

  return {
    endpointOf,
    claims: {
      known: entries.known,
      bases: entries.bases,
      expressions: entries.expressions.map(String),
    },
  };
}

/** Expressions are compared as text only. */
export function overlaps(one: HostClaims, other: HostClaims): boolean {
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
  return knownEndpoint(base, { services: furtherServices }) !== undefined;
}

function knownEndpoint(host: string, { services }: Pick<KnownHosts, 'services'>): Endpoint | undefined {
  const found = awsEndpoint(host) ?? stsEndpoint(host) ?? cosEndpoint(host);
  const further = found && [...furtherServices].find((one) => one === found.service);
  return further === undefined || services.has(further) ? found : undefined;
}

/** The user's own hosts are compared first: such a host can look like an unknown host of S3. */
function findEndpoint(
  entries: HostEntries,
  dialect: DialectName,
  host: string,
  port: number,
  known: KnownHosts,
): Endpoint | undefined {
  const entry = entries.bases.find((entry) => isUnder(entry, host, port));
  const base = entry?.base ?? matchedBase(entries, host, port);
  if (base !== undefined) return { ...ownEndpoint(base, dialect), ...(entry?.isShared && { ofAllServices: true }) };
  return entries.known ? knownEndpoint(host, known) : undefined;
}

export function ownEndpoint(base: string, dialect: DialectName): Endpoint {
  return { service: 's3', base, dialect, region: undefined, own: true };
}

function isUnder(entry: HostBase, host: string, port: number): boolean {
  if (entry.port !== undefined && entry.port !== port) return false;
  return host === entry.base || host.endsWith(`.${entry.base}`);
}

/** Returns the base of a host that an expression matches: the whole host, unless the group `bucket` matches its beginning. */
function matchedBase(entries: HostEntries, host: string, port: number): string | undefined {
  for (const expression of entries.expressions) {
    const match = expression.exec(`${host}:${port}`);
    if (match === null) continue;
    const bucket = match.groups?.['bucket'];
    return bucket !== undefined && host.startsWith(`${bucket}.`) ? host.slice(bucket.length + 1) : host;
  }
  return undefined;
}
