import { decodePercent } from '../formats/url-encoding';
import { S3Error } from '../refusals/s3-error';

/** A tag of an object or a bucket. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Throws if S3 refuses these tags of an object (F70). */
export function checkObjectTags(tags: readonly Tag[]): void {
  if (tags.length > 10) throw new S3Error('TooManyObjectTags');
  checkTags(tags);
  const reserved = tags.find(({ Key }) => Key.startsWith('aws:'));
  if (reserved) throw new S3Error('ObjectTagReserved', { TagKey: reserved.Key });
}

/** Throws if S3 refuses these tags of a bucket (F70). */
export function checkBucketTags(tags: readonly Tag[]): void {
  if (tags.length > 50) throw new S3Error('TooManyBucketTags');
  checkTags(tags);
  const reserved = tags.find(({ Key }) => Key.startsWith('aws:'));
  if (reserved) throw new S3Error('BucketTagReserved', { TagKey: reserved.Key });
}

/** Throws if S3 refuses these tags of a bucket that is to be created, some in other words than those of a bucket (F34). */
export function checkNewBucketTags(tags: readonly Tag[]): void {
  if (tags.length > 50) throw new S3Error('TooManyBucketTags');
  if (tags.some(({ Key }) => Key.startsWith('aws:'))) throw new S3Error('CreateBucketTagsReserved');
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw new S3Error('DuplicateBucketTags');
  tags.forEach(checkTag);
}

function checkTags(tags: readonly Tag[]): void {
  const seen = new Set<string>();
  for (const tag of tags) {
    if (seen.has(tag.Key)) throw new S3Error('TagRepeated', { TagKey: tag.Key });
    seen.add(tag.Key);
    checkTag(tag);
  }
}

function checkTag({ Key, Value }: Tag): void {
  if (Key === '' || Key.length > 128 || !characters.test(Key))
    throw new S3Error('TagInvalid', { part: 'Key', TagKey: Key });
  if (Value.length > 256 || !characters.test(Value))
    throw new S3Error('TagInvalid', { part: 'Value', TagKey: Key, TagValue: Value });
}

/** Reads the tags of an `x-amz-tagging` header, a URL query; undefined if it is malformed (F70). */
export function readTagHeader(header: string): readonly Tag[] | undefined {
  const tags: Tag[] = [];
  for (const part of header.split('&')) {
    if (part === '') continue;
    const words = part.split('=').map((half) => decodePercent(half.replaceAll('+', ' ')));
    const [Key = '', Value = ''] = words;
    if (Key === '' || words.length > 2 || words.includes(undefined)) return undefined;
    if (tags.some((tag) => tag.Key === Key)) return undefined;
    tags.push({ Key, Value });
  }
  return tags;
}
