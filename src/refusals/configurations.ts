import {
  type Argument,
  allDetails,
  argument,
  byCode,
  type FailsByCode,
  invalidArgument,
  invalidRequest,
  ofBucket,
  quotingArgument,
  type Refusal,
  refusal,
  requestInvalid,
  type Text,
  type Texts,
  valueInvalid,
} from './refusal';

const invalidAccessTier = refusal('InvalidAccessTier', 400);
const badRequest = refusal('BadRequest', 400);

type OfTier = { readonly tier: string };

const invalidBucketArn = 'Invalid bucket ARN.';

const abacEnabled = 'This S3 general purpose bucket has attribute-based access control (ABAC) enabled.';
const abacDeletesTags = 'To delete tags from this bucket, initiate an UntagResource request.';

type OfTarget = { readonly TargetBucket: string };

/** An InvalidArgument about one of the three ways to answer a visitor. */
function partInvalid(name: string, message: string): Refusal<{ readonly ArgumentValue: string }> & FailsByCode {
  return invalidArgument<Texts<'ArgumentValue'>>(message, { fields: argument(name), failsByName: false });
}

/** An InvalidArgument that the answer explains by its text alone. */
function argumentInvalid(message: string): Refusal<object> & FailsByCode {
  return invalidArgument<object>(message, byCode);
}

/** The request that a browser asks about, and the kind of place that it names. */
type Asked = { readonly Method: string; readonly ResourceType: string };

/** An AccessForbidden to a browser's preflight request. */
function notAllowed(message: string) {
  return refusal('AccessForbidden', 403)<Asked>(`CORSResponse: ${message}`, { fields: allDetails });
}

/** An InvalidRequest about a rule, whose message quotes the value. */
function corsRuleInvalid<Details extends object>(message: Text<Details>): Refusal<Details> & FailsByCode {
  return invalidRequest<Details>(message, byCode);
}

/** The refusals of configurations of buckets that fit their schema, and of configurations that do not exist. */
export const configurations = {
  /** A GET of the public access block of a bucket that has none. */
  NoSuchPublicAccessBlockConfiguration: refusal('NoSuchPublicAccessBlockConfiguration', 404)(
    'The public access block configuration was not found',
    ofBucket,
  ),
  /** A GET of the public access block of an account that has none. */
  AccountPublicAccessBlockMissing: refusal('NoSuchPublicAccessBlockConfiguration', 404)<Texts<'AccountId'>>(
    'The public access block configuration was not found',
    { fields: allDetails, failsByName: false },
  ),
  /** A PUT of a public access block whose document sets no switch. */
  PublicAccessBlockEmpty: invalidRequest('Must specify at least one configuration.'),
  /** A GET of the ownership controls of a bucket that has none. */
  OwnershipControlsNotFoundError: refusal('OwnershipControlsNotFoundError', 404)(
    'The bucket ownership controls were not found',
    ofBucket,
  ),
  /** A GET or DELETE of an analytics or metrics configuration under an id that the bucket does not have. */
  NoSuchConfiguration: refusal('NoSuchConfiguration', 404)('The specified configuration does not exist.'),
  /** A GET or DELETE of an Intelligent-Tiering or inventory configuration under an id that the bucket does not have. */
  NoSuchUndeclaredConfiguration: refusal('NoSuchConfiguration', 404)('The specified configuration does not exist.', {
    undeclared: true,
    failsByName: false,
  }),
  /** A PUT or DELETE of one configuration of a list of them, such as metrics, without the parameter id, or with an empty one. */
  ConfigurationIdMissing: refusal('InvalidConfigurationId', 400)('The specified configuration id is invalid.'),
  // S3 answers an internal error (F1020).
  /** A PUT of an inventory configuration without the parameter id. */
  InventoryIdMissing: refusal('InternalError', 500)('We encountered an internal error. Please try again.', {
    undeclared: true,
  }),
  /** A PUT of an analytics or Intelligent-Tiering configuration whose Id has other characters than letters, digits, `_`, `-` and `.`, or more than 64. */
  ConfigurationIdInvalid: refusal('InvalidConfigId', 400)('The specified configuration id is invalid.'),
  /** A PUT of an inventory configuration whose document has another Id than the query. */
  ConfigurationIdMismatch: refusal('IdMismatch', 400)('Document ID does not match the specified configuration ID.'),
  /** A list of configurations such as inventories, with a continuation-token that no earlier page gave out. */
  ConfigurationTokenInvalid: refusal('MalformedContinuationToken', 400)('The continuation-token you provided invalid.'),
  /** A PUT of a configuration under a new id, on a bucket that has 1,000 of its kind. */
  TooManyConfigurations: refusal(
    'TooManyConfigurations',
    400,
  )('You are attempting to create a new configuration but have already reached the 1,000-configuration limit.'),
  /** A PUT of an inventory configuration whose destination is not the ARN of a bucket. */
  DestinationNotBucket: refusal('InvalidS3DestinationBucket', 400)<{
    readonly wrong: 'form' | 'service' | 'region' | 'name';
    readonly name: string;
  }>(
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
  InventoryKeyInvalid: refusal('InvalidKmskeyId', 400)('The specified KMS key id is invalid.'),
  /** A PUT of an analytics configuration without an analysis. */
  StorageClassAnalysisMissing: refusal('MissingStorageClassAnalysis', 400)('Storage Class Analysis cannot be null.'),
  /** A PUT of an analytics configuration whose export goes to what is not the ARN of a bucket. */
  AnalyticsDestinationInvalid: refusal('InvalidDestination', 400)(invalidBucketArn, {
    meantByCode: true,
    failsByName: false,
  }),
  /** A PUT of an analytics configuration whose export has an empty prefix. */
  AnalyticsPrefixEmpty: refusal('InvalidDestination', 400)('The destination is not valid.', byCode),
  /** A PUT of an Intelligent-Tiering configuration that archives earlier than its tier takes objects. */
  TieringDaysTooFew: invalidAccessTier<OfTier & { readonly least: number }>(
    ({ tier, least }) => `Days specified in ${tier} tier should not be less than ${least}`,
  ),
  /** A PUT of an Intelligent-Tiering configuration that archives later than its tier takes objects. */
  TieringDaysTooMany: invalidAccessTier<OfTier & { readonly most: number }>(
    ({ tier, most }) => `Days specified in ${tier} tier should not be more than ${most}`,
  ),
  /** A PUT of an Intelligent-Tiering configuration whose deep archive begins no later than its archive. */
  TieringDaysOutOfOrder: invalidAccessTier(
    'Days specified in DEEP_ARCHIVE_ACCESS tier should be more than those in ARCHIVE_ACCESS tier',
    { meantByCode: true },
  ),
  /** A PUT of an Intelligent-Tiering configuration that has one tier twice. */
  TieringRepeated: invalidAccessTier('An access tier can be specified only once'),
  /** A PUT of an analytics or Intelligent-Tiering configuration for an empty prefix. */
  FilterPrefixInvalid: refusal('InvalidPrefix', 400)('The specified prefix is invalid.', byCode),
  /** A PUT of an Intelligent-Tiering configuration for a tag without a key or a value, or of an analytics configuration for a tag that no object has. */
  FilterTagInvalid: refusal('InvalidTag', 400)('The specified tag is invalid.', byCode),
  /** A PUT of an analytics or Intelligent-Tiering configuration whose And has fewer than two conditions. */
  FilterAndTooSmall: refusal('InvalidAnd', 400)(
    'Number of Prefixes and Tags combined cannot be less than 2. And cannot contain less than 2 elements.',
    { meantByCode: true },
  ),
  /** A PUT of an analytics or Intelligent-Tiering configuration whose And has more than ten tags, or of the latter with a tag key twice. */
  FilterAndInvalid: refusal('InvalidAnd', 400)('The specified And is invalid.'),
  /** A PUT of the tags of a bucket whose ABAC is enabled. */
  TagsPutDespiteAbac: badRequest(
    `${abacEnabled} To add tags to this bucket, initiate a TagResource request. ${abacDeletesTags}`,
  ),
  /** A DELETE of the tags of a bucket whose ABAC is enabled. */
  TagsDeletedDespiteAbac: badRequest(`${abacEnabled} ${abacDeletesTags}`),
  /** A request for the metadata configuration of a bucket, which none has in the mock. */
  MetadataConfigurationNotFound: refusal('MetadataConfigurationNotFound', 404)(
    'The metadata configuration was not found',
    { ...ofBucket, undeclared: true },
  ),
  /** A GetBucketMetadataTableConfiguration, whichever bucket it is for. */
  V1APIsNotAllowed: refusal('V1APIsNotAllowed', 405)<Texts<'Method'>>(
    "The V1 GetBucketMetadataTableConfiguration API operation isn't available for this account. Use the corresponding V2 GetBucketMetadataConfiguration API operation instead.",
    { fields: allDetails, undeclared: true, whenFailed: ({ method }) => ({ Method: method }) },
  ),
  /** A PUT of an accelerate configuration whose document has no Status. */
  AccelerationStatusMissing: refusal(
    'IllegalAccelerateConfigurationException',
    400,
  )('The Accelerate element must be specified'),
  /** A PUT of an accelerate configuration on a bucket whose name has a period. */
  AccelerationNameHasPeriods: invalidRequest(
    'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
  ),
  /** A request to a host of S3 Transfer Acceleration that names the bucket in its path. */
  AccelerationNeedsVirtualHost: invalidRequest(
    'S3 Transfer Acceleration endpoint only supports virtual style requests',
  ),
  /** A request to a host of S3 Transfer Acceleration for a bucket that never had an accelerate configuration. */
  AccelerationNotConfigured: invalidRequest('S3 Transfer Acceleration is not configured on this bucket'),
  /** A request to a host of S3 Transfer Acceleration for a bucket whose accelerate configuration is 'Suspended'. */
  AccelerationSuspended: invalidRequest('S3 Transfer Acceleration is disabled on this bucket'),
  /** A PUT of a logging configuration whose target bucket does not exist. */
  LoggingTargetMissing: refusal('InvalidTargetBucketForLogging', 400)<OfTarget>(
    'The target bucket for logging does not exist',
    { fields: allDetails, meantByCode: true },
  ),
  /** A PUT of a logging configuration whose target bucket belongs to another account. */
  LoggingTargetNotOwned: refusal('InvalidTargetBucketForLogging', 400)<OfTarget>(
    'The owner for the bucket to be logged and the target bucket must be the same.',
    { fields: allDetails },
  ),
  // S3 misspells the code that its list spells so, and ends the text with a blank.
  /** A PUT of a logging configuration whose target bucket is in another region. */
  CrossLocationLoggingProhibited: refusal('CrossLocationLoggingProhibitted', 403)<{
    readonly SourceBucketLocation?: string | undefined;
    readonly TargetBucketLocation?: string;
  }>('Cross S3 location logging not allowed. ', { fields: allDetails, whenFailed: () => ({}) }),
  /** A PUT of a logging configuration with grants, whose target bucket is BucketOwnerEnforced. */
  LoggingGrantsNotAllowed: refusal(
    'AccessControlListNotSupported',
    400,
  )('Target grants not allowed for bucket owner enforced buckets'),
  /** A GET of the website configuration of a bucket that has none. */
  NoSuchWebsiteConfiguration: refusal('NoSuchWebsiteConfiguration', 404)(
    'The specified bucket does not have a website configuration',
    ofBucket,
  ),
  /** A PUT of a website configuration that redirects all requests and says something else as well. */
  WebsiteRedirectNotAlone: partInvalid(
    'RedirectAllRequestsTo',
    'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
  ),
  /** A PUT of a website configuration that redirects all requests to an empty host. */
  WebsiteHostEmpty: requestInvalid('A host name must be provided to redirect all requests (e.g. "example.com").'),
  /** A PUT of a website configuration that neither redirects all requests nor has an index document. */
  WebsiteIndexMissing: partInvalid(
    'IndexDocument',
    'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty',
  ),
  /** A PUT of a website configuration whose index document is empty or has a slash. */
  WebsiteSuffixInvalid: partInvalid('IndexDocument', 'The IndexDocument Suffix is not well formed'),
  /** A PUT of a website configuration whose error document is empty. */
  WebsiteErrorKeyInvalid: partInvalid('ErrorDocument', 'The ErrorDocument Key is not well formed'),
  /** A PUT of a website configuration with more than 50 routing rules. */
  WebsiteRulesTooMany: requestInvalid<{ readonly count: number }>(
    ({ count }) =>
      `${count} routing rules provided, the number of routing rules in a website configuration is limited to 50.`,
  ),
  /** A PUT of a routing rule that replaces the key and the prefix of the key. */
  WebsiteReplacementsBoth: requestInvalid('You can only define ReplaceKeyPrefix or ReplaceKey but not both.'),
  /** A PUT of a website configuration with a redirect to a protocol other than http and https. */
  WebsiteProtocolInvalid: requestInvalid(
    'Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.',
  ),
  /** A PUT of a routing rule whose redirect has a status other than 301 to 305, 307 and 308. */
  WebsiteRedirectCodeInvalid: requestInvalid<Texts<'redirectCode'>>(
    ({ redirectCode }) =>
      `The provided HTTP redirect code (${redirectCode}) is not valid. Valid codes are 3XX except 300.`,
  ),
  /** A PUT of a routing rule with a condition of neither a prefix nor a status. */
  WebsiteConditionEmpty: requestInvalid(
    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
  ),
  /** A PUT of a routing rule whose condition is on a status other than 400 to 417 and 500 to 505. */
  WebsiteErrorCodeInvalid: requestInvalid<Texts<'errorCode'>>(
    ({ errorCode }) => `The provided HTTP error code (${errorCode}) is not valid. Valid codes are 4XX or 5XX.`,
  ),
  /** A PUT of a notification configuration with more than 100 destinations. */
  NotificationsTooMany: invalidRequest(
    'Too many configurations submitted. The maximum number of configurations is 100',
  ),
  /** A PUT of a notification configuration for an event that S3 does not have. */
  NotificationEventUnknown: valueInvalid('Event', 'The event is not supported for notifications'),
  /** A PUT of a notification configuration with a filter rule that is neither a prefix nor a suffix. */
  NotificationFilterNameInvalid: valueInvalid('FilterRule.Name', 'filter rule name must be either prefix or suffix'),
  /** A PUT of a notification configuration with a filter of two prefixes or two suffixes. */
  NotificationFilterRepeated: invalidArgument<{ readonly name: 'prefix' | 'suffix' } & Argument>(
    ({ name }) => `Cannot specify more than one ${name} rule in a filter.`,
    quotingArgument,
  ),
  /** A PUT of a notification configuration with a prefix or suffix of more than 1,024 bytes. */
  NotificationFilterTooLong: valueInvalid(
    'FilterRule.Value',
    'Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation',
  ),
  /** A PUT of a notification configuration with an Id of more than 255 characters. */
  NotificationIdTooLong: argumentInvalid('ID length exceeded allowed limit of 255'),
  /** A PUT of a notification configuration with two destinations of the same Id. */
  NotificationIdRepeated: argumentInvalid('Same ID used for multiple configurations. IDs must be unique.'),
  /** A PUT of a notification configuration whose destination is not an ARN of its kind. */
  NotificationArnUnparsable: invalidArgument('The ARN could not be parsed', quotingArgument),
  /** A PUT of a notification configuration whose destination is a FIFO queue. */
  NotificationQueueOrdered: invalidArgument('FIFO SQS queues are not supported.', quotingArgument),
  /** A PUT of a notification configuration whose destination is in another region than the bucket. */
  NotificationRegionWrong: invalidArgument(
    'The notification destination service region is not valid for the bucket location constraint',
    quotingArgument,
  ),
  /** A PUT of a notification configuration with two destinations of one event, a filter, and keys that both match. */
  NotificationFiltersOverlap: argumentInvalid(
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
  ),
  /** A PUT of a notification configuration with two destinations of one event, if neither destination has a filter. */
  NotificationEventsOverlap: valueInvalid(
    'Event',
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
  ),
  /** A GET of the CORS configuration of a bucket that has none. */
  NoSuchCORSConfiguration: refusal('NoSuchCORSConfiguration', 404)('The CORS configuration does not exist', ofBucket),
  /** A PUT of a CORS configuration with more than 100 rules. */
  CorsRulesTooMany: corsRuleInvalid<{ readonly count: number }>(
    'The number of CORS rules should not exceed allowed limit of 100 rules.',
  ),
  /** A PUT of a CORS configuration that allows a method other than GET, PUT, HEAD, POST and DELETE. */
  CorsMethodUnsupported: corsRuleInvalid<Texts<'method'>>(
    ({ method }) => `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
  ),
  /** A PUT of a CORS configuration with two asterisks in an allowed origin or header. */
  CorsWildcardTwice: corsRuleInvalid<{ readonly name: 'AllowedOrigin' | 'AllowedHeader'; readonly value: string }>(
    ({ name, value }) => `${name} "${value}" can not have more than one wildcard.`,
  ),
  /** A PUT of a CORS configuration that allows a header whose name HTTP does not allow. */
  CorsHeaderInvalid: corsRuleInvalid<Texts<'header'>>(
    ({ header }) => `AllowedHeader "${header}" contains invalid character.`,
  ),
  /** A PUT of a CORS configuration with an asterisk in a header to expose. */
  CorsExposeHeaderWildcard: corsRuleInvalid<Texts<'header'>>(
    ({ header }) =>
      `ExposeHeader "${header}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
  ),
  /** A browser's preflight request for a bucket that does not exist. */
  CorsBucketMissing: notAllowed('Bucket not found'),
  /** A browser's preflight request for a bucket without a CORS configuration. */
  CorsNotEnabled: { ...notAllowed('CORS is not enabled for this bucket.'), meantByCode: true as const },
  /** A browser's preflight request that no rule of the bucket's CORS configuration allows. */
  CorsNotAllowed: notAllowed(
    "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
  ),
  /** A browser's preflight request without Origin. */
  CorsOriginMissing: badRequest('Insufficient information. Origin request header needed.'),
  /** A request with Origin whose Access-Control-Request-Method is another method than GET, HEAD, POST, PUT, DELETE, PATCH and OPTIONS. */
  CorsMethodInvalid: badRequest<Texts<'method'>>(({ method }) => `Invalid Access-Control-Request-Method: ${method}`),
  /** A request with Origin that announces a header whose name HTTP does not allow. */
  CorsHeadersInvalid: badRequest<Texts<'header'>>(
    ({ header }) => `Access-Control-Request-Headers "${header}" contains invalid character.`,
  ),
};
