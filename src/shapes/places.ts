import type { RefusalName, S3Error } from '../refusals';
import { structure } from './elements';
import type {
  Leaf,
  LeafShape,
  ListShape,
  MapShape,
  Members,
  SentPart,
  Shape,
  StructureShape,
  StructureValue,
  Traits,
  WirePlace,
} from './shape';
import { text } from './values';

type Limits = Pick<Traits, 'dialect' | 'stage' | 'ignoredBy' | 'withoutTransfer'>;

/** A member at a place: of its type, only the value counts. */
type Placed<S> = S & Pick<Traits, 'at'>;
type Text = typeof text;
type Always = { readonly isRequired: true };

function at<const S extends Shape>(place: WirePlace, shape: S, traits: Traits): Placed<S> {
  const member: S & Traits = { ...shape, at: place, ...traits };
  return member;
}

/** A header of the request or the answer. If several names are possible, the first one that the request contains counts. */
export function header(name: string): Placed<Text>;
export function header<const S extends Leaf>(name: string | readonly string[], shape: S, limits?: Limits): Placed<S>;
export function header(name: string | readonly string[], shape: Leaf = text, limits: Limits = {}): Leaf & Traits {
  return { ...shape, at: 'header', wireName: name, ...limits };
}

export function headerOrTrailer(name: string): Placed<Text> {
  return at('header or trailer', text, { wireName: name });
}

/** A map of all headers with a prefix such as `x-amz-meta-`, under the rest of their names. */
export function prefixHeaders(prefix: string, item: Leaf = text): Placed<MapShape> {
  return at('prefix headers', { kind: 'map', item }, { wireName: prefix });
}

export function storedHeaders<const M extends Members>(members: M): M {
  const marked = Object.entries(members).map(([name, member]) => [name, { ...member, isStored: true }]);
  return Object.fromEntries(marked);
}

export function query(name: string): Placed<Text>;
export function query<const S extends Leaf>(name: string, shape: S, limits?: Limits): Placed<S>;
export function query(name: string, shape: Leaf = text, limits: Limits = {}): Leaf & Traits {
  return { ...shape, at: 'query', wireName: name, ...limits };
}

export function queryList(name: string): Placed<ListShape<Text>> {
  return at('query', { kind: 'list', item: text }, { wireName: name });
}

/** A parameter that S3 requires. An empty one counts as missing. */
export function requiredQuery(name: string, whenMissing: RefusalName): Placed<Text> & Always {
  return { ...at('query', text, { wireName: name, whenMissing }), isRequired: true };
}

/** A label of the declaration's path, `{Bucket}` or `{Key+}`. The path itself declares it. */
export function label(): Placed<Text> & Always {
  return { ...text, at: 'label', isRequired: true };
}

/** The greatest length of most documents (F271). */
export const mebibyte = 1024 * 1024;

interface PayloadLimits
  extends Pick<
    Traits,
    'maxBytes' | 'roots' | 'emptyIsMalformed' | 'adviceForText' | 'whenMalformed' | 'refusalOfRequest'
  > {
  /** S3 also accepts a request without a body. */
  readonly optional?: boolean;
}

export function payload<const M extends Members>(
  members: M,
  limits: PayloadLimits & { readonly optional: true },
): Placed<StructureShape<M>>;
export function payload<const M extends Members>(
  members: M,
  limits?: PayloadLimits,
): Placed<StructureShape<M>> & Always;
export function payload(members: Members, { optional, ...limits }: PayloadLimits = {}): Shape & Traits {
  return { ...structure(members), at: 'payload', ...limits, ...(!optional && { isRequired: true }) };
}

/** The body as an XML document whose elements are members of the input, by the name of its root. */
export function flatPayload(root: string, members: Members): Members {
  const document = { ...structure(members), at: 'payload', isRequired: true, isFlat: true } as const;
  return { [root]: document };
}

export function inputMembers(members: Members): Members {
  const entries = Object.entries(members).flatMap(([name, member]) =>
    member.isFlat && member.kind === 'structure' ? Object.entries(member.members) : [[name, member] as const],
  );
  return Object.fromEntries(entries);
}

/** The body as a document that is not XML, such as a policy. Its operation reads the text. */
export function payloadText(): Placed<Text> {
  return { ...text, at: 'payload' };
}

/** The body as an XML document that S3 never refuses; undefined if it cannot be read. */
export function sentDocument<const M extends Members>(members: M): Placed<StructureShape<M>> {
  return { ...structure(members), at: 'unchecked payload' };
}

/** An element of such a document that is a member of the input by itself. */
export function inDocument<const S extends Shape>(shape: S): Placed<S> {
  return { ...shape, at: 'in unchecked payload' };
}

/**
 * The bytes of a blob. The type has a name, since the compiler would write `Uint8Array<ArrayBufferLike>` into the declarations, which
 * TypeScript before 5.7 cannot read.
 */
export interface ByteArray extends Uint8Array {}

type Body = Placed<LeafShape<ByteArray>>;

export function blob(): Body {
  return { kind: 'bytes', at: 'body' };
}

/** The body as it came; undefined if the request has none. */
export function sentBody(): Body {
  return at('body', { kind: 'bytes' }, { isAbsentIfEmpty: true });
}

/** A parameter of a body that is a form, as IBM Cloud's token service reads it. */
export function form(name: string): Placed<Text> {
  return at('form', text, { wireName: name });
}

/** A field of a browser's form, by its name or by an older one. */
export function field(...names: readonly [string, ...string[]]): Placed<Text> {
  return at('form field', text, { wireName: names });
}

/** A field that is an XML document. S3 ignores a document with another root (F569). */
export function documentField<const M extends Members>(
  name: string,
  root: string,
  members: M,
): Placed<StructureShape<M>> {
  return at('form field', structure(members), { wireName: name, roots: [root] });
}

export function fileName(): Placed<Text> {
  return { ...text, at: 'file name' };
}

export function status<Codes extends number>(): Placed<LeafShape<Codes>> & Always {
  return { kind: 'integer', at: 'status', isRequired: true };
}

/** A member with a check of the request that S3 makes before it reads the member. */
export function refusedFirst<const S extends Shape>(
  member: S,
  refusalOfRequest: (sent: SentPart) => S3Error | undefined,
): S & Pick<Traits, 'refusalOfRequest'> {
  return { ...member, refusalOfRequest };
}

export type Input<M extends Members> = StructureValue<M>;
