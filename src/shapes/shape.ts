/**
 * Shapes of documents as data: the members under the SDKs' names, in S3's order, and the values that each member has. `protocol/document`
 * reads and writes XML by them, and `preset` reads a test's literal by them.
 * @module
 */

type LeafKind = 'text' | 'integer' | 'long' | 'boolean' | 'date';

/** The shape of a single value: text, a number, a date. */
export interface LeafShape<T, Kind extends LeafKind = LeafKind> {
  readonly kind: Kind;
  /** Never set: it carries only the type of the value. */
  readonly type?: T;
}

/** The shape of a value that is one of a few words. */
export interface WordsShape<Word extends string> {
  readonly kind: 'words';
  readonly words: readonly Word[];
}

/** The shape of an object of members. */
export interface StructureShape<M extends Members> {
  readonly kind: 'structure';
  readonly members: M;
}

/**
 * The shape of a list: items side by side, or in an element of their own. A list that is not wrapped counts as absent if it has no items.
 */
export interface ListShape<Item extends Shape> {
  readonly kind: 'list' | 'wrapped list';
  readonly item: Item;
  /** The name of an item on the wire. */
  readonly itemName: string;
  /** The least and the most items; if it is left out, any number. */
  readonly length?: ItemCount;
}

type ItemCount = readonly [least: number, most: number];

/** The shape of a single value, of members, or of a list. */
export type Shape =
  | LeafShape<unknown>
  | WordsShape<string>
  | { readonly kind: 'structure'; readonly members: Members }
  | {
      readonly kind: 'list' | 'wrapped list';
      readonly item: Shape;
      readonly itemName: string;
      readonly length?: ItemCount;
    };

/** The name of a member on the wire, if it is not the SDKs' name. */
export interface Named {
  readonly wireName?: string;
}

/** A member that is an attribute of its element. */
export interface Attribute extends Named {
  readonly isAttribute: true;
}

/** A member that S3 requires. */
type Required<S extends Shape = Shape> = S & { readonly isRequired: true };

/** Members by the SDKs' names, in the order in which S3 writes them. */
export interface Members {
  readonly [name: string]: Shape & Named & Partial<Attribute>;
}

/** The value that a shape describes, as handlers and SDKs have it. */
export type ValueOf<S> = S extends { readonly kind: 'words'; readonly words: readonly (infer Word)[] }
  ? Word
  : S extends { readonly kind: 'structure'; readonly members: infer M }
    ? StructureValue<M>
    : S extends { readonly kind: 'list' | 'wrapped list'; readonly item: infer Item }
      ? readonly ValueOf<Item>[]
      : S extends LeafShape<infer T>
        ? T
        : never;

/** Mapped by name, the members keep their comments, which editors show. */
type StructureValue<M> = { readonly [K in keyof M as RequiredName<M, K>]: ValueOf<M[K]> } & {
  readonly [K in keyof M as OptionalName<M, K>]?: ValueOf<M[K]>;
};

type RequiredName<M, K extends keyof M> = M[K] extends { readonly isRequired: true } ? K : never;
type OptionalName<M, K extends keyof M> = M[K] extends { readonly isRequired: true } ? never : K;

/**
 * The value as a test writes it: dates in any form, and undefined for a member that is left out. A required member may be undefined, as in
 * the SDKs' types, so that their values fit; S3 refuses it.
 */
export type LiteralOf<S> = S extends { readonly kind: 'structure'; readonly members: infer M }
  ? { readonly [K in keyof M as RequiredName<M, K>]: LiteralOf<M[K]> | undefined } & {
      readonly [K in keyof M as OptionalName<M, K>]?: LiteralOf<M[K]> | undefined;
    }
  : S extends { readonly kind: 'list' | 'wrapped list'; readonly item: infer Item }
    ? readonly LiteralOf<Item>[]
    : S extends { readonly kind: 'date' }
      ? Date | number | string
      : ValueOf<S>;

export const text: LeafShape<string> = { kind: 'text' };
/** A whole number that fits 32 bits. */
export const integer: LeafShape<number> = { kind: 'integer' };
/** A whole number beyond 32 bits, such as a size in bytes. */
export const long: LeafShape<number> = { kind: 'long' };
export const boolean: LeafShape<boolean> = { kind: 'boolean' };
/** A date in ISO 8601, in whole seconds. */
export const date: LeafShape<Date, 'date'> = { kind: 'date' };

/** A word that S3 refuses later than other words, or ignores. Its type has the words that SDKs know. */
export function word<Words extends string>(): LeafShape<Words> {
  return { kind: 'text' };
}

/** Exactly one of the given words. */
export function words<const Word extends string>(...allowed: readonly Word[]): WordsShape<Word> {
  return { kind: 'words', words: allowed };
}

/** An object of members. */
export function structure<const M extends Members>(members: M): StructureShape<M> {
  return { kind: 'structure', members };
}

/** Items side by side, as S3 writes most lists: `<Rule/><Rule/>`. */
export function list<const Item extends Shape>(item: Item, itemName: string, length?: ItemCount): ListShape<Item> {
  return { kind: 'list', item, itemName, ...(length && { length }) };
}

/** Items in an element of their own: `<TagSet><Tag/><Tag/></TagSet>`. */
export function wrappedList<const Item extends Shape>(item: Item, itemName: string): ListShape<Item> {
  return { kind: 'wrapped list', item, itemName };
}

/** A member that S3 requires. */
export function required<const S extends Shape>(shape: S): Required<S> {
  return { ...shape, isRequired: true };
}

/** A member whose value a fixture may give in place of the structure, if the structure has no other members. */
export function chief<const S extends Shape>(shape: S): S {
  return { ...shape, isChief: true };
}

/** A member that has another name on the wire than in SDKs. */
export function named<const S extends Shape>(wireName: string, shape: S): S & Named {
  return { ...shape, wireName };
}

/** A member that is an attribute of its element, such as `xsi:type`. */
export function attribute<const S extends LeafShape<unknown> | WordsShape<string>>(
  wireName: string,
  shape: S,
): S & Attribute {
  return { ...shape, wireName, isAttribute: true };
}
