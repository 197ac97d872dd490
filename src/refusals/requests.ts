import { argument, type RefusalForms } from './form';

/** What S3 refuses of requests that none of its operations takes. */
export const requestRefusals: RefusalForms<
  | 'ArgumentInvalid'
  | 'ArgumentPlain'
  | 'ServiceInstanceInvalid'
  | 'InvalidUri'
  | 'RequestUnparsable'
  | 'TransferEncodingUnknown'
  | 'TransferEncodingUnsupported'
  | 'MethodNotAllowed'
  | 'QueryConflict'
  | 'LoggingOfKey'
  | 'VersionsOfKey'
  | 'UploadsOfKey'
  | 'KeyRequired'
  | 'UserKeyRequired'
  | 'KeyNameInvalid'
  | 'BucketPostNotForm'
  | 'VersionIdNotAccepted'
  | 'NotImplemented'
  | 'CorsBucketMissing'
  | 'CorsNotEnabled'
  | 'CorsOriginMissing'
  | 'CorsMethodInvalid'
> = {
  ArgumentInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: ({ message }) => message,
    elements: ({ ArgumentName, ArgumentValue }) => ({ ArgumentName, ArgumentValue }),
  },
  ServiceInstanceInvalid: { code: 'InvalidArgument', status: 400, message: 'Invalid Argument' },
  ArgumentPlain: { code: 'InvalidArgument', status: 400, message: ({ message }) => message },
  InvalidUri: {
    code: 'InvalidURI',
    status: 400,
    message: "Couldn't parse the specified URI.",
    elements: ({ URI }) => ({ URI }),
  },
  RequestUnparsable: { code: 'BadRequest', status: 400, message: 'An error occurred when parsing the HTTP request.' },
  TransferEncodingUnknown: {
    code: 'BadRequest',
    status: 400,
    message: 'An error occurred when parsing the HTTP request.',
    bare: [
      ['Connection', 'close'],
      ['Content-Length', '0'],
    ],
  },
  TransferEncodingUnsupported: {
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented',
    bare: [
      ['Transfer-Encoding', 'chunked'],
      ['Cache-Control', 'no-store'],
      ['Connection', 'close'],
    ],
  },
  MethodNotAllowed: {
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    elements: ({ Method, ResourceType }) => ({ Method, ResourceType }),
    headers: ({ allow }) => (allow.length === 0 ? [] : [['Allow', allow.join(', ')]]),
  },
  QueryConflict: {
    code: 'InvalidArgument',
    status: 400,
    message: ({ names }) => `Conflicting query string parameters: ${names.join(', ')}`,
    elements: ({ names }) => ({ ArgumentName: 'ResourceType', ArgumentValue: names[0] }),
  },
  LoggingOfKey: {
    code: 'NoLoggingStatusForKey',
    status: 400,
    message: 'There is no such thing as the ?logging sub-resource for a key',
  },
  VersionsOfKey: {
    code: 'InvalidRequest',
    status: 400,
    message: 'There is no such thing as the ?versions sub-resource for a key',
  },
  UploadsOfKey: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Key is not expected for the GET method ?uploads subresource',
  },
  KeyRequired: { code: 'InvalidRequest', status: 400, message: 'A key must be specified' },
  UserKeyRequired: { code: 'UserKeyMustBeSpecified', status: 400, message: 'User key must be specified.' },
  KeyNameInvalid: { code: 'InvalidRequest', status: 400, message: 'Object must have a valid key name.' },
  BucketPostNotForm: {
    code: 'PreconditionFailed',
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold',
    elements: () => ({ Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' }),
  },
  VersionIdNotAccepted: {
    code: 'InvalidArgument',
    status: 400,
    message: 'This operation does not accept a version-id.',
    elements: argument('versionId'),
  },
  NotImplemented: {
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented',
    // S3 itself says more in this element where it refuses a value; here it tells a person whose lack it is.
    elements: ({ operation }) => ({ additionalMessage: `${operation} is not implemented by s3-versioning-mock` }),
    cos: { message: 'A header you provided implies functionality that is not implemented.' },
  },
  CorsBucketMissing: {
    code: 'AccessForbidden',
    status: 403,
    message: 'CORSResponse: Bucket not found',
    elements: ({ Method, ResourceType }) => ({ Method, ResourceType }),
  },
  CorsNotEnabled: {
    code: 'AccessForbidden',
    status: 403,
    message: 'CORSResponse: CORS is not enabled for this bucket.',
    elements: ({ Method, ResourceType }) => ({ Method, ResourceType }),
  },
  CorsOriginMissing: {
    code: 'BadRequest',
    status: 400,
    message: 'Insufficient information. Origin request header needed.',
  },
  CorsMethodInvalid: {
    code: 'BadRequest',
    status: 400,
    message: ({ method }) => `Invalid Access-Control-Request-Method: ${method}`,
  },
};
