import { S3Error } from '../refusals/s3-error';
import type { Bucket } from './bucket';
import type { Caller } from './identity/account';
import { checkMfa } from './mfa-delete';
import type { Store } from './store';
import type { VersioningConfiguration } from './versioning';

/** What a request to change versioning brings along. */
export interface VersioningChange extends VersioningConfiguration {
  readonly caller: Caller;
  /** What `x-amz-mfa` held. */
  readonly mfa: string | undefined;
}

/** Changes a bucket's versioning, or throws what S3 refuses it with; then nothing is changed. */
export function changeVersioning(
  { clock, sequence }: Pick<Store, 'clock' | 'sequence'>,
  bucket: Bucket,
  { Status, MFADelete, caller, mfa }: VersioningChange,
): void {
  const before = bucket.versioning;
  if (Status === undefined) throw new S3Error('VersioningStatusMissing');
  // Turning MFA Delete on takes a code, and so does every change while it is on, the present state repeated among them (F13).
  if (before.MFADelete === 'Enabled' || MFADelete === 'Enabled') checkMfa(bucket, caller, mfa);
  if (MFADelete === 'Enabled' && bucket.lifecycle) throw new S3Error('MfaDeleteWithLifecycle');
  if (bucket.objectLock && Status === 'Suspended') throw new S3Error('VersioningFixedByObjectLock');
  // A Status alone leaves MFA Delete as it was (F14).
  const versioning = { Status, MFADelete: MFADelete ?? before.MFADelete };
  const isFirst = before.Status === undefined && Status === 'Enabled';
  bucket.change({ versioning, ...(isFirst && { firstEnabled: { at: clock.now(), sequence } }) });
}
