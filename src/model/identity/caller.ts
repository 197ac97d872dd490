import type { UserPolicy } from '../access/user-policy';
import type { Account, Caller, Identity } from './account';
import { describeAccount } from './account-text';
import { writeFullName } from './iam-name';
import { defaultSessionName } from './session';

export const anonymous: Caller = Object.freeze({ account: undefined, user: undefined, accessKeyId: undefined });

export function makeRootCaller(account: Account): Caller {
  return { account, user: undefined, accessKeyId: undefined };
}

/** Finds the account of a store that stands for an account of another store. */
export type AccountOf = (account: Account) => Account;

/** The caller in another store. */
export function moveCaller(caller: Caller, accountOf: AccountOf): Caller {
  return caller.account === undefined ? caller : { ...caller, account: accountOf(caller.account) };
}

export function describeCaller({ account, user, role, session, service }: Caller): string {
  if (service !== undefined) return `service ${service}`;
  if (!account) return 'an anonymous caller';
  if (session?.federated !== undefined) return `federated user ${session.federated} of ${describeAccount(account)}`;
  if (role !== undefined) {
    const ofAccount = `role ${role} of ${describeAccount(account)}`;
    if (session === undefined) return ofAccount;
    // The name that a session has by default says nothing.
    return session.name === undefined || session.name === defaultSessionName
      ? `a session of ${ofAccount}`
      : `session ${session.name} of ${ofAccount}`;
  }
  const who = user === undefined ? describeAccount(account) : `user ${user} of ${describeAccount(account)}`;
  return session === undefined ? who : `a session of ${who}`;
}

export function isRoot({ account, user, role, session }: Caller): boolean {
  return account !== undefined && user === undefined && role === undefined && session?.federated === undefined;
}

export function writeCallerArn(account: Account, { user, role, session }: Caller, partition: string): string {
  if (session?.federated !== undefined)
    return `arn:${partition}:sts::${account.id}:federated-user/${session.federated}`;
  if (role !== undefined && session !== undefined)
    return `arn:${partition}:sts::${account.id}:assumed-role/${role}/${session.name}`;
  return writeIdentityArn(account, { user, role }, partition);
}

/** `aws:PrincipalArn`: it has the path, which the ARN of a session lacks (F664). */
export function writeIdentityArn(account: Account, who: Pick<Caller, 'user' | 'role'>, partition: string): string {
  const { user, role } = who;
  const identity = findIdentity({ account, ...who });
  const name = identity ? writeFullName(identity) : (role ?? user);
  if (name === undefined) return `arn:${partition}:iam::${account.id}:root`;
  return `arn:${partition}:iam::${account.id}:${role === undefined ? 'user' : 'role'}/${name}`;
}

export function findIdentity({ account, user, role }: Pick<Caller, 'account' | 'user' | 'role'>): Identity | undefined {
  if (role !== undefined) return account?.findRole(role);
  return user === undefined ? undefined : account?.findUser(user);
}

/** Returns undefined if no policy limits the caller, so that it can do everything that its account can. */
export function findPolicies(caller: Caller): readonly UserPolicy[] | undefined {
  const { policy, managedPolicies } = findIdentity(caller) ?? {};
  return policy === undefined ? managedPolicies : [policy, ...(managedPolicies ?? [])];
}

/** Returns undefined if no permissions boundary limits the policies of the caller. */
export function findBoundary(caller: Caller): UserPolicy | undefined {
  return findIdentity(caller)?.permissionsBoundary;
}

export function findRevocationPolicy({ account, role }: Caller): UserPolicy | undefined {
  return role === undefined ? undefined : account?.findRole(role)?.revocation?.policy;
}
