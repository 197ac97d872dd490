import { allDetails, argument, refusal } from './refusal';

/** Refusals of the credentials that a request names, before its signature is checked. */
export const credentials = {
  AuthorizationHeaderComponentsMissing: refusal({
    code: 'AuthorizationHeaderMalformed',
    status: 400,
    message:
      'The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    meantByCode: true,
    standardMessage: 'The authorization header that you provided is not valid.',
    failsByName: false,
  }),
  AuthorizationUnsupported: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Unsupported Authorization Type',
    fields: argument('Authorization'),
  }),
  AuthorizationV2Malformed: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'AWS authorization header is invalid.  Expected AwsAccessKeyId:signature',
    fields: argument('Authorization'),
  }),
  AuthorizationQueryMissing: refusal({
    code: 'AuthorizationQueryParametersError',
    status: 400,
    message:
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    meantByCode: true,
  }),
  AuthorizationQueryV2Missing: refusal({
    code: 'AccessDenied',
    status: 403,
    message: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  }),
  AuthorizationTwice: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message:
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    fields: argument('Authorization'),
  }),
  AuthorizationQueryTwice: refusal({
    code: 'InvalidArgument',
    status: 400,
    message:
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    fields: { ArgumentName: 'Authorization' },
  }),
  AuthorizationSpaceMissing: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: "Authorization header is invalid -- one and only one ' ' (space) required",
    fields: argument('Authorization'),
  }),
  AuthorizationQueryAlgorithmUnsupported: refusal({
    code: 'AuthorizationQueryParametersError',
    status: 400,
    message: 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
  }),
  InvalidAccessKeyId: refusal<{ readonly AWSAccessKeyId: string }>({
    code: 'InvalidAccessKeyId',
    status: 403,
    message: 'The AWS Access Key Id you provided does not exist in our records.',
    fields: allDetails,
  }),
};
