import type { DialectName, Endpoint, FurtherService } from '../wire';
import { awsEndpoint, stsEndpoint } from './aws-hosts';
import { cosEndpoint } from './cos-hosts';
import {
  findBase,
  findWebsite,
  type HostBase,
  type HostEntries,
  type HostPattern,
  type HostsOption,
  matchHost,
  readHostEntries,
} from './host-entries';
import { storeEndpoint } from './store-hosts';
import { normalizeHost, readAuthority } from './target';

export interface Hosts {
  /** Called for every connection of the process: pure, quick, and never throws. */
  endpointOf(host: string, port: number): Endpoint | undefined;
  /** Finds the endpoint by a name alone: a look-up of a name does not tell the port. */
  endpointOfName(host: string): Endpoint | undefined;
  /** Whether the user means the host to be real. */
  passes(host: string, port: number): boolean;
  /** The expressions of the user that have matched no host so far. */
  unmatchedPatterns(): readonly string[];
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
  /** The endpoint of bun's own client. */
  readonly bunEndpoint?: string | undefined;
  /** Hosts of the user with websites, which have the bucket in front. */
  readonly websiteBases?: readonly string[];
}

interface Judgement {
  readonly endpoint?: Endpoint | undefined;
  readonly passes?: true;
}

export function createHosts(
  option: HostsOption | undefined,
  dialect: DialectName,
  environmentEndpoint: string | undefined,
  known: KnownHosts = { services: furtherServices },
): Hosts {
  const entries = readHostEntries(option, dialect, {
    s3: environmentEndpoint,
    sts: known.services.has('sts') ? known.stsEndpoint : undefined,
    shared: known.sharedEndpoint,
    bun: namesKnownHost(known) ? undefined : known.bunEndpoint,
  });
  const { answered, passed, websites } = entries;
  const found = new Map<string, Judgement>();
  const unmatched = new Set<HostPattern>([...answered.patterns, ...passed.patterns, ...websites.patterns]);
  const ports = new Set([443, 80, ...[...answered.bases, ...websites.bases].flatMap(({ port }) => port ?? [])]);

  function judge(host: string, port: number): Judgement {
    const key = `${host}:${port}`;
    const earlier = found.get(key);
    if (earlier !== undefined) return earlier;
    if (found.size >= remembered) found.clear();
    const judgement = judgeHost(entries, dialect, normalizeHost(host), port, known, (pattern) =>
      unmatched.delete(pattern),
    );
    found.set(key, judgement);
    return judgement;
  }

  function endpointOfName(host: string): Endpoint | undefined {
    const [first] = [...ports].flatMap((port) => judge(host, port).endpoint ?? []);
    return first;
  }

  return {
    endpointOf: (host, port) => judge(host, port).endpoint,
    endpointOfName,
    passes: (host, port) => judge(host, port).passes === true,
    unmatchedPatterns: () => [...unmatched].map(({ text }) => text),
    claims: {
      known: entries.known,
      bases: [...answered.bases, ...websites.bases],
      expressions: [...answered.patterns, ...websites.patterns].map(({ expression }) => String(expression)),
    },
  };
}

/** Whether both claim a host. Two expressions overlap only if their texts are equal. */
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

/** A host of AWS or IBM says more than an entry of its name: its region, for one. */
function namesKnownHost(known: KnownHosts): boolean {
  const authority = known.bunEndpoint?.replace(/^https?:\/\//i, '') ?? '';
  return knownEndpoint(readAuthority(authority, 443, true).host, known) !== undefined;
}

/**
 * The user's own hosts are compared first: such a host can look like an unknown host of S3. A text is more exact than an expression, and a
 * longer host than a shorter one.
 */
function judgeHost(
  { known: isKnownToo, answered, passed, websites }: HostEntries,
  dialect: DialectName,
  host: string,
  port: number,
  known: KnownHosts,
  onMatch: (pattern: HostPattern) => void,
): Judgement {
  const base = known.websiteBases?.find((one) => host === one || host.endsWith(`.${one}`));
  if (base !== undefined) return { endpoint: { ...ownEndpoint(base, dialect), website: 'in front' } };
  const own = findBase(answered, host, port);
  const real = findBase(passed, host, port);
  const site = findWebsite(websites, host, port);
  if (site !== undefined && [own, real].every((other) => other === undefined || exactness(site) >= exactness(other)))
    return { endpoint: { ...ownEndpoint(host, dialect), website: 'whole' } };
  if (real !== undefined && (own === undefined || exactness(real) >= exactness(own))) return { passes: true };
  if (own !== undefined)
    return { endpoint: { ...ownEndpoint(own.base, dialect), ...(own.isShared && { ofAllServices: true }) } };
  for (const pattern of passed.patterns) {
    if (matchHost(pattern, host, port) === null) continue;
    onMatch(pattern);
    return { passes: true };
  }
  for (const pattern of websites.patterns) {
    const match = matchHost(pattern, host, port);
    if (match === null) continue;
    onMatch(pattern);
    return { endpoint: matchedWebsite(match, host, dialect) };
  }
  for (const pattern of answered.patterns) {
    const match = matchHost(pattern, host, port);
    if (match === null) continue;
    onMatch(pattern);
    return { endpoint: matchedEndpoint(match, pattern, host, dialect) };
  }
  return { endpoint: isKnownToo ? (knownEndpoint(host, known) ?? storeEndpoint(host)) : undefined };
}

function exactness({ base, port }: HostBase): number {
  return 2 * base.length + (port === undefined ? 0 : 1);
}

export function ownEndpoint(base: string, dialect: DialectName): Endpoint {
  return { service: 's3', base, dialect, region: undefined, own: true };
}

/** The whole host is the name of the bucket, unless the group `bucket` matches its beginning. */
function matchedWebsite({ groups }: RegExpExecArray, host: string, dialect: DialectName): Endpoint {
  const bucket = groups?.['bucket'];
  if (bucket === undefined || !host.startsWith(`${bucket}.`))
    return { ...ownEndpoint(host, dialect), website: 'whole' };
  return { ...ownEndpoint(host.slice(bucket.length + 1), dialect), website: 'in front' };
}

/** The base is the whole host, unless the group `bucket` matches its beginning. */
function matchedEndpoint(
  { groups }: RegExpExecArray,
  { text }: HostPattern,
  host: string,
  dialect: DialectName,
): Endpoint {
  if (groups === undefined || !('bucket' in groups)) return { ...ownEndpoint(host, dialect), wholeHostOf: text };
  const { bucket } = groups;
  return ownEndpoint(
    bucket !== undefined && host.startsWith(`${bucket}.`) ? host.slice(bucket.length + 1) : host,
    dialect,
  );
}
