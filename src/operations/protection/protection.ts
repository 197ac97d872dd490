import { extended, type Protection, periodUntil } from '../../model/protection';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { header } from '../../shapes/places';
import { retentionDate, seconds } from '../members/protection';
import { changeableVersion } from '../objects/addressing';
import { type Context, operation } from '../operation';

const extensionMembers = {
  AdditionalRetentionPeriod: header('Additional-Retention-Period', seconds),
  ExtendRetentionFromCurrentTime: header('Extend-Retention-From-Current-Time', seconds),
  NewRetentionExpirationDate: header('New-Retention-Expiration-Date', retentionDate),
  NewRetentionPeriod: header('New-Retention-Period', seconds),
};

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-immutable#immutable-sdk-extend (F828) */
export const extendObjectRetention = operation('POST /{Bucket}/{Key+}?extendRetention', {
  action: 'no action',
  dialect: 'ibm-cos',
  input: extensionMembers,
  handle(context, { Key, ...asked }) {
    const { bucket, now } = context;
    const version = protectedVersion(context, Key);
    const period = newPeriod(asked, version, now);
    const { protection: policy } = bucket.settings;
    if (!policy) throw new S3Error('ObjectUnprotected', {}, 'the bucket has no retention policy');
    bucket.versions.replace({ ...version, protection: extended(version, period, policy, now) });
  },
});

interface AskedExtension {
  readonly AdditionalRetentionPeriod?: number;
  readonly ExtendRetentionFromCurrentTime?: number;
  readonly NewRetentionExpirationDate?: Date;
  readonly NewRetentionPeriod?: number;
}

function newPeriod(asked: AskedExtension, { created, protection }: ProtectedVersion, now: number): number {
  const { AdditionalRetentionPeriod, ExtendRetentionFromCurrentTime, NewRetentionExpirationDate, NewRetentionPeriod } =
    asked;
  const periods = [
    NewRetentionPeriod,
    AdditionalRetentionPeriod !== undefined ? sum(protection.period, AdditionalRetentionPeriod) : undefined,
    ExtendRetentionFromCurrentTime !== undefined
      ? periodUntil(created, now + ExtendRetentionFromCurrentTime * 1000)
      : undefined,
    NewRetentionExpirationDate && periodUntil(created, NewRetentionExpirationDate.getTime()),
  ].filter((period) => period !== undefined);
  const [period, second] = periods;
  if (period === undefined || second !== undefined)
    throw new S3Error(
      'ExtensionNotSingle',
      {},
      `one of Additional-Retention-Period, Extend-Retention-From-Current-Time, New-Retention-Expiration-Date and New-Retention-Period may come, and ${periods.length} came`,
    );
  if (period < 0) throw new S3Error('RetentionNotExtended', {}, 'the new period is less than nothing');
  return period;
}

/** What is added to a period without an end has no place to be added to. */
function sum(present: number, added: number): number {
  if (present >= 0) return present + added;
  throw new S3Error('RetentionNotExtended', {}, 'the period has no end, so that nothing can be added to it');
}

export interface ProtectedVersion extends ObjectVersion {
  readonly protection: Protection;
}

/** The object whose retention or holds a request changes, or throws COS's refusals. */
export function protectedVersion(context: Context, key: string): ProtectedVersion {
  const version = changeableVersion(context, { bucket: context.bucket, key });
  const { protection } = version;
  if (protection) return { ...version, protection };
  throw new S3Error('ObjectUnprotected', {}, 'the object was written while its bucket had no retention policy');
}
