import { S3Error } from '../../refusals/s3-error';
import type { Conditions } from '../../shapes/filters';
import type { ValueOf } from '../../shapes/shape';
import { counted } from '../../text/counts';
import { writeQuotedList } from '../../text/lists';
import { writeKey, writeValue } from '../../text/values';
import type { Tag } from '../tagging';

export type ConditionName = keyof Conditions;

type WrittenConditions = { readonly [Name in ConditionName]?: ValueOf<Conditions[Name]> };

export type Exclusion = NonNullable<WrittenConditions['Not']>;

export type ObjectFilter = WrittenConditions & { readonly And?: WrittenConditions };

export interface FilterSubject {
  readonly key: string;
  readonly tags: readonly Tag[];
  readonly size: number;
  readonly accessPointArn?: string;
}

type Selects = (subject: FilterSubject) => boolean;

/** The meaning of one value of a condition. */
interface Condition {
  readonly selects: Selects;
  /** Whether there are objects that it does not select. */
  readonly narrows: boolean;
  readonly tags: readonly Tag[];
  /** The scope as refusals of lifecycle rules write it. */
  readonly scope: readonly string[];
  /** Says why the condition does not select the subject. */
  readonly why: (subject: Pick<FilterSubject, 'key' | 'tags'>) => string;
}

/** Every condition of any filter. One that a shape has and the table lacks does not compile. */
const table: { readonly [Name in ConditionName]: (value: ValueOf<Conditions[Name]>) => Condition } = {
  Prefix: (prefix) => ({
    selects: ({ key }) => key.startsWith(prefix),
    narrows: prefix !== '',
    tags: [],
    scope: [`prefix=${prefix}`],
    why: () => `its prefix is ${writeKey(prefix)}`,
  }),
  Tag: (tag) => ofTags([tag]),
  TagSet: ofTags,
  Tags: ofTags,
  ObjectSizeGreaterThan: (least) => ofSize(({ size }) => size > least, 'greater', least),
  ObjectSizeLessThan: (most) => ofSize(({ size }) => size < most, 'less', most),
  AccessPointArn: (arn) => ({
    selects: ({ accessPointArn }) => accessPointArn === arn,
    narrows: true,
    tags: [],
    scope: [],
    why: () => `it selects requests through ${arn}`,
  }),
  Not: (exclusion) => ({
    selects: (subject) => findExclusion(subject, exclusion) === undefined,
    narrows: true,
    tags: [],
    scope: [],
    why(subject) {
      const { prefix, tags = [] } = findExclusion(subject, exclusion) ?? {};
      return `its Not excludes ${prefix === undefined ? `objects with ${tagsInWords(tags)}` : `the prefix ${writeKey(prefix)}`}`;
    },
  }),
};

export function isConditionName(name: string): name is ConditionName {
  return Object.hasOwn(table, name);
}

function ofTags(tags: readonly Tag[]): Condition {
  return {
    selects: (subject) => hasTags(subject, tags),
    narrows: tags.length > 0,
    tags,
    scope: tags.map(({ Key, Value }) => `tag={key=${Key}, value=${Value}}`),
    why: (subject) => `it selects objects with ${tagsInWords(tags)}, and the version has ${tagsInWords(subject.tags)}`,
  };
}

function ofSize(selects: Selects, comparison: 'greater' | 'less', limit: number): Condition {
  return {
    selects,
    narrows: true,
    tags: [],
    scope: [`objectsize${comparison}than=${limit}`],
    why: () => `it selects objects ${comparison} than ${counted(limit, 'byte')}`,
  };
}

function tagsInWords(tags: readonly Tag[]): string {
  if (tags.length === 0) return 'no tags';
  return `the tag${tags.length === 1 ? '' : 's'} ${writeQuotedList(tags.map(({ Key, Value }) => `${Key}=${Value}`))}`;
}

/** The objects that a rule selects. */
export interface Selection {
  readonly written: WrittenConditions;
  readonly tags: readonly Tag[];
  /** The conditions that leave out some objects, by their names. */
  readonly narrowing: ReadonlyMap<ConditionName, Condition>;
  readonly scope: readonly string[];
  /** F111 */
  readonly selects: Selects;
}

/** A filter with a condition that the table lacks does not compile. */
type Known<Filter> = [UnknownName<Filter>] extends [never]
  ? unknown
  : { readonly 'src/shapes/filters.ts has no such condition': UnknownName<Filter> };

type UnknownName<Filter> = Exclude<keyof Filter | NamesInAnd<Filter>, ConditionName | 'And'>;

type NamesInAnd<Filter> = Filter extends { readonly And?: infer And } ? keyof NonNullable<And> : never;

/** The older form of rules has a prefix in place of a filter. */
export function readSelection<Filter extends ObjectFilter>(
  rule: { readonly Prefix?: string; readonly Filter?: Filter | undefined } & Known<Filter>,
): Selection {
  const { And, ...alone }: ObjectFilter = rule.Filter ?? {};
  const written: WrittenConditions = { ...(rule.Prefix !== undefined && { Prefix: rule.Prefix }), ...alone, ...And };
  const conditions = Object.keys(written).flatMap((name) => readCondition(written, name as ConditionName)); // of its type
  const narrowing = new Map(conditions.filter(([, { narrows }]) => narrows));
  const narrow = [...narrowing.values()];
  return {
    written,
    narrowing,
    tags: narrow.flatMap(({ tags }) => tags),
    scope: conditions.flatMap(([, { scope }]) => scope),
    selects: (subject) => narrow.every(({ selects }) => selects(subject)),
  };
}

function readCondition<Name extends ConditionName>(
  written: WrittenConditions,
  name: Name,
): readonly (readonly [ConditionName, Condition])[] {
  const value = written[name];
  return value === undefined ? [] : [[name, table[name](value)]];
}

interface Excluded {
  readonly prefix: string | undefined;
  readonly tags: readonly Tag[];
}

export function listExclusions({ Prefix, Tag, Or }: Exclusion = {}): readonly Excluded[] {
  const prefixes = [...(Prefix === undefined ? [] : [Prefix]), ...(Or?.Prefixes ?? [])];
  const tags = [...(Tag ? [Tag] : []), ...(Or?.Tags ?? [])];
  return [
    ...prefixes.map((prefix) => ({ prefix, tags: [] })),
    ...tags.map((tag) => ({ prefix: undefined, tags: [tag] })),
  ];
}

function findExclusion(subject: Pick<FilterSubject, 'key' | 'tags'>, exclusion: Exclusion): Excluded | undefined {
  return listExclusions(exclusion).find(
    ({ prefix = '', tags }) => subject.key.startsWith(prefix) && hasTags(subject, tags),
  );
}

function hasTags({ tags }: Pick<FilterSubject, 'tags'>, asked: readonly Tag[]): boolean {
  return asked.every(({ Key, Value }) => tags.some((tag) => tag.Key === Key && tag.Value === Value));
}

/** A filter without that condition, alone or in its And. */
export function withoutCondition<Filter extends ObjectFilter>(filter: Filter, name: ConditionName): Filter {
  const { [name]: _alone, And, ...others } = filter;
  if (And === undefined) return others as Filter;
  const { [name]: _together, ...ofAnd } = And;
  return { ...others, And: ofAnd } as unknown as Filter; // its members are optional
}

/** Counts the conditions of an And. Each tag counts as one. */
export function countConditions({ Tags = [], TagSet = [], ...others }: WrittenConditions): number {
  return Tags.length + TagSet.length + Object.values(others).filter((value) => value !== undefined).length;
}

/**
 * Writes how several conditions of a filter stand in one And, where a Tag becomes one of its Tags. Two conditions of one name do not fit in it,
 * and S3 takes no And of one condition.
 */
export function writeAnd(filter: object): string {
  const { And, Tag, TagSet, ...conditions } = filter as WrittenFilter; // any filter of a document
  const { Tags = [], ...others } = And ?? {};
  const tags = [...(Tag === undefined ? [] : [Tag]), ...Tags];
  const all = { ...conditions, ...others, ...(tags.length > 0 && { Tags: tags }) };
  const isOneOfEach = Object.keys(conditions).every((name) => !Object.hasOwn(others, name));
  const isTaken = TagSet === undefined && isOneOfEach && countConditions(all) > 1;
  return isTaken ? `; write Filter: ${writeValue({ And: all })}` : '';
}

interface WrittenFilter extends WrittenConditions {
  readonly And?: WrittenConditions;
  readonly Tag?: Tag;
}

export function checkFilter(filter: ObjectFilter | undefined): void {
  checkOneMember(filter);
  const problem = problemOfAnd(filter);
  if (problem !== undefined) throw new S3Error('MalformedXML', {}, problem);
}

const mostTags = 10;

/** Refuses with its own codes, other than `checkFilter` (F382). */
export function checkConditions(filter: ObjectFilter | undefined): void {
  if (filter?.Prefix === '') throw new S3Error('FilterPrefixInvalid', {}, '<Prefix> is empty');
  const problem = problemOfAnd(filter);
  if (problem !== undefined) throw new S3Error('FilterAndTooSmall', {}, problem);
  const tags = filter?.And?.Tags ?? [];
  if (tags.length > mostTags) throw new S3Error('FilterAndInvalid').quoting({ 'the number of tags': tags.length });
}

function problemOfAnd(filter: ObjectFilter | undefined): string | undefined {
  if (filter?.And === undefined) return undefined;
  const conditions = countConditions(filter.And);
  return conditions < 2 ? `<And> has ${counted(conditions, 'condition')}, and needs two` : undefined;
}

export function checkOneMember(filter: object | undefined): void {
  if (filter === undefined) return;
  const names = Object.keys(filter);
  if (names.length !== 1)
    throw new S3Error(
      'MalformedXML',
      {},
      `<Filter> has ${names.length === 0 ? 'no member' : `${names.join(' and ')}${writeAnd(filter)}`}`,
    );
}
