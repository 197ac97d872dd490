import { dialects } from '../dialects';
import { isCosLocation, isRegion, regionNames } from '../formats/regions';
import type { Bucket, BucketIdentity, BucketSettings } from '../model/bucket';
import { problemOfBucketName, problemOfCosBucketName } from '../model/bucket-names';
import type { Account } from '../model/identity/account';
import { andMore } from '../model/identity/account-text';
import { adoptTerms } from '../model/replication/replication-rules';
import type { Store } from '../model/store';
import type { MfaDeleteStatus, VersioningStatus } from '../model/versioning';
import { makeMockError } from '../s3-mock-error';
import { byRule, expecting } from '../shapes/given';
import { readGiven, readOptions } from '../shapes/given-reader';
import { wordsOf } from '../shapes/values';
import { type Call, call } from '../text/calls';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { clause, say } from '../text/reason';
import { hintFor } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven, writeKey } from '../text/values';
import { type AccountHandle, accountNames } from './account-handle';
import {
  type ConfigurationFixtures,
  configurationLiteral,
  configurationNames,
  configurationOptions,
  isConfigurationName,
} from './configurations';
import { bucketLifecycle, type LifecycleFixture, type LifecycleState } from './lifecycle';
import type { ObjectFixtures } from './object-fixtures';
import { bucketObjects, type VersionOutline } from './object-literals';
import { type AccessPointFixtures, type AccessPointsMember, bucketAccessPoints } from './parts/access-points';
import { type AclMember, type BucketAclFixture, bucketAcl, hasForbiddenAcl } from './parts/acl';
import { bucketObjectLock, type ObjectLockFixture } from './parts/object-lock';
import type { BucketInStore, BucketOption, Giver } from './parts/part';
import { bucketTags, type TagsFixture, type TagsMember } from './parts/tagging';
import { bucketMfaDelete, bucketVersioning } from './parts/versioning';
import { bucketQueue, type QueuedCopyFixture } from './replication-queue';

/** The initial state of a bucket, set without a request. */
export interface BucketFixture extends ConfigurationFixtures {
  /** Its versioning. If left out, versioning was never set. */
  readonly versioning?: VersioningStatus | undefined;
  /**
   * Its MFA Delete, which needs `versioning` beside it. If left out, it was never set; in a bucket with `objectLock` and without
   * `versioning` it is 'Disabled', as CreateBucket makes it.
   */
  readonly mfaDelete?: MfaDeleteStatus | undefined;
  /**
   * Its region: an AWS region, or a location of IBM COS such as `us-south-standard`. If left out, the bucket answers at every host, and
   * accepts a KMS key of any region.
   */
  readonly region?: string | undefined;
  /** Its owner: an account, its id or its name. Default: the default account. */
  readonly owner?: AccountHandle | string | undefined;
  /**
   * Makes it a bucket with object lock. The versioning of such a bucket is Enabled and stays so. In place of `true` you can write the
   * default retention of versions that clients write without a retention: `{ defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }`, or
   * `Years`.
   */
  readonly objectLock?: ObjectLockFixture | undefined;
  /**
   * Its lifecycle rules, as AWS's SDKs write them: `{ Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }] }`. Actions that
   * are already due happen at the next midnight UTC that the mock's clock passes.
   */
  readonly lifecycle?: LifecycleFixture | undefined;
  /** Its tags: `{ stage: 'test' }`, 50 at most beside system tags, such as `aws:cloudformation:stack-name`, which no request can add, change or remove. Default: none. */
  readonly tags?: TagsFixture | undefined;
  /**
   * Its ACL: a canned ACL such as `'public-read'`, or `{ Grants }` as AWS's SDKs write it. If it gives rights to others,
   * `ownershipControls` must allow ACLs. Default: `'private'`.
   */
  readonly acl?: BucketAclFixture | undefined;
  /**
   * Its objects: each key with its versions, oldest first, or with its one version. You can write any state that S3 can reach. A version
   * without a `versionId` gets an id, also if versioning is 'Suspended'; `versionId: 'null'` makes it the null version. If versioning was
   * never set, it is the null version. Versions are written in the order of the literal.
   */
  readonly objects?: ObjectFixtures | undefined;
  /** Its access points by their names: `{ reports: { policy } }`. Default: none. */
  readonly accessPoints?: AccessPointFixtures | undefined;
  /** The copies of its versions that replication has not made yet, each with its time; `toJSON` of the mock writes them. Default: none. */
  readonly replicationQueue?: readonly QueuedCopyFixture[] | undefined;
}

/** The options as members of the handle of a bucket, where a test reads and sets them. */
export interface OptionMembers extends TagsMember, AclMember, AccessPointsMember {
  /** Its versioning; `undefined` if it was never set. You can set it, but not unset it, as on S3. */
  get versioning(): VersioningStatus | undefined;
  set versioning(status: VersioningStatus);
  /** Its MFA Delete; `undefined` until it is set for the first time. You can set it, but not unset it, as on S3. */
  get mfaDelete(): MfaDeleteStatus | undefined;
  set mfaDelete(status: MfaDeleteStatus);
  /**
   * Its lifecycle rules; `undefined` if it has none. Actions that are already due happen at the next midnight UTC that the mock's clock
   * passes.
   *
   * @example
   * s3.bucket('vault').lifecycle = {
   *   Rules: [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }],
   * };
   */
  get lifecycle(): LifecycleState | undefined;
  set lifecycle(fixture: LifecycleFixture | undefined);
  /** Its region or location; undefined if the bucket answers at every host. */
  readonly region: string | undefined;
  /** The id of the account that owns it. */
  readonly owner: string;
  /**
   * Whether it has object lock, and the default retention of new versions: `false`, `true`, or
   * `{ defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }`. Once object lock is on, it stays on. Existing versions do not change.
   */
  get objectLock(): ObjectLockFixture;
  set objectLock(fixture: ObjectLockFixture);
  /**
   * The versions of each key, oldest first, in the form of a fixture, but without the times of their writes. If a retention ends whole days
   * after the write, it is written as that number of days. A long body is written as its length and its MD5.
   *
   * @example
   * expect(s3.bucket('vault').objects).toEqual({ 'report.pdf': [{ body: 'first', versionId: 'null' }] });
   */
  readonly objects: Readonly<Record<string, readonly VersionOutline[]>>;
}

const { ownershipControls } = configurationOptions;

const regionExpected = "a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'";

type OptionRows = { readonly [Name in keyof Required<BucketFixture>]: BucketOption<BucketFixture[Name], never> };

/**
 * The options of a bucket, in the order in which they are set: its ACL depends on its ownership controls, its objects on its versioning.
 */
export const bucketOptions: OptionRows = {
  versioning: bucketVersioning,
  mfaDelete: bucketMfaDelete,
  objectLock: bucketObjectLock,
  lifecycle: bucketLifecycle,
  tags: bucketTags,
  ...configurationOptions,
  ownershipControls: {
    ...ownershipControls,
    literal: ({ bucket }) => (hasForbiddenAcl(bucket) ? null : configurationLiteral(bucket, 'ownershipControls')),
  },
  acl: bucketAcl,
  accessPoints: bucketAccessPoints,
  region: {
    shape: expecting(wordsOf<string>(regionNames), regionExpected, isRegionOrLocation),
    get: ({ bucket: { location, region } }) => location ?? region,
    set: undefined,
    // The old location `EU` is not a region, so the region that it means is written.
    literal: ({ bucket: { location, region } }) => (isRegionOrLocation(location) ? location : region),
    draw: ({ location }) => location,
  },
  owner: {
    shape: byRule,
    get: ({ bucket }) => bucket.owner.id,
    set: undefined,
    literal: ({ bucket: { owner }, store }) => (owner === store.defaultAccount ? undefined : owner.name),
  },
  objects: bucketObjects,
  replicationQueue: bucketQueue,
};

export const optionNames = Object.keys(bucketOptions) as readonly (keyof BucketFixture)[]; // its own keys
const shapes = Object.fromEntries(optionNames.map((name) => [name, bucketOptions[name].shape]));
const listedNames = [...optionNames.filter((name) => !isConfigurationName(name)), ...configurationNames];

export function addBucket(
  store: Store,
  name: string,
  fixture: BucketFixture = {},
  giver: Exclude<Giver, 'of a handle'> = 'of a bucket',
): Bucket {
  const at = `bucket ${writeKey(name)}`;
  checkIsFixture(at, fixture);
  return store.transaction(() => {
    const cures = { ...curesOfBuckets, ...curesOfKeys(fixture) };
    const read = readOptions(shapes, fixture, { at, now: 0 }, listedNames, cures);
    checkName(store, name, isLocation(fixture.region));
    const bucket = store.addBucket(readIdentity(store, name, fixture), makeLockedVersioning(fixture));
    for (const option of optionNames)
      if (read[option] !== undefined) setOption({ store, bucket }, option, read[option], giver);
    adoptTerms(bucket);
    bucket.noteFixture();
    return bucket;
  });
}

/** The options of the mock that people give to a bucket. */
const curesOfBuckets = {
  ...Object.fromEntries(
    ['sseC', 'pageSize', 'propagation', 'replicationDelay', 'kmsKeys', 'now', 'users', 'roles', 'accounts'].map(
      (name) => [name, `It is an option of the mock: mockS3({ ${name}, buckets }).`],
    ),
  ),
  acls: "It is an option of the mock: mockS3({ acls: 'allowed', buckets }). The ACL of the bucket is acl.",
};

function checkIsFixture(at: string, fixture: unknown): void {
  if (isRecord(fixture)) return;
  throw makeMistake(
    `${at}: ${writeGiven(fixture)} is not an object of options. Give {} for an empty bucket, or an object such as { versioning: 'Enabled', objects: { 'a.txt': 'text' } }.`,
  );
}

/** A key of an object at the place of an option. No option has a dot or a slash in its name. */
function curesOfKeys(fixture: object): Readonly<Record<string, string>> {
  const keys = Object.keys(fixture).filter((name) => /[./]/.test(name));
  return Object.fromEntries(
    keys.map((key) => [key, `If it is the key of an object, write objects: { ${writeKey(key)}: … }.`]),
  );
}

function setOption(place: BucketInStore, name: keyof BucketFixture, read: unknown, giver: Giver): void {
  bucketOptions[name].set?.(place, read as never, giver); // as its shape read it
}

/** S3 enables versioning in a bucket that it creates with object lock. F2 */
function makeLockedVersioning({ versioning, objectLock, region }: BucketFixture): BucketSettings {
  if (versioning !== undefined || !objectLock) return {};
  const { mfaDeleteOfLocked } = dialects[isLocation(region) ? 'ibm-cos' : 'aws'].buckets;
  return { versioning: { Status: 'Enabled', MFADelete: mfaDeleteOfLocked } };
}

/** Sets an option by a handle. */
export function setMember(place: BucketInStore, name: keyof BucketFixture, given: unknown): void {
  const at = `bucket '${place.bucket.name}'`;
  const read = readGiven({ [name]: bucketOptions[name].shape }, { [name]: given }, { at, now: 0 });
  setOption(place, name, read[name], 'of a handle');
}

function readIdentity(store: Store, name: string, { region, owner }: BucketFixture): BucketIdentity {
  return {
    name,
    owner: findOwner(store, name, owner),
    region: isLocation(region) ? undefined : region,
    location: region === 'us-east-1' ? undefined : region,
    created: store.clock.now(),
  };
}

function isLocation(region: unknown): boolean {
  return typeof region === 'string' && isCosLocation(region);
}

function isRegionOrLocation(region: unknown): boolean {
  return typeof region === 'string' && (isRegion(region) || isCosLocation(region));
}

function checkName({ buckets }: Store, name: unknown, isOfCos: boolean): void {
  if (typeof name !== 'string')
    throw makeMistake(`invalid bucket name ${writeGiven(name)}: a bucket's name is a string`);
  // S3 would accept the name. In a fixture it comes from a key { [name]: … } whose variable has no value.
  if (name === 'undefined')
    throw invalidValue('bucket', 'name', name, 'the name of a bucket: the variable that names it was not set');
  const problem = problemOfBucketName(name);
  if (problem !== undefined && !(isOfCos && problemOfCosBucketName(name) === undefined))
    throw makeMistake(`invalid bucket name ${writeGiven(name)}: ${problem}`);
  if (buckets.has(name))
    throw makeMockError(
      'BUCKET_EXISTS',
      say`there is already a bucket '${name}'. Change that bucket${clause`, for example with ${callVersioning(name)}`}, or use another name.`,
    );
}

function callVersioning(bucket: string): Call {
  return call('s3.bucket(bucket).versioning = versioning', { bucket, versioning: 'Enabled' });
}

function findOwner(store: Store, bucket: string, owner: AccountHandle | string | undefined): Account {
  if (owner === undefined) return store.defaultAccount;
  if (isRecord(owner)) checkOptionNames(`bucket '${bucket}', owner`, owner, accountNames);
  return readAccount(store, `bucket '${bucket}'`, owner);
}

export function readAccount(store: Store, label: string, given: unknown): Account {
  const id: unknown = isRecord(given) ? given['id'] : given;
  const found = typeof id === 'string' ? store.findAccount(id) : undefined;
  if (found) return found;
  const names = store.accounts.map(({ name }) => name);
  const known = store.accounts.map((account) => `${account.name} (${account.id})`).join(', ');
  throw makeMistake(
    say`${label}: there is no account ${writeGiven(id ?? given)}. The accounts are: ${known}.${hintFor(id, names)}${andMore}`,
  );
}
