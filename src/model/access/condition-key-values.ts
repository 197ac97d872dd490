/**
 * Returns the values of a condition key for one request, or undefined if the request has no such key. Keys are in lower case, as they
 * compare without case: `aws:sourceip`, `s3:existingobjecttag/project`. Most keys have one value.
 */
export type ConditionKeyValues = (key: string) => readonly string[] | undefined;

/** A name with a slash at its end is followed by the name of a tag. */
export type KeyTable<Question> = Readonly<
  Record<string, (question: Question, tag: string) => readonly string[] | string | undefined>
>;

export function makeKeyReader<Question>(
  table: KeyTable<Question>,
): (key: string, question: Question) => readonly string[] | undefined {
  // A policy may name any key, `constructor` as well.
  const keys = new Map(Object.entries(table));
  return (key, question) => {
    const end = key.indexOf('/') + 1;
    const value = keys.get(end === 0 ? key : key.slice(0, end))?.(question, key.slice(end));
    return typeof value === 'string' ? [value] : value;
  };
}

/** The condition keys that a test gives values, in lower case, and each as the test writes it. */
export type SetConditions = ReadonlyMap<string, { readonly key: string; readonly values: readonly string[] }>;
