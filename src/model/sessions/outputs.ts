import type { Session } from '../identity/session';

/**
 * The outputs of STS's operations, by the names of the SDKs.
 * @module
 */

/** Temporary credentials as STS answers them. */
export interface StsCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  /** By the clock of the process, since SDKs compare it with that; the session itself ends by the mock's clock (F712). */
  readonly Expiration: Date;
}

/** The session of a role. */
export interface AssumedRoleUser {
  readonly AssumedRoleId: string;
  readonly Arn: string;
}

export interface AssumeRoleOutput {
  readonly Credentials: StsCredentials;
  readonly AssumedRoleUser: AssumedRoleUser;
  readonly PackedPolicySize?: number;
  readonly SourceIdentity?: string;
}

/** Whatever comes from the token is absent if the token is not a JWT. */
export interface AssumeRoleWithWebIdentityOutput extends AssumeRoleOutput {
  readonly SubjectFromWebIdentityToken?: string;
  readonly Provider?: string;
  readonly Audience?: string;
}

export interface GetSessionTokenOutput {
  readonly Credentials: StsCredentials;
}

export interface GetFederationTokenOutput {
  readonly Credentials: StsCredentials;
  readonly FederatedUser: { readonly FederatedUserId: string; readonly Arn: string };
  readonly PackedPolicySize: number;
}

export interface GetCallerIdentityOutput {
  readonly UserId: string;
  readonly Account: string;
  readonly Arn: string;
}

export interface GetAccessKeyInfoOutput {
  readonly Account: string;
}

/** The answer of an operation that began a session. */
export interface Begun<Output> {
  readonly output: Output;
  readonly session: Session;
  /** A sentence for the journal about what AWS would have refused; undefined if there is nothing to say. */
  readonly note: string | undefined;
}

export type AssumeRoleResult = Begun<AssumeRoleOutput>;
export type AssumeRoleWithWebIdentityResult = Begun<AssumeRoleWithWebIdentityOutput>;
export type GetSessionTokenResult = Begun<GetSessionTokenOutput>;
export type GetFederationTokenResult = Begun<GetFederationTokenOutput>;
