import { inHashOrder } from '../formats/hash-order';
import { decodePercent } from '../formats/url-encoding';
import { S3Error } from '../refusals/s3-error';
import { findRepeated } from '../text/lists';
import { writeKey } from '../text/values';

/** A tag of an object or a bucket. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagRules {
  readonly characters: RegExp;
  /** The greatest length in UTF-8, beside the 128 and 256 characters that every service has. */
  readonly maxBytes: { readonly key: number; readonly value: number };
  /** The service's own keys begin with it. */
  readonly reservedPrefix: string;
  /** Whether a bucket's keys may not begin with it in another case either. */
  readonly reservesEveryCase: boolean;
  /** The order in which tags are answered: as they were put, or that of a hash table (F389). */
  readonly answeredOrder: 'put' | 'hash';
}

/** Throws if the service refuses these tags of an object (F70, F253). */
export function checkObjectTags(tags: readonly Tag[], rules: TagRules): void {
  if (tags.length > 10) throw refusalForNumber('TooManyObjectTags', tags);
  checkTags(tags, rules);
  const reserved = tags.find(({ Key }) => Key.startsWith(rules.reservedPrefix));
  if (reserved) throw new S3Error('ObjectTagReserved', { TagKey: reserved.Key });
}

/** Throws if the service refuses these tags of a bucket (F70, F253). */
export function checkBucketTags(tags: readonly Tag[], rules: TagRules): void {
  if (tags.length > 50) throw refusalForNumber('TooManyBucketTags', tags);
  checkTags(tags, rules);
  for (const { Key } of tags) {
    if (Key.startsWith(rules.reservedPrefix)) throw new S3Error('BucketTagReserved', { TagKey: Key });
    if (rules.reservesEveryCase && Key.toLowerCase().startsWith(rules.reservedPrefix))
      throw new S3Error('BucketTagLikeReserved', { TagKey: Key });
  }
}

/** Tags in the order in which the service answers them (F389). */
export function answeredTags(tags: readonly Tag[], { answeredOrder }: TagRules): readonly Tag[] {
  return answeredOrder === 'put' ? tags : inHashOrder(tags, ({ Key }) => Key);
}

/** Throws if the service refuses these tags of a bucket that is to be created, some in other words than those of a bucket (F34). */
export function checkNewBucketTags(tags: readonly Tag[], rules: TagRules): void {
  if (tags.length > 50) throw refusalForNumber('TooManyBucketTags', tags);
  const keys = tags.map(({ Key }) => Key);
  const reserved = keys.find((key) => key.startsWith(rules.reservedPrefix));
  if (reserved !== undefined) throw new S3Error('CreateBucketTagsReserved').quoting({ TagKey: reserved });
  const repeated = findRepeated(keys);
  if (repeated !== undefined)
    throw new S3Error('DuplicateBucketTags', {}, `the tag ${writeKey(repeated)} comes twice, to which S3 answers so`);
  for (const tag of tags) checkTag(tag, rules);
}

function refusalForNumber(refusal: 'TooManyObjectTags' | 'TooManyBucketTags', tags: readonly Tag[]): S3Error {
  return new S3Error(refusal).quoting({ 'the number of tags': tags.length });
}

function checkTags(tags: readonly Tag[], rules: TagRules): void {
  const seen = new Set<string>();
  for (const tag of tags) {
    if (seen.has(tag.Key)) throw new S3Error('TagRepeated', { TagKey: tag.Key });
    seen.add(tag.Key);
    checkTag(tag, rules);
  }
}

function checkTag({ Key, Value }: Tag, { characters, maxBytes }: TagRules): void {
  const fits = (text: string, length: number, bytes: number) =>
    text.length <= length && Buffer.byteLength(text) <= bytes && characters.test(text);
  if (Key === '' || !fits(Key, 128, maxBytes.key)) throw new S3Error('TagInvalid', { part: 'Key', TagKey: Key });
  if (!fits(Value, 256, maxBytes.value))
    throw new S3Error('TagInvalid', { part: 'Value', TagKey: Key, TagValue: Value });
}

export const awsTagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Whether Amazon S3 takes a tag by its lengths and its characters (F70). Those of UTF-16 count. */
export function fitsObjectTag({ Key, Value }: Tag): boolean {
  const fits = (text: string, length: number) => text.length <= length && awsTagCharacters.test(text);
  return Key !== '' && fits(Key, 128) && fits(Value, 256);
}

/** Reads the tags of an `x-amz-tagging` header, a URL query; undefined if it is malformed (F70). */
export function readTagHeader(header: string): readonly Tag[] | undefined {
  const tags = new Map<string, Tag>();
  for (const part of header.split('&')) {
    if (part === '') continue;
    const words = part.split('=').map((half) => decodePercent(half.replaceAll('+', ' ')));
    const [Key = '', Value = ''] = words;
    if (Key === '' || words.length > 2 || words.includes(undefined)) return undefined;
    if (tags.has(Key)) return undefined;
    tags.set(Key, { Key, Value });
  }
  return [...tags.values()];
}

/** The value of a tag for a condition: its name, in lower case, compares without case. */
export function valueIn(tags: readonly Tag[], name: string): string | undefined {
  return tags.find(({ Key }) => Key.toLowerCase() === name)?.Value;
}
