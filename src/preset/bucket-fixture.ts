import { isCosLocation, isRegion } from '../formats/regions';
import type { Bucket, BucketIdentity, BucketSettings } from '../model/bucket';
import { problemOfBucketName } from '../model/bucket-names';
import type { Account } from '../model/identity/account';
import type { Store } from '../model/store';
import type { MfaDeleteStatus, VersioningStatus } from '../model/versioning';
import { S3MockError } from '../s3-mock-error';
import { checkMembers } from '../text/members';
import type { AccountHandle } from './account-handle';
import { type LifecycleFixture, readLifecycle } from './lifecycle';
import { addObjects, type ObjectFixtures, readObjects } from './object-fixtures';
import { type ObjectLockFixture, readObjectLock } from './object-lock';

export { checkMembers } from '../text/members';

/** The state a bucket is made with, past the wire and its rules. */
export interface BucketFixture {
  /** Left out: versioning was never set. */
  readonly versioning?: VersioningStatus | undefined;
  /** Left out: it was never set. `'Enabled'` needs versioning beside it. */
  readonly mfaDelete?: MfaDeleteStatus | undefined;
  /** An AWS region, or a location of IBM COS such as `us-south-standard`. Left out: the bucket answers at every host. */
  readonly region?: string | undefined;
  /** An account, its id or its name. Default: the default account. */
  readonly owner?: AccountHandle | string | undefined;
  /**
   * Makes it a bucket with object lock, whose versioning is Enabled and stays so. In place of `true` it may say what versions are given
   * that clients write without a retention: `{ defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } }`, or `Years`.
   */
  readonly objectLock?: ObjectLockFixture | undefined;
  /**
   * Its lifecycle rules, as AWS's SDKs write them: `{ rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 30 } }] }`. What is due
   * already is done at the next midnight UTC that the mock's clock passes.
   */
  readonly lifecycle?: LifecycleFixture | undefined;
  /**
   * What is in it: under each key its versions, oldest first, or its one version. Any state that S3 can reach may be given. A version
   * without a `versionId` gets an id, in a bucket with versioning 'Suspended' too, where `versionId: 'null'` makes the null version;
   * where versioning was never set it is the null version. Writes are in the order of the literal.
   */
  readonly objects?: ObjectFixtures | undefined;
}

const members = ['versioning', 'mfaDelete', 'region', 'owner', 'objectLock', 'lifecycle', 'objects'] as const;

/** Puts a bucket into a store. A state that S3 could not reach is a TypeError that says what would be right. */
export function addBucket(store: Store, name: string, fixture: BucketFixture = {}): Bucket {
  const problem = typeof name === 'string' ? problemOfBucketName(name) : "a bucket's name is a string";
  if (problem !== undefined) throw new TypeError(`not a bucket's name: ${JSON.stringify(name)}: ${problem}.`);
  if (store.buckets.has(name)) {
    throw new S3MockError(
      'BUCKET_EXISTS',
      `there is a bucket '${name}' already. Change it by its handle, s3.bucket('${name}'), or take another name.`,
    );
  }
  const { identity, settings } = readFixture(store, name, fixture);
  const { location } = identity;
  const { versioning = {}, objectLock = false } = settings;
  const { objects = {} } = fixture;
  const around = { name, location, mfaDelete: versioning.MFADelete, ids: store.ids };
  const lifecycle = fixture.lifecycle && readLifecycle(fixture.lifecycle, around);
  const keys = readObjects(store, { name, status: versioning.Status, location, objectLock }, objects);
  const bucket = store.addBucket(identity, { ...settings, ...(lifecycle && { lifecycle }) });
  addObjects(store, bucket, keys);
  return bucket;
}

function readFixture(
  store: Store,
  name: string,
  fixture: BucketFixture,
): { readonly identity: BucketIdentity; readonly settings: BucketSettings } {
  checkMembers(`bucket '${name}'`, fixture, members);
  const { region, owner, mfaDelete, objectLock: lock = false } = fixture;
  const { objectLock, defaultRetention } = readObjectLock(`bucket '${name}'`, lock);
  const versioning = fixture.versioning === undefined && objectLock ? 'Enabled' : fixture.versioning;
  checkVersioning(name, { versioning, mfaDelete, objectLock });
  if (region !== undefined && !isRegion(region) && !isCosLocation(region)) {
    throw new TypeError(
      `bucket '${name}': ${JSON.stringify(region)} is no region. Give one of AWS's, such as 'eu-west-1', or a location of COS, such as 'us-south-standard'.`,
    );
  }
  const cos = region !== undefined && isCosLocation(region);
  const identity = {
    name,
    owner: findOwner(store, name, owner),
    region: cos || region === undefined ? undefined : region,
    location: region === 'us-east-1' ? undefined : region,
    created: store.clock.now(),
  };
  const settings: BucketSettings = {
    ...(versioning !== undefined && { versioning: { Status: versioning, MFADelete: mfaDelete } }),
    ...(objectLock && { objectLock }),
    ...(defaultRetention && { defaultRetention }),
  };
  return { identity, settings };
}

/** Throws a TypeError unless S3 could have a bucket in this state. */
export function checkVersioning(
  name: string,
  state: Pick<BucketFixture, 'versioning' | 'mfaDelete' | 'objectLock'>,
): void {
  const { versioning, mfaDelete, objectLock } = state;
  checkWord(name, 'versioning', versioning, ['Enabled', 'Suspended']);
  checkWord(name, 'mfaDelete', mfaDelete, ['Enabled', 'Disabled']);
  if (mfaDelete !== undefined && versioning === undefined) {
    throw new TypeError(
      `bucket '${name}': mfaDelete '${mfaDelete}' where versioning was never set. Give versioning 'Enabled' or 'Suspended' beside it.`,
    );
  }
  if (objectLock && versioning !== 'Enabled') {
    throw new TypeError(
      `bucket '${name}': object lock where versioning is '${versioning}'. Object lock needs versioning 'Enabled', and keeps it so.`,
    );
  }
}

function checkWord(bucket: string, member: string, word: string | undefined, words: readonly string[]): void {
  if (word === undefined || words.includes(word)) return;
  throw new TypeError(
    `bucket '${bucket}': ${member} ${JSON.stringify(word)}. Give ${words.map((known) => `'${known}'`).join(' or ')}, or leave it out.`,
  );
}

function findOwner(store: Store, bucket: string, owner: AccountHandle | string | undefined): Account {
  if (owner === undefined) return store.defaultAccount;
  const id = typeof owner === 'string' ? owner : owner?.id;
  const found = store.findAccount(id);
  if (found) return found;
  const known = store.accounts.map((account) => `${account.name} (${account.id})`).join(', ');
  throw new TypeError(`bucket '${bucket}': no account ${String(id)}. There are: ${known}. createAccount makes more.`);
}
