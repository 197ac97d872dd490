import { sha256Hex } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { counted, grouped } from '../../text/counts';
import { say } from '../../text/reason';
import { writeValue } from '../../text/values';
import { readSignatures } from '../request/aws-chunked';
import { checkContentSha256 } from '../request/checksums';
import { readAuthorization, readComponents, readTokenHeader } from '../request/identity';
import { expiryOrders, inOrder, once, signatureOrders } from '../request/orders';
import type { S3Request } from '../request/request';
import { canonicalRequest, readable, stringToSign } from './canonical-request';
import { type Check, ecdsaCheck, hmacCheck } from './keys';
import { type Credential, checkRegionSet, checksOfCredential, readCredential } from './scope';
import { describeMove, longestExpiry, longestSkew, serviceTime, type Times } from './service-time';
import {
  checkHeadersAreSigned,
  checkSkew,
  checksOfKey,
  dayOf,
  findSecret,
  type Keyed,
  readBasicDate,
  readRequestDate,
  type SignatureDate,
  type SignedRequest,
  serverTime,
  type Verifier,
} from './terms';

/** The components as sent. */
interface Components {
  /** The algorithm, in any case of letters. */
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

/** A signature of version 4. What cannot be read throws when a check asks for it. */
interface SignatureV4 extends Keyed {
  readonly request: SignedRequest;
  readonly components: () => Components;
  readonly asymmetric: () => boolean;
  readonly credential: () => Credential;
  readonly date: () => SignatureDate;
  readonly payload: string;
  readonly regionSet: string | undefined;
}

const ecdsa = 'AWS4-ECDSA-P256-SHA256';

type Sent = Pick<SignatureV4, 'components' | 'date' | 'payload' | 'regionSet' | 'sessionToken'>;

function makeSignature(request: SignedRequest, verifier: Verifier, place: 'Header' | 'Query', sent: Sent): SignatureV4 {
  const asymmetric = () => sent.components().algorithm.toUpperCase() === ecdsa;
  const credential = once(() => readCredential(sent.components().credential, { asymmetric: asymmetric(), place }));
  const accessKeyId = () => credential().accessKeyId;
  const secret = once(() => findSecret(accessKeyId(), verifier));
  // Member by member: to spread an object takes longer than all the rest here.
  const { components, date, payload, regionSet, sessionToken } = sent;
  const signed: SignatureV4 = {
    components,
    date,
    payload,
    regionSet,
    sessionToken,
    request,
    verifier,
    asymmetric,
    credential,
    accessKeyId,
    secret,
    checkMatch: (key) => checkMatch(signed, key),
  };
  return signed;
}

function readHeader(request: SignedRequest, verifier: Verifier): SignatureV4 {
  const { headers } = request;
  return makeSignature(request, verifier, 'Header', {
    date: once(() => readRequestDate(headers)),
    components: once(() => readHeaderComponents(headers.get('authorization') ?? '')),
    payload: headers.get('x-amz-content-sha256') ?? '',
    regionSet: headers.get('x-amz-region-set'),
    sessionToken: readTokenHeader(request.wire),
  });
}

function readHeaderComponents(header: string): Components {
  const { algorithm = '', rest = '' } = readAuthorization(header) ?? {};
  const components = readComponents(rest);
  if (components instanceof S3Error) throw components;
  const { credential, signature, signedheaders } = components;
  return { algorithm, credential, signature, signedHeaders: normalized(signedheaders) };
}

/** S3 reads the names in any order and case, and each of them once (F1651). */
function normalized(names: string): string {
  return [...new Set(names.toLowerCase().split(';'))].toSorted().join(';');
}

interface Presigned extends SignatureV4 {
  readonly dates: { readonly date: string; readonly expires: string };
}

function readQuery(request: SignedRequest, verifier: Verifier): Presigned {
  const query = new Map([...request.query].map(([name, value]) => [name.toLowerCase(), value]));
  const field = (name: string) => query.get(`x-amz-${name}`) ?? '';
  const components = {
    algorithm: field('algorithm'),
    credential: field('credential'),
    signedHeaders: normalized(field('signedheaders')),
    signature: field('signature'),
  };
  const dates = { date: field('date'), expires: field('expires') };
  const signed = makeSignature(request, verifier, 'Query', {
    date: once(() => readPresignedDate(dates.date)),
    components: () => components,
    // S3 uses the value of this header in the signature without checking it.
    payload: request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD',
    regionSet: field('region-set'),
    sessionToken: readTokenHeader(request.wire) ?? query.get('x-amz-security-token'),
  });
  return { ...signed, dates };
}

function checkSigned({ request, components }: SignatureV4): void {
  checkHeadersAreSigned(request, components().signedHeaders);
}

function checkRegions({ regionSet = '', verifier }: SignatureV4): void {
  if (verifier.region !== undefined) checkRegionSet(regionSet, verifier.region);
}

const checkOrderOfHeader = inOrder<typeof signatureOrders.headerV4, SignatureV4>(signatureOrders.headerV4, {
  'the form of the hash': ({ request: { headers } }) =>
    checkContentSha256({ headers, signed: 'header', streamingAllowed: true }),
  'a date': ({ date }) => void date(),
  'the date is near': ({ date, verifier }) => checkSkew(date(), verifier.times),
  'the components': ({ components }) => void components(),
  ...checksOfCredential('Header'),
  'its day': ({ credential, date }) => {
    const [ofCredential, day] = [credential().date, dayOf(date())];
    if (ofCredential === day) return;
    const dates = { 'the date of the credential': ofCredential, 'the day of the request': day };
    throw new S3Error('AuthorizationHeaderDayDiffers').quoting(dates);
  },
  'all headers are signed': checkSigned,
  'the set of regions': (signed) => {
    if (!signed.asymmetric()) return;
    if (signed.regionSet === undefined) throw new S3Error('RegionSetMissing');
    checkRegions(signed);
  },
  ...checksOfKey,
});

export function checkHeaderV4(request: SignedRequest, verifier: Verifier): void {
  checkOrderOfHeader(readHeader(request, verifier));
}

const checksOfExpiry = {
  'the form of the date': ({ date }: Presigned) => void date(),
  'the form of the duration': ({ dates }: Presigned) => checkDuration(dates.expires),
  'the time of the URL': ({ date, dates, verifier }: Presigned) =>
    checkInTime(date().at, dates.expires, verifier.times),
};

const checkOrderOfExpiry = inOrder<typeof expiryOrders.queryV4, Presigned>(expiryOrders.queryV4, checksOfExpiry);

const checkOrderOfQuery = inOrder<typeof signatureOrders.queryV4, Presigned>(signatureOrders.queryV4, {
  ...checksOfExpiry,
  ...checksOfCredential('Query'),
  'its day': ({ credential, dates }) => {
    const [{ date }, day] = [credential(), dates.date.slice(0, 8)];
    if (date !== day) throw new S3Error('AuthorizationQueryDayDiffers', { date, day });
  },
  'all headers are signed': checkSigned,
  'the set of regions': (signed) => {
    if (!signed.asymmetric()) return;
    if (signed.regionSet === '') throw new S3Error('RegionSetEmpty');
    checkRegions(signed);
  },
  ...checksOfKey,
});

export function checkQueryV4(request: SignedRequest, verifier: Verifier): void {
  checkOrderOfQuery(readQuery(request, verifier));
}

export function checkExpiryV4(request: SignedRequest, verifier: Verifier): void {
  checkOrderOfExpiry(readQuery(request, verifier));
}

/** Checks what a URL says without its secret: its time, and that it names each header that has to be signed (F141). */
export function checkQueryWithoutSecret(request: SignedRequest, verifier: Verifier): void {
  const signed = readQuery(request, verifier);
  checkOrderOfExpiry(signed);
  checkSigned(signed);
}

function readPresignedDate(text: string): SignatureDate {
  const at = readBasicDate(text);
  if (at === undefined) throw new S3Error('PresignedDateMalformed').quoting({ 'X-Amz-Date': text });
  return { text, at };
}

function checkDuration(sent: string): void {
  if (!/^[+-]?\d+$/.test(sent))
    throw new S3Error(
      'PresignedExpiresNotANumber',
      {},
      `expiresIn is ${writeValue(sent)}, and it counts whole seconds: round it`,
    );
  const seconds = Number(sent);
  if (seconds < 0) {
    const why = `expiresIn is ${sent}, and it counts the seconds from now on: it is not a moment, and not below 0`;
    throw new S3Error('PresignedExpiresNegative', {}, why);
  }
  if (seconds > longestExpiry)
    throw new S3Error('PresignedExpiresTooLong', { limit: longestExpiry }, whyTooLong(seconds));
}

function whyTooLong(seconds: number): string {
  const limit = `expiresIn is ${grouped(seconds)}, and it counts seconds, not milliseconds, up to a week, ${grouped(longestExpiry)}`;
  const meant = seconds / 1000;
  return Number.isInteger(meant) && meant <= longestExpiry ? `${limit}: write ${meant}` : limit;
}

function checkInTime(date: number, expires: string, times: Times): void {
  const seconds = Number(expires);
  const now = serviceTime(date, times);
  const isEarly = now - date < -longestSkew;
  if (!isEarly && now - date <= seconds * 1000) return;
  const until = { Expires: serverTime(date + seconds * 1000), ServerTime: serverTime(now) };
  if (isEarly) throw new S3Error('PresignedNotYetValid', { 'X-Amz-Date': String(date), ...until });
  const why = say`the url was signed at ${serverTime(date)} for ${counted(seconds, 'second')}${describeMove(date, times)}`;
  throw new S3Error('PresignedExpired', { 'X-Amz-Expires': expires, ...until }, why);
}

function checkMatch(signed: SignatureV4, secret: string): void {
  const { algorithm, signature } = signed.components();
  const canonical = canonicalOf(signed);
  const text = stringToSign(algorithm, signed.date().text, signed.credential().scope, canonical);
  if (makeCheck(signed, secret)(text, signature)) return;
  throw refusalForMismatch(signed, { text, signature, canonical }, whyNoMatch(signed, canonical));
}

function canonicalOf({ request, components, payload }: SignatureV4): string {
  const { method, url, rawHeaders } = request.wire;
  return canonicalRequest({ method, url, rawHeaders, signedHeaders: components().signedHeaders, payload });
}

function whyNoMatch({ accessKeyId, components, request }: SignatureV4, canonical: string): string {
  const { signedHeaders } = components();
  const lines = new Set(canonical.split('\n'));
  const absent = signedHeaders.split(';').filter((name) => !request.wire.headers.has(name) && lines.has(`${name}:`));
  if (absent.length > 0)
    return `signed and not sent: ${absent.join(', ')}. Send these headers with the values that were signed`;
  // The answer to a HEAD has no body.
  const what = request.method === 'HEAD' ? 'what was signed' : 'the CanonicalRequest of the answer';
  const headers = signedHeaders.includes(';') ? `the headers ${signedHeaders}` : `the header ${signedHeaders}`;
  return `${accessKeyId()} signed another request, or with another secret: compare the method, the path, the query and ${headers} with ${what}`;
}

function makeCheck({ asymmetric, credential }: SignatureV4, secret: string): Check {
  const { accessKeyId, scope } = credential();
  return asymmetric() ? ecdsaCheck(accessKeyId, secret) : hmacCheck(secret, scope);
}

function refusalForMismatch(
  { accessKeyId }: SignatureV4,
  { text, signature, canonical }: { readonly text: string; readonly signature: string; readonly canonical: string },
  why?: string,
): S3Error {
  return new S3Error(
    'SignatureDoesNotMatch',
    {
      AWSAccessKeyId: accessKeyId(),
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
  const signed = readHeader(request, verifier);
  const secret = verifier.secretOf(signed.accessKeyId());
  if (secret === undefined) return;
  const isSigned = makeCheck(signed, secret);
  const check = (text: string, signature: string, why: string) => {
    if (isSigned(text, signature)) return;
    throw refusalForMismatch(signed, { text, signature, canonical: canonicalOf(signed) }, why);
  };

  const { chunks, signatures, trailer } = readSignatures(wire.headers, wire.body);
  let before = signed.components().signature;
  for (const [at, signature] of signatures.entries()) {
    const text = chunkText(signed, algorithm, before, chunks[at] ?? new Uint8Array(0));
    check(text, signature, `the signature of chunk ${at + 1}, ${signature}, does not match the chunk`);
    before = withoutPadding(signature);
  }
  // A body that cannot be read to its end has no trailers; it is refused next, as one without their signature is (F1690).
  if (trailer === undefined || !payload.endsWith('-TRAILER')) return;
  const signature = trailer.get('x-amz-trailer-signature');
  if (signature === undefined) return;
  const text = trailerText(signed, algorithm, before, trailer);
  check(text, signature, `x-amz-trailer-signature, ${signature}, does not match the trailer`);
}

/** Signatures of SigV4A are padded with stars. */
function withoutPadding(signature: string): string {
  let end = signature.length;
  while (signature[end - 1] === '*') end -= 1;
  return signature.slice(0, end);
}

const emptyHash = sha256Hex(new Uint8Array(0));

function chunkText(signed: SignatureV4, algorithm: string, before: string, chunk: Uint8Array): string {
  return [algorithm, signed.date().text, signed.credential().scope, before, emptyHash, sha256Hex(chunk)].join('\n');
}

function trailerText(
  signed: SignatureV4,
  algorithm: string,
  before: string,
  trailer: ReadonlyMap<string, string>,
): string {
  const lines = [...trailer].filter(([name]) => name !== 'x-amz-trailer-signature');
  // Without a trailer, S3 signs an empty line (F1690).
  const text = lines.map(([name, value]) => `${name}:${value}\n`).join('') || '\n';
  const hash = sha256Hex(Buffer.from(text, 'latin1'));
  const name = algorithm.replace(/-PAYLOAD$/, '-TRAILER');
  return [name, signed.date().text, signed.credential().scope, before, hash].join('\n');
}
