import { stsRefusal } from './refusal';

/** The dates in the refusal of a signature that came too late or too early, as SigV4 writes them. */
export interface SignatureDates {
  readonly date: string;
  readonly now: string;
  readonly limit: string;
}

/** STS's refusals of requests that it cannot read, or whose sender it does not accept: before the parameters are looked at. */
export const stsRequests = {
  /** A request to a host of STS at another path than `/` (F730). */
  StsPathUnknown: stsRefusal({ code: 'UnknownOperationException', status: 404, message: '' }),
  /** A request to STS with a body of more than ten million bytes (F731). */
  StsBodyTooLarge: stsRefusal({ code: 'RequestEntityTooLarge', status: 413, message: '' }),
  /** A request to STS whose Action it does not know, or of another version of its protocol (F731). */
  StsActionUnknown: stsRefusal<{ readonly action: string; readonly version: string | undefined }>({
    code: 'InvalidAction',
    status: 400,
    message: ({ action, version = 'NO_VERSION_SPECIFIED' }) =>
      `Could not find operation ${action} for version ${version}`,
  }),
  /** A request to STS with a number that is not one, for which STS has no text unless it is empty (F732). */
  StsNumberMalformed: stsRefusal<{ readonly message: string }>({
    code: 'MalformedInput',
    status: 400,
    message: ({ message }) => message,
  }),
  /** A request to STS whose signature lacks a part, or has one that cannot be read (F735). */
  StsSignatureIncomplete: stsRefusal<{ readonly message: string }>({
    code: 'IncompleteSignature',
    status: 400,
    message: ({ message }) => message,
  }),
  /** A request to STS without a signature, of an operation that needs one (F735). */
  StsSignatureMissing: stsRefusal({
    code: 'MissingAuthenticationToken',
    status: 403,
    message: 'Request is missing Authentication Token',
  }),
  /** A request to STS that is signed for another region or another service (F735). */
  StsScopeWrong: stsRefusal<{ readonly problems: string }>({
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: ({ problems }) => problems,
  }),
  /** A request to STS that was signed more than fifteen minutes ago (F735). */
  StsSignatureExpired: stsRefusal<SignatureDates>({
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: ({ date, now, limit }) => `Signature expired: ${date} is now earlier than ${limit} (${now} - 15 min.)`,
  }),
  /** A request to STS that is signed for a moment more than fifteen minutes ahead (F735). */
  StsSignatureEarly: stsRefusal<SignatureDates>({
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: ({ date, now, limit }) =>
      `Signature not yet current: ${date} is still later than ${limit} (${now} + 15 min.)`,
  }),
  /** A request to STS with a key that it does not know, or with a session's key and not its token (F735). */
  StsTokenInvalid: stsRefusal({
    code: 'InvalidClientTokenId',
    status: 403,
    message: 'The security token included in the request is invalid.',
  }),
  /** A request to STS with the credentials of a session that is over (F735). */
  StsTokenExpired: stsRefusal({
    code: 'ExpiredToken',
    status: 403,
    message: 'The security token included in the request is expired',
  }),
  /** A request to STS whose signature is not that of its key (F735). */
  StsSignatureMismatch: stsRefusal({
    code: 'SignatureDoesNotMatch',
    status: 403,
    meantByCode: true,
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  }),
};
