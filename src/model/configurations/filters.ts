import { S3Error } from '../../refusals/s3-error';
import { list, structure } from '../../shapes/elements';
import type { Members, StructureShape } from '../../shapes/shape';
import { text } from '../../shapes/values';
import { counted } from '../../text/counts';
import type { Tag } from '../tagging';

export function makeFilterShape<const M extends Members>(tag: StructureShape<M>) {
  return structure({ Prefix: text, Tag: tag, And: structure({ Prefix: text, Tags: list(tag, 'Tag') }) });
}

interface Sizes {
  readonly ObjectSizeGreaterThan?: number;
  readonly ObjectSizeLessThan?: number;
}

/** What has the prefix, the tag, or one of several (F1621). */
export interface Exclusion {
  readonly Prefix?: string;
  readonly Tag?: Tag;
  readonly Or?: { readonly Prefixes?: readonly string[]; readonly Tags?: readonly Tag[] };
}

export interface ObjectFilter extends Sizes {
  readonly Prefix?: string;
  readonly Tag?: Tag;
  /** IBM COS writes tags of lifecycle rules like this. */
  readonly TagSet?: readonly Tag[];
  readonly And?: Sizes & {
    readonly Prefix?: string;
    readonly Tags?: readonly Tag[];
    readonly AccessPointArn?: string;
    readonly Not?: Exclusion;
  };
  readonly Not?: Exclusion;
}

export interface FilterSubject {
  readonly key: string;
  readonly tags: readonly Tag[];
  readonly size: number;
}

export interface Predicates {
  readonly prefix: string | undefined;
  readonly tags: readonly Tag[];
  readonly greater: number | undefined;
  readonly less: number | undefined;
  /** None of these may be met. */
  readonly excluded: readonly ExclusionPredicates[];
}

interface ExclusionPredicates {
  readonly prefix: string | undefined;
  readonly tags: readonly Tag[];
}

/** The older form of rules has a prefix in place of a filter. */
export function makePredicates({
  Prefix,
  Filter = {},
}: {
  readonly Prefix?: string;
  readonly Filter?: ObjectFilter | undefined;
}): Predicates {
  const { And, Tag, TagSet = [] } = Filter;
  return {
    prefix: Filter.Prefix ?? And?.Prefix ?? Prefix,
    tags: [...(Tag ? [Tag] : []), ...TagSet, ...(And?.Tags ?? [])],
    greater: Filter.ObjectSizeGreaterThan ?? And?.ObjectSizeGreaterThan,
    less: Filter.ObjectSizeLessThan ?? And?.ObjectSizeLessThan,
    excluded: listExclusions(Filter.Not ?? And?.Not),
  };
}

export function listExclusions({ Prefix, Tag, Or }: Exclusion = {}): readonly ExclusionPredicates[] {
  const prefixes = [...(Prefix === undefined ? [] : [Prefix]), ...(Or?.Prefixes ?? [])];
  const tags = [...(Tag ? [Tag] : []), ...(Or?.Tags ?? [])];
  return [
    ...prefixes.map((prefix) => ({ prefix, tags: [] })),
    ...tags.map((tag) => ({ prefix: undefined, tags: [tag] })),
  ];
}

/** F111 */
export function meets(subject: FilterSubject, predicates: Predicates): boolean {
  const { greater, less } = predicates;
  return (
    hasPrefixAndTags(subject, predicates) &&
    (greater === undefined || subject.size > greater) &&
    (less === undefined || subject.size < less) &&
    findExclusion(subject, predicates) === undefined
  );
}

export function findExclusion(
  subject: Pick<FilterSubject, 'key' | 'tags'>,
  { excluded }: Pick<Predicates, 'excluded'>,
): ExclusionPredicates | undefined {
  return excluded.find((one) => hasPrefixAndTags(subject, one));
}

function hasPrefixAndTags(
  { key, tags }: Pick<FilterSubject, 'key' | 'tags'>,
  { prefix = '', tags: asked }: ExclusionPredicates,
): boolean {
  return (
    key.startsWith(prefix) &&
    asked.every(({ Key, Value }) => tags.some((tag) => tag.Key === Key && tag.Value === Value))
  );
}

export function checkFilter(filter: ObjectFilter | undefined): void {
  checkOneMember(filter);
  const problem = problemOfAnd(filter);
  if (problem !== undefined) throw new S3Error('MalformedXML', {}, problem);
}

const mostTags = 10;

/** By codes of its own, other than `checkFilter` (F382). */
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

export function checkOneMember(filter: object | undefined): void {
  if (filter === undefined) return;
  const names = Object.keys(filter);
  if (names.length !== 1)
    throw new S3Error('MalformedXML', {}, `<Filter> has ${names.length === 0 ? 'no member' : names.join(' and ')}`);
}
