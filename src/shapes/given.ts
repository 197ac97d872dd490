import type { Leaf, LeafShape, Members, Shape, StructureShape, ValueOf } from './shape';

/**
 * What a test gives and reads, in the language of shapes: the types of fixtures and of what handles show, the names that are known, and the words
 * of a TypeError follow from it. `preset/given` reads and writes by it.
 * @module
 */

/** What a member says beside its shape. */
export interface GivenTraits {
  /** What would be right, if the words for its kind are not enough. */
  readonly expected?: string;
  /** Whether it is right, if more than its kind decides. */
  readonly accepts?: (value: unknown) => boolean;
  /** A structure as a test may write it, `{ Days: 3 }`, or a number. */
  readonly example?: string;
  /** One of these members is given, unless another one replaces them. Together they are a `thing`. */
  readonly either?: { readonly thing: string; readonly names: readonly string[]; readonly unless?: string };
  /** It may not be in the future. */
  readonly isPast?: true;
  /** A rule by hand reads it, since more than its own value decides. */
  readonly isJudged?: true;
  /** No handle shows it. */
  readonly isGivenOnly?: true;
  /** A test cannot give it, since it follows from others. */
  readonly isShownOnly?: true;
  /** `toJSON` leaves it out, since it follows from others. */
  readonly isUnwritten?: true;
  /** A handle shows undefined if it is not set. */
  readonly isAlwaysShown?: true;
  readonly flag?: Flag;
}

/** An option on the command line. */
export type Flag =
  | { readonly leftOut: string }
  | (FlagText & { readonly sets: boolean })
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
  /** If it is not that of the option in small letters with hyphens. */
  readonly name?: string;
  readonly about: string | readonly string[];
}

export type GivenShape = Shape & GivenTraits;

type GivenMembers = Readonly<Record<string, GivenShape | undefined>>;

export function expecting<const S extends Shape>(
  shape: S,
  expected: string,
  accepts?: (value: unknown) => boolean,
): S & GivenTraits {
  return { ...shape, expected, ...(accepts && { accepts }) };
}

/** A value of a type that no shape describes, or that one describes on the command line alone. */
export function ofType<T>(onCommandLine?: GivenShape): LeafShape<T> & { readonly isJudged: true } {
  return { kind: 'text', ...onCommandLine, isJudged: true } as LeafShape<T> & { readonly isJudged: true }; // nobody reads it by its kind
}

export function inFlag<const S extends Shape>(shape: S, flag: Flag): S & { readonly flag: Flag } {
  return { ...shape, flag };
}

export function inPast<const S extends Leaf>(shape: S): S & { readonly isPast: true } {
  return { ...shape, isPast: true };
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

/** As a test writes it. */
export type GivenOf<S> = S extends { readonly kind: 'structure'; readonly members: infer M }
  ? GivenStructure<M> | ShortForm<M>
  : S extends { readonly kind: 'list' | 'wrapped list'; readonly item: infer Item }
    ? readonly GivenOf<Item>[]
    : S extends LeafShape<unknown, 'date'>
      ? Date | number | string
      : ValueOf<S>;

/** The value of its chief member stands for a structure. */
type ShortForm<M> = { [K in keyof M]: M[K] extends { readonly isChief: true } ? GivenOf<M[K]> : never }[keyof M];

/** Mapped by name, they keep their comments, which editors show. */
export type GivenStructure<M> = {
  readonly [K in keyof M as IsGiven<M, K> & Required<M, K>]: GivenOf<M[K]>;
} & { readonly [K in keyof M as IsGiven<M, K> & Optional<M, K>]?: GivenOf<M[K]> | undefined };

/** Options, of which none is given as undefined. */
export type OptionsOf<M> = { readonly [K in keyof M]?: GivenOf<M[K]> };

/** As a handle shows it. */
export type ShownOf<S> = S extends { readonly kind: 'structure'; readonly members: infer M }
  ? ShownStructure<M>
  : S extends { readonly kind: 'list' | 'wrapped list'; readonly item: infer Item }
    ? readonly ShownOf<Item>[]
    : ValueOf<S>;

export type ShownStructure<M> = {
  readonly [K in keyof M as IsShown<M, K> & Required<M, K>]: ShownOf<M[K]>;
} & {
  readonly [K in keyof M as IsShown<M, K> & Always<M, K>]: ShownOf<M[K]> | undefined;
} & { readonly [K in keyof M as IsShown<M, K> & Sometimes<M, K>]?: ShownOf<M[K]> };

type Required<M, K extends keyof M> = M[K] extends { readonly isRequired: true } ? K : never;
type Optional<M, K extends keyof M> = M[K] extends { readonly isRequired: true } ? never : K;
type Always<M, K extends keyof M> = M[K] extends { readonly isAlwaysShown: true } ? Optional<M, K> : never;
type Sometimes<M, K extends keyof M> = M[K] extends { readonly isAlwaysShown: true } ? never : Optional<M, K>;
type IsGiven<M, K extends keyof M> = M[K] extends { readonly isShownOnly: true } ? never : K;
type IsShown<M, K extends keyof M> = M[K] extends { readonly isGivenOnly: true } ? never : K;

export function givenNames(members: GivenMembers): readonly string[] {
  return Object.keys(members).filter((name) => members[name]?.isShownOnly === undefined);
}
