import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { writeSuggestion } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import type { DialectName, Endpoint, FurtherService } from '../wire';
import { awsEndpoint, stsEndpoint } from './aws-hosts';
import { cosEndpoint } from './cos-hosts';
import { storeEndpoint } from './stores';
import { normalizeHost, readAuthority } from './target';

/** Endpoints: `'http://localhost:9000'`, `'minio.test'` on any port, or a RegExp that is tried on the host and on `host:port`. */
export type HostList = readonly (string | RegExp)[];

/** The hosts of a mock by what happens to their requests. */
export interface HostsByPurpose {
  /**
   * Hosts that the mock answers in addition to S3's own.
   *
   * @example
   * mockS3({ hosts: { also: ['0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com'] } });
   */
  readonly also?: HostList | undefined;
  /**
   * The only hosts that the mock answers. It leaves all others alone, S3's own hosts too. The list can be empty.
   *
   * @example
   * mockS3({ hosts: { only: ['http://localhost:9000'] } });
   */
  readonly only?: HostList | undefined;
  /**
   * Hosts that are meant to be real. The mock does not answer, refuse or note their requests, and `guard` lets them through.
   *
   * @example
   * mockS3({ hosts: { pass: ['nyc3.digitaloceanspaces.com'] }, guard: true });
   */
  readonly pass?: HostList | undefined;
  /**
   * Your own domains of static websites, each with the name of its bucket, as a CNAME record leads them to S3's website hosts: the bucket
   * `www.example.com` answers at `http://www.example.com`. Of a RegExp, the group `bucket` can name the bucket.
   *
   * @example
   * mockS3({ hosts: { websites: ['www.example.com'] }, buckets: { 'www.example.com': { website: { IndexDocument: { Suffix: 'index.html' } } } } });
   */
  readonly websites?: HostList | undefined;
}

/** The `hosts` option: a list of endpoints that the mock answers in addition to S3's own, or the lists `also`, `only`, `pass` and `websites`. */
export type HostsOption = HostList | HostsByPurpose;

/** A user's own host: it is answered path style, and with `BUCKET.` before it virtual-host style. If `port` is undefined, any port matches. */
interface HostBase {
  readonly base: string;
  readonly port: number | undefined;
  /** Whether other services answer there, too. */
  readonly isShared?: true;
}

interface EnvironmentEndpoints {
  readonly s3?: string | undefined;
  readonly sts?: string | undefined;
  /** The endpoint of all services, which can also be the endpoint of S3. */
  readonly shared?: string | undefined;
  /** The endpoint of bun's own client. */
  readonly bun?: string | undefined;
}

interface HostPattern {
  readonly expression: RegExp;
  /** The expression as the user wrote it, for messages. */
  readonly text: string;
}

interface HostGroup {
  /** The longest base first: of two nested bases, the longer one leaves the bucket's name. */
  readonly bases: readonly HostBase[];
  readonly patterns: readonly HostPattern[];
}

interface HostEntries {
  /** Whether the mock also answers S3's own hosts. */
  readonly known: boolean;
  readonly answered: HostGroup;
  readonly passed: HostGroup;
  readonly websites: HostGroup;
}

const purposes = ['also', 'only', 'pass', 'websites'] as const;
const rightForms =
  "'http://localhost:9000', 'minio.test:443', 'storage.test' (any port) or a RegExp on the host or on host:port";
const rightLists = `a list of hosts, or { also, only, pass, websites } with such lists: ${rightForms}`;
const hostSyntax =
  /^(?:(?<scheme>https?):\/\/)?(?<host>\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(?<port>\d{1,5}))?\/?$/i;

function readHostEntries(
  option: HostsOption | undefined,
  dialect: DialectName,
  { s3, sts, shared, bun }: EnvironmentEndpoints,
): HostEntries {
  const { also, only, pass, websites: sites } = readPurposes(option);
  const own = readGroup(only ?? also ?? []);
  const passed = readGroup(pass ?? []);
  const websites = readGroup(sites ?? [], (entry) => readWebsite(entry, dialect));
  const purpose = only === undefined ? 'also' : 'only';
  checkNoneTwice(own, passed, `The mock answers the hosts of ${purpose}, and leaves those of pass alone`, [
    purpose,
    'pass',
  ]);
  checkNoneTwice(own, websites, `The mock answers the hosts of ${purpose} as S3, and those of websites as websites`, [
    purpose,
    'websites',
  ]);
  checkNoneTwice(websites, passed, 'The mock answers the hosts of websites, and leaves those of pass alone', [
    'websites',
    'pass',
  ]);
  const bases = [...own.bases];
  // These entries come after the entries of the test. If the test names the same address, its own entry wins, and the address belongs to S3
  // alone.
  if (only === undefined && s3) {
    const base = readBase(s3, 'AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL');
    bases.push(isSameUrl(s3, shared) ? { ...base, isShared: true } : base);
  }
  if (only === undefined && bun) bases.push(readBase(bun, 'S3_ENDPOINT or AWS_ENDPOINT'));
  if (only === undefined && sts) bases.push(readBase(sts, 'AWS_ENDPOINT_URL_STS'));
  return { known: only === undefined, answered: { ...own, bases: sortBases(bases) }, passed, websites };
}

type Purposes = Partial<Record<(typeof purposes)[number], readonly unknown[] | undefined>>;

/** Plain JavaScript can pass any value here. */
function readPurposes(option: unknown): Purposes {
  if (option === undefined) return {};
  if (Array.isArray(option)) return { also: option };
  const isPurpose = (name: string) => writeSuggestion(name, purposes) !== undefined || isOneOf(purposes, name);
  const names = isRecord(option) ? Object.keys(option) : [];
  // For an object with no purpose among its names, the message lists all forms of the option.
  if (!isRecord(option) || (names.length > 0 && !names.some(isPurpose)))
    throw invalidValue('mockS3', 'hosts', option, rightLists);
  checkOptionNames('hosts', option, purposes);
  for (const purpose of purposes) {
    const list = option[purpose];
    if (list !== undefined && !Array.isArray(list)) throw invalidValue('mockS3', `hosts.${purpose}`, list, rightLists);
  }
  const lists: Purposes = option; // as just checked
  if (lists.also !== undefined && lists.only !== undefined)
    throw makeMistake(
      'mockS3: hosts has also and only. The hosts of only are the only ones that the mock answers: put all of them into only, or leave only out.',
    );
  return lists;
}

function isOneOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function readGroup(list: readonly unknown[], read = (entry: unknown) => readBase(entry, 'hosts')): HostGroup {
  const bases: HostBase[] = [];
  const patterns: HostPattern[] = [];
  for (const entry of list) {
    if (isRegExp(entry)) patterns.push({ expression: withoutPosition(entry), text: String(entry) });
    else bases.push(read(entry));
  }
  return { bases: sortBases(bases), patterns };
}

function sortBases(bases: readonly HostBase[]): readonly HostBase[] {
  return bases.toSorted((one, other) => other.base.length - one.base.length);
}

function checkNoneTwice(
  one: HostGroup,
  other: HostGroup,
  difference: string,
  [first, second]: readonly [string, string],
): void {
  const isOfBoth = (host: HostBase) => one.bases.some(({ base, port }) => base === host.base && port === host.port);
  const base = other.bases.find(isOfBoth);
  const pattern = other.patterns.find(({ text }) => one.patterns.some((theirs) => theirs.text === text));
  const twice = base === undefined ? pattern?.text : writeGiven(writeBase(base));
  if (twice === undefined) return;
  throw makeMistake(
    `mockS3: ${twice} is in hosts.${first} and in hosts.${second}. ${difference}: keep it in one of the two lists.`,
  );
}

function writeBase({ base, port }: HostBase): string {
  const name = base.includes(':') ? `[${base}]` : base;
  return port === undefined ? name : `${name}:${port}`;
}

function isSameUrl(one: string, other: string | undefined): boolean {
  return one.replace(/\/$/, '') === other?.replace(/\/$/, '');
}

function readBase(entry: unknown, source: string): HostBase {
  const groups = typeof entry === 'string' ? hostSyntax.exec(entry)?.groups : undefined;
  const host = groups?.['host'];
  const port = groups?.['port'];
  if (groups === undefined || host === undefined || Number(port) > 65535) {
    throw invalidValue(source, 'host', entry, `${rightForms}${hint(entry)}`);
  }
  const defaults: Readonly<Record<string, number>> = { http: 80, https: 443 };
  const implied = defaults[groups['scheme']?.toLowerCase() ?? ''];
  return { base: normalizeHost(host), port: port === undefined ? implied : Number(port) };
}

/** Whether a website answers https (F1805). */
const websitesBySecureHosts: Readonly<Record<DialectName, boolean>> = { aws: false, 'ibm-cos': true };

function readWebsite(entry: unknown, dialect: DialectName): HostBase {
  const source = 'hosts.websites';
  if (!websitesBySecureHosts[dialect] && typeof entry === 'string' && /^https:/i.test(entry))
    throw invalidValue(source, 'host', entry, 'a host without https://, since the websites of S3 answer http alone');
  return readBase(entry, source);
}

function hint(entry: unknown): string {
  if (typeof entry !== 'string') return '';
  if (entry.includes('*')) return '; without the *, the entry means the host and every bucket in front of it';
  return /^(?:https?:\/\/)?[^/]+\/./i.test(entry) ? '; a host has no path' : '';
}

/** A RegExp of a test may come from another realm than this module, so `instanceof` would not recognize it. */
function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

/** Removes the flags g and y: such an expression stores where it stopped, and would match every second time only. */
function withoutPosition(expression: RegExp): RegExp {
  return new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''));
}

/** The port is not part of a name, so an expression of a name, such as `/\.storage\.test$/`, is tried without it as well. */
function matchHost({ expression }: HostPattern, host: string, port: number): RegExpExecArray | null {
  const name = host.includes(':') ? `[${host}]` : host;
  return expression.exec(`${name}:${port}`) ?? expression.exec(name);
}

/** The domain of a website is the whole host: a host below it is another bucket's. */
function findWebsite({ bases }: HostGroup, host: string, port: number): HostBase | undefined {
  return bases.find((entry) => entry.base === host && (entry.port === undefined || entry.port === port));
}

function findBase({ bases }: HostGroup, host: string, port: number): HostBase | undefined {
  return bases.find((entry) => isUnder(entry, host, port));
}

function isUnder(entry: HostBase, host: string, port: number): boolean {
  if (entry.port !== undefined && entry.port !== port) return false;
  return host === entry.base || host.endsWith(`.${entry.base}`);
}

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

export function claimsNothing({ known, bases, expressions }: HostClaims): boolean {
  return !known && bases.length === 0 && expressions.length === 0;
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
