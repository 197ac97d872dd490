import { allDetails, invalidArgument, invalidRequest, refusal, type Texts, valueInvalid } from './refusal';

const schemaText = 'The XML you provided was not well-formed or did not validate against our published schema';
const cosSchemaText = { message: `${schemaText}.` };

const knownHashes =
  'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.';

/** Refusals of a body, its digests and its framing. */
export const bodies = {
  /** A request of an operation that requires a document, without a body. */
  MissingRequestBody: refusal('MissingRequestBodyError', 400)('Request Body is empty', {
    cos: { message: 'Request body is empty.' },
  }),
  /** A document that is not well-formed, or that does not fit the schema of its operation. */
  MalformedXML: refusal('MalformedXML', 400)(schemaText, { meantByCode: true, cos: cosSchemaText }),
  /** A document with an element, which is not empty, in the place of a single value. */
  ElementInValue: refusal('MalformedXML', 400)(schemaText, { failsByName: false, cos: cosSchemaText }),
  /** A document with more bytes than its operation reads. */
  MessageTooLong: refusal('MaxMessageLengthExceeded', 400)<{ readonly MaxMessageLengthBytes: number }>(
    'Your request was too big.',
    { fields: allDetails, cos: { message: 'Your request was too large.' } },
  ),
  /** A Content-MD5 that is not the base64 of 16 bytes. */
  ContentMd5Invalid: refusal('InvalidDigest', 400)<Texts<'value'>>('The Content-MD5 you specified was invalid.', {
    fields: ({ value }) => ({ 'Content-MD5': value }),
    cos: { message: 'The Content-MD5 you specified is not valid.' },
  }),
  /** A Content-MD5 that is not the digest of the body that came. */
  ContentMd5Mismatch: refusal('BadDigest', 400)<Texts<'ExpectedDigest' | 'CalculatedDigest'>>(
    'The Content-MD5 you specified did not match what we received.',
    { fields: ({ CalculatedDigest, ExpectedDigest }) => ({ CalculatedDigest, ExpectedDigest }), meantByCode: true },
  ),
  /** A PUT of lifecycle rules with neither Content-MD5 nor a checksum. */
  ContentMd5Missing: invalidRequest('Missing required header for this request: Content-MD5'),
  /** A request with neither Content-MD5 nor a checksum, for another operation that requires a digest. */
  ContentMd5OrChecksumMissing: invalidRequest(
    'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
  ),
  /** A checksum header that came in two lines. */
  ChecksumTwice: invalidArgument<Texts<'ArgumentName' | 'ArgumentValue'>>('Only one value may be specified.', {
    fields: allDetails,
    failsByName: false,
  }),
  /** A checksum in a header that its algorithm cannot make, or an x-amz-checksum-type that S3 does not have. */
  ChecksumInvalid: invalidRequest<Texts<'header'>>(({ header }) => `Value for ${header} header is invalid.`),
  /** A checksum in a trailer that its algorithm cannot make. */
  ChecksumTrailerInvalid: invalidRequest<Texts<'header'>>(
    ({ header }) => `Value for ${header} trailing header is invalid.`,
  ),
  /** A checksum that has the form of its algorithm, but differs from the checksum of the bytes that came, or of the completed object. */
  ChecksumMismatch: refusal(
    'BadDigest',
    400,
  )<Texts<'algorithm'>>(({ algorithm }) => `The ${algorithm} you specified did not match the calculated checksum.`),
  /** A request with two checksums in headers, or two in trailers. */
  ChecksumMultiple: invalidRequest(
    'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  ),
  /** A request with a checksum in a header and another in a trailer. */
  ChecksumHeaderAndTrailer: invalidRequest('Expecting a single x-amz-checksum- header'),
  /** A header that begins with x-amz-checksum- and ends with an algorithm that the service does not have. */
  ChecksumAlgorithmUnknown: invalidRequest('The algorithm type you specified in x-amz-checksum- header is invalid.'),
  /** An x-amz-sdk-checksum-algorithm that names another algorithm than the checksum that came. */
  ChecksumSdkAlgorithmInvalid: invalidRequest('Value for x-amz-sdk-checksum-algorithm header is invalid.'),
  /** An x-amz-sdk-checksum-algorithm in a request with neither a checksum nor an x-amz-trailer. */
  ChecksumAnnouncedAndMissing: invalidRequest(
    'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  ),
  /** An upload whose x-amz-trailer announces a trailer that is not a checksum. */
  TrailerUnsupported: invalidRequest('The value specified in the x-amz-trailer header is not supported'),
  /** A trailer that was announced and did not come, that came unannounced, or that has no name. */
  TrailerMalformed: refusal(
    'MalformedTrailerError',
    400,
  )('The request contained trailing data that was not well-formed or did not conform to our published schema.'),
  /** A request signed in its Authorization header by version 4, without x-amz-content-sha256. */
  ContentSha256Missing: invalidRequest('Missing required header for this request: x-amz-content-sha256'),
  /** A request signed by version 4 with an x-amz-content-sha256 that is neither a SHA-256 nor a word for an unhashed payload. */
  ContentSha256Invalid: valueInvalid('x-amz-content-sha256', knownHashes),
  /** A form beside an Authorization header of version 4, with any x-amz-content-sha256. */
  FormSignedInHeader: invalidArgument(knownHashes, {
    fields: { ArgumentName: 'x-amz-content-sha256' },
    failsByName: false,
  }),
  /** A request whose x-amz-content-sha256 says that the body is streamed, of an operation that takes no streamed body. */
  ContentSha256NotStreaming: invalidRequest('The value of x-amz-content-sha256 header is invalid.'),
  /** An upload whose Content-Encoding names aws-chunked and whose x-amz-content-sha256 is UNSIGNED-PAYLOAD. */
  FramingUnsigned: valueInvalid(
    'Content-Encoding',
    'aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied.',
  ),
  /** An x-amz-content-sha256 with a hash that differs from the hash of the body that came. */
  ContentSha256Mismatch: refusal('XAmzContentSHA256Mismatch', 400)<
    Texts<'ClientComputedContentSHA256' | 'S3ComputedContentSHA256'>
  >("The provided 'x-amz-content-sha256' header does not match what was computed.", { fields: allDetails }),
  /** A PutObject or UploadPart that declares a body of more than 5 GiB. */
  UploadTooLarge: refusal('EntityTooLarge', 400)<{ readonly ProposedSize: number; readonly MaxSizeAllowed: number }>(
    'Your proposed upload exceeds the maximum allowed size',
    { fields: allDetails, cos: { message: 'Your proposed upload exceeds the maximum allowed object size.' } },
  ),
  /** An upload or a form without Content-Length, or a framed body without a readable x-amz-decoded-content-length. */
  ContentLengthMissing: refusal('MissingContentLength', 411)('You must provide the Content-Length HTTP header.'),
  /** A body in aws-chunked framing that ends within a chunk, or that breaks the framing. */
  IncompleteBody: refusal('IncompleteBody', 400)('The request body terminated unexpectedly', {
    cos: { message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.' },
  }),
  /** A body in whole aws-chunked framing whose chunks have fewer or more bytes together than x-amz-decoded-content-length says. */
  DecodedLengthMismatch: refusal('IncompleteBody', 400)<{
    readonly NumberBytesExpected: number;
    readonly NumberBytesProvided: number;
  }>('You did not provide the number of bytes specified by the Content-Length HTTP header', {
    fields: allDetails,
    cos: { message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.' },
  }),
  /** A body in aws-chunked framing with a chunk of less than no bytes. */
  ChunkSizeNegative: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
  /** A body in aws-chunked framing with a chunk of less than 8,192 bytes that another chunk with data follows. */
  ChunkTooSmall: refusal('InvalidChunkSizeError', 403)<{ readonly Chunk: number; readonly BadChunkSize: number }>(
    'Only the last chunk is allowed to have a size less than 8192 bytes',
    { fields: allDetails },
  ),
};
