import { readUserPolicy, type UserPolicy } from '../access/user-policy';

/** The policy that denies everything to the older sessions of a role (F1500). */
export interface Revocation {
  /** Milliseconds since 1970: sessions that began earlier are revoked. */
  readonly before: number;
  readonly policy: UserPolicy;
}

/** The name that IAM's console gives the policy. */
export const revocationPolicyName = 'AWSRevokeOlderSessions';

/**
 * A clock can stand still. So sessions that began at the present moment count as older, and later sessions begin a millisecond after it.
 */
export function makeRevocation(issued: readonly number[], now: number): Revocation {
  const before = issued.reduce((latest, moment) => Math.max(latest, moment + 1), now);
  const Condition = { DateLessThan: { 'aws:TokenIssueTime': new Date(before).toISOString() } };
  const Statement = [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition }];
  return { before, policy: readUserPolicy(JSON.stringify({ Version: '2012-10-17', Statement })) };
}

export function issueTimeIn(role: { readonly revocation?: Revocation | undefined } | undefined, now: number): number {
  return Math.max(now, role?.revocation?.before ?? now);
}
