import { allDetails, byCode, ofBucket, refusal, type Texts, valueInvalid } from './refusal';

const invalidTag = refusal('InvalidTag', 400);

/** Refusals of tags. */
export const tagging = {
  /** A write whose x-amz-tagging cannot be decoded, or has a key twice. */
  TagHeaderInvalid: valueInvalid(
    'x-amz-tagging',
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
  ),
  /** A tag whose key is empty, or whose key or value is too long or has a character that the service does not take. */
  TagInvalid: invalidTag<{ readonly part: 'Key' | 'Value'; readonly TagKey: string; readonly TagValue?: string }>(
    ({ part }) => `The Tag${part} you have provided is invalid`,
    { fields: ({ TagKey, TagValue }) => ({ TagKey, TagValue }) },
  ),
  /** A document of tags in which two tags have the same key. */
  TagRepeated: invalidTag<Texts<'TagKey'>>('Cannot provide multiple Tags with the same key', {
    fields: allDetails,
    meantByCode: true,
  }),
  /** A GET of the tags of a bucket that has none. */
  NoSuchTagSet: refusal('NoSuchTagSet', 404)('The TagSet does not exist', ofBucket),
  /** A tag of an object whose key begins with the prefix of system tags. */
  ObjectTagReserved: invalidTag<Texts<'TagKey'>>('Your TagKey cannot be prefixed with aws:', {
    fields: allDetails,
    cos: { message: 'Your TagKey cannot be prefixed with ibm:' },
  }),
  /** A PutBucketTagging with a tag whose key begins with the prefix of system tags, and which the bucket does not have with that value. */
  BucketTagReserved: invalidTag<Texts<'TagKey'>>('System tags cannot be added/updated by requester', {
    fields: allDetails,
  }),
  /** A PutBucketTagging with a tag whose key begins with the prefix of system tags in another case. */
  BucketTagLikeReserved: invalidTag<Texts<'TagKey'>>(
    'Invalid Tag. Tags cannot start with "aws:"(case insensitive) unless they are System Tags that start with "aws:"(case sensitive)',
    { fields: allDetails },
  ),
  /** A PutBucketTagging or DeleteBucketTagging that leaves out a system tag of the bucket, which another service put there. */
  SystemTagRemoved: invalidTag('System Tags cannot be removed by requester'),
  /** More than 10 tags for an object. */
  TooManyObjectTags: refusal('BadRequest', 400)('Object tags cannot be greater than 10', byCode),
  /** More than 50 tags for a bucket. */
  TooManyBucketTags: refusal('BadRequest', 400)('Bucket tag count cannot be greater than 50', byCode),
};
