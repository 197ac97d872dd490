import type { Principal } from '../../model/access/principals';
import { makeDocument, type PolicyStatement } from '../../model/access/statement';
import type { TrustPolicy } from '../../model/access/trust-policy';
import type { Account, Role } from '../../model/identity/account';
import { writeIdentityArn } from '../../model/identity/caller';
import { findRoleByArn } from '../../model/sessions/roles';
import { memberOf } from '../../text/value-kinds';
import { writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';

/** A trust policy names others, and not the user or the role that asks for a session. */
export const tryTrustedCaller: Hint = {
  tries: 'a statement of a trust policy that also names the caller',
  of: 'refused requests',
  changes: (asked) => {
    const arn = memberOf(asked.entry.input, 'RoleArn');
    if (asked.entry.error?.code !== 'AccessDenied') return [];
    const place = typeof arn === 'string' ? findRoleByArn(asked.store, arn, partitionIn(arn)) : undefined;
    const caller = typeof arn === 'string' ? findPrincipal(asked, partitionIn(arn)) : undefined;
    const trust = place?.role.trust;
    if (place === undefined || trust === undefined || caller === undefined) return [];
    const isOfDefault = place.account === asked.store.defaultAccount;
    return trust.document.statements.map((statement) => change({ ...place, trust, statement, caller, isOfDefault }));
  },
};

function partitionIn(arn: string): string {
  return arn.split(':')[1] ?? '';
}

type NamedPrincipal = Extract<Principal, { readonly arn: string }>;

function findPrincipal({ entry: { caller }, store }: Asked, partition: string): NamedPrincipal | undefined {
  if (caller === 'anonymous') return undefined;
  const account = store.accounts.find(({ id }) => id === caller.account);
  const { user, role } = caller;
  if (account === undefined) return undefined;
  const arn = writeIdentityArn(account, { user, role }, partition);
  return { kind: role === undefined ? 'user' : 'role', account: account.id, arn };
}

interface Trusting {
  readonly account: Account;
  readonly role: Role;
  readonly trust: TrustPolicy;
  readonly statement: PolicyStatement;
  readonly caller: NamedPrincipal;
  /** Whether the role is one of the account that `s3.account` is. */
  readonly isOfDefault: boolean;
}

function change({ account, role, trust, statement, caller, isOfDefault }: Trusting): Change {
  const { principals = { inverted: false, of: [] } } = statement;
  const changed = { ...statement, principals: { ...principals, of: [...principals.of, caller] } };
  const { version, id, statements } = trust.document;
  const document = makeDocument({
    ...{ version, id },
    statements: statements.map((one) => (one === statement ? changed : one)),
  });
  return {
    wire: {},
    options: {
      verifySignatures: 'as the mock',
      arrange: (copy) =>
        copy.accounts.find((one) => one.id === account.id)?.changeRole(role.name, { trust: { ...trust, document } }),
    },
    says: () =>
      `it would have been answered if statement ${statement.sid ?? statement.number} of the trust policy of role ${role.name} also named the caller: add AWS: ${writeValue(caller.arn)} to its Principal.${isOfDefault ? writeSessionOfService(statement, role) : ''}`,
  };
}

/** A service of AWS begins its sessions by itself, and no code asks for them. */
function writeSessionOfService({ principals }: PolicyStatement, { name }: Role): string {
  const [principal, ...others] = principals?.of ?? [];
  return principal?.kind === 'service' && others.length === 0
    ? ` For the session that ${principal.name} gives the code, leave AssumeRole out and use s3.account.role(${writeValue(name)}).session().credentials.`
    : '';
}
