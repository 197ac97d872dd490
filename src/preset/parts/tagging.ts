import { type Dialect, dialects } from '../../dialects';
import { checkBucketTags, checkObjectTags, type Tag, type TagRules } from '../../model/tagging';
import { entries } from '../../shapes/elements';
import { expecting, orNull, shapeOf } from '../../shapes/given';
import type { ValueOf } from '../../shapes/shape';
import { counted } from '../../text/counts';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { isAbsent, isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import { catchRefusal } from '../literals';
import type { BucketOption, Part } from './part';

/** Tags as a test writes and reads them: their values by their keys. */
export type TagsFixture = Readonly<Record<string, string>>;

export interface TagsDetails {
  /** Its tags: key and value. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface StoredTags {
  /** Its tags: key and value. */
  readonly tags: Readonly<Record<string, string>>;
}

const expected = "an object of texts such as { team: 'archive' }";
const shape = shapeOf<TagsDetails, StoredTags>()({ tags: expecting(entries, expected, areTexts) });

export const tagging: Part<TagsDetails, StoredTags, ValueOf<typeof shape>> = {
  shape: shape.members,
  toModel: ({ tags = {} }, { at }) => ({ tags: readTags(at, tags) }),
  fromModel: ({ tags }) => ({ tags: tagsLiteral(tags) }),
};

function areTexts(tags: unknown): tags is TagsFixture {
  return isRecord(tags) && Object.values(tags).every((value) => typeof value === 'string');
}

/** The tags of a bucket, as a member that can be set. */
export interface TagsMember {
  /** Its tags, `{ stage: 'test' }`, in their order; undefined if it has none. You can set them whether ABAC is enabled or not, and keys that begin with `aws:`, which requests cannot change. */
  tags?: TagsFixture | undefined;
}

export function makeTagError(at: string, { Key, Value }: Tag): TypeError {
  return invalidValue(
    at,
    'tag',
    { [Key]: Value },
    'a key of 1 to 128 and a value of up to 256 letters, digits, spaces or any of _ . : / = + - @',
  );
}

export function readTagList(at: string, tags: TagsFixture): readonly Tag[] {
  if (!areTexts(tags)) throw invalidValue(at, 'tags', tags, expected);
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

const holders = {
  object: { check: checkObjectTags, name: 'an object', most: 10 },
  // A bucket can have system tags from the beginning: the test stands for the service that put them there.
  bucket: {
    check: (tags: readonly Tag[], rules: TagRules) => checkBucketTags(tags, rules, tags),
    name: 'a bucket',
    most: 50,
  },
};

/** Reads tags. It is enough if AWS or COS accepts them, since both see the same buckets. */
function readTags(at: string, tags: TagsFixture, holder: keyof typeof holders = 'object'): readonly Tag[] {
  const read = readTagList(at, tags);
  const { check, name, most } = holders[holder];
  const refusalOfTags = (dialect: Dialect) => catchRefusal(() => check(read, dialect.tags));
  const refusal = refusalOfTags(dialects.aws);
  if (refusal === undefined) return read;
  if (refusal.refusal === 'TagInvalid' && refusalOfTags(dialects['ibm-cos']) === undefined) return read;
  if (read.length > most) throw makeMistake(`${at}: it has ${read.length} tags; ${name} has ${most} at most`);
  const key = 'TagKey' in refusal.details ? refusal.details.TagKey : undefined;
  if (refusal.refusal === 'TagInvalid')
    throw makeTagError(at, read.find(({ Key }) => Key === key) ?? { Key: '', Value: '' });
  throw makeMistake(`${at}: S3 reserves tags that begin with aws:, such as ${writeGiven(key)}`);
}

export function tagsLiteral(tags: readonly Tag[]): TagsFixture {
  return Object.freeze(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])));
}

export function readBucketTags(name: string, tags: TagsFixture | undefined): readonly Tag[] | undefined {
  const read = isAbsent(tags) ? undefined : readTags(`bucket '${name}'`, tags, 'bucket');
  return read?.length ? read : undefined;
}

export const bucketTags: BucketOption<TagsFixture> = {
  shape: orNull(expecting(entries, expected, areTexts)),
  get: ({ bucket: { tags } }) => (tags.length === 0 ? undefined : tagsLiteral(tags)),
  set: ({ bucket }, tags) => bucket.change({ tags: readBucketTags(bucket.name, tags) }),
  draw: ({ tags }) => (tags.length > 0 ? counted(tags.length, 'tag') : undefined),
};
