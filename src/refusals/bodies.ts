import { allDetails, argument, type RefusalForms } from './form';

/** What S3 refuses of a body, its digests and its framing. */
export const bodyRefusals: RefusalForms<
  | 'MissingRequestBody'
  | 'MalformedXML'
  | 'MessageTooLong'
  | 'ContentMd5Invalid'
  | 'ContentMd5Mismatch'
  | 'ContentMd5OrChecksumMissing'
  | 'ChecksumInvalid'
  | 'ChecksumTrailerInvalid'
  | 'ChecksumMismatch'
  | 'ChecksumMultiple'
  | 'ChecksumHeaderAndTrailer'
  | 'ChecksumAlgorithmUnknown'
  | 'ChecksumSdkAlgorithmInvalid'
  | 'ChecksumAnnouncedAndMissing'
  | 'TrailerUnsupported'
  | 'TrailerMalformed'
  | 'ContentSha256Missing'
  | 'ContentSha256Invalid'
  | 'ContentSha256NotStreaming'
  | 'ContentSha256Mismatch'
  | 'ContentLengthMissing'
  | 'IncompleteBody'
  | 'DecodedLengthMismatch'
  | 'ChunkTooSmall'
> = {
  MissingRequestBody: {
    code: 'MissingRequestBodyError',
    status: 400,
    message: 'Request Body is empty',
    cos: { message: 'Request body is empty.' },
  },
  MalformedXML: {
    code: 'MalformedXML',
    status: 400,
    message: 'The XML you provided was not well-formed or did not validate against our published schema',
    cos: { message: 'The XML you provided was not well-formed or did not validate against our published schema.' },
  },
  MessageTooLong: {
    code: 'MaxMessageLengthExceeded',
    status: 400,
    message: 'Your request was too big.',
    elements: allDetails,
    cos: { message: 'Your request was too large.' },
  },
  ContentMd5Invalid: {
    code: 'InvalidDigest',
    status: 400,
    message: 'The Content-MD5 you specified was invalid.',
    elements: ({ value }) => ({ 'Content-MD5': value }),
    cos: { message: 'The Content-MD5 you specified is not valid.' },
  },
  ContentMd5Mismatch: {
    code: 'BadDigest',
    status: 400,
    message: 'The Content-MD5 you specified did not match what we received.',
    elements: ({ CalculatedDigest, ExpectedDigest }) => ({ CalculatedDigest, ExpectedDigest }),
  },
  ContentMd5OrChecksumMissing: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
  },
  ChecksumInvalid: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ header }) => `Value for ${header} header is invalid.`,
  },
  ChecksumTrailerInvalid: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ header }) => `Value for ${header} trailing header is invalid.`,
  },
  ChecksumMismatch: {
    code: 'BadDigest',
    status: 400,
    message: ({ algorithm }) => `The ${algorithm} you specified did not match the calculated checksum.`,
  },
  ChecksumMultiple: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  },
  ChecksumHeaderAndTrailer: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Expecting a single x-amz-checksum- header',
  },
  ChecksumAlgorithmUnknown: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The algorithm type you specified in x-amz-checksum- header is invalid.',
  },
  ChecksumSdkAlgorithmInvalid: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Value for x-amz-sdk-checksum-algorithm header is invalid.',
  },
  ChecksumAnnouncedAndMissing: {
    code: 'InvalidRequest',
    status: 400,
    message:
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  },
  TrailerUnsupported: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The value specified in the x-amz-trailer header is not supported',
  },
  TrailerMalformed: {
    code: 'MalformedTrailerError',
    status: 400,
    message: 'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  },
  ContentSha256Missing: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Missing required header for this request: x-amz-content-sha256',
  },
  ContentSha256Invalid: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    elements: argument('x-amz-content-sha256'),
  },
  ContentSha256NotStreaming: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The value of x-amz-content-sha256 header is invalid.',
  },
  ContentSha256Mismatch: {
    code: 'XAmzContentSHA256Mismatch',
    status: 400,
    message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
    elements: allDetails,
  },
  ContentLengthMissing: {
    code: 'MissingContentLength',
    status: 411,
    message: 'You must provide the Content-Length HTTP header.',
  },
  IncompleteBody: {
    code: 'IncompleteBody',
    status: 400,
    message: 'The request body terminated unexpectedly',
    cos: { message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.' },
  },
  DecodedLengthMismatch: {
    code: 'IncompleteBody',
    status: 400,
    message: 'You did not provide the number of bytes specified by the Content-Length HTTP header',
    elements: allDetails,
    cos: { message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.' },
  },
  ChunkTooSmall: {
    code: 'InvalidChunkSizeError',
    status: 403,
    message: 'Only the last chunk is allowed to have a size less than 8192 bytes',
    elements: allDetails,
  },
};
