import { S3Error } from '../refusals/s3-error';
import type { Bucket } from './bucket';
import { type Caller, describeCaller } from './identity/account';

/** The two states that versioning can be set to. A bucket where it was never set has neither. */
export type VersioningStatus = 'Enabled' | 'Suspended';

/** Whether MFA Delete guards a bucket. Undefined until it is set for the first time. */
export type MfaDeleteStatus = 'Enabled' | 'Disabled';

/** A bucket's versioning as GetBucketVersioning tells it. */
export interface VersioningConfiguration {
  readonly Status?: VersioningStatus | undefined;
  readonly MFADelete?: MfaDeleteStatus | undefined;
}

/** What a request to change versioning brings along. */
export interface VersioningChange extends VersioningConfiguration {
  readonly caller: Caller;
  /** What `x-amz-mfa` held. */
  readonly mfa: string | undefined;
}

/** Changes a bucket's versioning, or throws what S3 refuses it with; then nothing is changed. */
export function changeVersioning(bucket: Bucket, { Status, MFADelete, caller, mfa }: VersioningChange): void {
  if (Status === undefined) throw new S3Error('VersioningStatusMissing');
  // Turning MFA Delete on takes a code, and so does every change while it is on, the present state repeated among them (F13).
  if (bucket.versioning.MFADelete === 'Enabled' || MFADelete === 'Enabled') requireMfa(bucket, caller, mfa);
  if (MFADelete === 'Enabled' && bucket.lifecycle) throw new S3Error('MfaDeleteWithLifecycle');
  if (bucket.objectLock && Status === 'Suspended') throw new S3Error('VersioningFixedByObjectLock');
  // A Status alone leaves MFA Delete as it was (F14).
  bucket.versioning = { Status, MFADelete: MFADelete ?? bucket.versioning.MFADelete };
}

/** Throws unless S3 lets a caller delete versions for good: where MFA Delete guards the bucket that takes a code (F69). */
export function guardDeletion(bucket: Bucket, caller: Caller, mfa: string | undefined): void {
  if (bucket.versioning.MFADelete === 'Enabled') requireMfa(bucket, caller, mfa, 'AccessDenied');
}

/** Spends a code of the root user's MFA device, or throws what S3 refuses the request with (F15, F16). */
export function requireMfa(
  { owner }: Bucket,
  caller: Caller,
  mfa: string | undefined,
  toOthers: 'MfaNotByOwner' | 'AccessDenied' = 'MfaNotByOwner',
): void {
  if (mfa === undefined) throw new S3Error('MfaRequired', {}, 'the request has no x-amz-mfa header');
  const [, serial = '', code = ''] = /^(\S+) (\S+)$/.exec(mfa) ?? [];
  if (serial === '') throw new S3Error('MfaHeaderMalformed', { ArgumentValue: mfa });
  if (caller.account !== owner || caller.user !== undefined) {
    throw new S3Error(toOthers, {}, `${describeCaller(caller)} is not the root user of the bucket's owner ${owner.id}`);
  }
  const device = owner.findMfaDevice(serial);
  if (!device) throw new S3Error('AccessDenied', {}, `the root user of ${owner.id} has no MFA device ${serial}`);
  const verdict = device.verify(code);
  if (!verdict.accepted) throw new S3Error('AccessDenied', {}, verdict.why);
}
