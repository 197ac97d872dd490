import { S3Error } from '../../refusals/s3-error';
import type { SetConditions } from '../access/condition-key-values';
import type { UserPolicy } from '../access/user-policy';
import type { IdPurpose, Ids } from '../ids';
import type { Tag } from '../tagging';

/** The key pair that a client signs with. */
export interface Credentials {
  /** The public part of the pair: `AKIA...`, or `ASIA...` for a session. */
  readonly accessKeyId: string;
  /** The secret part of the pair. The client signs requests with it. */
  readonly secretAccessKey: string;
}

/** Temporary credentials. */
export interface SessionCredentials extends Credentials {
  /** The token that is sent with each request, as `x-amz-security-token`. */
  readonly sessionToken: string;
  /** The time at which the credentials expire, by the mock's clock. */
  readonly expiration: Date;
}

export const defaultSessionName = 'session';

/** A session of a user, of the root user or of a role: temporary credentials, and the rights that they have. */
export interface Session {
  readonly name: string | undefined;
  readonly user: string | undefined;
  readonly role: string | undefined;
  /** The name of a federated user: the session has rights of the user or the root user that called GetFederationToken, and its own ARN. */
  readonly federated?: string | undefined;
  readonly credentials: SessionCredentials;
  /** Milliseconds since 1970. */
  readonly issued: number;
  readonly expires: number;
  /** Whether its owner gave an MFA code when it began. */
  readonly mfa: boolean;
  /**
   * The moment at which the MFA code was used, in milliseconds since 1970, if another session began with it; undefined if the session
   * itself began with it.
   */
  readonly mfaAt?: number | undefined;
  /** The session's own policy, which also limits what the session can do. */
  readonly policy: UserPolicy | undefined;
  /** Managed policies that limit it: the session can do what one of them or its policy allows. */
  readonly managedPolicies?: readonly UserPolicy[] | undefined;
  /** Policies that all have to allow what the session does (F1711). */
  readonly scopes?: readonly UserPolicy[] | undefined;
  /** The tags of a role's session. They are added to the tags of the role, and replace tags with the same keys. */
  readonly tags?: readonly Tag[] | undefined;
  /** The keys, in lower case, of the tags that the sessions which it begins have as well. */
  readonly transitiveTags?: ReadonlySet<string> | undefined;
  /** `aws:SourceIdentity`: the person behind it, whom the sessions that it begins cannot change. */
  readonly sourceIdentity?: string | undefined;
  readonly conditions?: SetConditions | undefined;
  /** The condition keys, in lower case, that its requests have of the web identity token with which it began. */
  readonly tokenKeys?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** A federated user without any policies can do nothing. */
export function findSessionPolicies(session: Session): readonly UserPolicy[] | undefined {
  const { policy, managedPolicies = [], federated } = session;
  const policies = policy === undefined ? managedPolicies : [policy, ...managedPolicies];
  return policies.length === 0 && federated === undefined ? undefined : policies;
}

/** F496, F497 */
export function refusalOfToken(
  { credentials: { accessKeyId, sessionToken }, expires }: Session,
  token: string | undefined,
  { now, isIssued }: { readonly now: number; readonly isIssued: (token: string) => boolean },
): S3Error | undefined {
  if (!token)
    return refusalForKey(
      accessKeyId,
      `${accessKeyId} is the key of a session, and the request has ${whichToken(token)}`,
    );
  const sent = { 'Token-0': token };
  if (token !== sessionToken)
    return isIssued(token)
      ? refusalForKey(accessKeyId, `the session token belongs to another session, not to the session of ${accessKeyId}`)
      : new S3Error(
          'SecurityTokenInvalid',
          sent,
          `no session of the mock has the token that was sent with ${accessKeyId}`,
        );
  if (now < expires) return undefined;
  const why = `the session ended at ${new Date(expires).toISOString()}, and it is ${new Date(now).toISOString()} by the mock's clock`;
  return new S3Error('SecurityTokenExpired', sent, why);
}

function whichToken(token: string | undefined): string {
  return token === undefined ? 'no session token' : 'an empty session token, or several that differ';
}

export function refusalForKey(AWSAccessKeyId: string, why: string): S3Error {
  return new S3Error('InvalidAccessKeyId', { AWSAccessKeyId }, why);
}

const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The AWS SDK for JavaScript notes the origin of credentials in their `$source`, and fails if it cannot; here it does so out of sight. */
export function freezeCredentials<Some extends Credentials>(credentials: Some): Readonly<Some> {
  return Object.freeze(Object.defineProperty(credentials, '$source', { value: {} }));
}

export function makeCredentials(ids: Ids, purpose: IdPurpose, kind: 'AKIA' | 'ASIA' = 'AKIA'): Credentials {
  return freezeCredentials({
    accessKeyId: `${kind}${ids.text(purpose, keyAlphabet, 16)}`,
    secretAccessKey: ids.text(purpose, secretAlphabet, 40),
  });
}

/** The size in bytes. */
const tokenSize = 356;

export function makeSessionCredentials(ids: Ids, expires: number, leastTokenSize = 0): SessionCredentials {
  const sessionToken = ids.text('credentials', secretAlphabet, Math.max(tokenSize, leastTokenSize));
  const pair = makeCredentials(ids, 'credentials', 'ASIA');
  return freezeCredentials({ ...pair, sessionToken, expiration: new Date(expires) });
}
