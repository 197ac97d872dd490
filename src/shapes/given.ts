import { structure } from './elements';
import type { Leaf, LeafShape, MapShape, Members, Shape, StructureShape, ValueOf } from './shape';
import { text } from './values';

/**
 * What a test gives and reads, in the language of shapes: the names that are known, what is read and shown, and the words of a TypeError follow from
 * it. `shapes/given-reader` reads and writes by it. The interfaces are by hand, and `shapeOf` compares both (decision 81).
 * @module
 */

/** What a member says beside its shape. */
export interface GivenTraits {
  /** Its name in messages, if that is not the name of the member: `storage class`. */
  readonly label?: string;
  /** What would be right, if the words for its kind are not enough. */
  readonly expected?: string;
  /** Whether it is right, if more than its kind decides. */
  readonly accepts?: (value: unknown) => boolean;
  /** A structure as a test can write it, `{ Days: 3 }`, or a number. */
  readonly example?: string;
  /** One of these members is required, unless another member replaces them. Together they are a `thing`. */
  readonly either?: { readonly thing: string; readonly names: readonly string[]; readonly unless?: string };
  /** Words that can stand in place of the structure. */
  readonly shortForms?: readonly string[];
  /** It is read as a document of AWS's SDKs, in the words that all of these have. */
  readonly isDocument?: true;
  /** Messages say that it has no such member, and not that there is no such option. */
  readonly isNamed?: true;
  /** Items are `replicas[0]` in messages, in place of `LegalHolds 1`. */
  readonly isIndexed?: true;
  /** How messages name one of several texts by names, `metadata 'author'`, and a check of the names. */
  readonly entry?: Entry;
  /** Whether it cannot be in the future. */
  readonly isPast?: true;
  /** Null is a value of its own: an option that was deleted. */
  readonly isNullable?: true;
  /** A rule by hand reads it, since more than its own value decides. */
  readonly isJudged?: true;
  /** Reads it, if no kind does. */
  readonly read?: (at: string, value: never, where: GivenPlace) => unknown;
  /** No handle shows it. */
  readonly isGivenOnly?: true;
  /** A test cannot give it, since it follows from others. */
  readonly isShownOnly?: true;
  /** `toJSON` leaves it out, since it follows from others. */
  readonly isUnwritten?: true;
  /** Whether a handle shows undefined for a member that is not set. */
  readonly isAlwaysShown?: true;
  /** `toJSON` leaves this value out. */
  readonly byDefault?: string | undefined;
  readonly flag?: Flag;
}

/** The member that a value is of, and the mock's now. */
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
      /** What the flag with `no-` before the name is for, which sets the opposite. */
      readonly opposite?: string;
    })
  | (FlagText & {
      readonly value: string;
      /** Its values are put together with what is in fixtures (`cli/arguments`). */
      readonly isRepeatable?: true;
      /** The only member of the option that it gives. */
      readonly member?: string;
      /** `name=value` with names that the user chooses, such as this, or JSON. */
      readonly entries?: string;
      readonly isJson?: true;
    });

interface FlagText {
  /** The name, if it is not the option's name in small letters with hyphens. */
  readonly name?: string;
  readonly about: string | readonly string[];
}

export type GivenShape = Shape & GivenTraits;

/** A function reads it, and throws for a wrong value. */
export function readBy<Given, Read>(
  read: (at: string, value: Given, where: GivenPlace) => Read,
): LeafShape<Read> & { readonly read: (at: string, value: Given, where: GivenPlace) => Read } {
  return { kind: 'text', read };
}

/** Its kind is unknown: a handwritten rule reads it. */
export const byRule: LeafShape<unknown> & { readonly isJudged: true } = { kind: 'text', isJudged: true };

type GivenMembers = Readonly<Record<string, GivenShape>>;

export function expecting<const S extends Shape>(
  shape: S,
  expected: string,
  accepts?: (value: unknown) => boolean,
): S & GivenTraits {
  return { ...shape, expected, ...(accepts && { accepts }) };
}

/** Text that a test has to give so. */
export function matching(form: RegExp, expected: string): LeafShape<string, 'text'> & GivenTraits {
  return expecting(text, expected, (value) => typeof value === 'string' && form.test(value));
}

export function inFlag<const S extends Shape>(shape: S, flag: Flag): S & { readonly flag: Flag } {
  return { ...shape, flag };
}

/** Texts by names that the test chooses. */
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

/** The value of its chief member stands for a structure. */
type ShortForm<M> = { [K in keyof M]: M[K] extends { readonly isChief: true } ? GivenOf<M[K]> : never }[keyof M];

/** A line for each member of what a test gives or reads, with the kind of its value: the interfaces have the sentences that users read. */
type LinesOf<Given, Shown> = { readonly [Name in keyof Given | keyof Shown]-?: GivenShape };

type Fitting<M, Given> = {
  readonly [Name in keyof M]: Name extends keyof Given ? LineFor<M[Name], Exclude<Given[Name], undefined>> : unknown;
};

type LineFor<S, Value> = Value extends GivenOf<S> ? unknown : never;

/** If a member of the interfaces has no line, or a line of another kind, the call does not compile. */
export function shapeOf<Given, Shown = Given>() {
  return <const M extends LinesOf<Given, Shown>>(members: M & Fitting<M, Given>): StructureShape<M> =>
    structure(members);
}

/** What a function says of a value under the names of its shape: undefined is left out. */
export type Shown<T> = T extends Date | string | number | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Shown<Item>[]
    : { readonly [Name in keyof T]?: Shown<T[Name]> | undefined };

/** It names each member, so that one which is missing does not compile. */
export type Whole<T> = { readonly [Name in keyof Required<T>]: T[Name] };

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
