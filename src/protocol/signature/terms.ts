import { parseHttpDate } from '../../formats/dates';
import { sortByHash } from '../../formats/hash-order';
import { S3Error } from '../../refusals/s3-error';
import type { S3Request } from '../request/request';
import { beyondAllYears, readJavaDate } from './java-date';
import { longestSkew, nearestTime, type Times } from './service-time';

/**
 * The checks that all versions of signatures share: the date exists and is near, and the region is the right one.
 * Order and words are S3's as brekkylab/backlot measured them on 2026-09-29 (backlot/auth.py).
 * @module
 */

export interface Verifier {
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Whether a key that belongs to no account stands for one: then nothing is compared with its signature. */
  readonly believesKeys: boolean;
  /** The check of the token that comes with a session's key, which throws; undefined for a key that is not a session's. */
  readonly findTokenCheck: (accessKeyId: string) => ((token: string | undefined) => void) | undefined;
  readonly hasIssued: (token: string) => boolean;
  readonly times: Times;
  /** The region for which a request has to be signed; undefined if any region is valid. */
  readonly region: string | undefined;
}

export type SignedRequest = Pick<
  S3Request,
  'wire' | 'method' | 'path' | 'headers' | 'query' | 'identity' | 'bucket' | 'endpoint' | 'form'
>;

export interface SignatureDate {
  readonly text: string;
  readonly at: number;
}

/** Throws if there is none. */
export function readRequestDate(headers: SignedRequest['headers']): SignatureDate {
  const date = readDateHeader(headers);
  if (!date) throw new S3Error('DateMissing');
  if (date.at === beyondAllYears)
    throw new S3Error('DateBeyondYears').quoting({ 'the date of the request': date.text });
  return date;
}

export function requestDate(headers: SignedRequest['headers']): SignatureDate | undefined {
  const date = readDateHeader(headers);
  return date?.at === beyondAllYears ? undefined : date;
}

function readDateHeader(headers: SignedRequest['headers']): SignatureDate | undefined {
  const text = headers.get('x-amz-date') ?? headers.get('date') ?? '';
  const at = readBasicDate(text) ?? readJavaDate(text);
  return at === undefined || at < 0 ? undefined : { text, at };
}

export function readSignatureDate(text: string): number | undefined {
  return readBasicDate(text) ?? parseHttpDate(text);
}

/** Reads a date as SigV4 writes it, `20260331T073505Z`. */
export function readBasicDate(text: string): number | undefined {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return undefined;
  const part = (from: number) => text.slice(from, from + 2);
  const at = Date.parse(`${text.slice(0, 4)}-${part(4)}-${part(6)}T${part(9)}:${part(11)}:${part(13)}Z`);
  // A day that its month lacks, and 24 o'clock, are read as another day, and what is no date has no day.
  return new Date(at).getUTCDate() === Number(part(6)) ? at : undefined;
}

export function dayOf({ text, at }: SignatureDate): string {
  return /^\d{8}T/.test(text) ? text.slice(0, 8) : new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
}

/** A moment as S3 names it in refusals: `2026-03-31T07:35:05Z`. */
export function serverTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

export function checkSkew({ text, at }: SignatureDate, times: Times): void {
  const now = nearestTime(at, times);
  if (Math.abs(now - at) <= longestSkew) return;
  throw new S3Error(
    'RequestTimeTooSkewed',
    { RequestTime: text, ServerTime: serverTime(now) },
    `the request is dated ${serverTime(at)}; it is ${serverTime(times.process)} by the process's clock, ${serverTime(times.mock)} by the mock's`,
  );
}

/** Host, Content-MD5, and all headers of S3 except the body's hash have to be signed. The refusal names them in the order of a Java hash set. */
export function checkHeadersAreSigned({ wire: { headers }, query }: SignedRequest, signedHeaders: string): void {
  const signed = `;${signedHeaders};`;
  const unsigned: string[] = [];
  for (const name of headers.keys()) {
    const mustBe =
      name === 'host' || name === 'content-md5' || (name.startsWith('x-amz-') && name !== 'x-amz-content-sha256');
    if (mustBe && !signed.includes(`;${name};`)) unsigned.push(name);
  }
  if (unsigned.length === 0) return;
  throw new S3Error(
    'HeadersNotSigned',
    { HeadersNotSigned: sortByHash(unsigned.toSorted(), (name) => name).join(', ') },
    whyUnsigned(unsigned, query),
  );
}

function whyUnsigned(unsigned: readonly string[], query: ReadonlyMap<string, string>): string {
  const parameters = new Set([...query.keys()].map((name) => name.toLowerCase()));
  const names = unsigned.join(', ');
  return unsigned.every((name) => parameters.has(name))
    ? `the url has ${names} in its query, and not among its signed headers: do not also send it as a header`
    : `sent and not signed: ${names}. Sign these headers, or do not send them`;
}

/** The secret of a key; undefined for a key that is believed without a secret. Throws if the key belongs to no account. */
export function findSecret(accessKeyId: string, { secretOf, believesKeys }: Verifier): string | undefined {
  const secret = secretOf(accessKeyId);
  if (secret !== undefined || believesKeys) return secret;
  throw new S3Error(
    'InvalidAccessKeyId',
    { AWSAccessKeyId: accessKeyId },
    `${accessKeyId} belongs to no account; sign with the keys that SDKs find in the environment, or with the keys of an account, a user or a session of the mock`,
  );
}

/** A signature whose key is to be looked for. */
export interface Keyed {
  readonly accessKeyId: () => string;
  /** As `findSecret`. */
  readonly secret: () => string | undefined;
  readonly sessionToken: string | undefined;
  readonly verifier: Verifier;
  /** Throws unless the secret makes the signature. */
  readonly checkMatch: (secret: string) => void;
}

/** The checks that need the key. Of a key that is believed without a secret nothing is checked. */
export const checksOfKey = {
  'the key': ({ secret }: Keyed) => void secret(),
  "a session's token": ({ accessKeyId, secret, sessionToken, verifier }: Keyed) => {
    if (secret() !== undefined) verifier.findTokenCheck(accessKeyId())?.(sessionToken);
  },
  'the signature': ({ secret, checkMatch }: Keyed) => {
    const known = secret();
    if (known !== undefined) checkMatch(known);
  },
  'no token beside the key of a user': ({ accessKeyId, secret, sessionToken, verifier }: Keyed) => {
    if (sessionToken === undefined || secret() === undefined) return;
    if (verifier.findTokenCheck(accessKeyId()) !== undefined) return;
    throw new S3Error('SecurityTokenInvalid', { 'Token-0': sessionToken }, whyNoToken(accessKeyId()));
  },
};

export function whyNoToken(accessKeyId: string): string {
  return `${accessKeyId} is not the key of a session, so no session token belongs to it`;
}
