import { S3Error } from '../refusals/s3-error';
import type { Bucket } from './bucket';
import { type Caller, describeCaller } from './identity/account';

/** Throws unless S3 lets a caller delete a version permanently: if MFA Delete guards the bucket, that takes a code (F69). */
export function checkVersionDeletion(bucket: Bucket, caller: Caller, mfa: string | undefined): void {
  if (bucket.versioning.MFADelete === 'Enabled') checkMfa(bucket, caller, mfa, 'AccessDenied');
}

/** Uses up a code of the root user's MFA device, or throws S3's refusal (F15, F16). */
export function checkMfa(
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
