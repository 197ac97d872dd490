import { type Argument, allDetails, anyArgument, argument, refusal } from './refusal';

/** Refusals of copies: their sources, ranges of sources and directives. */
export const copies = {
  CopySourceInvalid: refusal<{
    readonly part: 'bucket name' | 'object key' | 'encoding';
    readonly ArgumentValue: string;
  }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ part }) => `Invalid copy source ${part}`,
    // S3 answers with the header's name in place of its value if the key is missing (F91).
    fields: ({ part, ArgumentValue }) => ({
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: part === 'object key' ? 'x-amz-copy-source' : ArgumentValue,
    }),
  }),
  CopySourceVersionInvalid: refusal({ code: 'InvalidRequest', status: 400, message: 'Invalid Request' }),
  CopySourceIsMarker: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The source of a copy request may not specifically refer to a delete marker by version id.',
  }),
  CopySourceArchived: refusal<{ readonly StorageClass: string }>({
    code: 'InvalidObjectState',
    status: 403,
    message: "Operation is not valid for the source object's storage class",
    fields: allDetails,
    cos: { message: 'The operation is not valid for the current state of the object.' },
  }),
  CopySourceNotExpected: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'You can only specify a copy source header for copy requests.',
    fields: argument('x-amz-copy-source'),
  }),
  CopyToItself: refusal({
    code: 'InvalidRequest',
    status: 400,
    message:
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  }),
  CopyRangeMalformed: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message:
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    fields: argument('x-amz-copy-source-range'),
  }),
  CopyRangeTooLong: refusal<{ readonly size: number; readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ size }) => `Range specified is not valid for source object of size: ${size}`,
    fields: argument('x-amz-copy-source-range'),
  }),
  CopyRangeBeyond: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The specified copy range is invalid for the source object size',
  }),
  CopyWithBody: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'The request included a body. Requests of this type must not include a non-empty body.',
    failsByName: false,
  }),
  DirectiveUnknown: refusal<Argument & { readonly directive: 'metadata' | 'tagging' }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ directive }) => `Unknown ${directive} directive.`,
    fields: anyArgument,
  }),
};
