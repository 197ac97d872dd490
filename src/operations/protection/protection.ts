import { type Protection, periodUntil, withHold, withLongerPeriod, withoutHold } from '../../model/protection';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { element, required, wrappedList } from '../../shapes/elements';
import { header, type Input, query } from '../../shapes/places';
import { httpDate, long, text } from '../../shapes/values';
import { findRetentionEnd, readHold, retentionDate, seconds } from '../members/protection';
import { requireChangeableVersion } from '../objects/addressing';
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
    const version = findProtected(context, Key);
    const period = newPeriod(asked, version, now);
    const { protection: policy } = bucket.settings;
    if (!policy) throw new S3Error('ObjectUnprotected', {}, 'the bucket has no retention policy');
    bucket.versions.replace({ ...version, protection: withLongerPeriod(version, period, policy, now) });
  },
});

function newPeriod(
  asked: Input<typeof extensionMembers>,
  { created, protection }: ProtectedVersion,
  now: number,
): number {
  const { AdditionalRetentionPeriod, ExtendRetentionFromCurrentTime, NewRetentionExpirationDate, NewRetentionPeriod } =
    asked;
  const periods = [
    NewRetentionPeriod,
    AdditionalRetentionPeriod !== undefined ? addPeriods(protection.period, AdditionalRetentionPeriod) : undefined,
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
      `one of Additional-Retention-Period, Extend-Retention-From-Current-Time, New-Retention-Expiration-Date and New-Retention-Period is allowed, and the request has ${periods.length}`,
    );
  if (period < 0) throw new S3Error('RetentionNotExtended', {}, 'the new period is negative');
  return period;
}

/** Nothing can be added to a period without an end. */
function addPeriods(present: number, added: number): number {
  if (present >= 0) return present + added;
  throw new S3Error('RetentionNotExtended', {}, 'the period has no end, so nothing can be added to it');
}

interface ProtectedVersion extends ObjectVersion {
  readonly protection: Protection;
}

function findProtected(
  context: Context,
  key: string,
  whenNone: 'ObjectUnprotected' | 'NoRetentionState' = 'ObjectUnprotected',
): ProtectedVersion {
  const version = requireChangeableVersion(context, { bucket: context.bucket, key });
  const { protection } = version;
  if (protection) return { ...version, protection };
  throw new S3Error(whenNone, {}, 'the object was written while its bucket had no retention policy');
}

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-immutable#immutable-sdk-legal-hold (F827) */
export const addLegalHold = operation('POST /{Bucket}/{Key+}?legalHold', {
  action: 'no action',
  dialect: 'ibm-cos',
  input: { RetentionLegalHoldId: query('add') },
  handle(context, { Key, RetentionLegalHoldId = '' }) {
    const { bucket, now } = context;
    const hold = readHold(RetentionLegalHoldId, now);
    const version = findProtected(context, Key);
    bucket.versions.replace({ ...version, protection: withHold(version.protection, hold) });
  },
});

export const deleteLegalHold = operation('POST /{Bucket}/{Key+}?legalHold&remove={}', {
  action: 'no action',
  dialect: 'ibm-cos',
  input: { RetentionLegalHoldId: query('remove') },
  handle(context, { Key, RetentionLegalHoldId = '' }) {
    const version = findProtected(context, Key);
    const protection = withoutHold(version.protection, RetentionLegalHoldId);
    context.bucket.versions.replace({ ...version, protection });
  },
});

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-immutable#immutable-sdk-list-holds (F827) */
export const listLegalHolds = operation('GET /{Bucket}/{Key+}?legalHold', {
  action: 'no action',
  dialect: 'ibm-cos',
  root: 'RetentionState',
  contentType: 'application/xml',
  input: { MirrorDestination: header('Mirror-Destination') },
  output: {
    CreateTime: element(httpDate),
    RetentionPeriod: element(long),
    RetentionPeriodExpirationDate: element(httpDate),
    LegalHolds: required(wrappedList({ ID: element(text), Date: element(httpDate) }, 'LegalHold')),
  },
  handle(context, { Key }) {
    const { created, protection } = findProtected(context, Key, 'NoRetentionState');
    const { period, holds } = protection;
    return {
      CreateTime: new Date(created),
      RetentionPeriod: period,
      RetentionPeriodExpirationDate: findRetentionEnd(created, period),
      LegalHolds: holds.map(({ id, since }) => ({ ID: id, Date: new Date(since) })),
    };
  },
});
