import { allDetails, argument, refusal } from './refusal';

/** Refusals of buckets: their names, owners, regions and listing. */
export const buckets = {
  NoSuchBucket: refusal<{ readonly BucketName: string }>({
    code: 'NoSuchBucket',
    status: 404,
    message: 'The specified bucket does not exist',
    fields: allDetails,
    cos: { message: 'The specified bucket does not exist.' },
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  InvalidBucketName: refusal<{ readonly BucketName: string }>({
    code: 'InvalidBucketName',
    status: 400,
    message: 'The specified bucket is not valid.',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  // F601
  MissingNamespaceHeader: refusal({
    code: 'MissingNamespaceHeader',
    status: 400,
    message:
      'The requested bucket is an account-regional namespace bucket, but your request is missing the required x-amz-bucket-namespace header.',
    fields: { Header: 'x-amz-bucket-namespace' },
  }),
  BucketNamespaceSuffixMissing: refusal<{ readonly suffix: string }>({
    code: 'InvalidNamespaceHeader',
    status: 400,
    message: ({ suffix }) =>
      `The requested bucket name did not include the account-regional namespace suffix, but the provided x-amz-bucket-namespace header value is account-regional. Specify ${suffix} as the bucket name suffix to create a bucket in your account-regional namespace, or remove the header.`,
  }),
  BucketNamespaceIsGlobal: refusal({
    code: 'InvalidNamespaceHeader',
    status: 400,
    message:
      'The requested bucket is an account-regional namespace bucket, but the provided x-amz-bucket-namespace header value is global.',
    meantByCode: true,
  }),
  BucketNamespaceOfAnotherAccount: refusal<{
    readonly requested: string;
    readonly caller: string;
    readonly name: string;
  }>({
    code: 'InvalidBucketNamespace',
    status: 400,
    message: ({ requested, caller }) =>
      `The requested bucket is an account-regional namespace bucket, but the requested AWS Account ID '${requested}' does not match the caller's AWS Account ID '${caller}'. Specify the caller's AWS Account ID in the bucket name.`,
    fields: ({ name }) => ({ BucketNamespace: name }),
    meantByCode: true,
    failsByName: false,
    whenFailed: ({ bucket = '' }) => ({ requested: '111122223333', caller: '444455556666', name: bucket }),
  }),
  BucketNamespaceOfAnotherRegion: refusal<{
    readonly requested: string;
    readonly current: string;
    readonly name: string;
  }>({
    code: 'InvalidBucketNamespace',
    status: 400,
    message: ({ requested, current }) =>
      `The requested bucket is an account-regional namespace bucket, but the requested region '${requested}' does not match the current region '${current}'. Specify the targeted region in the bucket name.`,
    fields: ({ name }) => ({ BucketNamespace: name }),
  }),
  BucketNamespaceInvalid: refusal<{ readonly value: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ value }) => `Invalid x-amz-bucket-namespace header: ${value}`,
    fields: { ArgumentName: 'x-amz-bucket-namespace' },
  }),
  BucketNamespaceUnsupported: refusal({
    code: 'UnsupportedArgument',
    status: 400,
    message: 'The request contained an unsupported argument.',
  }),
  BucketAlreadyExists: refusal<{ readonly BucketName: string }>({
    code: 'BucketAlreadyExists',
    status: 409,
    message:
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  BucketAlreadyOwnedByYou: refusal<{ readonly BucketName: string }>({
    code: 'BucketAlreadyOwnedByYou',
    status: 409,
    message: 'Your previous request to create the named bucket succeeded and you already own it.',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  LocationConstraintInvalid: refusal<{ readonly LocationConstraint: string }>({
    code: 'InvalidLocationConstraint',
    status: 400,
    message: 'The specified location-constraint is not valid',
    fields: allDetails,
    cos: { message: 'The specified location constraint is not valid.' },
  }),
  LocationConstraintIncompatible: refusal<{ readonly constraint: string }>({
    code: 'IllegalLocationConstraintException',
    status: 400,
    message: ({ constraint }) =>
      `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  }),
  WrongRegion: refusal<{ readonly Bucket: string; readonly region: string; readonly Endpoint: string }>({
    code: 'PermanentRedirect',
    status: 301,
    message:
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    fields: ({ Endpoint, Bucket }) => ({ Endpoint, Bucket }),
    headers: ({ region }) => [['x-amz-bucket-region', region]],
  }),
  BucketRegionInvalid: refusal<{ readonly value: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ value }) => `Argument value ${value} is not a valid AWS Region`,
    fields: { ArgumentName: 'bucket-region' },
  }),
  BucketRegionElsewhere: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'Requests with bucket-region specified must be made to the corresponding regional endpoint',
    fields: { ArgumentName: 'bucket-region' },
  }),
  MaxBucketsInvalid: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Argument max-buckets must be an integer between 1 and 10000',
    fields: ({ ArgumentValue }) => ({ ArgumentName: 'max-buckets', ArgumentValue }),
  }),
  ContinuationTokenInvalid: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'The continuation token provided is incorrect',
    fields: { ArgumentName: 'continuation-token' },
  }),
  CreateBucketTagsReserved: refusal({
    code: 'InvalidTag',
    status: 400,
    message:
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    cos: {
      message:
        'User-defined tag keys can\'t start with "ibm:". This prefix is reserved for system tags. Remove "ibm:" from your tag keys and try again.',
    },
  }),
  // Recorded: S3 answers an internal error, and does so every time (F34).
  DuplicateBucketTags: refusal({
    code: 'InternalError',
    status: 500,
    message: 'We encountered an internal error. Please try again.',
  }),
  BucketPageNegative: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid Argument',
    fields: argument('max-keys'),
  }),
  ObjectOwnershipInvalid: refusal<{ readonly value: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ value }) => `Invalid x-amz-object-ownership header: ${value}`,
    fields: { ArgumentName: 'x-amz-object-ownership' },
  }),
};
