import {
  type Argument,
  accessDenied,
  allDetails,
  argument,
  invalidArgument,
  invalidRequest,
  ofBucket,
  refusal,
  type Texts,
  valueInvalid,
} from './refusal';

// The texts of COS that are recorded are those of AWS (F170).
const sameText = { sameTextAtCos: true } as const;
const asDetails = { fields: allDetails, ...sameText } as const;

function lockValueInvalid(name: string, message: string) {
  return invalidArgument<Texts<'ArgumentValue'>>(message, { fields: argument(name), ...sameText });
}

const state = { message: 'The request is not valid with the current state of the bucket.' };

/** Refusals because of object lock, and of its configuration and headers. */
export const objectLock = {
  /** A PUT of a lock configuration on a bucket whose versioning is not 'Enabled'. */
  LockNeedsVersioning: refusal('InvalidBucketState', 409)(
    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    { cos: state },
  ),
  /** A GET of the lock configuration of a bucket without object lock. */
  NoLockConfiguration: refusal('ObjectLockConfigurationNotFoundError', 404)(
    'Object Lock configuration does not exist for this bucket',
    { ...ofBucket, failsByName: false },
  ),
  /** A PUT of a lock configuration whose default retention lasts less than one day or year. */
  DefaultRetentionNotPositive: invalidArgument<Argument>(
    'Default retention period must be a positive integer value.',
    asDetails,
  ),
  /** A PUT of a lock configuration whose default retention lasts more than 36,500 days or 100 years. */
  DefaultRetentionTooLong: invalidArgument<Argument>('Default retention period too large.', asDetails),
  /** A PUT of a lock configuration whose default retention has a mode and no period. */
  DefaultRetentionWithoutPeriod: invalidRequest('Default retention must have a retention period.'),
  /** A PUT of a lock configuration or of a retention whose event hold lasts less than one day or year, or more than 36,500 days or 100 years. */
  EventHoldDurationOutOfRange: invalidArgument<Argument>(
    'The event hold duration must be from 1 to 36500 days or from 1 to 100 years.',
    { fields: allDetails },
  ),
  /** A write or a PutObjectRetention whose parts of an event hold do not fit together, such as ON without a duration. */
  EventHoldIncomplete: invalidRequest('The event hold of the request is not complete.'),
  /** A write with an event hold other than ON and OFF. */
  EventHoldUnknown: valueInvalid('x-amz-object-lock-event-hold', "Event Hold must be either of 'ON' or 'OFF'"),
  /** A write or a PutObjectRetention with an event hold and a retain-until date that is earlier than the hold's duration from now. */
  RetentionBeforeHold: invalidArgument<Argument>(
    'The retain until date must not be earlier than the end of the event hold duration.',
    { fields: allDetails },
  ),
  /** A PutObjectRetention with a bypass whose date is earlier than the duration of an event hold from now, and which does not release the hold. */
  HoldNotReleased: invalidRequest('The retain until date must not be earlier than the end of the event hold duration.'),
  /** A PUT or GET of the retention or the legal hold of a version in a bucket without object lock. */
  BucketWithoutLock: invalidRequest('Bucket is missing Object Lock Configuration'),
  // S3's text for a write has one word less (F104).
  /** A write with headers of a retention or a legal hold to a bucket without object lock. */
  WriteWithoutLock: invalidRequest('Bucket is missing ObjectLockConfiguration'),
  /** A deletion with x-amz-bypass-governance-retention, true or false, in a bucket without object lock. */
  BypassWithoutLock: invalidArgument(
    'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
    { fields: { ArgumentName: 'x-amz-bypass-governance-retention' }, ...sameText },
  ),
  /** A GET of the retention or the legal hold of a version that has none, in a bucket with object lock. */
  NoSuchLock: refusal('NoSuchObjectLockConfiguration', 404)(
    'The specified object does not have a ObjectLock configuration',
    { meantByCode: true },
  ),
  /** A write or a PutObjectRetention with a retain-until date that is over. */
  RetentionPast: invalidArgument<Argument>('The retain until date must be in the future!', asDetails),
  /** A write with a retain-until date that is not in ISO 8601. */
  RetentionDateMalformed: lockValueInvalid(
    'x-amz-object-lock-retain-until-date',
    'The retain until date must be provided in ISO 8601 format',
  ),
  /** A write with a lock mode and no retain-until date, or with a retain-until date and no lock mode. */
  RetentionHalf: invalidArgument<Texts<'ArgumentName'>>(
    'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    asDetails,
  ),
  /** A write with a lock mode other than GOVERNANCE and COMPLIANCE. */
  LockModeUnknown: lockValueInvalid('x-amz-object-lock-mode', 'Unknown wormMode directive.'),
  /** A write with a legal hold other than ON and OFF. */
  LegalHoldUnknown: lockValueInvalid('x-amz-object-lock-legal-hold', "Legal Hold must be either of 'ON' or 'OFF'"),
  /** A write of an object or a part with a lock, its own or the bucket's default, with neither Content-MD5 nor a checksum. */
  LockDigestMissing: invalidRequest<{ readonly write: 'Put Object' | 'Put Part' }>(
    ({ write }) =>
      `Content-MD5 OR x-amz-checksum- HTTP header is required for ${write} requests with Object Lock parameters`,
  ),
  /** A write of an object or a part with a lock, its own or the bucket's default, that nobody signed or that a signature of version 2 signs. */
  LockUnsigned: invalidArgument<{ readonly write: 'Put Object' | 'Put Part' }>(
    ({ write }) => `${write} requests with Object Lock parameters require AWS Signature Version 4`,
    { fields: { ArgumentName: 'Authorization' } },
  ),
  /** A deletion of a version under retention or legal hold, or a shorter or weaker retention for it. */
  ObjectLocked: accessDenied('Access Denied because object protected by object lock.', {
    cos: { message: 'Access Denied' },
  }),
};
