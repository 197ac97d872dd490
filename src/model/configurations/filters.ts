import { S3Error } from '../../refusals/s3-error';
import { list, requiredOr, structure } from '../../shapes/elements';
import { text } from '../../shapes/values';
import { counted } from '../../text/counts';
import type { Tag } from '../tagging';

/** A tag whose parts are judged together, so that a document without one of them is not malformed (F382). */
const judgedTag = structure({
  Key: requiredOr(text, 'FilterTagInvalid'),
  Value: requiredOr(text, 'FilterTagInvalid'),
});

/** The conditions that objects meet, all of them. */
const conditions = structure({ Prefix: text, Tags: list(judgedTag, 'Tag') });

/** The objects that a configuration is about: one of the members. */
export const objectFilter = structure({ Prefix: text, Tag: judgedTag, And: conditions });

/** The conditions that objects meet, all of them. */
interface Conditions {
  readonly Prefix?: string;
  readonly Tags?: readonly Tag[];
  readonly AccessPointArn?: string;
}

/** The objects that a configuration is about. */
export interface ObjectFilter {
  readonly Prefix?: string;
  readonly Tag?: Tag;
  readonly And?: Conditions;
}

/** Throws unless a filter has one member, and `And` two conditions or more (F382). */
export function checkFilter(filter: ObjectFilter | undefined): void {
  checkOneMember(filter);
  const problem = problemOfAnd(filter);
  if (problem !== undefined) throw new S3Error('MalformedXML', {}, problem);
}

const mostTags = 10;

/** Throws for an empty prefix, and for an And of fewer than two conditions or of too many tags, by codes of their own (F382). */
export function checkConditions(filter: ObjectFilter | undefined): void {
  if (filter?.Prefix === '') throw new S3Error('FilterPrefixInvalid', {}, '<Prefix> is empty');
  const problem = problemOfAnd(filter);
  if (problem !== undefined) throw new S3Error('FilterAndTooSmall', {}, problem);
  const tags = filter?.And?.Tags ?? [];
  if (tags.length > mostTags) throw new S3Error('FilterAndInvalid').quoting({ 'the number of tags': tags.length });
}

function problemOfAnd(filter: ObjectFilter | undefined): string | undefined {
  if (filter?.And === undefined) return undefined;
  const { Tags = [], ...others } = filter.And;
  const conditions = Tags.length + Object.keys(others).length;
  return conditions < 2 ? `<And> has ${counted(conditions, 'condition')}, and needs two` : undefined;
}

/** Throws unless a filter, if there is one, has one member (F382). */
export function checkOneMember(filter: object | undefined): void {
  if (filter === undefined) return;
  const names = Object.keys(filter);
  if (names.length !== 1)
    throw new S3Error('MalformedXML', {}, `<Filter> has ${names.length === 0 ? 'no member' : names.join(' and ')}`);
}

/** The tags of a filter, its only one or those of its And. */
export function tagsOf(filter: ObjectFilter | undefined): readonly Tag[] {
  const { Tag, And } = filter ?? {};
  return [...(Tag === undefined ? [] : [Tag]), ...(And?.Tags ?? [])];
}
