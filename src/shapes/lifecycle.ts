import { list, required, structure } from './elements';
import { lifecycleFilter } from './filters';
import { boolean, date, integer, text, wordOrText, words } from './values';

const noncurrent = { NoncurrentDays: integer, NewerNoncurrentVersions: integer };

/** The storage classes of transitions. Not every class can follow every other. The last one belongs to IBM COS. */
const storageClass = wordOrText(
  ...(['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'INTELLIGENT_TIERING', 'ONEZONE_IA'] as const),
  ...(['GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE', 'ACCELERATED'] as const),
);

/** A rule of a lifecycle configuration. Its members are in the order in which S3 writes them (F118). */
export const lifecycleRule = structure({
  /** The id. If left out, an id is generated. */
  ID: text,
  /** The prefix, only in rules of the older form, which have no filter. */
  Prefix: text,
  /** The filter; empty for all keys. A rule has a filter or, in the older form, a prefix. */
  Filter: lifecycleFilter,
  Status: required(words('Enabled', 'Disabled')),
  Transitions: list(structure({ Days: integer, Date: date, StorageClass: storageClass }), 'Transition'),
  Expiration: structure({ Days: integer, Date: date, ExpiredObjectDeleteMarker: boolean }),
  NoncurrentVersionTransitions: list(
    structure({ ...noncurrent, StorageClass: storageClass }),
    'NoncurrentVersionTransition',
  ),
  NoncurrentVersionExpiration: structure(noncurrent),
  AbortIncompleteMultipartUpload: structure({ DaysAfterInitiation: integer }),
});
