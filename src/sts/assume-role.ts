import { partitionOf } from '../formats/regions';
import type { Decision } from '../model/access/decision';
import { describeAccount } from '../model/identity/account-text';
import { isRoot } from '../model/identity/caller';
import { orActAs, refusalForCaller, type StsCaller, whoseKeys, whyDenied } from '../model/sessions/caller';
import { makeStsCredentials, readRoleDuration } from '../model/sessions/credentials';
import { takeMfaCode } from '../model/sessions/mfa';
import { type AccountRole, checkRoleArn, findRoleByArn, makeAssumedRoleUser, whyNoRole } from '../model/sessions/roles';
import { readSessionPolicies, readSessionTags, type SessionTags } from '../model/sessions/session-policies';
import { decideTrust, listNeededActions, makeStsQuestion } from '../model/sessions/trust';
import { S3Error } from '../refusals/s3-error';
import { element } from '../shapes/elements';
import type { StructureValue } from '../shapes/shape';
import { say } from '../text/reason';
import { operation, type SignedContext } from './operation';
import {
  arn,
  assumedRole,
  credentials,
  externalIdText,
  limitedText,
  makeList,
  mfaCode,
  ofRole,
  PolicyArns,
  packedSize,
  policyText,
  roleDuration,
  sessionName,
  sourceIdentity,
  Tags,
  tagKey,
  tokenSize,
} from './shapes';

const input = {
  ...ofRole,
  PolicyArns,
  // AWS's model sets no greatest length here, unlike for the policies of the other operations.
  Policy: element(limitedText(1, undefined, policyText)),
  ...roleDuration,
  Tags,
  TransitiveTagKeys: makeList(tagKey, [0, 50]),
  ExternalId: element(limitedText(2, 1224, externalIdText)),
  ...mfaCode,
  SourceIdentity: element(sessionName),
  ProvidedContexts: makeList(
    { kind: 'structure', members: { ProviderArn: element(arn), ContextAssertion: element(limitedText(4, 2048)) } },
    [0, 5],
  ),
  ...tokenSize,
};

export type AssumeRoleInput = StructureValue<typeof input>;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole = operation({
  input,
  output: { ...assumedRole, ...credentials, ...packedSize, ...sourceIdentity },
  handle({ store, caller, facts }, input) {
    const { RoleArn, RoleSessionName, DurationSeconds } = input;
    checkRoleArn(RoleArn);
    const { session: calling } = caller;
    const tags = readSessionTags(input, calling);
    checkNotRoot(caller);
    const SourceIdentity = readSourceIdentity(input, caller);
    const partition = partitionOf(facts.region);
    const mfa = takeMfaCode(caller, input);
    const asked = SourceIdentity === undefined ? input : { ...input, SourceIdentity };
    const place = findTrustingRole({ store, caller, facts }, asked, { mfa, tags });
    const { account, role } = place;
    const { policy, managedPolicies, packedSize } = readSessionPolicies(input, tags.requested, { account, partition });
    const seconds = readRoleDuration(DurationSeconds, role, calling !== undefined);
    const session = account.beginSession({
      ...{ name: RoleSessionName, user: undefined, role: role.name, policy, managedPolicies },
      // A code that comes with AssumeRole counts for the trust policy alone; that of the calling session counts on (F716).
      ...{ mfa: calling?.mfa === true, mfaAt: calling?.mfa ? (calling.mfaAt ?? calling.issued) : undefined },
      ...{ tags: tags.tags, transitiveTags: tags.transitive, sourceIdentity: SourceIdentity, lasts: seconds * 1000 },
    });
    const output = {
      Credentials: makeStsCredentials(store, session, seconds),
      AssumedRoleUser: makeAssumedRoleUser(place, session, partition),
      ...(packedSize !== undefined && { PackedPolicySize: packedSize }),
      ...(SourceIdentity !== undefined && { SourceIdentity }),
    };
    const note = caller.isNobody ? say`on AWS, a root user cannot assume roles: ${whoseKeys(caller)}` : undefined;
    return { output, session, note };
  },
});

/** A root user cannot assume roles; keys that belong to nobody can (F702). */
function checkNotRoot(caller: StsCaller): void {
  if (!isRoot(caller) || caller.isNobody) return;
  const why = say`${caller.session === undefined ? '' : 'a session of '}the root user of ${describeAccount(caller.account)} sent the request; sign with the keys of a user${orActAs}`;
  throw new S3Error('StsRolesNotForRoot', {}, why);
}

function readSourceIdentity({ SourceIdentity }: AssumeRoleInput, { session }: StsCaller): string | undefined {
  const inherited = session?.sourceIdentity;
  if (inherited === undefined || SourceIdentity === undefined || SourceIdentity === inherited)
    return inherited ?? SourceIdentity;
  const why = `SourceIdentity is ${SourceIdentity}, and the calling session has ${inherited}`;
  throw new S3Error('StsSourceIdentityChanged', {}, why);
}

/** Whether only parameters of the request decided, such as ExternalId, so that another caller would be refused as well. */
function isOfParameters({ by }: Decision): boolean {
  if (by.kind !== 'nothing' || by.near === undefined) return false;
  return by.near.misfits.every(
    (misfit) => typeof misfit === 'object' && misfit.condition.key.toLowerCase().startsWith('sts:'),
  );
}

function findTrustingRole(
  { store, caller, facts }: SignedContext,
  asked: AssumeRoleInput,
  { mfa, tags }: { readonly mfa: boolean; readonly tags: SessionTags },
): AccountRole {
  const resource = asked.RoleArn;
  const partition = partitionOf(facts.region);
  const about = { action: 'sts:AssumeRole', resource, partition } as const;
  const found = findRoleByArn(store, resource, partition);
  if (found === undefined) throw refusalForCaller(caller, about, whyNoRole(store, resource, partition));
  if (caller.session?.federated !== undefined)
    throw refusalForCaller(caller, about, 'a federated user cannot assume roles');
  const { account: owner, role } = found;
  const question = { caller, resource, facts, partition, owner, role, parameters: asked, tags: tags.requested, mfa };
  // Tags that are inherited need the right to tag as well.
  const needed = { tags: tags.tags, sourceIdentity: asked.SourceIdentity };
  for (const action of listNeededActions('sts:AssumeRole', needed)) {
    const decision = decideTrust(makeStsQuestion({ ...question, action }, store), role);
    if (!decision.allowed)
      throw refusalForCaller(
        caller,
        { ...about, action },
        whyDenied(decision, caller, store, role),
        caller.isNobody && !isOfParameters(decision),
      );
  }
  return found;
}
