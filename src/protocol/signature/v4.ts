import { sha256Hex } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { counted } from '../../text/counts';
import { readSignatures } from '../request/aws-chunked';
import { checkContentSha256 } from '../request/checksums';
import { readAuthorization, readComponents } from '../request/identity';
import type { S3Request } from '../request/request';
import { canonicalRequests, readable, stringToSign } from './canonical-request';
import { type Check, ecdsaCheck, hmacCheck } from './keys';
import { type Credential, checkRegionSet, readCredential } from './scope';
import {
  checkHeadersAreSigned,
  checkNoStrayToken,
  checkSkew,
  checkTokenOfSession,
  dayOf,
  findSecret,
  longestSkew,
  readBasicDate,
  requestDate,
  type SignedRequest,
  serverTime,
  type Times,
  type Verifier,
} from './terms';

interface SignatureV4 {
  /** As sent, in any case of letters. */
  readonly algorithm: string;
  readonly asymmetric: boolean;
  readonly credential: Credential;
  readonly date: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly payload: string;
  readonly sessionToken: string | undefined;
}

const ecdsa = 'AWS4-ECDSA-P256-SHA256';

/** Reads the signature of an Authorization header, and makes the checks that S3 makes before it looks for the key. */
export function readHeaderV4(request: SignedRequest, verifier: Verifier): SignatureV4 {
  const { headers } = request;
  const payload = headers.get('x-amz-content-sha256') ?? '';
  checkContentSha256({ headers, signed: 'header', streamingAllowed: true });
  const date = requestDate(headers);
  if (!date) throw new S3Error('DateMissing');
  checkSkew(date, verifier.times);
  const { algorithm = '', rest = '' } = readAuthorization(headers.get('authorization') ?? '') ?? {};
  const components = readComponents(rest);
  if (components instanceof S3Error) throw components;
  const { credential: credentialText, signature } = components;
  const signedHeaders = normalized(components.signedheaders);
  const asymmetric = algorithm.toUpperCase() === ecdsa;
  const credential = readCredential(credentialText, { asymmetric, region: verifier.region, place: 'Header' });
  if (credential.date !== dayOf(date)) {
    const dates = { 'the date of the credential': credential.date, 'the day of the request': dayOf(date) };
    throw new S3Error('AuthorizationHeaderDayDiffers').quoting(dates);
  }
  checkHeadersAreSigned(request, signedHeaders);
  const regionSet = headers.get('x-amz-region-set');
  if (asymmetric && regionSet === undefined) throw new S3Error('RegionSetMissing');
  if (asymmetric && verifier.region !== undefined) checkRegionSet(regionSet ?? '', verifier.region);
  const sessionToken = headers.get('x-amz-security-token');
  return { algorithm, asymmetric, credential, date: date.text, signedHeaders, signature, payload, sessionToken };
}

/** S3 reads the names in any order and case, and each of them once (F1651). */
function normalized(names: string): string {
  return [...new Set(names.toLowerCase().split(';'))].toSorted().join(';');
}

export function readQueryV4(request: SignedRequest, verifier: Verifier): SignatureV4 {
  const query = new Map([...request.query].map(([name, value]) => [name.toLowerCase(), value]));
  const field = (name: string) => query.get(`x-amz-${name}`) ?? '';
  checkInTime({ date: field('date'), expires: field('expires') }, verifier.times);
  const algorithm = field('algorithm');
  const asymmetric = algorithm.toUpperCase() === ecdsa;
  const credential = readCredential(field('credential'), { asymmetric, region: verifier.region, place: 'Query' });
  const day = field('date').slice(0, 8);
  if (credential.date !== day) throw new S3Error('AuthorizationQueryDayDiffers', { date: credential.date, day });
  const signedHeaders = normalized(field('signedheaders'));
  checkHeadersAreSigned(request, signedHeaders);
  if (asymmetric && field('region-set') === '') throw new S3Error('RegionSetEmpty');
  if (asymmetric && verifier.region !== undefined) checkRegionSet(field('region-set'), verifier.region);
  return {
    algorithm,
    asymmetric,
    credential,
    date: field('date'),
    signedHeaders,
    signature: field('signature'),
    // S3 uses the value of this header in the signature without checking it.
    payload: request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
    sessionToken: request.wire.headers.get('x-amz-security-token') ?? query.get('x-amz-security-token'),
  };
}

const week = 604_800;

function checkInTime(sent: { readonly date: string; readonly expires: string }, times: Times): void {
  const date = readBasicDate(sent.date);
  if (date === undefined) throw new S3Error('PresignedDateMalformed').quoting({ 'X-Amz-Date': sent.date });
  const expires = { 'X-Amz-Expires': sent.expires };
  if (!/^[+-]?\d+$/.test(sent.expires)) throw new S3Error('PresignedExpiresNotANumber').quoting(expires);
  const seconds = Number(sent.expires);
  if (seconds < 0) throw new S3Error('PresignedExpiresNegative').quoting(expires);
  if (seconds > week) throw new S3Error('PresignedExpiresTooLong', { limit: week }).quoting(expires);
  // If the process's clock signed the url, its age includes the time by which the mock's clock was advanced. If the mock's clock signed it,
  // that clock decides.
  const now = times.process + times.moved;
  const isGood = (age: number) => age >= -longestSkew && age <= seconds * 1000;
  if (isGood(now - date) || isGood(times.mock - date)) return;
  const until = { Expires: serverTime(date + seconds * 1000), ServerTime: serverTime(now) };
  if (now - date < -longestSkew) throw new S3Error('PresignedNotYetValid', { 'X-Amz-Date': String(date), ...until });
  const moved =
    times.moved === 0
      ? ''
      : `; the mock's clock was moved on by ${counted(times.moved / 1000, 'second')}, so sign what is made after it by its time, s3.clock.now()`;
  const why = `the url was signed at ${serverTime(date)} for ${counted(seconds, 'second')}${moved}`;
  throw new S3Error('PresignedExpired', { 'X-Amz-Expires': sent.expires, ...until }, why);
}

export function checkV4(signed: SignatureV4, { wire }: SignedRequest, verifier: Verifier): void {
  const { credential, signature } = signed;
  const secret = findSecret(credential.accessKeyId, verifier);
  if (secret === undefined) return;
  checkTokenOfSession(credential.accessKeyId, signed.sessionToken, verifier);
  const isSigned = makeCheck(signed, secret);
  const candidates = canonicalRequests({ ...wire, ...signed });
  const write = (canonical: string) => stringToSign(signed.algorithm, signed.date, credential.scope, canonical);
  if (candidates.some((canonical) => isSigned(write(canonical), signature))) {
    checkNoStrayToken(credential.accessKeyId, signed.sessionToken, verifier);
    return;
  }
  const mismatch = { text: write(candidates[0]), signature, canonical: candidates[0] };
  throw refusalForMismatch(signed, mismatch, whyNoMatch(signed, candidates[0], wire.headers));
}

function whyNoMatch(
  { credential, signedHeaders }: SignatureV4,
  canonical: string,
  sent: ReadonlyMap<string, string>,
): string {
  const lines = new Set(canonical.split('\n'));
  const absent = signedHeaders.split(';').filter((name) => !sent.has(name) && lines.has(`${name}:`));
  if (absent.length > 0)
    return `signed and not sent: ${absent.join(', ')}. Send these headers with the values that were signed`;
  return `${credential.accessKeyId} signed another request, or with another secret: compare the method, the path, the query and the headers ${signedHeaders} with the CanonicalRequest of the answer`;
}

function makeCheck({ asymmetric, credential }: SignatureV4, secret: string): Check {
  return asymmetric ? ecdsaCheck(credential.accessKeyId, secret) : hmacCheck(secret, credential.scope);
}

function refusalForMismatch(
  { credential }: SignatureV4,
  { text, signature, canonical }: { readonly text: string; readonly signature: string; readonly canonical: string },
  why?: string,
): S3Error {
  return new S3Error(
    'SignatureDoesNotMatch',
    {
      AWSAccessKeyId: credential.accessKeyId,
      StringToSign: readable(text),
      SignatureProvided: signature,
      CanonicalRequest: readable(canonical),
    },
    why,
  );
}

/**
 * Checks the signatures in a body that is streamed in signed chunks. Each covers its chunk and the signature before it; the first one covers the
 * signature of the headers, which has been checked before. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function checkChunkSignatures(request: S3Request, verifier: Verifier): void {
  const payload = request.headers.get('x-amz-content-sha256') ?? '';
  const [, algorithm = ''] = /^STREAMING-(AWS4-.+-PAYLOAD)(?:-TRAILER)?$/.exec(payload) ?? [];
  if (algorithm === '') return;
  const { identity, wire } = request;
  if (!('scheme' in identity) || (identity.scheme !== 'sigv4' && identity.scheme !== 'sigv4a')) return;
  const signed = readHeaderV4(request, verifier);
  const secret = verifier.secretOf(signed.credential.accessKeyId);
  if (secret === undefined) return;
  const isSigned = makeCheck(signed, secret);
  const check = (text: string, signature: string, why: string) => {
    if (isSigned(text, signature)) return;
    const canonical = canonicalRequests({ ...wire, ...signed })[0];
    throw refusalForMismatch(signed, { text, signature, canonical }, why);
  };

  const { chunks, signatures, trailer } = readSignatures(wire.headers, wire.body);
  let before = signed.signature;
  for (const [at, signature] of signatures.entries()) {
    const text = chunkText(signed, algorithm, before, chunks[at] ?? new Uint8Array(0));
    check(text, signature, `the signature of chunk ${at + 1}, ${signature}, is not the chunk's`);
    before = withoutPadding(signature);
  }
  // A body that cannot be read to its end has no trailers; it is refused next, as one without their signature is (F1690).
  if (trailer === undefined || !payload.endsWith('-TRAILER')) return;
  const signature = trailer.get('x-amz-trailer-signature');
  if (signature === undefined) return;
  const text = trailerText(signed, algorithm, before, trailer);
  check(text, signature, `x-amz-trailer-signature, ${signature}, is not the trailer's`);
}

/** Signatures of SigV4A are padded with stars. */
function withoutPadding(signature: string): string {
  let end = signature.length;
  while (signature[end - 1] === '*') end -= 1;
  return signature.slice(0, end);
}

const emptyHash = sha256Hex(new Uint8Array(0));

function chunkText(signed: SignatureV4, algorithm: string, before: string, chunk: Uint8Array): string {
  return [algorithm, signed.date, signed.credential.scope, before, emptyHash, sha256Hex(chunk)].join('\n');
}

function trailerText(
  signed: SignatureV4,
  algorithm: string,
  before: string,
  trailer: ReadonlyMap<string, string>,
): string {
  const lines = [...trailer].filter(([name]) => name !== 'x-amz-trailer-signature');
  const hash = sha256Hex(Buffer.from(lines.map(([name, value]) => `${name}:${value}\n`).join(''), 'latin1'));
  const name = algorithm.replace(/-PAYLOAD$/, '-TRAILER');
  return [name, signed.date, signed.credential.scope, before, hash].join('\n');
}
