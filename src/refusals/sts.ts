import { syntaxErrorsInPolicy } from './error-codes';
import { stsRefusal } from './refusal';

/** An action of STS that a caller may not carry out, by its ARNs. */
export interface StsAction {
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
}

/** Refusals of STS, in its own words. None of them is S3's. */
export const sts = {
  /** A request to STS with parameters that are missing, too long or too short, too great or too small, or of another form (F700). */
  StsParametersInvalid: stsRefusal<{ readonly problems: readonly string[] }>(
    'ValidationError',
    400,
    ({ problems }) =>
      `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected: ${problems.join('; ')}`,
  ),
  /** A request to STS for the session of a role whose ARN is not an ARN (F701). */
  StsRoleArnInvalid: stsRefusal<{ readonly value: string }>(
    'ValidationError',
    400,
    ({ value }) => `${value} is invalid`,
  ),
  /** An AssumeRole of a root user (F702). */
  StsRolesNotForRoot: stsRefusal('AccessDenied', 403, 'Roles may not be assumed by root accounts.'),
  /** A request to STS that the role's trust policy or the caller's own policies do not allow, or for a role that does not exist (F703). */
  StsNotAuthorized: stsRefusal<StsAction>(
    'AccessDenied',
    403,
    ({ caller, action, resource }) =>
      `User: ${caller} is not authorized to perform: ${action}${resource === '*' ? '' : ` on resource: ${resource}`}`,
  ),
  /** An AssumeRole with another source identity than that of the calling session. */
  StsSourceIdentityChanged: stsRefusal(
    'ValidationError',
    400,
    'The source identity is already set for this assume role session',
  ),
  /** A session of a role that would last longer than the role's sessions may (F704). */
  StsDurationAboveRole: stsRefusal(
    'ValidationError',
    400,
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  ),
  /** An AssumeRole of a session for more than one hour (F704). */
  StsDurationAboveChaining: stsRefusal(
    'ValidationError',
    400,
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
  ),
  /** Session tags of which two have the same key, letter case aside (F705). */
  StsTagTwice: stsRefusal(
    'InvalidParameterValue',
    400,
    'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
  ),
  /** A transitive tag key that none of the session tags has (F705). */
  StsTransitiveTagMissing: stsRefusal(
    'InvalidParameterValue',
    400,
    'The specified transitive tag key must be included in the requested tags.',
  ),
  /** A session tag with the key of a transitive tag of the calling session (F705). */
  StsTransitiveTagTaken: stsRefusal(
    'InvalidParameterValue',
    400,
    "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  ),
  /** A session policy that is not JSON (F706). */
  StsPolicyNotJson: stsRefusal('MalformedPolicyDocument', 400, 'The policy is not in the valid JSON format.'),
  /** A session policy that is JSON and not a policy that IAM accepts (F706). */
  StsPolicyMalformed: stsRefusal('MalformedPolicyDocument', 400, syntaxErrorsInPolicy),
  /** A session policy that is too long, alone or with the ARNs of managed policies (F707). */
  StsPolicyTooLarge: stsRefusal<{ readonly percent: number }>(
    'PackedPolicyTooLarge',
    400,
    ({ percent }) => `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
  ),
  /** A managed policy for a session that the mock does not know (F708). */
  StsManagedPolicyUnknown: stsRefusal<{ readonly arn: string }>(
    'S3MockPolicyNotFound',
    400,
    ({ arn }) =>
      `s3-versioning-mock does not know the managed policy ${arn}. Give it to a user or a role of the account in a test: managedPolicies: { NAME: policy }.`,
  ),
  /** A request to STS with the serial number of an MFA device and no code, or the reverse (F709). */
  StsMfaIncomplete: stsRefusal(
    'AccessDenied',
    403,
    'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
  ),
  /** A request to STS with an MFA device that the caller does not have (F709). */
  StsMfaDeviceNotOwned: stsRefusal(
    'AccessDenied',
    403,
    'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  ),
  /** A request to STS with an MFA code that is wrong, expired or used before (F709). */
  StsMfaCodeInvalid: stsRefusal(
    'AccessDenied',
    403,
    // STS ends it with a blank.
    'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
  ),
  /** A GetSessionToken with temporary credentials (F710). */
  StsSessionTokenOfSession: stsRefusal('AccessDenied', 403, 'Cannot call GetSessionToken with session credentials'),
  /** A GetFederationToken with temporary credentials (F710). */
  StsFederationTokenOfSession: stsRefusal(
    'AccessDenied',
    403,
    'Cannot call GetFederationToken with session credentials',
  ),
  /** An AssumeRoleWithWebIdentity for a role that does not exist or does not trust the token (F711). */
  StsWebIdentityNotAuthorized: stsRefusal(
    'AccessDenied',
    403,
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  ),
  /** An AssumeRoleWithWebIdentity with a ProviderId that is not www.amazon.com or graph.facebook.com (F711). */
  StsProviderUnknown: stsRefusal(
    'AccessDenied',
    403,
    'Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT, and the ProviderId of Login with Amazon (F711). */
  StsTokenNotOfAmazon: stsRefusal('InvalidIdentityToken', 400, 'Provided Token is not a Login With Amazon token'),
  /** An AssumeRoleWithWebIdentity with a JWT whose header has `crit` (F711). */
  StsTokenNotJwt: stsRefusal(
    'InvalidIdentityToken',
    400,
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that lacks a claim (F711). */
  StsTokenClaimMissing: stsRefusal<{ readonly claim: string }>(
    'InvalidIdentityToken',
    400,
    ({ claim }) => `Missing a required claim: ${claim}`,
  ),
  /** An AssumeRoleWithWebIdentity with a JWT whose list of audiences is empty (F711). */
  StsTokenClaimEmpty: stsRefusal<{ readonly claim: string }>(
    'InvalidIdentityToken',
    400,
    ({ claim }) => `Claim is not allowed to be empty: ${claim}`,
  ),
  /** An AssumeRoleWithWebIdentity with a JWT of several audiences that has no `azp` (F711). */
  StsTokenAudiences: stsRefusal(
    'InvalidIdentityToken',
    400,
    'Token audience contains more than one audience while authorized party is not present',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that has a time which is not whole seconds (F711). */
  StsTokenTimeInvalid: stsRefusal('InvalidIdentityToken', 400, 'Invalid timestamp in token claims.'),
  /** An AssumeRoleWithWebIdentity with a JWT whose `principal_tags` are not lists of one text (F711). */
  StsTokenTagsInvalid: stsRefusal(
    'InvalidIdentityToken',
    400,
    'principal_tags passed in claim is not in correct format.',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT whose roles are neither a text nor a list (F1010). */
  StsTokenRolesInvalid: stsRefusal('InvalidIdentityToken', 400, 'The roles claim is not in a supported format'),
  /** An AssumeRoleWithWebIdentity with a JWT whose roles name none by its ARN (F1010). */
  StsTokenRolesEmpty: stsRefusal('InvalidIdentityToken', 400, 'The roles claim contains no valid role ARNs'),
  /** An AssumeRoleWithWebIdentity for a role that is not among the roles of a JWT (F1010). */
  StsTokenNotForRole: stsRefusal(
    'InvalidIdentityToken',
    400,
    'The target role ARN is not present in the roles claim of the identity token',
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that was issued later than five minutes from now (F711). */
  StsTokenOfFuture: stsRefusal<{ readonly issued: number }>(
    'InvalidIdentityToken',
    400,
    ({ issued }) => `Token issued in the future: ${issued}`,
  ),
  /** An AssumeRoleWithWebIdentity with a JWT that is valid later than five minutes from now (F711). */
  StsTokenNotYetValid: stsRefusal<{ readonly now: number; readonly notBefore: number }>(
    'InvalidIdentityToken',
    400,
    ({ now, notBefore }) =>
      `Token not yet valid: current date/time ${now} must be after or equal to the not-before date/time ${notBefore}`,
  ),
  /** An AssumeRoleWithWebIdentity with a token that has expired (F711). */
  StsWebIdentityExpired: stsRefusal<{ readonly now: number; readonly expiration: number }>(
    'ExpiredTokenException',
    400,
    ({ now, expiration }) =>
      `Token expired: current date/time ${now} must be before the expiration date/time ${expiration}`,
  ),
};
