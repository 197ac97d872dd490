import { createHash } from 'node:crypto';
import { awsAccounts } from '../access/grants';
import type { Account, Caller } from '../identity/account';
import { identityOf } from '../identity/caller';

/**
 * The id that Amazon's shop knows an account by: `A` and 13 figures and capitals. It follows from the account, so that it takes nothing from
 * the sequences of ids (F766).
 */
export function retailIdOf({ canonicalId }: Pick<Account, 'canonicalId'>): string {
  const digest = createHash('sha256').update(`retail id ${canonicalId}`).digest();
  // 36 to the power of 13 fits 68 bits, of which the digest has more.
  const digits = (digest.readBigUInt64BE(0) * 0x10000n + BigInt(digest.readUInt16BE(8))).toString(36).toUpperCase();
  return `A${digits.slice(-13)}`;
}

/** The caller of a request as records have it: `AWS:` and the unique id of a user or a role, or the retail id of a root user (F766). */
export function principalIdOf(caller: Caller): string {
  const { account, session, role } = caller;
  if (account === undefined) return retailIdOf(awsAccounts.anonymous);
  if (session?.federated !== undefined) return `AWS:${account.id}:${session.federated}`;
  const identity = identityOf(caller);
  if (identity === undefined) return retailIdOf(account);
  return role !== undefined && session !== undefined ? `AWS:${identity.id}:${session.name}` : `AWS:${identity.id}`;
}
