/** The reasons by the names of members. */
type Reasons = Readonly<Record<string, unknown>>;

const kept = new WeakMap<object, Reasons>();

/** What an object that is handed out has as text, as it was before: a surface writes it anew. Test files load this, and not how a call is written. */
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
