import { allDetails, argument, type RefusalForms } from './form';

/** What S3 refuses because of who asks, or how they say who they are. */
export const callerRefusals: RefusalForms<
  | 'AccessDenied'
  | 'AnonymousNotAllowed'
  | 'AnonymousListBuckets'
  | 'ExpectedBucketOwnerInvalid'
  | 'AuthorizationUnsupported'
  | 'AuthorizationV2Malformed'
  | 'AuthorizationHeaderMalformed'
  | 'AuthorizationQueryMissing'
  | 'AuthorizationQueryCredentialMalformed'
  | 'AuthorizationQueryV2Missing'
  | 'AuthorizationTwice'
  | 'AuthorizationQueryTwice'
  | 'AuthorizationSpaceMissing'
  | 'AuthorizationQueryAlgorithmUnsupported'
  | 'InvalidAccessKeyId'
> = {
  AccessDenied: { code: 'AccessDenied', status: 403, message: 'Access Denied' },
  AnonymousNotAllowed: {
    code: 'AccessDenied',
    status: 403,
    message: 'Anonymous users cannot invoke this API. Please authenticate.',
    cos: { message: 'Access Denied' },
  },
  // S3 sends whoever looks at its root without credentials to its product page.
  AnonymousListBuckets: {
    code: 'TemporaryRedirect',
    status: 307,
    message: '',
    headers: () => [['Location', 'https://aws.amazon.com/s3/']],
    cos: { code: 'AccessDenied', status: 403, message: 'Access Denied' },
  },
  ExpectedBucketOwnerInvalid: {
    code: 'InvalidBucketOwnerAWSAccountID',
    status: 400,
    message: ({ value }) => `The value of the expected bucket owner parameter must be an AWS Account ID... [${value}]`,
  },
  AuthorizationUnsupported: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Unsupported Authorization Type',
    elements: argument('Authorization'),
  },
  AuthorizationV2Malformed: {
    code: 'InvalidArgument',
    status: 400,
    message: 'AWS authorization header is invalid.  Expected AwsAccessKeyId:signature',
    elements: argument('Authorization'),
  },
  AuthorizationHeaderMalformed: {
    code: 'AuthorizationHeaderMalformed',
    status: 400,
    message: ({ problem }) => `The authorization header is malformed; ${problem}`,
    elements: ({ Region }) => ({ Region }),
  },
  AuthorizationQueryMissing: {
    code: 'AuthorizationQueryParametersError',
    status: 400,
    message:
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  },
  AuthorizationQueryCredentialMalformed: {
    code: 'AuthorizationQueryParametersError',
    status: 400,
    message:
      'Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
  },
  AuthorizationQueryV2Missing: {
    code: 'AccessDenied',
    status: 403,
    message: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  },
  AuthorizationTwice: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    elements: argument('Authorization'),
  },
  AuthorizationQueryTwice: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    elements: () => ({ ArgumentName: 'Authorization' }),
  },
  AuthorizationSpaceMissing: {
    code: 'InvalidArgument',
    status: 400,
    message: "Authorization header is invalid -- one and only one ' ' (space) required",
    elements: argument('Authorization'),
  },
  AuthorizationQueryAlgorithmUnsupported: {
    code: 'AuthorizationQueryParametersError',
    status: 400,
    message: 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
  },
  InvalidAccessKeyId: {
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The AWS Access Key Id you provided does not exist in our records.',
    elements: allDetails,
  },
};
