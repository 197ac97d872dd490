import { allDetails, refusal } from './refusal';

type OfTarget = { readonly TargetBucket: string };

/** Refusals of the configuration of logs (F365). */
export const logging = {
  /** A PUT of a logging configuration whose target bucket does not exist. */
  LoggingTargetMissing: refusal<OfTarget>(
    'InvalidTargetBucketForLogging',
    400,
    'The target bucket for logging does not exist',
    { fields: allDetails, meantByCode: true },
  ),
  /** A PUT of a logging configuration whose target bucket belongs to another account. */
  LoggingTargetNotOwned: refusal<OfTarget>(
    'InvalidTargetBucketForLogging',
    400,
    'The owner for the bucket to be logged and the target bucket must be the same.',
    { fields: allDetails },
  ),
  // S3 misspells the code that its list spells so, and ends the text with a blank.
  /** A PUT of a logging configuration whose target bucket is in another region. */
  CrossLocationLoggingProhibited: refusal<{
    readonly SourceBucketLocation?: string | undefined;
    readonly TargetBucketLocation?: string;
  }>('CrossLocationLoggingProhibitted', 403, 'Cross S3 location logging not allowed. ', {
    fields: allDetails,
    whenFailed: () => ({}),
  }),
  /** A PUT of a logging configuration with grants, whose target bucket is BucketOwnerEnforced. */
  LoggingGrantsNotAllowed: refusal(
    'AccessControlListNotSupported',
    400,
    'Target grants not allowed for bucket owner enforced buckets',
  ),
};
