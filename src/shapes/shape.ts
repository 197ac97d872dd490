import type { RefusalDetails, RefusalName, S3Error } from '../refusals';
import type { DialectName } from '../wire';

/**
 * The one language for what a document, a request or an answer looks like, as data: members under the SDKs' names, in S3's order, each with
 * its kind, its place and its name on the wire. `protocol/document` reads and writes by it, `preset` reads a test's literal by it, and the
 * types of inputs, outputs, fixtures and the model follow from it.
 * @module
 */

/** The kinds of a single value. */
type LeafKind =
  | 'text'
  /** Text that S3 writes without escaping it. */
  | 'plain text'
  /** A whole number that fits 32 bits. */
  | 'integer'
  /** A whole number beyond 32 bits. */
  | 'long'
  /** `true` or `false`, in any case of letters. */
  | 'boolean'
  /** A date in ISO 8601, in whole seconds. */
  | 'date'
  /** A date in ISO 8601, with milliseconds. */
  | 'date with milliseconds'
  /** A date in ISO 8601, with milliseconds unless they are 0. */
  | 'instant'
  | 'http date'
  | 'word list'
  /** Text beyond printable ASCII, which headers carry as encoded words (F215). */
  | 'encoded words'
  | 'bytes';

/** S3's own refusal of an invalid text, by name. Its details can be `sentText`, `sentNumber` or `sentName`. */
export interface NamedRefusal<Name extends RefusalName = RefusalName> {
  readonly name: Name;
  readonly details?: RefusalDetails[Name] | undefined;
}

/** A pattern as refusals print it, which is Java's, and the expression that matches the same. */
export interface TextPattern {
  readonly printed: string;
  readonly matches: RegExp;
}

/** The ways in which a value on the wire can differ from others of its kind. */
interface Conversion {
  /** The refusal of an invalid text. If it is left out, S3 gives the refusal that is usual at that place. */
  readonly refusal?: NamedRefusal;
  readonly range?: readonly [least: number, most: number];
  readonly pattern?: TextPattern;
  /** The least and the most code points of a text. */
  readonly textLength?: readonly [least: number, most?: number | undefined];
  /** The refusal of a number out of its range. Default: the refusal of an invalid text. */
  readonly outOfRange?: NamedRefusal;
  /** The value of an empty text. */
  readonly whenEmpty?: number;
  /** The value of a text that is not valid, so that none is refused. */
  readonly otherwise?: boolean;
  /** The kind that the text has to have, although SDKs have it as text. */
  readonly form?: Leaf;
  /** The refusal of a text, if only a rule elsewhere knows it. */
  readonly refusalOfText?: (text: string, name: string) => S3Error | undefined;
  /** The words that S3 knows, for a text that can also contain others, which S3 refuses later or ignores. */
  readonly known?: readonly string[];
  /** Reads the text, if no kind does; returns undefined if the text is not valid. */
  readonly convert?: (text: string) => unknown;
}

export interface LeafShape<T, Kind extends LeafKind = LeafKind> extends Conversion {
  readonly kind: Kind;
  /** Is never set: only the compiler uses it, for the type of the value. */
  readonly type?: T;
}

export interface WordsShape<Word extends string> extends Conversion {
  readonly kind: 'words';
  readonly words: readonly Word[];
}

export type Leaf = LeafShape<unknown> | WordsShape<string>;

export interface StructureShape<M extends Members> {
  readonly kind: 'structure';
  readonly members: M;
}

/**
 * The shape of a list: items side by side, or in an element of their own. A list that is not wrapped counts as absent if it has no items,
 * unless it is required.
 */
export interface ListShape<Item> {
  readonly kind: 'list' | 'wrapped list';
  readonly item: Item;
  /** The name of an item on the wire. Default: the name of the list. */
  readonly itemName?: string | undefined;
  /** The least and the most items; if it is left out, any number. */
  readonly length?: ItemCount | undefined;
}

export type ItemCount = readonly [least: number, most: number];

type Kinds = Readonly<Record<string, readonly [wireName: string, shape: { readonly members: Members }]>>;

export interface InterleavedShape<K extends Kinds> {
  readonly kind: 'interleaved';
  readonly kinds: K;
}

/** The shape of texts under names of their own, such as metadata. */
export interface MapShape {
  readonly kind: 'map';
  readonly item: Leaf;
}

export type Shape =
  | Leaf
  | { readonly kind: 'structure'; readonly members: Members }
  | {
      readonly kind: 'list' | 'wrapped list';
      readonly item: Shape;
      readonly itemName?: string | undefined;
      readonly length?: ItemCount | undefined;
    }
  | { readonly kind: 'interleaved'; readonly kinds: Kinds }
  | MapShape;

/** The places of members. A member without a place is an element of its document. */
export type WirePlace =
  | 'attribute'
  /** The text of the element that the structure describes. */
  | 'text'
  /** Members that are in the root of an answer, although SDKs have a name for them. */
  | 'in root'
  | 'header'
  | 'header or trailer'
  | 'prefix headers'
  | 'query'
  | 'label'
  | 'payload'
  /** A document that S3 never refuses, or an element of it. */
  | 'unchecked payload'
  | 'in unchecked payload'
  | 'body'
  | 'form'
  | 'form field'
  | 'file name'
  | 'status';

/** The part of a request that a check of a member reads. */
export interface SentPart {
  readonly headers: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface Traits {
  readonly at?: WirePlace;
  /** The name on the wire, if it is not the SDKs' name. Of several names, the first one that the request contains counts. */
  readonly wireName?: string | readonly string[] | undefined;
  /** S3 requires the member in a request, and every answer has it. */
  readonly isRequired?: true;
  /** Whether a fixture can give its value in place of the structure, if the structure has no other members. */
  readonly isChief?: true;
  /** An empty element, or an empty body, counts as absent. */
  readonly isAbsentIfEmpty?: true;
  /** SDKs have the member, but S3 refuses a document that contains it. */
  readonly isMalformedIfSent?: true;
  /** The elements that S3 knows in the place of the member and refuses, each with its refusal. */
  readonly refusedInPlace?: Readonly<Record<string, RefusalName>>;
  /** The namespace of an attribute, which S3 declares at each element that uses it. */
  readonly namespace?: string | undefined;
  /** SDKs have no name for the document: its members are members of the input. */
  readonly isFlat?: true;
  /** The only service that has the member. */
  readonly dialect?: DialectName | undefined;
  /** The stage at which S3 refuses an invalid text. Default `head`. */
  readonly stage?: 'query' | 'access' | 'head' | undefined;
  /** The service that reads an invalid text as an absent text: one service, or both. */
  readonly ignoredBy?: DialectName | 'both' | undefined;
  /** S3 keeps the header with an object, and answers it among the others in an order of its own (F980). */
  readonly isStored?: true;
  /** Returns the text of a header without the parts that only describe the transfer; undefined if nothing is left. */
  readonly withoutTransfer?: ((sent: string, headers: ReadonlyMap<string, string>) => string | undefined) | undefined;
  readonly whenMissing?: RefusalName;
  /** Checks the member together with other parts of the request, before the member is read. Returns a refusal. */
  readonly refusalOfRequest?: (sent: SentPart) => S3Error | undefined;
  /** S3 refuses a longer body before it reads it. Default 1 MiB. */
  readonly maxBytes?: number | undefined;
  /** The names that the root can have. If they are left out, S3 ignores the root's name. */
  readonly roots?: readonly string[] | undefined;
  /** An empty body is MalformedXML, and not a missing one. */
  readonly emptyIsMalformed?: boolean | undefined;
  /** The refusal of a document that does not fit, if it is not MalformedXML. */
  readonly whenMalformed?: 'AclMalformed' | undefined;
  /** The journal's advice for a text that XML 1.0 cannot hold. */
  readonly adviceForText?: string | undefined;
}

/** Members by the SDKs' names, in the order in which S3 writes them. */
export interface Members {
  readonly [name: string]: Shape & Traits;
}

/** The value that a shape describes, as handlers and SDKs have it. */
export type ValueOf<S> = S extends { readonly kind: 'words'; readonly words: readonly (infer Word)[] }
  ? Word
  : S extends { readonly kind: 'structure'; readonly members: infer M }
    ? StructureValue<M>
    : S extends { readonly kind: 'list' | 'wrapped list'; readonly item: infer Item }
      ? readonly ValueOf<Item>[]
      : S extends { readonly kind: 'interleaved'; readonly kinds: infer K }
        ? readonly { [Kind in keyof K]: { readonly [Name in Kind]: KindValue<K[Kind]> } }[keyof K][]
        : S extends MapShape
          ? Readonly<Record<string, string>>
          : S extends LeafShape<infer T>
            ? T
            : never;

type KindValue<K> = K extends readonly [string, infer S] ? ValueOf<S> : never;

/** The values of members by name. Mapped by name, they keep their comments, which editors show. */
export type StructureValue<M> = { readonly [K in keyof M as RequiredName<M, K>]: ValueOf<M[K]> } & {
  readonly [K in keyof M as OptionalName<M, K>]?: ValueOf<M[K]>;
};

export type RequiredName<M, K extends keyof M> = M[K] extends { readonly isRequired: true } ? K : never;
export type OptionalName<M, K extends keyof M> = M[K] extends { readonly isRequired: true } ? never : K;

/**
 * The value as a test writes it: dates in any form, and undefined for a member that is left out. A required member can be undefined, as in
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
