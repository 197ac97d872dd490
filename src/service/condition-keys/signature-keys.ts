import type { Identity } from '../../protocol/request/identity';
import { longestSkew, readBasicDate, requestDate } from '../../protocol/signature/terms';
import { S3Error } from '../../refusals/s3-error';
import type { Call } from '../call';
import type { ConditionKeys } from './condition-key';

/**
 * The condition keys of a signature (F489).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
export const signatureKeys: ConditionKeys = {
  's3:authtype': ({ call }) => typeOf(schemeOf(call)),
  's3:signatureversion': ({ call }) => versionOf(schemeOf(call), call),
  's3:signatureage': ({ call }) => ageOf(schemeOf(call), call),
  // A presigned URL that has it in its query has no such key.
  's3:x-amz-content-sha256': ({ call: { request } }) => request.wire.headers.get('x-amz-content-sha256'),
};

type Scheme = Identity['scheme'];

function schemeOf({ request: { identity } }: Call): Scheme {
  return identity instanceof S3Error ? 'anonymous' : identity.scheme;
}

function typeOf(scheme: Scheme): string | undefined {
  if (scheme === 'sigv4' || scheme === 'sigv4a' || scheme === 'sigv2') return 'REST-HEADER';
  if (scheme === 'sigv4-form' || scheme === 'sigv2-form') return 'POST';
  return scheme === 'sigv4-presigned' || scheme === 'sigv2-presigned' ? 'REST-QUERY-STRING' : undefined;
}

function versionOf(scheme: Scheme, { request }: Call): string | undefined {
  if (isOfVersion2(scheme)) return 'AWS';
  if (scheme === 'sigv4' || scheme === 'sigv4-form') return 'AWS4-HMAC-SHA256';
  if (scheme === 'sigv4a') return 'AWS4-ECDSA-P256-SHA256';
  return scheme === 'sigv4-presigned' ? parameterOf(request.query, 'x-amz-algorithm')?.toUpperCase() : undefined;
}

/**
 * The milliseconds since a request was signed; 0 for signatures of version 2, as S3's documentation says. The process's clock or that of
 * the mock signed it, and a URL ages when the mock's clock is moved on (F147).
 */
function ageOf(scheme: Scheme, { request, store: { clock } }: Call): string | undefined {
  if (isOfVersion2(scheme)) return '0';
  const isPresigned = scheme === 'sigv4-presigned' || scheme === 'sigv4-form';
  const signed = isPresigned
    ? readBasicDate(request.form?.fields.get('x-amz-date') ?? parameterOf(request.query, 'x-amz-date') ?? '')
    : requestDate(request.wire.headers)?.at;
  if (signed === undefined || typeOf(scheme) === undefined) return undefined;
  const clocks = [clock.processNow() + (isPresigned ? clock.moved : 0), clock.now()];
  const [nearest = 0] = clocks
    .map((now) => now - signed)
    .filter((age) => age >= -longestSkew)
    .toSorted((one, other) => one - other);
  return String(Math.max(0, nearest));
}

function isOfVersion2(scheme: Scheme): boolean {
  return scheme === 'sigv2' || scheme === 'sigv2-presigned' || scheme === 'sigv2-form';
}

/** Clients spell the parameters of a presigned URL in different ways. */
function parameterOf(query: ReadonlyMap<string, string>, name: string): string | undefined {
  return [...query].find(([one]) => one.toLowerCase() === name)?.[1];
}
