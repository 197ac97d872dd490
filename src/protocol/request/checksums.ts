import { computeBodyChecksum, computeBodyDigest } from '../../formats/body-digests';
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  digestLength,
  isChecksum,
  isComputable,
  optionalAlgorithms,
  sha256OfNothing,
} from '../../formats/digests';
import type { SentChecksum } from '../../model/uploads/checksums';
import { S3Error } from '../../refusals/s3-error';
import { Code } from '../../text/calls';
import { counted } from '../../text/counts';
import { clause, type Said, say } from '../../text/reason';
import { writeValue } from '../../text/values';
import { readHeaderValues } from './headers';
import type { Identity } from './identity';

/**
 * Checks what a request says about its own body.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 * @module
 */

type Headers = ReadonlyMap<string, string>;

export function findAlgorithm(name: string): ChecksumAlgorithm | undefined {
  return algorithms.get(name);
}

const prefix = 'x-amz-checksum-';
const algorithms: ReadonlyMap<string, ChecksumAlgorithm> = new Map(
  checksumAlgorithms.map((algorithm) => [checksumHeader(algorithm), algorithm]),
);
const noValues = new Set([`${prefix}type`, `${prefix}algorithm`, `${prefix}mode`]);

export function findFirstChecksum(headers: Headers, trailers: Headers): SentChecksum | undefined {
  for (const [name, algorithm] of algorithms) {
    const value = headers.get(name) ?? trailers.get(name);
    if (value !== undefined) return { algorithm, value };
  }
  return undefined;
}

export function readChecksums(headers: Headers, trailers: Headers): Partial<Record<ChecksumAlgorithm, string>> {
  const values: Partial<Record<ChecksumAlgorithm, string>> = {};
  for (const [name, algorithm] of algorithms) {
    const value = headers.get(name) ?? trailers.get(name);
    if (value !== undefined) values[algorithm] = value;
  }
  return values;
}

const payloadWords = new Set([
  'UNSIGNED-PAYLOAD',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD',
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER',
]);

export function checkContentSha256(request: {
  readonly headers: Headers;
  /** Where the signature is, or how S3 reads the header beside it: as a text that has to be the hash (F1691), or not at all. */
  readonly signed: 'header' | 'text' | 'none';
  readonly streamingAllowed: boolean;
  readonly service?: string | undefined;
}): void {
  const value = request.headers.get('x-amz-content-sha256') ?? '';
  if (value === '') {
    if (request.signed === 'header') throw refusalForMissingHash(request.service);
    return;
  }
  if (request.signed === 'header' && !payloadWords.has(value) && !isSha256(value)) {
    throw new S3Error('ContentSha256Invalid', { ArgumentValue: value });
  }
  if (value.startsWith('STREAMING-') && !request.streamingAllowed && request.signed !== 'text')
    throw new S3Error('ContentSha256NotStreaming').quoting({ 'x-amz-content-sha256': value });
}

function refusalForMissingHash(service: string | undefined): S3Error {
  const refusal = new S3Error('ContentSha256Missing');
  if (service === undefined || service === 's3') return refusal;
  return refusal.because(
    `the request has no x-amz-content-sha256: its signature is for the service '${service}', and signers send that header for 's3' alone`,
  );
}

/** F1691 */
export function comparesHashAsText(scheme: Identity['scheme'] | undefined): boolean {
  return scheme === 'sigv4-presigned' || scheme === 'sigv2' || scheme === 'sigv2-presigned';
}

function isSha256(value: string): boolean {
  return value.length === 64 && /^[0-9A-Fa-f]*$/.test(value);
}

export interface ReceivedBody {
  readonly headers: Headers;
  readonly trailers: Headers;
  readonly body: Uint8Array;
  /** What the client wrote behind the end of the body. */
  readonly excess?: Uint8Array | undefined;
  /** The encoding of the client's digest in the answer to a wrong Content-MD5: hex for PutObject, base64 for all others. */
  readonly expectedDigest: 'hex' | 'base64';
  /** The bytes that x-amz-checksum-* describes. CompleteMultipartUpload sends the checksum of the object that it makes. */
  readonly checksumOf?: 'body' | 'object';
  /** The algorithms of the service; by default the algorithms of S3. */
  readonly ofService?: readonly string[];
  readonly claims: readonly Claim[];
  /** The trailers that the header of a body in one piece names. */
  readonly announced?: readonly string[];
  /** Whether any x-amz-content-sha256 is compared with the body, even a text that is not a hash. */
  readonly comparesText?: boolean;
  readonly required?: boolean;
  /** The refusal of a body without a digest that S3 requires. */
  readonly whenMissing?: 'ContentMd5Missing' | 'ContentMd5OrChecksumMissing';
}

/** Computes no hash. */
export function checkDigestForms(request: ReceivedBody): void {
  const { headers, required = false, ofService } = request;
  if (request.checksumOf !== 'object') checkIsComputable(request);
  const claims = claimsOf(request);
  // If S3 requires a digest, it looks at the checksums first (F71).
  if (!required) checkContentMd5Form(headers);
  checkNoneTwice(claims);
  checkNumber(claims, request.announced);
  for (const claim of claims) if (claim.place === 'header') checkClaimForm(claim, ofService);
  checkSdkAlgorithm(headers, claims);
  if (!required) return;
  checkContentMd5Form(headers);
  const { whenMissing = 'ContentMd5OrChecksumMissing' } = request;
  if (claims.length === 0 && !headers.has('content-md5')) throw new S3Error(whenMissing);
}

/** S3 compares the payload hash of the signature before the digests of bytes, but after the digests of a document (F27). */
export function checkDigests(request: ReceivedBody, signed: 'payload hash first' | 'payload hash last'): void {
  if (signed === 'payload hash first') checkPayloadHash(request);
  checkContentMd5(request);
  for (const claim of claimsOf(request)) {
    // Trailers come with the body, whose framing and signatures S3 checks before their values (F1690).
    if (claim.place === 'trailer') checkClaimForm(claim, request.ofService);
    checkClaim(claim, request);
  }
  if (signed === 'payload hash last') checkPayloadHash(request);
}

function claimsOf(request: ReceivedBody): readonly Claim[] {
  return request.checksumOf === 'object' ? noClaims : request.claims;
}

function checkContentMd5Form(headers: Headers): void {
  const value = headers.get('content-md5');
  if (value !== undefined && !isChecksum('MD5', value))
    throw new S3Error('ContentMd5Invalid', { value }, whyNotDigest('Content-MD5', 'MD5', value));
}

const hashes: Partial<Record<ChecksumAlgorithm, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  SHA256: 'sha256',
  SHA512: 'sha512',
};

/** Says in which form the value came, and how to write it. */
export function whyNotDigest(name: string, algorithm: ChecksumAlgorithm, value: string): Said {
  const bytes = digestLength(algorithm);
  const form = readForm(value, bytes);
  const hash = hashes[algorithm];
  const cure = hash === undefined ? '' : clause`: ${new Code(`createHash('${hash}').update(body).digest('base64')`)}`;
  return say`${name} is ${writeValue(value)}, ${form}, and S3 takes the ${bytes} bytes of the ${algorithm} in base64${cure}`;
}

function readForm(value: string, bytes: number): string {
  if (/^[\da-f]+$/i.test(value) && value.length === 2 * bytes) return 'which is hexadecimal';
  if (/^\d+$/.test(value)) return 'which is a decimal number';
  if (/[-_]/.test(value) && /^[\w-]+=*$/.test(value)) return 'which is base64url';
  if (!/^[A-Za-z\d+/]*={0,2}$/.test(value)) return 'which is not base64';
  const length = Buffer.from(value, 'base64').length;
  return length === bytes ? 'which lacks its = or has wrong last bits' : `which has ${counted(length, 'byte')}`;
}

function checkContentMd5(received: ReceivedBody): void {
  const { headers, body, expectedDigest } = received;
  const value = headers.get('content-md5');
  if (value === undefined) return;
  const calculated = computeBodyChecksum('MD5', body);
  if (calculated === value) return;
  const expected = expectedDigest === 'hex' ? Buffer.from(value, 'base64').toString('hex') : value;
  const why = `Content-MD5 is ${value}, and the ${counted(body.length, 'byte')} of the body have the MD5 ${calculated}: compute it of the bytes that are sent`;
  const refusal = new S3Error('ContentMd5Mismatch', { ExpectedDigest: expected, CalculatedDigest: calculated }, why);
  throw withExcess(refusal, received, (whole) => computeBodyChecksum('MD5', whole) === value);
}

/** Code counts the characters of a text, and gives their number as the length. */
function withExcess(
  refusal: S3Error,
  { body, excess }: ReceivedBody,
  isMeant: (whole: Uint8Array) => boolean,
): S3Error {
  if (excess === undefined) return refusal;
  const whole = Buffer.concat([body, excess]);
  if (!isMeant(whole)) return refusal;
  return refusal.followedBy(
    `Content-Length is ${body.length}, and the client wrote ${whole.length} bytes, whose digest it sent: leave ContentLength out, or give the bytes, Buffer.byteLength(text), not the characters`,
  );
}

function checkPayloadHash(received: ReceivedBody): void {
  const { headers, body, comparesText = false } = received;
  const claimed = headers.get('x-amz-content-sha256');
  if (!claimed || claimed === 'UNSIGNED-PAYLOAD' || !(comparesText || isSha256(claimed))) return;
  const computed = body.length === 0 ? sha256OfNothing : computeBodyDigest('SHA256', body).hex;
  if (computed === claimed.toLowerCase()) return;
  const refusal = new S3Error('ContentSha256Mismatch', {
    ClientComputedContentSHA256: claimed,
    S3ComputedContentSHA256: computed,
  });
  throw withExcess(refusal, received, (whole) => computeBodyDigest('SHA256', whole).hex === claimed.toLowerCase());
}

/** F1608 */
export function checkNoneTwice(claims: readonly Claim[]): void {
  for (const { name, second } of claims)
    if (second !== undefined) throw new S3Error('ChecksumTwice', { ArgumentName: name, ArgumentValue: second });
}

export interface Claim {
  readonly name: string;
  readonly value: string;
  readonly algorithm: ChecksumAlgorithm | undefined;
  readonly place: 'header' | 'trailer';
  /** The value of another line of the same header. */
  readonly second?: string | undefined;
}

const noClaims: readonly Claim[] = [];
const noNames: readonly string[] = [];

interface SentChecksums extends Pick<ReceivedBody, 'headers' | 'trailers'> {
  readonly wire?: { readonly rawHeaders: readonly string[] };
}

/** The checksums that a request carries, whether S3 knows their algorithms or not. */
export function readClaims({ headers, trailers, wire }: SentChecksums): readonly Claim[] {
  const claims: Claim[] = [];
  for (const name of headers.keys()) {
    if (!name.startsWith(prefix) || noValues.has(name)) continue;
    const value = headers.get(name) ?? '';
    const second = wire && value.includes(',') ? readHeaderValues(wire.rawHeaders).get(name)?.[1] : undefined;
    claims.push({ name, value, algorithm: findAlgorithm(name), place: 'header', second });
  }
  for (const [name, value] of trailers) {
    const algorithm = findAlgorithm(name);
    if (algorithm) claims.push({ name, value, algorithm, place: 'trailer' });
  }
  return claims;
}

/** F1696 */
function checkNumber(claims: readonly Claim[], announced: readonly string[] = noNames): void {
  if (claims.length === 0 || claims.length + announced.length < 2) return;
  const ofTrailers = announced.length + claims.filter(({ place }) => place === 'trailer').length;
  const ofHeaders = claims.length + announced.length - ofTrailers;
  const names = [...claims.map(({ name }) => name), ...announced].join(', ');
  throw new S3Error(ofHeaders === 1 && ofTrailers === 1 ? 'ChecksumHeaderAndTrailer' : 'ChecksumMultiple').quoting({
    'what came': names,
  });
}

export function readAnnouncedTrailers(headers: Headers): readonly string[] {
  const sent = headers.get('x-amz-trailer');
  if (sent === undefined) return noNames;
  const names = sent.toLowerCase().split(',');
  // Commas at the end count for nothing; a blank or empty name elsewhere is one that S3 does not know (F1690).
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1).map((name) => name.trim());
}

/** Throws if a header, a trailer or the SDK's own setting names an algorithm that S3 has and the mock cannot compute (F232). */
function checkIsComputable({ headers, trailers, ofService }: ReceivedBody): void {
  const announced = readAnnouncedTrailers(headers);
  const asked = headers.get('x-amz-sdk-checksum-algorithm')?.toUpperCase();
  for (const { 0: name, 1: algorithm } of optional) {
    if (isComputable(algorithm)) continue;
    const isNamed = headers.has(name) || trailers.has(name) || asked === algorithm || announced.includes(name);
    if (isNamed && ofService?.includes(algorithm) !== false)
      throw new S3Error('MockChecksumNotImplemented', { algorithm });
  }
}

const optional = optionalAlgorithms.map((algorithm) => [checksumHeader(algorithm), algorithm] as const);

function checkClaimForm(
  { name, value, algorithm, place }: Claim,
  ofService: readonly string[] = checksumAlgorithms,
): void {
  if (algorithm === undefined || !ofService.includes(algorithm)) {
    throw new S3Error('ChecksumAlgorithmUnknown', {}, `${name}; the known algorithms are ${ofService.join(', ')}`);
  }
  if (isChecksum(algorithm, value)) return;
  const why = whyNotDigest(name, algorithm, value);
  throw new S3Error(place === 'trailer' ? 'ChecksumTrailerInvalid' : 'ChecksumInvalid', { header: name }, why);
}

function checkClaim({ value, algorithm, name }: Claim, received: ReceivedBody): void {
  if (algorithm === undefined) return;
  const calculated = computeBodyChecksum(algorithm, received.body);
  if (calculated === value) return;
  const why = `${name} is ${value}, but the checksum of the body is ${calculated}`;
  const refusal = new S3Error('ChecksumMismatch', { algorithm }, why);
  throw withExcess(refusal, received, (whole) => computeBodyChecksum(algorithm, whole) === value);
}

const sdkAlgorithm = 'x-amz-sdk-checksum-algorithm';

// The value has to be of the algorithm that x-amz-sdk-checksum-algorithm names, in any case of letters (versitygw#1598, #1118). S3 refuses
// a request without a value, unless x-amz-trailer announces one (F1793).
function checkSdkAlgorithm(headers: Headers, claims: readonly Claim[]): void {
  const asked = headers.get(sdkAlgorithm);
  if (!asked) return;
  const [claim] = claims;
  const sent = { [sdkAlgorithm]: asked };
  if (claim === undefined) {
    if (!headers.get('x-amz-trailer')) throw new S3Error('ChecksumAnnouncedAndMissing').quoting(sent);
  } else if (claim.algorithm !== asked.toUpperCase())
    throw new S3Error('ChecksumSdkAlgorithmInvalid').quoting({ ...sent, 'the checksum': claim.name });
}
