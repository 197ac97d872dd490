/** The sentences of an object, by the names of its members. */
type Reasons = Readonly<Record<string, unknown>>;

const kept = new WeakMap<object, Reasons>();

/**
 * Keeps the sentences of an object whose members contain them only as text, so that a surface can write them anew. Test files load this
 * file, but not the code that writes calls.
 */
export function keepReasons<Holder extends object>(holder: Holder, reasons: Reasons): Holder {
  if (Object.values(reasons).some(hasCalls)) kept.set(holder, reasons);
  return holder;
}

function hasCalls(said: unknown): boolean {
  return Array.isArray(said) ? said.some(hasCalls) : typeof said === 'object';
}

export function reasonsOf(holder: object): Reasons | undefined {
  return kept.get(holder);
}

/** Copies the reasons to a copy of an object. */
export function copyReasons(from: object, to: object): void {
  const reasons = kept.get(from);
  if (reasons !== undefined) kept.set(to, reasons);
}
