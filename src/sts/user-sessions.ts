import { partitionOf } from '../formats/regions';
import { describeCaller } from '../model/identity/caller';
import { makeStsCredentials, readUserDuration } from '../model/sessions/credentials';
import { takeMfaCode } from '../model/sessions/mfa';
import { readSessionPolicies, readSessionTags } from '../model/sessions/session-policies';
import { checkOwn, listNeededActions } from '../model/sessions/trust';
import { S3Error } from '../refusals/s3-error';
import { element, required } from '../shapes/elements';
import { text } from '../shapes/values';
import { operation } from './operation';
import {
  credentials,
  DurationSeconds,
  limitedText,
  mfaCode,
  Policy,
  PolicyArns,
  packedSize,
  Tags,
  tokenSize,
  word,
} from './shapes';

/**
 * GetSessionToken needs no rights, and no policy can deny it: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken = operation({
  input: { DurationSeconds, ...mfaCode, ...tokenSize },
  output: credentials,
  handle({ store, caller }, input) {
    const { account, user, session: calling } = caller;
    if (calling !== undefined) {
      const why = `${describeCaller(caller)} called, and GetSessionToken needs the permanent keys of a user`;
      throw new S3Error('StsSessionTokenOfSession', {}, why);
    }
    const seconds = readUserDuration(input.DurationSeconds, caller);
    const mfa = takeMfaCode(caller, input);
    const ofCaller = { name: undefined, user, role: undefined, policy: undefined };
    const session = account.beginSession({ ...ofCaller, mfa, lasts: seconds * 1000 });
    return { output: { Credentials: makeStsCredentials(store, session, seconds) }, session };
  },
});

/**
 * The session can do what both the caller and the policies of the session allow:
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
 */
export const getFederationToken = operation({
  input: {
    Name: required(element(limitedText(2, 32, word))),
    Policy,
    PolicyArns,
    DurationSeconds,
    Tags,
    ...tokenSize,
  },
  output: {
    ...credentials,
    FederatedUser: required(element({ FederatedUserId: required(element(text)), Arn: required(element(text)) })),
    ...packedSize,
  },
  handle({ store, caller, facts }, input) {
    const { Name, DurationSeconds, Tags = [] } = input;
    const { account, user, session: calling } = caller;
    if (calling !== undefined) {
      const why = `${describeCaller(caller)} called, and GetFederationToken needs the permanent keys of a user`;
      throw new S3Error('StsFederationTokenOfSession', {}, why);
    }
    const { requested, tags } = readSessionTags({ Tags });
    const partition = partitionOf(facts.region);
    const { policy, managedPolicies, packedSize = 0 } = readSessionPolicies(input, requested, { account, partition });
    const resource = `arn:${partition}:sts::${account.id}:federated-user/${Name}`;
    const question = { caller, facts, partition, owner: account, tags: requested };
    for (const action of listNeededActions('sts:GetFederationToken', { tags: Tags, sourceIdentity: undefined }))
      checkOwn({ ...question, action, resource }, store);
    const seconds = readUserDuration(DurationSeconds, caller);
    const session = account.beginSession({
      ...{ name: undefined, user, role: undefined, federated: Name, mfa: false },
      ...{ policy, managedPolicies, tags, lasts: seconds * 1000 },
    });
    const output = {
      Credentials: makeStsCredentials(store, session, seconds),
      FederatedUser: { FederatedUserId: `${account.id}:${Name}`, Arn: resource },
      PackedPolicySize: packedSize,
    };
    return { output, session };
  },
});
