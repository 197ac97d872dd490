import { list, required, structure, wrappedList } from './elements';
import type { Members, StructureShape } from './shape';
import { long, text } from './values';

export const tag = structure({ Key: required(text), Value: required(text) });

/** Excludes the objects that have the prefix, the tag, or any of several (F1621). */
const exclusion = structure({
  Prefix: text,
  Tag: tag,
  Or: structure({ Prefixes: list(text, 'Prefix'), Tags: list(tag, 'Tag') }),
});

/** The conditions of all filters that select objects. `model/configurations/filters` says what each selects. */
const conditions = {
  Prefix: text,
  Tag: tag,
  /** IBM COS writes tags like this. */
  TagSet: wrappedList(tag, 'Tag'),
  Tags: list(tag, 'Tag'),
  ObjectSizeGreaterThan: long,
  ObjectSizeLessThan: long,
  AccessPointArn: text,
  Not: exclusion,
} as const;

export type Conditions = typeof conditions;

const { Prefix, Tag, TagSet, Tags, ObjectSizeGreaterThan, ObjectSizeLessThan, AccessPointArn, Not } = conditions;

// The filters of the configurations, with their members in the order in which S3 writes them.
export const lifecycleFilter = structure({
  Prefix,
  Tag,
  TagSet,
  ObjectSizeGreaterThan,
  ObjectSizeLessThan,
  And: structure({ Prefix, Tags, TagSet, ObjectSizeGreaterThan, ObjectSizeLessThan }),
});

export const replicationFilter = structure({ Prefix, Tag, And: structure({ Prefix, Tags, Not }), Not });

export const metricsFilter = structure({
  Prefix,
  Tag,
  AccessPointArn,
  And: structure({ Prefix, Tags, AccessPointArn }),
});

/** The shapes of filters whose tags a rule of their own reads. */
export function makeTagFilter<const M extends Members>(own: StructureShape<M>) {
  return structure({ Prefix, Tag: own, And: structure({ Prefix, Tags: list(own, 'Tag') }) });
}
