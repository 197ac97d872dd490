import type { Account, Caller } from '../identity/account';
import { arnOfCaller, arnOfIdentity, isRoot } from '../identity/caller';
import type { ActionName } from './actions';
import { holds } from './condition-tests';
import type { ConditionValues } from './condition-values';
import type { Condition } from './conditions';
import { type Holder, isSameAccount } from './grants';
import type { Principal } from './principals';
import type { PolicyDocument, PolicyStatement } from './statement';
import { matchesWithVariables } from './variables';
import { matchesPattern } from './wildcards';

/** A caller, and the things that it asks for. */
export interface Question {
  readonly caller: Caller;
  readonly action: ActionName;
  /** The ARN of the bucket or the object; `*` for an action that is about neither. */
  readonly resource: string;
  readonly partition: string;
  /** The account that owns the bucket; for an action that needs no bucket, the caller's. */
  readonly owner: Holder | undefined;
  readonly conditions: ConditionValues;
}

/** The part of a statement that does not fit a question. */
export type Mismatch = 'action' | 'principal' | 'resource' | Condition;

/** The first part of a statement that does not fit a question; undefined if the statement is about it. */
export function mismatchOf(
  statement: PolicyStatement,
  question: Question,
  version: PolicyDocument['version'],
): Mismatch | undefined {
  if (!statement.covered.has(question.action)) return 'action';
  if (statement.principals !== undefined && !isAboutCaller(statement, question)) return 'principal';
  if (!isAboutResource(statement, question, version)) return 'resource';
  return statement.conditions.find((condition) => !holds(condition, question.conditions, version));
}

function isAboutCaller({ effect, principals }: PolicyStatement, question: Question): boolean {
  if (principals === undefined) return true;
  const { inverted, of } = principals;
  const names = namesOf(question, effect === 'Deny');
  if (!inverted) return of.some((principal) => names.some((name) => isNamed(principal, name)));
  // A caller is spared if all that it is called by is listed (F472).
  return !names.every((name) => of.some((one) => isNamed(one, name)));
}

/** Whether a statement of a bucket policy means a session itself, by its own ARN or with everyone, and not only the role or user behind it (F477). */
export function isAboutSession({ principals }: PolicyStatement, { caller, partition }: Question): boolean {
  const { account, session } = caller;
  if (account === undefined || session === undefined || principals === undefined) return false;
  const arn = arnOfCaller(account, caller, partition);
  return principals.of.some((one) => one.kind === 'everyone' || (one.kind === 'session' && one.arn === arn));
}

/** A name of a caller: its account, or the ARN of a user, a role or a session. */
type Name = Account | string | undefined;

/**
 * The names by which a statement may mean a caller. A Deny of an account hits its users, too. So does an Allow to another account, which
 * still has to allow it to them; to the owner's own account it gives its users nothing that their policies do not (F471).
 */
function namesOf({ caller, partition, owner }: Question, isDeny: boolean): readonly Name[] {
  const { account } = caller;
  if (account === undefined) return [undefined];
  if (isRoot(caller)) return [account];
  const own = [...new Set([arnOfIdentity(account, caller, partition), arnOfCaller(account, caller, partition)])];
  const isMeant = isDeny || owner === undefined || !isSameAccount(owner, account);
  return isMeant ? [account, ...own] : own;
}

function isNamed(principal: Principal, name: Name): boolean {
  switch (principal.kind) {
    case 'everyone':
      return true;
    case 'account':
      return typeof name === 'object' && principal.account === name.id;
    case 'canonical user':
      return typeof name === 'object' && principal.id === name.canonicalId;
    case 'user':
    case 'role':
    case 'session':
      return principal.arn === name;
    default:
      return false;
  }
}

function isAboutResource(
  { resources: { inverted, of } }: PolicyStatement,
  { resource, conditions }: Question,
  version: PolicyDocument['version'],
): boolean {
  // Policies of 2008 have no variables: `${` is text like any other (F479).
  const matches = (arn: string) =>
    version === '2012-10-17' ? matchesWithVariables(arn, resource, conditions) : matchesPattern(arn, resource);
  return of.some(({ arn }) => matches(arn)) !== inverted;
}
