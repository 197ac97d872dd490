import { allDetails, refusal } from './refusal';

type OfTier = { readonly tier: string };

const invalidBucketArn = 'Invalid bucket ARN.';

/** Refusals of the configurations that have ids, of ABAC and of metadata configurations. */
export const configurationFamilies = {
  /** A GET or DELETE of an analytics or metrics configuration under an id that the bucket does not have. */
  NoSuchConfiguration: refusal('NoSuchConfiguration', 404, 'The specified configuration does not exist.'),
  /** A GET or DELETE of an Intelligent-Tiering or inventory configuration under an id that the bucket does not have. */
  NoSuchUndeclaredConfiguration: refusal('NoSuchConfiguration', 404, 'The specified configuration does not exist.', {
    undeclared: true,
    failsByName: false,
  }),
  /** A PUT or DELETE of one configuration of a list of them, such as metrics, without the parameter id, or with an empty one. */
  ConfigurationIdMissing: refusal('InvalidConfigurationId', 400, 'The specified configuration id is invalid.'),
  // S3 answers an internal error (F1020).
  /** A PUT of an inventory configuration without the parameter id. */
  InventoryIdMissing: refusal('InternalError', 500, 'We encountered an internal error. Please try again.', {
    undeclared: true,
  }),
  /** A PUT of an analytics or Intelligent-Tiering configuration whose Id has other characters than letters, digits, `_`, `-` and `.`, or more than 64. */
  ConfigurationIdInvalid: refusal('InvalidConfigId', 400, 'The specified configuration id is invalid.'),
  /** A PUT of an inventory configuration whose document has another Id than the query. */
  ConfigurationIdMismatch: refusal('IdMismatch', 400, 'Document ID does not match the specified configuration ID.'),
  /** A list of configurations such as inventories, with a continuation-token that no earlier page gave out. */
  ConfigurationTokenInvalid: refusal('MalformedContinuationToken', 400, 'The continuation-token you provided invalid.'),
  /** A PUT of a configuration under a new id, on a bucket that has 1,000 of its kind. */
  TooManyConfigurations: refusal(
    'TooManyConfigurations',
    400,
    'You are attempting to create a new configuration but have already reached the 1,000-configuration limit.',
  ),
  /** A PUT of an inventory configuration whose destination is not the ARN of a bucket. */
  DestinationNotBucket: refusal<{ readonly wrong: 'form' | 'service' | 'region' | 'name'; readonly name: string }>(
    'InvalidS3DestinationBucket',
    400,
    ({ wrong, name }) =>
      ({
        form: invalidBucketArn,
        service: 'Bucket ARN must have the s3 service.',
        region: 'Bucket ARN should not specify a region.',
        name: `Invalid Bucket Name: ${name}`,
      })[wrong],
    { standardMessage: invalidBucketArn },
  ),
  /** A PUT of an inventory configuration whose report is to be encrypted by what is not the ARN of a key of KMS. */
  InventoryKeyInvalid: refusal('InvalidKmskeyId', 400, 'The specified KMS key id is invalid.'),
  /** A PUT of an analytics configuration without an analysis. */
  StorageClassAnalysisMissing: refusal('MissingStorageClassAnalysis', 400, 'Storage Class Analysis cannot be null.'),
  /** A PUT of an analytics configuration whose export goes to what is not the ARN of a bucket. */
  AnalyticsDestinationInvalid: refusal('InvalidDestination', 400, invalidBucketArn, {
    meantByCode: true,
    failsByName: false,
  }),
  /** A PUT of an analytics configuration whose export has an empty prefix. */
  AnalyticsPrefixEmpty: refusal('InvalidDestination', 400, 'The destination is not valid.', { failsByName: false }),
  /** A PUT of an Intelligent-Tiering configuration that archives earlier than its tier takes objects. */
  TieringDaysTooFew: refusal<OfTier & { readonly least: number }>(
    'InvalidAccessTier',
    400,
    ({ tier, least }) => `Days specified in ${tier} tier should not be less than ${least}`,
  ),
  /** A PUT of an Intelligent-Tiering configuration that archives later than its tier takes objects. */
  TieringDaysTooMany: refusal<OfTier & { readonly most: number }>(
    'InvalidAccessTier',
    400,
    ({ tier, most }) => `Days specified in ${tier} tier should not be more than ${most}`,
  ),
  /** A PUT of an Intelligent-Tiering configuration whose deep archive begins no later than its archive. */
  TieringDaysOutOfOrder: refusal(
    'InvalidAccessTier',
    400,
    'Days specified in DEEP_ARCHIVE_ACCESS tier should be more than those in ARCHIVE_ACCESS tier',
    { meantByCode: true },
  ),
  /** A PUT of an Intelligent-Tiering configuration that has one tier twice. */
  TieringRepeated: refusal('InvalidAccessTier', 400, 'An access tier can be specified only once'),
  /** A PUT of an analytics or Intelligent-Tiering configuration for an empty prefix. */
  FilterPrefixInvalid: refusal('InvalidPrefix', 400, 'The specified prefix is invalid.', { failsByName: false }),
  /** A PUT of an Intelligent-Tiering configuration for a tag without a key or a value, or of an analytics configuration for a tag that no object has. */
  FilterTagInvalid: refusal('InvalidTag', 400, 'The specified tag is invalid.', { failsByName: false }),
  /** A PUT of an analytics or Intelligent-Tiering configuration whose And has fewer than two conditions. */
  FilterAndTooSmall: refusal(
    'InvalidAnd',
    400,
    'Number of Prefixes and Tags combined cannot be less than 2. And cannot contain less than 2 elements.',
    { meantByCode: true },
  ),
  /** A PUT of an analytics or Intelligent-Tiering configuration whose And has more than ten tags, or of the latter with a tag key twice. */
  FilterAndInvalid: refusal('InvalidAnd', 400, 'The specified And is invalid.'),
  /** A PUT or DELETE of the tags of a bucket whose ABAC is enabled. */
  TagsFixedByAbac: refusal(
    'BadRequest',
    400,
    'The tags of a bucket with ABAC enabled are changed by TagResource and UntagResource of S3 Control.',
  ),
  /** A request for the metadata configuration of a bucket, which none has in the mock. */
  MetadataConfigurationNotFound: refusal<{ readonly BucketName: string }>(
    'MetadataConfigurationNotFound',
    404,
    'The metadata configuration was not found',
    { fields: allDetails, undeclared: true, whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }) },
  ),
  /** A GetBucketMetadataTableConfiguration, whichever bucket it is for. */
  V1APIsNotAllowed: refusal<{ readonly Method: string }>(
    'V1APIsNotAllowed',
    405,
    "The V1 GetBucketMetadataTableConfiguration API operation isn't available for this account. Use the corresponding V2 GetBucketMetadataConfiguration API operation instead.",
    { fields: allDetails, undeclared: true, whenFailed: ({ method }) => ({ Method: method }) },
  ),
};
