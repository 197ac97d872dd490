import { type Argument, allDetails, anyArgument, argument, refusal } from './refusal';

/** Refusals of copies: their sources, ranges of sources and directives. */
export const copies = {
  /** An x-amz-copy-source that cannot be decoded, or that names no bucket or no key. */
  CopySourceInvalid: refusal<{
    readonly part: 'bucket name' | 'object key' | 'encoding';
    readonly ArgumentValue: string;
  }>('InvalidArgument', 400, ({ part }) => `Invalid copy source ${part}`, {
    // S3 answers with the header's name in place of its value if the key is missing (F91).
    fields: ({ part, ArgumentValue }) => ({
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: part === 'object key' ? 'x-amz-copy-source' : ArgumentValue,
    }),
  }),
  /** A CopyObject of a source version whose id S3 never issued in its bucket. */
  CopySourceVersionInvalid: refusal('InvalidRequest', 400, 'Invalid Request'),
  /** A copy of a source version that is a delete marker, named by its version id. */
  CopySourceIsMarker: refusal(
    'InvalidRequest',
    400,
    'The source of a copy request may not specifically refer to a delete marker by version id.',
  ),
  /** A copy of a source whose storage class has to be restored before it is read. */
  CopySourceArchived: refusal<{ readonly StorageClass: string; readonly AccessTier?: string | undefined }>(
    'InvalidObjectState',
    403,
    "Operation is not valid for the source object's storage class",
    { fields: allDetails, cos: { message: 'The operation is not valid for the current state of the object.' } },
  ),
  /** A GET, HEAD or DELETE, or a POST to an upload, with x-amz-copy-source. */
  CopySourceNotExpected: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'You can only specify a copy source header for copy requests.',
    { fields: argument('x-amz-copy-source') },
  ),
  /** A CopyObject of an object onto itself that changes none of what a copy can change. */
  CopyToItself: refusal(
    'InvalidRequest',
    400,
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  ),
  /** An UploadPartCopy whose range is not of the form bytes=first-last, or ends before it begins. */
  CopyRangeMalformed: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    { fields: argument('x-amz-copy-source-range') },
  ),
  /** An UploadPartCopy whose range begins within the source and ends beyond it. */
  CopyRangeTooLong: refusal<{ readonly size: number; readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    ({ size }) => `Range specified is not valid for source object of size: ${size}`,
    { fields: argument('x-amz-copy-source-range') },
  ),
  /** An UploadPartCopy whose range begins beyond the end of the source. */
  CopyRangeBeyond: refusal('InvalidRequest', 400, 'The specified copy range is invalid for the source object size'),
  /** A CopyObject or UploadPartCopy with a body. */
  CopyWithBody: refusal(
    'InvalidRequest',
    400,
    'The request included a body. Requests of this type must not include a non-empty body.',
    { failsByName: false },
  ),
  /** A CopyObject whose metadata or tagging directive is neither COPY nor REPLACE, or whose annotation directive neither COPY nor EXCLUDE. */
  DirectiveUnknown: refusal<Argument & { readonly directive: 'metadata' | 'tagging' | 'annotation' }>(
    'InvalidArgument',
    400,
    ({ directive }) => `Unknown ${directive} directive.`,
    { fields: anyArgument },
  ),
};
