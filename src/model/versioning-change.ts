import { S3Error } from '../refusals/s3-error';
import type { Bucket } from './bucket';
import { checkMfa, type MfaRequest } from './mfa-delete';
import type { Store } from './store';
import type { VersioningConfiguration } from './versioning';

export interface VersioningChange extends VersioningConfiguration, MfaRequest {}

export function changeVersioning(
  { clock, sequence }: Pick<Store, 'clock' | 'sequence'>,
  bucket: Bucket,
  { Status, MFADelete, ...request }: VersioningChange,
): void {
  const before = bucket.versioning;
  if (Status === undefined) throw new S3Error('VersioningStatusMissing');
  // Turning MFA Delete on takes a code, and so does every request while it is on, even one that repeats the present state (F13).
  if (before.MFADelete === 'Enabled' || MFADelete === 'Enabled') checkMfa(bucket, request);
  if (MFADelete === 'Enabled' && bucket.lifecycle) throw new S3Error('MfaDeleteWithLifecycle');
  if (bucket.settings.protection)
    throw new S3Error('VersioningWithProtection', {}, `bucket '${bucket.name}' has a retention policy`);
  if (bucket.objectLock && Status === 'Suspended') throw new S3Error('VersioningFixedByObjectLock');
  if (bucket.settings.replication && Status === 'Suspended') throw new S3Error('VersioningFixedByReplication');
  // A Status alone does not change MFA Delete (F14).
  const versioning = { Status, MFADelete: MFADelete ?? before.MFADelete };
  const wasNeverEnabled = before.Status === undefined || bucket.settings.suspendedFirst === true;
  bucket.change({
    versioning,
    ...(wasNeverEnabled && { suspendedFirst: Status === 'Suspended' }),
    ...(wasNeverEnabled && Status === 'Enabled' && { firstEnabled: { at: clock.now(), sequence } }),
  });
}
