import { invalidArgument, quotingArgument, refusal, valueInvalid } from './refusal';

/** Refusals of a listing's parameters. */
export const listings = {
  /** A listing whose prefix, marker or other text has a null character, except for the delimiter. */
  ListingTextHasNull: invalidArgument(
    'Value must be a sequence of Unicode characters and cannot include Null.',
    quotingArgument,
  ),
  // S3 answers an internal error to such a delimiter.
  /** A listing whose delimiter has a null character. */
  DelimiterHasNull: refusal('InternalError', 500)('We encountered an internal error. Please try again.'),
  /** A listing whose encoding-type is not 'url'. */
  EncodingTypeUnknown: valueInvalid('encoding-type', 'Invalid Encoding Method specified in Request'),
  /** A ListObjectVersions whose max-keys is negative. */
  MaxKeysNegative: invalidArgument('max-keys cannot be negative', { fields: { ArgumentName: 'max-keys' } }),
  /** A ListObjectVersions with a key-marker and an empty version-id-marker. */
  VersionIdMarkerEmpty: valueInvalid('version-id-marker', 'A version-id marker cannot be empty.'),
  /** A ListObjectVersions with a version-id-marker and no key-marker. */
  VersionsRequireKey: valueInvalid(
    'version-id-marker',
    'A version-id marker cannot be specified without a key marker.',
  ),
  /** A ListObjectsV2 with the marker of the first version. */
  MarkerInListV2: invalidArgument('Marker unsupported with REST.GET.BUCKET in list-type=2', {
    fields: { ArgumentName: 'marker' },
  }),
  /** A ListObjects of the first version with the continuation-token of the second. */
  ContinuationTokenInListV1: invalidArgument('continuation-token only supported in REST.GET.BUCKET with list-type=2', {
    fields: { ArgumentName: 'continuation-token' },
  }),
  /** A ListObjects of the first version with the start-after of the second. */
  StartAfterInListV1: invalidArgument('startAfter only supported in REST.GET.BUCKET with list-type=2', {
    fields: { ArgumentName: 'start-after' },
  }),
};
