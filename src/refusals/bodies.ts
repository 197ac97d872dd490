import { allDetails, argument, refusal } from './refusal';

/** Refusals of a body, its digests and its framing. */
export const bodies = {
  MissingRequestBody: refusal({
    code: 'MissingRequestBodyError',
    status: 400,
    message: 'Request Body is empty',
    cos: { message: 'Request body is empty.' },
  }),
  MalformedXML: refusal({
    code: 'MalformedXML',
    status: 400,
    message: 'The XML you provided was not well-formed or did not validate against our published schema',
    cos: { message: 'The XML you provided was not well-formed or did not validate against our published schema.' },
  }),
  MessageTooLong: refusal<{ readonly MaxMessageLengthBytes: number }>({
    code: 'MaxMessageLengthExceeded',
    status: 400,
    message: 'Your request was too big.',
    fields: allDetails,
    cos: { message: 'Your request was too large.' },
  }),
  ContentMd5Invalid: refusal<{ readonly value: string }>({
    code: 'InvalidDigest',
    status: 400,
    message: 'The Content-MD5 you specified was invalid.',
    fields: ({ value }) => ({ 'Content-MD5': value }),
    cos: { message: 'The Content-MD5 you specified is not valid.' },
  }),
  ContentMd5Mismatch: refusal<{ readonly ExpectedDigest: string; readonly CalculatedDigest: string }>({
    code: 'BadDigest',
    status: 400,
    message: 'The Content-MD5 you specified did not match what we received.',
    fields: ({ CalculatedDigest, ExpectedDigest }) => ({ CalculatedDigest, ExpectedDigest }),
    meantByCode: true,
  }),
  ContentMd5OrChecksumMissing: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
  }),
  ChecksumInvalid: refusal<{ readonly header: string }>({
    code: 'InvalidRequest',
    status: 400,
    message: ({ header }) => `Value for ${header} header is invalid.`,
  }),
  ChecksumTrailerInvalid: refusal<{ readonly header: string }>({
    code: 'InvalidRequest',
    status: 400,
    message: ({ header }) => `Value for ${header} trailing header is invalid.`,
  }),
  ChecksumMismatch: refusal<{ readonly algorithm: string }>({
    code: 'BadDigest',
    status: 400,
    message: ({ algorithm }) => `The ${algorithm} you specified did not match the calculated checksum.`,
  }),
  ChecksumMultiple: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  }),
  ChecksumHeaderAndTrailer: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Expecting a single x-amz-checksum- header',
  }),
  ChecksumAlgorithmUnknown: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The algorithm type you specified in x-amz-checksum- header is invalid.',
  }),
  ChecksumSdkAlgorithmInvalid: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Value for x-amz-sdk-checksum-algorithm header is invalid.',
  }),
  ChecksumAnnouncedAndMissing: refusal({
    code: 'InvalidRequest',
    status: 400,
    message:
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  }),
  TrailerUnsupported: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The value specified in the x-amz-trailer header is not supported',
  }),
  TrailerMalformed: refusal({
    code: 'MalformedTrailerError',
    status: 400,
    message: 'The request contained trailing data that was not well-formed or did not conform to our published schema.',
  }),
  ContentSha256Missing: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Missing required header for this request: x-amz-content-sha256',
  }),
  ContentSha256Invalid: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message:
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    fields: argument('x-amz-content-sha256'),
  }),
  ContentSha256NotStreaming: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The value of x-amz-content-sha256 header is invalid.',
  }),
  FramingUnsigned: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied.',
    fields: argument('Content-Encoding'),
  }),
  ContentSha256Mismatch: refusal<{
    readonly ClientComputedContentSHA256: string;
    readonly S3ComputedContentSHA256: string;
  }>({
    code: 'XAmzContentSHA256Mismatch',
    status: 400,
    message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
    fields: allDetails,
  }),
  ContentLengthMissing: refusal({
    code: 'MissingContentLength',
    status: 411,
    message: 'You must provide the Content-Length HTTP header.',
  }),
  IncompleteBody: refusal({
    code: 'IncompleteBody',
    status: 400,
    message: 'The request body terminated unexpectedly',
    cos: { message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.' },
  }),
  DecodedLengthMismatch: refusal<{ readonly NumberBytesExpected: number; readonly NumberBytesProvided: number }>({
    code: 'IncompleteBody',
    status: 400,
    message: 'You did not provide the number of bytes specified by the Content-Length HTTP header',
    fields: allDetails,
    cos: { message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.' },
  }),
  ChunkTooSmall: refusal<{ readonly Chunk: number; readonly BadChunkSize: number }>({
    code: 'InvalidChunkSizeError',
    status: 403,
    message: 'Only the last chunk is allowed to have a size less than 8192 bytes',
    fields: allDetails,
  }),
};
