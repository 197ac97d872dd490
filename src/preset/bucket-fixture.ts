import { dialects } from '../dialects';
import { isCosLocation, isRegion, regionNames } from '../formats/regions';
import type { Bucket, BucketIdentity, BucketSettings } from '../model/bucket';
import { problemOfBucketName, problemOfCosBucketName } from '../model/bucket-names';
import type { Account } from '../model/identity/account';
import { andMore } from '../model/identity/account-text';
import { adoptTerms } from '../model/replication/replication-rules';
import type { Store } from '../model/store';
import type { MfaDeleteStatus, VersioningConfiguration, VersioningStatus } from '../model/versioning';
import { makeMockError } from '../s3-mock-error';
import { byRule, expecting } from '../shapes/given';
import { readGiven, readOptions } from '../shapes/given-reader';
import { words, wordsOf } from '../shapes/values';
import { type Call, call } from '../text/calls';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { clause, say } from '../text/reason';
import { hintFor } from '../text/spelling';
import { isAbsent, isRecord } from '../text/value-kinds';
import { writeGiven, writeKey } from '../text/values';
import { type AccountHandle, accountNames } from './account-handle';
import {
  type BucketOption,
  type ConfigurationFixtures,
  configurationNames,
  configurationOptions,
  type Extent,
  isConfigurationName,
} from './configurations';
import { type LifecycleFixture, lifecycleLiteral, readLifecycle } from './lifecycle';
import { addObjects, type ObjectFixtures, readObjects } from './object-fixtures';
import { type AccessPointFixtures, accessPointsLiteral, setAccessPoints } from './parts/access-points';
import { type BucketAclFixture, bucketAclLiterals, setBucketAcl } from './parts/acl';
import { type ObjectLockFixture, readObjectLock, writeObjectLock } from './parts/object-lock';
import type { Place } from './parts/part';
import { bucketTags, type TagsFixture } from './parts/tagging';
import { addQueue, type QueuedCopyFixture } from './replication-queue';

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
  /** Its tags: `{ stage: 'test' }`, 50 at most. Default: none. */
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

const { ownershipControls } = configurationOptions;

/** A row each, in the order in which a bucket gets what it is not made with: its ACL depends on its ownership controls. */
export const bucketOptions: { readonly [Name in keyof Required<BucketFixture>]: BucketOption<BucketFixture[Name]> } = {
  versioning: { shape: words('Enabled', 'Suspended'), write: ({ bucket }) => bucket.versioning.Status },
  mfaDelete: { shape: words('Enabled', 'Disabled'), write: ({ bucket }) => bucket.versioning.MFADelete },
  region: {
    shape: expecting(
      wordsOf<string>(regionNames),
      "a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'",
      isRegionOrLocation,
    ),
    // The old location `EU` is not a region, so the region that it means is written.
    write: ({ bucket: { location, region } }) => (isRegionOrLocation(location) ? location : region),
  },
  owner: {
    shape: byRule,
    write: ({ bucket: { owner }, store }) => (owner === store.defaultAccount ? undefined : owner.name),
  },
  objectLock: { shape: byRule, write: ({ bucket }) => (bucket.objectLock ? writeObjectLock(bucket) : undefined) },
  lifecycle: { shape: byRule, write: ({ bucket: { lifecycle } }) => lifecycle && lifecycleLiteral(lifecycle) },
  tags: { shape: byRule, set: bucketTags.set, write: bucketTags.get },
  ...configurationOptions,
  ownershipControls: {
    ...ownershipControls,
    write: (place) =>
      ({ ownershipControls: ownershipControls.write?.(place), ...bucketAclLiterals(place.bucket, place.store) })
        .ownershipControls,
  },
  acl: { shape: byRule, set: setBucketAcl, write: (place) => bucketAclLiterals(place.bucket, place.store).acl },
  objects: { shape: byRule, write: undefined },
  accessPoints: { shape: byRule, set: setAccessPoints, write: ({ bucket }) => accessPointsLiteral(bucket) },
  replicationQueue: { shape: byRule, write: undefined },
};

const optionNames = Object.keys(bucketOptions) as readonly (keyof BucketFixture)[]; // its own keys
const shapes = Object.fromEntries(optionNames.map((name) => [name, bucketOptions[name].shape]));
const listedNames = [...optionNames.filter((name) => !isConfigurationName(name)), ...configurationNames];

export function addBucket(
  store: Store,
  name: string,
  fixture: BucketFixture = {},
  extent: Extent = 'of a bucket',
): Bucket {
  return store.transaction(() => {
    const bucket = makeBucket(store, name, fixture);
    for (const option of optionNames) setOption({ store, bucket }, option, fixture, extent);
    adoptTerms(bucket);
    return bucket;
  });
}

function setOption<Name extends keyof BucketFixture>(
  place: Place,
  name: Name,
  { [name]: given }: BucketFixture,
  extent: Extent,
): void {
  if (given !== undefined) bucketOptions[name].set?.(place, given, extent);
}

/** Makes the bucket with its objects, and with the settings that decide about them. */
function makeBucket(store: Store, name: string, fixture: BucketFixture): Bucket {
  readOptions(shapes, fixture, { at: `bucket ${writeKey(name)}`, now: 0 }, listedNames);
  checkName(store, name, isLocation(fixture.region));
  const { lifecycle, objects = {}, protection: policy, replicationQueue } = fixture;
  const identity = readIdentity(store, name, fixture);
  const { versioning, ...lock } = readVersioning(name, fixture);
  const { Status: status, MFADelete: mfaDelete } = versioning;
  const context = { ...identity, mfaDelete, ids: store.ids };
  const settings: BucketSettings = {
    ...(status !== undefined && { versioning }),
    ...lock,
    ...(!isAbsent(lifecycle) && { lifecycle: readLifecycle(lifecycle, context) }),
  };
  const keys = readObjects(store, { ...identity, status, objectLock: lock.objectLock === true, policy }, objects);
  const bucket = store.addBucket({ ...identity, created: store.clock.now() }, settings);
  addObjects(store, bucket, keys);
  if (replicationQueue !== undefined) addQueue(store, bucket, replicationQueue);
  return bucket;
}

function readIdentity(store: Store, name: string, { region, owner }: BucketFixture): Omit<BucketIdentity, 'created'> {
  return {
    name,
    owner: findOwner(store, name, owner),
    region: isLocation(region) ? undefined : region,
    location: region === 'us-east-1' ? undefined : region,
  };
}

function readVersioning(
  name: string,
  { versioning: given, mfaDelete: status, objectLock: lock = false, region }: BucketFixture,
): Pick<BucketSettings, 'objectLock' | 'defaultRetention'> & { readonly versioning: VersioningConfiguration } {
  const { objectLock, defaultRetention } = readObjectLock(`bucket '${name}'`, lock);
  const isCreatedWithLock = given === undefined && objectLock;
  const versioning = isCreatedWithLock ? 'Enabled' : given;
  // F2
  const { mfaDeleteOfLocked } = dialects[isLocation(region) ? 'ibm-cos' : 'aws'].buckets;
  const mfaDelete = status ?? (isCreatedWithLock ? mfaDeleteOfLocked : undefined);
  checkVersioning(name, { versioning, mfaDelete, objectLock });
  return {
    versioning: { Status: versioning, MFADelete: mfaDelete },
    ...(objectLock && { objectLock }),
    ...(defaultRetention && { defaultRetention }),
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
  // S3 takes the name. Of a fixture it is the key { [name]: … } whose variable has no value.
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

/** Checks a member of a handle that is set. */
export function checkOption(bucket: string, name: keyof BucketFixture, value: unknown): void {
  readGiven({ [name]: bucketOptions[name].shape }, { [name]: value }, { at: `bucket '${bucket}'`, now: 0 });
}

export function checkVersioning(
  name: string,
  state: Pick<BucketFixture, 'versioning' | 'mfaDelete' | 'objectLock'> & {
    readonly put?: BucketSettings;
  },
): void {
  const { versioning, mfaDelete, objectLock, put } = state;
  if (mfaDelete !== undefined && versioning === undefined) {
    throw makeMistake(
      `bucket '${name}': mfaDelete is '${mfaDelete}', but versioning was never set. Also give versioning 'Enabled' or 'Suspended'.`,
    );
  }
  if (objectLock && versioning !== 'Enabled') {
    throw makeMistake(
      `bucket '${name}': it has object lock, but versioning is '${versioning}'. Object lock needs versioning 'Enabled', and keeps it so.`,
    );
  }
  if (put?.protection && versioning !== undefined) {
    throw makeMistake(
      `bucket '${name}': versioning is '${versioning}', but it has a retention policy, and IBM COS does not allow both. Create another bucket.`,
    );
  }
  if (put?.replication && versioning !== 'Enabled') {
    throw makeMistake(
      `bucket '${name}': versioning is '${versioning}', but it has a replication configuration, which keeps it 'Enabled'. Remove the configuration first: replication = undefined.`,
    );
  }
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
