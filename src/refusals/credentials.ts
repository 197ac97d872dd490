import { allDetails, argument, refusal } from './refusal';

/** Refusals of the credentials that a request names. What is called checked is only refused by a mock that checks signatures. */
export const credentials = {
  /** An Authorization header of version 4 without Credential or, if it is checked, without SignedHeaders or Signature. */
  AuthorizationHeaderComponentsMissing: refusal(
    'AuthorizationHeaderMalformed',
    400,
    'The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    {
      meantByCode: true,
      standardMessage: 'The authorization header that you provided is not valid.',
      failsByName: false,
    },
  ),
  /** An Authorization header of a type that the service does not know. */
  AuthorizationUnsupported: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Unsupported Authorization Type',
    { fields: argument('Authorization') },
  ),
  /** An Authorization header of version 2 that is not an access key, a colon and a signature. */
  AuthorizationV2Malformed: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'AWS authorization header is invalid.  Expected AwsAccessKeyId:signature',
    { fields: argument('Authorization') },
  ),
  /** A URL with X-Amz-Algorithm and without another parameter of a presigned URL of version 4. */
  AuthorizationQueryMissing: refusal(
    'AuthorizationQueryParametersError',
    400,
    'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    { meantByCode: true },
  ),
  /** A URL with the Signature of version 2 and without Expires or AWSAccessKeyId. */
  AuthorizationQueryV2Missing: refusal(
    'AccessDenied',
    403,
    'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  ),
  /** A presigned URL that was sent with an Authorization header. */
  AuthorizationTwice: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    { fields: argument('Authorization') },
  ),
  /** A URL that is presigned by version 2 and by version 4. */
  AuthorizationQueryTwice: refusal(
    'InvalidArgument',
    400,
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    { fields: { ArgumentName: 'Authorization' } },
  ),
  /** An Authorization header without a space after its type or, if it is checked and of version 2, with several. */
  AuthorizationSpaceMissing: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    "Authorization header is invalid -- one and only one ' ' (space) required",
    { fields: argument('Authorization') },
  ),
  /** A presigned URL whose X-Amz-Algorithm is neither that of SigV4 nor that of SigV4a. */
  AuthorizationQueryAlgorithmUnsupported: refusal(
    'AuthorizationQueryParametersError',
    400,
    'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
  ),
  /** A request with a key that belongs to no account, or with a session's key and no token or another session's. */
  InvalidAccessKeyId: refusal<{ readonly AWSAccessKeyId: string }>(
    'InvalidAccessKeyId',
    403,
    'The AWS Access Key Id you provided does not exist in our records.',
    { fields: allDetails },
  ),
};
