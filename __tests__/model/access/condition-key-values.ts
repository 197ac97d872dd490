import type { ConditionKeyValues } from '../../../src/model/access/condition-key-values';
import { readOperator } from '../../../src/model/access/condition-operators';
import { makeHolds } from '../../../src/model/access/condition-tests';

/** The values of keys in a request: one value each, several, or none. */
export type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The values of a request, by keys in lower case. */
export function valuesOf(given: Given): ConditionKeyValues {
  return (key) => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    return typeof value === 'string' ? [value] : value;
  };
}

/** Whether a request with this value of the key `aws:k` satisfies a condition on it; undefined if it has no such key. */
export function holds(
  operator: string,
  wanted: string | readonly string[],
  value: string | readonly string[] | undefined,
  { others = {}, variables = true }: { readonly others?: Given; readonly variables?: boolean } = {},
): boolean {
  const condition = { ...readOperator(operator, 'statement 1'), key: 'AWS:K', values: [wanted].flat() };
  return makeHolds(condition, variables)(valuesOf({ ...others, 'aws:k': value }));
}
