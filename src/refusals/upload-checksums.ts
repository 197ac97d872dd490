import { argument, refusal } from './refusal';

/** Refusals of the checksums of a multipart upload. */
export const uploadChecksums = {
  /** A CreateMultipartUpload or CopyObject that names one algorithm, which the service does not have. */
  ChecksumAlgorithmUnsupported: refusal(
    'InvalidRequest',
    400,
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]',
    {
      cos: {
        message:
          'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      },
    },
  ),
  /** A CreateMultipartUpload or CopyObject that names several algorithms, with commas. */
  ChecksumAlgorithmsSeveral: refusal(
    'InvalidRequest',
    400,
    'Invalid types are specified in x-amz-checksum-algorithm header.',
  ),
  /** A CreateMultipartUpload with a checksum type and without an algorithm. */
  ChecksumTypeAlone: refusal(
    'InvalidRequest',
    400,
    'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
  ),
  /** A CreateMultipartUpload with a checksum type that its algorithm does not have. */
  ChecksumTypeUnusable: refusal<{ readonly type: string; readonly algorithm: string }>(
    'InvalidRequest',
    400,
    ({ type, algorithm }) => `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
  ),
  /** A part, or a composite upload's completion, with the checksum of another algorithm, or a part without one that it needs. */
  ChecksumTypeMismatch: refusal<{ readonly expected: string; readonly actual: string }>(
    'InvalidRequest',
    400,
    ({ expected, actual }) =>
      `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  ),
  /** A CompleteMultipartUpload that names another checksum type than its upload has. */
  ChecksumModeMismatch: refusal<{ readonly type: string }>(
    'InvalidRequest',
    400,
    ({ type }) =>
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
  ),
  /** A CompleteMultipartUpload of a composite upload that names a part without its checksum. */
  PartChecksumMissing: refusal<{ readonly algorithm: string; readonly PartNumber: number }>(
    'InvalidRequest',
    400,
    ({ algorithm, PartNumber }) =>
      `The upload was created using a ${algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${PartNumber} in the request.`,
  ),
  /** A CompleteMultipartUpload that names a part by the checksum of an algorithm other than the upload's. */
  PartChecksumMismatch: refusal<{ readonly algorithm: string; readonly PartNumber: number }>(
    'BadDigest',
    400,
    ({ algorithm, PartNumber }) =>
      `The ${algorithm} you specified for part ${PartNumber} did not match what we received.`,
  ),
  /** A CompleteMultipartUpload that names a part by two checksums, or by one that its algorithm cannot make. */
  PartChecksumsInvalid: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Invalid Base64 or multiple checksums present in request',
    { fields: argument('Checksum') },
  ),
  // S3 answers an internal error to such a list of parts (F81).
  /** A CompleteMultipartUpload of a composite upload whose list of parts has a gap. */
  CompositePartsWithGap: refusal('InternalError', 500, 'We encountered an internal error. Please try again.'),
};
