import type { Element, Elements } from './element';

/** Writes the members that are elements or text, in the shape's order. */
export function writeElements(shape: Elements, values: object): string {
  const { element, text } = placesIn(shape);
  return writeMembers(element, values) + writeMembers(text, values);
}

type NamedMember = readonly [name: string, member: Element<unknown>];
type Places = Readonly<Record<Element<unknown>['at'], readonly NamedMember[]>>;

/** The members of the shapes that were written once, by their places. */
const places = new WeakMap<Elements, Places>();

/** The members of a shape by their places. */
export function placesIn(shape: Elements): Places {
  const known = places.get(shape);
  if (known !== undefined) return known;
  const members: readonly NamedMember[] = Object.entries(shape);
  const at = (place: Element<unknown>['at']) => members.filter(([, member]) => member.at === place);
  const found = { element: at('element'), attribute: at('attribute'), text: at('text') };
  places.set(shape, found);
  return found;
}

/** Writes the members of a place that have values. */
export function writeMembers(members: readonly NamedMember[], values: object): string {
  let written = '';
  for (const [name, member] of members) {
    const value = (values as Readonly<Record<string, unknown>>)[name]; // the shape's own names
    if (value !== undefined) written += member.write(value, name);
  }
  return written;
}

/** The texts of a list, in one string that grows: a list of them all would be as long as the document. */
export function joined<T>(items: readonly T[], write: (item: T) => string): string {
  let written = '';
  for (const item of items) written += write(item);
  return written;
}
