/**
 * The inputs of STS's operations, by the names of the SDKs: as they were sent, so that any text may have any length.
 * @module
 */

/** A managed policy that limits a session. */
export interface PolicyDescriptor {
  readonly arn?: string | undefined;
}

/** A session tag. */
export interface SessionTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** A context from an identity provider, which the mock ignores. */
export interface ProvidedContext {
  readonly ProviderArn?: string | undefined;
  readonly ContextAssertion?: string | undefined;
}

/** The policies that a session is limited to. */
export interface SessionPolicies {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly PolicyDescriptor[] | undefined;
}

/** A code of an MFA device. */
export interface MfaCode {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface AssumeRoleInput extends SessionPolicies, MfaCode {
  readonly RoleArn?: string | undefined;
  readonly RoleSessionName?: string | undefined;
  readonly DurationSeconds?: number | undefined;
  readonly Tags?: readonly SessionTag[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
  readonly ExternalId?: string | undefined;
  readonly SourceIdentity?: string | undefined;
  readonly ProvidedContexts?: readonly ProvidedContext[] | undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export interface AssumeRoleWithWebIdentityInput extends SessionPolicies {
  readonly RoleArn?: string | undefined;
  readonly RoleSessionName?: string | undefined;
  readonly WebIdentityToken?: string | undefined;
  readonly ProviderId?: string | undefined;
  readonly DurationSeconds?: number | undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export interface GetSessionTokenInput extends MfaCode {
  readonly DurationSeconds?: number | undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
export interface GetFederationTokenInput extends SessionPolicies {
  readonly Name?: string | undefined;
  readonly DurationSeconds?: number | undefined;
  readonly Tags?: readonly SessionTag[] | undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
export interface GetAccessKeyInfoInput {
  readonly AccessKeyId?: string | undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export type GetCallerIdentityInput = Readonly<Record<never, never>>;
