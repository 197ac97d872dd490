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
import type { ValueOf } from '../../shapes/shape';
import { text, words, wordsOf } from '../../shapes/values';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { say } from '../../text/reason';
import { writeGiven } from '../../text/values';
import type { ConfigurationFixtures } from '../configurations';
import { readShape } from '../literals';
import type { BucketMember, Part, Place, VersionContext } from './part';

/** An ACL as AWS's SDKs write it. */
export interface AclDocument {
  /** If left out, the bucket's owner. */
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

/** The ACL of a bucket: a canned one by name, or its grants as AWS's SDKs write them. */
export type BucketAclFixture = BucketAclWord | Pick<AclDocument, 'Grants'>;

/** The ACL of an object, and its owner if that is not the bucket's. */
type ObjectAclFixture = ObjectAclWord | AclDocument;

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

export const bucketAcl: BucketMember<BucketAclFixture> = {
  get: ({ bucket }) => bucketAclLiteral(bucket),
  set: setBucketAcl,
};

export function setBucketAcl({ store, bucket }: Place, fixture: BucketAclFixture = 'private'): void {
  const at = `bucket '${bucket.name}'`;
  const grants =
    typeof fixture === 'string'
      ? makeBucketGrants(readWord(at, fixture, bucketAclWords), bucket.owner)
      : readDocument(at, store, fixture, bucketDocument).grants;
  const put = { owner: bucket.owner, grants };
  if (isForbidden(put, bucket))
    throw makeMistake(
      `${at}: acl ${writeGiven(fixture)} is not its owner's FULL_CONTROL alone, but its ownership is 'BucketOwnerEnforced', which S3 does not allow. Give ownershipControls 'ObjectWriter' or 'BucketOwnerPreferred' beside it, and for a public one publicAccessBlock: null.`,
    );
  bucket.change({ acl: makeStoredAcl(put, bucket.owner)?.grants });
}

/** Buckets with some ownerships may not have the ACL (F284). */
function isForbidden({ owner, grants }: Acl, bucket: Bucket): boolean {
  return (
    !areSameGrants(grants, makeOwnersGrants(owner)) &&
    makeAclRules(bucket, serviceOf(bucket)).ownership === 'BucketOwnerEnforced'
  );
}

export interface AclDetails {
  /** Its ACL: a canned one such as `'public-read'`, or `{ Grants }` as AWS's SDKs write it. Default: `'private'`. */
  readonly acl?: ObjectAclFixture | undefined;
}

export interface StoredAcl {
  /** Its ACL: the name of a canned one, or its grants, with `Owner` if that is not the bucket's owner; undefined if it is private. */
  readonly acl: ObjectAclFixture | undefined;
}

export const acl: Part<AclDetails, StoredAcl> = {
  shape: { acl: undefined },
  accept: ({ acl: given = 'private' }, context) => ({ acl: readObjectAcl(context, given) }),
  show: (version, { bucket }) => ({ acl: version.acl && writeObjectAcl(version.acl, bucket) }),
  write: (version, { store, bucket }) => (version.acl ? { acl: writeObjectAcl(version.acl, bucket, store) } : {}),
  marker: {
    members: ['owner'],
    accept: ({ owner = '' }, context) => ({ acl: readMarkerOwner(context, owner) }),
    write: (version, { store }) => (version.acl ? { owner: writeHolder(version.acl.owner, store) } : {}),
  },
};

function readObjectAcl({ at, store, bucketOwner }: VersionContext, fixture: ObjectAclFixture): Acl | undefined {
  if (typeof fixture === 'string') {
    const word = readWord(at, fixture, objectAclWords);
    return makeStoredAcl(
      { owner: bucketOwner, grants: makeObjectGrants(word, { owner: bucketOwner, bucketOwner }) },
      bucketOwner,
    );
  }
  const { owner = bucketOwner, grants } = readDocument(at, store, fixture, objectDocument);
  return makeStoredAcl({ owner, grants }, bucketOwner);
}

function readMarkerOwner({ at, store, bucketOwner }: VersionContext, id: string): Acl | undefined {
  const owner = readAccount(`${at}, owner`, store, id);
  return isSameAccount(owner, bucketOwner) ? undefined : { owner, grants: [] };
}

function readWord<Word extends string>(at: string, given: string, allowed: readonly Word[]): Word {
  const word = allowed.find((one) => one === given);
  if (word !== undefined) return word;
  throw invalidValue(at, 'acl', given, `one of ${allowed.join(', ')}, or { Grants }`, allowed);
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

function readDocument(
  at: string,
  store: Store,
  fixture: AclDocument,
  shape: typeof bucketDocument | typeof objectDocument,
): { readonly owner: AccountIds | undefined; readonly grants: readonly Grant[] } {
  const { Owner, Grants } = readShape(`${at}, acl`, shape, fixture) as ValueOf<typeof objectDocument>; // that of a bucket has no Owner
  return {
    owner: Owner && readAccount(`${at}, acl, Owner`, store, Owner.ID),
    grants: Grants.map(({ Grantee, Permission }, index) => ({
      grantee: readGrantee(`${at}, acl, Grants ${index + 1}, Grantee`, store, Grantee),
      permission: Permission,
    })),
  };
}

function readGrantee(
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

interface AclLiterals extends Pick<ConfigurationFixtures, 'ownershipControls'> {
  readonly acl?: BucketAclFixture;
}

export function bucketAclLiterals(bucket: Bucket, store: Store): AclLiterals {
  const literal = bucketAclLiteral(bucket, store);
  if (literal === undefined) return {};
  // IBM COS, which has no ownership, lets a bucket have an ACL that AWS would not.
  return { ...(isForbidden(aclOfBucket(bucket), bucket) && { ownershipControls: null }), acl: literal };
}

function bucketAclLiteral(bucket: Bucket, store?: Store): BucketAclFixture | undefined {
  if (bucket.settings.acl === undefined) return undefined;
  const { owner, grants } = aclOfBucket(bucket);
  const { Grants } = writeAclDocument({ owner, grants }, store);
  return findBucketAclWord(grants, owner) ?? Object.freeze({ Grants });
}

function writeObjectAcl(stored: Acl, { owner: bucketOwner }: Bucket, store?: Store): ObjectAclFixture {
  const { Owner, Grants } = writeAclDocument(stored, store);
  if (!isSameAccount(stored.owner, bucketOwner)) return Object.freeze({ Owner, Grants });
  return findObjectAclWord(stored.grants, { owner: bucketOwner, bucketOwner }) ?? Object.freeze({ Grants });
}

function readAccount(at: string, store: Store, ID: string | undefined): AccountIds {
  const known: readonly AccountIds[] = [...store.accounts, ...Object.values(awsAccounts)];
  const found = known.find(({ canonicalId }) => canonicalId === ID) ?? (ID === undefined ? ID : store.findAccount(ID));
  if (found) return found;
  const names = store.accounts.map((account) => `${account.name} (${account.canonicalId})`).join(', ');
  throw makeMistake(say`${at}: there is no account ${writeGiven(ID)}. The accounts are: ${names}.${andMore}`);
}

/** With a store the account's name, since ids differ from seed to seed. */
function writeHolder(holder: AccountIds, store: Store | undefined): string {
  return store?.accounts.find((account) => isSameAccount(account, holder))?.name ?? holder.canonicalId;
}

function writeAclDocument({ owner, grants }: Acl, store: Store | undefined): AclDocument {
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
