import {
  type AccountIds,
  areSameGrants,
  awsAccounts,
  type Grant,
  type Grantee,
  groups,
  isSameAccount,
  makeOwnersGrants,
  type Permission,
} from './grants';

interface Parties {
  readonly owner: AccountIds;
  readonly bucketOwner: AccountIds;
}

type MoreGrants = (parties: Parties) => readonly Grant[];

const grant = (grantee: Grantee, permission: Permission): Grant => ({ grantee, permission });

/** The grants of canned ACLs, in addition to the owner's own grants (F280). */
const ofBoth = {
  private: () => [],
  'public-read': () => [grant(groups.allUsers, 'READ')],
  'public-read-write': () => [grant(groups.allUsers, 'READ'), grant(groups.allUsers, 'WRITE')],
  'authenticated-read': () => [grant(groups.authenticatedUsers, 'READ')],
  'aws-exec-read': () => [grant(awsAccounts.exec, 'READ')],
  // The documentation names it for buckets, and S3 accepts it for objects too.
  'log-delivery-write': () => [grant(groups.logDelivery, 'WRITE'), grant(groups.logDelivery, 'READ_ACP')],
} as const satisfies Readonly<Record<string, MoreGrants>>;

const ofObjects = {
  ...ofBoth,
  'bucket-owner-read': (parties) => toBucketOwner(parties, 'READ'),
  'bucket-owner-full-control': (parties) => toBucketOwner(parties, 'FULL_CONTROL'),
} as const satisfies Readonly<Record<string, MoreGrants>>;

const ofBuckets = {
  ...ofBoth,
  // S3 ignores the words about an object's bucket.
  'bucket-owner-read': () => [],
  'bucket-owner-full-control': () => [],
} as const satisfies Readonly<Record<string, MoreGrants>>;

function toBucketOwner({ owner, bucketOwner }: Parties, permission: Permission): readonly Grant[] {
  return isSameAccount(owner, bucketOwner) ? [] : [grant(bucketOwner, permission)];
}

/** A canned ACL of an object. */
export type ObjectAclWord = keyof typeof ofObjects;

/** A canned ACL of a bucket. */
export type BucketAclWord = keyof typeof ofBuckets;

export const objectAclWords = Object.keys(ofObjects) as readonly ObjectAclWord[]; // its own keys

export const bucketAclWords = Object.keys(ofBuckets) as readonly BucketAclWord[]; // its own keys

export function makeObjectGrants(word: ObjectAclWord, parties: Parties): readonly Grant[] {
  return [...makeOwnersGrants(parties.owner), ...ofObjects[word](parties)];
}

export function makeBucketGrants(word: BucketAclWord, owner: AccountIds): readonly Grant[] {
  return [...makeOwnersGrants(owner), ...ofBuckets[word]()];
}

export function findObjectAclWord(grants: readonly Grant[], parties: Parties): ObjectAclWord | undefined {
  return objectAclWords.find((word) => areSameGrants(makeObjectGrants(word, parties), grants));
}

export function findBucketAclWord(grants: readonly Grant[], owner: AccountIds): BucketAclWord | undefined {
  return bucketAclWords.find((word) => areSameGrants(makeBucketGrants(word, owner), grants));
}
