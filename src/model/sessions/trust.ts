import { findOwnPolicies } from '../access/access';
import { findSetValues, makeConditions } from '../access/caller-conditions';
import { type ConditionKeyValues, makeKeyReader } from '../access/condition-key-values';
import {
  findDenial,
  findInAny,
  findStatement,
  type Missing,
  makeDecision,
  makeNothingBasis,
  type Sources,
} from '../access/decide';
import type { AskedPolicy, Basis, Decision } from '../access/decision';
import { type AccessQuestion, isAboutSession, isOfOwner } from '../access/matching';
import { goesWithSts, type StsActionName } from '../access/sts-actions';
import type { Account, Caller, Role } from '../identity/account';
import type { Store } from '../store';
import { findTagValue, type Tag } from '../tagging';
import { refusalForCaller, type StsCaller, whyDenied } from './caller';

interface TrustSources extends Pick<Sources, 'identity' | 'revocation' | 'session'> {
  /** That of the role that is asked for; undefined if it trusts its own account. */
  readonly trust: AskedPolicy | undefined;
}

/**
 * Decides whether a caller may carry out an action on a role, whose account is the owner of the question. Unlike the policy of a bucket, the
 * trust policy has to allow each caller, those of its own account as well (F703).
 */
export function decideTrust(question: AccessQuestion, role: Role): Decision {
  const sources = { ...findOwnPolicies(question.caller), trust: trustPolicy(role) };
  return makeDecision(question, findDenial(question, sources, sources.trust) ?? permissionOf(question, sources));
}

export function decideOwn(question: AccessQuestion): Decision {
  const sources = findOwnPolicies(question.caller);
  const denial = findDenial(question, sources, undefined);
  return makeDecision(question, denial ?? withinSession(question, sources, ofIdentity(question, sources)));
}

export function checkOwn(
  request: QuestionToSts & { readonly caller: StsCaller; readonly resource: string },
  store: Store,
): void {
  const { caller, action, resource, partition, owner } = request;
  const decision = decideOwn({
    caller,
    action,
    resource,
    partition,
    owner,
    conditions: makeStsConditions(request, store),
  });
  if (!decision.allowed)
    throw refusalForCaller(caller, { action, resource, partition }, whyDenied(decision, caller, store));
}

/** Decides whether a role trusts a caller that has no policies of its own: the token of an identity provider, or a service. */
export function decideTrustAlone(question: AccessQuestion, role: Role): Decision {
  const trust = trustPolicy(role);
  if (trust === undefined) return makeDecision(question, { kind: 'account' });
  const by = findStatement('Deny', trust, question) ?? findStatement('Allow', trust, question);
  return makeDecision(question, by ?? missingIn(question, { missing: 'trust', asked: [trust] }));
}

function trustPolicy({ name, trust }: Role): AskedPolicy | undefined {
  if (trust === undefined) return undefined;
  return { kind: 'trust', title: `the trust policy of role ${name}`, arn: undefined, document: trust.document };
}

function permissionOf(question: AccessQuestion, sources: TrustSources): Basis {
  const { trust } = sources;
  if (trust === undefined) {
    // A role without a trust policy trusts its own account, as if it named each user and role.
    const isOwn = isOfOwner(question);
    const by: Basis = isOwn ? { kind: 'account' } : missingIn(question, { missing: 'trust', asked: [] });
    return withinSession(question, sources, by);
  }
  // A session that is named itself is not limited by its own policies.
  const bySession = isOfOwner(question)
    ? findStatement('Allow', trust, question, (statement) => isAboutSession(statement, question))
    : undefined;
  return bySession ?? withinSession(question, sources, combined(question, { ...sources, trust }));
}

function combined(question: AccessQuestion, sources: TrustSources & { readonly trust: AskedPolicy }): Basis {
  const { trust } = sources;
  const isOwn = isOfOwner(question);
  const direct = isOwn ? findStatement('Allow', trust, question) : undefined;
  if (direct !== undefined) return direct;
  // Asked by a stranger, a statement about an account is about its users and roles.
  const allowed = findStatement('Allow', trust, { ...question, owner: undefined });
  const own = ofIdentity(question, sources);
  if (allowed === undefined) {
    const half = own.kind === 'statement' ? own : undefined;
    return missingIn(question, { missing: 'trust', asked: [trust], half });
  }
  if (own.kind !== 'nothing') return allowed;
  return { ...own, half: allowed };
}

function ofIdentity(
  question: AccessQuestion,
  { identity }: Pick<TrustSources, 'identity'>,
): Extract<Basis, { kind: 'statement' | 'account' | 'nothing' }> {
  if (identity === undefined) return { kind: 'account' };
  return findInAny('Allow', identity, question) ?? missingIn(question, { missing: 'identity', asked: identity });
}

/** The permission, if the policies of the calling session allow it as well, or the reason why not. */
function withinSession(question: AccessQuestion, { session }: Pick<TrustSources, 'session'>, by: Basis): Basis {
  if (by.kind === 'nothing' || session === undefined || findInAny('Allow', session, question)) return by;
  return missingIn(question, { missing: 'session', asked: session, half: by.kind === 'statement' ? by : undefined });
}

/** A role has no owner whom a sentence would name. */
function missingIn(question: AccessQuestion, missing: Omit<Missing, 'objectOwner'>) {
  const { stranger: _stranger, ...basis } = makeNothingBasis(question, { ...missing, objectOwner: undefined });
  return basis;
}

export interface RequestFacts {
  readonly sourceIp: string;
  /** `aws:SecureTransport`: whether the request came by TLS. */
  readonly isSecure: boolean;
  readonly userAgent: string | undefined;
  /** The region of the host, `us-east-1` for the global one: `aws:RequestedRegion`. Its partition is that of the ARNs. */
  readonly region: string;
}

interface AskedParameters {
  readonly RoleSessionName?: string | undefined;
  readonly ExternalId?: string | undefined;
  readonly SourceIdentity?: string | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

interface QuestionToSts {
  /** The one that is asked for: not all of a request's keys go with each of its actions. */
  readonly action: StsActionName;
  readonly caller: Caller;
  readonly facts: RequestFacts;
  readonly partition: string;
  /** The account of the role; of the caller if there is no role. */
  readonly owner: Account;
  readonly role?: Role | undefined;
  readonly parameters?: AskedParameters;
  readonly tags?: readonly Tag[];
  readonly mfa?: boolean;
  /** The keys of an identity provider, in lower case. */
  readonly claims?: ReadonlyMap<string, readonly string[]>;
}

/**
 * The values that the condition keys have for an action of a request to STS (F715). A key that does not go with the action is absent, whatever the
 * request has (F1534). Those that a test gives the caller win.
 */
export function makeStsConditions(request: QuestionToSts, store: Store): ConditionKeyValues {
  const { action, caller, partition, owner, claims } = request;
  const ofRequest: ConditionKeyValues = (key) => {
    const set = findSetValues(key, caller, store);
    if (set !== undefined || !goesWithSts(key, action)) return set;
    return claims?.get(key) ?? readKey(key, request);
  };
  return makeConditions({ caller, partition, owner, clock: store.clock }, ofRequest);
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
