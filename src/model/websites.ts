import { S3Error } from '../refusals/s3-error';
import type { RoutingRule, WebsiteConfiguration } from './configurations/website';

/** What a website reads of a request. */
export interface Visit {
  /** The host as the visitor wrote it, with its port. */
  readonly host: string;
  readonly protocol: 'http' | 'https';
  /** The path as it was sent, without its first slash. */
  readonly path: string;
  /** The path decoded: a key, or a folder that ends with a slash. */
  readonly key: string;
  /** The query as it was sent, with its question mark; empty if there is none. */
  readonly query: string;
  readonly isHead: boolean;
}

/** The bucket of a website, as its visitors may read it. */
export interface Site<Page> {
  /** Reads an object as the visitor asks for it, with conditions and a range. */
  readonly read: (key: string) => Page | S3Error;
  /** Reads an object as a whole. */
  readonly readWhole: (key: string) => Page | S3Error;
  /** Returns undefined if the visitor may read the object, or S3's refusal. */
  readonly refusalOf: (key: string) => S3Error | undefined;
  /** Whether the object is there, for whoever may read it. */
  readonly has: (key: string) => boolean;
  /** The place to which the object leads its visitors. */
  readonly locationOf: (page: Page) => string | undefined;
  readonly statusOf: (refusal: S3Error) => number;
}

interface Redirect {
  readonly kind: 'redirect';
  readonly status: number;
  readonly location: string;
}

export type SiteAnswer<Page> =
  | Redirect
  | { readonly kind: 'page'; readonly page: Page }
  /** A folder without its slash, whose index document the visitor may read. */
  | { readonly kind: 'folder'; readonly location: string }
  | {
      readonly kind: 'refusal';
      readonly refusal: S3Error;
      /** The error document, or why the visitor cannot read it; undefined if none is asked. */
      readonly document?: Page | S3Error;
      /** The place to which the error document leads. */
      readonly location?: string | undefined;
    };

/** The key that a visit leads to: of a folder, its index document (F1801). */
export function findKeyOfVisit({ IndexDocument }: WebsiteConfiguration, key: string): string {
  return IndexDocument !== undefined && isFolder(key) ? `${key}${IndexDocument.Suffix}` : key;
}

/** Rules about the path alone come before S3 reads anything, and those about an error before the error document (F1803). */
export function answerVisit<Page extends object>(
  configuration: WebsiteConfiguration,
  visit: Visit,
  site: Site<Page>,
): SiteAnswer<Page> {
  const { RedirectAllRequestsTo: all, RoutingRules: rules = [] } = configuration;
  if (all !== undefined)
    return redirect(`${all.Protocol ?? visit.protocol}://${all.HostName}/${visit.path}${visit.query}`, 301);
  const early = redirectByRule(rules, visit, undefined);
  if (early !== undefined) return early;
  const page = site.read(findKeyOfVisit(configuration, visit.key));
  if (page instanceof S3Error) return answerRefusal(configuration, visit, site, page);
  const location = site.locationOf(page);
  return location === undefined ? { kind: 'page', page } : redirect(location, 301);
}

function answerRefusal<Page extends object>(
  configuration: WebsiteConfiguration,
  visit: Visit,
  site: Site<Page>,
  refused: S3Error,
): SiteAnswer<Page> {
  const index = findIndexRefusal(configuration, visit, site);
  if (index === 'readable') return { kind: 'folder', location: writeFolder(visit.key) };
  const refusal = index ?? refused;
  const status = site.statusOf(refusal);
  const late = redirectByRule(configuration.RoutingRules ?? [], visit, status);
  if (late !== undefined) return late;
  // S3 reads an error document for errors of the visitor alone, and not for a HEAD (F1802).
  const key = configuration.ErrorDocument?.Key;
  if (key === undefined || visit.isHead || !isOfVisitor(status)) return { kind: 'refusal', refusal };
  const document = site.readWhole(key);
  const location = document instanceof S3Error ? undefined : site.locationOf(document);
  return { kind: 'refusal', refusal, document, location };
}

/** Whether the error is one of the visitor, 4xx. */
function isOfVisitor(status: number): boolean {
  return Math.floor(status / 100) === 4;
}

/** A path without a slash and without an object can be a folder. Returns why the visitor cannot read its index document, if that is there. */
function findIndexRefusal<Page>(
  configuration: WebsiteConfiguration,
  { key }: Visit,
  { refusalOf, has }: Site<Page>,
): S3Error | 'readable' | undefined {
  if (isFolder(key) || has(key)) return undefined;
  const index = findKeyOfVisit(configuration, `${key}/`);
  return has(index) ? (refusalOf(index) ?? 'readable') : undefined;
}

function isFolder(key: string): boolean {
  return key === '' || key.endsWith('/');
}

/** S3 leaves the query out, and decodes all of the path but percent signs (F1801). */
function writeFolder(key: string): string {
  return `/${key.replaceAll('%', '%25')}/`;
}

function redirect(location: string, status: number): Redirect {
  return { kind: 'redirect', status, location };
}

/** The first rule counts whose condition holds, whatever the others say (F1803). */
function redirectByRule(rules: readonly RoutingRule[], visit: Visit, status: number | undefined): Redirect | undefined {
  const rule = rules.find(({ Condition }) => holds(Condition, visit.path, status));
  if (rule === undefined) return undefined;
  const { Redirect: to, Condition } = rule;
  const host = `${to.Protocol ?? visit.protocol}://${to.HostName ?? visit.host}`;
  const code = to.HttpRedirectCode === undefined ? 301 : Number(to.HttpRedirectCode);
  if (to.ReplaceKeyWith !== undefined) return redirect(`${host}/${to.ReplaceKeyWith}`, code);
  const { path, query } = visit;
  const prefix = Condition?.KeyPrefixEquals ?? '';
  const target =
    to.ReplaceKeyPrefixWith === undefined ? path : `${to.ReplaceKeyPrefixWith}${path.slice(prefix.length)}`;
  return redirect(`${host}/${target}${query}`, code);
}

/** The prefix is compared with the path as it was sent: `%2F` is no slash (F1803). */
function holds(condition: RoutingRule['Condition'], path: string, status: number | undefined): boolean {
  const { KeyPrefixEquals: prefix = '', HttpErrorCodeReturnedEquals: code } = condition ?? {};
  return path.startsWith(prefix) && (code === undefined || Number(code) === status);
}
