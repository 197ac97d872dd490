import { allDetails, refusal } from './refusal';

/** Refusals of tags. */
export const tagging = {
  /** A write whose x-amz-tagging cannot be decoded, or has a key twice. */
  TagHeaderInvalid: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    { fields: ({ ArgumentValue }) => ({ ArgumentName: 'x-amz-tagging', ArgumentValue }) },
  ),
  /** A tag whose key is empty, or whose key or value is too long or has a character that the service does not take. */
  TagInvalid: refusal<{ readonly part: 'Key' | 'Value'; readonly TagKey: string; readonly TagValue?: string }>(
    'InvalidTag',
    400,
    ({ part }) => `The Tag${part} you have provided is invalid`,
    { fields: ({ TagKey, TagValue }) => ({ TagKey, TagValue }) },
  ),
  /** A document of tags, two of which have the same key. */
  TagRepeated: refusal<{ readonly TagKey: string }>(
    'InvalidTag',
    400,
    'Cannot provide multiple Tags with the same key',
    { fields: allDetails, meantByCode: true },
  ),
  /** A GET of the tags of a bucket that has none. */
  NoSuchTagSet: refusal<{ readonly BucketName: string }>('NoSuchTagSet', 404, 'The TagSet does not exist', {
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  /** A tag of an object whose key begins with the prefix of system tags. */
  ObjectTagReserved: refusal<{ readonly TagKey: string }>(
    'InvalidTag',
    400,
    'Your TagKey cannot be prefixed with aws:',
    { fields: allDetails, cos: { message: 'Your TagKey cannot be prefixed with ibm:' } },
  ),
  /** A PutBucketTagging with a tag whose key begins with the prefix of system tags. */
  BucketTagReserved: refusal<{ readonly TagKey: string }>(
    'InvalidTag',
    400,
    'System tags cannot be added/updated by requester',
    { fields: allDetails },
  ),
  /** A PutBucketTagging with a tag whose key begins with the prefix of system tags in another case. */
  BucketTagLikeReserved: refusal<{ readonly TagKey: string }>(
    'InvalidTag',
    400,
    'Invalid Tag. Tags cannot start with "aws:"(case insensitive) unless they are System Tags that start with "aws:"(case sensitive)',
    { fields: allDetails },
  ),
  /** More than 10 tags for an object. */
  TooManyObjectTags: refusal('BadRequest', 400, 'Object tags cannot be greater than 10', { failsByName: false }),
  /** More than 50 tags for a bucket. */
  TooManyBucketTags: refusal('BadRequest', 400, 'Bucket tag count cannot be greater than 50', { failsByName: false }),
};
