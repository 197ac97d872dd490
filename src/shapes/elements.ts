import type { RefusalName } from '../refusals';
import type {
  InterleavedShape,
  ItemCount,
  Leaf,
  ListShape,
  MapShape,
  Members,
  Shape,
  StructureShape,
  Traits,
} from './shape';
import { text } from './values';

type Content = Shape | Members;

type ShapeOf<C> = C extends Shape ? C : C extends Members ? StructureShape<C> : never;

function shapeOf<const C extends Content>(content: C): ShapeOf<C> {
  // No member of S3 begins with a small letter, so a `kind` is that of a shape.
  return ('kind' in content ? content : { kind: 'structure', members: content }) as ShapeOf<C>;
}

export function structure<const M extends Members>(members: M): StructureShape<M> {
  return { kind: 'structure', members };
}

/**
 * A child element that contains a value or a structure. S3 refuses a second element with the name. A member is a child element unless it
 * says something else.
 */
export function element<const C extends Content>(content: C, wireName?: string): ShapeOf<C> {
  const shape = shapeOf(content);
  return wireName === undefined ? shape : { ...shape, wireName };
}

/** Items side by side, as S3 writes most lists: `<Rule/><Rule/>`. If no name is given, each item has the name of the list. */
export function list<const C extends Content>(
  content: C,
  itemName?: string,
  length?: ItemCount,
): ListShape<ShapeOf<C>> {
  return { kind: 'list', item: shapeOf(content), itemName, length };
}

/** Items in an element of their own: `<TagSet><Tag/><Tag/></TagSet>`. */
export function wrappedList<const C extends Content>(
  content: C,
  itemName: string,
  wireName?: string,
): ListShape<ShapeOf<C>> & Pick<Traits, 'wireName'> {
  return { kind: 'wrapped list', item: shapeOf(content), itemName, wireName };
}

/** A list of several kinds of items in one order on the wire. SDKs have a list for each kind, and each item names its list. */
export function interleaved<const K extends Readonly<Record<string, readonly [wireName: string, members: Members]>>>(
  kinds: K,
) {
  type Shaped = { readonly [Kind in keyof K]: readonly [string, StructureShape<K[Kind][1]>] };
  const shaped = Object.entries(kinds).map(([kind, [wireName, members]]) => [kind, [wireName, structure(members)]]);
  return { kind: 'interleaved', kinds: Object.fromEntries(shaped) } as InterleavedShape<Shaped>; // kind by kind
}

/** Any number of items. A required list of this length can be empty, and is not refused then. */
export const anyNumber: ItemCount = [0, Number.POSITIVE_INFINITY];

/** A member that S3 requires in a request, and that every answer has. */
export function required<const S extends Shape>(shape: S): S & { readonly isRequired: true } {
  return { ...shape, isRequired: true };
}

export function requiredOr<const S extends Shape>(
  shape: S,
  whenMissing: RefusalName,
): S & { readonly isRequired: true; readonly whenMissing: RefusalName } {
  return { ...shape, isRequired: true, whenMissing };
}

/** A member. A fixture can give its value in place of the structure, if the structure has no other members. */
export function chief<const S extends Shape>(shape: S): S & { readonly isChief: true } {
  return { ...shape, isChief: true };
}

export const entries: MapShape = { kind: 'map', item: text };

export function unlessEmpty<const S extends Shape>(shape: S): S & { readonly isAbsentIfEmpty: true } {
  return { ...shape, isAbsentIfEmpty: true };
}

/** An element that SDKs have and that the document of a request cannot contain here. The journal contains it as it was sent. */
export function malformedIfSent<const S extends Shape>(shape: S): S & { readonly isMalformedIfSent: true } {
  return { ...shape, isMalformedIfSent: true };
}

export function refusedInPlace<const S extends Shape>(
  shape: S,
  others: Readonly<Record<string, RefusalName>>,
): S & Pick<Traits, 'refusedInPlace'> {
  return { ...shape, refusedInPlace: others };
}

/** An attribute of the element that the structure describes, such as `xsi:type`. A namespace is declared at each element that has it. */
export function attribute<const S extends Leaf>(
  wireName: string,
  shape: S,
  namespace?: string,
): S & { readonly at: 'attribute' } {
  const traits: Traits & { readonly at: 'attribute' } = { at: 'attribute', wireName, namespace };
  return { ...shape, ...traits };
}

/** The text of the element that the structure describes, as in GetBucketLocation's answer. */
export function rootText<const S extends Leaf>(shape: S): S & { readonly at: 'text' } {
  return { ...shape, at: 'text' };
}

/** A structure whose members are in the root of an answer. SDKs have a name for it, such as CopyObjectResult; the wire has no name. */
export function inRoot<const M extends Members>(
  members: M,
): StructureShape<M> & { readonly at: 'in root'; readonly isRequired: true } {
  return { ...structure(members), at: 'in root', isRequired: true };
}
