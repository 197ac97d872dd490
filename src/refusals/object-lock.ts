import { allDetails, argument, refusal } from './refusal';

const state = { message: 'The request is not valid with the current state of the bucket.' };

/** Refusals because of object lock, and of its configuration and headers. */
export const objectLock = {
  LockNeedsVersioning: refusal({
    code: 'InvalidBucketState',
    status: 409,
    message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    cos: state,
  }),
  NoLockConfiguration: refusal<{ readonly BucketName: string }>({
    code: 'ObjectLockConfigurationNotFoundError',
    status: 404,
    message: 'Object Lock configuration does not exist for this bucket',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
    failsByName: false,
  }),
  DefaultRetentionNotPositive: refusal<{ readonly ArgumentName: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Default retention period must be a positive integer value.',
    fields: allDetails,
  }),
  DefaultRetentionTooLong: refusal<{ readonly ArgumentName: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Default retention period too large.',
    fields: allDetails,
  }),
  BucketWithoutLock: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Bucket is missing Object Lock Configuration',
  }),
  // S3's text for a write has one word less (F104).
  WriteWithoutLock: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Bucket is missing ObjectLockConfiguration',
  }),
  BypassWithoutLock: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
    fields: { ArgumentName: 'x-amz-bypass-governance-retention' },
  }),
  NoSuchLock: refusal({
    code: 'NoSuchObjectLockConfiguration',
    status: 404,
    message: 'The specified object does not have a ObjectLock configuration',
  }),
  RetentionPast: refusal<{ readonly ArgumentName: string; readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The retain until date must be in the future!',
    fields: allDetails,
  }),
  RetentionDateMalformed: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The retain until date must be provided in ISO 8601 format',
    fields: argument('x-amz-object-lock-retain-until-date'),
  }),
  RetentionHalf: refusal<{ readonly ArgumentName: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
    fields: allDetails,
  }),
  LockModeUnknown: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Unknown wormMode directive.',
    fields: argument('x-amz-object-lock-mode'),
  }),
  LegalHoldUnknown: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: "Legal Hold must be either of 'ON' or 'OFF'",
    fields: argument('x-amz-object-lock-legal-hold'),
  }),
  LockDigestMissing: refusal<{ readonly write: 'Put Object' | 'Put Part' }>({
    code: 'InvalidRequest',
    status: 400,
    message: ({ write }) =>
      `Content-MD5 OR x-amz-checksum- HTTP header is required for ${write} requests with Object Lock parameters`,
  }),
  ObjectLocked: refusal({
    code: 'AccessDenied',
    status: 403,
    message: 'Access Denied because object protected by object lock.',
  }),
};
