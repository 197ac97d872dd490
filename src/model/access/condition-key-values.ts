/**
 * The values that the condition keys have for one request. Keys are in lower case, as they compare without case: `aws:sourceip`,
 * `s3:existingobjecttag/project`. Undefined if the request has no such key; most keys have one value.
 */
export type ConditionKeyValues = (key: string) => readonly string[] | undefined;

/** The values of keys by their names, of one kind of question. A name with a slash at its end is followed by the name of a tag. */
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

/** A condition key with the values that a test gives it. */
export interface SetCondition {
  /** As the test writes it. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The condition keys that a test gives values, in lower case. */
export type SetConditions = ReadonlyMap<string, SetCondition>;
