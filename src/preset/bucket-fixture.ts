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
import { type Call, call } from '../text/calls';
import { invalidValue } from '../text/invalid-value';
import { writeAlternatives } from '../text/lists';
import { checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { clause, say } from '../text/reason';
import { hintFor } from '../text/spelling';
import { isAbsent, isRecord } from '../text/value-kinds';
import { writeGiven, writeKey } from '../text/values';
import { type AccountHandle, accountNames } from './account-handle';
import { type ConfigurationFixtures, configurationNames, type Extent, setConfigurations } from './configurations';
import { type LifecycleFixture, readLifecycle } from './lifecycle';
import { addObjects, type ObjectFixtures, readObjects } from './object-fixtures';
import { type AccessPointFixtures, setAccessPoints } from './parts/access-points';
import { type BucketAclFixture, setBucketAcl } from './parts/acl';
import { type ObjectLockFixture, readObjectLock } from './parts/object-lock';
import { readBucketTags, type TagsFixture } from './parts/tagging';
import { addQueue, type QueuedCopyFixture } from './replication-queue';

/** The initial state of a bucket, set without a request. */
export interface BucketFixture extends ConfigurationFixtures {
  /** Its versioning. If left out, versioning was never set. */
  readonly versioning?: VersioningStatus | undefined;
  /**
   * Its MFA Delete, which needs `versioning` beside it. If left out, it was never set, except for a bucket with `objectLock` and without
   * `versioning`, as CreateBucket makes it: there it is 'Disabled'.
   */
  readonly mfaDelete?: MfaDeleteStatus | undefined;
  /** Its region: an AWS region, or a location of IBM COS such as `us-south-standard`. If left out, the bucket answers at every host, and takes a KMS key of any region. */
  readonly region?: string | undefined;
  /** Its owner: an account, its id or its name. Default: the default account. */
  readonly owner?: AccountHandle | string | undefined;
  /**
   * Makes it a bucket with object lock, whose versioning is Enabled and stays so. In place of `true`, the default retention of versions
   * that clients write without one: `{ defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }`, or `Years`.
   */
  readonly objectLock?: ObjectLockFixture | undefined;
  /**
   * Its lifecycle rules, as AWS's SDKs write them: `{ Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }] }`. What is
   * already due is done at the next midnight UTC that the mock's clock passes.
   */
  readonly lifecycle?: LifecycleFixture | undefined;
  /** Its tags: `{ stage: 'test' }`, 50 at most. Default: none. */
  readonly tags?: TagsFixture | undefined;
  /**
   * Its ACL: a canned one such as `'public-read'`, or `{ Grants }` as AWS's SDKs write it. If it gives rights to others, `ownershipControls`
   * has to allow ACLs. Default: `'private'`.
   */
  readonly acl?: BucketAclFixture | undefined;
  /**
   * Its objects: under each key its versions, oldest first, or its one version. Any state that S3 can reach may be given. A version
   * without a `versionId` gets an id, also if versioning is 'Suspended'; `versionId: 'null'` makes it the null version. If versioning
   * was never set, it is the null version. Versions are written in the order of the literal.
   */
  readonly objects?: ObjectFixtures | undefined;
  /** Its access points by their names: `{ reports: { policy } }`. Default: none. */
  readonly accessPoints?: AccessPointFixtures | undefined;
  /** The copies of its versions that replication has still to make, each with its time; `toJSON` of the mock writes them. Default: none. */
  readonly replicationQueue?: readonly QueuedCopyFixture[] | undefined;
}

const optionNames = [
  ...(['versioning', 'mfaDelete', 'region', 'owner', 'objectLock', 'lifecycle', 'tags', 'acl', 'objects'] as const),
  ...(['accessPoints', 'replicationQueue'] as const),
  ...configurationNames,
];

export function addBucket(
  store: Store,
  name: string,
  fixture: BucketFixture = {},
  extent: Extent = 'of a bucket',
): Bucket {
  return store.transaction(() => {
    const bucket = addPlainBucket(store, name, fixture);
    setConfigurations(store, bucket, fixture, extent);
    adoptTerms(bucket);
    // It depends on the ownership controls.
    if (fixture.acl !== undefined) setBucketAcl({ store, bucket }, fixture.acl);
    if (fixture.accessPoints !== undefined) setAccessPoints({ store, bucket }, fixture.accessPoints);
    return bucket;
  });
}

function addPlainBucket(store: Store, name: string, fixture: BucketFixture): Bucket {
  const { identity, settings } = readFixture(store, name, fixture);
  const { location, region } = identity;
  const { versioning = {}, objectLock = false } = settings;
  const { objects = {} } = fixture;
  const context = { name, location, mfaDelete: versioning.MFADelete, ids: store.ids };
  const lifecycle = isAbsent(fixture.lifecycle) ? undefined : readLifecycle(fixture.lifecycle, context);
  const { owner } = identity;
  const policy = fixture.protection;
  const traits = { name, owner, status: versioning.Status, location, region, objectLock, policy };
  const keys = readObjects(store, traits, objects);
  const bucket = store.addBucket(identity, { ...settings, ...(lifecycle && { lifecycle }) });
  addObjects(store, bucket, keys);
  if (fixture.replicationQueue !== undefined) addQueue(store, bucket, fixture.replicationQueue);
  return bucket;
}

function readFixture(
  store: Store,
  name: string,
  fixture: BucketFixture,
): { readonly identity: BucketIdentity; readonly settings: BucketSettings } {
  checkOptionNames(`bucket ${writeKey(name)}`, fixture, optionNames);
  const { region, owner, objectLock: lock = false } = fixture;
  const cos = typeof region === 'string' && isCosLocation(region);
  checkName(store, name, cos);
  const { objectLock, defaultRetention } = readObjectLock(`bucket '${name}'`, lock);
  const isCreatedWithLock = fixture.versioning === undefined && objectLock;
  const versioning = isCreatedWithLock ? 'Enabled' : fixture.versioning;
  // F2
  const mfaDeleteOfNew = isCreatedWithLock ? dialects[cos ? 'ibm-cos' : 'aws'].buckets.mfaDeleteOfLocked : undefined;
  const { mfaDelete = mfaDeleteOfNew } = fixture;
  checkVersioning(name, { versioning, mfaDelete, objectLock });
  if (region !== undefined && !isRegion(region) && !isCosLocation(region)) {
    throw invalidValue(
      `bucket '${name}'`,
      'region',
      region,
      "a region of AWS, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'",
      regionNames,
    );
  }
  const identity = {
    name,
    owner: findOwner(store, name, owner),
    region: cos || region === undefined ? undefined : region,
    location: region === 'us-east-1' ? undefined : region,
    created: store.clock.now(),
  };
  const tags = readBucketTags(name, fixture.tags);
  const settings: BucketSettings = {
    ...(versioning !== undefined && { versioning: { Status: versioning, MFADelete: mfaDelete } }),
    ...(objectLock && { objectLock }),
    ...(defaultRetention && { defaultRetention }),
    ...(tags && { tags }),
  };
  return { identity, settings };
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
      say`there is already a bucket '${name}'. Change that one${clause`, as by ${callVersioning(name)}`}, or take another name.`,
    );
}

function callVersioning(bucket: string): Call {
  return call('s3.bucket(bucket).versioning = versioning', { bucket, versioning: 'Enabled' });
}

export function checkVersioning(
  name: string,
  state: Pick<BucketFixture, 'versioning' | 'mfaDelete' | 'objectLock'> & {
    readonly put?: BucketSettings;
  },
): void {
  const { versioning, mfaDelete, objectLock, put } = state;
  checkChoice(name, 'versioning', versioning, ['Enabled', 'Suspended']);
  checkChoice(name, 'mfaDelete', mfaDelete, ['Enabled', 'Disabled']);
  if (mfaDelete !== undefined && versioning === undefined) {
    throw makeMistake(
      `bucket '${name}': mfaDelete is '${mfaDelete}', but versioning was never set. Give versioning 'Enabled' or 'Suspended' beside it.`,
    );
  }
  if (objectLock && versioning !== 'Enabled') {
    throw makeMistake(
      `bucket '${name}': it has object lock, but versioning is '${versioning}'. Object lock needs versioning 'Enabled', and keeps it so.`,
    );
  }
  if (put?.protection && versioning !== undefined) {
    throw makeMistake(
      `bucket '${name}': versioning is '${versioning}', but it has a retention policy, with which IBM COS takes no versioning. Create another bucket.`,
    );
  }
  if (put?.replication && versioning !== 'Enabled') {
    throw makeMistake(
      `bucket '${name}': versioning is '${versioning}', but it has a replication configuration, which keeps it 'Enabled'. Delete that first: replication = undefined.`,
    );
  }
}

function checkChoice(bucket: string, member: string, word: string | undefined, words: readonly string[]): void {
  if (word === undefined || words.includes(word)) return;
  throw invalidValue(`bucket '${bucket}'`, member, word, `${writeAlternatives(words)}, or undefined`);
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
