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
  StsPathUnknown: stsRefusal('UnknownOperationException', 404, ''),
  /** A request to STS with a body of more than ten million bytes (F731). */
  StsBodyTooLarge: stsRefusal('RequestEntityTooLarge', 413, ''),
  /** A request to STS whose Action it does not know, or of another version of its protocol (F731). */
  StsActionUnknown: stsRefusal<{ readonly action: string; readonly version: string | undefined }>(
    'InvalidAction',
    400,
    ({ action, version = 'NO_VERSION_SPECIFIED' }) => `Could not find operation ${action} for version ${version}`,
  ),
  /** A request to STS with a number that is not one, for which STS has no text unless it is empty (F732). */
  StsNumberMalformed: stsRefusal<{ readonly isEmpty: boolean }>('MalformedInput', 400, ({ isEmpty }) =>
    isEmpty ? 'missing value for decimal type' : '',
  ),
  /** A request to STS with an Authorization header of which a part has no equal sign (F735). */
  StsAuthorizationMalformed: stsRefusal<{ readonly part: string; readonly header: string }>(
    'IncompleteSignature',
    400,
    ({ part, header }) =>
      `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`,
  ),
  /** A request to STS with an Authorization header that lacks parts, or without a date (F735). */
  StsAuthorizationIncomplete: stsRefusal<{
    readonly missing: readonly string[];
    readonly hasDate: boolean;
    readonly header: string;
  }>('IncompleteSignature', 400, ({ missing, hasDate, header }) =>
    [
      ...missing.map((name) => `Authorization header requires '${name}' parameter.`),
      ...(hasDate ? [] : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
      `Authorization=${header}`,
    ].join(' '),
  ),
  /** A presigned request to STS that lacks parameters of its signature (F735). */
  StsQuerySignatureIncomplete: stsRefusal<{ readonly missing: readonly string[] }>(
    'IncompleteSignature',
    400,
    ({ missing }) => missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' '),
  ),
  /** A request to STS whose credential does not have five parts (F735). */
  StsCredentialMalformed: stsRefusal<{ readonly credential: string }>(
    'IncompleteSignature',
    400,
    ({ credential }) =>
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
  ),
  /** A request to STS with a date that cannot be read (F735). */
  StsDateMalformed: stsRefusal<{ readonly date: string }>(
    'IncompleteSignature',
    400,
    ({ date }) => `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  ),
  /** A request to STS without a signature, of an operation that needs one (F735). */
  StsSignatureMissing: stsRefusal('MissingAuthenticationToken', 403, 'Request is missing Authentication Token'),
  /** A request to STS that is signed for another region or another service (F735). */
  StsScopeWrong: stsRefusal<{ readonly regionIsWrong: boolean; readonly serviceIsWrong: boolean }>(
    'SignatureDoesNotMatch',
    403,
    ({ regionIsWrong, serviceIsWrong }) =>
      [
        regionIsWrong ? 'Credential should be scoped to a valid region. ' : '',
        serviceIsWrong ? "Credential should be scoped to correct service: 'sts'. " : '',
      ].join(''),
  ),
  /** A request to STS that was signed more than fifteen minutes ago (F735). */
  StsSignatureExpired: stsRefusal<SignatureDates>(
    'SignatureDoesNotMatch',
    403,
    ({ date, now, limit }) => `Signature expired: ${date} is now earlier than ${limit} (${now} - 15 min.)`,
  ),
  /** A request to STS that is signed for a moment more than fifteen minutes ahead (F735). */
  StsSignatureEarly: stsRefusal<SignatureDates>(
    'SignatureDoesNotMatch',
    403,
    ({ date, now, limit }) => `Signature not yet current: ${date} is still later than ${limit} (${now} + 15 min.)`,
  ),
  /** A request to STS with a key that it does not know, or with a session's key and not its token (F735). */
  StsTokenInvalid: stsRefusal('InvalidClientTokenId', 403, 'The security token included in the request is invalid.'),
  /** A request to STS with the credentials of a session that is over (F735). */
  StsTokenExpired: stsRefusal('ExpiredToken', 403, 'The security token included in the request is expired'),
  /** A request to STS whose signature is not that of its key (F735). */
  StsSignatureMismatch: stsRefusal(
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    { meantByCode: true },
  ),
};
