import { partitionOf } from '../../formats/regions';
import { S3Error } from '../../refusals/s3-error';
import type { FederationTokenInput, FederationTokenOutput } from '../../shapes/sts';
import { describeCaller } from '../identity/caller';
import type { Store } from '../store';
import type { StsCaller } from './caller';
import { type Begun, stsCredentialsOf } from './credentials';
import { durationOfUser } from './durations';
import { refusalForCaller, whyDenied } from './not-authorized';
import type { RequestFacts } from './request-facts';
import { readSessionPolicies } from './session-policies';
import { readSessionTags } from './session-tags';
import { decideOwn } from './trust';
import { stsConditions } from './trust-conditions';

/** Begins a session of a federated user, which may do what both the caller and the policies of the session may. */
export function getFederationToken(
  store: Store,
  caller: StsCaller,
  input: FederationTokenInput,
  facts: RequestFacts,
): Begun<FederationTokenOutput> {
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
  const conditions = stsConditions({ caller, facts, partition, owner: account, tags: requested }, store);
  for (const action of ['sts:GetFederationToken', ...(Tags.length > 0 ? (['sts:TagSession'] as const) : [])] as const) {
    const decision = decideOwn({ caller, action, resource, partition, owner: account, conditions });
    if (!decision.allowed)
      throw refusalForCaller(caller, { action, resource, partition }, whyDenied(decision, caller, store));
  }
  const seconds = durationOfUser(DurationSeconds, caller);
  const ofUser = { name: undefined, user, role: undefined, federated: Name, mfa: false, policy, managedPolicies, tags };
  const session = account.beginSession({ ...ofUser, lasts: seconds * 1000 });
  const output = {
    Credentials: stsCredentialsOf(store, session, seconds),
    FederatedUser: { FederatedUserId: `${account.id}:${Name}`, Arn: resource },
    PackedPolicySize: packedSize,
  };
  return { output, session, note: undefined };
}
