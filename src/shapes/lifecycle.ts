import { list, required, structure, wrappedList } from './elements';
import { boolean, date, integer, long, text, words } from './values';

export const tag = structure({ Key: required(text), Value: required(text) });
const sizes = { ObjectSizeGreaterThan: long, ObjectSizeLessThan: long };
const noncurrent = { NoncurrentDays: integer, NewerNoncurrentVersions: integer };

/** A rule of a lifecycle configuration. Its members are in the order in which S3 writes them (F118). */
export const lifecycleRule = structure({
  /** If left out, an id is generated. */
  ID: text,
  /** Only in rules of the older form, which have no filter. */
  Prefix: text,
  /** Empty for all keys. A rule has a filter or, in the older form, a prefix. */
  Filter: structure({
    Prefix: text,
    Tag: tag,
    // IBM COS writes tags like this.
    TagSet: wrappedList(tag, 'Tag'),
    ...sizes,
    And: structure({ Prefix: text, Tags: list(tag, 'Tag'), ...sizes }),
  }),
  Status: required(words('Enabled', 'Disabled')),
  Transitions: list(structure({ Days: integer, Date: date, StorageClass: text }), 'Transition'),
  Expiration: structure({ Days: integer, Date: date, ExpiredObjectDeleteMarker: boolean }),
  NoncurrentVersionTransitions: list(structure({ ...noncurrent, StorageClass: text }), 'NoncurrentVersionTransition'),
  NoncurrentVersionExpiration: structure(noncurrent),
  AbortIncompleteMultipartUpload: structure({ DaysAfterInitiation: integer }),
});
