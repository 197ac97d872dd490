import {
  type ChecksumAlgorithm,
  checksum,
  checksumAlgorithms,
  checksumHeader,
  isChecksum,
  md5,
  missingAlgorithms,
  sha256Hex,
} from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';

/**
 * Checks what a request says about its own body.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 * @module
 */

type Headers = ReadonlyMap<string, string>;

/** The algorithm whose value a header or trailer of this lower-case name carries. */
export function checksumOfName(name: string): ChecksumAlgorithm | undefined {
  return algorithms.get(name);
}

const prefix = 'x-amz-checksum-';
const algorithms: ReadonlyMap<string, ChecksumAlgorithm> = new Map(
  checksumAlgorithms.map((algorithm) => [checksumHeader(algorithm), algorithm]),
);
/** Headers of checksums that carry no checksum. */
const noValues = new Set([`${prefix}type`, `${prefix}algorithm`, `${prefix}mode`]);

/** The checksums that a request carries, in headers or trailers. */
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

/** The refusal of an x-amz-content-sha256 that is not valid for any body. */
export function refusalOfContentSha256(request: {
  readonly headers: Headers;
  /** The place of a SigV4 or SigV4a signature; SigV2 and bearer tokens ignore this header. */
  readonly signed: 'header' | 'query' | 'none';
  readonly streamingAllowed: boolean;
  /** The service in the scope of the signature, if it has one. */
  readonly service?: string | undefined;
}): S3Error | undefined {
  const value = request.headers.get('x-amz-content-sha256') ?? '';
  if (value === '') return request.signed === 'header' ? refusalOfMissingHash(request.service) : undefined;
  // S3 does not read the value of a presigned request: one signed over "garbage" was served (brekkylab/backlot, 2026-09-29).
  if (request.signed === 'header' && !payloadWords.has(value) && !isSha256(value)) {
    return new S3Error('ContentSha256Invalid', { ArgumentValue: value });
  }
  if (value.startsWith('STREAMING-') && !request.streamingAllowed)
    return new S3Error('ContentSha256NotStreaming').quoting({ 'x-amz-content-sha256': value });
  return undefined;
}

function refusalOfMissingHash(service: string | undefined): S3Error {
  const refusal = new S3Error('ContentSha256Missing');
  if (service === undefined || service === 's3') return refusal;
  return refusal.because(
    `the request has no x-amz-content-sha256: its signature is for the service '${service}', and signers send that header for 's3' alone`,
  );
}

/** Whether a value of x-amz-content-sha256 is a hash. */
export function isSha256(value: string): boolean {
  return value.length === 64 && /^[0-9A-Fa-f]*$/.test(value);
}

/** A request whose body is complete and without its framing. */
export interface ReceivedBody {
  readonly headers: Headers;
  readonly trailers: Headers;
  readonly body: Uint8Array;
  /** The encoding of the client's digest in the answer to a wrong Content-MD5: hex for PutObject, base64 for all others. */
  readonly expectedDigest: 'hex' | 'base64';
  /** The bytes that x-amz-checksum-* describes. CompleteMultipartUpload sends the checksum of the object that it makes. */
  readonly checksumOf?: 'body' | 'object';
  /** The algorithms that the service has; by default those of S3. */
  readonly ofService?: readonly string[];
}

/** The refusal of digests whose form is not valid. Computes no hash. */
export function refusalOfDigestForms(request: ReceivedBody & { readonly required?: boolean }): S3Error | undefined {
  const { headers, required = false, ofService } = request;
  const lacking = refusalOfMissingAlgorithm(request);
  if (lacking) return lacking;
  const claims = claimsOf(request);
  const byMd5 = () => refusalOfContentMd5Form(headers);
  const byChecksum = () =>
    refusalOfNumber(claims) ??
    firstRefusal(claims, (claim) => refusalOfClaimForm(claim, ofService)) ??
    refusalOfSdkAlgorithm(headers, claims);
  if (!required) return byMd5() ?? byChecksum();
  const hasNone = claims.length === 0 && !headers.has('content-md5');
  // If S3 requires a digest, it looks at the checksums first (F71).
  return byChecksum() ?? byMd5() ?? (hasNone ? new S3Error('ContentMd5OrChecksumMissing') : undefined);
}

/**
 * The refusal of a body that its digests do not match. Computes only the hashes that the request names. S3 compares the payload hash of the
 * signature before the digests of bytes, but after those of a document (F27).
 */
export function refusalOfDigests(
  request: ReceivedBody,
  signed: 'payload hash first' | 'payload hash last',
): S3Error | undefined {
  const { headers, body } = request;
  const byHash = () => refusalOfPayloadHash(headers, body);
  const byDigest = () =>
    refusalOfContentMd5(request) ?? firstRefusal(claimsOf(request), (claim) => refusalOfClaim(claim, body));
  return signed === 'payload hash first' ? (byHash() ?? byDigest()) : (byDigest() ?? byHash());
}

function claimsOf(request: ReceivedBody): readonly Claim[] {
  return request.checksumOf === 'object' ? [] : readClaims(request);
}

function firstRefusal<Item>(
  items: readonly Item[],
  refusalOf: (item: Item) => S3Error | undefined,
): S3Error | undefined {
  for (const item of items) {
    const refusal = refusalOf(item);
    if (refusal) return refusal;
  }
  return undefined;
}

function refusalOfContentMd5Form(headers: Headers): S3Error | undefined {
  const value = headers.get('content-md5');
  return value === undefined || isChecksum('MD5', value) ? undefined : new S3Error('ContentMd5Invalid', { value });
}

function refusalOfContentMd5({ headers, body, expectedDigest }: ReceivedBody): S3Error | undefined {
  const value = headers.get('content-md5');
  if (value === undefined) return undefined;
  const calculated = md5(body).toString('base64');
  if (calculated === value) return undefined;
  const expected = expectedDigest === 'hex' ? Buffer.from(value, 'base64').toString('hex') : value;
  return new S3Error('ContentMd5Mismatch', { ExpectedDigest: expected, CalculatedDigest: calculated });
}

function refusalOfPayloadHash(headers: Headers, body: Uint8Array): S3Error | undefined {
  const claimed = headers.get('x-amz-content-sha256');
  if (claimed === undefined || !isSha256(claimed)) return undefined;
  const computed = sha256Hex(body);
  if (computed === claimed.toLowerCase()) return undefined;
  return new S3Error('ContentSha256Mismatch', {
    ClientComputedContentSHA256: claimed,
    S3ComputedContentSHA256: computed,
  });
}

/** One checksum that the request carries. */
interface Claim {
  readonly name: string;
  readonly value: string;
  readonly algorithm: ChecksumAlgorithm | undefined;
  readonly place: 'header' | 'trailer';
}

function readClaims({ headers, trailers }: ReceivedBody): readonly Claim[] {
  const claims: Claim[] = [];
  for (const [name, value] of headers) {
    if (!name.startsWith(prefix) || noValues.has(name)) continue;
    claims.push({ name, value, algorithm: checksumOfName(name), place: 'header' });
  }
  for (const [name, value] of trailers) {
    const algorithm = checksumOfName(name);
    if (algorithm) claims.push({ name, value, algorithm, place: 'trailer' });
  }
  return claims;
}

function refusalOfNumber(claims: readonly Claim[]): S3Error | undefined {
  if (claims.length < 2) return undefined;
  const places = new Set(claims.map((claim) => claim.place));
  const names = claims.map(({ name }) => name).join(', ');
  return new S3Error(places.size === 2 ? 'ChecksumHeaderAndTrailer' : 'ChecksumMultiple').quoting({
    'what came': names,
  });
}

const noNames: readonly string[] = [];

/** The names in x-amz-trailer, in lower case. */
export function announcedTrailers(headers: Headers): readonly string[] {
  const sent = headers.get('x-amz-trailer');
  if (sent === undefined) return noNames;
  const names = sent.toLowerCase().split(',');
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** The mock's own refusal of an algorithm that S3 has: a header, a trailer or what the SDK was asked for names it (F232). */
function refusalOfMissingAlgorithm({ headers, trailers, ofService }: ReceivedBody): S3Error | undefined {
  const announced = announcedTrailers(headers);
  const asked = headers.get('x-amz-sdk-checksum-algorithm')?.toUpperCase();
  for (const [name, algorithm] of missing) {
    const isNamed = headers.has(name) || trailers.has(name) || asked === algorithm || announced.includes(name);
    if (isNamed && ofService?.includes(algorithm) !== false)
      return new S3Error('MockChecksumNotImplemented', { algorithm });
  }
  return undefined;
}

const missing = missingAlgorithms.map((algorithm) => [checksumHeader(algorithm), algorithm] as const);

function refusalOfClaimForm(
  { name, value, algorithm, place }: Claim,
  ofService: readonly string[] = checksumAlgorithms,
): S3Error | undefined {
  if (algorithm === undefined || !ofService.includes(algorithm)) {
    return new S3Error('ChecksumAlgorithmUnknown', {}, `${name}; the known algorithms are ${ofService.join(', ')}`);
  }
  if (isChecksum(algorithm, value)) return undefined;
  return new S3Error(place === 'trailer' ? 'ChecksumTrailerInvalid' : 'ChecksumInvalid', { header: name }).quoting({
    [name]: value,
  });
}

function refusalOfClaim({ value, algorithm, name }: Claim, body: Uint8Array): S3Error | undefined {
  if (algorithm === undefined) return undefined;
  const calculated = checksum(algorithm, body);
  if (calculated === value) return undefined;
  return new S3Error('ChecksumMismatch', { algorithm }, `${name} is ${value}, the body's is ${calculated}`);
}

const sdkAlgorithm = 'x-amz-sdk-checksum-algorithm';

// The value has to be of the algorithm that x-amz-sdk-checksum-algorithm names, in any case of letters (versitygw#1598, #1118). S3 refuses
// a request without a value, unless x-amz-trailer announces one (versitygw#1593; brekkylab/backlot, 2026-09-29).
function refusalOfSdkAlgorithm(headers: Headers, claims: readonly Claim[]): S3Error | undefined {
  const asked = headers.get(sdkAlgorithm);
  if (!asked) return undefined;
  const [claim] = claims;
  const sent = { [sdkAlgorithm]: asked };
  if (claim) {
    const isAsked = claim.algorithm === asked.toUpperCase();
    return isAsked
      ? undefined
      : new S3Error('ChecksumSdkAlgorithmInvalid').quoting({ ...sent, 'the checksum': claim.name });
  }
  return headers.get('x-amz-trailer') ? undefined : new S3Error('ChecksumAnnouncedAndMissing').quoting(sent);
}
