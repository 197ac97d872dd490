import { list, required, structure, wrappedList } from './elements';
import type { Members, StructureShape } from './shape';
import { long, text } from './values';

export const tag = structure({ Key: required(text), Value: required(text) });

/** What it excludes has the prefix, the tag, or any of several (F1621). */
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

/** In the order in which S3 writes them. */
function some<Name extends keyof Conditions>(...names: readonly Name[]): Pick<Conditions, Name> {
  return Object.fromEntries(names.map((name) => [name, conditions[name]])) as Pick<Conditions, Name>; // name by name
}

export const lifecycleFilter = structure({
  ...some('Prefix', 'Tag', 'TagSet', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'),
  And: structure(some('Prefix', 'Tags', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan')),
});

export const replicationFilter = structure({
  ...some('Prefix', 'Tag'),
  And: structure(some('Prefix', 'Tags', 'Not')),
  ...some('Not'),
});

export const metricsFilter = structure({
  ...some('Prefix', 'Tag', 'AccessPointArn'),
  And: structure(some('Prefix', 'Tags', 'AccessPointArn')),
});

/** The only filters whose tags are read by a rule of one configuration. */
export function makeTagFilter<const M extends Members>(own: StructureShape<M>) {
  return structure({ ...some('Prefix'), Tag: own, And: structure({ ...some('Prefix'), Tags: list(own, 'Tag') }) });
}
