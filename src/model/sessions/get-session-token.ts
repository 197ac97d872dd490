import { S3Error } from '../../refusals/s3-error';
import type { SessionTokenInput, SessionTokenOutput } from '../../shapes/sts';
import { describeCaller } from '../identity/caller';
import type { Store } from '../store';
import type { StsCaller } from './caller';
import { type Begun, stsCredentialsOf } from './credentials';
import { durationOfUser } from './durations';
import { usesMfa } from './mfa';
import type { RequestFacts } from './request-facts';

/** Begins a session with all rights of its caller, a user or the root user. It takes no rights, and no policy can deny it. */
export function getSessionToken(
  store: Store,
  caller: StsCaller,
  input: SessionTokenInput,
  _facts: RequestFacts,
): Begun<SessionTokenOutput> {
  const { account, user, session: calling } = caller;
  if (calling !== undefined) {
    const why = `${describeCaller(caller)} called, and GetSessionToken needs the permanent keys of a user`;
    throw new S3Error('StsSessionTokenOfSession', {}, why);
  }
  const seconds = durationOfUser(input.DurationSeconds, caller);
  const mfa = usesMfa(caller, input);
  const ofCaller = { name: undefined, user, role: undefined, policy: undefined };
  const session = account.beginSession({ ...ofCaller, mfa, lasts: seconds * 1000 });
  return { output: { Credentials: stsCredentialsOf(store, session, seconds) }, session, note: undefined };
}
