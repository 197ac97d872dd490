import { isRoot } from '../identity/caller';
import type { ActionName } from './actions';
import type {
  AskedPolicy,
  Basis,
  Decision,
  GrantBasis,
  MisnamingStatement,
  NothingBasis,
  StatementBasis,
} from './decision';
import { type AccountIds, isGroup, isSameAccount } from './grants';
import { type AccessQuestion, findMismatchBesideAction, isAboutSession, isOfOwner } from './matching';
import { findNearest, makeDenial } from './nearest';
import { isMisnamed } from './operation-actions';
import type { PolicyStatement } from './statement';

export interface Sources {
  /** Is undefined if no policy limits the caller, so that it can do everything that its account can. */
  readonly identity: readonly AskedPolicy[] | undefined;
  readonly revocation: AskedPolicy | undefined;
  /** The permissions boundary of the user or the role: what its policies allow counts only as far as the boundary allows it, too (F1792). */
  readonly boundary: AskedPolicy | undefined;
  /** The policies of the session: at least one has to allow the action. Is undefined if no policy limits the session. */
  readonly session: readonly AskedPolicy[] | undefined;
  /** The policies that limit a session. Each of them must allow the action, whatever else allows it (F1711). */
  readonly scopes: readonly AskedPolicy[] | undefined;
  readonly bucket: AskedPolicy | undefined;
  readonly isRestricted: () => boolean;
  /** The account that owns the object, if it is not the bucket's owner: it alone decides who can use the object. */
  readonly objectOwner: AccountIds | undefined;
  readonly grant: () => GrantBasis | undefined;
  /** Whether the caller itself began the upload that it lists or ends: no policy has to allow that. */
  readonly isInitiator: () => boolean;
}

/** The sources that are the caller's own. */
export type OwnSources = 'identity' | 'revocation' | 'boundary' | 'session' | 'scopes';

/** The root user of the bucket's owner can always read and mend the policy (F473). */
const alwaysOfRoot: ReadonlySet<string> = new Set<ActionName>([
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
]);

/** A Deny first, then what allows it (F470, F478). */
export function decide(question: AccessQuestion, sources: Sources): Decision {
  const { action } = question;
  const isMending = isRoot(question.caller) && isOfOwner(question) && alwaysOfRoot.has(action);
  const denial = findDenial(question, sources, isMending ? undefined : sources.bucket);
  return makeDecision(question, denial ?? withinScopes(question, sources, chooseBasis(question, sources)));
}

export function makeDecision({ action, resource }: AccessQuestion, by: Basis): Decision {
  const allowed = !isDenial(by) && by.kind !== 'nothing' && by.kind !== 'RestrictPublicBuckets';
  return { allowed, action, resource, by };
}

export function isDenial(by: Basis): boolean {
  return by.kind === 'statement' && by.statement.effect === 'Deny';
}

export function findDenial(
  question: AccessQuestion,
  { identity = [], revocation, boundary, session = [], scopes = [] }: Partial<Pick<Sources, OwnSources>>,
  ofResource: AskedPolicy | undefined,
): Basis | undefined {
  return (
    findInAny('Deny', identity, question) ??
    findStatement('Deny', revocation, question) ??
    findStatement('Deny', boundary, question) ??
    findInAny('Deny', [...session, ...scopes], question) ??
    findStatement('Deny', ofResource, question)
  );
}

type Permission = StatementBasis | GrantBasis | Extract<Basis, { readonly kind: 'account' }>;

function chooseBasis(question: AccessQuestion, sources: Sources): Basis {
  if (sources.isInitiator()) return { kind: 'initiator' };
  const direct = directPermission(question, sources);
  if (direct) return direct;
  const granted = findGrant(question, sources);
  if (granted?.kind === 'RestrictPublicBuckets') return granted;
  return withinSession(question, sources, combined(question, sources, granted));
}

export function withinSession(
  question: AccessQuestion,
  { session, objectOwner }: Pick<Sources, 'session'> & Partial<Sources>,
  by: Permission | NothingBasis,
): Permission | NothingBasis {
  if (by.kind === 'nothing' || session === undefined || findInAny('Allow', session, question)) return by;
  return makeNothingBasis(question, { objectOwner, missing: 'session', asked: session, half: by });
}

/** What a boundary does not limit: what a policy of the resource gives the user by its name, and a session by its own (F1792). */
export function isBound({ caller }: AccessQuestion): boolean {
  return caller.role !== undefined || caller.session?.federated !== undefined;
}

export function withinBoundary(
  question: AccessQuestion,
  { boundary, objectOwner }: Pick<Sources, 'boundary'> & Partial<Sources>,
  by: Permission | NothingBasis,
): Permission | NothingBasis {
  if (by.kind === 'nothing' || boundary === undefined || findStatement('Allow', boundary, question)) return by;
  return makeNothingBasis(question, { objectOwner, missing: 'boundary', asked: [boundary], half: by });
}

export function withinScopes(question: AccessQuestion, { scopes = [] }: Pick<Sources, 'scopes'>, by: Basis): Basis {
  if (by.kind === 'nothing' || by.kind === 'RestrictPublicBuckets') return by;
  const silent = scopes.find((scope) => findStatement('Allow', scope, question) === undefined);
  return silent === undefined ? by : makeNothingBasis(question, { missing: 'session', asked: [silent], half: by });
}

/** Within the account that decides, one Allow is enough. Another account needs one from each side (F470, F501). */
function combined(question: AccessQuestion, sources: Sources, granted: StatementBasis | GrantBasis | undefined) {
  const { identity = [], bucket, objectOwner } = sources;
  const ofUser = ofIdentity(question, sources);
  const ofResource = objectOwner === undefined && bucket ? [bucket] : [];
  if (question.caller.account === undefined)
    return granted ?? makeNothingBasis(question, { ...sources, missing: 'resource', asked: ofResource });
  if (isOfDecider(question, sources)) {
    const given = granted && isForUsers(granted) ? granted : undefined;
    const permission = ofUser ?? given;
    if (permission === undefined)
      return makeNothingBasis(question, {
        ...sources,
        missing: 'identity',
        asked: [...identity, ...ofResource],
        limit: findLimit(question, sources),
      });
    const within = withinBoundary(question, sources, permission);
    return within.kind === 'nothing' && given !== undefined && !isBound(question) ? given : within;
  }
  if (ofUser === undefined)
    return makeNothingBasis(question, {
      ...sources,
      missing: 'identity',
      asked: identity,
      half: granted,
      limit: findLimit(question, sources),
    });
  const within = withinBoundary(question, sources, ofUser);
  if (within.kind === 'nothing') return within;
  return granted ?? makeNothingBasis(question, { ...sources, missing: 'resource', asked: ofResource, half: ofUser });
}

/** What would allow the action if a boundary, or the policy of a session, gave rights. */
function findLimit(question: AccessQuestion, { session = [], boundary }: Sources): StatementBasis | undefined {
  return findInAny('Allow', session, question) ?? findStatement('Allow', boundary, question);
}

/**
 * The policy of a session, and the boundary of its role, do not limit what the bucket allows it by its own name or with everyone, within the
 * account (F477, F1792).
 */
function directPermission(
  question: AccessQuestion,
  { boundary, session, bucket, objectOwner, grant }: Sources,
): StatementBasis | GrantBasis | undefined {
  if (session === undefined && (boundary === undefined || !isBound(question))) return undefined;
  if (objectOwner !== undefined || !isOfOwner(question)) return undefined;
  const allowed = findStatement('Allow', bucket, question, (statement) => isAboutSession(statement, question));
  if (allowed !== undefined) return allowed;
  const granted = grant();
  return granted !== undefined && isForUsers(granted) ? granted : undefined;
}

/** Whether the basis applies to users directly. A grant of an ACL to an account leaves it to the account to pass the right on. */
function isForUsers(by: StatementBasis | GrantBasis): boolean {
  return by.kind === 'grant' ? isGroup(by.grant.grantee) : by.kind === 'statement';
}

function isOfDecider(question: AccessQuestion, { objectOwner }: Sources): boolean {
  if (objectOwner === undefined) return isOfOwner(question);
  const { account } = question.caller;
  return account !== undefined && isSameAccount(account, objectOwner);
}

function findGrant(question: AccessQuestion, { bucket, isRestricted, objectOwner, grant }: Sources) {
  // A bucket policy gives no rights to the objects of others (F474).
  const allowed = objectOwner === undefined ? findStatement('Allow', bucket, question) : undefined;
  if (allowed === undefined || isOfOwner(question) || !isRestricted()) return allowed ?? grant();
  return grant() ?? ({ kind: 'RestrictPublicBuckets', policy: allowed.policy } as const);
}

export function ofIdentity(
  question: AccessQuestion,
  { identity }: Pick<Sources, 'identity'>,
): StatementBasis | Extract<Basis, { readonly kind: 'account' }> | undefined {
  if (question.caller.account === undefined) return undefined;
  return identity === undefined ? { kind: 'account' } : findInAny('Allow', identity, question);
}

export function findInAny(
  effect: PolicyStatement['effect'],
  policies: readonly AskedPolicy[],
  question: AccessQuestion,
): StatementBasis | undefined {
  for (const policy of policies) {
    const found = findStatement(effect, policy, question);
    if (found) return found;
  }
  return undefined;
}

export function findStatement(
  effect: PolicyStatement['effect'],
  policy: AskedPolicy | undefined,
  question: AccessQuestion,
  isMeant?: (statement: PolicyStatement) => boolean,
): StatementBasis | undefined {
  if (policy === undefined) return undefined;
  for (const statement of policy.document.statementsFor(effect, question.action)) {
    if (findMismatchBesideAction(statement, question) !== undefined) continue;
    if (isMeant !== undefined && !isMeant(statement)) continue;
    const denial = effect === 'Deny' ? makeDenial(policy, statement, question) : undefined;
    return { kind: 'statement', policy, statement, ...(denial && { denial }) };
  }
  return undefined;
}

interface Missing extends Pick<NothingBasis, 'missing'>, Partial<Pick<Sources, 'objectOwner'>> {
  readonly asked: readonly AskedPolicy[];
  readonly half?: Permission | undefined;
  readonly limit?: StatementBasis | undefined;
}

export function makeNothingBasis(
  question: AccessQuestion,
  { missing, asked, half, limit, objectOwner }: Missing,
): NothingBasis {
  const near = findNearest(asked, question);
  const misnaming = misnamingIn(asked, question);
  const stranger = strangerTo(question, objectOwner);
  return {
    kind: 'nothing',
    missing,
    asked,
    ...(near && { near }),
    ...(misnaming && { misnaming }),
    ...(half && half.kind !== 'account' && { half }),
    ...(limit && { limit }),
    ...(stranger && { stranger }),
  };
}

function strangerTo(question: AccessQuestion, objectOwner: AccountIds | undefined): NothingBasis['stranger'] {
  // A role has no owner whom a sentence would name.
  if (!question.action.startsWith('s3:')) return undefined;
  const { account } = question.caller;
  if (objectOwner !== undefined)
    return account && isSameAccount(account, objectOwner) ? undefined : { of: 'object', owner: objectOwner };
  return question.owner && !isOfOwner(question) ? { of: 'bucket', owner: question.owner } : undefined;
}

function misnamingIn(policies: readonly AskedPolicy[], question: AccessQuestion): MisnamingStatement | undefined {
  for (const policy of policies) {
    for (const statement of policy.document.statements) {
      const { effect, actions } = statement;
      const written = actions.inverted ? undefined : actions.of.find((one) => isMisnamed(one, question.action));
      if (written === undefined || effect === 'Deny' || findMismatchBesideAction(statement, question) !== undefined)
        continue;
      return { policy, statement, written };
    }
  }
  return undefined;
}
