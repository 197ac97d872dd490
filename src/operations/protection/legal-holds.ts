import { withHold, withoutHold } from '../../model/protection';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { element, required, wrappedList } from '../../shapes/elements';
import { header, query } from '../../shapes/places';
import { httpDate, long, text } from '../../shapes/values';
import { readHold, writeEnd } from '../members/protection';
import { changeableVersion } from '../objects/addressing';
import { type Context, operation } from '../operation';
import { type ProtectedVersion, protectedVersion } from './protection';

/** https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-immutable#immutable-sdk-legal-hold (F827) */
export const addLegalHold = operation('POST /{Bucket}/{Key+}?legalHold', {
  action: 'no action',
  dialect: 'ibm-cos',
  input: { RetentionLegalHoldId: query('add') },
  handle(context, { Key, RetentionLegalHoldId = '' }) {
    const { bucket, now } = context;
    const hold = readHold(RetentionLegalHoldId, now);
    const version = protectedVersion(context, Key);
    bucket.versions.replace({ ...version, protection: withHold(version.protection, hold) });
  },
});

/** The same page. */
export const deleteLegalHold = operation('POST /{Bucket}/{Key+}?legalHold&remove={}', {
  action: 'no action',
  dialect: 'ibm-cos',
  input: { RetentionLegalHoldId: query('remove') },
  handle(context, { Key, RetentionLegalHoldId = '' }) {
    const version = protectedVersion(context, Key);
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
    const { created, protection } = listedVersion(context, Key);
    const { period, holds } = protection;
    return {
      CreateTime: new Date(created),
      RetentionPeriod: period,
      RetentionPeriodExpirationDate: writeEnd(created, period),
      LegalHolds: holds.map(({ id, since }) => ({ ID: id, Date: new Date(since) })),
    };
  },
});

function listedVersion(context: Context, key: string): ProtectedVersion {
  const version: ObjectVersion = changeableVersion(context, { bucket: context.bucket, key });
  const { protection } = version;
  if (protection) return { ...version, protection };
  throw new S3Error('NoRetentionState', {}, 'the object was written while its bucket had no retention policy');
}
