/**
 * The values that the condition keys have for one request. Keys are in lower case, as they compare without case: `aws:sourceip`,
 * `s3:existingobjecttag/project`. Undefined if the request has no such key; most keys have one value.
 */
export type ConditionValues = (key: string) => readonly string[] | undefined;
