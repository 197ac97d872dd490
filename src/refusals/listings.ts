import { type Argument, anyArgument, argument, refusal } from './refusal';

/** Refusals of a listing's parameters. */
export const listings = {
  ListingTextHasNull: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Value must be a sequence of Unicode characters and cannot include Null.',
    fields: anyArgument,
  }),
  // S3 answers an internal error to such a delimiter.
  DelimiterHasNull: refusal({
    code: 'InternalError',
    status: 500,
    message: 'We encountered an internal error. Please try again.',
  }),
  EncodingTypeUnknown: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Invalid Encoding Method specified in Request',
    fields: argument('encoding-type'),
  }),
  MaxKeysNegative: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'max-keys cannot be negative',
    fields: { ArgumentName: 'max-keys' },
  }),
  VersionIdMarkerEmpty: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'A version-id marker cannot be empty.',
    fields: argument('version-id-marker'),
  }),
  VersionsRequireKey: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'A version-id marker cannot be specified without a key marker.',
    fields: argument('version-id-marker'),
  }),
  MarkerInListV2: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'Marker unsupported with REST.GET.BUCKET in list-type=2',
    fields: { ArgumentName: 'marker' },
  }),
  ContinuationTokenInListV1: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'continuation-token only supported in REST.GET.BUCKET with list-type=2',
    fields: { ArgumentName: 'continuation-token' },
  }),
  StartAfterInListV1: refusal({
    code: 'InvalidArgument',
    status: 400,
    message: 'startAfter only supported in REST.GET.BUCKET with list-type=2',
    fields: { ArgumentName: 'start-after' },
  }),
};
