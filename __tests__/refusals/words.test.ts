import { describe, expect, it } from '@jest/globals';
import { S3Error, wordRefusal } from '../../src/refusals/index';

const scope = "filter '(prefix=logs/)'";
const malformed = 'The authorization header is malformed;';
const parsing = 'Error parsing the X-Amz-Credential parameter;';

type Row = readonly [refusal: S3Error, message: string, fields: Readonly<Record<string, string>>];

function wordsOf(refusal: S3Error): unknown {
  const { status, code, message, fields } = wordRefusal(refusal, 'aws');
  return { status, code, message, fields: Object.entries(fields) };
}

function worded(status: number, code: string, message: string, fields: Row[2]): object {
  return { status, code, message, fields: Object.entries(fields) };
}

const value = (ArgumentName: string, ArgumentValue: string) => ({ ArgumentName, ArgumentValue });

describe('an InvalidArgument', () => {
  it.each<Row>([
    [new S3Error('ArgumentNotReadable', value('x', 'y')), 'Invalid Argument', value('x', 'y')],
    [
      new S3Error('ArgumentNotAnInteger', value('max-keys', 'y')),
      'Provided max-keys not an integer or within integer range',
      value('max-keys', 'y'),
    ],
    [
      new S3Error('CountNegative', value('maxKeys', '-1')),
      'Argument maxKeys must be an integer between 0 and 2147483647',
      value('maxKeys', '-1'),
    ],
    [new S3Error('BucketPageNegative', { ArgumentValue: '-1' }), 'Invalid Argument', value('max-keys', '-1')],
    [
      new S3Error('ObjectOwnershipInvalid', { value: 'mine' }),
      'Invalid x-amz-object-ownership header: mine',
      { ArgumentName: 'x-amz-object-ownership' },
    ],
    [
      new S3Error('WebsiteWithValue', { ArgumentValue: '1' }),
      'The website parameter must not have a value',
      value('website', '1'),
    ],
    [
      new S3Error('EncodingTypeUnknown', { ArgumentValue: 'x' }),
      'Invalid Encoding Method specified in Request',
      value('encoding-type', 'x'),
    ],
    [new S3Error('MaxKeysNegative'), 'max-keys cannot be negative', { ArgumentName: 'max-keys' }],
    [
      new S3Error('VersionIdMarkerEmpty', { ArgumentValue: '' }),
      'A version-id marker cannot be empty.',
      value('version-id-marker', ''),
    ],
    [
      new S3Error('VersionsRequireKey', { ArgumentValue: 'v' }),
      'A version-id marker cannot be specified without a key marker.',
      value('version-id-marker', 'v'),
    ],
    [
      new S3Error('MarkerInListV2'),
      'Marker unsupported with REST.GET.BUCKET in list-type=2',
      { ArgumentName: 'marker' },
    ],
    [
      new S3Error('ContinuationTokenInListV1'),
      'continuation-token only supported in REST.GET.BUCKET with list-type=2',
      { ArgumentName: 'continuation-token' },
    ],
    [
      new S3Error('StartAfterInListV1'),
      'startAfter only supported in REST.GET.BUCKET with list-type=2',
      { ArgumentName: 'start-after' },
    ],
    [
      new S3Error('DirectiveUnknown', { directive: 'metadata', ...value('x-amz-metadata-directive', 'MOVE') }),
      'Unknown metadata directive.',
      value('x-amz-metadata-directive', 'MOVE'),
    ],
    [
      new S3Error('OverrideNotLatin1', value('response-expires', '€')),
      'Header value cannot be represented using ISO-8859-1.',
      value('response-expires', '€'),
    ],
    [
      new S3Error('AttributeNameInvalid', value('x-amz-object-attributes', 'x')),
      'Invalid attribute name specified.',
      value('x-amz-object-attributes', 'x'),
    ],
    [
      new S3Error('EncryptionUnknown', { ArgumentValue: 'x' }),
      'The encryption method specified is not supported',
      value('x-amz-server-side-encryption', 'x'),
    ],
    [
      new S3Error('GrantMalformed', value('x-amz-grant-read', 'x')),
      'Argument format not recognized',
      value('x-amz-grant-read', 'x'),
    ],
    [
      new S3Error('PartNumberOutOfRange', value('partNumber', '0')),
      'Part number must be an integer between 1 and 10000, inclusive',
      value('partNumber', '0'),
    ],
    [
      new S3Error('LifecycleIdTooLong', { ArgumentValue: 'x' }),
      'ID length should not exceed allowed limit of 255',
      value('ID', 'x'),
    ],
    [
      new S3Error('LifecycleIdRepeated', { ArgumentValue: 'x' }),
      'Rule ID must be unique. Found same ID for more than one rule',
      value('ID', 'x'),
    ],
    [
      new S3Error('LifecycleNumberNotPositive', { field: 'Days', action: 'Expiration', value: 0 }),
      "'Days' for Expiration action must be a positive integer",
      value('Days', '0'),
    ],
    [
      new S3Error('LifecycleDateNotMidnight', { field: 'Date', value: new Date(1) }),
      "'Date' must be at midnight GMT",
      value('Date', 'Wed Dec 31 16:00:00 PST 1969'),
    ],
    [
      new S3Error('LifecycleDaysNegative', { field: 'Days', action: 'Transition', value: -1 }),
      "'Days' in Transition action must be nonnegative",
      value('Days', '-1'),
    ],
    [
      new S3Error('LifecycleTargetInvalid', { action: 'Transition', StorageClass: 'STANDARD' }),
      'Invalid target Storage class for Transition action',
      value('StorageClass', 'STANDARD'),
    ],
    [
      new S3Error('LifecycleTransitionsTooClose', {
        field: 'Days',
        action: 'Transition',
        scope,
        colder: 'GLACIER',
        warmer: 'STANDARD_IA',
        least: 30,
        value: 40,
      }),
      `'Days' in the 'Transition' action for StorageClass 'GLACIER' for ${scope} must be 30 days more than '${scope}' in the 'Transition' action for StorageClass 'STANDARD_IA'`,
      value('Days', '40'),
    ],
    [
      new S3Error('LifecycleTransitionsTooClose', {
        field: 'Days',
        action: 'Transition',
        scope,
        colder: 'DEEP_ARCHIVE',
        warmer: 'GLACIER',
        least: 1,
        value: 40,
      }),
      `'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for ${scope} must be greater than '${scope}' in the 'Transition' action for StorageClass 'GLACIER'`,
      value('Days', '40'),
    ],
    [
      new S3Error('LifecycleExpirationTooEarly', {
        field: 'Days',
        action: 'Transition',
        ending: 'Expiration',
        scope,
        value: 9,
      }),
      `'Days' in the Expiration action for ${scope} must be greater than 'Days' in the Transition action`,
      value('Days', '9'),
    ],
  ])('%s: %s', (refusal, message, fields) => {
    expect(wordsOf(refusal)).toEqual(worded(400, 'InvalidArgument', message, fields));
  });
});

describe('an InvalidRequest', () => {
  it.each<Row>([
    [new S3Error('CompletionWithoutParts'), 'You must specify at least one part', {}],
    [new S3Error('ObjectSizeNotANumber', { value: 'x' }), "Value for x-amz-mp-object-size header is invalid: 'x'", {}],
    [
      new S3Error('ObjectSizeNegative', { value: '-1' }),
      "Value for x-amz-mp-object-size header is less than zero: '-1'",
      {},
    ],
    [
      new S3Error('OverrideByAnonymous'),
      'Request specific response headers cannot be used for anonymous GET requests.',
      {},
    ],
    [new S3Error('RangeWithPartNumber'), 'Cannot specify both Range header and partNumber query parameter', {}],
    [new S3Error('ChecksumModeInvalid'), 'Value for x-amz-checksum-mode header is invalid.', {}],
    [
      new S3Error('AttributesMissing'),
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
      {},
    ],
    [
      new S3Error('CopyWithBody'),
      'The request included a body. Requests of this type must not include a non-empty body.',
      {},
    ],
    [new S3Error('RegionSetMissing'), 'Missing required header for this request: x-amz-region-set', {}],
    [new S3Error('LifecycleFilterInV1'), 'Filter element can only be used in Lifecycle V2.', {}],
    [
      new S3Error('LifecyclePrefixInV2'),
      'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
      {},
    ],
    [
      new S3Error('LifecycleNewerVersionsInV1'),
      'NewerNoncurrentVersions element can only be used in Lifecycle V2.',
      {},
    ],
    [new S3Error('LifecyclePrefixTooLong'), 'The maximum size of a prefix is 1024.', {}],
    [new S3Error('LifecycleTagKeyInvalid'), "A Tag's Key must be a length between 1 and 128.", {}],
    [new S3Error('LifecycleTagValueInvalid'), "A Tag's Value must be a length between 0 and 256.", {}],
    [new S3Error('LifecycleTagKeyRepeated'), 'Duplicate Tag Keys are not allowed.', {}],
    [
      new S3Error('LifecycleSizeGreaterThanInvalid', { largest: 7 }),
      "'ObjectSizeGreaterThan' should be between 0 and 7.",
      {},
    ],
    [
      new S3Error('LifecycleSizeLessThanInvalid', { largest: 7 }),
      "'ObjectSizeLessThan' should be between 1 and 7.",
      {},
    ],
    [
      new S3Error('LifecycleSizesExclusive'),
      "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
      {},
    ],
    [new S3Error('LifecycleActionMissing'), 'At least one action needs to be specified in a rule', {}],
    [
      new S3Error('LifecycleActionWithTags', { action: 'AbortIncompleteMultipartUpload' }),
      'AbortIncompleteMultipartUpload cannot be specified with Tags.',
      {},
    ],
    [
      new S3Error('LifecycleActionWithSizes', { action: 'ExpiredObjectDeleteMarker' }),
      'ExpiredObjectDeleteMarker cannot be specified with Object Size.',
      {},
    ],
    [
      new S3Error('LifecycleDaysWithDates', { actions: 'Transition', scope }),
      `Found mixed 'Date' and 'Days' based Transition actions in lifecycle rule for ${scope}`,
      {},
    ],
    [
      new S3Error('LifecyclePrefixesOverlap', { shorter: 'a', longer: 'ab', action: 'Expiration' }),
      "Found overlapping prefixes 'a' and 'ab' for same action type 'Expiration'",
      {},
    ],
    [
      new S3Error('LifecycleStorageClassRepeated', { action: 'Transition', scope }),
      `'StorageClass' must be different for 'Transition' actions in same 'Rule' with ${scope}`,
      {},
    ],
  ])('%s: %s', (refusal, message, fields) => {
    expect(wordsOf(refusal)).toEqual(worded(400, 'InvalidRequest', message, fields));
  });
});

describe('an AuthorizationHeaderMalformed', () => {
  it.each<Row>([
    [
      new S3Error('AuthorizationHeaderComponentsMissing'),
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderCredentialMalformed'),
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderRegionlessCredentialMalformed'),
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/SERVICE/aws4_request".',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderDateMalformed', { date: '2026-03-31' }),
      'incorrect date format "2026-03-31". This date in the credential must be in the format "yyyyMMdd".',
      {},
    ],
    [new S3Error('AuthorizationHeaderRegionMissing'), 'a non-empty region must be provided in the credential.', {}],
    [
      new S3Error('AuthorizationHeaderRegionWrong', { region: 'eu-west-1', Region: 'us-east-1' }),
      "the region 'eu-west-1' is wrong; expecting 'us-east-1'",
      { Region: 'us-east-1' },
    ],
    [
      new S3Error('AuthorizationHeaderServiceWrong', { service: 'ec2' }),
      'incorrect service "ec2". This endpoint belongs to "s3".',
      {},
    ],
    [
      new S3Error('AuthorizationHeaderTerminalWrong', { terminal: 'y' }),
      'incorrect terminal "y". This endpoint uses "aws4_request".',
      {},
    ],
    [new S3Error('AuthorizationHeaderDayDiffers'), 'Invalid credential date. Date is not the same as X-Amz-Date.', {}],
  ])('%s: %s', (refusal, problem, fields) => {
    expect(wordsOf(refusal)).toEqual(worded(400, 'AuthorizationHeaderMalformed', `${malformed} ${problem}`, fields));
  });
});

describe('an AuthorizationQueryParametersError', () => {
  it.each<Row>([
    [
      new S3Error('AuthorizationQueryCredentialMalformed'),
      `${parsing} the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryRegionlessCredentialMalformed'),
      `${parsing} the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/SERVICE/aws4_request".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryDateMalformed', { date: '2026-03-31' }),
      `${parsing} incorrect date format "2026-03-31". This date in the credential must be in the format "yyyyMMdd".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryRegionMissing'),
      `${parsing} a non-empty region must be provided in the credential.`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryRegionWrong', { region: 'eu-west-1', Region: 'us-east-1' }),
      `${parsing} the region 'eu-west-1' is wrong; expecting 'us-east-1'`,
      { Region: 'us-east-1' },
    ],
    [
      new S3Error('AuthorizationQueryServiceWrong', { service: 'sqs' }),
      `${parsing} incorrect service "sqs". This endpoint belongs to "s3".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryTerminalWrong', { terminal: 'y' }),
      `${parsing} incorrect terminal "y". This endpoint uses "aws4_request".`,
      {},
    ],
    [
      new S3Error('AuthorizationQueryDayDiffers', { date: '20260330', day: '20260331' }),
      'Invalid credential date "20260330". This date is not the same as X-Amz-Date: "20260331".',
      {},
    ],
    [new S3Error('PresignedDateMalformed'), `X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`, {}],
    [new S3Error('PresignedExpiresNotANumber'), 'X-Amz-Expires should be a number', {}],
    [new S3Error('PresignedExpiresNegative'), 'X-Amz-Expires must be non-negative', {}],
    [
      new S3Error('PresignedExpiresTooLong', { limit: 604800 }),
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
      {},
    ],
    [new S3Error('RegionSetEmpty'), 'SigV4a query auth requires a non empty x-amz-region-set parameter.', {}],
  ])('%s: %s', (refusal, message, fields) => {
    expect(wordsOf(refusal)).toEqual(worded(400, 'AuthorizationQueryParametersError', message, fields));
  });
});

describe('the refusal of', () => {
  it.each<[what: string, refusal: S3Error, answer: object]>([
    [
      'a reserved tag of an object',
      new S3Error('ObjectTagReserved', { TagKey: 'aws:a' }),
      worded(400, 'InvalidTag', 'Your TagKey cannot be prefixed with aws:', { TagKey: 'aws:a' }),
    ],
    [
      'a reserved tag of a bucket',
      new S3Error('BucketTagReserved', { TagKey: 'aws:a' }),
      worded(400, 'InvalidTag', 'System tags cannot be added/updated by requester', { TagKey: 'aws:a' }),
    ],
    [
      'the eleventh tag of an object',
      new S3Error('TooManyObjectTags'),
      worded(400, 'BadRequest', 'Object tags cannot be greater than 10', {}),
    ],
    [
      'the 51st tag of a bucket',
      new S3Error('TooManyBucketTags'),
      worded(400, 'BadRequest', 'Bucket tag count cannot be greater than 50', {}),
    ],
    [
      'several conditions',
      new S3Error('ConditionsSeveral'),
      worded(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented', {
        Header: 'If-Match,If-None-Match',
        additionalMessage: 'Multiple conditional request headers present in the request',
      }),
    ],
    [
      'a value of a condition',
      new S3Error('ConditionNotAccepted', { Header: 'If-Match' }),
      worded(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented', {
        Header: 'If-Match',
        additionalMessage: "We don't accept the provided value of If-Match header for this API",
      }),
    ],
  ])('%s', (_what, refusal, answer) => {
    expect(wordsOf(refusal)).toEqual(answer);
  });
});
