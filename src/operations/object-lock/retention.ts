import type { Dialect } from '../../dialects';
import { writeJavaDate } from '../../formats/dates';
import {
  type AskedRetention,
  endOfPeriod,
  endOfRetention,
  type Lock,
  makeRetention,
  mayChangeRetention,
  type Retention,
  refusalForLocked,
} from '../../model/object-lock';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot, required } from '../../shapes/elements';
import { header, type Input, payload, query } from '../../shapes/places';
import {
  bypassAction,
  bypassMember,
  checkEventHold,
  checkHoldDuration,
  checkHoldEnds,
  eventHoldElements,
  eventHoldStatus,
  legalHoldStatus,
  problemOfUnits,
  retainUntil,
  retentionMode,
  whyPast,
} from '../members/object-lock';
import { givenVersionId } from '../members/objects';
import { checkSentVersionId, requireChangeableVersion } from '../objects/addressing';
import { writtenVersionId } from '../objects/write';
import { type Context, operation, type SearchContext } from '../operation';

const retention = {
  Mode: element(retentionMode),
  RetainUntilDate: element(retainUntil),
  EventHold: element(eventHoldStatus),
  EventHoldDuration: element(eventHoldElements),
};
const legalHold = { Status: required(element(legalHoldStatus)) };

/** S3's SDKs do not read them. */
const changedMembers = { VersionId: header('x-amz-version-id') };

const readMembers = { VersionId: query('versionId', givenVersionId, { stage: 'query' }) };

export const putObjectRetention = operation('PUT /{Bucket}/{Key+}?retention', {
  action: ({ BypassGovernanceRetention }) => ['s3:PutObjectRetention', ...bypassAction(BypassGovernanceRetention)],
  checkObject: checkIsLocked,
  digest: 'required',
  input: { ...bypassMember, VersionId: query('versionId'), Retention: payload(retention, { optional: true }) },
  output: changedMembers,
  handle(context, { Key, VersionId, Retention, BypassGovernanceRetention: bypass = false }) {
    const asked = readRetention(Retention, context.request.dialect);
    const version = lockableVersion(context, Key, VersionId);
    const { now } = context;
    if (asked) checkAsked(asked, now);
    const wanted = asked && wantedRetention(version, asked, now);
    const { takeTheSameDate } = context.request.dialect.objects.locks;
    if (!mayChangeRetention(version, wanted, now, bypass, takeTheSameDate)) throw refusalForLocked(version, bypass);
    if (asked && wanted) checkHoldKept(asked, wanted, now);
    changeLock(context, version, { retention: wanted });
    return changedOutput(context, version);
  },
});

export const getObjectRetention = operation('GET /{Bucket}/{Key+}?retention', {
  action: 's3:GetObjectRetention',
  findObject: lockedVersion,
  root: 'Retention',
  input: readMembers,
  output: { Retention: inRoot(retention) },
  handle(context, { Key, VersionId }) {
    const { lock } = lockableVersion(context, Key, VersionId);
    if (!lock?.retention)
      throw new S3Error('NoSuchLock', {}, 'the version has no retention, and S3 answers that with an error: catch it');
    const { Mode, eventHold } = lock.retention;
    const RetainUntilDate = new Date(endOfRetention(lock.retention, context.now));
    const hold = {
      ...(eventHold && { EventHold: eventHold.Status }),
      ...(eventHold?.Status === 'ON' && { EventHoldDuration: eventHold.duration }),
    };
    return { Retention: { Mode, RetainUntilDate, ...hold } };
  },
});

export const putObjectLegalHold = operation('PUT /{Bucket}/{Key+}?legal-hold', {
  action: 's3:PutObjectLegalHold',
  checkObject: checkIsLocked,
  digest: 'required',
  input: { VersionId: query('versionId'), LegalHold: payload(legalHold, { optional: true }) },
  output: changedMembers,
  handle(context, { Key, VersionId, LegalHold }) {
    if (LegalHold === undefined) throw new S3Error('MalformedXML', {}, 'there is no body');
    const version = lockableVersion(context, Key, VersionId);
    changeLock(context, version, { legalHold: LegalHold.Status });
    return changedOutput(context, version);
  },
});

export const getObjectLegalHold = operation('GET /{Bucket}/{Key+}?legal-hold', {
  action: 's3:GetObjectLegalHold',
  findObject: lockedVersion,
  root: 'LegalHold',
  input: readMembers,
  output: { LegalHold: inRoot(legalHold) },
  handle(context, { Key, VersionId }) {
    const { lock } = lockableVersion(context, Key, VersionId);
    if (!lock?.legalHold)
      throw new S3Error('NoSuchLock', {}, 'the version has no legal hold, and S3 answers that with an error: catch it');
    return { LegalHold: { Status: lock.legalHold } };
  },
});

type RetentionElements = Input<typeof retention>;

/** An empty retention removes the present one. S3 refuses a request without a body (F103). */
function readRetention(sent: RetentionElements | undefined, { objects }: Dialect): AskedRetention | undefined {
  if (sent === undefined) throw new S3Error('MalformedXML', {}, 'there is no body');
  const { Mode, RetainUntilDate, EventHold: eventHold, EventHoldDuration: duration } = sent;
  const problem = problemOfSchema(sent, objects.haveEventHolds);
  if (problem !== undefined) throw new S3Error('MalformedXML', {}, problem);
  return Mode && { Mode, until: RetainUntilDate?.getTime(), eventHold, duration };
}

function problemOfSchema(sent: RetentionElements, haveEventHolds: boolean): string | undefined {
  const { Mode, RetainUntilDate, EventHold, EventHoldDuration: duration } = sent;
  if (!haveEventHolds && (EventHold ?? duration) !== undefined) return 'IBM COS has no event holds';
  if (Mode === undefined && (RetainUntilDate ?? EventHold ?? duration) !== undefined) return 'there is no Mode';
  if (Mode !== undefined && RetainUntilDate === undefined && EventHold === undefined)
    return 'a retention has both Mode and RetainUntilDate, unless it has an EventHold';
  if (duration && EventHold === undefined) return 'there is an EventHoldDuration and no EventHold';
  return duration && problemOfUnits(duration);
}

function checkAsked(asked: AskedRetention, now: number): void {
  const { until, eventHold, duration } = asked;
  const ArgumentName = 'RetainUntilDate';
  if (duration) checkHoldDuration(duration);
  if (until !== undefined && until <= now)
    throw new S3Error('RetentionPast', { ArgumentName, ArgumentValue: writeJavaDate(until) }, whyPast(until, now));
  if (eventHold !== undefined) checkEventHold(asked);
  if (until !== undefined) checkHoldEnds(asked, { ArgumentName, ArgumentValue: new Date(until).toISOString() }, now);
}

/** Throws if the retention has no end: the hold is OFF and never was ON, and there is no date (F602). */
function wantedRetention({ lock }: ObjectVersion, asked: AskedRetention, now: number): Retention {
  const wanted = makeRetention(lock?.retention, asked, now);
  if (wanted) return wanted;
  throw new S3Error('EventHoldIncomplete').because(
    'the event hold is OFF, and the version has neither a hold nor a date',
  );
}

/** Throws if a date ends before the duration of the hold that the version keeps, which a bypass does not permit either (F602). */
function checkHoldKept({ until, eventHold: asked }: AskedRetention, { eventHold }: Retention, now: number): void {
  if (until === undefined || asked !== undefined || eventHold?.Status !== 'ON') return;
  if (until < endOfPeriod(eventHold.duration, now))
    throw new S3Error('HoldNotReleased').quoting({ RetainUntilDate: new Date(until).toISOString() });
}

/** IBM COS says that the bucket has no object lock whatever is in the document (F103). */
function checkIsLocked({ bucket, request }: SearchContext): void {
  if (request.dialect.objects.locks.areReadInLockedBucketsOnly && !bucket.objectLock)
    throw new S3Error('BucketWithoutLock');
}

/** The checks run in S3's order. A delete marker has no lock (F103). */
function lockableVersion(context: Context, key: string, versionId: string | undefined): ObjectVersion {
  const { bucket } = context;
  checkSentVersionId(context, versionId);
  if (!bucket.objectLock) throw new S3Error('BucketWithoutLock');
  return lockedVersion(context, key, versionId);
}

/** F103 */
function lockedVersion(context: SearchContext, key: string, versionId: string | undefined): ObjectVersion {
  const address = { bucket: context.bucket, key, versionId };
  return requireChangeableVersion(context, address, { tellsTime: true, idOfCurrent: 'null' });
}

/** The answer to a change names the version, whether the request did or not, other than the null version (F103). */
function changedOutput({ store }: Context, version: ObjectVersion) {
  return { VersionId: writtenVersionId(store, version) };
}

function changeLock({ bucket }: Context, version: ObjectVersion, change: Partial<Lock>): void {
  const { retention: present, legalHold: hold } = version.lock ?? {};
  bucket.versions.replace({ ...version, lock: { retention: present, legalHold: hold, ...change } });
}
