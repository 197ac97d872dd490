import { isHeaderName, isHeaderRepeated } from '../../formats/header-names';
import type { WireRequest } from '../../wire';
import type { Identity } from './identity';

/**
 * The headers of a request as S3 reads them: those that came, user metadata as text, and those that a presigned URL has in its query.
 * @module
 */

export interface SentHeaders {
  readonly wire: Pick<WireRequest, 'headers' | 'rawHeaders'>;
  readonly query: ReadonlyMap<string, string>;
  readonly scheme: Identity['scheme'];
}

type Headers = ReadonlyMap<string, string>;

/** Names are in lower case. A parameter of the query counts before a header of its name. */
export function readHeaders({ wire, query, scheme }: SentHeaders): Headers {
  const metadata = readMetadata(wire);
  const hoisted = isPresigned(scheme) ? hoistedHeaders(query) : [];
  if (metadata.length === 0 && hoisted.length === 0) return wire.headers;
  return new Map([...wire.headers, ...metadata, ...hoisted]);
}

export function isGivenTwice(name: string, { wire, query, scheme }: SentHeaders): boolean {
  if (!wire.headers.has(name) || !isPresigned(scheme)) return false;
  return [...query.keys()].some((parameter) => parameter.toLowerCase() === name);
}

function isPresigned(scheme: SentHeaders['scheme']): boolean {
  return scheme === 'sigv4-presigned' || scheme === 'sigv2-presigned';
}

/** User metadata can come more than once: S3 joins its values without a blank. It reads each byte as a character, as Node does (F216). */
function readMetadata({ headers, rawHeaders }: SentHeaders['wire']): readonly [string, string][] {
  if (!isHeaderRepeated({ headers, rawHeaders })) return noMetadata;
  let changed: string[] | undefined;
  for (const name of headers.keys()) {
    if (!name.startsWith('x-amz-meta-') || !headers.get(name)?.includes(', ')) continue;
    changed ??= [];
    changed.push(name);
  }
  if (changed === undefined) return noMetadata;
  const values = readHeaderValues(rawHeaders);
  return changed.map((name) => [name, (values.get(name) ?? []).join(',')]);
}

const noMetadata: readonly [string, string][] = [];

export function readHeaderValues(rawHeaders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase() ?? '';
    const value = rawHeaders[at + 1] ?? '';
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  return values;
}

/** F217 */
function hoistedHeaders(query: ReadonlyMap<string, string>): readonly [string, string][] {
  return [...query]
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => isHoisted(name))
    .map(([name, value]) => [name, name.startsWith('x-amz-meta-') ? value : asSent(value)]);
}

/** Returns a text as a header would have carried it: characters that no header can contain become blanks. */
function asSent(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ');
}

const conditions = new Set(['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']);
/** The headers that sign the URL, and the headers of checksums: of the body, which the signer did not know, and of the answer. */
const ofSignature =
  /^x-amz-(?:algorithm|credential|date|expires|signature|signedheaders|security-token|region-set|content-sha256)$/;
const ofChecksums = /^x-amz-(?:checksum-(?!algorithm$|type$).*|sdk-checksum-algorithm|decoded-content-length|trailer)$/;

/** A customer's key has to be sent as headers (F591). */
const ofCustomerKey = /^x-amz-(?:copy-source-)?server-side-encryption-customer-/;

export function mayBeInQuery(name: string): boolean {
  return conditions.has(name) || (name.startsWith('x-amz-') && !ofCustomerKey.test(name));
}

/** Whether a presigned URL that has the name in its query replaces a header of that name (F217). */
export function isHoisted(name: string): boolean {
  if (!mayBeInQuery(name) || ofSignature.test(name) || ofChecksums.test(name)) return false;
  // A name that no header has would be stored with the object, whose answers could then not be sent.
  return isHeaderName(name);
}
