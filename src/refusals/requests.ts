import { type Argument, anyArgument, argument, refusal } from './refusal';

/** Refusals of requests in general: their arguments, their address, their method. */
export const requests = {
  ArgumentPlain: refusal({ code: 'InvalidArgument', status: 400, message: 'Invalid Argument', meantByCode: true }),
  RequestInvalid: refusal({ code: 'InvalidRequest', status: 400, message: 'Invalid Request', meantByCode: true }),
  ArgumentNotReadable: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid Argument',
    fields: anyArgument,
  }),
  ArgumentNotAnInteger: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ ArgumentName }) => `Provided ${ArgumentName} not an integer or within integer range`,
    fields: anyArgument,
  }),
  CountNegative: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ ArgumentName }) => `Argument ${ArgumentName} must be an integer between 0 and 2147483647`,
    fields: anyArgument,
  }),
  ServiceInstanceInvalid: refusal({ code: 'InvalidArgument', status: 400, message: 'Invalid Argument' }),
  InvalidUri: refusal<{ readonly URI: string }>({
    code: 'InvalidURI',
    status: 400,
    message: "Couldn't parse the specified URI.",
    fields: ({ URI }) => ({ URI }),
    whenFailed: ({ key = '' }) => ({ URI: key }),
    failsByName: false,
  }),
  RequestUnparsable: refusal({
    code: 'BadRequest',
    status: 400,
    message: 'An error occurred when parsing the HTTP request.',
    meantByCode: true,
  }),
  TransferEncodingUnknown: refusal({
    code: 'BadRequest',
    status: 400,
    message: 'An error occurred when parsing the HTTP request.',
    bare: [
      ['Connection', 'close'],
      ['Content-Length', '0'],
    ],
  }),
  TransferEncodingUnsupported: refusal({
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented',
    bare: [
      ['Transfer-Encoding', 'chunked'],
      ['Cache-Control', 'no-store'],
      ['Connection', 'close'],
    ],
  }),
  // The text is IBM's, since only IBM COS lacks operations that AWS has (F404).
  NotImplementedHere: refusal({
    code: 'NotImplemented',
    status: 501,
    message: 'A header you provided implies functionality that is not implemented.',
    failsByName: false,
  }),
  MethodNotAllowed: refusal<{
    readonly Method: string;
    readonly ResourceType: string;
    readonly allow: readonly string[];
  }>({
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    fields: ({ Method, ResourceType }) => ({ Method, ResourceType }),
    headers: ({ allow }) => (allow.length === 0 ? [] : [['Allow', allow.join(', ')]]),
    whenFailed: ({ method, bucket, key }) => ({
      Method: method,
      ResourceType: key !== undefined ? 'OBJECT' : bucket !== undefined ? 'BUCKET' : 'SERVICE',
      allow: [],
    }),
  }),
  QueryConflict: refusal<{ readonly names: readonly string[] }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ names }) => `Conflicting query string parameters: ${names.join(', ')}`,
    fields: ({ names }) => ({ ArgumentName: 'ResourceType', ArgumentValue: names[0] }),
  }),
  WebsiteWithValue: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The website parameter must not have a value',
    fields: argument('website'),
  }),
  LoggingOfKey: refusal({
    code: 'NoLoggingStatusForKey',
    status: 400,
    message: 'There is no such thing as the ?logging sub-resource for a key',
  }),
  VersionsOfKey: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'There is no such thing as the ?versions sub-resource for a key',
  }),
  UploadsOfKey: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Key is not expected for the GET method ?uploads subresource',
  }),
  KeyRequired: refusal({ code: 'InvalidRequest', status: 400, message: 'A key must be specified' }),
  UserKeyRequired: refusal({ code: 'UserKeyMustBeSpecified', status: 400, message: 'User key must be specified.' }),
  KeyNameInvalid: refusal({ code: 'InvalidRequest', status: 400, message: 'Object must have a valid key name.' }),
  BucketPostNotForm: refusal({
    code: 'PreconditionFailed',
    status: 412,
    message: 'At least one of the pre-conditions you specified did not hold',
    fields: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
  }),
  VersionIdNotAccepted: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'This operation does not accept a version-id.',
    fields: argument('versionId'),
  }),
};
