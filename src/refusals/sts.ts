import { syntaxErrorsInPolicy } from './error-codes';
import { stsRefusal, type Texts } from './refusal';

const validationError = stsRefusal('ValidationError', 400);
const accessDenied = stsRefusal('AccessDenied', 403);
const invalidParameterValue = stsRefusal('InvalidParameterValue', 400);
const invalidIdentityToken = stsRefusal('InvalidIdentityToken', 400);
const incompleteSignature = stsRefusal('IncompleteSignature', 400);
const signatureDoesNotMatch = stsRefusal('SignatureDoesNotMatch', 403);

/** An action of STS that a caller cannot carry out, by its ARNs. */
type StsAction = Texts<'caller' | 'action' | 'resource'>;

/** The dates in the refusal of a signature that came too late or too early, as SigV4 writes them. */
type SignatureDates = Texts<'date' | 'now' | 'limit'>;

/** Refusals of STS, in its own words. None of them is S3's. */
export const sts = {
  /** A request to STS with parameters that are missing, too long or too short, too great or too small, or of another form (F700). */
  StsParametersInvalid: validationError<{ readonly problems: readonly string[] }>(
    ({ problems }) =>
      `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected: ${problems.join('; ')}`,
  ),
  /** A request to STS for the session of a role whose ARN is not an ARN (F701). */
  StsRoleArnInvalid: validationError<Texts<'value'>>(({ value }) => `${value} is invalid`),
  /** An AssumeRole of a root user (F702). */
  StsRolesNotForRoot: accessDenied('Roles may not be assumed by root accounts.'),
  /** A request to STS that the role's trust policy or the caller's own policies do not allow, or for a role that does not exist (F703). */
  StsNotAuthorized: accessDenied<StsAction>(
    ({ caller, action, resource }) =>
      `User: ${caller} is not authorized to perform: ${action}${resource === '*' ? '' : ` on resource: ${resource}`}`,
  ),
  /** An AssumeRole with another source identity than the source identity of the calling session. */
  StsSourceIdentityChanged: validationError('The source identity is already set for this assume role session'),
  /** A session of a role that would last longer than the role allows (F704). */
  StsDurationAboveRole: validationError(
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  ),
  /** An AssumeRole of a session for more than one hour (F704). */
  StsDurationAboveChaining: validationError(
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  ),
  /** Session tags in which two tags have the same key, letter case aside (F705). */
  StsTagTwice: invalidParameterValue('Duplicate tag keys found. Please note that Tag keys are case insensitive.'),
  /** A session tag that begins with `aws:`, by its key or its value (F705). */
  StsTagReserved: invalidParameterValue('Tag keys and values that begin with aws: are reserved for AWS use.'),
  /** A transitive tag key that none of the session tags has (F705). */
  StsTransitiveTagMissing: invalidParameterValue(
    'The specified transitive tag key must be included in the requested tags.',
  ),
  /** A session tag with the key of a transitive tag of the calling session (F705). */
  StsTransitiveTagTaken: invalidParameterValue(
    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  ),
  /** A session policy that does not begin as an object of JSON does (F706). */
  StsPolicyNotJson: stsRefusal(
    'MalformedPolicyDocument',
    400,
  )<{
    readonly character: string;
    readonly line: number;
    readonly column: number;
  }>(
    ({ character, line, column }) =>
      `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): expected a valid value (number, String, array, object, 'true', 'false' or 'null')\n at [Source: java.io.StringReader@52b5743d; line: ${line}, column: ${column}]`,
  ),
  /** A session policy that begins as an object of JSON does, and is not a policy that IAM accepts (F706). */
  StsPolicyMalformed: stsRefusal('MalformedPolicyDocument', 400)(syntaxErrorsInPolicy),
  /** A session policy that is too long, alone or with the ARNs of managed policies (F707). */
  StsPolicyTooLarge: stsRefusal(
    'PackedPolicyTooLarge',
    400,
  )<{ readonly percent: number }>(
    ({ percent }) => `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  ),
  /** A managed policy for a session that the mock does not know (F708). */
  StsManagedPolicyUnknown: stsRefusal(
    'S3MockPolicyNotFound',
    400,
  )<Texts<'arn'>>(
    ({ arn }) =>
      `s3-versioning-mock does not know the managed policy ${arn}. Give it to a user or a role of the account in a test: managedPolicies: { NAME: policy }.`,
  ),
  /** A request to STS with the serial number of an MFA device and no code, or the reverse (F709). */
  StsMfaIncomplete: accessDenied(
    'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  ),
  /** A request to STS with an MFA device that the caller does not have (F709). */
  StsMfaDeviceNotOwned: accessDenied(
    'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  ),
  // STS ends it with a blank.
  /** A request to STS with an MFA code that is wrong, expired or used before (F709). */
  StsMfaCodeInvalid: accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. '),
  /** A GetSessionToken with temporary credentials (F710). */
  StsSessionTokenOfSession: accessDenied('Cannot call GetSessionToken with session credentials'),
  /** A GetFederationToken with temporary credentials (F710). */
  StsFederationTokenOfSession: accessDenied('Cannot call GetFederationToken with session credentials'),
  /** A GetScopedCredentials with permanent keys (F1711). */
  StsScopeOfKeys: accessDenied('Cannot call GetScopedCredentials with long-term credentials'),
  /** A GetScopedCredentials with neither a policy nor a duration (F1711). */
  StsScopeMissing: validationError('At least one of Policy or DurationSeconds must be specified'),
  /** A GetScopedCredentials with a policy of a session that has three of them (F1711). */
  StsScopesTooMany: accessDenied('A session can have a maximum of 3 scope down policies'),
  /** A GetScopedCredentials for longer than the calling session lasts (F1711). */
  StsSessionTooShort: stsRefusal(
    'InsufficientSessionLifetime',
    400,
  )('The requested DurationSeconds exceeds the remaining lifetime of the calling session.'),
  /** An AssumeRoleWithWebIdentity for a role that does not exist or does not trust the token (F711). */
  StsWebIdentityNotAuthorized: accessDenied('Not authorized to perform sts:AssumeRoleWithWebIdentity'),
  /** An AssumeRoleWithWebIdentity with a ProviderId that is not www.amazon.com or graph.facebook.com (F711). */
  StsProviderUnknown: accessDenied(
    'Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT, and the ProviderId of Login with Amazon (F711). */
  StsTokenNotOfAmazon: invalidIdentityToken('Provided Token is not a Login With Amazon token'),
  /** An AssumeRoleWithWebIdentity with a JWT, and the ProviderId of Facebook (F711). */
  StsTokenNotOfFacebook: stsRefusal(
    'IDPRejectedClaim',
    403,
  )('graph.facebook.com rejected OAuth token with response "Bad signature" and code 190'),
  /** An AssumeRoleWithWebIdentity with a JWT whose header has `crit` (F711). */
  StsTokenNotJwt: invalidIdentityToken(
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that lacks a claim (F711). */
  StsTokenClaimMissing: invalidIdentityToken<Texts<'claim'>>(({ claim }) => `Missing a required claim: ${claim}`),
  /** An AssumeRoleWithWebIdentity with a JWT whose list of audiences is empty (F711). */
  StsTokenClaimEmpty: invalidIdentityToken<Texts<'claim'>>(({ claim }) => `Claim is not allowed to be empty: ${claim}`),
  /** An AssumeRoleWithWebIdentity with a JWT in which a claim that names somebody is null (F711). */
  StsTokenUnknownError: stsRefusal('InternalFailure', 500)('Unknown error validating third-party token'),
  /** An AssumeRoleWithWebIdentity with a JWT whose audience is empty (F711). */
  StsTokenNotValidated: invalidIdentityToken(
    'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT of several audiences that has no `azp` (F711). */
  StsTokenAudiences: invalidIdentityToken(
    'Token audience contains more than one audience while authorized party is not present',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that has a time which is not whole seconds (F711). */
  StsTokenTimeInvalid: invalidIdentityToken('Invalid timestamp in token claims.'),
  /** An AssumeRoleWithWebIdentity with a JWT whose `principal_tags` are not lists of one text (F711). */
  StsTokenTagsInvalid: invalidIdentityToken('principal_tags passed in claim is not in correct format.'),
  /** An AssumeRoleWithWebIdentity with a JWT whose roles are neither a text nor a list (F1010). */
  StsTokenRolesInvalid: invalidIdentityToken('The roles claim is not in a supported format'),
  /** An AssumeRoleWithWebIdentity with a JWT whose roles name none by its ARN (F1010). */
  StsTokenRolesEmpty: invalidIdentityToken('The roles claim contains no valid role ARNs'),
  /** An AssumeRoleWithWebIdentity for a role that is not among the roles of a JWT (F1010). */
  StsTokenNotForRole: invalidIdentityToken(
    'The target role ARN is not present in the roles claim of the identity token',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that was issued later than five minutes from now (F711). */
  StsTokenOfFuture: invalidIdentityToken<{ readonly issued: number }>(
    ({ issued }) => `Token issued in the future: ${issued}`,
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that is valid later than five minutes from now (F711). */
  StsTokenNotYetValid: invalidIdentityToken<{ readonly now: number; readonly notBefore: number }>(
    ({ now, notBefore }) =>
      `Token not yet valid: current date/time ${now} must be after or equal to the not-before date/time ${notBefore}`,
  ),
  /** An AssumeRoleWithWebIdentity with a token that has expired (F711). */
  StsWebIdentityExpired: stsRefusal(
    'ExpiredTokenException',
    400,
  )<{ readonly now: number; readonly expiration: number }>(
    ({ now, expiration }) =>
      `Token expired: current date/time ${now} must be before the expiration date/time ${expiration}`,
  ),
  /** A request to a host of STS at another path than `/` (F730). */
  StsPathUnknown: stsRefusal('UnknownOperationException', 404)(''),
  /** A request to STS with a body of more than ten million bytes (F731). */
  StsBodyTooLarge: stsRefusal('RequestEntityTooLarge', 413)(''),
  /** A request to STS whose Action it does not know, or of another version of its protocol (F731). */
  StsActionUnknown: stsRefusal(
    'InvalidAction',
    400,
  )<{ readonly action: string; readonly version: string | undefined }>(
    ({ action, version = 'NO_VERSION_SPECIFIED' }) => `Could not find operation ${action} for version ${version}`,
  ),
  /** A request to STS with a number that is not one, for which STS has no text unless it is empty (F732). */
  StsNumberMalformed: stsRefusal(
    'MalformedInput',
    400,
  )<{ readonly isEmpty: boolean }>(({ isEmpty }) => (isEmpty ? 'missing value for decimal type' : '')),
  /** A request to STS with an Authorization header in which a part has no equal sign (F735). */
  StsAuthorizationMalformed: incompleteSignature<Texts<'part' | 'header'>>(
    ({ part, header }) =>
      `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`,
  ),
  /** A request to STS with an Authorization header that lacks parts, or without a date (F735). */
  StsAuthorizationIncomplete: incompleteSignature<{
    readonly missing: readonly string[];
    readonly hasDate: boolean;
    readonly header: string;
  }>(({ missing, hasDate, header }) =>
    [
      ...missing.map((name) => `Authorization header requires '${name}' parameter.`),
      ...(hasDate ? [] : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
      `Authorization=${header}`,
    ].join(' '),
  ),
  /** A presigned request to STS that lacks parameters of its signature (F735). */
  StsQuerySignatureIncomplete: incompleteSignature<{ readonly missing: readonly string[] }>(({ missing }) =>
    missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' '),
  ),
  /** A request to STS whose credential does not have five parts (F735). */
  StsCredentialMalformed: incompleteSignature<Texts<'credential'>>(
    ({ credential }) =>
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
  ),
  /** A request to STS with a date that cannot be read (F735). */
  StsDateMalformed: incompleteSignature<Texts<'date'>>(
    ({ date }) => `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
  ),
  /** A request to STS without a signature, of an operation that needs one (F735). */
  StsSignatureMissing: stsRefusal('MissingAuthenticationToken', 403)('Request is missing Authentication Token'),
  /** A request to STS that is signed for another region or another service (F735). */
  StsScopeWrong: signatureDoesNotMatch<{ readonly regionIsWrong: boolean; readonly serviceIsWrong: boolean }>(
    ({ regionIsWrong, serviceIsWrong }) =>
      [
        regionIsWrong ? 'Credential should be scoped to a valid region. ' : '',
        serviceIsWrong ? "Credential should be scoped to correct service: 'sts'. " : '',
      ].join(''),
  ),
  /** A request to STS that was signed more than fifteen minutes ago (F735). */
  StsSignatureExpired: signatureDoesNotMatch<SignatureDates>(
    ({ date, now, limit }) => `Signature expired: ${date} is now earlier than ${limit} (${now} - 15 min.)`,
  ),
  /** A request to STS that is signed for a moment more than fifteen minutes ahead (F735). */
  StsSignatureEarly: signatureDoesNotMatch<SignatureDates>(
    ({ date, now, limit }) => `Signature not yet current: ${date} is still later than ${limit} (${now} + 15 min.)`,
  ),
  /** A request to STS with a key that it does not know, or with a session's key and not its token (F735). */
  StsTokenInvalid: stsRefusal('InvalidClientTokenId', 403)('The security token included in the request is invalid.'),
  /** A request to STS with the credentials of a session that is over (F735). */
  StsTokenExpired: stsRefusal('ExpiredToken', 403)('The security token included in the request is expired'),
  /** A request to STS with a signature that its key does not make (F735). */
  StsSignatureMismatch: signatureDoesNotMatch(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    { meantByCode: true },
  ),
};
