import { sha256Hex } from '../../formats/digests';
import { writePercent } from '../../formats/url-encoding';
import { isHoisted, mayBeInQuery, readHeaderValues } from '../request/headers';

/**
 * A request in the canonical form that SigV4 and SigV4a sign. Text here has one character for each byte, as Node reads headers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @module
 */

interface Signed {
  readonly method: string;
  /** The URL as sent: `/vault/a%20b?versioning`. */
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly signedHeaders: string;
  /** The hash of the body, or the word that replaces it. */
  readonly payload: string;
}

/** S3 encodes the path once, after it decoded it, whatever the client left unencoded (F148). */
export function canonicalRequest(signed: Signed): string {
  const [path = '', ...rest] = signed.url.split('?');
  return [
    signed.method,
    encodePath(decodeForm(path)),
    canonicalQuery(rest.join('?')),
    canonicalHeaders(signed, rest.join('?')),
    signed.signedHeaders,
    signed.payload,
  ].join('\n');
}

export function stringToSign(algorithm: string, date: string, scope: string, canonical: string): string {
  return [algorithm, date, scope, sha256Hex(bytesOf(canonical))].join('\n');
}

export function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A text of this module for people to read: its bytes are decoded as UTF-8. */
export function readable(text: string): string {
  return bytesOf(text).toString('utf8');
}

/** Decoded, encoded again, and sorted by name and value. The signature is left out, since it cannot sign itself; of others like it the first counts (F1655). */
function canonicalQuery(query: string): string {
  const seen = new Set(['x-amz-signature']);
  const counts = (name: string) => {
    const isFirst = !seen.has(name);
    if (ofSignature.has(name)) seen.add(name);
    return isFirst;
  };
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part): readonly [string, string] => {
      const [name = '', ...value] = part.split('=');
      return [recode(name), recode(value.join('='))];
    })
    .filter(([name]) => counts(name.toLowerCase()))
    .sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const ofSignature: ReadonlySet<string> = new Set(
  ['algorithm', 'credential', 'date', 'expires', 'signedheaders', 'security-token'].map((name) => `x-amz-${name}`),
);

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function recode(text: string): string {
  return encodeAll(decodeForm(text));
}

/**
 * Each named header with the values that came. If a header did not come, its value is in the query of a presigned URL, or empty (F590). What S3
 * reads from the query in place of a header counts there as well (F450).
 */
function canonicalHeaders({ rawHeaders, signedHeaders }: Signed, query: string): string {
  const sent = readHeaderValues(rawHeaders);
  const hoisted = hoistedValues(query);
  // A name that comes twice is written once: repeated values would make a text that is far longer than the request (F148).
  return [...new Set(signedHeaders.split(';'))]
    .map((name) => {
      const inQuery = mayBeInQuery(name) ? hoisted.get(name) : undefined;
      const values = (isHoisted(name) ? (inQuery ?? sent.get(name)) : (sent.get(name) ?? inQuery)) ?? [];
      return `${name}:${values.map(readAsUtf8).map(collapse).join(',')}\n`;
    })
    .join('');
}

function hoistedValues(query: string): ReadonlyMap<string, readonly string[]> {
  const parts = query.split('&').map((part) => part.split('='));
  if (!parts.some(([name = '']) => name.toLowerCase() === 'x-amz-signature')) return new Map();
  return readHeaderValues(parts.flatMap(([name = '', ...value]) => [decodeBytes(name), decodeForm(value.join('='))]));
}

const isAscii = /^[\0-\x7f]*$/;

/** S3 reads the bytes of a header as UTF-8 and signs the text, so that bytes that are not UTF-8 become U+FFFD (F216). */
function readAsUtf8(value: string): string {
  if (isAscii.test(value)) return value;
  return Buffer.from(readable(value), 'utf8').toString('latin1');
}

function collapse(value: string): string {
  return value.trim().replace(/\s+/g, ' ');
}

function decodeBytes(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A plus sign is a blank, in a query and in a path (F1747). */
function decodeForm(text: string): string {
  return decodeBytes(text.replaceAll('+', ' '));
}

function encodePath(bytes: string): string {
  return bytes.replace(/[^\w\-.~/]/g, encodeByte);
}

function encodeAll(bytes: string): string {
  return bytes.replace(/[^\w\-.~]/g, encodeByte);
}

function encodeByte(byte: string): string {
  return writePercent(byte.charCodeAt(0));
}
