import { allDetails, argument, type RefusalForms } from './form';

/** What S3 refuses of uploads in parts. */
export const uploadRefusals: RefusalForms<
  | 'NoSuchUpload'
  | 'InvalidPart'
  | 'InvalidPartOrder'
  | 'EntityTooSmall'
  | 'PartNumberAlone'
  | 'PartNumberTooSmall'
  | 'UploadIdMarkerInvalid'
  | 'ObjectSizeMismatch'
  | 'PartEncryptionMissing'
  | 'PartEncryptionDiffers'
  | 'CompletionEncryptionDiffers'
  | 'ChecksumAlgorithmUnsupported'
  | 'ChecksumAlgorithmsSeveral'
  | 'ChecksumTypeAlone'
  | 'ChecksumTypeUnusable'
  | 'ChecksumTypeMismatch'
  | 'ChecksumModeMismatch'
  | 'PartChecksumMissing'
  | 'PartChecksumMismatch'
  | 'PartChecksumsInvalid'
> = {
  NoSuchUpload: {
    code: 'NoSuchUpload',
    status: 404,
    message:
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    elements: allDetails,
    cos: {
      message:
        'The specified multipart upload does not exist. The upload ID might be invalid, or the multipart upload might have been aborted or completed.',
    },
  },
  InvalidPart: {
    code: 'InvalidPart',
    status: 400,
    message:
      "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    elements: allDetails,
    cos: {
      message:
        "One or more of the specified parts could not be found. The part might not have been uploaded, or the specified entity tag might not have matched the part's entity tag.",
    },
  },
  InvalidPartOrder: {
    code: 'InvalidPartOrder',
    status: 400,
    message: 'The list of parts was not in ascending order. Parts must be ordered by part number.',
    elements: allDetails,
    cos: {
      message: 'The list of parts was not in ascending order. Parts list must specified in order by part number.',
    },
  },
  EntityTooSmall: {
    code: 'EntityTooSmall',
    status: 400,
    message: 'Your proposed upload is smaller than the minimum allowed size',
    elements: ({ ProposedSize, PartNumber, ETag }) => ({
      ProposedSize: String(ProposedSize),
      MinSizeAllowed: '5242880',
      PartNumber: String(PartNumber),
      ETag,
    }),
    cos: { message: 'Your proposed upload is smaller than the minimum allowed object size.' },
  },
  PartNumberAlone: {
    code: 'InvalidArgument',
    status: 400,
    message: 'This operation does not accept partNumber without uploadId',
    // S3 tells the parameter's name in place of its value (F192).
    elements: () => ({ ArgumentName: 'partNumber', ArgumentValue: 'partNumber' }),
  },
  PartNumberTooSmall: {
    code: 'InvalidArgument',
    status: 400,
    message: 'PartNumber must be >= 1',
    elements: argument('PartNumber'),
  },
  UploadIdMarkerInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid uploadId marker',
    elements: argument('upload-id-marker'),
  },
  ObjectSizeMismatch: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ claimed, computed }) =>
      `The provided 'x-amz-mp-object-size' header value ${claimed} does not match what was computed: ${computed}`,
  },
  PartEncryptionMissing: {
    code: 'InvalidRequest',
    status: 400,
    message:
      'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
  },
  PartEncryptionDiffers: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The provided encryption parameters did not match the ones used originally.',
  },
  CompletionEncryptionDiffers: {
    code: 'InvalidRequest',
    status: 400,
    message:
      'The object was stored using a form of Server Side Encryption. Correct SSE-C request parameters are required for this request when specifying checksums for each part.',
  },
  ChecksumAlgorithmUnsupported: {
    code: 'InvalidRequest',
    status: 400,
    message:
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  },
  ChecksumAlgorithmsSeveral: {
    code: 'InvalidRequest',
    status: 400,
    message: 'Invalid types are specified in x-amz-checksum-algorithm header.',
  },
  ChecksumTypeAlone: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
  },
  ChecksumTypeUnusable: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ type, algorithm }) =>
      `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
  },
  ChecksumTypeMismatch: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ expected, actual }) =>
      `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  },
  ChecksumModeMismatch: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ type }) =>
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
  },
  PartChecksumMissing: {
    code: 'InvalidRequest',
    status: 400,
    message: ({ algorithm, PartNumber }) =>
      `The upload was created using a ${algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${PartNumber} in the request.`,
  },
  PartChecksumMismatch: {
    code: 'BadDigest',
    status: 400,
    message: ({ algorithm, PartNumber }) =>
      `The ${algorithm} you specified for part ${PartNumber} did not match what we received.`,
  },
  PartChecksumsInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid Base64 or multiple checksums present in request',
    elements: argument('Checksum'),
  },
};
