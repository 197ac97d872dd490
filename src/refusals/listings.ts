import type { RefusalForms } from './form';

/** What S3 refuses of a listing's parameters. */
export const listingRefusals: RefusalForms<'ArgumentNamed' | 'ListingTextHasNull' | 'DelimiterHasNull'> = {
  ArgumentNamed: {
    code: 'InvalidArgument',
    status: 400,
    message: ({ message }) => message,
    elements: ({ ArgumentName }) => ({ ArgumentName }),
  },
  ListingTextHasNull: {
    code: 'InvalidArgument',
    status: 400,
    message: 'Value must be a sequence of Unicode characters and cannot include Null.',
    elements: ({ ArgumentName, ArgumentValue }) => ({ ArgumentName, ArgumentValue }),
  },
  // S3 stumbles over it.
  DelimiterHasNull: {
    code: 'InternalError',
    status: 500,
    message: 'We encountered an internal error. Please try again.',
  },
};
