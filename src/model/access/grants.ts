import type { Account } from '../identity/account';

/** A right that a grant gives. */
export type Permission = (typeof permissions)[number];

export const permissions = ['FULL_CONTROL', 'WRITE', 'WRITE_ACP', 'READ', 'READ_ACP'] as const;

interface Group {
  readonly uri: string;
}

export const groups = {
  allUsers: { uri: 'http://acs.amazonaws.com/groups/global/AllUsers' },
  authenticatedUsers: { uri: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' },
  logDelivery: { uri: 'http://acs.amazonaws.com/groups/s3/LogDelivery' },
} as const satisfies Readonly<Record<string, Group>>;

export type AccountIds = Pick<Account, 'id' | 'canonicalId'> & Partial<Pick<Account, 'serviceInstance'>>;

/** EC2 reads images by `aws-exec-read`, CloudFront writes logs (F282), and callers without credentials own what they write (F502). */
export const awsAccounts = {
  exec: accountOfAws('6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c'),
  logs: accountOfAws('c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0'),
  anonymous: accountOfAws('65a011a29cdf8ec533ec3d1ccaae921c'),
  logsOfChina: accountOfAws('a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56'),
};

function accountOfAws(canonicalId: string): AccountIds {
  return { id: canonicalId, canonicalId };
}

export type Grantee = AccountIds | Group;

export interface Grant {
  readonly grantee: Grantee;
  readonly permission: Permission;
}

export interface Acl {
  readonly owner: AccountIds;
  readonly grants: readonly Grant[];
}

export const mostGrants = 100;

export function findGroup(address: string): Group | undefined {
  return Object.values(groups).find(({ uri }) => uri === address);
}

export function accountIdsOf({ account }: { readonly account: AccountIds | undefined }): AccountIds {
  return account ?? awsAccounts.anonymous;
}

export function isGroup(grantee: Grantee): grantee is Group {
  return 'uri' in grantee;
}

export function isSameAccount(a: AccountIds, b: AccountIds): boolean {
  return a.canonicalId === b.canonicalId;
}

export function makeOwnersGrants(owner: AccountIds): readonly Grant[] {
  return [{ grantee: owner, permission: 'FULL_CONTROL' }];
}

export function isPublic({ grantee }: Grant): boolean {
  return isGroup(grantee) && (grantee.uri === groups.allUsers.uri || grantee.uri === groups.authenticatedUsers.uri);
}

export function areSameGrants(some: readonly Grant[], others: readonly Grant[]): boolean {
  return some.length === others.length && some.every((grant, index) => isSameGrant(grant, others[index]));
}

function isSameGrant(a: Grant, b: Grant | undefined): boolean {
  return b !== undefined && a.permission === b.permission && isSameGrantee(a.grantee, b.grantee);
}

function isSameGrantee(a: Grantee, b: Grantee): boolean {
  if (isGroup(a)) return isGroup(b) && a.uri === b.uri;
  return !isGroup(b) && isSameAccount(a, b);
}
