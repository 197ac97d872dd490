import { allDetails, byCode, invalidArgument, ofBucket, refusal, type Texts, valueInvalid } from './refusal';

/** Refusals of buckets: their names, owners, regions and listing. */
export const buckets = {
  /** A request for a bucket, or for a copy's source in a bucket, that does not exist and could. */
  NoSuchBucket: refusal('NoSuchBucket', 404)('The specified bucket does not exist', {
    ...ofBucket,
    cos: { message: 'The specified bucket does not exist.' },
  }),
  /** A request for a bucket whose name no bucket can have, or a CreateBucket with such a name. */
  InvalidBucketName: refusal('InvalidBucketName', 400)('The specified bucket is not valid.', ofBucket),
  // F601
  /** A CreateBucket without x-amz-bucket-namespace, whose name ends with an account, a region and -an. */
  MissingNamespaceHeader: refusal('MissingNamespaceHeader', 400)(
    'The requested bucket is an account-regional namespace bucket, but your request is missing the required x-amz-bucket-namespace header.',
    { fields: { Header: 'x-amz-bucket-namespace' } },
  ),
  /** A CreateBucket for the account-regional namespace whose name does not end with an account, a region and -an. */
  BucketNamespaceSuffixMissing: refusal('InvalidNamespaceHeader', 400)<Texts<'Header'>>(
    // S3 does not fill in the account and the region.
    'The requested bucket name did not include the account-regional namespace suffix, but the provided x-amz-bucket-namespace header value is account-regional. Specify -[accountId]-[region]-an as the bucket name suffix to create a bucket in your account-regional namespace, or remove the header.',
    { fields: allDetails },
  ),
  /** A CreateBucket for the global namespace whose name ends with an account, a region and -an. */
  BucketNamespaceIsGlobal: refusal('InvalidNamespaceHeader', 400)<Texts<'HeaderValue'>>(
    'The requested bucket is an account-regional namespace bucket, but the provided x-amz-bucket-namespace header value is global. If you want to create an account-regional namespace bucket, set your x-amz-bucket-namespace header to account-regional.',
    {
      fields: ({ HeaderValue }) => ({ Header: 'global', HeaderValue }),
      meantByCode: true,
      failsByName: false,
      whenFailed: ({ bucket = '' }) => ({ HeaderValue: bucket }),
    },
  ),
  /** A CreateBucket for the account-regional namespace whose name ends with the id of an account other than the caller's. */
  BucketNamespaceOfAnotherAccount: refusal('InvalidBucketNamespace', 400)<Texts<'requested' | 'caller' | 'name'>>(
    ({ requested, caller }) =>
      `The requested bucket is an account-regional namespace bucket, but the requested AWS Account ID '${requested}' does not match the caller's AWS Account ID '${caller}'. Specify the caller's AWS Account ID in the bucket name.`,
    {
      fields: ({ name }) => ({ BucketNamespace: name }),
      meantByCode: true,
      failsByName: false,
      whenFailed: ({ bucket = '' }) => ({ requested: '111122223333', caller: '444455556666', name: bucket }),
    },
  ),
  /** A CreateBucket for the account-regional namespace whose name ends with a region other than the new bucket's. */
  BucketNamespaceOfAnotherRegion: refusal('InvalidBucketNamespace', 400)<Texts<'requested' | 'current' | 'name'>>(
    ({ requested, current }) =>
      `The requested bucket is an account-regional namespace bucket, but the requested region '${requested}' does not match the current region '${current}'. Specify the targeted region in the bucket name.`,
    { fields: ({ name }) => ({ BucketNamespace: name }) },
  ),
  /** A CreateBucket whose x-amz-bucket-namespace is neither 'global' nor 'account-regional'. */
  BucketNamespaceInvalid: invalidArgument<Texts<'value'>>(
    ({ value }) => `Invalid x-amz-bucket-namespace header: ${value}`,
    { fields: { ArgumentName: 'x-amz-bucket-namespace' } },
  ),
  /** A CreateBucket for the account-regional namespace in a region that has none. */
  BucketNamespaceUnsupported: refusal('UnsupportedArgument', 400)('The request contained an unsupported argument.'),
  /** A CreateBucket with the name of a bucket of another account. */
  BucketAlreadyExists: refusal('BucketAlreadyExists', 409)(
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    ofBucket,
  ),
  /** A CreateBucket with the name of a bucket of the caller's account, except for a repetition without tags in us-east-1. */
  BucketAlreadyOwnedByYou: refusal('BucketAlreadyOwnedByYou', 409)(
    'Your previous request to create the named bucket succeeded and you already own it.',
    ofBucket,
  ),
  /** A CreateBucket with a LocationConstraint that is not a region, or that is the region of the global endpoint. */
  LocationConstraintInvalid: refusal('InvalidLocationConstraint', 400)<Texts<'LocationConstraint'>>(
    'The specified location-constraint is not valid',
    {
      fields: allDetails,
      meantByCode: true,
      cos: { message: 'Container storage location with specified provisioning code not available' },
    },
  ),
  /** A CreateBucket at IBM COS of a storage class that the plan of the service instance, One Rate, does not have. Only a test raises it. */
  StorageClassNotInOneRate: refusal('InvalidLocationConstraint', 400)('Storage class not allowed for one rate user'),
  /** A CreateBucket at IBM COS of a storage class that only the plan One Rate has, in an instance of another plan. Only a test raises it. */
  StorageClassOfOneRate: refusal(
    'InvalidLocationConstraint',
    400,
  )('Storage class not allowed for standard or cloud lite user'),
  /** A CreateBucket at IBM COS whose ibm-sse-kp-customer-root-key-crn has fewer segments than the CRN of a key. */
  RootKeyCrnTooShort: invalidArgument<{ readonly segments: number; readonly required: number }>(
    ({ segments, required }) =>
      `Invalid ibm-sse-kp-customer-root-key-crn: received only ${segments} of required ${required} segments`,
    { sameTextAtCos: true },
  ),
  /** A CreateBucket at the endpoint of one region whose LocationConstraint is another or missing. */
  LocationConstraintIncompatible: refusal('IllegalLocationConstraintException', 400)<Texts<'constraint'>>(
    ({ constraint }) =>
      `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { meantByCode: true },
  ),
  /** A request for a bucket of an opt-in region at another endpoint, or for a bucket of another region at the endpoint of an opt-in region (F1653). */
  BucketInOptInRegion: refusal('IllegalLocationConstraintException', 400)<Texts<'constraint' | 'region'>>(
    ({ constraint }) =>
      `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { headers: ({ region }) => [['x-amz-bucket-region', region]] },
  ),
  /** A request at the endpoint of one region for a bucket of another region. */
  WrongRegion: refusal('PermanentRedirect', 301)<Texts<'Bucket' | 'region' | 'Endpoint'>>(
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      fields: ({ Endpoint, Bucket }) => ({ Endpoint, Bucket }),
      headers: ({ region }) => [['x-amz-bucket-region', region]],
    },
  ),
  /** A request at the website host of one region for a bucket of another region. */
  WebsiteElsewhere: refusal('IncorrectEndpoint', 400)<Texts<'Endpoint'>>(
    'The specified bucket exists in another region. Please direct requests to the specified endpoint.',
    { fields: allDetails, failsByName: false, whenFailed: ({ bucket = '' }) => ({ Endpoint: bucket }) },
  ),
  /** A request of a website for a folder without its slash, which S3 redirects to the folder with it. */
  WebsiteFolder: refusal('Found', 302)('Resource Found', byCode),
  /** A request at a website host that names no bucket, which S3 redirects to its own page. */
  WebsiteWithoutBucket: refusal('WebsiteRedirect', 301)('Request does not contain a bucket name.', byCode),
  /** A ListBuckets whose bucket-region is not a region. */
  BucketRegionInvalid: invalidArgument<Texts<'value'>>(
    ({ value }) => `Argument value ${value} is not a valid AWS Region`,
    { fields: { ArgumentName: 'bucket-region' } },
  ),
  /** A ListBuckets whose bucket-region is not the region of the endpoint. */
  BucketRegionElsewhere: invalidArgument(
    'Requests with bucket-region specified must be made to the corresponding regional endpoint',
    { fields: { ArgumentName: 'bucket-region' } },
  ),
  /** A ListBuckets whose max-buckets is a whole number outside 1 to 10,000. */
  MaxBucketsInvalid: valueInvalid('max-buckets', 'Argument max-buckets must be an integer between 1 and 10000'),
  /** A ListBuckets or ListObjectsV2 whose continuation-token no earlier page gave out. */
  ContinuationTokenInvalid: invalidArgument('The continuation token provided is incorrect', {
    fields: { ArgumentName: 'continuation-token' },
  }),
  /** A CreateBucket with a tag whose key begins with the prefix of system tags. */
  CreateBucketTagsReserved: refusal('InvalidTag', 400)(
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    {
      cos: {
        message:
          'User-defined tag keys can\'t start with "ibm:". This prefix is reserved for system tags. Remove "ibm:" from your tag keys and try again.',
      },
    },
  ),
  // Recorded: S3 answers an internal error, and does so every time (F34).
  /** A CreateBucket with two tags of the same key. */
  DuplicateBucketTags: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
  /** A ListBucketsExtended of IBM COS whose max-keys is negative. */
  BucketPageNegative: valueInvalid('max-keys', 'Invalid Argument'),
  /** A CreateBucket with an x-amz-object-ownership other than the three kinds of ownership. */
  ObjectOwnershipInvalid: invalidArgument<Texts<'value'>>(
    ({ value }) => `Invalid x-amz-object-ownership header: ${value}`,
    { fields: { ArgumentName: 'x-amz-object-ownership' } },
  ),
};
