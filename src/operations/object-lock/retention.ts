import { javaDate } from '../../formats/dates';
import { type Lock, mayChangeRetention, type Retention, type RetentionMode } from '../../model/object-lock';
import type { ObjectVersion } from '../../model/versions/version';
import { checkVersionId } from '../../model/versions/version-lookup';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot, malformedIfSent, required } from '../../shapes/elements';
import { payload, query } from '../../shapes/places';
import { word } from '../../shapes/values';
import {
  bypassMember,
  checkLock,
  eventHoldElements,
  legalHoldStatus,
  retainUntil,
  retentionMode,
} from '../members/object-lock';
import { givenVersionId } from '../members/objects';
import { changeableVersion } from '../objects/addressing';
import { type Context, operation } from '../operation';

const retention = { Mode: element(retentionMode), RetainUntilDate: element(retainUntil) };
/** S3's newer holds until an event, which the mock lacks. */
const retentionInput = {
  ...retention,
  EventHold: malformedIfSent(element(word<'ON' | 'OFF'>())),
  EventHoldDuration: malformedIfSent(element(eventHoldElements)),
};
const legalHold = { Status: required(element(legalHoldStatus)) };

const readMembers = { VersionId: query('versionId', givenVersionId, { stage: 'query' }) };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const putObjectRetention = operation('PUT /{Bucket}/{Key+}?retention', {
  action: 's3:PutObjectRetention',
  digest: 'required',
  input: { ...bypassMember, VersionId: query('versionId'), Retention: payload(retentionInput, { optional: true }) },
  handle(context, { Key, VersionId, Retention: asked, BypassGovernanceRetention: bypass = false }) {
    const wanted = readRetention(asked);
    const version = lockableVersion(context, Key, VersionId);
    const { now } = context;
    if (wanted && wanted.until <= now)
      throw new S3Error('RetentionPast', { ArgumentName: 'RetainUntilDate', ArgumentValue: javaDate(wanted.until) });
    const permits = (bypasses: boolean) => mayChangeRetention(version, wanted, now, bypasses);
    checkLock(context, { version, versionId: VersionId, bypass, permits });
    changeLock(context, version, { retention: wanted });
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
export const getObjectRetention = operation('GET /{Bucket}/{Key+}?retention', {
  action: 's3:GetObjectRetention',
  root: 'Retention',
  input: readMembers,
  output: { Retention: inRoot(retention) },
  handle(context, { Key, VersionId }) {
    const { lock } = lockableVersion(context, Key, VersionId);
    if (!lock?.retention) throw new S3Error('NoSuchLock');
    const { Mode, until } = lock.retention;
    return { Retention: { Mode, RetainUntilDate: new Date(until) } };
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold = operation('PUT /{Bucket}/{Key+}?legal-hold', {
  action: 's3:PutObjectLegalHold',
  digest: 'required',
  input: { VersionId: query('versionId'), LegalHold: payload(legalHold, { optional: true }) },
  handle(context, { Key, VersionId, LegalHold }) {
    if (LegalHold === undefined) throw new S3Error('MalformedXML', {}, 'there is no body');
    changeLock(context, lockableVersion(context, Key, VersionId), { legalHold: LegalHold.Status });
  },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const getObjectLegalHold = operation('GET /{Bucket}/{Key+}?legal-hold', {
  action: 's3:GetObjectLegalHold',
  root: 'LegalHold',
  input: readMembers,
  output: { LegalHold: inRoot(legalHold) },
  handle(context, { Key, VersionId }) {
    const { lock } = lockableVersion(context, Key, VersionId);
    if (!lock?.legalHold) throw new S3Error('NoSuchLock');
    return { LegalHold: { Status: lock.legalHold } };
  },
});

interface RetentionElements {
  readonly Mode?: RetentionMode;
  readonly RetainUntilDate?: Date;
}

/** Reads a retention. An empty one removes the present retention; S3 refuses a request without a body (F103). */
function readRetention(asked: RetentionElements | undefined): Retention | undefined {
  if (asked === undefined) throw new S3Error('MalformedXML', {}, 'there is no body');
  const { Mode, RetainUntilDate } = asked;
  if ((Mode === undefined) !== (RetainUntilDate === undefined))
    throw new S3Error('MalformedXML', {}, 'a retention has both Mode and RetainUntilDate');
  return Mode && RetainUntilDate && { Mode, until: RetainUntilDate.getTime() };
}

/** Finds the version whose lock a request addresses, or throws S3's refusals in S3's order. A delete marker has no lock (F103). */
function lockableVersion(context: Context, key: string, versionId: string | undefined): ObjectVersion {
  const { store, bucket } = context;
  checkVersionId(store, bucket, versionId);
  if (!bucket.objectLock) throw new S3Error('BucketWithoutLock');
  return changeableVersion(context, { bucket, key, versionId }, true);
}

function changeLock({ bucket }: Context, version: ObjectVersion, change: Partial<Lock>): void {
  const { retention: present, legalHold: hold } = version.lock ?? {};
  bucket.versions.replace({ ...version, lock: { retention: present, legalHold: hold, ...change } });
}
