import { S3Error } from '../../refusals/s3-error';
import { call } from '../../text/calls';
import { clause, joinSentences, type Said, say } from '../../text/reason';
import type { Decision } from '../access/decision';
import { describeDecision } from '../access/decision-text';
import type { StsActionName } from '../access/sts-actions';
import type { Account, Caller, Role } from '../identity/account';
import { describeCaller, writeCallerArn } from '../identity/caller';
import { refusalForKey } from '../identity/session';
import type { Store } from '../store';

export interface StsCaller extends Caller {
  readonly account: Account;
  /** Whether its keys belong to nobody and the test named no caller. On AWS a root user cannot assume roles; such keys can. */
  readonly isNobody: boolean;
}

/** Returns undefined for the key of an account that a reset removed. */
export function findStsCaller(store: Store, accessKeyId: string, acting = store.acting): StsCaller | undefined {
  const caller = store.findCaller(accessKeyId, acting);
  if (caller === undefined) return undefined;
  const { account } = caller;
  if (account === undefined) return undefined;
  // The acting caller by default has no keys.
  const isNamed = acting.accessKeyId !== undefined;
  const isGiven = store.accounts.some((one) => one.findCaller(accessKeyId) !== undefined);
  return { ...caller, account, isNobody: !isGiven && !isNamed };
}

export function whyNoCaller(accessKeyId: string): string {
  return `the account, the user or the session of ${accessKeyId} was removed when the mock was reset`;
}

export function refusalOfSession(
  store: Store,
  caller: Caller,
  sent?: { readonly accessKeyId: string; readonly sessionToken?: string | undefined },
): S3Error | undefined {
  const { session } = caller;
  if (session === undefined) return undefined;
  const { accessKeyId, sessionToken } = session.credentials;
  if (accessKeyId === sent?.accessKeyId) return store.refusalOfToken(session, sent.sessionToken);
  // The session is that of the acting caller, whose keys nobody sends.
  return store.findSession(accessKeyId) === session
    ? store.refusalOfToken(session, sessionToken)
    : refusalForKey(accessKeyId, `${describeCaller(caller)} was removed when the mock was reset`);
}

/** STS has one text for many reasons (F703). `isOfCaller` says whether another caller could be allowed, if this one is nobody. */
export function refusalForCaller(
  caller: StsCaller,
  asked: { readonly action: StsActionName; readonly resource: string; readonly partition: string },
  why: Said,
  isOfCaller = caller.isNobody,
): S3Error {
  const { action, resource, partition } = asked;
  const details = { caller: writeCallerArn(caller.account, caller, partition), action, resource };
  return new S3Error('StsNotAuthorized', details, isOfCaller ? joinSentences(why, whoseKeys(caller)) : why);
}

export function whyDenied(decision: Decision, caller: StsCaller, { accounts }: Store, role?: Role): string {
  return `${describeDecision(decision, caller, accounts)}${withoutTrust(decision, role)}${furtherAction(decision)}`;
}

function withoutTrust({ by }: Decision, role: Role | undefined): string {
  if (role === undefined || role.trust !== undefined || by.kind !== 'nothing' || by.missing !== 'trust') return '';
  return `; role ${role.name} has no trust policy, so it trusts its own account alone`;
}

/** Trust policies rarely name the actions that tags and source identities need. */
function furtherAction({ action, by }: Decision): string {
  if (by.kind !== 'nothing' || by.near !== undefined) return '';
  if (action === 'sts:TagSession')
    return '; a request with Tags, or from a session with transitive tags, needs it in addition to sts:AssumeRole';
  return action === 'sts:SetSourceIdentity'
    ? '; a request with a source identity needs it in addition to sts:AssumeRole'
    : '';
}

export const orActAs = clause`, or make a user the caller: ${call('s3.actAs(user)', { user: 'NAME' })}`;

export function whoseKeys({ account, accessKeyId }: StsCaller): Said {
  return say`the key ${accessKeyId} belongs to nobody, so it stands for the root user of account ${account.id}; give the code the keys of a user${orActAs}`;
}
