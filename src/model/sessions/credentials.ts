import { S3Error } from '../../refusals/s3-error';
import type { Role } from '../identity/account';
import { isRoot } from '../identity/caller';
import type { Session } from '../identity/session';
import type { Store } from '../store';
import type { StsCaller } from './caller';

/** The seconds that a session of a role lasts by default, and at most if another session began it (F704). */
const hour = 3600;
const halfDay = 43_200;

export function readRoleDuration(given: number | undefined, role: Role, isChained: boolean): number {
  const { name, maxSessionDuration } = role;
  const seconds = given ?? hour;
  if (seconds > maxSessionDuration) {
    const why = `DurationSeconds is ${seconds}, and sessions of role ${name} last ${maxSessionDuration} seconds at most; its option maxSessionDuration allows up to 12 hours`;
    throw new S3Error('StsDurationAboveRole', {}, why);
  }
  if (!isChained || seconds <= hour) return seconds;
  const why = `DurationSeconds is ${seconds}, and the caller is itself a session, which can begin other sessions for at most ${hour} seconds`;
  throw new S3Error('StsDurationAboveChaining', {}, why);
}

/** The duration for a root user is cut to an hour without an error (F704). */
export function readUserDuration(given: number | undefined, caller: StsCaller): number {
  return isRoot(caller) ? Math.min(given ?? hour, hour) : (given ?? halfDay);
}

export function makeStsCredentials({ clock }: Store, { credentials }: Session, seconds: number) {
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
