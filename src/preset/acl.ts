import { aclOfBucket, aclRulesOf, storedAcl } from '../model/access/acl';
import {
  type BucketAclWord,
  bucketAclWords,
  bucketGrants,
  findBucketAclWord,
  findObjectAclWord,
  type ObjectAclWord,
  objectAclWords,
  objectGrants,
} from '../model/access/canned-acl';
import {
  type AccountIds,
  type Acl,
  areSameGrants,
  type Grant,
  isSameAccount,
  ownersGrants,
} from '../model/access/grants';
import type { Bucket } from '../model/bucket';
import { serviceOf } from '../model/configurations/services';
import type { Store } from '../model/store';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { writeGiven } from '../text/values';
import { type AclDocument, documentOfAcl, readAccount, readGrants } from './acl-document';
import type { ConfigurationFixtures } from './configurations';

/** The ACL of a bucket: a canned one by name, or its grants as AWS's SDKs write them. */
export type BucketAclFixture = BucketAclWord | Pick<AclDocument, 'Grants'>;

/** The ACL of an object, and its owner if that is not the bucket's. */
export type ObjectAclFixture = ObjectAclWord | AclDocument;

/** The ACL of a bucket as a member that can be read and set. */
export interface AclMember {
  /**
   * Its ACL: the name of a canned one, `{ Grants }` for others, undefined if it is private. `ownershipControls` decides whether it counts.
   *
   * @example
   * expect(s3.bucket('site').acl).toBe('public-read');
   */
  get acl(): BucketAclFixture | undefined;
  set acl(fixture: BucketAclFixture | undefined);
}

/** The same on an object that stands for a bucket. */
export function aclAccessor<T>(
  place: (object: T) => { readonly store: Store; readonly bucket: Bucket },
): PropertyDescriptor & ThisType<T> {
  return {
    get(this: T) {
      return bucketAclLiteral(place(this).bucket);
    },
    set(this: T, fixture: BucketAclFixture | undefined) {
      const { store, bucket } = place(this);
      setBucketAcl(store, bucket, fixture);
    },
    configurable: true,
  };
}

/** Puts an ACL on a bucket. One that S3 does not store is a TypeError that says what to write instead. */
export function setBucketAcl(store: Store, bucket: Bucket, fixture: BucketAclFixture = 'private'): void {
  const at = `bucket '${bucket.name}'`;
  const grants =
    typeof fixture === 'string'
      ? bucketGrants(readWord(at, fixture, bucketAclWords), bucket.owner)
      : readDocument(at, store, fixture, ['Grants']).grants;
  const acl = { owner: bucket.owner, grants };
  if (isForbidden(acl, bucket))
    throw new TypeError(
      `${at}: acl ${writeGiven(fixture)} is not its owner's FULL_CONTROL alone, but its ownership is 'BucketOwnerEnforced', which S3 does not allow. Give ownershipControls 'ObjectWriter' or 'BucketOwnerPreferred' beside it.`,
    );
  bucket.change({ acl: storedAcl(acl, bucket.owner)?.grants });
}

/** Whether a bucket with this ownership may not have the ACL (F284). */
function isForbidden(acl: Acl, bucket: Bucket): boolean {
  return (
    !areSameGrants(acl.grants, ownersGrants(acl.owner)) &&
    aclRulesOf(bucket, serviceOf(bucket)).ownership === 'BucketOwnerEnforced'
  );
}

/** The context in which the ACL of a version is read. */
interface AclContext {
  readonly at: string;
  readonly store: Store;
  readonly bucketOwner: AccountIds;
}

/** Reads the ACL of a version, as the version keeps it. */
export function readObjectAcl(
  { at, store, bucketOwner }: AclContext,
  fixture: ObjectAclFixture | undefined,
): Acl | undefined {
  if (fixture === undefined) return undefined;
  if (typeof fixture === 'string') {
    const word = readWord(at, fixture, objectAclWords);
    return storedAcl(
      { owner: bucketOwner, grants: objectGrants(word, { owner: bucketOwner, bucketOwner }) },
      bucketOwner,
    );
  }
  const { owner = bucketOwner, grants } = readDocument(at, store, fixture, ['Owner', 'Grants']);
  return storedAcl({ owner, grants }, bucketOwner);
}

/** Reads the owner of a delete marker, as the marker keeps it. */
export function readMarkerOwner({ at, store, bucketOwner }: AclContext, id: string | undefined): Acl | undefined {
  const owner = id === undefined ? bucketOwner : readAccount(`${at}, owner`, store, id);
  return isSameAccount(owner, bucketOwner) ? undefined : { owner, grants: [] };
}

function readWord<Word extends string>(at: string, given: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === given);
  if (word !== undefined) return word;
  throw invalidValue(at, 'acl', given, `one of ${words.join(', ')}, or { Grants }`, words);
}

function readDocument(
  at: string,
  store: Store,
  fixture: AclDocument,
  names: readonly string[],
): { readonly owner: AccountIds | undefined; readonly grants: readonly Grant[] } {
  checkOptionNames(`${at}, acl`, fixture, names);
  const { Owner, Grants } = fixture;
  if (Owner !== undefined) checkOptionNames(`${at}, acl, Owner`, Owner, ['ID', 'DisplayName']);
  return {
    owner: Owner && readAccount(`${at}, acl, Owner`, store, Owner.ID),
    grants: readGrants(`${at}, acl`, store, Grants),
  };
}

/** The members of a fixture that make an ACL. */
interface AclLiterals extends Pick<ConfigurationFixtures, 'ownershipControls'> {
  readonly acl?: BucketAclFixture;
}

/** The ACL of a bucket as members of a fixture from which any mock makes it again. */
export function bucketAclLiterals(bucket: Bucket, store: Store): AclLiterals {
  const acl = bucketAclLiteral(bucket, store);
  if (acl === undefined) return {};
  // IBM COS, which has no ownership, lets a bucket have an ACL that AWS would not.
  return isForbidden(aclOfBucket(bucket), bucket) ? { ownershipControls: null, acl } : { acl };
}

/** The ACL of a bucket in the form of a fixture; undefined if it is private. With a store, accounts have their names. */
function bucketAclLiteral(bucket: Bucket, store?: Store): BucketAclFixture | undefined {
  if (bucket.settings.acl === undefined) return undefined;
  const { owner, grants } = aclOfBucket(bucket);
  const { Grants } = documentOfAcl({ owner, grants }, store);
  return findBucketAclWord(grants, owner) ?? Object.freeze({ Grants });
}

/** The ACL of a version in the form of a fixture; undefined if only the bucket's owner has access. */
export function objectAclLiteral(
  { owner: bucketOwner }: Bucket,
  acl: Acl | undefined,
  store?: Store,
): ObjectAclFixture | undefined {
  if (acl === undefined) return undefined;
  const { Owner, Grants } = documentOfAcl(acl, store);
  if (!isSameAccount(acl.owner, bucketOwner)) return Object.freeze({ Owner, Grants });
  return findObjectAclWord(acl.grants, { owner: bucketOwner, bucketOwner }) ?? Object.freeze({ Grants });
}
