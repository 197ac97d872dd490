import { aclOfBucket, makeAclRules, makeStoredAcl } from '../../model/access/acl';
import {
  type BucketAclWord,
  bucketAclWords,
  findBucketAclWord,
  findObjectAclWord,
  makeBucketGrants,
  makeObjectGrants,
  type ObjectAclWord,
  objectAclWords,
} from '../../model/access/canned-acl';
import {
  type AccountIds,
  type Acl,
  areSameGrants,
  awsAccounts,
  findGroup,
  type Grant,
  type Grantee,
  groups,
  isGroup,
  isSameAccount,
  makeOwnersGrants,
  mostGrants,
  type Permission,
  permissions,
} from '../../model/access/grants';
import type { Bucket } from '../../model/bucket';
import { serviceOf } from '../../model/configurations/services';
import { andMore } from '../../model/identity/account-text';
import type { Store } from '../../model/store';
import { required, structure, wrappedList } from '../../shapes/elements';
import { alwaysShown, asDocument, givenOnly, inWords, judgedByRule, shapeOf } from '../../shapes/given';
import type { Shape, ValueOf } from '../../shapes/shape';
import { text, words, wordsOf } from '../../shapes/values';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { say } from '../../text/reason';
import { writeGiven } from '../../text/values';
import type { BucketInStore, BucketOption, Part, VersionContext } from './part';

/** An ACL as AWS's SDKs write it. */
export interface AclDocument {
  /** The owner. If left out, the bucket's owner. */
  readonly Owner?: { readonly ID?: string | undefined; readonly DisplayName?: string | undefined } | undefined;
  readonly Grants?: readonly GrantFixture[] | undefined;
}

/** A grant as AWS's SDKs write it. */
export interface GrantFixture {
  readonly Grantee?:
    | {
        readonly Type: 'CanonicalUser' | 'Group' | 'AmazonCustomerByEmail' | undefined;
        /** The canonical id of an account, its 12 digits, or its name. */
        readonly ID?: string | undefined;
        readonly URI?: string | undefined;
        readonly DisplayName?: string | undefined;
        readonly EmailAddress?: string | undefined;
      }
    | undefined;
  readonly Permission?: Permission | undefined;
}

/** The ACL of a bucket: the name of a canned ACL, or its grants as AWS's SDKs write them. */
export type BucketAclFixture = BucketAclWord | Pick<AclDocument, 'Grants'>;

/** The ACL of an object, and its owner if that is not the bucket's owner. */
type ObjectAclFixture = ObjectAclWord | AclDocument;

/** The ACL of a bucket as a member that can be read and set. */
export interface AclMember {
  /**
   * Its ACL: the name of a canned ACL, `{ Grants }` for other ACLs, undefined if it is private. `ownershipControls` decides whether it
   * counts.
   *
   * @example
   * expect(s3.bucket('site').acl).toBe('public-read');
   */
  get acl(): BucketAclFixture | undefined;
  set acl(fixture: BucketAclFixture | undefined);
}

const bucketDocument = structure({
  Grants: required({
    ...wrappedList(
      {
        Grantee: required(
          structure({ Type: required(words('CanonicalUser', 'Group')), ID: text, URI: text, DisplayName: text }),
        ),
        Permission: required(wordsOf<Permission>(permissions)),
      },
      'Grant',
    ),
    length: [0, mostGrants],
  }),
});

const objectDocument = structure({ Owner: structure({ ID: text, DisplayName: text }), ...bucketDocument.members });

function orWord<const S extends Shape>(document: S, allowed: readonly string[]) {
  return inWords(asDocument(document), allowed, `one of ${allowed.join(', ')}, or { Grants }`);
}

type Values<Word> = { readonly acl?: Word | ValueOf<typeof objectDocument> };

type BucketAclValue = BucketAclWord | ValueOf<typeof objectDocument>;

export const bucketAcl: BucketOption<BucketAclFixture, BucketAclValue> = {
  shape: orWord(bucketDocument, bucketAclWords),
  get: ({ bucket }) => bucketAclLiteral(bucket),
  set: setBucketAcl,
  literal: ({ bucket, store }) => bucketAclLiteral(bucket, store),
  draw: ({ settings: { acl } }) => (acl ? 'ACL' : undefined),
};

function setBucketAcl({ store, bucket }: BucketInStore, read: BucketAclValue | undefined): void {
  const at = `bucket '${bucket.name}'`;
  const given = read ?? 'private';
  const grants = typeof given === 'string' ? makeBucketGrants(given, bucket.owner) : makeAcl(at, store, given).grants;
  const put = { owner: bucket.owner, grants };
  if (isForbidden(put, bucket))
    throw makeMistake(
      `${at}: acl is ${writeGiven(given)}, but its ownership is 'BucketOwnerEnforced', and S3 then allows only FULL_CONTROL for the owner. Also give ownershipControls 'ObjectWriter' or 'BucketOwnerPreferred', and for a public ACL publicAccessBlock: null.`,
    );
  bucket.change({ acl: makeStoredAcl(put, bucket.owner)?.grants });
}

/** Whether the bucket's ownership forbids the ACL (F284). */
function isForbidden({ owner, grants }: Acl, bucket: Bucket): boolean {
  return (
    !areSameGrants(grants, makeOwnersGrants(owner)) &&
    makeAclRules(bucket, serviceOf(bucket)).ownership === 'BucketOwnerEnforced'
  );
}

export interface AclDetails {
  /** Its ACL: a canned ACL such as `'public-read'`, or `{ Grants }` as AWS's SDKs write it. Default: `'private'`. */
  readonly acl?: ObjectAclFixture | undefined;
}

export interface StoredAcl {
  /** Its ACL: the name of a canned ACL, or its grants, with `Owner` if that is not the bucket's owner; undefined if it is private. */
  readonly acl: ObjectAclFixture | undefined;
}

const shape = shapeOf<AclDetails, StoredAcl>()({ acl: alwaysShown(orWord(objectDocument, objectAclWords)) });

type AclValues = Values<ObjectAclWord>;

export const acl: Part<AclDetails, StoredAcl, AclValues> = {
  shape: shape.members,
  toModel: ({ acl: given = 'private' }, context) => ({ acl: makeObjectAcl(context, given) }),
  fromModel: ({ acl: stored }, { store, bucket }, form) => ({
    acl: stored && describeObjectAcl(stored, bucket, form === 'literal' ? store : undefined),
  }),
  marker: {
    shape: { owner: givenOnly(judgedByRule(text)) },
    toModel: ({ owner = '' }, context) => ({ acl: makeMarkerAcl(context, owner) }),
    fromModel: ({ acl: stored }, { store }) => ({ owner: stored && writeHolder(stored.owner, store) }),
  },
};

function makeObjectAcl(
  { at, store, bucketOwner }: VersionContext,
  given: NonNullable<AclValues['acl']>,
): Acl | undefined {
  const parties = { owner: bucketOwner, bucketOwner };
  const { owner = bucketOwner, grants } =
    typeof given === 'string' ? { grants: makeObjectGrants(given, parties) } : makeAcl(at, store, given);
  return makeStoredAcl({ owner, grants }, bucketOwner);
}

function makeMarkerAcl({ at, store, bucketOwner }: VersionContext, id: string): Acl | undefined {
  const owner = readAccount(`${at}, owner`, store, id);
  return isSameAccount(owner, bucketOwner) ? undefined : { owner, grants: [] };
}

function makeAcl(
  at: string,
  store: Store,
  { Owner, Grants }: ValueOf<typeof objectDocument>,
): { readonly owner?: AccountIds | undefined; readonly grants: readonly Grant[] } {
  return {
    owner: Owner && readAccount(`${at}, acl, Owner`, store, Owner.ID),
    grants: Grants.map(({ Grantee, Permission }, index) => ({
      grantee: findGrantee(`${at}, acl, Grants ${index + 1}, Grantee`, store, Grantee),
      permission: Permission,
    })),
  };
}

function findGrantee(
  at: string,
  store: Store,
  { Type, ID, URI }: ValueOf<typeof bucketDocument>['Grants'][number]['Grantee'],
): Grantee {
  if (Type === 'CanonicalUser') return readAccount(at, store, ID);
  const group = findGroup(URI ?? '');
  if (group) return group;
  const uris = Object.values(groups).map(({ uri }) => uri);
  throw invalidValue(at, 'URI', URI, `one of ${uris.join(', ')}`);
}

/** IBM COS, which has no ownership, lets a bucket have an ACL that AWS would not. */
export function hasForbiddenAcl(bucket: Bucket): boolean {
  return bucket.settings.acl !== undefined && isForbidden(aclOfBucket(bucket), bucket);
}

function bucketAclLiteral(bucket: Bucket, store?: Store): BucketAclFixture | undefined {
  if (bucket.settings.acl === undefined) return undefined;
  const { owner, grants } = aclOfBucket(bucket);
  const { Grants } = writeAclDocument({ owner, grants }, store);
  return findBucketAclWord(grants, owner) ?? Object.freeze({ Grants });
}

function describeObjectAcl(stored: Acl, { owner: bucketOwner }: Bucket, store?: Store) {
  const { Owner, Grants } = writeAclDocument(stored, store);
  if (!isSameAccount(stored.owner, bucketOwner)) return { Owner, Grants };
  return findObjectAclWord(stored.grants, { owner: bucketOwner, bucketOwner }) ?? { Grants };
}

function readAccount(at: string, store: Store, ID: string | undefined): AccountIds {
  const known: readonly AccountIds[] = [...store.accounts, ...Object.values(awsAccounts)];
  const found = known.find(({ canonicalId }) => canonicalId === ID) ?? (ID === undefined ? ID : store.findAccount(ID));
  if (found) return found;
  const names = store.accounts.map((account) => `${account.name} (${account.canonicalId})`).join(', ');
  throw makeMistake(say`${at}: there is no account ${writeGiven(ID)}. The accounts are: ${names}.${andMore}`);
}

/** If there is a store, writes the account's name, since ids differ from seed to seed. */
function writeHolder(holder: AccountIds, store: Store | undefined): string {
  return store?.accounts.find((account) => isSameAccount(account, holder))?.name ?? holder.canonicalId;
}

function writeAclDocument({ owner, grants }: Acl, store: Store | undefined) {
  const writeId = (holder: AccountIds) => writeHolder(holder, store);
  const writeGrantee = (grantee: Grantee) =>
    isGroup(grantee)
      ? { Type: 'Group' as const, URI: grantee.uri }
      : { Type: 'CanonicalUser' as const, ID: writeId(grantee) };
  const written = grants.map(({ grantee, permission }) =>
    Object.freeze({ Grantee: Object.freeze(writeGrantee(grantee)), Permission: permission }),
  );
  return { Owner: Object.freeze({ ID: writeId(owner) }), Grants: Object.freeze(written) };
}
