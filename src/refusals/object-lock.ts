import { allDetails, argument, type RefusalForms } from './form';

const state = { message: 'The request is not valid with the current state of the bucket.' };

/** What S3 refuses because of object lock, or of what is said of it. */
export const objectLockRefusals: RefusalForms<
  | 'LockNeedsVersioning'
  | 'NoLockConfiguration'
  | 'DefaultRetentionNotPositive'
  | 'DefaultRetentionTooLong'
  | 'BucketWithoutLock'
  | 'WriteWithoutLock'
  | 'BypassWithoutLock'
  | 'NoSuchLock'
  | 'RetentionPast'
  | 'RetentionDateMalformed'
  | 'RetentionHalf'
  | 'LockModeUnknown'
  | 'LegalHoldUnknown'
  | 'LockDigestMissing'
  | 'ObjectLocked'
> = {
  LockNeedsVersioning: {
    code: 'InvalidBucketState',
    status: 409,
    message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    cos: state,
  },
  NoLockConfiguration: {
    code: 'ObjectLockConfigurationNotFoundError',
    status: 404,
    message: 'Object Lock configuration does not exist for this bucket',
    elements: allDetails,
  },
  DefaultRetentionNotPositive: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Default retention period must be a positive integer value.',
    elements: allDetails,
  },
  DefaultRetentionTooLong: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Default retention period too large.',
    elements: allDetails,
  },
  BucketWithoutLock: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Bucket is missing Object Lock Configuration',
  },
  // What is said to a write is one word shorter (F104).
  WriteWithoutLock: { code: 'InvalidRequest', status: 400, message: 'Bucket is missing ObjectLockConfiguration' },
  BypassWithoutLock: {
    code: 'InvalidArgument',
    status: 400,
    message: 'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
    elements: () => ({ ArgumentName: 'x-amz-bypass-governance-retention' }),
  },
  NoSuchLock: {
    code: 'NoSuchObjectLockConfiguration',
    status: 404,
    message: 'The specified object does not have a ObjectLock configuration',
  },
  RetentionPast: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The retain until date must be in the future!',
    elements: allDetails,
  },
  RetentionDateMalformed: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The retain until date must be provided in ISO 8601 format',
    elements: argument('x-amz-object-lock-retain-until-date'),
  },
  RetentionHalf: {
    code: 'InvalidArgument',
    status: 400,
    message: 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    elements: allDetails,
  },
  LockModeUnknown: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Unknown wormMode directive.',
    elements: argument('x-amz-object-lock-mode'),
  },
  LegalHoldUnknown: {
    code: 'InvalidArgument',
    status: 400,
    message: "Legal Hold must be either of 'ON' or 'OFF'",
    elements: argument('x-amz-object-lock-legal-hold'),
  },
  LockDigestMissing: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ write }) =>
      `Content-MD5 OR x-amz-checksum- HTTP header is required for ${write} requests with Object Lock parameters`,
  },
  ObjectLocked: {
    code: 'AccessDenied',
    status: 403,
    message: 'Access Denied because object protected by object lock.',
  },
};
