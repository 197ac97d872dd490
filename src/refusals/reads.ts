import { type Argument, allDetails, anyArgument, refusal } from './refusal';

/** Refusals of reads of an object: its range, its attributes, the headers of the answer. */
export const reads = {
  /** A read of a range that begins beyond the end of the object. */
  InvalidRange: refusal<{ readonly RangeRequested: string; readonly ActualObjectSize: number }>(
    'InvalidRange',
    416,
    'The requested range is not satisfiable',
    { fields: allDetails, cos: { message: 'The requested range cannot be satisfied.' } },
  ),
  /** A read of a part with a higher number than the object has parts. */
  InvalidPartNumber: refusal<{ readonly ActualPartCount: number; readonly PartNumberRequested: number }>(
    'InvalidPartNumber',
    416,
    'The requested partnumber is not satisfiable',
    {
      fields: ({ PartNumberRequested, ActualPartCount }) => ({
        PartNumberRequested: String(PartNumberRequested),
        ActualPartCount: String(ActualPartCount),
      }),
    },
  ),
  /** A request without a customer's key for an object, or a copy's source, that was written with one. */
  EncryptionKeyRequired: refusal(
    'InvalidRequest',
    400,
    'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
  ),
  /** A read with a response- parameter that overrides no header. */
  OverrideUnknown: refusal<Argument>(
    'InvalidArgument',
    400,
    ({ ArgumentName }) =>
      `${ArgumentName} is not in the set of overridable response headers. Please refer to the S3 API documentation for a complete list of overridable response headers.`,
    { fields: allDetails },
  ),
  /** A read without credentials that overrides headers of the answer. */
  OverrideByAnonymous: refusal(
    'InvalidRequest',
    400,
    'Request specific response headers cannot be used for anonymous GET requests.',
    { cos: { code: 'AccessDenied', status: 403, message: 'Access Denied' }, failsByName: false },
  ),
  /** A read that overrides a header of the answer with text that no header can carry. */
  OverrideNotLatin1: refusal<Argument>('InvalidArgument', 400, 'Header value cannot be represented using ISO-8859-1.', {
    fields: anyArgument,
  }),
  /** A read with both a range and a part number. */
  RangeWithPartNumber: refusal(
    'InvalidRequest',
    400,
    'Cannot specify both Range header and partNumber query parameter',
    { failsByName: false },
  ),
  /** A read whose x-amz-checksum-mode is not ENABLED. */
  ChecksumModeInvalid: refusal('InvalidRequest', 400, 'Value for x-amz-checksum-mode header is invalid.', {
    failsByName: false,
  }),
  /** A GetObjectAttributes that asks for an attribute that S3 does not have. */
  AttributeNameInvalid: refusal<Argument>('InvalidArgument', 400, 'Invalid attribute name specified.', {
    fields: anyArgument,
  }),
  // S3 answers an internal error to such a marker (F193).
  /** A GetObjectAttributes that asks for the parts behind a negative number. */
  PartMarkerNegative: refusal('InternalError', 500, 'We encountered an internal error. Please try again.'),
  /** A GetObjectAttributes that asks for no attribute. */
  AttributesMissing: refusal(
    'InvalidRequest',
    400,
    'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    { failsByName: false },
  ),
};
