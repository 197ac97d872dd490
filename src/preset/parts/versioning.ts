import type { Bucket } from '../../model/bucket';
import type { MfaDeleteStatus, VersioningStatus } from '../../model/versioning';
import { words } from '../../shapes/values';
import { makeMistake } from '../../text/mistakes';
import type { BucketOption } from './part';

export const bucketVersioning: BucketOption<VersioningStatus> = {
  shape: words('Enabled', 'Suspended'),
  get: ({ bucket }) => bucket.versioning.Status,
  set({ bucket }, status) {
    if (status === undefined) checkNotUnset(bucket, 'versioning', bucket.versioning.Status, 'Create another bucket.');
    checkVersioning(bucket, { versioning: status });
    bucket.change({ versioning: { ...bucket.versioning, Status: status } });
  },
  draw: ({ versioning: { Status } }) => (Status === undefined ? 'versioning never set' : `versioning ${Status}`),
};

export const bucketMfaDelete: BucketOption<MfaDeleteStatus> = {
  shape: words('Enabled', 'Disabled'),
  get: ({ bucket }) => bucket.versioning.MFADelete,
  set({ bucket }, status) {
    if (status === undefined) checkNotUnset(bucket, 'mfaDelete', bucket.versioning.MFADelete, "Give 'Disabled'.");
    checkVersioning(bucket, { mfaDelete: status });
    checkLifecycleWithMfaDelete(bucket, bucket.lifecycle !== undefined, status);
    bucket.change({ versioning: { ...bucket.versioning, MFADelete: status } });
  },
  draw: ({ versioning: { MFADelete } }) => MFADelete && `MFA Delete ${MFADelete}`,
};

function checkNotUnset({ name }: Bucket, option: string, before: string | undefined, cure: string): void {
  if (before !== undefined) throw makeMistake(`bucket '${name}': ${option} cannot be unset, as on S3. ${cure}`);
}

interface VersioningState {
  readonly versioning: VersioningStatus | undefined;
  readonly mfaDelete: MfaDeleteStatus | undefined;
  readonly objectLock: boolean;
}

/** Throws a TypeError if the bucket cannot have this state, which S3 could not reach. `changed` replaces a part of the present state. */
export function checkVersioning(bucket: Bucket, changed: Partial<VersioningState>): void {
  const { Status: versioning, MFADelete: mfaDelete } = bucket.versioning;
  const state: VersioningState = { versioning, mfaDelete, objectLock: bucket.objectLock, ...changed };
  checkPair(bucket.name, state);
  if ('versioning' in changed) checkConfigurations(bucket, changed.versioning);
}

function checkPair(name: string, { versioning, mfaDelete, objectLock }: VersioningState): void {
  if (mfaDelete !== undefined && versioning === undefined)
    throw makeMistake(
      `bucket '${name}': mfaDelete is '${mfaDelete}', but versioning was never set. Also give versioning 'Enabled' or 'Suspended'.`,
    );
  if (objectLock && versioning !== 'Enabled')
    throw makeMistake(
      `bucket '${name}': it has object lock, but versioning is '${versioning}'. Object lock needs versioning 'Enabled', and keeps it so.`,
    );
}

function checkConfigurations({ name, settings }: Bucket, versioning: VersioningStatus | undefined): void {
  if (settings.protection && versioning !== undefined)
    throw makeMistake(
      `bucket '${name}': versioning is '${versioning}', but it has a retention policy, and IBM COS does not allow both. Create another bucket.`,
    );
  if (settings.replication && versioning !== 'Enabled')
    throw makeMistake(
      `bucket '${name}': versioning is '${versioning}', but it has a replication configuration, which keeps it 'Enabled'. Remove the configuration first: replication = undefined.`,
    );
}

export function checkLifecycleWithMfaDelete(
  { name }: Bucket,
  hasLifecycle: boolean,
  mfaDelete: MfaDeleteStatus | undefined,
): void {
  if (!hasLifecycle || mfaDelete !== 'Enabled') return;
  throw makeMistake(
    `bucket '${name}': it has lifecycle rules, but mfaDelete is 'Enabled'. S3 allows one or the other: give mfaDelete 'Disabled', or no rules.`,
  );
}
