import { allDetails, type RefusalForms } from './form';

/** What S3 refuses of signatures, where the mock is told to check them. */
export const signatureRefusals: RefusalForms<
  | 'DateMissing'
  | 'RequestTimeTooSkewed'
  | 'PresignedNotYetValid'
  | 'PresignedExpired'
  | 'ExpiresInvalid'
  | 'AuthorizationQueryInvalid'
  | 'HeadersNotSigned'
  | 'RegionSetMismatch'
  | 'SecurityTokenInvalid'
  | 'SignatureDoesNotMatch'
> = {
  DateMissing: {
    code: 'AccessDenied',
    status: 403,
    message: 'AWS authentication requires a valid Date or x-amz-date header',
  },
  RequestTimeTooSkewed: {
    code: 'RequestTimeTooSkewed',
    status: 403,
    message: 'The difference between the request time and the current time is too large.',
    elements: ({ RequestTime, ServerTime }) => ({ RequestTime, ServerTime, MaxAllowedSkewMilliseconds: '900000' }),
    cos: { message: "The difference between the request time and the server's time is too large." },
  },
  PresignedNotYetValid: {
    code: 'AccessDenied',
    status: 403,
    message: 'Request is not yet valid',
    elements: allDetails,
  },
  PresignedExpired: { code: 'AccessDenied', status: 403, message: 'Request has expired', elements: allDetails },
  ExpiresInvalid: {
    code: 'AccessDenied',
    status: 403,
    message: ({ value }) => `Invalid date (should be seconds since epoch): ${value}`,
  },
  AuthorizationQueryInvalid: {
    code: 'AuthorizationQueryParametersError',
    status: 400,
    message: ({ problem }) => problem,
    elements: ({ Region }) => ({ Region }),
  },
  HeadersNotSigned: {
    code: 'AccessDenied',
    status: 403,
    message: 'There were headers present in the request which were not signed',
    elements: allDetails,
  },
  RegionSetMismatch: {
    code: 'RegionSetMismatch',
    status: 400,
    message: "The provided X-Amz-Region-Set doesn't match against the requested S3 region.",
    elements: allDetails,
  },
  SecurityTokenInvalid: {
    code: 'InvalidToken',
    status: 400,
    message: 'The provided token is malformed or otherwise invalid.',
    elements: allDetails,
  },
  SignatureDoesNotMatch: {
    code: 'SignatureDoesNotMatch',
    status: 403,
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    elements: ({ AWSAccessKeyId, StringToSign, SignatureProvided, CanonicalRequest }) => ({
      AWSAccessKeyId,
      StringToSign,
      SignatureProvided,
      StringToSignBytes: hexadecimal(StringToSign),
      CanonicalRequest,
      CanonicalRequestBytes: CanonicalRequest === undefined ? undefined : hexadecimal(CanonicalRequest),
    }),
  },
};

/** Each byte as two digits: `47 45 54`. */
function hexadecimal(text: string): string {
  return [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
