import {
  type Argument,
  allDetails,
  argument,
  byCode,
  invalidArgument,
  invalidRequest,
  quotingArgument,
  type Refusal,
  refusal,
  type Texts,
  valueInvalid,
} from './refusal';

const failure: Refusal<{ readonly code: string; readonly status: number; readonly message: string }> = {
  code: ({ code }) => code,
  status: ({ status }) => status,
  message: ({ message }) => message,
};

/** Refusals of requests in general: their arguments, their address, their method. */
export const requests = {
  /** A failure that a test asks for by the code of all wrong arguments; no request earns it. */
  ArgumentPlain: invalidArgument('Invalid Argument', { meantByCode: true }),
  /** A failure that a test asks for by the code of all wrong requests; no request earns it. */
  RequestInvalid: invalidRequest('Invalid Request', { meantByCode: true }),
  /** A header or a parameter whose value cannot be read, if S3 has no text of its own for it. */
  ArgumentNotReadable: invalidArgument('Invalid Argument', quotingArgument),
  /** A parameter that is not a whole number of 32 bits, where S3 takes only such. */
  ArgumentNotAnInteger: invalidArgument<Argument>(
    ({ ArgumentName }) => `Provided ${ArgumentName} not an integer or within integer range`,
    quotingArgument,
  ),
  /** A listing of objects, uploads or parts whose greatest number of entries, or part-number-marker, is negative. */
  CountNegative: invalidArgument<Argument>(
    ({ ArgumentName }) => `Argument ${ArgumentName} must be an integer between 0 and 2147483647`,
    quotingArgument,
  ),
  /** A request to IBM COS whose ibm-service-instance-id is not the account's, or that has a token and none. */
  ServiceInstanceInvalid: invalidArgument('Invalid Argument'),
  /** A request to S3 Control that names no account, or two. */
  AccountNotNamed: invalidRequest('The request must name one account.', byCode),
  /** A request whose path or query cannot be decoded. */
  InvalidUri: refusal('InvalidURI', 400)<Texts<'URI'>>("Couldn't parse the specified URI.", {
    fields: ({ URI }) => ({ URI }),
    whenFailed: ({ key = '' }) => ({ URI: key }),
    failsByName: false,
  }),
  /** A request whose method S3 does not know, or whose head Node's parser refuses. */
  RequestUnparsable: refusal('BadRequest', 400)('An error occurred when parsing the HTTP request.', {
    meantByCode: true,
  }),
  /** A request whose headers have more than 8,192 bytes. */
  HeaderSectionTooLarge: refusal('RequestHeaderSectionTooLarge', 400)<{ readonly MaxSizeAllowed: number }>(
    'Your request header section exceeds the maximum allowed size.',
    { fields: allDetails },
  ),
  /** A request of HTTP/1.1 without a Host header, or with an empty one, at a port. */
  HostMissing: refusal('BadRequest', 400)('An error occurred when parsing the HTTP request.', {
    bare: [
      ['Transfer-Encoding', 'chunked'],
      ['Connection', 'close'],
    ],
  }),
  /** A request with a transfer coding that HTTP does not have. */
  TransferEncodingUnknown: refusal('BadRequest', 400)('An error occurred when parsing the HTTP request.', {
    bare: [
      ['Connection', 'close'],
      ['Content-Length', '0'],
    ],
  }),
  /** A request for a key whose `..` climb above the bucket. */
  KeyClimbs: refusal('BadRequest', 400)('An error occurred when parsing the HTTP request.', {
    bare: [
      ['Connection', 'close'],
      ['Content-Length', '0'],
    ],
  }),
  /** A request with a transfer coding that compresses. */
  TransferEncodingUnsupported: refusal('NotImplemented', 501)(
    'A header you provided implies functionality that is not implemented',
    {
      bare: [
        ['Transfer-Encoding', 'chunked'],
        ['Cache-Control', 'no-store'],
        ['Connection', 'close'],
      ],
    },
  ),
  // The text is IBM's, since only IBM COS lacks operations that AWS has (F404).
  /** A request of an operation that only the other of Amazon S3 and IBM COS has. */
  NotImplementedHere: refusal('NotImplemented', 501)(
    'A header you provided implies functionality that is not implemented.',
    byCode,
  ),
  /** A request whose method no operation has at its path and sub-resource. */
  MethodNotAllowed: refusal('MethodNotAllowed', 405)<{
    readonly Method: string;
    readonly ResourceType: string;
    readonly allow: readonly string[];
  }>('The specified method is not allowed against this resource.', {
    fields: ({ Method, ResourceType }) => ({ Method, ResourceType }),
    headers: ({ allow }) => (allow.length === 0 ? [] : [['Allow', allow.join(', ')]]),
    whenFailed: ({ method, bucket, key }) => ({
      Method: method,
      ResourceType: key !== undefined ? 'OBJECT' : bucket !== undefined ? 'BUCKET' : 'SERVICE',
      allow: [],
    }),
  }),
  /** A request whose query names two operations. */
  QueryConflict: invalidArgument<{ readonly names: readonly string[] }>(
    ({ names }) => `Conflicting query string parameters: ${names.join(', ')}`,
    { fields: ({ names }) => ({ ArgumentName: 'ResourceType', ArgumentValue: names[0] }) },
  ),
  /** A request at a key with ?annotationName and without ?annotation. */
  AnnotationNameAlone: invalidArgument('Unexpected query string parameter', {
    fields: { ArgumentName: 'ResourceType', ArgumentValue: 'annotationName' },
  }),
  /** A request for a website configuration with a value after ?website. */
  WebsiteWithValue: valueInvalid('website', 'The website parameter must not have a value'),
  /** A GET of ?logging at a key. */
  LoggingOfKey: refusal('NoLoggingStatusForKey', 400)('There is no such thing as the ?logging sub-resource for a key'),
  /** A GET of ?versions at a key. */
  VersionsOfKey: invalidRequest('There is no such thing as the ?versions sub-resource for a key'),
  /** A GET of ?uploads at a key. */
  UploadsOfKey: invalidRequest('Key is not expected for the GET method ?uploads subresource'),
  /** A request at a bucket for an upload: with uploadId, or a POST of ?uploads. */
  KeyRequired: invalidRequest('A key must be specified'),
  /** A restore at a bucket, or an entry of DeleteObjects with an empty key. */
  UserKeyRequired: refusal('UserKeyMustBeSpecified', 400)('User key must be specified.', {
    cos: {
      message:
        'The bucket POST must contain the specified field name. If it is specified, check the order of the fields.',
    },
  }),
  /** A request at a bucket with partNumber. */
  KeyNameInvalid: invalidRequest('Object must have a valid key name.'),
  /** A POST to a bucket whose Content-Type is not multipart/form-data. */
  BucketPostNotForm: refusal('PreconditionFailed', 412)(
    'At least one of the pre-conditions you specified did not hold',
    {
      fields: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
      cos: {
        code: 'RequestIsNotMultiPartContent',
        status: 400,
        message: 'Bucket POST must be of the enclosure-type multipart/form-data.',
      },
    },
  ),
  /** A request with a version id to a bucket, a setting of a bucket or an upload, or a write with one. */
  VersionIdNotAccepted: valueInvalid('versionId', 'This operation does not accept a version-id.'),
  /** A presigned URL that names who pays, and a header beside it that does so as well. */
  RequestPayerTwice: invalidArgument<Texts<'ArgumentValue'>>(
    'x-amz-request-payer must be provided as either a header or parameter, not both',
    { fields: argument('x-amz-request-payer'), failsByName: false },
  ),
  /** A presigned URL that names the expected owner of a bucket, and a header beside it that does so as well. */
  ExpectedBucketOwnerTwice: refusal(
    'InvalidBucketOwnerAWSAccountID',
    400,
  )('Expected bucket owner must be provided as either a header or parameter, not both'),
  /** A failure inside S3, which only a test raises, by its code. */
  InternalError: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
  /** A client that sends more than S3 serves, which only a test raises, by its code. */
  SlowDown: refusal('SlowDown', 503)('Please reduce your request rate.', {
    cos: { message: 'Reduce your request rate.' },
  }),
  /** A service that cannot take requests at the moment, which only a test raises, by its code. */
  ServiceUnavailable: refusal('ServiceUnavailable', 503)('Service is unable to handle request.', {
    cos: { message: 'Reduce your request rate.' },
  }),
  /** A body of which the client sends nothing for 20 seconds. */
  RequestTimeout: refusal('RequestTimeout', 400)(
    'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
    {
      cos: {
        message: 'Your socket connection to the server was not read from or written to within the timeout period.',
      },
    },
  ),
  /** Another operation on the same resource that is not over, which only a test raises, by its code. */
  OperationAborted: refusal('OperationAborted', 409)(
    'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    {
      cos: {
        message: 'A conflicting conditional operation is currently in progress against this resource. Try again.',
      },
    },
  ),
  /** A CreateBucket for an account that has as many buckets as it can have. Only a test raises it, by its code. */
  TooManyBuckets: refusal('TooManyBuckets', 400)('You have attempted to create more buckets than allowed', {
    cos: { message: 'You have attempted to create more buckets than allowed.' },
  }),
  /** An upload of more than 5 GB, which only a test raises, by its code. */
  EntityTooLarge: refusal('EntityTooLarge', 400)('Your proposed upload exceeds the maximum allowed size', {
    cos: { message: 'Your proposed upload exceeds the maximum allowed object size.' },
  }),
  // Any code that a test asks for, if the failed request does not contain the details of its refusal.
  /** An error in a test's own words, or of a code whose refusal needs details that the failed request does not have. */
  Failure: failure,
};
