import type { Members, Shape } from './shape';

/** The names for messages about a wrong name. 'none': a single value; 'any': its names are not known; a list has the names of its items. */
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
