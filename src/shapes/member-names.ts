import type { Members, Shape } from './shape';

/**
 * The names of the members that a value may have, nested ones too, for messages about names that it does not have: 'none' is a single
 * value such as a text, 'any' is a value whose names nobody knows. A list has the names of its items.
 */
export type MemberNames = 'none' | 'any' | { readonly [name: string]: MemberNames };

export function namesOf(members: Members): Readonly<Record<string, MemberNames>> {
  return Object.fromEntries(Object.entries(members).map(([name, shape]) => [name, namesIn(shape)]));
}

function namesIn(shape: Shape): MemberNames {
  switch (shape.kind) {
    case 'structure':
      return namesOf(shape.members);
    case 'list':
    case 'wrapped list':
      return namesIn(shape.item);
    case 'interleaved':
      return Object.fromEntries(Object.entries(shape.kinds).map(([kind, [, { members }]]) => [kind, namesOf(members)]));
    case 'map':
    case 'bytes':
      return 'any';
    default:
      return 'none';
  }
}
