import { S3Error } from '../../refusals';
import type { Members, Shape, ValueOf } from '../../shapes/shape';
import { type Element, type Elements, element, list, ofLength, required, unlessNone, wrappedList } from './elements';
import { boolean, integer, long, oneOf, refusing, text, timestamp, type Value } from './values';

/** The elements of a shape's members on the wire. */
export type ElementsOf<M extends Members> = {
  readonly [K in keyof M]: Element<
    M[K] extends { readonly isRequired: true } ? ValueOf<M[K]> : ValueOf<M[K]> | undefined
  >;
};

/** Reads and writes the members of a shape as elements of a document. */
export function elementsOf<const M extends Members>(members: M): ElementsOf<M> {
  const elements = Object.entries(members).map(([name, shape]) => [name, elementOf(shape)]);
  return Object.fromEntries(elements) as ElementsOf<M>; // member by member, by the shape of each
}

function elementOf(shape: Members[string]): Element<unknown> {
  const plain = plainElementOf(shape);
  return 'isRequired' in shape ? required(plain) : plain;
}

function plainElementOf(shape: Members[string]): Element<unknown> {
  switch (shape.kind) {
    case 'list': {
      const items = list(contentOf(shape.item), shape.itemName);
      const [least, most] = shape.length ?? [0, Number.POSITIVE_INFINITY];
      return unlessNone(ofLength(items, least, most));
    }
    case 'wrapped list':
      return wrappedList(contentOf(shape.item), shape.itemName, shape.wireName);
    default:
      return element(contentOf(shape), shape.wireName);
  }
}

function contentOf(shape: Shape): Value<unknown> | Elements {
  switch (shape.kind) {
    case 'structure':
      return elementsOf(shape.members);
    case 'words':
      return oneOf(...shape.words) as Value<unknown>; // write gets only words of the shape
    case 'list':
    case 'wrapped list':
      throw new TypeError('a list of lists has no form in a document of S3');
    default:
      return leaves[shape.kind];
  }
}

const leaves: { readonly [Kind in 'text' | 'integer' | 'long' | 'boolean' | 'date']: Value<unknown> } = {
  text: text as Value<unknown>,
  // S3 checks the range of a number after the schema. A text that is not a number does not fit the schema.
  integer: refusing(integer, () => new S3Error('MalformedXML')) as Value<unknown>,
  long: long as Value<unknown>,
  boolean: boolean as Value<unknown>,
  date: timestamp('iso8601') as Value<unknown>,
};
