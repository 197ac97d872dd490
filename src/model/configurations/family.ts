import { S3Error } from '../../refusals/s3-error';
import { type ConfigurationValues, configurationShapes, type FamilyName } from '../../shapes/configurations';
import { writeGiven } from '../../text/values';
import type { Bucket } from '../bucket';
import type { Configuration } from './configuration';

/** One configuration of a family. */
export type FamilyMember<Name extends FamilyName> = ConfigurationValues[Name][number];

/** The rules of one configuration beyond its shape. */
interface Rules<Member> {
  /** The refusal of a document whose `Id` is not one of the ids that S3 takes (F380). */
  readonly whenIdInvalid: 'MalformedXML' | 'ConfigurationIdInvalid';
  /** The refusal of a document whose `Id` is not the one that the request names (F381). */
  readonly whenIdsDiffer: 'MalformedXML' | 'ConfigurationIdMismatch';
  /** Throws for a document that does not fit the schema in a way that a shape cannot express. */
  readonly checkSchema?: (member: Member) => void;
  /** Throws for a value that S3 refuses once the document fits and has the right id. */
  readonly checkValues?: (member: Member) => void;
}

/** A family: a bucket has up to 1,000 of its configurations, each under an id. The bucket's setting is their list, sorted by id. */
export interface Family<Name extends FamilyName> extends Configuration<Name>, Rules<FamilyMember<Name>> {}

/** Declares a family by the rules of its configurations. */
export function configurationFamily<const Name extends FamilyName>(
  name: Name,
  rules: Rules<FamilyMember<Name>>,
): Family<Name> {
  return {
    name,
    shape: configurationShapes[name],
    onDelete: 'as never put',
    accept(members) {
      checkMembers(members, rules);
      return settingOf(members);
    },
    ...rules,
  };
}

/** The list as a bucket keeps it: sorted by the ids, which are ASCII; undefined if it is empty. */
function settingOf<Name extends FamilyName>(members: readonly FamilyMember<Name>[]) {
  if (members.length === 0) return undefined;
  const sorted = members.toSorted((a, b) => (a.Id < b.Id ? -1 : 1));
  return sorted as readonly unknown[] as ConfigurationValues[Name]; // the same members
}

function checkMembers<Member extends { readonly Id: string }>(members: readonly Member[], rules: Rules<Member>): void {
  const seen = new Set<string>();
  for (const member of members) {
    if (seen.has(member.Id))
      throw new S3Error('MalformedXML', {}, `two configurations have the Id ${writeGiven(member.Id)}`);
    seen.add(member.Id);
    checkMember(rules, member.Id, member);
  }
}

/** Throws what S3 refuses of a configuration that is put under an id, whatever the bucket has. */
export function checkMember<Member extends { readonly Id: string }>(
  { whenIdInvalid, whenIdsDiffer, checkSchema, checkValues }: Rules<Member>,
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

/** Throws for an element of a document that is there and empty, by its name: S3's schema wants a text in it (F1021). */
export function checkFilled(elements: Readonly<Record<string, string | undefined>>): void {
  for (const [name, text] of Object.entries(elements))
    if (text === '') throw new S3Error('MalformedXML', {}, `<${name}> is empty`);
}

/** The configurations of a family that a bucket has, sorted by id. */
export function membersOf<Name extends FamilyName>(
  { name }: Family<Name>,
  { settings }: Pick<Bucket, 'settings'>,
): readonly FamilyMember<Name>[] {
  return (settings[name] ?? []) as readonly FamilyMember<Name>[]; // of its own name
}

const mostMembers = 1000;

/** Puts a configuration under its id, in the place of the one that it had, or throws what S3 refuses. */
export function putMember<Name extends FamilyName>(
  family: Family<Name>,
  member: FamilyMember<Name>,
  bucket: Bucket,
): void {
  const others = membersOf(family, bucket).filter(({ Id }) => Id !== member.Id);
  if (others.length >= mostMembers)
    throw new S3Error('TooManyConfigurations').quoting({ 'the number of configurations': others.length });
  bucket.change({ [family.name]: settingOf<Name>([...others, member]) });
}

/** Deletes the configuration of an id, and returns whether there was one. */
export function deleteMember<Name extends FamilyName>(family: Family<Name>, id: string, bucket: Bucket): boolean {
  const members = membersOf(family, bucket);
  const others = members.filter(({ Id }) => Id !== id);
  bucket.change({ [family.name]: settingOf<Name>(others) });
  return others.length < members.length;
}

/** The configurations after an id, up to a number, and whether more follow. */
export function pageOfMembers<Name extends FamilyName>(
  family: Family<Name>,
  bucket: Bucket,
  after: string,
  limit: number,
): { readonly page: readonly FamilyMember<Name>[]; readonly isTruncated: boolean } {
  const following = membersOf(family, bucket).filter(({ Id }) => Id > after);
  return { page: following.slice(0, limit), isTruncated: following.length > limit };
}
