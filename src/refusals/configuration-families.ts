import { allDetails, refusal } from './refusal';

type OfTier = { readonly tier: string };

/** Refusals of the configurations that have ids, of ABAC and of metadata configurations. */
export const configurationFamilies = {
  NoSuchConfiguration: refusal({
    code: 'NoSuchConfiguration',
    status: 404,
    message: 'The specified configuration does not exist.',
  }),
  NoSuchUndeclaredConfiguration: refusal({
    code: 'NoSuchConfiguration',
    status: 404,
    message: 'The specified configuration does not exist.',
    undeclared: true,
    failsByName: false,
  }),
  ConfigurationIdMissing: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Missing required parameter: id',
  }),
  ConfigurationIdMismatch: refusal({
    code: 'IdMismatch',
    status: 400,
    message: 'Document ID does not match the specified configuration ID.',
  }),
  ConfigurationTokenInvalid: refusal({
    code: 'MalformedContinuationToken',
    status: 400,
    message: 'The continuation-token you provided invalid.',
  }),
  TooManyConfigurations: refusal({
    code: 'TooManyConfigurations',
    status: 400,
    message: 'You are attempting to create a new configuration but have already reached the 1,000-configuration limit.',
  }),
  DestinationNotBucket: refusal({
    code: 'InvalidS3DestinationBucket',
    status: 400,
    message: 'Invalid bucket ARN.',
  }),
  TieringDaysTooFew: refusal<OfTier & { readonly least: number }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ tier, least }) => `Days specified in ${tier} tier should not be less than ${least}`,
  }),
  TieringDaysTooMany: refusal<OfTier & { readonly most: number }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ tier, most }) => `Days specified in ${tier} tier should not be more than ${most}`,
  }),
  TieringDaysOutOfOrder: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'Days specified in DEEP_ARCHIVE_ACCESS tier should be more than those in ARCHIVE_ACCESS tier',
  }),
  TagsFixedByAbac: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The tags of a bucket with ABAC enabled are changed by TagResource and UntagResource of S3 Control.',
  }),
  MetadataConfigurationNotFound: refusal<{ readonly BucketName: string }>({
    code: 'MetadataConfigurationNotFound',
    status: 404,
    message: 'The metadata configuration was not found',
    fields: allDetails,
    undeclared: true,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  V1APIsNotAllowed: refusal<{ readonly Method: string }>({
    code: 'V1APIsNotAllowed',
    status: 405,
    message:
      "The V1 GetBucketMetadataTableConfiguration API operation isn't available for this account. Use the corresponding V2 GetBucketMetadataConfiguration API operation instead.",
    fields: allDetails,
    undeclared: true,
    whenFailed: ({ method }) => ({ Method: method }),
  }),
};
