import { partitionOf } from '../../formats/regions';
import { S3Error } from '../../refusals/s3-error';
import type { AssumeRoleInput, AssumeRoleOutput } from '../../shapes/sts';
import type { StsActionName } from '../access/sts-actions';
import { describeAccount } from '../identity/account-text';
import { isRoot } from '../identity/caller';
import type { Store } from '../store';
import type { StsCaller } from './caller';
import { type Begun, stsCredentialsOf } from './credentials';
import { durationOfRole } from './durations';
import { usesMfa } from './mfa';
import { refusalForCaller, whoseKeys, whyDenied } from './not-authorized';
import type { RequestFacts } from './request-facts';
import { assumedRoleUserOf, checkRoleArn, findRoleByArn, type PlacedRole, whyNoRole } from './roles';
import { readSessionPolicies } from './session-policies';
import { readSessionTags, type SessionTags } from './session-tags';
import { decideTrust } from './trust';
import { stsConditions } from './trust-conditions';

/** Begins a session of a role, if the role trusts the caller, and the caller's own policies allow it if they have to. */
export function assumeRole(
  store: Store,
  caller: StsCaller,
  input: AssumeRoleInput,
  facts: RequestFacts,
): Begun<AssumeRoleOutput> {
  const { RoleArn, RoleSessionName, DurationSeconds } = input;
  checkRoleArn(RoleArn);
  const { session: calling } = caller;
  const tags = readSessionTags(input, calling);
  checkNotRoot(caller);
  const SourceIdentity = sourceIdentityOf(input, caller);
  const partition = partitionOf(facts.region);
  const mfa = usesMfa(caller, input);
  const place = trusted({
    store,
    caller,
    asked: SourceIdentity === undefined ? input : { ...input, SourceIdentity },
    facts,
    mfa,
    tags,
    partition,
  });
  const { account, role } = place;
  const { policy, managedPolicies, packedSize } = readSessionPolicies(input, tags.requested, { account, partition });
  const seconds = durationOfRole(DurationSeconds, role, calling !== undefined);
  const session = account.beginSession({
    ...{ name: RoleSessionName, user: undefined, role: role.name, policy, managedPolicies },
    // A code that comes with AssumeRole counts for the trust policy alone; that of the calling session counts on (F716).
    ...{ mfa: calling?.mfa === true, mfaAt: calling?.mfa ? (calling.mfaAt ?? calling.issued) : undefined },
    ...{ tags: tags.tags, transitiveTags: tags.transitive, sourceIdentity: SourceIdentity, lasts: seconds * 1000 },
  });
  const output = {
    Credentials: stsCredentialsOf(store, session, seconds),
    AssumedRoleUser: assumedRoleUserOf(place, session, partition),
    ...(packedSize !== undefined && { PackedPolicySize: packedSize }),
    ...(SourceIdentity !== undefined && { SourceIdentity }),
  };
  const note = caller.isNobody ? `on AWS a root user may not assume roles: ${whoseKeys(caller)}` : undefined;
  return { output, session, note };
}

/** A root user may not assume roles; the root user that keys stand for only for want of another may (F702). */
function checkNotRoot(caller: StsCaller): void {
  if (!isRoot(caller) || caller.isNobody) return;
  const why = `${caller.session === undefined ? '' : 'a session of '}the root user of ${describeAccount(caller.account)} asked; sign with the keys of a user, or name one as the caller: s3.actAs('NAME')`;
  throw new S3Error('StsRolesNotForRoot', {}, why);
}

/** The source identity of the session, which that of the calling session cannot be changed by. */
function sourceIdentityOf({ SourceIdentity }: AssumeRoleInput, { session }: StsCaller): string | undefined {
  const inherited = session?.sourceIdentity;
  if (inherited === undefined || SourceIdentity === undefined || SourceIdentity === inherited)
    return inherited ?? SourceIdentity;
  const why = `SourceIdentity is ${SourceIdentity}, and the calling session has ${inherited}`;
  throw new S3Error('StsSourceIdentityChanged', {}, why);
}

/** A request for the session of a role, after its parameters were read. */
interface RoleRequest {
  readonly store: Store;
  readonly caller: StsCaller;
  readonly asked: AssumeRoleInput;
  readonly facts: RequestFacts;
  readonly mfa: boolean;
  readonly tags: SessionTags;
  readonly partition: string;
}

/** The role that is asked for. Throws unless it exists, and each action that the request needs is allowed. */
function trusted(request: RoleRequest): PlacedRole {
  const { store, caller, asked, facts, mfa, tags, partition } = request;
  const resource = asked.RoleArn;
  const about = { resource, partition };
  const found = findRoleByArn(store, resource, partition);
  if (found === undefined)
    throw refusalForCaller(caller, { ...about, action: 'sts:AssumeRole' }, whyNoRole(store, resource, partition));
  if (caller.session?.federated !== undefined)
    throw refusalForCaller(caller, { ...about, action: 'sts:AssumeRole' }, 'a federated user may not assume roles');
  const { account: owner, role } = found;
  const conditions = stsConditions(
    { caller, facts, partition, owner, role, parameters: asked, tags: tags.requested, mfa },
    store,
  );
  for (const action of actionsOf(asked, tags)) {
    const decision = decideTrust({ caller, action, resource, partition, owner, conditions }, role);
    if (!decision.allowed)
      throw refusalForCaller(caller, { ...about, action }, whyDenied(decision, caller, store, role));
  }
  return found;
}

/** The actions that a request needs, in the order in which they are asked (F703). */
function actionsOf({ SourceIdentity }: AssumeRoleInput, { tags }: SessionTags): readonly StsActionName[] {
  return [
    'sts:AssumeRole',
    // Inherited tags count as well.
    ...(tags.length > 0 ? (['sts:TagSession'] as const) : []),
    ...(SourceIdentity === undefined ? [] : (['sts:SetSourceIdentity'] as const)),
  ];
}
