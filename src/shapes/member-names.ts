/**
 * The names of the members that a value may have, nested ones too, for messages about names that it does not have: 'none' is a single
 * value such as a text, 'any' is a value whose names nobody knows. A list has the names of its items.
 */
export type MemberNames = 'none' | 'any' | { readonly [name: string]: MemberNames };

/** A member of a declaration, as far as its names are known. */
interface Named {
  /** The names in its value. If they are left out, it is a single value. */
  readonly names?: MemberNames;
}

/** The names of declared members, with the names in the value of each. */
export function namesOf(members: Readonly<Record<string, Named>>): MemberNames {
  return Object.fromEntries(Object.entries(members).map(([name, { names = 'none' }]) => [name, names]));
}
