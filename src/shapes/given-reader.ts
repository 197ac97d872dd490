import { types } from 'node:util';
import { Code, call } from '../text/calls';
import { invalidValue } from '../text/invalid-value';
import { readItems, writeAlternatives } from '../text/lists';
import { checkHasMembers, checkOptionNames } from '../text/member-names';
import { makeMistake } from '../text/mistakes';
import { readMoment } from '../text/moments';
import { clause, say } from '../text/reason';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';
import { readShape } from './document-reader';
import { anyNumber } from './elements';
import { isNumber, writeRange } from './expected-values';
import { type GivenTraits, givenNames } from './given';
import type { ItemCount, Leaf, Members, Shape, StructureValue, Traits } from './shape';

/** The place of a value in the test's call, and the present moment of the mock. */
interface Giving {
  readonly at: string;
  readonly now: number;
  /** Between the place and the name of a structure in it. Default `, `. */
  readonly joint?: ': ';
}

type Member = Shape & GivenTraits & Pick<Traits, 'isRequired' | 'isChief'>;

type GivenMembers = Readonly<Record<string, Member>>;

/** Throws a TypeError for a member that is not known, and for a wrong value. `cures` say what to write for members that others have. */
export function readOptions<M extends GivenMembers>(
  members: M,
  literal: object,
  giving: Giving,
  names: readonly string[] = givenNames(members),
  cures: Readonly<Record<string, string>> = {},
): StructureValue<M> {
  checkOptionNames(giving.at, literal, names, cures);
  return readGiven(members, literal, giving);
}

/** Throws a TypeError that names the member, its value and what would be right. */
export function readGiven<M extends GivenMembers>(members: M, literal: object, giving: Giving): StructureValue<M> {
  const read: Record<string, unknown> = {};
  for (const { name, member } of listLines(members).given) {
    const value: unknown = Reflect.get(literal, name);
    if (value !== undefined || member.isRequired) read[name] = readMember(name, member, value, giving);
  }
  return read as StructureValue<M>; // member by member
}

interface Line {
  readonly name: string;
  readonly member: Member;
}

/** The form of a copy: as a handle shows it, or as a literal, which leaves out the values that are defaults. */
export type Form = 'handle' | 'literal';

interface Lines extends Readonly<Record<'given' | Form, readonly Line[]>> {
  readonly names: readonly string[];
  readonly chief: string | undefined;
}

/** The lines of shapes, which are constants: each version of a fixture is read by them. */
const linesOf = new WeakMap<GivenMembers, Lines>();

function listLines(members: GivenMembers): Lines {
  const known = linesOf.get(members);
  if (known !== undefined) return known;
  const all = Object.entries(members).map(([name, member]) => ({ name, member }));
  const lines = {
    names: givenNames(members),
    chief: all.find(({ member }) => member.isChief)?.name,
    given: all.filter(({ member }) => !member.isShownOnly),
    handle: all.filter(({ member }) => !member.isGivenOnly),
    literal: all.filter(({ member }) => !member.isShownOnly && !member.isUnwritten),
  };
  linesOf.set(members, lines);
  return lines;
}

function readMember(name: string, member: Member, value: unknown, giving: Giving): unknown {
  const { at } = giving;
  if (value === null && member.isNullable) return value;
  if (member.accepts !== undefined && !member.accepts(value))
    throw invalidValue(at, member.label ?? name, value, member.expected ?? 'another value', wordsOf(member));
  if (member.isJudged || member.accepts !== undefined) return value;
  if (member.read !== undefined) return member.read(at, value as never, { name, now: giving.now }); // which throws for a wrong value
  switch (member.kind) {
    case 'structure':
      return readStructure(name, member, value, giving);
    case 'map':
      return readEntries(name, member, value, giving);
    case 'list':
      if (!isListOf(member, value)) throw invalidValue(at, name, value, member.expected ?? 'a list');
      return readItems(value as readonly unknown[]).map((item, index) =>
        readMember(member.isIndexed ? `${name}[${index}]` : `${name} ${index + 1}`, member.item, item, giving),
      );
    case 'date':
      return new Date(readMomentOf(member, value as Date, `${at}: ${name}`, giving.now)); // which throws for anything else
    default:
      return readLeaf(name, member as Leaf & Member, value, at); // fixtures have no other kinds
  }
}

function isListOf({ length: [least, most] = anyNumber }: { readonly length?: ItemCount | undefined }, value: unknown) {
  return Array.isArray(value) && value.length >= least && value.length <= most;
}

type GivenStructure = Extract<Shape, { readonly kind: 'structure' }> & GivenTraits;

function readStructure(name: string, shape: GivenStructure, value: unknown, giving: Giving): unknown {
  const { members, shortForms, example, expected = example && `an object such as ${example}`, either, ignored } = shape;
  if (shortForms !== undefined && typeof value === 'string') {
    if (shortForms.includes(value)) return value;
    throw invalidValue(giving.at, name, value, expected ?? writeAlternatives(shortForms), shortForms);
  }
  const at = `${giving.at}${shape.isNamed ? ': ' : (giving.joint ?? ', ')}${name}`;
  if (shape.isDocument) return readShape(at, shape, value);
  const { chief, names } = listLines(members);
  const isShort = chief !== undefined && !isRecord(value) && (typeof value === 'string' || expected === undefined);
  const literal = isShort ? { [chief]: value } : value;
  if (!isRecord(literal) && expected !== undefined) throw invalidValue(giving.at, name, value, expected);
  if (shape.isNamed) checkHasMembers(at, literal as object, names);
  else checkOptionNames(at, leaveOut(ignored, literal as object), names); // which throws for anything else
  if (either !== undefined) checkEither(at, members, either, literal as object);
  return readGiven(members, literal as object, { ...giving, at });
}

function leaveOut(ignored: readonly string[] | undefined, literal: object): object {
  if (ignored === undefined || !isRecord(literal)) return literal;
  return Object.fromEntries(Object.entries(literal).filter(([name]) => !ignored.includes(name)));
}

function readEntries(
  name: string,
  { item, entry, example, expected = `an object such as ${example}` }: Extract<Member, { readonly kind: 'map' }>,
  value: unknown,
  giving: Giving,
): object {
  if (!isRecord(value)) throw invalidValue(giving.at, name, value, expected);
  const { accepts = (text: unknown) => fits(item, text) }: Leaf & GivenTraits = item;
  for (const [key, text] of Object.entries(value)) {
    entry?.checkName?.(giving.at, key);
    if (!accepts(text)) readMember(`${entry?.label ?? name} ${writeGiven(key)}`, item, text, giving); // which throws
  }
  return value;
}

function checkEither(
  at: string,
  members: Members,
  { thing, names, unless = '' }: NonNullable<GivenTraits['either']>,
  literal: object,
): void {
  const values = Object.fromEntries(names.map((name) => [name, Reflect.get(literal, name) as unknown]));
  const set = names.filter((name) => values[name] !== undefined);
  if (set.length === 0 && Reflect.get(literal, unless) !== undefined) return;
  const leaves = names.map((name) => [name, members[name] as Leaf] as const); // alternatives are single values
  if (set.length === 1 && leaves.every(([name, leaf]) => values[name] === undefined || isNumber(leaf, values[name])))
    return;
  const right = leaves.map(([name, { range }]) => `${name}, ${range?.join(' to ')}`);
  throw invalidValue(at, thing, values, `either ${right.join(', or ')}`);
}

function readLeaf(name: string, leaf: Leaf & Member, value: unknown, at: string): unknown {
  if (fits(leaf, value)) return value;
  const expected = leaf.expected ?? `${writeExpected(leaf)}${leaf.isRequired ? '' : ', or undefined'}`;
  throw invalidValue(at, leaf.label ?? name, value, expected, wordsOf(leaf));
}

/** The words for suggestions: the nearest word helps. */
function wordsOf(shape: Shape): readonly string[] {
  return shape.kind === 'words' ? shape.words : [];
}

function fits(leaf: Leaf, value: unknown): boolean {
  switch (leaf.kind) {
    case 'words':
      return leaf.words.some((word) => word === value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'long':
      return isNumber(leaf, value);
    default:
      return typeof value === 'string';
  }
}

function writeExpected(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'words':
      return writeAlternatives(leaf.words);
    case 'boolean':
      return 'true or false';
    case 'integer':
    case 'long':
      return `a whole number${writeRange(leaf)}`;
    default:
      return 'text';
  }
}

function readMomentOf({ isPast }: Member, value: Date, call: string, now: number): number {
  return isPast ? readPast(value, call, now) : readMoment(value, call);
}

/** The call that begins at a later moment, for messages about a moment in the future: what was done must be in the past. */
const beginning = call('mockS3(...)', { '...': { now: new Code('…') } });

export function readPast(moment: Date | number | string, label: string, now: number): number {
  const time = readMoment(moment, label);
  if (time <= now) return time;
  throw makeMistake(
    say`${label} ${writeGiven(moment)} is in the future: the mock's clock says ${new Date(now).toISOString()}. Give an earlier moment${clause`, or begin at a later one: ${beginning}`}.`,
  );
}

/** The functions that write the values of a test again, one for each member. They return undefined for a missing member. */
export type Writers<Given, Of> = { readonly [Name in keyof Required<Given>]: (of: Of) => Given[Name] | undefined };

export function writeMembers<Given extends object, Of>(writers: Writers<Given, Of>, of: Of): Given {
  const written: Record<string, unknown> = {};
  for (const [name, write] of Object.entries<(of: Of) => unknown>(writers)) {
    const value = write(of);
    if (value !== undefined) written[name] = value;
  }
  return written as Given; // member by member
}

/** Returns the values as a handle shows them: a frozen copy with its own dates. */
export function showStructure(shape: GivenStructure, values: object): object {
  return Object.freeze(copyMembers(shape.members, values, 'handle'));
}

/** Returns the values as a literal contains them, with dates as JSON can store them. */
export function writeGivenMembers(members: GivenMembers, values: object): object {
  return Object.freeze(copyMembers(members, values, 'literal'));
}

/** Copies members by a shape. `copied` can already contain members that another shape describes. */
export function copyMembers(members: GivenMembers, values: object, form: Form, copied: object = {}): object {
  // Plain access by name takes a quarter of the time of Reflect.
  const [source, made] = [values as Readonly<Record<string, unknown>>, copied as Record<string, unknown>]; // by the names of the shape
  for (const { name, member } of listLines(members)[form]) {
    const value = source[name];
    if (form === 'handle' ? value !== undefined || member.isAlwaysShown : isWritten(member, value))
      made[name] = copyValue(member, value, form);
  }
  return copied;
}

function isWritten(member: Member, value: unknown): boolean {
  if (value === undefined || value === member.byDefault) return false;
  if (member.isRequired || (member.kind !== 'map' && member.kind !== 'list')) return true;
  return Object.keys(value ?? {}).length > 0;
}

function copyValue(shape: Member, value: unknown, form: Form): unknown {
  if (typeof value !== 'object') return value;
  if (types.isDate(value)) return form === 'handle' ? new Date(value) : value.toISOString();
  if (shape.kind === 'structure' && isRecord(value)) {
    const copied = copyMembers(shape.members, value, form);
    return form === 'handle' ? Object.freeze(copied) : shorten(shape, copied);
  }
  if ('item' in shape && Array.isArray(value))
    return Object.freeze(value.map((item: unknown) => copyValue(shape.item, item, form)));
  return shape.kind === 'map' && !Object.isFrozen(value) ? Object.freeze({ ...value }) : value;
}

/** Writes a structure whose chief member is its only one in short, as the value of that member. */
function shorten({ members }: GivenStructure, copied: object): unknown {
  const { chief } = listLines(members);
  const isShort = chief !== undefined && chief in copied && Object.keys(copied).length === 1;
  return isShort ? Reflect.get(copied, chief) : Object.freeze(copied);
}
