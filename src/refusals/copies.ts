import {
  type Argument,
  allDetails,
  argument,
  byCode,
  invalidArgument,
  invalidRequest,
  quotingArgument,
  refusal,
  valueInvalid,
} from './refusal';

/** Refusals of copies: their sources, ranges of sources and directives. */
export const copies = {
  /** An x-amz-copy-source that cannot be decoded, or that names no bucket or no key. */
  CopySourceInvalid: invalidArgument<{
    readonly part: 'bucket name' | 'object key' | 'encoding';
    readonly ArgumentValue: string;
  }>(({ part }) => `Invalid copy source ${part}`, {
    // S3 answers with the header's name in place of its value if the key is missing (F91).
    fields: ({ part, ArgumentValue }) => ({
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: part === 'object key' ? 'x-amz-copy-source' : ArgumentValue,
    }),
  }),
  // S3 answers an internal error to such a source (F91).
  /** An x-amz-copy-source with a null character. */
  CopySourceHasNull: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
  /** A CopyObject of a source version whose id S3 never issued in its bucket. */
  CopySourceVersionInvalid: invalidRequest('Invalid Request'),
  /** A copy of a source version that is a delete marker, named by its version id. */
  CopySourceIsMarker: invalidRequest(
    'The source of a copy request may not specifically refer to a delete marker by version id.',
  ),
  /** A copy of a source whose storage class has to be restored before it is read. */
  CopySourceArchived: refusal('InvalidObjectState', 403)<{
    readonly StorageClass: string;
    readonly AccessTier?: string | undefined;
  }>("Operation is not valid for the source object's storage class", {
    fields: allDetails,
    cos: { message: 'The operation is not valid for the current state of the object.' },
  }),
  /** A GET, HEAD or DELETE, or a POST to an upload, with x-amz-copy-source. */
  CopySourceNotExpected: valueInvalid(
    'x-amz-copy-source',
    'You can only specify a copy source header for copy requests.',
  ),
  /** A CopyObject of an object onto itself that changes none of what a copy can change. */
  CopyToItself: invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  ),
  /** A CopyObject of a source of more than 5 GiB, or an UploadPartCopy of more than 5 GiB of one. */
  CopySourceTooLarge: invalidRequest<{ readonly most: number }>(
    ({ most }) => `The specified copy source is larger than the maximum allowable size for a copy source: ${most}`,
  ),
  /** An UploadPartCopy whose range is not of the form bytes=first-last, or ends before it begins. */
  CopyRangeMalformed: valueInvalid(
    'x-amz-copy-source-range',
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
  ),
  /** An UploadPartCopy whose range begins within the source and ends beyond it. */
  CopyRangeTooLong: invalidArgument<{ readonly size: number; readonly ArgumentValue: string }>(
    ({ size }) => `Range specified is not valid for source object of size: ${size}`,
    { fields: argument('x-amz-copy-source-range') },
  ),
  /** An UploadPartCopy whose range begins beyond the end of the source. */
  CopyRangeBeyond: invalidRequest('The specified copy range is invalid for the source object size'),
  /** A CopyObject with the header Range. */
  CopyWithRange: valueInvalid('Range', 'RANGE is not supported in Copy!'),
  /** A CopyObject or UploadPartCopy with a body. */
  CopyWithBody: invalidRequest(
    'The request included a body. Requests of this type must not include a non-empty body.',
    byCode,
  ),
  /** A CopyObject whose metadata or tagging directive is neither COPY nor REPLACE, or whose annotation directive neither COPY nor EXCLUDE. */
  DirectiveUnknown: invalidArgument<Argument & { readonly directive: 'metadata' | 'tagging' | 'annotation' }>(
    ({ directive }) => `Unknown ${directive} directive.`,
    quotingArgument,
  ),
};
