/** The members of each declaration as a list. */
const lists = new WeakMap<object, readonly (readonly [name: string, member: unknown])[]>();

/** The members of a declaration by their names. Every request walks those of its operation, so the list is made once. */
export function membersOf<Member>(
  declaration: Readonly<Record<string, Member>>,
): readonly (readonly [name: string, member: Member])[] {
  const known = lists.get(declaration);
  if (known !== undefined) return known as readonly (readonly [string, Member])[]; // made of the same declaration
  const list = Object.entries(declaration);
  lists.set(declaration, list);
  return list;
}
