import type { Account } from '../identity/account';
import { describeAccount } from '../identity/account-text';
import type { NamedPolicy } from './decision';
import type { AccountIds } from './grants';
import type { Principal } from './principals';
import type { PolicyStatement } from './statement';

export type KnownAccount = Pick<Account, 'id' | 'canonicalId' | 'name'>;

/** Describes a statement by its Sid or its place: `statement KeepVersions of the bucket policy of vault`. */
export function describeStatement({
  statement: { sid, number },
  policy,
}: {
  statement: PolicyStatement;
  policy: NamedPolicy;
}): string {
  return `statement ${sid === undefined ? number : shortened(sid)} of ${policy.title}`;
}

export function describeHolder(holder: AccountIds, accounts: readonly KnownAccount[]): string {
  return describeAccount(accounts.find(({ canonicalId }) => canonicalId === holder.canonicalId) ?? holder);
}

export function describePrincipal(principal: Principal, accounts: readonly KnownAccount[]): string {
  switch (principal.kind) {
    case 'everyone':
      return 'everyone';
    case 'account':
      return describeAccount(accounts.find(({ id }) => id === principal.account) ?? { id: principal.account });
    case 'user':
    case 'role':
    case 'session':
      return shortened(principal.arn);
    case 'service':
    case 'federated':
      return shortened(principal.name);
    default: {
      const known = accounts.find(({ canonicalId }) => canonicalId === principal.id);
      const of = known === undefined ? '' : ` of ${describeAccount(known)}`;
      return `${principal.kind} ${shortened(principal.id)}${of}`;
    }
  }
}

const mostListed = 3;

/** `a, b and c`, `a, b, c and 2 more`. */
export function listed(texts: readonly string[]): string {
  const more = texts.length - mostListed;
  const shown = more > 0 ? [...texts.slice(0, mostListed), `${more} more`] : texts;
  const last = shown.at(-1) ?? 'nothing';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** The most characters of a text of a policy that a sentence has. */
const longest = 200;

export function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
