import type { SessionTokenOutput } from '../../shapes/sts';
import type { Session } from '../identity/session';
import type { Store } from '../store';

/** The answer of an operation that began a session. */
export interface Begun<Output> {
  readonly output: Output;
  readonly session: Session;
  /** A sentence for the journal about what AWS would have refused; undefined if there is nothing to say. */
  readonly note: string | undefined;
}

/** The credentials of a session as STS answers them, of a duration in seconds. */
export function stsCredentialsOf(
  { clock }: Store,
  { credentials }: Session,
  seconds: number,
): SessionTokenOutput['Credentials'] {
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
