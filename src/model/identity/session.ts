import type { UserPolicy } from '../access/user-policy';

/** The key pair that a client signs with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Temporary credentials. */
export interface SessionCredentials extends Credentials {
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** A session of a user, of the root user or of a role: temporary credentials, and the rights that they have. */
export interface Session {
  /** The name of a role's session. */
  readonly name: string | undefined;
  readonly user: string | undefined;
  readonly role: string | undefined;
  readonly credentials: SessionCredentials;
  /** Milliseconds since 1970. */
  readonly issued: number;
  readonly expires: number;
  /** Whether its owner gave an MFA code when it began. */
  readonly mfa: boolean;
  /** Limits the session to what it allows, too. */
  readonly policy: UserPolicy | undefined;
}
