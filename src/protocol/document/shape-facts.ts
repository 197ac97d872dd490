import { membersOf } from './declared-members';
import type { Element, Elements } from './element';

interface ShapeFacts {
  readonly members: readonly (readonly [name: string, member: Element<unknown>])[];
  /** The names of the elements that the shape has. */
  readonly known: ReadonlySet<string>;
  readonly holdsText: boolean;
}

/** The facts of the shapes that were read once: a list may have a thousand elements of one shape. */
const factsByShape = new WeakMap<Elements, ShapeFacts>();

/** The facts of a shape. */
export function factsOf(shape: Elements): ShapeFacts {
  const found = factsByShape.get(shape);
  if (found !== undefined) return found;
  const members = membersOf(shape);
  const known = new Set(members.flatMap(([name, { wireNames }]) => wireNames.map((wireName) => wireName ?? name)));
  const facts = { members, known, holdsText: members.some(([, { at }]) => at === 'text') };
  factsByShape.set(shape, facts);
  return facts;
}
