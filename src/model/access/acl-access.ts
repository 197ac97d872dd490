import type { ServiceConfigurations } from '../configurations/services';
import type { Caller } from '../identity/account';
import type { ActionName } from './actions';
import {
  type AccountIds,
  type Acl,
  accountIdsOf,
  type Grant,
  type Grantee,
  groups,
  isGroup,
  isSameAccount,
  type Permission,
} from './grants';

const ofBucket: ReadonlyMap<string, Permission> = new Map<ActionName, Permission>([
  ['s3:ListBucket', 'READ'],
  ['s3:ListBucketVersions', 'READ'],
  ['s3:ListBucketMultipartUploads', 'READ'],
  ['s3:PutObject', 'WRITE'],
  ['s3:DeleteObject', 'WRITE'],
  ['s3:DeleteObjectVersion', 'WRITE'],
  ['s3:GetBucketAcl', 'READ_ACP'],
  ['s3:PutBucketAcl', 'WRITE_ACP'],
]);

const ofObject: ReadonlyMap<string, Permission> = new Map<ActionName, Permission>([
  ['s3:GetObject', 'READ'],
  ['s3:GetObjectVersion', 'READ'],
  ['s3:GetObjectAcl', 'READ_ACP'],
  ['s3:GetObjectVersionAcl', 'READ_ACP'],
  ['s3:PutObjectAcl', 'WRITE_ACP'],
  ['s3:PutObjectVersionAcl', 'WRITE_ACP'],
]);

export interface CountingAcls {
  readonly bucket: Acl;
  readonly object: Acl | undefined;
  /** The owner of the version that a write would cover or remove, if that is another account. */
  readonly ownerOfVersion: AccountIds | undefined;
}

export interface AccessGrant {
  readonly kind: 'grant';
  readonly grant: Grant;
  readonly of: 'bucket' | 'object';
}

export function isUpToObjectOwner(action: ActionName): boolean {
  return ofObject.has(action);
}

/** IBM COS knows public objects, and no other rights (F541). */
export function withCountingGrants(
  acl: Acl,
  of: 'bucket' | 'object',
  countingGrants: ServiceConfigurations['countingGrants'],
): Acl {
  if (countingGrants === 'all') return acl;
  return { ...acl, grants: of === 'bucket' ? [] : acl.grants.filter(isPublicRead) };
}

function isPublicRead({ grantee, permission }: Grant): boolean {
  return permission === 'READ' && isGroup(grantee) && grantee.uri === groups.allUsers.uri;
}

export function findAccessGrant(caller: Caller, action: ActionName, acls: CountingAcls): AccessGrant | undefined {
  const onObject = ofObject.get(action);
  if (onObject === undefined) return grantOnBucket(caller, action, acls);
  if (acls.object !== undefined) return named('object', findGrant(acls.object, caller, onObject));
  // A caller who may list a bucket learns that a key has no object, and one who may write a new object may give it an ACL (F503).
  return named('bucket', findGrant(acls.bucket, caller, onObject === 'WRITE_ACP' ? 'WRITE' : 'READ'));
}

function grantOnBucket(
  caller: Caller,
  action: ActionName,
  { bucket, ownerOfVersion }: CountingAcls,
): AccessGrant | undefined {
  const needed = ofBucket.get(action);
  if (needed === undefined) return undefined;
  // A caller who may write to a bucket may not touch the objects of others (F500).
  const isAnothers = ownerOfVersion !== undefined && !isSameAccount(ownerOfVersion, accountIdsOf(caller));
  return needed === 'WRITE' && isAnothers ? undefined : named('bucket', findGrant(bucket, caller, needed));
}

function named(of: AccessGrant['of'], grant: Grant | undefined): AccessGrant | undefined {
  return grant && { kind: 'grant', grant, of };
}

/** A grant to a group comes first: one to an account leaves it to the account which of its users have the right (F506). */
function findGrant({ grants }: Acl, caller: Caller, needed: Permission): Grant | undefined {
  const given = grants.filter(
    ({ permission, grantee }) => (permission === needed || permission === 'FULL_CONTROL') && isGrantee(grantee, caller),
  );
  return given.find(({ grantee }) => isGroup(grantee)) ?? given[0];
}

/** The service that delivers logs sends no requests, so no caller is in its group. */
function isGrantee(grantee: Grantee, caller: Caller): boolean {
  if (!isGroup(grantee)) return isSameAccount(grantee, accountIdsOf(caller));
  if (grantee.uri === groups.allUsers.uri) return true;
  return grantee.uri === groups.authenticatedUsers.uri && caller.account !== undefined;
}
