import { allDetails, refusal } from './refusal';

type OfTarget = { readonly TargetBucket: string };

/** Refusals of the configuration of logs (F365). */
export const logging = {
  LoggingTargetMissing: refusal<OfTarget>({
    code: 'InvalidTargetBucketForLogging',
    status: 400,
    message: 'The target bucket for logging does not exist',
    fields: allDetails,
    meantByCode: true,
  }),
  LoggingTargetNotOwned: refusal<OfTarget>({
    code: 'InvalidTargetBucketForLogging',
    status: 400,
    message: 'The owner for the bucket to be logged and the target bucket must be the same.',
    fields: allDetails,
  }),
  // S3 misspells the code that its list spells so, and ends the text with a blank.
  CrossLocationLoggingProhibited: refusal<{
    readonly SourceBucketLocation?: string | undefined;
    readonly TargetBucketLocation?: string;
  }>({
    code: 'CrossLocationLoggingProhibitted',
    status: 403,
    message: 'Cross S3 location logging not allowed. ',
    fields: allDetails,
    whenFailed: () => ({}),
  }),
  LoggingGrantsNotAllowed: refusal({
    code: 'AccessControlListNotSupported',
    status: 400,
    message: 'Target grants not allowed for bucket owner enforced buckets',
  }),
};
