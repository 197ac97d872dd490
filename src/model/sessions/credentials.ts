import type { Session } from '../identity/session';
import type { Store } from '../store';
import type { StsCredentials } from './outputs';

/** The credentials of a session as STS answers them, of a duration in seconds. */
export function stsCredentialsOf({ clock }: Store, { credentials }: Session, seconds: number): StsCredentials {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  // STS writes whole seconds (F712).
  const now = Math.floor(clock.processNow() / 1000);
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: new Date((now + seconds) * 1000),
  };
}
