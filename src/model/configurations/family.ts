import { S3Error } from '../../refusals/s3-error';
import { list } from '../../shapes/elements';
import type { ListShape, Members, Shape, StructureShape, ValueOf } from '../../shapes/shape';
import { writeGiven } from '../../text/values';
import type { Configuration, ConfiguredBucket } from './configuration';

export interface Identified {
  readonly Id: string;
}

interface FamilyRules<Member> {
  /** The refusal if S3 does not accept the `Id` (F380). */
  readonly whenIdInvalid: 'MalformedXML' | 'ConfigurationIdInvalid';
  /** The refusal if the `Id` differs from the id in the request (F381). */
  readonly whenIdsDiffer: 'MalformedXML' | 'ConfigurationIdMismatch';
  /** Throws what does not fit the schema in a way that a shape cannot express. */
  checkSchema?(member: Member): void;
  /** Throws what S3 refuses once the document fits and has the right id. */
  checkValues?(member: Member): void;
}

/** A bucket has up to 1,000 configurations of a family, each under an id. The setting of the bucket is their list, sorted by id. */
export interface Family<Item extends Shape> extends Configuration<ListShape<Item>>, FamilyRules<ValueOf<Item>> {}

export interface FamilyOf<Member extends Identified> extends FamilyRules<Member> {
  readonly name: string;
  readonly shape: { readonly item: { readonly members: Members } };
}

export function configurationFamily<const M extends Members & { readonly Id: Shape }>(
  name: string,
  root: string,
  item: StructureShape<M>,
  rules: FamilyRules<ValueOf<StructureShape<M>>>,
): Family<StructureShape<M>> {
  return {
    name,
    shape: list(item, root, [0, mostMembers]),
    dialect: 'aws',
    onDelete: 'as never put',
    accept(members) {
      const identified = members as readonly unknown[] as readonly Identified[]; // by the constraint of the shape
      checkMembers(identified, rules as FamilyRules<unknown>);
      return sort(identified) as readonly unknown[] as typeof members; // the same members
    },
    ...rules,
  };
}

const mostMembers = 1000;

function sort<Member extends Identified>(members: readonly Member[]): readonly Member[] | undefined {
  return members.length === 0 ? undefined : members.toSorted((a, b) => (a.Id < b.Id ? -1 : 1));
}

function checkMembers<Member extends Identified>(members: readonly Member[], rules: FamilyRules<Member>): void {
  const seen = new Set<string>();
  for (const member of members) {
    if (seen.has(member.Id))
      throw new S3Error('MalformedXML', {}, `two configurations have the Id ${writeGiven(member.Id)}`);
    seen.add(member.Id);
    checkMember(rules, member.Id, member);
  }
}

export function checkMember<Member extends Identified>(
  { whenIdInvalid, whenIdsDiffer, checkSchema, checkValues }: FamilyRules<Member>,
  id: string,
  member: Member,
): void {
  checkSchema?.(member);
  const { Id } = member;
  if (!/^[\w.-]{1,64}$/.test(Id))
    throw new S3Error(whenIdInvalid, {}, `the Id ${writeGiven(Id)} is not 1 to 64 letters, digits, _, - and .`);
  if (Id !== id)
    throw new S3Error(whenIdsDiffer, {}, `the Id ${writeGiven(Id)} is not ${writeGiven(id)}, as in the query`);
  checkValues?.(member);
}

/** S3's schema wants a text in an element that is there (F1021). */
export function checkFilled(elements: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text] of Object.entries(elements))
    if (text === '') throw new S3Error('MalformedXML', {}, `<${name}> is empty`);
}

export function membersOf<Member extends Identified>(
  { name }: FamilyOf<Member>,
  { settings }: Pick<ConfiguredBucket, 'settings'>,
): readonly Member[] {
  return ((settings as Readonly<Record<string, unknown>>)[name] ?? []) as readonly Member[]; // of its own name
}

export function putMember<Member extends Identified>(
  family: FamilyOf<Member>,
  member: Member,
  bucket: ConfiguredBucket,
): void {
  const others = membersOf(family, bucket).filter(({ Id }) => Id !== member.Id);
  if (others.length >= mostMembers)
    throw new S3Error('TooManyConfigurations').quoting({ 'the number of configurations': others.length });
  bucket.change({ [family.name]: sort([...others, member]) });
}

export function deleteMember<Member extends Identified>(
  family: FamilyOf<Member>,
  id: string,
  bucket: ConfiguredBucket,
): boolean {
  const members = membersOf(family, bucket);
  const others = members.filter(({ Id }) => Id !== id);
  bucket.change({ [family.name]: sort(others) });
  return others.length < members.length;
}
