/**
 * The values that the condition keys have for one request. Keys are in lower case, as they compare without case: `aws:sourceip`,
 * `s3:existingobjecttag/project`. Undefined if the request has no such key; most keys have one value.
 */
export type ConditionKeyValues = (key: string) => readonly string[] | undefined;

/** The values of a key that has one value, or that the request lacks. */
export function singleValue(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

/** A condition key with the values that a test gives it. */
export interface SetCondition {
  /** As the test writes it. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The condition keys that a test gives values, in lower case. */
export type SetConditions = ReadonlyMap<string, SetCondition>;
