import { allDetails, argument, type RefusalForms } from './form';

/** What S3 refuses of buckets as such: their names, owners and regions. */
export const bucketRefusals: RefusalForms<
  | 'NoSuchBucket'
  | 'InvalidBucketName'
  | 'BucketAlreadyExists'
  | 'BucketAlreadyOwnedByYou'
  | 'LocationConstraintInvalid'
  | 'LocationConstraintIncompatible'
  | 'WrongRegion'
  | 'BucketRegionInvalid'
  | 'BucketRegionElsewhere'
  | 'MaxBucketsInvalid'
  | 'ContinuationTokenInvalid'
  | 'CreateBucketTagsReserved'
  | 'DuplicateBucketTags'
  | 'BucketAclForbidden'
  | 'CannedAclInvalid'
> = {
  NoSuchBucket: {
    code: 'NoSuchBucket',
    status: 404,
    message: 'The specified bucket does not exist',
    elements: allDetails,
    cos: { message: 'The specified bucket does not exist.' },
  },
  InvalidBucketName: {
    code: 'InvalidBucketName',
    status: 400,
    message: 'The specified bucket is not valid.',
    elements: allDetails,
  },
  BucketAlreadyExists: {
    code: 'BucketAlreadyExists',
    status: 409,
    message:
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    elements: allDetails,
  },
  BucketAlreadyOwnedByYou: {
    code: 'BucketAlreadyOwnedByYou',
    status: 409,
    message: 'Your previous request to create the named bucket succeeded and you already own it.',
    elements: allDetails,
  },
  LocationConstraintInvalid: {
    code: 'InvalidLocationConstraint',
    status: 400,
    message: 'The specified location-constraint is not valid',
    elements: allDetails,
    cos: { message: 'The specified location constraint is not valid.' },
  },
  LocationConstraintIncompatible: {
    code: 'IllegalLocationConstraintException',
    status: 400,
    message: ({ constraint }) =>
      `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  },
  WrongRegion: {
    code: 'PermanentRedirect',
    status: 301,
    message:
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    elements: ({ Endpoint, Bucket }) => ({ Endpoint, Bucket }),
    headers: ({ region }) => [['x-amz-bucket-region', region]],
  },
  BucketRegionInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: ({ value }) => `Argument value ${value} is not a valid AWS Region`,
    elements: () => ({ ArgumentName: 'bucket-region' }),
  },
  BucketRegionElsewhere: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Requests with bucket-region specified must be made to the corresponding regional endpoint',
    elements: () => ({ ArgumentName: 'bucket-region' }),
  },
  MaxBucketsInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Argument max-buckets must be an integer between 1 and 10000',
    elements: ({ ArgumentValue }) => ({ ArgumentName: 'max-buckets', ArgumentValue }),
  },
  ContinuationTokenInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: 'The continuation token provided is incorrect',
    elements: () => ({ ArgumentName: 'continuation-token' }),
  },
  CreateBucketTagsReserved: {
    code: 'InvalidTag',
    status: 400,
    message:
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
  },
  // S3 was recorded to fail like this, and does again each time (F34).
  DuplicateBucketTags: {
    code: 'InternalError',
    status: 500,
    message: 'We encountered an internal error. Please try again.',
  },
  BucketAclForbidden: {
    code: 'InvalidBucketAclWithObjectOwnership',
    status: 400,
    message: "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  },
  CannedAclInvalid: { code: 'InvalidArgument', status: 400, message: '', elements: argument('x-amz-acl') },
};
