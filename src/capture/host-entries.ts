import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { writeSuggestion } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { normalizeHost } from './target';

/**
 * The `hosts` option: a list of endpoints that the mock answers in addition to the known endpoints, or `{ only }`, the endpoints that it
 * answers instead. The list of `only` can be empty.
 */
export type HostsOption = readonly (string | RegExp)[] | { readonly only: readonly (string | RegExp)[] };

/** A user's own host: it is answered path style, and with `BUCKET.` before it virtual-host style. If `port` is undefined, any port matches. */
export interface HostBase {
  readonly base: string;
  readonly port: number | undefined;
  /** Whether other services answer there, too. */
  readonly isShared?: true;
}

export interface EnvironmentEndpoints {
  readonly s3?: string | undefined;
  readonly sts?: string | undefined;
  /** The endpoint of all services, which can also be the endpoint of S3. */
  readonly shared?: string | undefined;
}

export interface HostEntries {
  readonly known: boolean;
  readonly bases: readonly HostBase[];
  readonly expressions: readonly RegExp[];
}

const rightForms = "'http://localhost:9000', 'minio.test:443', 'storage.test' (any port) or a RegExp on host:port";
const hostSyntax =
  /^(?:(?<scheme>https?):\/\/)?(?<host>\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(?<port>\d{1,5}))?\/?$/i;

export function readHostEntries(
  option: HostsOption | undefined,
  { s3, sts, shared }: EnvironmentEndpoints,
): HostEntries {
  // Users of plain JavaScript may give anything.
  const given: unknown = option === undefined ? [] : option;
  // Any other object is answered with all forms.
  const isNearOnly = (name: string) => name === 'only' || writeSuggestion(name, ['only']) !== undefined;
  if (isRecord(given) && Object.keys(given).some(isNearOnly)) checkOptionNames('hosts', given, ['only']);
  const only = isRecord(given) && 'only' in given;
  const list: unknown = only ? given['only'] : given;
  if (!Array.isArray(list)) {
    throw invalidValue('mockS3', 'hosts', given, `a list or { only: list } of hosts: ${rightForms}`);
  }

  const bases: HostBase[] = [];
  const expressions: RegExp[] = [];
  const unread: readonly unknown[] = list; // Array.isArray gives any[]
  for (const entry of unread) {
    if (isRegExp(entry)) expressions.push(withoutPosition(entry));
    else bases.push(readBase(entry, 'hosts'));
  }
  // Behind the entries of the test, so that an address which a test gives as well is S3's alone.
  if (!only && s3) {
    const base = readBase(s3, 'AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL');
    bases.push(isSameUrl(s3, shared) ? { ...base, isShared: true } : base);
  }
  if (!only && sts) bases.push(readBase(sts, 'AWS_ENDPOINT_URL_STS'));
  // The longest base first: of two nested bases, the longer one leaves the bucket's name.
  bases.sort((one, other) => other.base.length - one.base.length);
  return { known: !only, bases, expressions };
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

function hint(entry: unknown): string {
  if (typeof entry !== 'string') return '';
  if (entry.includes('*')) return '; without the *, the mock answers every bucket in front of the host';
  return /^(?:https?:\/\/)?[^/]+\/./i.test(entry) ? '; a host has no path' : '';
}

/** Not instanceof: a test's RegExp may come from another realm than this module. */
function isRegExp(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

/** Removes the flags g and y: such an expression stores where it stopped, and would match every second time only. */
function withoutPosition(expression: RegExp): RegExp {
  return new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''));
}
