import { accessDenied, allDetails, byCode, invalidRequest, refusal, type Texts } from './refusal';

const queryInvalid = refusal('AuthorizationQueryParametersError', 400);

/** The refusals of signatures. All except the refusals of session tokens come from mocks that check signatures. */
export const signatures = {
  /** A checked Authorization header beside which there is no readable date. */
  DateMissing: accessDenied('AWS authentication requires a valid Date or x-amz-date header'),
  /** A checked Authorization header with a date after the year 9999, or a checked URL of version 2 that ends before the year 0. */
  DateBeyondYears: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
  /** A checked Authorization header with a date more than 15 minutes away from now. */
  RequestTimeTooSkewed: refusal('RequestTimeTooSkewed', 403)<Texts<'RequestTime' | 'ServerTime'>>(
    'The difference between the request time and the current time is too large.',
    {
      fields: ({ RequestTime, ServerTime }) => ({ RequestTime, ServerTime, MaxAllowedSkewMilliseconds: '900000' }),
      cos: { message: "The difference between the request time and the server's time is too large." },
    },
  ),
  /** A checked presigned URL of version 4 that was signed for a later time. */
  PresignedNotYetValid: accessDenied<Texts<'X-Amz-Date' | 'Expires' | 'ServerTime'>>('Request is not yet valid', {
    fields: allDetails,
  }),
  /** A checked presigned URL whose time is over. */
  PresignedExpired: accessDenied<{
    readonly 'X-Amz-Expires'?: string;
    readonly Expires: string;
    readonly ServerTime: string;
  }>('Request has expired', { fields: allDetails }),
  /** A checked presigned URL of version 2 whose Expires is not a number of seconds. */
  ExpiresInvalid: accessDenied<Texts<'value'>>(({ value }) => `Invalid date (should be seconds since epoch): ${value}`),
  /** A checked signature of version 4 that leaves out Host, Content-MD5 or a header that begins with x-amz-. */
  HeadersNotSigned: accessDenied<Texts<'HeadersNotSigned'>>(
    'There were headers present in the request which were not signed',
    { fields: allDetails },
  ),
  /** A checked signature of SigV4a for a set of regions that does not contain the region of the endpoint. */
  RegionSetMismatch: refusal('RegionSetMismatch', 400)<Texts<'RequestedRegion' | 'RegionSet'>>(
    "The provided X-Amz-Region-Set doesn't match against the requested S3 region.",
    { fields: allDetails },
  ),
  /** A session token that no session has, or, if signatures are checked, one beside a key that is not a session's. */
  SecurityTokenInvalid: refusal('InvalidToken', 400)<Texts<'Token-0'>>(
    'The provided token is malformed or otherwise invalid.',
    { fields: allDetails },
  ),
  /** A session's key and token, after the end of the session. */
  SecurityTokenExpired: refusal('ExpiredToken', 400)<Texts<'Token-0'>>('The provided token has expired.', {
    fields: allDetails,
  }),
  /** A checked signature that the secret of its key does not make for this request, form or chunk. */
  SignatureDoesNotMatch: refusal('SignatureDoesNotMatch', 403)<{
    readonly AWSAccessKeyId: string;
    readonly StringToSign: string;
    readonly SignatureProvided: string;
    /** Absent for Signature Version 2. */
    readonly CanonicalRequest?: string;
  }>(
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      fields: ({ AWSAccessKeyId, StringToSign, SignatureProvided, CanonicalRequest }) => ({
        AWSAccessKeyId,
        StringToSign,
        SignatureProvided,
        StringToSignBytes: hexadecimal(StringToSign),
        CanonicalRequest,
        CanonicalRequestBytes: CanonicalRequest === undefined ? undefined : hexadecimal(CanonicalRequest),
      }),
    },
  ),
  /** A checked presigned URL whose X-Amz-Date is not of the form 20260331T073505Z. */
  PresignedDateMalformed: queryInvalid(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`, byCode),
  /** A checked presigned URL of version 4 whose X-Amz-Expires is not a whole number. */
  PresignedExpiresNotANumber: queryInvalid('X-Amz-Expires should be a number', byCode),
  /** A checked presigned URL of version 4 whose X-Amz-Expires is below 0. */
  PresignedExpiresNegative: queryInvalid('X-Amz-Expires must be non-negative', byCode),
  /** A checked presigned URL of version 4 whose X-Amz-Expires is more than a week. */
  PresignedExpiresTooLong: queryInvalid<{ readonly limit: number }>(
    ({ limit }) =>
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${limit} seconds`,
  ),
  /** A checked Authorization header of SigV4a without x-amz-region-set. */
  RegionSetMissing: invalidRequest('Missing required header for this request: x-amz-region-set', byCode),
  /** A checked presigned URL of SigV4a without a region in X-Amz-Region-Set. */
  RegionSetEmpty: queryInvalid('SigV4a query auth requires a non empty x-amz-region-set parameter.', byCode),
};

/** Each byte as two digits: `47 45 54`. */
function hexadecimal(text: string): string {
  return [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
