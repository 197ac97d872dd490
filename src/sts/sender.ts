import { sha256Hex } from '../formats/digests';
import { isRegion } from '../formats/regions';
import type { Caller } from '../model/identity/account';
import { findStsCaller, refusalOfSession, type StsCaller, whyNoCaller } from '../model/sessions/caller';
import type { Store } from '../model/store';
import { canonicalRequest, stringToSign } from '../protocol/signature/canonical-request';
import { hmacCheck } from '../protocol/signature/keys';
import { longestSkew, nearestTime, readTimes, serviceTime } from '../protocol/signature/service-time';
import { readSignatureDate, whyNoToken } from '../protocol/signature/terms';
import { findUrlSignature } from '../protocol/signature/url-signature';
import { S3Error } from '../refusals/s3-error';
import type { Said } from '../text/reason';
import type { StsRequest } from './request';

interface SenderWorld {
  readonly store: Store;
  readonly acting: Caller;
  /** Whether all signatures are verified; if undefined, only the signatures of presigned URLs. */
  readonly verifySignatures: boolean | undefined;
  readonly findUserSecret: (accessKeyId: string) => string | undefined;
}

/** STS's checks in its order (F735). Dates, scopes, signatures and keys that nobody was given are refused only if the mock verifies the signature. */
export function readSender(request: StsRequest, world: SenderWorld): StsCaller {
  const signature = readSignature(request);
  if (signature instanceof S3Error) throw signature;
  const secret = findSecret(signature, world);
  const isByDefault = world.verifySignatures === undefined && signature.isPresigned;
  const verifies =
    world.verifySignatures ?? (isByDefault && secret !== undefined && request.wire.endpoint.isPort !== true);
  if (verifies) checkScope(signature, request.region);
  if (verifies || isByDefault) checkDate(signature, request, world);
  const caller = readCaller(signature, world);
  if (verifies) checkMatch(signature, request, secret);
  return caller;
}

/** Finds the secret of a key. If all signatures are verified, only the keys that the mock issued count. */
function findSecret({ accessKeyId }: StsSignature, { store, verifySignatures, findUserSecret }: SenderWorld) {
  const secret = store.findSecret(accessKeyId);
  return verifySignatures === undefined ? (secret ?? findUserSecret(accessKeyId)) : secret;
}

export function findSender(request: StsRequest, store: Store, acting: Caller): StsCaller | undefined {
  const signature = readSignature(request);
  return signature instanceof S3Error ? undefined : findStsCaller(store, signature.accessKeyId, acting);
}

export function findSignedRegion(request: StsRequest): string | undefined {
  const signature = readSignature(request);
  return signature instanceof S3Error || !isRegion(signature.region) ? undefined : signature.region;
}

function checkScope({ region, service }: StsSignature, expected: string | undefined): void {
  const regionIsWrong = expected !== undefined && region !== expected;
  const serviceIsWrong = service !== 'sts';
  if (!regionIsWrong && !serviceIsWrong) return;
  const why = `the request is signed for ${region}/${service}, and its host belongs to ${expected ?? region}/sts`;
  throw new S3Error('StsScopeWrong', { regionIsWrong, serviceIsWrong }, why);
}

/**
 * STS does not read the X-Amz-Expires of a presigned URL, so the URL is valid as long as any other request (F736). It ages as a URL of S3
 * does (F147).
 */
function checkDate(
  { date, isPresigned }: StsSignature,
  { query }: StsRequest,
  { store, verifySignatures }: SenderWorld,
): void {
  const at = readSignatureDate(date);
  if (at === undefined) throw new S3Error('StsDateMalformed', { date });
  const presumed = verifySignatures === undefined ? 'moved first' : 'signed first';
  const times = readTimes(store.clock, presumed, findUrlSignature(query));
  const now = isPresigned ? serviceTime(at, times) : nearestTime(at, times);
  if (Math.abs(now - at) <= longestSkew) return;
  const words = { date: basicDate(at), now: basicDate(now) };
  throw at < now
    ? new S3Error('StsSignatureExpired', { ...words, limit: basicDate(now - longestSkew) })
    : new S3Error('StsSignatureEarly', { ...words, limit: basicDate(now + longestSkew) });
}

function basicDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function readCaller({ accessKeyId, sessionToken }: StsSignature, world: SenderWorld): StsCaller {
  const { store, acting, verifySignatures: verifies = false } = world;
  if (verifies && store.findSecret(accessKeyId) === undefined)
    throw refusalForToken(`${accessKeyId} belongs to no account of the mock`);
  const caller = findStsCaller(store, accessKeyId, acting);
  if (caller === undefined) throw refusalForToken(whyNoCaller(accessKeyId));
  if (verifies && caller.session === undefined && sessionToken !== undefined)
    throw refusalForToken(whyNoToken(accessKeyId));
  const refusal = refusalOfSession(store, caller, { accessKeyId, sessionToken });
  if (refusal?.refusal === 'SecurityTokenExpired') throw new S3Error('StsTokenExpired', {}, refusal.why);
  if (refusal) throw refusalForToken(refusal.why ?? '');
  return caller;
}

function refusalForToken(why: Said): S3Error {
  return new S3Error('StsTokenInvalid', {}, why);
}

function checkMatch(signature: StsSignature, { wire }: StsRequest, secret = ''): void {
  const { accessKeyId, scope, date, signedHeaders } = signature;
  const isSigned = hmacCheck(secret, scope);
  const signed = { ...wire, signedHeaders, payload: sha256Hex(wire.body) };
  if (isSigned(stringToSign(algorithm, date, scope, canonicalRequest(signed)), signature.signature)) return;
  const why = `${accessKeyId} signed another request, or with another secret: compare the method, the query, the body and the headers ${signedHeaders}`;
  throw new S3Error('StsSignatureMismatch', {}, why);
}

interface StsSignature {
  /** Whether the signature is in the query. */
  readonly isPresigned: boolean;
  readonly accessKeyId: string;
  /** The credential without the key: `20260331/eu-west-1/sts/aws4_request`. */
  readonly scope: string;
  readonly region: string;
  readonly service: string;
  readonly date: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly sessionToken: string | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';

function readSignature(request: StsRequest): StsSignature | S3Error {
  const { wire, query } = request;
  const authorization = wire.headers.get('authorization')?.trim();
  if (authorization?.toUpperCase().startsWith(algorithm)) return readHeader(request, authorization);
  if (query.get('x-amz-algorithm')?.toUpperCase() === algorithm) return readQuery(request);
  const why = authorization
    ? `the Authorization header is not one of Signature Version 4, which begins with ${algorithm}`
    : 'the request has no signature; STS answers only AssumeRoleWithWebIdentity and AssumeRoleWithSAML without a signature';
  return new S3Error('StsSignatureMissing', {}, why);
}

function readHeader({ wire: { headers } }: StsRequest, authorization: string): StsSignature | S3Error {
  // A blank also ends a part, so that one in the access key makes two (F735).
  const parts = authorization
    .slice(algorithm.length)
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const without = parts.find((part) => !part.includes('='));
  if (without !== undefined) return new S3Error('StsAuthorizationMalformed', { part: without, header: authorization });
  const fields = new Map(
    parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const),
  );
  const date = headers.get('x-amz-date') ?? headers.get('date');
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !fields.has(name));
  if (missing.length > 0 || date === undefined)
    return new S3Error('StsAuthorizationIncomplete', { missing, hasDate: date !== undefined, header: authorization });
  return withScope(fields.get('Credential') ?? '', {
    isPresigned: false,
    date,
    signedHeaders: fields.get('SignedHeaders') ?? '',
    signature: fields.get('Signature') ?? '',
    sessionToken: headers.get('x-amz-security-token'),
  });
}

function readQuery({ query, wire: { headers } }: StsRequest): StsSignature | S3Error {
  const missing = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date'].filter(
    (name) => !query.has(name.toLowerCase()),
  );
  if (missing.length > 0) return new S3Error('StsQuerySignatureIncomplete', { missing });
  return withScope(query.get('x-amz-credential') ?? '', {
    isPresigned: true,
    date: query.get('x-amz-date') ?? '',
    signedHeaders: query.get('x-amz-signedheaders') ?? '',
    signature: query.get('x-amz-signature') ?? '',
    sessionToken: query.get('x-amz-security-token') ?? headers.get('x-amz-security-token'),
  });
}

function withScope(
  credential: string,
  others: Pick<StsSignature, 'isPresigned' | 'date' | 'signedHeaders' | 'signature' | 'sessionToken'>,
): StsSignature | S3Error {
  const parts = credential.split('/');
  const [accessKeyId = '', , region = '', service = ''] = parts;
  if (parts.length !== 5) return new S3Error('StsCredentialMalformed', { credential });
  return { ...others, accessKeyId, region, service, scope: credential.slice(accessKeyId.length + 1) };
}
