import { structure } from './elements';
import type { Leaf, LeafShape, MapShape, Members, Shape, StructureShape, ValueOf } from './shape';
import { text } from './values';

/**
 * The options and values that a test writes and reads, described by shapes. From a shape follow the known names, the values that are read
 * and shown, and the words of a TypeError. `shapes/given-reader` reads and writes by it. The interfaces are written by hand, and `shapeOf`
 * compares both (decision 81).
 * @module
 */

/** The traits of a member, in addition to its shape. */
export interface GivenTraits {
  /** The name in messages, if it is not the name of the member: `storage class`. */
  readonly label?: string;
  /** The words for right values, if the words for the kind are not enough. */
  readonly expected?: string;
  /** Whether a value is right, if more than its kind decides. */
  readonly accepts?: (value: unknown) => boolean;
  /** A structure as a test can write it, `{ Days: 3 }`, or a number. */
  readonly example?: string;
  /** One of these members is required, unless the member `unless` replaces them. Messages call them a `thing`. */
  readonly either?: { readonly thing: string; readonly names: readonly string[]; readonly unless?: string };
  /** Words that can stand in place of the structure. */
  readonly shortForms?: readonly string[];
  /** The value is read as a document of AWS's SDKs, and messages use the words of all such documents. */
  readonly isDocument?: true;
  /** Names of members that other libraries add to the object. They are not read, and not refused. */
  readonly ignored?: readonly string[];
  /** Messages about a wrong name speak of members, and not of options. */
  readonly isNamed?: true;
  /** Messages call an item `replicas[0]`, in place of `LegalHolds 1`. */
  readonly isIndexed?: true;
  /** Describes texts by names: the words for one in messages, `metadata 'author'`, and a check of the names. */
  readonly entry?: Entry;
  /** Whether the moment cannot be in the future. */
  readonly isPast?: true;
  /** Null is a value of its own: it stands for an option that was deleted. */
  readonly isNullable?: true;
  /** A handwritten rule reads the value, since more than the value itself decides. */
  readonly isJudged?: true;
  /** Reads the value, if its kind does not. */
  readonly read?: (at: string, value: never, where: GivenPlace) => unknown;
  /** Handles do not show the member. */
  readonly isGivenOnly?: true;
  /** A test cannot set the member, since it follows from others. */
  readonly isShownOnly?: true;
  /** `toJSON` leaves the member out, since it follows from others. */
  readonly isUnwritten?: true;
  /** Whether a handle shows undefined for a member that is not set. */
  readonly isAlwaysShown?: true;
  /** `toJSON` leaves this value out. */
  readonly byDefault?: string | undefined;
  readonly flag?: Flag;
}

/** The member that contains a value, and the present moment of the mock. */
export interface GivenPlace {
  readonly name: string;
  readonly now: number;
}

export interface Entry {
  readonly label: string;
  readonly checkName?: (at: string, name: string) => void;
}

/** An option on the command line. */
export type Flag =
  | { readonly leftOut: string }
  | (FlagText & {
      readonly sets: boolean;
      /** The purpose of the flag with `no-` before the name, which sets the opposite value. */
      readonly opposite?: string;
    })
  | (FlagText & {
      readonly value: string;
      /** The flag can be repeated. Its values are combined with those of fixtures (`cli/arguments`). */
      readonly isRepeatable?: true;
      /** The member of the option that the flag sets, if it sets only one. */
      readonly member?: string;
      /** An example of `name=value` with names that the user chooses; JSON is possible too. */
      readonly entries?: string;
      /** An example of the value, if it is JSON. */
      readonly json?: string;
    });

interface FlagText {
  /** The name, if it is not the option's name in small letters with hyphens. */
  readonly name?: string;
  readonly about: string | readonly string[];
}

export type GivenShape = Shape & GivenTraits;

/** The shape of a value that a function reads. The function throws for a wrong value. */
export function readBy<Given, Read>(
  read: (at: string, value: Given, where: GivenPlace) => Read,
): LeafShape<Read> & { readonly read: (at: string, value: Given, where: GivenPlace) => Read } {
  return { kind: 'text', read };
}

/** The shape of a value of unknown kind, which a handwritten rule reads. */
export const byRule: LeafShape<unknown> & { readonly isJudged: true } = { kind: 'text', isJudged: true };

type GivenMembers = Readonly<Record<string, GivenShape>>;

export function expecting<const S extends Shape>(
  shape: S,
  expected: string,
  accepts?: (value: unknown) => boolean,
): S & GivenTraits {
  return { ...shape, expected, ...(accepts && { accepts }) };
}

/** The shape of text that must have a form. */
export function matching(form: RegExp, expected: string): LeafShape<string, 'text'> & GivenTraits {
  return expecting(text, expected, (value) => typeof value === 'string' && form.test(value));
}

export function inFlag<const S extends Shape>(shape: S, flag: Flag): S & { readonly flag: Flag } {
  return { ...shape, flag };
}

/** The shape of texts under names that the test chooses. */
export function entriesOf(item: Leaf & GivenTraits, entry: Entry): MapShape & GivenTraits {
  return { kind: 'map', item, entry };
}

export function inWords<const S extends Shape>(shape: S, shortForms: readonly string[], expected: string) {
  return { ...shape, shortForms, expected };
}

export function asDocument<const S extends Shape>(shape: S): S & { readonly isDocument: true } {
  return { ...shape, isDocument: true };
}

export function byDefault<const S extends Shape>(shape: S, value: string | undefined): S & GivenTraits {
  return { ...shape, byDefault: value };
}

export function ignoring<const S extends Shape>(shape: S, ignored: readonly string[]) {
  return { ...shape, ignored };
}

export function inPast<const S extends Leaf>(shape: S): S & { readonly isPast: true } {
  return { ...shape, isPast: true };
}

export function orNull<const S extends Shape>(shape: S): S & { readonly isNullable: true } {
  return { ...shape, isNullable: true };
}

export function judgedByRule<const S extends Shape>(shape: S): S & { readonly isJudged: true } {
  return { ...shape, isJudged: true };
}

export function givenOnly<const S extends Shape>(shape: S): S & { readonly isGivenOnly: true } {
  return { ...shape, isGivenOnly: true };
}

export function shownOnly<const S extends Shape>(shape: S): S & { readonly isShownOnly: true } {
  return { ...shape, isShownOnly: true };
}

export function unwritten<const S extends Shape>(shape: S): S & { readonly isUnwritten: true } {
  return { ...shape, isUnwritten: true };
}

export function alwaysShown<const S extends Shape>(shape: S): S & { readonly isAlwaysShown: true } {
  return { ...shape, isAlwaysShown: true };
}

export function suchAs<const S extends Shape>(shape: S, example: string): S & GivenTraits {
  return { ...shape, example };
}

export function withOneOf<const M extends Members>(
  shape: StructureShape<M>,
  either: NonNullable<GivenTraits['either']>,
): StructureShape<M> & GivenTraits {
  return { ...shape, either };
}

/** The type of what a test writes. A document accepts what SDKs have, in addition to what S3 accepts. */
type GivenOf<S> = S extends { readonly isDocument: true }
  ? unknown
  : S extends { readonly read: (at: string, value: infer Given, where: GivenPlace) => unknown }
    ? Given
    : S extends { readonly kind: 'structure'; readonly members: infer M }
      ? { readonly [K in keyof M]?: GivenOf<M[K]> | undefined } | ShortForm<M>
      : S extends { readonly kind: 'list' | 'wrapped list'; readonly item: infer Item }
        ? readonly GivenOf<Item>[]
        : S extends LeafShape<unknown, 'date'>
          ? Date | number | string
          : ValueOf<S>;

/** The short form of a structure: the value of its chief member. */
type ShortForm<M> = { [K in keyof M]: M[K] extends { readonly isChief: true } ? GivenOf<M[K]> : never }[keyof M];

/** A shape for each member that a test writes or reads. The interfaces contain the sentences that users read. */
type LinesOf<Given, Shown> = { readonly [Name in keyof Given | keyof Shown]-?: GivenShape };

type Fitting<M, Given> = {
  readonly [Name in keyof M]: Name extends keyof Given ? LineFor<M[Name], Exclude<Given[Name], undefined>> : unknown;
};

type LineFor<S, Value> = Value extends GivenOf<S> ? unknown : never;

/** Makes a shape of members. If a member of the interfaces has no line, or a line of another kind, the call does not compile. */
export function shapeOf<Given, Shown = Given>() {
  return <const M extends LinesOf<Given, Shown>>(members: M & Fitting<M, Given>): StructureShape<M> =>
    structure(members);
}

/** The type of a value as a function shows it, under the names of its shape. Undefined members can be left out. */
export type Shown<T> = T extends Date | string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Shown<Item>[]
    : { readonly [Name in keyof T]?: Shown<T[Name]> | undefined };

/** A type that names each member of another, so that a forgotten member does not compile. */
export type Complete<T> = { readonly [Name in keyof Required<T>]: T[Name] };

/** The members that a handle shows. */
export function shownMembers(members: GivenMembers): Members {
  const shown = Object.entries(members).filter(([, shape]) => shape.isGivenOnly === undefined);
  return Object.fromEntries(
    shown.map(([name, shape]) => [
      name,
      shape.kind === 'structure' ? { ...shape, members: shownMembers(shape.members) } : shape,
    ]),
  );
}

export function givenNames(members: GivenMembers): readonly string[] {
  return Object.keys(members).filter((name) => members[name]?.isShownOnly === undefined);
}
