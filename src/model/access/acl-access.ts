import type { Caller } from '../identity/account';
import type { ActionName } from './actions';
import { type Acl, type Grant, groups, isGroup, isSameAccount, type Permission } from './grants';

/** The actions that a right on a bucket gives (F500). */
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

/** The actions that a right on an object gives (F500). */
const ofObject: ReadonlyMap<string, Permission> = new Map<ActionName, Permission>([
  ['s3:GetObject', 'READ'],
  ['s3:GetObjectVersion', 'READ'],
  ['s3:GetObjectAcl', 'READ_ACP'],
  ['s3:GetObjectVersionAcl', 'READ_ACP'],
  ['s3:PutObjectAcl', 'WRITE_ACP'],
  ['s3:PutObjectVersionAcl', 'WRITE_ACP'],
]);

/** The ACLs that count for a request. */
export interface CountingAcls {
  readonly bucket: Acl;
  /** That of the version that the request is about, if there is one. */
  readonly object: Acl | undefined;
}

/** The grant of an ACL that lets a caller carry out an action. */
export function grantFor(
  caller: Caller,
  action: ActionName,
  { bucket, object }: CountingAcls,
): { readonly kind: 'grant'; readonly grant: Grant; readonly of: 'bucket' | 'object' } | undefined {
  const [onBucket, onObject] = [ofBucket.get(action), ofObject.get(action)];
  if (onObject !== undefined) return object && named('object', findGrant(object, caller, onObject));
  if (onBucket === undefined) return undefined;
  // Who may write to a bucket may not touch the objects of others (F500).
  if (onBucket === 'WRITE' && object !== undefined && !isOwner(object, caller)) return undefined;
  return named('bucket', findGrant(bucket, caller, onBucket));
}

function isOwner({ owner }: Acl, { account }: Caller): boolean {
  return account !== undefined && isSameAccount(owner, account);
}

function named<Of extends 'bucket' | 'object'>(of: Of, grant: Grant | undefined) {
  return grant && ({ kind: 'grant', grant, of } as const);
}

function findGrant({ grants }: Acl, { account }: Caller, permission: Permission): Grant | undefined {
  const fitting = grants.filter((grant) => {
    if (grant.permission !== permission && grant.permission !== 'FULL_CONTROL') return false;
    const { grantee } = grant;
    if (!isGroup(grantee)) return account !== undefined && isSameAccount(grantee, account);
    return (
      grantee.uri === groups.allUsers.uri || (grantee.uri === groups.authenticatedUsers.uri && account !== undefined)
    );
  });
  // A group includes users whom a grant to their account gives nothing.
  return fitting.find(({ grantee }) => isGroup(grantee)) ?? fitting[0];
}
