import type { Account, Caller } from '../identity/account';
import { isRoot, writeCallerArn, writeIdentityArn } from '../identity/caller';
import type { ConditionKeyValues } from './condition-key-values';
import { type AccountIds, isSameAccount } from './grants';
import type { PolicyCondition } from './policy-conditions';
import type { Principal } from './principals';
import type { PolicyStatement } from './statement';
import type { AskedAction } from './sts-actions';

export interface AccessQuestion {
  readonly caller: Caller;
  readonly action: AskedAction;
  readonly resource: string;
  readonly partition: string;
  readonly owner: AccountIds | undefined;
  readonly conditions: ConditionKeyValues;
  readonly providers?: ReadonlySet<string>;
}

export type Mismatch = 'action' | 'principal' | 'resource' | PolicyCondition;

export function findMismatches(statement: PolicyStatement, question: AccessQuestion): readonly Mismatch[] {
  return [
    ...(statement.covered.has(question.action) ? [] : ['action' as const]),
    ...(isAboutCaller(statement, question) ? [] : ['principal' as const]),
    ...(isAboutResource(statement, question) ? [] : ['resource' as const]),
    ...statement.conditions.filter(({ holds }) => !holds(question.conditions)),
  ];
}

export function findMismatchBesideAction(
  statement: PolicyStatement,
  question: AccessQuestion,
): Exclude<Mismatch, 'action'> | undefined {
  if (!isAboutCaller(statement, question)) return 'principal';
  if (!isAboutResource(statement, question)) return 'resource';
  return statement.conditions.find(({ holds }) => !holds(question.conditions));
}

function isAboutCaller({ effect, principals }: PolicyStatement, question: AccessQuestion): boolean {
  if (principals === undefined) return true;
  const { inverted, of } = principals;
  return inverted ? !isSpared(of, question) : of.some((principal) => isMeant(principal, effect, question));
}

/** A Deny of an account also hits its users, and so does an Allow to another account. An Allow to the owner's own gives them nothing (F471). */
function isMeant(principal: Principal, effect: PolicyStatement['effect'], question: AccessQuestion): boolean {
  // An Allow to everyone lets no bearer of a token in (F1011).
  if (principal.kind === 'everyone') return effect === 'Deny' || question.providers === undefined;
  if (principal.kind === 'federated') return question.providers?.has(principal.name) === true;
  const { caller, partition } = question;
  const { account } = caller;
  if (principal.kind === 'service') return caller.service === principal.name;
  if (account === undefined) return false;
  if (isAccount(principal, account)) return effect === 'Deny' || isRoot(caller) || !isOfOwner(question);
  // Names are made for principals of the caller's account alone, since a policy may have many.
  return (
    'arn' in principal && principal.account === account.id && arnsOf(account, caller, partition).has(principal.arn)
  );
}

export function isOfOwner({ caller: { account }, owner }: AccessQuestion): boolean {
  return account !== undefined && owner !== undefined && isSameAccount(account, owner);
}

/** NotPrincipal has to name the account, the user or the role, and the session (F472). */
function isSpared(principals: readonly Principal[], { caller, partition }: AccessQuestion): boolean {
  if (principals.some(({ kind }) => kind === 'everyone')) return true;
  const { account } = caller;
  return account !== undefined && findUnnamed(principals, account, caller, partition).length === 0;
}

function findUnnamed(
  principals: readonly Principal[],
  account: Account,
  caller: Caller,
  partition: string,
): readonly string[] {
  const named = new Set(principals.flatMap((one) => ('arn' in one ? [one.arn] : [])));
  const hasAccount = principals.some((one) => isAccount(one, account));
  return [
    ...(hasAccount ? [] : [`arn:${partition}:iam::${account.id}:root`]),
    ...[...arnsOf(account, caller, partition)].filter((arn) => !named.has(arn)),
  ];
}

export function findUnnamedInNotPrincipal(
  { principals }: PolicyStatement,
  { caller, partition }: AccessQuestion,
): readonly string[] {
  const { account } = caller;
  if (principals === undefined || !principals.inverted || account === undefined) return [];
  const unnamed = findUnnamed(principals.of, account, caller, partition);
  return unnamed.length > arnsOf(account, caller, partition).size ? [] : unnamed;
}

function isAccount(principal: Principal, { id, canonicalId }: Account): boolean {
  if (principal.kind === 'account') return principal.account === id;
  return principal.kind === 'canonical user' && principal.id === canonicalId;
}

function arnsOf(account: Account, caller: Caller, partition: string): ReadonlySet<string> {
  if (isRoot(caller)) return new Set();
  return new Set([writeIdentityArn(account, caller, partition), writeCallerArn(account, caller, partition)]);
}

/** Whether a statement is about the session by its own ARN or with everyone, and not only by its role or user (F477). */
export function isAboutSession({ principals }: PolicyStatement, { caller, partition }: AccessQuestion): boolean {
  const { account, session } = caller;
  if (account === undefined || session === undefined || principals === undefined) return false;
  const arn = writeCallerArn(account, caller, partition);
  return principals.of.some((one) => one.kind === 'everyone' || (one.kind === 'session' && one.arn === arn));
}

function isAboutResource({ resources: { inverted, of } }: PolicyStatement, question: AccessQuestion): boolean {
  const asked = resourceAsked(question);
  const { conditions } = question;
  // This loop allocates nothing, since each request compares its resource with many patterns.
  for (const { matches } of of) if (matches(asked, conditions)) return !inverted;
  return inverted;
}

/** The list of all buckets is about the ARN of all, which no message names (F530). */
function resourceAsked({ action, resource, partition }: AccessQuestion): string {
  return action === 's3:ListAllMyBuckets' ? `arn:${partition}:s3:::*` : resource;
}
