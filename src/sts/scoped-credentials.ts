import { partitionOf } from '../formats/regions';
import { writeUserId } from '../model/access/caller-conditions';
import { describeCaller, writeCallerArn } from '../model/identity/caller';
import type { Session } from '../model/identity/session';
import { type StsCaller, whoseKeys } from '../model/sessions/caller';
import { makeStsCredentials } from '../model/sessions/credentials';
import { readSessionPolicies } from '../model/sessions/session-policies';
import { checkOwn } from '../model/sessions/trust';
import { S3Error } from '../refusals/s3-error';
import { element, required } from '../shapes/elements';
import { integer, ranging, text } from '../shapes/values';
import { joinSentences } from '../text/reason';
import { operation } from './operation';
import { credentials, limitedText, Policy, sourceIdentity } from './shapes';

/** The largest token in bytes (F1711). */
const largestToken = 4096;
const mostScopes = 3;

/**
 * Makes the same session with fewer rights, a shorter life, or both:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetScopedCredentials.html
 */
export const getScopedCredentials = {
  ...operation({
    input: {
      Policy,
      DurationSeconds: element(ranging(integer, [1, 129_600])),
      MinimumSessionTokenSize: element(ranging(integer, [0, largestToken])),
      ScopedSessionDescription: element(limitedText(0, 256)),
    },
    output: {
      ...credentials,
      SessionInfo: required(element({ ScopedSessionId: required(element(text)), Arn: required(element(text)) })),
      SessionTokenUtilization: element(integer),
      SessionTokenSize: element(integer),
      ScopedPoliciesCount: element(integer),
      ...sourceIdentity,
    },
    handle({ store, caller, facts }, input) {
      const { account } = caller;
      const calling = requireSession(caller);
      const partition = partitionOf(facts.region);
      if (input.Policy === undefined && input.DurationSeconds === undefined)
        throw new S3Error('StsScopeMissing').because('the request has neither Policy nor DurationSeconds');
      const { policy } = readSessionPolicies(input, [], { account, partition });
      checkOwn({ action: 'sts:GetScopedCredentials', resource: '*', caller, facts, partition, owner: account }, store);
      const scopes = [...(calling.scopes ?? []), ...(policy === undefined ? [] : [policy])];
      if (policy !== undefined && scopes.length > mostScopes)
        throw new S3Error('StsScopesTooMany').because(`the session has ${mostScopes} scope down policies`);
      const lasts = readLife(input.DurationSeconds, calling.expires - store.clock.now());
      const { credentials: _ofCaller, issued: _issued, expires: _expires, ...facets } = calling;
      const leastTokenSize = input.MinimumSessionTokenSize;
      const mfaAt = calling.mfaAt ?? (calling.mfa ? calling.issued : undefined);
      const session = account.beginSession({ ...facets, mfaAt, scopes, lasts, leastTokenSize });
      const { length } = session.credentials.sessionToken;
      const output = {
        Credentials: makeStsCredentials(store, session, Math.floor(lasts / 1000)),
        SessionInfo: { ScopedSessionId: writeUserId(caller), Arn: writeCallerArn(account, caller, partition) },
        SessionTokenUtilization: Math.ceil((100 * length) / largestToken),
        SessionTokenSize: length,
        ScopedPoliciesCount: scopes.length,
        ...(session.sourceIdentity !== undefined && { SourceIdentity: session.sourceIdentity }),
      };
      return { output, session };
    },
  }),
  isRegional: true,
};

function requireSession(caller: StsCaller): Session {
  if (caller.session !== undefined) return caller.session;
  const why = `${describeCaller(caller)} called with permanent keys, and GetScopedCredentials needs temporary keys: call GetSessionToken first`;
  throw new S3Error('StsScopeOfKeys', {}, caller.isNobody ? joinSentences(why, whoseKeys(caller)) : why);
}

/** Returns the life in milliseconds. If there is no duration, it is the time that is left. */
function readLife(seconds: number | undefined, left: number): number {
  if (seconds === undefined) return left;
  if (seconds * 1000 <= left) return seconds * 1000;
  throw new S3Error('StsSessionTooShort').because(
    `DurationSeconds is ${seconds}, and the calling session has ${Math.floor(left / 1000)} seconds left`,
  );
}
