import { arnOfCaller, isRoot } from '../identity/caller';
import type { ActionName } from './actions';
import type { Basis, Decision, NamedPolicy, NearStatement, PolicyKind } from './decision';
import { type Holder, isGroup, isSameAccount } from './grants';
import { type Mismatch, mismatchOf, type Question } from './matching';
import type { PolicyDocument, PolicyStatement } from './statement';

/** A policy that a decision asks. */
export interface AskedPolicy extends NamedPolicy {
  readonly document: PolicyDocument;
}

/** All that may allow or deny an action. */
export interface Sources {
  /** The policies of the user or the role; undefined if none limits it, so that it may do everything that its account may. */
  readonly identity: readonly AskedPolicy[] | undefined;
  readonly session: AskedPolicy | undefined;
  readonly bucket: AskedPolicy | undefined;
  /** Whether the bucket policy is public, and the bucket lets none such open it to others. */
  readonly isRestricted: boolean;
  /** The account that owns the object, if that is another one than the bucket's owner; it alone decides who may use the object. */
  readonly objectOwner: Holder | undefined;
  /** The grant of an ACL that allows the action, or that the caller began the upload. */
  readonly grant: () => Extract<Basis, { readonly kind: 'grant' | 'initiator' }> | undefined;
}

/** The root user of the bucket's owner can always read and mend the policy (F473). */
const alwaysOfRoot: ReadonlySet<ActionName> = new Set([
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
]);

/** Decides whether a caller may carry out an action: a Deny first, then what allows it (F470). */
export function decide(question: Question, sources: Sources): Decision {
  const { action, resource } = question;
  const by = denialOf(question, sources) ?? permissionOf(question, sources);
  const isDenied = by.kind === 'statement' && by.statement.effect === 'Deny';
  const allowed = !isDenied && by.kind !== 'nothing' && by.kind !== 'RestrictPublicBuckets';
  return { allowed, action, resource, by };
}

function denialOf(question: Question, { identity = [], session, bucket }: Sources): Basis | undefined {
  const isMending = isRoot(question.caller) && isOfOwner(question) && alwaysOfRoot.has(question.action);
  return findStatement('Deny', [...identity, ...listOf(session), ...(isMending ? [] : listOf(bucket))], question);
}

function permissionOf(question: Question, sources: Sources): Basis {
  const granted = grantOf(question, sources);
  if (granted?.kind === 'RestrictPublicBuckets') return granted;
  const identity = ofIdentity(question, sources);
  if (question.caller.account === undefined) return granted ?? nothing(question, sources, 'resource');
  // Within the owner's account one Allow is enough. Another account needs one of each side (F470, F501).
  const needsBoth = !isOfDecider(question, sources);
  if (needsBoth && identity && granted === undefined) return nothing(question, sources, 'resource');
  const by = needsBoth ? identity && granted : (identity ?? (granted && isForUsers(granted) ? granted : undefined));
  if (by === undefined) return nothing(question, sources, 'identity');
  const { session } = sources;
  if (session === undefined || isForSession(by, question)) return by;
  return findStatement('Allow', [session], question) ? by : nothing(question, sources, 'session');
}

/** Whether an Allow is for users of the owner's account by itself: what an ACL gives an account is for the account to give. */
function isForUsers(by: Basis): boolean {
  return by.kind === 'grant' ? isGroup(by.grant.grantee) : by.kind !== 'initiator';
}

/** A bucket policy that names a session by its own ARN is not limited by the session's policy. */
function isForSession(by: Basis, { caller, partition }: Question): boolean {
  if (by.kind !== 'statement' || caller.account === undefined) return false;
  const arn = arnOfCaller(caller.account, caller, partition);
  return by.statement.principals?.of.some((one) => one.kind === 'session' && one.arn === arn) === true;
}

function isOfOwner({ caller, owner }: Question): boolean {
  return caller.account !== undefined && owner !== undefined && isSameAccount(caller.account, owner);
}

/** Whether a caller is of the account that decides who may carry out the action: the object's owner, or the bucket's. */
function isOfDecider(question: Question, { objectOwner }: Sources): boolean {
  if (objectOwner === undefined) return isOfOwner(question);
  const { account } = question.caller;
  return account !== undefined && isSameAccount(account, objectOwner);
}

function listOf(policy: AskedPolicy | undefined): readonly AskedPolicy[] {
  return policy === undefined ? [] : [policy];
}

/** What lets a caller in beside its own account: the bucket policy or an ACL. */
function grantOf(question: Question, { bucket, isRestricted, objectOwner, grant }: Sources): Basis | undefined {
  // A bucket policy gives no rights to the objects of others (F474).
  const allowed = objectOwner === undefined ? findStatement('Allow', listOf(bucket), question) : undefined;
  const isStopped = isRestricted && !isOfOwner(question);
  if (allowed && !isStopped) return allowed;
  return grant() ?? (allowed && { kind: 'RestrictPublicBuckets' });
}

function ofIdentity(question: Question, { identity }: Sources): Basis | undefined {
  if (question.caller.account === undefined) return undefined;
  return identity === undefined ? { kind: 'account' } : findStatement('Allow', identity, question);
}

function findStatement(
  effect: PolicyStatement['effect'],
  policies: readonly AskedPolicy[],
  question: Question,
): Extract<Basis, { readonly kind: 'statement' }> | undefined {
  for (const policy of policies) {
    const { statements } = policy.document;
    const statement = statements.find((one) => one.effect === effect && mismatchOf(one, question) === undefined);
    if (statement) return { kind: 'statement', policy, statement };
  }
  return undefined;
}

function nothing(question: Question, sources: Sources, missing: PolicyKind): Basis {
  const { identity = [], session, bucket } = sources;
  const asked = [...identity, ...listOf(session), ...listOf(bucket)];
  const near = nearestOf(asked, question);
  const stranger = strangerTo(question, sources);
  return { kind: 'nothing', missing, asked, ...(near && { near }), ...(stranger && { stranger }) };
}

/** The owner of the bucket or of the object, if the caller is of another account. */
function strangerTo(question: Question, { objectOwner }: Sources) {
  if (objectOwner !== undefined) return { of: 'object', owner: objectOwner } as const;
  return question.owner && !isOfOwner(question) ? ({ of: 'bucket', owner: question.owner } as const) : undefined;
}

const nearness = (mismatch: Mismatch) =>
  typeof mismatch === 'object' ? 3 : ['action', 'principal', 'resource'].indexOf(mismatch);

/** The Allow of the action that a request came nearest to. */
function nearestOf(policies: readonly AskedPolicy[], question: Question): NearStatement | undefined {
  const near = policies.flatMap((policy) =>
    policy.document.statements.flatMap((statement): readonly NearStatement[] => {
      const mismatch = statement.effect === 'Allow' ? mismatchOf(statement, question) : undefined;
      return mismatch === undefined || mismatch === 'action' ? [] : [{ policy, statement, mismatch }];
    }),
  );
  return near.toSorted((one, other) => nearness(other.mismatch) - nearness(one.mismatch))[0];
}
