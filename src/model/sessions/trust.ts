import { findOwnPolicies } from '../access/access';
import { findSetValues, makeConditions } from '../access/caller-conditions';
import { type ConditionKeyValues, makeKeyReader } from '../access/condition-key-values';
import {
  findDenial,
  findStatement,
  isBound,
  makeDecision,
  makeNothingBasis,
  type OwnSources,
  ofIdentity,
  type Sources,
  withinBoundary,
  withinScopes,
  withinSession,
} from '../access/decide';
import type { AskedPolicy, Basis, Decision } from '../access/decision';
import { type AccessQuestion, isAboutSession, isOfOwner } from '../access/matching';
import { goesWithSts, type StsActionName } from '../access/sts-actions';
import type { Account, Caller, Role } from '../identity/account';
import type { Store } from '../store';
import { findTagValue, type Tag } from '../tagging';
import { refusalForCaller, type StsCaller, whyDenied } from './caller';

interface TrustSources extends Pick<Sources, OwnSources> {
  /** Is undefined if the role trusts its own account. */
  readonly trust: AskedPolicy | undefined;
}

/**
 * Decides whether a caller can assume a role. Unlike the policy of a bucket, the trust policy must allow each caller, even callers of the
 * role's own account (F703).
 */
export function decideTrust(question: AccessQuestion, role: Role): Decision {
  const sources = { ...findOwnPolicies(question.caller), trust: trustPolicy(role) };
  const denial = findDenial(question, sources, sources.trust);
  return makeDecision(question, denial ?? withinScopes(question, sources, chooseBasis(question, sources)));
}

export function decideOwn(question: AccessQuestion): Decision {
  const sources = findOwnPolicies(question.caller);
  const { identity = [] } = sources;
  const by = ofIdentity(question, sources) ?? makeNothingBasis(question, { missing: 'identity', asked: identity });
  const denial = findDenial(question, sources, undefined);
  const bound = withinBoundary(question, sources, by);
  return makeDecision(question, denial ?? withinScopes(question, sources, withinSession(question, sources, bound)));
}

export function checkOwn(request: QuestionToSts & { readonly caller: StsCaller }, store: Store): void {
  const { caller } = request;
  const decision = decideOwn(makeStsQuestion(request, store));
  if (!decision.allowed) throw refusalForCaller(caller, request, whyDenied(decision, caller, store));
}

/** Decides for the token of an identity provider, or for a service. */
export function decideTrustAlone(question: AccessQuestion, role: Role): Decision {
  const trust = trustPolicy(role);
  if (trust === undefined) return makeDecision(question, account);
  const by = findStatement('Deny', trust, question) ?? findStatement('Allow', trust, question);
  return makeDecision(question, by ?? makeNothingBasis(question, { missing: 'trust', asked: [trust] }));
}

const account = { kind: 'account' } as const;

function trustPolicy({ name, trust }: Role): AskedPolicy | undefined {
  return trust && { kind: 'trust', title: `the trust policy of role ${name}`, document: trust.document };
}

function chooseBasis(question: AccessQuestion, sources: TrustSources): Basis {
  const { trust } = sources;
  if (trust === undefined) {
    // A role without a trust policy trusts its own account, as if it named each user and role.
    const isOwn = isOfOwner(question);
    const by = isOwn ? account : makeNothingBasis(question, { missing: 'trust', asked: [] });
    return withinSession(question, sources, isBound(question) ? withinBoundary(question, sources, by) : by);
  }
  // A session that is named itself is not limited by its own policies.
  const bySession = isOfOwner(question)
    ? findStatement('Allow', trust, question, (statement) => isAboutSession(statement, question))
    : undefined;
  return bySession ?? withinSession(question, sources, combined(question, { ...sources, trust }));
}

function combined(question: AccessQuestion, sources: TrustSources & { readonly trust: AskedPolicy }) {
  const { trust, identity = [] } = sources;
  const isOwn = isOfOwner(question);
  const direct = isOwn ? findStatement('Allow', trust, question) : undefined;
  if (direct !== undefined) return isBound(question) ? withinBoundary(question, sources, direct) : direct;
  // The question is asked as for a stranger: then a statement about an account is about its users and roles.
  const allowed = findStatement('Allow', trust, { ...question, owner: undefined });
  const half = ofIdentity(question, sources);
  if (allowed === undefined) return makeNothingBasis(question, { missing: 'trust', asked: [trust], half });
  if (half === undefined) return makeNothingBasis(question, { missing: 'identity', asked: identity, half: allowed });
  const within = withinBoundary(question, sources, half);
  return within.kind === 'nothing' ? within : allowed;
}

export interface RequestFacts {
  readonly sourceIp: string;
  readonly isSecure: boolean;
  readonly userAgent: string | undefined;
  /** The region of the host; `us-east-1` for the global host. */
  readonly region: string;
}

interface AskedParameters {
  readonly RoleSessionName?: string | undefined;
  readonly ExternalId?: string | undefined;
  readonly SourceIdentity?: string | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

interface QuestionToSts {
  /** The action of the question: not all of a request's keys go with each of its actions. */
  readonly action: StsActionName;
  readonly caller: Caller;
  readonly resource: string;
  readonly facts: RequestFacts;
  readonly partition: string;
  /** The account of the role; of the caller if there is no role. */
  readonly owner: Account;
  readonly providers?: ReadonlySet<string>;
  readonly role?: Role | undefined;
  readonly parameters?: AskedParameters;
  readonly tags?: readonly Tag[];
  readonly mfa?: boolean;
  /** Keys of an identity provider, in lower case. */
  readonly claims?: ReadonlyMap<string, readonly string[]>;
}

/** A key that does not go with the action is absent, whatever the request has (F715, F1534). Those that a test gives the caller win. */
export function makeStsQuestion(request: QuestionToSts, store: Store): AccessQuestion {
  const { action, caller, partition, owner, claims } = request;
  const ofRequest: ConditionKeyValues = (key) => {
    const set = findSetValues(key, caller, store);
    if (set !== undefined || !goesWithSts(key, action)) return set;
    return claims?.get(key) ?? readKey(key, request);
  };
  return { ...request, conditions: makeConditions({ caller, partition, owner, clock: store.clock }, ofRequest) };
}

/** Lists the actions in the order in which they are checked (F703). */
export function listNeededActions(
  beginning: StsActionName,
  { tags, sourceIdentity }: { readonly tags: readonly Tag[]; readonly sourceIdentity: string | undefined },
): readonly StsActionName[] {
  return [
    beginning,
    ...(tags.length > 0 ? (['sts:TagSession'] as const) : []),
    ...(sourceIdentity === undefined ? [] : (['sts:SetSourceIdentity'] as const)),
  ];
}

const readKey = makeKeyReader<QuestionToSts>({
  'aws:requesttag/': ({ tags = [] }, tag) => findTagValue(tags, tag),
  'aws:resourcetag/': ({ role }, tag) => findTagValue(role?.tags ?? [], tag),
  'iam:resourcetag/': ({ role }, tag) => findTagValue(role?.tags ?? [], tag),
  'sts:externalid': ({ parameters }) => parameters?.ExternalId,
  'sts:rolesessionname': ({ parameters }) => parameters?.RoleSessionName,
  'sts:sourceidentity': ({ parameters }) => parameters?.SourceIdentity,
  'sts:transitivetagkeys': ({ parameters }) => parameters?.TransitiveTagKeys,
  'aws:tagkeys': ({ tags = [] }) => (tags.length === 0 ? undefined : tags.map(({ Key }) => Key)),
  'aws:multifactorauthpresent': ({ mfa }) => (mfa ? 'true' : undefined),
  'aws:multifactorauthage': ({ mfa }) => (mfa ? '0' : undefined),
  'aws:sourceip': ({ facts }) => facts.sourceIp,
  'aws:securetransport': ({ facts }) => String(facts.isSecure),
  'aws:useragent': ({ facts }) => facts.userAgent,
  'aws:requestedregion': ({ facts }) => facts.region,
});
