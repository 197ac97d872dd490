import { allDetails, argument, type RefusalForms } from './form';

/** What S3 refuses of copies: their sources, and parts of those. */
export const copyRefusals: RefusalForms<
  | 'CopySourceInvalid'
  | 'CopySourceVersionInvalid'
  | 'CopySourceIsMarker'
  | 'CopySourceArchived'
  | 'CopySourceNotExpected'
  | 'CopyToItself'
  | 'CopyRangeMalformed'
  | 'CopyRangeTooLong'
  | 'CopyRangeBeyond'
> = {
  CopySourceInvalid: {
    code: 'InvalidArgument',
    status: 400,
    message: ({ part }) => `Invalid copy source ${part}`,
    elements: argument('x-amz-copy-source'),
  },
  CopySourceVersionInvalid: { code: 'InvalidRequest', status: 400, message: 'Invalid Request' },
  CopySourceIsMarker: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The source of a copy request may not specifically refer to a delete marker by version id.',
  },
  CopySourceArchived: {
    code: 'InvalidObjectState',
    status: 403,
    message: "Operation is not valid for the source object's storage class",
    elements: allDetails,
    cos: { message: 'The operation is not valid for the current state of the object.' },
  },
  CopySourceNotExpected: {
    code: 'InvalidArgument',
    status: 400,
    message: 'You can only specify a copy source header for copy requests.',
    elements: argument('x-amz-copy-source'),
  },
  CopyToItself: {
    code: 'InvalidRequest',
    status: 400,
    message:
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  },
  CopyRangeMalformed: {
    code: 'InvalidArgument',
    status: 400,
    message:
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    elements: argument('x-amz-copy-source-range'),
  },
  CopyRangeTooLong: {
    code: 'InvalidArgument',
    status: 400,
    message: ({ size }) => `Range specified is not valid for source object of size: ${size}`,
    elements: argument('x-amz-copy-source-range'),
  },
  CopyRangeBeyond: {
    code: 'InvalidRequest',
    status: 400,
    message: 'The specified copy range is invalid for the source object size',
  },
};
