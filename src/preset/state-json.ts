import type { Bucket } from '../model/bucket';
import type { PublicAccessBlock } from '../model/configurations/public-access-switches';
import type { Store } from '../model/store';
import { conditionsLiteral, type RequestConditions } from './access-conditions';
import {
  type AccountFixtures,
  accountLiterals,
  holdingLiterals,
  type RoleFixtures,
  type UserFixtures,
} from './account-fixture';
import { type BucketFixture, bucketOptions } from './bucket-fixture';
import { type KmsKeyFixtures, kmsKeysLiteral } from './kms-keys-handle';
import { objectOutlines, type VersionOutline } from './object-literals';
import type { BucketInStore } from './parts/part';
import { listVersions } from './version-copies';

export interface StoreLiteral {
  readonly organizationId?: string;
  readonly conditions?: RequestConditions;
  readonly users?: UserFixtures;
  readonly roles?: RoleFixtures;
  readonly publicAccessBlock?: PublicAccessBlock;
  readonly caller?: string;
  readonly accounts?: AccountFixtures;
  readonly kmsKeys?: KmsKeyFixtures;
  readonly now?: string;
  readonly buckets: Readonly<Record<string, BucketFixture>>;
}

/** Writes the options that a mock is created with and keeps. */
export function traitsLiteral({
  defaultAccount,
  conditions,
}: Store): Pick<StoreLiteral, 'organizationId' | 'conditions'> {
  const { organizationId } = defaultAccount;
  return {
    ...(organizationId !== undefined && { organizationId }),
    ...(conditions.size > 0 && { conditions: conditionsLiteral(conditions) }),
  };
}

/**
 * Writes the state of a mock. It leaves out uploads in progress, checksums and parts of objects, times and checksums of annotations,
 * sessions and MFA devices.
 */
export function storeLiteral(store: Store): StoreLiteral {
  const { buckets, clock, defaultAccount } = store;
  const accounts = accountLiterals(store);
  const now = clock.now();
  const last = [...buckets.values()].reduce((latest, bucket) => Math.max(latest, lastWrite(bucket)), 0);
  // If the clock was moved, the times of versions may be in the future for a mock without `now`.
  const moved = 'at' in clock.state || clock.state.offset !== 0 || last > now;
  const { account, user, session } = store.acting;
  const kmsKeys = kmsKeysLiteral(store);
  const isOption = account === defaultAccount && user !== undefined && session === undefined;
  return {
    ...traitsLiteral(store),
    ...(accounts && { accounts }),
    ...holdingLiterals(defaultAccount),
    ...(isOption && { caller: user }),
    ...(kmsKeys && { kmsKeys }),
    ...(moved && { now: new Date(Math.max(now, last)).toISOString() }),
    buckets: Object.fromEntries([...buckets].map(([name, bucket]) => [name, bucketLiteral(store, bucket)])),
  };
}

function lastWrite(bucket: Bucket): number {
  let last = 0;
  for (const [{ created }] of listVersions(bucket)) last = Math.max(last, created);
  return last;
}

function bucketLiteral(store: Store, bucket: Bucket): BucketFixture {
  return writeOptions({ store, bucket }, () => true);
}

function writeOptions(place: BucketInStore, isWritten: (name: string) => boolean): BucketFixture {
  const literals = Object.entries(bucketOptions).map(
    ([name, { literal, get }]) => [name, isWritten(name) ? (literal ?? get)?.(place) : undefined] as const,
  );
  return Object.fromEntries(literals.filter(([, literal]) => literal !== undefined));
}

/** A bucket in the form of a fixture, without the times of writes. */
export interface BucketOutline extends Omit<BucketFixture, 'objects' | 'replicationQueue'> {
  readonly objects?: Readonly<Record<string, readonly VersionOutline[]>>;
}

/** The outline is the same in each run with the same seed. */
export function writeOutline(store: Store, bucket: Bucket): BucketOutline {
  const objects = objectOutlines(store, bucket);
  const settings = writeOptions({ store, bucket }, (name) => name !== 'objects' && name !== 'replicationQueue');
  return { ...settings, ...(Object.keys(objects).length > 0 && { objects }) } as BucketOutline; // without these two
}
