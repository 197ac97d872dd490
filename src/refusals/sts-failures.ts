import type { GivenError } from './failures';
import type { AnyRefusal, Refusal } from './refusal';
import { S3Error } from './s3-error';
import { sts } from './sts';

type Refusals = typeof sts;

/** The codes of STS with their statuses and the texts that `fail(code)` answers. Those of refusals that have a text have that (F739). */
const texts = {
  AccessDenied: [403, 'Access denied'],
  ExpiredToken: [403, 'The security token included in the request is expired'],
  ExpiredTokenException: [400, 'The web identity token that was passed is expired or is not valid.'],
  IDPCommunicationError: [
    400,
    'The request could not be fulfilled because the identity provider (IDP) that was asked to verify the incoming identity token could not be reached.',
  ],
  IDPRejectedClaim: [403, 'The identity provider (IdP) reported that authentication failed.'],
  IncompleteSignature: [400, 'The request signature does not conform to AWS standards.'],
  InsufficientSessionLifetime: [
    400,
    'The requested DurationSeconds exceeds the remaining lifetime of the calling session.',
  ],
  InternalFailure: [500, 'The request processing has failed because of an unknown error, exception or failure.'],
  InvalidAction: [400, 'The action or operation requested is invalid.'],
  InvalidAuthorizationMessageException: [
    400,
    'The error returned if the message passed to DecodeAuthorizationMessage was invalid.',
  ],
  InvalidClientTokenId: [403, 'The security token included in the request is invalid.'],
  InvalidIdentityToken: [
    400,
    'The web identity token that was passed could not be validated by Amazon Web Services. Get a new identity token from the identity provider and then retry the request.',
  ],
  InvalidParameterValue: [400, 'An invalid or out-of-range value was supplied for the input parameter.'],
  InvalidSubjectCredentials: [400, 'The session used to call GetScopedCredentials is not a valid session.'],
  MalformedInput: [400, ''],
  MalformedPolicyDocument: [400, 'Syntax errors in policy.'],
  MissingAuthenticationToken: [403, 'Request is missing Authentication Token'],
  OptInRequired: [403, 'The AWS access key ID needs a subscription for the service.'],
  PackedPolicyTooLarge: [400, 'Packed policy consumes 101% of allotted space, please use smaller policy.'],
  RegionDisabledException: [
    403,
    'STS is not activated in this region for account. Your account administrator can activate STS in this region using the IAM Console.',
  ],
  RequestExpired: [
    400,
    'The request reached the service more than 15 minutes after the date stamp on the request or more than 15 minutes after the request expiration date.',
  ],
  ServiceUnavailable: [503, 'The request has failed due to a temporary failure of the server.'],
  SignatureDoesNotMatch: [
    403,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  ],
  Throttling: [400, 'Rate exceeded'],
  ValidationError: [400, 'The input fails to satisfy the constraints specified by an AWS service.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>;

/** The names of refusals whose answer is always the same. */
type NameWithoutDetails = {
  [Name in keyof Refusals]: Refusals[Name] extends Refusal<infer Details>
    ? keyof Details extends never
      ? Name
      : never
    : never;
}[keyof Refusals];

/**
 * An error code of STS, or the name of a refusal of STS that shares its code with other refusals: `'AccessDenied'`, `'StsMfaCodeInvalid'`.
 */
export type StsFailureCode = keyof typeof texts | NameWithoutDetails;

const entries = Object.entries(sts) as readonly (readonly [NameWithoutDetails, AnyRefusal])[]; // the names of the complete ones are chosen below
const complete = new Map(entries.filter(([, { message }]) => typeof message === 'string'));

/** The names that `fail()` accepts for an operation of STS. */
export const stsFailureNames: readonly string[] = [...Object.keys(texts), ...complete.keys()].toSorted();

/** Every error code that an answer of STS can contain, unless a test sets its own code. */
export const stsErrorCodes: readonly string[] = [
  ...new Set([...Object.keys(texts), ...entries.flatMap(([, { code }]) => (typeof code === 'string' ? code : []))]),
];

/** The action that a request would have been denied, if a test makes it fail so. */
export interface DeniedStsAction {
  /** The ARN of the sender. */
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
}

/** The refusal of a code or a name, or of an error that a test gave. AccessDenied names what STS names (F739). */
export function refusalForStsFailure(failure: string | GivenError, denied: DeniedStsAction | undefined): S3Error {
  if (typeof failure !== 'string') return new S3Error('Failure', failure);
  if (failure === 'AccessDenied' && denied !== undefined) return new S3Error('StsNotAuthorized', denied);
  const text = Object.entries(texts).find(([code]) => code === failure);
  if (text !== undefined) {
    const [code, [status, message]] = text;
    return new S3Error('Failure', { code, status, message });
  }
  const name = [...complete.keys()].find((one) => one === failure);
  if (name === undefined) throw new TypeError(`no failure of STS is called ${failure}`);
  return new S3Error(name);
}
