import { type Argument, anyArgument, argument, refusal } from './refusal';

/** Refusals of a listing's parameters. */
export const listings = {
  /** A listing whose prefix, marker or other text has a null character, except for the delimiter. */
  ListingTextHasNull: refusal<Argument>(
    'InvalidArgument',
    400,
    'Value must be a sequence of Unicode characters and cannot include Null.',
    { fields: anyArgument },
  ),
  // S3 answers an internal error to such a delimiter.
  /** A listing whose delimiter has a null character. */
  DelimiterHasNull: refusal('InternalError', 500, 'We encountered an internal error. Please try again.'),
  /** A listing whose encoding-type is not 'url'. */
  EncodingTypeUnknown: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Invalid Encoding Method specified in Request',
    { fields: argument('encoding-type') },
  ),
  /** A ListObjectVersions whose max-keys is negative. */
  MaxKeysNegative: refusal('InvalidArgument', 400, 'max-keys cannot be negative', {
    fields: { ArgumentName: 'max-keys' },
  }),
  /** A ListObjectVersions with a key-marker and an empty version-id-marker. */
  VersionIdMarkerEmpty: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'A version-id marker cannot be empty.',
    { fields: argument('version-id-marker') },
  ),
  /** A ListObjectVersions with a version-id-marker and no key-marker. */
  VersionsRequireKey: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'A version-id marker cannot be specified without a key marker.',
    { fields: argument('version-id-marker') },
  ),
  /** A ListObjectsV2 with the marker of the first version. */
  MarkerInListV2: refusal('InvalidArgument', 400, 'Marker unsupported with REST.GET.BUCKET in list-type=2', {
    fields: { ArgumentName: 'marker' },
  }),
  /** A ListObjects of the first version with the continuation-token of the second. */
  ContinuationTokenInListV1: refusal(
    'InvalidArgument',
    400,
    'continuation-token only supported in REST.GET.BUCKET with list-type=2',
    { fields: { ArgumentName: 'continuation-token' } },
  ),
  /** A ListObjects of the first version with the start-after of the second. */
  StartAfterInListV1: refusal('InvalidArgument', 400, 'startAfter only supported in REST.GET.BUCKET with list-type=2', {
    fields: { ArgumentName: 'start-after' },
  }),
};
