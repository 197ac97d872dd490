import { S3Error } from '../../refusals/s3-error';
import { call } from '../../text/calls';
import { clause, say } from '../../text/reason';
import type { AccessPoint } from '../access-points';
import type { Bucket } from '../bucket';
import type { ServiceConfigurations } from '../configurations/services';
import type { Version } from '../versions/version';
import { makeObjectGrants, type ObjectAclWord } from './canned-acl';
import {
  type AccountIds,
  type Acl,
  areSameGrants,
  type Grant,
  isPublic,
  isSameAccount,
  makeOwnersGrants,
} from './grants';
import { findBlocker } from './public-access';

export interface AskedAcl<Word extends string> {
  readonly word: Word | undefined;
  readonly grants: readonly Grant[] | undefined;
}

export function aclOfBucket({ owner, settings }: Bucket): Acl {
  return { owner, grants: settings.acl ?? makeOwnersGrants(owner) };
}

export function aclOfVersion({ owner }: Bucket, { acl }: Pick<Version, 'acl'>): Acl {
  return acl ?? { owner, grants: makeOwnersGrants(owner) };
}

export function makeStoredAcl(acl: Acl, bucketOwner: AccountIds): Acl | undefined {
  const isPlain = isSameAccount(acl.owner, bucketOwner) && areSameGrants(acl.grants, makeOwnersGrants(bucketOwner));
  return isPlain ? undefined : acl;
}

/** If the bucket's owner owns all objects, no ACL counts. The stored ACLs count again if that ends (F284). */
export function effectiveAcl(acl: Acl, bucket: Bucket, rules: AclRules): Acl {
  const { owner } = bucket;
  if (rules.ownership === 'BucketOwnerEnforced') return { owner, grants: makeOwnersGrants(owner) };
  return rules.ignoresPublicAcls ? { ...acl, grants: acl.grants.filter((grant) => !isPublic(grant)) } : acl;
}

export function ownerOfObject(
  bucket: Bucket,
  version: Pick<Version, 'acl'>,
  service: ServiceConfigurations,
): AccountIds {
  // This is a shortcut: most versions have no ACL of their own, and a listing asks for each version.
  if (version.acl === undefined) return bucket.owner;
  return effectiveAcl(version.acl, bucket, makeAclRules(bucket, service)).owner;
}

interface Writing {
  readonly writer: AccountIds;
  readonly bucketOwner: AccountIds;
}

/** Throws if the bucket has no ACLs (F59, F281). */
export function makeObjectAcl(asked: AskedAcl<ObjectAclWord>, parties: Writing, rules: AclRules): Acl | undefined {
  const { word, grants } = asked;
  const { writer, bucketOwner } = parties;
  const { ownership } = rules;
  if (ownership === 'BucketOwnerEnforced') {
    checkLeftToOwner(asked, parties);
    return undefined;
  }
  const isHandedOver = ownership === 'BucketOwnerPreferred' && word === 'bucket-owner-full-control';
  const owner = isHandedOver ? bucketOwner : writer;
  return makeStoredAcl(
    { owner, grants: grants ?? makeObjectGrants(word ?? 'private', { owner, bucketOwner }) },
    bucketOwner,
  );
}

/** `private` leaves an object to the bucket's owner only if the writer is of that account (F59). */
function checkLeftToOwner({ word, grants }: AskedAcl<ObjectAclWord>, { writer, bucketOwner }: Writing): void {
  if (word === undefined && grants === undefined) return;
  const parties = { owner: writer, bucketOwner };
  const asked = grants ?? makeObjectGrants(word ?? 'private', parties);
  const handedOver = makeObjectGrants('bucket-owner-full-control', parties);
  const accepted = [makeOwnersGrants(bucketOwner), handedOver, handedOver.toReversed()];
  if (accepted.some((one) => areSameGrants(one, asked))) return;
  throw refusalForAcl(
    grants === undefined ? `x-amz-acl is '${word}'` : 'the request grants access by x-amz-grant- headers',
  );
}

/** Makes the ACL of a delete marker, which grants nothing to anybody (F544). */
export function makeMarkerAcl({ writer, bucketOwner }: Writing, { ownership }: AclRules): Acl | undefined {
  if (ownership === 'BucketOwnerEnforced' || isSameAccount(writer, bucketOwner)) return undefined;
  return { owner: writer, grants: [] };
}

/** The cure for a bucket that code creates, which has no fixture. */
export const cureOfNew = clause`; ${call('mockS3(...)', { '...': { acls: 'allowed' } })} allows ACLs on new buckets, also public ACLs`;

export function refusalForAcl(asked: string): S3Error {
  const why = say`${asked}; the bucket accepts no ACLs, because its ownership is BucketOwnerEnforced; to allow them, give its fixture ownershipControls: 'ObjectWriter', and for public ACLs also publicAccessBlock: null${cureOfNew}`;
  return new S3Error('AclNotSupported', {}, why);
}

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export interface AclRules {
  readonly ownership: ObjectOwnership;
  readonly aclBlocker: string | undefined;
  readonly ignoresPublicAcls: boolean;
}

export function makeAclRules(bucket: Bucket, service: ServiceConfigurations, point?: AccessPoint): AclRules {
  return {
    ownership: ownershipOf(bucket, service),
    aclBlocker: findBlocker(bucket, 'BlockPublicAcls', service, point),
    ignoresPublicAcls: findBlocker(bucket, 'IgnorePublicAcls', service, point) !== undefined,
  };
}

/** If there are no ownership controls, if they were deleted, and on IBM COS, an object belongs to its writer. */
export function ownershipOf({ settings }: Bucket, { hasOwnershipControls }: ServiceConfigurations): ObjectOwnership {
  const { ownershipControls } = settings;
  if (!hasOwnershipControls || ownershipControls === null) return 'ObjectWriter';
  return ownershipControls?.Rules[0]?.ObjectOwnership ?? 'BucketOwnerEnforced';
}
