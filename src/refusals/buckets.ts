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
