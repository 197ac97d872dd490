import {
  allDetails,
  byCode,
  invalidArgument,
  invalidRequest,
  quotingArgument,
  refusal,
  type Texts,
  valueInvalid,
} from './refusal';

/** Refusals of multipart uploads. */
export const uploads = {
  /** A request for an upload that its key does not have, or that was completed or aborted. */
  NoSuchUpload: refusal('NoSuchUpload', 404)<Texts<'UploadId'>>(
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    {
      fields: allDetails,
      cos: {
        message:
          'The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might have been aborted or completed.',
      },
      whenFailed: ({ query }) => ({ UploadId: query.get('uploadId') ?? '' }),
    },
  ),
  /** A CompleteMultipartUpload that names a part that was not uploaded, or by an ETag or checksum that is not the part's. */
  InvalidPart: refusal('InvalidPart', 400)<{
    readonly UploadId: string;
    readonly PartNumber: number;
    readonly ETag: string;
  }>(
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    {
      fields: allDetails,
      cos: {
        message:
          "One or more of the specified parts could not be found. The part might not have been uploaded, or the specified entity tag might not have matched the part's entity tag.",
      },
    },
  ),
  /** A CompleteMultipartUpload whose part numbers do not rise. */
  InvalidPartOrder: refusal('InvalidPartOrder', 400)<Texts<'UploadId'>>(
    'The list of parts was not in ascending order. Parts must be ordered by part number.',
    {
      fields: allDetails,
      cos: {
        message: 'The list of parts was not in ascending order. Parts list must specified in order by part number.',
      },
    },
  ),
  /** A CompleteMultipartUpload with a part of less than 5 MiB before the last one. */
  EntityTooSmall: refusal('EntityTooSmall', 400)<{
    readonly ProposedSize: number;
    readonly PartNumber: number;
    readonly ETag: string;
  }>('Your proposed upload is smaller than the minimum allowed size', {
    fields: ({ ProposedSize, PartNumber, ETag }) => ({
      ProposedSize: String(ProposedSize),
      MinSizeAllowed: '5242880',
      PartNumber: String(PartNumber),
      ETag,
    }),
    cos: { message: 'Your proposed upload is smaller than the minimum allowed object size.' },
  }),
  /** A PutObject or CopyObject with partNumber and without uploadId. */
  PartNumberAlone: invalidArgument('This operation does not accept partNumber without uploadId', {
    // S3 answers with the parameter's name in place of its value (F192).
    fields: { ArgumentName: 'partNumber', ArgumentValue: 'partNumber' },
  }),
  /** A CompleteMultipartUpload that names a part by a number below 1. */
  PartNumberTooSmall: valueInvalid('PartNumber', 'PartNumber must be >= 1'),
  /** A ListMultipartUploads whose upload-id-marker is not an upload of its key-marker. */
  UploadIdMarkerInvalid: valueInvalid('upload-id-marker', 'Invalid uploadId marker'),
  /** A CompleteMultipartUpload whose x-amz-mp-object-size is not the size of its parts together. */
  ObjectSizeMismatch: invalidRequest<{ readonly claimed: number; readonly computed: number }>(
    ({ claimed, computed }) =>
      `The provided 'x-amz-mp-object-size' header value ${claimed} does not match what was computed: ${computed}`,
  ),
  /** A part without a customer's key of an upload with one, or with a key of an upload without one. */
  PartEncryptionMissing: invalidRequest(
    'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
  ),
  /** A part with a customer's key other than its upload's, or a copy with one other than its source's. */
  PartEncryptionDiffers: invalidRequest('The provided encryption parameters did not match the ones used originally.'),
  /** A CompleteMultipartUpload with checksums whose customer's key is missing, or with a key that is not the upload's. */
  CompletionEncryptionDiffers: invalidRequest(
    'The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.',
  ),
  /** A part number that is not a whole number from 1 to 10,000. */
  PartNumberOutOfRange: invalidArgument(
    'Part number must be an integer between 1 and 10000, inclusive',
    quotingArgument,
  ),
  /** A CompleteMultipartUpload without a body. */
  CompletionWithoutParts: invalidRequest('You must specify at least one part', byCode),
  // S3 spells it so, and has the name of the document in place of its value (F1605).
  /** A CompleteMultipartUpload that names more than 10,000 parts. */
  CompletionTooLong: invalidArgument('The CompleteMultipartUpload reqeust contains for than 10000 parts.', {
    fields: { ArgumentName: 'CompleteMultipartUpload', ArgumentValue: 'CompleteMultipartUpload' },
  }),
  /** A CompleteMultipartUpload whose x-amz-mp-object-size is not a whole number. */
  ObjectSizeNotANumber: invalidRequest<Texts<'value'>>(
    ({ value }) => `Value for x-amz-mp-object-size header is invalid: '${value}'`,
  ),
  /** A CompleteMultipartUpload whose x-amz-mp-object-size is below 0. */
  ObjectSizeNegative: invalidRequest<Texts<'value'>>(
    ({ value }) => `Value for x-amz-mp-object-size header is less than zero: '${value}'`,
  ),
  /** A CreateMultipartUpload or CopyObject that names one algorithm, which the service does not have. */
  ChecksumAlgorithmUnsupported: invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]',
    {
      cos: {
        message:
          'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      },
    },
  ),
  /** A CreateMultipartUpload or CopyObject that names several algorithms, with commas. */
  ChecksumAlgorithmsSeveral: invalidRequest('Invalid types are specified in x-amz-checksum-algorithm header.'),
  /** A CreateMultipartUpload with a checksum type and without an algorithm. */
  ChecksumTypeAlone: invalidRequest(
    'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
  ),
  /** A CreateMultipartUpload with a checksum type that its algorithm does not have. */
  ChecksumTypeUnusable: invalidRequest<Texts<'type' | 'algorithm'>>(
    ({ type, algorithm }) => `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
  ),
  /** A part, or a composite upload's completion, with the checksum of another algorithm, or a part that needs a checksum and has none. */
  ChecksumTypeMismatch: invalidRequest<Texts<'expected' | 'actual'>>(
    ({ expected, actual }) =>
      `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  ),
  /** A CompleteMultipartUpload that names another checksum type than its upload has. */
  ChecksumModeMismatch: invalidRequest<Texts<'type'>>(
    ({ type }) =>
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
  ),
  /** A CompleteMultipartUpload of a composite upload that names a part without its checksum. */
  PartChecksumMissing: invalidRequest<{ readonly algorithm: string; readonly PartNumber: number }>(
    ({ algorithm, PartNumber }) =>
      `The upload was created using a ${algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${PartNumber} in the request.`,
  ),
  /** A CompleteMultipartUpload that names a part by the checksum of an algorithm other than the upload's. */
  PartChecksumMismatch: refusal(
    'BadDigest',
    400,
  )<{ readonly algorithm: string; readonly PartNumber: number }>(
    ({ algorithm, PartNumber }) =>
      `The ${algorithm} you specified for part ${PartNumber} did not match what we received.`,
  ),
  /** A CompleteMultipartUpload that names a part by two checksums, or by a checksum that its algorithm cannot make. */
  PartChecksumsInvalid: valueInvalid('Checksum', 'Invalid Base64 or multiple checksums present in request'),
  /** A part, its copy or a completion with metadata. */
  MetadataOutOfPlace: invalidArgument('Metadata cannot be specified in this context.', quotingArgument),
  /** A part, its copy or a completion with another header that describes an object, such as x-amz-tagging. */
  HeaderOutOfPlace: invalidArgument('The specified header is not valid in this context', quotingArgument),
  // S3 answers an internal error to such a list of parts (F81).
  /** A CompleteMultipartUpload of a composite upload whose list of parts has a gap. */
  CompositePartsWithGap: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
};
