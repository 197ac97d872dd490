import { sizeForItems, sortByHash } from '../formats/hash-order';
import { decodeLossy } from '../formats/url-encoding';
import { S3Error } from '../refusals/s3-error';
import { counted } from '../text/counts';
import { findRepeated } from '../text/lists';
import { writeKey } from '../text/values';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface TagRules {
  readonly characters: RegExp;
  /** The limits in bytes of UTF-8, in addition to the 128 and 256 characters that every service allows. */
  readonly maxBytes: { readonly key: number; readonly value: number };
  readonly reservedPrefix: string;
  readonly reservesEveryCase: boolean;
  /** The order in which they were put, or the order of a hash table (F389). */
  readonly answeredOrder: 'put' | 'hash';
}

/** The most tags of an object. */
const mostOfObject = 10;

export function checkObjectTags(tags: readonly Tag[], rules: TagRules): void {
  if (tags.length > mostOfObject) throw refusalForNumber('TooManyObjectTags', tags);
  checkTags(tags, rules);
  const reserved = tags.find(({ Key }) => Key.startsWith(rules.reservedPrefix));
  if (reserved) throw new S3Error('ObjectTagReserved', { TagKey: reserved.Key });
}

/**
 * `present` are the tags of the bucket. A request repeats its system tags, which only another service such as CloudFormation changes (F1770).
 * S3 counts the tags after it has looked at each (F70).
 */
export function checkBucketTags(tags: readonly Tag[], rules: TagRules, present: readonly Tag[] = []): void {
  const system = findSystemTags(present, rules);
  const own = tags.filter((tag) => !isAmong(system, tag));
  checkTags(tags, rules);
  for (const { Key } of own) {
    if (Key.startsWith(rules.reservedPrefix)) throw new S3Error('BucketTagReserved', { TagKey: Key });
    if (rules.reservesEveryCase && Key.toLowerCase().startsWith(rules.reservedPrefix))
      throw new S3Error('BucketTagLikeReserved', { TagKey: Key });
  }
  if (own.length > 50) throw refusalForNumber('TooManyBucketTags', own);
  checkSystemTagsStay(tags, system);
}

export function checkBucketTagsMayGo(present: readonly Tag[], rules: TagRules): void {
  checkSystemTagsStay([], findSystemTags(present, rules));
}

function findSystemTags(tags: readonly Tag[], { reservedPrefix }: TagRules): readonly Tag[] {
  return tags.filter(({ Key }) => Key.startsWith(reservedPrefix));
}

function isAmong(tags: readonly Tag[], { Key, Value }: Tag): boolean {
  return tags.some((tag) => tag.Key === Key && tag.Value === Value);
}

function checkSystemTagsStay(tags: readonly Tag[], system: readonly Tag[]): void {
  const removed = system.find((tag) => !isAmong(tags, tag));
  if (removed === undefined) return;
  const why = `the bucket has the system tag ${writeKey(removed.Key)}, and the request removes it; send it with the other tags`;
  throw new S3Error('SystemTagRemoved', {}, why);
}

export function orderTags(tags: readonly Tag[], { answeredOrder }: TagRules): readonly Tag[] {
  return answeredOrder === 'put' ? tags : orderByHash(tags);
}

function orderByHash(tags: readonly Tag[]): readonly Tag[] {
  return sortByHash(tags, ({ Key }) => Key, sizeForItems(tags.length));
}

/** S3 refuses some tags of a new bucket in other words than the tags of an existing bucket (F34). */
export function checkNewBucketTags(tags: readonly Tag[], rules: TagRules): void {
  if (tags.length > 50) throw refusalForNumber('TooManyBucketTags', tags);
  const keys = tags.map(({ Key }) => Key);
  const reserved = keys.find((key) => key.startsWith(rules.reservedPrefix));
  if (reserved !== undefined) throw new S3Error('CreateBucketTagsReserved').quoting({ TagKey: reserved });
  const repeated = findRepeated(keys);
  if (repeated !== undefined)
    throw new S3Error(
      'DuplicateBucketTags',
      {},
      `the tag ${writeKey(repeated)} is given twice, and S3 answers duplicates with this error`,
    );
  for (const tag of tags) checkTag(tag, rules);
}

function refusalForNumber(refusal: 'TooManyObjectTags' | 'TooManyBucketTags', tags: readonly Tag[]): S3Error {
  const [most, whose] = refusal === 'TooManyObjectTags' ? [mostOfObject, 'an object'] : [50, 'a bucket'];
  return new S3Error(refusal, {}, `the request has ${tags.length} tags, and ${whose} has ${most} at most`);
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
  if (!fitsKey(Key, characters) || Buffer.byteLength(Key) > maxBytes.key)
    throw new S3Error(
      'TagInvalid',
      { part: 'Key', TagKey: Key },
      whyUnfit('key', Key, { most: 128, bytes: maxBytes.key }),
    );
  if (!fitsValue(Value, characters) || Buffer.byteLength(Value) > maxBytes.value)
    throw new S3Error(
      'TagInvalid',
      { part: 'Value', TagKey: Key, TagValue: Value },
      whyUnfit('value', Value, { most: 256, bytes: maxBytes.value }),
    );
}

interface Limits {
  readonly most: number;
  readonly bytes: number;
}

function whyUnfit(part: 'key' | 'value', text: string, { most, bytes }: Limits): string {
  const size = Buffer.byteLength(text);
  if (/^\[object \w+\]$/.test(text))
    return `the ${part} of a tag is ${writeKey(text)}, which JavaScript makes of an object: in a header, tags are a query string, Tagging: 'team=blue'`;
  if (text === '') return 'the key of a tag is empty: a tag has a Key of 1 to 128 characters';
  if (text.length > most)
    return `the ${part} of a tag has ${counted(text.length, 'character')}, and S3 takes ${most}: write a shorter one`;
  if (size > bytes) return `the ${part} of a tag has ${counted(size, 'byte')} of UTF-8, and the service takes ${bytes}`;
  return `the ${part} of a tag is ${writeKey(text)}, and S3 takes letters, digits, blanks and + - = . _ : / @`;
}

// F70, F253
function fitsKey(key: string, characters: RegExp): boolean {
  return key !== '' && key.length <= 128 && characters.test(key);
}

function fitsValue(value: string, characters: RegExp): boolean {
  return value.length <= 256 && characters.test(value);
}

export const awsTagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The limits count units of UTF-16 (F70). */
export function fitsObjectTag({ Key, Value }: Tag): boolean {
  return fitsKey(Key, awsTagCharacters) && fitsValue(Value, awsTagCharacters);
}

/** Whether an object can have all of these tags, whichever service stores it. */
export function canBeOfObject(tags: readonly Tag[]): boolean {
  const areFit = tags.every((tag) => fitsObjectTag(tag) && !/^aws:/i.test(tag.Key));
  return areFit && tags.length <= mostOfObject && findRepeated(tags.map(({ Key }) => Key)) === undefined;
}

export function readTagHeader(header: string): readonly Tag[] | undefined {
  const tags = new Map<string, Tag>();
  for (const part of header.split('&')) {
    if (part === '') continue;
    // If there are several equals signs, those at the end belong to the value.
    const halves = /^([^=]*)(?:=([^=]*=*))?$/.exec(part);
    if (halves === null) return undefined;
    const [Key, Value] = [halves[1], halves[2]].map((half = '') => decodeLossy(half.replaceAll('+', ' ')));
    if (!Key || Value === undefined || tags.has(Key)) return undefined;
    tags.set(Key, { Key, Value });
  }
  return [...tags.values()];
}

/** A condition names a tag in lower case, and compares without case. */
export function findTagValue(tags: readonly Tag[], name: string): string | undefined {
  return findTagValues(tags, name)[0];
}

/** Returns the values of all tags with a name, letter case aside. */
export function findTagValues(tags: readonly Tag[], name: string): readonly string[] {
  return tags.flatMap(({ Key, Value }) => (Key.toLowerCase() === name ? [Value] : []));
}

/** If names of tags of an object or a bucket differ by case alone, the last tag counts, in the order of a hash table (F487). */
export function findStoredTagValue(tags: readonly Tag[], name: string): string | undefined {
  return findTagValues(orderByHash(tags), name).at(-1);
}
